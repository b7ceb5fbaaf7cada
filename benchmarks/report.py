"""The page with the figures: which promises are kept, and all that was measured."""

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from measure import Figure

WHAT = {
    "floor": "a Typer program with one command",
    "bare parsing": "the same files read with the YAML library's own fast loader, and no more",
    "git fetch": "`git fetch` from the shared record on the same disk, with nothing new",
    "git status": "`git status --short` in the same store",
    "doorstop": "`doorstop --no-reformat`; the same records as reviewed items, each field an attribute, each id a link",
    "todoman": "`todo list` with its cache filled; the same items as todos",
}
"""What stands behind the name of a program that is no command of atbtst."""

PAGE = """\
# Benchmarks

Written by `python benchmarks/run.py --output docs/benchmarks.md`, which installs this checkout and its peers into
environments of their own, makes up records from a seed, and times whole processes: all programs of a table run in
turns, after one run of each that does not count. What is promised is a ratio to something measured in the same run,
since seconds belong to a machine.

{facts}
{warning}
## Promises

| what | took | beside | took | ratio | at most | |
| --- | ---: | --- | ---: | ---: | ---: | --- |
{promises}

## Figures

Medians, with the fastest and the slowest run, and the greatest memory of one process (of which some 20 MB may be
those of the script that measures). The records that are checked and changed have about eight action items for each
meeting, as a council makes them; the listed ones have fifty. Nothing is cached between two runs, but for the lists of
todoman. Each change begins with the same commit, syncs every file it writes, and makes a commit; `minutes new` reads a
sheet of some 500 words and writes the minutes in Markdown, HTML and PDF.
{tables}"""

QUICK = """
**A quick run with small sizes: these ratios are not the ones that are promised.**
"""


@dataclass(frozen=True)
class Ratio:
    """A promise: a program takes at most so many times what others take together; without a peer it is not judged."""

    words: str
    figure: Figure
    limit: float
    beside: Sequence[Figure]

    def row(self) -> str:
        """The promise as a row of the table."""
        took = f"| {self.words} | {_seconds(self.figure.median)} |"
        limit = "1/8" if self.limit == 1 / 8 else f"{self.limit:g}"
        if not self.beside:
            return f"{took} a peer that is not here | | | {limit} | not measured |"
        whole = sum(other.median for other in self.beside)
        names = " + ".join(other.command.name for other in self.beside)
        ratio = self.figure.median / whole
        return f"{took} {names} | {_seconds(whole)} | {ratio:.3g} | {limit} | {_verdict(ratio <= self.limit)} |"


@dataclass(frozen=True)
class Memory:
    """A promise on peak memory, in bytes."""

    words: str
    figure: Figure
    limit: int

    def row(self) -> str:
        """The promise as a row of the table."""
        kept = _verdict(self.figure.peak <= self.limit)
        return f"| {self.words} | {_megabytes(self.figure.peak)} | | | | {_megabytes(self.limit)} | {kept} |"


@dataclass(frozen=True)
class More:
    """A promise: a program takes at most so many seconds more than another."""

    words: str
    figure: Figure
    beside: Figure
    limit: float

    def row(self) -> str:
        """The promise as a row of the table."""
        more = self.figure.median - self.beside.median
        took, other = _seconds(self.figure.median), _seconds(self.beside.median)
        kept = _verdict(more <= self.limit)
        return (
            f"| {self.words} | {took} | {self.beside.command.name} | {other} | {_seconds(more)} more "
            f"| {self.limit:g} s more | {kept} |"
        )


Promise = Ratio | Memory | More


def page(
    promises: Sequence[Promise],
    tables: Mapping[str, Mapping[str, Figure]],
    facts: Sequence[str],
    *,
    quick: bool,
) -> str:
    """The whole page, in Markdown."""
    return PAGE.format(
        facts="\n".join(f"- {fact}" for fact in facts),
        warning=QUICK if quick else "",
        promises="\n".join(promise.row() for promise in promises),
        tables="".join(_table(title, figures) for title, figures in tables.items()),
    )


def machine() -> list[str]:
    """The machine in words: processors, system, Python, Git."""
    git = subprocess.run(["git", "version"], check=True, capture_output=True, text=True).stdout.split()[2]
    system = f"{platform.system()} on {platform.machine()}"
    return [f"{os.cpu_count()} processors, {system}", f"Python {platform.python_version()}, git {git}"]


def _table(title: str, figures: Mapping[str, Figure]) -> str:
    rows = "".join(
        f"| {_called(name)} | {_seconds(one.median)} | {min(one.seconds):.3f}–{max(one.seconds):.3f} "
        f"| {_megabytes(one.peak)} | {len(one.seconds)} |\n"
        for name, one in figures.items()
    )
    return f"\n### {title}\n\n| | median | from–to | memory | runs |\n| --- | ---: | ---: | ---: | ---: |\n{rows}"


def _called(name: str) -> str:
    return f"{name}: {WHAT[name]}" if name in WHAT else f"`{name}`"


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f} s"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


def _verdict(kept: bool) -> str:
    return "kept" if kept else "**missed**"
