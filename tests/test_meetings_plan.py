"""Meetings before they are held: planned, moved, cancelled, taken away."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Program, git
from handmade import HELD, PLANNED, commit, commits, item, meeting, message, write
from test_terminal import Start, ended
from test_terminal import start as start  # noqa: PLC0414  a fixture

NEXT = "2026-05-19-rad"
MINUTED = "held:\n  date: 2026-02-17\n"


def record(council: Program, meeting_id: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(council("meeting", "show", meeting_id, "--json").out)
    return known


def upcoming(council: Program, *arguments: str) -> list[str]:
    return [entry["id"] for entry in json.loads(council("meeting", "list", "--upcoming", "--json", *arguments).out)]


@pytest.fixture
def planned(council: Program) -> Program:
    """A council that has met once and has two meetings planned."""
    meeting(council, HELD, MINUTED)
    meeting(council, PLANNED, "start: 13:15\nend: 16:15\nplace: Dockplatsen\n")
    meeting(council, NEXT)
    commit(council)
    return council


# plan


def test_a_meeting_is_planned_with_all_that_is_known(council: Program) -> None:
    when = ("--date", "21 april", "--start", "13.15", "--end", "16:15")
    where = ("--place", "Dockplatsen", "--mode", "hybrid", "--link", "https://example.org/m")
    said = council("meeting", "plan", "RÅD", *when, *where, "--with", "RÖN-BT", "--title", "Årsmöte")
    assert "2026-04-21" in said.err  # the year was worked out, and that is said
    known = record(council, PLANNED)
    assert known == {
        "id": PLANNED,
        "network": "rad",
        "with": ["ron-bt"],
        "title": "Årsmöte",
        "date": "2026-04-21",
        "start": "13:15",
        "end": "16:15",
        "place": "Dockplatsen",
        "mode": "hybrid",
        "link": "https://example.org/m",
        "planned": {"date": "2026-03-02", "by": "cilla-exempel"},
        "state": "planned",
    }
    assert "meeting(plan): RÅD 2026-04-21" in message(council)
    assert f"Meeting: {PLANNED}" in message(council)


def test_a_year_is_planned_in_one_commit(council: Program) -> None:
    before = commits(council)
    rule = ("--every", "tredje tisdagen, inte i juli", "--from", "2027-01-01")
    said = council("meeting", "plan", "RÅD", *rule, "--start", "13:15", "--date", "2027-07-06")
    days = ["2027-01-19", "2027-02-16", "2027-03-16", "2027-04-20", "2027-05-18", "2027-06-15", "2027-07-06"]
    days += ["2027-08-17", "2027-09-21", "2027-10-19", "2027-11-16", "2027-12-21"]
    assert upcoming(council) == [f"{day}-rad" for day in days]
    assert [line.split()[0] for line in said.out.splitlines()[1:]] == upcoming(council)
    assert commits(council) == before + 1
    assert "RÅD 2027-01-19 – 2027-12-21 (12)" in message(council)
    assert "2027-07-06 13.15" in message(council)


def test_a_rule_begins_today_and_ends_with_the_year_unless_told(council: Program) -> None:
    council("meeting", "plan", "RÅD", "--every", "första måndagen")
    assert upcoming(council)[0] == "2026-03-02-rad"
    assert upcoming(council)[-1] == "2026-12-07-rad"
    council("meeting", "plan", "RÖN-AT", "--every", "sista fredagen", "--from", "1 juni", "--to", "2026-09-25")
    assert upcoming(council, "--network", "RÖN-AT") == [
        f"2026-{day}-ron-at" for day in ("06-26", "07-31", "08-28", "09-25")
    ]


def test_a_dry_run_shows_what_would_be_and_saves_nothing(council: Program) -> None:
    before = commits(council)
    said = council("meeting", "plan", "RÅD", "--date", "2026-06-19", "--date", "2026-06-16", "--dry-run")
    assert [line.split()[0] for line in said.out.splitlines()[1:]] == ["2026-06-16-rad", "2026-06-19-rad"]
    assert "Midsommarafton" in said.err
    assert commits(council) == before
    assert upcoming(council) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--date"),
        (["--from", "2026-04-01", "--date", "2026-04-21"], "--every"),
        (["--every", "varannan tisdag"], "varannan tisdag"),
        (["--every", "första måndagen", "--from", "2026-04-07", "--to", "2026-04-30"], "2026-04-30"),
        (["--date", "2026-02-31"], "2026-02-31"),
        (["--date", "2026-03-01"], "minutes new rad --date 2026-03-01"),
        (["--date", PLANNED[:10], "--start", "25:00"], "25:00"),
        (["--date", PLANNED[:10], "--start", "13:15:30"], "13:15:30"),
        (["--date", PLANNED[:10], "--start", "13:15+02:00"], "13:15+02:00"),
        (["--date", PLANNED[:10], "--start", "13:15", "--end", "13:15"], "13:15"),
        (["--date", PLANNED[:10], "--with", "Råttan"], "Råttan"),
        (["--date", PLANNED[:10], "--mode", "here"], "here"),
    ],
    ids=str,
)
def test_what_cannot_be_planned_is_refused_by_name(council: Program, arguments: list[str], said: str) -> None:
    before = commits(council)
    assert said in council("meeting", "plan", "RÅD", *arguments, code=2).err
    assert commits(council) == before


@pytest.mark.parametrize(
    ("network", "others"), [("RÅD", []), ("RÖN-AT", ["--with", "RÅD"]), ("RÖN-AT", ["--with", "RÖN-BT"])], ids=str
)
def test_a_second_meeting_on_a_day_is_refused_unless_it_is_meant(
    council: Program, network: str, others: list[str]
) -> None:
    """A body that meets jointly meets too; one that was cancelled is no meeting, and its id is taken still."""
    meeting(council, PLANNED, "with:\n  - ron-bt\n")
    commit(council)
    day = ["--date", "2026-04-21"]
    assert PLANNED in council("meeting", "plan", network, *day, *others, code=3).err
    council("meeting", "plan", network, *day, *others, "--again")
    first = PLANNED if network == "RÅD" else "2026-04-21-ron-at"
    assert len(upcoming(council)) == 2
    assert f"{first}-2" in upcoming(council) if network == "RÅD" else first in upcoming(council)


def test_the_day_of_a_cancelled_or_moved_meeting_is_free(planned: Program) -> None:
    planned("meeting", "cancel", PLANNED, "--reason", "Sjukdom")
    planned("meeting", "plan", "RÅD", "--date", "2026-04-21")
    planned("meeting", "move", f"{PLANNED}-2", "--date", "2026-04-22")
    planned("meeting", "plan", "RÅD", "--date", "2026-04-21")
    assert upcoming(planned) == [f"{PLANNED}-3", f"{PLANNED}-2", NEXT]


def test_clashes_are_told_and_no_hindrance(council: Program) -> None:
    """Who has to be in two places, a day off, a weekend, an hour that is not there."""
    council("meeting", "plan", "RÅD", "--date", "2026-03-17", "--start", "13:15", "--end", "16:15")
    said = council("meeting", "plan", "RÖN-AT", "--date", "2026-03-17", "--start", "15:00").err
    assert "Bo Exempel" in said
    assert "2026-03-17-rad" in said
    assert "Nationaldagen" in council("meeting", "plan", "RÅD", "--date", "2026-06-06").err
    assert "lördag" in council("meeting", "plan", "RÅD", "--date", "2026-03-07").err
    assert "02:30" in council("meeting", "plan", "RÅD", "--date", "2026-03-29", "--start", "02:30").err
    assert "Bo Exempel" not in council("meeting", "plan", "RÖN-AT", "--date", "2026-04-21").err
    found = json.loads(council("check", "--json").out)
    told = {(one["rule"], one["path"].split("/")[-2]) for one in found if one["level"] == "warning"}
    assert told == {
        ("called-twice", "2026-03-17-rad"),
        ("called-twice", "2026-03-17-ron-at"),
        ("holiday", "2026-06-06-rad"),
        ("clock-change", "2026-03-29-rad"),
    }
    council.now += timedelta(days=300)
    assert not [one for one in json.loads(council("check", "--json").out) if one["level"] == "warning"]


@pytest.mark.parametrize(
    ("text", "hour"), [("9", "09:00"), ("9.15", "09:15"), ("09:15", "09:15"), (" 23.59 ", "23:59")]
)
def test_hours_are_read_as_people_write_them(council: Program, text: str, hour: str) -> None:
    council("meeting", "plan", "RÅD", "--date", PLANNED[:10], "--start", text)
    assert record(council, PLANNED)["start"] == hour


# at a terminal


def test_several_meetings_are_shown_before_they_are_planned(council: Program, start: Start) -> None:
    """The person at the terminal is asked, and may say no."""
    before = commits(council)
    rule = ["--every", "tredje tisdagen", "--to", "2026-05-31"]
    child = start(council.folder, "meeting", "plan", "RÅD", *rule)
    child.expect("2026-03-17-rad.*2026-05-19-rad.*: ")
    child.sendline("n")
    assert ended(child)[1] == 130
    assert commits(council) == before
    child = start(council.folder, "meeting", "plan", "RÅD", *rule)
    child.expect(": ")
    child.sendline("j")
    assert ended(child)[1] == 0
    assert commits(council) == before + 1
    text, code = ended(start(council.folder, "meeting", "plan", "RÖN-AT", *rule, "--yes"))
    assert code == 0
    assert "?" not in text


def test_taking_away_asks_first(planned: Program, start: Start) -> None:
    child = start(planned.folder, "meeting", "remove", "RÅD")
    child.expect(f"{PLANNED}.*: ")
    child.sendline("")
    assert ended(child)[1] == 130
    assert upcoming(planned) == [PLANNED, NEXT]


# move


def test_a_move_keeps_the_id_and_is_remembered(planned: Program) -> None:
    said = planned("meeting", "move", "RÅD", "--date", "28 april", "--reason", "Lokalen\när upptagen")
    assert "28 april 2026" in said.err
    known = record(planned, PLANNED)
    assert known["date"] == "2026-04-28"
    moves = [{"from": "2026-04-21", "to": "2026-04-28", "date": "2026-03-02", "reason": "Lokalen är upptagen"}]
    assert known["moves"] == moves
    assert (planned.folder / f"records/meetings/2026/{PLANNED}/meeting.yaml").exists()
    assert record(planned, "RÅD 2026-04-28")["id"] == PLANNED
    assert "RÅD 2026-04-21 → 2026-04-28" in message(planned)


def test_hours_and_place_change_within_the_day(planned: Program) -> None:
    """It is remembered as well, since whoever has the meeting in a calendar has to be told."""
    planned(
        "meeting", "move", "RÅD", "--start", "14:00", "--mode", "remote", "--link", "https://example.org", "--place", ""
    )
    known = record(planned, PLANNED)
    assert (known["start"], known["end"], known["mode"]) == ("14:00", "16:15", "remote")
    assert "place" not in known
    assert known["moves"] == [{"from": "2026-04-21", "to": "2026-04-21", "date": "2026-03-02"}]
    shown = planned("meeting", "show", PLANNED).out
    assert "2026-04-21 14.00–16.15" in shown
    assert "→" not in shown


def test_what_is_so_already_is_no_move(planned: Program) -> None:
    before = commits(planned)
    said = planned("meeting", "move", "RÅD", "--date", "2026-04-21", "--start", "13:15", "--reason", "x")
    assert PLANNED in said.err
    assert commits(planned) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["RÅD"], 2, "meeting move --help"),
        (["RÅD", "--reason", "x"], 2, "meeting move --help"),
        (["RÅD", "--start", "17:00"], 2, "16:15"),
        (["RÅD", "--date", "2026-05-19"], 3, NEXT),
        ([HELD, "--date", "2026-05-20"], 3, f"minutes edit {HELD}"),
        (["RÖN-ST", "--date", "2026-05-20"], 2, "ron-st"),
    ],
    ids=str,
)
def test_what_cannot_be_moved_is_refused_with_a_way_out(
    planned: Program, arguments: list[str], code: int, said: str
) -> None:
    before = commits(planned)
    assert said in planned("meeting", "move", *arguments, code=code).err
    assert commits(planned) == before


def test_a_move_onto_another_meeting_can_be_meant(planned: Program) -> None:
    planned("meeting", "move", "RÅD", "--date", "2026-05-19", "--again")
    assert upcoming(planned) == [PLANNED, NEXT]


def test_a_move_into_a_clash_is_told(planned: Program) -> None:
    planned("meeting", "plan", "RÖN-BT", "--date", "2026-04-28", "--start", "13:00")
    assert "Disa Exempel" in planned("meeting", "move", "RÅD", "--date", "2026-04-28").err


def test_a_called_meeting_that_changes_has_to_be_told(planned: Program) -> None:
    meeting(planned, NEXT, "called:\n  date: 2026-02-28\n")
    commit(planned)
    assert "2026-02-28" in planned("meeting", "move", NEXT, "--date", "2026-05-26").err
    assert "2026-02-28" in planned("meeting", "cancel", NEXT, "--reason", "Sjukdom").err


# cancel


def test_a_cancelled_meeting_stays_on_record_with_its_reason(planned: Program) -> None:
    said = planned("meeting", "cancel", "RÅD", "--reason", "Få kan\nkomma")
    assert "2026-05-19" in said.err  # where what was due at it comes
    known = record(planned, PLANNED)
    assert known["cancelled"] == {"date": "2026-03-02", "reason": "Få kan komma"}
    assert known["state"] == "cancelled"
    assert upcoming(planned) == [NEXT]
    assert "Få kan" in message(planned)


def test_where_no_later_meeting_is_planned_that_is_said(planned: Program) -> None:
    planned("meeting", "cancel", NEXT, "--reason", "x")
    assert "meeting plan rad" in planned("meeting", "cancel", PLANNED, "--reason", "x").err


@pytest.mark.parametrize(
    ("meeting_id", "said"),
    [(HELD, f"minutes edit {HELD}"), ("2026-03-10-ron-at", "meeting plan ron-at"), (PLANNED, "--reason")],
)
def test_what_cannot_be_cancelled_is_refused_with_a_way_out(planned: Program, meeting_id: str, said: str) -> None:
    meeting(planned, "2026-03-10-ron-at", "cancelled:\n  date: 2026-03-01\n  reason: Sjukdom\n")
    commit(planned)
    reason = "" if meeting_id == PLANNED else "x"
    code = 2 if meeting_id == PLANNED else 3
    assert said in planned("meeting", "cancel", meeting_id, "--reason", reason, code=code).err


# remove


def test_a_meeting_made_by_mistake_goes(planned: Program) -> None:
    papers = "agenda:\n  - id: p-1\n    title: Lokal\n    papers:\n      - karta.pdf\n"
    meeting(planned, NEXT, papers)
    folder = write(planned, f"records/meetings/2026/{NEXT}/papers/karta.pdf", "x").parent.parent
    commit(planned)
    planned("meeting", "remove", NEXT)
    assert upcoming(planned) == [PLANNED]
    assert not folder.exists()
    assert git(planned.folder, "status", "--short") == ""
    assert f"Meeting: {NEXT}" in message(planned)


def named_by_item(council: Program) -> str:
    return item(council, 1, "Boka lokal", f"due: {PLANNED}\n")


def named_by_report(council: Program) -> str:
    name = f"{PLANNED}/ron-at"
    text = f"id: {name}\nmeeting: {PLANNED}\nnetwork: ron-at\ndate: 2026-03-01\ntext: Allt väl.\n"
    write(council, f"records/meetings/2026/{PLANNED}/report-ron-at.yaml", text)
    return name


def named_by_mailing(council: Program) -> str:
    text = f"id: s-0000001\nkind: agenda\nmeeting: {PLANNED}\ndate: 2026-03-01\n"
    write(council, "records/mailings/2026/s-0000001.yaml", text)
    return "s-0000001"


def named_by_another_meeting(council: Program) -> str:
    put_off = "agenda:\n  - id: p-1\n    title: Lokal\n    body:\n      - deferred: " + PLANNED
    meeting(council, HELD, f"{MINUTED}{put_off}\n")
    return HELD


@pytest.mark.parametrize("name", [named_by_item, named_by_report, named_by_mailing, named_by_another_meeting])
def test_a_meeting_that_something_names_stays(planned: Program, name: Any) -> None:
    """Who names it is told, and that it can be cancelled."""
    named = name(planned)
    commit(planned)
    said = planned("meeting", "remove", PLANNED, code=3).err
    assert named in said
    assert f"meeting cancel {PLANNED}" in said
    assert PLANNED in upcoming(planned)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (MINUTED, "minutes edit"),
        ("called:\n  date: 2026-02-28\n", "meeting cancel"),
        ("cancelled:\n  date: 2026-02-28\n  reason: x\n", "2026-02-28"),
    ],
)
def test_a_meeting_that_is_history_stays(planned: Program, rest: str, said: str) -> None:
    meeting(planned, NEXT, rest)
    commit(planned)
    assert said in planned("meeting", "remove", NEXT, code=3).err
    assert record(planned, NEXT)["id"] == NEXT


@pytest.mark.parametrize("verb", ["move", "cancel", "remove"])
def test_a_meeting_that_was_changed_by_hand_is_left_alone(planned: Program, verb: str) -> None:
    options = {"move": ["--date", "2026-05-26"], "cancel": ["--reason", "x"], "remove": []}[verb]
    path: Path = planned.folder / f"records/meetings/2026/{PLANNED}/meeting.yaml"
    path.write_text(path.read_text() + "title: Årsmöte\n")
    assert "git restore" in planned("meeting", verb, "RÅD", *options, code=3).err
    assert path.read_text().endswith("title: Årsmöte\n")
