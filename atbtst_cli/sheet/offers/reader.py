"""What each line of a text looks like: all rules in their order, and the labels that lines stand under."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from atbtst_cli.language.offers.words import Approved, Kind
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Due, Meeting, Outcome
from atbtst_cli.models.person import Owner
from atbtst_cli.sheet.offers.actions import Actions, Task
from atbtst_cli.sheet.offers.deadlines import at_next_meeting, deadline
from atbtst_cli.sheet.offers.doers import Doers
from atbtst_cli.sheet.offers.outcomes import Outcomes
from atbtst_cli.sheet.offers.phrases import Word, lexicon, split
from atbtst_cli.sheet.offers.sentences import Span, passages, sentences

KEPT = ["(", "?", ")"]
"""The mark before a line that was kept although it was not understood, as it is split."""
LONGEST = 150
"""The words of a sentence beyond which it is no line that somebody takes on."""
QUESTION = "?"
CLOSING = '"”’»)*_ '


class Look(NamedTuple):
    """What a line looks like, the rule by which it does, and what is read from it.

    ``outcome`` is that of a decision, ``approval`` how minutes are approved.
    """

    kind: Kind
    rule: str
    owners: tuple[Owner, ...] = ()
    due: Due | None = None
    outcome: Outcome = "adopted"
    approval: Approved = "adopted"

    @property
    def result(self) -> str | None:
        """How what it looks like turned out; None for what has no result."""
        return {"decision": self.outcome, "approval": self.approval}.get(self.kind)


class Reader:
    """The rules in one language, with the names and the day of one meeting."""

    def __init__(self, meeting: Meeting, directory: Directory, language: str) -> None:
        """Make the rules ready."""
        self._language = language
        self._on: date = meeting.date
        self._lexicon = lexicon(language)
        self._doers = Doers(directory, meeting, self._lexicon)
        self._actions = Actions(self._lexicon, self._doers)
        self._outcomes = Outcomes(self._lexicon, self._doers)

    def at(self, item: AgendaItem | None, text: str) -> Iterator[tuple[Span, Look]]:
        """The lines of a text under an agenda item that look like something, and what each looks like."""
        above = heading = self._heading(item)
        for passage in passages(text):
            words = split(text[passage.start : passage.end])
            label = self._label(words)
            if passage.is_title or label:
                above = label or heading
            elif above and (passage.listed or above == heading):
                yield passage.span, self._under(above, words, text[passage.start : passage.end])
            else:
                for span in sentences(text, passage, self._lexicon.words):
                    above, look = self._sentence(item, text[span.start : span.end], above)
                    if look:
                        yield span, look

    def _heading(self, item: AgendaItem | None) -> Kind | None:
        """What the lines under an agenda item are by its title or its kind."""
        if item and item.kind == "next_time":
            return "next_time"
        return self._label(split(item.title)) if item else None

    def _label(self, words: Sequence[Word]) -> Kind | None:
        """What the lines below are by a label that stands alone."""
        bare = words[len(KEPT) :] if [word.text for word in words[: len(KEPT)]] == KEPT else words
        label = self._lexicon.labels.at(bare, 0)
        return label.meaning if label and all(word.text == ":" for word in bare[label.end :]) else None

    def _sentence(self, item: AgendaItem | None, text: str, above: Kind | None) -> tuple[Kind | None, Look | None]:
        """What a sentence is to the lines below it, and what it looks like itself."""
        words = split(text)
        if label := self._label(words):
            return label, None
        if above and words and words[0].low in self._lexicon.words.following:
            return above, self._under(above, words, text)
        if self._outcomes.leads(words) and not text.endswith("."):
            return "decision", None
        is_read = len(words) <= LONGEST and not text.rstrip(CLOSING).endswith(QUESTION)
        return self._heading(item), self._look(item, words, text) if is_read else None

    def _under(self, kind: Kind, words: Sequence[Word], text: str) -> Look:
        """What a line is under a label."""
        if kind == "action":
            return Look(kind, "label", self._actions.owners(words), deadline(text, self._on, self._language))
        return (
            self._decided("label", self._outcomes.outcome(words), text) if kind == "decision" else Look(kind, "label")
        )

    def _look(self, item: AgendaItem | None, words: Sequence[Word], text: str) -> Look | None:
        """What a sentence looks like by the first rule that fits."""
        if item and item.kind == "previous_minutes" and (approval := self._outcomes.approval(words)):
            return Look("approval", "approval", approval=approval)
        outcome = self._outcomes.decision(words)
        if outcome == "deferred":
            return self._decided("decision", outcome, text)
        due = deadline(text, self._on, self._language)
        task = self._actions.read(words, later=due is not None)
        if at_next_meeting(text) and self._outcomes.returns(words) and not self._is_somebodys(task, words):
            return Look("next_time", "next-time")
        if outcome:
            return self._decided("decision", outcome, text)
        return Look("action", task.rule, task.owners, due) if task else None

    def _decided(self, rule: str, outcome: Outcome, text: str) -> Look:
        """A decision; one that is put off comes back when it says."""
        due = deadline(text, self._on, self._language) if outcome == "deferred" else None
        return Look("decision", rule, outcome=outcome, due=due)

    def _is_somebodys(self, task: Task | None, words: Sequence[Word]) -> bool:
        """Whether the task is that of somebody else than all who met."""
        return task is not None and task.rule != "no-subject" and not self._doers.is_ours(words, 0)
