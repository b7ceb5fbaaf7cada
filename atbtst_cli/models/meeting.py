"""A meeting and its minutes: records/meetings/<year>/<id>/meeting.yaml; one meeting, one record."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    WithJsonSchema,
    model_validator,
)

from atbtst_cli.language import _
from atbtst_cli.models.base import (
    SLUG,
    WRITTEN_DATE,
    Date,
    Flag,
    ItemId,
    Line,
    LocalId,
    MatterId,
    MeetingId,
    Part,
    Record,
    SeatRef,
    Slug,
    Text,
    Time,
    Whole,
    day,
)
from atbtst_cli.models.person import Named, Owner, Person

AgendaKind = Literal["previous_minutes", "reports", "actions", "other", "next_time", "next_meeting"]
Outcome = Literal["adopted", "adopted_with_changes", "rejected", "deferred", "referred", "noted", "withdrawn"]
Role = Literal["preparation", "decision", "information"]
Status = Literal["present", "excused", "absent", "guest"]


def _due(value: Any) -> Any:
    if isinstance(value, str) and WRITTEN_DATE.fullmatch(value):
        return day(value)
    if isinstance(value, date) or value == "next" or (isinstance(value, str) and DUE_MEETING.fullmatch(value)):
        return value
    raise ValueError(_("it is a date such as 2026-02-17, a meeting's id, or next"))


DUE_MEETING = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}-{SLUG}", re.ASCII)

Due = Annotated[
    date | str,
    PlainValidator(_due),
    PlainSerializer(str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": rf"^(next|\d{{4}}-\d{{2}}-\d{{2}}(-{SLUG})?)$"}),
]
"""A day, a meeting, or the body's next one."""


class TextBlock(Part):
    """Running text, in Markdown."""

    text: Text = Field(description="The text, in Markdown.")


class InternalBlock(Part):
    """Text that stays out of the public edition."""

    internal: Text = Field(description="The text, in Markdown.")


class DecisionBlock(Part):
    """A decision as it was minuted."""

    decision: LocalId = Field(description="Its id within the meeting, such as d-1.")
    number: Whole | None = Field(None, description="The number people cite, per body and year; drawn when held.")
    outcome: Outcome = Field("adopted", description="What the decision was.")
    to: Due | None = Field(None, description="When it comes back, for a deferred one.")
    text: Text = Field(description="The decision in words.")


class ActionBlock(Part):
    """An action item as it was minuted; it never follows what becomes of the item."""

    action: ItemId = Field(description="The action item's id.")
    text: Text = Field(description="What is to be done, as minuted.")
    owners: tuple[Owner, ...] = Field((), description="Members or seats, as minuted.")
    due: Due | None = Field(None, description="A date, a meeting's id, or next, as minuted.")


class ProgressBlock(Part):
    """What was said of an action item: news, that it is done, or that it is dropped."""

    progress: ItemId = Field(description="The action item's id.")
    closes: Literal["done", "dropped"] | None = Field(None, description="How it closes the item; absent for news.")
    text: Text = Field("", description="What was said.")


class DroppedBlock(Part):
    """An agenda item that was not dealt with, in the words it was written in."""

    dropped: Literal["nobody_present", "no_time", "other"] = Field(description="Why it was not dealt with.")
    text: Text = Field("", description="The words as written.")


class DeferredBlock(Part):
    """An agenda item put off to another meeting, without a decision's number."""

    deferred: Due = Field(description="When it comes back.")
    text: Text = Field("", description="The words as written.")


class ApprovalBlock(Part):
    """The approval of earlier minutes, as a marked line."""

    approval: Literal["adopted", "adopted_with_changes", "rejected"] = Field(
        description="Whether and how the minutes were approved."
    )
    text: Text = Field("", description="The words as written.")


class NextTimeBlock(Part):
    """Something to bring up at the body's next meeting."""

    next_time: LocalId = Field(description="Its id within the meeting, such as c-4k2.")
    text: Text = Field(description="What to bring up.")


class ArrivedBlock(Part):
    """Somebody came at this point."""

    arrived: Person = Field(description="Who came.")
    at: Time | None = Field(None, description="When, if it was written.")


class LeftBlock(Part):
    """Somebody left at this point."""

    left: Person = Field(description="Who left.")
    at: Time | None = Field(None, description="When, if it was written.")


class MatterBlock(Part):
    """The matter that the text is about."""

    matter: MatterId = Field(description="The matter's id.")
    closes: Flag = Field(default=False, description="Whether it closes the matter.")
    text: Text = Field("", description="What was said.")


class ReferralBlock(Part):
    """A matter sent to another body or instance."""

    referral: Slug = Field(description="The id of the body or instance.")
    role: Role = Field("decision", description="What is asked of it.")
    text: Text = Field("", description="What was sent, and why.")


class AnswerBlock(Part):
    """What another body or instance answered."""

    answer: Slug = Field(description="The id of the body or instance.")
    text: Text = Field("", description="The answer in words.")


class VotesBlock(Part):
    """How the votes fell, in the words of the minutes."""

    votes: Text = Field(description="The words as written.")


class ReservationBlock(Part):
    """A reservation against a decision, and whose it is."""

    reservation: tuple[Person, ...] = Field(description="Whose it is; an empty list where no name was written.")
    text: Text = Field("", description="The words as written.")


class SupersedesBlock(Part):
    """An earlier decision that the decision before it takes the place of."""

    supersedes: Line = Field(description="The earlier decision, such as 2025-11-18-rad/d-1.")
    cited: Line | None = Field(None, description="What people called it then, such as RÅD § 12/2025.")
    text: Text = Field("", description="The words as written.")


class ReferenceBlock(Part):
    """The diarienummer of the decision before it, or of the agenda item where no decision stands before it."""

    reference: Line = Field(description="The diarienummer.")


class WithheldBlock(Part):
    """A neutral line in the public edition where something internal stood; never typed."""

    withheld: Literal["passage", "item"] = Field(description="Whether a passage or a whole item stood here.")


KINDS = (
    "internal",
    "decision",
    "action",
    "progress",
    "dropped",
    "deferred",
    "approval",
    "next_time",
    "arrived",
    "left",
    "matter",
    "referral",
    "answer",
    "votes",
    "reservation",
    "supersedes",
    "reference",
    "withheld",
    "text",
)
"""The keys that say which kind a block is; ``text`` last, because most kinds carry words too."""


def kind_of(block: Any) -> str | None:
    """Which kind a block is, as a record's mapping or as a model; None for neither."""
    keys = block if isinstance(block, dict) else type(block).model_fields if isinstance(block, Part) else ()
    return next((kind for kind in KINDS if kind in keys), None)


Block = Annotated[
    Annotated[TextBlock, Tag("text")]
    | Annotated[InternalBlock, Tag("internal")]
    | Annotated[DecisionBlock, Tag("decision")]
    | Annotated[ActionBlock, Tag("action")]
    | Annotated[ProgressBlock, Tag("progress")]
    | Annotated[DroppedBlock, Tag("dropped")]
    | Annotated[DeferredBlock, Tag("deferred")]
    | Annotated[ApprovalBlock, Tag("approval")]
    | Annotated[NextTimeBlock, Tag("next_time")]
    | Annotated[ArrivedBlock, Tag("arrived")]
    | Annotated[LeftBlock, Tag("left")]
    | Annotated[MatterBlock, Tag("matter")]
    | Annotated[ReferralBlock, Tag("referral")]
    | Annotated[AnswerBlock, Tag("answer")]
    | Annotated[VotesBlock, Tag("votes")]
    | Annotated[ReservationBlock, Tag("reservation")]
    | Annotated[SupersedesBlock, Tag("supersedes")]
    | Annotated[ReferenceBlock, Tag("reference")]
    | Annotated[WithheldBlock, Tag("withheld")],
    Discriminator(
        kind_of,
        custom_error_type="block_kind",
        custom_error_message=", ".join(KINDS),
    ),
]


class AgendaItem(Part):
    """One item of the agenda; its place is its order, its printed number is derived, its id is neither."""

    id: LocalId = Field(description="Its id within the meeting, such as p-3f8.")
    kind: AgendaKind | None = Field(
        None, description="What kind of agenda item it is; absent for a question of the day."
    )
    network: Slug | None = Field(None, description="The network whose report it is.")
    title: Line = Field(description="Its title.")
    from_: Line | None = Field(None, alias="from", description="What brought it here, such as 2025-11-18-rad/c-4k2.")
    approves: MeetingId | None = Field(None, description="The minutes that this item approves.")
    matter: MatterId | None = Field(None, description="The matter it is about.")
    internal: Flag = Field(default=False, description="Whether the whole item stays out of the public edition.")
    presenter: Person | None = Field(None, description="Who presents it.")
    allotted: Whole | None = Field(None, description="The minutes set aside for it.")
    papers: tuple[Line, ...] = Field((), description="Its papers: names of files in papers/ beside the meeting.")
    body: tuple[Block, ...] = Field((), description="What was said and decided, in order.")
    parts: tuple["AgendaItem", ...] = Field((), description="Its sub-items.")

    @property
    def follows_up(self) -> bool:
        """Whether it follows up an open action item, which comes back by itself until it is closed."""
        return (self.from_ or "").startswith("i-")

    @property
    def is_question(self) -> bool:
        """Whether it is a question of the day, which does not come back by itself as standing and open items do."""
        return self.kind is None and self.network is None and not self.follows_up and not self.approves

    def walk(self) -> Iterator["AgendaItem"]:
        """This item and its parts, in the order of the document."""
        yield self
        for part in self.parts:
            yield from part.walk()


class Attendance(Part):
    """Who was there, or not. There is no field for a reason."""

    member: Slug | None = Field(None, description="The member's id.")
    name: Line | None = Field(None, description="The name as written, for somebody who is no member.")
    status: Status = Field(description="Whether they were there.")
    seats: tuple[SeatRef, ...] = Field((), description="The seats held at this meeting.")
    substitute_for: Person | None = Field(None, description="Whose place they took.")
    note: Line | None = Field(
        None, description="Which part of the meeting, as written, such as § 91-97 or an organisation."
    )

    @model_validator(mode="after")
    def _one_person(self) -> "Attendance":
        if (self.member is None) == (self.name is None):
            raise ValueError(_("either member or name says who it is, and not both"))
        return self

    @property
    def person(self) -> Person:
        """The member's id, or the name as written."""
        return self.member if self.member is not None else Named(name=self.name or "")


class Act(Part):
    """The day something was done, and by whom."""

    date: Date = Field(description="The day.")
    by: Person | None = Field(None, description="By whom.")


class CalledItem(Part):
    """An agenda item as it stood in the call."""

    id: LocalId = Field(description="The agenda item's id.")
    title: Line = Field(description="Its title in the call.")
    internal: Flag = Field(default=False, description="Whether it was internal.")


class Call(Act):
    """That a meeting was called, and with which agenda; what is added, dropped or moved later shows against it."""

    agenda: tuple[CalledItem, ...] = Field((), description="The agenda items of the call, in order.")


class Cancelled(Part):
    """The day a meeting was cancelled, and why."""

    date: Date = Field(description="The day it was cancelled.")
    reason: Line = Field(description="Why.")


class Move(Part):
    """A meeting moved to another day, or within its day to other hours or another place; its id stays."""

    from_: Date = Field(alias="from", description="The day it was to be.")
    to: Date = Field(description="The new day; the same one where only hours or place changed.")
    date: Date | None = Field(None, description="The day it was moved.")
    reason: Line | None = Field(None, description="Why.")


class NextMeeting(Part):
    """The next meeting, as far as the words under that heading tell."""

    date: Date | None = Field(None, description="Its day.")
    start: Time | None = Field(None, description="When it begins.")
    end: Time | None = Field(None, description="When it ends.")
    place: Line | None = Field(None, description="Where it is.")
    inferred: tuple[Literal["year"], ...] = Field((), description="What was not written but worked out.")
    text: Text = Field(description="The words as written.")


class Sealed(Part):
    """sha256 of the approved record and of each document, and what made them."""

    record: Line = Field(description="Of the record without approval and amendments.")
    documents: dict[str, str] = Field(default_factory=dict, description="Of each document, by its name.")
    made_with: dict[str, str] = Field(default_factory=dict, description="Versions of program, engine and templates.")


class Approval(Part):
    """That the minutes were approved: when, by whom, how."""

    date: Date = Field(description="The day.")
    by: tuple[Person, ...] = Field((), description="Who approved.")
    at: Line | None = Field(None, description="The meeting and agenda item, such as 2026-04-21-rad/p-prev.")
    outcome: Literal["adopted", "adopted_with_changes"] = Field("adopted", description="Whether with changes.")
    changes: Text | None = Field(None, description="The changes in words.")
    sealed: Sealed | None = Field(None, description="What was approved, as fingerprints.")


class Amendment(Part):
    """A change after approval."""

    date: Date = Field(description="The day.")
    by: Person | None = Field(None, description="By whom.")
    reason: Line = Field(description="Why.")
    approved: Date | None = Field(None, description="The day of the approval that it came after.")


class Meeting(Record):
    """One meeting: its call, its agenda, its minutes."""

    id: MeetingId = Field(description="The folder's name; it never changes, even when the meeting is moved.")
    network: Slug = Field(description="The body that meets.")
    with_: tuple[Slug, ...] = Field((), alias="with", description="Other bodies, for a joint meeting.")
    number: Whole | None = Field(None, description="Per body and year; drawn when held, never redrawn.")
    title: Line | None = Field(None, description="A name of its own, such as Årsmöte.")
    reference: Line | None = Field(None, description="Diarienummer.")
    date: Date = Field(description="The day.")
    start: Time | None = Field(None, description="When it began.")
    end: Time | None = Field(None, description="When it ended.")
    place: Line | None = Field(None, description="Where it was.")
    mode: Literal["on_site", "remote", "hybrid"] | None = Field(None, description="Whether people met in one place.")
    link: Line | None = Field(None, description="Where to join it remotely; never in public documents.")
    planned: Act | None = Field(None, description="When it was planned.")
    called: Call | None = Field(None, description="When it was called, and with which agenda.")
    held: Act | None = Field(None, description="When it was held.")
    moves: tuple[Move, ...] = Field((), description="Where it was moved from and to.")
    cancelled: Cancelled | None = Field(None, description="That it was cancelled.")
    chair: Person | None = Field(None, description="Who chaired it.")
    secretary: Person | None = Field(None, description="Who wrote the minutes.")
    adjusters: tuple[Person, ...] = Field((), description="Those who check the minutes.")
    attendance: tuple[Attendance, ...] = Field((), description="Who was there, or not.")
    preamble: tuple[Block, ...] = Field((), description="Text before the first agenda item.")
    agenda: tuple[AgendaItem, ...] = Field((), description="Its agenda items, in order.")
    next_meeting: NextMeeting | None = Field(None, description="What the minutes say of the next one.")
    declined: tuple[LocalId, ...] = Field(
        (), description="Lines that were offered as an action or the like and are none, by a sign of their words."
    )
    approval: Approval | None = Field(None, description="That the minutes were approved.")
    amendments: tuple[Amendment, ...] = Field((), description="Changes after approval.")

    @property
    def state(self) -> Literal["planned", "called", "held", "approved", "cancelled"]:
        """Where the meeting stands in its life, read from which of its dates are there."""
        if self.cancelled:
            return "cancelled"
        if self.approval:
            return "approved"
        return "held" if self.held else "called" if self.called else "planned"

    @property
    def is_pending(self) -> bool:
        """Whether it is planned or called, and neither held nor cancelled."""
        return self.state in ("planned", "called")

    def is_coming(self, today: Date) -> bool:
        """Whether it is to be held, today or later."""
        return self.is_pending and self.date >= today

    @property
    def earlier_days(self) -> tuple[Date, ...]:
        """The days it was to be on before it was moved to another, in order."""
        return tuple(move.from_ for move in self.moves if move.from_ != move.to)

    def items(self) -> Iterator[AgendaItem]:
        """Every agenda item and sub-item, in the order of the document."""
        for item in self.agenda:
            yield from item.walk()

    def internal_ids(self) -> frozenset[str]:
        """The ids of the agenda items that stay out of public documents: the internal ones, and all below them."""
        return frozenset(part.id for item in self.items() if item.internal for part in item.walk())

    def numbers(self) -> dict[str, str]:
        """The printed number of each agenda item by its id: 1, 2, 2.1."""
        return dict(_numbers(self.agenda, ""))

    def blocks(self) -> Iterator[tuple[AgendaItem | None, Block]]:
        """Every block with the agenda item it stands under, in the order of the document."""
        for block in self.preamble:
            yield None, block
        for item in self.items():
            for block in item.body:
                yield item, block


def _numbers(items: tuple[AgendaItem, ...], prefix: str) -> Iterator[tuple[str, str]]:
    for place, item in enumerate(items, 1):
        number = f"{prefix}{place}"
        yield item.id, number
        yield from _numbers(item.parts, f"{number}.")
