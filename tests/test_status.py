"""atbtst status, and atbtst alone: what now, on one screen, each thing with the command that does it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW, ROOT, Program

SHEET = (ROOT / "atbtst_cli" / "commands" / "demo_sheet.md").read_text("utf-8")


def parts(program: Program) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(program("status", "--json").out)
    return found


def on(program: Program, days: int) -> Program:
    """The program that many days after the tests' own day, 2 March 2026."""
    program.now = NOW + timedelta(days=days)
    return program


def test_a_new_council_is_told_to_plan_a_meeting(council: Program) -> None:
    assert set(parts(council)) == {"coming"}
    assert "atbtst meeting plan" in council("status").out


def test_each_thing_that_waits_has_its_part_and_its_command(council: Program) -> None:
    council("minutes", "new", "RÅD", "--from", "-", given=SHEET)
    council("meeting", "plan", "RÖN-AT", "--date", "2026-03-10")
    found = parts(on(council, 40))
    assert list(found) == ["unminuted", "coming", "reports", "unapproved", "overdue"]
    assert found["unminuted"]["command"] == "atbtst minutes new ron-at --date 2026-03-10"
    assert found["coming"]["command"] == "atbtst agenda new 2026-04-21-rad"
    assert found["reports"]["command"] == "atbtst report missing 2026-04-21-rad"
    assert found["unapproved"]["command"] == "atbtst minutes approve 2026-02-17-rad --by LEDAMOT"
    assert found["overdue"]["count"] == 2


def test_what_comes_for_the_third_time_stands_out(council: Program) -> None:
    council("minutes", "new", "RÅD", "--from", "-", given=SHEET)
    for day in ("2026-04-21", "2026-05-19"):
        council("minutes", "new", "RÅD", "--date", day, "--from", "-", given=f"# RÅD {day}\n\n## Annat\nInget.\n")
    council("meeting", "plan", "RÅD", "--date", "2026-06-16")
    told = parts(on(council, 85))["carried"]
    assert told["count"] == 6
    assert told["command"] == "atbtst agenda new 2026-06-16-rad --dry-run"
    assert "Datum för höstens möten – antecknad för nästa gång vid RÅD 1/2026; uppe 3 gånger" in str(told["lines"])


def test_errors_in_what_is_alive_are_told(council: Program) -> None:
    path = next((council.folder / "records/members").glob("bo-*.yaml"))
    path.write_text(path.read_text("utf-8") + "shoe_size: 44\n", "utf-8")
    assert "shoe_size" in str(parts(council)["findings"]["lines"])


def test_the_program_alone_says_the_same_and_outside_a_workspace_how_it_is_used(
    council: Program, program: Program, tmp_path: Path
) -> None:
    assert council().out == council("status").out
    outside = Program(tmp_path)
    assert "Commands" in outside().out


@pytest.mark.parametrize("width", ["80", "120"])
def test_the_screen_fits(council: Program, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    council("minutes", "new", "RÅD", "--from", "-", given=SHEET)
    monkeypatch.setenv("COLUMNS", width)
    assert council("status").out.count("\n") < 24
