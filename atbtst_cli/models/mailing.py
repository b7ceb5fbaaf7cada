"""A mailing: records/mailings/<year>/<id>.yaml. What was sent to whom and when; no address stands here."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from atbtst_cli.language import _
from atbtst_cli.models.base import RANDOM, Date, ItemId, Line, MeetingId, Part, Record, Slug, Whole
from atbtst_cli.models.person import Person

MailingId = Annotated[str, StringConstraints(pattern=rf"^s-{RANDOM}$")]


def key_of(member: str | None, network: str | None) -> str:
    """What tells a recipient from all others: a member, or the list of a body; no member's id holds a dot."""
    return member or f"{network}.list"


class Delivery(Part):
    """One recipient of a mailing, and what became of their copy."""

    member: Slug | None = Field(None, description="The member's id.")
    list_: Slug | None = Field(None, alias="list", description="The body whose distribution list it is.")
    status: Literal["sent", "refused", "uncertain"] = Field(
        description="Taken over by the mail server or sent by hand; refused by it; or broken off, so that nobody knows."
    )
    at: Line | None = Field(None, description="When, as ISO date and time with offset.")
    items: tuple[ItemId, ...] = Field((), description="The action items of a reminder.")

    @property
    def to(self) -> str:
        """What tells its recipient from all others."""
        return key_of(self.member, self.list_)

    @model_validator(mode="after")
    def _one_recipient(self) -> "Delivery":
        if (self.member is None) == (self.list_ is None):
            raise ValueError(_("either member or list says who it went to, and not both"))
        return self


class Mailing(Record):
    """One mailing: a call, minutes, or reminders."""

    id: MailingId = Field(description="The file's name; opaque, it never changes.")
    kind: Literal["agenda", "minutes", "reminder"] = Field(description="What was sent.")
    meeting: MeetingId | None = Field(None, description="The meeting whose agenda or minutes were sent.")
    revision: Whole = Field(0, description="Which state of the meeting: how often it was moved, cancelled, approved.")
    date: Date = Field(description="The day it began.")
    by: Person | None = Field(None, description="Who sent it.")
    deliveries: tuple[Delivery, ...] = Field((), description="What became of each letter, in the order it did.")

    @property
    def last(self) -> str:
        """When the latest of its letters went; nothing before any did."""
        return max((one.at or "" for one in self.deliveries), default="")

    def fate(self, to: str, items: Collection[str]) -> Delivery | None:
        """What became of the latest letter to that recipient that held all those action items, if there was one."""
        known = (one for one in reversed(self.deliveries) if one.to == to and set(items) <= set(one.items))
        return next(known, None)

    def noted(self, delivery: Delivery) -> "Mailing":
        """The mailing with what became of one more letter, or of the same one since."""
        others = (one for one in self.deliveries if (one.to, one.items) != (delivery.to, delivery.items))
        return self.model_copy(update={"deliveries": (*others, delivery)})
