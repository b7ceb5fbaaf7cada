"""Clocks that go wrong: nothing is lost, doubled, hidden or put in another order by what a clock says."""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from clocks import Clock
from conftest import Program, git
from faults import ADD, assert_sound, commits, with_item, work

from atbtst_cli.store import follow

pytestmark = pytest.mark.outside("faketime")
ENGLISH = ("--language", "en")
SHEET = "Närvarande: Alva, Bo\n\n## Introduktion\n\nÅtgärd @Bo: Boka lokal\n\nBeslut: Rådet köper kaffe.\n"


@pytest.fixture
def clock(council: Program) -> Clock:
    """The program in a council, with a clock that can be set; it is the evening of 3 March 2026."""
    return Clock(council.folder, "2026-03-03T21:00:00+01:00")


def dates(folder: Path) -> list[str]:
    """When each commit of the branch was made, as Git tells, the newest first."""
    return git(folder, "log", "--first-parent", "--format=%cI").splitlines()


def added(clock: Clock, title: str, *arguments: str) -> str:
    """The id of a new item."""
    found = re.search(r"i-\w{7}", clock("item", "add", title, "--network", "RÅD", *arguments).text)
    assert found
    return found[0]


def item_file(folder: Path, item: str) -> Path:
    [found] = folder.glob(f"records/items/*/{item}.yaml")
    return found


# -- back and ahead --------------------------------------------------------------------------------------------------------

JUMPS = {
    "a day back": "2026-03-02T21:00:00+01:00",
    "a year back": "2025-03-03T21:00:00+01:00",
    "an empty battery": "2000-01-01T00:00:05+01:00",
    "past the end of 32 bits": "2038-01-19T04:14:08+01:00",
    "far ahead": "2099-12-31T23:59:59+01:00",
}


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_what_was_done_stays_in_its_order_whatever_the_clock_says(clock: Clock, jump: str) -> None:
    """The clock jumps between two commands, then is put right again."""
    first = added(clock, "Boka lokal")
    clock.now = jump
    second = added(clock, "Skriv brev")
    clock("item", "edit", first, "--what", "Boka sal")
    clock.at("2026-03-04T09:00:00+01:00", "item", "edit", second, "--what", "Skriv brevet")
    clock("item", "done", first)
    done = [
        "item(done): Boka sal",
        "item(edit): Skriv brevet",
        "item(edit): Boka sal",
        "item(add): Skriv brev",
        "item(add): Boka lokal",
    ]
    assert commits(clock.folder)[:5] == done
    assert [one["subject"] for one in json.loads(clock("log", "--json").out)][:5] == done
    assert dates(clock.folder)[2:4] == [jump, jump]
    told = json.loads(clock("item", "show", first, "--json").out)
    assert [one["subject"].partition(":")[0] for one in told["history"]] == ["item(done)", "item(edit)", "item(add)"]
    assert [one["id"] for one in json.loads(clock("item", "list", "--json").out)] == [second]
    clock.at(jump, "undo")
    assert {one["id"] for one in json.loads(clock("item", "list", "--json").out)} == {first, second}
    assert work(clock.folder).strip() == ""
    assert_sound(clock.folder)
    assert clock(*ENGLISH, "--quiet", "check").code == 0


def test_a_clock_behind_the_record_is_doubted_where_it_stops_a_change(clock: Clock) -> None:
    """Nothing is closed before it began; who has done nothing wrong learns what may be."""
    item = added(clock, "Boka lokal")
    said = clock.at(JUMPS["a day back"], *ENGLISH, "item", "done", item, code=4).err
    assert "The record was last changed on 2026-03-03, and this computer's clock says 2026-03-02. Is it right?" in said
    assert commits(clock.folder)[0] == "item(add): Boka lokal"
    clock.at("2026-03-03T21:00:01+01:00", "item", "done", item)


@pytest.mark.parametrize("jump", [JUMPS["a year back"], JUMPS["far ahead"]], ids=["back", "ahead"])
def test_a_clock_that_jumps_during_a_command_halves_nothing(clock: Clock, jump: str) -> None:
    """At each point of a transaction there is still one commit, and the record lies under the year that it tells."""
    before = len(commits(clock.folder))
    for count, point in enumerate(follow.STEPS, 1):
        item = re.search(r"i-\w{7}", clock("item", "add", point, "--network", "RÅD", point=point, then=jump).text)
        assert item
        file = item_file(clock.folder, item[0])
        assert f"added: {file.parent.name}-" in file.read_text()
        assert len(commits(clock.folder)) == before + count
    assert work(clock.folder).strip() == ""
    assert_sound(clock.folder)


def test_minutes_read_the_same_whatever_the_clock_says(clock: Clock, council: Program, tmp_path: Path) -> None:
    """Days that are told count: numbers, carry-over, documents and seals come out as where the clock is right."""
    right = Clock(council.folder.rename(tmp_path / "right"))
    git(tmp_path, "clone", "-q", str(right.folder), str(clock.folder))
    sheet = tmp_path / "sheet.md"
    sheet.write_text(SHEET, "utf-8")
    for one, wrong in ((right, clock.now), (clock, JUMPS["far ahead"])):
        one.at(wrong, "minutes", "new", "RÅD", "--from", sheet, "--date", "2026-03-03")
        one("minutes", "approve", "RÅD 2026-03-03", "--by", "alva-exempel", "--date", "2026-03-03")
        one.at("2026-03-03T21:00:00+01:00", "minutes", "new", "RÅD", "--from", sheet, "--date", "2026-02-03")
        one.at(JUMPS["a year back"], "minutes", "verify")
    told = [
        {str(path.relative_to(one.folder)): path.read_bytes() for path in one.folder.glob("records/[im]*/20*/**/*.*")}
        for one in (right, clock)
    ]
    assert len(told[0]) > 10
    assert told[0] == told[1]
    assert git(clock.folder, "tag", "--list", "approved/*") == git(right.folder, "tag", "--list", "approved/*")
    assert_sound(clock.folder)


def test_a_day_that_the_clock_says_is_still_to_come_is_doubted_too(clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "sheet.md").write_text(SHEET, "utf-8")
    clock("minutes", "new", "RÅD", "--from", tmp_path / "sheet.md", "--date", "2026-03-03")
    approve = (*ENGLISH, "minutes", "approve", "RÅD", "--by", "alva-exempel", "--date", "2026-03-03")
    said = clock.at(JUMPS["a year back"], *approve, code=2).err
    assert "this computer's clock says 2025-03-03. Is it right?" in said


# -- days and hours --------------------------------------------------------------------------------------------------------


def test_at_the_years_end_each_item_lies_under_the_year_that_it_tells(clock: Clock) -> None:
    """The year is that of the council's zone; a command that begins in the old year belongs to it."""
    for moment, year in (
        ("2026-12-31T23:59:59+01:00", 2026),
        ("2026-12-31T22:59:59+00:00", 2026),
        ("2026-12-31T23:00:00+00:00", 2027),
        ("2027-01-01T00:00:00+01:00", 2027),
    ):
        clock.now = moment
        file = item_file(clock.folder, added(clock, "Boka lokal"))
        assert (file.parent.name, f"added: {year}-" in file.read_text()) == (str(year), True)
    clock.now = "2027-12-31T23:59:59+01:00"
    clock("item", "add", "Boka sal", "--network", "RÅD", point="locked", then="2028-01-01T00:00:01+01:00")
    [file] = [path for path in clock.folder.glob("records/items/*/*.yaml") if "Boka sal" in path.read_text()]
    assert (file.parent.name, "added: 2027-12-31" in file.read_text()) == ("2027", True)
    assert clock("--quiet", "check").code == 0
    assert_sound(clock.folder)


NIGHTS = {
    "an hour that is not there": ("2026-03-29T00:59:59+00:00", "01:59:59+01:00", "03:00:00+02:00"),
    "an hour that comes twice": ("2026-10-25T00:59:59+00:00", "02:59:59+02:00", "02:00:00+01:00"),
}


@pytest.mark.parametrize(("moment", "before", "after"), NIGHTS.values(), ids=NIGHTS)
def test_on_the_nights_when_clocks_change_the_order_stays(clock: Clock, moment: str, before: str, after: str) -> None:
    """The second before the change, the change itself, and an hour later; each commit tells its offset."""
    for minute, title in (("00:59:59", "Först"), ("01:00:00", "Sedan"), ("01:30:00", "Sist")):
        clock.now = moment.replace("00:59:59", minute)
        added(clock, title)
    assert commits(clock.folder)[:3] == [f"item(add): {title}" for title in ("Sist", "Sedan", "Först")]
    assert [one.partition("T")[2] for one in dates(clock.folder)[1:3]] == [after, before]
    assert {one["added"] for one in json.loads(clock("item", "list", "--json").out)} == {moment[:10]}
    clock.now = f"{moment[:10]}T12:00:00+00:00"
    ahead = clock(*ENGLISH, "meeting", "plan", "RÅD", "--date", moment[:10], "--start", "02:30", "--end", "03:30").err
    assert "(clock-change)" in ahead
    event = clock("meeting", "calendar", "RÅD", "--output", "-").out
    assert f"DTSTART;TZID=Europe/Stockholm:{moment[:10].replace('-', '')}T023000" in event


@pytest.mark.parametrize("day", ["2038-01-20", "2099-11-17"])
def test_far_ahead_a_council_still_lives(clock: Clock, tmp_path: Path, day: str) -> None:
    clock.now = f"{day}T00:30:00+01:00"
    clock("meeting", "plan", "RÅD", "--date", day, "--start", "13:15", "--end", "16:15")
    clock("agenda", "new", "RÅD")
    clock("member", "edit", "bo-exempel", "--email", "bo@example.org")
    clock("agenda", "send", "RÅD", "--output", tmp_path / "letters")
    assert b"X-Unsent: 1" in (tmp_path / "letters/bo-exempel.eml").read_bytes()
    (tmp_path / "sheet.md").write_text(SHEET, "utf-8")
    clock("minutes", "new", "RÅD", "--from", tmp_path / "sheet.md", "--date", day)
    clock("minutes", "approve", "RÅD", "--by", "alva-exempel")
    assert f", {day}." in clock(*ENGLISH, "minutes", "verify").out
    assert f":{day.replace('-', '')}T131500" in clock("meeting", "calendar", "RÅD", "--output", "-").out
    assert len(json.loads(clock("item", "list", "--json", "--as-of", day).out)) == 1
    assert clock("--quiet", "check").code == 0


ABROAD = ("Europe/Stockholm", "Pacific/Auckland", "Etc/GMT+12", "America/New_York", "UTC")


def test_a_day_is_the_councils_wherever_its_secretary_is(clock: Clock) -> None:
    """An hour before midnight in Stockholm it is tomorrow in New Zealand, and some people's day has hardly begun."""
    for moment, day in (("2026-03-03T23:30:00+01:00", "2026-03-03"), ("2026-03-04T00:30:00+01:00", "2026-03-04")):
        clock.now = moment
        for clock.zone in ABROAD:
            file = item_file(clock.folder, added(clock, clock.zone))
            assert f"added: {day}" in file.read_text()
            assert git(clock.folder, "log", "-1", "--format=%as %cs").split() == [day, day]
            assert f", {day}" in clock("status").out
    clock.zone = "Pacific/Auckland"
    assert len(json.loads(clock("item", "list", "--json", "--as-of", "2026-03-03").out)) == len(ABROAD)


def test_the_day_of_a_rehearsal_is_that_day_at_every_hour(council: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATBTST_TODAY", "2026-05-05")
    for hour in (0, 12, 23):
        council.now = datetime(2026, 3, 2, hour, 30, tzinfo=UTC)
        assert ", 2026-05-05" in council("status").out


def test_another_council_has_another_zone(clock: Clock) -> None:
    settings = clock.folder / "records/settings.yaml"
    for zone, day in (("Asia/Tokyo", "2026-03-04"), ("Nowhere/At_All", "2026-03-03"), ("'Etc/GMT+12'", "2026-03-03")):
        settings.write_text(re.sub("time_zone: .*", f"time_zone: {zone}", settings.read_text()))
        assert f", {day}" in clock("status").out


# -- what the record said then ----------------------------------------------------------------------------------------------


def test_a_day_of_the_past_stays_what_it_was_after_the_clock_went_wrong(clock: Clock) -> None:
    """Commits made by a wrong clock count as made between their neighbours; the newest one is there today at least."""
    first = added(clock, "Först")
    clock.now = "2026-03-06T10:00:00+01:00"
    second = added(clock, "Sedan")
    seen = {}
    for wrong in (JUMPS["an empty battery"], JUMPS["far ahead"], JUMPS["a year back"]):
        clock.now = wrong
        seen[wrong] = added(clock, wrong)
        clock.now = "2026-03-07T10:00:00+01:00"
        everything = {one["id"] for one in json.loads(clock("item", "list", "--json", "--as-of", "2026-03-07").out)}
        assert everything == {first, second, *seen.values()}
    clock.now = "2026-03-08T10:00:00+01:00"
    last = added(clock, "Sist")
    for day, wanted in (
        ("2026-03-04", {first}),
        ("2026-03-05", {first}),
        ("2026-03-08", {first, second, last, *seen.values()}),
    ):
        found = json.loads(clock("item", "list", "--json", "--as-of", day).out)
        assert {one["id"] for one in found} == wanted, day
    for day in ("2025-12-24", "2000-01-02"):
        assert clock(*ENGLISH, "item", "list", "--as-of", day, code=2).out == ""


# -- files -----------------------------------------------------------------------------------------------------------------


def test_an_edit_by_hand_is_seen_whatever_time_its_file_has(clock: Clock, council: Program) -> None:
    """Of the same size and time, so that Git does not see it, and long before or after Git's index was written."""
    file = with_item(council)
    git(council.folder, "config", "core.trustctime", "false")
    git(council.folder, "config", "core.checkStat", "minimal")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    git(council.folder, "status")
    file.write_text(file.read_text("utf-8").replace("Ring ", "Sjun "), "utf-8")
    for moment, unseen in ((1_700_000_000, True), (86_400, False), (4_000_000_000, False)):
        os.utime(file, (moment, moment))
        assert (work(council.folder).strip() == "") == unseen
        assert "i-0000001.yaml" in clock(*ENGLISH, "item", "done", "i-0000001", code=3).err
        assert "title: Sjun" in file.read_text("utf-8")


def test_a_lock_from_the_future_is_told_with_its_time(council: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's lock was taken by a clock that has gone back since."""
    monkeypatch.setattr(follow, "PATIENCE", 0.1)
    lock = council.folder / ".git/index.lock"
    lock.write_bytes(b"")
    os.utime(lock, (4_000_000_000, 4_000_000_000))
    assert "has been there since 2096-10-02" in council(*ENGLISH, *ADD, code=3).err
    lock.unlink()
    council(*ADD)


def test_a_text_kept_by_a_clock_that_was_wrong_waits_like_any_other(clock: Clock) -> None:
    """It is listed by its name, and goes on; its file may be from any year."""
    kept = clock.folder / ".git/atbtst/sheets"
    kept.mkdir(parents=True)
    for name, moment in (("rad-2026-03-03", 0), ("rad-2026-03-04", 4_000_000_000)):
        (kept / f"{name}.json").write_text(json.dumps({"network": "rad", "day": name[4:], "seed": 1}))
        (kept / f"{name}.md").write_text(SHEET, "utf-8")
        os.utime(kept / f"{name}.md", (moment, moment))
    listed = clock("minutes", "resume").out
    assert listed.index("rad-2026-03-04") < listed.index("rad-2026-03-03")
    clock("minutes", "resume", "rad-2026-03-03", "--discard")
    assert "rad-2026-03-03" not in clock("minutes", "resume").out


# -- several clones --------------------------------------------------------------------------------------------------------


def test_clones_whose_clocks_are_years_apart_come_together(clock: Clock, tmp_path: Path) -> None:
    """What went on top of what counts, not whose clock is ahead; no field is lost or set back."""
    shared = added(clock, "Boka lokal")
    git(tmp_path, "clone", "-q", "--bare", str(clock.folder), str(tmp_path / "shared.git"))
    far = {"ahead": "2031-03-03T10:00:00+01:00", "behind": "2025-03-03T10:00:00+01:00"}
    clones = {}
    clock("sync", "--remote", tmp_path / "shared.git")
    for name, now in far.items():
        git(tmp_path, "clone", "-q", str(tmp_path / "shared.git"), name)
        clones[name] = Clock(tmp_path / name, now, seeds=clock.seeds)
    expected = {shared, *(added(one, name) for name, one in clones.items())}
    clones["ahead"]("item", "edit", shared, "--due", "2032-01-01")
    clones["behind"]("item", "edit", shared, "--what", "Boka sal")
    for one in (clones["ahead"], clones["behind"], clones["ahead"], clock):
        one("sync")
    assert len({git(one.folder, "rev-parse", "HEAD") for one in (clock, *clones.values())}) == 1
    listed = json.loads(clock("item", "list", "--json").out)
    assert {one["id"] for one in listed} == expected
    [told] = [one for one in listed if one["id"] == shared]
    assert (told["title"], told["due"]) == ("Boka sal", "2032-01-01")
    history = [one["subject"] for one in json.loads(clock("item", "show", shared, "--json").out)["history"]]
    assert history[-1] == "item(add): Boka lokal"
    assert clock("--quiet", "check").code == 0
    assert_sound(clock.folder)
