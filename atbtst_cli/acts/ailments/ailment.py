"""An ailment, and the clone that has it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from shlex import join
from typing import Any

from atbtst_cli.errors import AtbtstError, Refused
from atbtst_cli.language import _
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.store import health
from atbtst_cli.store.disk import told
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.load import load
from atbtst_cli.store.lock import held, is_held
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import WorkTree


@dataclass(frozen=True, slots=True)
class Ailment:
    """One thing that is wrong: what, and what a person does about it, or what ``mend`` does instead.

    ``remedy`` says in words what mending does; it is empty where only a person can. Each line of the ``hint`` is one
    thing to do.
    """

    name: str
    message: str
    hint: str = ""
    remedy: str = ""
    mend: Callable[[], object] | None = None
    is_mended: bool = False

    def tried(self) -> "Ailment":
        """The same after an attempt at mending; what stood in its way is told."""
        try:
            if self.mend:
                self.mend()
        except AtbtstError as error:
            return replace(self, hint=" ".join(filter(None, (error.message, error.hint))))
        except OSError as error:
            return replace(self, hint=told(error).message)
        return self

    def mended(self) -> "Ailment":
        """The same once it is no more."""
        return replace(self, is_mended=True)

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        state = "mended" if self.is_mended else "mendable" if self.mend else "left"
        return {
            "ailment": self.name,
            "state": state,
            "message": self.message,
            "remedy": self.remedy,
            "hint": self.hint,
        }


@dataclass
class Patient:
    """A clone: the workspace's folder, and the workspace as the thing that changes."""

    root: Path
    store: Store

    @property
    def repo(self) -> GitRepo:
        """The repository."""
        return self.store.repo

    @property
    def tree(self) -> WorkTree:
        """The files as they lie there; read anew each time, since mending changes them."""
        return WorkTree(self.root)

    def meetings(self) -> Iterable[Meeting]:
        """Every meeting that can be read; none where the settings cannot."""
        with suppress(AtbtstError):
            yield from load(self.tree).meetings.values()

    @cached_property
    def prefix(self) -> str:
        """The workspace's folder as paths from the repository's top begin."""
        below = self.root.resolve().relative_to(self.repo.top.resolve()).as_posix()
        return "" if below == "." else below + "/"

    @property
    def is_busy(self) -> bool:
        """Whether another command of ours is at work here."""
        return is_held(self.store.lock)

    def git(self, *words: str, folder: Path | None = None) -> str:
        """A command of Git's for a person, to be run from where they stand; paths are from the folder, or the top."""
        where = folder or self.repo.top
        return join(["git", *(() if Path.cwd() == where else ("-C", str(where))), *words])

    def alone(self, work: Callable[[], object]) -> Callable[[], object]:
        """The same work, done while no command of ours can be at work."""

        def guarded() -> object:
            busy = Refused(_("Another atbtst command is at work here."), _("Try again when it is done."))
            with held(self.store.lock, busy):
                return work()

        return guarded

    def git_at_work(self) -> bool | None:
        """Whether a git program works here; None where this system does not tell."""
        return health.git_at_work(self.repo)


Look = Callable[[Patient], Iterator[Ailment]]
