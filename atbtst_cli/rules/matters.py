"""The way of a matter between bodies: where it lies, since when, and what each step of it does.

A matter travels by sendings. One that waits for its answer keeps the matter with its receiver; the answer brings it
back to the sender. What was sent for information moves nothing (the organisation from 2021: a network's convenor takes
a question to the council, and the council may take it on to another instance).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple, get_args

from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Answer, Matter, Referral, Sent, Withdrawn
from atbtst_cli.models.meeting import AgendaItem, MatterBlock, Role
from atbtst_cli.rules.seats import convenor, holders


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of days during which a matter lay with the same bodies; ``until`` is the day it left, None so far."""

    bodies: tuple[str, ...]
    since: date
    until: date | None


def leaves(matter: Matter) -> tuple[Referral, ...]:
    """The sendings with whose receivers the matter lies: they wait, and none that continues them does."""
    waiting = [one for one in matter.referrals if one.waits]
    parents = {one.parent for one in waiting}
    return tuple(one for one in waiting if one.id not in parents)


def bodies(matter: Matter) -> tuple[str, ...]:
    """The bodies and instances with which the matter lies: the receivers who have not answered, else who raised it."""
    return tuple(dict.fromkeys(one.to for one in leaves(matter))) or (matter.network,)


def lying(council: Council, body: str) -> Iterator[Matter]:
    """The open matters that lie with a body or instance."""
    return (matter for matter in council.matters.values() if not matter.closed and body in bodies(matter))


def parties(matter: Matter) -> frozenset[str]:
    """Every body and instance on its way: who raised it, who has sent it, and who was sent it."""
    return frozenset({matter.network, *(body for one in matter.referrals for body in (one.from_, one.to))})


def days(matter: Matter) -> Iterator[date]:
    """The days on which something was done with a matter, in no order."""
    yield matter.raised
    yield from (entry.date for entry in matter.log)
    yield from (step.date for one in matter.referrals for step in one.steps)
    if matter.closed:
        yield matter.closed.date


def as_on(matter: Matter, day: date) -> Matter:
    """The matter as it stood at the end of that day, by what is on record now."""
    sent = (one for one in matter.referrals if one.sent.date <= day)
    return matter.model_copy(
        update={
            "referrals": tuple(_as_on(one, day) for one in sent),
            "closed": matter.closed if matter.closed and matter.closed.date <= day else None,
        }
    )


def _as_on(referral: Referral, day: date) -> Referral:
    undone = {
        name: None
        for name, step in (("answer", referral.answer), ("withdrawn", referral.withdrawn))
        if step and step.date > day
    }
    return referral.model_copy(update=undone) if undone else referral


def stays(matter: Matter) -> list[Stay]:
    """Where the matter has lain, in order; the last one lasts while it is open."""
    end = matter.closed.date if matter.closed else None
    turning = sorted({max(day, matter.raised) for day in days(matter)})
    turns = [(bodies(as_on(matter, day)), day) for day in turning if end is None or day < end]
    begun = [next(run) for _bodies, run in groupby(turns or [((matter.network,), matter.raised)], lambda one: one[0])]
    left = [*(since for _bodies, since in begun[1:]), end]
    return [Stay(where, since, until) for (where, since), until in zip(begun, left, strict=True)]


def received(matter: Matter, *bodies: str) -> Referral | None:
    """The latest sending to one of the bodies that waits for an answer, be it sent on or not; None where none does."""
    return next((one for one in reversed(matter.referrals) if one.waits and one.to in bodies), None)


def sent(matter: Matter, from_: str, to: str, role: Role, sending: Sent, *, heir_of: Iterable[str] = ()) -> Matter:
    """The matter with one sending more, which continues the one by which the sender has it.

    ``heir_of`` are the dissolved bodies for which the sender goes on: what they were sent is the sender's now.
    """
    parent = received(matter, from_, *heir_of)
    referral = Referral(
        id=free(matter), parent=parent.id if parent else None, from_=from_, to=to, role=role, sent=sending
    )
    return matter.model_copy(update={"referrals": (*matter.referrals, referral)})


def free(*states: Matter) -> str:
    """An id that no sending of the matter has in any of its states: one more than the highest."""
    referrals = (one for matter in states for one in matter.referrals)
    used = [int(one.id.partition("-")[2]) for one in referrals if one.id.partition("-")[2].isdecimal()]
    return f"r-{max(used, default=0) + 1}"


def answered(matter: Matter, referral_id: str, answer: Answer) -> Matter:
    """The matter with that sending answered; what continued it and still waits is taken back."""
    continued = _continued(matter, referral_id) - {referral_id}
    left = {
        one.id: Withdrawn(date=max(answer.date, one.sent.date), by=answer.by, at=answer.at)
        for one in matter.referrals
        if one.id in continued
    }
    return _changed(_changed(matter, left, "withdrawn"), {referral_id: answer}, "answer")


def withdrawn(matter: Matter, referral_id: str, step: Withdrawn) -> Matter:
    """The matter with that sending taken back, and with it all that waits for an answer to what continues it."""
    return _changed(matter, dict.fromkeys(_continued(matter, referral_id), step), "withdrawn")


def _continued(matter: Matter, referral_id: str) -> set[str]:
    """The sending, and all that waits for an answer to what continues it."""
    found = {referral_id}
    for one in matter.referrals:
        if one.waits and one.parent in found:
            found.add(one.id)
    return found


def _changed(matter: Matter, steps: Mapping[str, Answer | Withdrawn], name: str) -> Matter:
    changed = (one.model_copy(update={name: steps[one.id]}) if one.id in steps else one for one in matter.referrals)
    return matter.model_copy(update={"referrals": tuple(changed)})


EventKind = Literal["raised", "heard", "sent", "answered", "closed", "unanswered", "unsent", "unraised"]
"""What can become of a matter at one meeting, in the order in which it is told; the last ones by a correction."""


class Event(NamedTuple):
    """Something that became of a matter: what, the matter as it is then, and the sending that it is about."""

    kind: EventKind
    matter: Matter
    referral: Referral | None = None


def events(before: Matter | None, after: Matter | None) -> list[Event]:
    """What became of a matter between two states of it; ``after`` is None for one that is taken back as a whole.

    An answer in words is *heard*, one by a decision *answered*.
    """
    return sorted(_events(before, after), key=lambda event: get_args(EventKind).index(event.kind))


def _events(before: Matter | None, after: Matter | None) -> Iterator[Event]:
    if after is None:
        yield from [Event("unraised", before)] if before else []
        return
    if before is None:
        yield Event("raised", after)
    known = {one.id: one for one in before.referrals} if before else {}
    for one in after.referrals:
        if one.id not in known:
            yield Event("sent", after, one)
        if one.answer and not (one.id in known and known[one.id].answer):
            yield Event("answered" if one.answer.decision else "heard", after, one)
    if after.closed and not (before and before.closed):
        yield Event("closed", after)
    for key, one in known.items():
        now = after.referral(key)
        if now is None or (one.answer and not now.answer):
            yield Event("unanswered" if now else "unsent", after, one)


def may_send(council: Council, from_: str, to: str) -> bool:
    """Whether a body may send matters to a body or instance, as its record says; never to itself.

    A body whose record names nobody may send them anywhere.
    """
    network = council.networks.get(from_)
    return network is not None and from_ != to and (not network.refers_to or to in network.refers_to)


class Decider(NamedTuple):
    """The seat whose holder decides that a question goes up, and who holds it."""

    seat: str
    members: tuple[str, ...]


def decider(council: Council, from_: str, to: str, on: date) -> Decider | None:
    """Who decides on that day that a matter goes from one body to another; None where nobody has to.

    A network's convenor decides when a question goes up to the council (the organisation from 2021).
    """
    receiver, seat = council.networks.get(to), convenor(council, from_, on)
    if seat is None or receiver is None or receiver.kind != "council":
        return None
    _body, _slash, seat_id = seat.partition("/")
    return Decider(seat, tuple(one.member for one in holders(council, from_, seat_id, on)))


def about(item: AgendaItem) -> frozenset[str]:
    """The matters that an agenda item is about: the one it was made for, and those that its lines name."""
    lines = {block.matter for block in item.body if isinstance(block, MatterBlock)}
    return frozenset(lines | {item.matter} if item.matter else lines)


def named(item: AgendaItem) -> tuple[str, ...]:
    """The matters that an item's lines name, in order, those apart that they only close."""
    blocks = (block for block in item.body if isinstance(block, MatterBlock) and not block.closes)
    return tuple(dict.fromkeys(block.matter for block in blocks))


def dealt_with(council: Council) -> dict[str, date]:
    """The day of the last held meeting that had each matter on its agenda, by the matter's id."""
    latest: dict[str, date] = {}
    for meeting in council.meetings.values():
        for item in meeting.items() if meeting.held else ():
            for matter in about(item):
                latest[matter] = max(meeting.date, latest.get(matter, meeting.date))
    return latest


def touched(matter: Matter, dealt: Mapping[str, date]) -> date:
    """The last day on which something was done with a matter; ``dealt`` is what ``dealt_with`` tells."""
    return max(dealt.get(matter.id, matter.raised), *days(matter))
