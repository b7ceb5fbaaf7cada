"""A lock that is let go when its process ends, however it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from atbtst_cli.errors import Refused


@contextmanager
def held(
    path: Path, busy: Refused, patience: float = 0, on_acquired: Callable[[int], None] | None = None
) -> Iterator[None]:
    """Hold the lock at a path; ``busy`` is raised where another process holds it for longer than ``patience`` seconds.

    ``on_acquired`` is told the descriptor of the open lock, which a process that is started may hold too.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=patience, on_acquired=on_acquired)
    try:
        lock.acquire()
    except Timeout:
        raise busy from None
    try:
        yield
    finally:
        lock.release()
