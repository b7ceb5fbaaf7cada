"""What comes to a body's next meeting: asked of the record each time, never copied."""

from collections.abc import Callable
from datetime import date

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.models.network import Standing


def open_items(council: Council, network_id: str) -> tuple[ActionItem, ...]:
    """The open items that concern the body's meeting, oldest first: those it follows up, and those it agreed on.

    What the council asked of a network is followed up by that network, yet the council wants to hear of it.
    """
    items = (item for item in council.items.values() if not item.closed and _concerns(council, item, network_id))
    return tuple(sorted(items, key=lambda item: (item.added, item.id)))


def _concerns(council: Council, item: ActionItem, network_id: str) -> bool:
    if item.network == network_id:
        return True
    origin = council.meetings.get(item.origin.meeting) if item.origin else None
    return origin is not None and network_id in (origin.network, *origin.with_)


def latest_held(council: Council, network_id: str, before: date) -> Meeting | None:
    """The body's latest meeting that was held before that day."""
    held = (one for one in council.meetings.values() if one.network == network_id and one.held and one.date < before)
    return max(held, key=lambda meeting: (meeting.date, meeting.id), default=None)


def standing(council: Council, network_id: str, on: date, draw: Callable[[], str]) -> tuple[AgendaItem, ...]:
    """The body's standing agenda for a meeting on that day; ``draw`` gives a new id for each item, in order.

    The previous minutes are named where they wait for approval; a body that is dissolved has no report to give.
    """
    network = council.networks.get(network_id)
    previous = latest_held(council, network_id, on)
    waiting = previous.id if previous and not previous.approval else None
    return tuple(_drawn(entry, council, on, waiting, draw) for entry in (network.standing if network else ()))


def _drawn(entry: Standing, council: Council, on: date, waiting: str | None, draw: Callable[[], str]) -> AgendaItem:
    return AgendaItem(
        id=draw(),
        kind=entry.kind,
        network=entry.network,
        title=entry.title,
        approves=waiting if entry.kind == "previous_minutes" else None,
        parts=tuple(
            _drawn(part, council, on, waiting, draw) for part in entry.parts if _reports(council, part.network, on)
        ),
    )


def _reports(council: Council, network_id: str | None, on: date) -> bool:
    network = council.networks.get(network_id or "")
    return network is None or network.lives(on)
