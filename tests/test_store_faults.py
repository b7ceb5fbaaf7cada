"""A full disk, limits of the system, a disk that may only be read: exit 3 with the path, and nothing half written."""

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import NOW, Program, git
from faults import (
    ADD,
    SEATED,
    Job,
    Outcome,
    assert_sound,
    at_once,
    begin_work,
    commits,
    kill_at,
    outcomes,
    started,
    work,
)

from atbtst_cli.language import use
from atbtst_cli.store import disk

OWN_SPACE = ("unshare", "-Urm")
"""A user of its own with mounts of its own, which is how a test gets a disk of 64 kB without being root."""


@pytest.fixture
def own_space(tmp_path: Path) -> tuple[str, ...]:
    """How a command is run in a space of its own; skipped where the system forbids it."""
    if subprocess.run(
        [*OWN_SPACE, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], capture_output=True, check=False
    ).returncode:
        pytest.skip("this system lets nobody but root make mounts")
    return OWN_SPACE


@pytest.fixture
def small(program: Program) -> Program:
    """A workspace of a few kilobytes: one body, and a repository without samples and loose objects."""
    for path, text in (
        ("records/settings.yaml", "format: 1\nname: Test\norganisation: Test\nlanguage: en\n"),
        ("records/networks/rad.yaml", "id: rad\nkind: council\nnames:\n  - name: Rådet\n    short: RÅD\n"),
    ):
        (program.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (program.folder / path).write_text(text, "utf-8")
    git(program.folder, "init", "-q", "-b", "main", "--template=", ".")
    git(program.folder, "add", "-A")
    git(program.folder, "commit", "-q", "-m", "Small")
    git(program.folder, "gc", "-q", "--prune=now")
    return program


def judged(found: Sequence[Outcome], *, before: int = 1) -> tuple[int, int]:
    """How many runs were done and how many refused; each was one or the other, wholly."""
    for one in found:
        assert one.code in (0, 3), one
        assert one.commits == before + (one.code == 0), one
        assert one.status.strip() == "", one
        assert not one.again or ("Boka lokal" in one.again) == (one.code == 0), one
    return sum(one.code == 0 for one in found), sum(one.code == 3 for one in found)


@pytest.mark.outside("unshare")
@pytest.mark.parametrize("size", [64, 112])
def test_on_a_full_disk_a_change_is_made_or_refused_by_name(
    small: Program, own_space: tuple[str, ...], size: int
) -> None:
    """So many kilobytes, with every number of pages free: it fails at each of its writes in turn."""
    found = outcomes(small.folder, "full", str(size), *ADD, before=own_space)
    done, refused = judged(found)
    print(f"{len(found)} cases of {size} kB: {done} done, {refused} refused")  # noqa: T201
    assert refused > 1
    assert done or size == 64
    for one in found:
        assert one.code == 0 or "/full-" in one.said, one


@pytest.mark.outside("unshare")
def test_where_there_is_room_for_no_more_files_a_change_is_made_or_refused_by_name(
    small: Program, own_space: tuple[str, ...]
) -> None:
    found = outcomes(small.folder, "counted", "28", *ADD, before=own_space)
    done, refused = judged(found)
    print(f"{len(found)} cases: {done} done, {refused} refused")  # noqa: T201
    assert done
    assert refused > 5
    for one in found:
        assert one.code == 0 or "/full-" in one.said, one


@pytest.mark.outside("unshare")
@pytest.mark.parametrize(
    ("point", "part", "saved"),
    [
        ("locked", "records/items", False),
        ("laid-ready", ".git/objects", False),
        ("journalled", ".git/refs", False),
        ("branch-moved", "records/items", True),
    ],
)
def test_a_disk_that_may_only_be_read_all_at_once_leaves_all_or_nothing(
    council: Program, own_space: tuple[str, ...], point: str, part: str, saved: bool
) -> None:
    """As a broken disk does; once it may be written again, the next command puts right what is left."""
    (council.folder / "records/items").mkdir(exist_ok=True)
    begin_work(council.folder)
    before = len(commits(council.folder))
    mine = work(council.folder)
    [found] = outcomes(council.folder, "turned", point, part, *ADD, before=own_space)
    assert (found.code, found.commits) == (3, before + saved), found
    assert str(council.folder / part) in found.said or part == ".git/objects", found
    assert re.search("skrivskyddad|ead-only file system|insufficient permission", found.said)
    assert (git(council.folder, "rev-parse", "HEAD")[:10] in found.said) == saved
    assert ("Boka lokal" in found.again) == saved
    assert work(council.folder) == mine
    assert_sound(council.folder)


@pytest.mark.parametrize(
    ("limit", "values"),
    [
        ("RLIMIT_FSIZE", (0, 1, 120, 160, 200, 240, 280, 320, 100_000)),
        ("RLIMIT_NOFILE", (4, 5, 6, 8, 10, 12, 13, 14, 15, 16, 64)),
    ],
)
def test_under_a_limit_of_the_system_a_change_is_made_or_refused(
    small: Program, limit: str, values: tuple[int, ...]
) -> None:
    found = outcomes(small.folder, "limit", limit, ",".join(map(str, values)), *ADD)
    done, refused = judged(found)
    print(f"{len(found)} cases: {done} done, {refused} refused")  # noqa: T201
    assert done
    assert refused > 2
    for one in found:
        assert_sound(small.folder.parent / f"{limit}-{one.limit}")
        assert one.code == 0 or one.said.strip()


@pytest.mark.outside("unshare")
@pytest.mark.parametrize("part", [".", "records", ".git", ".git/objects"])
def test_on_a_disk_that_may_only_be_read_a_change_is_refused_by_name(
    council: Program, own_space: tuple[str, ...], part: str
) -> None:
    begin_work(council.folder)
    before, mine = len(commits(council.folder)), work(council.folder)
    [found] = outcomes(council.folder, "fixed", part, *ADD, before=own_space)
    assert (found.code, found.commits, found.status) == (3, before, mine)
    assert str(council.folder / part).removesuffix("/.") in found.said or part == ".git/objects"
    assert re.search("skrivskyddad|ead-only file system|insufficient permission", found.said)
    assert_sound(council.folder)


@pytest.mark.outside("unshare")
@pytest.mark.parametrize("view", [("item", "list"), ("check",), ("member", "list")], ids=" ".join)
def test_a_disk_that_may_only_be_read_can_be_read(
    council: Program, own_space: tuple[str, ...], view: tuple[str, ...]
) -> None:
    [found] = outcomes(council.folder, "fixed", ".", *view, before=own_space)
    assert found.code == 0, found


@pytest.mark.outside("unshare")
def test_a_left_over_on_a_disk_that_may_only_be_read_stops_no_view(
    council: Program, own_space: tuple[str, ...]
) -> None:
    kill_at(council.folder, "branch-moved", *ADD)
    [found] = outcomes(council.folder, "fixed", ".", "item", "list", before=own_space)
    assert found.code == 0, found
    council("item", "list")
    assert work(council.folder).strip() == ""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("part", ["records/items", ".git"])
def test_a_folder_that_may_not_be_written_is_named(council: Program, part: str) -> None:
    folder = council.folder / part
    folder.mkdir(exist_ok=True)
    before = commits(council.folder)
    folder.chmod(0o555)
    try:
        assert str(folder) in council(*ADD, code=3).err
    finally:
        folder.chmod(0o755)
    assert commits(council.folder) == before


def test_where_the_files_cannot_follow_the_change_is_not_called_lost(council: Program) -> None:
    """The branch has moved, then a folder turns into a file: the run says that the change is saved, and not to repeat it."""
    folder = council.folder / "records/items"

    def spoil(point: str) -> None:
        if point == "branch-moved":
            shutil.rmtree(folder)
            folder.write_text("in the way\n")

    council.step = spoil
    said = council("--language", "en", *ADD, code=3).err
    commit = git(council.folder, "rev-parse", "HEAD").strip()
    assert commit[:10] in said
    assert str(folder) in said
    assert commits(council.folder)[0] == "item(add): Boka lokal"
    council.step = lambda _point: None
    folder.unlink()
    council("item", "list")
    assert work(council.folder).strip() == ""
    assert_sound(council.folder)


def test_where_git_and_files_lie_on_two_disks_the_files_follow(
    council: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.parent.name == "ready":
            raise OSError(18, "Invalid cross-device link")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    begin_work(council.folder)
    before = work(council.folder)
    file = council.folder / "records/networks/ron-at.yaml"
    file.chmod(0o600)
    council(*SEATED)
    assert work(council.folder) == before
    assert file.stat().st_mode & 0o777 == 0o600


# -- a crowd ---------------------------------------------------------------------------------------------------------------


def test_twenty_who_add_an_item_at_once_all_get_theirs(council: Program) -> None:
    begin_work(council.folder)
    before, mine = commits(council.folder), work(council.folder)
    lines = [("item", "add", f"Sak {number}", "--network", "RÅD") for number in range(20)]
    jobs = [Job(str(council.folder), NOW.isoformat(), [(line, "")], number) for number, line in enumerate(lines)]
    assert [code for [(code, _said)] in at_once(council.folder, jobs)] == [0] * 20
    assert sorted(commits(council.folder)[:20]) == sorted(f"item(add): Sak {number}" for number in range(20))
    assert commits(council.folder)[20:] == before
    assert len(list((council.folder / "records/items/2026").iterdir())) == 20
    assert work(council.folder) == mine
    assert_sound(council.folder)


def test_whoever_comes_while_another_command_works_waits_or_looks_on(council: Program) -> None:
    """A view does not wait; a change that is at work is not disturbed by it."""
    ours = council.folder / ".git/atbtst"
    shown: list[str] = []

    def look(point: str) -> None:
        if point in ("journalled", "branch-moved"):
            process = started(council.folder, "signal", "SIGKILL", "nowhere", "item", "list", "--json")
            shown.append(process.communicate()[0])
            assert process.returncode == 0
            assert (ours / "pending").exists()

    council.step = look
    council(*ADD)
    assert shown == ["[]\n", "[]\n"]
    assert_sound(council.folder)


def test_what_the_system_says_is_told_in_the_language_that_is_spoken() -> None:
    """Every reason in the table is one that systems give, and has its Swedish words; others stay as they are."""
    given = {os.strerror(number) for number in errno.errorcode}
    assert set(disk.REASONS) <= given
    use("sv")
    assert not {disk.reason(OSError(0, said)) for said in disk.REASONS} & given
    assert disk.reason(OSError(0, "Owner died")) == "Owner died"
    assert disk.reason(OSError("no more")) == "no more"
