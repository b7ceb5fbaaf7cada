"""Bodies as people look at them on a day: names, seats, who holds them, who comes later, and what a change means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.network import Holding, Network, Seat
from atbtst_cli.rules.seats import FILLED, State, chair, holders, own_holders, state
from atbtst_cli.rules.succession import predecessors
from atbtst_cli.views.quorum import required


@dataclass(frozen=True, slots=True)
class Taken:
    """A seat as it stands on a day: whether it is there, how it stands, who holds it, and who comes later."""

    network: Network
    seat: Seat
    there: bool
    state: State
    holders: tuple[Holding, ...]
    later: tuple[Holding, ...]

    @property
    def reference(self) -> str:
        """Its id with that of its body, such as ron-at/convenor."""
        return f"{self.network.id}/{self.seat.id}"

    @property
    def is_to_be_filled(self) -> bool:
        """Whether it is a seat that must not stand empty, and nobody holds it."""
        return self.there and self.state == "empty" and self.seat.kind in FILLED


def listed(council: Council, on: date, *, everything: bool) -> list[Network]:
    """The bodies of that day, the council first; with ``everything`` the dissolved and coming ones too."""
    chosen = [network for network in council.networks.values() if everything or network.lives(on)]
    return sorted(chosen, key=lambda network: (network.kind != "council", network.id))


def seats(council: Council, network: Network, on: date, *, everything: bool) -> list[Taken]:
    """The body's seats of that day, in their order; with ``everything`` those that ended or have not begun too."""
    taken = (_taken(council, network, seat, on) for seat in network.seats)
    return [one for one in taken if one.there or everything]


def _taken(council: Council, network: Network, seat: Seat, on: date) -> Taken:
    there = network.lives(on) and seat.holds(on)
    sitting = {one.member for one in holders(council, network.id, seat.id, on)}
    known = own_holders(council, f"{network.id}/{seat.id}")
    return Taken(
        network,
        seat,
        there,
        state(council, network.id, seat, on),
        tuple(one for one in known if one.holds(on) and one.member in sitting),
        tuple(one for one in known if one.from_ and one.from_ > on),
    )


def cells(council: Council, network: Network, on: date) -> tuple[str, ...]:
    """Id, short name, name, convenor, and how many of the seats are held."""
    taken = seats(council, network, on, everything=False)
    leader = chair(council, network.id, on)
    name = Directory(council, on).name(leader) if leader else "–"
    held = sum(bool(one.holders) for one in taken)
    return network.id, network.short(on), network.name(on), name, f"{held}/{len(taken)}"


def data(council: Council, network: Network, on: date) -> dict[str, Any]:
    """The record as it is, and what holds on that day: its names, and who holds each seat."""
    record = network.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    held = {
        one.seat.id: [holding.member for holding in one.holders]
        for one in seats(council, network, on, everything=False)
    }
    on_day = {"on": str(on), "name": network.name(on), "short": network.short(on), "held": held}
    return record | on_day | {"predecessors": list(predecessors(council, network.id))}


def facts(council: Council, network: Network, on: date) -> Iterator[tuple[str, str]]:
    """What is known of a body, as labels and texts."""
    directory = Directory(council, on)
    others = [name.name for name in network.names if name.name != network.name(on)]
    given = {
        _("Body"): f"{network.short(on)} ({network.id})",
        _("Name"): network.name(on),
        _("Other names"): ", ".join(others),
        _("Also called"): ", ".join(network.aliases),
        _("Since"): str(network.founded or ""),
        _("Dissolved"): str(network.dissolved or ""),
        _("Before it"): _bodies(directory, predecessors(council, network.id)),
        _("Successors"): _bodies(directory, network.successors),
        _("Reports to"): _bodies(directory, filter(None, (network.reports_to,))),
        _("Sends matters to"): _bodies(directory, network.refers_to),
        _("Standing items"): " · ".join(item.title for item in network.standing),
        _("About"): " ".join((network.description or "").split()),
    }
    yield from ((label, text) for label, text in given.items() if text)
    yield from ((_("Quorum"), line) for line in required(network, on))


def _bodies(directory: Directory, ids: Iterable[str]) -> str:
    return ", ".join(map(directory.body, ids))


def seat_cells(council: Council, one: Taken, on: date) -> tuple[str, ...]:
    """A seat's reference, name, kind, who holds it or how it stands, and what is to be known beside that."""
    kinds = {"convenor": _("convenor"), "required": _("required"), "offered": _("offered"), "guest": _("guest")}
    directory = Directory(council, on)
    names = ", ".join(directory.name(holding.member) for holding in one.holders)
    name = one.seat.name(on)
    return (
        one.reference,
        name,
        kinds[one.seat.kind],
        names or _standing(one, on),
        " · ".join(_notes(directory, one)),
    )


def _standing(one: Taken, on: date) -> str:
    """How a seat stands that nobody holds."""
    if not one.there:
        begins = one.seat.from_ if one.seat.from_ and one.seat.from_ > on else one.network.founded
        return _("begins {date}").format(date=begins) if begins and begins > on else _("ended")
    if one.seat.kind == "guest":
        return "–"
    return {"declined": _("declined"), "open": _("open")}.get(one.state, _("empty"))


def _notes(directory: Directory, one: Taken) -> Iterator[str]:
    """What a seat follows, until when it is held or was, since when it is declined, and who comes later."""
    if one.seat.follows:
        yield _("follows {seat}").format(seat=one.seat.follows)
    if one.state == "declined":
        yield _("since {date}").format(date=one.seat.declined)
    ends = {holding.to for holding in one.holders if holding.to} or {day for day in (_last_day(one),) if day}
    for day in sorted(ends):
        yield _("until {date}").format(date=day)
    for holding in one.later:
        yield _("from {date}: {name}").format(date=holding.from_, name=directory.name(holding.member))


def _last_day(one: Taken) -> date | None:
    """The last day of a seat, by its own end or its body's."""
    return min((day for day in (one.seat.to, one.network.dissolved) if day), default=None)


def seat_data(council: Council, one: Taken, on: date) -> dict[str, Any]:
    """A seat as it stands on that day, for programs."""
    directory = Directory(council, on)

    def person(holding: Holding) -> dict[str, Any]:
        known = holding.model_dump(mode="json", by_alias=True, exclude_none=True)
        return known | {"name": directory.name(holding.member)}

    return {
        "seat": one.reference,
        "network": one.network.id,
        "name": one.seat.name(on),
        "kind": one.seat.kind,
        "on": str(on),
        "there": one.there,
        "state": one.state,
        "follows": one.seat.follows,
        "holders": [person(holding) for holding in one.holders],
        "later": [person(holding) for holding in one.later],
    }


def summary(taken: Iterable[Taken]) -> str:
    """How many of the seats that must be filled are, and how many of those offered."""
    there = [one for one in taken if one.there]
    musts = [one for one in there if one.seat.kind in FILLED]
    offered = [one for one in there if one.seat.kind == "offered"]
    parts = [_("{held} of {count} required seats held").format(held=_held(musts), count=len(musts))] if musts else []
    if offered:
        parts.append(_("{held} of {count} offered seats taken").format(held=_held(offered), count=len(offered)))
    return ", ".join(parts)


def _held(taken: list[Taken]) -> int:
    return sum(one.state == "held" for one in taken)
