"""The agenda of a meeting as a document: what it is called to, and why each thing is on it."""

from collections.abc import Iterator
from urllib.parse import quote

from atbtst_cli.documents import frame
from atbtst_cli.documents.edition import Edition, has_internal, scribe_for
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import (
    Blocks,
    Break,
    Column,
    Document,
    Inline,
    Inlines,
    Link,
    Strong,
    Table,
    trimmed,
    words,
)
from atbtst_cli.language.format import plain_date
from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Matter, Referral
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.rules.carry import ours


def build(meeting: Meeting, council: Council, edition: Edition) -> Document:
    """The agenda in that edition, in the council's language; a draft until the meeting is called."""
    scribe = scribe_for(meeting, council, edition)
    return frame.document(
        scribe,
        scribe.words.agenda,
        _facts(scribe),
        _table(scribe),
        draft=meeting.called is None,
        internal=edition == "internal" and has_internal(meeting),
    )


def _facts(scribe: Scribe) -> Iterator[tuple[str, str]]:
    meeting, said = scribe.meeting, scribe.words
    yield from frame.time_and_place(scribe)
    yield said.link, meeting.link or ""
    yield said.called, plain_date(meeting.called.date, scribe.language) if meeting.called else ""
    yield said.called_by, scribe.name(meeting.called.by) if meeting.called and meeting.called.by else ""


def _table(scribe: Scribe) -> Blocks:
    """The agenda items in a table: number, title with its papers, who presents it, the time for it, what brought it."""
    said = scribe.words
    columns = (
        Column(words(said.number), share=0),
        Column(words(said.agenda_item), share=6),
        Column(words(said.presenter), share=3),
        Column(words(said.allotted), share=2),
        Column(words(said.background), share=5),
    )
    rows = tuple(_row(item, scribe) for item in scribe.meeting.items())
    return (trimmed(Table(columns, rows)),) if rows else ()


def _row(item: AgendaItem, scribe: Scribe) -> tuple[Inlines, ...]:
    number, minutes = scribe.numbers[item.id], scribe.words.minutes
    title = words(item.title) if "." in number else (Strong(words(item.title)),)
    return (
        words(number),
        (*title, *_papers(item)),
        words(scribe.name(item.presenter) if item.presenter else ""),
        words(minutes.format(count=item.allotted) if item.allotted else ""),
        words(_brought(item, scribe)),
    )


def _brought(item: AgendaItem, scribe: Scribe) -> str:
    """What brought the agenda item: the meeting that left it, or who has promised what it follows up."""
    source, _slash, part = (item.from_ or item.approves or "").partition("/")
    if source.startswith("m-"):
        matter = scribe.council.matters.get(source)
        return _of_matter(matter, matter.referral(part), scribe) if matter else ""
    meeting = scribe.council.meetings.get(source)
    if meeting:
        return f"{scribe.body(meeting.network)} {meeting.date}"
    action = scribe.council.items.get(source)
    if action:
        due = scribe.words.due_by.format(due=scribe.due(action.due)) if action.due else ""
        return ", ".join(part for part in (scribe.names(action.owners), due) if part) or action.id
    return source


def _of_matter(matter: Matter, sent: Referral | None, scribe: Scribe) -> str:
    """From whom a matter came and what is asked, or whose answer to it came; that it is one of the body's own."""
    said = scribe.words
    if sent is None:
        return said.brought_own.format(date=matter.raised)
    if sent.answer and sent.answer.date <= scribe.meeting.date and sent.from_ in ours(scribe.council, scribe.meeting):
        return said.brought_answer.format(body=scribe.body(sent.to), date=sent.answer.date)
    return said.brought_matter.format(body=scribe.body(sent.from_), asked=said.asked[sent.role], date=sent.sent.date)


def _papers(item: AgendaItem) -> Iterator[Inline]:
    """The item's papers, one a line, each a link to where it lies beside the agenda; none leads anywhere else."""
    for name in item.papers:
        yield Break()
        yield from words(name) if ".." in name.split("/") else [Link(words(name), f"papers/{quote(name)}")]
