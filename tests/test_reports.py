"""atbtst report: filed before a meeting, quoted in its minutes, missed where it is missing."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import Program, git

from atbtst_cli.store import yamlfile

Editor = Callable[[Sequence[str]], Path]
MEETING = "2026-04-21-rad"
FOLDER = f"records/meetings/2026/{MEETING}"
TEXT = "Planeringen går bra.\n\n- Två nya platser\n- Beslut: så kallat\n"


@pytest.fixture
def coming(council: Program) -> Program:
    """A council with a meeting planned."""
    council("meeting", "plan", "RÅD", "--date", "2026-04-21", "--start", "13:15")
    return council


def missing(program: Program, meeting: str = "RÅD") -> list[str]:
    told = json.loads(program("report", "missing", meeting, "--json").out)
    return [one["network"] for one in told["networks"] if one["filed"] is None]


def minutes(program: Program, meeting: str = MEETING) -> str:
    return (program.folder / f"records/meetings/2026/{meeting}/minutes.md").read_text("utf-8")


def test_a_report_lies_beside_its_meeting_and_is_missing_no_more(coming: Program) -> None:
    assert missing(coming) == ["ron-at", "ron-bt", "ron-st", "ron-dialog"]
    coming("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given=TEXT)
    record = yamlfile.read((coming.folder / FOLDER / "report-ron-at.yaml").read_bytes())
    assert record["text"] == TEXT.strip()
    assert record["id"] == f"{MEETING}/ron-at"
    assert missing(coming) == ["ron-bt", "ron-st", "ron-dialog"]
    assert coming("report", "show", "RÖN-AT", "--for", "RÅD").out == TEXT
    assert coming("check").code == 0
    said = coming("report", "missing").out
    assert "Bo Exempel" in said
    assert "50 dagar" in said


def test_filed_again_a_report_takes_the_place_of_the_earlier_one(coming: Program) -> None:
    coming("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given="Först.")
    coming("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given="Sedan.")
    assert coming("report", "show", "RÖN-AT", "--for", "RÅD").out == "Sedan.\n"
    assert git(coming.folder, "log", "-1", "--format=%s").strip() == f"report(RÖN-AT): {MEETING}"


def test_a_convenor_writes_in_the_editor_and_sees_what_is_filed(coming: Program, editor: Editor) -> None:
    editor(["assert text.startswith('%% RÖN-AT'); text += 'En rad.\\n'", "text = text.replace('En', 'Två')"])
    coming("report", "file", "RÖN-AT", "--for", "RÅD")
    assert coming("report", "show", "RÖN-AT", "--for", "RÅD").out == "En rad.\n"
    coming("report", "file", "RÖN-AT", "--for", "RÅD")
    assert coming("report", "show", "RÖN-AT", "--for", "RÅD").out == "Två rad.\n"


def test_an_editor_left_as_it_was_files_nothing(coming: Program, editor: Editor) -> None:
    editor([])
    coming("report", "file", "RÖN-AT", "--for", "RÅD", code=130)
    assert "ron-at" in missing(coming)


def test_what_was_typed_is_kept_when_it_cannot_be_saved(coming: Program, editor: Editor) -> None:
    """A record in the way: the text stays on disk, is named, and the editor opens with it the next time."""
    path = coming.folder / FOLDER / "report-ron-at.yaml"
    path.write_text("id: annat\n")
    editor(["text += 'Min rapport.\\n'", "assert 'Min rapport.' in text; text += 'Mer.\\n'"])
    said = coming("report", "file", "RÖN-AT", "--for", "RÅD", code=3).err
    kept = next((coming.folder / ".git/atbtst/reports").glob("*.md"))
    assert str(kept) in said
    assert "Min rapport." in kept.read_text("utf-8")
    path.unlink()
    coming("report", "file", "RÖN-AT", "--for", "RÅD")
    assert coming("report", "show", "RÖN-AT", "--for", "RÅD").out == "Min rapport.\nMer.\n"
    assert not kept.exists()


def test_an_empty_report_is_no_report(coming: Program) -> None:
    coming("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given=" \n", code=2)


def test_minutes_quote_each_report_under_its_network_and_say_where_one_is_missing(
    coming: Program, editor: Editor
) -> None:
    """Quoted words are no markers; where nobody came the item is dropped with that reason."""
    editor([r"import re; text = re.sub(r'(## Övrigt.*)', r'\1\nInget.', text)"])
    coming("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given=TEXT)
    coming("member", "edit", "erik-exempel", "--leave", "ron-st/convenor", "--to", "2026-03-31")
    coming("minutes", "new", "RÅD", "--date", "2026-04-21")
    said = minutes(coming)
    assert "> - Två nya platser" in said
    assert "> - Beslut: så kallat" in said
    assert said.count("Ingen rapport har lämnats.") == 2
    assert "**Utgår:** Ingen från RÖN-ST är här." in said.replace("\\", "")
    assert "§" not in said


def test_a_report_for_a_meeting_that_was_cancelled_goes_with_the_next(coming: Program) -> None:
    coming("report", "file", "RÖN-AT", "--for", "RÅD", "--from", "-", given=TEXT)
    coming("meeting", "cancel", MEETING, "--reason", "Få anmälda")
    coming("meeting", "plan", "RÅD", "--date", "2026-05-19")
    assert "ron-at" not in missing(coming)
    coming("minutes", "new", "RÅD", "--date", "2026-05-19", "--no-edit")
    assert "> - Två nya platser" in minutes(coming, "2026-05-19-rad")


def test_a_report_after_the_meeting_comes_too_late(coming: Program) -> None:
    coming("minutes", "new", "RÅD", "--date", "2026-04-21", "--no-edit")
    assert "2026-04-21" in coming("report", "file", "RÖN-AT", "--for", MEETING, "--from", "-", given="x", code=3).err


def test_a_report_that_is_not_there_is_named_with_the_command_for_it(coming: Program) -> None:
    said = coming("report", "show", "RÖN-BT", "--for", "RÅD", code=2).err
    assert f"atbtst report file ron-bt --for {MEETING}" in said
