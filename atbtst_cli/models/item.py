"""An action item: records/items/<year>/<id>.yaml, under the year it was added. What is true of it now."""

from typing import Literal

from pydantic import Field

from atbtst_cli.models.base import (
    Date,
    Flag,
    ItemId,
    Line,
    LocalId,
    MatterId,
    MeetingId,
    Part,
    Record,
    Slug,
    Text,
)
from atbtst_cli.models.meeting import Due
from atbtst_cli.models.person import Owner, Person


class Origin(Part):
    """The meeting and agenda item where it was agreed."""

    meeting: MeetingId = Field(description="The meeting's id.")
    agenda_item: LocalId | None = Field(None, description="The agenda item's id.")


class LogEntry(Part):
    """News of the item."""

    date: Date = Field(description="The day.")
    by: Person | None = Field(None, description="Who told it.")
    note: Text = Field(description="What happened.")
    meeting: MeetingId | None = Field(None, description="The meeting where it was told.")


class Closed(Part):
    """That it is closed: when, how, and at which meeting."""

    date: Date = Field(description="The day.")
    as_: Literal["done", "dropped"] = Field(alias="as", description="Done, or dropped.")
    by: Person | None = Field(None, description="Who closed it.")
    meeting: MeetingId | None = Field(None, description="The meeting where it was closed.")
    reason: Text | None = Field(None, description="Why, or how.")


class ActionItem(Record):
    """Something somebody has promised to do."""

    id: ItemId = Field(description="The file's name; opaque, it never changes.")
    title: Line = Field(description="What is to be done; it makes sense alone.")
    network: Slug = Field(description="The body that follows it up.")
    added: Date = Field(description="The day it was agreed.")
    origin: Origin | None = Field(None, description="Where it was agreed.")
    matter: MatterId | None = Field(None, description="The matter it belongs to.")
    internal: Flag = Field(default=False, description="Whether it stays out of public documents.")
    owners: tuple[Owner, ...] = Field((), description="Members, or seats such as ron-at/convenor.")
    due: Due | None = Field(None, description="A date, a meeting's id, or next.")
    log: tuple[LogEntry, ...] = Field((), description="What has happened since, oldest first.")
    closed: Closed | None = Field(None, description="Absent while it is open.")
