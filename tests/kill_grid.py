"""Faults at every system call that changes something: ``python tests/kill_grid.py`` runs the whole grid.

A run is traced once to find its calls. Then, in a fresh copy for each, every one of them meets each kind of fault: a
SIGKILL for the process that makes the call alone or for program and git together, a full or broken disk, a signal that
asks to end. What is left has to be wholly old or wholly new and harmless to the user's own work, exit code and words
have to be true, and the next command has to go on. Prints how many cases there were and what became of them.
"""

import argparse
import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Program, empty_home, found_council, git
from faults import (
    ADD,
    APPROVE,
    DONE,
    OWN,
    SEATED,
    assert_sound,
    begin_work,
    memory,
    say,
    touched,
    unsaved,
    with_item,
    with_minutes,
    work,
)
from syscalls import Astray, Call, Watch

NEXT = ("item", "add", "Sak 9", "--network", "RÅD")
NEXT_SUBJECT = "item(add): Sak 9"
VIEW = ("item", "list")
COMMANDS = {
    "item add": ADD,
    "item done": DONE,
    "member add": SEATED,
    "minutes new": ("minutes", "new", "RÖN-BT", "--from", "../sheet.md"),
    "minutes approve": APPROVE,
    "undo": ("undo",),
    "sync": ("sync",),
}
FAULTS = {
    "alone": "signal=SIGKILL",
    "together": "signal=SIGKILL",
    "ENOSPC": "error=ENOSPC",
    "EIO": "error=EIO",
    "SIGTERM": "signal=SIGTERM",
    "SIGHUP": "signal=SIGHUP",
    "SIGINT": "signal=SIGINT",
}
"""What strace does to a call; "alone" ends the process that makes it, "together" the program and the git that makes it."""
DISK = ("ENOSPC", "EIO")
ASTRAY = "astray"
"""What becomes of a fault that met another call than was meant: nothing that counts."""
LEAVING = r"^(chmod|rename) .*index.lock|fsync .git/atbtst$|unlink .git/HEAD.lock|^rename .*ready"
"""Calls at which a kill leaves much to do: the index held, the journal written, the branch moved, the files half followed."""
SHEET = """\
# RÖN-BT 2026-02-24
Ordförande: Disa Exempel
Närvarande: Erik Exempel

## Läget
Allt går bra.
Åtgärd @disa-exempel senast 13 mars: Skriv till klinikerna
"""


@dataclass(frozen=True)
class Scene:
    """A council with a user's own work in it, and what a command makes of it that nobody disturbs.

    ``added`` are the subjects of the commits that the command brings, ``files`` what it makes old and new of.
    """

    folder: Path
    arguments: tuple[str, ...]
    watch: Watch
    before: str
    mine: str
    added: list[str]
    tags: list[str]
    files: dict[str, tuple[bytes | None, bytes | None]]
    calls: list[Call]


@contextlib.contextmanager
def copied(folder: Path, name: str = "case") -> Iterator[Path]:
    """A council's folder in a copy of all that lies beside it, hard links and all, as a kill leaves it."""
    stage = folder.parent.with_name(name)
    shutil.rmtree(stage, ignore_errors=True)  # of a case that failed
    subprocess.run(["cp", "-a", str(folder.parent), str(stage)], check=True)
    yield stage / folder.name
    shutil.rmtree(stage)


def furnish(council: Program) -> Path:
    """A council's folder on a stage: with a shared record that has news, a sheet beside it, and the user's own work."""
    folder = council.folder.parent / "stage" / "council"
    folder.parent.mkdir()
    council.folder = council.folder.rename(folder)
    (folder.parent / "sheet.md").write_text(SHEET, "utf-8")
    share(folder)
    with_item(council)
    with_minutes(council)
    council("item", "add", "Fråga kommunen", "--network", "RÅD")
    begin_work(folder)
    return folder


def share(folder: Path) -> None:
    """Put a shared record beside a council's folder, in which somebody else has changed something since."""
    shared, other = folder.with_name("shared.git"), folder.with_name("other")
    git(folder, "clone", "-q", "--bare", str(folder), str(shared))
    git(folder, "remote", "add", "origin", "../shared.git")
    git(folder, "clone", "-q", str(shared), str(other))
    member = other / "records/members/bo-exempel.yaml"
    member.write_text(member.read_text() + "title: Läkare\n")
    git(other, "commit", "-q", "-a", "-m", "By somebody else")
    git(other, "push", "-q")
    shutil.rmtree(other)


def since(folder: Path, commit: str) -> list[str]:
    """The subjects of the commits that came upon another, sorted."""
    return sorted(git(folder, "log", "--format=%s", f"{commit}..HEAD").splitlines())


def observed(folder: Path, arguments: tuple[str, ...], watch: Watch) -> Scene:
    """What a command does in a copy of a folder: its calls, and what it makes old and new of."""
    before, mine = git(folder, "rev-parse", "HEAD").strip(), work(folder)
    with copied(folder) as copy:
        (code, said), calls = watch.calls(copy, *arguments)
        assert code == 0, said
        assert work(copy) == mine
        names = git(copy, "diff", "--name-only", "-z", before, "HEAD").split("\0")[:-1]
        files = {name: (_content(folder / name), _content(copy / name)) for name in names}
        added, tags = since(copy, before), git(copy, "tag").split()
        assert added
    return Scene(folder, arguments, watch, before, mine, added, tags, files, calls)


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def faulty(scene: Scene, call: Call, fault: str) -> str:
    """What became of a run that met a fault at one call; AssertionError where a promise was broken."""
    with copied(scene.folder) as folder:
        code, said = scene.watch.hit(folder, call, FAULTS[fault], *scene.arguments, together=fault == "together")
        if fault in DISK:
            assert code in (0, 3), said
            assert code == 0 or re.search(f"{folder}|\\.git/|refs/|shared\\.git", said), (
                f"it does not say where:\n{said}"
            )
        elif fault == "together" and code == 3:
            assert scene.arguments[0] == "sync", said  # Git outlives one of its own helpers, and says so
        elif fault == "together" or (call.process == 0 and fault != "SIGINT"):
            assert code == -signal.Signals[FAULTS[fault].partition("=")[2]], (code, said)
        else:
            assert code in (0, 3, 130), (code, said)
        return judged(scene, folder, code, said)


def settled(scene: Scene, call: Call) -> Iterator[str]:
    """What became of a run that was killed at one call, where the next command is killed too, at each of its calls."""
    with copied(scene.folder, "killed") as left:
        scene.watch.hit(left, call, FAULTS["alone"], *scene.arguments, together=call.process > 0)
        age(left)
        with copied(left) as folder:
            _ended, calls = scene.watch.calls(folder, *VIEW)
        for second in calls:
            with copied(left) as folder:
                code, said = scene.watch.hit(folder, second, FAULTS["alone"], *VIEW)
                yield judged(scene, folder, code or -1, said)


def judged(scene: Scene, folder: Path, code: int, said: str) -> str:
    """What became of a command that met a fault: whether its change is there, and what it took to go on."""
    recorded = since(folder, scene.before) == scene.added
    assert recorded or git(folder, "rev-parse", "HEAD").strip() == scene.before
    if code == 0:
        assert recorded, f"it said that it was done:\n{said}"
    elif code > 0 and recorded:
        told = ("By somebody else", git(folder, "rev-parse", "HEAD")[:10])
        assert any(one in said for one in told), f"it did not say that the change is there:\n{said}"
    git(folder, "fsck", "--strict", "--no-dangling")
    age(folder)
    for name, versions in scene.files.items():
        assert _content(folder / name) in versions, f"{name} is neither as before nor as it should be"
    with copied(folder, "own") as own:
        answer = committed_meanwhile(scene, own, recorded=recorded)
    way = gone_on(folder, NEXT)
    assert since(folder, scene.before) == sorted([NEXT_SUBJECT, *scene.added * recorded])
    for name, versions in scene.files.items():
        assert _content(folder / name) == versions[recorded], f"{name} did not follow"
    assert git(folder, "tag").split() == scene.tags * recorded
    if scene.arguments[0] == "sync":
        way = synced_after_all(scene, folder, done=code == 0)
    assert work(folder) == scene.mine
    assert_sound(folder)
    return f"{'new' if recorded else 'old'}, {answer}, {way}"


def synced_after_all(scene: Scene, folder: Path, *, done: bool) -> str:
    """How the next sync goes; afterwards both have all, and a sync that said so had handed everything over."""
    shared = folder.with_name("shared.git")
    git(shared, "fsck", "--strict", "--no-dangling")
    if done:
        assert scene.before in git(shared, "rev-list", "main"), "it said that it was handed over"
    way = gone_on(folder, scene.arguments)
    assert git(shared, "rev-parse", "main") == git(folder, "rev-parse", "HEAD")
    theirs = {one for one in scene.added if not one.startswith("sync: ")}  # a merge may have more to join by now
    assert set(since(folder, scene.before)) >= {NEXT_SUBJECT, *theirs}
    return way


def age(folder: Path, seconds: int = 10) -> None:
    """Let some time have gone by since a journal and the locks of refs were left."""
    ours = folder / ".git"
    for left in (ours / "atbtst" / "pending", ours / "HEAD.lock", *(ours / "refs").rglob("*.lock")):
        if left.exists():
            times = left.stat()
            os.utime(left, ns=(times.st_atime_ns, times.st_mtime_ns - seconds * 10**9))


def committed_meanwhile(scene: Scene, folder: Path, *, recorded: bool) -> str:
    """Whether Git lets the user commit at once; that commit, or one after the next command, changes no record."""
    program = Program(folder)

    def commit() -> bool:
        """Whether Git committed what was staged."""
        done = subprocess.run(["git", "commit", "-q", "-m", "Own"], cwd=folder, capture_output=True, check=False)
        return done.returncode == 0

    done = commit()
    program("item", "list")
    assert done or commit(), "Git refuses commits even after the next command"
    assert touched(folder) <= OWN, "the user's own commit changed a record"
    assert unsaved(folder) <= OWN
    assert since(folder, scene.before) == sorted(["Own", *scene.added * recorded])
    git(folder, "fsck", "--strict", "--no-dangling")
    return "commit done" if done else "commit refused"


def gone_on(folder: Path, arguments: Sequence[str]) -> str:
    """How the next command goes: at once, or by the way out that it names, which is to take a lock away."""
    program = Program(folder, seeds=iter(range(10**6, 10**7)))
    for turn in range(4):
        found = program(*arguments, code=None)
        if found.code == 0:
            return f"next names the way out, {turn} times" if turn else "next works"
        assert found.code == 3, found.text
        assert ".lock" in found.err, found.text
        if way := re.search(r"(rm .+\.lock\S*)", found.err):
            subprocess.run(shlex.split(way[1]), cwd=folder, check=True)
        else:
            for lock in folder.with_name("shared.git").rglob("*.lock"):
                lock.unlink()
    raise AssertionError(found.text)


def cases(scene: Scene) -> list[tuple[Call, str]]:
    """Each call of a scene with each fault that it can meet."""
    return [(call, fault) for call in scene.calls for fault in FAULTS if call.process or fault != "together"]


def doubled(scene: Scene) -> list[Call]:
    """The calls of a scene at which a kill leaves most to the next command."""
    return [call for call in scene.calls if re.search(LEAVING, call.what)]


def grid(
    place: Path, steps: Mapping[str, int], tell: Callable[[str], None] = lambda _said: None
) -> dict[str, dict[str, Any]]:
    """How many cases of some commands there were, what became of them, and which promises were broken.

    ``steps`` tells for each command that every how many-th case is tried.
    """
    program = Program(place)
    found_council(program)
    folder, watch = furnish(program), Watch(place / "watch")
    found: dict[str, dict[str, Any]] = {}
    for name, step in steps.items():
        begun = time.monotonic()
        scene, tally = observed(folder, COMMANDS[name], watch), Tally(tell)
        for call, fault in cases(scene)[::step]:
            with tally.counting(fault, f"{name}, {fault}: process {call.process}, {call.what}") as became:
                became.append(faulty(scene, call, fault))
        for call in doubled(scene)[::step]:
            with tally.counting("twice", f"{name}, killed twice: process {call.process}, {call.what}") as became:
                became.extend(settled(scene, call))
        seconds = round(time.monotonic() - begun)
        found[name] = {"calls": len(scene.calls), "seconds": seconds, "became": tally.became, "broken": tally.broken}
        tell(f"{name}: {len(scene.calls)} calls, {tally.cases} cases in {seconds} s, {len(tally.broken)} broken")
    return found


class Tally:
    """How many cases of each fault became what."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """Count from nothing; ``tell`` hears of broken promises at once."""
        self.became: dict[str, Counter[str]] = {}
        self.broken: list[str] = []
        self._tell = tell

    @property
    def cases(self) -> int:
        """How many there were, those with a broken promise among them; not those that went astray."""
        return sum(counts.total() - counts[ASTRAY] for counts in self.became.values()) + len(self.broken)

    @contextlib.contextmanager
    def counting(self, fault: str, what: str) -> Iterator[list[str]]:
        """A list for what becomes of cases; a promise that is broken meanwhile is put down."""
        became: list[str] = []
        try:
            yield became
        except Astray:
            became.append(ASTRAY)
        except AssertionError as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            self.broken.append(f"{what}: {error or place.line}")
            self._tell(f"BROKEN {self.broken[-1]}")
        self.became.setdefault(fault, Counter()).update(became)


def table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures as a Markdown table: a row for each command, a column for each fault."""
    faults = [*FAULTS, "twice"]
    rows = [["command", "calls", *faults, "cases", "broken"], ["---"] * (len(faults) + 4)]
    for name, one in found.items():
        became = [one["became"].get(fault, {}) for fault in faults]
        counts = [sum(counts.values()) - counts.get(ASTRAY, 0) for counts in became]
        cells = [one["calls"], *counts, sum(counts) + len(one["broken"]), len(one["broken"])]
        rows.append([f"`{name}`", *map(str, cells)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def main() -> int:
    """Run the grid and write its figures; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=7, help="of all commands but item add, every how many-th case")
    parser.add_argument("--only", nargs="+", choices=COMMANDS, default=[*COMMANDS], help="these commands")
    parser.add_argument("--write", type=Path, help="a JSON file for the figures")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=memory()) as place, pytest.MonkeyPatch.context() as patch:
        empty_home(Path(place), patch)
        steps = {name: 1 if name == "item add" else given.every for name in given.only}
        found = grid(Path(place), steps, say)
    say(table(found))
    if given.write:
        given.write.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    return any(one["broken"] for one in found.values())


if __name__ == "__main__":
    sys.exit(main())
