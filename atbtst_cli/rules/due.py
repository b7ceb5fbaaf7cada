"""When an item is due, whether that has passed, and which item comes first."""

from datetime import date

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules.carry import bodies

Urgency = tuple[int, int, int, str]
"""A sort key: group, days, days, id."""


class Deadlines:
    """When items are due as of one day; the meetings are read once, when the first item asks for them."""

    def __init__(self, council: Council, today: date) -> None:
        """Judge by what a council has on record, as of a day."""
        self._council = council
        self._today = today
        self._coming: dict[str, date] | None = None

    def next_meeting(self, network_id: str) -> date | None:
        """The day of the body's next meeting: planned or called, else as its latest minutes say; None if not known."""
        if self._coming is None:
            self._coming = _coming(self._council, self._today)
        return self._coming.get(network_id)

    def due(self, item: ActionItem) -> date | None:
        """The day an item is due: a day, the day of a meeting, or None where it has none or it is not known yet.

        ``next`` stands for the next meeting of the body to which it was promised, and a meeting that was cancelled
        for that body's next one.
        """
        if item.due is None or isinstance(item.due, date):
            return item.due
        if item.due == "next":
            return self.next_meeting(self._promised_to(item))
        meeting = self._council.meetings.get(item.due)
        if meeting is None:
            return None
        return self.next_meeting(meeting.network) if meeting.cancelled else meeting.date

    def overdue(self, item: ActionItem) -> bool:
        """Whether an open item's day has passed."""
        due = None if item.closed else self.due(item)
        return due is not None and due < self._today

    def by_next(self, item: ActionItem) -> bool:
        """Whether an item is due at its body's next meeting or before it; where that is not known, by today."""
        due, coming = self.due(item), self.next_meeting(self._promised_to(item))
        return item.due is not None and (due is None or due <= (coming or self._today))

    def _promised_to(self, item: ActionItem) -> str:
        """The body at whose meeting an item was agreed on; the one that follows it up where that was at no meeting."""
        origin = self._council.meetings.get(item.origin.meeting) if item.origin else None
        return origin.network if origin else item.network

    def urgency(self, item: ActionItem) -> Urgency:
        """What sorts items: overdue and due by day, then those without a day by age, then closed ones, latest first."""
        if item.closed:
            return (2, -item.closed.date.toordinal(), 0, item.id)
        due = self.due(item)
        added = item.added.toordinal()
        return (1, added, 0, item.id) if due is None else (0, due.toordinal(), added, item.id)


def _coming(council: Council, today: date) -> dict[str, date]:
    """The day of each body's next meeting; a meeting on record goes before what earlier minutes said of it."""
    planned: dict[str, date] = {}
    latest: dict[str, Meeting] = {}
    for meeting in council.meetings.values():
        if meeting.is_pending:
            for body in bodies(meeting) if meeting.date >= today else ():
                planned[body] = min(meeting.date, planned.get(body, meeting.date))
        elif not meeting.cancelled:
            known = latest.setdefault(meeting.network, meeting)
            latest[meeting.network] = max(known, meeting, key=lambda one: (one.date, one.id))
    said = {body: meeting.next_meeting.date for body, meeting in latest.items() if meeting.next_meeting}
    return {body: day for body, day in said.items() if day and day >= today} | planned
