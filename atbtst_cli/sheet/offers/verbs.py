"""What is done: the verbs that say that something is to be followed up."""

import re
from collections.abc import Iterator, Sequence

from atbtst_cli.sheet.offers.doers import Sort
from atbtst_cli.sheet.offers.phrases import Lexicon, Word

NEAR = 3
"""The words within which a negation, an infinitive or a noun belongs to a verb."""
BREAKS = (",", ";", ":", "–", "—", "-")
"""The signs between two clauses, or between a name and what it is about."""


class Verbs:
    """The verbs of one language, told apart."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Make the patterns ready."""
        self._lexicon = lexicon
        self._words = lexicon.words
        self._infinitive = re.compile(lexicon.words.infinitive)
        self._present = re.compile(lexicon.words.present)

    def act(self, words: Sequence[Word], place: int, sort: Sort, *, later: bool) -> bool:
        """Whether the words from there on say of somebody of that sort what is to be followed up.

        What else only happens at the meeting is to be followed up where the sentence speaks of a ``later`` day.
        """
        if self.is_tasked(words, place, sort) or self._is_light(words, place):
            return True
        deed = self._lexicon.deeds.at(words, place)
        if deed:
            counts = deed.meaning == "doing" or (deed.meaning == "telling" and later)
            return counts and not self.is_negated(words, deed.end)
        plural = self._lexicon.infinitives.at(words, place) if sort != "word" else None
        if plural:
            return not self.is_negated(words, plural.end)
        return sort == "person" and self._is_verb(words, place) and not self.is_negated(words, place + 1)

    def is_tasked(self, words: Sequence[Word], place: int, sort: Sort) -> bool:
        """Whether somebody shall do something, and not only be or have it."""
        tasked = self._lexicon.tasked.at(words, place)
        if not tasked or self.is_negated(words, tasked.end):
            return False
        at = next((at for at in self.near(words, tasked.end) if self._looks_infinitive(words[at])), None)
        if at is None or words[at].low in self._words.states:
            return False
        return sort != "word" or bool(self._lexicon.infinitives.at(words, at))

    def is_infinitive(self, words: Sequence[Word], place: int) -> bool:
        """Whether the word there says what is to be done, and not only what is to be."""
        word = words[place] if place < len(words) else None
        return word is not None and self._looks_infinitive(word) and word.low not in self._words.states

    def is_negated(self, words: Sequence[Word], place: int) -> bool:
        """Whether a negation follows from there on."""
        return any(words[at].low in self._words.negations for at in self.near(words, place))

    def near(self, words: Sequence[Word], place: int) -> Iterator[int]:
        """The next few places of the same clause."""
        for at in range(place, min(place + NEAR, len(words))):
            if words[at].low in self._words.subordinators or words[at].text in BREAKS:
                return
            yield at

    def _looks_infinitive(self, word: Word) -> bool:
        return bool(self._infinitive.fullmatch(word.low))

    def _is_verb(self, words: Sequence[Word], place: int) -> bool:
        """Whether the word looks like the present of a verb."""
        if place >= len(words):
            return False
        word = words[place]
        if word.text != word.low or word.low in self._words.not_verbs:
            return False
        return bool(self._present.fullmatch(word.low))

    def _is_light(self, words: Sequence[Word], place: int) -> bool:
        """Whether a verb that says little stands with a noun that says what is done: *har möte*, *för dialog*."""
        light = self._lexicon.light.at(words, place)
        if not light:
            return False
        rest = (words[at].low for at in range(light.end, min(light.end + NEAR, len(words))))
        return next((low for low in rest if low not in self._words.between), "") in light.meaning
