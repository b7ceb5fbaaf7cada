"""Plain text, as people paste it from a PDF or a mail, as the lines of a sheet."""

import re
from collections.abc import Sequence
from dataclasses import replace

from atbtst_cli.models.directory import Directory, fold
from atbtst_cli.sheet.coming import is_labelled
from atbtst_cli.sheet.forms import Form, Heading, Label, Marker, Region, Title
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.source import Line
from atbtst_cli.sheet.styles import Start, starts
from atbtst_cli.sheet.text import indentation
from atbtst_cli.sheet.title import is_title
from atbtst_cli.sheet.unwrap import Column
from atbtst_cli.sheet.vocabulary import TITLES

_BULLET = re.compile(r"[-–](?=[^\W\d]|[”\"“(@])|[-–•●■▪◦‣·*+]\s+|[•●■▪◦‣](?=\S)")
_NUMBER = re.compile(r"([0-9]{1,3})[.)]\s+(?=\S)")
_LAST_WORD = re.compile(r"(?<![\w/])(?=[\w/]*\W?$)")
_ENDED = (".", "?", "!", ":")


class Plain:
    """The lines of a plain text: unwrapped, with its agenda items and lists told apart, the rest taken literally."""

    def __init__(self, lines: Sequence[Line], grammar: Grammar, directory: Directory) -> None:
        """Go through the lines of a text."""
        self.lines: list[Line] = []
        self._source = lines
        self._grammar = grammar
        self._directory = directory
        self._column = Column(lines)
        self._starts = starts(lines, grammar)
        self._region: Region = "header"
        self._reports = False
        self._number = 0
        self._last: Line | None = None
        self._pieces: list[str] = []
        self._open: Form | None = None
        self._named = False
        at = 0
        while at < len(lines):
            at += self._take(at)
        self._put_together()

    def _take(self, at: int) -> int:
        """Take the line at that place; how many lines that was."""
        line = self._source[at]
        if line.blank or line.verbatim:
            self._pause(line)
            return 1
        if self._is_title(at):
            self._emit(replace(line, form=Title(text=line.text.strip())))
            return 1
        if at in self._starts:
            return self._item(at, self._starts[at])
        network = self._network(line)
        if network:
            self._emit(replace(line, text="", form=Heading(level=3, title=network)))
            return 1
        self._text(line)
        self._last = line
        return 1

    def _pause(self, line: Line) -> None:
        self._emit(line)
        self._last = None
        if isinstance(self._open, Label) and (self._named or self._open.text):
            self._open = None

    def _is_title(self, at: int) -> bool:
        """Whether the line is the first one, stands alone above the rest, and names a body and a day."""
        text, below = self._source[at].text.strip(), self._source[at + 1 : at + 2]
        alone = all(line.blank or isinstance(self._grammar.form(line.text.strip(), "header"), Label) for line in below)
        return alone and all(line.blank for line in self.lines) and is_title(text, self._grammar.on, self._directory)

    def _item(self, at: int, start: Start) -> int:
        """Take an agenda item's title with the lines it goes on over."""
        title, end = start.title, at + start.below
        while not start.below and self._goes_on(title, end):
            end += 1
            title = self._column.joined(title, self._source[end].text)
        self._region, self._number, self._last, self._open = "body", 0, None, None
        self._reports = TITLES.get(fold(title.rstrip(" :."))) == "reports"
        before = f"{start.before} " if start.before else ""
        if title:
            self._emit(replace(self._source[at], text="", form=Heading(level=2, title=title.strip(), before=before)))
        else:
            self._text(self._source[at])
        return end + 1 - at

    def _goes_on(self, title: str, end: int) -> bool:
        """Whether the next line belongs to the title: its first word did not fit, and it is short or ends there."""
        after = [line.text if not line.verbatim else "" for line in self._source[end + 1 : end + 3]] + ["", ""]
        last = self._source[end].text
        if title.endswith(_ENDED) or not after[0].strip() or end + 1 in self._starts or self._own(after[0]):
            return False
        return self._column.wraps(last, after[0]) and (not after[1].strip() or self._column.short(after[0]))

    def _network(self, line: Line) -> str | None:
        """The line's text where it is a network's name in the item of reports, and no hyphen stands before it."""
        name = line.text.strip()
        if not self._reports or (self._last and self._last.text.endswith(("-", "\xad"))):
            return None
        return name if len(self._directory.network(name)) == 1 else None

    def _text(self, line: Line) -> None:
        text = line.text.strip()
        form = self._grammar.form(text, self._region)
        above = self.lines[-1] if self.lines else None
        if form is None and self._last and above and not above.blank and self._joins(line):
            self._join(above, text)
        elif form is not None:
            self._own_line(line, form)
        else:
            self._paragraph(line, text)

    def _join(self, above: Line, text: str) -> None:
        """Go on with the line above: only its last word decides how, so only that is held ready."""
        self._pieces = self._pieces or [above.text]
        joined = self._column.joined(self._pieces.pop(), text)
        self._pieces += _LAST_WORD.split(joined, maxsplit=1)

    def _put_together(self) -> None:
        if self._pieces:
            self.lines[-1] = replace(self.lines[-1], text="".join(self._pieces))
            self._pieces = []

    def _joins(self, line: Line) -> bool:
        """Whether the line goes on with the one above."""
        if self._last is None or self._own(line.text):
            return False
        hanging = indentation(line.text) > indentation(self._last.text) and _BULLET.match(self._last.text.strip())
        return bool(hanging) or self._column.wraps(self._last.text, line.text)

    def _own(self, text: str) -> bool:
        """Whether the line begins something of its own."""
        bare = text.strip()
        form = self._grammar.form(bare, self._region)
        return bool(form or _BULLET.match(bare) or self._numbered(bare) or is_labelled(bare))

    def _numbered(self, text: str) -> int:
        """The number of a list line that goes on with the numbers above or begins new ones; 0 for other text."""
        match = _NUMBER.match(text)
        return int(match[1]) if match and int(match[1]) in (1, self._number + 1) else 0

    def _own_line(self, line: Line, form: Form) -> None:
        """A line with a marker stands for itself; any other that is no mere text begins a paragraph."""
        if isinstance(form, Marker | Label):
            self._open, self._named = form, False
            self._emit(replace(line, literal=0))
        elif line.at_margin:
            self._gap()
            self._emit(replace(line, text=line.text.strip(), literal=0))
        else:
            self._emit(replace(line, literal=0))

    def _paragraph(self, line: Line, text: str) -> None:
        if isinstance(self._open, Label):
            self._named = True
            self._emit(replace(line, literal=0))
            return
        margin = "" if line.at_margin else line.text[: indentation(line.text)]
        kept = margin if isinstance(self._open, Marker) else ""
        under = isinstance(self._open, Marker) and (bool(kept) or self._last is not None)
        self._open = self._open if kept else None
        bullet, rest = self._bullet(text)
        if not under and not (bullet and self.lines and self.lines[-1].literal):
            self._gap()
        self._emit(replace(line, text=kept + bullet + rest, literal=len(kept + bullet)))

    def _bullet(self, text: str) -> tuple[str, str]:
        """The bullet or number of a list line in Markdown, and its text; an empty bullet before any other text."""
        match = _BULLET.match(text)
        if match:
            return "- ", text[match.end() :]
        number = self._numbered(text)
        if not number:
            return "", text
        self._number = number
        rest = text.split(None, 1)[1]
        return text[: len(text) - len(rest)], rest

    def _gap(self) -> None:
        if self.lines and not self.lines[-1].blank and self.lines[-1].form is None:
            self._emit(Line(self.lines[-1].number, ""))

    def _emit(self, line: Line) -> None:
        self._put_together()
        self.lines.append(line)
