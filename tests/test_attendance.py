"""Who was there, for whom and when: from the sheet to the record, its documents, its decisions, and a year's figures."""

import json
import re
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Program, git
from handmade import commit, commits, meeting
from pdf_reading import structure

from atbtst_cli.output import cells_of

Editor = Callable[[Sequence[str]], Path]
DAY = "2026-02-17"
FOLDER = f"records/meetings/2026/{DAY}-rad"
SHEET = """\
# RÅD 2026-02-17 kl. 13:15–16:15
Närvarande: Bo Exempel (för Disa Exempel), Alva Exempel
Förhinder: Disa Exempel
Frånvarande: Erik Exempel

## Budgeten
Beslut: Rådet antar budgeten.
Reservation Alva Exempel: Mot beloppet.
Gick: Bo Exempel kl. 14.10

## Resan
Beslut: Rådet avslår resan.
"""
FORMATS, EDITIONS = ("md", "html", "pdf"), ("internal", "public")
WORDS = ("quor", "beslutsför", "krävs", "could decide", "could not decide", "kunde besluta", "kunde inte besluta")
"""What a body that states no quorum never says, whatever the case."""


def minute(council: Program, text: str = SHEET, *how: str) -> str:
    return council("--language", "en", "minutes", "new", "RÅD", "--from", "-", *how, given=text).err


def edit(council: Program, before: str, after: str) -> str:
    """Correct the minutes: other words in their sheet."""
    sheet = council("minutes", "show", f"{DAY}-rad", "--sheet").out
    assert before in sheet
    changed = sheet.replace(before, after)
    return council("--language", "en", "minutes", "edit", f"{DAY}-rad", "--yes", "--from", "-", given=changed).err


def seats(council: Program) -> dict[str, list[str]]:
    """The seats of each one who is put down, by id or name."""
    record = yaml.safe_load((council.folder / FOLDER / "meeting.yaml").read_text("utf-8"))
    return {row.get("member") or row["name"]: row.get("seats", []) for row in record["attendance"]}


def document(council: Program, form: str, edition: str = "internal") -> str:
    """The words of the minutes as they are made now."""
    made = council("minutes", "render", f"{DAY}-rad", "-f", form, "--edition", edition, "--draft", "-o", "-").raw
    return structure(made).text if form == "pdf" else made.decode()


def require(council: Program, *how: str, body: str = "RÅD") -> str:
    return council("--language", "en", "network", "quorum", body, *how).err


@pytest.fixture
def required(council: Program) -> Program:
    """A council that requires three of its four seats, with the minutes of a meeting."""
    require(council, "--count", "3", "--from", "2026-01-01")
    minute(council)
    return council


# -- substitutes ----------------------------------------------------------------------------------------------------


def test_a_substitute_takes_the_seats_of_the_one_they_stand_in_for(council: Program, editor: Editor) -> None:
    """Typed into the sheet that lists those who are called; whoever stands in keeps the own seat too."""
    put_down = "Närvarande: Bo Exempel (för Disa Exempel), Alva Exempel\\nFörhinder: Disa Exempel\\n"
    editor([f"text = text.replace(text.splitlines()[1] + '\\n', '{put_down}')"])
    council("minutes", "new", "RÅD", "--date", DAY)
    assert seats(council) == {
        "bo-exempel": ["rad/ron-at", "rad/ron-bt"],
        "alva-exempel": ["rad/ron-dialog"],
        "disa-exempel": ["rad/ron-bt"],
    }
    assert council("minutes", "show", "RÅD", "--sheet").out.count("Bo Exempel (för Disa Exempel)") == 1
    row = "Bo Exempel | Sammankallande i RÖN-AT; Sammankallande i RÖN-BT | Närvarande | ersätter Disa Exempel"
    assert row in document(council, "md")
    assert "Bo Exempel (för Disa Exempel)" in council("meeting", "show", "RÅD").out.replace("(for ", "(för ")
    assert "Utgår" not in document(council, "md").partition("BT")[2].partition("ST")[0], "somebody speaks for RÖN-BT"


def test_the_seats_follow_when_the_substitute_is_corrected(council: Program) -> None:
    minute(council)
    edit(council, "Bo Exempel (för Disa Exempel)", "Bo Exempel")
    assert seats(council)["bo-exempel"] == ["rad/ron-at"]
    edit(council, "Bo Exempel,", "Bo Exempel (för Erik Exempel),")
    assert seats(council)["bo-exempel"] == ["rad/ron-at", "rad/ron-st"]
    assert edit(council, "Frånvarande: Erik Exempel", "Frånvarande: Erik Exempel, Cilla Exempel")
    assert seats(council)["bo-exempel"] == ["rad/ron-at", "rad/ron-st"]


def test_somebody_from_outside_can_stand_in_for_one_who_is_not_put_down(council: Program) -> None:
    text = SHEET.replace("Bo Exempel (för Disa Exempel)", "David Exempel (för Bo Exempel)")
    text = text.replace("Förhinder: Disa Exempel\n", "").replace("Gick: Bo", "Gick: David")
    said = minute(council, text)
    assert seats(council)["David Exempel"] == ["rad/ron-at"]
    assert "bo-exempel" not in seats(council)
    assert "warning" not in said
    assert "David Exempel gick kl. 14.10." in document(council, "md")


def test_contradictions_are_told_at_once_and_by_check(council: Program) -> None:
    text = SHEET.replace("Närvarande: ", "Närvarande: Disa Exempel, ").replace("Förhinder: Disa Exempel\n", "")
    text = text.replace("Alva Exempel\n", "Alva Exempel (för Alva Exempel)\n", 1)
    text += "Gick: Bo Exempel\nKom: Cilla Exempel\nKom: Erik Exempel\n"
    said = minute(council, text)
    rules = ("seat-taken-twice", "stands-in-for-oneself", "movement-twice", "movement-of-nobody")
    assert [said.count(f"({rule})") for rule in rules] == [1, 1, 1, 2]
    assert "Disa Exempel and Bo Exempel take the seat rad/ron-bt at the same time" in " ".join(said.split())
    found = [one["rule"] for one in json.loads(council("check", "--json").out)]
    assert [found.count(rule) for rule in rules] == [1, 1, 1, 2]


# -- quorum ---------------------------------------------------------------------------------------------------------


def test_each_decision_says_whether_it_held(required: Program) -> None:
    """In every format, and to the public too: a number is nobody's name."""
    for form, edition in product(FORMATS, EDITIONS):
        said = re.sub(r"</dt>\s*<dd>", ": ", " ".join(document(required, form, edition).split()))
        first, second = said.index("Rådet antar budgeten."), said.index("Rådet avslår resan.")
        assert "Beslutsför: 3 av 4 platser, 3 krävs" in said[first:second]
        assert "INTE beslutsför: 1 av 4 platser, 3 krävs" in said[second:]


def test_the_run_and_check_warn_of_a_decision_that_did_not_hold(council: Program) -> None:
    require(council, "--count", "3", "--from", "2026-01-01")
    said = " ".join(minute(council).split())
    assert "warning: § 2: 1 of 4 seats of RÅD were taken, and 3 are required for a decision (no-quorum)" in said
    assert said.count("no-quorum") == 1
    [found] = [one for one in json.loads(council("check", "--json").out) if one["rule"] == "no-quorum"]
    assert found["level"] == "warning"
    line = (council.folder / found["path"]).read_text("utf-8").splitlines()[found["line"] - 1]
    assert line.strip().startswith("- decision: d-2")


def test_what_cannot_be_known_is_said(required: Program) -> None:
    edit(required, "Alva Exempel\n", "Alva Exempel (punkt 1)\n")
    assert "(för 1 av platserna gäller närvaron enligt anmärkning bara en del av mötet)" in document(required, "md")
    said = minute(required, "# RÅD 2026-02-24\n\n## Frågan\nBeslut: Rådet beslutar.\n")
    assert "nobody is put down (no-quorum)" in " ".join(said.split())
    made = required("minutes", "show", "2026-02-24-rad").out
    assert "Beslutsförhet: framgår inte, ingen närvaro är antecknad (3 av 4 platser krävs)" in made


def test_a_hidden_name_counts_and_stays_hidden(council: Program) -> None:
    path = council.folder / "records/networks/rad.yaml"
    path.write_text(path.read_text("utf-8").replace("  - id: ron-bt\n", "  - id: ron-bt\n    public_name: false\n"))
    commit(council)
    require(council, "--count", "2", "--seat", "ron-bt", "--seat", "ron-at", "--from", "2026-01-01")
    minute(council)
    public = document(council, "md", "public")
    assert "Beslutsför: 2 av 2 platser, 2 krävs" in public
    assert "INTE beslutsför: 0 av 2 platser, 2 krävs" in public
    assert "Bo Exempel" not in public


def test_documents_stay_as_they_are_when_the_rules_and_the_people_change(required: Program) -> None:
    before = [document(required, "md"), (required.folder / FOLDER / "minutes.md").read_text("utf-8")]
    assert before[0] == before[1]
    assert "meeting" not in require(required, "--count", "1", "--from", "2026-02-18")
    required("member", "edit", "bo-exempel", "--leave", "ron-at/convenor", "--to", "2026-02-18")
    assert document(required, "md") == before[0]
    assert "1 meeting held since then is judged by it too" in require(required, "--count", "1", "--from", "2026-02-17")
    assert "Beslutsför: 1 av 4 platser, 1 krävs" in document(required, "md")
    assert (required.folder / FOLDER / "minutes.md").read_text("utf-8") == before[1]


def test_a_joint_meeting_says_it_of_each_body_that_requires_something(council: Program) -> None:
    require(council, "--count", "3", "--from", "2026-01-01")
    require(council, "--count", "1", "--seat", "convenor", "--from", "2026-01-01", body="RÖN-BT")
    meeting(council, f"{DAY}-rad", "with:\n  - ron-bt\n  - ron-at\ncalled:\n  date: 2026-02-01\n")
    commit(council)
    minute(council, SHEET, "--date", DAY)
    assert seats(council)["bo-exempel"] == ["rad/ron-at", "ron-at/convenor", "rad/ron-bt", "ron-bt/convenor"]
    said = document(council, "md")
    assert "Beslutsför (RÅD): 3 av 4 platser, 3 krävs" in said
    assert "Beslutsför (RÖN-BT): 1 av 1 plats, 1 krävs" in said
    assert "RÖN-AT)" not in said


def test_a_body_that_requires_nothing_never_mentions_it(council: Program) -> None:
    """Nor does one that required something before, or will."""
    require(council, "--count", "3", "--from", "2025-01-01")
    require(council, "--none", "--from", "2026-01-01")
    said = minute(council)
    said += "".join(document(council, form, edition) for form, edition in product(FORMATS, EDITIONS))
    for screen in (
        ("network", "show", "RÅD"),
        ("network", "list"),
        ("network", "attendance"),
        ("meeting", "show", f"{DAY}-rad"),
        ("check",),
        ("status",),
        ("decision", "list"),
        ("decision", "show", f"{DAY}-rad/d-2"),
    ):
        said += council(*screen).text
    for path in (council.folder / FOLDER).glob("*.md"):
        said += path.read_text("utf-8")
    assert [word for word in WORDS if word.casefold() in said.casefold()] == []


def test_what_a_body_requires_is_stated_changed_and_taken_back(council: Program) -> None:
    def stated() -> Any:
        return yaml.safe_load((council.folder / "records/networks/rad.yaml").read_text("utf-8")).get("quorum")

    shown = council("--language", "en", "network", "quorum", "RÅD").out
    assert shown == "RÅD: no number of seats is required for a decision\n"
    require(council, "--count", "3", "--from", "2026-01-01")
    before = commits(council)
    assert "Nothing changed" in require(council, "--count", "3", "--from", "2026-02-01")
    assert commits(council) == before
    said = require(
        council, "--count", "2", "--seat", "ron-at", "--seat", "Sammankallande i RÖN-BT", "--from", "2026-03-01"
    )
    assert "RÅD: 2 of 2 seats (Sammankallande i RÖN-AT, Sammankallande i RÖN-BT) from 2026-03-01" in said
    assert "2 of 2 seats" in council("--language", "en", "network", "show", "RÅD").out
    assert git(council.folder, "log", "-1", "--format=%s").startswith("network(quorum): RÅD: 2 of 2 seats (")
    assert [one["count"] for one in stated()] == [3, 2]
    assert str(stated()[0]["to"]) == "2026-02-28"
    require(council, "--none", "--from", "2026-02-01")
    assert [(one["count"], str(one["to"])) for one in stated()] == [(3, "2026-01-31")]
    require(council, "--none", "--from", "2025-01-01")
    assert stated() is None
    require(council, "--count", "3", "--from", "0001-01-01")
    require(council, "--count", "2", "--from", "0001-01-01")
    assert [one["count"] for one in stated()] == [2], "before the first day there is there was no other"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (("--count", "5"), "RÅD has 4"),
        (("--count", "2", "--seat", "ron-at", "--seat", "rad/ron-at"), "RÅD has 1"),
        (("--count", "1", "--seat", "nowhere"), "rad/ron-at"),
        (("--count", "1", "--seat", "ron-at/convenor"), "no seat of RÅD"),
        (("--count", "1", "--none"), "exclude each other"),
        (("--from", "2026-01-01"), "--count"),
        (("--seat", "ron-at"), "--count"),
        (("--seat", "ron-at", "--none"), "--count"),
        (("--count", "0"), "--count"),
    ],
)
def test_a_quorum_that_makes_no_sense_is_refused(council: Program, how: tuple[str, ...], said: str) -> None:
    assert said in council("--language", "en", "network", "quorum", "RÅD", *how, code=2).err
    assert "quorum" not in (council.folder / "records/networks/rad.yaml").read_text("utf-8")


# -- a year's figures -----------------------------------------------------------------------------------------------


def row(member: str, status: str = "present", rest: str = "") -> str:
    who = f"member: {member}" if "-" in member else f"name: {member}"
    return f"  - {who}\n    status: {status}\n{rest}"


@pytest.fixture
def year(council: Program) -> Program:
    """Five meetings of the council: one of them joint, one without an attendance, one in another year."""
    there = "held:\n  date: 2026-02-01\nattendance:\n"
    meeting(council, "2025-11-18-rad", there + row("alva-exempel"))
    for_disa = "    substitute_for: disa-exempel\n"
    meeting(council, "2026-01-20-rad", there + row("bo-exempel", rest=for_disa) + row("disa-exempel", "excused"))
    meeting(council, "2026-02-03-rad", "held:\n  date: 2026-02-03\n")
    guests = row("Gun Exempel", "guest") + row("cilla-exempel", "guest")
    meeting(council, "2026-02-10-rad", there + row("bo-exempel") + row("erik-exempel", "absent") + guests)
    joint = "with:\n  - rad\n" + there + row("bo-exempel") + row("alva-exempel")
    meeting(council, "2026-02-17-ron-at", joint)
    meeting(council, "2026-04-21-rad", "called:\n  date: 2026-02-20\n" + "attendance:\n" + row("alva-exempel"))
    path = council.folder / "records/networks/rad.yaml"
    names = "      - name: Sammankallande i RÖN-AT\n        to: 2026-01-31\n      - name: AT:s plats\n        from: 2026-02-01\n"
    path.write_text(path.read_text("utf-8").replace("      - name: Sammankallande i RÖN-AT\n", names))
    bt = council.folder / "records/networks/ron-bt.yaml"
    text = bt.read_text("utf-8")
    bt.write_text(text.replace("member: disa-exempel\n", "member: disa-exempel\n        to: 2026-01-31\n"))
    commit(council)
    return council


def figures(year: Program, *how: str) -> Any:
    return json.loads(year("network", "attendance", *how, "--json").out)


KEYS = ("meetings", "holder", "substitute", "excused", "absent", "vacant", "missing")


def test_each_seat_is_told_with_how_it_was_taken(year: Program) -> None:
    """Of the latest year by default; a joint meeting counts, one without an attendance is told apart."""
    [rad] = figures(year, "RÅD")
    assert (rad["from"], rad["to"], rad["unrecorded"]) == ("2026-01-01", "2026-12-31", ["2026-02-03-rad"])
    assert rad["meetings"] == ["2026-01-20-rad", "2026-02-03-rad", "2026-02-10-rad", "2026-02-17-ron-at"]
    assert {one["seat"]: tuple(one[key] for key in KEYS) for one in rad["seats"]} == {
        "rad/ron-at": (3, 3, 0, 0, 0, 0, 0),
        "rad/ron-bt": (3, 0, 1, 0, 0, 2, 0),
        "rad/ron-st": (3, 0, 0, 0, 1, 0, 2),
        "rad/ron-dialog": (3, 1, 0, 0, 0, 0, 2),
    }
    assert all(one["meetings"] == sum(one[key] for key in KEYS[1:]) for one in rad["seats"])
    assert rad["seats"][0]["names"] == ["Sammankallande i RÖN-AT", "AT:s plats"]


def test_each_person_counts_once_a_meeting_in_whatever_seats(year: Program) -> None:
    [rad] = figures(year, "RÅD")
    told = {one["name"]: (one["present"], one["substitute"], one["guest"], one["excused"]) for one in rad["people"]}
    assert told == {
        "Alva Exempel": (1, 0, 0, 0),
        "Bo Exempel": (3, 1, 0, 0),
        "Cilla Exempel": (0, 0, 1, 0),
        "Disa Exempel": (0, 0, 0, 1),
        "Erik Exempel": (0, 0, 0, 0),
        "Gun Exempel": (0, 0, 1, 0),
    }
    assert [one.get("member") for one in rad["people"]][-1] is None


def test_the_time_and_the_bodies_can_be_chosen(year: Program) -> None:
    def met(*how: str) -> dict[str, int]:
        return {one["network"]: len(one["meetings"]) for one in figures(year, *how)}

    assert met() == {"rad": 4, "ron-at": 1}
    assert met("--from", "2025-11-18") == {"rad": 5, "ron-at": 1}
    assert met("--to", "2025-12-31") == {"rad": 1}
    assert met("--from", "2026-02-10", "--to", "2026-02-10") == {"rad": 1}
    assert met("RÖN-BT") == {"ron-bt": 0}
    assert met("--to", "2025-03-01") == {}
    said = year("--language", "en", "network", "attendance", "--from", "2026-02-10", "--to", "2026-02-09", code=2).err
    assert "2026-02-09 is before 2026-02-10" in said
    assert "No meeting was held in that time." in year("--language", "en", "network", "attendance", "RÖN-BT").err


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_tables_fit_the_terminal_and_tell_no_reason(
    year: Program, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = year("--language", "en", "network", "attendance").out
    assert max(cells_of(line) for line in shown.splitlines() if "2026-02-03-rad" not in line) <= columns
    said = " ".join(shown.split())
    assert "RÅD: 4 meetings, 2026-01-01 – 2026-12-31" in said
    assert "1 of them has no attendance on record and is not counted below: 2026-02-03-rad" in said


def test_a_spreadsheet_gets_a_row_for_each_seat(year: Program) -> None:
    lines = year("network", "attendance", "RÅD", "--csv").out.splitlines()
    assert lines[0] == "network,from,to,seat,name,meetings,holder,substitute,excused,absent,vacant,missing"
    assert lines[2] == "rad,2026-01-01,2026-12-31,rad/ron-bt,Sammankallande i RÖN-BT,3,0,1,0,0,2,0"
    assert len(lines) == 5
    assert "exclude" in year("--language", "en", "network", "attendance", "--csv", "--json", code=2).err
