"""A person taken out of records: ids and full names give way to a pseudonym, and what may mean them is pointed out.

Only what surely means the person is replaced: their id, their names and aliases in full, their address and number. A
first or last name alone, or a name that others have too, is left for somebody who knows who was meant.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from atbtst_cli.models.base import Record, Way, texts
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import fold
from atbtst_cli.models.member import Member
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.checks.mentions import mentions

R = TypeVar("R", bound=Record | Settings)

WORDS = frozenset(
    {
        "changes",
        "description",
        "document_title",
        "internal",
        "name",
        "note",
        "on_behalf_of",
        "organisation",
        "place",
        "reason",
        "reference",
        "short",
        "text",
        "title",
        "votes",
    }
)
"""The keys of records under which there are words or names; under the others there are ids and data."""
BEFORE = r"(?<![^\W_])(?<![^\W_]-)"
AFTER = r"(?![^\W_])(?!-[^\W_])"
"""What is not a part of a longer word, or of a double name."""
DASH = "[-‐‑‒–—−]"
"""The hyphen of a double name, as it comes from keyboards and word processors."""
ENDING = r"(?P<ending>(?i:'s|’s|:s|s))?"
"""What Swedish and English put after a name to say that something is somebody's."""
SHORTEST = 6
"""The digits of the shortest telephone number that is looked for in running words."""


class Erasure:
    """Replaces one member by a pseudonym, and tells what else may mean the person."""

    def __init__(self, council: Council, member: Member, pseudonym: Member) -> None:
        """Take a member out of that council's records; ``pseudonym`` is the record in place of the member's."""
        self._old, self._new, self._name = member.id, pseudonym.id, pseudonym.names[-1].name
        others = [one for one in council.members.values() if one.id != member.id]
        taken = {fold(name) for name in _bodies(council)} | {fold(name) for one in others for name in _spoken(one)}
        ours = [name for name in _names(member) if fold(name) not in taken]
        own = {word for name in _names(member) for word in fold(name).split()}
        longer = (name for one in others for name in _names(one) if " " in name and name not in _names(member))
        theirs = [name for name in longer if not own.isdisjoint(fold(name).split())]
        self._sure = {fold(name) for name in _spoken(member)} - taken
        known = rf"{BEFORE}(?:(?P<kept>{_any(theirs)})|(?P<name>{_any(ours)})){ENDING}{AFTER}"
        sign = rf"(?<![A-Za-z0-9-]){re.escape(member.id)}(?![A-Za-z0-9])"
        marked = rf"{sign}(?!-)" if "-" in member.id else rf"(?<=@){sign}(?!-)"
        self._surely = re.compile("|".join((known, *_contact(member), f"(?P<id>{marked})")))
        self._maybe = re.compile(rf"{BEFORE}(?:{_any([*_parts(member), *_names(member)])}){ENDING}{AFTER}")
        self._sign = re.compile(sign)

    def words(self, text: str) -> str:
        """The words with the pseudonym in place of the person; a longer name of somebody else stays."""
        return self._surely.sub(self._replacement, text)

    def record(self, record: R) -> R:
        """The record with the pseudonym in place of the person, in everything that it names and says."""
        new: dict[Way, str] = dict(self._mentions(record))
        for way, text in texts(record):
            if is_words(way) and way not in new and (said := self.words(text)) != text:
                new[way] = said
        return _rewritten(record, new) if new else record

    def maybe(self, text: str) -> list[str]:
        """The lines in which a word stands that may mean the person; a word within somebody else's name does not."""
        left = self._surely.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        lines = zip(text.split("\n"), left.split("\n"), strict=True)
        return [" ".join(line.split()) for line, rest in lines if self._maybe.search(rest)]

    def surely(self, text: str) -> list[str]:
        """The lines in which the person's id, name, address or number stands."""
        found = (one.start() for one in self._surely.finditer(text) if not one["kept"])
        signs = (one.start() for one in self._sign.finditer(text))
        return [*dict.fromkeys(_line(text, start) for start in (*found, *signs))]

    def _mentions(self, record: Record | Settings) -> Iterator[tuple[Way, str]]:
        """Whoever is somebody in the record and is the person, by id or by a name that nobody else has."""
        for target, name, way in mentions(record):
            if (target, name) == ("member", self._old):
                yield way, self._new
            elif target == "name" and fold(name) in self._sure:
                yield way if way[-1] == "name" else (*way, "name"), self._name

    def _replacement(self, found: re.Match[str]) -> str:
        if found["kept"]:
            return found[0]
        if found["id"]:
            return self._new
        ending = found["ending"] or ""
        return self._name + (f":{ending}" if ending in ("s", "S") and not self._name[-1].isalpha() else ending)


def is_words(way: Way) -> bool:
    """Whether there are words at that place of a record, and no id or data."""
    return next((step for step in reversed(way) if isinstance(step, str)), "") in WORDS


def _names(member: Member) -> list[str]:
    """The names and aliases in full."""
    return [*dict.fromkeys(filter(str.strip, (*(name.name for name in member.names), *member.aliases)))]


def _parts(member: Member) -> list[str]:
    """Every word of the names and of double ones, also in capitals; within a name no particle, such as von."""
    names = [words for name in member.names if (words := name.name.split())]
    inner = (word for name in names for word in name[1:-1] if not word.islower())
    alone = (*(word for name in names for word in (name[0], name[-1])), *inner)
    parts = dict.fromkeys(part for word in alone for part in (word, *word.split("-")) if part)
    return [*dict.fromkeys((*parts, *map(str.upper, parts)))]


def _spoken(member: Member) -> list[str]:
    """Every way to say who it is: in full, and by the first name."""
    return [*_names(member), *(first for name in member.names for first in name.name.split()[:1])]


def _bodies(council: Council) -> Iterator[str]:
    for network in council.networks.values():
        yield from (network.id, *network.aliases)
        yield from (text for name in network.names for text in (name.name, name.short) if text)
    for instance in council.settings.instances:
        yield from (instance.id, instance.name, *instance.aliases)


def _any(names: Iterable[str]) -> str:
    """The pattern of any of the names, the longest first, over the end of a line too; nothing where there are none.

    Case counts in a single word only, which may be a common one.
    """
    spelled = sorted(set(names), key=len, reverse=True)
    return "|".join(_spelled(name.split()) for name in spelled) or "(?!)"


def _spelled(words: list[str]) -> str:
    pattern = r"\s+".join(map(re.escape, words)).replace(r"\-", DASH)
    return f"(?i:{pattern})" if len(words) > 1 else pattern


def _contact(member: Member) -> Iterator[str]:
    """The patterns of the member's address and number, the number however its digits are grouped."""
    if member.email:
        yield rf"(?<![\w.+-])(?i:{re.escape(member.email)})(?![\w-])(?!\.\w)"
    digits = re.sub(r"\D", "", member.phone or "").removeprefix("00").removeprefix("46").removeprefix("0")
    if len(digits) >= SHORTEST:
        gap = r"[\s()./-]{0,3}"
        yield rf"(?<!\d)(?:(?:\+|00)46{gap}(?:\(0\){gap})?|0)?{gap.join(digits)}(?!\d)"


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    return " ".join(text[start:].partition("\n")[0].split())


def _rewritten(record: R, new: Mapping[Way, str]) -> R:
    """The record with other texts at those places."""
    data = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for way, text in new.items():
        here: Any = data
        for step in way[:-1]:
            here = here[step]
        here[way[-1]] = text
    return cast("R", type(record).model_validate(data))
