"""The minutes of a meeting as a document."""

from collections.abc import Iterator

from atbtst_cli.documents import blocks, frame, prose, summary
from atbtst_cli.documents.edition import Edition, has_internal, scribe_for
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import (
    Blocks,
    Column,
    Document,
    Facts,
    Inlines,
    Section,
    Signature,
    Table,
    facts,
    trimmed,
    words,
)
from atbtst_cli.language.format import plain_date
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import AgendaItem, Amendment, Approval, Attendance, MatterBlock, Meeting
from atbtst_cli.rules.agenda import changes
from atbtst_cli.rules.seats import chain


def build(meeting: Meeting, council: Council, edition: Edition) -> Document:
    """The minutes in that edition, in the council's language.

    Read from this meeting, and from members, networks and settings as of its day, so that they come out the same
    however life goes on.
    """
    scribe = scribe_for(meeting, council, edition)
    return frame.document(
        scribe,
        council.settings.document_title or scribe.words.title,
        _facts(scribe),
        (
            *attendance(scribe),
            *blocks.build(scribe.meeting.preamble, scribe),
            *frame.sections(scribe.meeting.agenda, scribe, body),
            *_signature(scribe),
            *approval(scribe),
            *_amendments(scribe),
            *summary.build(scribe),
        ),
        draft=meeting.approval is None,
        internal=edition == "internal" and has_internal(meeting),
    )


def _facts(scribe: Scribe) -> Iterator[tuple[str, str]]:
    yield from about(scribe)
    said, since = scribe.words, changes(scribe.meeting)
    yield said.added, "; ".join(since.added)
    yield said.moved_items, "; ".join(since.moved)
    yield said.dropped_items, "; ".join(since.dropped)


def about(scribe: Scribe) -> Iterator[tuple[str, str]]:
    """When and where the meeting was, and who chaired, wrote and checks: labels and values, empty where not known."""
    meeting, said = scribe.meeting, scribe.words
    yield from frame.time_and_place(scribe)
    yield said.chair, scribe.name(meeting.chair) if meeting.chair else ""
    yield said.secretary, scribe.name(meeting.secretary) if meeting.secretary else ""
    yield said.adjusters, scribe.names(meeting.adjusters)
    yield said.reference, meeting.reference or ""


def attendance(scribe: Scribe) -> Blocks:
    """Who was there, or not: a section with a table; nothing where nobody is put down."""
    if not scribe.meeting.attendance:
        return ()
    said = scribe.words
    order = tuple(said.statuses)
    rows = sorted(scribe.meeting.attendance, key=lambda row: order.index(row.status))
    columns = (
        Column(words(said.name), share=3),
        Column(words(said.seat), share=3),
        Column(words(said.attendance), share=2),
        Column(words(said.remark), share=3),
    )
    table = trimmed(Table(columns, tuple(_row(row, scribe) for row in rows)))
    return (Section("", words(said.attendance), (table,)),)


def _row(row: Attendance, scribe: Scribe) -> tuple[Inlines, ...]:
    substitute = scribe.words.substitute.format(name=scribe.name(row.substitute_for)) if row.substitute_for else ""
    remarks = "; ".join(part for part in (substitute, row.note) if part)
    return tuple(map(words, (scribe.name(row.person), _seats(row, scribe), scribe.words.statuses[row.status], remarks)))


def _seats(row: Attendance, scribe: Scribe) -> str:
    """The seats of somebody who was there; one that another of theirs follows is said with that one."""
    followed = {step for seat in row.seats for step in chain(scribe.council, seat) if step != seat}
    return "; ".join(scribe.seat(seat) for seat in row.seats if seat not in followed)


def body(item: AgendaItem, scribe: Scribe) -> Blocks:
    """What was said and decided under an agenda item, its sub-items apart."""
    if item.kind == "next_meeting" and not item.body and scribe.meeting.next_meeting:
        return prose.blocks(scribe.meeting.next_meeting.text)
    matter = item.matter if item.matter not in {getattr(block, "matter", None) for block in item.body} else None
    head = blocks.build((MatterBlock(matter=matter),), scribe) if matter else ()
    return head + (blocks.entries if item.kind == "next_time" else blocks.build)(item.body, scribe)


def _signature(scribe: Scribe) -> Blocks:
    signed = facts(_signers(scribe))
    return (Signature(signed),) if signed else ()


def _signers(scribe: Scribe) -> Iterator[tuple[str, str]]:
    meeting, said = scribe.meeting, scribe.words
    yield said.signature, scribe.name(meeting.secretary) if meeting.secretary else ""
    yield from ((said.adjusted, scribe.name(adjuster)) for adjuster in meeting.adjusters)


def approval(scribe: Scribe) -> Blocks:
    """When the minutes were approved, by whom and how: a section; nothing while they are a draft."""
    known = scribe.meeting.approval
    if known is None:
        return ()
    told = Facts(facts(_approval_facts(known, scribe)))
    return (Section("", words(scribe.words.approval), (told, *prose.blocks(known.changes or ""))),)


def _approval_facts(approval: Approval, scribe: Scribe) -> Iterator[tuple[str, str]]:
    yield scribe.words.approved[approval.outcome], plain_date(approval.date, scribe.language)
    yield scribe.words.approved_by, scribe.names(approval.by)
    at = (approval.at or "").partition("/")[0]
    yield scribe.words.approved_at, scribe.meeting_on(at, approval.date) if at else ""


def _amendments(scribe: Scribe) -> Blocks:
    said, amendments = scribe.words, scribe.meeting.amendments
    if not amendments:
        return ()
    heads = ((said.day, 2), (said.by, 2), (said.reason, 5), (said.approved_before, 2))
    columns = tuple(Column(words(head), share=share) for head, share in heads)
    rows = tuple(tuple(map(words, _amended(each, scribe))) for each in amendments)
    return (Section("", words(said.amendments), (trimmed(Table(columns, rows)),)),)


def _amended(amendment: Amendment, scribe: Scribe) -> tuple[str, ...]:
    by = scribe.name(amendment.by) if amendment.by else ""
    before = plain_date(amendment.approved, scribe.language) if amendment.approved else ""
    return plain_date(amendment.date, scribe.language), by, amendment.reason, before
