"""Reads and merges what nobody would write, and keeps every input on which something that must hold does not.

Run: python tests/fuzz.py yaml|sheet|merge [--minutes N] [--keep FOLDER]

Where atheris is installed (it is not needed otherwise: pip install atheris), inputs are changed where that reaches new code.
Elsewhere those are changed further that came to an end of their own: to findings that no input had together before.
The folder keeps the inputs that led further in corpus/ and those that failed in failed/, each with what went wrong in a
file beside it; the next run goes on from there.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from random import Random

Target = Callable[[bytes], Collection[str]]
"""Tries one input; what it came to, in words that are the same for inputs of one kind. Raises where something fails."""
SLOWEST = 10.0
"""Seconds after which an input counts as a failure."""
LARGEST = 20_000
"""Bytes of the largest input that is made."""
ALIKE = 3
"""How many failures at one place are kept."""
ROOM = 2_000
"""Megabytes of memory that one input may take."""


@dataclass
class Keeper:
    """Tries inputs, and keeps those that fail, a few of each kind."""

    target: Target
    folder: Path
    failures: dict[str, int] = field(default_factory=dict)

    def __call__(self, data: bytes) -> Collection[str]:
        begun = time.monotonic()
        try:
            found = self.target(data)
        except Exception as error:  # noqa: BLE001  whatever it is, it is what is looked for
            self._keep(data, error)
            return ("failed", _place(error))
        if time.monotonic() - begun > SLOWEST:
            self._keep(data, TimeoutError("it took too long"))
        return found

    def _keep(self, data: bytes, error: Exception) -> None:
        place = _place(error)
        self.failures[place] = self.failures.get(place, 0) + 1
        if self.failures[place] <= ALIKE:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = f"{re.sub(r'[^A-Za-z0-9]+', '-', place)}-{hashlib.sha256(data).hexdigest()[:8]}"
            (self.folder / name).write_bytes(data)
            (self.folder / f"{name}.why").write_text("".join(traceback.format_exception(error)), "utf-8", "replace")
            print(f"FAILED {self.folder / name}: {place}", flush=True)  # noqa: T201


def _place(error: Exception) -> str:
    """The kind of an error and where it came up."""
    places = [f" {Path(frame.filename).stem} {frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return type(error).__name__ + "".join(places[-1:])


# -- changing inputs -------------------------------------------------------------------------------------------------------


@dataclass
class Mutator:
    """Makes inputs out of others, by lines, by words and by bytes; what it draws on stays in the same order."""

    seeds: Sequence[bytes]
    words: Sequence[bytes]

    def __call__(self, data: bytes, random: Random) -> bytes:
        for _turn in range(random.choice((1, 1, 2, 3, 6))):
            change = random.choice((self._line, self._line, self._word, self._word, self._sign, self._other))
            data = change(data, random)
        return data[:LARGEST]

    def _line(self, data: bytes, random: Random) -> bytes:
        """Lines taken away, doubled, moved, or set in or out."""
        lines = data.split(b"\n")
        at, to = sorted((random.randrange(len(lines) + 1), random.randrange(len(lines) + 1)))
        to = min(to, at + random.choice((1, 1, 2, 5, 40)))
        some, rest = lines[at:to], lines[:at] + lines[to:]
        place = random.randrange(len(rest) + 1)
        made: list[list[bytes]] = [
            rest,
            lines[:to] + some + lines[to:],
            rest[:place] + some + rest[place:],
            lines[:at] + [b"  " + line for line in some] + lines[to:],
            lines[:at] + [line.removeprefix(b"  ") for line in some] + lines[to:],
        ]
        return b"\n".join(random.choice(made))

    def _word(self, data: bytes, random: Random) -> bytes:
        """A word or sign from the list put in, or in the place of a word."""
        word = random.choice(self.words)
        spans = [found.span() for found in re.finditer(rb"[^\s:,\[\]{}]+", data)]
        if not spans or random.random() < 0.3:
            at = random.randrange(len(data) + 1)
            return data[:at] + word + data[at:]
        start, end = random.choice(spans)
        return data[:start] + word + data[end:]

    def _sign(self, data: bytes, random: Random) -> bytes:
        """A few bytes taken away, doubled, or one set to anything."""
        at = random.randrange(len(data) + 1)
        end = at + random.choice((1, 1, 2, 8))
        made = (data[:at] + data[end:], data[:end] + data[at:], data[:at] + random.randbytes(1) + data[at + 1 :])
        return random.choice(made)

    def _other(self, data: bytes, random: Random) -> bytes:
        """Lines of another seed put in."""
        lines, others = data.split(b"\n"), random.choice(self.seeds).split(b"\n")
        at, start = random.randrange(len(lines) + 1), random.randrange(len(others))
        return b"\n".join([*lines[:at], *others[start : start + random.choice((1, 2, 6, 30))], *lines[at:]])


def cases(target: Target, mutator: Mutator, random: Random) -> Iterator[bytes]:
    """Inputs without end, each tried as it is given: the seeds, then changed ones, from whatever led further."""
    corpus, ends = list(mutator.seeds), set()
    for seed in mutator.seeds:
        ends.add(frozenset(target(seed)))
        yield seed
    while True:
        data = mutator(random.choice(corpus), random)
        end = frozenset(target(data))
        if end not in ends:
            ends.add(end)
            corpus.append(data)
        yield data


# -- one run ---------------------------------------------------------------------------------------------------------------


def run(name: str, seconds: float, folder: Path) -> int:
    """Try inputs for so long, say what came of it, and return how many failed, those alike counted once."""
    known = set(_failed(folder))
    guided = find_spec("atheris") is not None
    (_run_guided if guided else _run_by_ends)(name, seconds, folder)
    failed = [path for path in _failed(folder) if path not in known]
    print(f"{name}: {len(failed)} new failing inputs in {folder / 'failed'}")  # noqa: T201
    return len(failed)


def _failed(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("failed/*")) if path.suffix != ".why"]


def _run_by_ends(name: str, seconds: float, folder: Path) -> None:
    target, mutator = _prepared(name)
    keeper, count, ends = Keeper(target, folder / "failed"), 0, set()
    begun = time.monotonic()

    def counted(data: bytes) -> Collection[str]:
        end = frozenset(keeper(data))
        if end not in ends:
            ends.add(end)
            _save(folder / "corpus", data)
        return end

    saved = [path.read_bytes() for path in sorted(folder.glob("corpus/*"))]
    mutator.seeds = [*mutator.seeds, *saved]
    for _case in cases(counted, mutator, Random(len(saved))):
        count += 1
        if time.monotonic() - begun > seconds:
            break
    rate = count / (time.monotonic() - begun)
    print(f"{name}: {count} cases, {rate:.0f} a second, {len(ends)} different ends")  # noqa: T201


def _save(folder: Path, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(data).hexdigest()).write_bytes(data)


def _prepared(name: str) -> tuple[Target, Mutator]:
    import fuzz_targets

    target, seeds, words = fuzz_targets.TARGETS[name]()
    return target, Mutator(seeds, words)


def _run_guided(name: str, seconds: float, folder: Path) -> None:
    """Let a process of its own try inputs, and another one where it came to its end before its time."""
    until, count, reached = time.monotonic() + seconds, 0, ""
    while (left := until - time.monotonic()) > 1:
        command = [sys.executable, __file__, name, "--guided", str(int(left)), "--keep", str(folder)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as process:
            for line in process.stderr or ():
                print(line, end="", file=sys.stderr)  # noqa: T201
                reached = (re.findall(r"cov: .*corp: \d+", line) or [reached])[0]
                count += sum(map(int, re.findall(r"number_of_executed_units: (\d+)", line)))
    print(f"{name}: {count} cases, {count / seconds:.0f} a second, {reached}")  # noqa: T201


def _guide(name: str, seconds: str, folder: Path) -> None:
    """Try inputs under atheris; it never returns."""
    import atheris

    with atheris.instrument_imports(include=["atbtst_cli"]):
        target, mutator = _prepared(name)
    keeper = Keeper(target, folder / "failed")
    for seed in mutator.seeds:
        _save(folder / "corpus", seed)

    def one(data: bytes) -> None:
        keeper(data)

    def change(data: bytes, size: int, seed: int) -> bytes:
        made: bytes = atheris.Mutate(data, size) if seed % 4 == 0 else mutator(data, Random(seed))[:size]
        return made

    limits = [f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-timeout={6 * SLOWEST:.0f}"]
    limits += [f"-rss_limit_mb={ROOM}", f"-artifact_prefix={folder / 'failed'}/", "-print_final_stats=1"]
    atheris.Setup([__file__, *limits, str(folder / "corpus")], one, custom_mutator=change)
    atheris.Fuzz()


def main() -> int:
    """Run what the command line asks for; 1 where an input failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=("yaml", "sheet", "merge"))
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="where inputs are kept; by default for this run only"
    )
    parser.add_argument("--guided", metavar="SECONDS", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    folder = (asked.keep or Path(tempfile.mkdtemp(prefix="atbtst-fuzz-")) / asked.target).absolute()
    (folder / "failed").mkdir(parents=True, exist_ok=True)
    if asked.guided:
        _guide(asked.target, asked.guided, folder)
    return 1 if run(asked.target, asked.minutes * 60, folder) else 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
