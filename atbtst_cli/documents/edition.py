"""Editions of a meeting: all of it, or what the public may read. No format can show what was taken here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Literal

from atbtst_cli.documents.scribe import Scribe
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
from atbtst_cli.rules import seats
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
    public = _Public(whole)
    return Scribe(public.part(meeting), public.council())


def edit(meeting: Meeting, council: Council, edition: Edition) -> Meeting:
    """The meeting as that edition may show it."""
    return scribe_for(meeting, council, edition).meeting


def has_internal(meeting: Meeting) -> bool:
    """Whether there is something in the meeting that its public edition does not show."""
    return bool(meeting.internal_ids()) or any(isinstance(block, InternalBlock) for _item, block in meeting.blocks())


class _Public:
    """Goes through records and gives each part of them as the public may see it in the documents of one meeting."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._hidden = _hidden(scribe)
        self._internal = scribe.meeting.internal_ids()
        tops = (item for item in scribe.meeting.items() if item.internal)
        self._below = {below.id for top in tops for part in top.parts for below in part.walk()}

    def council(self) -> Council:
        council = self._scribe.council
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
        return Named(name=self._scribe.name(seat)) if seat else value

    def passage(self, _block: InternalBlock) -> Part:
        return WithheldBlock(withheld="passage")

    def item(self, item: AgendaItem) -> Part:
        if not item.internal:
            return self.fields(item)
        title, body = self._scribe.words.withheld_title, (WithheldBlock(withheld="item"),)
        return AgendaItem(id=item.id, title=title, internal=True, body=body)

    def called(self, item: CalledItem) -> Part | None:
        if item.id in self._below:
            return None
        is_internal = item.internal or item.id in self._internal
        return item.model_copy(update={"title": self._scribe.words.withheld_title}) if is_internal else item

    def next_meeting(self, coming: NextMeeting) -> Part | None:
        kinds = {item.kind for item in self._scribe.meeting.items() if item.id in self._internal}
        return None if "next_meeting" in kinds else self.fields(coming)

    def attendance(self, row: Attendance) -> Part:
        seat = self._hidden.get(_folded(row.person))
        unnamed = {"member": None, "name": self._scribe.words.unnamed, "seats": row.seats or (seat,)}
        return self.fields(row.model_copy(update=unnamed) if seat else row)

    def member(self, member: Member) -> Part:
        seat = self._hidden.get(fold(member.id))
        names = (DatedName(name=self._scribe.name(seat)),) if seat else member.names
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


def _hidden(scribe: Scribe) -> dict[str, str]:
    """The seat of everybody who stays unnamed at this meeting, by each way to name them, folded.

    Whoever stands in for one of them stays unnamed too: who sends a substitute is known by the one who comes.
    """
    council, meeting = scribe.council, scribe.meeting
    here = [council.networks[body] for body in (meeting.network, *meeting.with_) if body in council.networks]
    held = seats.held(council, here, meeting.date)
    taken = {_written(row.person): row.seats for row in meeting.attendance}
    hidden = {
        name: seat
        for who, places in (*held.items(), *taken.items())
        for seat in places
        if _is_unnamed(council, seat)
        for name in _names(scribe, who)
    }
    for row in meeting.attendance:
        seat = hidden.get(_folded(row.substitute_for))
        hidden |= {name: seat for name in _names(scribe, _written(row.person)) if seat}
    return hidden


def _is_unnamed(council: Council, seat: str) -> bool:
    """Whether documents do not name who holds the seat, or the one that it follows."""
    return not all(step.public_name for _body, step in seats.chain(council, seat).values())


def _names(scribe: Scribe, who: str) -> Iterator[str]:
    """Every way the record can name somebody, folded; a first name alone counts too, rather than let one slip out."""
    member = scribe.council.members.get(who)
    names = [name.name for name in member.names] if member else []
    firsts = [first for name in names for first in name.split()[:1]]
    yield from map(fold, (who, *names, *firsts, *(member.aliases if member else ())))


def _written(person: Person | None) -> str:
    return person.name if isinstance(person, Named) else person or ""


def _folded(person: Person | None) -> str:
    return fold(_written(person))
