"""A tree: paths and their bytes, be it the work tree, a commit, or either with changes laid over it."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.store.disk import reason


class Unreadable(Exception):
    """A path that is there but is not a plain file that may be read; its text says why."""


SETTINGS = "records/settings.yaml"
"""Where the settings of a workspace lie; the folder that has them is one."""
PIECE = 1 << 16
"""Bytes that are read at once; a record is one piece."""
LARGEST = 100_000_000
"""Bytes of the largest file that is read; no document of a council comes near."""


class Tree(Protocol):
    """What records are read from. Paths are relative to the workspace, with slashes."""

    def paths(self, folder: str) -> list[str]:
        """Every file below a folder, sorted."""
        ...

    def read(self, path: str) -> bytes:
        """The bytes of a file; KeyError where there is none, Unreadable where it is no plain file."""
        ...


class WorkTree:
    """The files as they lie in the workspace's folder. No symlink below it is followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._inside: set[str] = set()

    def paths(self, folder: str) -> list[str]:
        """Every file below a folder, sorted; symlinks are listed, not followed. Refused where the folder is one."""
        try:
            self._stay_inside(folder)
        except Unreadable as reason:
            raise Refused(
                _("{path} cannot be read: {reason}.").format(path=folder, reason=reason),
                _("Put a real folder in its place."),
            ) from None
        return sorted(_walk(f"{self.root}/{folder}", folder))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        folder, slash, _name = path.rpartition("/")
        self._stay_inside(folder or slash)
        try:
            handle = os.open(f"{self.root}/{path}", READING)
        except (FileNotFoundError, ValueError):  # a name with a NUL in it is a ValueError
            raise KeyError(path) from None
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                raise KeyError(path) from None
            if error.errno in NO_FILE:
                raise Unreadable(_reason(error)) from error
            raise
        try:
            known = os.fstat(handle)
            if not stat.S_ISREG(known.st_mode):
                raise Unreadable(_("it is no plain file"))
            if known.st_size > LARGEST:
                raise Unreadable(_("it is larger than {size} bytes").format(size=LARGEST))
            data = os.read(handle, PIECE)
            return data if len(data) == known.st_size else data + b"".join(iter(partial(os.read, handle, PIECE), b""))
        finally:
            os.close(handle)

    def _stay_inside(self, folder: str) -> None:
        """Go down to a folder step by step, so that no symlink on the way leads out of the workspace."""
        if not folder or folder in self._inside:
            return
        above, slash, name = folder.rpartition("/")
        if name in ("", ".."):
            raise Unreadable(_("it lies outside the workspace"))
        self._stay_inside(above or slash)
        if (self.root / folder).is_symlink():
            raise Unreadable(_("{folder} is a symbolic link").format(folder=folder))
        self._inside.add(folder)


READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened: a symlink is not followed, a pipe not waited for."""
NO_FILE = (errno.ELOOP, errno.ENOTDIR, errno.EACCES, errno.EISDIR, errno.ENXIO)
"""What the system says of a path that holds no file that may be read."""


def _reason(error: OSError) -> str:
    return _("it is a symbolic link") if error.errno == errno.ELOOP else reason(error)


def _walk(folder: str, name: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise Refused(
            _("{path} cannot be read: {reason}.").format(path=name, reason=reason(error)),
            _("Look at the folder's permissions."),
        ) from error
    for entry in entries:
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, path)
        else:
            yield path


def content(tree: Tree, path: str) -> bytes | None:
    """The bytes of a file, if it is there and can be read."""
    try:
        return tree.read(path)
    except (KeyError, Unreadable):
        return None


class BlobSource(Protocol):
    """What gives the content of a blob by its id."""

    def content(self, blob: str) -> bytes:
        """The bytes of a blob."""
        ...

    def blob_id(self, data: bytes) -> str:
        """The id that a blob of this content has."""
        ...


class CommitTree:
    """The files of one commit; ``entries`` maps their paths in the workspace to mode and blob.

    ``beside`` is where the same files may lie nearer at hand; its bytes count only where their id proves them.
    """

    def __init__(self, source: BlobSource, entries: Mapping[str, tuple[str, str]], beside: Tree | None = None) -> None:
        self._source = source
        self._beside = beside
        self.entries = entries

    def paths(self, folder: str) -> list[str]:
        """Every file below a folder, sorted."""
        return sorted(path for path in self.entries if path.startswith(folder + "/"))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        mode, blob = self.entries[path]
        if not mode.startswith("100"):
            raise Unreadable(_("it is a symbolic link") if mode == "120000" else _("it is no plain file"))
        return self._at_hand(path, blob) or self._source.content(blob)

    def _at_hand(self, path: str, blob: str) -> bytes | None:
        if self._beside is None:
            return None
        try:
            data = self._beside.read(path)
        except (KeyError, Unreadable):
            return None
        return data if self._source.blob_id(data) == blob else None


class Overlay:
    """A tree with changes laid over it: new bytes, or None for a file that goes."""

    def __init__(self, below: Tree, changes: Mapping[str, bytes | None]) -> None:
        self._below = below
        self._changes = changes

    def paths(self, folder: str) -> list[str]:
        """Every file below a folder once the changes are made, sorted."""
        kept = {path for path in self._below.paths(folder) if path not in self._changes}
        new = {path for path, data in self._changes.items() if data is not None and path.startswith(folder + "/")}
        return sorted(kept | new)

    def read(self, path: str) -> bytes:
        """The bytes of a file once the changes are made."""
        if path not in self._changes:
            return self._below.read(path)
        data = self._changes[path]
        if data is None:
            raise KeyError(path)
        return data
