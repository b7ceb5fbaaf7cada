"""A sheet read into a meeting."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from atbtst_cli.errors import Finding
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting, NextMeeting
from atbtst_cli.sheet import before, coming
from atbtst_cli.sheet.agenda import Agenda
from atbtst_cli.sheet.blocks import unchanged
from atbtst_cli.sheet.dialect import foreign, logical
from atbtst_cli.sheet.forms import Heading, Label, Marker, Sentence, Title
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.header import Header
from atbtst_cli.sheet.ids import Ids
from atbtst_cli.sheet.markers import Context
from atbtst_cli.sheet.misfits import misfits, wrong_weekday
from atbtst_cli.sheet.moment import Day
from atbtst_cli.sheet.people import People, placed
from atbtst_cli.sheet.proof import Account, unproven, whole
from atbtst_cli.sheet.references import References
from atbtst_cli.sheet.scan import Entry, Scan
from atbtst_cli.sheet.signature import Signed, signed
from atbtst_cli.sheet.source import Line, lines
from atbtst_cli.sheet.text import clean, normal

_ID = re.compile(r"(?<![\w-])[a-z]-[0-9a-z]+(?:-[0-9a-z]+)*")


@dataclass(frozen=True)
class Reading:
    """What a sheet says: the meeting, what there is to say about the text, the ids that are no longer in it.

    ``day`` is the day that the sheet writes; the meeting keeps its own.
    """

    meeting: Meeting
    findings: tuple[Finding, ...]
    vanished: tuple[str, ...]
    day: Day | None = None


def read(text: str, base: Meeting, directory: Directory, draw: Callable[[str], str]) -> Reading:
    """The meeting that a sheet says, from the meeting so far, whose other fields it keeps.

    Things with an id change what has that id, things without one are new; ``draw`` gives an id with the prefix it
    is called with, another one each time. A date in the title that is another than the meeting's is a finding.
    Findings have line and column in the text, both from 1. No letter of the text is lost: what is not understood is
    kept as text, and said.
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
        return Reading(whole(base, found), (*sheet.findings(), unproven()), ids.vanished(), sheet.day)
    findings = (*sheet.findings(), *_weekdays(found, base.date))
    return Reading(unchanged(meeting, base), findings, ids.vanished(), sheet.day)


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
        references = References(directory, base.network, before.records(base), before.superseded(base))
        context = Context(directory, people, before.bodies(base), before.numbers(base), references, ids, base.date)
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
        fields = self._header.fields(whole=self._written)
        fields |= {"agenda": self._agenda.items(), "preamble": self._agenda.preamble()}
        read = self._base.model_copy(update=fields)
        return read.model_copy(update={"next_meeting": self._next(read)})

    @property
    def day(self) -> Day | None:
        """The day that the sheet writes."""
        return self._header.day

    def findings(self) -> tuple[Finding, ...]:
        """What there is to say, in the order of the text."""
        found = dict.fromkeys((*self._scan.findings, *self._header.findings, *self._agenda.findings, *self._coming))
        told = {finding.line for finding in found}
        unindented = (finding for finding in self._scan.unindented if finding.line not in told)
        return tuple(sorted((*found, *unindented), key=lambda finding: (finding.line, finding.column)))

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

    def _next(self, read: Meeting) -> NextMeeting | None:
        """The next meeting as the sheet says it; as it was where the sheet says what it said before."""
        words, known = coming.said(read), self._base.next_meeting
        if words == coming.said(self._base) or (known and words == clean(known.text)):
            return known
        if not words:
            return None
        found, findings = coming.next_meeting(words, self._base.date)
        self._coming = tuple(placed(finding, self._line_of(words), 1) for finding in findings)
        return found

    def _line_of(self, words: str) -> int:
        """The last line where those words begin; the first of all where they were put together from several."""
        first = words.partition("\n")[0]
        found = (line for entry in self._scan.entries for line in entry.lines)
        typed = ((line.number, line.form.title if isinstance(line.form, Heading) else line.text) for line in found)
        return max((number for number, text in typed if first in text), default=1)


def _heading_ids(entries: Iterable[Entry]) -> Iterable[str]:
    return (entry.form.id for entry in entries if isinstance(entry.form, Heading) and entry.form.id)


def _weekdays(found: Sequence[Line], on: date) -> tuple[Finding, ...]:
    """A warning for each weekday that does not fit its date, anywhere in the text."""
    text = "\n".join(line.text for line in found)
    findings = []
    for misfit in misfits(text, on):
        line = found[text.count("\n", 0, misfit.at)]
        column = line.column + misfit.at - (text.rfind("\n", 0, misfit.at) + 1)
        findings.append(placed(wrong_weekday(misfit), line.number, column))
    return tuple(findings)
