"""Names in a sheet and the persons they mean: read against the directory, and written so that they read back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.base import SLUG
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.spelling import likest, nearest
from atbtst_cli.sheet.vocabulary import one_of, spellings

QUOTED = r'(?<!\\)"(?:[^"\\]|\\.)+"'
AND = rf"(?:&|{one_of(spellings(lambda table: table.conjunctions))})"
_QUOTED = re.compile(QUOTED)
_TOKEN = re.compile(rf"{QUOTED}|[()]|[,;]|(?<=\s){AND}(?=\s)", re.IGNORECASE)
_ID = re.compile(rf"{SLUG}(?:/{SLUG})?")
_PARTICLE = r"(?:von|van|af|de|der|den|di|da|la|le|el|al|bin|y|zu)"
_WORD = r"[^\W\d_a-zåäö][\w.'’-]*"
_NAME = re.compile(rf"(?:{_PARTICLE} +)?{_WORD}(?: +(?:{_PARTICLE}|{_WORD})){{0,4}}")
_RESERVED = spellings(lambda table: (*table.conjunctions, *table.due, *table.clock, *table.partly, *table.substitute))
_UNSAFE = re.compile(rf"[^\w .'’-]|  |^ | $|[.-]$|\d|(?<!\w){one_of(word for word in _RESERVED)}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a name means; None where it cannot be told, and what there is to say about it."""

    person: str | Named | None
    finding: Finding | None = None

    def surely(self, person: str | Named) -> bool:
        """Whether it is that person, and nobody else may have been meant."""
        return self.person == person and (self.finding is None or self.finding.level == "notice")


@dataclass(frozen=True, slots=True)
class Piece:
    """One of several names, and where it stands in their text."""

    text: str
    at: int


class People:
    """The persons that the names in one sheet mean."""

    def __init__(self, directory: Directory, known: frozenset[str] = frozenset()) -> None:
        """Read names against a directory; ``known`` are ids that the meeting has already."""
        self._directory = directory
        self._known = known
        self._near: dict[str, tuple[str, ...]] = {}

    def member(self, text: str) -> Who:
        """The member that a name or an @id means; any other name stays as it was written."""
        if _QUOTED.fullmatch(text):
            return Who(Named(name=unquoted(text)))
        if text.startswith("@"):
            return self._marked(text[1:], self._directory.member(text[1:]), seats=False)
        return self._one(text, self._directory.member(text)) or self._free(text)

    def owner(self, text: str) -> Who:
        """The member, the seat, or the name as it was written, that stands after an @."""
        if _QUOTED.fullmatch(text):
            return Who(Named(name=unquoted(text)))
        return self._marked(text, self._directory.owner(text), seats=True)

    def spell(self, person: str | Named) -> str:
        """The name that ``member`` reads as that person."""
        name = person.name if isinstance(person, Named) else self._directory.name(person)
        if is_name(name) and not _UNSAFE.search(name) and self.member(name).surely(person):
            return name
        return quoted(name) if isinstance(person, Named) else f"@{person}"

    def spell_owner(self, owner: str | Named) -> str:
        """The words after an @ that ``owner`` reads as that member, seat or name."""
        return quoted(owner.name) if isinstance(owner, Named) else owner

    def _marked(self, text: str, candidates: tuple[str, ...], *, seats: bool) -> Who:
        if text in self._known and (seats or "/" not in text):
            return Who(text)
        found = self._one(text, candidates)
        if found:
            return found
        near = self._nearest(text)
        if near or not _NAME.fullmatch(text):
            like = near or likest(text, self._spellings)
            return Who(None, _unknown(text, self._called(one for one in like if seats or "/" not in one)))
        return Who(Named(name=text), _no_member(text))

    def _free(self, text: str) -> Who:
        """A name that is no member's stays as it was written."""
        near = self._nearest(text)
        return Who(Named(name=text), _nearly(text, self._called(near)) if near else _no_member(text))

    def _nearest(self, text: str) -> tuple[str, ...]:
        if text not in self._near:
            self._near[text] = nearest(text, self._spellings)
        return self._near[text]

    @cached_property
    def _spellings(self) -> dict[str, set[str]]:
        return self._directory.spellings()

    def _called(self, ids: Iterable[str]) -> str:
        return ", ".join(f"@{one} ({self._directory.name(one)})" for one in ids)

    def _one(self, text: str, candidates: tuple[str, ...]) -> Who | None:
        if text in candidates:
            return Who(text)
        if len(candidates) > 1:
            return Who(None, _ambiguous(text, self._called(candidates)))
        return Who(candidates[0]) if candidates else None


def is_name(text: str) -> bool:
    """Whether the text can be the name of a person, quoted and @ ids included."""
    return bool(_QUOTED.fullmatch(text) or _NAME.fullmatch(text) or re.fullmatch(rf"@{_ID.pattern}", text))


def split(text: str) -> Iterator[Piece]:
    """The names between commas, semicolons and the word for *and*; not those within quotes or parentheses."""
    start = depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "()":
            depth = max(0, depth + (1 if token[0] == "(" else -1))
        elif depth == 0 and not token[0].startswith('"'):
            yield from _piece(text, start, token.start())
            start = token.end()
    yield from _piece(text, start, len(text))


def quoted(text: str) -> str:
    """The text in quotes: a name that is not looked up."""
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def unquoted(text: str) -> str:
    """What stands in the quotes."""
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def placed(finding: Finding, line: int, column: int) -> Finding:
    """The finding at that line and column."""
    return replace(finding, line=line, column=column)


def no_name(text: str) -> Finding:
    """What to say of words that are nobody's name where a name has to stand."""
    return Finding(
        "no-name",
        "error",
        _("“{text}” is nobody's name").format(text=text),
        hint=_("Write a member's name or id, or a new name in quotes; a backslash first makes text of the line."),
    )


def _piece(text: str, start: int, end: int) -> Iterator[Piece]:
    stripped = text[start:end].strip()
    if stripped:
        yield Piece(stripped, start + text[start:end].index(stripped))


def _no_member(name: str) -> Finding:
    return Finding(
        "no-member",
        "notice",
        _("{name} is no member; the name is kept as it was written").format(name=name),
        hint=_('A member is added by: atbtst member add "{name}"').format(name=name),
    )


def _nearly(name: str, candidates: str) -> Finding:
    return Finding(
        "near-name",
        "warning",
        _("{name} is no member; did you mean {candidates}? The name is kept as it was written").format(
            name=name, candidates=candidates
        ),
        hint=_("Write the member's name – or the name in quotes, if it is somebody else."),
    )


def _unknown(text: str, candidates: str) -> Finding:
    message = _("“{text}” is not the id or name of any member or seat")
    if candidates:
        message = _("“{text}” is not the id or name of any member or seat; did you mean {candidates}?")
    return Finding(
        "unknown-person",
        "error",
        message.format(text=text, candidates=candidates),
        hint=_("Write a member's id or full name, a seat such as ron-at/convenor, or a new name in quotes."),
    )


def _ambiguous(text: str, candidates: str) -> Finding:
    return Finding(
        "ambiguous-name",
        "error",
        _("“{text}” can mean {candidates}").format(text=text, candidates=candidates),
        hint=_("Write the full name, or @ and the id."),
    )
