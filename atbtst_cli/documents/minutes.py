"""The minutes of a meeting as a document."""

from collections.abc import Iterator

from atbtst_cli.documents import blocks, prose, summary
from atbtst_cli.documents.edition import Edition, edit
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import (
    Blocks,
    Column,
    Document,
    Fact,
    Facts,
    Inlines,
    Section,
    Signature,
    Table,
    trimmed,
    words,
)
from atbtst_cli.language.format import plain_date, short_date
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import AgendaItem, Approval, Attendance, InternalBlock, MatterBlock, Meeting, kind_of


def build(meeting: Meeting, council: Council, edition: Edition) -> Document:
    """The minutes in that edition, in the council's language.

    Read from this meeting, and from members, networks and settings as of its day, so that they come out the same
    however life goes on.
    """
    scribe = Scribe(edit(meeting, council, edition), council)
    title = council.settings.document_title or scribe.words.title
    return Document(
        language=scribe.language,
        organisation=council.settings.organisation,
        marks=_marks(scribe, restricted=edition == "internal" and _restricted(meeting)),
        title=title,
        subtitle=_subtitle(scribe),
        facts=tuple(Fact(label, words(value)) for label, value in _facts(scribe) if value),
        blocks=(
            *_attendance(scribe),
            *blocks.build(scribe.meeting.preamble, scribe),
            *(_section(item, scribe) for item in scribe.meeting.agenda),
            *_signature(scribe),
            *_approval(scribe),
            *_amendments(scribe),
            *summary.build(scribe),
        ),
        running=f"{title} {scribe.bodies()} {short_date(meeting.date)}",
        date=meeting.date,
        logo=council.settings.logo or "",
    )


def _subtitle(scribe: Scribe) -> str:
    meeting = scribe.meeting
    number = f"{scribe.bodies()} {meeting.number}/{meeting.date.year}" if meeting.number is not None else ""
    return " · ".join(part for part in (scribe.full_bodies(), meeting.title, number) if part)


def _restricted(meeting: Meeting) -> bool:
    return any(item.internal for item in meeting.items()) or any(
        isinstance(block, InternalBlock) for _item, block in meeting.blocks()
    )


def _marks(scribe: Scribe, *, restricted: bool) -> tuple[str, ...]:
    state = scribe.meeting.state
    life = {"approved": "", "cancelled": scribe.words.cancelled}.get(state, scribe.words.draft)
    return tuple(mark for mark in (life, scribe.words.restricted if restricted else "") if mark)


def _facts(scribe: Scribe) -> Iterator[tuple[str, str]]:
    meeting, words = scribe.meeting, scribe.words
    yield words.date, scribe.when(meeting.date, meeting.start, meeting.end)
    for move in meeting.moves:
        yield words.moved, plain_date(move.from_, scribe.language)
    if meeting.cancelled:
        yield words.cancelled.capitalize(), plain_date(meeting.cancelled.date, scribe.language)
        yield words.reason, meeting.cancelled.reason
    yield words.place, meeting.place or ""
    yield words.mode, words.modes[meeting.mode] if meeting.mode else ""
    yield words.chair, scribe.name(meeting.chair) if meeting.chair else ""
    yield words.secretary, scribe.name(meeting.secretary) if meeting.secretary else ""
    yield words.adjusters, scribe.names(meeting.adjusters)
    yield words.reference, meeting.reference or ""


def _attendance(scribe: Scribe) -> Blocks:
    if not scribe.meeting.attendance:
        return ()
    said = scribe.words
    order = tuple(said.statuses)
    rows = sorted(scribe.meeting.attendance, key=lambda row: order.index(row.status))
    columns = (
        Column(words(said.name), share=3),
        Column(words(said.seat), share=3),
        Column(words(said.attendance), share=2),
        Column(words(said.remark), share=2),
    )
    table = trimmed(Table(columns, tuple(_row(row, scribe) for row in rows)))
    return (Section("", words(said.attendance), (table,)),)


def _row(row: Attendance, scribe: Scribe) -> tuple[Inlines, ...]:
    substitute = scribe.words.substitute.format(name=scribe.name(row.substitute_for)) if row.substitute_for else ""
    remarks = "; ".join(part for part in (substitute, row.note) if part)
    seats = "; ".join(scribe.seat(seat) for seat in row.seats)
    return tuple(map(words, (scribe.name(row.person), seats, scribe.words.statuses[row.status], remarks)))


def _section(item: AgendaItem, scribe: Scribe) -> Section:
    body = _body(item, scribe) + tuple(_section(part, scribe) for part in item.parts)
    shown = (blocks.restricted(body, scribe),) if item.internal and not _withheld(item) else body
    return Section(scribe.numbers[item.id], words(item.title), shown, anchor=item.id)


def _withheld(item: AgendaItem) -> bool:
    return any(kind == "withheld" for kind in map(kind_of, item.body))


def _body(item: AgendaItem, scribe: Scribe) -> Blocks:
    if item.kind == "next_meeting" and not item.body and scribe.meeting.next_meeting:
        return prose.blocks(scribe.meeting.next_meeting.text)
    matter = item.matter if item.matter not in {getattr(block, "matter", None) for block in item.body} else None
    head = blocks.build((MatterBlock(matter=matter),), scribe) if matter else ()
    return head + (blocks.entries if item.kind == "next_time" else blocks.build)(item.body, scribe)


def _signature(scribe: Scribe) -> Blocks:
    meeting, said = scribe.meeting, scribe.words
    secretary = (Fact(said.signature, words(scribe.name(meeting.secretary))),) if meeting.secretary else ()
    adjusters = tuple(Fact(said.adjusted, words(scribe.name(adjuster))) for adjuster in meeting.adjusters)
    return (Signature(secretary + adjusters),) if secretary or adjusters else ()


def _approval(scribe: Scribe) -> Blocks:
    approval = scribe.meeting.approval
    if approval is None:
        return ()
    facts = tuple(Fact(label, words(value)) for label, value in _approval_facts(approval, scribe) if value)
    return (Section("", words(scribe.words.approval), (Facts(facts), *prose.blocks(approval.changes or ""))),)


def _approval_facts(approval: Approval, scribe: Scribe) -> Iterator[tuple[str, str]]:
    yield scribe.words.approved[approval.outcome], plain_date(approval.date, scribe.language)
    yield scribe.words.approved_by, scribe.names(approval.by)
    yield scribe.words.approved_at, (approval.at or "").partition("/")[0]


def _amendments(scribe: Scribe) -> Blocks:
    said, amendments = scribe.words, scribe.meeting.amendments
    if not amendments:
        return ()
    columns = (Column(words(said.day), share=2), Column(words(said.by), share=2), Column(words(said.reason), share=5))
    rows = ((plain_date(each.date, scribe.language), scribe.name(each.by), each.reason) for each in amendments)
    return (Section("", words(said.amendments), (Table(columns, tuple(tuple(map(words, row)) for row in rows)),)),)
