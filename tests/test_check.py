"""atbtst check: every finding of every record, each with its line; nothing is ever written."""

import json
import os
import re
from pathlib import Path

import pytest
from conftest import ROOT, Program, git
from handmade import HELD, commit, contents, item, meeting, write

FORM = re.compile(r"^\S+:\d+:\d+: \w+: .+ \([a-z-]+\)$")


@pytest.fixture
def faulty(council: Program) -> Program:
    """A council with a fault of each kind, one in each of several files."""
    item(council, 1, "Skriv", "owners:\n  - nils-exempel\n")
    item(council, 2, "Skriv", "ägare: bo\n")
    item(council, 3, "Skriv", "title: Ring\n")
    item(council, 4, "Skriv", "due: 2026-02-31\n")
    item(council, 5, "Skriv", "closed:\n  date: 2025-01-01\n  as: done\n")
    write(
        council, "records/items/2026/i-0000006.yaml", "id: i-0000007\ntitle: Skriv\nnetwork: rad\nadded: 2026-01-10\n"
    )
    write(council, "records/items/2026/i-0000008.yaml", "id: [\n")
    meeting(
        council,
        HELD,
        "start: '16:15'\nend: '13:15'\nagenda:\n  - id: p-1\n    title: Fråga\n    body:\n      - txet: Hej\n",
    )
    meeting(council, "2026-02-18-rad", "start: '16:15'\nend: '13:15'\n")
    write(council, "records/members/bo-exempel.yaml", "id: bo-exempel\nnames: []\n")
    return council


def found(council: Program, *arguments: str | Path, code: int = 4) -> dict[str, set[tuple[str, int]]]:
    """The rules with lines that have findings, errors and warnings only, by file."""
    entries = json.loads(council("check", "--json", *arguments, code=code).out)
    rules: dict[str, set[tuple[str, int]]] = {}
    for entry in entries:
        if entry["level"] != "notice":
            rules.setdefault(Path(entry["path"]).stem, set()).add((entry["rule"], entry["line"]))
    return rules


def test_all_findings_of_all_files_are_told_each_at_its_line(faulty: Program) -> None:
    """A file that cannot be read hides nothing of the others."""
    rules = found(faulty)
    assert ("unknown-id", 6) in rules["i-0000001"]
    assert rules["i-0000002"] == {("unknown-key", 5)}
    assert rules["i-0000003"] == {("yaml", 5)}
    assert rules["i-0000004"] == {("value", 5)}
    assert ("end-before-start", 6) in rules["i-0000005"]
    assert ("id-differs", 1) in rules["i-0000006"]
    assert {rule for rule, _line in rules["i-0000008"]} == {"yaml"}
    assert rules["bo-exempel"] == {("value", 2)}
    assert rules["meeting"] == {("block-kind", 10), ("end-before-start", 5)}


def test_a_finding_is_one_line_with_its_place_and_rule(faulty: Program) -> None:
    lines = [line for line in faulty("check", code=4).out.splitlines() if not line.startswith("    ")]
    assert all(FORM.fullmatch(line) for line in lines), [line for line in lines if not FORM.fullmatch(line)]
    assert lines == sorted(lines, key=lambda line: line.split(":")[0])
    assert len(lines) == len(json.loads(faulty("check", "--json", code=4).out))


def test_a_hint_is_told_once_for_all_findings_it_is_for(program: Program) -> None:
    program("init", "new")
    hints = [line for line in program("-C", "new", "check").out.splitlines() if line.startswith("    ")]
    assert hints
    assert len(hints) == len(set(hints))


def test_paths_narrow_the_findings(faulty: Program) -> None:
    """Files or folders, from the current folder or from the workspace's top; what they are held against is everything."""
    assert set(found(faulty, "records/members")) == {"bo-exempel"}
    assert set(
        found(faulty, "records/items/2026/i-0000002.yaml", faulty.folder / "records/items/2026/i-0000004.yaml")
    ) == {"i-0000002", "i-0000004"}
    assert found(faulty, "records/networks", code=0) == {}
    faulty.folder /= "records/items"
    assert set(found(faulty, "2026/i-0000001.yaml")) == {"i-0000001"}
    assert set(found(faulty, "records/members/bo-exempel.yaml")) == {"bo-exempel"}
    assert len(found(faulty, ".")) == 7


@pytest.mark.parametrize("path", ["nix.yaml", "..", "/etc/passwd"])
def test_a_path_outside_the_workspace_is_refused(faulty: Program, path: str) -> None:
    assert path in faulty("check", path, code=2).err


def test_warnings_fail_when_strict(council: Program) -> None:
    item(council, 1, "Skriv", "due: 2026-01-01\n")
    assert {rule for rule, _line in found(council, code=0)["i-0000001"]} == {"due-before-added"}
    council("check", "--strict", code=4)
    (council.folder / "records/items/2026/i-0000001.yaml").unlink()
    council("check", "--strict")


def test_json_is_one_document_whatever_is_found(council: Program) -> None:
    entries = json.loads(council("check", "--json").out)
    assert {entry["level"] for entry in entries} <= {"notice"}
    assert set(entries[0]) == {"rule", "level", "message", "path", "line", "column", "hint", "field"}


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--strict"]], ids=str)
def test_check_never_writes(faulty: Program, arguments: list[str]) -> None:
    """Not to records, nor into Git's folder, not even what a killed command left to finish."""
    (faulty.folder / ".git/atbtst").mkdir(exist_ok=True)
    (faulty.folder / ".git/atbtst/held").write_bytes(b"")
    before = contents(faulty)
    faulty("check", *arguments, code=4)
    assert contents(faulty) == before


def test_this_repository_has_no_error_and_names_its_empty_required_seats(program: Program) -> None:
    entries = json.loads(program("-C", ROOT, "check", "--json").out)
    assert {entry["level"] for entry in entries} == {"notice"}
    seats = [entry["message"] for entry in entries if entry["rule"] == "seat-empty"]
    for seat in ("rad/ron-at", "ron-at/primarvarden", "ron-st/psykiatri", "ron-bt/convenor", "ron-dialog/convenor"):
        assert any(seat in message for message in seats)
    assert not any("sylf" in message for message in seats)


def test_settings_that_cannot_be_read_hide_no_other_file(faulty: Program) -> None:
    write(faulty, "records/settings.yaml", "format: 1\nname: Rådet\nspråk: sv\n")
    rules = found(faulty)
    assert rules["settings"] == {("missing", 1), ("unknown-key", 3)}
    assert rules["i-0000002"] == {("unknown-key", 5)}
    assert rules["bo-exempel"] == {("value", 2)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: &x 1\nb: *x\n", "yaml"),
        ("id: !!python/object:os.system x\n", "yaml"),
        ("id: i-0000001\n<<: {title: x}\n", "yaml"),
        ("[" * 100_000, "yaml"),
        ("<<<<<<< HEAD\nid: i-0000001\n", "yaml"),
        ("version https://git-lfs.github.com/spec/v1\n", "yaml"),
        ("- id: i-0000001\n", "yaml"),
        ("", "yaml"),
        ("id: i-0000001\n---\nid: i-0000002\n", "yaml"),
        ("id: i-0000001\ntitle: Skriv\nnetwork: rad\nadded: NO\n", "value"),
        ("id: i-0000001\ntitle: [Skriv]\nnetwork: rad\nadded: 2026-01-10\n", "value"),
        ("id: i-0000001\ntitle:\nnetwork: rad\nadded: 2026-01-10\n", "value"),
        ("id: i-0000001\ntitle: Skriv\nnetwork: rad\nadded: 2026-01-10\norigin: RÅD\n", "value"),
        ("id: i-0000001\ntitle: Skriv\nnetwork: rad\nadded: 2026-01-10\nowners: bo-exempel\n", "value"),
    ],
    ids=lambda value: value[:24],
)
def test_what_is_no_record_is_refused_with_its_line(council: Program, text: str, rule: str) -> None:
    write(council, "records/items/2026/i-0000001.yaml", text)
    entries = [
        entry
        for entry in json.loads(council("check", "--json", code=4).out)
        if entry["path"].endswith("i-0000001.yaml")
    ]
    assert {entry["rule"] for entry in entries} == {rule}
    assert all(entry["line"] for entry in entries)


def test_a_text_that_is_not_utf8_is_refused_with_its_line(council: Program) -> None:
    (council.folder / "records/members/bo-exempel.yaml").write_bytes(
        "id: bo-exempel\nnames:\n  - name: Bö\n".encode("latin-1")
    )
    assert "records/members/bo-exempel.yaml:3:1" in council("check", code=4).out


@pytest.mark.parametrize(
    "path", ["records/items/2026/i-0000001.yaml", "records/members/bo-exempel.yaml", "records/settings.yaml"]
)
def test_a_symbolic_link_is_not_followed(council: Program, tmp_path: Path, path: str) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text("secret: s3cr3t\n")
    link = council.folder / path
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(elsewhere)
    said = council("check", code=4)
    assert path in said.out + said.err
    assert "s3cr3t" not in said.text


def test_a_file_that_is_no_record_is_told_of(council: Program) -> None:
    write(council, "records/items/2026/anteckning.txt", "hej")
    write(council, "records/members/.gitkeep", "")
    assert [
        entry["path"] for entry in json.loads(council("check", "--json").out) if entry["rule"] == "unknown-file"
    ] == ["records/items/2026/anteckning.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_named(council: Program) -> None:
    (council.folder / "records/members/bo-exempel.yaml").chmod(0)
    assert "records/members/bo-exempel.yaml" in council("check", code=4).out


def test_a_workspace_is_found_from_below_by_option_and_by_variable(
    council: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = council.folder
    council.folder = top / "records" / "networks"
    council("check")
    council.folder = top.parent
    said = council("check", code=3).err
    assert "atbtst init" in said
    council("-C", top, "check")
    monkeypatch.setenv("ATBTST_WORKSPACE", str(top))
    council("check")
    assert "nix" in council("-C", "nix", "check", code=3).err


def test_a_workspace_outside_git_can_be_checked(council: Program) -> None:
    commit_free = council.folder / ".git"
    commit_free.rename(council.folder.parent / "git-away")
    council("check")


def test_what_check_calls_an_error_no_change_may_add(council: Program) -> None:
    """An act that would add one is refused; errors that were there before do not stop it."""
    item(council, 1, "Skriv", "owners:\n  - nils-exempel\n")
    commit(council)
    council("check", code=4)
    council("item", "add", "Ring", "--network", "RÅD")
    council("item", "done", "i-0000001")
    assert git(council.folder, "status", "--short") == ""


@pytest.mark.parametrize("what", ["a link", "a folder that is a link", "no picture"])
def test_a_logo_that_cannot_be_used_is_an_error_and_hides_no_other_finding(faulty: Program, what: str) -> None:
    path = faulty.folder / "records/settings.yaml"
    path.write_text(path.read_text("utf-8") + "logo: vapen/region.svg\n", "utf-8")
    outside = write(faulty, "../vapen/region.svg", "text" if what == "no picture" else "<svg/>").parent
    templates = faulty.folder / "templates"
    templates.mkdir()
    if what == "no picture":
        outside.rename(templates / "vapen")
    elif what == "a link":
        (templates / "vapen").mkdir()
        (templates / "vapen/region.svg").symlink_to(outside / "region.svg")
    else:
        (templates / "vapen").symlink_to(outside)
    rules = found(faulty)
    assert {rule for rule, _line in rules["settings"]} == {"logo-unusable"}
    assert ("unknown-id", 6) in rules["i-0000001"]


def test_a_logo_that_is_not_there_is_a_warning(council: Program) -> None:
    """Documents do without it meanwhile."""
    path = council.folder / "records/settings.yaml"
    path.write_text(path.read_text("utf-8") + "logo: region.svg\n", "utf-8")
    assert "(logo-missing)" in council("check", "records/settings.yaml").out
    (council.folder / "templates").mkdir()
    (council.folder / "templates/region.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert council("check", "records/settings.yaml").out == ""


def test_a_file_that_is_no_yaml_comes_with_the_way_back(council: Program) -> None:
    path = "records/members/alva-exempel.yaml"
    file = council.folder / path
    whole = file.read_bytes()
    file.write_bytes(whole + b"  x: y: z\n")
    said = council("--language", "en", "check", code=4).out
    assert "the line above" in said
    command = re.search(r"git restore (\S+)", said)
    assert command
    git(council.folder, "restore", command[1])
    assert file.read_bytes() == whole
