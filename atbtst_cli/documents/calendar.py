"""Meetings as calendar and mail programs read them (RFC 5545): a feed of several, and the invitation to one.

The same records give the same bytes, whenever and wherever they are written.
"""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.language.controls import printable
from atbtst_cli.language.format import plain_date
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules.clashes import USUAL

PRODUCT = "-//atbtst//calendar//SV"
STATUS = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}
"""What calendars call a meeting's state, where that is not CONFIRMED."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = 7
EPOCH = 1970
MINUTE = timedelta(minutes=1)
ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)
Address = tuple[str, str]
"""Somebody's name and e-mail address."""


def feed(council: Council, meetings: Iterable[Meeting], name: str) -> bytes:
    """A calendar of that name with these meetings, in their order; Refused where the council's time zone is unknown."""
    calendar = _calendar(council, tuple(meetings))
    calendar.calendar_name = printable(name)
    return bytes(calendar.to_ical())


def invitation(
    council: Council, meeting: Meeting, attendees: Sequence[Address] = (), organizer: Address | None = None
) -> bytes:
    """The meeting to attach to a mail: an entry that asks its attendees to answer; where it was cancelled, its end.

    It comes from the ``organizer``, else from the address that mail is sent from. Without attendees it asks nobody;
    without an address to answer to it is a plain entry (RFC 5546 wants an attendee for a request, and an organizer
    for every method).
    """
    mail = council.settings.mail
    sender = organizer or (mail and (council.settings.name, mail.sender))
    calendar = _calendar(council, (meeting,))
    if sender:
        calendar.add("method", "CANCEL" if meeting.cancelled else "REQUEST" if attendees else "PUBLISH")
        [event] = calendar.events
        event.add("organizer", _person(*sender))
        for attendee in attendees:
            person = _person(*attendee)
            person.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
            event.add("attendee", person)
    return bytes(calendar.to_ical())


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["CN"] = printable(name)
    return person


def _calendar(council: Council, meetings: Sequence[Meeting]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    zone = _zone(council)
    if years := [meeting.date.year for meeting in meetings if meeting.start]:
        calendar.add_component(_timezone(zone, max(min(years) - 1, EPOCH)))
    for meeting in meetings:
        calendar.add_component(_event(council, meeting, zone))
    return calendar


def _event(council: Council, meeting: Meeting, zone: ZoneInfo) -> Event:
    scribe = Scribe(meeting, council)
    event = Event()
    event.add("uid", uid(council, meeting))
    event.add("dtstamp", datetime.combine(_revised(meeting), time.min, UTC))
    event.add("sequence", _sequence(meeting))
    event.add("status", STATUS.get(meeting.state, "CONFIRMED"))
    event.add("summary", printable(_summary(scribe)))
    if meeting.start is None:
        event.add("dtstart", meeting.date)
    else:
        event.add("dtstart", datetime.combine(meeting.date, meeting.start, zone))
        if meeting.end and meeting.end > meeting.start:
            event.add("dtend", datetime.combine(meeting.date, meeting.end, zone))
        else:
            event.add("duration", timedelta(minutes=USUAL))
    if meeting.place:
        event.add("location", printable(meeting.place))
    if meeting.link and ADDRESS.fullmatch(meeting.link):
        event.add("url", meeting.link)
    if text := "\n".join(_description(scribe)):
        event.add("description", printable(text))
    return event


def uid(council: Council, meeting: Meeting) -> str:
    """What calendars know the meeting by: made from its id, which no move changes, and the council's name."""
    return str(uuid5(NAMESPACE_URL, f"atbtst:{council.settings.name}/{meeting.id}"))


def _sequence(meeting: Meeting) -> int:
    """How often what people have in their calendars was revised: moved, called, cancelled."""
    return len(meeting.moves) + bool(meeting.called) + bool(meeting.cancelled)


def _revised(meeting: Meeting) -> date:
    """The day on which the meeting was last revised, as far as its record tells: never the clock, never Git.

    A copy of the record tells the same day everywhere, also before it is committed and in a clone without its history.
    A meeting without any such day, minuted without having been planned, was last revised when it was held.
    """
    acts = (meeting.planned, meeting.called, meeting.cancelled, *meeting.moves)
    days = [act.date for act in acts if act and act.date]
    return max(days, default=meeting.held.date if meeting.held else meeting.date)


def _summary(scribe: Scribe) -> str:
    meeting, said = scribe.meeting, scribe.words
    bodies = scribe.bodies()
    summary = f"{meeting.title} ({bodies})" if meeting.title else said.meeting_of.format(bodies=bodies)
    return f"{said.cancelled}: {summary}" if meeting.cancelled else summary


def _description(scribe: Scribe) -> Iterator[str]:
    """How to take part, what became of the meeting, and its agenda without what is internal."""
    meeting, said = scribe.meeting, scribe.words
    if meeting.cancelled:
        yield f"{said.reason}: {meeting.cancelled.reason}"
    for day in meeting.earlier_days:
        yield f"{said.moved}: {plain_date(day, scribe.language)}"
    if meeting.mode:
        yield f"{said.mode}: {said.modes[meeting.mode]}"
    if meeting.link:
        # Outlook shows no URL of an event, so the link stands in the text too.
        yield f"{said.link}: {meeting.link}"
    if shown := [item for item in meeting.agenda if not item.internal]:
        yield f"{said.agenda}:"
        yield from (f"{scribe.numbers[item.id]}. {item.title}" for item in shown)


def _zone(council: Council) -> ZoneInfo:
    try:
        return ZoneInfo(council.settings.time_zone)
    except (KeyError, ValueError, OSError):
        raise Refused(
            _("There is no time zone {zone}.").format(zone=council.settings.time_zone),
            _("Correct time_zone in records/settings.yaml; it has the form Europe/Stockholm."),
        ) from None


def _timezone(zone: ZoneInfo, year: int) -> Timezone:
    """The zone with its changes of the clock as yearly rules, those of that year.

    Rules, since Outlook reads nothing else; the lists of dates that the library makes it passes over, and they end.
    """
    timezone = Timezone()
    timezone.add("tzid", zone.key)
    changes = list(_changes(zone, year)) or [datetime(year, 1, 1, tzinfo=UTC)]
    for moment in changes:
        before, after = (moment - MINUTE).astimezone(zone), moment.astimezone(zone)
        shown = (before + MINUTE).replace(tzinfo=None)
        rule = TimezoneDaylight() if after.dst() else TimezoneStandard()
        rule.add("dtstart", shown)
        rule.add("tzoffsetfrom", before.utcoffset())
        rule.add("tzoffsetto", after.utcoffset())
        rule.add("tzname", after.tzname())
        if len(changes) > 1:
            rule.add("rrule", {"freq": "YEARLY", "bymonth": shown.month, "byday": _nth_weekday(shown)})
        timezone.add_component(rule)
    return timezone


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """The moments of that year at which the clocks change, in UTC."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    days = [start + timedelta(days=count) for count in range(367)]
    for day, following in pairwise(days):
        if _offset(day, zone) != _offset(following, zone):
            minutes = [day + count * MINUTE for count in range(24 * 60)]
            yield minutes[bisect_left(minutes, True, key=lambda at: _offset(at, zone) == _offset(following, zone))]


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _nth_weekday(day: datetime) -> str:
    """The day among the same weekdays of its month, such as -1SU for its last Sunday."""
    is_last = day.day + WEEK > monthrange(day.year, day.month)[1]
    place = -1 if is_last else (day.day - 1) // WEEK + 1
    return f"{place}{WEEKDAYS[day.weekday()]}"
