"""What the record holds of a body's year: meetings, decisions, action items and matters, as they stood at its end."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter, Referral
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import attendance, carry, matters
from atbtst_cli.rules.attendance import SeatAttendance
from atbtst_cli.rules.decisions import Decision, Register

R = TypeVar("R", ActionItem, Matter)


def meetings(council: Council, network_id: str, until: date) -> list[Meeting]:
    """The meetings that the body held in that year up to that day, joint ones too, in order."""
    return carry.held(council, network_id, since=first(until), until=until)


def first(day: date) -> date:
    """The first day of that day's year."""
    return date(day.year, 1, 1)


def last(day: date) -> date:
    """The last day of that day's year."""
    return date(day.year, 12, 31)


class Year:
    """A body's year up to a day of it; false where nothing of it is on record."""

    def __init__(self, council: Council, shown: Council, network_id: str, until: date) -> None:
        """Read a council; ``shown`` is the same one as an edition may show it, from which all is told."""
        self._council = council
        self._shown = shown
        self._id = network_id
        self.since, self.until = first(until), until
        self.meetings = meetings(shown, network_id, until)
        self._register = Register(shown)

    def __bool__(self) -> bool:
        return bool(self.meetings or self.items or self.raised or self.sent)

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until

    @property
    def is_settled(self) -> bool:
        """Whether it is over, and no minutes of it wait for approval."""
        return self.until == last(self.until) and not any(map(carry.awaits_approval, self.meetings))

    @property
    def has_internal(self) -> bool:
        """Whether something that is told of it is not for the public."""
        told = [*self.raised, *(matter for matter, _sending in self.sent)]
        kinds = ([one.internal for one in kind] for kind in (self.decisions, self.items, told))
        return any(map(any, kinds))

    @cached_property
    def seats(self) -> tuple[SeatAttendance, ...]:
        """How each seat was taken; what is shown may lack the holders, by whom a seat is held or vacant."""
        return attendance.by_seat(self._council, self._id, self.since, self.until)

    @cached_property
    def decisions(self) -> list[Decision]:
        """The decisions of its meetings, in order."""
        held = {one.id for one in self.meetings}
        ours = (one for one in self._register.decisions.values() if one.meeting.id in held)
        return sorted(ours, key=lambda one: one.moment)

    def superseded_by(self, decision: Decision) -> tuple[Decision, ...]:
        """What has taken the place of a decision, then or later."""
        return self._register.superseded_by(decision.id)

    @cached_property
    def items(self) -> list[ActionItem]:
        """The action items that came to the body's meetings and were open at any time of it, oldest first."""
        found = self._chosen(self._council.items, self._shown.items, self._concerns)
        return sorted(found, key=lambda one: (one.added, one.id))

    def _concerns(self, item: ActionItem) -> bool:
        was_open = item.added <= self.until and (item.closed is None or item.closed.date >= self.since)
        return was_open and self._id in carry.concerned(self._council, item)

    @property
    def opened(self) -> list[date]:
        """The days on which items were added."""
        return [one.added for one in self.items if one.added in self]

    @property
    def closed(self) -> list[tuple[date, ActionItem]]:
        """The items that were closed, each after its day."""
        return [(one.closed.date, one) for one in self.items if one.closed and one.closed.date in self]

    @property
    def unfinished(self) -> list[ActionItem]:
        """The items that are open at its end."""
        return [one for one in self.items if not one.closed or one.closed.date > self.until]

    @cached_property
    def _matters(self) -> list[Matter]:
        found = self._chosen(self._council.matters, self._shown.matters, lambda one: self._id in matters.parties(one))
        return sorted(found, key=lambda one: (one.raised, one.id))

    @cached_property
    def raised(self) -> list[Matter]:
        """The matters that the body raised, as they stood at its end."""
        ours = (one for one in self._matters if one.network == self._id and one.raised in self)
        return [matters.as_on(one, self.until) for one in ours]

    @cached_property
    def sent(self) -> list[tuple[Matter, Referral]]:
        """The sendings from and to the body that were made or answered in it, each with its matter."""
        then = (matters.as_on(one, self.until) for one in self._matters)
        return [(one, sending) for one in then for sending in one.referrals if self._moved(sending)]

    def _moved(self, sending: Referral) -> bool:
        days = (step.date for step in (sending.sent, sending.answer) if step)
        return self._id in (sending.from_, sending.to) and any(day in self for day in days)

    @staticmethod
    def _chosen(whole: Mapping[str, R], shown: Mapping[str, R], is_ours: Callable[[R], bool]) -> list[R]:
        """Those of the records that are ours, as they are shown; only these are looked at closely."""
        return [shown[key] for key, one in whole.items() if is_ours(one) and key in shown]
