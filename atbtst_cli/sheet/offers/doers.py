"""Who does something: the members, the roles, the bodies and the others that the words of a sentence name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from atbtst_cli.models.directory import Directory, fold
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.person import Named, Owner
from atbtst_cli.sheet.offers.phrases import Lexicon, Word

LONGEST = 4
"""The words of the longest name."""
FAR = 9
"""The words within which a clause after the name comes to its comma."""
OPENING = (":", "–", "—", "-", "(")
"""Signs after which any word may have a capital letter."""

Sort = Literal["person", "group", "word"]

_NAME = re.compile(r"[^\W\d_a-zåäö][^\W\d_A-ZÅÄÖ]+(?:-[^\W\d_a-zåäö][^\W\d_A-ZÅÄÖ]+)*")
"""A word with one capital letter, or two of them with a hyphen between: not an acronym."""


@dataclass(frozen=True, slots=True)
class Doer:
    """Who the words name, and the place of the word after them.

    A ``person`` may do anything; of a ``group``, and of a ``word`` that may be no name at all, only what is surely
    something to do counts.
    """

    owners: tuple[Owner, ...]
    sort: Sort
    end: int


class Doers:
    """The persons and bodies that words can name, on the day of one meeting."""

    def __init__(self, directory: Directory, meeting: Meeting, lexicon: Lexicon) -> None:
        """Know the members and bodies of a directory, and those whom the meeting itself names."""
        self._directory = directory
        self._meeting = meeting
        self._lexicon = lexicon
        self._wordlike = {fold(name) for name in lexicon.words.wordlike}
        self._given = {fold(name) for name in lexicon.words.given_names}
        self._not_names = {fold(name) for name in lexicon.words.not_names} | _small_words(lexicon)
        self._present = _present(meeting)

    def at(self, words: Sequence[Word], place: int) -> Doer | None:
        """Who is named from that place on: one, or several with commas and the word for *and* between them."""
        first = self._one(words, place) or self._coupled(words, place)
        if first is None:
            return None
        found = [first]
        while (after := self._after_conjunction(words, found[-1].end)) and (
            other := self._one(words, after) or self._alike(words, after)
        ):
            found.append(other)
        owners = tuple(dict.fromkeys(owner for doer in found for owner in doer.owners))
        sort: Sort = "person" if any(doer.sort == "person" for doer in found) else first.sort
        return Doer(owners, sort, found[-1].end)

    def subject(self, words: Sequence[Word], place: int) -> Doer | None:
        """Who is named there, and what is said beside the name: in parentheses, between commas, or where from."""
        doer = self.at(words, place)
        return replace(doer, end=self._beside(words, doer.end)) if doer else None

    def is_ours(self, words: Sequence[Word], place: int) -> int:
        """How many words from that place on name those who met; 0 where none do."""
        found = self._lexicon.together.at(words, place)
        if found:
            return found.end - found.start
        known = place < len(words) and self._directory.network(words[place].text) == (self._meeting.network,)
        return int(known)

    def _one(self, words: Sequence[Word], place: int) -> Doer | None:
        return self._role(words, place) or self._named(words, place) or self._group(words, place)

    def _role(self, words: Sequence[Word], place: int) -> Doer | None:
        """Whoever has a role at the meeting, unless a name follows its word."""
        role = self._lexicon.roles.at(words, place)
        if role is None:
            return None
        held = {"chair": self._meeting.chair, "secretary": self._meeting.secretary}[role.meaning]
        return self._named(words, role.end) or Doer((held,) if held else (), "person", role.end)

    def _named(self, words: Sequence[Word], place: int) -> Doer | None:
        """Whoever has the longest name there; one that can be a word counts as one where any word has a capital."""
        for size in range(min(LONGEST, len(words) - place), 0, -1):
            names = words[place : place + size]
            if all(name.capital for name in names) and (found := self._person(" ".join(name.text for name in names))):
                opens = place == 0 or words[place - 1].text in OPENING
                is_word = opens and size == 1 and names[0].low in self._wordlike
                return Doer((found[0],), "word" if is_word else found[1], place + size)
        return None

    def _coupled(self, words: Sequence[Word], place: int) -> Doer | None:
        """Somebody unknown whose name stands before the word for *and* and a person."""
        after = self._after_conjunction(words, place + 1)
        other = self._one(words, after) if after else None
        return self._alike(words, place) if other and other.sort == "person" else None

    def _alike(self, words: Sequence[Word], place: int) -> Doer | None:
        """Somebody unknown whose name looks like one."""
        if place >= len(words) or self._is_no_name(words[place].text) or not _NAME.fullmatch(words[place].text):
            return None
        return Doer((Named(name=words[place].text),), "word", place + 1)

    def _person(self, text: str) -> tuple[Owner, Sort] | None:
        """Whom a name means: a member, else somebody the meeting names, else whoever has a name that looks like one."""
        members = self._directory.member(text)
        known = members[0] if len(members) == 1 else self._present.get(fold(text))
        if known or members:
            return known or Named(name=text), "person"
        first, *rest = text.split()
        if any(self._is_no_name(part) or not _NAME.fullmatch(part) for part in text.split()):
            return None
        if fold(first.partition("-")[0]) in self._given and (rest or fold(first) not in self._wordlike):
            return Named(name=text), "person"
        return (Named(name=text), "word") if len(rest) == 1 else None

    def _is_no_name(self, text: str) -> bool:
        return fold(text) in self._not_names or bool(self._directory.instance(text))

    def _group(self, words: Sequence[Word], place: int) -> Doer | None:
        ours = self.is_ours(words, place)
        if ours:
            return Doer((), "group", place + ours)
        if place < len(words) and (
            words[place].low in self._lexicon.words.pronouns
            or (words[place].capital and self._directory.network(words[place].text))
        ):
            return Doer((), "group", place + 1)
        return None

    def _after_conjunction(self, words: Sequence[Word], place: int) -> int | None:
        if place < len(words) and words[place].low in (",", *self._lexicon.words.conjunctions):
            return place + 1
        return None

    def _beside(self, words: Sequence[Word], place: int) -> int:
        """The place after what is said beside a name."""
        if place >= len(words):
            return place
        if words[place].text in ",(":
            close = ")" if words[place].text == "(" else ","
            ends = (at for at in range(place + 1, min(place + FAR, len(words))) if words[at].text == close)
            return next((at + 1 for at in ends), place)
        after = place + 1
        if words[place].low in self._lexicon.words.attributes:
            while after < len(words) and words[after].capital:
                after += 1
            return after if after > place + 1 else place
        return place


def _small_words(lexicon: Lexicon) -> set[str]:
    """Words that begin a sentence with a capital letter and are nobody's name."""
    words = lexicon.words
    return {*words.telltale, *words.subordinators, *words.openers, *words.negations, *words.starters, *words.pronouns}


def _present(meeting: Meeting) -> dict[str, Named]:
    """Those whom the meeting names and who are no members, by their names, and by first names that only one has."""
    people = [one.person for one in meeting.attendance]
    people += [one for one in (meeting.chair, meeting.secretary, *meeting.adjusters) if one]
    named = {fold(one.name): one for one in people if isinstance(one, Named) and one.name.strip()}
    firsts = [name.split()[0] for name in named]
    once = {name.split()[0]: one for name, one in named.items() if firsts.count(name.split()[0]) == 1}
    return once | named
