"""atbtst show, and every other verb show: whatever an id names, as it is or as it was."""

import json
import os
import subprocess
from datetime import date
from typing import Any

import pytest
from conftest import NOW, Program, git, kept
from handmade import item, write

ENGLISH = ("--language", "en")
BOOK = "i-0000001"
MATTER = "m-0000001"
MEETING = "2026-02-17-rad"
SHEET = (
    "# RÅD 2026-02-17\nNärvarande: Alva Exempel, Bo Exempel\n\n## Lönefrågan\nBeslut: Rådet avvaktar.\n"
    "\n## Nästa möte\n21 april 13:15\n"
)
LATER = "2026-04-10"


def on(council: Program, day: str) -> None:
    """Let it be that day."""
    council.now = NOW + (date.fromisoformat(day) - NOW.date())


def by_hand(council: Program, day: str) -> str:
    """Commit everything on that day; the commit."""
    git(council.folder, "add", "-A")
    environment = os.environ | {f"GIT_{side}_DATE": f"{day}T10:00:00+01:00" for side in ("AUTHOR", "COMMITTER")}
    subprocess.run(["git", "commit", "-qm", "By hand"], cwd=council.folder, env=environment, check=True)
    return git(council.folder, "rev-parse", "HEAD").strip()


@kept
def lived(council: Program) -> None:
    """A council of 2 March 2026 in which everything was changed on 10 April."""
    council("minutes", "new", "RÅD", "--from", "-", "--yes", given=SHEET)
    council("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given="Planeringen är klar.\n")
    council("agenda", "new", "RÅD")
    item(council, 1, "Boka lokal", "owners:\n  - bo-exempel\n", added="2026-02-20")
    write(
        council, f"records/matters/2026/{MATTER}.yaml", f"id: {MATTER}\ntitle: Lön?\nnetwork: rad\nraised: 2026-02-20\n"
    )
    by_hand(council, "2026-03-02")
    on(council, LATER)
    council("item", "edit", BOOK, "--what", "Boka sal")
    council("matter", "edit", MATTER, "--title", "Lönerna?")
    council(
        "minutes",
        "edit",
        "RÅD 1/2026",
        "--from",
        "-",
        given=council("minutes", "show", "RÅD", "--sheet").out.replace("avvaktar", "väntar"),
    )
    report = council.folder / "records/meetings/2026/2026-04-21-rad/report-ron-at.yaml"
    report.write_text(report.read_text("utf-8").replace("Planeringen är klar", "Allt är klart"), "utf-8")
    by_hand(council, LATER)
    council("member", "edit", "bo-exempel", "--email", "bo@example.org")
    council("network", "rename", "RÖN-AT", "--name", "Nätverket för AT", "--short", "AT-nät", "--from", "2026-04-01")
    council("agenda", "add", "Introduktionsdagen", "--meeting", "RÅD")


NAMED = {
    "item show": BOOK,
    "matter show": MATTER,
    "meeting show": "RÅD 1/2026",
    "member show": "Bo Exempel",
    "network show": "ron-at",
    "decision show": "RÅD § 1/2026",
}


@pytest.mark.parametrize(("verb", "name"), NAMED.items())
def test_whatever_is_named_is_shown_as_its_own_verb_shows_it(lived: Program, verb: str, name: str) -> None:
    assert lived("show", name).out == lived(*verb.split(), name).out
    assert lived("show", name, "--json").out == lived(*verb.split(), name, "--json").out


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("i-00000", BOOK),
        ("I-0000001", BOOK),
        ("m-00000", MATTER),
        ("2026-02", MEETING),
        ("RÅD 2026-02-17", MEETING),
        ("RÅD 17 februari", MEETING),
        (f"{MEETING}/d-1", f"{MEETING}/d-1"),
        ("rådet §1/2026", f"{MEETING}/d-1"),
        ("RÅD", "rad"),
        ("Rådet", "rad"),
        ("bo", "bo-exempel"),
        ("bo-exempel", "bo-exempel"),
        ("2026-04-21-rad/ron-at", "2026-04-21-rad/ron-at"),
    ],
)
def test_a_thing_is_named_as_people_do(lived: Program, name: str, known: str) -> None:
    assert json.loads(lived("show", *name.split(" "), "--json").out)["id"] == known


def test_a_seat_is_shown_with_its_holder(lived: Program) -> None:
    shown = lived("show", "ron-at/convenor").out
    assert "Bo Exempel" in shown
    assert "ron-bt" not in shown
    assert json.loads(lived("show", "ron-at/Sammankallande", "--json").out)["holders"][0]["member"] == "bo-exempel"


def test_a_report_is_shown_field_by_field(lived: Program) -> None:
    assert "klar" in lived("show", "2026-04-21-rad/ron-at").out


@pytest.mark.parametrize("name", ["nix", "", "RÅD 9/2026", "i-9999999", "1999-01-01-rad", "rad/nix", "-- --all", "§"])
def test_what_names_nothing_is_refused_with_a_way_out(lived: Program, name: str) -> None:
    said = lived(*ENGLISH, "show", *(name.split() or [""]), code=2)
    assert said.out == ""
    assert len(said.err.splitlines()) >= 2


# -- as it was ---------------------------------------------------------------------------------------------------------


SHOWN = (
    (f"show {BOOK}", "Boka lokal", "Boka sal"),
    (f"item show {BOOK}", "Boka lokal", "Boka sal"),
    (f"matter show {MATTER}", "Lön?", "Lönerna?"),
    (f"meeting show {MEETING}", "avvaktar", "väntar"),
    (f"decision show {MEETING}/d-1", "avvaktar", "väntar"),
    (f"minutes show {MEETING}", "avvaktar", "väntar"),
    (f"minutes show {MEETING} --sheet", "avvaktar", "väntar"),
    ("member show bo-exempel", "Bo Exempel", "bo@example.org"),
    ("network show ron-at", "RÖN-AT (ron-at)", "Nätverket för AT"),
    ("agenda show RÅD", "Övrigt", "Introduktionsdagen"),
    ("report show ron-at --for 2026-04-21-rad", "Planeringen", "Allt är klart"),
)


@pytest.mark.parametrize(("command", "then", "now"), SHOWN)
def test_every_show_tells_what_the_record_said_then(lived: Program, command: str, then: str, now: str) -> None:
    said = lived(*ENGLISH, *command.split(), "--as-of", "2026-03-31")
    assert then in said.out
    assert now not in said.out
    assert "As the record was on 2026-03-31" in said.err
    assert now in lived(*command.split(), "--as-of", LATER).out
    assert now in lived(*command.split()).out


def test_the_history_of_an_item_ends_where_its_page_does(lived: Program) -> None:
    commit = git(lived.folder, "log", "--format=%H", "--", f"records/items/2026/{BOOK}.yaml").split()[-1]
    found = json.loads(lived("item", "show", BOOK, "--json", "--as-of", commit[:12]).out)
    assert [one["commit"] for one in found["history"]] == [commit]
    assert len(json.loads(lived("item", "show", BOOK, "--json").out)["history"]) == 2


def test_approved_minutes_of_then_are_shown_byte_for_byte(council: Program) -> None:
    council("minutes", "new", "RÅD", "--from", "-", "--yes", given=SHEET)
    council("minutes", "approve", "RÅD", "--by", "alva-exempel")
    approved = council("minutes", "show", "RÅD").out
    on(council, LATER)
    sheet = council("minutes", "show", "RÅD", "--sheet").out.replace("avvaktar", "väntar")
    council("minutes", "edit", "RÅD", "--reason", "Språk", "--from", "-", given=sheet)
    council("minutes", "approve", "RÅD", "--by", "alva-exempel")
    assert council("minutes", "show", "RÅD", "--as-of", "2026-03-31").out == approved
    assert "väntar" in council("minutes", "show", "RÅD").out


def test_what_others_made_offline_is_told_to_count_from_its_day(lived: Program) -> None:
    """Only where the branch has merges is anything said of them."""
    quiet = "What others make offline"
    assert quiet not in lived(*ENGLISH, "show", BOOK, "--as-of", "2026-03-31").err
    git(lived.folder, "switch", "-q", "-c", "elsewhere", "HEAD~1")
    item(lived, 2, "Ring", added="2026-03-20")
    by_hand(lived, "2026-03-20")
    git(lived.folder, "switch", "-q", "main")
    git(lived.folder, "merge", "-q", "--no-commit", "elsewhere")
    by_hand(lived, LATER)
    said = lived(*ENGLISH, "show", BOOK, "--as-of", "2026-03-31").err
    assert f"{quiet} appears on the day it comes in. 1 change made by then came in later." in said
    assert f"{quiet} appears on the day it comes in.\n" in lived(*ENGLISH, "show", BOOK, "--as-of", LATER).err
    assert lived("show", "i-0000002", "--as-of", "2026-03-31", code=2).out == ""
    assert quiet not in lived(*ENGLISH, "show", BOOK).err


def test_an_extract_has_no_past(lived: Program) -> None:
    said = lived(*ENGLISH, "minutes", "show", "RÅD", "--for", "RÖN-AT", "--as-of", "2026-03-31", code=2)
    assert "exclude" in said.err


# -- what cannot be read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("verb", "name"), [*NAMED.items(), ("show", BOOK)])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_page_says_which_records_could_not_be_read_for_it(
    lived: Program, verb: str, name: str, form: tuple[str, ...]
) -> None:
    """What it tells may lack something, and the exit code says so to programs too."""
    for folder in ("members", "networks", "meetings/2026/2026-01-01-rad", "items/2026", "matters/2026"):
        write(lived, f"records/{folder}/{'meeting' if '-rad' in folder else 'zzz'}.yaml", "- nothing\n")
    said = lived(*ENGLISH, *verb.split(), name, *form, code=4)
    assert "could not be read" in said.err
    assert said.out


def data(council: Program, *arguments: str) -> Any:
    return json.loads(council("show", *arguments, "--json").out)


def test_a_record_that_cannot_be_read_itself_is_refused(lived: Program) -> None:
    write(lived, f"records/items/2026/{BOOK}.yaml", "- nothing\n")
    said = lived(*ENGLISH, "show", BOOK, code=4)
    assert f"The record of {BOOK} cannot be read." in said.err
    assert data(lived, BOOK, "--as-of", LATER)["title"] == "Boka sal"
