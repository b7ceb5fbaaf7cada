"""One change becomes one commit, or nothing.

The order is the promise. Under our own lock Git's index lock is taken, holding the user's next index, and the new
files are laid ready; a journal says what is about to happen; then the branch moves by compare-and-swap; then the work
tree follows, and last, as its lock is let go, the index: until then Git itself refuses every commit and stash that
would take the change back. Whoever is killed on the way leaves the journal, and the next command finishes it or takes
it back.
"""

import os
import posixpath
import shlex
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

from atbtst_cli.errors import AtbtstError, Finding, Invalid, Refused
from atbtst_cli.language import _
from atbtst_cli.models.base import Record
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.settings import Settings
from atbtst_cli.store import merging, recordfile, yamlfile
from atbtst_cli.store.crossing import ALONE, PLAIN, Changed, Crossing, Sides, planned, stacked, with_mode
from atbtst_cli.store.disk import told
from atbtst_cli.store.follow import REPOSITORY, Entry, Follower, Plan, content, ignore_step
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.history import Commit, Step, Touch, history, touches, versions, walk
from atbtst_cli.store.layout import KINDS, SETTINGS, key_of
from atbtst_cli.store.load import load
from atbtst_cli.store.lock import held
from atbtst_cli.store.tree import CommitTree, Overlay, Tree, Unreadable, WorkTree

Answer = TypeVar("Answer")

PATIENCE = 60
"""Seconds to wait for another command on the same workspace."""
TRIES = 5


@dataclass(frozen=True, slots=True)
class Done(Generic[Answer]):
    """What a transaction did: the act's answer, the commit (None where nothing changed), and its files.

    ``left`` names files that somebody changed by hand at the very moment; they were not touched.
    """

    answer: Answer
    commit: str | None
    paths: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Store:
    """A workspace as the thing that changes: every change goes through ``commit``."""

    def __init__(self, root: Path, now: Callable[[], datetime], step: Callable[[str], None] = ignore_step) -> None:
        """Open the repository around a workspace; ``step`` hears of each named point of a transaction."""
        self.repo = GitRepo(root)
        self._work = WorkTree(root)
        self._top = WorkTree(self.repo.top)
        below = root.resolve().relative_to(self.repo.top.resolve()).as_posix()
        self._prefix = "" if below == "." else below + "/"
        self._now = now
        self._step = step
        self._follower = Follower(self.repo, step)
        self._councils: dict[str, Council] = {}

    @property
    def saved(self) -> str | None:
        """The commit that was saved last; a run that is broken off later has to say so."""
        return self._follower.saved

    @property
    def lock(self) -> Path:
        """The lock that every command of ours holds while it changes something."""
        return self.repo.ours / "lock"

    def tip(self) -> CommitTree:
        """The workspace as the branch's newest commit has it."""
        return self._tree(self.repo.commit_of(self.repo.branch()))

    def at(self, commit: str, folder: str = "") -> CommitTree:
        """The workspace, or the files of one of its folders, as a commit has it."""
        return self._tree(commit, folder)

    def council(self, commit: str) -> Council:
        """What a commit says; whoever asks for the same one again finds what was read before."""
        if commit not in self._councils:
            self._councils[commit] = load(self.at(commit))
        return self._councils[commit]

    def history(self, path: str, since: str | None = None, until: str | None = None) -> list[Step]:
        """The commits that touched a path of the workspace, newest first; after one and up to one, if that is given."""
        return history(self.repo, self._prefix + path, since, until or "HEAD")

    def versions(self, path: str) -> list[tuple[Step, CommitTree, CommitTree]]:
        """The commits that touched a path, newest first, each with trees of that one file before and after."""

        def alone(entry: tuple[str, str] | None) -> CommitTree:
            return CommitTree(self.repo, {path: entry} if entry else {})

        found = versions(self.repo, self._prefix + path)
        return [(step, alone(before), alone(after)) for step, before, after in found]

    def passages(self, folder: str) -> list[tuple[Step, CommitTree]]:
        """The commits that touched a folder or a file of the workspace, newest first, each with what it left there."""

        def left(touched: list[Touch]) -> CommitTree:
            return CommitTree(self.repo, {path.removeprefix(self._prefix): new for path, _old, new in touched if new})

        return [(step, left(touched)) for step, touched in touches(self.repo, self._prefix + folder)]

    def own(self, path: str) -> str | None:
        """The path in the workspace of a file that is named from the repository's top; None for one outside it."""
        return path.removeprefix(self._prefix) if path.startswith(self._prefix) else None

    def commits(
        self, since: str | None = None, paths: Collection[str] = (), until: str = "HEAD"
    ) -> Iterator[tuple[Commit, CommitTree, CommitTree]]:
        """The branch's commits, newest first, each with trees of the files that it touched, before and after.

        Those after ``since``, and those that touched some paths, if that is given; ``until`` is the newest of another
        line of history. Only as many are read as are taken.
        """
        where = [self._outside(path) for path in paths] or ([self._prefix] if self._prefix else [])
        for one in walk(self.repo, since, where, until):
            old, new = ({path: touch[side] for path, *touch in one.touched} for side in (0, 1))
            yield one, self._of(old), self._of(new)

    def differing(self, before: str | None, after: str | None = None) -> tuple[CommitTree, Tree, list[str]]:
        """Two commits, or a commit and the files as they lie here, with the paths at which they differ.

        Without a commit ``before``, on a branch that has none yet, everything is new.
        """
        if before is None:
            return self._of({}), self._work, self._work.paths("records")
        if after is None:
            changed = [one for one in self.repo.changed_files(before, self._prefix) if not self._is_still(*one)]
            return self._of(dict(changed)), self._work, [path.removeprefix(self._prefix) for path, _entry in changed]
        found = [one for one in self.repo.changes(before, after) if one[0].startswith(self._prefix)]
        old, new = ({path: touch[side] for path, *touch in found} for side in (0, 1))
        return self._of(old), self._of(new), [path.removeprefix(self._prefix) for path, *_touch in found]

    def _is_still(self, path: str, entry: tuple[str, str] | None) -> bool:
        """Whether a plain file lies here as a commit has it, line ends as Git would file them."""
        try:
            data = self._work.read(path.removeprefix(self._prefix))
        except (KeyError, Unreadable):
            return False
        return entry is not None and entry[0].startswith("100") and self.repo.is_one_of(path, data, {entry[1]})

    def _of(self, entries: Mapping[str, tuple[str, str] | None]) -> CommitTree:
        """A tree of some files only, which are named from the repository's top."""
        kept = {path.removeprefix(self._prefix): entry for path, entry in entries.items() if entry}
        return CommitTree(self.repo, kept)

    def commit(
        self,
        act: Callable[[Council], Change[Answer]],
        judge: Callable[[Council, Council, Change[Answer]], list[Finding]],
        named: Collection[str] = (),
    ) -> Done[Answer]:
        """Compute a change from the branch's tip and make it one commit.

        Where the branch moved meanwhile the act is computed again. Refused where the state of the repository, the
        user's own edits or the disk forbid it; Invalid where ``judge`` finds errors that the change would add.
        Edits of the records that the user ``named`` are told before anything else, since what the act would say is
        of the branch's tip, and what the user sees are the files.
        """
        waiting = iter((named,))  # looked at once: files do not follow a branch that is moved, and nobody edited them

        def attempt() -> Done[Answer] | None:
            return self._try(act, judge, next(waiting, ()))

        return self._until_done(attempt)

    def merge(
        self,
        theirs: str,
        act: Callable[[Crossing], Change[Answer]],
        judge: Callable[[Crossing, Council], list[Finding]],
    ) -> Done[Answer | None]:
        """Take in another line of history: move on to its commit, or join it with the branch in one new commit.

        ``act`` says what becomes of every file that both lines changed. The new commit follows the other line first,
        so that from one to the next it tells what everybody saw. Refused and Invalid as ``commit`` is; Refused too
        where the two have nothing in common.
        """
        return self._until_done(lambda: self._join(theirs, act, judge))

    def standing_on(self, theirs: str, mine: str, message: str) -> str:
        """The id of a new commit, on no branch yet, that has what one has and follows another that it holds first."""
        return self.repo.commit_tree(f"{mine}^{{tree}}", (theirs, mine), message, self._when())

    def between(self, old: str, new: str) -> list[str]:
        """The paths, as the workspace has them, at which two commits differ."""
        return [self._inside(path) for path, _old, _new in self.repo.changes(old, new)]

    def crossing(self, mine: str, theirs: str) -> Crossing:
        """Two lines of history where they meet; Refused where they have nothing in common."""
        return self._crossed_lines(mine, theirs)[0]

    def rehearse(
        self,
        crossing: Crossing,
        act: Callable[[Crossing], Change[Answer]],
        judge: Callable[[Crossing, Council], list[Finding]],
    ) -> tuple[Finding, ...]:
        """What ``merge`` would find where two lines of history meet; nothing is changed."""
        return _tried(crossing, act, judge)[2]

    def edited(self) -> list[str]:
        """The records of the workspace that are not as the branch has them: changed by hand, or not added yet."""
        found = self.repo.status(self._prefix + "records")
        paths = [path.removeprefix(self._prefix) for path in found]
        return [path for path in paths if key_of(path)]

    def _until_done(self, attempt: Callable[[], Done[Answer] | None]) -> Done[Answer]:
        """What an attempt did, made again where the branch moved meanwhile."""
        try:
            with self._locked():
                self._ready()
                for _attempt in range(TRIES):
                    if (done := attempt()) is not None:
                        return done
        except OSError as error:
            raise told(error) from error
        finally:
            self.repo.close()
        raise Refused(
            _("The branch moved {count} times while the change was made.").format(count=TRIES), _("Try again.")
        )

    def finish_interrupted(self) -> bool:
        """Finish or take back what an interrupted command left, unless another command is at work or it cannot be."""
        try:
            with self._locked(patience=0):
                return self._follower.settle() is not None
        except (AtbtstError, OSError):
            return False

    @contextmanager
    def _locked(self, patience: float = PATIENCE) -> Iterator[None]:
        busy = Refused(
            _("Another atbtst command has been at work here for {seconds} seconds.").format(seconds=round(patience)),
            _("Wait until it is done, then try again."),
        )
        with held(self.lock, busy, patience, self._lend):
            try:
                self._step("locked")
                yield
            finally:
                self.repo.lent = ()

    def _lend(self, lock: int) -> None:
        """Let each git process hold our lock, so that nobody comes in while one of a killed command still works."""
        self.repo.lent = (lock,) if os.name == "posix" else ()

    def _ready(self) -> None:
        self._follower.settle()
        self.repo.identity()

    def _tree(self, commit: str | None, folder: str = "") -> CommitTree:
        entries = self.repo.entries(commit, self._prefix + folder) if commit else {}
        here = {path.removeprefix(self._prefix): entry for path, entry in entries.items()}
        return CommitTree(self.repo, here, beside=self._work)

    def _try(self, act: Any, judge: Any, named: Collection[str]) -> Done[Any] | None:
        self.repo.refuse_unfinished()
        branch = self.repo.branch()
        old = self.repo.commit_of(branch)
        tree = self._tree(old)
        self._refuse_unrecorded(branch, tree)
        self._refuse_hand_edits(self._as_is(named, tree))
        before = load(tree)
        change = act(before)
        files = _files(change, tree)
        if not files:
            return Done(change.answer, None)
        after = load(Overlay(tree, files), before, files)
        _prove(change, after)
        findings = judge(before, after, change)
        if errors := tuple(finding for finding in findings if finding.level == "error"):
            raise Invalid(_("Nothing was changed, because the change would leave errors in the record."), "", errors)
        self._refuse_known(change.tags)
        entries, data = self._entries(files, tree)
        plan = Plan(branch, old, entries, data, change.message(), self._when(), change.tags)
        made = self._follow(plan)
        return made and Done(change.answer, made[0], tuple(files), tuple(made[1]), tuple(findings))

    def _join(self, theirs: str, act: Any, judge: Any) -> Done[Any] | None:
        self.repo.refuse_unfinished()
        branch = self.repo.branch()
        old = self.repo.commit_of(branch)
        if old and self.repo.contains(old, theirs):
            return Done(None, None)
        if old is None or self.repo.contains(theirs, old):
            changed = self.repo.changes(old or self.repo.empty_tree, theirs)
            plan = Plan(branch, old, planned(changed), {}, "", self._when(), made=theirs)
            done: Done[Any] = Done(None, None)
        else:
            plan, done = self._joined(branch, old, theirs, act, judge)
        made = self._follow(plan)
        paths = tuple(self._inside(entry.path) for entry in plan.entries)
        return made and replace(done, commit=made[0], paths=paths, left=tuple(made[1]))

    def _joined(self, branch: str, mine: str, theirs: str, act: Any, judge: Any) -> tuple[Plan, Done[Any]]:
        """The plan of a commit that joins two lines of history, and what is known of it before it is made."""
        crossing, changed = self._crossed_lines(mine, theirs)
        change, files, findings = _tried(crossing, act, judge)
        entries, data = self._entries(files, crossing.tree)
        sides = {path: (old, new) for path, old, new in changed}
        for entry in entries:
            old = sides.get(entry.path, (None if entry.old is None else (entry.mode, entry.old), None))[0]
            sides[entry.path] = (old, (entry.mode, entry.new) if entry.new else None)
        crossed = planned((path, old, new) for path, (old, new) in sides.items() if old != new)
        new = {entry.new: data[entry.new] for entry in crossed if entry.new in data}
        plan = Plan(branch, mine, crossed, new, change.message(), self._when(), change.tags, parents=(theirs, mine))
        return plan, Done(change.answer, None, findings=findings)

    def _crossed_lines(self, mine: str, theirs: str) -> tuple[Crossing, list[Changed]]:
        """Two lines of history where they meet, and what their side of it changes of the branch's files."""
        bases = self.repo.bases(mine, theirs)
        if not bases:
            raise Refused(
                _("The shared record and the one here have nothing in common, so they cannot be joined."),
                _("Make a copy of the shared one instead: atbtst clone URL"),
            )
        # Of several bases each alone would let one side win where both had decided against the other before.
        base = self.repo.together(bases)
        # Not by git merge-tree: it takes a meeting that went and another one that came for one that was renamed, and
        # puts into the new one what somebody else wrote in the old one.
        own = {path: (old, new) for path, old, new in self.repo.changes(base, mine)}
        others = {path: (old, new) for path, old, new in self.repo.changes(base, theirs)}
        both = {path: (*own[path], others[path][1]) for path in own if path in others}
        crossed = {path: sides for path, sides in both.items() if sides[1] != sides[2]}
        for path, sides in crossed.items():
            if not all(entry is None or entry[0].startswith("100") for entry in sides):
                raise _not_joined(path, theirs, is_there=sides[2] is not None)
        if twice := next(chain(stacked(own, others), stacked(others, own)), None):
            raise _stacked(twice)
        theirs_alone = [(path, *sides) for path, sides in others.items() if path not in both]
        changed = [*theirs_alone, *((path, sides[1], with_mode(*sides)) for path, sides in crossed.items())]
        mine_alone = {path: new for path, (_old, new) in own.items() if path not in both and self.own(path) is not None}
        new = {self._inside(path): entry for path, entry in mine_alone.items()}
        new |= {self._inside(path): with_mode(*sides) for path, sides in crossed.items()}
        entries = {path: entry for path, entry in {**self._tree(theirs).entries, **new}.items() if entry}
        joined = CommitTree(self.repo, entries, beside=self._work)
        clashes = {self._inside(path): Sides(self.repo, sides) for path, sides in crossed.items()}
        return Crossing(bases[0], mine, theirs, joined, self._tree(mine), self._tree(theirs), clashes), changed

    def _follow(self, plan: Plan) -> tuple[str, list[str]] | None:
        return self._follower.commit(plan, lambda: self._fits(plan))

    def _when(self) -> str:
        return self._now().isoformat(timespec="seconds")

    def _inside(self, path: str) -> str:
        """A path from the repository's top as the workspace has it; one that lies outside begins with ``../``."""
        return posixpath.relpath(path, self._prefix or ".")

    def _outside(self, path: str) -> str:
        """A path of the workspace as the repository's top has it."""
        return posixpath.normpath(self._prefix + path)

    def _refuse_unrecorded(self, branch: str, tree: CommitTree) -> None:
        """Refuse where the workspace lies there, but has not been committed on the branch."""
        if SETTINGS not in tree.entries and (self._work.root / SETTINGS).exists():
            raise Refused(
                _("The branch {branch} holds no {file} yet, so there is no record to change.").format(
                    branch=branch.removeprefix("refs/heads/"), file=SETTINGS
                ),
                _("Save the files that lie here with: {command}").format(
                    command='git add records && git commit -m "First records" -- records'
                ),
            )

    def _refuse_known(self, tags: Collection[str]) -> None:
        """Refuse where a tag is there already, so that none is ever written over."""
        for name in tags:
            if self.repo.ref(f"refs/tags/{name}"):
                raise Refused(
                    _("Git has the tag {name} already, so the record was approved before, here or elsewhere.").format(
                        name=name
                    ),
                    _("See what it is with: git show {name}   If it is to go: git tag -d {name}").format(name=name),
                )

    def _fits(self, plan: Plan) -> bool:
        """Whether the branch is still checked out; Refused where the user's own work is in the way."""
        self.repo.refuse_unfinished()
        if self.repo.branch() != plan.branch:
            return False
        self._refuse_hand_edits(plan.entries)
        return True

    def _entries(
        self, files: Mapping[str, bytes | None], tree: CommitTree
    ) -> tuple[tuple[Entry, ...], dict[str, bytes]]:
        entries, data = [], {}
        for path, written in files.items():
            mode, old = tree.entries.get(path, (PLAIN, None))
            new = self.repo.blob_id(written) if written is not None else None
            entries.append(Entry(self._outside(path), mode, old, new))
            if new is not None and written is not None:
                data[new] = written
        return tuple(entries), data

    def _as_is(self, paths: Collection[str], tree: CommitTree) -> list[Entry]:
        """The files at some paths, as entries that change nothing."""
        found = [(path, *tree.entries.get(path, (PLAIN, None))) for path in paths]
        return [Entry(self._outside(path), mode, blob, blob) for path, mode, blob in found]

    def _refuse_hand_edits(self, entries: Sequence[Entry]) -> None:
        staged = self.repo.staged([entry.path for entry in entries])
        for entry in entries:
            if entry.mode == REPOSITORY:
                continue
            now = self._now_there(entry)
            wanted = {entry.old, entry.new}
            if staged.get(entry.path) not in wanted or not self.repo.is_one_of(entry.path, now, wanted):
                raise _hand_edited(self._inside(entry.path), is_new=entry.old is None, is_gone=now is None)

    def _now_there(self, entry: Entry) -> bytes | None:
        try:
            if not entry.is_file:
                return content(self.repo.top / entry.path)
            return self._top.read(entry.path)
        except KeyError:
            return None
        except IsADirectoryError:
            raise _not_written(self._inside(entry.path), Unreadable(_("it is no plain file"))) from None
        except Unreadable as reason:
            raise _not_written(self._inside(entry.path), reason) from None


def _tried(
    crossing: Crossing,
    act: Callable[[Crossing], Change[Answer]],
    judge: Callable[[Crossing, Council], list[Finding]],
) -> tuple[Change[Answer], dict[str, bytes | None], tuple[Finding, ...]]:
    """What an act makes of two lines of history, its files, and what was found in them."""
    change = act(crossing)
    files = _files(change, crossing.tree, crossing.clashes)
    if forgotten := crossing.clashes.keys() - change.records.keys() - change.documents.keys():
        raise AssertionError(f"nobody said what becomes of {sorted(forgotten)}")
    after = load(Overlay(crossing.tree, files), crossing.council, files)
    _prove(change, after)
    return change, files, tuple(judge(crossing, after))


def _not_written(path: str, reason: Unreadable) -> Refused:
    return Refused(
        _("{path} is not written: {reason}.").format(path=path, reason=reason),
        _("Put a plain file or folder in its place, or move it away, then try again."),
    )


def _not_joined(path: str, theirs: str, *, is_there: bool) -> Refused:
    take = ["git", "checkout", theirs[:10], "--", f":/{path}"] if is_there else ["git", "rm", "-q", "--", f":/{path}"]
    return Refused(
        _("{path} is or was a symbolic link or a repository of its own, and both changed it.").format(path=path),
        _("Take the shared one with: {command}   and then run: {sync}").format(
            command=f'{shlex.join(take)} && git commit -m "{_("why")}"', sync="atbtst sync"
        ),
    )


def _stacked(path: str) -> Refused:
    return Refused(
        _("{path} is a file on one side and a folder on the other, and cannot be both.").format(path=path),
        _("Give yours another name with: {command}   and then run: {sync}").format(
            command=f'{shlex.join(["git", "mv", "--", path, "NEW-NAME"])} && git commit -m "{_("why")}"',
            sync="atbtst sync",
        ),
    )


def _hand_edited(path: str, *, is_new: bool, is_gone: bool) -> Refused:
    if is_new:
        return Refused(
            _("{path} is already there, but not yet part of the record, so it was not overwritten.").format(path=path),
            _('Keep it with: git add -- {path} && git commit -m "why" -- {path}   or move it away.').format(
                path=shlex.quote(path)
            ),
        )
    said = (
        _("{path} was taken away by hand, and that is not saved in the record yet.")
        if is_gone
        else _("{path} was changed by hand, and that is not saved in the record yet. Nothing was overwritten.")
    )
    return Refused(
        said.format(path=path),
        _(
            'Keep your change with: git commit -m "why" -- {path}   or throw it away with: git restore -SW {path}'
        ).format(path=shlex.quote(path)),
    )


def _files(change: Change[Any], tree: CommitTree, clashes: Mapping[str, Sides] = ALONE) -> dict[str, bytes | None]:
    """The new content of every file that the change makes different."""
    wanted: dict[str, bytes | None] = dict(change.documents)
    for path, record in change.records.items():
        sides = clashes.get(path)
        if path in change.documents:
            continue  # the very bytes are given
        if record is not None and sides and sides.mine is not None and sides.theirs is not None:
            wanted[path] = _readable(path, merging.merged(path, sides.base, sides.mine, sides.theirs, record))
        else:
            wanted[path] = None if record is None else _record_bytes(path, record, tree)
    return {path: data for path, data in wanted.items() if data != _known(path, tree)}


def _known(path: str, tree: CommitTree) -> bytes | None:
    try:
        return tree.read(path) if path in tree.entries else None
    except Unreadable as reason:
        raise _not_written(path, reason) from None


def _record_bytes(path: str, record: Record | Settings, tree: CommitTree) -> bytes:
    known = _known(path, tree)
    if known is None:
        return _readable(path, recordfile.new(path, record))
    before = type(record).model_validate(yamlfile.read(known))
    return known if before == record else _readable(path, recordfile.changed(path, known, before, record))


def _readable(path: str, data: bytes) -> bytes:
    """The bytes themselves, unless they are more than would be read again."""
    if len(data) > yamlfile.LARGEST:
        raise Refused(
            _("{path} would be larger than {size} bytes.").format(path=path, size=yamlfile.LARGEST),
            _("Shorten the text, and keep the long part as a paper beside the record."),
        )
    return data


def _prove(change: Change[Any], after: Council) -> None:
    """Make sure that every record written reads back as the record that was meant."""
    for path, record in change.records.items():
        for name, kind in KINDS.items():
            record_id = kind.id_in(path)
            if record is not None and record_id and getattr(after, name).get(record_id) != record:
                raise AssertionError(f"{path} does not read back as it was written")
