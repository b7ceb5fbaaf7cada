"""Rules on items: where they come from, when they are due, how they end."""

from collections.abc import Iterator
from datetime import date

from atbtst_cli.language import _
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import ActionBlock, Meeting
from atbtst_cli.rules.checks.rule import Index, Problem, Rule


def origin_differs(index: Index) -> Iterator[Problem]:
    """An item that comes from an agenda item is an action of those minutes, and no other minutes have it as one."""
    for key, item in index.each(ActionItem):
        meeting = item.origin.meeting if item.origin and item.origin.agenda_item else None
        if meeting and index.council.meetings.get(meeting) and key[1] not in index.actions[meeting]:
            message = _("the minutes of {meeting} have no action {item}").format(meeting=meeting, item=key[1])
            yield Problem(key, message, ("origin", "meeting"), _("Correct the item's origin."))
    for key, _minutes in index.each(Meeting):
        for way, part in index.parts[key[1]]:
            agreed = index.council.items.get(part.action) if isinstance(part, ActionBlock) else None
            if agreed and (agreed.origin is None or agreed.origin.meeting != key[1]):
                message = _("{item} says that it comes from another meeting, or from none").format(item=agreed.id)
                yield Problem(key, message, (*way, "action"), _("Correct the item's origin."))


def due_elsewhere(index: Index) -> Iterator[Problem]:
    """An item is due at a meeting of its own body, or of the body that this one reports to."""
    for key, item in index.each(ActionItem):
        meeting = _meeting_due(index, item)
        network = index.council.networks.get(item.network)
        if meeting and network and not {network.id, network.reports_to} & {meeting.network, *meeting.with_}:
            message = _("the item is of {network}, and due at a meeting of {other}")
            message = message.format(network=network.id, other=meeting.network)
            yield Problem(key, message, ("due",), _("Name a meeting of its own body, or write a date."))


def due_before_added(index: Index) -> Iterator[Problem]:
    """An item is not due before it was added."""
    for key, item in index.each(ActionItem):
        meeting = _meeting_due(index, item)
        due = item.due if isinstance(item.due, date) else meeting and meeting.date
        if due and due < item.added:
            message = _("the item was added {added}, and is due {due}").format(added=item.added, due=due)
            yield Problem(key, message, ("due",), _("Correct one of the two, or write next for the next meeting."))


def _meeting_due(index: Index, item: ActionItem) -> Meeting | None:
    return index.council.meetings.get(item.due) if isinstance(item.due, str) else None


def log_after_closed(index: Index) -> Iterator[Problem]:
    """A closed item has no later news; whoever has some opens it again."""
    for key, item in index.each(ActionItem):
        for place, entry in enumerate(item.log if item.closed else ()):
            if item.closed and entry.date > item.closed.date:
                message = _("there is news of {date}, and the item was closed {closed}")
                message = message.format(date=entry.date, closed=item.closed.date)
                hint = _("Open it again: atbtst item reopen {item}").format(item=item.id)
                yield Problem(key, message, ("log", place, "date"), hint)


def dropped_without_reason(index: Index) -> Iterator[Problem]:
    """An item that was dropped says why."""
    for key, item in index.each(ActionItem):
        if item.closed and item.closed.as_ == "dropped" and not item.closed.reason:
            message = _("the item was dropped, and does not say why")
            yield Problem(key, message, ("closed",), _("Write a reason: under closed."))


RULES = (
    Rule("origin-differs", "warning", frozenset(("items", "meetings")), origin_differs),
    Rule("due-elsewhere", "warning", frozenset(("items", "meetings", "networks")), due_elsewhere),
    Rule("due-before-added", "warning", frozenset(("items", "meetings")), due_before_added),
    Rule("log-after-closed", "warning", frozenset(("items",)), log_after_closed),
    Rule("dropped-without-reason", "notice", frozenset(("items",)), dropped_without_reason),
)
