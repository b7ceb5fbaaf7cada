"""Who changed a file or a field of a record, and when: commits of one line of history, newest first."""

from collections.abc import Iterator, Sequence
from operator import eq

from atbtst_cli.models.differences import Difference, differences
from atbtst_cli.store.history import Commit
from atbtst_cli.store.layout import key_of
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import CommitTree
from atbtst_cli.views.changes import version
from atbtst_cli.views.merges import Chosen, chosen


def of_file(store: Store, path: str, since: str, until: str = "HEAD") -> Iterator[Commit]:
    """The commits after one and up to another that changed a file; no merges, which only bring them together."""
    return (commit for commit, _before, _after in store.commits(since, (path,), until) if len(commit.parents) == 1)


def of_field(store: Store, path: str, way: Sequence[str], since: str, until: str = "HEAD") -> Iterator[Commit]:
    """The commits that changed a field, merges that decided it among them.

    Behind them, where nobody can be told so, stand all that changed its file.
    """
    others = []
    for commit, before, after in store.commits(since, (path,), until):
        is_merge = len(commit.parents) > 1
        found = (one.difference for one in decided(store, commit, path)) if is_merge else _told(path, before, after)
        if any(meet(one.way, way) for one in found):
            yield commit
        others += [] if is_merge else [commit]
    yield from others


def decided(store: Store, commit: Commit, path: str) -> Iterator[Chosen]:
    """What a merge decided in the record at a path; nothing of other commits."""
    found = chosen(store, commit.step["commit"]) if len(commit.parents) > 1 else ()
    return (one for one in found if one.record.path == path)


def meet(way: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two ways leads to the other's end or past it."""
    return all(map(eq, way, other))


def _told(path: str, before: CommitTree, after: CommitTree) -> Iterator[Difference]:
    """What two versions of a record say differently; nothing where one of them is no record that can be read."""
    if key := key_of(path):
        (old, faults), (new, more) = (version(tree, key[0], [path]) for tree in (before, after))
        yield from () if faults or more else differences(old, new)
