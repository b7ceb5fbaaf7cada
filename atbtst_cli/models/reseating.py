"""The seats that a body is to have from a day on, as somebody writes them down for a reorganisation."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from atbtst_cli.models.base import Flag, Line, Part, SeatRef
from atbtst_cli.models.network import Place, SeatKind


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


Spoken = Annotated[Line, BeforeValidator(_stripped)]
"""A name as somebody writes it into a list; blanks alone are none."""


class PlannedSeat(Place):
    """One seat; one of the same id goes on, and what is left out of it stays as it is."""

    kind: SeatKind = Field(description="A required seat that stands empty is a finding, an offered one may.")
    name: Spoken = Field(description="What the seat is called from that day on.")
    short: Spoken | None = Field(None, description="The short name people say.")
    chair: Flag | None = Field(None, description="Whether its holder chairs the body.")
    public_name: Flag | None = Field(None, description="Whether public documents name its holder.")
    follows: SeatRef | None = Field(None, description="Another body's seat; whoever holds that one holds this one.")


class Reseating(Part):
    """All the seats of the body from that day on, in the order of the attendance list."""

    seats: Annotated[tuple[PlannedSeat, ...], Field(min_length=1)] = Field(description="Its seats.")
