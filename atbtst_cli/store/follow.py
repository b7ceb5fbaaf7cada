"""How index and work tree follow the branch: laid ready, journalled, finished or taken back by whoever comes next."""

import errno
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.store.disk import naming, prune, replace_synced, sync_folder, told, write_synced
from atbtst_cli.store.gitprogram import PATIENCE, GitFailed, locked
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.interrupts import uninterrupted

STEPS = (
    "locked",
    "index-held",
    "laid-ready",
    "objects",
    "journalled",
    "branch-moved",
    "tree-followed",
    "index-followed",
)
"""The named points of a transaction, in order; a test kills the program at each."""
UNLINKED = b"taken without a hard link"
"""What stands in ``held`` on a file system that has no hard links."""
REPOSITORY = "160000"
"""The mode of another repository within this one, whose files are that one's to follow."""
PASSING = ("held", "ready", "pending.new", "tip-index", "tip-index.lock", "next-index", "next-index.lock", "tagging")
"""What lies in our folder only while a transaction lasts, the locks of a killed git among it."""


def ignore_step(_name: str) -> None:
    """Do nothing at a named point."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a change: its path from the repository's top, its mode, and its blobs before and after.

    ``was`` is the mode that it had before, where that is another one.
    """

    path: str
    mode: str
    old: str | None
    new: str | None
    was: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file: no symbolic link, and no other repository within this one."""
        return self.mode.startswith("100")


@dataclass(frozen=True, slots=True)
class Journal:
    """What a transaction is about to do; it lies on disk while that is not finished.

    ``tags`` are the new tags, by their names; ``branch`` is the one that the commit goes on.
    """

    commit: str
    entries: tuple[Entry, ...]
    branch: str = "HEAD"
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A change as Git is to have it: on top of which commit of which branch, and what the new commit holds.

    ``old`` is None for a branch without commits; ``data`` holds the content of each blob that Git may not have yet;
    ``when`` is ISO with its offset; ``tags`` are messages by the names of the tags. ``parents`` of a commit that joins
    two lines of history are given, its first one first; ``made`` is a commit that is there already, which the branch
    only moves on to.
    """

    branch: str
    old: str | None
    entries: tuple[Entry, ...]
    data: Mapping[str, bytes]
    message: str
    when: str
    tags: Mapping[str, str] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    made: str | None = None


class Follower:
    """The part of a transaction that touches refs, index and work tree.

    ``saved`` is the commit that the branch was moved to last.
    """

    def __init__(self, repo: GitRepo, step: Callable[[str], None]) -> None:
        """Work in a folder of our own inside the repository's Git folder."""
        self._repo = repo
        self._step = step
        self._folder = repo.ours
        self._ready = self._folder / "ready"
        self._pending = self._folder / "pending"
        self._held = self._folder / "held"
        self._index = repo.git_dir / "index"
        self._index_lock = repo.git_dir / "index.lock"
        self.saved: str | None = None

    def commit(self, plan: Plan, still: Callable[[], bool]) -> tuple[str, list[str]] | None:
        """Move the branch to a new commit and follow; None where it had moved meanwhile.

        ``still`` is asked once nobody else can change the index: whether the plan still fits; it may raise. Returns
        the commit, and the paths that somebody changed at this very moment and that were left as they are.
        """
        moved = False
        try:
            self._hold_index(plan.entries)
            if not still():
                return None
            self._lay_ready(plan)
            made = self._make(plan)
            with uninterrupted():  # what has begun here is finished, so that the answer is never half true
                moved = self._move(plan, made)
                return (made.commit, self._finish(made.commit)) if moved else None
        finally:
            if not moved:
                self.settle()
                self._prune(plan.entries)

    def settle(self) -> list[str] | None:
        """Finish what the journal says if its commit is in the branch that is checked out, else take it back.

        None where there was nothing to finish; otherwise the paths that were left because somebody changed them.
        """
        journal = self._journalled()
        left = None
        if journal:
            self._release_refs(journal)
        if journal and journal.tags:
            self._settle_tags(journal)
        if journal and self._repo.contains("HEAD", journal.commit):
            left = self._follow_tree(journal)
            self._follow_index(journal)
        self._release_index()
        for path in (self._folder / name for name in PASSING):
            with naming(path):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        self._pending.unlink(missing_ok=True)
        return left

    def _release_refs(self, journal: Journal) -> None:
        """Take away the locks of refs that a killed git of ours left; none is at work while we hold our own lock."""
        moved = {"HEAD": journal.commit, journal.branch: journal.commit}
        moved |= {f"refs/tags/{name}": tag for name, tag in journal.tags.items()}
        begun = self._pending.stat().st_mtime_ns
        for name, commit in moved.items():
            self._repo.release_ref(name, commit, begun)

    def _settle_tags(self, journal: Journal) -> None:
        """Make sure that the tags are there if the commit is on its branch, and only then.

        Git moves several refs at once but writes them one after the other: a killed one may have written some.
        """
        stays = self._repo.contains(journal.branch, journal.commit)
        for name, tag in journal.tags.items():
            there = self._repo.ref(f"refs/tags/{name}")
            if stays and there is None:
                self._repo.move_refs([(f"refs/tags/{name}", tag, self._repo.nothing)], "atbtst: finished")
            elif not stays and there == tag:
                self._repo.move_refs([(f"refs/tags/{name}", self._repo.nothing, tag)], "atbtst: taken back")

    def _make(self, plan: Plan) -> Journal:
        """The new commit on no branch yet, and its tags under no name."""
        commit = plan.made or self._make_commit(plan)
        place = self._folder / "tagging"
        tags = {name: self._repo.make_tag(name, commit, said, plan.when, place) for name, said in plan.tags.items()}
        self._step("objects")
        return Journal(commit, plan.entries, plan.branch, tags)

    def _make_commit(self, plan: Plan) -> str:
        self._repo.store_files([self._ready / blob for blob in plan.data])
        changes = [(entry.path, entry.mode, entry.new) for entry in plan.entries]
        tree = self._repo.write_tree(plan.old, changes, self._folder / "tip-index")
        return self._repo.commit_tree(tree, plan.parents or ((plan.old,) if plan.old else ()), plan.message, plan.when)

    def _move(self, plan: Plan, made: Journal) -> bool:
        """Write the journal and move the branch and the tags; False where one had moved meanwhile."""
        self._journal(made)
        nothing = self._repo.nothing
        moves = [(plan.branch, made.commit, plan.old or nothing)]
        moves += [(f"refs/tags/{name}", tag, nothing) for name, tag in made.tags.items()]
        try:
            return self._repo.move_refs(moves, "atbtst: " + (plan.message.splitlines() or ["sync"])[0])
        except GitFailed:
            if not self._repo.contains(plan.branch, made.commit):
                raise
            return True  # it was stopped, or ran out of room, when the branch had moved already

    def _finish(self, commit: str) -> list[str]:
        self.saved = commit
        self._step("branch-moved")
        try:
            return self.settle() or []
        except OSError as error:
            raise Refused(
                _("The change is saved in the record as commit {commit}, but the files could not follow. {why}").format(
                    commit=commit[:10], why=told(error).message
                ),
                _("Do not make it again: the next atbtst command lets them follow. Git refuses changes until then."),
            ) from error

    def _lay_ready(self, plan: Plan) -> None:
        """Write the new files beside the repository and make their folders, so that following is only renaming."""
        self._ready.mkdir()
        for entry in plan.entries:
            if entry.new is None or not entry.is_file:
                continue
            data = plan.data[entry.new] if entry.new in plan.data else self._repo.content(entry.new)
            write_synced(self._ready / entry.new, data)
            target = self._repo.top / entry.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if not os.access(target.parent, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target.parent))
        self._step("laid-ready")

    def _hold_index(self, entries: Sequence[Entry]) -> None:
        """Take Git's index lock and write the user's next index into it."""
        self._held.unlink(missing_ok=True)  # never written over: it may be the same file as the index
        write_synced(self._held, b"")
        deadline = time.monotonic() + PATIENCE
        while not self._take_index_lock():
            if time.monotonic() > deadline:
                self._held.unlink()
                raise locked(self._index_lock)
            time.sleep(0.05)
        index = self._folder / "next-index"
        if self._index.exists():
            write_synced(index, self._index.read_bytes())
            # With its time: by that Git knows which files may have changed since without looking so.
            known = self._index.stat()
            with naming(index):
                os.utime(index, ns=(known.st_atime_ns, known.st_mtime_ns))
        self._repo.change_index(index, [(entry.path, entry.mode, entry.new) for entry in entries])
        write_synced(self._index_lock, index.read_bytes())
        like = self._index if self._index.exists() else self._repo.git_dir
        self._index_lock.chmod(like.stat().st_mode & 0o666)
        self._step("index-held")

    def _take_index_lock(self) -> bool:
        """Take the lock by a hard link, by which whoever comes next sees that it was ours."""
        try:
            os.link(self._held, self._index_lock)
        except FileExistsError:
            return False
        except OSError:
            return self._take_without_link()
        return True

    def _take_without_link(self) -> bool:
        try:
            os.close(os.open(self._index_lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            return False
        write_synced(self._held, UNLINKED)
        return True

    def _journal(self, journal: Journal) -> None:
        replace_synced(self._pending, json.dumps(asdict(journal)).encode())
        self._step("journalled")

    def _journalled(self) -> Journal | None:
        try:
            written = json.loads(self._pending.read_bytes())
            return Journal(**{**written, "entries": tuple(Entry(**entry) for entry in written["entries"])})
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError):
            raise Refused(
                _("{path} cannot be read; it says what an interrupted command had begun.").format(path=self._pending),
                _("See with git status what is not as it should be, put it right, and take the file away."),
            ) from None

    def _ours(self) -> bool:
        """Whether the index lock that lies there was taken by us."""
        if not (self._held.exists() and self._index_lock.exists()):
            return False
        return self._held.samefile(self._index_lock) or self._held.read_bytes() == UNLINKED

    def _follow_index(self, journal: Journal) -> None:
        if self._ours():
            self._index_lock.replace(self._index)
            sync_folder(self._repo.git_dir)
        else:
            staged = self._repo.staged([entry.path for entry in journal.entries])
            behind = [entry for entry in journal.entries if staged.get(entry.path) == entry.old != entry.new]
            if behind:
                self._repo.change_index(self._index, [(entry.path, entry.mode, entry.new) for entry in behind])
        self._held.unlink(missing_ok=True)
        self._step("index-followed")

    def _release_index(self) -> None:
        if self._ours():
            self._index_lock.unlink()
        self._held.unlink(missing_ok=True)

    def _follow_tree(self, journal: Journal) -> list[str]:
        left = [entry.path for entry in journal.entries if not self._follow(entry)]
        for folder in sorted({(self._repo.top / entry.path).parent for entry in journal.entries}):
            sync_folder(folder)
        self._step("tree-followed")
        return left

    def _follow(self, entry: Entry) -> bool:
        """Make one file as the commit has it; False where it is neither as before nor as it should be."""
        target = self._repo.top / entry.path
        if entry.mode == REPOSITORY:
            return True
        fits = target.is_symlink() != entry.is_file and not (entry.is_file and target.is_dir())
        if not fits and (target.is_symlink() or target.exists()):
            return False
        if not self._is_as_before(target, entry):
            return self._is_as_after(target, entry)
        if entry.new is None:
            target.unlink(missing_ok=True)
            prune(target.parent, self._repo.top)
        elif entry.is_file:
            self._replace(target, self._ready / entry.new, entry.new)
            _let_run(target, entry)
        else:
            self._link(target, self._repo.content(entry.new))
        return True

    def _is_as_before(self, target: Path, entry: Entry) -> bool:
        """Whether a file is as the old commit has it, and not yet as the new one has it too."""
        now = content(target)
        if now is not None and self._repo.blob_id(now) in (entry.old, entry.new):  # asks no git, which takes long
            return self._repo.blob_id(now) != entry.new
        is_new = self._repo.is_one_of(entry.path, now, {entry.new})
        return not is_new and self._repo.is_one_of(entry.path, now, {entry.old})

    def _is_as_after(self, target: Path, entry: Entry) -> bool:
        """Whether a file is as the new commit has it; then it can be run if that says so."""
        is_new = self._repo.is_one_of(entry.path, content(target), {entry.new})
        if is_new:
            _let_run(target, entry)
        return is_new

    def _link(self, target: Path, leads_to: bytes) -> None:
        near = target.with_name(f".{target.name}.atbtst")
        near.unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        near.symlink_to(os.fsdecode(leads_to))
        near.replace(target)

    def _replace(self, target: Path, ready: Path, blob: str) -> None:
        if not ready.exists():
            ready.parent.mkdir(exist_ok=True)
            write_synced(ready, self._repo.content(blob))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            ready.chmod(target.stat().st_mode & 0o777)
        try:
            ready.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            near = target.with_name(f".{target.name}.atbtst")
            write_synced(near, ready.read_bytes())
            near.chmod(ready.stat().st_mode & 0o777)
            near.replace(target)

    def _prune(self, entries: Sequence[Entry]) -> None:
        """Take away folders that were made for files that did not come."""
        for entry in entries:
            prune((self._repo.top / entry.path).parent, self._repo.top)


def _let_run(target: Path, entry: Entry) -> None:
    """Make a file one that can be run, or no longer, where that is part of the change."""
    if entry.was and entry.is_file and target.exists():
        mode = target.stat().st_mode & 0o777
        target.chmod(mode | (mode & 0o444) >> 2 if entry.mode.endswith("755") else mode & ~0o111)


def content(target: Path) -> bytes | None:
    """The bytes of a file, or where a symbolic link leads; None where there is neither."""
    if target.is_symlink():
        return os.fsencode(target.readlink())
    return target.read_bytes() if target.exists() else None
