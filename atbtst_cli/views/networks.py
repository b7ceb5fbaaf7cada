"""Bodies as people look at them: names of today, seats, who holds them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.network import Network
from atbtst_cli.rules.seats import chair, holders


def listed(council: Council, today: date, *, everything: bool) -> list[Network]:
    """The bodies of today, the council first; with ``everything`` the dissolved ones too."""
    chosen = [network for network in council.networks.values() if everything or network.lives(today)]
    return sorted(chosen, key=lambda network: (network.kind != "council", network.id))


def cells(council: Council, network: Network, today: date) -> tuple[str, ...]:
    """Id, short name, name, convenor, and how many of the seats are held."""
    held = sum(bool(holders(council, network.id, seat.id, today)) for seat in network.seats)
    leader = chair(council, network.id, today)
    name = Directory(council, today).name(leader) if leader else "–"
    return network.id, network.short(today), network.name(today), name, f"{held}/{len(network.seats)}"


def data(council: Council, network: Network, today: date) -> dict[str, Any]:
    """The record as it is, and who holds each seat today."""
    record = network.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    held = {seat.id: [one.member for one in holders(council, network.id, seat.id, today)] for seat in network.seats}
    return record | {"held_today": held}


def facts(council: Council, network: Network, today: date) -> Iterator[tuple[str, str]]:
    """What is known of a body, as labels and texts."""
    directory = Directory(council, today)
    yield _("Body"), f"{network.short(today)} ({network.id})"
    yield _("Name"), network.name(today)
    if network.aliases:
        yield _("Also called"), ", ".join(network.aliases)
    if network.founded:
        yield _("Since"), str(network.founded)
    if network.dissolved:
        yield _("Dissolved"), str(network.dissolved)
    if network.reports_to:
        yield _("Reports to"), directory.body(network.reports_to)
    if network.standing:
        yield _("Standing items"), " · ".join(item.title for item in network.standing)
    if network.description:
        yield _("About"), " ".join(network.description.split())


def seat_cells(council: Council, network: Network, today: date) -> Iterator[tuple[str, ...]]:
    """For each seat its reference, title, kind, and who holds it today."""
    directory = Directory(council, today)
    kinds = {
        "convenor": _("convenor"),
        "required": _("required"),
        "offered": _("offered"),
        "guest": _("guest"),
    }
    for seat in network.seats:
        names = ", ".join(directory.name(one.member) for one in holders(council, network.id, seat.id, today))
        empty = _("– (follows {seat})").format(seat=seat.follows) if seat.follows else "–"
        yield f"{network.id}/{seat.id}", seat.name(today), kinds[seat.kind], names or empty
