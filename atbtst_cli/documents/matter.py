"""An extract on one matter: where it lies, its way from body to body, and what has been minuted of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from atbtst_cli.documents import blocks, frame, minutes, prose
from atbtst_cli.documents.edition import Edition, clerk_for, has_internal, scribe_for
from atbtst_cli.documents.extract import chosen_of
from atbtst_cli.documents.scribe import Clerk, Scribe
from atbtst_cli.documents.tree import (
    Blocks,
    Column,
    Document,
    Fact,
    Inlines,
    Paragraph,
    Section,
    Table,
    Text,
    facts,
    trimmed,
    words,
)
from atbtst_cli.language.format import plain_date
from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Matter, Referral, Step
from atbtst_cli.models.meeting import AgendaItem, DecisionBlock, Meeting, WithheldBlock
from atbtst_cli.rules import matters

Passages = tuple[tuple[Scribe, tuple[AgendaItem, ...]], ...]
"""The meetings that had a matter on their agenda, each with the agenda items about it."""


def build(matter: Matter, council: Council, edition: Edition, *, drafts: bool = True) -> Document:
    """The matter in that edition, as far as it has come; the same as long as nothing more is done with it.

    Without ``drafts`` nothing is quoted from minutes that are not approved; which ones those are is said.
    """
    passages = tuple(_passages(matter, council, edition))
    day = max((*matters.days(matter), *(scribe.day for scribe, _items in passages)))
    clerk = clerk_for(council, day, edition, tuple(sorted(matters.parties(matter))), matter.raised)
    told = _Teller(matter, clerk, tuple(one for one in passages if drafts or one[0].meeting.approval))
    left_out = [scribe for scribe, _items in passages if not (drafts or scribe.meeting.approval)]
    shown = [scribe.meeting.model_copy(update={"agenda": items}) for scribe, items in told.passages]
    said = clerk.words
    return frame.framed(
        clerk,
        matter.title,
        f"{said.matter} {matter.id}",
        matter.id,
        tuple(told.facts()),
        (*told.about(), *told.way(), *told.minuted(left_out)),
        (
            (said.extract, True),
            (said.draft, any(meeting.approval is None for meeting in shown)),
            (said.restricted, edition == "internal" and (matter.internal or any(map(has_internal, shown)))),
        ),
    )


def meetings(matter: Matter, council: Council) -> list[Meeting]:
    """The meetings held that had the matter on their agenda, in order."""
    held = (one for one in council.meetings.values() if one.held and not one.cancelled)
    return sorted((one for one in held if _about(matter, one)), key=lambda one: (one.date, one.id))


def _passages(matter: Matter, council: Council, edition: Edition) -> Iterator[tuple[Scribe, tuple[AgendaItem, ...]]]:
    for meeting in meetings(matter, council):
        scribe = scribe_for(meeting, council, edition)
        if items := _about(matter, scribe.meeting):
            yield scribe, items


def _about(matter: Matter, meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The agenda items of a meeting that are about the matter, or from which something was done with it."""
    places = {f"{matter.origin.meeting}/{matter.origin.agenda_item}" if matter.origin else None}
    places |= {step.at for step in _steps(matter)}

    def concerns(item: AgendaItem) -> bool:
        told = matter.id in matters.about(item) or f"{meeting.id}/{item.id}" in places
        # Of an item that the public does not see nobody is told what it is about.
        return told and WithheldBlock(withheld="item") not in item.body

    return chosen_of(meeting.agenda, concerns)


def _steps(matter: Matter) -> Iterator[Step]:
    yield from (step for one in matter.referrals for step in one.steps)
    if matter.closed:
        yield matter.closed


class _Teller:
    """Says what there is to say of a matter: nothing of a decision but what stands in the passages that are shown."""

    def __init__(self, matter: Matter, clerk: Clerk, passages: Passages) -> None:
        self._matter = matter
        self._clerk = clerk
        self._said = clerk.words
        self.passages = passages
        self._decisions: Mapping[str, tuple[Scribe, DecisionBlock]] = {
            f"{scribe.meeting.id}/{block.decision}": (scribe, block)
            for scribe, _items in passages
            for _item, block in scribe.meeting.blocks()
            if isinstance(block, DecisionBlock)
        }
        self._places = {
            f"{scribe.meeting.id}/{item.id}": scribe.numbers[item.id]
            for scribe, items in passages
            for top in items
            for item in top.walk()
        }

    def facts(self) -> Iterator[Fact]:
        """What it is, who raised it, where it lies or how it was closed."""
        matter, said = self._matter, self._said
        known = (
            (said.reference, matter.reference or ""),
            (said.raised, self._raised()),
            (said.lies_with, "" if matter.closed else self._lies()),
            (said.papers, "; ".join(matter.papers)),
        )
        yield from facts(known)
        if matter.closed:
            how = self._cited(matter.closed.decision, matter.closed.at)
            yield Fact(said.closed, _told((self._on(matter.closed.date), how), matter.closed.reason))

    def about(self) -> Blocks:
        """What it is about."""
        told = prose.blocks(self._matter.description or "")
        return (Section("", words(self._said.about), told),) if told else ()

    def way(self) -> Blocks:
        """Its sendings in a table: from whom, to whom, what for, when and by what decision, the answer, the days."""
        said, sendings = self._said, self._matter.referrals
        heads = ((said.sender, 3), (said.receiver, 5), (said.role, 3), (said.sent, 5), (said.answered, 7))
        columns = (
            *(Column(words(head), share=share) for head, share in heads),
            Column(words(said.days), "right", share=0),
        )
        table = trimmed(Table(columns, tuple(map(self._sending, sendings))))
        return (Section("", words(said.way), (table if sendings else Paragraph(words(said.not_sent)),)),)

    def minuted(self, left_out: list[Scribe]) -> Blocks:
        """What the minutes hold of it, a section a meeting, and of which meetings nothing is quoted."""
        said = self._said
        found: Blocks = tuple(_minuted(scribe, items) for scribe, items in self.passages)
        if left_out:
            cited = self._clerk.listed(scribe.cited() for scribe in left_out)
            found = (*found, Paragraph(words(said.drafts_left_out.format(meetings=cited))))
        return (Section("", words(said.passages), found or (Paragraph(words(said.not_minuted)),)),)

    def _raised(self) -> str:
        matter, said = self._matter, self._said
        at = self._cited(None, matter.origin.meeting) if matter.origin else ""
        body = self._clerk.on(matter.raised).body(matter.network)
        return (said.raised_at if at else said.raised_by).format(date=self._on(matter.raised), body=body, meeting=at)

    def _lies(self) -> str:
        stay = matters.stays(self._matter)[-1]
        bodies = self._clerk.listed(map(self._clerk.body, stay.bodies))
        return self._said.lies_since.format(bodies=bodies, date=self._on(stay.since))

    def _sending(self, one: Referral) -> tuple[Inlines, ...]:
        body = self._clerk.on(one.sent.date).body
        ended = one.answer or one.withdrawn
        return (
            words(body(one.from_)),
            words(body(one.to)),
            words(self._said.roles[one.role]),
            _told((self._on(one.sent.date), self._cited(one.sent.decision, one.sent.at))),
            self._outcome(one),
            words(str((ended.date - one.sent.date).days) if ended else ""),
        )

    def _outcome(self, one: Referral) -> Inlines:
        """What came of a sending: the decision that answers and how it went, its words, or why there is no answer."""
        if one.answer:
            found = self._decisions.get(one.answer.decision or "")
            outcome = blocks.outcome(found[1], found[0]) if found else ""
            cited = self._cited(one.answer.decision, one.answer.at)
            return _told((self._on(one.answer.date), cited, outcome), one.answer.text)
        if one.withdrawn:
            return _told((f"{self._said.withdrawn} {self._on(one.withdrawn.date)}",), one.withdrawn.reason)
        return words(self._said.waits if one.waits else self._said.asks_nothing)

    def _cited(self, decision: str | None, at: str | None) -> str:
        """The meeting, and the number of the decision or else of the agenda item there, as far as it may be told."""
        meeting = self._clerk.council.meetings.get((at or decision or "").partition("/")[0])
        if meeting is None:
            return ""
        found, place = self._decisions.get(decision or ""), self._places.get(at or "")
        number = blocks.decision_number(found[1]) if found else ""
        item = f"{self._said.agenda_item.lower()} {place}" if place else ""
        return ", ".join(part for part in (Scribe(meeting, self._clerk.council).cited(), number or item) if part)

    def _on(self, day: date) -> str:
        return plain_date(day, self._clerk.language)


def _minuted(scribe: Scribe, items: tuple[AgendaItem, ...]) -> Section:
    said = scribe.words
    state = said.minuted if scribe.meeting.approval else said.minuted_draft
    told = frame.sections(items, scribe, _body, f"{scribe.meeting.id}-")
    title = f"{scribe.cited()}, {plain_date(scribe.day, scribe.language)}"
    return Section("", words(title), (Paragraph(words(state)), *told), anchor=scribe.meeting.id)


def _body(item: AgendaItem, scribe: Scribe) -> Blocks:
    """What was said under an agenda item, without the line that says which matter it is about."""
    return minutes.body(item.model_copy(update={"matter": None}), scribe)


def _told(head: Iterable[str], text: str | None = None) -> Inlines:
    """The parts of the head that say something in a row, and then the text, if there is one."""
    told, body = words(", ".join(filter(None, head))), prose.flat(prose.blocks(text or ""))
    return (*told, Text(": "), *body) if body else told
