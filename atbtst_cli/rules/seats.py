"""Who holds which seat on a day, and so who is called to a meeting and who chairs it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from atbtst_cli.models.base import Dated
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Network, Seat


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


def chair(council: Council, network_id: str, on: date) -> str | None:
    """The member who chairs the body on that day: who holds its chair, else its convenor; None where nobody does."""
    network = council.networks.get(network_id)
    seats = network.seats if network else ()
    chairs = [seat for seat in seats if seat.chair] or [seat for seat in seats if seat.kind == "convenor"]
    return next((holder.member for seat in chairs for holder in holders(council, network_id, seat.id, on)), None)
