"""What a reorganisation comes to: what is otherwise from a day on, and the seats that go with others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from atbtst_cli.acts.seats import Bodies, before
from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.models.base import DatedName, name_on
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Network, Seat
from atbtst_cli.models.problems import made
from atbtst_cli.rules.seats import life
from atbtst_cli.rules.succession import heir

OPTIONS = {"name": "--name", "short": "--short", "id": "ID", "kind": "--kind"}
"""What fields are called on the command line."""


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What is otherwise from a day on in the bodies and their seats, such as ron-at/convenor.

    ``ended`` were there the day before, ``begun`` were not, ``renamed`` go on under another name; ``let_go`` tells
    who was to take a seat that ends before. ``ownerless`` are the open items of seats that end. Of a dissolved body
    ``items`` and ``matters`` are left open, for its ``heirs``; ``cancelled`` are the meetings that it does not hold,
    ``joint`` those that another body leads and still plans to hold with it.
    """

    body: str
    day: date
    now: Council
    ended: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    let_go: tuple[tuple[str, str], ...] = ()
    ownerless: tuple[ActionItem, ...] = ()
    items: tuple[ActionItem, ...] = ()
    matters: tuple[Matter, ...] = ()
    heirs: tuple[str, ...] = ()
    cancelled: tuple[Meeting, ...] = ()
    joint: tuple[Meeting, ...] = ()


BodyAct = Callable[[Council], Change[Reorganisation]]


def reorganised(council: Council, bodies: Bodies, network_id: str, day: date, verb: str) -> Change[Reorganisation]:
    """The change that makes these bodies of the council's, with what is otherwise from that day on."""
    answer = _difference(council, bodies, network_id, day)
    name = Directory(answer.now, day).body(network_id)
    told = (
        (_("Seats that end: {seats}"), answer.ended),
        (_("Seats that begin: {seats}"), answer.begun),
        (_("Seats with another name: {seats}"), answer.renamed),
    )
    body = "\n".join(said.format(seats=", ".join(seats)) for said, seats in told if seats)
    return Change(answer, f"network({verb}): {name} {day}", body, (("Network", network_id),), dict(bodies.records()))


def _difference(council: Council, bodies: Bodies, network_id: str, day: date) -> Reorganisation:
    """What is otherwise on that day than on the day before, in the seats that change."""
    now, last = bodies.council(), before(day)
    seats = {f"{network.id}/{seat.id}": (network, seat) for network, seat in _touched(council, now)}

    def there(reference: str, on: date) -> bool:
        network, seat = seats[reference]
        return network.lives(on) and seat.holds(on)

    ended = tuple(one for one in seats if there(one, last) and not there(one, day))
    both = [one for one in seats if there(one, last) and there(one, day)]
    open_items = (item for item in council.items.values() if not item.closed)
    return Reorganisation(
        network_id,
        day,
        now,
        ended,
        begun=tuple(one for one in seats if there(one, day) and not there(one, last)),
        renamed=tuple(one for one in both if seats[one][1].name(day) != seats[one][1].name(last)),
        let_go=tuple(_let_go(council, now, ended)),
        ownerless=tuple(item for item in open_items if not set(ended).isdisjoint(item.owners)),
    )


def _touched(council: Council, now: Council) -> Iterator[tuple[Network, Seat]]:
    """Every seat that is not as it was, or whose body has another first or last day, with its body."""
    for key, network in now.networks.items():
        old = council.networks.get(key)
        for seat in network.seats if old != network else ():
            if old is None or old.seat(seat.id) != seat or life(old) != life(network):
                yield network, seat


def _let_go(council: Council, now: Council, ended: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each seat that ends with whoever was to take it later."""
    for reference in ended:
        network_id, _slash, seat_id = reference.partition("/")
        old, new = (one.networks[network_id].seat(seat_id) for one in (council, now))
        kept = {(one.member, one.from_) for one in new.holders} if new else set()
        for one in old.holders if old else ():
            if (one.member, one.from_) not in kept:
                yield reference, one.member


def superior(bodies: Bodies, network_id: str, day: date) -> Network | None:
    """The body to which another reports on that day; a dissolved one's successor goes on for it."""
    council = bodies.council()
    above = bodies[network_id].reports_to
    return council.networks.get(heir(council, above, day)) if above else None


def seat_convenor(bodies: Bodies, network_id: str, day: date, *, chair: bool) -> None:
    """Let the body's convenor have a seat in the council to which it reports on that day, where none is there.

    The council's members are the convenors of its networks, and one of them chairs it (the organisation from 2021).
    """
    network = bodies[network_id]
    above = superior(bodies, network_id, day)
    if above is None or above.kind != "council":
        return
    followed = {seat.follows for seat in above.seats}
    for seat in network.seats:
        if seat.kind == "convenor" and not seat.to and f"{network_id}/{seat.id}" not in followed:
            bodies.put(_seating(above, network, seat, chair=chair))


def _seating(above: Network, network: Network, convenor: Seat, *, chair: bool) -> Network:
    """The council with a seat for whoever convenes the network, after the seats that it has had before."""
    taken = {seat.id for seat in above.seats}
    ids = (network.id if number == 1 else f"{network.id}-{number}" for number in count(1))
    start = max((day for day in (convenor.from_, network.founded) if day), default=None)
    seat = Seat(
        id=next(one for one in ids if one not in taken),
        from_=start,
        kind="required",
        names=(DatedName(name=_("Convenor of {body}").format(body=network.short(start or date.max))),),
        chair=chair,
        follows=f"{network.id}/{convenor.id}",
    )
    before_it = [place for place, one in enumerate(above.seats, 1) if (one.follows or "").startswith(f"{network.id}/")]
    place = max(before_it, default=len(above.seats))
    return above.model_copy(update={"seats": (*above.seats[:place], seat, *above.seats[place:])})


def chairs(council: Council, network_id: str) -> bool:
    """Whether a seat that chairs another body follows one of this body's."""
    seats = (seat for network in council.networks.values() for seat in network.seats)
    return any(seat.chair and seat.follows and seat.follows.startswith(f"{network_id}/") for seat in seats)


def named(what: str, names: tuple[DatedName, ...], since: date, name: str, short: str | None) -> tuple[DatedName, ...]:
    """The names with another one from a day on; the same where it is called so already. Refused before a later one."""
    old = name_on(names, since)
    if (old.name, old.short) == (name, short):
        return names
    if later := [one.from_ for one in names if one.from_ and one.from_ > since]:
        raise Refused(
            _("{what} has another name from {date} on.").format(what=what, date=min(later)),
            _("Choose that day or a later one with --from."),
        )
    kept = tuple(
        one if one.to and one.to < since else one.model_copy(update={"to": before(since)})
        for one in names
        if one.from_ is None or one.from_ < since
    )
    return (*kept, made(DatedName, OPTIONS, from_=since, name=name, short=short))


def refuse_absent(network: Network, on: date) -> None:
    """Refuse to build anew what is not there on that day."""
    if not network.lives(on):
        raise Refused(
            _("There is no {body} on {date}.").format(body=network.id, date=on),
            _("Choose another day with --from."),
        )


def refuse_changes_later(network: Network, last: date) -> None:
    """Refuse to build anew what has other names or seats from a day after that one on already."""
    later = [one.from_ for one in (*network.names, *network.seats) if one.from_ and one.from_ > last]
    if later:
        raise Refused(
            _("{body} changes its names or seats on {date} already.").format(body=network.id, date=min(later)),
            _("Choose that day or a later one."),
        )
