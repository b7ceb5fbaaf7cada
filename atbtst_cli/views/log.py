"""The history of the record: each commit with what it changed of the records, and how it came in, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory, fold
from atbtst_cli.rules import seals
from atbtst_cli.store import tags
from atbtst_cli.store.history import Commit, Lines, Step, day_of, lines
from atbtst_cli.store.layout import KINDS, folder_of, key_of
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import CommitTree, content
from atbtst_cli.views import changes as view
from atbtst_cli.views import wording
from atbtst_cli.views.changes import Changed, Changes
from atbtst_cli.views.merges import Chosen, chosen

Keeps = Callable[[Changed], Changed | None]
"""What of a changed record belongs to what was asked for; None for nothing."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a history is told of: the paths that Git looks at, and what of the changes there counts.

    Where it is not ``all`` of them, a commit without any is not told. ``meeting`` is the one whose approvals count.
    """

    paths: tuple[str, ...] = ()
    keeps: Keeps = lambda one: one
    mentions: bytes = b""
    all: bool = True
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit: what it changed, the day it came in where that is another one, and what a merge brought and decided.

    ``approved`` are the tags of approvals that were set on it.
    """

    step: Step
    changes: Changes
    undoes: tuple[str, ...] = ()
    came: date | None = None
    brought: tuple[int, tuple[str, ...]] | None = None
    chosen: tuple[Chosen, ...] = ()
    approved: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed of what was asked for."""
        told = self.changes
        return not (told.records or told.documents or told.files or self.chosen or self.approved)

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        brought = self.brought and {"commits": self.brought[0], "by": list(self.brought[1])}
        return {
            **self.step,
            "came_in": self.came and self.came.isoformat(),
            "undoes": list(self.undoes),
            "brought": brought,
            "decided": [one.data() for one in self.chosen],
            "approved": list(self.approved),
            **self.changes.data(),
        }


@dataclass
class Log:
    """The history of a council's record, or of something in it; a ``brief`` one counts what is too much to be named."""

    store: Store
    council: Council
    scope: Scope = field(default_factory=Scope)
    brief: bool = False

    def entries(self, since: str | None = None, by: str | None = None) -> Iterator[Entry]:
        """What each commit did, newest first; those after ``since``, and by somebody whose name holds ``by``."""
        for commit, before, after in self.store.commits(since, self.scope.paths):
            if by is None or fold(by) in fold(commit.step["author"]):
                entry = self._entry(commit, before, after)
                if self.scope.all or not entry.is_empty:
                    yield entry

    def _entry(self, commit: Commit, before: CommitTree, after: CommitTree) -> Entry:
        name, is_merge = commit.step["commit"], len(commit.parents) > 1
        touched = {} if is_merge else {**before.entries, **after.entries}
        paths = [path for path in touched if self._may_count(path, before, after)]
        most = wording.MOST if self.brief and self.scope.all else None
        found = view.changes(before, after, paths, lambda folder: self.store.at(name, folder), most)
        made = day_of(commit.step["date"])
        came = self._lines.came.get(name, ("", made))[1]
        authors = self._lines.brought.get(name)
        return Entry(
            commit.step,
            self._kept(found),
            tuple(commit.undoes),
            came if came != made else None,
            (authors.total(), tuple(sorted(authors))) if authors else None,
            tuple(self._chosen(name)) if is_merge else (),
            self._approvals.get(name, ()),
        )

    def _may_count(self, path: str, before: CommitTree, after: CommitTree) -> bool:
        """Whether a file may hold what was asked for, as far as a look at its bytes tells."""
        if not self.scope.mentions:
            return True
        found = (content(tree, path) or b"" for tree in (before, after))
        return key_of(path) is not None and any(self.scope.mentions in data for data in found)

    def _kept(self, found: Changes) -> Changes:
        kept = (self.scope.keeps(self._hushed(one)) for one in found.records)
        return replace(found, records=tuple(one for one in kept if one))

    def _hushed(self, one: Changed) -> Changed:
        """The record, without its values where it is that of a person who has been taken out since."""
        known = self.council.members
        is_gone = one.kind == "members" and (one.id not in known or one.id in self._forgotten)
        return replace(one, hushed=True) if is_gone else one

    @cached_property
    def _forgotten(self) -> frozenset[str]:
        return frozenset(one.id for one in self.council.members.values() if one.forgotten)

    @cached_property
    def _lines(self) -> Lines:
        return lines(self.store.repo)

    @cached_property
    def _approvals(self) -> dict[str, tuple[str, ...]]:
        """The tags of a meeting's approvals by the commits that they stand for."""
        found: dict[str, tuple[str, ...]] = {}
        if self.scope.meeting:
            for tag in tags.tags(self.store.repo, f"{seals.FOLDER}/{self.scope.meeting}"):
                found[tag.commit] = (*found.get(tag.commit, ()), tag.name)
        return found

    def _chosen(self, name: str) -> Iterator[Chosen]:
        """What a merge decided of what was asked for."""
        for one in chosen(self.store, name):
            place = one.record.path.startswith(self.scope.paths or "")
            if place and self.scope.keeps(one.record):
                yield one


# -- what is asked for -------------------------------------------------------------------------------------------------


def scope(council: Council, kind: str, record_id: str) -> Scope:
    """The history of what an id names: a record with what lies beside it, a decision, a seat, a member, a body."""
    path = council.paths.get((kind, record_id), "")
    body, _slash, local = record_id.partition("/")
    found = Scope((path,), all=False)
    match kind:
        case "decisions":
            found = Scope((council.paths["meetings", body],), _about(local), all=False)
        case "seats":
            found = Scope((council.paths["networks", body],), _about(local), all=False)
        case "meetings":
            found = Scope((path.removesuffix("meeting.yaml"),), all=False, meeting=record_id)
        case "matters":
            found = Scope((path, path.removesuffix(".yaml") + "/"), all=False)
        case "members":
            found = Scope((path, KINDS["networks"].folder), _of_member(record_id), record_id.encode(), all=False)
        case "networks":
            folders = tuple(KINDS[name].folder for name in ("meetings", "items", "matters"))
            found = Scope((path, *folders), _of_body(record_id), record_id.encode(), all=False)
    return found


def gone(store: Store, record_id: str) -> Scope | None:
    """The history of a record that is not there any more, by its id; None where there never was one."""
    for commit, _before, _after in store.commits():
        paths = {path for path, *_touch in commit.touched}
        for path in filter(None, map(store.own, paths)):
            if (key := key_of(path)) and key[1] == record_id:
                meeting = record_id if key[0] == "meetings" else ""
                beside = (f"{folder_of(path)}/",) if key[0] in ("meetings", "matters") else ()
                return Scope((path, *beside), all=False, meeting=meeting)
    return None


def _about(local: str) -> Keeps:
    """What is about one part of a record, by its id."""

    def keeps(one: Changed) -> Changed | None:
        found = tuple(told for told in one.differences if not told.way or local in told.way)
        return replace(one, differences=found) if found else None

    return keeps


def _of_member(member: str) -> Keeps:
    """What is of a member: the record, and in those of bodies what is about seats that the member holds."""

    def keeps(one: Changed) -> Changed | None:
        if one.kind == "members":
            return one if one.id == member else None
        seats = {
            seat.id
            for body in (one.before, one.after)
            for seat in getattr(body, "seats", ())
            if any(holding.member == member for holding in seat.holders)
        }
        found = tuple(told for told in one.differences if seats.intersection(told.way[1:2]))
        return replace(one, differences=found) if found else None

    return keeps


def _of_body(body: str) -> Keeps:
    """What is a body's own: its record, its meetings and reports, its action items and matters."""

    def keeps(one: Changed) -> Changed | None:
        bodies = {
            name
            for known in (one.before, one.after)
            for name in (getattr(known, "network", None), *getattr(known, "with_", ()))
        }
        return one if body in bodies or (one.kind, one.id) == ("networks", body) else None

    return keeps


# -- in words ----------------------------------------------------------------------------------------------------------


def head(entry: Entry) -> str:
    """Day, commit, who, and the commit's own words."""
    step = entry.step
    return f"{step['date']} {step['commit'][:10]} {step['author']}: {step['subject']}"


def loud(entry: Entry, council: Council, names: Directory) -> list[str]:
    """What the commit changed after approval, by whom."""
    decided = replace(entry.changes, records=(*entry.changes.records, *(one.record for one in entry.chosen)))
    return list(dict.fromkeys(wording.loud(decided, council, names, entry.step["author"])))


def told(entry: Entry, council: Council, names: Directory) -> Iterator[tuple[str, ...]]:
    """What the commit did: each record with what is different in it, and a line for what else there is to tell."""
    if entry.came:
        text = _("made on {made}, in the shared record since {came}")
        yield (text.format(made=entry.step["date"], came=entry.came),)
    for commit in entry.undoes:
        yield (_("takes back {commit}").format(commit=commit[:10]),)
    if entry.brought:
        count, authors = entry.brought
        text = ngettext("brought in {count} commit by {names}", "brought in {count} commits by {names}", count)
        yield (text.format(count=count, names=" · ".join(authors)),)
    for one in entry.chosen:
        yield (one.said(council, names),)
    for tag in entry.approved:
        yield (_("the seal {tag} is on it").format(tag=tag),)
    yield from wording.records(entry.changes, council, names)
