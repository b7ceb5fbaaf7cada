"""Who goes on with what a dissolved body left: its first successor, and that one's when it is dissolved too."""

from datetime import date

from atbtst_cli.models.council import Council


def heir(council: Council, network_id: str, on: date) -> str:
    """The body that answers for another one on that day: itself until it is dissolved, then its first successor.

    A body dissolved without successors answers for itself for ever, and so does one in a circle of them.
    """
    seen = {network_id}
    while network := council.networks.get(network_id):
        following = next(iter(network.successors), None)
        if network.dissolved is None or on <= network.dissolved or following is None or following in seen:
            break
        seen.add(following)
        network_id = following
    return network_id


def estate(council: Council, network_id: str, on: date) -> frozenset[str]:
    """The bodies for which one answers on that day: itself, and those dissolved ones that it goes on for."""
    return frozenset({network_id, *(key for key in council.networks if heir(council, key, on) == network_id)})


def predecessors(council: Council, network_id: str) -> tuple[str, ...]:
    """The bodies that name it as one of their successors, in the order of their ids."""
    return tuple(sorted(key for key, network in council.networks.items() if network_id in network.successors))
