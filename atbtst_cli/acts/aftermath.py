"""What minutes mean for the meetings around them: whose report was missing, what was taken up, when the body meets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from atbtst_cli.acts.ids import free_meeting_id
from atbtst_cli.errors import Finding
from atbtst_cli.language import _, words
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory, fold
from atbtst_cli.models.meeting import Act, AgendaItem, Block, DroppedBlock, Meeting, NextMeeting, TextBlock
from atbtst_cli.rules import carry, matters, seats
from atbtst_cli.rules.carry import Carried

NEAR = 14
"""Days within which a planned meeting and the day that minutes name are taken to be meant for each other."""


def taken_up(council: Council, meeting: Meeting) -> Meeting:
    """The meeting with what was due named at the agenda items that have its very title, or its matter in a line.

    Where something is named already it stays.
    """
    there = {item.from_ for item in meeting.items()}
    due: dict[str, Carried] = {}
    for one in carry.questions(council, meeting):
        if one.source not in there:
            for key in filter(None, (one.matter, fold(one.title))):
                due.setdefault(key, one)

    def named(item: AgendaItem) -> AgendaItem:
        about = matters.named(item)
        found = (due.get(key) for key in (*about, fold(item.title)))
        fitting = (thing for thing in found if thing and (not about or thing.matter in (None, *about)))
        thing = next(fitting, None) if item.kind is None and item.from_ is None else None
        source = {"from_": thing.source, "matter": item.matter or thing.matter} if thing else {}
        return item.model_copy(update={"parts": tuple(map(named, item.parts)), **source})

    return meeting.model_copy(update={"agenda": tuple(map(named, meeting.agenda))}) if due else meeting


def told_of_reports(council: Council, meeting: Meeting) -> Meeting:
    """The meeting with a word at each network's report that is empty: nobody was there, or no report was filed."""
    there = _networks_there(council, meeting)

    def told(item: AgendaItem) -> AgendaItem:
        if item.kind != "reports":
            return item
        parts = tuple(
            part.model_copy(update={"body": (_empty(council, meeting, part.network, there),)})
            if part.network and not part.body and not part.parts
            else part
            for part in item.parts
        )
        return item.model_copy(update={"parts": parts})

    return meeting.model_copy(update={"agenda": tuple(map(told, meeting.agenda))}) if there else meeting


def _empty(council: Council, meeting: Meeting, network: str, there: set[str]) -> Block:
    said = words(council.settings.language).DOCUMENT
    if network in there:
        return TextBlock(text=said.no_report)
    body = Directory(council, meeting.date).body(network)
    return DroppedBlock(dropped="nobody_present", text=said.nobody_came.format(body=body))


def _networks_there(council: Council, meeting: Meeting) -> set[str]:
    """The bodies of which somebody was there; empty where nobody's attendance was put down."""
    held = seats.held(council, council.networks.values(), meeting.date)
    present = [row for row in meeting.attendance if row.status in ("present", "guest")]
    refs = [ref for row in present for ref in (*row.seats, *held.get(row.member or "", ()))]
    return {network for ref in refs for network in (ref.partition("/")[0], _followed(council, ref))}


def _followed(council: Council, ref: str) -> str:
    """The body whose seat that seat follows, or its own."""
    *_before, (network, _seat) = seats.chain(council, ref).values() or [(None, None)]
    return network.id if network else ref.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Next:
    """The record of the body's next meeting as minutes make or find it, and what to say of it."""

    planned: Meeting | None = None
    new: Meeting | None = None
    findings: tuple[Finding, ...] = ()


def next_meeting(council: Council, meeting: Meeting, today: date) -> Next:
    """The body's next meeting: the planned one that the minutes mean, or a new record; a warning where they differ.

    Minutes of a time long past plan nothing: a day after which the body has met already is history too.
    """
    said = meeting.next_meeting
    if said is None or said.date is None or any(one.date >= said.date for one in carry.held(council, meeting.network)):
        return Next()
    planned = [one for one in _planned(council, meeting.network) if one.date > meeting.date]
    for one in planned:
        if one.date == said.date:
            return Next(planned=one, findings=tuple(_differs(one, said)))
    for one in planned:
        if abs((one.date - said.date).days) <= NEAR:
            return Next(planned=one, findings=(_other_day(one, said),))
    new = Meeting(
        id=free_meeting_id(meeting.network, said.date, council.meetings),
        network=meeting.network,
        date=said.date,
        planned=Act(date=today),
        start=said.start,
        end=said.end,
        place=said.place,
    )
    return Next(new=new)


def _planned(council: Council, network_id: str) -> list[Meeting]:
    ours = (one for one in council.meetings.values() if network_id in carry.bodies(one))
    return sorted((one for one in ours if one.is_pending), key=lambda one: (one.date, one.id))


def _differs(planned: Meeting, said: NextMeeting) -> Iterator[Finding]:
    """A warning for each of time and place that is planned otherwise than minuted."""
    for label, here, there in (
        (_("begins"), _hour(planned.start), _hour(said.start)),
        (_("ends"), _hour(planned.end), _hour(said.end)),
        (_("place"), planned.place, said.place),
    ):
        if here and there and here != there:
            message = _("the next meeting {id} is planned otherwise ({what}): {planned}, and minuted: {minuted}")
            yield _finding(planned, message.format(id=planned.id, what=label, planned=here, minuted=there))


def _hour(hour: time | None) -> str:
    return f"{hour:%H.%M}" if hour else ""


def _other_day(planned: Meeting, said: NextMeeting) -> Finding:
    message = _("the minutes say that the next meeting is on {date}, but {id} is planned on {planned}")
    return _finding(planned, message.format(date=said.date, id=planned.id, planned=planned.date))


def _finding(planned: Meeting, message: str) -> Finding:
    hint = _("Move the planned one with: {command}   or correct the minutes.")
    return Finding("next-meeting", "warning", message, hint=hint.format(command=f"atbtst meeting move {planned.id}"))
