"""atbtst doctor: each thing that a crash or a hand leaves wrong is made for real, found, told, and mended or left."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Program, git
from faults import ADD, APPROVE, TAG, assert_sound, begin_work, fake_git, kill_at, with_item, with_minutes, work
from handmade import contents, item, write
from sharing import share
from test_merge_driver import DRIVER, FILE, change, clones

from atbtst_cli.store.lock import held

__all__ = ["clones"]
BO = "records/members/bo-exempel.yaml"
Make = Callable[[Program], object]


def old(path: Path) -> None:
    """Let a file have lain there for an hour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    hour_ago = time.time() - 3600
    os.utime(path, (hour_ago, hour_ago))


def found(council: Program, *how: str, code: int = 3) -> dict[str, str]:
    """What doctor finds, each with what is or is to become of it."""
    return {one["ailment"]: one["state"] for one in json.loads(council("doctor", "--json", *how, code=code).out)}


def git_path(council: Program, name: str) -> Path:
    """A place in Git's folder."""
    return council.folder / ".git" / name


# -- what is mended --------------------------------------------------------------------------------------------------------


def _killed(council: Program) -> None:
    kill_at(council.folder, "branch-moved", *ADD)


def _stale_locks(council: Program) -> None:
    for name in ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock", "refs/tags/a/b.lock"):
        old(git_path(council, name))


def _half_written(council: Program) -> None:
    write(council, "records/members/.bo-exempel.yaml.atbtst", "id: bo")
    write(council, ".merge_file_aBc123", "id: bo")
    write(council, ".git/atbtst/sheets/a.json", "{}")
    write(council, ".git/atbtst/sheets/a.md", "hej på dig")
    write(council, ".git/atbtst/sheets/a.md.new", "hej")


def _unregistered(council: Program) -> None:
    git(council.folder, "config", "--remove-section", "merge.atbtst")


def _moved(council: Program) -> None:
    git(council.folder, "config", DRIVER, "/nowhere/python -m atbtst_cli merge-driver %O %A %B %P")


def _old_attributes(council: Program) -> None:
    text = (council.folder / ".gitattributes").read_text("utf-8")
    write(council, ".gitattributes", "*.svg text\n" + "".join(text.splitlines(keepends=True)[2:]))
    git(council.folder, "commit", "-qm", "By hand", ".gitattributes")


def _index_behind(council: Program) -> None:
    council("member", "edit", "bo", "--phone", "040-1")
    git(council.folder, "reset", "-q", "HEAD~1", "--", BO)


def _tag_elsewhere(council: Program) -> None:
    with_minutes(council)
    council(*APPROVE)
    git(council.folder, "config", "remote.origin.url", "nowhere")
    git(council.folder, "update-ref", f"refs/atbtst/origin/{TAG}", f"refs/tags/{TAG}")
    git(council.folder, "tag", "-d", TAG)


def _forlorn(council: Program) -> None:
    git(council.folder, "update-ref", "refs/atbtst/borta/approved/x/1", "HEAD")


MENDED: dict[str, tuple[str, Make]] = {
    "a command that was killed": ("interrupted", _killed),
    "locks of a git that was killed": ("git-lock", _stale_locks),
    "files on their way": ("temporary-file", _half_written),
    "a clone without the driver": ("merge-driver", _unregistered),
    "a driver that is elsewhere": ("merge-driver", _moved),
    "attributes of an older program": ("attributes", _old_attributes),
    "an index that did not follow": ("not-followed", _index_behind),
    "an approval's tag that is kept apart": ("lost-tag", _tag_elsewhere),
    "tags of a shared record of old": ("forlorn-refs", _forlorn),
}


def begin(council: Program) -> None:
    """Leave half-finished work of somebody's own, as far as Git's locks let anybody begin any."""
    if not list(git_path(council, ".").rglob("*.lock")):
        begin_work(council.folder)


def test_what_is_kept_of_a_shared_record_whose_name_has_a_slash_stays(council: Program) -> None:
    """By it a history is known again that was written anew."""
    share(council)
    git(council.folder, "remote", "rename", "origin", "team/main")
    council("sync")
    council("doctor", "--fix", code=None)
    assert "refs/atbtst/team/main/heads/main" in git(council.folder, "for-each-ref")


@pytest.mark.parametrize("what", MENDED)
def test_what_is_mended_is_told_first_and_nobodys_work_is_touched(council: Program, what: str) -> None:
    """Without --fix not a byte changes, nor a time, not even in Git's folder; a second run after it finds nothing."""
    name, make = MENDED[what]
    for prepare in (begin, make) if name == "not-followed" else (make, begin):
        prepare(council)
    mine = work(council.folder)
    before = contents(council)
    kept = {"kept-text": "left"} if what == "files on their way" else {}
    assert found(council) == {name: "mendable", **kept}
    assert contents(council) == before
    assert found(council, "--fix", code=3 if kept else 0) == {name: "mended", **kept}
    assert found(council, code=3 if kept else 0) == kept
    assert_sound(council.folder)
    if name not in ("attributes", "not-followed", "interrupted"):
        assert _ours(work(council.folder)) == _ours(mine)
    council("item", "add", "Ring", "--network", "RÅD")


def _ours(told: str) -> list[str]:
    """What Git tells of the work that is not finished, without the files that are on their way."""
    return [line for line in told.splitlines() if "merge_file" not in line and "atbtst" not in line]


def test_a_command_that_had_not_moved_the_branch_is_taken_back(council: Program) -> None:
    begin_work(council.folder)
    kill_at(council.folder, "journalled", *ADD)
    council("doctor", "--fix")
    assert council("doctor").out == ""
    assert_sound(council.folder)
    assert json.loads(council("item", "list", "--json").out) == []


# -- what is left to a person ------------------------------------------------------------------------------------------------


def _files_behind(council: Program) -> None:
    council("member", "edit", "bo", "--phone", "040-1")
    git(council.folder, "restore", "--source=HEAD~1", "-SW", "--", BO)


def _unfinished(council: Program) -> None:
    with_item(council)
    git(council.folder, "switch", "-q", "-c", "other")
    change(council.folder, ("title: Ring ", "title: Skriv "))
    git(council.folder, "switch", "-q", "main")
    change(council.folder, ("title: Ring ", "title: Mejla "))
    git(council.folder, "merge", "other", code=1)


def _stashed(council: Program) -> None:
    file = with_item(council)
    file.write_text(file.read_text("utf-8").replace("Ring", "Skriv"), "utf-8")
    git(council.folder, "stash", "-q")
    change(council.folder, ("title: Ring ", "title: Mejla "))
    git(council.folder, "stash", "pop", "-q", code=1)


def _gone_here(council: Program) -> None:
    """Taken away here, and changed there."""
    file = with_item(council)
    git(council.folder, "switch", "-q", "-c", "other")
    change(council.folder, ("title: Ring ", "title: Skriv "))
    git(council.folder, "switch", "-q", "main")
    git(council.folder, "rm", "-q", str(file))
    git(council.folder, "commit", "-qm", "Gone")
    git(council.folder, "merge", "other", code=1)


def _left_behind(council: Program) -> None:
    """On a branch of another name, from which somebody went away to save something."""
    git(council.folder, "branch", "-m", "huvud")
    git(council.folder, "switch", "-qd", "huvud")
    git(council.folder, "commit", "-q", "--allow-empty", "-m", "By hand")


def _marked_document(council: Program) -> None:
    path = with_minutes(council) / "minutes.md"
    for text in ("# RÅD\n", "<<<<<<< HEAD\n# RÅD\n=======\n>>>>>>> other\n"):
        path.write_text(text, "utf-8")
        git(council.folder, "add", str(path))
        git(council.folder, "commit", "-qm", "By hand")


def _marks_saved(council: Program) -> None:
    with_item(council)
    change(council.folder, ("title: Ring   # i dag\n", "<<<<<<< HEAD\ntitle: Ring\n=======\ntitle: Ring\n>>>>>>> b\n"))


def _twins(council: Program) -> None:
    for name in ("Å", "A\u030a", "å"):
        write(council, f"papper/{name}.txt", name)
    git(council.folder, "add", "papper")
    git(council.folder, "commit", "-qm", "By hand")


def _damaged(council: Program) -> None:
    blob = git(council.folder, "rev-parse", "HEAD:" + BO).strip()
    git_path(council, f"objects/{blob[:2]}/{blob[2:]}").unlink()


def _tag_lost(council: Program) -> None:
    with_minutes(council)
    council(*APPROVE)
    git(council.folder, "tag", "-d", TAG)


def _link(council: Program) -> None:
    (council.folder / BO).rename(council.folder.parent / "bo.yaml")
    (council.folder / BO).symlink_to(council.folder.parent / "bo.yaml")


def _line_ends(council: Program) -> None:
    write(council, ".git/info/attributes", "*.yaml !text !eol\n")
    git(council.folder, "config", "core.autocrlf", "true")


def _typed(council: Program) -> None:
    write(council, ".git/atbtst/sheets/a.md.new", "ord som ingen annan har")


LEFT: dict[str, tuple[set[str], str, Make]] = {
    "a young lock": ({"git-lock"}, "rm ", lambda council: git_path(council, "index.lock").touch()),
    "a lock that cannot be ours": ({"git-lock"}, "rm ", lambda council: old(git_path(council, "index.lock"))),
    "files that did not follow": ({"not-followed"}, f"git restore -SW -- {BO}", _files_behind),
    "an unfinished merge": ({"unfinished", "conflict"}, "git merge --abort", _unfinished),
    "a stash that clashed": ({"conflict"}, "git restore --source=", _stashed),
    "marks that were saved": ({"conflict"}, "git restore --source=", _marks_saved),
    "a detached HEAD": ({"no-branch"}, "git switch main", lambda council: git(council.folder, "switch", "-qd", "main")),
    "a branch of another name": ({"no-branch"}, "git switch huvud && git merge ", _left_behind),
    "a record gone on one side": ({"unfinished", "conflict"}, "git rm -f -q -- records", _gone_here),
    "marks in a document": ({"conflict"}, "git restore --source=", _marked_document),
    "twin names": ({"twins"}, "git mv -- ", _twins),
    "a lost object": ({"damage"}, "atbtst clone", _damaged),
    "an approval's tag": ({"lost-tag"}, "atbtst sync", _tag_lost),
    "a record that is a link": ({"link"}, "plain file", _link),
    "a record of Git LFS": ({"pointer"}, "plain file", lambda one: write(one, BO, "version https://git-lfs.x/1\n")),
    "a record that nobody saved": ({"unsaved"}, "git add -- records", lambda council: item(council, 1, "Skriv")),
    "a record that Git leaves out": (
        {"unsaved"},
        "git add -f -- records",
        lambda council: (item(council, 1, "Skriv"), write(council, ".git/info/exclude", "items/\n")),
    ),
    "line ends": ({"line-ends"}, "git config core.autocrlf false", _line_ends),
    "words on their way": ({"temporary-file"}, "rm ", _typed),
    "settings that are gone": (
        {"settings"},
        "git restore -- records/settings.yaml",
        lambda council: (council.folder / "records/settings.yaml").unlink(),
    ),
    "broken settings": (
        {"settings"},
        "atbtst check",
        lambda council: write(council, "records/settings.yaml", "a: [\n"),
    ),
    "no identity": ({"identity"}, "user.name", lambda council: (Path.home() / ".gitconfig").write_text("")),
    "no repository": ({"repository"}, "atbtst init", lambda council: shutil.rmtree(council.folder / ".git")),
    "no workspace": ({"repository"}, "atbtst init", lambda council: setattr(council, "folder", council.folder.parent)),
    "a torn journal": ({"interrupted"}, "git status", lambda council: write(council, ".git/atbtst/pending", "{")),
    "another journal": (
        {"interrupted"},
        "git status",
        lambda council: write(council, ".git/atbtst/pending", '{"x": 1}'),
    ),
    "an empty journal": ({"interrupted"}, "git status", lambda council: write(council, ".git/atbtst/pending", "null")),
}


@pytest.mark.parametrize("what", LEFT)
def test_what_only_a_person_can_decide_is_left_with_the_command_for_it(
    council: Program, what: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names, command, make = LEFT[what]
    make(council)
    if "cannot be ours" in what:
        monkeypatch.setattr("atbtst_cli.store.health.PROCESSES", tmp_path / "proc")
    before = contents(council)
    assert set(found(council)) == names
    assert contents(council) == before
    told = json.loads(council("--language", "en", "doctor", "--fix", "--json", code=3).out)
    assert {one["ailment"] for one in told} == names
    assert command in "".join(one["hint"] for one in told)
    assert {path: data for path, (data, _time) in contents(council).items() if not path.endswith("atbtst/lock")} == {
        path: data for path, (data, _time) in before.items() if not path.endswith("atbtst/lock")
    }


def test_the_commands_that_it_names_are_the_way_out(council: Program) -> None:
    """Line by line, as somebody would who copies them: here those that save a record."""
    item(council, 1, "Skriv")
    lines = council("--language", "en", "doctor", code=3).out.splitlines()
    for line in lines[1:]:
        subprocess.run(["bash", "-c", line.partition(": ")[2]], cwd=council.folder, check=True, capture_output=True)
    assert council("doctor").out == ""
    assert git(council.folder, "status", "--short") == ""


@pytest.mark.parametrize("begun", ["merge", "rebase"])
@pytest.mark.parametrize("side", [1, 2])
def test_a_file_is_taken_as_it_stood_here_or_as_it_came_in(council: Program, begun: str, side: int) -> None:
    """In a rebase too, where Git calls the two sides the other way round."""
    file = with_item(council)
    git(council.folder, "switch", "-q", "-c", "other")
    change(council.folder, ("title: Ring ", "title: Skriv "))
    git(council.folder, "switch", "-q", "main")
    change(council.folder, ("title: Ring ", "title: Mejla "))
    git(council.folder, begun, "other", code=1)
    lines = council("--language", "en", "doctor", code=3).out.splitlines()
    take = next(number for number, line in enumerate(lines) if "as it stood here" in line)
    for line in (lines[take + side - 1], lines[take + 2]):
        subprocess.run(["bash", "-c", line.partition(": ")[2]], cwd=council.folder, check=True, capture_output=True)
    assert f"title: {('Mejla', 'Skriv')[side - 1]} " in file.read_text("utf-8")
    git(council.folder, "-c", "core.editor=true", begun, "--continue")
    assert council("doctor").out == ""


def test_a_folder_of_ours_that_nobody_may_write_in_is_no_fault_of_ours(council: Program) -> None:
    """Whoever may do everything goes on; others are told which file it is."""
    folder = git_path(council, "atbtst")
    folder.chmod(0o555)
    said = council("item", "add", "Ring", "--network", "RÅD", code=None)
    folder.chmod(0o755)
    assert said.code == 0 or (said.code == 3 and str(folder) in said.err)


def test_a_git_at_work_keeps_its_lock(council: Program) -> None:
    """Somebody writes the message of a commit, for an hour already."""
    editor = council.folder.parent / "editor"
    editor.write_text("#!/bin/sh\ntouch begun\nfor turn in $(seq 200); do [ -e begun ] && sleep 0.05; done\n")
    editor.chmod(0o755)
    write(council, BO, (council.folder / BO).read_text("utf-8") + "phone: 040-1\n")
    environment = {**os.environ, "GIT_EDITOR": str(editor)}
    with subprocess.Popen(["git", "commit", "-qa"], cwd=council.folder, env=environment) as process:
        for _turn in range(1000):
            if (council.folder / "begun").exists():
                break
            time.sleep(0.01)
        old(git_path(council, "index.lock"))
        assert found(council, "--fix")["git-lock"] == "left"
        assert git_path(council, "index.lock").exists()
        (council.folder / "begun").unlink()
        process.wait(10)


def test_another_command_of_ours_at_work_is_left_alone(council: Program) -> None:
    """Its files are not taken for left over."""
    write(council, ".git/atbtst/held", "")
    old(git_path(council, "index.lock"))
    with held(git_path(council, "atbtst/lock"), AssertionError()):  # type: ignore[arg-type]
        assert found(council, "--fix") == {"at-work": "left"}
    assert git_path(council, "index.lock").exists()


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ('case "$*" in *version*) echo git version 2.30.1; exit;; esac', "2.30.1"),
        ("export GIT_TEST_ASSUME_DIFFERENT_OWNER=1", "git config --global --add safe.directory"),
    ],
    ids=["an old git", "a folder of somebody else"],
)
def test_a_git_that_will_not_work_here_is_told_of(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    fake_git(tmp_path, monkeypatch, script)
    assert told in council("--language", "en", "doctor", "--fix", code=3).out


def test_a_sound_council_is_told_to_be_so(council: Program) -> None:
    begin_work(council.folder)
    before = contents(council)
    said = council("--language", "en", "doctor")
    assert said.out == ""
    assert "All is well" in said.err
    assert contents(council) == before
    assert json.loads(council("doctor", "--json", "--fix").out) == []


def test_a_clone_by_plain_git_lacks_only_what_no_clone_brings_along(clones: Program) -> None:
    """A folder of records that somebody moved away by hand is a change of theirs, and no ailment."""
    annan = Program(clones.folder / "annan")
    git(annan.folder, "config", "--remove-section", "merge.atbtst")
    (annan.folder / FILE).parent.rename(annan.folder / "away")
    assert found(annan) == {"merge-driver": "mendable"}
    assert found(annan, "--fix", code=0) == {"merge-driver": "mended"}
