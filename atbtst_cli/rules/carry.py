"""What comes to a body's next meeting: asked of the record each time, never copied.

Everything that can come back has an id, and an agenda item says by ``from`` what brought it. A thing stays due until
a held meeting of its body has an agenda item from it; what is open (an action item, a matter before the body, minutes
without approval) stays due until it is closed. Held meetings are read and never touched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Literal

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import (
    AgendaItem,
    ArrivedBlock,
    DecisionBlock,
    DeferredBlock,
    DroppedBlock,
    Due,
    InternalBlock,
    LeftBlock,
    MatterBlock,
    Meeting,
    NextTimeBlock,
    TextBlock,
    VotesBlock,
)

Rule = Literal["approval", "deferred", "not_reached", "next_time", "matter", "answer", "action"]
"""What brings a thing back, in the order in which things come."""
ORDER: tuple[Rule, ...] = ("approval", "deferred", "not_reached", "next_time", "matter", "answer", "action")
STANDS_OUT = 3
"""From this time on a thing that comes again and again stands out."""


TALK = (TextBlock, InternalBlock, ArrivedBlock, LeftBlock, MatterBlock, VotesBlock)
"""The blocks that neither decide nor promise nor put off anything."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that comes back to a body, and the rule that brings it.

    ``source`` is what an agenda item's ``from`` says of it (for approval: the meeting whose minutes wait); ``since``
    the day it first came up; ``times`` the meetings it has come to, the asked one among them; ``until`` the day or
    meeting it was put off to.
    """

    rule: Rule
    source: str
    title: str
    network: str
    since: date
    times: int
    until: Due | None = None
    matter: str | None = None
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that does not come to the meeting asked for, and why."""

    thing: Carried
    because: Literal["later", "elsewhere", "dropped"]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes to a meeting, in order, and what does not."""

    coming: tuple[Carried, ...]
    waiting: tuple[Waiting, ...]


def bodies(meeting: Meeting) -> tuple[str, ...]:
    """The bodies that meet: one, or several for a joint meeting, the one that leads first."""
    return (meeting.network, *meeting.with_)


def awaits_approval(meeting: Meeting) -> bool:
    """Whether its minutes wait for approval; those without a number are an archive's and wait for nothing."""
    held = meeting.held and not meeting.cancelled
    return bool(held) and not meeting.approval and meeting.number is not None


def held(council: Council, network_id: str) -> list[Meeting]:
    """The meetings that the body has held, alone or jointly, oldest first."""
    found = (one for one in council.meetings.values() if one.held and not one.cancelled and network_id in bodies(one))
    return sorted(found, key=_when)


def ahead(council: Council, meeting: Meeting) -> Ahead:
    """What comes to that meeting, on record or not, from everything its bodies have left open before it."""
    things = [_Body(council, body, meeting) for body in bodies(meeting)]
    waiting = [one for body in things for one in body.waiting()]
    coming: dict[str, Carried] = {}
    for thing in chain.from_iterable((*body.questions(), *body.items()) for body in things):
        if later(council, thing.until, meeting):
            waiting.append(Waiting(thing, "later"))
        else:
            coming.setdefault(thing.source, thing)
    return Ahead(tuple(sorted(_once(coming.values()), key=_order)), tuple(sorted(waiting, key=_waiting_order)))


def questions(council: Council, meeting: Meeting) -> tuple[Carried, ...]:
    """What comes to that meeting but open items and minutes to approve, in no order; no item is read for it."""
    found = chain.from_iterable(_Body(council, body, meeting).questions() for body in bodies(meeting))
    return tuple(one for one in found if one.rule != "approval" and not later(council, one.until, meeting))


def open_items(council: Council, *networks: str) -> tuple[ActionItem, ...]:
    """The open items that concern a meeting of the bodies, oldest first: those they follow up, and those agreed on."""
    items = (item for item in council.items.values() if not item.closed and _concerns(council, item, networks))
    return tuple(sorted(items, key=lambda item: (item.added, item.id)))


def _concerns(council: Council, item: ActionItem, networks: tuple[str, ...]) -> bool:
    return item.network in networks or not set(networks).isdisjoint(concerned(council, item))


def concerned(council: Council, item: ActionItem) -> tuple[str, ...]:
    """The bodies to whose meetings an item comes: the one that follows it up, then those that agreed on it.

    What the council asked of a network is followed up by that network, yet the council wants to hear of it.
    """
    origin = council.meetings.get(item.origin.meeting) if item.origin else None
    return tuple(dict.fromkeys((item.network, *(bodies(origin) if origin else ()))))


def latest_held(council: Council, network_id: str, before: date) -> Meeting | None:
    """The body's latest meeting that was held before that day."""
    return next((one for one in reversed(held(council, network_id)) if one.date < before), None)


class _Body:
    """What one body has left open before a meeting."""

    def __init__(self, council: Council, network_id: str, meeting: Meeting) -> None:
        self._council = council
        self._id = network_id
        self._meeting = meeting
        self._earlier = [one for one in held(council, network_id) if _when(one) < _when(meeting)]
        self._taken = {item.from_ for one in self._earlier for item in one.items() if item.from_}

    def questions(self) -> Iterator[Carried]:
        """Everything that stays due but the open items, in no order."""
        yield from self._unapproved()
        yield from self._left()
        yield from self._matters()

    def waiting(self) -> Iterator[Waiting]:
        """What was dropped at the latest meeting, and what the body has sent on and hears of by its answer."""
        for item in self._earlier[-1].items() if self._earlier else ():
            if _is_question(item) and _is_dropped(item):
                yield Waiting(_carried("not_reached", self._earlier[-1], item, item.id), "dropped")
        for matter in self._open_matters():
            for referral in matter.referrals:
                if referral.from_ == self._id and not referral.answer and not referral.withdrawn:
                    yield Waiting(self._of_matter("answer", matter, referral.id, referral.sent.date), "elsewhere")

    def _left(self) -> Iterator[Carried]:
        """What the body's meetings have left, with the age of what had brought it to the one that left it again."""
        left: dict[str, tuple[int, Carried]] = {}
        for place, one in enumerate(self._earlier):
            for via, thing in left_by(one):
                begun, known = left.get(via or "", (place, thing))
                times = known.times + self._came(known.until, self._earlier[begun + 1 : place + 1])
                home = returns_to(self._council, one, via)
                left[thing.source] = (place, replace(thing, network=home, since=known.since, times=times))
        for place, thing in left.values():
            if thing.network == self._id and thing.source not in self._taken:
                yield replace(thing, times=thing.times + self._came(thing.until, self._earlier[place + 1 :]) + 1)

    def _came(self, until: Due | None, meetings: Iterable[Meeting]) -> int:
        """To how many of those meetings something came that was put off until then."""
        return sum(not later(self._council, until, one) for one in meetings)

    def _unapproved(self) -> Iterator[Carried]:
        """Minutes that wait for approval."""
        for place, one in enumerate(self._earlier):
            if one.network == self._id and awaits_approval(one):
                yield Carried("approval", one.id, one.title or "", self._id, one.date, len(self._earlier) - place)

    def _times(self, since: date, until: Due | None = None) -> int:
        """The meetings to which something has come that is open since that day, the asked one among them."""
        return 1 + self._came(until, (one for one in self._earlier if one.date > since))

    def items(self) -> Iterator[Carried]:
        """The open items, in no order."""
        for item in open_items(self._council, self._id):
            if item.added <= self._meeting.date:
                yield Carried(
                    "action",
                    item.id,
                    item.title,
                    item.network,
                    item.added,
                    self._times(item.added, item.due),
                    until=item.due,
                    matter=item.matter,
                    internal=item.internal,
                )

    def _open_matters(self) -> Iterator[Matter]:
        return (matter for matter in self._council.matters.values() if not matter.closed)

    def _matters(self) -> Iterator[Carried]:
        for matter in self._open_matters():
            if matter.network == self._id and not matter.referrals and matter.id not in self._taken:
                yield self._of_matter("matter", matter, "", matter.raised)
            sent_on = {one.parent for one in matter.referrals if not one.answer and not one.withdrawn}
            for referral in matter.referrals:
                if referral.withdrawn:
                    continue
                if referral.to == self._id and not referral.answer and referral.id not in sent_on:
                    yield self._of_matter("matter", matter, referral.id, referral.sent.date)
                source = f"{matter.id}/{referral.id}"
                if referral.from_ == self._id and referral.answer and source not in self._taken:
                    yield self._of_matter("answer", matter, referral.id, referral.answer.date)

    def _of_matter(self, rule: Rule, matter: Matter, referral: str, since: date) -> Carried:
        source = f"{matter.id}/{referral}" if referral else matter.id
        times = self._times(since)
        return Carried(rule, source, matter.title, self._id, since, times, matter=matter.id, internal=matter.internal)


def returns_to(council: Council, meeting: Meeting, via: str | None) -> str:
    """The body to which a thing returns that a meeting has left: of several that met, the one that had brought it.

    ``via`` is what brought the agenda item that left it.
    """
    source = council.meetings.get((via or "").partition("/")[0]) if meeting.with_ else None
    if source is None:
        return meeting.network
    before = next((earlier for earlier, thing in left_by(source) if thing.source == via), None)
    body = returns_to(council, source, before)
    return body if body in bodies(meeting) else meeting.network


def left_open(council: Council, meeting: Meeting) -> Iterator[Carried]:
    """What a held meeting has left and no meeting has taken up since, each with the body to which it returns."""
    taken = _taken_up(council)
    for via, thing in left_by(meeting):
        if thing.source not in taken:
            yield replace(thing, network=returns_to(council, meeting, via))


def passed_over(council: Council, meeting: Meeting) -> Iterator[Carried]:
    """The questions that were due at a held meeting, of which nothing was said there nor since."""
    taken = _taken_up(council) | {item.from_ for item in meeting.items()}
    return (thing for thing in questions(council, meeting) if thing.source not in taken)


def _taken_up(council: Council) -> set[str | None]:
    return {item.from_ for one in council.meetings.values() if one.held for item in one.items()}


def left_by(meeting: Meeting) -> Iterator[tuple[str | None, Carried]]:
    """What a held meeting has left for a later one, each with what had brought it to this one."""
    for block in meeting.preamble:
        if isinstance(block, NextTimeBlock):
            yield None, _entry(meeting, None, block)
    for item in meeting.agenda:
        yield from _left_of(meeting, item)


def _left_of(meeting: Meeting, item: AgendaItem) -> Iterator[tuple[str | None, Carried]]:
    if _is_question(item) and not _is_reached(item):
        yield item.from_, _carried("not_reached", meeting, item, item.id)
        return
    yield from ((item.from_, thing) for thing in _left_in(meeting, item))
    for part in item.parts:
        yield from _left_of(meeting, part)


def _left_in(meeting: Meeting, item: AgendaItem) -> Iterator[Carried]:
    deferred = [block for block in item.body if isinstance(block, DecisionBlock) and block.outcome == "deferred"]
    for block in deferred:
        yield replace(_carried("deferred", meeting, item, block.decision), until=block.to)
    for put_off in item.body if not deferred else ():
        if isinstance(put_off, DeferredBlock):
            yield replace(_carried("deferred", meeting, item, item.id), until=put_off.deferred)
            break
    for noted in item.body:
        if isinstance(noted, NextTimeBlock):
            yield _entry(meeting, item, noted)


def _carried(rule: Rule, meeting: Meeting, item: AgendaItem, local: str) -> Carried:
    return Carried(
        rule,
        f"{meeting.id}/{local}",
        item.title,
        meeting.network,
        meeting.date,
        times=0,
        matter=item.matter,
        internal=item.id in meeting.internal_ids(),
    )


def _entry(meeting: Meeting, item: AgendaItem | None, block: NextTimeBlock) -> Carried:
    title = " ".join(block.text.split()) or "–"
    internal = item is not None and item.id in meeting.internal_ids()
    source = f"{meeting.id}/{block.next_time}"
    return Carried("next_time", source, title, meeting.network, meeting.date, times=0, internal=internal)


def undecided(meeting: Meeting) -> Iterator[AgendaItem]:
    """The questions of the day that were talked about without anything being decided, promised or put off."""
    for item in meeting.agenda:
        texts = (block for part in item.walk() for block in part.body)
        if _is_question(item) and _is_reached(item) and all(isinstance(block, TALK) for block in texts):
            yield item


def _is_question(item: AgendaItem) -> bool:
    """Whether it is a question of the day, which does not come back by itself as standing and open items do."""
    return item.kind is None and item.network is None and not (item.from_ or "").startswith("i-") and not item.approves


def _is_reached(item: AgendaItem) -> bool:
    return any(any(not _is_out_of_time(block) for block in part.body) for part in item.walk())


def _is_out_of_time(block: object) -> bool:
    return isinstance(block, DroppedBlock) and block.dropped == "no_time"


def _is_dropped(item: AgendaItem) -> bool:
    return any(isinstance(block, DroppedBlock) and not _is_out_of_time(block) for block in item.body)


def later(council: Council, until: Due | None, meeting: Meeting) -> bool:
    """Whether something put off does not come yet; a meeting cancelled by then, or past, stands for the next one."""
    if until is None or until == "next":
        return False
    if isinstance(until, date):
        return until > meeting.date
    named = council.meetings.get(until)
    if named is None or (named.cancelled and named.cancelled.date <= meeting.date):
        return False
    return _when(named) > _when(meeting)


def _once(things: Iterable[Carried]) -> Iterator[Carried]:
    """The things without a matter that another of them is about already."""
    known = list(things)
    taken = {thing.matter for thing in known if thing.rule in ("deferred", "not_reached")} - {None}
    return (thing for thing in known if thing.rule not in ("matter", "answer") or thing.matter not in taken)


def _when(meeting: Meeting) -> tuple[date, str]:
    return meeting.date, meeting.id


def _order(thing: Carried) -> tuple[int, date, str]:
    return ORDER.index(thing.rule), thing.since, thing.source


def _waiting_order(one: Waiting) -> tuple[str, int, date, str]:
    return (one.because, *_order(one.thing))
