"""Rules on dates and times: what ends has begun."""

from collections.abc import Iterator
from datetime import date, time
from typing import Protocol, TypeVar

from atbtst_cli.language import _
from atbtst_cli.models.base import Dated, Record
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import KINDS, Index, Problem, Rule

Moment = TypeVar("Moment", date, time)
Breach = tuple[str, str, Field]
"""The start, the end that comes before it, and the way to that end."""


class Event(Protocol):
    """Something that happened on a day."""

    @property
    def date(self) -> date:
        """Its day."""


def end_before_start(index: Index) -> Iterator[Problem]:
    """Nothing ends before it begins: meetings, names, seats, holdings, bodies, items, matters, sendings."""
    for key, record in index.every():
        for start, end, field in _breaches(record):
            message = _("{end} is too early: it cannot come before {start}").format(end=end, start=start)
            yield Problem(key, message, field, _("Correct one of the two."))


def approval_before_held(index: Index) -> Iterator[Problem]:
    """Minutes are approved after the meeting was held."""
    for key, meeting in index.each(Meeting):
        if not meeting.approval:
            continue
        if not meeting.held:
            message = _("the minutes are approved, but the meeting was never held")
            yield Problem(key, message, ("approval",), _("Say under held: when it was held."))
        elif meeting.approval.date < meeting.date:
            message = _("the minutes were approved {date}, before the meeting of {day}")
            message = message.format(date=meeting.approval.date, day=meeting.date)
            yield Problem(key, message, ("approval", "date"), _("Correct one of the two."))


def _backwards(start: Moment | None, end: Moment | None, *way: str | int) -> Iterator[Breach]:
    if start is not None and end is not None and end < start:
        yield _said(start), _said(end), way


def _said(moment: date | time) -> str:
    return moment.isoformat("minutes") if isinstance(moment, time) else moment.isoformat()


def _day(event: Event | None) -> date | None:
    return event.date if event else None


def _breaches(record: Record | Settings) -> Iterator[Breach]:
    match record:
        case ActionItem():
            yield from _backwards(record.added, _day(record.closed), "closed", "date")
        case Meeting():
            yield from _of_meeting(record)
        case Matter():
            yield from _of_matter(record)
        case Network():
            yield from _of_network(record)
        case Member():
            yield from _backwards(record.from_, record.to, "to")
            yield from _dated(record.names, "names")


def _dated(several: tuple[Dated, ...], *way: str | int) -> Iterator[Breach]:
    for place, one in enumerate(several):
        yield from _backwards(one.from_, one.to, *way, place, "to")


def _of_network(network: Network) -> Iterator[Breach]:
    yield from _backwards(network.founded, network.dissolved, "dissolved")
    yield from _dated(network.names, "names")
    yield from _dated(network.seats, "seats")
    for place, seat in enumerate(network.seats):
        yield from _dated(seat.names, "seats", place, "names")
        yield from _dated(seat.holders, "seats", place, "holders")


def _of_meeting(meeting: Meeting) -> Iterator[Breach]:
    yield from _backwards(meeting.start, meeting.end, "end")
    yield from _backwards(_day(meeting.called), _day(meeting.held), "held", "date")
    if meeting.next_meeting:
        yield from _backwards(meeting.next_meeting.start, meeting.next_meeting.end, "next_meeting", "end")
        yield from _backwards(meeting.date, meeting.next_meeting.date, "next_meeting", "date")
    for place, amendment in enumerate(meeting.amendments):
        yield from _backwards(_day(meeting.approval), amendment.date, "amendments", place, "date")


def _of_matter(matter: Matter) -> Iterator[Breach]:
    yield from _backwards(matter.raised, _day(matter.closed), "closed", "date")
    for place, referral in enumerate(matter.referrals):
        yield from _backwards(referral.sent.date, _day(referral.answer), "referrals", place, "answer", "date")
        yield from _backwards(referral.sent.date, _day(referral.withdrawn), "referrals", place, "withdrawn", "date")


RULES = (
    Rule("end-before-start", "error", frozenset(KINDS.values()), end_before_start),
    Rule("approval-before-held", "error", frozenset(("meetings",)), approval_before_held),
)
