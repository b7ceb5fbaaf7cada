"""What records say of each other: everything they name by id, and everybody they name in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from atbtst_cli.models.base import Record
from atbtst_cli.models.item import ActionItem, LogEntry, Origin
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.matter import Matter, Step
from atbtst_cli.models.meeting import (
    ActionBlock,
    AgendaItem,
    AnswerBlock,
    ArrivedBlock,
    Attendance,
    DecisionBlock,
    DeferredBlock,
    LeftBlock,
    MatterBlock,
    Meeting,
    ProgressBlock,
    ReferralBlock,
    ReservationBlock,
    SupersedesBlock,
)
from atbtst_cli.models.network import Network, Standing
from atbtst_cli.models.person import Named
from atbtst_cli.models.report import Report
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.checks.layout import Field, parts

Target = Literal["member", "network", "seat", "body", "meeting", "item", "matter", "part", "name"]
"""What is named: a body is a network or an instance, a part one of a meeting or matter, a name a person's in words."""


Mention = tuple[Target, str, Field]
"""What is named, by which id or name, and the way to it in the record that names it."""


def mentions(record: Record | Settings) -> list[Mention]:
    """Everything that a record names, in the order of the record."""
    find = RECORDS.get(type(record))
    return find(record) if find else []


def _named(target: Target, name: str | None, *way: str | int) -> Iterable[Mention]:
    return () if name is None else ((target, name, way),)


def _person(who: str | Named | None, *way: str | int) -> Iterable[Mention]:
    if who is None:
        return ()
    if isinstance(who, str):
        return (("seat" if "/" in who else "member", who, way),)
    return (("name", who.name, way),)


def _people(several: Iterable[str | Named], *way: str | int) -> Iterable[Mention]:
    return [mention for place, who in enumerate(several) for mention in _person(who, *way, place)]


def _due(due: date | str | None, *way: str | int) -> Iterable[Mention]:
    return (("meeting", due, way),) if isinstance(due, str) and due != "next" else ()


def _origin(origin: Origin | None) -> Iterable[Mention]:
    if origin is None:
        return ()
    if origin.agenda_item is None:
        return (("meeting", origin.meeting, ("origin", "meeting")),)
    return (("part", f"{origin.meeting}/{origin.agenda_item}", ("origin", "agenda_item")),)


def _network(network: Network) -> list[Mention]:
    found = [*_named("network", network.reports_to, "reports_to"), *_standing(network.standing, "standing")]
    found += (("network", body, ("successors", place)) for place, body in enumerate(network.successors))
    found += (("body", body, ("refers_to", place)) for place, body in enumerate(network.refers_to))
    for place, quorum in enumerate(network.quorum):
        seats = ((f"{network.id}/{seat}", number) for number, seat in enumerate(quorum.seats))
        found += (("seat", seat, ("quorum", place, "seats", number)) for seat, number in seats)
    for place, seat in enumerate(network.seats):
        found += _named("seat", seat.follows, "seats", place, "follows")
        for number, holding in enumerate(seat.holders):
            found += _named("member", holding.member, "seats", place, "holders", number, "member")
    return found


def _standing(entries: tuple[Standing, ...], *way: str | int) -> list[Mention]:
    found: list[Mention] = []
    for place, entry in enumerate(entries):
        found += _named("network", entry.network, *way, place, "network")
        found += _standing(entry.parts, *way, place, "parts")
    return found


def _item(item: ActionItem) -> list[Mention]:
    found = [
        *_named("network", item.network, "network"),
        *_origin(item.origin),
        *_named("matter", item.matter, "matter"),
        *_people(item.owners, "owners"),
        *_due(item.due, "due"),
    ]
    found += _log(item.log)
    if item.closed:
        found += _person(item.closed.by, "closed", "by")
        found += _named("meeting", item.closed.meeting, "closed", "meeting")
    return found


def _log(log: tuple[LogEntry, ...]) -> Iterator[Mention]:
    for place, entry in enumerate(log):
        yield from _person(entry.by, "log", place, "by")
        yield from _named("meeting", entry.meeting, "log", place, "meeting")


def _step(step: Step | None, *way: str | int) -> Iterator[Mention]:
    """What a step of a matter names: who did it, at which agenda item, by which decision."""
    if step:
        yield from _person(step.by, *way, "by")
        yield from _named("part", step.at, *way, "at")
        yield from _named("part", getattr(step, "decision", None), *way, "decision")


def _matter(matter: Matter) -> list[Mention]:
    found = [
        *_named("network", matter.network, "network"),
        *_origin(matter.origin),
        *_log(matter.log),
        *_step(matter.closed, "closed"),
    ]
    for place, referral in enumerate(matter.referrals):
        way = ("referrals", place)
        parent = referral.parent and f"{matter.id}/{referral.parent}"
        found += _named("part", parent, *way, "parent")
        found += _named("body", referral.from_, *way, "from")
        found += _named("body", referral.to, *way, "to")
        found += _named("seat", referral.sent.on_behalf_of, *way, "sent", "on_behalf_of")
        for name in ("sent", "answer", "withdrawn"):
            found += _step(getattr(referral, name), *way, name)
    return found


def _meeting(meeting: Meeting) -> list[Mention]:
    found = [
        *_named("network", meeting.network, "network"),
        *(("network", network, ("with", place)) for place, network in enumerate(meeting.with_)),
        *_person(meeting.planned.by if meeting.planned else None, "planned", "by"),
        *_person(meeting.called.by if meeting.called else None, "called", "by"),
        *_person(meeting.held.by if meeting.held else None, "held", "by"),
        *_person(meeting.chair, "chair"),
        *_person(meeting.secretary, "secretary"),
        *_people(meeting.adjusters, "adjusters"),
    ]
    for place, attendance in enumerate(meeting.attendance):
        found += _attendance(attendance, "attendance", place)
    for way, part in parts(meeting):
        find = PARTS.get(type(part))
        found += find(part, *way) if find else ()
    if meeting.approval:
        found += _people(meeting.approval.by, "approval", "by")
        found += _named("part", meeting.approval.at, "approval", "at")
    for place, amendment in enumerate(meeting.amendments):
        found += _person(amendment.by, "amendments", place, "by")
    return found


def _report(report: Report) -> list[Mention]:
    return [
        *_named("meeting", report.meeting, "meeting"),
        *_named("network", report.network, "network"),
        *_person(report.by, "by"),
    ]


def _mailing(mailing: Mailing) -> list[Mention]:
    found = [*_named("meeting", mailing.meeting, "meeting"), *_person(mailing.by, "by")]
    for place, delivery in enumerate(mailing.deliveries):
        way = ("deliveries", place)
        found += _named("member", delivery.member, *way, "member")
        found += _named("network", delivery.list_, *way, "list")
        found += (("item", item, (*way, "items", number)) for number, item in enumerate(delivery.items))
    return found


def _attendance(attendance: Attendance, *way: str | int) -> Iterable[Mention]:
    return (
        *_named("member", attendance.member, *way, "member"),
        *_named("name", None if attendance.status == "guest" else attendance.name, *way, "name"),
        *(("seat", seat, (*way, "seats", place)) for place, seat in enumerate(attendance.seats)),
        *_person(attendance.substitute_for, *way, "substitute_for"),
    )


def _agenda_item(item: AgendaItem, *way: str | int) -> Iterable[Mention]:
    return (
        *_named("network", item.network, *way, "network"),
        *_named("part", item.from_, *way, "from"),
        *_named("meeting", item.approves, *way, "approves"),
        *_named("matter", item.matter, *way, "matter"),
        *_person(item.presenter, *way, "presenter"),
    )


def _action(block: ActionBlock, *way: str | int) -> Iterable[Mention]:
    return (
        *_named("item", block.action, *way, "action"),
        *_people(block.owners, *way, "owners"),
        *_due(block.due, *way, "due"),
    )


RECORDS: Mapping[type[Any], Callable[[Any], list[Mention]]] = {
    ActionItem: _item,
    Meeting: _meeting,
    Matter: _matter,
    Network: _network,
    Report: _report,
    Mailing: _mailing,
}
"""What each kind of record names; members and settings name nothing."""

PARTS: Mapping[type[Any], Callable[..., Iterable[Mention]]] = {
    AgendaItem: _agenda_item,
    ActionBlock: _action,
    DecisionBlock: lambda block, *way: _due(block.to, *way, "to"),
    DeferredBlock: lambda block, *way: _due(block.deferred, *way, "deferred"),
    ProgressBlock: lambda block, *way: _named("item", block.progress, *way, "progress"),
    ArrivedBlock: lambda block, *way: _person(block.arrived, *way, "arrived"),
    LeftBlock: lambda block, *way: _person(block.left, *way, "left"),
    MatterBlock: lambda block, *way: _named("matter", block.matter, *way, "matter"),
    ReferralBlock: lambda block, *way: _named("body", block.referral, *way, "referral"),
    AnswerBlock: lambda block, *way: _named("body", block.answer, *way, "answer"),
    SupersedesBlock: lambda block, *way: _named("part", block.supersedes, *way, "supersedes"),
    ReservationBlock: lambda block, *way: _people(block.reservation, *way, "reservation"),
}
"""What each kind of part names; the kinds that are not here name nothing."""
