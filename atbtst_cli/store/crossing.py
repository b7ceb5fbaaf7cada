"""Two lines of history where they meet: which files only one side changed, and which both did."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from atbtst_cli.models.council import Council
from atbtst_cli.store.follow import Entry
from atbtst_cli.store.load import load
from atbtst_cli.store.tree import BlobSource, CommitTree

PLAIN = "100644"
File = tuple[str, str] | None
"""A file's mode and blob; None where there is none."""
Changed = tuple[str, File, File]
"""A path from the repository's top, with mode and blob before and after; None where there is no file."""


class Sides:
    """A file that two lines of history changed, each in its own way: its bytes before, mine and theirs, or None."""

    def __init__(self, source: BlobSource, entries: Iterable[tuple[str, str] | None]) -> None:
        """Take the blobs of the three; a side without the file has none."""
        self.base, self.mine, self.theirs = (source.content(entry[1]) if entry else None for entry in entries)


ALONE: Mapping[str, Sides] = {}
"""What there is to join in a change that nobody else made too."""


@dataclass(frozen=True)
class Crossing:
    """Two lines of history where they meet: the commits, what their files say, and the files that both changed.

    ``tree`` is what both make, with their version of the files that both changed: those are in ``clashes``.
    Paths are the workspace's; one outside it begins with ``../``.
    """

    base: str
    own: str
    others: str
    tree: CommitTree
    mine: CommitTree
    theirs: CommitTree
    clashes: Mapping[str, Sides]

    @cached_property
    def council(self) -> Council:
        """What the tree says; where both sides changed a file, what theirs says."""
        return load(self.tree)


def stacked(one: Mapping[str, tuple[File, File]], other: Mapping[str, tuple[File, File]]) -> Iterator[str]:
    """The paths at which one side leaves a file and the other side files below it; Git would drop that file."""
    files = {path for path, (_old, new) in one.items() if new}
    for path, (_old, new) in other.items():
        yield from (above for above in map(str, PurePosixPath(path).parents if new else ()) if above in files)


def with_mode(base: File, mine: File, theirs: File) -> File:
    """Their version of a file that both changed, with my mode where I alone changed that."""
    if base and mine and theirs and base[0] == theirs[0]:
        return mine[0], theirs[1]
    return theirs


def planned(changed: Iterable[Changed]) -> tuple[Entry, ...]:
    """What is to happen to files as entries of a plan; those that go first, to make room for those that come."""

    def entry(path: str, old: tuple[str, str] | None, new: tuple[str, str] | None) -> Entry:
        mode, was = (new or old or (PLAIN,))[0], (old or (PLAIN,))[0]
        return Entry(path, mode, old and old[1], new and new[1], was if was != mode else "")

    return tuple(sorted((entry(*one) for one in changed), key=lambda entry: (entry.new is not None, entry.path)))
