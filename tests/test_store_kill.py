"""Killed at any named point: each record is wholly old or wholly new, and whoever comes next puts everything right."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import Program, git
from faults import (
    ADD,
    APPROVE,
    DONE,
    ITEM,
    OWN,
    SEATED,
    TAG,
    assert_sound,
    begin_work,
    commits,
    fake_git,
    kill_at,
    signalled,
    started,
    touched,
    unsaved,
    with_item,
    with_minutes,
    work,
)

from atbtst_cli.store.follow import STEPS

MEANWHILE = {
    "status": (("status",),),
    "commit": (("commit", "-q", "-m", "Own"),),
    "commit all": (("commit", "-q", "-a", "-m", "Own"),),
    "stash": (("stash", "-q", "-u"),),
    "add and commit": (("add", "records"), ("commit", "-q", "-m", "Own")),
    "reset": (("reset", "-q"),),
}
"""What the user may do with plain Git between the kill and the next command; Git may refuse it."""


def plain_git(folder: Path, deeds: tuple[tuple[str, ...], ...]) -> bool:
    """Whether Git let the user do all of it."""
    return all(
        subprocess.run(["git", *deed], cwd=folder, capture_output=True, check=False).returncode == 0 for deed in deeds
    )


def on_branch(folder: Path) -> bool:
    """Whether the killed change is on the branch; if so all of it, if not nothing."""
    said = ("item(", "member(add): Fia", "minutes(RÅD 2026-02-17): godkända")
    return any(subject.startswith(said) for subject in commits(folder))


@pytest.mark.parametrize("arguments", [ADD, SEATED, APPROVE], ids=lambda arguments: " ".join(arguments[:2]))
@pytest.mark.parametrize("point", STEPS)
def test_killed_at_a_point_nothing_is_half_done_and_nothing_lost(
    council: Program, point: str, arguments: tuple[str, ...]
) -> None:
    with_item(council)
    with_minutes(council)
    begin_work(council.folder)
    before, mine = commits(council.folder), work(council.folder)
    kill_at(council.folder, point, *arguments)
    killed = council.folder
    for number, (name, deeds) in enumerate(MEANWHILE.items()):
        folder = killed.parent / f"case{number}"
        subprocess.run(["cp", "-a", str(killed), str(folder)], check=True)  # keeps hard links, as a kill does
        council.folder = folder
        done = plain_git(folder, deeds)
        if "commit" in name and done:
            assert touched(folder) <= OWN, f"the user's own {name} changed a record"
        council("item", "list")
        if name == "stash" and done:
            git(folder, "stash", "pop", "-q", "--index")
        if name in ("status", "stash") or not done:
            assert work(folder) == mine
        recorded = on_branch(folder)
        assert len(commits(folder)) - len(before) == recorded + (done and "commit" in name)
        assert recorded == (STEPS.index(point) >= STEPS.index("branch-moved"))
        assert git(folder, "tag").split() == [TAG] * (recorded and arguments == APPROVE)
        assert unsaved(folder) <= OWN
        assert_sound(folder)
        if name == "status":
            council("item", "add", "Sak 9", "--network", "RÅD")
            assert commits(folder)[0] == "item(add): Sak 9"
            assert work(folder) == mine
    print(f"{len(MEANWHILE)} cases: {' '.join(arguments[:2])} killed at {point}")  # noqa: T201


@pytest.mark.parametrize("point", ["journalled", "branch-moved"])
def test_killed_in_a_linked_work_tree_the_next_command_there_puts_it_right(council: Program, point: str) -> None:
    with_item(council)
    git(council.folder, "worktree", "add", "-q", "-b", "second", "../second")
    council.folder = council.folder.parent / "second"
    kill_at(council.folder, point, *DONE)
    council("item", "list")
    assert work(council.folder).strip() == ""
    assert ("closed:" in (council.folder / ITEM).read_text()) == (point == "branch-moved")
    assert_sound(council.folder)


@pytest.mark.parametrize("linked", [False, True])
def test_of_the_locks_on_a_branch_those_of_a_killed_git_are_taken_away(council: Program, linked: bool) -> None:
    """A lock says what the branch is to be; one that says something else is another program's, and stays."""
    with_item(council)
    branches = council.folder / ".git/refs/heads"
    if linked:
        git(council.folder, "worktree", "add", "-q", "-b", "second", "../second")
        council.folder = council.folder.parent / "second"
    ours = Path(git(council.folder, "rev-parse", "--absolute-git-dir").strip())
    kill_at(council.folder, "journalled", *DONE)
    commit = json.loads((ours / "atbtst/pending").read_text())["commit"]
    lock, head = branches / ("second.lock" if linked else "main.lock"), ours / "HEAD.lock"
    lock.write_text(commit + "\n")
    head.touch()
    for path in (ours / "atbtst/pending", head):
        os.utime(path, (time.time() - 20, time.time() - 20))
    before = commits(council.folder)
    council("item", "list")
    assert not lock.exists()
    assert not head.exists()
    kill_at(council.folder, "journalled", *DONE)
    lock.write_text("0" * 40 + "\n")
    council("item", "list")
    assert lock.exists()
    lock.unlink()
    assert commits(council.folder) == before
    assert_sound(council.folder)


def test_a_branch_that_was_left_meanwhile_keeps_the_change_and_the_new_one_does_not_get_it(council: Program) -> None:
    """The user takes Git's lock away, as Git itself proposes, and goes to another branch."""
    with_item(council)
    git(council.folder, "branch", "other")
    kill_at(council.folder, "branch-moved", *DONE)
    (council.folder / ".git/index.lock").unlink()
    git(council.folder, "symbolic-ref", "HEAD", "refs/heads/other")
    council("item", "list")
    assert work(council.folder).strip() == ""
    assert "closed:" not in (council.folder / ITEM).read_text()
    assert commits(council.folder, "main")[0] == "item(done): Ring"
    assert_sound(council.folder)


def test_a_lock_that_the_user_took_away_is_not_missed(council: Program) -> None:
    with_item(council)
    begin_work(council.folder)
    mine = work(council.folder)
    kill_at(council.folder, "branch-moved", *DONE)
    (council.folder / ".git/index.lock").unlink()
    council("item", "list")
    assert work(council.folder) == mine
    assert_sound(council.folder)


def test_what_the_user_wrote_into_the_record_meanwhile_stays(council: Program) -> None:
    file = with_item(council)
    kill_at(council.folder, "branch-moved", *DONE)
    file.write_text("mine\n")
    council("check", code=4)
    council("item", "list", code=4)
    assert file.read_text() == "mine\n"
    assert work(council.folder).count(ITEM) >= 1
    assert git(council.folder, "diff", "--cached") == ""
    assert_sound(council.folder)


def test_a_check_writes_nothing_even_then(council: Program) -> None:
    with_item(council)
    kill_at(council.folder, "branch-moved", *DONE)
    council("check")
    assert (council.folder / ".git/atbtst/pending").exists()
    assert (council.folder / ".git/index.lock").exists()


def test_a_git_that_outlives_its_killed_command_is_waited_for(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The branch may still move after the kill; the next command must not take the change back in that moment."""
    with_item(council)
    begin_work(council.folder)
    mine = work(council.folder)
    slow = f'sleep 0.3; echo $$ > "{tmp_path}/once"; sleep 1; exec "$GIT" "$@" > "{tmp_path}/said"'
    fake_git(tmp_path, monkeypatch, f'case "$*" in *update-ref*) test -e "{tmp_path}/once" || {{ {slow}; }};; esac')
    process = started(council.folder, "signal", "SIGKILL", "nowhere", *DONE)
    _said_in(tmp_path / "once")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    council("item", "add", "Sak 9", "--network", "RÅD")
    assert commits(council.folder)[:2] == ["item(add): Sak 9", "item(done): Ring"]
    assert work(council.folder) == mine
    assert_sound(council.folder)


@pytest.mark.parametrize("point", ["locked", "laid-ready", "objects", "journalled", "index-followed"])
def test_control_c_stops_a_change_wholly_or_not_at_all(council: Program, point: str) -> None:
    """Before the journal it takes everything back; from there on the change is finished, and the run says it is done."""
    begin_work(council.folder)
    before, mine = commits(council.folder), work(council.folder)
    code, said = signalled(council.folder, "SIGINT", point, *ADD)
    finished = STEPS.index(point) >= STEPS.index("journalled")
    assert code == (0 if finished else 130), said
    assert len(commits(council.folder)) - len(before) == finished
    assert work(council.folder) == mine
    assert_sound(council.folder)


def test_control_c_ends_the_git_that_is_at_work(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it could still write where the next command works already."""
    begin_work(council.folder)
    before, mine = commits(council.folder), work(council.folder)
    fake_git(tmp_path, monkeypatch, f'case "$*" in *write-tree*) echo $$ > "{tmp_path}/once"; exec sleep 60;; esac')
    process = started(council.folder, "signal", "SIGKILL", "nowhere", *ADD)
    slow = int(_said_in(tmp_path / "once"))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert not Path(f"/proc/{slow}").exists()
    assert (commits(council.folder), work(council.folder)) == (before, mine)
    assert_sound(council.folder)


def _said_in(file: Path, patience: float = 20) -> str:
    """What a file says, once it says something."""
    deadline = time.monotonic() + patience
    while not (file.exists() and file.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return file.read_text()


@pytest.mark.parametrize("point", ["index-held", "journalled", "branch-moved", "tree-followed"])
def test_a_killed_init_can_be_done_again(program: Program, point: str) -> None:
    kill_at(program.folder, point, "init", "council")
    made = STEPS.index(point) >= STEPS.index("branch-moved")
    assert ("atbtst -C council" in program("init", "council", code=3 if made else 0).text) != made
    program.folder /= "council"
    program(*ADD)
    assert len(commits(program.folder)) == 2
    assert work(program.folder).strip() == ""
    assert_sound(program.folder)


def test_a_journal_that_cannot_be_read_is_named(council: Program) -> None:
    journal = council.folder / ".git/atbtst/pending"
    journal.parent.mkdir(exist_ok=True)
    journal.write_bytes(b"{")
    assert str(journal) in council(*ADD, code=3).err
    council("item", "list")
    journal.unlink()
    council(*ADD)
