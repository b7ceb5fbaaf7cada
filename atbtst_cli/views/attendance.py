"""Attendance over several meetings, per seat and per person; never a reason for an absence."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from atbtst_cli.language import ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.network import Network
from atbtst_cli.models.person import Person
from atbtst_cli.rules import carry
from atbtst_cli.rules.attendance import SeatAttendance, by_seat, recorded
from atbtst_cli.rules.presence import sign

NOTHING = "–"
HEADINGS = (
    "network",
    "from",
    "to",
    "seat",
    "name",
    "meetings",
    "holder",
    "substitute",
    "excused",
    "absent",
    "vacant",
    "missing",
)
"""What the cells of a seat are called for a spreadsheet."""


@dataclass(frozen=True, slots=True)
class PersonAttendance:
    """How often somebody was at the meetings of a body, in whatever seats, and how often not.

    ``substitute`` are those of ``present`` at which they stood in for somebody.
    """

    person: Person
    name: str
    present: int = 0
    substitute: int = 0
    guest: int = 0
    excused: int = 0
    absent: int = 0

    def cells(self) -> tuple[str, ...]:
        """Their name, and the figures, for a table."""
        return self.name, *map(_figure, (self.present, self.substitute, self.guest, self.excused, self.absent))


@dataclass(frozen=True, slots=True)
class BodyAttendance:
    """The attendance of one body in some time: its meetings, those of them with nobody put down, seats, people."""

    network: str
    name: str
    since: date
    until: date
    meetings: tuple[str, ...]
    unrecorded: tuple[str, ...]
    seats: tuple[SeatAttendance, ...]
    people: tuple[PersonAttendance, ...]

    def heading(self) -> str:
        """Which body, how many meetings, and when."""
        count = len(self.meetings)
        said = ngettext(
            "{body}: {count} meeting, {since} – {until}", "{body}: {count} meetings, {since} – {until}", count
        )
        return said.format(body=self.name, count=count, since=self.since, until=self.until)

    def gap(self) -> str:
        """How many of them are not counted, for nobody is put down; nothing where there are none."""
        count = len(self.unrecorded)
        said = ngettext(
            "{count} of them has no attendance on record and is not counted below: {meetings}",
            "{count} of them have no attendance on record and are not counted below: {meetings}",
            count,
        )
        return said.format(count=count, meetings=", ".join(self.unrecorded)) if count else ""

    def rows(self) -> Iterator[tuple[str, ...]]:
        """What a spreadsheet gets of each seat, in the order of HEADINGS."""
        for seat in self.seats:
            figures = map(str, (seat.meetings, *seat.figures()))
            yield self.network, str(self.since), str(self.until), seat.seat, seat.title(), *figures

    def data(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {
            "network": self.network,
            "name": self.name,
            "from": self.since,
            "to": self.until,
            "meetings": self.meetings,
            "unrecorded": self.unrecorded,
            "seats": [asdict(seat) for seat in self.seats],
            "people": [_person(one) for one in self.people],
        }


def seat_cells(one: SeatAttendance) -> tuple[str, ...]:
    """The seat's name, and the figures, for a table."""
    return one.title(), str(one.meetings), *map(_figure, one.figures())


def of_body(council: Council, network: Network, since: date, until: date) -> BodyAttendance:
    """The attendance of a body from a day to a day, by the names of its last meeting in that time."""
    held = carry.held(council, network.id, since=since, until=until)
    return BodyAttendance(
        network.id,
        network.short(held[-1].date if held else until),
        since,
        until,
        tuple(meeting.id for meeting in held),
        tuple(meeting.id for meeting in held if not meeting.attendance),
        by_seat(council, network.id, since, until),
        by_person(council, network.id, since, until),
    )


def by_person(council: Council, network_id: str, since: date, until: date) -> tuple[PersonAttendance, ...]:
    """Everybody who is put down at a meeting of the body in that time, by name; once a meeting, in whatever seats."""
    people: dict[str, Person] = {}
    counts: dict[str, Counter[str]] = {}
    for meeting in recorded(council, network_id, since, until):
        for who, row in {sign(row.person): row for row in reversed(meeting.attendance)}.items():
            people[who] = row.person
            stood_in = row.status == "present" and row.substitute_for is not None
            counts.setdefault(who, Counter()).update((row.status, *(("substitute",) if stood_in else ())))
    names = Directory(council, until)
    told = (PersonAttendance(people[who], names.name(people[who]), **count) for who, count in counts.items())
    return tuple(sorted(told, key=lambda one: one.name.casefold()))


def that_met(council: Council, since: date, until: date) -> list[Network]:
    """The bodies that held a meeting in that time, the council first."""
    held = (meeting for meeting in council.meetings.values() if meeting.held and since <= meeting.date <= until)
    met = {body for meeting in held for body in carry.bodies(meeting) if body in council.networks}
    return sorted((council.networks[body] for body in met), key=lambda body: (body.kind != "council", body.id))


def latest_year(council: Council, network_id: str | None, today: date) -> int:
    """The year of the latest meeting that the body, or any, has held; this year where there is none."""
    held = (one for one in council.meetings.values() if one.held and network_id in (None, *carry.bodies(one)))
    return max((one.date for one in held), default=today).year


def _person(one: PersonAttendance) -> dict[str, Any]:
    """Somebody with their figures, named as records name people: by the member's id, or a name as written."""
    who = {"member": one.person} if isinstance(one.person, str) else {}
    return who | {key: value for key, value in asdict(one).items() if key != "person"}


def _figure(count: int) -> str:
    return str(count) if count else NOTHING
