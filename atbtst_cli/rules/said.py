"""What the lines of minutes say of matters, agenda item by agenda item."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from atbtst_cli.models.meeting import (
    AgendaItem,
    AnswerBlock,
    Block,
    DecisionBlock,
    DeferredBlock,
    MatterBlock,
    Meeting,
    ReferralBlock,
)


@dataclass(slots=True)
class Said:
    """What one agenda item says of one matter: sendings with the decision before each, answers, decisions, its end."""

    item: AgendaItem
    matter: str
    sendings: list[tuple[ReferralBlock, DecisionBlock | None]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    decisions: list[DecisionBlock] = field(default_factory=list)
    closing: MatterBlock | None = None
    put_off: bool = False

    @property
    def informs(self) -> bool:
        """Whether the matter is sent for information and nothing else, so that nothing is left to be done."""
        return bool(self.sendings) and all(block.role == "information" for block, _ in self.sendings)

    def settling(self, here: Collection[str]) -> DecisionBlock | None:
        """The decision that settles the matter: the last, unless the matter is put off or sent on to others.

        A decision to send a question on answers nobody yet: its answer is still to come.
        """
        sent_on = any(block.role != "information" and block.referral not in here for block, _ in self.sendings)
        return self.decisions[-1] if self.decisions and not (sent_on or self.put_off) else None


def said(meeting: Meeting) -> Iterator[Said]:
    """What every agenda item says of each matter it speaks of; a sub-item is about the matter of the item above it."""
    for item in meeting.agenda:
        yield from _said(item, None)


def _said(item: AgendaItem, above: str | None) -> Iterator[Said]:
    known = item.matter or above
    found: dict[str, Said] = {}
    decision: DecisionBlock | None = None
    # What is decided on an action item is decided on that, and does not settle the matter that it belongs to.
    decides = not item.follows_up
    for block in item.body:
        if isinstance(block, MatterBlock) and not block.closes:
            known, decides = block.matter, True
        subject = block.matter if isinstance(block, MatterBlock) else known
        if subject:
            _take(found.setdefault(subject, Said(item, subject)), block, decision, decides=decides)
        decision = block if isinstance(block, DecisionBlock) else decision
    yield from found.values()
    for part in item.parts:
        yield from _said(part, item.matter or above)


def _take(into: Said, block: Block, decision: DecisionBlock | None, *, decides: bool) -> None:
    match block:
        case ReferralBlock():
            into.sendings.append((block, decision))
        case AnswerBlock():
            into.answers[block.answer] = "\n\n".join(filter(None, (into.answers.get(block.answer), block.text)))
        case DecisionBlock() if decides:
            into.decisions.append(block)
            into.put_off = into.put_off or block.outcome in ("deferred", "referred")
        case DeferredBlock() if decides:
            into.put_off = True
        case MatterBlock(closes=True):
            into.closing = into.closing or block
        case _:
            pass
