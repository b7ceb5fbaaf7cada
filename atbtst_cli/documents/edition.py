"""Editions of a meeting: all of it, or what the public may read. No format can show what was taken here."""

from typing import Any, Literal

from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.models.base import Part
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import fold
from atbtst_cli.models.meeting import AgendaItem, Attendance, InternalBlock, Meeting, WithheldBlock
from atbtst_cli.models.person import Named
from atbtst_cli.rules import seats

Edition = Literal["internal", "public"]

PEOPLE = frozenset(
    {"chair", "secretary", "adjusters", "by", "substitute_for", "owners", "arrived", "left", "reservation"}
)
"""The fields of a meeting that say who."""


def edit(meeting: Meeting, council: Council, edition: Edition) -> Meeting:
    """The meeting as that edition may show it.

    The public one has no internal passage or item, only a line that says that one stood there; no link to the meeting;
    and nobody's name who sits there for a seat whose ``public_name`` is false.
    """
    if edition == "internal":
        return meeting
    shown: Meeting = _Public(Scribe(meeting, council)).part(meeting)
    secret = any(item.internal and item.kind == "next_meeting" for item in meeting.items())
    return shown.model_copy(update={"link": None, "next_meeting": None if secret else shown.next_meeting})


class _Public:
    """Goes through a meeting and gives each of its parts as the public may see it."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._hidden = _hidden(scribe)

    def part(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.part(each) for each in value)
        if isinstance(value, InternalBlock):
            return WithheldBlock(withheld="passage")
        if isinstance(value, AgendaItem) and value.internal:
            title, body = self._scribe.words.withheld_title, (WithheldBlock(withheld="item"),)
            return AgendaItem(id=value.id, title=title, internal=True, body=body)
        if isinstance(value, Part):
            whole = self._row(value) if isinstance(value, Attendance) else value
            return whole.model_copy(update=self._fields(whole))
        return value

    def _fields(self, part: Part) -> dict[str, Any]:
        values = {name: getattr(part, name) for name in type(part).model_fields}
        return {name: (self._people if name in PEOPLE else self.part)(value) for name, value in values.items()}

    def _people(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._people(each) for each in value)
        seat = self._hidden.get(fold(value.name if isinstance(value, Named) else value or ""))
        return Named(name=self._scribe.name(seat)) if seat else value

    def _row(self, row: Attendance) -> Attendance:
        seat = self._hidden.get(fold(row.member or row.name or ""))
        unnamed = {"member": None, "name": self._scribe.words.unnamed, "seats": row.seats or (seat,)}
        return row.model_copy(update=unnamed) if seat else row


def _hidden(scribe: Scribe) -> dict[str, str]:
    """The seat of everybody who stays unnamed at this meeting, by each way to name them."""
    council, meeting = scribe.council, scribe.meeting
    unnamed = {
        f"{network.id}/{seat.id}"
        for network in council.networks.values()
        for seat in network.seats
        if not seat.public_name
    }
    here = [council.networks[body] for body in (meeting.network, *meeting.with_) if body in council.networks]
    held = seats.held(council, here, meeting.date)
    taken = {row.member or row.name or "": row.seats for row in meeting.attendance}
    sitting = [*held.items(), *taken.items()]
    hidden = {who: seat for who, places in sitting for seat in places if seat in unnamed}
    return {fold(name): seat for who, seat in hidden.items() for name in _names(scribe, who)}


def _names(scribe: Scribe, who: str) -> tuple[str, ...]:
    """Every way the record can name somebody; a first name alone counts too, rather than let one slip out."""
    member = scribe.council.members.get(who)
    if member is None:
        return (who,)
    name = member.name(scribe.meeting.date)
    return (who, name, *name.split()[:1], *member.aliases)
