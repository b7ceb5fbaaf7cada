"""What a merge decided: where both of its sides had changed a field, and where it is as neither side had it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.differences import Difference, differences
from atbtst_cli.models.directory import Directory
from atbtst_cli.rules.merging import NTH, merge
from atbtst_cli.store.history import Entry
from atbtst_cli.store.layout import key_of
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import CommitTree
from atbtst_cli.views import changes as view
from atbtst_cli.views import wording
from atbtst_cli.views.changes import Changed
from atbtst_cli.views.differences import worded

Sides = tuple[Entry | None, Entry | None, Entry | None, Entry | None]
"""A file before the two sides parted, as each side had it, and as the merge has it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that a merge decided in a record: what it was, what it became, and what it could have become."""

    record: Changed
    difference: Difference
    instead: Any = None

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        instead = Difference(self.difference.way, None, self.instead).data()["after"]
        return {"kind": self.record.kind, "id": self.record.id} | self.difference.data() | {"not": instead}

    def said(self, council: Council, names: Directory) -> str:
        """The same in words."""
        way = self.difference.way
        text = "; ".join(wording.lines(self.record, names))
        if self.instead is not None and way:
            text += ", " + _("not {value}").format(value=worded(way[-1], self.instead, names))
        return _("decided by the merge: {what}").format(what=f"{wording.called(self.record, council, names)}: {text}")


def chosen(store: Store, commit: str) -> Iterator[Chosen]:
    """What a merge of two decided, record by record; nothing of other commits, or where a version cannot be read."""
    parents = store.repo.parents(commit)
    bases = store.repo.bases(*parents) if len(parents) == 2 else []  # noqa: PLR2004  a merge of more has no two sides
    if not bases:
        return
    for path, sides in _decided(store, store.repo.together(bases), parents, commit):
        own = store.own(path)
        if own and (key := key_of(own)):
            yield from _of_record(store, (*key, own), sides)


def _decided(store: Store, base: str, parents: list[str], commit: str) -> Iterator[tuple[str, Sides]]:
    """The files that both sides changed, or that are otherwise than the one side that changed them has them."""
    pairs = ((base, parents[0]), (base, parents[1]), (parents[0], commit))
    mine, theirs, made = ({path: touch for path, *touch in store.repo.changes(*pair)} for pair in pairs)
    for path in sorted({**mine, **theirs, **made}):
        old = next(known[path][0] for known in (mine, theirs, made) if path in known)
        own, other = (known[path][1] if path in known else old for known in (mine, theirs))
        now = made[path][1] if path in made else own
        if now != (other if path in theirs else own) or (path in mine and path in theirs and own != other):
            yield path, (old, own, other, now)


def _of_record(store: Store, place: tuple[str, str, str], sides: Sides) -> Iterator[Chosen]:
    kind, _id, path = place
    trees = [CommitTree(store.repo, {path: entry} if entry else {}) for entry in sides]
    read = [view.version(tree, kind, [path]) for tree in trees]
    if any(faults for _record, faults in read):
        return
    base, mine, theirs, now = (record for record, _faults in read)
    # Plain Git merges the branch that it stands on first, and sync the shared one; entries of both stand in that order.
    tried = (merge(base, *pair) for pair in ((mine, theirs), (theirs, mine)))
    joined, by_hand = min(((one, [*differences(one.value, now)]) for one in tried), key=lambda one: len(one[1]))
    for clash in joined.clashes:
        way = tuple(step for step in clash.way if not step.startswith(NTH))
        other = next(
            (one for one in by_hand if one.way == way and (way == clash.way or one.before == clash.mine)), None
        )
        if other:
            by_hand.remove(other)
        value = other.after if other else clash.mine
        one = Difference(way, clash.base, value)
        instead = clash.theirs if value == clash.mine else clash.mine
        goes_on = any(other.way[: len(way)] == way for other in by_hand)
        yield Chosen(Changed(*place, base, now, (one,)), one, None if goes_on else instead)
    for one in by_hand:
        unsealed = view.is_unsealed(mine, now) or view.is_unsealed(theirs, now)
        yield Chosen(Changed(*place, joined.value, now, (one,), unsealed=unsealed), one)
