"""Whatever surrounds the program: languages of the system, masks, places with odd names, and other versions of git."""

import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import ROOT, Program, git
from faults import ADD, DONE, assert_sound, begin_work, commits, fake_git, kill_at, with_item, with_minutes, work
from handmade import commit, contents, write
from test_help import EXAMPLES, ITEM, MATTER, SENT

ENGLISH = ("--language", "en")
TITLE = "Åsa ordnar fika i Örkelljunga – ISTANBUL, İzmir, ılık"

# -- languages of the system ------------------------------------------------------------------------------------------------

LOCALES = {
    "C": {"LC_ALL": "C"},
    "C without UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Swedish": {"LC_ALL": "sv_SE.UTF-8", "PYTHONUTF8": "0"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0", "TERM": "dumb"},
}
"""What is set in the surroundings; a locale that the system lacks is one that is asked for in vain."""


def run(council: Program, surroundings: dict[str, str], *arguments: str) -> bytes:
    """What the program prints as a process of its own, in a folder above the council's."""
    command = [sys.executable, "-m", "atbtst_cli", "-C", str(council.folder), *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | surroundings
    done = subprocess.run(command, cwd=council.folder.parent, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("surroundings", LOCALES.values(), ids=LOCALES)
def test_no_letter_is_lost_whatever_language_the_system_speaks(
    council: Program, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    """In the name of a folder, in an argument, in the record and in its history."""
    if "tr_TR" in surroundings["LC_ALL"] and shutil.which("localedef"):
        made = ("localedef", "-i", "tr_TR", "-f", "UTF-8", str(tmp_path / "tr_TR.UTF-8"))
        subprocess.run(made, check=False, capture_output=True)
        surroundings = surroundings | {"LOCPATH": str(tmp_path)}
    council.folder = council.folder.rename(council.folder.parent / "pärmen å")
    run(council, surroundings, "item", "add", TITLE, "--network", "RÅD")
    assert f"title: {TITLE}\n" in next(council.folder.glob("records/items/*/*.yaml")).read_text("utf-8")
    assert TITLE in git(council.folder, "log", "-1", "--format=%s")
    assert work(council.folder).strip() == ""


def test_what_is_installed_beside_it_has_no_say_in_what_a_record_is(council: Program, tmp_path: Path) -> None:
    """A plugin of the library that reads records is neither looked for nor loaded."""
    known = tmp_path / "beside/plugin-1.dist-info"
    known.mkdir(parents=True)
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1\n")
    (known / "entry_points.txt").write_text("[pydantic]\nplugin = beside_it:plugin\n")
    (tmp_path / "beside/beside_it.py").write_text("raise SystemExit('It was asked.')\n")
    run(council, {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, known.parent)))}, "check")


def test_data_stays_whole_where_only_ascii_can_be_printed(council: Program) -> None:
    council("item", "add", TITLE, "--network", "RÅD")
    [item] = json.loads(run(council, {"PYTHONIOENCODING": "ascii"}, "item", "list", "--json").decode("ascii"))
    assert item["title"] == TITLE


def test_capitals_are_the_same_in_every_language(council: Program) -> None:
    """Also where the capital of i is İ: ids, names of bodies and marks are read by no rule of the system's."""
    with_item(council)
    for text in ("I-0000001", "i-0000001", "I-0000"):
        assert "i-0000001" in council("item", "show", text).out
    for body in ("RÖN-DIALOG", "rön-dialog", "Rön-Dialog"):
        council("item", "add", "Boka", "--network", body)


# -- masks and modes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shared", [True, False], ids=["for a group", "for one"])
def test_what_several_users_share_stays_shared(program: Program, shared: bool) -> None:
    """A folder of a server that a group works in: each of it can read, write and lock what another one made."""
    mask = os.umask(0o022 if shared else 0o077)
    try:
        git(program.folder, "init", "-q", "-b", "main", *(["--shared=group"] if shared else []), "council")
        program("init", "council")
        program.folder /= "council"
        program(*ADD)
    finally:
        os.umask(mask)
    inside = program.folder / ".git"
    mine, all_ = (0o060, 0o060) if shared else (0, 0o077)
    for path in (inside / "index", inside / "atbtst/lock", *inside.glob("refs/heads/*")):
        assert stat.S_IMODE(path.stat().st_mode) & all_ == mine, path
    assert stat.S_IMODE((inside / "atbtst").stat().st_mode) == stat.S_IMODE(inside.stat().st_mode)
    assert inside.stat().st_mode & 0o2070 == (0o2070 if shared else 0)
    assert work(program.folder).strip() == ""
    assert_sound(program.folder)


def test_new_files_are_what_the_mask_says_and_belong_to_the_folders_group(council: Program) -> None:
    """With a mask of 002 in a folder that hands its group on, a group can go on with what one of it wrote."""
    (council.folder / "records").chmod(0o2775)
    before = os.umask(0o002)
    try:
        council(*ADD)
    finally:
        os.umask(before)
    [file] = council.folder.glob("records/items/*/*.yaml")
    assert stat.S_IMODE(file.stat().st_mode) == 0o664
    assert stat.S_IMODE(file.parent.stat().st_mode) & 0o775 == 0o775
    assert file.stat().st_gid == (council.folder / "records").stat().st_gid


# -- places ----------------------------------------------------------------------------------------------------------------

ODD = {
    "everything": "rådets\n\"pärm\" \\n 'n' `id` $HOME ",
    "taken apart": unicodedata.normalize("NFD", "Rådets pärm"),
}


@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_a_workspace_may_have_any_name(council: Program, name: str) -> None:
    """Its folder, and the one above it: a whole life, with a tag and a command that is killed on its way."""
    place = council.folder.parent / name / name
    place.parent.mkdir()
    council.folder = council.folder.rename(place)
    with_item(council)
    with_minutes(council)
    begin_work(council.folder)
    before = work(council.folder)
    council(*DONE)
    council("minutes", "approve", "RÅD", "--by", "alva-exempel")
    kill_at(council.folder, "branch-moved", *ADD)
    assert "Boka lokal" in council("item", "list").out
    council("minutes", "verify")
    council("doctor")
    council("undo")
    assert "i-0000001" in council("log", "i-0000001").out
    assert work(council.folder) == before
    assert_sound(council.folder)


@pytest.mark.parametrize("way", ["cd", "-C", "ATBTST_WORKSPACE", "above", "repository"])
def test_a_workspace_may_be_reached_through_a_link(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The link leads to the workspace, to a folder above it, or its Git folder is the link."""
    real = council.folder
    with_item(council)
    link = tmp_path / "länk"
    link.symlink_to(real.parent if way == "above" else real)
    arguments: tuple[str, ...] = ()
    council.folder = tmp_path
    if way == "cd":
        council.folder = link / "records/members"
    elif way == "above":
        council.folder = link / real.name
    elif way == "-C":
        arguments = ("-C", str(link))
    elif way == "ATBTST_WORKSPACE":
        monkeypatch.setenv("ATBTST_WORKSPACE", str(link))
    else:
        (real / ".git").rename(tmp_path / "git")
        (real / ".git").symlink_to(tmp_path / "git")
        council.folder = real
    council(*arguments, *DONE)
    council(*arguments, "item", "reopen", "i-0000001")
    assert "Ring" in council(*arguments, "item", "show", "i-0000001").out
    assert [one.partition(":")[0] for one in commits(real)[:2]] == ["item(reopen)", "item(done)"]
    assert work(real).strip() == ""


@pytest.mark.parametrize("kind", ["submodule", "worktree", "separate"])
def test_where_the_git_folder_lies_elsewhere_all_is_as_usual(council: Program, tmp_path: Path, kind: str) -> None:
    """.git is a file: in a repository within another one, in a linked work tree, and where somebody wanted it so."""
    with_item(council)
    real = council.folder
    above = tmp_path / "above"
    git(tmp_path, "init", "-q", "-b", "main", str(above))
    allow = ("-c", "protocol.file.allow=always")
    make = {
        "submodule": lambda: git(above, *allow, "submodule", "--quiet", "add", str(real), "råd"),
        "worktree": lambda: git(real, "worktree", "add", "-q", "-b", "other", str(above / "råd")),
        "separate": lambda: git(
            tmp_path, "clone", "-q", "--separate-git-dir", str(tmp_path / "g"), str(real), str(above / "råd")
        ),
    }
    make[kind]()
    before = commits(real, "main")
    council.folder = above / "råd"
    assert (council.folder / ".git").is_file()
    council(*DONE)
    kill_at(council.folder, "branch-moved", *ADD)
    assert "Boka lokal" in council("item", "list").out
    assert commits(council.folder)[:2] == ["item(add): Boka lokal", "item(done): Ring"]
    assert work(council.folder).strip() == ""
    assert commits(real, "main") == before
    assert_sound(council.folder)


def test_a_path_may_be_long_and_one_that_is_too_long_is_said_so(council: Program) -> None:
    """Systems know paths of 4096 bytes at most, and Git has its own below the workspace."""
    for length in (2_000, 4_050):
        place = council.folder.parent
        while len(str(place)) < length - 210:
            place /= "x" * 200
        place.mkdir(parents=True)
        council.folder = council.folder.rename(place / ("y" * (length - len(str(place)) - 1)))
        if length < 3_000:
            council(*ADD)
        else:
            assert "council(" not in council(*ENGLISH, *ADD, code=3).err
    shutil.rmtree(council.folder.parents[8])


@pytest.mark.parametrize("home", [None, "/nowhere/at/all", "fixed"])
def test_a_home_is_not_needed(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    """None, one that is not there, one that may only be read; where Git has a name from elsewhere."""
    git(council.folder, "config", "user.name", "Cilla Exempel")
    git(council.folder, "config", "user.email", "cilla@example.org")
    if home is None:
        monkeypatch.delenv("HOME")
    else:
        (tmp_path / "fixed").mkdir(mode=0o555)
        monkeypatch.setenv("HOME", str(tmp_path / home))
    council(*ADD)
    council("status")
    with_minutes(council)
    council("minutes", "approve", "RÅD", "--by", "alva-exempel")
    assert not list((tmp_path / "fixed").iterdir()) if home == "fixed" else True


# -- other versions of git -------------------------------------------------------------------------------------------------

TOO_OLD = ("1.8.3.1", "2.9.5", "2.37.7", "2.37.1 (Apple Git-137.1)", "2.37.3.windows.1", "2.37.0-rc2", "2.37.GIT")
NEW_ENOUGH = (
    *("2.38.0", "2.38.0-rc1", "2.39.3 (Apple Git-146)", "2.45.0.windows.1", "2.50.0-rc1", "2.50-rc1", "2.51.GIT"),
    *("2.100.0", "3.0.0", "3.0", "unknown"),
)


def of_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> Path:
    """A git that says to be of a version; the file in which it writes down what else it is asked."""
    asked = tmp_path / "asked"
    tell = f'case "$*" in *version) echo "git version {version}"; exit;; esac; echo "$@" >> "{asked}"'
    with monkeypatch.context() as before:
        before.setenv("PATH", os.environ["PATH"])
        shutil.rmtree(tmp_path / "bin", ignore_errors=True)
    fake_git(tmp_path, monkeypatch, tell)
    return asked


@pytest.fixture
def busy(council: Program) -> Program:
    """A council with something of everything that the examples in the help name."""
    write(council, "records/items/2026/i-k7q3d9m.yaml", ITEM)
    for text in (MATTER, SENT):
        write(council, f"records/matters/2026/{text[4:13]}.yaml", text)
    commit(council)
    with_minutes(council)
    council("meeting", "plan", "RÅD", "--date", "2026-09-15")
    return council


def test_each_version_is_read_from_what_git_says(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = os.environ["PATH"]
    for version in (*TOO_OLD, *NEW_ENOUGH):
        monkeypatch.setenv("PATH", path)
        of_version(tmp_path, monkeypatch, version)
        if version in TOO_OLD:
            said = council(*ENGLISH, *ADD, code=3).err
            assert f"Git {version.split(' ')[0].split('-')[0].split('.w')[0].split('.G')[0]} is too old." in said
            assert "Install git 2.38 or newer." in said
        else:
            council(*ADD)
    assert len(commits(council.folder)) == len(NEW_ENOUGH) + len(commits(council.folder, f"HEAD~{len(NEW_ENOUGH)}"))


def test_every_command_that_needs_git_names_one_that_is_too_old_or_missing(
    busy: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading or writing, before anything else is asked of it; what needs no git works on."""

    def refused(examples: Iterable[str], said: str) -> list[str]:
        found = []
        for example in examples:
            result = busy(*ENGLISH, *shlex.split(example)[1:], code=None)
            assert result.code != 1, result.text
            assert "Git could not do its part" not in result.err
            if said in result.err:
                assert (result.code, "Install git 2.38 or newer" in result.err) == (3, True)
                found.append(example)
        return found

    asked = of_version(tmp_path, monkeypatch, "2.37.7")
    before = contents(busy)
    old = refused(EXAMPLES, "Git 2.37.7 is too old.")
    assert not asked.exists()
    assert {name: data for name, data in contents(busy).items() if name not in ("minutes.html", "rad.ics")} == before
    reading = {"item show", "item history", "minutes verify", "log RÅD", "show i-k7q3", "diff", "decision list"}
    assert {"item add", "sync", *reading} <= {" ".join(example.split()[1:3]) for example in old}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(old, "Git is not installed.") == old
    busy.folder = tmp_path
    for noun in ("init", "demo"):
        assert "Git is not installed." in busy(*ENGLISH, noun, "new", code=3).err
    assert not (tmp_path / "new").exists()


def test_a_git_that_fails_itself_is_quoted(council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a system that has a git only once its developer tools are installed."""
    fake_git(tmp_path, monkeypatch, 'echo "xcrun: error: invalid active developer path" >&2; exit 1')
    assert "invalid active developer path" in council(*ENGLISH, *ADD, code=3).err


@pytest.mark.parametrize("kind", [("--object-format=sha256",), ("--ref-format=reftable",)], ids=["sha256", "reftable"])
def test_newer_kinds_of_repositories_serve_a_whole_life(
    program: Program, tmp_path: Path, kind: tuple[str, ...]
) -> None:
    """Ids of 64 signs, or refs in one table, where this git knows them: items, seals, the past, clones."""
    made = subprocess.run(["git", "init", "-q", "-b", "main", *kind, str(program.folder / "council")], check=False)
    if made.returncode:
        pytest.skip("this git does not know them")
    program("init", "council")
    program.folder /= "council"
    program("member", "add", "Alva Exempel", "--seat", "ron-dialog/convenor", "--from", "2026-01-01")
    with_item(program)
    begin_ = commits(program.folder)
    program(*DONE)
    with_minutes(program)
    program("minutes", "approve", "RÅD", "--by", "alva-exempel")
    program("minutes", "verify")
    commit_ = git(program.folder, "rev-parse", "HEAD").strip()
    assert json.loads(program("item", "list", "--json", "--as-of", commit_).out) == []
    assert len(json.loads(program("item", "show", "i-0000001", "--json").out)["history"]) == 2
    kill_at(program.folder, "branch-moved", *ADD)
    assert "Boka lokal" in program("item", "list").out
    assert commits(program.folder)[-len(begin_) :] == begin_
    assert work(program.folder).strip() == ""
    assert_sound(program.folder)
