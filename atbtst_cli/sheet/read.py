"""A sheet read into a meeting."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Meeting, NextMeeting, TextBlock
from atbtst_cli.sheet import before
from atbtst_cli.sheet.agenda import Agenda
from atbtst_cli.sheet.blocks import settled, unchanged
from atbtst_cli.sheet.coming import next_meeting
from atbtst_cli.sheet.dialect import foreign, logical
from atbtst_cli.sheet.forms import Heading, Label, Marker, Sentence, Title
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.header import Header
from atbtst_cli.sheet.ids import Ids
from atbtst_cli.sheet.markers import Context
from atbtst_cli.sheet.moment import misfits, weekday_name
from atbtst_cli.sheet.people import People, placed
from atbtst_cli.sheet.proof import Account, unproven, whole
from atbtst_cli.sheet.scan import Entry, Scan
from atbtst_cli.sheet.signature import Signed, signed
from atbtst_cli.sheet.source import Line, lines
from atbtst_cli.sheet.text import normal

_ID = re.compile(r"(?<![\w-])[a-z]-[0-9a-z]+(?:-[0-9a-z]+)*")


@dataclass(frozen=True)
class Reading:
    """What a sheet says: the meeting, what there is to say about the text, the ids that are no longer in it."""

    meeting: Meeting
    findings: tuple[Finding, ...]
    vanished: tuple[str, ...]


def read(text: str, base: Meeting, directory: Directory, draw: Callable[[str], str]) -> Reading:
    """The meeting that a sheet says, from the meeting so far, whose other fields it keeps.

    Things with an id change what has that id, things without one are new; ``draw`` gives an id with the prefix it
    is called with, another one each time. A date in the title becomes the meeting's, and is a finding where it is
    another than before. Findings have line and column in the text, both from 1. No letter of the text is lost:
    what is not understood is kept as text, and said.
    """
    source = normal(text)
    found = lines(source)
    ids = Ids(base, _ID.findall(source), draw)
    strange = foreign(found)
    if strange:
        return Reading(whole(base, found), (strange,), ids.vanished())
    sheet = Sheet(found, base, directory, ids)
    meeting = sheet.meeting()
    if not sheet.account.holds(meeting, found):
        return Reading(whole(base, found), (*sheet.findings(), unproven()), ids.vanished())
    return Reading(unchanged(meeting, base), (*sheet.findings(), *_weekdays(found, base.date)), ids.vanished())


class Sheet:
    """One sheet while it is read; ``account`` has all its words."""

    def __init__(self, found: Sequence[Line], base: Meeting, directory: Directory, ids: Ids) -> None:
        """Read the lines of a sheet."""
        self.account = Account()
        self._base = base
        self._directory = directory
        grammar = Grammar(directory, base.date)
        people = People(directory, before.persons(base))
        signature = signed(logical(found, grammar, directory), grammar)
        self._scan = Scan(grammar, signature.lines)
        self._header = Header(people, base)
        context = Context(directory, people, before.bodies(base), before.numbers(base), ids, base.date)
        headed = frozenset(_heading_ids(self._scan.entries))
        self._written = any(item.id in headed for item in base.items())
        self._agenda = Agenda(base, grammar, context, headed, self.account)
        self._coming: tuple[Finding, ...] = ()
        for entry in self._scan.entries:
            self._take(entry)
        self._agenda.finish()
        self._sign(signature)

    def meeting(self) -> Meeting:
        """The meeting so far with what the sheet says."""
        agenda = self._agenda.items()
        fields = self._header.fields(whole=self._written)
        fields |= {"agenda": agenda, "preamble": self._agenda.preamble(), "next_meeting": self._next(agenda)}
        return self._base.model_copy(update=fields)

    def findings(self) -> tuple[Finding, ...]:
        """What there is to say, in the order of the text."""
        found = (*self._scan.findings, *self._header.findings, *self._agenda.findings, *self._coming)
        return tuple(sorted(dict.fromkeys(found), key=lambda finding: (finding.line, finding.column)))

    def _take(self, entry: Entry) -> None:
        match entry.form:
            case Title() as form:
                self._take_title(entry, form)
            case Label() as form:
                self._take_label(entry, form)
            case Heading() as form:
                self._agenda.heading(entry, form)
            case Marker() as form:
                self._agenda.marker(entry, form)
            case Sentence() as form:
                self._agenda.sentence(entry, form)
            case _:
                self._agenda.text(entry.content())

    def _take_title(self, entry: Entry, form: Title) -> None:
        if self._header.title(form.text, entry.first, self._directory):
            self._take_words(entry.lines)
        else:
            self._agenda.text([replace(entry.first, text=form.text), *entry.lines[1:]])

    def _take_label(self, entry: Entry, form: Label) -> None:
        if self._header.label(entry, form):
            self._take_words(entry.lines)
        else:
            self._agenda.text(entry.lines)

    def _take_words(self, found: Iterable[Line]) -> None:
        self._agenda.finish()
        self.account.code(*(line.text for line in found))

    def _sign(self, signature: Signed) -> None:
        if signature.name:
            self._header.sign(signature.name, signature.signature[-1])
            self._take_words(signature.signature)

    def _next(self, agenda: tuple[AgendaItem, ...]) -> NextMeeting | None:
        """The next meeting: what its agenda item says, or as it was where there is none or it says the same."""
        items = [item for item in agenda if item.kind == "next_meeting"]
        known = self._base.next_meeting
        text = "\n\n".join(block.text for item in items[:1] for block in item.body if isinstance(block, TextBlock))
        if not items or (known and settled([TextBlock(text=known.text)]) == settled([TextBlock(text=text)])):
            return known
        if not text:
            return None
        coming, findings = next_meeting(text, self._base.date)
        self._coming = tuple(placed(finding, self._agenda.lines[items[0].id], 1) for finding in findings)
        return coming


def _heading_ids(entries: Iterable[Entry]) -> Iterable[str]:
    return (entry.form.id for entry in entries if isinstance(entry.form, Heading) and entry.form.id)


def _weekdays(found: Sequence[Line], on: date) -> tuple[Finding, ...]:
    """A warning for each weekday that does not fit its date, anywhere in the text."""
    text = "\n".join(line.text for line in found)
    findings = []
    for misfit in misfits(text, on):
        line = found[text.count("\n", 0, misfit.at)]
        column = line.column + misfit.at - (text.rfind("\n", 0, misfit.at) + 1)
        message = _("“{words}” does not fit: {date} is a {weekday}").format(
            words=misfit.words, date=misfit.date, weekday=weekday_name(misfit.date)
        )
        hint = _("Look whether the weekday, the date or the year is wrong; the words are kept as they are.")
        findings.append(Finding("weekday", "warning", message, line=line.number, column=column, hint=hint))
    return tuple(findings)
