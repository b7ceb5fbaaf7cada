"""System calls of the program and of every git it starts: seen in a trace, and made to fail or to kill by strace.

A git of our own stands before the real one and counts its calls, so that a fault hits one call of one process.
"""

import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faults import watched

PATHS = "rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir chmod fchmodat"
OPENED = "open openat creat"
WRITTEN = "write writev pwrite64 pwritev ftruncate fallocate copy_file_range sendfile fchmod fsync fdatasync"
BESIDE = "truncate utimensat chown fchown fchownat mknod mknodat setxattr"
CHANGING = f"{OPENED} {PATHS} {WRITTEN} {BESIDE}".split()
"""Every call by which a process can change what lies on a disk."""
LINE = re.compile(r"(?:(?P<pid>\d+) +)?(?P<name>[a-z0-9_]+)\((?P<said>.*)\) += (?P<answer>-?\d+|\?)")
LOOKING = ("-y", "-s0", "-e", "trace=chdir," + ",".join(f"?{name}" for name in CHANGING))
"""What strace shows: those calls where the system knows them, with whole paths of open files; and who goes where."""
PASSING = re.compile(r"(tmp_(?:obj|pack|idx|rev)|incoming)[-_]\w+")
"""Names that Git draws by chance."""
OWN_GIT = """#!/bin/sh
read -r number <"$FAULTS/count"
number=$((number + 1))
echo $number >"$FAULTS/count"
[ "$FAULTS_AT" = all ] || [ "$FAULTS_AT" = "$number" ] || exec "$GIT" "$@"
exec 3>&2 2>/dev/null
strace -f $FAULTS_STRACE -o "$FAULTS/trace.$number" -- "$GIT" "$@" 2>&3
code=$?
[ "$code" -gt 128 ] || exit "$code"
[ -z "$FAULTS_TOGETHER" ] || kill -KILL "$PPID" $$
kill -$((code - 128)) $$
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: of which process (0 is the program, n its n-th git), which one, and the how many-th of its kind.

    ``what`` names the call and its files for people, without what differs from run to run.
    """

    process: int
    name: str
    number: int
    what: str


class Astray(Exception):
    """A fault did not meet the call that was meant, since processes that work side by side took turns differently."""


class Watch:
    """Runs of the program in copies of one folder, under strace."""

    def __init__(self, place: Path) -> None:
        """Lay the git of our own into a folder of its own."""
        self.place = place
        place.mkdir(parents=True)
        (place / "bin").mkdir()
        own = place / "bin" / "git"
        own.write_text(OWN_GIT)
        own.chmod(0o755)

    def calls(self, folder: Path, *arguments: str) -> tuple[tuple[int, str], list[Call]]:
        """How a run ends that nothing disturbs, and each of its calls that changes something on the disk."""
        ended = self._run(folder, arguments, LOOKING, at="all", program=True)
        found = []
        for process in range(1000):
            trace = self.place / f"trace.{process}"
            if not trace.exists():
                break
            found += list(_changes(process, self._ended(trace), folder))
        return ended, found

    def hit(self, folder: Path, call: Call, deed: str, *arguments: str, together: bool = False) -> tuple[int, str]:
        """How a run ends where a deed such as ``signal=SIGKILL`` or ``error=EIO`` meets one call.

        With ``together`` the program is killed with a git that dies. The call that was hit has to be the one meant.
        """
        hurting = [*LOOKING, "-e", f"inject={call.name}:{deed}:when={call.number}"]
        ended = self._run(folder, arguments, hurting, at=str(call.process), program=not call.process, together=together)
        trace = self._ended(self.place / f"trace.{call.process}")
        met = [made for number, made in _numbered(trace) if (made["name"], number) == (call.name, call.number)]
        if not met or _what(met[0], folder) != call.what:
            raise Astray(f"{call}: {_what(met[0], folder) if met else 'never reached'}")
        return ended

    def _run(
        self,
        folder: Path,
        arguments: Sequence[str],
        strace: Sequence[str],
        *,
        at: str,
        program: bool,
        together: bool = False,
    ) -> tuple[int, str]:
        for trace in self.place.glob("trace.*"):
            trace.unlink()
        (self.place / "count").write_text("0\n")
        environment = {
            "PATH": f"{self.place / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "GIT": shutil.which("git") or "",
            "FAULTS": str(self.place),
            "FAULTS_AT": at,
            "FAULTS_STRACE": " ".join(strace),
            "FAULTS_TOGETHER": "1" if together else "",
        }
        over = ("strace", *strace, "-o", str(self.place / "trace.0")) if program else ()
        return watched(folder, over, environment, *arguments)

    def _ended(self, trace: Path) -> str:
        """The text of a trace whose process is gone; strace may be writing its last line still."""
        deadline = time.monotonic() + 5
        while "+++" not in (text := trace.read_text(errors="replace")) and time.monotonic() < deadline:
            time.sleep(0.001)
        return text


def _numbered(trace: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Each call that a trace shows, and the how many-th of its kind it is in its process."""
    numbers: Counter[tuple[str | None, str]] = Counter()
    for line in trace.splitlines():
        if made := LINE.match(line):
            numbers[made["pid"], made["name"]] += 1
            yield numbers[made["pid"], made["name"]], made


def _changes(process: int, trace: str, folder: Path) -> Iterator[Call]:
    """The calls of a process, or of one that it started, that changed something on the disk."""
    seen = set()
    for number, made in _numbered(trace):
        name = made["name"]
        if (name, number) not in seen and _changed(made):
            yield Call(process, name, number, _what(made, folder))
        seen.add((name, number))


def _changed(made: re.Match[str]) -> bool:
    """Whether a call succeeded, and was about a file that can be changed by it."""
    if (
        made["name"] == "chdir"
        or int(made["answer"]) < 0
        or not (paths := paths_of(made))
        or paths[0].startswith(("/dev/null", "/proc/"))
    ):
        return False
    return made["name"] not in OPENED.split() or bool(re.search("O_(WRONLY|RDWR|CREAT|TRUNC)", made["said"]))


def paths_of(made: re.Match[str]) -> list[str]:
    """The files that a call is about; a pipe is none."""
    said = re.sub(r"AT_FDCWD<[^>]*>", "", made["said"])
    return [one or other for one, other in re.findall(r'"([^"]+)"|\d<(/[^>]*)>', said)]


def _what(made: re.Match[str], folder: Path) -> str:
    short = [PASSING.sub(r"\1", path.removeprefix(f"{folder}/")) for path in paths_of(made)]
    return " ".join([made["name"], *short])


def whole_calls(trace: str, folder: Path) -> Iterator[tuple[re.Match[str], list[str]]]:
    """The calls that succeeded, of many processes in one trace, in the order in which they ended, with whole paths.

    Every process begins in a folder, the one where the program was run.
    """
    begun: dict[str, str] = {}
    places: dict[str, Path] = {}
    for line in trace.splitlines():
        process, _blank, said = line.partition(" ")
        if said.endswith("<unfinished ...>"):
            begun[process] = said.strip().removesuffix(" <unfinished ...>")
            continue
        text = re.sub(r"^ *<\.\.\. \w+ resumed>", lambda _found: begun.pop(process), said)  # noqa: B023
        made = LINE.match(text.strip())
        if made and made["answer"].isdecimal():
            paths = [str(places.get(process, folder) / path) for path in paths_of(made)]
            if made["name"] == "chdir":
                places[process] = Path(os.path.normpath(paths[0]))
            elif paths:
                yield made, [os.path.normpath(path) for path in paths]
