"""A matter and its way between bodies: records/matters/<year>/<id>.yaml, its papers in <id>/papers/ beside it."""

from pydantic import Field

from atbtst_cli.models.base import Date, Flag, Line, LocalId, MatterId, Part, Record, SeatRef, Slug, Text
from atbtst_cli.models.item import LogEntry, Origin
from atbtst_cli.models.meeting import Role
from atbtst_cli.models.person import Person


class Step(Part):
    """Something that was done with a matter: when, by whom, and where, if it was at a meeting."""

    date: Date = Field(description="The day.")
    by: Person | None = Field(None, description="By whom.")
    at: Line | None = Field(None, description="The meeting and agenda item, such as 2026-02-17-rad/p-3f8.")


class Sent(Step):
    """The sending itself."""

    on_behalf_of: SeatRef | None = Field(None, description="The seat in whose name it was sent.")
    decision: Line | None = Field(None, description="The decision behind it, such as 2026-02-17-rad/d-1.")


class Answer(Step):
    """What came back: a decision, or words."""

    decision: Line | None = Field(None, description="The decision that answers, such as 2026-02-17-rad/d-1.")
    text: Text | None = Field(None, description="The answer in words.")


class Withdrawn(Step):
    """That a sending was taken back."""

    reason: Text | None = Field(None, description="Why.")


class Referral(Part):
    """One sending of a matter to a body, with its answer."""

    id: LocalId = Field(description="Its id within the matter, such as r-1.")
    parent: LocalId | None = Field(None, description="The sending that this one continues.")
    from_: Slug = Field(alias="from", description="The body that sends.")
    to: Slug = Field(description="The body or instance it is sent to.")
    role: Role = Field(description="What is asked of the receiver.")
    sent: Sent = Field(description="When, and by what decision.")
    answer: Answer | None = Field(None, description="What came back.")
    withdrawn: Withdrawn | None = Field(None, description="That it was taken back.")

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come; what was sent for information only asks for none."""
        return self.role != "information" and not self.answer and not self.withdrawn

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was done by it so far: that it was sent, answered, taken back."""
        return tuple(step for step in (self.sent, self.answer, self.withdrawn) if step)


class MatterClosed(Step):
    """That the matter is closed."""

    decision: Line | None = Field(None, description="The decision that settled it, such as 2026-02-17-rad/d-1.")
    reason: Text | None = Field(None, description="Why, or how.")


class Matter(Record):
    """A question that travels between bodies until it is answered."""

    id: MatterId = Field(description="The file's name; opaque, it never changes.")
    title: Line = Field(description="The question in a line.")
    network: Slug = Field(description="The body that raised it.")
    raised: Date = Field(description="The day it was raised.")
    origin: Origin | None = Field(None, description="Where it was raised.")
    reference: Line | None = Field(None, description="Diarienummer.")
    internal: Flag = Field(default=False, description="Whether it stays out of public documents.")
    description: Text | None = Field(None, description="What it is about.")
    papers: tuple[Line, ...] = Field((), description="Its papers: names of files in papers/ in its folder.")
    log: tuple[LogEntry, ...] = Field((), description="What has happened between the sendings, oldest first.")
    referrals: tuple[Referral, ...] = Field((), description="Its sendings, in order.")
    closed: MatterClosed | None = Field(None, description="Absent while it is open.")

    def referral(self, referral_id: str) -> Referral | None:
        """The sending with that id."""
        return next((one for one in self.referrals if one.id == referral_id), None)
