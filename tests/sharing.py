"""One council in several clones, with a bare repository between them."""

from dataclasses import replace
from pathlib import Path

from conftest import Program, git


def share(council: Program) -> Path:
    """Make a bare repository beside the council's folder, and hand the record over to it."""
    bare = council.folder.parent / "shared.git"
    git(council.folder.parent, "init", "-q", "--bare", "-b", "main", str(bare))
    council("sync", "--remote", bare)
    return bare


def clone(council: Program, name: str, author: str = "Bo Exempel") -> Program:
    """Another clone of the shared record, in which somebody else works; its ids are drawn apart."""
    place = council.folder.parent
    replace(council, folder=place)("clone", place / "shared.git", name)
    git(place / name, "config", "user.name", author)
    git(place / name, "config", "user.email", f"{author.split(maxsplit=1)[0].lower()}@example.org")
    return replace(council, folder=place / name, seeds=iter(range(sum(map(ord, name)) * 1000, 10**9)))


def tip(clone: Program, name: str = "HEAD") -> str:
    """The commit that a name stands for in a clone."""
    return git(clone.folder, "rev-parse", name).strip()


def tree(clone: Program) -> str:
    """The id of all that a clone's branch holds."""
    return tip(clone, "HEAD^{tree}")
