"""One change becomes one commit, or nothing.

The order is the promise. Under our own lock Git's index lock is taken, holding the user's next index, and the new
files are laid ready; a journal says what is about to happen; then the branch moves by compare-and-swap; then the work
tree follows, and last, as its lock is let go, the index: until then Git itself refuses every commit and stash that
would take the change back. Whoever is killed on the way leaves the journal, and the next command finishes it or takes
it back.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from atbtst_cli.errors import AtbtstError, Finding, Invalid, Refused
from atbtst_cli.language import _
from atbtst_cli.models.base import Record
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.settings import Settings
from atbtst_cli.store import splice, yamlfile
from atbtst_cli.store.disk import told
from atbtst_cli.store.follow import Entry, Follower, Plan, ignore_step
from atbtst_cli.store.gitrepo import OLDEST, GitRepo
from atbtst_cli.store.history import Step, Touch, history, touches, versions
from atbtst_cli.store.layout import KINDS, SETTINGS, schema_line
from atbtst_cli.store.load import load
from atbtst_cli.store.lock import held
from atbtst_cli.store.tree import CommitTree, Overlay, Unreadable, WorkTree

Answer = TypeVar("Answer")

PATIENCE = 60
"""Seconds to wait for another command on the same workspace."""
TRIES = 5
PLAIN = "100644"


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
        below = root.resolve().relative_to(self.repo.top.resolve()).as_posix()
        self._prefix = "" if below == "." else below + "/"
        self._now = now
        self._step = step
        self._follower = Follower(self.repo, step)

    def tip(self) -> CommitTree:
        """The workspace as the branch's newest commit has it."""
        return self._tree(self.repo.commit_of(self.repo.branch()))

    def at(self, commit: str, folder: str = "") -> CommitTree:
        """The workspace, or the files of one of its folders, as a commit has it."""
        return self._tree(commit, folder)

    def history(self, path: str, since: str | None = None) -> list[Step]:
        """The commits that touched a path of the workspace, newest first; those after a commit, if that is given."""
        return history(self.repo, self._prefix + path, since)

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
        try:
            with self._locked():
                self._ready()
                for _attempt in range(TRIES):
                    done = self._try(act, judge, named)
                    if done is not None:
                        return done
                    named = ()  # the files do not follow a branch that is moved: they differ, and nobody edited them
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
        with held(self._follower.folder / "lock", busy, patience, self._lend):
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
        if self.repo.version() < OLDEST:
            raise Refused(
                _("Git {version} is too old.").format(version=".".join(map(str, self.repo.version()))),
                _("Install git 2.38 or newer."),
            )
        self.repo.identity()

    def _refuse_unfinished(self) -> None:
        if command := self.repo.in_the_middle_of():
            raise Refused(
                _("A {operation} is not finished here, so nothing was changed.").format(operation=command.split()[1]),
                _("Finish it, or take it back with: {command}").format(command=command),
            )

    def _tree(self, commit: str | None, folder: str = "") -> CommitTree:
        entries = self.repo.entries(commit, self._prefix + folder) if commit else {}
        here = {path.removeprefix(self._prefix): entry for path, entry in entries.items()}
        return CommitTree(self.repo, here, beside=self._work)

    def _try(self, act: Any, judge: Any, named: Collection[str]) -> Done[Any] | None:
        self._refuse_unfinished()
        branch = self.repo.branch()
        old = self.repo.commit_of(branch)
        tree = self._tree(old)
        self._refuse_unrecorded(branch, tree)
        self._refuse_hand_edits({path: _known(path, tree) for path in named}, tree)
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
        when = self._now().isoformat(timespec="seconds")
        plan = Plan(branch, old, entries, data, change.message(), when, change.tags)
        made = self._follower.commit(plan, lambda: self._fits(branch, files, tree))
        if made is None:
            return None
        commit, left = made
        return Done(change.answer, commit, tuple(files), tuple(left), tuple(findings))

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

    def _fits(self, branch: str, files: Mapping[str, bytes | None], tree: CommitTree) -> bool:
        """Whether the branch is still checked out; Refused where the user's own work is in the way."""
        self._refuse_unfinished()
        if self.repo.branch() != branch:
            return False
        self._refuse_hand_edits(files, tree)
        return True

    def _entries(
        self, files: Mapping[str, bytes | None], tree: CommitTree
    ) -> tuple[tuple[Entry, ...], dict[str, bytes]]:
        entries, data = [], {}
        for path, content in files.items():
            mode, old = tree.entries.get(path, (PLAIN, None))
            new = self.repo.blob_id(content) if content is not None else None
            entries.append(Entry(self._prefix + path, mode, old, new))
            if new is not None and content is not None:
                data[new] = content
        return tuple(entries), data

    def _refuse_hand_edits(self, files: Mapping[str, bytes | None], tree: CommitTree) -> None:
        staged = self.repo.staged([self._prefix + path for path in files])
        for path, new in files.items():
            old = tree.entries.get(path, ("", None))[1]
            now = self._now_there(path)
            wanted = {old, self.repo.blob_id(new) if new is not None else None}
            whole = self._prefix + path
            if staged.get(whole) not in wanted or not self.repo.is_one_of(whole, now, wanted):
                raise _hand_edited(path, is_new=old is None, is_gone=now is None)

    def _now_there(self, path: str) -> bytes | None:
        try:
            return self._work.read(path)
        except KeyError:
            return None
        except Unreadable as reason:
            raise _not_written(path, reason) from None


def _not_written(path: str, reason: Unreadable) -> Refused:
    return Refused(
        _("{path} is not written: {reason}.").format(path=path, reason=reason),
        _("Put a plain file or folder in its place, or move it away, then try again."),
    )


def _hand_edited(path: str, *, is_new: bool, is_gone: bool) -> Refused:
    if is_new:
        return Refused(
            _("{path} is already there, but not yet part of the record, so it was not overwritten.").format(path=path),
            _('Keep it with: git add -- {path} && git commit -m "why" -- {path}   or move it away.').format(path=path),
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
        ).format(path=path),
    )


def _files(change: Change[Any], tree: CommitTree) -> dict[str, bytes | None]:
    """The new content of every file that the change makes different."""
    wanted: dict[str, bytes | None] = dict(change.documents)
    for path, record in change.records.items():
        wanted[path] = None if record is None else _record_bytes(path, record, tree)
    return {path: data for path, data in wanted.items() if data != _known(path, tree)}


def _known(path: str, tree: CommitTree) -> bytes | None:
    try:
        return tree.read(path) if path in tree.entries else None
    except Unreadable as reason:
        raise _not_written(path, reason) from None


def _record_bytes(path: str, record: Record | Settings, tree: CommitTree) -> bytes:
    kind = next((kind for kind in KINDS.values() if kind.id_in(path)), None)
    apart = kind.apart if kind else ()
    known = _known(path, tree)
    if known is None:
        return _readable(path, yamlfile.new(_plain(record), schema_line(path), apart))
    before = type(record).model_validate(yamlfile.read(known))
    if before == record:
        return known
    return _readable(path, splice.edit(known, _plain(before), _plain(record), schema_line(path), apart))


def _readable(path: str, data: bytes) -> bytes:
    """The bytes themselves, unless they are more than would be read again."""
    if len(data) > yamlfile.LARGEST:
        raise Refused(
            _("{path} would be larger than {size} bytes.").format(path=path, size=yamlfile.LARGEST),
            _("Shorten the text, and keep the long part as a paper beside the record."),
        )
    return data


def _plain(record: Record | Settings) -> dict[str, Any]:
    return record.model_dump(mode="python", by_alias=True, exclude_defaults=True)


def _prove(change: Change[Any], after: Council) -> None:
    """Make sure that every record written reads back as the record that was meant."""
    for path, record in change.records.items():
        for name, kind in KINDS.items():
            record_id = kind.id_in(path)
            if record is not None and record_id and getattr(after, name).get(record_id) != record:
                raise AssertionError(f"{path} does not read back as it was written")
