"""A git process that goes to another repository: heard all the while, and ended where nothing more comes of it."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

from atbtst_cli.store import gitprogram
from atbtst_cli.store.interrupts import uninterrupted

GRACE = 2
"""Seconds that a process has to take its own locks away, once it is told to end."""
PIECE = 1 << 16


class Silent(Exception):
    """Nothing was heard for too long."""


def travel(
    folder: Path, *arguments: str, settings: Mapping[str, str], extra: Mapping[str, str], patience: float
) -> tuple[int, str, str]:
    """The exit code of a git process, what it printed, and what it said beside.

    Silent where it was not heard of for ``patience`` seconds. It and all that it started end when we do.
    """
    begun = None
    try:
        with uninterrupted() as came:  # else nobody would end what has just begun
            begun = gitprogram.begin(folder, *arguments, settings=settings, extra=extra)
        if came:
            signal.raise_signal(signal.SIGINT)
        out, said = _heard(begun.proc, patience)
        code = begun.proc.wait()
    except BaseException:
        if begun:
            _end(begun.proc)
        raise
    return code, out.decode("utf-8", "replace"), said.decode("utf-8", "replace")


def _heard(process: subprocess.Popen[bytes], patience: float) -> tuple[bytes, bytes]:
    """What a process prints and says beside, until it closes both."""
    out, said = b"", b""
    news: SimpleQueue[tuple[bytes, bytes] | None] = SimpleQueue()
    streams = ((process.stdout, 0), (process.stderr, 1))
    for stream, place in streams:
        threading.Thread(target=_listen, args=(stream, place, news), daemon=True).start()
    still = len(streams)
    while still:
        try:
            piece = news.get(timeout=patience)
        except Empty:
            raise Silent from None
        if piece is None:
            still -= 1
        else:
            out, said = out + piece[0], said + piece[1]
    return out, said


def _listen(stream: IO[bytes], place: int, news: "SimpleQueue[tuple[bytes, bytes] | None]") -> None:
    while piece := os.read(stream.fileno(), PIECE):
        news.put((b"", piece) if place else (piece, b""))
    news.put(None)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started: gently, so that it takes its locks with it, then for sure."""
    for number in (signal.SIGTERM, signal.SIGKILL) if os.name == "posix" else ():
        with suppress(ProcessLookupError, PermissionError, subprocess.TimeoutExpired):
            os.killpg(process.pid, number)
            process.wait(timeout=GRACE)
    process.kill()
    process.wait()
