"""What every document has: the title block around it; and those of a meeting their numbered agenda items."""

from collections.abc import Callable, Iterable, Iterator

from atbtst_cli.documents.blocks import restricted
from atbtst_cli.documents.scribe import Clerk, Scribe
from atbtst_cli.documents.tree import Blocks, Document, Fact, Facts, Section, facts, words
from atbtst_cli.language.format import plain_date, short_date
from atbtst_cli.models.meeting import AgendaItem, NextMeeting, kind_of


def document(
    scribe: Scribe,
    title: str,
    known: Iterable[tuple[str, str]],
    blocks: Blocks,
    *,
    draft: bool,
    internal: bool,
    extract: bool = False,
) -> Document:
    """The document of that title: whose it is, how far it has come, what is known of the meeting, then the blocks."""
    cancelled, said = scribe.meeting.cancelled is not None, scribe.words
    marked = (
        (said.extract, extract),
        (said.cancelled, cancelled),
        (said.draft, draft and not cancelled),
        (said.restricted, internal),
    )
    about = f"{scribe.bodies()} {short_date(scribe.day)}"
    return framed(scribe, title, _subtitle(scribe), about, facts(known), blocks, marked)


def framed(
    clerk: Clerk,
    title: str,
    subtitle: str,
    about: str,
    known: tuple[Fact, ...],
    blocks: Blocks,
    marked: Iterable[tuple[str, bool]],
) -> Document:
    """The document of that title in the council's frame; its day is the clerk's.

    ``about`` follows the title in the head of each page; ``marked`` are the marks there can be, and which of them hold.
    """
    settings = clerk.council.settings
    return Document(
        language=clerk.language,
        organisation=settings.organisation,
        marks=tuple(mark for mark, holds in marked if holds),
        title=title,
        subtitle=subtitle,
        facts=known,
        blocks=blocks,
        running=f"{title} {about}",
        date=clerk.day,
        logo=settings.logo or "",
    )


def time_and_place(scribe: Scribe) -> Iterator[tuple[str, str]]:
    """When and where the meeting is, and that it was moved or cancelled: labels and values, empty where not known."""
    meeting, said = scribe.meeting, scribe.words
    yield said.date, scribe.when(meeting.date, meeting.start, meeting.end)
    for day in meeting.earlier_days:
        yield said.moved, plain_date(day, scribe.language)
    if meeting.cancelled:
        yield said.cancelled.capitalize(), plain_date(meeting.cancelled.date, scribe.language)
        yield said.reason, meeting.cancelled.reason
    yield said.place, meeting.place or ""
    yield said.mode, said.modes[meeting.mode] if meeting.mode else ""


def sections(
    items: Iterable[AgendaItem], scribe: Scribe, body: Callable[[AgendaItem, Scribe], Blocks], prefix: str = ""
) -> Blocks:
    """The agenda items as sections with their numbers, each with what ``body`` says of it and then its sub-items.

    ``prefix`` tells their anchors from those of other meetings in the same document.
    """
    return tuple(_section(item, scribe, body, prefix) for item in items)


def next_meeting(scribe: Scribe) -> Blocks:
    """When and where the next meeting is; nothing where its day is not known."""
    coming = scribe.meeting.next_meeting
    return (Facts(facts(_next(coming, scribe))),) if coming and coming.date else ()


def _subtitle(scribe: Scribe) -> str:
    meeting = scribe.meeting
    number = scribe.cited() if meeting.number is not None else ""
    return " · ".join(part for part in (scribe.full_bodies(), meeting.title, number) if part)


def _section(item: AgendaItem, scribe: Scribe, body: Callable[[AgendaItem, Scribe], Blocks], prefix: str) -> Section:
    whole = body(item, scribe) + sections(item.parts, scribe, body, prefix)
    shown = (restricted(whole, scribe),) if item.internal and not _withheld(item) else whole
    return Section(scribe.numbers[item.id], words(item.title), shown, anchor=prefix + item.id)


def _withheld(item: AgendaItem) -> bool:
    return any(kind == "withheld" for kind in map(kind_of, item.body))


def _next(coming: NextMeeting, scribe: Scribe) -> Iterator[tuple[str, str]]:
    if coming.date:
        when = scribe.when(coming.date, coming.start, coming.end)
        yield scribe.words.date, scribe.words.year_inferred.format(when=when) if "year" in coming.inferred else when
    yield scribe.words.place, coming.place or ""
