"""atbtst agenda: begun from what is due, changed by hand, frozen when it is called."""

import json
from pathlib import Path

import pytest
from conftest import ROOT, Program, git, kept

SHEET = (ROOT / "atbtst_cli" / "commands" / "demo_sheet.md").read_text("utf-8")
NEXT = "2026-04-21-rad"
FOLDER = f"records/meetings/2026/{NEXT}"


@kept
def cycle(council: Program) -> None:
    """A council that has held one meeting, which left things for the next one, planned by its minutes."""
    council("minutes", "new", "RÅD", "--from", "-", given=SHEET)
    council("member", "edit", "bo-exempel", "--email", "bo@example.org")


def agenda(program: Program) -> list[tuple[str, str, str]]:
    """Number, title and reason of each agenda item, as a program reads them."""
    shown = json.loads(program("agenda", "show", "RÅD", "--json").out)
    return [(one["number"], one["title"], one["why"]) for one in shown["agenda"]]


def titles(program: Program) -> list[str]:
    return [title for number, title, _why in agenda(program) if "." not in number]


def test_an_agenda_has_the_standing_items_and_everything_left_each_with_its_reason(cycle: Program) -> None:
    cycle("agenda", "new", "RÅD")
    said = {title: why for _number, title, why in agenda(cycle)}
    assert titles(cycle) == [
        "Föregående anteckningar",
        "Rapporter från respektive RÖN",
        "Handledarutbildning",
        "Kostnad för handledarutbildning",
        "Datum för höstens möten",
        "Uppföljning av åtgärder",
        "Övrigt",
        "Att ta upp till nästa möte",
        "Nästa möte",
    ]
    assert said["Handledarutbildning"] == "bordlagd vid RÅD 1/2026"
    assert said["Datum för höstens möten"] == "antecknad för nästa gång vid RÅD 1/2026"
    assert said["Föregående anteckningar"] == "anteckningarna från RÅD 1/2026 väntar på godkännande"
    assert said["AT"] == "rapport från ett nätverk"
    assert said["Ta fram en tidsplan tillsammans med nätverken."] == "öppen sedan 2026-02-17, klar senast 2026-04-05"


def test_a_dry_run_says_the_same_and_saves_nothing(cycle: Program) -> None:
    before = git(cycle.folder, "rev-parse", "HEAD")
    shown = json.loads(cycle("agenda", "new", "RÅD", "--dry-run", "--json").out)
    assert git(cycle.folder, "rev-parse", "HEAD") == before
    assert git(cycle.folder, "status", "--short") == ""
    made = json.loads(cycle("agenda", "new", "RÅD", "--json").out)
    assert made == shown


def test_what_does_not_come_is_named_with_the_reason(cycle: Program) -> None:
    """An item due after the meeting waits; what was dropped is named once more."""
    cycle("item", "add", "Skriva en årsrapport", "--network", "RÅD", "--due", "2026-12-01")
    later = json.loads(cycle("agenda", "new", "RÅD", "--dry-run", "--json").out)["waiting"]
    assert [(one["title"], one["why"]) for one in later] == [("Skriva en årsrapport", "väntar till 2026-12-01")]
    text = cycle("agenda", "new", "RÅD", "--dry-run").out
    assert "Kommer inte upp den här gången:" in text
    assert "väntar till 2026-12-01" in text


def test_said_again_it_adds_only_what_has_become_due_since(cycle: Program) -> None:
    cycle("agenda", "new", "RÅD")
    before = git(cycle.folder, "rev-parse", "HEAD")
    assert "ingenting ändrades" in cycle("agenda", "new", "RÅD").err
    assert git(cycle.folder, "rev-parse", "HEAD") == before
    cycle("item", "add", "Ringa vaktmästaren", "--network", "RÅD")
    cycle("agenda", "new", "RÅD")
    assert "Ringa vaktmästaren" in [title for _number, title, _why in agenda(cycle)]


def test_agenda_items_are_added_changed_moved_and_dropped(cycle: Program) -> None:
    cycle("agenda", "new", "RÅD")
    cycle("agenda", "add", "Introduktionsdagen", "--minutes", "15", "--presenter", "Bo Exempel")
    assert titles(cycle)[5:7] == ["Introduktionsdagen", "Uppföljning av åtgärder"]
    cycle("agenda", "add", "Öppning", "--at", "1")
    assert titles(cycle)[0] == "Öppning"
    cycle("agenda", "move", "Öppning", "--to", "2", code=2)
    cycle("agenda", "move", "1", "--to", "2")
    assert titles(cycle)[:2] == ["Föregående anteckningar", "Öppning"]
    cycle("agenda", "edit", "2", "--title", "Öppnande", "--minutes", "5")
    cycle("agenda", "add", "Budget", "--under", "2")
    assert agenda(cycle)[2][:2] == ("2.1", "Budget")
    cycle("agenda", "move", "2", "--to", "2.1", code=2)
    cycle("agenda", "drop", "2")
    assert "Öppnande" not in titles(cycle)
    assert git(cycle.folder, "log", "-1", "--format=%s").strip() == "agenda(RÅD 2026-04-21): tog bort Öppnande"


def test_what_was_dropped_from_an_agenda_stays_due(cycle: Program) -> None:
    cycle("agenda", "new", "RÅD")
    number = next(number for number, title, _why in agenda(cycle) if title == "Handledarutbildning")
    cycle("agenda", "drop", number)
    assert "Handledarutbildning" not in titles(cycle)
    cycle("agenda", "new", "RÅD")
    assert "Handledarutbildning" in titles(cycle)


def test_papers_are_copied_beside_the_meeting_listed_and_taken_away_with_their_item(
    cycle: Program, tmp_path: Path
) -> None:
    paper = tmp_path / "Förslag till schema (utkast).pdf"
    paper.write_bytes(b"%PDF-1.7 example")
    cycle("agenda", "add", "Schema", "--meeting", "RÅD", "--paper", paper)
    kept = cycle.folder / FOLDER / "papers" / paper.name
    assert kept.read_bytes() == paper.read_bytes()
    page = cycle("agenda", "render", "RÅD", "--format", "html", "--output", "-").out
    assert 'href="papers/F%C3%B6rslag%20till%20schema%20%28utkast%29.pdf"' in page
    assert cycle("check").code == 0
    number = next(number for number, title, _why in agenda(cycle) if title == "Schema")
    cycle("agenda", "drop", number)
    assert not kept.exists()
    assert git(cycle.folder, "status", "--short") == ""


def test_a_paper_with_a_name_that_leads_elsewhere_stays_in_its_folder(cycle: Program, tmp_path: Path) -> None:
    paper = tmp_path / "..ut;ur$mappen"
    paper.write_text("text")
    cycle("agenda", "add", "Schema", "--meeting", "RÅD", "--paper", paper)
    assert [path.name for path in (cycle.folder / FOLDER / "papers").iterdir()] == ["_ut_ur_mappen"]


def test_a_paper_that_is_no_file_is_named(cycle: Program) -> None:
    assert "saknas.pdf" in cycle("agenda", "add", "Schema", "--paper", "saknas.pdf", code=2).err


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_an_agenda_is_printed_the_same_every_time_and_is_a_draft_until_called(cycle: Program, form: str) -> None:
    cycle("agenda", "new", "RÅD")
    first = cycle("agenda", "render", "RÅD", "--format", form, "--output", "-").raw
    assert first == cycle("agenda", "render", "RÅD", "--format", form, "--output", "-").raw
    if form != "pdf":
        assert "Dagordning" in first.decode()
        assert "UTKAST" in first.decode()


def test_a_call_freezes_the_agenda_and_what_changes_later_shows_in_the_minutes(cycle: Program) -> None:
    cycle("agenda", "new", "RÅD")
    cycle("agenda", "send", "RÅD", "--done")
    frozen = {name: (cycle.folder / FOLDER / f"agenda.{name}").read_bytes() for name in ("md", "html", "pdf")}
    assert "UTKAST" not in frozen["md"].decode()
    cycle("agenda", "add", "Sent påkommet")
    number = next(number for number, title, _why in agenda(cycle) if title == "Datum för höstens möten")
    cycle("agenda", "drop", number)
    cycle("agenda", "move", "4", "--to", "3")
    assert {name: (cycle.folder / FOLDER / f"agenda.{name}").read_bytes() for name in frozen} == frozen
    cycle("minutes", "new", "RÅD", "--date", "2026-04-21", "--no-edit")
    minutes = (cycle.folder / FOLDER / "minutes.md").read_text("utf-8")
    assert "**Tillagt efter kallelsen:** Sent påkommet" in minutes
    assert "**Utgick efter kallelsen:** Datum för höstens möten" in minutes
    assert "**Flyttat efter kallelsen:** " in minutes


def test_a_meeting_that_was_held_or_is_not_there_has_no_agenda_to_change(cycle: Program) -> None:
    assert "minutes edit" in cycle("agenda", "add", "Sent", "--meeting", "2026-02-17-rad", code=3).err
    assert "atbtst meeting plan ron-at --date" in cycle("agenda", "new", "RÖN-AT", code=2).err
    assert "agenda show" in cycle("agenda", "drop", "99", code=2).err


def test_a_meeting_without_an_agenda_is_neither_printed_nor_called(cycle: Program) -> None:
    for verb in ("render", "send"):
        assert "agenda new" in cycle("agenda", verb, "RÅD", code=3).err
