"""Each kind of block of the minutes, as nodes of the tree."""

from collections.abc import Callable
from datetime import time
from itertools import groupby
from typing import Any

from atbtst_cli.documents import prose
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import Block, Blocks, Bullets, Callout, Code, Fact, Paragraph, Strong, Text, texts, words
from atbtst_cli.language.format import clock
from atbtst_cli.models.meeting import (
    ActionBlock,
    AnswerBlock,
    ApprovalBlock,
    ArrivedBlock,
    DecisionBlock,
    DeferredBlock,
    DroppedBlock,
    InternalBlock,
    LeftBlock,
    MatterBlock,
    NextTimeBlock,
    ProgressBlock,
    ReferenceBlock,
    ReferralBlock,
    ReservationBlock,
    SupersedesBlock,
    TextBlock,
    VotesBlock,
    WithheldBlock,
    kind_of,
)
from atbtst_cli.models.meeting import Block as RecordBlock
from atbtst_cli.models.person import Named
from atbtst_cli.rules.quorum import Held


def build(blocks: tuple[RecordBlock, ...], scribe: Scribe) -> Blocks:
    """The blocks in their order."""
    return tuple(node for block in blocks for node in _KINDS[kind_of(block) or ""](block, scribe))


def entries(blocks: tuple[RecordBlock, ...], scribe: Scribe) -> Blocks:
    """The blocks where each entry for the next meeting needs no label, for the heading says it: as a list."""
    runs = ((kind, tuple(run)) for kind, run in groupby(blocks, kind_of))
    return tuple(node for kind, run in runs for node in _run(kind, run, scribe))


def _run(kind: str | None, run: tuple[Any, ...], scribe: Scribe) -> Blocks:
    return (Bullets(tuple(prose.blocks(each.text) for each in run)),) if kind == "next_time" else build(run, scribe)


def outcome(block: DecisionBlock, scribe: Scribe) -> str:
    """What became of a question: Antaget, Bordlagt till nästa möte."""
    words = scribe.words
    said = words.outcomes[block.outcome]
    return words.outcome_to.format(outcome=said, when=scribe.due(block.to)) if block.to else said


def decision_number(block: DecisionBlock) -> str:
    """The number people cite: § 3; nothing before it is drawn."""
    return f"§ {block.number}" if block.number is not None else ""


def restricted(blocks: Blocks, scribe: Scribe) -> Callout:
    """The blocks, plainly marked as internal."""
    return Callout("internal", scribe.words.internal, "", blocks)


def _decision(block: DecisionBlock, scribe: Scribe) -> Blocks:
    label = f"{scribe.words.decision} {decision_number(block)}".strip()
    facts = tuple(quorum_fact(one, scribe) for one in scribe.quorate.get(block.decision, ()))
    return (Callout("decision", label, outcome(block, scribe), prose.blocks(block.text), facts),)


def quorum_fact(held: Held, scribe: Scribe) -> Fact:
    """How a decision stands to a quorum: Beslutsför: 3 av 4 platser, 3 krävs; a joint meeting says of which body."""
    said = scribe.words
    known = said.seats_unknown if held.taken is None else said.seats_taken
    seats = said.seat_or_seats[held.of != 1]
    known = known.format(taken=held.taken, of=held.of, needed=held.needed, seats=seats)
    if held.partly:
        known = said.taken_partly.format(known=known, count=held.partly)
    label = said.quorate[held.holds]
    return Fact(f"{label} ({scribe.body(held.body)})" if scribe.meeting.with_ else label, words(known))


def _action(block: ActionBlock, scribe: Scribe) -> Blocks:
    said = scribe.words
    facts = (
        Fact(said.owner, words(scribe.names(block.owners))),
        Fact(said.due, words(scribe.due(block.due) if block.due else "")),
        Fact(said.id, (Code(block.action),)),
    )
    return (Callout("action", said.action, "", prose.blocks(block.text), tuple(fact for fact in facts if fact.value)),)


def _progress(block: ProgressBlock, scribe: Scribe) -> Blocks:
    return _labelled(f"{scribe.words.progress[block.closes or '']} {block.progress}", block.text)


def _dropped(block: DroppedBlock, scribe: Scribe) -> Blocks:
    return _labelled(scribe.words.dropped, block.text)


def _deferred(block: DeferredBlock, scribe: Scribe) -> Blocks:
    when = scribe.due(block.deferred)
    return _labelled(scribe.words.outcome_to.format(outcome=scribe.words.deferred, when=when), block.text)


def _approval(block: ApprovalBlock, scribe: Scribe) -> Blocks:
    return _labelled(scribe.words.approvals[block.approval], block.text)


def _next_time(block: NextTimeBlock, scribe: Scribe) -> Blocks:
    return _labelled(scribe.words.next_time, block.text)


def _matter(block: MatterBlock, scribe: Scribe) -> Blocks:
    label = scribe.words.matter_closed if block.closes else scribe.words.matter
    return _labelled(f"{label} {block.matter}", block.text)


def _referral(block: ReferralBlock, scribe: Scribe) -> Blocks:
    asked = "" if block.role == "decision" else f" ({scribe.words.asked[block.role]})"
    ours = block.referral in scribe.council.networks
    label = (scribe.words.referral if ours else scribe.words.referral_out).format(body=scribe.body(block.referral))
    return _labelled(f"{label}{asked}", block.text)


def _answer(block: AnswerBlock, scribe: Scribe) -> Blocks:
    return _labelled(scribe.words.answer.format(body=scribe.body(block.answer)), block.text)


def _votes(block: VotesBlock, scribe: Scribe) -> Blocks:
    return _labelled(scribe.words.votes, block.votes)


def _reservation(block: ReservationBlock, scribe: Scribe) -> Blocks:
    who = scribe.names(block.reservation)
    return _labelled(f"{scribe.words.reservation}, {who}" if who else scribe.words.reservation, block.text)


def _supersedes(block: SupersedesBlock, scribe: Scribe) -> Blocks:
    return _labelled(scribe.words.supersedes.format(decision=block.cited or block.supersedes), block.text)


def _reference(block: ReferenceBlock, scribe: Scribe) -> Blocks:
    return _labelled(scribe.words.reference, block.reference)


def _arrived(block: ArrivedBlock, scribe: Scribe) -> Blocks:
    return _movement(block.arrived, block.at, scribe, scribe.words.arrived, scribe.words.arrived_at)


def _left(block: LeftBlock, scribe: Scribe) -> Blocks:
    return _movement(block.left, block.at, scribe, scribe.words.left, scribe.words.left_at)


def _movement(person: str | Named, at: time | None, scribe: Scribe, plain: str, timed: str) -> Blocks:
    name = scribe.name(person)
    said = timed.format(name=name, time=clock(at, scribe.language)) if at else plain.format(name=name)
    return (Paragraph((Text(said),)),)


def _withheld(block: WithheldBlock, scribe: Scribe) -> Blocks:
    return (Callout("withheld", "", "", (Paragraph(words(scribe.words.withheld[block.withheld])),)),)


def _labelled(label: str, text: str) -> Blocks:
    """The text after its label, on the same line; words that say it themselves need no label before them."""
    blocks = prose.blocks(text)
    if "".join(texts(blocks)).casefold().startswith(label.casefold()):
        return blocks
    if not blocks:
        return (Paragraph((Strong((Text(label),)),)),)
    head = Strong((Text(f"{label}:"),))
    first: Block = blocks[0]
    if isinstance(first, Paragraph):
        return (Paragraph((head, Text(" "), *first.children)), *blocks[1:])
    return (Paragraph((head,)), *blocks)


def _text(block: TextBlock, _scribe: Scribe) -> Blocks:
    return prose.blocks(block.text)


def _internal(block: InternalBlock, scribe: Scribe) -> Blocks:
    return (restricted(prose.blocks(block.internal), scribe),)


_KINDS: dict[str, Callable[[Any, Scribe], Blocks]] = {
    "text": _text,
    "internal": _internal,
    "decision": _decision,
    "action": _action,
    "progress": _progress,
    "dropped": _dropped,
    "deferred": _deferred,
    "approval": _approval,
    "next_time": _next_time,
    "arrived": _arrived,
    "left": _left,
    "matter": _matter,
    "referral": _referral,
    "answer": _answer,
    "votes": _votes,
    "reservation": _reservation,
    "supersedes": _supersedes,
    "reference": _reference,
    "withheld": _withheld,
}
