"""The book of a body's year: its meetings, who was there, what was decided, promised and done, and its matters."""

from collections.abc import Iterable, Sequence
from datetime import date

from atbtst_cli.documents import blocks, frame, prose
from atbtst_cli.documents.edition import Edition, clerk_for
from atbtst_cli.documents.scribe import Clerk, Scribe
from atbtst_cli.documents.tree import (
    Bar,
    Block,
    Blocks,
    Chart,
    Code,
    Column,
    Document,
    Inlines,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    facts,
    trimmed,
    words,
)
from atbtst_cli.language.format import month, plain_date, short_date
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import cited
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter, Referral
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import carry, matters
from atbtst_cli.rules.decisions import Decision
from atbtst_cli.rules.year import Year, first


def build(council: Council, network_id: str, until: date, edition: Edition) -> Document | None:
    """The body's year up to that day, in that edition; None where nothing of it is on record.

    It is a draft until the year is over and no minutes of it wait for approval.
    """
    clerk = clerk_for(council, until, edition, (network_id,), first(until))
    year, said = Year(council, clerk.council, network_id, until), clerk.words
    if not year:
        return None
    period = " – ".join(plain_date(day, clerk.language) for day in (year.since, year.until))
    known = (
        (said.period, period),
        (said.meetings, str(len(year.meetings))),
        (said.decisions, str(len(year.decisions))),
    )
    return frame.framed(
        clerk,
        said.yearbook.format(year=until.year),
        clerk.full_bodies(),
        clerk.bodies(),
        facts(known),
        _sections(year, clerk),
        ((said.draft, not year.is_settled), (said.restricted, edition == "internal" and year.has_internal)),
    )


def _sections(year: Year, clerk: Clerk) -> Blocks:
    said = clerk.words
    return (
        Section("", words(said.meetings), (_meetings(year, clerk),)),
        Section("", words(said.attendance_by_seat), (_seats(year, clerk),)),
        Section("", words(said.decisions), (_decisions(year, clerk),)),
        Section("", words(said.actions), _items(year, clerk)),
        *_matters(year, clerk),
    )


def _meetings(year: Year, clerk: Clerk) -> Block:
    said = clerk.words
    columns = (
        Column(words(said.number), share=0),
        Column(words(said.day), share=0),
        Column(words(said.place), share=4),
        Column(words(said.minutes_state), share=4),
        Column(words(said.present), "right", share=0),
    )
    return _table(columns, (_meeting(one, clerk) for one in year.meetings), said.no_meetings)


def _meeting(meeting: Meeting, clerk: Clerk) -> tuple[Inlines, ...]:
    present = sum(row.status == "present" for row in meeting.attendance)
    number = Scribe(meeting, clerk.council).cited() if meeting.number is not None else ""
    told = (number, short_date(meeting.date), meeting.place or "", _state(meeting, clerk), str(present or ""))
    return tuple(map(words, told))


def _state(meeting: Meeting, clerk: Clerk) -> str:
    """How far the minutes have come."""
    if meeting.approval:
        return clerk.words.approved_on.format(date=plain_date(meeting.approval.date, clerk.language))
    return clerk.words.not_approved if carry.awaits_approval(meeting) else clerk.words.archived


def _seats(year: Year, clerk: Clerk) -> Block:
    """How each seat was taken: counts, and nobody's name."""
    said = clerk.words
    kept = [key for key in said.taken_by if any(getattr(seat, key) for seat in year.seats)]
    columns = (Column(words(said.seat), share=6), *(Column(words(said.taken_by[key]), "right", 0) for key in kept))
    rows = ((words("; ".join(one.names)), *(words(str(getattr(one, key))) for key in kept)) for one in year.seats)
    return _table(columns, rows, said.no_attendance)


def _decisions(year: Year, clerk: Clerk) -> Block:
    said = clerk.words
    columns = (
        Column(words(said.number), share=0),
        Column(words(said.decision), share=6),
        Column(words(said.outcome), share=3),
        Column(words(said.meeting), share=0),
        Column(words(said.superseded), share=0),
    )
    return _table(columns, (_decision(one, year, clerk) for one in year.decisions), said.no_decisions)


def _decision(one: Decision, year: Year, clerk: Clerk) -> tuple[Inlines, ...]:
    scribe = Scribe(one.meeting, clerk.council)
    later = (cited(clerk.council, other.meeting, other.block) for other in year.superseded_by(one))
    return (
        words(blocks.decision_number(one.block)),
        _marked(prose.flat(prose.blocks(one.block.text)), clerk, internal=one.internal),
        words(blocks.outcome(one.block, scribe)),
        words(scribe.cited()),
        words("; ".join(later)),
    )


def _items(year: Year, clerk: Clerk) -> Blocks:
    """How many action items were opened and closed by month, those that were closed, and those that are open."""
    said = clerk.words
    if not year.items:
        return (Paragraph(words(said.nothing_by_month)),)
    closed = [item for _day, item in year.closed]
    until = said.open_items.format(date=plain_date(year.until, clerk.language))
    return (
        _by_month(year, clerk),
        Section("", words(said.closed_items), (_item_table(closed, said.closed_on, year, clerk),)),
        Section("", words(until), (_item_table(year.unfinished, said.due, year, clerk),)),
    )


def _by_month(year: Year, clerk: Clerk) -> Block:
    said, language = clerk.words, clerk.language
    months = [date(year.until.year, number, 1) for number in range(1, year.until.month + 1)]
    counts = list(
        zip(_counted(year.opened, months), _counted([day for day, _item in year.closed], months), strict=True)
    )
    if not any(map(any, counts)):
        return Paragraph(words(said.nothing_by_month))
    told = (
        said.months_told.format(month=month(one, language), opened=opened, closed=closed)
        for one, (opened, closed) in zip(months, counts, strict=True)
        if opened or closed
    )
    bars = (Bar(month(one, language, short=True), values) for one, values in zip(months, counts, strict=True))
    alt = f"{said.items_by_month}: {'; '.join(told)}."
    return Chart(said.items_by_month, alt, said.month, (said.opened, said.done), tuple(bars))


def _counted(days: Sequence[date], months: Iterable[date]) -> list[int]:
    return [sum(day.month == one.month for day in days) for one in months]


def _item_table(items: Iterable[ActionItem], end: str, year: Year, clerk: Clerk) -> Block:
    said = clerk.words
    columns = (
        Column(words(said.action), share=7),
        Column(words(said.owner), share=4),
        Column(words(said.added_on), share=0),
        Column(words(end), share=4),
        Column(words(said.id), share=0),
    )
    return _table(columns, (_item(one, year, clerk) for one in items), said.none)


def _item(item: ActionItem, year: Year, clerk: Clerk) -> tuple[Inlines, ...]:
    end = clerk.due(item.due) if item.due else ""
    if item.closed and item.closed.date in year:
        end = clerk.words.closed_as[item.closed.as_].format(date=short_date(item.closed.date))
    return (
        _marked(words(item.title), clerk, internal=item.internal),
        words(clerk.names(item.owners)),
        words(short_date(item.added)),
        words(end),
        (Code(item.id),),
    )


def _matters(year: Year, clerk: Clerk) -> Blocks:
    """The matters that the body raised, and those that it sent or was sent; nothing where there are none."""
    said = clerk.words
    raised = ((said.matter, 6), (said.raised, 0), (said.state, 5))
    sent = ((said.matter, 6), (said.sender, 3), (said.receiver, 5), (said.role, 3), (said.sent, 0), (said.answered, 0))
    parts = (
        (said.raised_matters, raised, [_raised(one, clerk) for one in year.raised]),
        (said.sent_matters, sent, [_sent(*one, clerk) for one in year.sent]),
    )
    told = tuple(
        Section("", words(title), (_table([Column(words(head), share=share) for head, share in heads], rows, ""),))
        for title, heads, rows in parts
        if rows
    )
    return (Section("", words(said.matters), told),) if told else ()


def _raised(one: Matter, clerk: Clerk) -> tuple[Inlines, ...]:
    state = f"{clerk.words.lies_with} {clerk.listed(map(clerk.body, matters.bodies(one)))}"
    if one.closed:
        state = f"{clerk.words.closed} {short_date(one.closed.date)}"
    return _marked(words(one.title), clerk, internal=one.internal), words(short_date(one.raised)), words(state)


def _sent(one: Matter, sending: Referral, clerk: Clerk) -> tuple[Inlines, ...]:
    body = clerk.on(sending.sent.date).body
    return (
        _marked(words(one.title), clerk, internal=one.internal),
        words(body(sending.from_)),
        words(body(sending.to)),
        words(clerk.words.roles[sending.role]),
        words(short_date(sending.sent.date)),
        words(short_date(sending.answer.date) if sending.answer else ""),
    )


def _marked(told: Inlines, clerk: Clerk, *, internal: bool) -> Inlines:
    """The words, with a mark where the public does not get them."""
    return (*told, Text(" · "), Strong(words(clerk.words.internal))) if internal else told


def _table(columns: Sequence[Column], rows: Iterable[tuple[Inlines, ...]], none: str) -> Block:
    """The table without empty columns; a sentence where it would have no rows."""
    table = Table(tuple(columns), tuple(rows))
    return trimmed(table) if table.rows else Paragraph(words(none))
