"""Meetings as calendars: what programs of others read in them, and that nothing moves but what was moved."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from conftest import Program, kept
from dateutil.tz import tzical
from handmade import commit, meeting, write
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_example import Records, records
from rules_example import council as example

from atbtst_cli.documents.calendar import feed, invitation
from atbtst_cli.language.controls import printable
from atbtst_cli.models.council import Council

STOCKHOLM = ZoneInfo("Europe/Stockholm")
COMING = "2026-04-21-rad"
TIMED = "start: 13:15\nend: 16:15\n"


def parsed(data: bytes) -> icalendar.Calendar:
    """The calendar, read by two parsers that agree on what happens when; each line as the format has it."""
    assert data.endswith(b"\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert not set(line) & set(b"\r\n\0\x1b")
        line.decode()
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors
    assert not any(event.errors for event in calendar.events)
    other = vobject.readOne(data.decode())
    other.validate(raiseException=True)
    assert [one.dtstart.value for one in other.contents.get("vevent", ())] == [
        one.get("DTSTART").dt for one in calendar.events
    ]
    return calendar


def events(council: Program, *arguments: str) -> dict[str, icalendar.Event]:
    """The events that a feed has, by their place in it and their summary."""
    calendar = parsed(council("meeting", "calendar", *arguments, "--output", "-").raw)
    return {str(event["SUMMARY"]): event for event in calendar.events}


def changed(change: Callable[[Records], object]) -> Council:
    data = records()
    change(data)
    return example(data)


def coming(**fields: Any) -> Council:
    """The example with other values in its coming meeting, and that one alone."""
    return changed(lambda data: data.update(meetings={COMING: data["meetings"][COMING] | {"with": []} | fields}))


def event(council: Council) -> icalendar.Event:
    [found] = parsed(feed(council, council.meetings.values(), "Test")).events
    return found


# what an event says


def test_an_event_says_when_in_the_councils_time_zone() -> None:
    timed = event(coming(start="13:15", end="16:15"))
    assert timed.start == datetime(2026, 4, 21, 13, 15, tzinfo=STOCKHOLM)
    assert timed.end == datetime(2026, 4, 21, 16, 15, tzinfo=STOCKHOLM)
    assert timed["DTSTART"].params["TZID"] == "Europe/Stockholm"


def test_a_meeting_without_an_end_lasts_for_two_hours() -> None:
    assert event(coming(start="23:30")).duration == timedelta(hours=2)
    assert event(coming(start="13:15", end="13:00")).duration == timedelta(hours=2)


def test_a_meeting_without_hours_takes_the_whole_day() -> None:
    whole = event(coming())
    assert whole["DTSTART"].dt == date(2026, 4, 21)
    assert whole["DTSTART"].params["VALUE"] == "DATE"
    assert whole.duration == timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "status", "sequence"),
    [
        ({"called": None}, "TENTATIVE", 0),
        ({}, "CONFIRMED", 1),
        ({"held": {"date": "2026-04-21"}}, "CONFIRMED", 1),
        ({"cancelled": {"date": "2026-04-02", "reason": "x"}}, "CANCELLED", 2),
    ],
)
def test_the_state_of_a_meeting_is_the_status_of_its_event(fields: dict[str, Any], status: str, sequence: int) -> None:
    """The call and the cancellation are revisions of what people have."""
    told = event(coming(**fields))
    assert (told["STATUS"], told["SEQUENCE"]) == (status, sequence)


def test_summary_and_description_are_in_the_councils_language() -> None:
    fields = {"mode": "remote", "with": ["ron-bt"], "link": "https://example.org/m?a=1,2;b"}
    swedish = event(coming(**fields))
    assert swedish["SUMMARY"] == "Möte i RÅD och RÖN-BT"
    assert "Mötesform: På distans\nAnslutning: https://example.org/m?a=1,2;b" in str(swedish["DESCRIPTION"])
    assert swedish["URL"] == "https://example.org/m?a=1,2;b"
    english = coming(**fields)
    english = Council(english.settings.model_copy(update={"language": "en"}), networks=english.networks)
    told = parsed(invitation(english, coming(**fields).meetings[COMING])).events[0]
    assert told["SUMMARY"] == "Meeting of RÅD and RÖN-BT"
    assert event(coming(title="Årsmöte"))["SUMMARY"] == "Årsmöte (RÅD)"


def test_a_cancelled_meeting_says_so_where_a_program_shows_no_status() -> None:
    off = event(coming(cancelled={"date": "2026-04-02", "reason": "Få kan komma"}))
    assert off["SUMMARY"] == "INSTÄLLT: Möte i RÅD"
    assert "Skäl: Få kan komma" in str(off["DESCRIPTION"])


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ring Alva", "https://example.org/a b", "https://å.example"])
def test_what_is_no_plain_address_is_only_told(link: str) -> None:
    told = event(coming(link=link))
    assert "URL" not in told
    assert link in str(told["DESCRIPTION"])


def test_the_agenda_stands_there_without_what_is_internal() -> None:
    agenda = [
        {"id": "p-1", "title": "Föregående anteckningar"},
        {"id": "p-2", "title": "Hemlig tjänst", "internal": "true"},
        {"id": "p-3", "title": "Lön, ersättning; avtal", "body": [{"internal": "Hemlig siffra"}]},
    ]
    data = feed(coming(agenda=agenda), coming(agenda=agenda).meetings.values(), "Test")
    [only] = parsed(data).events
    assert str(only["DESCRIPTION"]) == "Dagordning:\n1. Föregående anteckningar\n3. Lön, ersättning; avtal"
    assert b"Hemlig" not in data.replace(b"\r\n ", b"")


LINES = st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), min_size=1, max_size=200)


@settings(max_examples=200, deadline=None)
@given(LINES, LINES, LINES, LINES, LINES)
def test_whatever_a_line_holds_it_comes_back_as_one(place: str, title: str, item: str, link: str, name: str) -> None:
    """åäö at a fold, commas, colons, quotes, controls: one event, and each text as people see it."""
    fields = {"place": place, "title": title, "link": link, "agenda": [{"id": "p-1", "title": item}]}
    one = coming(**fields)
    data = invitation(one, one.meetings[COMING], [(name, "bo@example.org")], (name, "rad@example.org"))
    [told] = parsed(data).events
    known = one.meetings[COMING]
    assert str(told["LOCATION"]) == printable(known.place or "")
    assert str(told["SUMMARY"]) == printable(f"{known.title} (RÅD)")
    assert str(told["DESCRIPTION"]).endswith(printable(f"1. {known.agenda[0].title}"))
    assert {key for key in told if key.startswith("X-")} == set()
    assert set(told) <= {
        *("UID", "DTSTAMP", "SEQUENCE", "STATUS", "SUMMARY", "DTSTART", "LOCATION", "URL", "DESCRIPTION"),
        *("ORGANIZER", "ATTENDEE"),
    }


# the time zone


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/New_York", "Australia/Sydney", "Asia/Tokyo", "UTC"])
def test_the_zone_that_is_written_has_the_same_hours_as_the_zone(zone: str) -> None:
    """Worked out by somebody else's reader from the rules alone, for each noon and night of fifteen years."""
    one = changed(
        lambda data: (data["settings"].update(time_zone=zone), data["meetings"][COMING].update(start="13:15"))
    )
    data = feed(one, [one.meetings["2025-11-18-rad"], one.meetings[COMING]], "Test")
    text = data.decode()
    begin, end = text.index("BEGIN:VTIMEZONE"), text.index("END:VTIMEZONE")
    read = tzical(io.StringIO(text[begin : end + len("END:VTIMEZONE")])).get(zone)
    known = ZoneInfo(zone)
    for count in range(15 * 365 * 2):
        local = datetime.combine(date(2025, 1, 1), time(12)) + count * timedelta(hours=12)
        assert local.replace(tzinfo=read).utcoffset() == local.replace(tzinfo=known).utcoffset(), local


def test_the_zone_is_told_by_yearly_rules() -> None:
    """Outlook passes over lists of dates, and lists end."""
    data = feed(coming(start="13:15"), coming(start="13:15").meetings.values(), "Test")
    assert b"RDATE" not in data
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in data
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in data
    assert b"VTIMEZONE" not in feed(coming(), coming().meetings.values(), "Test")


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "9999-12-31"])
def test_a_day_far_off_is_a_day(day: str) -> None:
    one = coming(date=day, start="23:59")
    calendar = icalendar.Calendar.from_ical(feed(one, one.meetings.values(), "Test"))
    assert calendar.events[0]["DTSTART"].dt.date() == date.fromisoformat(day)


def test_an_unknown_time_zone_is_refused_by_name(council: Program) -> None:
    path = council.folder / "records/settings.yaml"
    path.write_text(path.read_text().replace("Europe/Stockholm", "Europe/Sverige"))
    assert "Europe/Sverige" in council("meeting", "calendar", "--output", "-", code=3).err


# what changes, and what does not


def test_moves_and_cancellation_keep_the_uid_and_count_on(council: Program) -> None:
    council("meeting", "plan", "RÅD", "--date", "2026-04-21", "--start", "13:15")
    seen = []
    steps: tuple[tuple[str, ...], ...] = (
        ("list",),
        ("move", "RÅD", "--date", "2026-04-28"),
        ("move", "RÅD", "--start", "14:00"),
        ("move", "RÅD", "--place", "Dockplatsen"),
        ("move", "RÅD", "--place", "Dockplatsen"),
        ("cancel", "RÅD", "--reason", "Sjukdom"),
    )
    for step in steps:
        council("meeting", *step)
        council.now += timedelta(days=1)
        [one] = events(council).values()
        seen.append((str(one["UID"]), one["SEQUENCE"], one["DTSTAMP"].dt.day))
    assert len({uid for uid, _sequence, _day in seen}) == 1
    assert [sequence for _uid, sequence, _day in seen] == [0, 1, 2, 3, 3, 4]
    assert [day for _uid, _sequence, day in seen] == [2, 3, 4, 5, 5, 7]


def test_uids_differ_between_meetings_and_between_councils() -> None:
    one, other = example(), changed(lambda data: data["settings"].update(name="Ett annat råd"))
    uids = [
        str(event["UID"]) for each in (one, other) for event in parsed(feed(each, each.meetings.values(), "")).events
    ]
    assert len(set(uids)) == len(uids) == 6


def test_the_same_records_are_the_same_bytes(council: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Today and tomorrow, here and elsewhere, committed or not."""
    meeting(council, COMING, TIMED)
    before = council("meeting", "calendar", "--output", "-").raw
    commit(council)
    council.now += timedelta(days=400)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert council("meeting", "calendar", "--output", "-").raw == before


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"called": None}, date(2026, 4, 21)),
        ({"called": None, "held": {"date": "2026-04-22"}}, date(2026, 4, 22)),
        ({"called": None, "planned": {"date": "2026-01-07"}}, date(2026, 1, 7)),
        ({"planned": {"date": "2026-01-07"}}, date(2026, 4, 1)),
        ({"moves": [{"from": "2026-04-20", "to": "2026-04-21"}]}, date(2026, 4, 1)),
        ({"moves": [{"from": "2026-04-20", "to": "2026-04-21", "date": "2026-04-03"}]}, date(2026, 4, 3)),
        ({"cancelled": {"date": "2026-04-05", "reason": "x"}}, date(2026, 4, 5)),
    ],
)
def test_the_stamp_is_the_last_day_on_which_the_record_says_it_changed(fields: dict[str, Any], day: date) -> None:
    assert event(coming(**fields))["DTSTAMP"].dt == datetime.combine(day, time.min, UTC)


# whose meetings


@kept
def year(council: Program) -> None:
    """A council with five meetings; Bo convenes RÖN-AT until the end of May, Cilla from then on."""
    council("member", "edit", "bo-exempel", "--leave", "ron-at/convenor", "--to", "2026-05-31")
    council("member", "edit", "cilla-exempel", "--seat", "ron-at/convenor", "--from", "2026-06-01")
    for number, (name, rest) in enumerate(
        {
            "2026-02-17-rad": "held:\n  date: 2026-02-17\n",
            "2026-04-21-rad": TIMED,
            "2026-09-15-rad": TIMED,
            "2026-03-10-ron-at": "cancelled:\n  date: 2026-03-01\n  reason: Sjukdom\n",
            "2026-05-05-ron-st": f"{TIMED}with:\n  - ron-at\n",
        }.items()
    ):
        meeting(council, name, f"title: M{number}\n{rest}")
    commit(council)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], ["M0", "M3", "M1", "M4", "M2"]),
        (["RÅD"], ["M0", "M1", "M2"]),
        (["rön-at"], ["M3", "M4"]),
        (["--member", "Bo Exempel"], ["M0", "M3", "M1", "M4"]),
        (["--member", "cilla-exempel"], ["M2"]),
        (["RÅD", "--member", "bo-exempel"], ["M0", "M1"]),
        (["RÖN-BT"], []),
    ],
    ids=str,
)
def test_a_feed_has_the_meetings_of_a_body_or_those_that_call_a_person(
    year: Program, arguments: list[str], wanted: list[str]
) -> None:
    """By the seats of each meeting's day, jointly or alone, in the order of time."""
    assert [summary.removeprefix("INSTÄLLT: ")[:2] for summary in events(year, *arguments)] == wanted


@pytest.mark.parametrize(
    ("arguments", "name"),
    [([], "ATBTST-rådet"), (["RÅD"], "RÅD"), (["RÅD", "--member", "bo-exempel"], "RÅD, Bo Exempel")],
    ids=str,
)
def test_a_feed_has_a_name(year: Program, arguments: list[str], name: str) -> None:
    calendar = parsed(year("meeting", "calendar", *arguments, "--output", "-").raw)
    assert calendar.calendar_name == name
    assert "METHOD" not in calendar


def test_a_feed_goes_to_a_file(year: Program) -> None:
    said = year("meeting", "calendar", "RÅD", "--output", "rad.ics")
    assert len(parsed((year.folder / "rad.ics").read_bytes()).events) == 3
    assert "rad.ics" in said.err
    assert said.out == ""


def test_nothing_is_written_while_a_record_cannot_be_read(year: Program) -> None:
    """Programs would take the meetings that are not there for cancelled ones."""
    write(year, f"records/meetings/2026/{COMING}/meeting.yaml", f"id: {COMING}\n")
    assert COMING in year("meeting", "calendar", "--output", "all.ics", code=4).err
    assert not (year.folder / "all.ics").exists()


@pytest.mark.parametrize("arguments", [["Råttan"], ["--member", "Ingen"]], ids=str)
def test_a_body_or_member_that_is_none_is_refused(year: Program, arguments: list[str]) -> None:
    assert arguments[-1] in year("meeting", "calendar", *arguments, "--output", "-", code=2).err


# invitations


def with_mail(**fields: Any) -> Council:
    def change(data: Records) -> None:
        data["settings"]["mail"] = {"sender": "rad@example.org"}
        data["meetings"][COMING] |= {"start": "13:15"} | fields

    return changed(change)


def invited(council: Council, *arguments: Any) -> icalendar.Calendar:
    return parsed(invitation(council, council.meetings[COMING], *arguments))


def test_an_invitation_asks_and_says_who_asks() -> None:
    calendar = invited(with_mail(), [("Bo Exempel", "bo@example.org")])
    assert calendar["METHOD"] == "REQUEST"
    [told] = calendar.events
    assert told["ORGANIZER"] == "mailto:rad@example.org"
    assert told["ORGANIZER"].params["CN"] == "Exempelrådet"
    assert told["ATTENDEE"] == "mailto:bo@example.org"
    assert told["ATTENDEE"].params["RSVP"] == "TRUE"


def test_an_invitation_to_nobody_in_particular_asks_nobody() -> None:
    assert invited(with_mail())["METHOD"] == "PUBLISH"
    given = invited(example(), (), ("Alva Exempel", "alva@example.org"))
    assert given["METHOD"] == "PUBLISH"
    assert given.events[0]["ORGANIZER"] == "mailto:alva@example.org"
    assert "ATTENDEE" not in given.events[0]


def test_an_invitation_to_a_cancelled_meeting_takes_it_back() -> None:
    calendar = invited(with_mail(cancelled={"date": "2026-04-02", "reason": "x"}), [("Bo", "bo@example.org")])
    assert calendar["METHOD"] == "CANCEL"
    assert calendar.events[0]["STATUS"] == "CANCELLED"


def test_an_invitation_from_nobody_is_a_plain_entry() -> None:
    """Without an address there is nobody to answer, and the method asks for one."""
    calendar = invited(example(), [("Bo Exempel", "bo@example.org")])
    assert "METHOD" not in calendar
    assert "ATTENDEE" not in calendar.events[0]


def test_an_invitation_is_the_same_entry_as_in_the_feed() -> None:
    """What came by mail is found again by whoever reads the feed, and both count alike."""
    one = with_mail(moves=[{"from": "2026-04-20", "to": "2026-04-21", "date": "2026-04-02"}])
    [mailed] = invited(one).events
    [fed] = [event for event in parsed(feed(one, one.meetings.values(), "")).events if event["UID"] == mailed["UID"]]
    assert {key: fed[key] for key in fed} == {key: mailed[key] for key in mailed if key != "ORGANIZER"}
