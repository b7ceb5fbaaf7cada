"""What stands before the first agenda item: the title line and the labels."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.directory import Directory, fold
from atbtst_cli.models.meeting import Attendance, Meeting
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.attendance import names_in, read_entry, spell_entry
from atbtst_cli.sheet.forms import Label
from atbtst_cli.sheet.misfits import no_such_day
from atbtst_cli.sheet.moment import Day, day
from atbtst_cli.sheet.pen import Pen
from atbtst_cli.sheet.people import People, is_name, no_name, placed, split
from atbtst_cli.sheet.scan import Entry
from atbtst_cli.sheet.source import Line, trimmed
from atbtst_cli.sheet.title import TitleLine, named, title_line
from atbtst_cli.sheet.vocabulary import example, spellings

STATUSES = ("present", "excused", "absent", "guest")
CARRIED = ("reference", "start", "end", "place", "chair", "secretary", "adjusters", "attendance")
"""The fields of a meeting that a sheet's header carries, beside its date."""

_NOBODY = {fold(word) for word in spellings(lambda table: table.nobody)}
_BULLET = re.compile(r"^(?:[-–*•·]\s*|[0-9]{1,3}[.)]\s+)")


@dataclass(slots=True)
class Header:
    """What the header of one sheet says, by the field of the meeting, and the day that it says, which is no field."""

    people: People
    meeting: Meeting
    values: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    titled: bool = False
    day: Day | None = None

    def title(self, text: str, line: Line, directory: Directory) -> bool:
        """Take the title line; False where it was not understood and is to be kept as text."""
        said = title_line(text, self.meeting.date)
        bodies = named(said, directory)
        body = self.meeting.network in (said.body, *bodies)
        if bodies and not body:
            self._say(_other_body(bodies[0], self.meeting.network, directory), line, line.column)
            return False
        if not body or said.left:
            doubtful = body or day(text, self.meeting.date) is not None
            self._say(_not_understood(text, doubtful=doubtful), line, line.column)
            return False
        self.titled = True
        self._moment(said, line)
        self.values |= {"place": said.place} if said.place else {}
        return True

    def label(self, entry: Entry, form: Label) -> bool:
        """Take a label with what belongs to it; False where it was not understood and is to be kept as text."""
        found = trimmed(entry.content())
        if not found:
            return True
        if form.label in STATUSES:
            self._attendance(form.label, found)
            return True
        text = " ".join(line.text.strip() for line in found)
        if form.label in ("when", "where"):
            return self._when(text, found[0], place=form.label == "where")
        if form.label in ("place", "reference"):
            self.values[form.label] = text
        elif form.label == "adjusters":
            names = [piece for line in found for piece in split(_BULLET.sub("", line.text.strip(), count=1))]
            self.values["adjusters"] = tuple(self._person(piece.text, found[0]) for piece in names)
        else:
            return self._role(form.label, text, found[0])
        return True

    def sign(self, name: str, line: Line) -> None:
        """Take the signature below the minutes."""
        secretary = self._person(name, line)
        if self.values.get("secretary", secretary) != secretary:
            self._say(_two_secretaries(name), line, line.column)
        self.values["secretary"] = secretary

    def fields(self, *, whole: bool) -> dict[str, Any]:
        """The fields of the meeting as the sheet says them.

        With ``whole`` the sheet was written from the meeting, so what it leaves out of the header was taken out.
        """
        said = {**self.roles, **self.values}
        if "attendance" in said:
            said["attendance"] = _seated(said["attendance"], self.meeting.attendance)
        if whole and self.titled:
            gone = [name for name in CARRIED if getattr(self.meeting, name) and name not in said]
            self.findings += [_taken_away(name) for name in gone]
            said |= {name: () if isinstance(getattr(self.meeting, name), tuple) else None for name in gone}
        return said

    def _when(self, text: str, line: Line, *, place: bool) -> bool:
        said = title_line(text, self.meeting.date)
        left = ", ".join(part for part in (said.body, said.left, said.place) if part)
        if left and not place:
            self._say(_bad_moment(text), line, line.column)
            return False
        self._moment(said, line)
        self.values |= {"place": left} if left else {}
        return True

    def _moment(self, said: TitleLine, line: Line) -> None:
        self.day = said.day or self.day
        if said.day and said.day.date is None:
            self._say(no_such_day(said.day.words), line, line.column)
        elif said.day and said.day.date != self.meeting.date:
            self._say(_other_day(said.day, self.meeting), line, line.column)
        for name in ("start", "end"):
            if getattr(said, name) is not None:
                self.values[name] = getattr(said, name)

    def _attendance(self, status: Any, found: list[Line]) -> None:
        attendance: list[Attendance] = [*self.values.get("attendance", ())]
        for line, text, beside in _names(found, self.people):
            present = read_entry(text, status, self.people, beside)
            attendance.append(present.attendance)
            for finding in present.findings:
                self._say(finding, line, line.column + max(0, line.text.find(text)))
            if present.role == "adjusters":
                self.roles["adjusters"] = (*self.roles.get("adjusters", ()), present.attendance.person)
            elif present.role:
                self.roles[present.role] = present.attendance.person
        self.values["attendance"] = tuple(attendance)

    def _role(self, label: str, text: str, line: Line) -> bool:
        if self.people.member(text).finding and not is_name(re.sub(r"\s*\([^()]*\)$", "", text)):
            self._say(no_name(text), line, line.column)
            return False
        self.values[label] = self._person(text, line)
        return True

    def _person(self, text: str, line: Line) -> str | Named:
        bare = re.sub(r"\s*\([^()]*\)$", "", text)
        if bare != text and bare and not self.people.member(bare).finding:
            self._say(_beside(text[len(bare) :].strip()), line, line.column)
            text = bare
        who = self.people.member(text)
        if who.finding:
            self._say(who.finding, line, line.column)
        return who.person if who.person is not None else Named(name=text)

    def _say(self, finding: Finding, line: Line, column: int) -> None:
        self.findings.append(placed(finding, line.number, column))


def header_lines(meeting: Meeting, pen: Pen) -> list[str]:
    """The title line and the labels of a meeting."""
    clock = f" {pen.words.clock[0]} " if meeting.start or meeting.end else ""
    start = f"{meeting.start:%H:%M}" if meeting.start else ""
    until = f"–{meeting.end:%H:%M}" if meeting.end else ""
    title = f"{pen.directory.body(meeting.network)} {meeting.date}{clock}{start}{until}"
    placed_title = f"{title}, {meeting.place}" if meeting.place else title
    plain = title_line(placed_title, pen.on).place == (meeting.place or "")
    return [
        f"# {placed_title if plain else title}",
        *([] if plain else [f"{pen.words.labels['place'][0]}: {meeting.place}"]),
        *([f"{pen.words.labels['reference'][0]}: {meeting.reference}"] if meeting.reference else []),
        *_attendance_lines(meeting.attendance, pen),
        *_role_lines(meeting, pen),
    ]


def _attendance_lines(attendance: Iterable[Attendance], pen: Pen) -> list[str]:
    runs: list[tuple[str, list[str]]] = []
    for one in attendance:
        if not runs or runs[-1][0] != one.status:
            runs.append((one.status, []))
        runs[-1][1].append(spell_entry(one, pen.words.substitute[0], pen.people))
    return [f"{pen.words.labels[status][0]}: {', '.join(names)}" for status, names in runs]


def _role_lines(meeting: Meeting, pen: Pen) -> list[str]:
    roles = (
        ("chair", (meeting.chair,) if meeting.chair is not None else ()),
        ("secretary", (meeting.secretary,) if meeting.secretary is not None else ()),
        ("adjusters", meeting.adjusters),
    )
    return [f"{pen.words.labels[role][0]}: {pen.persons(persons)}" for role, persons in roles if persons]


def _names(found: list[Line], people: People) -> Iterable[tuple[Line, str, list[str]]]:
    """Each name of a list with what stands beside it; nothing where the list says that there is nobody."""
    if fold(" ".join(line.text for line in found)) in _NOBODY:
        return
    alone = len(found) > 1 and not any(line.text.rstrip().endswith((",", ";")) for line in found)
    for line in found:
        text = _BULLET.sub("", line.text.strip(), count=1)
        yield from ((line, name, beside) for name, beside in names_in(text, people, alone=alone))


def _seated(attendance: tuple[Attendance, ...], before: tuple[Attendance, ...]) -> tuple[Attendance, ...]:
    """The attendance with the seats that the same persons had before, unless they stand in for somebody else now."""
    seats: dict[str, list[tuple[str, ...]]] = {}
    for one in before:
        seats.setdefault(_place(one), []).append(one.seats)
    return tuple(
        one.model_copy(update={"seats": seats[_place(one)].pop(0) if seats.get(_place(one)) else ()})
        for one in attendance
    )


def _place(one: Attendance) -> str:
    """Who sits there, and for whom; a guest sits in no seat."""
    return repr((one.person, one.substitute_for, one.status == "guest"))


def _not_understood(text: str, *, doubtful: bool) -> Finding:
    """An error where a part of the title was understood; a mere heading above the minutes is kept as text."""
    return Finding(
        "title",
        "error" if doubtful else "warning",
        _("the title “{text}” was not understood as body, date, times, place").format(text=text),
        hint=_("Write it like this: {example}").format(example=example("title")),
    )


def _bad_moment(text: str) -> Finding:
    return Finding(
        "moment",
        "error",
        _("“{text}” was not understood as a date or times").format(text=text),
        hint=_("Write it like this: {example}").format(example=example("moment")),
    )


def _other_day(written: Day, meeting: Meeting) -> Finding:
    return Finding(
        "other-day",
        "error",
        _("the sheet says {written}, but this is the meeting of {known}").format(
            written=written.date, known=meeting.date
        ),
        hint=_("A meeting on record keeps its day and its id, {id}. Write {known} here.").format(
            id=meeting.id, known=meeting.date
        ),
    )


def _other_body(written: str, known: str, directory: Directory) -> Finding:
    body = directory.body(known)
    return Finding(
        "other-body",
        "error",
        _("the sheet says {written}, but this is a meeting of {body}").format(
            written=directory.body(written), body=body
        ),
        hint=_("A meeting on record keeps its body. Write {body} here, or begin another one with: {command}").format(
            body=body, command=f"atbtst minutes new {written}"
        ),
    )


def _two_secretaries(name: str) -> Finding:
    return Finding(
        "two-secretaries",
        "warning",
        _("the header names another secretary than the signature, {name}").format(name=name),
        hint=_("The signature was taken; correct the one that is wrong."),
    )


def _beside(text: str) -> Finding:
    return Finding(
        "beside-name",
        "warning",
        _("{text} beside the name is not kept here").format(text=text),
        hint=_("Seats come from the record; write it in the list of those present if it is to be kept."),
    )


def _taken_away(field_name: str) -> Finding:
    names = {
        "reference": _("the reference number"),
        "start": _("the start"),
        "end": _("the end"),
        "place": _("the place"),
        "chair": _("the chair"),
        "secretary": _("the secretary"),
        "adjusters": _("the adjusters"),
        "attendance": _("who was there"),
    }
    return Finding(
        "taken-away",
        "notice",
        _("the sheet no longer says {what}, so it was taken out of the meeting").format(what=names[field_name]),
    )
