"""The lines of a sheet gathered into entries: a heading, a marker with what continues it, a stretch of text."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from textwrap import shorten

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.sheet.forms import (
    Comment,
    Fence,
    Form,
    Head,
    Heading,
    Label,
    Marker,
    NearMiss,
    Region,
    Sentence,
    Signature,
    Title,
)
from atbtst_cli.sheet.grammar import LISTS, Grammar
from atbtst_cli.sheet.people import is_name, split
from atbtst_cli.sheet.source import Line

LONGEST = 60
"""The characters that a finding shows of another line."""


@dataclass(slots=True)
class Entry:
    """One thing of the sheet; ``form`` is None for text, ``lines`` are all its lines, the first one included."""

    form: Form | None
    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line that is not blank."""
        return next(line for line in reversed(self.lines) if not line.blank)

    @property
    def ended(self) -> bool:
        """Whether a blank line stands at its end."""
        return self.lines[-1].blank

    @property
    def announces(self) -> bool:
        """Whether its text ends with a colon, as it does before a list."""
        text = self.form.text if isinstance(self.form, Marker) and self.last is self.first else self.last.text
        return text.endswith(":")

    def content(self) -> list[Line]:
        """The lines of its text; of a marker or label what follows the colon, then what continues it, dedented."""
        if not isinstance(self.form, Marker | Label):
            return self.lines
        rest = [line.dedented() for line in self.lines[1:]]
        if not self.form.text:
            return rest
        first = replace(self.first, text=self.form.text, column=self.first.column + self.form.starts)
        return [first, *rest]

    def inline(self) -> bool:
        """Whether the text begins on the marker's own line."""
        return isinstance(self.form, Marker | Label) and bool(self.form.text)


class Scan:
    """The entries of one sheet, and what there is to say about where lines stand.

    ``unindented`` is what to say of lines of which nothing else is said.
    """

    def __init__(self, grammar: Grammar, lines: Iterable[Line]) -> None:
        """Gather the lines of a sheet."""
        self.entries: list[Entry] = []
        self.findings: list[Finding] = []
        self.unindented: list[Finding] = []
        self._grammar = grammar
        self._region: Region = "header"
        self._spoken = False
        for line in lines:
            self._take(line)
        self.entries = _closed(self.entries, self.findings)

    def _take(self, line: Line) -> None:
        current = self.entries[-1] if self.entries else None
        if line.blank:
            if current:
                current.lines.append(line)
            return
        form = self._form(line, current)
        if current and form is None and _continues(current, line):
            current.lines.append(line)
            return
        if form is None and current and _is_left(current):
            self.unindented.append(_unindented(line, current))
        self.entries.append(Entry(form, [line]))
        self._note(form)

    def _form(self, line: Line, current: Entry | None) -> Form | None:
        if line.verbatim or not line.at_margin:
            return None
        form = line.form or self._grammar.form(line.text, self._region)
        match form:
            case NearMiss(internal=True):
                return self._internal(form, line)
            case NearMiss() | Comment() | Fence() | Signature():
                return None
            case Title() if self._region != "header" or any(isinstance(one.form, Title) for one in self.entries):
                return None
            case Sentence() if not self._says(form, current):
                return None
        return form

    def _says(self, form: Sentence, current: Entry | None) -> bool:
        """Whether the sentence stands where it counts: at a paragraph's start, *dropped* before any other text."""
        starts = current is None or current.form is not None or current.ended
        return self._region == "body" and starts and (form.kind == "deferred" or not self._spoken)

    def _internal(self, form: NearMiss, line: Line) -> Marker:
        """A near miss of the internal marker is internal, to be on the safe side, and said aloud."""
        column = line.column + form.at
        self.findings.append(Finding(form.rule, "error", form.message, line=line.number, column=column, hint=form.hint))
        return Marker(kind="internal", head=Head(), text=line.text, starts=0)

    def _note(self, form: Form | None) -> None:
        if isinstance(form, Heading):
            self._region, self._spoken = "body", False
        elif form is None or isinstance(form, Sentence):
            self._spoken = True


def _continues(current: Entry, line: Line) -> bool:
    match current.form:
        case None:
            return True
        case Heading() | Title():
            return False
        case Sentence():
            return not line.at_margin or not current.ended
        case Label():
            return not line.at_margin or _lists(current, line)
    return not line.at_margin


def _lists(entry: Entry, line: Line) -> bool:
    """Whether the line goes on with the names of a label that stands alone, or whose names end with a comma."""
    if not isinstance(entry.form, Label) or entry.form.label not in LISTS or line.verbatim:
        return False
    if entry.last.text.endswith((",", ";")):
        return not entry.ended
    if entry.form.text or (entry.ended and entry.last is not entry.first):
        return False
    name = next(split(line.text.lstrip("-–•*· ")), None)
    return name is not None and is_name(name.text.split(" (")[0])


def _closed(entries: list[Entry], findings: list[Finding]) -> list[Entry]:
    """The entries where an internal marker with nothing indented under it takes all up to the next marker."""
    closed: list[Entry] = []
    taking = False
    for entry in entries:
        last = closed[-1] if closed else None
        is_text = entry.form is None or isinstance(entry.form, Sentence)
        if last and is_text and (taking or _fails_closed(last)):
            findings += [] if taking else [_open_internal(entry.first)]
            last.lines += entry.lines
            taking = True
        else:
            closed.append(entry)
            taking = False
    return closed


def _fails_closed(entry: Entry) -> bool:
    """Whether what stands at the margin below may have been meant as internal, and so is."""
    if not (isinstance(entry.form, Marker) and entry.form.kind == "internal"):
        return False
    alone = entry.last is entry.first and (entry.announces or not entry.form.text)
    return alone or not entry.ended


def _is_left(entry: Entry) -> bool:
    """Whether text at the margin below a marker may have been meant to belong to it, and does not."""
    return isinstance(entry.form, Marker) and not _fails_closed(entry) and (entry.announces or not entry.ended)


def _unindented(line: Line, marked: Entry) -> Finding:
    hint = _("Indent the lines by two blanks if they belong to it.")
    if not marked.ended:
        hint = _("Indent the lines by two blanks if they belong to it; leave a blank line between if they do not.")
    return Finding(
        "under-marker",
        "warning",
        _("this is not indented, so it is text of its own and no part of “{marked}”").format(
            marked=shorten(marked.first.text, LONGEST, placeholder=" …")
        ),
        line=line.number,
        column=line.column,
        hint=hint,
    )


def _open_internal(line: Line) -> Finding:
    return Finding(
        "open-internal",
        "error",
        _("this is not indented under the internal marker; all of it up to the next marker or heading is internal"),
        line=line.number,
        column=line.column,
        hint=_("Indent what is internal by two blanks, and leave a blank line before what is not."),
    )
