"""The proof that a reading lost nothing, made each time a sheet is read; and the way out where it fails."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.meeting import Block, InternalBlock, Meeting
from atbtst_cli.sheet.blocks import words_of
from atbtst_cli.sheet.source import Line
from atbtst_cli.sheet.text import letters


@dataclass(slots=True)
class Account:
    """The words of one sheet in their order, as they are taken; and those that must stand in the meeting."""

    taken: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def code(self, *words: str) -> None:
        """Take words that become something else than text: a keyword, an id, a date, a name."""
        self.taken += words

    def text(self, words: str, aside: str = "") -> None:
        """Take words that are to be found in the meeting; ``aside`` is a code at the end of their first line."""
        first, _break, rest = words.partition("\n")
        self.taken += [first, aside, rest]
        self.kept.append(words)

    def holds(self, meeting: Meeting, source: Iterable[Line]) -> bool:
        """Whether the letters taken are those of the source, and those kept are those of the meeting, in order."""
        typed = (line.text for line in source)
        return _letters(self.taken) == _letters(typed) and _letters(self.kept) == _letters(_said(meeting))


def whole(meeting: Meeting, source: Sequence[Line]) -> Meeting:
    """The meeting with the whole text as one passage, sign for sign; internal, for what was in it is not known."""
    text = "\n".join(line.text for line in source)
    ticks = "`" * max(len("```"), *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return meeting.model_copy(update={"agenda": (), "preamble": (InternalBlock(internal=f"{ticks}\n{text}\n{ticks}"),)})


def unproven() -> Finding:
    """What to say of a text whose letters were lost or moved."""
    return Finding(
        "unproven",
        "error",
        _("the text could not be read without losing words, so all of it was kept as one passage"),
        line=1,
        column=1,
        hint=_("Look for unusual signs around headings and markers, and report the text as a fault of the program."),
    )


def _said(meeting: Meeting) -> Iterator[str]:
    """The titles and the words of the blocks, in the order of the document."""
    yield from _words(meeting.preamble)
    for item in meeting.items():
        yield item.title
        yield from _words(item.body)


def _words(blocks: Iterable[Block]) -> Iterator[str]:
    return (words_of(block) for block in blocks)


def _letters(parts: Iterable[str]) -> str:
    return letters("\n".join(parts))
