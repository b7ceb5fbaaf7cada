"""What was decided, approved or put off to the next time."""

from collections.abc import Sequence

from atbtst_cli.language.offers.words import Approved
from atbtst_cli.models.meeting import Outcome
from atbtst_cli.sheet.offers.doers import Doers
from atbtst_cli.sheet.offers.phrases import Found, Lexicon, Word

NEAR = 4
"""The words within which a verb belongs to those who decide, a negation or what is past to the verb."""
APPROVED: Sequence[Approved] = ("rejected", "adopted_with_changes", "adopted")
"""How minutes are approved; where words tell several of these, the first of them counts."""


class Outcomes:
    """The decisions, approvals and things for next time that sentences of one meeting tell."""

    def __init__(self, lexicon: Lexicon, doers: Doers) -> None:
        """Read sentences in one language, with the bodies that one meeting knows."""
        self._lexicon = lexicon
        self._doers = doers

    def decision(self, words: Sequence[Word]) -> Outcome | None:
        """The outcome of a decision that those who met took at this meeting."""
        verb = self._verb(words)
        if verb is None or self._lexicon.another_time.first(words) or self._is_past(words, verb.end):
            return None
        return self.outcome(words)

    def outcome(self, words: Sequence[Word]) -> Outcome:
        """What kind of decision the words tell; adopted unless they say something else."""
        found = self._lexicon.outcomes.first(words)
        return found.meaning if found else "adopted"

    def leads(self, words: Sequence[Word]) -> bool:
        """Whether the words say that something was decided and leave what to the lines below."""
        verb = self._verb(words)
        following = (*self._lexicon.words.following, ":")
        return verb is not None and all(word.low in following for word in words[verb.end :])

    def approval(self, words: Sequence[Word]) -> Approved | None:
        """How the words approve earlier minutes; None where they do not."""
        found = (self._lexicon.approving.at(words, place) for place in range(len(words)))
        return min((one.meaning for one in found if one), key=APPROVED.index, default=None)

    def returns(self, words: Sequence[Word]) -> bool:
        """Whether something comes back, as the words have it."""
        return self._lexicon.returning.first(words) is not None

    def _verb(self, words: Sequence[Word]) -> Found[bool] | None:
        """The words that decide: those of the people who met, or of nobody else."""
        return self._ours(words) or self._nobodys(words) or self._chosen(words)

    def _ours(self, words: Sequence[Word]) -> Found[bool] | None:
        for place in range(len(words)):
            size = self._doers.is_ours(words, place)
            if not size:
                continue
            after = self._lexicon.deciding.first(words[: place + size + NEAR + 1], place + size)
            if after and not self._is_negated(words, place + size, after.end) and not self._is_not(words, after.end):
                return after
            if self._is_before(words, place) and not self._is_negated(words, place, place + size + 1):
                return Found(True, place, place + size)
        return None

    def _is_before(self, words: Sequence[Word], place: int) -> bool:
        """Whether a verb that decides stands right before that place: *därför beslutar rådet*."""
        found = (self._lexicon.deciding.at(words, at) for at in range(max(0, place - NEAR), place))
        return any(one is not None and one.end == place for one in found)

    def _nobodys(self, words: Sequence[Word]) -> Found[bool] | None:
        found = self._lexicon.decided.first(words)
        if not found or self._is_by_others(words, found) or self._is_negated(words, max(0, found.start - 2), found.end):
            return None
        return None if self._is_not(words, found.end) else found

    def _chosen(self, words: Sequence[Word]) -> Found[bool] | None:
        """*Bo utses till justerare*, *Till justerare utses Bo*."""
        found = self._lexicon.chosen.first(words)
        if not found:
            return None
        before = any((doer := self._doers.at(words, at)) and doer.end == found.start for at in range(found.start))
        return found if before or self._doers.at(words, found.end) else None

    def _is_by_others(self, words: Sequence[Word], verb: Found[bool]) -> bool:
        for place in range(verb.end, len(words) - 1):
            if words[place].low == self._lexicon.words.by:
                return not self._doers.is_ours(words, place + 1)
        return False

    def _is_negated(self, words: Sequence[Word], start: int, end: int) -> bool:
        return any(word.low in self._lexicon.words.negations for word in words[start:end])

    def _is_not(self, words: Sequence[Word], place: int) -> bool:
        """Whether a negation there belongs to the verb before it, not to what was decided."""
        after = words[place + 1].low if place + 1 < len(words) else ""
        return self._is_negated(words, place, place + 1) and after not in self._lexicon.words.following

    def _is_past(self, words: Sequence[Word], place: int) -> bool:
        """Whether what was agreed on is how something was."""
        return any(word.low in self._lexicon.words.past for word in words[place : place + NEAR])
