"""A matter and its way between bodies: records/matters/<year>/<id>.yaml."""

from typing import Literal

from pydantic import Field

from atbtst_cli.models.base import Date, Line, LocalId, MatterId, Part, Record, Slug, Text
from atbtst_cli.models.item import Origin
from atbtst_cli.models.person import Person


class Sent(Part):
    """The sending itself."""

    date: Date = Field(description="The day.")
    by: Person | None = Field(None, description="Who sent it.")
    decision: Line | None = Field(None, description="The decision behind it, such as 2026-02-17-rad/d-1.")


class Answer(Part):
    """What came back: a decision, or words."""

    date: Date = Field(description="The day.")
    by: Person | None = Field(None, description="Who answered.")
    decision: Line | None = Field(None, description="The decision that answers, such as 2026-02-17-rad/d-1.")
    text: Text | None = Field(None, description="The answer in words.")


class Referral(Part):
    """One sending of a matter to a body, with its answer."""

    id: LocalId = Field(description="Its id within the matter, such as r-1.")
    parent: LocalId | None = Field(None, description="The sending that this one continues.")
    from_: Slug = Field(alias="from", description="The body that sends.")
    to: Slug = Field(description="The body or instance it is sent to.")
    role: Literal["preparation", "decision", "information"] = Field(description="What is asked of the receiver.")
    sent: Sent = Field(description="When, and by what decision.")
    answer: Answer | None = Field(None, description="What came back.")
    withdrawn: Date | None = Field(None, description="The day it was taken back.")


class MatterClosed(Part):
    """That the matter is closed."""

    date: Date = Field(description="The day.")
    reason: Text | None = Field(None, description="Why.")


class Matter(Record):
    """A question that travels between bodies until it is answered."""

    id: MatterId = Field(description="The file's name; opaque, it never changes.")
    title: Line = Field(description="The question in a line.")
    network: Slug = Field(description="The body that raised it.")
    raised: Date = Field(description="The day it was raised.")
    origin: Origin | None = Field(None, description="Where it was raised.")
    reference: Line | None = Field(None, description="Diarienummer.")
    internal: bool = Field(default=False, description="Whether it stays out of public documents.")
    referrals: tuple[Referral, ...] = Field((), description="Its sendings, in order.")
    closed: MatterClosed | None = Field(None, description="Absent while it is open.")
