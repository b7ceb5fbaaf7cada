"""One command's change taken back by a new change, field by field: what was done since stays as it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from atbtst_cli.acts import keeping, minutes
from atbtst_cli.acts.deeds import Deed, Files, Recorded, Sides, lasting, recorded, refuse_lasting
from atbtst_cli.acts.judge import judge
from atbtst_cli.documents.looks import Looks
from atbtst_cli.errors import Finding, Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.differences import differences
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.problems import sound
from atbtst_cli.rules.merging import Clash, merge
from atbtst_cli.store import recordfile
from atbtst_cli.store.history import UNDOES, Commit
from atbtst_cli.store.layout import BUILT, KINDS, key_of
from atbtst_cli.store.load import load
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import CommitTree, Overlay, Unreadable
from atbtst_cli.views import authors
from atbtst_cli.views import undoing as view
from atbtst_cli.views.changes import Changes, changes

UNDO, REDO = "undo: ", "redo: "
"""How the subject of a commit begins that takes another one back; and that of one which takes that back."""
TRAILERS = {"items": "Item", "matters": "Matter", "meetings": "Meeting", "members": "Member", "networks": "Network"}
Clashing = tuple[Finding, Commit | None]
"""What is in the way, and the commit that put it there, as far as that is known."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What is taken back: the commit, everything that changes by it, and the council as it becomes.

    ``findings`` are what the rules say of that council.
    """

    deed: Deed
    changes: Changes
    now: Council
    findings: tuple[Finding, ...] = ()


def undo(store: Store, deed: Deed, looks: Looks, today: date) -> Callable[[Council], Change[Undone]]:
    """Take back what a commit of the branch changed.

    Refused, as a whole, for what no command takes back; where the same field was changed since, with who did it and
    what it says now; and where others have gone on from what would be gone.
    """
    refuse_lasting(deed)

    def act(council: Council) -> Change[Undone]:
        return _Undoing(store, deed, council, looks, today).change()

    return act


class _Undoing:
    """One commit, and the tip of the branch from which its change is taken."""

    def __init__(self, store: Store, deed: Deed, council: Council, looks: Looks, today: date) -> None:
        self._store, self._deed, self._council, self._looks, self._today = store, deed, council, looks, today
        self._tip = store.tip()

    def change(self) -> Change[Undone]:
        """The change, and what it does to each record."""
        sides = self._sides()
        keeping.refuse(self._council, self._deed, sides, self._tip)
        written = self._written(sides)
        now = load(Overlay(self._tip, written), self._council, written)
        files = self._as_before(sides) | self._minutes(now, sides)
        files = {path: data for path, data in files.items() if data != self._known(path)}
        keeping.refuse_forgotten(self._store, self._council, self._deed, sides, files)
        tree = Overlay(self._tip, written | files)
        told = Undone(self._deed, changes(self._tip, tree, [*{**written, **files}], lambda _folder: tree), now)
        if not (written or files):
            return Change(told)
        records = {path: new for path, (old, new) in sides.items() if old != new or path in files}
        change = Change(told, self._subject(), self._body(told), self._trailers(), records, files)
        return replace(change, answer=replace(told, findings=self._judged(change)))

    # -- records ----------------------------------------------------------------------------------------------------

    def _sides(self) -> dict[str, tuple[Recorded, Recorded]]:
        """Each record as it is now, and without what the commit changed; Refused where that was changed since."""
        sides: dict[str, tuple[Recorded, Recorded]] = {}
        clashes: list[Clashing] = []
        for path, (theirs, base) in self._deed.records.items():
            mine = recorded(self._tip, path)
            merged = merge(base, mine, theirs)
            for clash in (*merged.clashes, *_moved_on(base, mine, theirs)):
                clashes += self._clashing(path, mine or base, clash)
            clashes += self._decided(path, mine, merged.value)
            if mine and not (merged.value or merged.clashes or self._is_as_left(path)):
                clashes.append(self._file_changed(path))  # it says the same, but not in the same words
            sides[path] = mine, merged.value if merged.clashes else self._sound(path, merged.value)
        if clashes:
            raise self._changed_since(clashes)
        return sides

    def _sound(self, path: str, record: Recorded) -> Recorded:
        """The record; Refused where it makes no sense without what the commit wrote."""
        try:
            return record and sound(record)
        except UsageError as error:
            said = _("{change} is not taken back, because the rest of {path} makes no sense without it. {reason}")
            raise Refused(
                said.format(change=self._deed.named(), path=path, reason=error.message), error.hint
            ) from error

    def _written(self, sides: Sides) -> Files:
        """The files of the records that differ, as far as it takes to read them."""
        return {path: self._file(path, new) for path, (old, new) in sides.items() if old != new}

    def _file(self, path: str, record: Recorded) -> bytes | None:
        if self._is_as_left(path):
            return self._before(path)
        return recordfile.new(path, record) if record else None

    # -- files ------------------------------------------------------------------------------------------------------

    def _is_as_left(self, path: str) -> bool:
        """Whether a file is still as the commit left it."""
        return self._tip.entries.get(path) == self._deed.after.entries.get(path)

    def _known(self, path: str) -> bytes | None:
        return _content(self._tip, path)

    def _before(self, path: str) -> bytes | None:
        return _content(self._deed.before, path)

    def _as_before(self, sides: Sides) -> Files:
        """The files that come back as they were; Refused where one was changed since that nothing is built from."""
        files: Files = {}
        clashes: list[Clashing] = []
        for path in self._deed.touched:
            if self._is_as_left(path) or self._belongs_to_the_past(path, sides):
                files[path] = self._before(path)
            elif not (key_of(path) or BUILT.fullmatch(path) or self._known(path) == self._before(path)):
                clashes.append(self._file_changed(path))
        if clashes:
            raise self._changed_since(clashes)
        return files

    def _file_changed(self, path: str) -> Clashing:
        later = next(authors.of_file(self._store, path, self._commit), None)
        return _changed(f"{path}: {_('the file was changed')}", later), later

    def _belongs_to_the_past(self, path: str, sides: Sides) -> bool:
        """Whether a document is built from a record that becomes again what it was before the commit."""
        found = BUILT.fullmatch(path)
        record = f"{found['folder']}/meeting.yaml" if found else ""
        return record in sides and sides[record][1] == self._deed.records[record][0]

    def _minutes(self, now: Council, sides: Sides) -> Files:
        """The minutes of meetings that become something else than they ever were, made anew."""
        files: Files = {}
        for path, (mine, new) in sides.items():
            if isinstance(new, Meeting) and new not in (mine, self._deed.records[path][0]):
                folder = path.removesuffix("/meeting.yaml")
                built = minutes.documents(now, new, folder, self._looks) if new.held else {}
                there = (one for one in self._tip.paths(folder) if one.startswith(f"{folder}/minutes."))
                files |= {one: built.get(one) for one in there}
        return files

    # -- what is in the way -----------------------------------------------------------------------------------------

    def _judged(self, change: Change[Undone]) -> tuple[Finding, ...]:
        """What the rules say of the change; Refused where others have gone on from what it takes back."""
        found = judge(self._council, change.answer.now, change, self._today)
        clashes: list[Clashing] = []
        for error in (one for one in found if one.level == "error"):
            later = next(authors.of_file(self._store, error.path, self._commit), None) if error.path else None
            clashes.append((replace(error, message=_by(error.message, later)), later))
        if clashes:
            raise self._refused(_("{change} is not taken back, because others have gone on from it."), clashes)
        return tuple(found)

    @property
    def _commit(self) -> str:
        return self._deed.commit.step["commit"]

    def _clashing(self, path: str, record: Recorded, clash: Clash) -> Iterator[Clashing]:
        """A finding for each thing that was changed since: what the command wrote, what it says now, who did it."""
        for one, words in view.clash(path, record, clash, self._council, self._today):
            later = next(authors.of_field(self._store, path, one.way, self._commit), None)
            yield _changed(words, later), later

    def _decided(self, path: str, mine: Recorded, new: Recorded) -> Iterator[Clashing]:
        """A finding for each field that a merge decided since: without the change it is not plain what holds there."""
        ways = [one.way for one in differences(mine, new)] if mine and new else []
        for commit, *_trees in self._store.commits(self._commit, (path,)) if ways else ():
            for one in authors.decided(self._store, commit, path):
                if any(authors.meet(one.difference.way, way) for way in ways):
                    said = one.said(self._council, Directory(self._council, self._today))
                    yield _changed(said, commit), commit

    def _changed_since(self, clashes: Sequence[Clashing]) -> Refused:
        return self._refused(_("{change} is not taken back, because what it wrote was changed later."), clashes)

    def _refused(self, said: str, clashes: Iterable[Clashing]) -> Refused:
        """The refusal, with the change that would have to be taken back first, as far as one is known."""
        first = next((later for _finding, later in clashes if later and len(later.parents) == 1), None)
        hint = self._first(first.step["commit"]) if first else _("Put it right with the command for it.")
        return Refused(said.format(change=self._deed.named()), hint, tuple(finding for finding, _later in clashes))

    def _first(self, commit: str) -> str:
        """How to take back a later commit, or what to do where that one stays."""
        deeds = (Deed(*one) for one in self._store.commits(self._commit) if one[0].step["commit"] == commit)
        for _reason, hint in lasting(next(deeds)):
            return hint
        hint = _("Put it right with the command for it, or take back first what came later: {command}")
        return hint.format(command=f"atbtst undo {commit[:10]}")

    # -- the commit -------------------------------------------------------------------------------------------------

    def _subject(self) -> str:
        subject = self._deed.commit.step["subject"]
        return REDO + subject.removeprefix(UNDO) if subject.startswith(UNDO) else UNDO + subject.removeprefix(REDO)

    def _body(self, told: Undone) -> str:
        return "\n".join(
            (self._deed.named(), "", *view.lines(told.changes, told.now, self._today, without_contact=True))
        )

    def _trailers(self) -> tuple[tuple[str, str], ...]:
        found = (
            (key, record_id)
            for path in self._deed.records
            for name, key in TRAILERS.items()
            if (record_id := KINDS[name].id_in(path))
        )
        return (*found, (UNDOES, self._commit))


def _content(tree: CommitTree, path: str) -> bytes | None:
    """The bytes of a file in a commit, None where there is none; Refused for what is no plain file."""
    try:
        return tree.read(path) if path in tree.entries else None
    except Unreadable as reason:
        raise Refused(
            _("{path} is not taken back: {reason}.").format(path=path, reason=reason), _("Put it right with Git.")
        ) from None


def _moved_on(left: Recorded, now: Recorded, before: Recorded) -> Iterator[Clash]:
    """The clash of a move with the later ones: each begins where the one before ended."""
    if isinstance(left, Meeting) and isinstance(now, Meeting) and isinstance(before, Meeting):
        is_followed = now.moves[: len(left.moves)] == left.moves != now.moves
        if is_followed and left.moves != before.moves:
            yield Clash(("moves",), left.moves, now.moves, before.moves)


def _changed(words: str, later: Commit | None) -> Finding:
    return Finding("changed-since", "error", _by(words, later))


def _by(words: str, later: Commit | None) -> str:
    return f"{words} – {view.who(later.step)}" if later else words
