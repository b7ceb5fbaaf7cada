"""A body of the council: records/networks/<id>.yaml."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from atbtst_cli.models.base import (
    Date,
    Dated,
    DatedName,
    Email,
    Flag,
    Line,
    Part,
    Record,
    SeatRef,
    Slug,
    Text,
    Whole,
    name_on,
)
from atbtst_cli.models.meeting import AgendaKind

SeatKind = Literal["convenor", "required", "offered", "guest"]


class Holding(Dated):
    """Who holds a seat, and when."""

    member: Slug = Field(description="The member's id.")
    on_behalf_of: Line | None = Field(
        None, description="Whom the holder speaks for, where it is not the seat's own body."
    )


class Place(Part):
    """Something in a record that has an id, which stands before its dates."""

    id: Slug


class Seat(Dated, Place):
    """A place in a body; it belongs to a place or a function, never to a person."""

    kind: SeatKind = Field(description="A required seat that stands empty is a finding, an offered one may.")
    names: Annotated[tuple[DatedName, ...], Field(min_length=1)] = Field(
        description="What the seat is called, by date."
    )
    chair: Flag = Field(default=False, description="Whether its holder chairs the body.")
    public_name: Flag = Field(default=True, description="Whether public documents name its holder.")
    declined: Date | None = Field(None, description="The day the offer of the seat was declined.")
    follows: SeatRef | None = Field(None, description="Another body's seat; whoever holds that one holds this one.")
    holders: tuple[Holding, ...] = Field((), description="Who holds it, and when.")

    def name(self, on: date) -> str:
        """What the seat is called on that day."""
        return name_on(self.names, on).name


class Quorum(Dated):
    """How many seats must be taken at a meeting for its decisions to hold."""

    count: Whole = Field(description="How many seats.")
    seats: tuple[Slug, ...] = Field((), description="Of which seats of the body; absent for all but guests' seats.")


class Standing(Part):
    """A standing agenda item of a body."""

    title: Line = Field(description="Its title in the agenda.")
    kind: AgendaKind | None = Field(None, description="What kind of agenda item it is.")
    network: Slug | None = Field(None, description="The network whose report it is.")
    parts: tuple["Standing", ...] = Field((), description="Its sub-items.")


class Network(Record):
    """A council, a network, or a body that is dissolved and lives on as an archive."""

    id: Slug = Field(description="The file's name; it never changes.")
    kind: Literal["council", "network"] = Field(description="The council itself, or a network.")
    names: Annotated[tuple[DatedName, ...], Field(min_length=1)] = Field(description="Names by date.")
    aliases: tuple[Line, ...] = Field((), description="Other names by which people call it.")
    founded: Date | None = Field(None, description="Its first day.")
    dissolved: Date | None = Field(None, description="Its last day.")
    description: Text | None = Field(None, description="What it does, in a few words.")
    mailing_list: Email | None = Field(None, description="Its distribution list, which gets calls and minutes too.")
    successors: tuple[Slug, ...] = Field(
        (), description="The bodies that took over, first the one that goes on with what was left open."
    )
    reports_to: Slug | None = Field(None, description="The body whose meetings it reports to.")
    refers_to: tuple[Slug, ...] = Field(
        (), description="The bodies and instances it may send matters to; absent where it may send them anywhere."
    )
    quorum: tuple[Quorum, ...] = Field((), description="How many must be there to decide, by date.")
    standing: tuple[Standing, ...] = Field((), description="The items of every agenda, in order.")
    seats: tuple[Seat, ...] = Field((), description="Its seats, in the order of the attendance list.")

    def lives(self, on: date) -> bool:
        """Whether there is such a body on that day."""
        return (self.founded is None or self.founded <= on) and (self.dissolved is None or on <= self.dissolved)

    def name(self, on: date) -> str:
        """The full name of that day."""
        return name_on(self.names, on).name

    def short(self, on: date) -> str:
        """The short name of that day, or the full one where it has none."""
        name = name_on(self.names, on)
        return name.short or name.name

    def seat(self, seat_id: str) -> Seat | None:
        """The seat with that id."""
        return next((seat for seat in self.seats if seat.id == seat_id), None)
