"""Clocks that go wrong: the program as a process of its own, whose clock, and that of its git, says what a test wants.

Run as a script it is that program; it takes orders and answers, so that one process runs the commands of all tests.
"""

import contextlib
import functools
import io
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from conftest import ROOT, Result

from atbtst_cli.cli import run
from atbtst_cli.commands.session import Session


@dataclass
class Clock:
    """The program, run in a folder; its clock stands still at ``now``, a moment in ISO with its offset."""

    folder: Path
    now: str = "2026-03-02T09:30:00+01:00"
    zone: str = "Europe/Stockholm"
    seeds: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __call__(self, *arguments: str | Path, code: int | None = 0, point: str = "", then: str = "") -> Result:
        """Run one command line; at a named ``point`` of its transaction the clock jumps to ``then``."""
        process, hand, _place = _process()
        _turn(hand, self.now)
        told = [str(one) for one in arguments]
        order = [str(self.folder), os.environ["HOME"], self.zone, next(self.seeds), point, then, told]
        assert process.stdin
        assert process.stdout
        print(json.dumps(order), file=process.stdin, flush=True)
        found, out, err = json.loads(process.stdout.readline())
        result = Result(found, out.encode(), err)
        assert code is None or result.code == code, f"exit code {result.code}\n{result.text}"
        return result

    def at(self, when: str, *arguments: str | Path, **more: Any) -> Result:
        """Run one command line at another moment, at which the clock stays."""
        self.now = when
        return self(*arguments, **more)


def _turn(hand: Path, when: str) -> None:
    """Set the clock; at no moment is there none."""
    new = hand.with_suffix(".new")
    new.write_text(f"{datetime.fromisoformat(when).timestamp():.0f}\n")
    new.replace(hand)


@functools.cache
def _process() -> "tuple[subprocess.Popen[str], Path, tempfile.TemporaryDirectory[str]]":
    """The process that runs the program, the file that its clock is told by, and its folder; they end with this one."""
    place = tempfile.TemporaryDirectory()
    hand = Path(place.name) / "clock"
    asked = ["faketime", "2026-01-01", "printenv", "LD_PRELOAD"]
    library = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    environment = os.environ | {
        "LD_PRELOAD": library,
        "FAKETIME_TIMESTAMP_FILE": str(hand),
        "FAKETIME_FMT": "%s",
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # the clock stands still, and whoever waits by it would wait for ever
        "NO_FAKE_STAT": "1",
        "PYTHONPATH": str(ROOT),
    }
    _turn(hand, Clock.now)
    command = [sys.executable, str(Path(__file__).resolve()), str(hand)]
    started = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return started, hand, place


def _obey(
    hand: Path, folder: str, home: str, zone: str, seed: int, point: str, then: str, told: list[str]
) -> list[Any]:
    def step(name: str) -> None:
        if name == point:
            _turn(hand, then)

    os.chdir(folder)
    os.environ.update(HOME=home, TZ=zone)
    time.tzset()
    raw, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(raw, "utf-8", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(told, Session(seed=lambda: seed, step=step))
    return [int(code), raw.getvalue().decode(), err.getvalue()]


def main(hand: str) -> None:
    """Answer each order with exit code, results and words."""
    orders = sys.stdin
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    for order in orders:
        print(json.dumps(_obey(Path(hand), *json.loads(order))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
