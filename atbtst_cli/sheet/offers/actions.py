"""Who does what: the ways in which a sentence says that somebody takes something on."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from atbtst_cli.models.person import Owner
from atbtst_cli.sheet.offers.doers import Doer, Doers
from atbtst_cli.sheet.offers.phrases import Lexicon, Word
from atbtst_cli.sheet.offers.verbs import BREAKS, Verbs

TRAILING = ("(", ",", "–", "—", "-", "/")
"""What can stand before the names that end a task."""

Owners = tuple[Owner, ...]


class Task(NamedTuple):
    """That a sentence says what somebody takes on: the rule by which it is seen, and who they are."""

    rule: str
    owners: Owners


class Actions:
    """The tasks that sentences of one meeting tell."""

    def __init__(self, lexicon: Lexicon, doers: Doers) -> None:
        """Read sentences in one language, with the names that one meeting knows."""
        self._lexicon = lexicon
        self._verbs = Verbs(lexicon)
        self._doers = doers

    def read(self, words: Sequence[Word], *, later: bool) -> Task | None:
        """The task of a sentence, by the first rule that finds one; ``later`` tells that it speaks of a later day."""
        sentence = _Sentence(words, self._lexicon, self._verbs, self._doers, later=later)
        found = ((rule, find(sentence)) for rule, find in RULES.items())
        return next((Task(rule, owners) for rule, owners in found if owners is not None), None)

    def owners(self, words: Sequence[Word]) -> Owners:
        """Who takes on what stands on a line that is a task by its label."""
        sentence = _Sentence(words, self._lexicon, self._verbs, self._doers, later=True)
        found = (find(sentence) for find in (_Sentence.is_named, *RULES.values()))
        return next((owners for owners in found if owners), ())


class _Sentence:
    """The words of one sentence while they are read; each rule tells whose task it is, None where it is none."""

    def __init__(self, words: Sequence[Word], lexicon: Lexicon, verbs: Verbs, doers: Doers, *, later: bool) -> None:
        self._words = words
        self._lexicon = lexicon
        self._table = lexicon.words
        self._verbs = verbs
        self._doers = doers
        self._later = later

    # -- the rules --------------------------------------------------------------------------------------------------

    def does(self) -> Owners | None:
        """*Bo skickar ut listan*."""
        return next((doer.owners for doer in self._subjects() if self._acts(doer)), None)

    def is_told(self) -> Owners | None:
        """*Alva meddelar att Bo skickar ut listan*."""
        for teller in self._subjects():
            told = self._lexicon.announcing.at(self._words, teller.end)
            if told and self._low(told.end) == self._table.that:
                doer = self._doers.subject(self._words, told.end + 1)
                if doer and self._acts(doer):
                    return doer.owners
        return None

    def does_then(self) -> Owners | None:
        """*Bo visar listan och skickar ut den*."""
        for doer in self._subjects():
            verb = self._lexicon.deeds.at(self._words, doer.end) if doer.sort != "group" else None
            if verb and any(self._acts_at(place) for place in self._conjuncts(verb.end)):
                return doer.owners
        return None

    def does_inverted(self) -> Owners | None:
        """*Därefter skickar Bo ut listan*."""
        if self._low(0) not in self._table.openers:
            return None
        for place in range(1, len(self._words) - 1):
            doer = self._doers.at(self._words, place + 1)
            words = [self._words[place], *self._words[doer.end :]] if doer else []
            if doer and self._verbs.act(words, 0, "word" if doer.sort == "word" else "group", later=self._later):
                return doer.owners
        return None

    def is_done_by(self) -> Owners | None:
        """*Listan skickas ut av Bo*."""
        done = self._lexicon.passives.first(self._words)
        if not done or self._verbs.is_negated(self._words, done.end):
            return None
        by = next((at for at in self._verbs.near(self._words, done.end) if self._low(at) == self._table.by), None)
        doer = self._doers.at(self._words, by + 1) if by is not None else None
        return doer.owners if doer else None

    def is_asked(self) -> Owners | None:
        """*Rådet ger Bo i uppdrag att skicka ut listan*."""
        asked = self._lexicon.asking.first(self._words)
        doer = self._doers.at(self._words, asked.end) if asked else None
        if not doer or doer.sort != "person":
            return None
        end = doer.end
        while self._low(end) in self._table.between_asked:
            end += 1
        return doer.owners if end > doer.end and self._verbs.is_infinitive(self._words, end) else None

    def is_responsible(self) -> Owners | None:
        """*Bo är ansvarig för listan*, *Ansvarig: Bo*."""
        lows = [word.low for word in self._words]
        place = next((at for at, low in enumerate(lows) if low in self._table.responsible), None)
        if place is None or self._verbs.is_negated(self._words, max(0, place - 1)):
            return None
        linked = [at for at, low in enumerate(lows) if low in self._table.linking]
        before = [doer for doer in self._subjects() if doer.end in linked and doer.end == place - 1]
        after = [doer for at in linked if at > place and (doer := self._doers.at(self._words, at + 1))]
        return next((doer.owners for doer in (*before, *after)), None)

    def has_task(self) -> Owners | None:
        """*Bo: skicka ut listan*."""
        doer = self._addressed()
        return doer.owners if doer and self._lexicon.infinitives.at(self._words, doer.end + 1) else None

    def is_for(self) -> Owners | None:
        """*Skicka ut listan (Bo)*."""
        return self._trailing() if self._lexicon.infinitives.at(self._words, 0) else None

    def has_no_subject(self) -> Owners | None:
        """*Ska skicka ut listan*, *Återkommer*, *Skicka ut listan*."""
        if self._low(0) in self._table.starters:
            return () if self._verbs.is_tasked(self._words, 0, "group") else None
        return () if self._lexicon.infinitives.at(self._words, 0) or self._acts_at(0) else None

    def is_named(self) -> Owners | None:
        """*Bo: listan*, *listan (Bo)*, which are tasks only by their label."""
        doer = self._addressed()
        return doer.owners if doer else self._trailing()

    # -- their parts ------------------------------------------------------------------------------------------------

    def _low(self, place: int) -> str:
        return self._words[place].low if place < len(self._words) else ""

    def _acts(self, doer: Doer) -> bool:
        return self._verbs.act(self._words, doer.end, doer.sort, later=self._later)

    def _acts_at(self, place: int) -> bool:
        return self._verbs.act(self._words, place, "word", later=False)

    def _addressed(self) -> Doer | None:
        """Whoever is named first, before a colon or a dash."""
        doer = self._doers.at(self._words, 0)
        return doer if doer and self._low(doer.end) in BREAKS else None

    def _trailing(self) -> Owners | None:
        """Those whose names end the words, after a parenthesis, a comma or a dash."""
        words = self._words[: len(self._words) - (self._low(len(self._words) - 1) == ")")]
        doers = (self._doers.at(words, place) for place in range(1, len(words)) if words[place - 1].text in TRAILING)
        return next((doer.owners for doer in doers if doer and doer.end == len(words)), None)

    def _subjects(self) -> Iterator[Doer]:
        """Whoever stands where a clause of its own begins."""
        return (doer for place in self._starts() if (doer := self._doers.subject(self._words, place)))

    def _starts(self) -> Iterator[int]:
        """The places where a main clause can begin: first, after a sign between clauses, after the word for *and*."""
        yield 0
        if self._low(0) in self._table.subordinators:
            return
        for place in range(1, len(self._words) - 1):
            if self._low(place) in self._table.subordinators:
                return
            if self._low(place) in (*BREAKS, *self._table.conjunctions):
                yield place + 1

    def _conjuncts(self, start: int) -> Iterator[int]:
        """The places after each word for *and* of the same clause."""
        for place in range(start, len(self._words) - 1):
            if self._low(place) in self._table.subordinators:
                return
            if self._low(place) in self._table.conjunctions:
                yield place + 1


RULES: dict[str, Callable[[_Sentence], Owners | None]] = {
    "name-verb": _Sentence.does,
    "told": _Sentence.is_told,
    "then": _Sentence.does_then,
    "verb-name": _Sentence.does_inverted,
    "passive": _Sentence.is_done_by,
    "asked": _Sentence.is_asked,
    "responsible": _Sentence.is_responsible,
    "name-task": _Sentence.has_task,
    "task-name": _Sentence.is_for,
    "no-subject": _Sentence.has_no_subject,
}
"""The ways in which a sentence says whose task something is, in the order in which they are tried."""
