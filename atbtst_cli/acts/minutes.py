"""A secretary's text becomes the minutes: the meeting, its action items and its documents, in one change."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal

from atbtst_cli.acts.followup import follow_up
from atbtst_cli.acts.ids import Draw
from atbtst_cli.documents import characters
from atbtst_cli.documents import minutes as minutes_document
from atbtst_cli.documents.edition import Edition
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.errors import Finding, Invalid, Refused, UsageError
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.base import Part, Record, texts
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import Act, ActionBlock, AgendaItem, Attendance, DecisionBlock, Meeting, TextBlock
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import carry, numbers, seats
from atbtst_cli.sheet.prefill import prefill
from atbtst_cli.sheet.read import Reading, read
from atbtst_cli.sheet.write import write as write_sheet
from atbtst_cli.store.layout import path_of


class Unclear(Invalid):
    """Lines of a sheet were not understood."""


class Vanished(Refused):
    """What a sheet once had is no longer in it, and nobody has said that it is to go."""


MARK = "(?)"
"""What stands before a line that was kept although it was not understood."""
NEAR = 14
"""Days within which a planned meeting is taken to be the one that is minuted."""


class Request(Part):
    """What the secretary said of the meeting on the command line; the sheet may say more.

    ``number`` is a number, "none" for older minutes without one, or None to draw the next. ``existing`` is the id of
    a meeting on record that the minutes are for. ``prefilled`` begins a new meeting with its standing agenda, and
    ``called`` with those who are called put down as present. ``seen`` is the fingerprint of the minutes that a
    correction began with.
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
    called: bool = False
    seen: str | None = None
    keep_going: bool = False
    allow_vanished: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sheet was read as, to be told to the secretary."""

    meeting: Meeting
    findings: tuple[Finding, ...]
    added: tuple[ActionItem, ...] = ()
    closed: tuple[ActionItem, ...] = ()


def planned(council: Council, network_id: str, today: date) -> Meeting | None:
    """The planned meeting that minutes without a date are for: today's, else the nearest within 14 days."""
    near = [
        meeting
        for meeting in council.meetings.values()
        if meeting.network == network_id
        and meeting.state in ("planned", "called")
        and abs((meeting.date - today).days) <= NEAR
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
        return _refuse_approved(meeting)

    known = [one for one in council.meetings.values() if (one.network, one.date) == (request.network, request.day)]
    for meeting in known:
        if meeting.state in ("planned", "called"):
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


def fingerprint(meeting: Meeting) -> str:
    """A short sign that tells one state of a meeting from every other."""
    return hashlib.sha256(meeting.model_dump_json().encode()).hexdigest()[:16]


def _refuse_approved(meeting: Meeting) -> Meeting:
    if meeting.approval:
        raise Refused(
            _("The minutes {id} were approved on {date} and are not changed any more.").format(
                id=meeting.id, date=meeting.approval.date
            ),
            _("Minute the correction at the next meeting."),
        )
    return meeting


def _new(council: Council, request: Request) -> Meeting:
    meeting = Meeting(id=_free_id(council, request.network, request.day), network=request.network, date=request.day)
    return _started(council, meeting, request)


def _started(council: Council, meeting: Meeting, request: Request) -> Meeting:
    """The meeting as the command line tells it, with its standing agenda and those who are called where wanted."""
    given = {"start": request.start, "end": request.end, "place": request.place}
    meeting = meeting.model_copy(update={name: value for name, value in given.items() if value is not None})
    if request.prefilled and not meeting.agenda:
        draw = Draw(request.seed)
        agenda = carry.standing(council, meeting.network, meeting.date, lambda: draw("p"))
        meeting = meeting.model_copy(update={"agenda": agenda})
    return _called(council, meeting, request) if request.called else meeting


def _called(council: Council, meeting: Meeting, request: Request) -> Meeting:
    """The meeting with those who are called put down as present, unless somebody is put down already."""
    called = seats.called(council, meeting.network, meeting.date)
    present = tuple(Attendance(member=one.member, status="present", seats=one.seats) for one in called)
    return meeting.model_copy(
        update={
            "attendance": meeting.attendance or present,
            "chair": meeting.chair or seats.chair(council, meeting.network, meeting.date),
            "secretary": meeting.secretary or request.secretary,
        }
    )


def _free_id(council: Council, network_id: str, day: date) -> str:
    plain = f"{day}-{network_id}"
    names = (plain if count == 1 else f"{plain}-{count}" for count in range(1, 1000))
    return next(name for name in names if name not in council.meetings)


def understand(council: Council, request: Request, text: str) -> Reading:
    """What a sheet says, read against the council; a new meeting takes its day from the sheet where it has one."""
    if not request.existing:
        request = request.model_copy(update={"day": _day_of(council, request, text)})
    return _read(council, base(council, request), request, text)


def _day_of(council: Council, request: Request, text: str) -> date:
    blank = Meeting(id=f"{request.day}-{request.network}", network=request.network, date=request.day)
    day = _read(council, blank, request, text).meeting.date
    if request.fixed_day and day != request.day:
        raise UsageError(
            _("The text says {day}, but --date says {date}.").format(day=day, date=request.day),
            _("Correct one of them."),
        )
    return day


def _read(council: Council, before: Meeting, request: Request, text: str) -> Reading:
    taken = {*council.items, *(part.id for part in before.items())}
    return read(text, before, Directory(council, before.date), Draw(request.seed + 1, taken))


def write(request: Request, text: str, today: date, looks: Looks) -> Callable[[Council], Change[Understood]]:
    """Make a sheet the minutes of its meeting.

    Invalid, with the lines, where something was not understood and ``keep_going`` is not set; Refused where a line
    with an id vanished and that is not allowed.
    """

    def act(council: Council) -> Change[Understood]:
        reading = understand(council, request, text)
        if request.keep_going:
            reading = _with_findings(understand(council, request, marked(text, reading)), reading)
        else:
            refuse_unclear(reading.findings)
        if reading.vanished and not request.allow_vanished:
            raise Vanished(
                _("The text no longer has: {ids}.").format(ids=", ".join(reading.vanished)),
                _("Put the lines back, or say --yes if they are to go."),
            )
        return _change(council, request, reading, today, looks)

    return act


def marked(text: str, reading: Reading) -> str:
    """The text with a mark before every line that was not understood and is kept as text.

    What was taken as something else, such as an internal passage, is left as it was taken.
    """
    kept = [block.text for _item, block in reading.meeting.blocks() if isinstance(block, TextBlock)]
    lines = text.split("\n")
    for place in {one.line - 1 for one in reading.findings if one.level == "error" and one.line}:
        words = lines[place].strip()
        if words and any(words in text for text in kept):
            lines[place] = f"{MARK} {words}"
    return "\n".join(lines)


def _with_findings(reading: Reading, first: Reading) -> Reading:
    """The reading with what was found in the text before it was marked."""
    return replace(reading, findings=first.findings)


def refuse_unclear(findings: Sequence[Finding]) -> None:
    """Invalid, with every finding, where a line of the sheet was not understood."""
    unclear = sum(one.level == "error" for one in findings)
    if unclear:
        text = ngettext(
            "{count} line was not understood, so nothing was saved yet.",
            "{count} lines were not understood, so nothing was saved yet.",
            unclear,
        )
        raise Unclear(text.format(count=unclear), "", tuple(findings))


def _change(council: Council, request: Request, reading: Reading, today: date, looks: Looks) -> Change[Understood]:
    before = council.meetings.get(reading.meeting.id)
    meeting = _numbered(council, _complete(council, reading.meeting, today), request)
    items = dict(follow_up(council, before, meeting))
    records: dict[str, Record | Settings | None] = {_path(council, meeting): meeting}
    records |= {_item_path(council, item_id, meeting): item for item_id, item in items.items()}
    answer = Understood(
        meeting,
        (*reading.findings, *characters.findings(texts(meeting))),
        tuple(item for item in items.values() if item and item.id not in council.items),
        tuple(item for item in items.values() if item and item.closed and item.closed.meeting == meeting.id),
    )
    trailers = (("Meeting", meeting.id), *(("Item", item_id) for item_id in items))
    subject, body = _words(council, answer, before)
    folder = _path(council, meeting).rpartition("/")[0]
    return Change(answer, subject, body, trailers, records, documents(council, meeting, folder, looks))


def documents(council: Council, meeting: Meeting, folder: str, looks: Looks) -> dict[str, bytes]:
    """The minutes in every format, in the internal edition, by path."""
    return {f"{folder}/minutes.{name}": render(council, meeting, looks, name, "internal") for name in FORMATS}


def render(council: Council, meeting: Meeting, looks: Looks, form: str, edition: Edition) -> bytes:
    """The minutes in one format and edition; the same bytes every time."""
    return FORMATS[form](minutes_document.build(meeting, council, edition), looks)


def _path(council: Council, meeting: Meeting) -> str:
    return council.paths.get(("meetings", meeting.id)) or path_of("meetings", meeting.id, meeting.date.year)


def _item_path(council: Council, item_id: str, meeting: Meeting) -> str:
    return council.paths.get(("items", item_id)) or path_of("items", item_id, meeting.date.year)


def _complete(council: Council, meeting: Meeting, today: date) -> Meeting:
    """The meeting as held, with the seats of those who were there and the minutes that it approves."""
    held = meeting.held or Act(date=min(meeting.date, today))
    called = {one.member: one.seats for one in seats.called(council, meeting.network, meeting.date)}
    attendance = tuple(
        one.model_copy(update={"seats": called[one.member]})
        if one.member in called and not one.seats and one.status != "guest"
        else one
        for one in meeting.attendance
    )
    previous = carry.latest_held(council, meeting.network, meeting.date)
    waiting = previous.id if previous and not previous.approval else None
    agenda = tuple(_approving(item, waiting) for item in meeting.agenda)
    return meeting.model_copy(update={"held": held, "attendance": attendance, "agenda": agenda})


def _approving(item: AgendaItem, waiting: str | None) -> AgendaItem:
    if item.kind != "previous_minutes" or item.approves or waiting is None:
        return item
    return item.model_copy(update={"approves": waiting})


def _numbered(council: Council, meeting: Meeting, request: Request) -> Meeting:
    """The meeting with its number and those of its decisions, drawn once; older minutes may do without."""
    before = council.meetings.get(meeting.id)
    number = meeting.number
    if number is None and not (before and before.held) and request.number != "none":
        number = request.number or numbers.next_meeting_number(council, meeting.network, meeting.date.year)
    if number is None:
        return meeting
    following = iter(range(numbers.next_decision_number(council, meeting.network, meeting.date.year), 1_000_000))
    agenda = tuple(_with_numbers(item, following) for item in meeting.agenda)
    return meeting.model_copy(update={"number": number, "agenda": agenda})


def _with_numbers(item: AgendaItem, following: Iterator[int]) -> AgendaItem:
    body = tuple(
        block.model_copy(update={"number": next(following)})
        if isinstance(block, DecisionBlock) and block.number is None
        else block
        for block in item.body
    )
    return item.model_copy(update={"body": body, "parts": tuple(_with_numbers(part, following) for part in item.parts)})


def _words(council: Council, told: Understood, before: Meeting | None) -> tuple[str, str]:
    """Subject and body of the commit: how much there is, then every decision and action in words."""
    meeting = told.meeting
    directory = Directory(council, meeting.date)
    blocks = [block for _item, block in meeting.blocks()]
    decisions = [block for block in blocks if isinstance(block, DecisionBlock)]
    actions = [block for block in blocks if isinstance(block, ActionBlock)]
    counts = ", ".join(
        (
            ngettext("{count} agenda item", "{count} agenda items", len(meeting.agenda)).format(
                count=len(meeting.agenda)
            ),
            ngettext("{count} decision", "{count} decisions", len(decisions)).format(count=len(decisions)),
            ngettext("{count} action", "{count} actions", len(actions)).format(count=len(actions)),
        )
    )
    edited = _(", changed") if before and before.held else ""
    subject = f"minutes({directory.body(meeting.network)} {meeting.date}): {counts}{edited}"
    lines = [_("Decision {number}: {text}").format(number=block.number or "–", text=block.text) for block in decisions]
    lines += [
        _("Action {id}: {text} ({names})").format(
            id=block.action, text=block.text, names=", ".join(map(directory.name, block.owners)) or "–"
        )
        for block in actions
    ]
    lines += [_("Closed {id}: {title}").format(id=item.id, title=item.title) for item in told.closed]
    return subject, "\n".join(" ".join(line.split()) for line in lines)


def as_sheet(council: Council, meeting: Meeting) -> str:
    """The minutes as the text a secretary types."""
    return write_sheet(meeting, Directory(council, meeting.date), council.settings.language)


def prefilled(council: Council, request: Request) -> str:
    """The sheet that opens in the editor: what is known of the meeting, and reminders that are not saved."""
    meeting = base(council, request)
    directory = Directory(council, meeting.date)
    members = [
        (member.id, member.name(meeting.date), ", ".join(seats.seats_of(council, member.id, meeting.date)))
        for member in council.members.values()
        if member.holds(meeting.date)
    ]
    return prefill(meeting, directory, council.settings.language, carry.open_items(council, meeting.network), members)
