"""The dialect of a text, decided once: Markdown is kept as typed, plain text is unwrapped and taken literally."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.directory import Directory
from atbtst_cli.sheet.grammar import Grammar, heading
from atbtst_cli.sheet.moment import day
from atbtst_cli.sheet.plain import Plain
from atbtst_cli.sheet.source import Line

LONGEST_LINE = 1500
FEW_LINES = 4
_HEADING = re.compile(r" ?(?:#{1,6} +\S|#{2,6}[^#\s]).*")
_FIRST_LEVEL = re.compile(r" ?# +\S.*")
_SECOND_LEVEL = re.compile(r" ?##")
_LATEX = re.compile(r"\\(?:documentclass|usepackage|begin\{|(?:sub)*section\*?\{)")
_TYPST = re.compile(r"^(?:#(?:set|import|let|show)\b|=+ \S)", re.MULTILINE)


def logical(lines: Sequence[Line], grammar: Grammar, directory: Directory) -> list[Line]:
    """The lines as they were meant: those of Markdown as they are, those of plain text unwrapped."""
    if is_markdown(lines):
        return _promoted(lines)
    return Plain(lines, grammar, directory).lines


def is_markdown(lines: Sequence[Line]) -> bool:
    """Whether the text has headings with #: a first line with one, or any with several."""
    heads = [line for line in lines if not line.verbatim and _HEADING.fullmatch(line.text)]
    first = next((line for line in lines if not line.blank), None)
    return len(heads) > 1 or any(line is first or _SECOND_LEVEL.match(line.text) for line in heads)


def foreign(lines: Sequence[Line]) -> Finding | None:
    """What to say of a text that is neither Markdown nor lines of plain text; None for one that is."""
    text = "\n".join(line.text for line in lines)
    if is_markdown(lines):
        return None
    if _LATEX.search(text) or len(_TYPST.findall(text)) > 1:
        return _foreign(_("this is LaTeX or Typst, not a sheet"))
    filled = [line.text for line in lines if line.text]
    if len(filled) < FEW_LINES and max(map(len, filled), default=0) > LONGEST_LINE:
        return _foreign(_("this text has lost its line ends, as when it is copied from some PDFs"))
    return None


def _promoted(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document that heads its agenda items with one # as if it did with two."""
    heads = [line for line in lines if not line.verbatim and _FIRST_LEVEL.fullmatch(line.text)]
    if len(heads) <= 1 or any(_SECOND_LEVEL.match(line.text) for line in lines if not line.verbatim):
        return list(lines)
    items = {line.number for line in heads if not day(line.text, date.max)}
    return [replace(line, form=heading(f"#{line.text.lstrip()}")) if line.number in items else line for line in lines]


def _foreign(message: str) -> Finding:
    return Finding(
        "foreign-text",
        "error",
        _("{what}; it was kept as one passage").format(what=message),
        line=1,
        column=1,
        hint=_("Save it as plain text with its lines, or start with a sheet and copy the passages into it."),
    )
