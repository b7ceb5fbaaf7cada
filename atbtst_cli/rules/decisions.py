"""The register of decisions: each one with all that the minutes say of it, and what took its place later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar, cast

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import (
    AgendaItem,
    Block,
    DecisionBlock,
    MatterBlock,
    Meeting,
    ReferenceBlock,
    ReferralBlock,
    ReservationBlock,
    SupersedesBlock,
    VotesBlock,
)

MORE = (VotesBlock, ReservationBlock, SupersedesBlock, ReferenceBlock)
"""The lines that say more of the decision before them in the same agenda item."""

Kind = TypeVar("Kind", bound=Block)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision where it stands; ``more`` are the lines that say more of it, ``place`` tells which one it is there.

    The agenda item is None where it stands before the first one.
    """

    meeting: Meeting
    item: AgendaItem | None
    block: DecisionBlock
    place: int
    more: tuple[Block, ...] = ()

    @property
    def id(self) -> str:
        """What records call it: 2026-02-17-rad/d-1."""
        return f"{self.meeting.id}/{self.block.decision}"

    @property
    def moment(self) -> tuple[date, str, int]:
        """What puts decisions in the order in which they were made."""
        return self.meeting.date, self.meeting.id, self.place

    @property
    def matter(self) -> str | None:
        """The matter that its agenda item is about."""
        blocks = self.item.body if self.item else ()
        named = (block.matter for block in blocks if isinstance(block, MatterBlock))
        return (self.item.matter if self.item else None) or next(named, None)

    @property
    def internal(self) -> bool:
        """Whether it stays out of public documents, with its agenda item."""
        return self.item is not None and self.item.id in self.meeting.internal_ids()

    @property
    def sent(self) -> bool:
        """Whether its agenda item says where its matter was sent."""
        return any(isinstance(block, ReferralBlock) for block in (self.item.body if self.item else ()))

    @property
    def votes(self) -> tuple[str, ...]:
        """How the votes fell, in the words of the minutes."""
        return tuple(block.votes for block in self.lines(VotesBlock))

    @property
    def supersedes(self) -> tuple[str, ...]:
        """The ids of the earlier decisions that it takes the place of."""
        return tuple(block.supersedes for block in self.lines(SupersedesBlock))

    @property
    def reference(self) -> str | None:
        """Its diarienummer, else that of its agenda item."""
        of_item = (block.reference for block in _before_decisions(self.item) if isinstance(block, ReferenceBlock))
        return next((block.reference for block in self.lines(ReferenceBlock)), None) or next(of_item, None)

    def lines(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The lines of one kind that say more of it."""
        return tuple(block for block in self.more if isinstance(block, kind))


def _before_decisions(item: AgendaItem | None) -> Iterator[Block]:
    for block in item.body if item else ():
        if isinstance(block, DecisionBlock):
            return
        yield block


def minuted(meeting: Meeting) -> list[Decision]:
    """The decisions of a meeting, in the order of the document."""
    bodies = ((None, meeting.preamble), *((item, item.body) for item in meeting.items()))
    found = ((item, *group) for item, body in bodies for group in _groups(body))
    return [Decision(meeting, item, block, place, more) for place, (item, block, more) in enumerate(found)]


def _groups(body: tuple[Block, ...]) -> Iterator[tuple[DecisionBlock, tuple[Block, ...]]]:
    """Each decision among the blocks, with the lines up to the next one that say more of it."""
    starts = [place for place, block in enumerate(body) if isinstance(block, DecisionBlock)]
    for start, end in pairwise((*starts, len(body))):
        yield cast("DecisionBlock", body[start]), tuple(one for one in body[start + 1 : end] if isinstance(one, MORE))


class Register:
    """The decisions of all meetings that were held, and which of them others have taken the place of."""

    def __init__(self, council: Council) -> None:
        """Read the decisions of a council."""
        held = (meeting for meeting in council.meetings.values() if meeting.held and not meeting.cancelled)
        self.decisions = {one.id: one for meeting in held for one in minuted(meeting)}
        self._followers: dict[str, list[Decision]] = {}
        for one in sorted(self.decisions.values(), key=lambda one: one.moment):
            for earlier in one.supersedes:
                self._followers.setdefault(earlier, []).append(one)

    def superseded_by(self, decision_id: str) -> tuple[Decision, ...]:
        """The decisions that have taken its place, in the order in which they were made; none while it is current."""
        return tuple(self._followers.get(decision_id, ()))

    def end(self, decision_id: str) -> str:
        """The id of the decision that holds now, at the end of the chain that begins with that one; itself if current.

        Where several took the place of one, the chain goes on with the last of them.
        """
        seen: set[str] = set()
        while decision_id not in seen and (followers := self._followers.get(decision_id)):
            seen.add(decision_id)
            decision_id = followers[-1].id
        return decision_id


def newest_first(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions in the order in which people look for them: the latest meeting first, each in its own order."""
    ordered = sorted(decisions, key=lambda one: (one.meeting.id, one.place))
    return sorted(ordered, key=lambda one: one.meeting.date, reverse=True)
