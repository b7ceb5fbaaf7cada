"""A change is one commit or nothing, and what the user has under way stays as it is."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from conftest import Program, Result, git
from faults import ADD, DONE, ITEM, SEATED, assert_sound, begin_work, commits, fake_git, started, with_item, work

from atbtst_cli.store import follow, gitprogram

ENGLISH = ("--language", "en")


def refused(council: Program, *arguments: str, code: int = 3) -> Result:
    """A command that has to change nothing at all: no commit, no staging, no file."""
    before = commits(council.folder, "--all"), work(council.folder)
    result = council(*ENGLISH, *arguments, code=code)
    assert (commits(council.folder, "--all"), work(council.folder)) == before
    assert not (council.folder / ".git" / "index.lock").exists()
    return result


# -- one change, one commit ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [ADD, DONE, SEATED], ids=lambda arguments: " ".join(arguments[:2]))
def test_a_change_is_one_commit_of_its_own_files(council: Program, arguments: tuple[str, ...]) -> None:
    with_item(council)
    before = git(council.folder, "rev-parse", "HEAD").strip()
    council(*arguments)
    assert git(council.folder, "rev-parse", "HEAD^").strip() == before
    changed = git(council.folder, "show", "--name-only", "--format=", "HEAD").split()
    assert all(path.startswith("records/") for path in changed)
    assert len(changed) == (2 if arguments == SEATED else 1)
    assert work(council.folder).strip() == ""
    assert_sound(council.folder)


@pytest.mark.parametrize("arguments", [ADD, DONE, SEATED], ids=lambda arguments: " ".join(arguments[:2]))
def test_what_the_user_has_under_way_stays_exactly_as_it_was(council: Program, arguments: tuple[str, ...]) -> None:
    """Staged, half staged, renamed, deleted, meant to be added, edited, untracked, and other records edited by hand."""
    with_item(council)
    begin_work(council.folder)
    before = work(council.folder)
    council(*arguments)
    assert work(council.folder) == before
    touched = git(council.folder, "show", "--name-only", "--format=", "HEAD").split()
    assert not {path for path in touched if path.endswith(".txt") or "disa" in path or "erik" in path}
    assert_sound(council.folder)


def test_an_edit_that_git_cannot_see_by_the_clock_stays_visible(council: Program) -> None:
    """A file changed within the second in which it was staged, with the same size, is still a changed file."""
    git(council.folder, "config", "core.trustctime", "false")
    file = council.folder / "own.txt"
    moment = int(time.time()) - 100
    file.write_text("1\n")
    os.utime(file, (moment, moment))
    git(council.folder, "add", "own.txt")
    file.write_text("2\n")
    for path in (file, council.folder / ".git/index"):
        os.utime(path, (moment, moment))
    council(*ADD)
    assert "+2" in git(council.folder, "diff", "own.txt")


def test_nothing_to_change_makes_no_commit(council: Program) -> None:
    with_item(council)
    before = commits(council.folder)
    council("item", "edit", "i-0000001", "--what", "Ring")
    assert commits(council.folder) == before


# -- the user's own hand in what is touched --------------------------------------------------------------------------------


def by_editor(file: Path) -> None:
    file.write_text(file.read_text() + "due: 2026-04-01\n")


def staged(file: Path) -> None:
    by_editor(file)
    git(file.parent, "add", file.name)


def only_staged(file: Path) -> None:
    old = file.read_bytes()
    staged(file)
    file.write_bytes(old)


def taken_away(file: Path) -> None:
    file.unlink()


def removed_in_git(file: Path) -> None:
    git(file.parent, "rm", "-q", file.name)


def forgotten(file: Path) -> None:
    git(file.parent, "rm", "-q", "--cached", file.name)


HANDS = (by_editor, staged, only_staged, taken_away, removed_in_git, forgotten)


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.__name__)
def test_a_record_changed_by_hand_is_not_overwritten(council: Program, hand: Callable[[Path], None]) -> None:
    hand(with_item(council))
    said = refused(council, *DONE).err
    assert ITEM in said
    assert f"git restore -SW {ITEM}" in said


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.__name__)
def test_the_way_out_that_is_told_leads_out(council: Program, hand: Callable[[Path], None]) -> None:
    hand(with_item(council))
    command = refused(council, *DONE).err.partition("throw it away with: git ")[2].split()
    git(council.folder, *command)
    council(*DONE)
    assert work(council.folder).strip() == ""


def test_keeping_the_hand_edit_leads_out_too(council: Program) -> None:
    by_editor(with_item(council))
    assert f'git commit -m "why" -- {ITEM}' in refused(council, *DONE).err
    git(council.folder, "commit", "-q", "-m", "why", "--", ITEM)
    council(*DONE)
    assert "due: 2026-04-01\n" in (council.folder / ITEM).read_text()


@pytest.mark.parametrize("known", ["untracked", "staged", "intended"])
def test_a_file_in_the_way_of_a_new_record_is_not_overwritten(council: Program, known: str) -> None:
    file = council.folder / "records/members/fia-exempel.yaml"
    file.write_text("mine\n")
    if known != "untracked":
        git(council.folder, "add", *(["-N"] if known == "intended" else []), str(file))
    said = refused(council, *SEATED).err
    assert "records/members/fia-exempel.yaml" in said
    assert file.read_text() == "mine\n"


@pytest.mark.parametrize("thing", ["link", "folder", "pipe"])
def test_what_is_no_plain_file_is_neither_followed_nor_replaced(council: Program, tmp_path: Path, thing: str) -> None:
    file = council.folder / "records/members/fia-exempel.yaml"
    make = {
        "link": lambda: file.symlink_to(tmp_path / "elsewhere"),
        "folder": file.mkdir,
        "pipe": lambda: os.mkfifo(file),
    }
    make[thing]()
    before = commits(council.folder)
    assert "records/members/fia-exempel.yaml" in council(*SEATED, code=3).err
    assert commits(council.folder) == before
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("folder", ["records/items", "records/items/2026"])
def test_a_folder_that_leads_out_of_the_workspace_is_refused_by_name(
    council: Program, tmp_path: Path, folder: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = council.folder / folder
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere)
    assert folder in refused(council, *ADD).err
    assert list(elsewhere.iterdir()) == []


def test_a_record_that_is_a_link_in_the_commit_is_refused_by_name(council: Program, tmp_path: Path) -> None:
    """A document that somebody replaced by a link, and committed so."""
    council("minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", given="## Lönefrågan\nText.\n")
    page = "records/meetings/2026/2026-02-17-rad/minutes.md"
    (council.folder / page).unlink()
    (council.folder / page).symlink_to("minutes.html")
    git(council.folder, "commit", "-q", "-a", "-m", "A link")
    sheet = council("minutes", "show", "RÅD", "--sheet").out.replace("Text.", "Mer text.")
    before = commits(council.folder)
    assert page in council("minutes", "edit", "RÅD", "--from", "-", given=sheet, code=3).err
    assert commits(council.folder) == before


def test_a_file_changed_at_the_very_moment_is_left_and_named(council: Program) -> None:
    file = with_item(council)

    def meddle(point: str) -> None:
        if point == "branch-moved":
            file.write_text("mine\n")

    council.step = meddle
    said = council(*ENGLISH, *DONE).err
    assert ITEM in said
    assert file.read_text() == "mine\n"
    assert "closed:" in git(council.folder, "show", f"HEAD:{ITEM}")
    assert_sound(council.folder)


@pytest.mark.parametrize("deed", ["stage", "switch"])
def test_what_the_user_does_while_the_change_is_computed_counts(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    """Between reading the tip and taking Git's lock, the user stages a hand edit, or goes to another branch."""
    file = with_item(council)
    file.write_text(file.read_text() + "due: 2026-04-01\n")
    held = file.read_text()
    git(council.folder, "stash", "-q")
    act = {"stage": '"$GIT" stash pop -q --index; "$GIT" add records', "switch": '"$GIT" switch -q -c other'}[deed]
    fake_git(
        tmp_path,
        monkeypatch,
        f'case "$*" in *ls-tree*) test -e "{tmp_path}/once" || {{ touch "{tmp_path}/once"; {act}; }} >&2;; esac',
    )
    before = commits(council.folder, "main")
    council(*DONE, code=3 if deed == "stage" else 0)
    assert commits(council.folder, "main") == before
    if deed == "stage":
        assert file.read_text() == held
        assert "due: 2026-04-01\n" in git(council.folder, "show", f":{ITEM}")
    else:
        assert commits(council.folder, "other") == ["item(done): Ring", *before]
        assert work(council.folder).strip().startswith("stash@{0}")
    assert_sound(council.folder)


# -- states of the repository ----------------------------------------------------------------------------------------------


def diverged(council: Program) -> None:
    """Two branches that changed one line in two ways; main is checked out."""
    file = council.folder / "own.txt"
    for branch, text in (("main", "base\n"), ("side", "side\n"), ("main", "main\n")):
        if branch == "side":
            git(council.folder, "switch", "-q", "-c", "side")
        elif text == "main\n":
            git(council.folder, "switch", "-q", "main")
        file.write_text(text)
        git(council.folder, "add", "own.txt")
        git(council.folder, "commit", "-q", "-m", text.strip())


def patched(council: Program) -> None:
    patch = git(council.folder, "format-patch", "-1", "--stdout", "side")
    (council.folder / ".git/side.patch").write_text(patch)


UNFINISHED = {
    "merge": ("merge", "side"),
    "rebase": ("rebase", "side"),
    "cherry-pick": ("cherry-pick", "side"),
    "revert": ("revert", "HEAD~1"),
    "am": ("am", "-3", ".git/side.patch"),
}


@pytest.mark.parametrize("operation", UNFINISHED)
def test_in_the_middle_of_something_nothing_is_changed(council: Program, operation: str) -> None:
    diverged(council)
    patched(council)
    git(council.folder, *UNFINISHED[operation], code=128 if operation == "am" else 1)
    said = refused(council, *ADD).err
    assert operation in said
    assert f"git {operation} --abort" in said
    git(council.folder, operation, "--abort")
    council(*ADD)


def test_while_a_fault_is_searched_by_bisection_nothing_is_changed(council: Program) -> None:
    diverged(council)
    git(council.folder, "bisect", "start", "HEAD", "HEAD~2")
    assert "git bisect reset" in refused(council, *ADD).err
    git(council.folder, "bisect", "reset")
    council(*ADD)


def test_a_file_in_conflict_without_a_merge_is_left_alone(council: Program) -> None:
    """As after a stash that did not fit: no merge is under way, and yet nothing of it may be lost."""
    file = with_item(council)
    file.write_text(file.read_text().replace("Ring", "Mejla"))
    git(council.folder, "stash", "-q")
    file.write_text(file.read_text().replace("Ring", "Skriv"))
    git(council.folder, "commit", "-q", "-a", "-m", "Other")
    git(council.folder, "stash", "pop", "-q", code=1)
    assert ITEM in refused(council, *DONE).err
    before = work(council.folder)
    council(*ADD)
    assert work(council.folder) == before


def test_a_conflict_of_which_one_side_is_the_record_is_a_conflict(council: Program) -> None:
    file = with_item(council)
    old = git(council.folder, "rev-parse", f"HEAD:{ITEM}").strip()
    other = git(council.folder, "hash-object", "-w", "records/settings.yaml").strip()
    sides = [f"100644 {blob} {stage}\t{ITEM}\n" for stage, blob in ((1, other), (2, other), (3, old))]
    (council.folder / ".git/sides").write_text(f"0 {'0' * 40}\t{ITEM}\n" + "".join(sides))
    with (council.folder / ".git/sides").open() as stdin:
        subprocess.run(["git", "update-index", "--index-info"], cwd=council.folder, stdin=stdin, check=True)
    assert ITEM in refused(council, *DONE).err
    assert len(git(council.folder, "ls-files", "-u", "--", ITEM).splitlines()) == 3
    assert "closed" not in file.read_text()


def test_without_a_branch_a_change_would_be_lost(council: Program) -> None:
    git(council.folder, "switch", "-q", "--detach")
    assert "git switch main" in refused(council, *ADD).err


def test_a_branch_without_commits_has_its_own_sentence(council: Program) -> None:
    git(council.folder, "switch", "-q", "--orphan", "new")
    git(council.folder, "checkout", "-q", "main", "--", "records")
    said = council(*ENGLISH, *ADD, code=3).err
    assert "new" in said
    assert "records/settings.yaml" in said
    command = said.partition("with: ")[2].split(" && ")
    git(council.folder, *command[0].split()[1:])
    git(council.folder, "commit", "-q", "-m", "First records", "--", "records")
    council(*ADD)
    assert commits(council.folder) == ["item(add): Boka lokal", "First records"]


def test_a_bare_repository_has_its_own_sentence(council: Program) -> None:
    git(council.folder, "config", "core.bare", "true")
    assert "bare" in council(*ENGLISH, *ADD, code=3).err


def test_no_repository_has_its_own_sentence(council: Program) -> None:
    shutil.rmtree(council.folder / ".git")
    said = council(*ENGLISH, *ADD, code=3).err
    assert "no Git repository" in said
    assert "atbtst init" in said


def test_a_repository_that_git_cannot_read_is_not_called_none(council: Program) -> None:
    (council.folder / ".git/config").write_text("[core\n")
    said = council(*ENGLISH, *ADD, code=3).err
    assert "no Git repository" not in said
    assert "config" in said


def test_without_git_that_is_said(council: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Git is not installed" in council(*ENGLISH, *ADD, code=3).err


@pytest.mark.parametrize("key", ["name", "email"])
def test_git_has_to_know_who_makes_the_change(council: Program, home: Path, key: str) -> None:
    git(council.folder, "config", "--global", "--unset", f"user.{key}")
    assert f"git config --global user.{key} " in refused(council, *ADD).err


def test_an_old_git_is_refused_by_its_version(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_git(tmp_path, monkeypatch, 'case "$*" in *version) echo "git version 2.30.2"; exit;; esac')
    said = refused(council, *ADD).err
    assert "2.30" in said
    assert "2.38" in said


def test_a_missing_object_is_said_and_nothing_changed(council: Program) -> None:
    """What the commit holds can be had from nowhere: Git lost it, and the file beside it was changed by hand."""
    path = "records/networks/rad.yaml"
    blob = git(council.folder, "rev-parse", f"HEAD:{path}").strip()
    (council.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    (council.folder / path).write_text("# mine\n" + (council.folder / path).read_text("utf-8"), "utf-8")
    before = commits(council.folder)
    assert blob in council(*ENGLISH, *ADD, code=3).err
    assert commits(council.folder) == before


# -- locks -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["index.lock", "refs/heads/main.lock"])
def test_a_lock_of_another_program_is_named_with_its_time_and_command(
    council: Program, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "PATIENCE", 0.5)
    monkeypatch.setitem(gitprogram.SETTINGS, "core.filesRefLockTimeout", "500")
    lock = council.folder / ".git" / name
    lock.write_bytes(b"")
    taken = datetime(2026, 2, 17, 13, 15).astimezone().timestamp()
    os.utime(lock, (taken, taken))
    before = commits(council.folder)
    said = council(*ENGLISH, *ADD, code=3).err
    assert f"{lock} has been there since 2026-02-17 13:15" in said
    assert "atbtst doctor --fix" in said
    assert f"rm {lock}" in said
    assert lock.exists()
    assert commits(council.folder) == before
    council("doctor", "--fix")
    council(*ADD)
    assert_sound(council.folder)


@pytest.mark.parametrize("name", ["index.lock", "refs/heads/main.lock"])
def test_a_lock_that_goes_soon_is_waited_for(council: Program, name: str) -> None:
    lock = council.folder / ".git" / name
    lock.write_bytes(b"")
    timer = threading.Timer(0.4, lock.unlink)
    timer.start()
    council(*ADD)
    timer.join()
    assert_sound(council.folder)


def test_left_over_files_of_a_killed_git_are_cleared_away(council: Program) -> None:
    """What a git of ours left in our own folder when both were killed stops nobody."""
    ours = council.folder / ".git/atbtst"
    ours.mkdir(exist_ok=True)
    for name in ("tip-index.lock", "next-index.lock", "next-index", "pending.new"):
        (ours / name).write_bytes(b"half")
    council(*ADD)
    assert_sound(council.folder)


def test_without_hard_links_it_works_as_well(council: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object) -> None:
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    begin_work(council.folder)
    before = work(council.folder)
    council(*ADD)
    assert work(council.folder) == before
    assert_sound(council.folder)


# -- places ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a b", "Rådets pärm åäö", "-x", ":(top)", "*", "it's"])
def test_the_path_of_the_workspace_may_be_any(council: Program, name: str) -> None:
    council.folder = council.folder.rename(council.folder.parent / name)
    begin_work(council.folder)
    before = work(council.folder)
    council(*ADD)
    council(*SEATED)
    assert work(council.folder) == before
    assert_sound(council.folder)


@pytest.mark.parametrize("name", ["under", "Rådets pärm", "-x", ":(top)", "*"])
def test_a_workspace_may_lie_below_the_top_of_its_repository(program: Program, name: str) -> None:
    git(program.folder, "init", "-q", "-b", "main", ".")
    for folder in ("records/items", "x"):
        (program.folder / folder).mkdir(parents=True)
        (program.folder / folder / "own.txt").write_text("own\n")
    git(program.folder, "add", "-A")
    git(program.folder, "commit", "-q", "-m", "Own")
    top = program.folder
    program("init", f"./{name}")
    program.folder = top / name
    (top / "x/own.txt").write_text("staged\n")
    git(top, "add", "x/own.txt")
    before = work(top)
    program(*ADD)
    assert len(list((top / name / "records/items/2026").iterdir())) == 1
    assert work(top) == before
    assert {
        path.partition("/")[0]
        for path in git(top, "show", "--name-only", "-z", "--format=", "HEAD").strip("\0").split("\0")
    } == {name}
    assert "Boka lokal" in program("item", "list").out


def test_a_linked_work_tree_is_a_place_of_its_own(council: Program) -> None:
    with_item(council)
    main = council.folder
    git(main, "worktree", "add", "-q", "-b", "second", "../second")
    before = commits(main), work(main)
    council.folder = main.parent / "second"
    begin_work(council.folder)
    mine = work(council.folder)
    council(*DONE)
    assert work(council.folder) == mine
    assert commits(council.folder)[0] == "item(done): Ring"
    assert (commits(main), work(main)) == before
    assert_sound(council.folder)


def test_a_workspace_below_a_link_is_the_same_workspace(council: Program, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(council.folder.parent)
    council.folder = tmp_path / "way" / "council"
    with_item(council)
    council(*DONE)
    assert commits(council.folder)[0] == "item(done): Ring"
    assert work(council.folder).strip() == ""


def test_a_folder_whose_name_is_no_text_will_do(council: Program) -> None:
    try:
        council.folder = Path(shutil.move(council.folder, os.fsdecode(os.fsencode(council.folder) + b"\xff")))
    except OSError:
        pytest.skip("this file system has names of UTF-8 only")
    before = len(commits(council.folder))
    council(*ADD)
    assert len(commits(council.folder)) == before + 1


def test_a_repository_with_long_ids_will_do(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main", "--object-format=sha256", "council")
    program("init", "council")
    program.folder /= "council"
    program(*ADD)
    assert work(program.folder).strip() == ""
    assert_sound(program.folder)


# -- settings of Git and of the system -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "setting",
    [
        "core.autocrlf=true",
        "core.autocrlf=input",
        "core.splitIndex=true",
        "core.untrackedCache=true",
        "index.version=4",
        "core.logAllRefUpdates=false",
        "log.showSignature=true",
        "i18n.commitEncoding=ISO-8859-1",
        "i18n.logOutputEncoding=ISO-8859-1",
        "core.commentChar=i",
        "color.ui=always",
        "user.useConfigOnly=true",
    ],
)
def test_no_setting_of_git_changes_what_is_recorded(council: Program, setting: str) -> None:
    git(council.folder, "config", *setting.split("="))
    with_item(council)
    begin_work(council.folder)
    before = work(council.folder)
    council("item", "note", "i-0000001", "Frågan är löst, säger Åsa")
    assert work(council.folder) == before
    assert b"\r" not in (council.folder / ITEM).read_bytes()
    told = git(council.folder, "-c", "i18n.logOutputEncoding=UTF-8", "log", "-1", "--format=%B")
    assert "Frågan är löst, säger Åsa" in told
    assert "By hand" in council("item", "show", "i-0000001").out
    assert_sound(council.folder)


def test_no_hook_runs(council: Program, tmp_path: Path) -> None:
    hooks = council.folder / ".git/hooks"
    names = (
        "pre-commit",
        "prepare-commit-msg",
        "commit-msg",
        "post-commit",
        "reference-transaction",
        "post-index-change",
        "post-checkout",
    )
    for name in names:
        (hooks / name).write_text(f"#!/bin/sh\necho {name} >> '{tmp_path}/ran'\nexit 1\n")
        (hooks / name).chmod(0o755)
    council(*ADD)
    assert not (tmp_path / "ran").exists()


def test_variables_of_git_do_not_lead_elsewhere(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the program is run by a hook or an alias of another repository."""
    elsewhere = tmp_path / "elsewhere"
    git(tmp_path, "init", "-q", str(elsewhere))
    with monkeypatch.context() as variables:
        for name, value in (("DIR", ".git"), ("WORK_TREE", "."), ("INDEX_FILE", "index"), ("CONFIG_GLOBAL", "none")):
            variables.setenv(f"GIT_{name}", str(elsewhere / value))
        process = started(council.folder, "signal", "SIGKILL", "nowhere", *ADD)
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    assert commits(council.folder)[0] == "item(add): Boka lokal"
    assert not (elsewhere / "index").exists()


def test_the_masks_and_modes_of_files_are_kept(council: Program) -> None:
    file = with_item(council)
    file.chmod(0o640)
    index = council.folder / ".git/index"
    index.chmod(0o664)
    before = os.umask(0o077)
    try:
        council(*ADD)
        council(*DONE)
    finally:
        os.umask(before)
    [new] = [path for path in file.parent.iterdir() if path != file]
    assert [path.stat().st_mode & 0o777 for path in (new, file, index)] == [0o600, 0o640, 0o664]
    assert (
        git(council.folder, "ls-tree", "-r", "--format=%(objectmode)", "HEAD", "records/items").split()
        == ["100644"] * 2
    )


def test_an_executable_record_stays_one(council: Program) -> None:
    file = with_item(council)
    file.chmod(0o755)
    git(council.folder, "commit", "-q", "-a", "-m", "Mode")
    council(*DONE)
    assert git(council.folder, "ls-tree", "HEAD", ITEM).startswith("100755")
    assert work(council.folder).strip() == ""


@pytest.mark.outside("ssh-keygen")
def test_a_commit_is_signed_where_git_signs(council: Program, tmp_path: Path) -> None:
    key = tmp_path / "key"
    git(tmp_path, "-c", f"alias.key=!ssh-keygen -q -t ed25519 -N '' -f '{key}'", "key")
    public = key.with_suffix(".pub")
    (tmp_path / "signers").write_text(f"cilla@example.org {public.read_text()}")
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingKey", str(public)),
        ("commit.gpgSign", "yes"),
        ("gpg.ssh.allowedSignersFile", str(tmp_path / "signers")),
    ):
        git(council.folder, "config", name, value)
    council(*ADD)
    assert git(council.folder, "log", "-1", "--format=%G?%GS").strip() == "Gcilla@example.org"
    key.unlink()
    public.unlink()
    refused(council, *DONE[:2], "i-", code=2)
    assert "Git is set up to sign here, and it could not" in refused(council, *ADD).err


# -- the branch moves meanwhile --------------------------------------------------------------------------------------------


def somebody_else(council: Program, point: str, times: int, deed: Callable[[int], str]) -> list[str]:
    """Let somebody else commit at a named point, as a push into the branch would: it asks for no index."""
    seen: list[str] = []

    def step(name: str) -> None:
        if name == point and len(seen) < times:
            commit = git(
                council.folder, "commit-tree", "-p", "main", "-m", f"Other {len(seen)}", deed(len(seen))
            ).strip()
            git(council.folder, "update-ref", "refs/heads/main", commit)
            seen.append(commit)

    council.step = step
    return seen


@pytest.mark.parametrize("point", ["objects", "journalled"])
@pytest.mark.parametrize("times", [1, 4])
def test_on_a_lost_race_the_act_is_computed_again_with_the_same_ids(
    council: Program, tmp_path: Path, point: str, times: int
) -> None:
    alone = Program(shutil.copytree(council.folder, tmp_path / "alone"))
    council.seeds = iter(range(100))
    alone.seeds = iter(range(100))
    others = somebody_else(council, point, times, lambda _number: "main^{tree}")
    begin_work(council.folder)
    before = work(council.folder)
    council(*ADD)
    alone(*ADD)
    assert len(others) == times
    assert commits(council.folder)[: times + 1] == [
        "item(add): Boka lokal",
        *(f"Other {number}" for number in reversed(range(times))),
    ]
    written = git(council.folder, "show", "--name-only", "--format=", "HEAD")
    assert written == git(alone.folder, "show", "--name-only", "--format=", "HEAD")
    assert work(council.folder) == before
    assert_sound(council.folder)


def test_what_came_meanwhile_is_seen_by_the_act(council: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else closes the item first; closing it again is then refused, not done twice."""
    file = with_item(council)
    closed = file.read_text() + "closed:\n  date: 2026-03-01\n  as: done\n"
    (council.folder / ".git/closed").write_text(closed)

    def tree(_number: int) -> str:
        blob = git(council.folder, "hash-object", "-w", ".git/closed").strip()
        with monkeypatch.context() as variables:
            variables.setenv("GIT_INDEX_FILE", ".git/other-index")
            git(council.folder, "read-tree", "main")
            git(council.folder, "update-index", "--cacheinfo", f"100644,{blob},{ITEM}")
            return git(council.folder, "write-tree").strip()

    somebody_else(council, "journalled", 1, tree)
    said = council(*ENGLISH, *DONE, code=3).err
    assert "2026-03-01" in said
    assert commits(council.folder)[0] == "Other 0"


def test_after_five_lost_races_it_gives_up_and_leaves_nothing(council: Program) -> None:
    others = somebody_else(council, "journalled", 99, lambda _number: "main^{tree}")
    begin_work(council.folder)
    before = work(council.folder)
    said = council(*ENGLISH, *ADD, code=3).err
    assert "5" in said
    assert len(others) == 5
    assert commits(council.folder)[:5] == [f"Other {number}" for number in reversed(range(5))]
    assert "item(add): Boka lokal" not in commits(council.folder)
    assert work(council.folder) == before
    assert_sound(council.folder)
