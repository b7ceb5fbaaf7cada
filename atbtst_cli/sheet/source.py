"""The lines of a sheet, numbered as they stand in the file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import dropwhile

from atbtst_cli.sheet.forms import Form
from atbtst_cli.sheet.grammar import COMMENT
from atbtst_cli.sheet.text import indentation, verbatim

INDENT = 2
"""From so many blanks on, a line continues the marker above."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, its text, the column where the text starts, and whether it stands in a closed fence.

    ``form`` is set where the line is known before the grammar looks at it. ``literal`` is how many characters at its
    beginning are Markdown, where the rest means what it says; None where all of it is Markdown as typed.
    """

    number: int
    text: str
    column: int = 1
    verbatim: bool = False
    form: Form | None = None
    literal: int | None = None

    @property
    def blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.text and self.form is None

    @property
    def at_margin(self) -> bool:
        """Whether it does not continue what stands above: one leading blank is none."""
        return self.verbatim or self.form is not None or indentation(self.text) < INDENT

    def dedented(self) -> "Line":
        """The line without the indentation that made it continue a marker."""
        shift = min(INDENT, indentation(self.text))
        literal = None if self.literal is None else max(0, self.literal - shift)
        return replace(self, text=self.text[shift:], column=self.column + shift, literal=literal, verbatim=False)


def lines(text: str) -> list[Line]:
    """The lines of a text in its normal form.

    Comments are left out, but for what stands in a fence, and so is one leading blank, which means nothing.
    """
    texts = [line.rstrip() for line in text.split("\n")]
    marks = verbatim(texts)
    return [
        Line(number, line, verbatim=True) if kept else _at_margin(number, line)
        for number, (line, kept) in enumerate(zip(texts, marks, strict=True), 1)
        if kept or not is_comment(line)
    ]


def _at_margin(number: int, line: str) -> Line:
    return Line(number, line[1:], column=2) if indentation(line) == 1 else Line(number, line)


def is_comment(line: str) -> bool:
    """Whether the line is not read."""
    return line.startswith((COMMENT, f" {COMMENT}"))


def trimmed(found: Iterable[Line]) -> list[Line]:
    """The lines without the blank ones at both ends."""
    kept = list(dropwhile(lambda line: line.blank, found))
    while kept and kept[-1].blank:
        kept.pop()
    return kept
