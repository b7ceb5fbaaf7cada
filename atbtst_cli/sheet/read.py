"""A sheet read into a meeting."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import (
    ActionBlock,
    AgendaItem,
    AnswerBlock,
    ArrivedBlock,
    DecisionBlock,
    LeftBlock,
    Meeting,
    NextMeeting,
    ReferralBlock,
    ReservationBlock,
    TextBlock,
)
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.agenda import Agenda, settled, words_of
from atbtst_cli.sheet.coming import next_meeting
from atbtst_cli.sheet.dialect import foreign, logical
from atbtst_cli.sheet.forms import Heading, Label, Marker, Sentence, Title
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.header import Header
from atbtst_cli.sheet.ids import Ids
from atbtst_cli.sheet.markers import Context
from atbtst_cli.sheet.moment import misfits, weekday_name
from atbtst_cli.sheet.people import People, placed
from atbtst_cli.sheet.scan import Entry, Scan
from atbtst_cli.sheet.signature import Signed, signed
from atbtst_cli.sheet.source import Line, lines
from atbtst_cli.sheet.text import letters, normal

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
    another than before. Findings have line and column in the text, both from 1. No letter of the
    text is lost: what is not understood is kept as text, and said.
    """
    source = normal(text)
    found = lines(source)
    ids = Ids(base, _ID.findall(source), draw)
    strange = foreign(found)
    if strange:
        return Reading(_whole(found, base), (strange,), ids.vanished())
    sheet = Sheet(found, base, directory, ids)
    meeting = sheet.meeting()
    if not sheet.proven(meeting, found):
        return Reading(_whole(found, base), (*sheet.findings(), _unproven()), ids.vanished())
    return Reading(_kept(meeting, base), (*sheet.findings(), *_weekdays(found, base.date)), ids.vanished())


class Sheet:
    """One sheet while it is read."""

    def __init__(self, found: list[Line], base: Meeting, directory: Directory, ids: Ids) -> None:
        """Read the lines of a sheet."""
        self._base = base
        self._directory = directory
        grammar = Grammar(directory, base.date)
        people = People(directory, frozenset(_persons(base)))
        signature = signed(logical(found, grammar, directory), grammar)
        self._scan = Scan(grammar, signature.lines)
        self._header = Header(people, base)
        self._coming: tuple[Finding, ...] = ()
        context = Context(directory, people, frozenset(_bodies(base)), _numbers(base), ids, base.date)
        typed = frozenset(_heading_ids(self._scan.entries))
        self._whole = any(item.id in typed for item in base.items())
        self._agenda = Agenda(base, grammar, context, typed)
        for entry in self._scan.entries:
            self._take(entry)
        self._agenda.finish()
        self._sign(signature)

    def meeting(self) -> Meeting:
        """The meeting so far with what the sheet says."""
        fields: dict[str, Any] = self._header.fields(whole=self._whole)
        agenda = self._agenda.items()
        fields |= {"agenda": agenda, "preamble": self._agenda.preamble(), "next_meeting": self._next(agenda)}
        return self._base.model_copy(update=fields)

    def findings(self) -> tuple[Finding, ...]:
        """What there is to say, in the order of the text."""
        found = (*self._scan.findings, *self._header.findings, *self._agenda.findings, *self._coming)
        return tuple(sorted(dict.fromkeys(found), key=lambda finding: (finding.line, finding.column)))

    def proven(self, meeting: Meeting, found: Iterable[Line]) -> bool:
        """Whether the letters of all parts, in order, are those of the source, and stand in the meeting."""
        taken = [words if isinstance(words, str) else words_of(words) for words in self._agenda.words]
        blocks = [words_of(words) for words in self._agenda.words if not isinstance(words, str)]
        kept = [words_of(block) for _item, block in meeting.blocks()]
        return _letters(taken) == _letters(line.text for line in found) and _letters(blocks) == _letters(kept)

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
                self._agenda.text(entry.lines)

    def _take_title(self, entry: Entry, form: Title) -> None:
        if self._header.title(form.text, entry.first, self._directory):
            self._keep_words(entry)
        else:
            self._agenda.text([replace(entry.first, text=form.text), *entry.lines[1:]])

    def _take_label(self, entry: Entry, form: Label) -> None:
        if self._header.label(entry, form):
            self._keep_words(entry)
        else:
            self._agenda.text(entry.lines)

    def _keep_words(self, entry: Entry) -> None:
        self._agenda.finish()
        self._agenda.words += [line.text for line in entry.lines]

    def _sign(self, signature: Signed) -> None:
        if signature.name:
            self._header.sign(signature.name, signature.signature[-1])
            self._agenda.words += [line.text for line in signature.signature]

    def _next(self, agenda: tuple[AgendaItem, ...]) -> NextMeeting | None:
        """The next meeting: what its agenda item says, or as it was where there is none or it says the same."""
        items = [item for item in agenda if item.kind == "next_meeting"]
        before = self._base.next_meeting
        text = "\n\n".join(block.text for item in items[:1] for block in item.body if isinstance(block, TextBlock))
        if not items or (before and settled([TextBlock(text=before.text)]) == settled([TextBlock(text=text)])):
            return before
        if not text:
            return None
        coming, findings = next_meeting(text, self._base.date)
        self._coming = tuple(placed(finding, self._agenda.lines[items[0].id], 1) for finding in findings)
        return coming


def _kept(meeting: Meeting, base: Meeting) -> Meeting:
    """The meeting where each body that reads the same as before is as it was before."""
    before = {item.id: item for item in base.items()}

    def kept(item: AgendaItem) -> AgendaItem:
        old = before.get(item.id)
        same = old is not None and settled(old.body) == item.body
        parts = tuple(kept(part) for part in item.parts)
        return item.model_copy(update={"body": old.body if old and same else item.body, "parts": parts})

    preamble = base.preamble if settled(base.preamble) == meeting.preamble else meeting.preamble
    return meeting.model_copy(update={"agenda": tuple(kept(item) for item in meeting.agenda), "preamble": preamble})


def _whole(found: Iterable[Line], base: Meeting) -> Meeting:
    """The meeting with the whole text as one passage, as it was typed."""
    text = "\n".join(line.text for line in found)
    ticks = "`" * max(len("```"), *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return base.model_copy(update={"agenda": (), "preamble": (TextBlock(text=f"{ticks}\n{text}\n{ticks}"),)})


def _weekdays(found: Iterable[Line], on: date) -> tuple[Finding, ...]:
    kept = list(found)
    text = "\n".join(line.text for line in kept)
    findings = []
    for misfit in misfits(text, on):
        line = kept[text.count("\n", 0, misfit.at)]
        column = line.column + misfit.at - (text.rfind("\n", 0, misfit.at) + 1)
        findings.append(
            Finding(
                "weekday",
                "warning",
                _("“{words}” does not fit: {date} is a {weekday}").format(
                    words=misfit.words, date=misfit.date, weekday=weekday_name(misfit.date)
                ),
                line=line.number,
                column=column,
                hint=_("Look whether the weekday, the date or the year is wrong; the words are kept as they are."),
            )
        )
    return tuple(findings)


def _letters(parts: Iterable[str]) -> str:
    return letters("\n".join(parts))


def _heading_ids(entries: Iterable[Entry]) -> Iterable[str]:
    return (entry.form.id for entry in entries if isinstance(entry.form, Heading) and entry.form.id)


def _numbers(base: Meeting) -> dict[str, int | None]:
    return {block.decision: block.number for _item, block in base.blocks() if isinstance(block, DecisionBlock)}


def _bodies(base: Meeting) -> Iterable[str]:
    for _item, block in base.blocks():
        if isinstance(block, ReferralBlock):
            yield block.referral
        elif isinstance(block, AnswerBlock):
            yield block.answer


def _persons(base: Meeting) -> Iterable[str]:
    """The ids of members and seats that the meeting has."""
    people: list[str | Named | None] = [base.chair, base.secretary, *base.adjusters]
    for one in base.attendance:
        people += [one.member, one.substitute_for]
    for _item, block in base.blocks():
        match block:
            case ActionBlock():
                people += block.owners
            case ReservationBlock():
                people += block.reservation
            case ArrivedBlock():
                people.append(block.arrived)
            case LeftBlock():
                people.append(block.left)
    return (one for one in people if isinstance(one, str))


def _unproven() -> Finding:
    return Finding(
        "unproven",
        "error",
        _("the text could not be read without losing words, so all of it was kept as one passage"),
        line=1,
        column=1,
        hint=_("Look for unusual signs around headings and markers, and report the text as a fault of the program."),
    )
