"""The line grammar: what one line is, wherever it stands in the sheet."""

import re
from datetime import date

from atbtst_cli.language import _
from atbtst_cli.models.directory import Directory, fold
from atbtst_cli.sheet import heads
from atbtst_cli.sheet.forms import (
    Bullet,
    Comment,
    Fence,
    Form,
    Head,
    Heading,
    Label,
    Marker,
    NearMiss,
    Region,
    Sentence,
    Signature,
    Title,
)
from atbtst_cli.sheet.moment import DUE, day, due
from atbtst_cli.sheet.nearness import Typos, colonless, missed, misspelt
from atbtst_cli.sheet.text import OPENING, indentation
from atbtst_cli.sheet.vocabulary import all_of, meanings, one_of, spellings

MARKERS = meanings(lambda table: table.markers)
LABELS = meanings(lambda table: table.labels)
INTERNAL = {fold(word) for word in spellings(lambda table: table.internal)}

LISTS = ("present", "excused", "absent", "guest", "adjusters")
"""The labels that can stand alone above a list of names."""

COMMENT = "%%"
LEAD = re.compile(r"(?P<bullet>[-–•·] *|[*+] +|[0-9]{1,3}[.)] +)?(?P<mark>\*{1,3}|_{1,3})?")
BULLET = re.compile(r"(?P<bullet>(?:[-–•·*+]|[0-9]{1,3}[.)]) +)(?P<text>\S.*?)(?P<after>(?<! ) *\{#(?P<id>[^{}]*)\})?")
ATTRIBUTES = re.compile(r"(?P<title>.*?)(?P<after>(?<! ) *\{(?P<group>[^{}]*)\})?")
TITLE_LEVEL = 1
LEVELS = 3
"""A heading deeper than this belongs to the text, unless it has an id."""

CAPITALISED = r"[^\W\d_a-zåäö][\w.'’-]*(?: [^\W\d_a-zåäö][\w.'’-]*){0,3}"
"""A pattern for one to four words with a capital each: what a name looks like below the minutes."""

_ALL_MARKERS = all_of(lambda table: table.markers)
_ALL_LABELS = all_of(lambda table: table.labels)
_MARKER = re.compile(one_of(_ALL_MARKERS), re.IGNORECASE)
_LABEL = re.compile(one_of(_ALL_LABELS), re.IGNORECASE)
_DROPPED = re.compile(
    rf"{one_of(spellings(lambda table: table.markers['dropped']))}"
    rf"(?!\s+{one_of(spellings(lambda table: table.not_dropped))})",
    re.IGNORECASE,
)
_DEFERRED = re.compile(
    rf"{one_of(spellings(lambda table: table.markers['deferred']))}(?:\s+(?P<due>{DUE})(?!\w)|\s*\.?$)", re.IGNORECASE
)
_SIGNATURE = re.compile(
    rf"(?i:{one_of(spellings(lambda table: table.signature))})(?:\s*:)?(?:\s+(?P<name>{CAPITALISED}))?"
)
_LOCAL = re.compile(heads.LOCAL)
_MARKER_TYPOS = Typos(_ALL_MARKERS)
_LABEL_TYPOS = Typos(_ALL_LABELS)
_INTERNAL_TYPOS = Typos(INTERNAL)


class Grammar:
    """What lines are, with the names of one council and the day of one meeting."""

    def __init__(self, directory: Directory, on: date) -> None:
        """Read lines with the names of a directory, and dates as seen from that day."""
        self._directory = directory
        self.on = on

    def form(self, line: str, region: Region) -> Form | None:
        """What the line is, its indentation aside; None where it is text."""
        if line.startswith(COMMENT):
            return Comment()
        if line.startswith("#"):
            return heading(line)
        if OPENING.fullmatch(line):
            return Fence()
        return self._worded(line, region) or (self._bullet(line) if region == "list" else None)

    def guard(self, line: str, region: Region) -> int | None:
        """Where a backslash would make text of the line; None where it is text already."""
        margin = indentation(line)
        form = self.form(line[margin:], region)
        if form is None or (margin > 1 and isinstance(form, Comment | Fence)):
            return None
        return margin if region == "list" and BULLET.fullmatch(line, margin) else margin + form.at

    def _worded(self, line: str, region: Region) -> Form | None:
        lead = LEAD.match(line)
        at = lead.end() if lead else 0
        core, mark = line[at:], (lead["mark"] or "") if lead else ""
        if not core[:1].isalpha():
            return None
        label = _label(core, mark, at) if region == "header" else None
        found = label or self._marker(core, mark, at) or (None if at else self._sentence(line))
        return found or _typo(core, at, region)

    def _marker(self, core: str, mark: str, at: int) -> Form | None:
        keyword = _MARKER.match(core)
        kind = MARKERS.get(fold(keyword[0])) if keyword else None
        if not keyword or not kind:
            return None
        rest = plain(core[keyword.end() :], mark)
        if rest is None:
            return None
        parsed = heads.parse(kind, rest)
        if parsed and not (kind == "to" and not self._is_known(parsed.head)):
            text = rest[parsed.end :]
            if text not in core:
                return None
            return Marker(kind=kind, head=parsed.head, text=text, at=at, starts=at + _start(core, text))
        if kind == "deferred" and self._sentence(core):
            return None
        return self._missed(kind, keyword[0], rest, at)

    def _missed(self, kind: str, keyword: str, rest: str, at: int) -> NearMiss | None:
        if self._lacks_colon(kind, rest):
            return colonless(kind, keyword + rest.rstrip(), at)
        return missed(kind, keyword, rest, at)

    def _lacks_colon(self, kind: str, rest: str) -> bool:
        """Whether nothing but a known receiver stands on the line of a sending: a sentence would go on."""
        parsed = heads.parse(kind, f"{rest.rstrip(' .')}:") if kind in heads.SENDINGS else None
        return parsed is not None and self._is_known(parsed.head)

    def _is_known(self, head: Head) -> bool:
        """Whether the head of a sending names a body or an instance."""
        names, _asked = heads.addressed(self._directory, head)
        return bool(self._directory.instance(names))

    def _sentence(self, line: str) -> Form | None:
        if _DROPPED.match(line):
            return Sentence(kind="dropped")
        put_off = _DEFERRED.match(line)
        if put_off and (not put_off["due"] or due(put_off["due"], self.on)):
            return Sentence(kind="deferred", due=put_off["due"] or "")
        signature = _SIGNATURE.fullmatch(line)
        return Signature(name=signature["name"] or "") if signature else None

    def _bullet(self, line: str) -> Bullet | None:
        match = BULLET.fullmatch(line)
        if not match:
            return None
        known = bool(match["id"] and _LOCAL.fullmatch(match["id"]) and len(match["id"]) <= heads.LONGEST_ID)
        text = match["text"] if known else line[match.start("text") :]
        return Bullet(
            id=match["id"] if known else "",
            text=self._freed(text),
            after=match["after"] if known else "",
            starts=match.start("text"),
        )

    def _freed(self, text: str) -> str:
        """The text without the backslash that keeps a list line from being a marker."""
        escapes = text.startswith("\\") and self._worded(f"- {text.lstrip(chr(92))}", "list")
        return text[1:] if escapes else text


def plain(rest: str, mark: str) -> str | None:
    """What follows a keyword, without the closing half of its emphasis; None where it closes in the text."""
    if not mark:
        return rest
    closed = re.fullmatch(rf"(?P<head>[^*_]*)(?:{re.escape(mark)}(?P<colon>\s*:)|:{re.escape(mark)})(?P<text>.*)", rest)
    if closed:
        return f"{closed['head']}{closed['colon'] or ':'}{closed['text']}"
    return rest.removesuffix(mark) if rest.endswith(mark) and rest.count(mark) == 1 else None


def heading(line: str) -> Form | None:
    """The title, agenda item or part that begins with ``#``; None for a heading that belongs to the text."""
    level = len(line) - len(line.lstrip("#"))
    rest = line[level:].strip()
    if not rest:
        return _untitled() if level > TITLE_LEVEL else None
    if not line[level:].startswith(" "):
        return _unspaced(line) if level > TITLE_LEVEL or day(rest, date.min) else None
    return Title(text=rest) if level == TITLE_LEVEL else _item_heading(level, rest)


def _item_heading(level: int, rest: str) -> Form | None:
    match = ATTRIBUTES.fullmatch(rest)
    tokens = re.split(r"[ ,]+", match["group"].strip()) if match and match["group"] is not None else []
    ids = [token[1:] for token in tokens if token.startswith("#") and _LOCAL.fullmatch(token[1:])]
    internal = [token for token in tokens if fold(token) in INTERNAL]
    known = match is not None and len(ids) + len(internal) == len(tokens) and len(ids) <= 1
    title = match["title"].strip() if match and known else rest
    if level > LEVELS and not (known and ids):
        return None
    if not title:
        return _untitled()
    return Heading(
        level=level,
        title=title,
        id=ids[0] if known and ids and len(ids[0]) <= heads.LONGEST_ID else "",
        internal=bool(internal) or any(_INTERNAL_TYPOS.near(f"{token}:") for token in tokens),
        after=match["after"] or "" if match and known else "",
        doubt="" if known or not match else match["after"],
    )


def _label(core: str, mark: str, at: int) -> Label | None:
    keyword = _LABEL.match(core)
    label = LABELS.get(fold(keyword[0])) if keyword else None
    rest = plain(core[keyword.end() :], mark) if keyword else None
    if label is None or rest is None:
        return None
    end = _end(label, rest)
    if end is None or rest[end:] not in core or (not rest.strip() and label not in LISTS):
        return None
    text = rest[end:]
    return Label(label=label, text=text, at=at, starts=at + _start(core, text))


def _end(label: str, rest: str) -> int | None:
    """Where the colon after a label ends; a diarienummer needs none, there as in an agenda item."""
    parsed = heads.parse(label, rest) if label == "reference" else None
    colon = None if parsed else re.match(r"\s*:\s*|\s*$", rest)
    return parsed.end if parsed else colon.end() if colon else None


def _start(core: str, text: str) -> int:
    """Where the text of a marker starts: it ends the line, but for emphasis."""
    return core.rfind(text) if text else len(core)


def _typo(core: str, at: int, region: Region) -> NearMiss | None:
    for typos in (_MARKER_TYPOS, _LABEL_TYPOS) if region == "header" else (_MARKER_TYPOS,):
        near = typos.near(core)
        if near:
            keyword, rest = near
            written = re.split("[:;]", core)[0].removesuffix(rest).strip()
            return misspelt(keyword, written, at, internal=MARKERS.get(fold(keyword)) == "internal")
    return None


def _unspaced(line: str) -> NearMiss:
    return NearMiss(
        rule="heading-blank",
        message=_("“{line}” has no blank after the #").format(line=line[:40]),
        hint=_("Write a blank between # and the title, or a backslash first if it is text."),
    )


def _untitled() -> NearMiss:
    return NearMiss(
        rule="empty-heading",
        message=_("a heading has no title"),
        hint=_("Write a title after the #, or take the line away."),
    )
