"""Meetings as people look at them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from atbtst_cli import naming
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import ActionBlock, AgendaItem, DecisionBlock, Meeting
from atbtst_cli.views import items


def listed(council: Council, network: str | None, year: int | None, today: date) -> list[Meeting]:
    """The meetings of a body, a year, both or all, the latest first."""
    body = naming.network(council, network, today).id if network else None
    chosen = [
        meeting
        for meeting in council.meetings.values()
        if (body is None or body in (meeting.network, *meeting.with_)) and year in (None, meeting.date.year)
    ]
    return sorted(chosen, key=lambda meeting: (meeting.date, meeting.id), reverse=True)


def data(meeting: Meeting) -> dict[str, Any]:
    """The record as it is, and the state read from it."""
    return meeting.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"state": meeting.state}


def cells(council: Council, meeting: Meeting) -> tuple[str, ...]:
    """Id, name, time, place, state, number of decisions and of action items."""
    blocks = [block for _item, block in meeting.blocks()]
    return (
        meeting.id,
        citation(council, meeting),
        times(meeting) or "–",
        meeting.place or "–",
        states()[meeting.state],
        str(sum(isinstance(block, DecisionBlock) for block in blocks)),
        str(sum(isinstance(block, ActionBlock) for block in blocks)),
    )


def citation(council: Council, meeting: Meeting) -> str:
    """What people call the meeting: RÅD 3/2026, or its body and day where it has no number."""
    body = Directory(council, meeting.date).body(meeting.network)
    return f"{body} {meeting.number}/{meeting.date.year}" if meeting.number else f"{body} {meeting.date}"


def times(meeting: Meeting) -> str:
    """Its hours, as far as they are known."""
    hours = [hour.strftime("%H.%M") for hour in (meeting.start, meeting.end) if hour]
    return "–".join(hours)


def states() -> dict[str, str]:
    """The states of a meeting in words."""
    return {
        "planned": _("planned"),
        "called": _("called"),
        "held": _("held, not yet approved"),
        "approved": _("approved"),
        "cancelled": _("cancelled"),
    }


def facts(council: Council, meeting: Meeting) -> Iterator[tuple[str, str]]:
    """What is known of a meeting, as labels and texts, its agenda last."""
    directory = Directory(council, meeting.date)
    yield _("Meeting"), f"{citation(council, meeting)} ({meeting.id})"
    yield _("When"), f"{meeting.date} {times(meeting)}".strip()
    if meeting.place:
        yield _("Place"), meeting.place
    yield _("State"), states()[meeting.state]
    for label, person in ((_("Chair"), meeting.chair), (_("Secretary"), meeting.secretary)):
        if person:
            yield label, directory.name(person)
    for label, status in (
        (_("Present"), "present"),
        (_("Excused"), "excused"),
        (_("Absent"), "absent"),
        (_("Guests"), "guest"),
    ):
        if names := [directory.name(one.person) for one in meeting.attendance if one.status == status]:
            yield label, ", ".join(names)
    yield "", ""
    for number, item in enumerate(meeting.agenda, 1):
        yield from _agenda(item, str(number), directory)


def _agenda(item: AgendaItem, number: str, directory: Directory) -> Iterator[tuple[str, str]]:
    yield "", f"{number}. {item.title}"
    for block in item.body:
        if isinstance(block, DecisionBlock):
            cited = f" § {block.number}" if block.number else ""
            yield "", _("     decision{number}: {text}").format(number=cited, text=" ".join(block.text.split()))
        elif isinstance(block, ActionBlock):
            who = ", ".join(map(directory.name, block.owners)) or "–"
            text = _("     action {id}: {text} ({who}, {due})")
            due = items.due_in_words(block.due)
            yield "", text.format(id=block.action, text=" ".join(block.text.split()), who=who, due=due)
    for place, part in enumerate(item.parts, 1):
        yield from _agenda(part, f"{number}.{place}", directory)
