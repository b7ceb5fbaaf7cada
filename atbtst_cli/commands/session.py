"""What one run of the program knows: where it works, who runs it, what day it is."""

import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from atbtst_cli.errors import Invalid, UsageError
from atbtst_cli.language import _, use

if TYPE_CHECKING:
    from atbtst_cli.models.change import Change
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.member import Member
    from atbtst_cli.output import Output
    from atbtst_cli.store.transaction import Done, Store
    from atbtst_cli.store.workspace import Workspace

Answer = TypeVar("Answer")


def _now() -> datetime:
    """The time now with its offset; ATBTST_TODAY sets the day, for rehearsals and examples."""
    now = datetime.now().astimezone()
    wanted = os.environ.get("ATBTST_TODAY")
    if not wanted:
        return now
    try:
        return datetime.combine(date.fromisoformat(wanted), now.timetz())
    except ValueError:
        raise UsageError(_("ATBTST_TODAY is {value}, which is no date.").format(value=wanted)) from None


def ignore_step(_name: str) -> None:
    """Do nothing at a named point of a transaction."""


@dataclass
class Session:
    """One run: options given before the noun, and what a test passes in instead of clock, chance and editor."""

    now: Callable[[], datetime] = _now
    seed: Callable[[], int] = field(default=lambda: secrets.randbits(64))
    step: Callable[[str], None] = ignore_step
    folder: Path | None = None
    language: str | None = None
    quiet: bool = False
    color: bool | None = None
    _stores: "dict[Path, Store]" = field(default_factory=dict, init=False)

    @property
    def today(self) -> date:
        """The day of this run."""
        return self.now().date()

    @property
    def interactive(self) -> bool:
        """Whether somebody sits at a terminal and can be asked."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    @cached_property
    def output(self) -> "Output":
        """Where this run prints."""
        from atbtst_cli.output import Output

        return Output(self.quiet, self.color)

    def confirm(self, question: str, *, default: bool) -> bool:
        """Ask yes or no at the terminal, in Swedish or English, until the answer is one of them."""
        import typer

        answers = {"j": True, "ja": True, "y": True, "yes": True, "n": False, "nej": False, "no": False}
        shown = _("[Y/n]") if default else _("[y/N]")
        while True:
            said = typer.prompt(f"{question} {shown}", default="", show_default=False, err=True).strip().casefold()
            if said in answers or not said:
                return answers.get(said, default)

    def workspace(self, *, finish: bool = True) -> "Workspace":
        """The workspace of this run, in whose language it speaks from now on.

        What a killed command left is finished first, unless the run promises to write nothing.
        """
        from atbtst_cli.store.workspace import Workspace, find

        root = find(self.folder or Path(os.environ.get("ATBTST_WORKSPACE") or "."))
        workspace = Workspace(root)
        if finish:
            self.finish_interrupted(root)
        use(self.language or workspace.language())
        return workspace

    def store(self, workspace: "Workspace") -> "Store":
        """The workspace as the thing that changes."""
        from atbtst_cli.store.transaction import Store

        if workspace.root not in self._stores:
            self._stores[workspace.root] = Store(workspace.root, self.now, self.step)
        return self._stores[workspace.root]

    def finish_interrupted(self, root: Path) -> None:
        """Finish what a killed command left, before anything is read."""
        from atbtst_cli.store.workspace import left_pending

        if left_pending(root):
            from atbtst_cli.store.transaction import Store

            Store(root, self.now).finish_interrupted()

    def me(self, workspace: "Workspace", council: "Council") -> "Member | None":
        """The member at the keyboard, as far as Git's settings tell."""
        from atbtst_cli.naming import me

        repo = self.store(workspace).repo
        return me(council, repo.config("atbtst.member"), repo.config("user.email"))

    def change(self, workspace: "Workspace", act: "Callable[[Council], Change[Answer]]") -> "Done[Answer]":
        """Make a change one commit, say what was found on the way, and hand back what was done."""
        from atbtst_cli.acts.judge import judge

        done = self.store(workspace).commit(act, lambda before, after, change: judge(before, after, change, self.today))
        self.output.findings(done.findings)
        for path in done.left:
            self.output.say(
                _("{path} was changed by somebody at the same moment and was left as it is.").format(path=path), "warn"
            )
        return done

    def by(self, workspace: "Workspace") -> str | None:
        """The id of the member at the keyboard, or None where it is not known."""
        found = self.me(workspace, workspace.council())
        return found.id if found else None

    def say_commit(self, done: "Done[Answer]") -> None:
        """Name the commit that a change became."""
        if done.commit:
            self.output.say(_("Saved in the record as commit {commit}.").format(commit=done.commit[:10]), "quiet")

    def report(self, council: "Council") -> None:
        """Say which records could not be read while a view was made; Invalid, so that the exit code tells too."""
        unreadable = tuple(finding for finding in council.findings if finding.level == "error")
        if unreadable:
            raise Invalid(
                _("Some records could not be read, so the list may lack something."),
                _("See: {command}").format(command="atbtst check"),
                unreadable,
            )
