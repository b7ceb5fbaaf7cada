"""A lock that is let go when its process ends, however it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from atbtst_cli.errors import Refused
from atbtst_cli.store.disk import make_folder


@contextmanager
def held(
    path: Path, busy: Refused, patience: float = 0, on_acquired: Callable[[int], None] | None = None
) -> Iterator[None]:
    """Hold the lock at a path; ``busy`` is raised where another process holds it for longer than ``patience`` seconds.

    ``on_acquired`` is told the descriptor of the open lock, which a process that is started may hold too.
    """
    make_folder(path.parent)
    lock = FileLock(path, timeout=patience, mode=path.parent.stat().st_mode & 0o666 | 0o600, on_acquired=on_acquired)
    try:
        lock.acquire()
    except Timeout:
        raise busy from None
    try:
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Whether a process holds the lock at a path; nothing is written, not even the time of its file."""
    if not path.exists():
        return False
    try:
        import fcntl
    except ImportError:
        return _cannot_take(path)
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _cannot_take(path: Path) -> bool:
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    lock.release()
    return False
