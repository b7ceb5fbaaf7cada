"""atbtst init and atbtst migrate: how a workspace begins, and how it is kept in the present format."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Program, git
from handmade import HELD, commits, contents, message, write

FIRST = {".gitattributes", ".gitignore", ".yamllint", "records", "schemas"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".git"}


# -- init ---------------------------------------------------------------------------------------------------------------


def test_init_makes_a_repository_with_one_commit(program: Program) -> None:
    """Settings, the organisation without people, schemas, and what Git and editors need."""
    said = program("init", "council")
    folder = program.folder / "council"
    assert names(folder) == FIRST
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "1"
    assert git(folder, "symbolic-ref", "HEAD").strip() == "refs/heads/main"
    assert git(folder, "status", "--short") == ""
    assert not (folder / "records/members").exists()
    assert json.loads(program("-C", "council", "member", "list", "--json").out) == []
    assert "council" in said.text
    entries = json.loads(program("-C", "council", "check", "--json").out)
    assert {entry["level"] for entry in entries} == {"notice"}


def test_the_starting_organisation_is_this_repositorys_own(program: Program) -> None:
    program("init", "council")
    for path in (ROOT / "records").rglob("*.yaml"):
        assert (program.folder / "council" / path.relative_to(ROOT)).read_bytes() == path.read_bytes()
    for path in (ROOT / "schemas").iterdir():
        assert (program.folder / "council/schemas" / path.name).read_bytes() == path.read_bytes()


def test_what_init_prints_can_be_typed(program: Program) -> None:
    """Also where the folder's name has a blank."""
    said = program("init", "mitt råd")
    assert "atbtst -C 'mitt råd' member add" in said.err
    program("-C", "mitt råd", "member", "add", "Cilla Exempel", "--me")
    assert git(program.folder / "mitt råd", "config", "atbtst.member").strip() == "cilla-exempel"


@pytest.mark.parametrize("name", ["council", "rådet: 2026 #1", "yes", "2026", "- x", "{{ 7*7 }}", "it's"])
def test_an_empty_workspace_has_settings_and_no_body(program: Program, name: str) -> None:
    """It is called as its folder, whatever signs that has."""
    program("init", "--empty", "--", name)
    folder = program.folder / name
    assert not (folder / "records/networks").exists()
    assert git(folder, "status", "--short") == ""
    assert program("-C", folder, "check").out == ""
    program("-C", folder, "member", "add", "Alva Exempel")


def test_an_empty_folder_will_do(program: Program) -> None:
    (program.folder / "council").mkdir()
    program("init", "council")
    program("init", ".", code=3)
    (program.folder / "other").mkdir()
    program.folder /= "other"
    program("init", ".")
    assert names(program.folder) == FIRST


def test_the_folder_one_stands_in_is_told_by_its_name(program: Program) -> None:
    """A dot says nothing, and a command that runs here needs no -C."""
    (program.folder / "council").mkdir()
    program.folder /= "council"
    said = program("init", ".")
    assert str(program.folder) in said.out
    assert "atbtst member add" in said.err
    assert str(program.folder) in program("init", ".", code=3).err
    program.folder /= "new"
    program.folder.mkdir()
    for command in (["init", ".."], ["demo", ".."]):
        assert str(program.folder.parent) + " " in program(*command, code=3).err


def test_a_folder_with_files_is_not_touched(program: Program) -> None:
    write(program, "mine/text.docx", "mitt")
    before = contents(program)
    assert "git init" in program("init", "mine", code=3).err
    assert contents(program) == before


def test_a_file_in_the_way_is_not_touched(program: Program) -> None:
    write(program, "council", "mitt")
    before = contents(program)
    assert "council-council" in program("init", "council", code=3).err
    assert contents(program) == before


def test_a_repository_that_is_there_is_used_and_its_files_stay(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "arbete")
    write(program, "README.md", "mitt")
    git(program.folder, "add", "README.md")
    git(program.folder, "commit", "-qm", "Mitt")
    write(program, "utkast.txt", "mitt")
    git(program.folder, "add", "utkast.txt")
    program("init", ".")
    assert commits(program) == 2
    assert git(program.folder, "symbolic-ref", "HEAD").strip() == "refs/heads/arbete"
    assert git(program.folder, "diff", "--cached", "--name-only").split() == ["utkast.txt"]
    assert (program.folder / "README.md").read_text() == "mitt"


def test_a_subfolder_of_a_repository_can_be_a_workspace(program: Program) -> None:
    git(program.folder, "init", "-q")
    said = program("init", "råd/council")
    assert str(program.folder) in said.err
    assert not (program.folder / "råd/council/.git").exists()
    program("-C", "råd/council", "item", "add", "Skriv", "--network", "RÅD")
    assert git(program.folder, "status", "--short") == ""
    [path] = (program.folder / "råd/council/records/items").rglob("*.yaml")
    assert "Skriv" in program("-C", "råd/council", "item", "show", path.stem).out


@pytest.mark.parametrize("where", ["council", "council/records", "council/new", "other"])
def test_a_repository_holds_one_workspace(program: Program, where: str) -> None:
    git(program.folder, "init", "-q")
    program("init", "council")
    before = contents(program)
    assert str(program.folder / "council") in program("init", where, code=3).err
    assert contents(program) == before


def test_a_file_of_the_same_name_is_not_written_over(program: Program) -> None:
    git(program.folder, "init", "-q")
    write(program, ".gitignore", "mitt\n")
    before = contents(program)
    assert ".gitignore" in program("init", ".", code=3).err
    assert contents(program) == before


@pytest.mark.parametrize("there", [[], ["a"], ["a", "a/b"]], ids=str)
def test_without_a_name_in_git_nothing_is_left_behind(program: Program, home: Path, there: list[str]) -> None:
    """The message has the commands that set it; folders that were there stay."""
    (home / ".gitconfig").unlink()
    for folder in there:
        (program.folder / folder).mkdir()
    said = program("init", "a/b", code=3).err
    assert '\n  git config --global user.name "First Last"\n  git config --global user.email you@example.org\n' in said
    assert sorted(str(path.relative_to(program.folder)) for path in program.folder.rglob("*")) == there


def test_a_bare_repository_is_no_place(program: Program) -> None:
    git(program.folder, "init", "-q", "--bare", "bare.git")
    program("init", "bare.git", code=3)


def test_a_workspace_in_an_unborn_repository_gets_its_first_commit(program: Program) -> None:
    git(program.folder, "init", "-q")
    program("init", ".")
    assert message(program).startswith("init: ")
    assert commits(program) == 1


@pytest.mark.parametrize("tool", ["yamllint", "check-jsonschema"])
def test_outside_tools_agree_with_a_new_workspace(council: Program, tool: str) -> None:
    records = [str(path) for path in (council.folder / "records/networks").glob("*.yaml")]
    rest = ["-s", "."] if tool == "yamllint" else ["--schemafile", "schemas/network.schema.json", *records]
    done = subprocess.run(
        [str(Path(sys.executable).with_name(tool)), *rest],
        cwd=council.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_what_is_built_is_not_shown_line_by_line(program: Program) -> None:
    """A reviewer reads what was written, and is told that the documents follow; a filed report is written, not built."""
    program("demo", "council")
    program.folder /= "council"
    shown = git(program.folder, "log", "-p", "--reverse")
    for built in ("minutes.md", "minutes.html", "minutes.pdf"):
        assert f"b/records/meetings/2026/{HELD}/{built} differ\n" in shown
    assert "b/schemas/meeting.schema.json differ\n" in shown
    assert "+  - member: alva-exempel\n" in shown
    assert "<html" not in shown
    assert shown.count("\n") < 1500
    place = f"records/meetings/2026/{HELD}"
    paths = [f"{place}/report-ron-at.md", f"{place}/public/minutes.md", f"{place}/agenda.html", f"{place}/papers/a.md"]
    told = git(program.folder, "check-attr", "diff", *paths).splitlines()
    assert [line.rpartition(" ")[2] for line in told] == ["unspecified", "unset", "unset", "unspecified"]


# -- migrate --------------------------------------------------------------------------------------------------------------


def test_there_is_nothing_to_migrate_in_the_present_format(council: Program) -> None:
    before = commits(council)
    council("migrate")
    assert commits(council) == before


def test_stale_schemas_are_renewed_in_one_commit(council: Program) -> None:
    write(council, "schemas/item.schema.json", "{}\n")
    git(council.folder, "rm", "-q", "schemas/member.schema.json")
    git(council.folder, "commit", "-qam", "Stale")
    before = commits(council)
    assert "item.schema.json" in council("migrate").err
    assert commits(council) == before + 1
    assert message(council).startswith("migrate: ")
    assert git(council.folder, "status", "--short") == ""
    assert (council.folder / "schemas/item.schema.json").read_bytes() == (
        ROOT / "schemas/item.schema.json"
    ).read_bytes()
    assert (council.folder / "schemas/member.schema.json").exists()


COMMANDS = [
    ["item", "list"],
    ["item", "show", "i-0000001"],
    ["item", "add", "Skriv", "--network", "RÅD"],
    ["item", "done", "i-0000001"],
    ["member", "list"],
    ["member", "show", "bo"],
    ["member", "add", "Frida Exempel"],
    ["member", "edit", "bo", "--phone", "1"],
    ["network", "list"],
    ["network", "show", "rad"],
    ["meeting", "list"],
    ["meeting", "show", "RÅD"],
    ["minutes", "new", "RÅD", "--from", "-"],
    ["minutes", "edit", "RÅD", "--from", "-"],
    ["minutes", "show", "RÅD"],
    ["minutes", "render", "RÅD"],
    ["minutes", "check", "-"],
    ["check"],
    ["migrate"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_newer_format_is_left_alone_by_every_command(council: Program, arguments: list[str]) -> None:
    """One sentence says which format it is and that a newer program is needed."""
    settings = council.folder / "records/settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("format: 1", "format: 2"), "utf-8")
    git(council.folder, "commit", "-qam", "Newer")
    before = git(council.folder, "rev-parse", "HEAD")
    said = council("--language", "en", *arguments, code=3)
    assert "format 2" in said.err
    assert "newer atbtst" in said.err
    assert len(said.err.splitlines()) == 2
    assert git(council.folder, "rev-parse", "HEAD") == before
    assert git(council.folder, "status", "--short") == ""
