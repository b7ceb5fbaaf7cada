"""The order of writing: nothing is seen under its own name before the disk has it, and no ref before what it stands for.

Read off a trace of the system calls of one run, of the program and of every git that it starts.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Program
from faults import ADD, fake_git, watched
from kill_grid import COMMANDS, copied, furnish
from syscalls import LOOKING, OPENED, WRITTEN, whole_calls

NOSYNC = """
for word; do
  shift
  [ "$word" = core.fsync=all ] && word=core.fsync=none
  set -- "$@" "$word"
done
"""
"""A git that is told to sync nothing."""
BY_THE_WAY = re.compile(r"/\.git/(logs/|atbtst/lock$)|^/dev/null$")
"""What nobody reads to know what the record is: Git's own diary, and a lock that is always empty."""
UNDER_WAY = re.compile(r"\.lock$|/tmp_obj_\w+$|/\.git/atbtst/(held|ready/|tip-index|next-index|tagging/)|\.new$")
"""Names under which nothing counts yet."""
FORCED = ("fsync", "fdatasync")


def hasty(folder: Path, *arguments: str, without: str = "") -> list[str]:
    """What a command let be seen before the disk had it; ``without`` says which syncs strace only pretends to make."""
    trace = folder.parent / "order"
    pretended = ("-e", f"inject=fsync:retval=0{without}") if without else ()
    over = ["strace", "-f", *LOOKING, *pretended, "-o", str(trace)]
    code, said = watched(folder, over, {}, *arguments)
    assert code == 0, said
    return list(found_hasty(trace.read_text(errors="replace"), folder))


def found_hasty(trace: str, folder: Path) -> Iterator[str]:
    """Each name that came to be seen while the disk did not have what it stands for."""
    unsynced: set[str] = set()
    moved = False
    for made, paths in whole_calls(trace, folder):
        name, there = made["name"], paths[-1]
        if name in FORCED and "INJECTED" not in made.string:
            unsynced.discard(there)
        elif name in WRITTEN.split() or (name in OPENED.split() and re.search("O_TRUNC|O_CREAT", made["said"])):
            unsynced.add(there)
            if seen(there) and "O_EXCL" not in made["said"]:  # a new, empty file only keeps its name from others
                yield f"{there} is written in its place"
        elif name.startswith(("rename", "link")):
            moved = moved or "/.git/refs/heads/" in there
            yield from hastily_named(paths[0], there, unsynced)
            (unsynced.add if paths[0] in unsynced else unsynced.discard)(there)
            if name.startswith("rename"):
                unsynced.discard(paths[0])
    assert moved, "no ref was moved"


def hastily_named(old: str, new: str, unsynced: set[str]) -> Iterator[str]:
    """What is seen too early when a file that has one name gets another one."""
    if old in unsynced and seen(new):
        yield f"{new} is seen before it is synced"
    if "/.git/refs/" in new:
        yield from (f"{new} is seen before {one} is synced" for one in unsynced if counts(one))


def seen(path: str) -> bool:
    """Whether somebody reads what stands under that name."""
    return not UNDER_WAY.search(path) and not BY_THE_WAY.search(path)


def counts(path: str) -> bool:
    """Whether a ref that moves may depend on a file; not on a repository in which Git only makes a tag."""
    return not BY_THE_WAY.search(path) and not re.search(r"/HEAD\.lock$|/\.git/atbtst/tagging/", path)


@pytest.mark.outside("strace")
@pytest.mark.parametrize("name", ["item add", "minutes new", "minutes approve"])
def test_nothing_is_seen_before_the_disk_has_it(council: Program, name: str) -> None:
    furnish(council)
    assert hasty(council.folder, *COMMANDS[name]) == []


@pytest.mark.outside("strace")
def test_a_sync_that_is_left_out_is_found(council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every sync is only pretended all is seen too early; where Git is told to sync nothing, its part is."""
    furnish(council)
    with copied(council.folder) as folder:
        found = hasty(folder, *ADD, without=":when=1+")
        for part in (".git/index is", "atbtst/pending", "records/items/2026/i-", "refs/heads/main", "objects/"):
            assert any(part in one for one in found), part
    fake_git(tmp_path, monkeypatch, NOSYNC)
    found = hasty(council.folder, *ADD)
    assert any("objects/" in one for one in found)
    assert any("refs/heads/main is seen" in one for one in found)
    assert not any("records/" in one for one in found)
