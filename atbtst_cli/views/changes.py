"""What two states of the record say differently: record by record, field by field, in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from atbtst_cli.errors import Finding
from atbtst_cli.models.base import Record
from atbtst_cli.models.differences import Difference, differences
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seals
from atbtst_cli.store.layout import BESIDE, KINDS, key_of
from atbtst_cli.store.load import read_record
from atbtst_cli.store.tree import CommitTree, Tree, Unreadable, content
from atbtst_cli.views.archive import record

Key = tuple[str, str]
"""The kind and the id of a record."""
MODELS: Mapping[str, type[Record | Settings]] = {name: kind.model for name, kind in KINDS.items()}
KNOWN = {**MODELS, "settings": Settings}
ORDER = tuple(KNOWN)


@dataclass(frozen=True, slots=True)
class Changed:
    """One record that two states hold differently; None where there is none, or it cannot be read.

    ``unread`` says why a version cannot be read; ``unsealed`` is true where approved minutes were changed otherwise
    than by an amendment, and ``hushed`` where the values are personal data that were taken out.
    """

    kind: str
    id: str
    path: str
    before: Any
    after: Any
    differences: tuple[Difference, ...]
    unread: tuple[Finding, ...] = ()
    unsealed: bool = False
    hushed: bool = False

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        told = [{"field": one.data()["field"]} if self.hushed else one.data() for one in self.differences]
        findings = [asdict(one) for one in self.unread]
        facts = {"kind": self.kind, "id": self.id, "path": self.path, "changed_after_approval": self.unsealed}
        return {**facts, "differences": None if self.unread else told, "findings": findings}


@dataclass(frozen=True, slots=True)
class Changes:
    """All that two states hold differently: records, documents that were built, and other files by their paths.

    ``unnamed`` tells of how many more records, by kind and whether they are new or gone, nothing else is known here;
    ``forged`` are the approved documents that are not as they were approved.
    """

    records: tuple[Changed, ...]
    unnamed: Mapping[tuple[str, bool], int] = field(default_factory=dict)
    documents: int = 0
    files: tuple[str, ...] = ()
    forged: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        told = {"documents": self.documents, "files": list(self.files), "changed_after_approval": list(self.forged)}
        return {"records": [one.data() for one in self.records], **told}


def changes(
    before: Tree, after: Tree, paths: Iterable[str], whole: Callable[[str], Tree], most: int | None = None
) -> Changes:
    """What two trees of some files hold differently; ``whole`` is asked for all files of a folder after the change.

    Of the records of a kind that are new, or gone, not more than ``most`` are read, and the others counted.
    """
    keys: dict[Key, list[str]] = {}
    documents, files = [], []
    for path in paths:
        beside = BESIDE.fullmatch(path)
        if key := key_of(path):
            keys.setdefault(key, []).append(path)
        elif beside and not beside["paper"]:
            documents.append(path)
        else:
            files.append(path)
    wanted, unnamed = _first(keys, before, after, most)
    found = (_changed(key, before, after, keys[key]) for key in wanted)
    records = [one for one in found if one]
    if any(map(_is_forgetting, records)):
        records = [replace(one, hushed=True) for one in records]
    forged = tuple(_forged(documents, after, whole))
    return Changes(tuple(records), unnamed, len(documents), tuple(files), forged)


def _first(
    keys: Mapping[Key, list[str]], before: Tree, after: Tree, most: int | None
) -> tuple[list[Key], Counter[tuple[str, bool]]]:
    """The records to read, in order, and how many of each kind are too many that are all new, or gone."""
    wanted: list[Key] = []
    seen: Counter[tuple[str, bool]] = Counter()
    for key in sorted(keys, key=_place):
        there = [most is None or any(_is_there(tree, path) for path in keys[key]) for tree in (before, after)]
        kind = (key[0], there[1])
        seen[kind] += not all(there)
        if all(there) or most is None or seen[kind] <= most:
            wanted.append(key)
    return wanted, Counter({kind: count - most for kind, count in seen.items() if most is not None and count > most})


def _is_there(tree: Tree, path: str) -> bool:
    if isinstance(tree, CommitTree):
        return path in tree.entries
    try:
        tree.read(path)
    except KeyError:
        return False
    except Unreadable:
        return True
    return True


def _is_forgetting(one: Changed) -> bool:
    """Whether a person's data were taken out."""
    before, after = one.before, one.after
    return isinstance(after, Member) and bool(after.forgotten) and not (before and before.forgotten)


def _place(key: Key) -> tuple[int, str]:
    return ORDER.index(key[0]), key[1]


def _changed(key: Key, before: Tree, after: Tree, paths: list[str]) -> Changed | None:
    """One record in both trees, which may have it at different places; None where the files are the same."""
    old, old_faults = version(before, key[0], paths)
    new, new_faults = version(after, key[0], paths)
    faults = (*old_faults, *new_faults)
    if faults and _bytes(before, paths) == _bytes(after, paths):
        return None
    found = () if faults else tuple(differences(old, new))
    return Changed(*key, paths[-1], old, new, found, faults, unsealed=is_unsealed(old, new))


def version(tree: Tree, kind: str, paths: list[str]) -> tuple[Any, list[Finding]]:
    """The record that lies at the first of some paths that is there, None for none; or why it cannot be read."""
    there = next((path for path in paths if _is_there(tree, path)), None)
    return read_record(tree, there, KNOWN[kind]) if there else (None, [])


def _bytes(tree: Tree, paths: list[str]) -> list[bytes | None]:
    return [content(tree, path) for path in paths]


def is_unsealed(before: Any, after: Any) -> bool:
    """Whether approved minutes were changed, and no amendment says why."""
    if not isinstance(before, Meeting) or not before.approval or not before.approval.sealed:
        return False
    if not isinstance(after, Meeting):
        return True
    if len(after.amendments) > len(before.amendments):
        return False
    same = (before.approval, before.amendments) == (after.approval, after.amendments)
    return not same or seals.of_record(before) != seals.of_record(after)


def _forged(documents: list[str], after: Tree, whole: Callable[[str], Tree]) -> Iterator[str]:
    """The documents of approved minutes that are not what was approved."""
    for path in documents:
        folder = "/".join(path.split("/")[:4])
        name = path.removeprefix(f"{folder}/")
        own = f"{folder}/meeting.yaml"
        meeting = record(after if content(after, own) is not None else whole(folder), own)
        sealed = meeting.approval.sealed if meeting and meeting.approval else None
        if sealed and name in sealed.documents:
            data = content(after, path)
            if data is None or seals.fingerprint(data) != sealed.documents[name]:
                yield path
