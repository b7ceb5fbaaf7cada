"""Which meetings action items have come to: the same rule by which they are carried over, asked of the past."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import Due, Meeting
from atbtst_cli.rules.carry import concerned, held, later


class Trail:
    """The held meetings that action items have come to; each body's meetings are looked up once for all items."""

    def __init__(self, council: Council) -> None:
        """Ask what a council has on record."""
        self._council = council
        self._held: dict[str, tuple[list[Meeting], list[date]]] = {}
        self._firsts: dict[tuple[str, Due], int] = {}

    def came(self, item: ActionItem, network_id: str) -> Sequence[Meeting]:
        """The body's held meetings to which the item came, oldest first.

        It comes to those after the day it was added, once the day it was put off to is there, until it is closed.
        """
        meetings, _days = self._of(network_id)
        return meetings[slice(*self._stretch(item, network_id))]

    def times(self, item: ActionItem) -> int:
        """To how many of a body's meetings it comes, the next one among them while it is open.

        Of several bodies that it concerns the one counts to which it has come most often.
        """
        stretches = (self._stretch(item, body) for body in concerned(self._council, item))
        return max(end - start for start, end in stretches) + (not item.closed)

    def _stretch(self, item: ActionItem, network_id: str) -> tuple[int, int]:
        """From which of the body's held meetings it came, and up to which."""
        meetings, days = self._of(network_id)
        start = bisect_right(days, item.added)
        if item.due is not None and item.due != "next":
            start = max(start, self._first(network_id, item.due))
        end = bisect_right(days, item.closed.date) if item.closed else len(meetings)
        return start, max(start, end)

    def _of(self, network_id: str) -> tuple[list[Meeting], list[date]]:
        if network_id not in self._held:
            meetings = held(self._council, network_id)
            self._held[network_id] = meetings, [meeting.date for meeting in meetings]
        return self._held[network_id]

    def _first(self, network_id: str, due: Due) -> int:
        """The place of the body's first held meeting to which something comes that was put off until then."""
        if (network_id, due) not in self._firsts:
            meetings, _days = self._of(network_id)
            found = bisect_left(meetings, x=True, key=lambda one: not later(self._council, due, one))
            self._firsts[network_id, due] = found
        return self._firsts[network_id, due]
