"""Who takes a seat and who leaves it: the bodies as their records are afterwards."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from atbtst_cli import naming
from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.models.base import Dated
from atbtst_cli.models.council import Council
from atbtst_cli.models.network import Holding, Network, Seat
from atbtst_cli.rules.seats import common_day, followers, in_order, life, outside
from atbtst_cli.store.layout import path_in

SeatMove = Callable[[Seat], Seat | None]
"""What becomes of a seat; None takes it away."""


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


class Bodies:
    """The bodies of a council as a change leaves them."""

    def __init__(self, council: Council) -> None:
        """Begin with the bodies as they are."""
        self._council = council
        self._changed: dict[str, Network] = {}

    def __getitem__(self, network_id: str) -> Network:
        """The body as it is so far."""
        return self._changed.get(network_id) or self._council.networks[network_id]

    def put(self, network: Network) -> None:
        """Let the body be this from now on; a new one is entered."""
        self._changed[network.id] = network

    def move(self, reference: str, become: SeatMove) -> None:
        """Let a seat, such as ron-at/convenor, become another."""
        body, _slash, seat_id = reference.partition("/")
        network = self[body]
        seats = (become(seat) if seat.id == seat_id else seat for seat in network.seats)
        self.put(network.model_copy(update={"seats": tuple(seat for seat in seats if seat)}))

    def council(self) -> Council:
        """The council with the bodies as they are so far."""
        return replace(self._council, networks={**dict(self._council.networks.items()), **self._changed})

    def records(self) -> dict[str, Network]:
        """The changed bodies, by path."""
        return {path_in(self._council, "networks", key, 0): network for key, network in self._changed.items()}


def seated(council: Council, member_id: str, seating: Seating, today: date) -> dict[str, Network]:
    """The bodies, by path, with the member in other seats; Refused where somebody else sits there on one of the days.

    Seats are left on the last day of the seating, or today.
    """
    bodies = Bodies(council)
    holding = Holding(member=member_id, from_=seating.since, to=seating.until)
    last = seating.until or today
    for text in seating.taken:
        reference = naming.seat(council, text, today)
        refuse_outside(council, reference, holding)
        bodies.move(reference, partial(_taken_by, council, reference, holding=holding, today=today))
    for text in seating.left:
        reference = naming.seat(council, text, today)
        bodies.move(reference, partial(left, reference, last=last, member_id=member_id))
    return bodies.records()


def _taken_by(council: Council, reference: str, seat: Seat, holding: Holding, today: date) -> Seat:
    _refuse_following(reference, seat)
    for other in seat.holders:
        if day := common_day(holding, other, today):
            earlier = day in (holding.from_, today) and (other.from_ is None or other.from_ < day)
            way_out = _succession(council, reference, holding, other, day) if earlier else ""
            said = _("{seat} is held by {member} on {date}.")
            raise Refused(
                said.format(seat=reference, member=other.member, date=day),
                way_out or _("Choose other days with --from and --to."),
            )
    return _held_by(seat, (*seat.holders, holding))


def succeeded(council: Council, reference: str, seat: Seat, holding: Holding, today: date) -> Seat:
    """The seat with somebody from the first day of the holding on; the day before is the earlier holder's last.

    Who holds it already on that day goes on in it. Refused for a seat that follows another, and where somebody else's
    days in it begin later than that day.
    """
    _refuse_following(reference, seat)
    first = holding.from_ or date.min
    on = next((one for one in seat.holders if one.member == holding.member and _reaches(one, first)), None)
    new = on.model_copy(update={"to": holding.to}) if on else holding
    others = [one for one in seat.holders if one is not on]
    for other in others:
        if common_day(holding, other, today) and other.from_ and other.from_ >= first:
            raise _later(council, reference, other, other.from_, first)
    return _held_by(seat, (*(_until(one, holding, today) for one in others), new))


def _reaches(holding: Holding, day: date) -> bool:
    """Whether somebody holds a seat on that day or until the day before."""
    return holding.holds(day) or (holding.to is not None and (day - holding.to).days == 1)


def _until(earlier: Holding, new: Holding, today: date) -> Holding:
    """The earlier holding, which ends before the new one begins."""
    return ended(earlier, before(new.from_ or date.min)) if common_day(earlier, new, today) else earlier


def left(reference: str, seat: Seat, last: date, member_id: str | None = None) -> Seat:
    """The seat, left on that day by the member or by whoever holds it; Refused where nobody of them does."""
    _refuse_following(reference, seat)
    ours = [one for one in seat.holders if one.holds(last) and member_id in (None, one.member)]
    if not ours:
        said = _("{member} does not hold {seat} on {date}.") if member_id else _("Nobody holds {seat} on {date}.")
        raise Refused(
            said.format(member=member_id, seat=reference, date=last),
            _("See: {command}").format(command=f"atbtst network seats {reference.partition('/')[0]} --all"),
        )
    return _held_by(seat, (ended(one, last) if one in ours else one for one in seat.holders))


def end(bodies: Bodies, reference: str, last: date) -> None:
    """Let a day be the last one of a seat, of those that follow it, and of their holders."""
    for one in (*followers(bodies.council(), reference), reference):
        network = bodies[one.partition("/")[0]]
        bodies.move(one, partial(_over, network, last=last))


def _over(network: Network, seat: Seat, last: date) -> Seat | None:
    """The seat with its last day, where it has no earlier one; None where it would not have begun by then."""
    if any(day and day > last for day in (seat.from_, network.founded)):
        return None
    if seat.to and seat.to <= last:
        return seat
    kept = (one for one in seat.holders if one.from_ is None or one.from_ <= last)
    holders = tuple(one if one.to and one.to <= last else ended(one, last) for one in kept)
    return seat.model_copy(update={"to": last, "holders": holders})


def ended(holding: Holding, last: date) -> Holding:
    """The holding with another last day."""
    return holding.model_copy(update={"to": last})


def before(day: date) -> date:
    """The day before, or the first day there is."""
    return day - timedelta(days=1) if day > date.min else day


def after(day: date) -> date:
    """The day after, or the last day there is."""
    return day + timedelta(days=1) if day < date.max else day


def _held_by(seat: Seat, holders: Iterable[Holding]) -> Seat:
    return seat.model_copy(update={"holders": in_order(holders)})


def refuse_outside(council: Council, reference: str, holding: Holding) -> None:
    """Refuse days in a seat on which there is no such seat, no such body, or the person is no member."""
    body, _slash, seat_id = reference.partition("/")
    network, member = council.networks[body], council.members.get(holding.member)
    seat = network.seat(seat_id)
    if seat:
        _refuse_beyond(reference, holding, seat)
    _refuse_beyond(network.id, holding, life(network))
    if member:
        whole = holding if holding.to or not member.to else ended(holding, date.max)
        _refuse_beyond(member.id, whole, member)


def _refuse_beyond(name: str, holding: Holding, around: Dated) -> None:
    if day := outside(holding, around):
        said = _("{name} is there from {date} on.") if day == around.from_ else _("{name} is there until {date}.")
        raise Refused(said.format(name=name, date=day), _("Choose other days with --from and --to."))


def _refuse_following(reference: str, seat: Seat) -> None:
    """Refuse a seat whose holder is told by another."""
    if seat.follows:
        raise Refused(
            _("Nobody is put into {seat}: it follows {other}.").format(seat=reference, other=seat.follows),
            _("Name the seat that it follows instead."),
        )


def _succession(council: Council, reference: str, holding: Holding, other: Holding, day: date) -> str:
    """How it is written down that one comes after another; somebody who is no member yet is entered first."""
    command = f"atbtst network appoint {reference} {holding.member} --from {day}"
    said = _("If {member} leaves it then, say: {command}").format(member=other.member, command=command)
    return said if holding.member in council.members else _("Leave --seat out first.") + " " + said


def _later(council: Council, reference: str, other: Holding, begins: date, first: date) -> Refused:
    path = path_in(council, "networks", reference.partition("/")[0], 0)
    until = _("For the days until then add --to {date}.").format(date=before(begins)) if begins > first else ""
    instead = _("If {member} does not hold it after all, take that out of {path}.").format(
        member=other.member, path=path
    )
    said = _("{member} holds {seat} from {date} on.")
    return Refused(
        said.format(member=other.member, seat=reference, date=begins), "\n".join(filter(None, (until, instead)))
    )
