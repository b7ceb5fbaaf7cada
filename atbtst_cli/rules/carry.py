"""What comes to a body's next meeting: asked of the record each time, never copied.

Everything that can come back has an id, and an agenda item says by ``from`` what brought it. A thing stays due until
a held meeting of its body has an agenda item from it; what is open (an action item, a matter before the body, minutes
without approval) stays due until it is closed. Held meetings are read and never touched.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Literal

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter, Referral
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
    ReferenceBlock,
    TextBlock,
    VotesBlock,
)
from atbtst_cli.rules import matters
from atbtst_cli.rules.succession import estate

Rule = Literal["approval", "deferred", "not_reached", "next_time", "matter", "answer", "action"]
"""What brings a thing back, in the order in which things come."""
ORDER: tuple[Rule, ...] = ("approval", "deferred", "not_reached", "next_time", "matter", "answer", "action")
STANDS_OUT = 3
"""From this time on a thing that comes again and again stands out."""


TALK = (TextBlock, InternalBlock, ArrivedBlock, LeftBlock, MatterBlock, VotesBlock, ReferenceBlock)
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


def ours(council: Council, meeting: Meeting) -> frozenset[str]:
    """The bodies that meet, and the dissolved ones for which they go on."""
    return frozenset().union(*(estate(council, body, meeting.date) for body in bodies(meeting)))


def awaits_approval(meeting: Meeting) -> bool:
    """Whether its minutes wait for approval; those without a number are an archive's and wait for nothing."""
    held = meeting.held and not meeting.cancelled
    return bool(held) and not meeting.approval and meeting.number is not None


def held(council: Council, *network_ids: str, since: date = date.min, until: date = date.max) -> list[Meeting]:
    """The meetings that the bodies have held in that time, alone or jointly, oldest first."""
    days = (one for one in council.meetings.values() if since <= one.date <= until)
    met = (one for one in days if one.held and not one.cancelled)
    return sorted((one for one in met if not set(network_ids).isdisjoint(bodies(one))), key=_when)


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
    put_off = [one.thing for one in waiting]
    return Ahead(tuple(sorted(_once(coming.values(), put_off), key=_order)), tuple(sorted(waiting, key=_waiting_order)))


def questions(council: Council, meeting: Meeting) -> tuple[Carried, ...]:
    """What comes to that meeting but open items and minutes to approve, in no order; no item is read for it."""
    found = [one for body in bodies(meeting) for one in _Body(council, body, meeting).questions()]
    put_off = [one for one in found if later(council, one.until, meeting)]
    coming = [one for one in found if one.rule != "approval" and one not in put_off]
    return tuple(_once(coming, put_off))


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
        self._ids = estate(council, network_id, meeting.date)
        self._earlier = [one for one in held(council, *self._ids) if _when(one) < _when(meeting)]
        self._met = {one.id for one in self._earlier}
        self._taken = {item.from_ for one in self._earlier for item in one.items() if item.from_}

    def questions(self) -> Iterator[Carried]:
        """Everything that stays due but the open items, in no order."""
        yield from self._unapproved()
        yield from self._left()
        yield from self._matters()

    def waiting(self) -> Iterator[Waiting]:
        """What was dropped at the latest meeting, and what the body has sent on and hears of by its answer."""
        for item in self._earlier[-1].items() if self._earlier else ():
            if item.is_question and _is_dropped(item):
                yield Waiting(_carried("not_reached", self._earlier[-1], item, item.id), "dropped")
        for matter in self._open_matters():
            for referral in matter.referrals:
                if referral.waits and referral.from_ in self._ids and referral.to not in self._ids:
                    yield Waiting(self._of_matter("answer", matter, referral.id, referral.sent.date), "elsewhere")

    @cached_property
    def _spoken(self) -> dict[str, date]:
        """The matters that the body's meetings have spoken of, each with the last day."""
        blocks = ((block, one.date) for one in self._earlier for _item, block in one.blocks())
        return {block.matter: day for block, day in blocks if isinstance(block, MatterBlock)}

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
            if thing.network in self._ids and thing.source not in self._taken:
                yield replace(
                    thing, network=self._id, times=thing.times + self._came(thing.until, self._earlier[place + 1 :]) + 1
                )

    def _came(self, until: Due | None, meetings: Iterable[Meeting]) -> int:
        """To how many of those meetings something came that was put off until then."""
        return sum(not later(self._council, until, one) for one in meetings)

    def _unapproved(self) -> Iterator[Carried]:
        """Minutes that wait for approval."""
        for place, one in enumerate(self._earlier):
            if one.network in self._ids and awaits_approval(one):
                yield Carried("approval", one.id, one.title or "", self._id, one.date, len(self._earlier) - place)

    def _times(self, since: date, until: Due | None = None) -> int:
        """The meetings to which something has come that is open since that day, the asked one among them."""
        return 1 + self._came(until, (one for one in self._earlier if one.date > since))

    def items(self) -> Iterator[Carried]:
        """The open items, in no order."""
        for item in open_items(self._council, *self._ids):
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
        """The matters that lie with the body, each once: an answer that it has not heard yet goes before the rest."""
        for matter in self._council.matters.values():
            if matter.closed:
                yield from self._unread(matter)
                continue
            answers = [one for one in matter.referrals if one.from_ in self._ids and self._is_news(matter, one)]
            received = [one for one in matter.referrals if one.to in self._ids and self._lies_here(matter, one)]
            for one in answers:
                if one.answer:
                    yield self._of_matter("answer", matter, one.id, one.answer.date)
            for one in received if not answers else ():
                yield self._of_matter("matter", matter, one.id, one.sent.date)
            if matter.network in self._ids and not answers and not received and not matters.leaves(matter):
                yield self._of_matter("matter", matter, "", matter.raised)

    def _unread(self, matter: Matter) -> Iterator[Carried]:
        """What the body was sent for information of a matter that is closed, and has not read."""
        for one in matter.referrals:
            if one.to in self._ids and one.role == "information" and self._lies_here(matter, one):
                yield self._of_matter("matter", matter, one.id, one.sent.date)

    def _is_news(self, matter: Matter, referral: Referral) -> bool:
        """Whether a sending of the body was answered, and none of its meetings has heard or taken up the answer."""
        if referral.answer is None or (referral.answer.at or "").partition("/")[0] in self._met:
            return False
        return not self._is_known(matter, referral, referral.answer.date)

    def _lies_here(self, matter: Matter, referral: Referral) -> bool:
        """Whether what the body was sent waits with it; what it got for information is read once."""
        if referral.role == "information":
            return not referral.withdrawn and not self._is_known(matter, referral, referral.sent.date)
        return referral in matters.leaves(matter)

    def _is_known(self, matter: Matter, referral: Referral, since: date) -> bool:
        """Whether a meeting has taken up what was sent or answered that day, or has spoken of the matter since."""
        if f"{matter.id}/{referral.id}" in self._taken:
            return True
        return matter.id in self._spoken and self._spoken[matter.id] >= since

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
    dealt = {matter for item in meeting.items() for matter in matters.about(item)}
    due = (thing for thing in questions(council, meeting) if thing.source not in taken)
    return (thing for thing in due if thing.rule not in ("matter", "answer") or thing.matter not in dealt)


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
    if item.is_question and not _is_reached(item):
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
    """The questions of the day that were talked about without anything being decided, promised or put off.

    A matter is none of them: it comes back by itself until it is closed.
    """
    for item in meeting.agenda:
        texts = (block for part in item.walk() for block in part.body)
        is_talk = item.matter is None and item.is_question and _is_reached(item)
        if is_talk and all(isinstance(block, TALK) for block in texts):
            yield item


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


def _once(things: Collection[Carried], put_off: Iterable[Carried]) -> Iterator[Carried]:
    """The things without a matter that a question not decided or not reached is about, be it put off or coming."""
    taken = {thing.matter for thing in (*things, *put_off) if thing.rule in ("deferred", "not_reached")} - {None}
    return (thing for thing in things if thing.rule not in ("matter", "answer") or thing.matter not in taken)


def _when(meeting: Meeting) -> tuple[date, str]:
    return meeting.date, meeting.id


def _order(thing: Carried) -> tuple[int, date, str]:
    return ORDER.index(thing.rule), thing.since, thing.source


def _waiting_order(one: Waiting) -> tuple[str, int, date, str]:
    return (one.because, *_order(one.thing))
