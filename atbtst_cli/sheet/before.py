"""What the meeting so far has that a sheet does not say, or says by id alone."""

from collections.abc import Iterator

from atbtst_cli.models.meeting import (
    ActionBlock,
    AnswerBlock,
    ArrivedBlock,
    DecisionBlock,
    LeftBlock,
    MatterBlock,
    Meeting,
    NextTimeBlock,
    ProgressBlock,
    ReferralBlock,
    ReservationBlock,
    SupersedesBlock,
)
from atbtst_cli.models.person import Named


def carried(base: Meeting) -> Iterator[str]:
    """The ids that a sheet of the meeting carries: agenda items, decisions, actions, things for next time."""
    for item in base.items():
        yield item.id
    for _item, block in base.blocks():
        match block:
            case DecisionBlock():
                yield block.decision
            case ActionBlock():
                yield block.action
            case NextTimeBlock():
                yield block.next_time


def numbers(base: Meeting) -> dict[str, int | None]:
    """The numbers of the decisions, by id."""
    return {block.decision: block.number for _item, block in base.blocks() if isinstance(block, DecisionBlock)}


def bodies(base: Meeting) -> frozenset[str]:
    """The ids of bodies and instances that something was sent to or came from."""
    sent = (block.referral for _item, block in base.blocks() if isinstance(block, ReferralBlock))
    came = (block.answer for _item, block in base.blocks() if isinstance(block, AnswerBlock))
    return frozenset((*sent, *came))


def records(base: Meeting) -> frozenset[str]:
    """The ids of the action items and matters that it speaks of."""
    items = (block.progress for _item, block in base.blocks() if isinstance(block, ProgressBlock))
    matters = (block.matter for _item, block in base.blocks() if isinstance(block, MatterBlock))
    return frozenset((*items, *matters))


def superseded(base: Meeting) -> dict[str, tuple[str, str | None]]:
    """The earlier decisions that it names, by each way to write them: the id, and what it is cited as."""
    blocks = [block for _item, block in base.blocks() if isinstance(block, SupersedesBlock)]
    written = ((text, block) for block in blocks for text in (block.supersedes, block.cited) if text)
    return {text: (block.supersedes, block.cited) for text, block in written}


def persons(base: Meeting) -> frozenset[str]:
    """The ids of the members and seats that it names."""
    return frozenset(one for one in _named(base) if isinstance(one, str))


def _named(base: Meeting) -> Iterator[str | Named | None]:
    yield from (base.chair, base.secretary, *base.adjusters)
    for one in base.attendance:
        yield from (one.member, one.substitute_for)
    for _item, block in base.blocks():
        match block:
            case ActionBlock():
                yield from block.owners
            case ReservationBlock():
                yield from block.reservation
            case ArrivedBlock():
                yield block.arrived
            case LeftBlock():
                yield block.left
