"""What a reader looks for first: every decision, every action, what comes next time, the next meeting."""

from collections.abc import Iterator

from atbtst_cli.documents import blocks, prose
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import (
    Blocks,
    Bullets,
    Code,
    Column,
    Fact,
    Facts,
    Inlines,
    Section,
    Table,
    trimmed,
    words,
)
from atbtst_cli.models.meeting import ActionBlock, AgendaItem, DecisionBlock, NextMeeting, NextTimeBlock


def build(scribe: Scribe) -> Blocks:
    """A section that gathers what stands in the minutes; nothing where there is nothing to gather."""
    said = scribe.words
    parts = (
        (said.decisions, _decisions(scribe)),
        (said.actions, _actions(scribe)),
        (said.coming, _coming(scribe)),
        (said.next_meeting, _next_meeting(scribe)),
    )
    sections = tuple(Section("", words(title), body) for title, body in parts if body)
    return (Section("", words(said.summary), sections),) if sections else ()


def _decisions(scribe: Scribe) -> Blocks:
    said = scribe.words
    columns = (
        Column(words(said.number), share=3),
        Column(words(said.decision), share=14),
        Column(words(said.outcome), share=7),
        Column(words(said.agenda_item), share=3),
    )
    rows = (
        (
            words(blocks.decision_number(block)),
            prose.flat(prose.blocks(block.text)),
            words(blocks.outcome(block, scribe)),
            _place(item, scribe),
        )
        for item, block in scribe.meeting.blocks()
        if isinstance(block, DecisionBlock)
    )
    return _table(columns, rows)


def _actions(scribe: Scribe) -> Blocks:
    said = scribe.words
    columns = (
        Column(words(said.action), share=12),
        Column(words(said.owner), share=7),
        Column(words(said.due), share=5),
        Column(words(said.id), share=5),
        Column(words(said.agenda_item), share=3),
    )
    rows = (
        (
            prose.flat(prose.blocks(block.text)),
            words(scribe.names(block.owners)),
            words(scribe.due(block.due) if block.due else ""),
            (Code(block.action),),
            _place(item, scribe),
        )
        for item, block in scribe.meeting.blocks()
        if isinstance(block, ActionBlock)
    )
    return _table(columns, rows)


def _table(columns: tuple[Column, ...], rows: Iterator[tuple[Inlines, ...]]) -> Blocks:
    table = Table(columns, tuple(rows))
    return (trimmed(table),) if table.rows else ()


def _place(item: AgendaItem | None, scribe: Scribe) -> Inlines:
    return words(scribe.numbers[item.id] if item else "")


def _coming(scribe: Scribe) -> Blocks:
    """What was noted for next time inside other items; what stands under that heading is not said twice."""
    entries = tuple(
        prose.blocks(block.text)
        for item, block in scribe.meeting.blocks()
        if isinstance(block, NextTimeBlock) and (item is None or item.kind != "next_time")
    )
    return (Bullets(entries),) if entries else ()


def _next_meeting(scribe: Scribe) -> Blocks:
    coming = scribe.meeting.next_meeting
    if coming is None or coming.date is None:
        return ()
    facts = tuple(Fact(label, words(value)) for label, value in _facts(coming, scribe) if value)
    return (Facts(facts),)


def _facts(coming: NextMeeting, scribe: Scribe) -> Iterator[tuple[str, str]]:
    if coming.date:
        when = scribe.when(coming.date, coming.start, coming.end)
        inferred = "year" in coming.inferred
        yield scribe.words.date, scribe.words.year_inferred.format(when=when) if inferred else when
    yield scribe.words.place, coming.place or ""
