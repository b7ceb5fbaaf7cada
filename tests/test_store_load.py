"""From files to a council: each fault is a finding with its place, and a record is read when it is asked for."""

import json
import os
from pathlib import Path

import pytest
from conftest import ROOT, Program, git
from faults import ITEM, with_item
from fuzz_targets import example_files
from rules_example import TODAY

from atbtst_cli.errors import Invalid, Refused
from atbtst_cli.rules.checks import check
from atbtst_cli.store.layout import KINDS
from atbtst_cli.store.load import load, place_of
from atbtst_cli.store.tree import Overlay, Unreadable, WorkTree

SETTINGS = "records/settings.yaml"
SOUND = b"format: 1\nname: Test\norganisation: Test\n"


class Counted:
    """A tree in memory that notes which files are read."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.seen: list[str] = []

    def paths(self, folder: str) -> list[str]:
        return sorted(path for path in self.files if path.startswith(folder + "/"))

    def read(self, path: str) -> bytes:
        self.seen.append(path)
        return self.files[path]


def item(number: int) -> tuple[str, bytes]:
    name = f"i-{number:07}"
    return f"records/items/2026/{name}.yaml", f"id: {name}\ntitle: Sak\nnetwork: rad\nadded: 2026-01-10\n".encode()


def found(council: Program, path: str, code: int = 4) -> list[tuple[str, str]]:
    """Rule and level of what is found in a file."""
    told = json.loads(council("check", "--json", code=code).out)
    return [(entry["rule"], entry["level"]) for entry in told if entry["path"] == path]


# -- lazily ----------------------------------------------------------------------------------------------------------------


def test_a_record_is_read_when_it_is_asked_for_and_once() -> None:
    tree = Counted(dict(map(item, range(50))) | {SETTINGS: SOUND})
    council = load(tree)
    path, _data = item(7)
    assert len(council.items) == 50
    assert "i-0000007" in council.items
    assert council.paths["items", "i-0000007"] == path
    assert path not in tree.seen
    assert council.items["i-0000007"] is council.items["i-0000007"]
    assert [one for one in tree.seen if one != SETTINGS] == [path]
    assert len(list(council.items.values())) == 50
    assert tree.seen.count(path) == 1


def test_a_record_that_cannot_be_read_is_there_and_has_no_content() -> None:
    path, _data = item(1)
    council = load(Counted({path: b"id: [", SETTINGS: SOUND}))
    assert "i-0000001" in council.items
    assert council.items.get("i-0000001") is None
    assert council.items.get("i-0000001") is None
    assert [entry.rule for entry in council.findings] == ["yaml"]
    assert list(council.items.items()) == []
    with pytest.raises(KeyError):
        council.items["i-0000001"]


def test_a_command_reads_only_what_it_needs(council: Program) -> None:
    """A broken record elsewhere does not stop a change; whoever lists is told."""
    with_item(council)
    broken = council.folder / "records/items/2026/i-0000002.yaml"
    broken.write_text("id: [\n")
    git(council.folder, "add", "-A")
    git(council.folder, "commit", "-q", "-m", "Broken")
    council("item", "done", "i-0000001")
    assert "i-0000002.yaml:2:1" in council("item", "list", code=4).err


# -- faults of files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ITEM, "records/items/2025/i-0000001.yaml"),
        ("records/meetings/2026/2026-02-17-rad/meeting.yaml", "records/meetings/2025/2026-02-17-rad/meeting.yaml"),
        ("records/matters/2026/m-0000001.yaml", "records/matters/2025/m-0000001.yaml"),
    ],
)
def test_one_id_in_two_files_is_an_error_that_names_both(council: Program, one: str, other: str) -> None:
    with_item(council)
    for path in (one, other):
        (council.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (council.folder / path).write_text((council.folder / ITEM).read_text())
    assert ("duplicate-id", "error") in found(council, one)
    told = [line for line in council("check", code=4).out.splitlines() if "(duplicate-id)" in line]
    assert [one in line and other in line for line in told] == [True]


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_with_another_id_than_its_file_is_none_and_breaks_nothing(kind: str) -> None:
    """Whoever asks for it by one of the two would get it, and by the other not; a rule that did ended with a crash."""
    files = example_files()
    path, known = next((path, found) for path in files if (found := KINDS[kind].id_in(path)))
    files[path] = files[path].replace(f"\nid: {known}\n".encode(), f"\nid: {known[:-1]}0\n".encode())
    council = load(Counted(files))
    check(council, TODAY)
    assert known in getattr(council, kind)
    assert getattr(council, kind).get(known) is None
    [found] = [finding for finding in council.findings if finding.path == path]
    assert (found.rule, found.level, found.line, found.field) == ("id-differs", "error", 2, ("id",))
    assert known in found.message
    assert f"{known[:-1]}0" in found.message


@pytest.mark.parametrize(
    "path",
    [
        "records/items/i-0000001.yaml",
        "records/items/26/i-0000001.yaml",
        "records/items/２０２６/i-0000001.yaml",
        "records/items/2026/i-0000001.yml",
        "records/items/2026/i-0000001.yaml~",
        "records/items/2026/x/i-0000001.yaml",
        "records/members/2026/bo-exempel.yaml",
        "records/networks/rad.yaml.orig",
        "records/meetings/2026/2026-02-17-rad.yaml",
        "records/meetings/2026/2026-02-17-rad/notes.md",
    ],
)
def test_a_file_that_is_no_record_is_named_and_not_read(council: Program, path: str) -> None:
    (council.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (council.folder / path).write_text("id: [\n")
    assert found(council, path, code=0) == [("unknown-file", "warning")]


@pytest.mark.parametrize("name", ["agenda.md", "minutes.pdf", "public/minutes.html", "papers/bilaga 1.docx"])
def test_what_belongs_beside_a_meeting_may_lie_there(council: Program, name: str) -> None:
    path = council.folder / "records/meetings/2026/2026-02-17-rad" / name
    path.parent.mkdir(parents=True)
    path.write_text("text\n")
    assert found(council, path.relative_to(council.folder).as_posix(), code=0) == []


def test_a_name_that_is_no_text_breaks_nothing(council: Program) -> None:
    folder = os.fsencode(council.folder / "records/members")
    try:
        Path(os.fsdecode(folder + b"/b\xff.yaml")).write_text("id: x\n")
    except OSError:
        pytest.skip("this file system has names of UTF-8 only")
    Path(os.fsdecode(folder + b"/a\nb\x1b[31m.txt")).write_text("x")
    said = council("check", code=4).out
    assert "\x1b" not in said
    assert "\\udcff" in said
    council("check", "--json", code=4)


def test_a_pipe_in_the_place_of_a_record_is_not_waited_for(council: Program) -> None:
    os.mkfifo(council.folder / "records/members/x.yaml")
    assert found(council, "records/members/x.yaml") == [("unreadable", "error")]


@pytest.mark.parametrize("folder", ["records", "records/items"])
def test_a_folder_that_is_a_link_is_refused_by_name(council: Program, tmp_path: Path, folder: str) -> None:
    with_item(council)
    (council.folder / folder).rename(tmp_path / "elsewhere")
    (council.folder / folder).symlink_to(tmp_path / "elsewhere")
    assert folder in council("item", "list", code=3).err


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../secret", "records/../../secret", "records//x", "/", "records/../records/x"]
)
def test_no_path_leads_out_of_the_workspace(tmp_path: Path, path: str) -> None:
    root = tmp_path / "w"
    (root / "records").mkdir(parents=True)
    (tmp_path / "secret").write_text("s3cr3t")
    with pytest.raises(Unreadable):
        WorkTree(root).read(path)


# -- settings --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["2", "17", "999999999"])
def test_a_format_of_tomorrow_is_one_clear_sentence(version: str) -> None:
    with pytest.raises(Refused) as caught:
        load(Counted({SETTINGS: SOUND.replace(b"format: 1", f"format: {version}\nnovelty: x".encode())}))
    assert version in caught.value.message
    assert "1" in caught.value.message


@pytest.mark.parametrize("version", ["0x2", "two", "", "-1", "01", "1_0", "٣", "9" * 5000, "[2]"])
def test_a_format_that_is_none_is_a_finding(version: str) -> None:
    with pytest.raises(Invalid) as caught:
        load(Counted({SETTINGS: SOUND.replace(b"format: 1", f"format: {version}".encode())}))
    assert caught.value.findings[0].path == SETTINGS
    assert caught.value.findings[0].line == 1


@pytest.mark.parametrize("text", [b"format: [", b"", b"name: x\n", b"\xff"])
def test_settings_that_cannot_be_read_say_where(text: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        load(Counted({SETTINGS: text}))
    assert {finding.path for finding in caught.value.findings} == {SETTINGS}


def test_missing_settings_are_missed() -> None:
    with pytest.raises(Invalid) as caught:
        load(Counted({item(1)[0]: b""}))
    assert caught.value.findings[0].rule == "unreadable"


def test_before_the_first_commit_there_is_a_council_without_a_name() -> None:
    assert len(load(Counted({})).networks) == 0


# -- trees and places ------------------------------------------------------------------------------------------------------


def test_a_tree_with_changes_over_it_is_the_tree_after_them() -> None:
    below = Counted({"records/a": b"1", "records/b": b"2"})
    tree = Overlay(below, {"records/b": None, "records/c": b"3", "docs/d": b"4"})
    assert tree.paths("records") == ["records/a", "records/c"]
    assert [tree.read(path) for path in tree.paths("records")] == [b"1", b"3"]
    with pytest.raises(KeyError):
        tree.read("records/b")


def test_a_field_without_a_place_has_that_of_what_is_around_it() -> None:
    places = {("log",): (3, 1), ("log", 0): (4, 3)}
    assert place_of(("log", 0, "date"), places) == (4, 3)
    assert place_of(("due",), places) == (1, 1)


def test_this_repositorys_own_records_are_read_without_a_fault() -> None:
    council = load(WorkTree(ROOT))
    assert {"rad", "ron-at", "ron-bt", "ron-st", "ron-dialog"} <= set(council.networks)
    assert all(record.id == key for key, record in council.networks.items())
    assert council.findings == []
