"""The words of letters: the call to a meeting, its minutes, and what somebody has promised to do.

A letter is a document of paragraphs, facts, numbered lists and sections; its title is its subject.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from atbtst_cli.documents import frame
from atbtst_cli.documents.calendar import ADDRESS
from atbtst_cli.documents.edition import Edition, scribe_for
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import (
    Block,
    Blocks,
    Break,
    Code,
    Document,
    Fact,
    Facts,
    Inlines,
    Link,
    Numbered,
    Paragraph,
    Section,
    Strong,
    Text,
    facts,
)
from atbtst_cli.documents.tree import words as inlines
from atbtst_cli.language import words
from atbtst_cli.language.format import plain_date
from atbtst_cli.language.tables import DocumentWords
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.rules.due import Deadlines


@dataclass(frozen=True, slots=True)
class Hands:
    """From whom a letter is, and to whom: the member who signs it, if known, and the name it greets, empty for none."""

    by: str | None
    to: str


def call(meeting: Meeting, council: Council, edition: Edition, hands: Hands, *, is_update: bool) -> Document:
    """The letter that calls somebody to a meeting: when, where, how to take part, and the agenda in short.

    ``is_update`` says that they have been called to it before, and that something has changed since.
    """
    scribe = scribe_for(meeting, council, edition)
    said = scribe.words
    has_papers = any(item.papers for item in scribe.meeting.items())
    return _letter(
        scribe.council,
        meeting.date,
        (said.changed_subject if is_update else said.call_subject).format(meeting=_cited(scribe)),
        hands,
        (
            _said((said.changed_text if is_update else said.call_text).format(bodies=scribe.bodies())),
            Facts((*facts(frame.time_and_place(scribe)), *_link(scribe))),
            Section("", inlines(said.agenda), (_agenda(scribe),)),
            _said(said.papers_attached if has_papers else said.agenda_attached),
            *([_said(said.call_answer)] if hands.to else []),
        ),
    )


def cancellation(meeting: Meeting, council: Council, edition: Edition, hands: Hands) -> Document:
    """The letter that tells somebody who was called that the meeting is cancelled, and why."""
    scribe = scribe_for(meeting, council, edition)
    said = scribe.words
    return _letter(
        scribe.council,
        meeting.date,
        said.cancelled_subject.format(meeting=_cited(scribe)),
        hands,
        (
            _said(said.cancelled_text.format(bodies=scribe.bodies())),
            Facts(facts(frame.time_and_place(scribe))),
            _said(said.calendar_attached),
        ),
    )


def minutes(meeting: Meeting, council: Council, edition: Edition, hands: Hands) -> Document:
    """The letter that minutes are attached to: of which meeting, and whether they are approved."""
    scribe = scribe_for(meeting, council, edition)
    said = scribe.words
    subject, text = (
        (said.approved_subject, said.approved_text) if meeting.approval else (said.draft_subject, said.draft_text)
    )
    return _letter(
        scribe.council,
        meeting.date,
        subject.format(meeting=_cited(scribe)),
        hands,
        (
            _said(text.format(bodies=scribe.bodies())),
            Facts(facts(frame.time_and_place(scribe))),
            _said(said.minutes_attached),
            *([] if meeting.approval else [_said(said.draft_answer)]),
        ),
    )


def reminder(items: Sequence[ActionItem], council: Council, hands: Hands, today: date) -> Document:
    """The letter that reminds somebody of open action items, each of them told so that it makes sense alone."""
    said = _words(council)
    return _letter(
        council,
        today,
        said.reminder_subject.format(council=council.settings.name),
        hands,
        (
            _said(said.reminder_text),
            *(_reminded(str(number), item, council, today) for number, item in enumerate(items, 1)),
            _said(said.reminder_answer),
            Paragraph((Text(said.reminder_commands), *_commands(said))),
        ),
    )


def _letter(council: Council, day: date, subject: str, hands: Hands, blocks: Blocks) -> Document:
    """A letter with its greeting and its signature."""
    said, settings = _words(council), council.settings
    greeting = said.greeting.format(name=hands.to) if hands.to else said.greeting_all
    signer = Directory(council, day).name(hands.by) if hands.by else ""
    signed = (said.regards, signer, f"{settings.name}, {settings.organisation}")
    return Document(
        language=settings.language,
        organisation=settings.organisation,
        marks=(),
        title=subject,
        subtitle="",
        facts=(),
        blocks=(_said(greeting), *blocks, Paragraph(_lines(line for line in signed if line))),
        running=subject,
        date=day,
    )


def _words(council: Council) -> DocumentWords:
    return words(council.settings.language).DOCUMENT


def _said(text: str) -> Paragraph:
    return Paragraph(inlines(text))


def _lines(texts: Iterator[str]) -> Inlines:
    first, *rest = texts
    return (Text(first), *(part for text in rest for part in (Break(), Text(text))))


def _cited(scribe: Scribe) -> str:
    return f"{scribe.bodies()} {plain_date(scribe.meeting.date, scribe.language)}"


def _link(scribe: Scribe) -> Iterator[Fact]:
    """How to join the meeting, to be clicked where it is an address."""
    link = scribe.meeting.link
    if link:
        shown = inlines(link)
        yield Fact(scribe.words.link, (Link(shown, link),) if ADDRESS.fullmatch(link) else shown)


def _agenda(scribe: Scribe) -> Block:
    """The agenda in short: a line for each agenda item and sub-item, with who presents it and how long it takes."""
    items = scribe.meeting.agenda
    lines = tuple((Paragraph(_lines(_titles(item, scribe))),) for item in items)
    return Numbered(lines, tuple(range(1, len(items) + 1)))


def _titles(item: AgendaItem, scribe: Scribe) -> Iterator[str]:
    yield _title(item, scribe)
    yield from (f"{scribe.numbers[part.id]} {_title(part, scribe)}" for part in item.walk() if part is not item)


def _title(item: AgendaItem, scribe: Scribe) -> str:
    presenter = scribe.name(item.presenter) if item.presenter else ""
    minutes = scribe.words.minutes.format(count=item.allotted) if item.allotted else ""
    known = ", ".join(text for text in (presenter, minutes) if text)
    return f"{item.title} ({known})" if known else item.title


def _reminded(number: str, item: ActionItem, council: Council, today: date) -> Section:
    return Section(number, inlines(item.title), (Facts(tuple(_about(item, council, today))),))


def _about(item: ActionItem, council: Council, today: date) -> Iterator[Fact]:
    """Until when, where it was agreed, who else is to do it, the latest news, and its id."""
    said, directory = _words(council), Directory(council, today)
    due = _due(item, council, today)
    if due:
        yield Fact(said.due, due)
    known = (
        (said.brought, _origin(item, council)),
        (said.owner, ", ".join(map(directory.name, item.owners))),
        (said.latest_news, _news(item, council)),
    )
    yield from facts(known)
    yield Fact(said.id, (Code(item.id),))


def _due(item: ActionItem, council: Council, today: date) -> Inlines:
    said, deadlines = _words(council), Deadlines(council, today)
    due = deadlines.due(item)
    if due is None:
        body = Directory(council, today).body(item.network)
        return inlines(f"{said.next_due} ({body})" if item.due == "next" else "")
    late = (Text(" – "), Strong(inlines(said.overdue))) if deadlines.overdue(item) else ()
    return (*inlines(plain_date(due, council.settings.language)), *late)


def _origin(item: ActionItem, council: Council) -> str:
    """The meeting and agenda item where it was agreed, or the day it was added."""
    language = council.settings.language
    meeting = council.meetings.get(item.origin.meeting) if item.origin else None
    if meeting is None or item.origin is None:
        return plain_date(item.added, language)
    place = next((one.title for one in meeting.items() if one.id == item.origin.agenda_item), "")
    cited = f"{Directory(council, meeting.date).body(meeting.network)} {plain_date(meeting.date, language)}"
    return f"{cited}, {place}" if place else cited


def _news(item: ActionItem, council: Council) -> str:
    if not item.log:
        return ""
    latest = item.log[-1]
    return f"{plain_date(latest.date, council.settings.language)}: {' '.join(latest.note.split())}"


def _commands(said: DocumentWords) -> Inlines:
    known = (f'atbtst item note ID "{said.reminder_news}"', "atbtst item done ID")
    return tuple(part for command in known for part in (Break(), Code(command)))
