"""Nothing typed is ever lost: the text is on disk before it is read, and findable until it is in the record."""

import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, Program, git
from faults import assert_sound, kill_at, work

from atbtst_cli.errors import NotFound
from atbtst_cli.store import disk
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.sheets import Sheets

Editor = Callable[[Sequence[str]], Path]
SHEET = (ROOT / "atbtst_cli" / "commands" / "demo_sheet.md").read_text("utf-8")
TEXT = "## Lönefrågan\nRådet avvaktar. å\n"
NEW = ("minutes", "new", "RÅD", "--date", "2026-02-17")


@pytest.fixture
def sheets(council: Program) -> Sheets:
    return Sheets(GitRepo(council.folder))


def test_a_kept_text_is_found_again_with_what_it_is_about(sheets: Sheets) -> None:
    path = sheets.keep("2026-02-17-rad", TEXT, {"network": "rad"})
    [kept] = sheets.all()
    assert (kept.name, kept.path, kept.about) == ("2026-02-17-rad", path, {"network": "rad"})
    assert path.read_bytes().decode() == TEXT
    assert kept == sheets.get("2026-02-17-rad")


def test_the_latest_text_is_listed_first(sheets: Sheets) -> None:
    for number, name in enumerate(("b", "a", "c")):
        os.utime(sheets.keep(name, TEXT, {}), (number, number))
    assert [kept.name for kept in sheets.all()] == ["c", "a", "b"]


def test_a_second_text_of_the_same_name_does_not_take_the_place_of_the_first(sheets: Sheets) -> None:
    names = []
    for number in range(3):
        names.append(sheets.new_name("x"))
        sheets.keep(names[-1], f"{number}", {})
    assert names == ["x", "x-2", "x-3"]
    assert sorted(kept.path.read_text() for kept in sheets.all()) == ["0", "1", "2"]


def test_two_commands_that_begin_at_once_get_names_of_their_own(sheets: Sheets) -> None:
    """Also before either has saved its text; a name without a text is not listed."""
    assert [sheets.new_name("x"), sheets.new_name("x")] == ["x", "x-2"]
    assert sheets.all() == []
    sheets.discard("x-2")
    assert sheets.new_name("x") == "x-2"


def test_a_text_that_another_command_takes_away_meanwhile_can_still_be_read(sheets: Sheets) -> None:
    sheets.keep("a", TEXT, {})
    [kept] = sheets.all()
    sheets.discard("a")
    assert kept.data.decode() == TEXT


def test_a_text_is_forgotten_alone(sheets: Sheets) -> None:
    sheets.keep("a", TEXT, {})
    sheets.keep("b", TEXT, {})
    sheets.discard("a")
    assert [kept.name for kept in sheets.all()] == ["b"]
    sheets.discard("b")
    assert sheets.all() == []
    assert not sheets.path("b").parent.exists()
    sheets.discard("b")


@pytest.mark.parametrize("name", ["../x", "a/b", "å", "a\n", "A", ".git", "x.md"])
def test_a_name_leads_nowhere_else(sheets: Sheets, name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        sheets.keep(name, TEXT, {})
    with pytest.raises(NotFound):
        sheets.get(name)


def test_a_text_is_replaced_all_at_once(sheets: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full while the text is saved again leaves the one that was saved before."""
    path = sheets.keep("a", TEXT, {"network": "rad"})

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        sheets.keep("a", "half", {"network": "other"})
    assert path.read_text() == TEXT
    assert sheets.get("a").about == {"network": "rad"}


def test_a_text_that_its_description_got_lost_of_hides_no_other(sheets: Sheets) -> None:
    sheets.keep("a", TEXT, {})
    sheets.keep("b", TEXT, {}).with_suffix(".json").write_text("{")
    assert [kept.name for kept in sheets.all()] == ["a"]
    assert sheets.path("b").read_text() == TEXT


def test_no_commit_and_no_status_takes_a_kept_text_along(council: Program, sheets: Sheets) -> None:
    before = work(council.folder)
    sheets.keep("a", TEXT, {})
    assert work(council.folder) == before
    git(council.folder, "clean", "-q", "-fdx")
    git(council.folder, "stash", "-u", "-q")
    council("item", "add", "Boka lokal", "--network", "RÅD")
    assert sheets.path("a").read_text() == TEXT


def test_each_work_tree_finds_its_own_texts(council: Program, sheets: Sheets) -> None:
    git(council.folder, "worktree", "add", "-q", "-b", "second", "../second")
    other = Sheets(GitRepo(council.folder.parent / "second"))
    other.keep("there", TEXT, {})
    sheets.keep("here", TEXT, {})
    assert ([kept.name for kept in other.all()], [kept.name for kept in sheets.all()]) == (["there"], ["here"])


def kept(council: Program) -> list[str]:
    return [one.path.read_text() for one in Sheets(GitRepo(council.folder)).all()]


def in_the_way(council: Program) -> None:
    folder = council.folder / "records/meetings/2026/2026-02-17-rad"
    folder.mkdir(parents=True)
    (folder / "meeting.yaml").write_text("mine\n")


def in_a_merge(council: Program) -> None:
    (council.folder / ".git/MERGE_HEAD").write_text(git(council.folder, "rev-parse", "HEAD"))


def without_name(council: Program) -> None:
    git(council.folder, "config", "user.name", "")


def without_branch(council: Program) -> None:
    git(council.folder, "switch", "-q", "--detach")


@pytest.mark.parametrize(
    "state", [in_the_way, in_a_merge, without_name, without_branch], ids=lambda state: state.__name__
)
@pytest.mark.parametrize("source", ["file", "editor"])
def test_a_text_that_cannot_be_recorded_is_kept_and_its_place_told(
    council: Program, editor: Editor, state: Callable[[Program], None], source: str
) -> None:
    state(council)
    editor([f"text += {TEXT!r}"])
    arguments = ("--from", "-") if source == "file" else ()
    said = council("--language", "en", *NEW, *arguments, code=3, given=TEXT if source == "file" else "").err
    [text] = kept(council)
    assert "Rådet avvaktar. å" in text
    assert "atbtst minutes resume 2026-02-17-rad" in said
    assert str(Sheets(GitRepo(council.folder)).path("2026-02-17-rad")) in said


def test_a_text_that_is_recorded_is_kept_no_longer(council: Program) -> None:
    council(*NEW, "--from", "-", given=TEXT)
    assert kept(council) == []
    assert_sound(council.folder)


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "sheet.md"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("text", [TEXT, SHEET], ids=["words", "marks"])
@pytest.mark.parametrize("point", ["locked", "objects", "journalled", "branch-moved", "index-followed"])
def test_killed_at_any_point_the_text_is_kept_or_recorded(
    council: Program, tmp_path: Path, point: str, text: str
) -> None:
    """What is in the record is not offered again, and that is said once."""
    kill_at(council.folder, point, *NEW, "--from", written(tmp_path, text))
    recorded = point in ("branch-moved", "index-followed")
    said = council("--language", "en", "minutes", "resume").err
    assert said.count("RÅD 2026-02-17 is in the record already") == recorded
    assert (council("meeting", "list", "--json").out.strip() != "[]") == recorded
    assert kept(council) == ([] if recorded else [text])
    assert "in the record already" not in council("--language", "en", "minutes", "resume").err
    assert work(council.folder).strip() == ""


@pytest.mark.parametrize("point", ["journalled", "index-followed"])
def test_a_correction_killed_at_any_point_is_kept_or_recorded(council: Program, tmp_path: Path, point: str) -> None:
    council(*NEW, "--from", "-", given=SHEET)
    sheet = council("minutes", "show", "RÅD", "--sheet").out.replace("Inget.", "Inget.\n\nBeslut: Mötet flyttas.")
    kill_at(council.folder, point, "minutes", "edit", "RÅD", "--from", written(tmp_path, sheet))
    council("minutes", "resume")
    assert kept(council) == ([] if point == "index-followed" else [sheet])


def test_a_text_that_the_record_says_otherwise_by_now_is_kept(council: Program, tmp_path: Path) -> None:
    """Killed when the record had it, and corrected since: nobody but the secretary knows which of the two holds."""
    kill_at(council.folder, "index-followed", *NEW, "--from", written(tmp_path, SHEET))
    council("check")
    record = council.folder / "records/meetings/2026/2026-02-17-rad/meeting.yaml"
    record.write_text(record.read_text("utf-8").replace("Inget.", "Inget mer."), "utf-8")
    council("minutes", "resume")
    assert kept(council) == [SHEET]


def test_a_sheet_that_is_open_in_an_editor_is_never_taken_away(council: Program, editor: Editor) -> None:
    """Minutes that somebody has just begun to correct say what the record says."""
    council(*NEW, "--from", "-", given=SHEET)
    command = [sys.executable, "-m", "atbtst_cli", "minutes", "resume"]
    listed = f"subprocess.run({command!r}, check=True, env={{**os.environ, 'PYTHONPATH': {str(ROOT)!r}}})"
    editor([f"import os, subprocess; {listed}; text = text.replace('Inget.', 'Inget mer.')"])
    council("minutes", "edit", "RÅD")
    assert "Inget mer." in council("minutes", "show", "RÅD").out
