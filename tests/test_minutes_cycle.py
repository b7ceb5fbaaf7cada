"""From one meeting to the next: what minutes start from, what they take up, approve and plan, and what comes back."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, Program, git, kept

from atbtst_cli.models.meeting import Meeting
from atbtst_cli.store import yamlfile

SHEET = (ROOT / "atbtst_cli" / "commands" / "demo_sheet.md").read_text("utf-8")
Editor = Callable[[Sequence[str]], Path]
FIRST, SECOND = "2026-02-17-rad", "2026-04-21-rad"


@kept
def cycle(council: Program) -> None:
    """A council whose first meeting is minuted."""
    council("minutes", "new", "RÅD", "--from", "-", given=SHEET)


def meeting(program: Program, meeting_id: str) -> Meeting:
    path = program.folder / f"records/meetings/{meeting_id[:4]}/{meeting_id}/meeting.yaml"
    return Meeting.model_validate(yamlfile.read(path.read_bytes()))


def minute(program: Program, *lines: str, day: str = "2026-04-21", code: int = 0) -> str:
    text = "\n\n".join((f"# RÅD {day}", *lines)) + "\n"
    return program("minutes", "new", "RÅD", "--date", day, "--from", "-", given=text, code=code).err


def test_the_next_meeting_is_planned_in_the_same_commit(cycle: Program) -> None:
    assert git(cycle.folder, "rev-list", "--count", "HEAD", "--", f"records/meetings/2026/{SECOND}").strip() == "1"
    planned = meeting(cycle, SECOND)
    assert (planned.state, f"{planned.start:%H:%M}", planned.place) == ("planned", "13:15", "Dockplatsen")


def test_a_planned_meeting_on_that_day_is_the_one_that_is_meant(council: Program) -> None:
    council("meeting", "plan", "RÅD", "--date", "2026-04-21", "--start", "09:00")
    said = council("minutes", "new", "RÅD", "--from", "-", given=SHEET).err
    assert f"{SECOND} är planerat på annat sätt (börjar): 09.00" in " ".join(said.split())
    assert f"{meeting(council, SECOND).start:%H:%M}" == "09:00"
    assert len(list((council.folder / "records/meetings/2026").iterdir())) == 2


def test_a_planned_meeting_on_a_day_nearby_is_a_conflict_that_is_warned_of(council: Program) -> None:
    council("meeting", "plan", "RÅD", "--date", "2026-04-23")
    said = council("minutes", "new", "RÅD", "--from", "-", given=SHEET).err
    assert "atbtst meeting move 2026-04-23-rad" in said
    assert not (council.folder / "records/meetings/2026" / SECOND).exists()


def test_minutes_of_a_time_past_plan_no_meeting_before_one_that_was_held(cycle: Program) -> None:
    minute(cycle, "## Nästa möte\n13 januari 2026 13:15", day="2025-11-18")
    assert not (cycle.folder / "records/meetings/2026/2026-01-13-rad").exists()


def test_minutes_start_from_the_agenda_as_it_was_called(cycle: Program, editor: Editor) -> None:
    cycle("agenda", "new", "RÅD")
    cycle("agenda", "add", "Introduktionsdagen")
    editor(
        [
            """assert text.count('## ') > 8 and '## Introduktionsdagen {#p-' in text
import re; text = re.sub(r'(## Introduktionsdagen.*)', r'\\1\\nBeslut: Ja.', text)"""
        ]
    )
    cycle("minutes", "new", "RÅD", "--date", "2026-04-21")
    known = meeting(cycle, SECOND)
    assert [block.text for item, block in known.blocks() if item and item.title == "Introduktionsdagen"] == ["Ja."]  # type: ignore[union-attr]
    brought = {item.title: item.from_ for item in known.items() if item.from_}
    assert brought["Handledarutbildning"].startswith(f"{FIRST}/d-")


def test_what_changes_while_somebody_writes_does_not_change_what_their_ids_mean(
    cycle: Program, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sheet is read against the agenda that it was begun with."""
    cycle("item", "add", "Första", "--network", "RÅD")
    closing = (
        f"import subprocess; subprocess.run(['git', '-C', {str(cycle.folder)!r}, 'rm', '-q', '-r', 'records/items'])"
    )
    editor(["import re; text = re.sub(r'(## Handledarutbildning.*)', r'\\1\\nBeslut: Ja.', text)"])
    assert closing
    cycle("minutes", "new", "RÅD", "--date", "2026-04-21")
    titles = [item.title for item, block in meeting(cycle, SECOND).blocks() if item and hasattr(block, "decision")]
    assert titles == ["Handledarutbildning"]


def test_an_agenda_item_with_the_very_title_takes_up_what_was_due(cycle: Program) -> None:
    minute(cycle, "## datum för höstens MÖTEN\nVi tar de vanliga.", "## Handledarutbildningen\nAnnat.")
    taken = {item.title: item.from_ for item in meeting(cycle, SECOND).agenda}
    assert taken["datum för höstens MÖTEN"].startswith(f"{FIRST}/c-")
    assert taken["Handledarutbildningen"] is None
    left = cycle("agenda", "new", "2026-06-16-rad", "--dry-run", code=2).err
    cycle("meeting", "plan", "RÅD", "--date", "2026-06-16")
    coming = cycle("agenda", "new", "RÅD", "--dry-run").out
    assert left
    assert "höstens" not in coming
    assert "Handledarutbildning " in coming


def test_a_marked_line_approves_the_minutes_before_in_the_same_commit(cycle: Program) -> None:
    said = minute(cycle, "## Föregående anteckningar\nGodkänns med ändring: Punkt 3, datum rättat.")
    known = meeting(cycle, FIRST)
    assert known.approval is not None
    assert (known.approval.outcome, known.approval.changes) == ("adopted_with_changes", "Punkt 3, datum rättat.")
    assert known.approval.at is not None
    assert known.approval.at.startswith(f"{SECOND}/p-")
    assert FIRST in said
    assert git(cycle.folder, "tag", "--list").strip() == f"approved/{FIRST}/1"
    assert (cycle.folder / f"records/meetings/2026/{FIRST}/public/minutes.pdf").exists()


def test_unmarked_words_approve_nothing(cycle: Program) -> None:
    minute(cycle, "## Föregående anteckningar\nInga anmärkningar.")
    assert meeting(cycle, FIRST).approval is None


def test_what_is_put_off_or_not_reached_is_named_with_what_will_happen_to_it(cycle: Program) -> None:
    said = minute(
        cycle,
        "## Lokaler\nBeslut (bordläggs till nästa möte): Vi väntar.",
        "## Budget",
        "## Schema\nVi talade om det.",
        "## Nästa möte\n16 juni 2026 13:15",
    )
    assert "Bordlagt: Lokaler – kommer tillbaka 2026-06-16" in said
    assert "Inte behandlat: Budget – kommer tillbaka 2026-06-16" in said
    assert "Schema" in said
    assert "Planerat: 2026-06-16-rad" in said
    coming = cycle("agenda", "new", "2026-06-16-rad", "--dry-run").out
    assert "Lokaler" in coming
    assert "Budget" in coming
    assert "Schema" not in coming


def test_what_was_due_and_is_not_in_the_minutes_is_named_until_it_is_taken_up(cycle: Program) -> None:
    said = minute(cycle, "## Handledarutbildning\nBeslut: Ja.")
    assert "Datum för höstens möten – " in said
    assert "Handledarutbildning – " not in said
    minute(cycle, "## Datum för höstens möten\nDe vanliga.", day="2026-06-16")
    sheet = cycle("minutes", "show", SECOND, "--sheet").out.replace("Ja.", "Nej.")
    again = cycle("minutes", "edit", SECOND, "--from", "-", given=sheet).err
    assert "Datum för höstens möten" not in again


def test_held_meetings_are_never_touched_by_what_comes_after(cycle: Program) -> None:
    before = git(cycle.folder, "rev-parse", f"HEAD:records/meetings/2026/{FIRST}")
    cycle("agenda", "new", "RÅD")
    minute(cycle, "## Datum för höstens möten\nKlart.", "## Handledarutbildning\nBeslut: Ja.")
    assert git(cycle.folder, "rev-parse", f"HEAD:records/meetings/2026/{FIRST}") == before
