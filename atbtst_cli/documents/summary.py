"""What a reader looks for first: every decision, every action, what comes next time, the next meeting."""

from collections.abc import Iterator

from atbtst_cli.documents import blocks, frame, prose
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import (
    Blocks,
    Bullets,
    Code,
    Column,
    Inlines,
    Section,
    Table,
    trimmed,
    words,
)
from atbtst_cli.models.meeting import ActionBlock, AgendaItem, DecisionBlock, NextTimeBlock


def build(scribe: Scribe) -> Blocks:
    """A section that gathers what stands in the minutes; nothing where there is nothing to gather."""
    said = scribe.words
    parts = (
        (said.decisions, _decisions(scribe)),
        (said.actions, _actions(scribe)),
        (said.coming, _coming(scribe)),
        (said.next_meeting, frame.next_meeting(scribe)),
    )
    sections = tuple(Section("", words(title), body) for title, body in parts if body)
    return (Section("", words(said.summary), sections),) if sections else ()


def _decisions(scribe: Scribe) -> Blocks:
    said = scribe.words
    columns = (
        Column(words(said.number), share=0),
        Column(words(said.decision), share=2),
        Column(words(said.outcome), share=1),
        Column(words(said.agenda_item), share=0),
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
        Column(words(said.due), share=6),
        Column(words(said.id), share=0),
        Column(words(said.agenda_item), share=0),
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
    """What was noted for next time, inside agenda items and under that heading; the same words once."""
    noted = dict.fromkeys(block.text for _item, block in scribe.meeting.blocks() if isinstance(block, NextTimeBlock))
    return (Bullets(tuple(map(prose.blocks, noted))),) if noted else ()
