"""Rules on decisions: what takes the place of what, where they were sent, and the lines that say more of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from atbtst_cli.language import _, current, words
from atbtst_cli.models.directory import cited
from atbtst_cli.models.meeting import (
    AgendaItem,
    Block,
    DecisionBlock,
    Meeting,
    ReferralBlock,
    ReservationBlock,
    SupersedesBlock,
    VotesBlock,
)
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import Index, Key, Problem, Rule
from atbtst_cli.rules.decisions import Decision, minuted

MARKERS: dict[type[Block], str] = {
    VotesBlock: "votes",
    ReservationBlock: "reservation",
    SupersedesBlock: "supersedes",
}
"""The lines that need a decision before them, and the markers that they are written with."""


class Replacing(NamedTuple):
    """That a decision takes the place of the one with that id: in which record, and the way to the line."""

    record: Key
    field: Field
    decision: Decision
    earlier: str


def supersedes_later(index: Index) -> Iterator[Problem]:
    """A decision takes the place of earlier ones only, never of itself or of a later one."""
    for record, field, decision, earlier in _replacing(index, (key[1] for key, _meeting in index.each(Meeting))):
        other = _made(index, earlier)
        if other and other.moment >= decision.moment:
            message = _("{decision} cannot supersede {other}, which was not decided before it")
            message = message.format(decision=_cited(index, decision), other=_cited(index, other))
            yield Problem(record, message, field, _("Name the earlier decision, or take the line away."))


def superseded_twice(index: Index) -> Iterator[Problem]:
    """A decision is superseded once; what changes the matter again supersedes the one that holds now."""
    if not index.judges_any("meetings"):
        return
    by: dict[str, list[Replacing]] = {}
    for one in sorted(_replacing(index, index.council.meetings), key=lambda one: one.decision.moment):
        by.setdefault(one.earlier, []).append(one)
    for first, *others in by.values():
        for one in others:
            if index.judges(one.record) and one.decision.id != first.decision.id:
                yield _second(index, first.decision, one, _end(by, first.decision, one))


def _second(index: Index, first: Decision, one: Replacing, held: Decision) -> Problem:
    known = _made(index, one.earlier)
    message = _("{decision} supersedes {earlier}, which {first} had superseded already").format(
        decision=_cited(index, one.decision),
        earlier=_cited(index, known) if known else one.earlier,
        first=_cited(index, first),
    )
    hint = _("If it is to take the place of what held then, name {last} instead.")
    return Problem(one.record, message, one.field, hint.format(last=_cited(index, held)))


def _end(by: Mapping[str, list[Replacing]], first: Decision, until: Replacing) -> Decision:
    """The last decision of the chain that begins with the first one, of those made before ``until``."""
    end = first
    while (following := by.get(end.id)) and end.moment < following[0].decision.moment < until.decision.moment:
        end = following[0].decision
    return end


def referred_nowhere(index: Index) -> Iterator[Problem]:
    """A decision that refers a question says in its agenda item where it was sent."""
    for key, meeting in index.each(Meeting):
        for way, item in index.parts[key[1]] if meeting.held else ():
            for place, block in _unsent(item) if isinstance(item, AgendaItem) else ():
                message = _("{decision} refers the question, and nothing says where it was sent")
                hint = _("Write below it {example}, with: {command}").format(
                    example=words(current()).SHEET.examples["to"], command=f"atbtst minutes edit {meeting.id}"
                )
                message = message.format(decision=cited(index.council, meeting, block))
                yield Problem(key, message, (*way, "body", place), hint)


def _unsent(item: AgendaItem) -> Iterator[tuple[int, DecisionBlock]]:
    """The decisions that refer the question, where the agenda item does not say where to."""
    if not any(isinstance(block, ReferralBlock) for block in item.body):
        for place, block in enumerate(item.body):
            if isinstance(block, DecisionBlock) and block.outcome == "referred":
                yield place, block


def no_decision_before(index: Index) -> Iterator[Problem]:
    """Votes, reservations and what is superseded belong to a decision before them in the same agenda item."""
    for key, _meeting in index.each(Meeting):
        for way, line, decision in _lines(index, key[1]):
            if decision is None:
                marker = words(current()).SHEET.markers[MARKERS[type(line)]][0]
                message = _("“{marker}” stands in an agenda item without a decision before it").format(marker=marker)
                yield Problem(key, message, way, _("Move it below the decision that it is about."))


def _lines(index: Index, meeting_id: str) -> Iterator[tuple[Field, Block, DecisionBlock | None]]:
    """The lines of a meeting that say more of a decision, each with the decision before it in its agenda item."""
    latest: dict[Field, DecisionBlock] = {}
    for way, part in index.parts[meeting_id]:
        if isinstance(part, DecisionBlock):
            latest[way[:-1]] = part
        elif not isinstance(part, AgendaItem) and type(part) in MARKERS:
            yield way, part, latest.get(way[:-1])


def _replacing(index: Index, meeting_ids: Iterable[str]) -> Iterator[Replacing]:
    for name in meeting_ids:
        for way, line, decision in _lines(index, name):
            made = _made(index, f"{name}/{decision.decision}") if decision else None
            if made and isinstance(line, SupersedesBlock):
                yield Replacing(("meetings", name), (*way, "supersedes"), made, line.supersedes)


def _made(index: Index, decision_id: str) -> Decision | None:
    """The decision of that id; None where it is not on record, which is for another rule to say."""
    meeting = index.council.meetings.get(decision_id.partition("/")[0])
    return next((one for one in minuted(meeting) if one.id == decision_id), None) if meeting else None


def _cited(index: Index, decision: Decision) -> str:
    return cited(index.council, decision.meeting, decision.block)


MINUTED = (Rule("no-decision-before", "warning", frozenset(("meetings",)), no_decision_before),)
"""What the minutes of a meeting are told at once."""
RULES = (
    *MINUTED,
    Rule("supersedes-later", "error", frozenset(("meetings", "networks")), supersedes_later),
    Rule("superseded-twice", "warning", frozenset(("meetings", "networks")), superseded_twice),
    Rule("referred-nowhere", "notice", frozenset(("meetings", "networks")), referred_nowhere),
)
