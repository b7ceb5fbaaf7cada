"""What two states of the record say differently: record by record, field by field, in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from textwrap import shorten
from typing import Any

from atbtst_cli.errors import Finding
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.base import Record
from atbtst_cli.models.council import Council
from atbtst_cli.models.differences import Difference, differences
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import DecisionBlock, Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network, Seat
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seals
from atbtst_cli.store.layout import BESIDE, KINDS, key_of
from atbtst_cli.store.load import read_record
from atbtst_cli.store.tree import CommitTree, Tree, Unreadable
from atbtst_cli.views.archive import content, record
from atbtst_cli.views.differences import said
from atbtst_cli.views.meetings import citation

Key = tuple[str, str]
"""The kind and the id of a record."""
MODELS: Mapping[str, type[Record | Settings]] = {name: kind.model for name, kind in KINDS.items()}
KNOWN = {**MODELS, "settings": Settings}
ORDER = tuple(KNOWN)
LONGEST = 60
"""The characters of a title by which a record is called."""


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


# -- in words ----------------------------------------------------------------------------------------------------------


def called(one: Changed, council: Council, names: Directory) -> str:
    """What people call the record: RÅD 1/2026, RÖN-BT, a person's name, or its id and title."""
    known = one.after if one.after is not None else one.before
    text = one.id
    match one.kind, known:
        case "items" | "matters", ActionItem() | Matter():
            is_renamed = any(found.way == ("title",) for found in one.differences)
            title = shorten(known.title.rstrip("."), LONGEST, placeholder=" …")
            text = one.id if is_renamed else f"{one.id} {title}"
        case "meetings", Meeting():
            text = citation(council, known)
        case "members", Member():
            name = names.name(one.id)
            before = _("a person who was taken out") if one.hushed else known.name(date.max)
            text = name if name != one.id else before
        case "networks", Network():
            text = known.short(date.max)
        case "settings", _known:
            text = _("settings")
        case "reports", _known:
            meeting, _slash, body = one.id.partition("/")
            text = _("report of {body} for {meeting}").format(body=names.body(body), meeting=meeting)
        case "mailings", _known:
            text = _("letters {id}").format(id=one.id)
    return text


def lines(one: Changed, names: Directory) -> list[str]:
    """What is different in the record, each in words; one that only looks different in its file says so."""
    if one.unread:
        return [_("cannot be read: {reason}").format(reason=finding.message) for finding in one.unread]
    if one.hushed:
        return [_("personal data taken out")]
    labels = {**labels_of(one.before, names), **labels_of(one.after, names)}
    told, rest = _handed_over(one, names)
    told += [said(difference, names, labels) for difference in rest]
    return list(dict.fromkeys(told)) or [_("written in another way")]


def labels_of(known: Any, names: Directory) -> dict[str, str]:
    """What people call the parts of a record, by their ids."""
    if isinstance(known, Meeting):
        numbers = known.numbers()
        items = {item.id: f"{numbers[item.id]} {item.title}" for item in known.items()}
        return items | {
            block.decision: _("decision § {number}").format(number=block.number)
            for _item, block in known.blocks()
            if isinstance(block, DecisionBlock) and block.number
        }
    if isinstance(known, Network):
        return {seat.id: seat.name(date.max) for seat in known.seats}
    referrals = getattr(known, "referrals", ())
    return {one.id: _("sent to {body}").format(body=names.body(one.to)) for one in referrals}


def _handed_over(one: Changed, names: Directory) -> tuple[list[str], list[Difference]]:
    """The seats of a body that went from somebody to somebody, in words, and the differences that say more."""
    if not isinstance(one.before, Network) or not isinstance(one.after, Network):
        return [], list(one.differences)
    told: dict[str, str] = {}
    for seat in one.after.seats:
        before = one.before.seat(seat.id)
        if before and (text := _from_to(before, seat, names)):
            told[seat.id] = text
    rest = [
        found
        for found in one.differences
        if not (found.way[:1] == ("seats",) and found.way[1:2] and found.way[1] in told and "holders" in found.way)
    ]
    return list(told.values()), rest


def _from_to(before: Seat, after: Seat, names: Directory) -> str:
    """That a seat went from its holders to others, where that is all that can be said of its holders."""
    old, new = ({one.member: one for one in seat.holders} for seat in (before, after))
    if len(old) < len(before.holders) or len(new) < len(after.holders):
        return ""
    came = [one for member, one in new.items() if member not in old]
    left = [one for member, one in old.items() if one.to is None and (member not in new or new[member].to)]
    first, last = ({one.from_ for one in came}, {new[one.member].to for one in left if one.member in new})
    if len(first) != 1 or len(last) > 1 or any(one.to for one in came):
        return ""
    people = [", ".join(names.name(one.member) for one in some) or "–" for some in (left, came)]
    text = _("{seat}: {before} → {after}, from {date}") if first != {None} else _("{seat}: {before} → {after}")
    return text.format(seat=after.name(date.max), before=people[0], after=people[1], date=next(iter(first)))


def beside(told: Changes) -> Iterator[str]:
    """What is different beside the records: how many documents, and which other files."""
    if told.documents:
        text = ngettext("{count} document built", "{count} documents built", told.documents)
        yield text.format(count=told.documents)
    if told.files:
        shown = ", ".join(told.files[:SHOWN])
        more = len(told.files) - SHOWN
        yield _("other files: {files}").format(files=f"{shown} …" if more > 0 else shown)


SHOWN = 3
"""The other files that are named; beyond them it is said that there are more."""


def loud(told: Changes, council: Council, names: Directory, who: str = "") -> Iterator[str]:
    """What was changed after its approval, and by whom, where that is known."""
    text = _("CHANGED AFTER APPROVAL by {name}: {what}") if who else _("CHANGED AFTER APPROVAL: {what}")
    for one in told.records:
        if one.unsealed:
            yield text.format(name=who, what="; ".join((called(one, council, names), *_struck(one, names))))
    for path in told.forged:
        yield text.format(name=who, what=path)


def _struck(one: Changed, names: Directory) -> list[str]:
    """The decisions of approved minutes that were changed."""
    labels: Mapping[str, str] = {**labels_of(one.before, names), **labels_of(one.after, names)}
    struck = (labels[step] for found in one.differences for step in found.way if step in labels and step[:2] == "d-")
    return list(dict.fromkeys(struck))
