"""Blocks as the lines of a sheet."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from atbtst_cli.language.tables import SheetWords
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import (
    ActionBlock,
    AnswerBlock,
    ApprovalBlock,
    ArrivedBlock,
    Block,
    DecisionBlock,
    DeferredBlock,
    DroppedBlock,
    Due,
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
)
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.forms import Bullet, Region, Sentence
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.heads import CITED
from atbtst_cli.sheet.markers import reason, sentence
from atbtst_cli.sheet.people import People
from atbtst_cli.sheet.prose import laid
from atbtst_cli.sheet.source import INDENT
from atbtst_cli.sheet.text import clean

_STRUCTURE = re.compile(r"[-*+>|#`~]|[0-9]+[.)]")


@dataclass(frozen=True, slots=True)
class Pen:
    """What blocks are written with: the words of one language, the names of one day."""

    words: SheetWords
    directory: Directory
    people: People
    grammar: Grammar
    on: date

    def marker(self, kind: str) -> str:
        """The keyword of that kind."""
        return self.words.markers[kind][0]

    def persons(self, persons: tuple[str | Named, ...]) -> str:
        """The names between commas."""
        return ", ".join(self.people.spell(person) for person in persons)

    def until(self, when: Due) -> str:
        """When something comes back: *till nästa möte*."""
        return f"{self.words.until[0]} {self._day(when)}"

    def by(self, when: Due) -> str:
        """When something is due: *senast 2026-11-21*."""
        word = self.words.due[0] if isinstance(when, date) else self.words.due_at_meeting
        return f"{word} {self._day(when)}"

    def _day(self, when: Due) -> str:
        return self.words.next_meeting[0] if when == "next" else str(when)

    def clock(self, at: time) -> str:
        """The time of day."""
        return f"{self.words.clock[0]} {at:%H:%M}"

    def body(self, known: str) -> str:
        """The name that means that body or instance."""
        name = self.directory.body(known)
        return name if ":" not in name and self.directory.instance(name) == (known,) else known


def block_lines(block: Block, pen: Pen, region: Region, *, first: bool) -> tuple[str, list[str]]:
    """The lines of a block, and what they are: *text*, *list* or *marker*.

    ``first`` tells that no text of the agenda item stands before it.
    """
    if isinstance(block, TextBlock):
        return "text", laid(clean(block.text), pen.grammar, region)
    if isinstance(block, DroppedBlock | DeferredBlock) and _says_itself(block, pen, region, first=first):
        return "text", [block.text]
    if isinstance(block, NextTimeBlock) and region == "list" and _listed(block, pen):
        return "list", [f"- {block.text} {{#{block.next_time}}}"]
    return "marker", marker_lines(block, pen)


def marker_lines(block: Block, pen: Pen) -> list[str]:
    """The lines of a block with its marker."""
    head, written = WRITERS[type(block)](block, pen)
    text = clean(written)
    if not text:
        return [head if isinstance(block, ApprovalBlock) else f"{head}:"]
    below = isinstance(block, InternalBlock) or ("\n" in text and bool(_STRUCTURE.match(text)))
    lines = laid(text, pen.grammar, "body", inline=not below)
    return [f"{head}:", *_indented(lines)] if below else [f"{head}: {lines[0]}", *_indented(lines[1:])]


def _indented(lines: list[str]) -> list[str]:
    return [f"{' ' * INDENT}{line}" if line else "" for line in lines]


def _says_itself(block: DroppedBlock | DeferredBlock, pen: Pen, region: Region, *, first: bool) -> bool:
    """Whether the block's words alone, without a marker, read as that block."""
    if "\n" in block.text or region == "header" or (isinstance(block, DroppedBlock) and not first):
        return False
    form = pen.grammar.form(block.text, region)
    return isinstance(form, Sentence) and sentence(form, block.text, pen.on) == block


def _listed(block: NextTimeBlock, pen: Pen) -> bool:
    """Whether the block can be a list line under the agenda item of things for next time."""
    form = pen.grammar.form(f"- {block.text} {{#{block.next_time}}}", "list")
    return "\n" not in block.text and isinstance(form, Bullet) and (form.text, form.id) == (block.text, block.next_time)


def _decision(block: DecisionBlock, pen: Pen) -> tuple[str, str]:
    outcome = pen.words.outcomes[block.outcome][0]
    until = f" {pen.until(block.to)}" if block.to else ""
    said = f" ({outcome}{until})" if until or block.outcome != "adopted" else ""
    number = f" § {block.number}" if block.number else ""
    return f"{pen.marker('decision')} {block.decision}{number}{said}", block.text


def _action(block: ActionBlock, pen: Pen) -> tuple[str, str]:
    owners = ", ".join(f"@{pen.people.spell_owner(owner)}" for owner in block.owners)
    parts = (pen.marker("action"), block.action, owners, pen.by(block.due) if block.due else "")
    return " ".join(part for part in parts if part), block.text


def _progress(block: ProgressBlock, pen: Pen) -> tuple[str, str]:
    kind = {"done": "done", "dropped": "dropped", None: "note"}[block.closes]
    return f"{pen.marker(kind)} {block.progress}", block.text


def _dropped(block: DroppedBlock, pen: Pen) -> tuple[str, str]:
    said = "" if reason(clean(block.text)) == block.dropped else f" ({pen.words.reasons[block.dropped][0]})"
    return f"{pen.marker('dropped')}{said}", block.text


def _approval(block: ApprovalBlock, pen: Pen) -> tuple[str, str]:
    kinds = {"adopted": "approved", "adopted_with_changes": "approved_with_changes", "rejected": "rejected"}
    return pen.marker(kinds[block.approval]), block.text


def _referral(block: ReferralBlock, pen: Pen) -> tuple[str, str]:
    name = pen.body(block.referral)
    outside = pen.directory.instance(name) == (block.referral,) and not pen.directory.network(name)
    asked = "" if block.role == "decision" else f" ({pen.words.asked[block.role][0]})"
    return f"{pen.marker('to' if outside else 'raise')} {name}{asked}", block.text


def _reservation(block: ReservationBlock, pen: Pen) -> tuple[str, str]:
    return f"{pen.marker('reservation')} {pen.persons(block.reservation)}".rstrip(), block.text


def _supersedes(block: SupersedesBlock, pen: Pen) -> tuple[str, str]:
    cited = block.cited if block.cited and re.fullmatch(CITED, block.cited) else block.supersedes
    return f"{pen.marker('supersedes')} {cited}", block.text


def _moved(kind: str, person: str | Named, at: time | None, pen: Pen) -> tuple[str, str]:
    return pen.marker(kind), f"{pen.people.spell(person)}{f' {pen.clock(at)}' if at else ''}"


WRITERS: dict[type[Any], Callable[[Any, Pen], tuple[str, str]]] = {
    InternalBlock: lambda block, pen: (pen.marker("internal"), block.internal),
    DecisionBlock: _decision,
    ActionBlock: _action,
    ProgressBlock: _progress,
    DroppedBlock: _dropped,
    DeferredBlock: lambda block, pen: (f"{pen.marker('deferred')} {pen.until(block.deferred)}", block.text),
    ApprovalBlock: _approval,
    NextTimeBlock: lambda block, pen: (f"{pen.marker('next_time')} {block.next_time}", block.text),
    ArrivedBlock: lambda block, pen: _moved("arrived", block.arrived, block.at, pen),
    LeftBlock: lambda block, pen: _moved("left", block.left, block.at, pen),
    MatterBlock: lambda block, pen: (
        f"{pen.marker('done' if block.closes else 'matter')} {block.matter}",
        block.text,
    ),
    ReferralBlock: _referral,
    AnswerBlock: lambda block, pen: (f"{pen.marker('answer')} {pen.body(block.answer)}", block.text),
    VotesBlock: lambda block, pen: (pen.marker("votes"), block.votes),
    ReservationBlock: _reservation,
    SupersedesBlock: _supersedes,
    ReferenceBlock: lambda block, pen: (pen.marker("reference"), block.reference),
}
"""How each kind of block is written: its marker's head, and its text."""
