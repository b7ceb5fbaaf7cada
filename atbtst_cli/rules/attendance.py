"""Attendance over several meetings, seat by seat; never a reason for an absence."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Attendance, Meeting
from atbtst_cli.models.network import Seat
from atbtst_cli.rules import carry, seats
from atbtst_cli.rules.presence import seated


@dataclass(frozen=True, slots=True)
class SeatAttendance:
    """How a seat was taken at the meetings that were held while it was there, those without an attendance left out.

    ``seat`` is its reference, such as ron-at/convenor, ``names`` what it was called on their days, in order. All the
    figures from ``holder`` on add up to ``meetings``; ``missing`` are those where its holder is not put down at all.
    """

    seat: str
    names: tuple[str, ...]
    meetings: int
    holder: int = 0
    substitute: int = 0
    excused: int = 0
    absent: int = 0
    vacant: int = 0
    missing: int = 0

    def title(self) -> str:
        """What the seat was called, in order."""
        return " → ".join(self.names)

    def figures(self) -> tuple[int, ...]:
        """At how many meetings it was taken by its holder, by a substitute, and so on."""
        return self.holder, self.substitute, self.excused, self.absent, self.vacant, self.missing


def by_seat(council: Council, network_id: str, since: date, until: date) -> tuple[SeatAttendance, ...]:
    """Each seat of the body that was there on the day of one of its meetings in that time, in the seats' order."""
    rows = [(meeting, seated(council, meeting)) for meeting in recorded(council, network_id, since, until)]
    network = council.networks.get(network_id)
    told = (_of_seat(council, network_id, seat, rows) for seat in (network.seats if network else ()))
    return tuple(one for one in told if one.meetings)


def _of_seat(
    council: Council, network_id: str, seat: Seat, rows: list[tuple[Meeting, tuple[Attendance, ...]]]
) -> SeatAttendance:
    there = [(meeting, attendance) for meeting, attendance in rows if seat.holds(meeting.date)]
    counts = Counter(_taken(council, network_id, seat, meeting, attendance) for meeting, attendance in there)
    names = dict.fromkeys(seat.name(meeting.date) for meeting, _attendance in there)
    return SeatAttendance(f"{network_id}/{seat.id}", tuple(names), len(there), **counts)


def _taken(council: Council, network_id: str, seat: Seat, meeting: Meeting, rows: tuple[Attendance, ...]) -> str:
    """How the seat was taken at that meeting: the name of the field that counts it."""
    ours = [row for row in rows if f"{network_id}/{seat.id}" in row.seats]
    holders = {holder.member for holder in seats.holders(council, network_id, seat.id, meeting.date)}
    present = [row for row in ours if row.status == "present"]
    if present:
        return "holder" if any(row.member in holders or row.substitute_for is None for row in present) else "substitute"
    known = {row.status for row in ours}
    away = next((status for status in ("excused", "absent") if status in known), None)
    return away or ("missing" if holders else "vacant")


def recorded(council: Council, network_id: str, since: date, until: date) -> list[Meeting]:
    """The meetings that the body held in that time, and at which somebody is put down, oldest first."""
    return [meeting for meeting in carry.held(council, network_id, since=since, until=until) if meeting.attendance]
