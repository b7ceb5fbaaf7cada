"""The words of a sentence, the phrases found among them, and the tables of one language made ready for both."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, NamedTuple, TypeVar

from atbtst_cli.language import LANGUAGES
from atbtst_cli.language.offers import en, sv
from atbtst_cli.language.offers.words import Approved, Endings, Kind, OfferWords, Role, Told
from atbtst_cli.language.tables import Words

M = TypeVar("M")
Deed = Literal["doing", "telling", "lasting"]
"""A thing to follow up, what happened at the meeting, or how things are."""

TABLES: Mapping[str, OfferWords] = {"sv": sv.OFFERS, "en": en.OFFERS}
_NUMBER = re.compile(r"^[0-9]{1,3}[.)]\s+")
_WORD = re.compile(r"[0-9]+(?:[./:-][0-9]+)*(?!\w)|[^\W_]+(?:[-'’.][^\W_]+)*|[,:;()?!+&/–—-]")


class Word(NamedTuple):
    """A word or a sign as it is written, and without capitals."""

    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


class Found(NamedTuple, Generic[M]):
    """What a phrase means, and the places of its first word and of the word after it."""

    meaning: M
    start: int
    end: int


class Phrases(Generic[M]):
    """Phrases of one or several words, each with its meaning; the longest one at a place counts."""

    def __init__(self, meanings: Mapping[str, M]) -> None:
        """Learn the phrases."""
        self._meanings = {tuple(word.low for word in split(phrase)): meaning for phrase, meaning in meanings.items()}
        self._longest = max(map(len, self._meanings), default=0)

    def at(self, words: Sequence[Word], place: int) -> Found[M] | None:
        """The phrase that begins at that place."""
        for size in range(min(self._longest, len(words) - place), 0, -1):
            meaning = self._meanings.get(tuple(word.low for word in words[place : place + size]))
            if meaning is not None:
                return Found(meaning, place, place + size)
        return None

    def first(self, words: Sequence[Word], start: int = 0) -> Found[M] | None:
        """The first phrase from that place on."""
        found = (self.at(words, place) for place in range(start, len(words)))
        return next((one for one in found if one), None)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language, made ready to be found in sentences."""

    words: OfferWords
    deeds: Phrases[Deed]
    infinitives: Phrases[bool]
    passives: Phrases[bool]
    announcing: Phrases[bool]
    light: Phrases[tuple[str, ...]]
    tasked: Phrases[bool]
    asking: Phrases[bool]
    roles: Phrases[Role]
    together: Phrases[bool]
    deciding: Phrases[bool]
    decided: Phrases[bool]
    chosen: Phrases[bool]
    outcomes: Phrases[Told]
    approving: Phrases[Approved]
    returning: Phrases[bool]
    another_time: Phrases[bool]
    labels: Phrases[Kind]


def split(text: str) -> list[Word]:
    """The words and signs of a text in order; emphasis, quotes and the number of a list line are none."""
    return [Word(found, found.casefold()) for found in _WORD.findall(_NUMBER.sub("", text, count=1))]


@cache
def lexicon(language: str) -> Lexicon:
    """The tables of that language."""
    words = TABLES[language]
    deeds: dict[Deed, Words] = {"lasting": words.lasting, "telling": words.telling, "doing": words.doing}
    return Lexicon(
        words=words,
        deeds=_by_spelling(deeds),
        infinitives=_set(_formed(verb, words.infinitives) for verb in words.doing),
        passives=_set(_formed(verb, words.passives) for verb in words.doing),
        announcing=_set(words.announcing),
        light=Phrases(words.light),
        tasked=_set(words.tasked),
        asking=_set(words.asking),
        roles=_by_spelling(words.roles),
        together=_set(words.together),
        deciding=_set(words.deciding),
        decided=_set(words.decided),
        chosen=_set(words.chosen),
        outcomes=_by_spelling(words.outcomes),
        approving=_by_spelling(words.approving),
        returning=_set(words.returning),
        another_time=_set(words.another_time),
        labels=_by_spelling(words.labels),
    )


def language_of(text: str, default: str) -> str:
    """The language whose small words are the most in a text; the default where none is."""
    lows = [word.low for word in split(text)]
    counts = {code: sum(low in TABLES[code].telltale for low in lows) for code in LANGUAGES}
    best = max(counts, key=lambda code: (counts[code], code == default))
    return best if counts[best] else default


def _set(phrases: Iterable[str]) -> Phrases[bool]:
    return Phrases(dict.fromkeys(phrases, True))


def _by_spelling(meanings: Mapping[M, Iterable[str]]) -> Phrases[M]:
    return Phrases({spelling: meaning for meaning, spellings in meanings.items() for spelling in spellings})


def _formed(verb: str, endings: Endings) -> str:
    """Another form of a verb, its particle as it was."""
    first, _blank, rest = verb.partition(" ")
    ending, instead = next(((one, other) for one, other in endings if first.endswith(one)), ("", ""))
    return f"{first.removesuffix(ending)}{instead} {rest}".rstrip()
