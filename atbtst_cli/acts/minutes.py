"""A secretary's text becomes the minutes: the meeting, its action items and its documents, in one change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce

from atbtst_cli.acts import approval
from atbtst_cli.acts.aftermath import Next, next_meeting, taken_up, told_of_reports
from atbtst_cli.acts.followup import follow_up
from atbtst_cli.acts.numbering import cited, day_ahead, numbered, numbered_late
from atbtst_cli.acts.reminders import reminders
from atbtst_cli.acts.sheets import Request, Vanished, accepted, base, understand
from atbtst_cli.acts.travel import travel
from atbtst_cli.documents import characters
from atbtst_cli.documents import minutes as minutes_document
from atbtst_cli.documents.edition import Edition
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.errors import Finding
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.base import Record, texts
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Act, ActionBlock, AgendaItem, DecisionBlock, Meeting
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import carry, presence, seals, seats
from atbtst_cli.rules.carry import Carried
from atbtst_cli.rules.checks import MINUTED, check
from atbtst_cli.rules.matters import Event
from atbtst_cli.sheet.prefill import prefill
from atbtst_cli.sheet.read import Reading
from atbtst_cli.store.layout import path_in
from atbtst_cli.views import travel as travel_view


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sheet was read as, to be told to the secretary."""

    meeting: Meeting
    findings: tuple[Finding, ...]
    added: tuple[ActionItem, ...] = ()
    closed: tuple[ActionItem, ...] = ()
    approved: tuple[Meeting, ...] = ()
    next: Next = field(default_factory=Next)
    left: tuple[Carried, ...] = ()
    passed: tuple[Carried, ...] = ()
    events: tuple[Event, ...] = ()


def write(request: Request, text: str, today: date, looks: Looks) -> Callable[[Council], Change[Understood]]:
    """Make a sheet the minutes of its meeting.

    Invalid, with the lines, where something was not understood and ``keep_going`` is not set; Refused where a line
    with an id vanished and that is not allowed.
    """

    def act(council: Council) -> Change[Understood]:
        reading = accepted(council, request, text)
        if reading.vanished and not request.allow_vanished:
            raise Vanished(
                _("The text no longer has: {ids}.").format(ids=", ".join(reading.vanished)),
                _("Put the lines back, or say --yes if they are to go."),
            )
        return _change(council, request, reading, today, looks)

    return act


def preview(council: Council, request: Request, text: str, today: date) -> Understood:
    """What a sheet would be understood as, with the numbers that would be drawn now."""
    return _understood(council, request, understand(council, request, text), today)[0]


def _understood(
    council: Council, request: Request, reading: Reading, today: date
) -> tuple[Understood, dict[str, ActionItem | None], Mapping[str, Matter | None]]:
    """What a sheet becomes, and every item and matter that it makes, changes or takes back (None), by id."""
    before = council.meetings.get(reading.meeting.id)
    whole = numbered(council, _complete(council, reading.meeting, request, today), request)
    travelled = travel(council, before, whole, request.seed)
    meeting = travelled.meeting
    items = dict(follow_up(council, before, meeting))
    following = next_meeting(council, meeting, today)
    late = (
        *day_ahead(council, reading.meeting, today),
        *numbered_late(council, reading.meeting, request),
        *following.findings,
        *_of_minutes(council, meeting, today),
    )
    told = Understood(
        meeting,
        (*reading.findings, *characters.findings(texts(meeting)), *late, *travelled.findings),
        tuple(item for item in items.values() if item and item.id not in council.items),
        tuple(item for item in items.values() if item and item.closed and item.closed.meeting == meeting.id),
        next=following,
        left=tuple(carry.left_open(council, meeting)),
        passed=tuple(carry.passed_over(council, meeting)),
        events=travelled.events,
    )
    return told, items, travelled.matters


def _of_minutes(council: Council, meeting: Meeting, today: date) -> list[Finding]:
    """What the rules say of the minutes alone: who was there, what they could decide, what is said of no decision."""
    return check(replace(council, meetings={meeting.id: meeting}, paths={}), today, rules=MINUTED)


def _change(council: Council, request: Request, reading: Reading, today: date, looks: Looks) -> Change[Understood]:
    told, items, matters = _understood(council, request, reading, today)
    meeting, before = told.meeting, council.meetings.get(reading.meeting.id)
    if before and before.approval and seals.of_record(before) == seals.of_record(meeting):
        return Change(told)
    approved, refused = approval.by_lines(council, meeting, looks)
    told = replace(told, findings=(*told.findings, *refused), approved=tuple(one.answer for one in approved))
    records: dict[str, Record | Settings | None] = {_path(council, meeting): meeting}
    records |= {_item_path(council, item_id, meeting): item for item_id, item in items.items()}
    if told.next.new:
        records[_path(council, told.next.new)] = told.next.new
    records |= {_matter_path(council, key, meeting): matter for key, matter in matters.items()}
    trailers = (
        ("Meeting", meeting.id),
        *(("Item", item_id) for item_id in items),
        *(("Matter", key) for key in matters),
    )
    subject, body = _words(council, told, before)
    folder = _path(council, meeting).rpartition("/")[0]
    change = Change(told, subject, body, trailers, records, documents(council, meeting, folder, looks))
    return reduce(Change.joined, approved, change)


def documents(council: Council, meeting: Meeting, folder: str, looks: Looks) -> dict[str, bytes]:
    """The minutes in every format, in the internal edition, by path."""
    document = minutes_document.build(meeting, council, "internal")
    return {f"{folder}/minutes.{name}": write(document, looks) for name, write in FORMATS.items()}


def render(council: Council, meeting: Meeting, looks: Looks, form: str, edition: Edition) -> bytes:
    """The minutes in one format and edition; the same bytes every time."""
    return FORMATS[form](minutes_document.build(meeting, council, edition), looks)


def _path(council: Council, meeting: Meeting) -> str:
    return path_in(council, "meetings", meeting.id, meeting.date.year)


def _item_path(council: Council, item_id: str, meeting: Meeting) -> str:
    return path_in(council, "items", item_id, meeting.date.year)


def _matter_path(council: Council, key: str, meeting: Meeting) -> str:
    return path_in(council, "matters", key, meeting.date.year)


def _complete(council: Council, meeting: Meeting, request: Request, today: date) -> Meeting:
    """The meeting as held, with the seats of those who were there and the minutes that it approves."""
    held = meeting.held or Act(date=min(meeting.date, today))
    attendance = presence.seated(council, meeting)
    previous = carry.latest_held(council, meeting.network, meeting.date)
    waiting = previous.id if previous and not previous.approval else None
    agenda = tuple(_approving(item, waiting) for item in meeting.agenda)
    whole = meeting.model_copy(update={"held": held, "attendance": attendance, "agenda": agenda})
    if meeting.held:
        return whole
    return taken_up(council, told_of_reports(council, whole) if request.prefilled else whole)


def _approving(item: AgendaItem, waiting: str | None) -> AgendaItem:
    if item.kind != "previous_minutes" or item.approves or waiting is None:
        return item
    return item.model_copy(update={"approves": waiting})


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
    opened = meeting.amendments[len(before.amendments) :] if before else ()
    lines = [_("Changed after the approval: {reason}").format(reason=one.reason) for one in opened]
    lines += [f"{cited(block)}: {block.text}" for block in decisions]
    lines += [
        _("Action {id}: {text} ({names})").format(
            id=block.action, text=block.text, names=", ".join(map(directory.name, block.owners)) or "–"
        )
        for block in actions
    ]
    lines += [_("Closed {id}: {title}").format(id=item.id, title=item.title) for item in told.closed]
    lines += [travel_view.in_words(council, meeting, event) for event in told.events]
    return subject, "\n".join(" ".join(line.split()) for line in lines)


def prefilled(council: Council, request: Request, today: date) -> str:
    """The sheet that opens in the editor: what is known of the meeting, and reminders that are not saved."""
    meeting = base(council, request)
    directory = Directory(council, meeting.date)
    members = [
        (member.id, member.name(meeting.date), ", ".join(seats.seats_of(council, member.id, meeting.date)))
        for member in council.members.values()
        if member.holds(meeting.date)
    ]
    return prefill(
        meeting,
        directory,
        council.settings.language,
        carry.open_items(council, *carry.bodies(meeting)),
        members,
        (*day_ahead(council, meeting, today), *numbered_late(council, meeting, request)),
        reminders(council, meeting),
    )
