"""Who holds which seat on a day and who comes later, and so who is called to a meeting and who chairs it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from atbtst_cli.models.base import Dated
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Holding, Network, Seat

FILLED = ("convenor", "required")
"""The kinds of seat that must not stand empty; an offered one may (the organisation from 2021)."""
State = Literal["held", "empty", "declined", "open"]
"""How a seat stands on a day: an offered one that nobody holds is open until the offer is declined."""


class Holder(NamedTuple):
    """Somebody who holds a seat, and whom they speak for where that is not the seat's own body."""

    member: str
    on_behalf_of: str | None


class Called(NamedTuple):
    """A member who is called to a meeting, and the seats they are called for, such as ron-at/convenor."""

    member: str
    seats: tuple[str, ...]


def chain(council: Council, seat: str) -> dict[str, tuple[Network, Seat]]:
    """The seat and those it follows, in order, as far as they are on record; a loop is walked once."""
    steps: dict[str, tuple[Network, Seat]] = {}
    following: str | None = seat
    while following and following not in steps:
        network_id, _, seat_id = following.partition("/")
        network = council.networks.get(network_id)
        found = network.seat(seat_id) if network else None
        if network is None or found is None:
            break
        steps[following] = (network, found)
        following = found.follows
    return steps


def holders(council: Council, network_id: str, seat_id: str, on: date) -> tuple[Holder, ...]:
    """Who holds the seat on that day; nobody where the seats it follows go in a circle or lead nowhere.

    A seat of the council follows a post: whoever convenes RÖN-BT on a day sits in RÅD on that day, on behalf of
    RÖN-BT (the organisation from 2021: the council's members are the four convenors).
    """
    steps = list(chain(council, f"{network_id}/{seat_id}").values())
    if not steps or steps[-1][1].follows or not all(body.lives(on) and seat.holds(on) for body, seat in steps):
        return ()
    followed = steps[1][0].short(on) if len(steps) > 1 else None
    return tuple(Holder(one.member, followed or one.on_behalf_of) for one in steps[-1][1].holders if one.holds(on))


def own_holders(council: Council, reference: str) -> tuple[Holding, ...]:
    """Everybody who has held or will hold the seat, by their first days; where it follows another, that one's."""
    steps = list(chain(council, reference).values())
    if not steps or steps[-1][1].follows:
        return ()
    return in_order(steps[-1][1].holders)


def holdings(council: Council, member_id: str) -> Iterator[tuple[str, Seat, Holding]]:
    """Everything that a member has held, holds or will hold, each with the seat's reference and the seat."""
    for network in council.networks.values():
        for seat in network.seats:
            yield from ((f"{network.id}/{seat.id}", seat, one) for one in seat.holders if one.member == member_id)


def in_order(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """The holdings by their first days."""
    return tuple(sorted(holdings, key=lambda one: one.from_ or date.min))


def followers(council: Council, reference: str) -> tuple[str, ...]:
    """The seats that follow this one, directly or by another, in the order of their bodies."""
    seats = (f"{body.id}/{seat.id}" for body in council.networks.values() for seat in body.seats if seat.follows)
    return tuple(seat for seat in seats if seat != reference and reference in chain(council, seat))


def state(council: Council, network_id: str, seat: Seat, on: date) -> State:
    """How a seat stands on that day; an offer that was declined is open again once somebody has held the seat."""
    if holders(council, network_id, seat.id, on):
        return "held"
    if seat.kind != "offered":
        return "empty"
    since = seat.declined
    taken = any(since and one.from_ and since < one.from_ <= on for one in seat.holders)
    return "declined" if since and since <= on and not taken else "open"


def gaps(seat: Seat) -> Iterator[tuple[Holding, Holding]]:
    """The holders of a seat after whom nobody holds it for a while, each with the next one."""
    for one, following in pairwise(in_order(seat.holders)):
        if one.to and following.from_ and (following.from_ - one.to).days > 1:
            yield one, following


def life(network: Network) -> Dated:
    """The days of a body."""
    return Dated(from_=network.founded, to=network.dissolved)


def outside(inner: Dated, around: Dated) -> date | None:
    """The first or last day of ``around`` that the other oversteps; an open end lasts as long as what is around."""
    for day in (inner.from_, inner.to):
        if day and around.from_ and day < around.from_:
            return around.from_
        if day and around.to and day > around.to:
            return around.to
    return None


def held(council: Council, networks: Iterable[Network], on: date) -> dict[str, tuple[str, ...]]:
    """The seats of those bodies that are held on that day, by member, in the order of bodies and seats."""
    seats: dict[str, dict[str, None]] = {}
    for network in networks:
        for seat in network.seats:
            for holder in holders(council, network.id, seat.id, on):
                seats.setdefault(holder.member, {})[f"{network.id}/{seat.id}"] = None
    return {member: tuple(refs) for member, refs in seats.items()}


def called(council: Council, network_id: str, on: date) -> list[Called]:
    """Who is called to a meeting of that body on that day: everybody who holds a seat, once, in the seats' order."""
    network = council.networks.get(network_id)
    return [Called(*entry) for entry in held(council, (network,) if network else (), on).items()]


def called_to(council: Council, meeting: Meeting) -> list[Called]:
    """Who is called to that meeting: everybody who holds a seat of one of its bodies on its day, once."""
    bodies = (council.networks.get(body) for body in (meeting.network, *meeting.with_))
    return [Called(*entry) for entry in held(council, (body for body in bodies if body), meeting.date).items()]


def seats_of(council: Council, member_id: str, on: date) -> tuple[str, ...]:
    """The seats that a member holds on that day, in all bodies."""
    return held(council, council.networks.values(), on).get(member_id, ())


def common_day(one: Dated, other: Dated, today: date) -> date | None:
    """A day on which both hold: the first one's first, or today, if it is such a day; None where there is none."""
    days = (one.from_, today, other.from_, one.to, other.to)
    return next((day for day in days if day and one.holds(day) and other.holds(day)), None)


def convenor(council: Council, network_id: str, on: date) -> str | None:
    """The convenor's seat of the body on that day, such as ron-at/convenor; None where it has none."""
    network = council.networks.get(network_id)
    seats = network.seats if network else ()
    return next((f"{network_id}/{seat.id}" for seat in seats if seat.kind == "convenor" and seat.holds(on)), None)


def chair(council: Council, network_id: str, on: date) -> str | None:
    """The member who chairs the body on that day: who holds its chair, else its convenor; None where nobody does."""
    network = council.networks.get(network_id)
    seats = network.seats if network else ()
    chairs = [seat for seat in seats if seat.chair] or [seat for seat in seats if seat.kind == "convenor"]
    return next((holder.member for seat in chairs for holder in holders(council, network_id, seat.id, on)), None)
