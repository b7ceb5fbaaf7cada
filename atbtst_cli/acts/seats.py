"""Who takes a seat and who leaves it: the bodies as their records are afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from atbtst_cli import naming
from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.network import Holding, Network, Seat
from atbtst_cli.rules.seats import common_day

Holders = Callable[[str, Seat], tuple[Holding, ...]]
"""Who holds a seat, such as ron-at/convenor, after a change."""


@dataclass(frozen=True, slots=True)
class Seating:
    """The seats that a member takes, and those that a member leaves; both days count."""

    taken: Sequence[str] = ()
    left: Sequence[str] = ()
    since: date | None = None
    until: date | None = None

    def lines(self) -> str:
        """What it says, for a commit's body."""
        told = (
            (_("Seats: {seats}"), ", ".join(self.taken)),
            (_("Seats left: {seats}"), ", ".join(self.left)),
            (_("First day: {date}"), self.since),
            (_("Last day: {date}"), self.until),
        )
        return "\n".join(said.format(seats=value, date=value) for said, value in told if value)


NO_SEATS = Seating()


def seated(council: Council, member_id: str, seating: Seating, today: date) -> dict[str, Network]:
    """The bodies, by path, with the member in other seats; Refused where somebody else sits there on one of the days.

    Seats are left on the last day of the seating, or today.
    """
    holding = Holding(member=member_id, from_=seating.since, to=seating.until)
    last = seating.until or today

    def take(reference: str, seat: Seat) -> tuple[Holding, ...]:
        for other in seat.holders:
            if day := common_day(holding, other, today):
                raise _taken(reference, other, day, likely=day in (holding.from_, today))
        return (*seat.holders, holding)

    def leave(reference: str, seat: Seat) -> tuple[Holding, ...]:
        ours = [one for one in seat.holders if one.member == member_id and one.holds(last)]
        if not ours:
            raise Refused(
                _("{member} does not hold {seat} on {date}.").format(member=member_id, seat=reference, date=last),
                _("See: {command}").format(command=f"atbtst network show {reference.partition('/')[0]}"),
            )
        return tuple(one.model_copy(update={"to": last}) if one in ours else one for one in seat.holders)

    bodies = _reseated(council, {}, seating.taken, take, today)
    return _reseated(council, bodies, seating.left, leave, today)


def _reseated(
    council: Council, bodies: dict[str, Network], references: Sequence[str], holders: Holders, today: date
) -> dict[str, Network]:
    """The bodies, and those of these seats, with other holders in the seats."""
    for text in references:
        reference = naming.seat(council, text, today)
        body, _slash, seat_id = reference.partition("/")
        path = council.paths["networks", body]
        network = bodies.get(path) or council.networks[body]
        seats = [
            seat.model_copy(update={"holders": holders(reference, _own(reference, seat))})
            if seat.id == seat_id
            else seat
            for seat in network.seats
        ]
        bodies = {**bodies, path: network.model_copy(update={"seats": tuple(seats)})}
    return bodies


def _own(reference: str, seat: Seat) -> Seat:
    """The seat itself; Refused for one whose holder is told by another."""
    if seat.follows:
        raise Refused(
            _("Nobody is put into {seat}: it follows {other}.").format(seat=reference, other=seat.follows),
            _("Name the seat that it follows instead."),
        )
    return seat


def _taken(reference: str, holding: Holding, day: date, *, likely: bool) -> Refused:
    """That a seat is held on a day; where a succession is the ``likely`` reason, how it is written down."""
    before = date.fromordinal(max(day.toordinal() - 1, 1))
    succession = (
        _("If that has ended, run first:"),
        f"  atbtst member edit {holding.member} --leave {reference} --to {before}",
        _("Then try again with --from {date}.").format(date=day),
    )
    return Refused(
        _("{seat} is held by {member} on {date}.").format(seat=reference, member=holding.member, date=day),
        "\n".join(succession) if likely and holding.holds(before) else _("Choose other days with --from and --to."),
    )
