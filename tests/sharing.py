"""One council in several clones, with a bare repository between them."""

import copy
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Program, git
from forge import shared


def share(council: Program) -> Path:
    """Make a bare repository beside the council's folder, and hand the record over to it."""
    bare = shared(council.folder.parent)
    council("sync", "--remote", bare)
    return bare


def clone(council: Program, name: str, author: str = "Bo Exempel") -> Program:
    """Another clone of the shared record, in which somebody else works; its ids are drawn apart."""
    place = council.folder.parent
    replace(council, folder=place)("clone", place / "shared.git", name)
    git(place / name, "config", "user.name", author)
    git(place / name, "config", "user.email", f"{author.split(maxsplit=1)[0].lower()}@example.org")
    return replace(council, folder=place / name, seeds=iter(range(sum(map(ord, name)) * 1000, 10**9)))


_KEPT: dict[Callable[[Program], object], tuple[Program, Program]] = {}
FOLDERS = ("council", "shared.git", "bo")


def shared_after(make: Callable[[Program], object]) -> Any:
    """A fixture: Bo's clone of the council that ``make`` makes more of; made once in each process, then copied."""

    def other(council: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
        place = council.folder.parent
        if make not in _KEPT:
            make(council)
            share(council)
            bo = clone(council, "bo")
            _KEPT[make] = _apart(tmp_path_factory.mktemp("shared"), place, council, bo)
            return bo
        shutil.rmtree(council.folder)
        theirs, bo = _apart(place, _KEPT[make][0].folder.parent, *_KEPT[make])
        council.now, council.seeds = theirs.now, theirs.seeds
        return bo

    other.__doc__ = make.__doc__
    return pytest.fixture(other, name="other")


def _apart(place: Path, known: Path, *clones: Program) -> tuple[Program, Program]:
    """Copies of both clones and of what they share, in another place."""
    for name in FOLDERS:
        shutil.copytree(known / name, place / name, symlinks=True)
    council, bo = (
        replace(one, folder=place / one.folder.name, seeds=copy.copy(one.seeds))  # both go on on their own
        for one in clones
    )
    for one in (council, bo):
        git(one.folder, "config", "remote.origin.url", str(place / "shared.git"))
    return council, bo


APART = re.compile(r"\.git/(objects|refs/remotes|refs/atbtst|logs/refs/remotes|config|atbtst/lock|packed-refs)")
"""What a sync may change that comes to nothing: objects, settings, what is known of the shared record."""


def state(clone: Program) -> dict[str, bytes]:
    """Every file of a clone, those in Git's folder too but for what counts for nothing."""
    found = {}
    for place, folders, names in os.walk(clone.folder):
        below = os.path.relpath(place, clone.folder)
        folders[:] = [one for one in folders if not APART.match(os.path.normpath(f"{below}/{one}"))]
        for name in names:
            path = os.path.normpath(f"{below}/{name}")
            if not APART.match(path):
                found[path] = (clone.folder / path).read_bytes()
    return found


def tip(clone: Program, name: str = "HEAD") -> str:
    """The commit that a name stands for in a clone."""
    return git(clone.folder, "rev-parse", name).strip()


def tree(clone: Program) -> str:
    """The id of all that a clone's branch holds."""
    return tip(clone, "HEAD^{tree}")
