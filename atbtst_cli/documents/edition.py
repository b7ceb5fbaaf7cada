"""Editions of records: all of them, or what the public may read. No format can show what was taken here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Literal

from atbtst_cli.documents.scribe import Clerk, Scribe
from atbtst_cli.models.base import DatedName, Part
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import fold
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import (
    AgendaItem,
    Attendance,
    CalledItem,
    InternalBlock,
    Meeting,
    NextMeeting,
    WithheldBlock,
)
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network, Seat
from atbtst_cli.models.person import Named, Person
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import carry, seats
from atbtst_cli.store.layout import KINDS

Edition = Literal["internal", "public"]

PEOPLE = frozenset(
    {"chair", "secretary", "adjusters", "by", "substitute_for", "owners", "arrived", "left", "reservation", "presenter"}
)
"""The fields of records that say who."""
UNSEEN: Mapping[type[Part], Mapping[str, Any]] = {
    Meeting: {"link": None},
    NextMeeting: {"inferred": ()},
    Member: {"aliases": (), "email": None, "phone": None, "employer": None, "title": None},
    Network: {"mailing_list": None},
    Seat: {"holders": ()},
    Settings: {"mail": None},
}
"""The fields that the public never sees, each with what stands in it instead."""


def scribe_for(meeting: Meeting, council: Council, edition: Edition) -> Scribe:
    """Who writes that edition of a document: knows the meeting, and the council around it, as it may show them.

    In the public one there is no internal passage or item, only a line that says that one stood there; no contact
    data and no link to the meeting; no remark on how a day was read; and nobody's name who sits at the meeting for a
    seat whose ``public_name`` is false.
    """
    whole = Scribe(meeting, council)
    if edition == "internal":
        return whole
    public = _Public(whole, _hidden(council, carry.bodies(meeting), (meeting.date,), (meeting,)), meeting)
    return Scribe(public.part(meeting), public.council(), whole)


def clerk_for(
    council: Council, day: date, edition: Edition, bodies: tuple[str, ...] = (), since: date | None = None
) -> Clerk:
    """Who writes that edition of a document that is about no single meeting, but about bodies from one day to another.

    The public one knows nothing internal and no contact data, and names nobody who has sat in those bodies in that time
    for a seat whose ``public_name`` is false.
    """
    whole = Clerk(council, day, bodies)
    if edition == "internal":
        return whole
    since = since or day
    known = (one for body in bodies for one in council.meetings.values() if body in carry.bodies(one))
    met = tuple(one for one in known if since <= one.date <= day)
    days = {since, day, *_beginnings(council, since, day), *(one.date for one in met)}
    return Clerk(_Public(whole, _hidden(council, bodies, sorted(days), met)).council(), day, bodies)


def _beginnings(council: Council, since: date, until: date) -> Iterator[date]:
    """The days in that time on which somebody may have come to a seat, or a seat or body to be."""
    for network in council.networks.values():
        parts = (part for seat in network.seats for part in (seat, *seat.holders))
        for first in (network.founded, *(part.from_ for part in parts)):
            if first and since <= first <= until:
                yield first


def edit(meeting: Meeting, council: Council, edition: Edition) -> Meeting:
    """The meeting as that edition may show it."""
    return scribe_for(meeting, council, edition).meeting


def unnamed(meeting: Meeting, council: Council) -> list[str]:
    """The names in full and the ids of everybody whom the public documents of a meeting do not name, folded.

    Words that people have typed may hold them all the same, and first names mean others too often to be told of.
    """
    hidden = _hidden(council, carry.bodies(meeting), (meeting.date,), (meeting,))
    return sorted(name for name in hidden if " " in name or ("-" in name and name in council.members))


def has_internal(meeting: Meeting) -> bool:
    """Whether there is something in the meeting that its public edition does not show."""
    return bool(meeting.internal_ids()) or any(isinstance(block, InternalBlock) for _item, block in meeting.blocks())


class _Public:
    """Goes through records and gives each part of them as the public may see it in the documents of one meeting.

    Without a meeting it is for documents of several, each of which is gone through on its own before.
    """

    def __init__(self, clerk: Clerk, hidden: Mapping[str, str], meeting: Meeting | None = None) -> None:
        self._clerk = clerk
        self._hidden = hidden
        self._items = tuple(meeting.items()) if meeting else ()
        self._internal = meeting.internal_ids() if meeting else frozenset()
        tops = (item for item in self._items if item.internal)
        self._below = {below.id for top in tops for part in top.parts for below in part.walk()}

    def council(self) -> Council:
        council = self._clerk.council
        shown: dict[str, Any] = {kind: _Shown(getattr(council, kind), self.part) for kind in KINDS}
        return replace(council, settings=self.part(council.settings), **shown)

    def part(self, value: Any) -> Any:
        """A part, or several of them; None, and nothing among several, where none of it may be seen."""
        if isinstance(value, tuple):
            return tuple(shown for each in value if (shown := self.part(each)) is not None)
        return _PARTS.get(type(value), _Public.fields)(self, value) if isinstance(value, Part) else value

    def fields(self, part: Part) -> Part:
        values = {name: getattr(part, name) for name in type(part).model_fields} | dict(UNSEEN.get(type(part), {}))
        shown = {name: (self._people if name in PEOPLE else self.part)(value) for name, value in values.items()}
        return part.model_copy(update=shown)

    def _people(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._people(each) for each in value)
        # Whether a seat is the chair's stands in a field of that name too, and is nobody.
        seat = self._hidden.get(_folded(value)) if isinstance(value, str | Named) else None
        return Named(name=self._clerk.name(seat)) if seat else value

    def passage(self, _block: InternalBlock) -> Part:
        return WithheldBlock(withheld="passage")

    def item(self, item: AgendaItem) -> Part:
        if not item.internal:
            return self.fields(item)
        title, body = self._clerk.words.withheld_title, (WithheldBlock(withheld="item"),)
        return AgendaItem(id=item.id, title=title, internal=True, body=body)

    def called(self, item: CalledItem) -> Part | None:
        if item.id in self._below:
            return None
        is_internal = item.internal or item.id in self._internal
        return item.model_copy(update={"title": self._clerk.words.withheld_title}) if is_internal else item

    def next_meeting(self, coming: NextMeeting) -> Part | None:
        kinds = {item.kind for item in self._items if item.id in self._internal}
        return None if "next_meeting" in kinds else self.fields(coming)

    def attendance(self, row: Attendance) -> Part:
        seat = self._hidden.get(_folded(row.person))
        unnamed = {"member": None, "name": self._clerk.words.unnamed, "seats": row.seats or (seat,)}
        return self.fields(row.model_copy(update=unnamed) if seat else row)

    def member(self, member: Member) -> Part:
        seat = self._hidden.get(fold(member.id))
        names = (DatedName(name=self._clerk.name(seat)),) if seat else member.names
        return self.fields(member.model_copy(update={"names": names}))

    def unless_internal(self, record: ActionItem | Matter) -> Part | None:
        return None if record.internal else self.fields(record)


_PARTS: Mapping[type[Part], Callable[[_Public, Any], Part | None]] = {
    InternalBlock: _Public.passage,
    AgendaItem: _Public.item,
    CalledItem: _Public.called,
    NextMeeting: _Public.next_meeting,
    Attendance: _Public.attendance,
    Member: _Public.member,
    ActionItem: _Public.unless_internal,
    Matter: _Public.unless_internal,
}
"""What becomes of the parts that the public sees otherwise than field by field."""


class _Shown(Mapping[str, Any]):
    """The records of one kind as the public may see them, each made when it is asked for."""

    def __init__(self, records: Mapping[str, Any], show: Callable[[Any], Any]) -> None:
        self._records = records
        self._show = cache(lambda key: show(records[key]))

    def __getitem__(self, key: str) -> Any:
        shown = self._show(key)
        if shown is None:
            raise KeyError(key)
        return shown

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._records if key in self)

    def __len__(self) -> int:
        return sum(1 for _key in self)


def _hidden(
    council: Council, bodies: tuple[str, ...], days: Iterable[date], meetings: Iterable[Meeting]
) -> dict[str, str]:
    """The seat of everybody who stays unnamed on those days and at those meetings, by each way to name them, folded.

    Whoever stands in for one of them stays unnamed too: who sends a substitute is known by the one who comes.
    """
    here = [council.networks[body] for body in bodies if body in council.networks]
    hidden: dict[str, str] = {}
    for day in days:
        hidden |= _unnamed(council, seats.held(council, here, day))
    for meeting in meetings:
        hidden |= _unnamed(council, {_written(row.person): row.seats for row in meeting.attendance})
        for row in meeting.attendance:
            seat = hidden.get(_folded(row.substitute_for))
            hidden |= {name: seat for name in _names(council, _written(row.person)) if seat}
    return hidden


def _unnamed(council: Council, taken: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Of those who have taken seats, the ones who stay unnamed."""
    places = ((who, seat) for who, taken_by in taken.items() for seat in taken_by if _is_unnamed(council, seat))
    return {name: seat for who, seat in places for name in _names(council, who)}


def _is_unnamed(council: Council, seat: str) -> bool:
    """Whether documents do not name who holds the seat, or the one that it follows."""
    return not all(step.public_name for _body, step in seats.chain(council, seat).values())


def _names(council: Council, who: str) -> Iterator[str]:
    """Every way the record can name somebody, folded; a first name alone counts too, rather than let one slip out."""
    member = council.members.get(who)
    names = [name.name for name in member.names] if member else []
    firsts = [first for name in names for first in name.split()[:1]]
    yield from map(fold, (who, *names, *firsts, *(member.aliases if member else ())))


def _written(person: Person | None) -> str:
    return person.name if isinstance(person, Named) else person or ""


def _folded(person: Person | None) -> str:
    return fold(_written(person))
