"""Meetings as people look at them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from atbtst_cli import naming
from atbtst_cli.language import _, current
from atbtst_cli.language.format import long_date
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory, body_name
from atbtst_cli.models.meeting import ActionBlock, AgendaItem, Attendance, DecisionBlock, Meeting
from atbtst_cli.models.person import Person
from atbtst_cli.rules import seats
from atbtst_cli.rules.carry import bodies
from atbtst_cli.views import items, mailings


def listed(
    council: Council,
    network: str | None = None,
    year: int | None = None,
    member: str | None = None,
    *,
    upcoming: bool = False,
    today: date,
) -> list[Meeting]:
    """The meetings of a body, of a year, that call a member, or all, the latest first.

    With ``upcoming`` only those that are to be held today or later, the next one first.
    """
    body = naming.network(council, network, today).id if network else None
    who = naming.member_id(council, member, today) if member else None
    chosen = [
        meeting
        for meeting in council.meetings.values()
        if (body is None or body in bodies(meeting))
        and year in (None, meeting.date.year)
        and (not upcoming or meeting.is_coming(today))
        and (who is None or who in {called.member for called in seats.called_to(council, meeting)})
    ]
    return sorted(chosen, key=lambda meeting: (meeting.date, meeting.id), reverse=not upcoming)


def next_of(council: Council, network_id: str, today: date) -> Meeting:
    """The body's next meeting: the next one planned, else one that is on no record, on any day from now on."""
    planned = [one for one in council.meetings.values() if one.is_coming(today) and network_id in bodies(one)]
    day = today + timedelta(days=1)
    some_day = Meeting(id=f"{day}-{network_id}", network=network_id, date=day)
    return min(planned, key=lambda one: (one.date, one.id), default=some_day)


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


def coming_cells(council: Council, meeting: Meeting) -> tuple[str, ...]:
    """Id, bodies, day with its weekday, time, place, state of a meeting that is to come."""
    return (
        meeting.id,
        body_names(council, meeting),
        long_date(meeting.date, current()),
        times(meeting) or "–",
        meeting.place or "–",
        states()[meeting.state],
    )


def calendar_name(council: Council, network: str | None, member: str | None, today: date) -> str:
    """What to call a calendar of the council's meetings, of a body's, of a member's, or of a member's in a body."""
    whose = (
        naming.network(council, network, today).short(today) if network else "",
        naming.member(council, member, today).name(today) if member else "",
    )
    return ", ".join(name for name in whose if name) or council.settings.name


def body_names(council: Council, meeting: Meeting) -> str:
    """The short names of the bodies that meet."""
    return ", ".join(map(Directory(council, meeting.date).body, bodies(meeting)))


def citation(council: Council, meeting: Meeting) -> str:
    """What people call the meeting: RÅD 3/2026, or its body and day where it has no number."""
    body = body_name(council, meeting.network, meeting.date)
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
    yield from _arrangements(council, meeting)
    yield _("State"), states()[meeting.state]
    yield from _life(meeting, directory)
    yield from mailings.sent(council, meeting)
    for label, person in ((_("Chair"), meeting.chair), (_("Secretary"), meeting.secretary)):
        if person:
            yield label, directory.name(person)
    for label, status in (
        (_("Present"), "present"),
        (_("Excused"), "excused"),
        (_("Absent"), "absent"),
        (_("Guests"), "guest"),
    ):
        if names := [_attended(one, directory) for one in meeting.attendance if one.status == status]:
            yield label, ", ".join(names)
    if meeting.agenda:
        yield "", ""
    for number, item in enumerate(meeting.agenda, 1):
        yield from _agenda(item, str(number), directory)


def _attended(one: Attendance, directory: Directory) -> str:
    name = directory.name(one.person)
    if one.substitute_for is None:
        return name
    return _("{name} (for {other})").format(name=name, other=directory.name(one.substitute_for))


def _arrangements(council: Council, meeting: Meeting) -> Iterator[tuple[str, str]]:
    if meeting.with_:
        yield _("Jointly"), body_names(council, meeting)
    if meeting.place:
        yield _("Place"), meeting.place
    if meeting.mode:
        yield _("Mode"), modes()[meeting.mode]
    if meeting.link:
        yield _("Link"), meeting.link


def modes() -> dict[str, str]:
    """The ways to meet in words."""
    return {"on_site": _("on site"), "remote": _("remote"), "hybrid": _("on site and remote")}


def _life(meeting: Meeting, directory: Directory) -> Iterator[tuple[str, str]]:
    """What has happened to the meeting, in order."""
    if meeting.planned:
        yield _("Planned"), _by(str(meeting.planned.date), (meeting.planned.by,), directory)
    for move in meeting.moves:
        if move.from_ == move.to:
            yield _("Changed"), _said(str(move.date or ""), move.reason)
        else:
            yield _("Moved"), _said(f"{move.from_} → {move.to}", move.reason)
    if meeting.called:
        yield _("Called"), _by(str(meeting.called.date), (meeting.called.by,), directory)
    if meeting.cancelled:
        yield _("Cancelled"), _said(str(meeting.cancelled.date), meeting.cancelled.reason)
    if meeting.approval:
        yield _("Approved"), _by(str(meeting.approval.date), meeting.approval.by, directory)
        if meeting.approval.changes:
            yield _("With changes"), " ".join(meeting.approval.changes.split())
    for amendment in meeting.amendments:
        yield _("Amended"), _said(_by(str(amendment.date), (amendment.by,), directory), amendment.reason)


def _said(when: str, reason: str | None) -> str:
    return ": ".join(text for text in (when, reason) if text)


def _by(day: str, people: Iterable[Person | None], directory: Directory) -> str:
    names = ", ".join(directory.name(person) for person in people if person)
    return _("{date} by {names}").format(date=day, names=names) if names else day


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
