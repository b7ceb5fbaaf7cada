"""Writing so that a crash cannot halve it, and saying what the disk refused."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from atbtst_cli.errors import Refused
from atbtst_cli.language import N_, _

REASONS = (
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("No such file or directory"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Exec format error"),
)
"""What systems say most, for the catalogue; anything else is told as they say it."""


def write_synced(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with naming(path), path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Make sure that an error of the disk names the file, wherever it was met."""
    try:
        yield
    except OSError as error:
        if error.filename is None or not Path(error.filename).is_absolute():
            error.filename = str(path)
        raise


def replace_synced(path: Path, data: bytes) -> None:
    """Put a file in the place of another all at once: whoever is stopped on the way leaves the old one whole."""
    new = path.with_name(path.name + ".new")
    write_synced(new, data)
    new.replace(path)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each as open to others as the one that it lies in."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        with suppress(PermissionError):  # not every file system has modes to change
            folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode))


def sync_folder(folder: Path) -> None:
    """Wait until the disk has a folder's entries, where the system knows how to."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with naming(folder):
            os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)


def prune(folder: Path, top: Path) -> None:
    """Take away folders that became empty, as Git does."""
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def told(error: OSError) -> Refused:
    """A fault of the disk or the file system, in words, with the path."""
    path = error.filename or _("A file")
    hint = {
        errno.ENOSPC: _("Make room on the disk, then try again."),
        errno.EDQUOT: _("Make room on the disk, then try again."),
        errno.EROFS: _("Work in a copy on a disk that may be written to."),
        errno.EACCES: _("Look at the permissions of the file and its folder."),
        errno.EMFILE: _("Let the system open more files at once, with: ulimit -n 1024"),
    }.get(error.errno or 0, "")
    return Refused(_("{path} could not be read or written: {reason}.").format(path=path, reason=reason(error)), hint)


def reason(error: OSError) -> str:
    """What the system says is wrong, in words of the language that is spoken."""
    return _(error.strerror) if error.strerror else str(error)
