"""Faults made on purpose: a user's half-finished work, a program killed or starved on its way, a git with ideas of its own.

Run as a script it is the program under such a fault; see the functions at its end.
"""

import contextlib
import ctypes
import functools
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from conftest import NOW, ROOT, Program, git, import_everything

from atbtst_cli.cli import run
from atbtst_cli.commands.session import Session

ITEM = "records/items/2026/i-0000001.yaml"
ADD = ("item", "add", "Boka lokal", "--network", "RÅD")
DONE = ("item", "done", "i-0000001")
SEATED = ("member", "add", "Fia Exempel", "--seat", "ron-at/privata-vardgivare", "--from", "2026-03-02")
"""A command that writes two files: the member and the body."""
MINUTED = "2026-02-17-rad"
APPROVE = ("minutes", "approve", MINUTED, "--by", "alva-exempel")
"""A command that writes a record and six documents, and sets a tag."""
TAG = f"approved/{MINUTED}/1"
OWN = {"records/members/disa-exempel.yaml", "records/members/erik-exempel.yaml"}
"""The records that the user of ``begin_work`` has changed."""
PR_SET_PTRACER = 0x59616D61
"""Lets a process be watched by another one than its parent, where the system is strict about it."""


def say(text: str) -> None:
    """Print a line at once, for whoever waits for a long run."""
    print(text, flush=True)  # noqa: T201


def memory() -> str | None:
    """A folder in memory where the system has one: nothing cuts the power here, so that no disk need be waited for."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


# -- a user's own work ----------------------------------------------------------------------------------------------------


def with_item(council: Program) -> Path:
    """Commit one item, written by a text editor; its file."""
    file = council.folder / ITEM
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "# skriven för hand\nid: i-0000001\ntitle: Ring   # i dag\nnetwork: rad\nadded: 2026-01-10\n", "utf-8"
    )
    git(council.folder, "add", ITEM)
    git(council.folder, "commit", "-q", "-m", "By hand")
    return file


def with_minutes(council: Program) -> Path:
    """Commit the record of a meeting that was held, with words that are not for everybody; its folder."""
    folder = council.folder / f"records/meetings/2026/{MINUTED}"
    folder.mkdir(parents=True)
    (folder / "meeting.yaml").write_text(
        f"id: {MINUTED}\nnetwork: rad\nnumber: 1\ndate: 2026-02-17\nheld:\n  date: 2026-02-17\nchair: alva-exempel\n"
        "agenda:\n  - id: p-1\n    title: Introduktion\n    body:\n      - text: Planen är klar.\n"
        "      - internal: Anbudet jämförs.\n",
        "utf-8",
    )
    git(council.folder, "add", str(folder))
    git(council.folder, "commit", "-q", "-m", "Minutes by hand")
    return folder


def begin_work(folder: Path) -> None:
    """Leave every kind of half-finished work in a folder: nothing of it may be taken along, lost or moved."""
    lines = [f"rad {number}\n" for number in range(20)]
    for name in ("half", "gone", "moved", "edited", "staged", "lost"):
        (folder / f"{name}.txt").write_text(name + "\n" + "".join(lines))
    git(folder, "add", "--", "*.txt")
    git(folder, "commit", "-q", "-m", "Own files")
    (folder / "half.txt").write_text("".join(["half\n", "andra\n", *lines[1:]]))
    git(folder, "add", "half.txt")
    (folder / "half.txt").write_text("".join(["half\n", "andra\n", *lines[1:-1], "sista\n"]))
    git(folder, "rm", "-q", "gone.txt")
    git(folder, "mv", "moved.txt", "åter funnen.txt")
    (folder / "staged.txt").write_text("staged\n")
    (folder / "staged.txt").chmod(0o755)
    (folder / "new.txt").write_text("new\n")
    git(folder, "add", "staged.txt", "new.txt")
    (folder / "intended.txt").write_text("intended\n")
    git(folder, "add", "-N", "intended.txt")
    (folder / "edited.txt").write_text("edited\n")
    (folder / "lost.txt").unlink()
    (folder / "loose.txt").write_text("loose\n")
    for name, staged in (("disa", True), ("erik", False)):
        path = f"records/members/{name}-exempel.yaml"
        (folder / path).write_text((folder / path).read_text() + "title: Läkare\n")
        if staged:
            git(folder, "add", path)


def work(folder: Path) -> str:
    """Everything that is staged, changed or untracked in a folder, as Git tells it."""
    told = (
        ("status", "--porcelain=v2", "-uall"),
        ("diff", "--cached", "--binary"),
        ("diff", "--binary"),
        ("stash", "list"),
    )
    return "\n".join(git(folder, "-c", "core.quotePath=false", *arguments) for arguments in told)


def commits(folder: Path, branch: str = "HEAD") -> list[str]:
    """The subjects of a branch's commits, the newest first."""
    return git(folder, "log", "--format=%s", branch).splitlines()


def touched(folder: Path) -> set[str]:
    """The records that the latest commit touched."""
    shown = git(folder, "show", "--name-only", "--format=", "HEAD").split("\n")
    return {path for path in shown if path.startswith("records/")}


def unsaved(folder: Path) -> set[str]:
    """The records that are not as the branch has them."""
    return set(
        git(folder, "status", "--porcelain", "-z", "--no-renames", "-uall", "--", "records")
        .replace("\0", " ")
        .split()[1::2]
    )


def assert_sound(folder: Path) -> None:
    """Nothing is damaged, locked or left lying about."""
    git(folder, "fsck", "--strict", "--no-dangling")
    ours = Path(git(folder, "rev-parse", "--absolute-git-dir").strip())
    assert not list(ours.rglob("*.lock"))
    assert not (ours / "atbtst").exists() or {path.name for path in (ours / "atbtst").iterdir()} <= {
        "lock",
        "outbox",
        "sheets",
    }


def fake_git(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a git before the real one, which is $GIT in its script and does the work at its end."""
    real = shutil.which("git")
    path = folder / "bin" / "git"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nGIT="{real}"\n{script}\nexec "$GIT" "$@"\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")


# -- the program as a process of its own -----------------------------------------------------------------------------------


def started(folder: Path, fault: str, *arguments: str, before: Sequence[str] = ()) -> subprocess.Popen[str]:
    """This file, run in a folder as a process of its own; ``before`` is a program that runs it."""
    command = [*before, sys.executable, str(Path(__file__).resolve()), fault, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def kill_at(folder: Path, point: str, *arguments: str) -> None:
    """Run a command, and kill it at a named point of its transaction."""
    code, said = signalled(folder, "SIGKILL", point, *arguments)
    assert code == -signal.SIGKILL, said


def signalled(folder: Path, name: str, point: str, *arguments: str) -> tuple[int, str]:
    """Exit code and words of a command that gets a signal at a named point of its transaction."""
    return _ordered(folder, {}, (), [name, point, *arguments])


def watched(folder: Path, over: Sequence[str], more: Mapping[str, str], *arguments: str) -> tuple[int, str]:
    """Exit code and words of a command over which a program such as strace watches from its first step on.

    ``more`` is for the environment.
    """
    return _ordered(folder, more, over, ["SIGKILL", "nowhere", *arguments])


def _ordered(folder: Path, more: Mapping[str, str], over: Sequence[str], deed: Sequence[str]) -> tuple[int, str]:
    nursery = _nursery()
    assert nursery.stdin
    assert nursery.stdout
    print(json.dumps([str(folder), {**os.environ, **more}, over, deed]), file=nursery.stdin, flush=True)
    code, said = json.loads(nursery.stdout.readline())
    return code, said


@functools.cache
def _nursery() -> subprocess.Popen[str]:
    """A process that has all libraries there already, and bears another one for each order; it ends with this one."""
    command = [sys.executable, str(Path(__file__).resolve()), "nursery"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@dataclass(frozen=True)
class Outcome:
    """What became of one starved run: how starved it was, its exit code, what it said, and what was there afterwards.

    ``again`` is what the next command said, where the fault was taken away first.
    """

    limit: int
    code: int
    said: str
    commits: int
    status: str
    again: str = ""


def outcomes(folder: Path, fault: str, *arguments: str, before: Sequence[str] = ()) -> list[Outcome]:
    """What became of runs under a fault, as the script below tells."""
    process = started(folder, fault, *arguments, before=before)
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    return [Outcome(**one) for one in json.loads(out)]


@dataclass(frozen=True)
class Job:
    """What one of many does at once: in which folder, on which day, and its command lines, each with what it is given.

    ``seed`` is the first of the numbers from which its ids are drawn.
    """

    folder: str
    now: str
    lines: Sequence[tuple[Sequence[str], str]]
    seed: int


def at_once(place: Path, jobs: Sequence[Job]) -> list[list[tuple[int, str]]]:
    """Exit codes and words of the command lines of each job, which all begin at the same moment."""
    found = outcomes(place, "crowd", json.dumps([asdict(job) for job in jobs]))
    return [[(one.code, one.said) for one in found if one.limit == number] for number in range(len(jobs))]


def _session(step: Callable[[str], None] = lambda _name: None) -> Session:
    return Session(clock=lambda: NOW, seed=lambda: 7, step=step)


def _signal(kind: str, point: str, *arguments: str) -> int:
    def step(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.Signals[kind])

    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have Ctrl-C ignored,
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # or have left them alone with nohup
    return run(list(arguments), _session(step))


def _bear() -> None:
    """Run what is ordered, each in a process of its own, and answer with its exit code and its words."""
    import_everything()
    orders = sys.stdin
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    for order in orders:
        print(json.dumps(_forked(functools.partial(_obey, *json.loads(order)))), flush=True)  # noqa: T201


def _obey(folder: str, environment: Mapping[str, str], over: Sequence[str], deed: Sequence[str]) -> int:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    _watcher = _watch(over) if over else None  # kept until the end
    return _signal(*deed)


def _watch(over: Sequence[str]) -> subprocess.Popen[str]:
    """Let a program such as strace watch this process from here on."""
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
    command = [*over, "-p", str(os.getpid())]
    watcher = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert watcher.stderr
    attached = watcher.stderr.readline()
    assert "attached" in attached, attached
    return watcher


def _forked(work_: Callable[[], int]) -> tuple[int, str]:
    """Exit code and words of something done in a child process; the libraries are there already."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe, contextlib.redirect_stdout(pipe), contextlib.redirect_stderr(pipe):
            code = work_()
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, errors="replace") as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def _outcome(limit: int, work_: Callable[[], int], relieve: Callable[[], None] | None = None) -> Outcome:
    code, said = _forked(work_)
    if relieve:
        relieve()
    here = Path.cwd()
    found = Outcome(limit, code, said, len(commits(here)), work(here))
    return replace(found, again=_forked(lambda: run(["item", "list"], _session()))[1]) if relieve else found


def _warm(arguments: Sequence[str]) -> None:
    """Import whatever a command needs, by a run of it that is told to change nothing."""
    import git as _git  # noqa: F401

    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        run([*arguments, "--help"], _session())
        run(["check"], _session())


def _limited(name: str, limits: str, *arguments: str) -> list[Outcome]:
    """Runs under a limit of the system, such as RLIMIT_FSIZE, one for each value, each in a fresh copy."""
    template, found = Path.cwd(), []
    _warm(arguments)
    for limit in map(int, limits.split(",")):

        def starve(limit: int = limit) -> int:
            resource.setrlimit(getattr(resource, name), (limit, limit))
            return run(list(arguments), _session())

        os.chdir(shutil.copytree(template, template.parent / f"{name}-{limit}", symlinks=True))
        found.append(_outcome(limit, starve))
    return found


def _full(size: str, *arguments: str) -> list[Outcome]:
    """Runs on a file system of that many kilobytes, with ever more of its pages left free."""
    return _crammed(f"size={size}k", range(int(size) // 4), _fill, arguments)


def _counted(most: str, *arguments: str) -> list[Outcome]:
    """Runs on a file system with much room, but for ever more files only, up to so many."""
    return _crammed("nr_inodes=400", range(0, int(most), 3), _crowd_out, arguments)


def _crammed(
    kind: str, rooms: Iterable[int], cram: Callable[[Path, int], bool], arguments: Sequence[str]
) -> list[Outcome]:
    """Runs on file systems of a kind that are full but for some room, in which it is let go afterwards."""
    template, found = Path.cwd(), []
    _warm(arguments)
    for room in rooms:
        place = template.parent / f"full-{room}"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", kind, "tmpfs", str(place)], check=True)
        shutil.copytree(template, place / "w", symlinks=True)
        (place / "filler").mkdir()
        os.chdir(place / "w")
        if not cram(place / "filler", room):
            break
        relieve = functools.partial(shutil.rmtree, place / "filler")
        found.append(_outcome(room, lambda: run(list(arguments), _session()), relieve))
        os.chdir(template)
        subprocess.run(["umount", str(place)], check=True)
    return found


def _fill(folder: Path, free: int, page: int = 4096) -> bool:
    """Fill a file system until that many pages are free; False where there are not so many."""
    with (folder / "filler").open("wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(b"x" * page)
        file.truncate(max(0, file.tell() - free * page))
        return file.tell() > free * page


def _crowd_out(folder: Path, free: int) -> bool:
    """Make empty files until there is room for that many others."""
    for number in range(os.statvfs(folder).f_ffree - free):
        (folder / str(number)).touch()
    return os.statvfs(folder).f_ffree == free


def _turned(point: str, part: str, *arguments: str) -> list[Outcome]:
    """One run where a part of the workspace may only be read from a named point on; afterwards it may be written."""
    subprocess.run(["mount", "--bind", part, part], check=True)
    os.chdir(Path.cwd())
    _warm(arguments)

    def turn(how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how},bind", part], check=True)

    step = {point: functools.partial(turn, "ro")}
    session = _session(lambda name: step.get(name, lambda: None)())
    return [_outcome(0, lambda: run(list(arguments), session), functools.partial(turn, "rw"))]


def _fixed(part: str, *arguments: str) -> list[Outcome]:
    """One run where a part of the workspace is on a disk that may only be read."""
    subprocess.run(["mount", "--bind", part, part], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", part], check=True)
    os.chdir(Path.cwd())
    _warm(arguments)
    return [_outcome(0, lambda: run(list(arguments), _session()))]


def _crowd(told: str) -> list[Outcome]:
    """Many processes at once, each with command lines of its own, started as one."""
    _warm(ADD)
    jobs = [Job(**one) for one in json.loads(told)]
    reading, writing = os.pipe()
    children = [_one_of_many(job, reading, writing) for job in jobs]
    os.close(writing)
    found = []
    for number, (child, answer) in enumerate(children):
        with os.fdopen(answer) as pipe:
            found += [Outcome(number, code, said, 0, "") for code, said in json.load(pipe)]
        os.waitpid(child, 0)
    return found


def _one_of_many(job: Job, gate: int, opened: int) -> tuple[int, int]:
    """A process that does a job as soon as the gate opens, and where it says what came of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(opened)
    os.read(gate, 1)
    program = Program(Path(job.folder), datetime.fromisoformat(job.now), iter(range(job.seed, 1 << 60)))
    found = [program(*line, code=None, given=given) for line, given in job.lines]
    with os.fdopen(writing, "w") as pipe:
        json.dump([(one.code, one.text) for one in found], pipe)
    os._exit(0)


def main(fault: str, *arguments: str) -> int:
    """Be the program under a fault."""
    if fault == "signal":
        return _signal(*arguments)
    if fault == "nursery":
        _bear()
        return 0
    script: dict[str, Callable[..., list[Outcome]]] = {
        "limit": _limited,
        "full": _full,
        "counted": _counted,
        "turned": _turned,
        "fixed": _fixed,
        "crowd": _crowd,
    }
    print(json.dumps([asdict(one) for one in script[fault](*arguments)]))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
