"""Times whole processes, one after the other in turns, so that whatever slows the machine slows them all."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

KILOBYTES = 1024 if sys.platform != "darwin" else 1
"""What the system counts peak memory in: kilobytes, and bytes on a Mac."""


@dataclass(frozen=True)
class Command:
    """A program to time: how it is called and where, and what must be done, untimed, before each run.

    ``turns`` limits how often a slow one runs.
    """

    name: str
    arguments: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str]
    before: Callable[[], object] = lambda: None
    turns: int | None = None


@dataclass
class Figure:
    """What was measured of a command: each run in seconds, and the greatest peak memory in bytes."""

    command: Command
    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        """The middle of the runs, in seconds."""
        return statistics.median(self.seconds)


class Failed(Exception):
    """A command did not do its work; its own words are kept."""


def in_turns(commands: Sequence[Command], turns: int) -> dict[str, Figure]:
    """What each command took, by its name, after one run of each that does not count."""
    figures = {command.name: Figure(command) for command in commands}
    for turn in range(turns + 1):
        for command in commands:
            if command.turns is None or turn <= command.turns:
                seconds, peak = _run(command)
                figure = figures[command.name]
                figure.peak = max(figure.peak, peak)
                figure.seconds += [seconds] if turn else []
    return figures


def _run(command: Command) -> tuple[float, int]:
    """How long one run took, in seconds, and its peak memory in bytes, its own children counted one by one."""
    command.before()
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(argument) for argument in command.arguments],
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=said,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode("utf-8", "replace")[-1000:]
            raise Failed(f"{command.name} ended with {process.returncode}: {words}")
    return seconds, usage.ru_maxrss * KILOBYTES
