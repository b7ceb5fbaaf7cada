"""The secretary's text on its way to minutes: what it begins with, what it is read against, what it says."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Literal

from atbtst_cli.acts import approval
from atbtst_cli.acts.agenda import proposed
from atbtst_cli.acts.ids import Draw, free_meeting_id
from atbtst_cli.acts.reports import quoted
from atbtst_cli.errors import Finding, Invalid, Refused, UsageError
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.base import Part
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Amendment, Attendance, Meeting
from atbtst_cli.rules import seats
from atbtst_cli.sheet.doubt import marked
from atbtst_cli.sheet.misfits import year_not_written
from atbtst_cli.sheet.read import Reading, read
from atbtst_cli.sheet.write import write as write_sheet


class Unclear(Invalid):
    """Lines of a sheet were not understood."""


class Vanished(Refused):
    """What a sheet once had is no longer in it, and nobody has said that it is to go."""


NEAR = 14
"""Days within which a planned meeting is taken to be the one that is minuted."""
ID = re.compile(r"(\b[a-z]-[0-9a-z]+(?: § [0-9]+)?)")
"""The id of what stands in a meeting, with a decision's number, and a few words; those are not drawn."""


class Request(Part):
    """What the secretary said of the meeting on the command line; the sheet may say more.

    ``number`` is a number, "none" for older minutes without one, or None to draw the next. ``existing`` is the id of
    a meeting on record that the minutes are for. ``prefilled`` begins a new meeting with its standing agenda, and
    ``called`` with those who are called put down as present. ``seen`` is the fingerprint of the minutes that a
    correction began with, and ``amendment`` says why it is made where they are approved. ``handed_in`` is set from
    when the text is given to the record, in case that is cut short.
    """

    network: str
    day: date
    seed: int
    existing: str | None = None
    fixed_day: bool = False
    start: time | None = None
    end: time | None = None
    place: str | None = None
    number: int | Literal["none"] | None = None
    secretary: str | None = None
    again: bool = False
    prefilled: bool = False
    agenda: tuple[AgendaItem, ...] = ()
    called: bool = False
    seen: str | None = None
    amendment: Amendment | None = None
    keep_going: bool = False
    allow_vanished: bool = False
    handed_in: bool = False


def planned(council: Council, network_id: str, today: date) -> Meeting | None:
    """The planned meeting that minutes without a date are for: today's, else the nearest within 14 days."""
    near = [
        meeting
        for meeting in council.meetings.values()
        if meeting.network == network_id and meeting.is_pending and abs((meeting.date - today).days) <= NEAR
    ]
    return min(near, key=lambda meeting: (abs((meeting.date - today).days), meeting.date), default=None)


def base(council: Council, request: Request) -> Meeting:
    """The meeting before its sheet is read: the one on record, or a new one with the body's standing agenda."""
    if request.existing:
        meeting = council.meetings.get(request.existing)
        if meeting is None:
            raise Refused(_("The meeting {id} is no longer on record.").format(id=request.existing))
        if request.seen and request.seen != fingerprint(meeting):
            raise Refused(
                _("The minutes {id} were changed since your text was begun, so it was not saved over them.").format(
                    id=meeting.id
                ),
                _("Make your changes again with: {command}").format(command=f"atbtst minutes edit {meeting.id}"),
            )
        return approval.open_again(meeting, request.amendment)

    known = [one for one in council.meetings.values() if (one.network, one.date) == (request.network, request.day)]
    for meeting in known:
        if meeting.is_pending:
            return _started(council, meeting, request)
        if not request.again and meeting.held:
            raise Refused(
                _("{body} has minutes of {date} already.").format(
                    body=Directory(council, request.day).body(request.network), date=request.day
                ),
                _("Change them with: {command}   For a second meeting on that day add --again.").format(
                    command=f"atbtst minutes edit {meeting.id}"
                ),
            )
    return _new(council, request)


def begun(council: Council, request: Request) -> Request:
    """The request with the agenda that its sheet begins with, so that the sheet is read against that very agenda.

    What is due may change while somebody writes; the ids in their sheet must not come to mean something else.
    """
    return request.model_copy(update={"agenda": base(council, request).agenda}) if request.prefilled else request


def fingerprint(meeting: Meeting) -> str:
    """A short sign that tells one state of a meeting from every other."""
    return hashlib.sha256(meeting.model_dump_json().encode()).hexdigest()[:16]


def _new(council: Council, request: Request) -> Meeting:
    meeting_id = free_meeting_id(request.network, request.day, council.meetings)
    meeting = Meeting(id=meeting_id, network=request.network, date=request.day)
    return _started(council, meeting, request)


def _started(council: Council, meeting: Meeting, request: Request) -> Meeting:
    """The meeting as the command line tells it, with its standing agenda and those who are called where wanted."""
    given = {"start": request.start, "end": request.end, "place": request.place}
    meeting = meeting.model_copy(update={name: value for name, value in given.items() if value is not None})
    if request.prefilled:
        agenda = meeting.agenda or request.agenda or proposed(council, meeting, request.seed).meeting.agenda
        meeting = quoted(council, meeting.model_copy(update={"agenda": agenda}))
    return _called(council, meeting, request) if request.called else meeting


def _called(council: Council, meeting: Meeting, request: Request) -> Meeting:
    """The meeting with those who are called put down as present, unless somebody is put down already."""
    called = seats.called_to(council, meeting)
    present = tuple(Attendance(member=one.member, status="present", seats=one.seats) for one in called)
    return meeting.model_copy(
        update={
            "attendance": meeting.attendance or present,
            "chair": meeting.chair or seats.chair(council, meeting.network, meeting.date),
            "secretary": meeting.secretary or request.secretary,
        }
    )


def understand(council: Council, request: Request, text: str) -> Reading:
    """What a sheet says, read against the council; a new meeting takes its day from the sheet where it has one."""
    if request.existing:
        return _read(council, base(council, request), request, text)
    day, findings = _day_of(council, request, text)
    reading = _read(council, base(council, request.model_copy(update={"day": day})), request, text)
    return replace(reading, findings=(*findings, *reading.findings))


def _day_of(council: Council, request: Request, text: str) -> tuple[date, tuple[Finding, ...]]:
    """The day of a new meeting: the text's, else the given one; and what to say of it."""
    blank = Meeting(id=f"{request.day}-{request.network}", network=request.network, date=request.day)
    written = _read(council, blank, request, text).day
    if written is None or written.date is None:
        return request.day, ()
    if not request.fixed_day:
        return written.date, (year_not_written(written),) if written.inferred else ()
    if written.date != request.day:
        raise UsageError(
            _("The text says {day}, but --date says {date}.").format(day=written.date, date=request.day),
            _("Correct the text, or give the text's day with --date."),
        )
    return request.day, ()


def _read(council: Council, before: Meeting, request: Request, text: str) -> Reading:
    taken = {*council.items, *(part.id for part in before.items())}
    return read(text, before, Directory(council, before.date), Draw(request.seed + 1, taken))


def accepted(council: Council, request: Request, text: str) -> Reading:
    """What a sheet says; Invalid, with the lines, where something was not understood and is not to be kept as text."""
    reading = understand(council, request, text)
    if request.keep_going:
        return _with_findings(understand(council, request, marked(text, reading)), reading)
    refuse_unclear(reading.findings)
    return reading


def _with_findings(reading: Reading, first: Reading) -> Reading:
    """The reading with what was found in the text before it was marked."""
    return replace(reading, findings=first.findings)


def refuse_unclear(findings: Sequence[Finding]) -> None:
    """Invalid, with every finding, where a line of the sheet was not understood."""
    unclear = len({one.line for one in findings if one.level == "error"})
    if unclear:
        text = ngettext(
            "{count} line was not understood, so nothing was saved yet.",
            "{count} lines were not understood, so nothing was saved yet.",
            unclear,
        )
        raise Unclear(text.format(count=unclear), "", tuple(findings))


def recorded(council: Council, request: Request, text: str) -> bool:
    """Whether a sheet that was handed in is on record: minutes say what it says, whatever ids were drawn for it."""
    if not request.handed_in:
        return False
    day = meant_day(council, request, text)
    held = [one for one in council.meetings.values() if one.held and (one.network, one.date) == (request.network, day)]
    return any(_says(council, known, request, text) for known in held if request.existing in (None, known.id))


def meant_day(council: Council, request: Request, text: str) -> date:
    """The day that a sheet means: that of its meeting on record, else what it says itself, else what was said of it."""
    free = request.model_copy(update={"fixed_day": False})
    return request.day if request.existing else _day_of(council, free, text)[0]


def _says(council: Council, known: Meeting, request: Request, text: str) -> bool:
    """Whether minutes say what a sheet says."""
    reading = _read(council, known, request, text)
    if request.keep_going:
        reading = _read(council, known, request, marked(text, reading))
    parts = ID.split(as_sheet(council, reading.meeting))
    drawn = (ID.pattern if ID.fullmatch(part) and part not in text else re.escape(part) for part in parts)
    return re.fullmatch("".join(drawn), as_sheet(council, known)) is not None


def as_sheet(council: Council, meeting: Meeting) -> str:
    """The minutes as the text a secretary types."""
    return write_sheet(meeting, Directory(council, meeting.date), council.settings.language)
