"""What one run of the program knows: where it works, who runs it, what day it is."""

import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
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


def _rehearsed(now: datetime) -> datetime:
    """The time on the day that ATBTST_TODAY sets, for rehearsals and examples."""
    wanted = os.environ.get("ATBTST_TODAY")
    if not wanted:
        return now
    try:
        return datetime.combine(date.fromisoformat(wanted), now.timetz())
    except ValueError:
        raise UsageError(_("ATBTST_TODAY is {value}, which is no date.").format(value=wanted)) from None


def ignore_step(_name: str) -> None:
    """Do nothing at a named point of a transaction."""


def _paths(council: "Council", named: "Callable[[Council], tuple[str, str]]") -> tuple[str, ...]:
    """The file of the record that was named, as far as one lies there."""
    try:
        return (council.paths[named(council)],)
    except UsageError:
        return ()


def _forget_typed_ahead() -> None:
    try:
        import termios
    except ImportError:  # a system without POSIX terminals
        return
    with suppress(termios.error, OSError, ValueError):
        termios.tcflush(sys.stdin, termios.TCIFLUSH)


@dataclass
class Session:
    """One run: options given before the noun, and what a test passes in instead of clock, chance and editor."""

    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    seed: Callable[[], int] = field(default=lambda: secrets.randbits(64))
    step: Callable[[str], None] = ignore_step
    folder: Path | None = None
    language: str | None = None
    quiet: bool = False
    color: bool | None = None
    _stores: "dict[Path, Store]" = field(default_factory=dict, init=False)

    def now(self) -> datetime:
        """The time now where the council is, with its offset; so its clones agree on the day, wherever they are."""
        return _rehearsed(self.clock().astimezone(self._zone))

    @property
    def today(self) -> date:
        """The day of this run."""
        return self.now().date()

    @cached_property
    def _zone(self) -> tzinfo | None:
        """The zone of the council's times; None, for that of this computer, where no workspace tells."""
        from atbtst_cli.store.workspace import Workspace, root_above

        root = root_above(self.start.absolute())
        return Workspace(root).time_zone() if root else None

    def day(self, text: str, *, held: bool = False, coming: bool = False) -> date:
        """The day that a text means; how it was read is told.

        Without a year it is the nearest such day; for a meeting that was ``held``, not one that is far ahead; for what
        is ``coming``, the first from today on.
        """
        from atbtst_cli import naming
        from atbtst_cli.sheet import moment

        year = moment.coming if coming else moment.held if held else moment.nearest
        day, findings = naming.told_day(text, self.today, year)
        self.output.findings(findings)
        return day

    @property
    def interactive(self) -> bool:
        """Whether somebody sits at a terminal and can be asked."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    @cached_property
    def output(self) -> "Output":
        """Where this run prints."""
        from atbtst_cli.output import Output

        return Output(self.quiet, self.color)

    def ask(self, question: str) -> str:
        """What somebody types at the terminal; what was typed before the question stood there does not count."""
        import typer

        _forget_typed_ahead()
        try:
            return str(typer.prompt(question, default="", show_default=False, err=True)).strip()
        except typer.Abort:
            typer.echo(err=True)  # what is said next begins on a line of its own
            raise

    def confirm(self, question: str, *, default: bool) -> bool:
        """Ask yes or no at the terminal, in Swedish or English, until the answer is one of them."""
        answers = {"j": True, "ja": True, "y": True, "yes": True, "n": False, "nej": False, "no": False}
        shown = _("[Y/n]") if default else _("[y/N]")
        while True:
            said = self.ask(f"{question} {shown}").casefold()
            if said in answers or not said:
                return answers.get(said, default)
            self.output.say(_("Answer with y for yes or n for no."))

    @property
    def start(self) -> Path:
        """The folder in or below which this run's workspace begins to be looked for."""
        return self.folder or Path(os.environ.get("ATBTST_WORKSPACE") or ".")

    def workspace(self, *, finish: bool = True) -> "Workspace":
        """The workspace of this run, in whose language it speaks from now on.

        What a killed command left is finished first, unless the run promises to write nothing.
        """
        from atbtst_cli.store.workspace import Workspace, find

        root = find(self.start)
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

    @property
    def saved(self) -> str | None:
        """The commit that this run saved last, None where it saved nothing."""
        return next((store.saved for store in self._stores.values() if store.saved), None)

    def close(self) -> None:
        """End the Git processes that read for this run."""
        for store in self._stores.values():
            store.repo.close()

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

    def change(
        self,
        workspace: "Workspace",
        act: "Callable[[Council], Change[Answer]]",
        named: "Callable[[Council], tuple[str, str]] | None" = None,
    ) -> "Done[Answer]":
        """Make a change one commit, say what was found on the way, and hand back what was done.

        ``named`` tells the kind and the id of the record that was named on the command line.
        """
        from atbtst_cli.acts.judge import judge

        store = self.store(workspace)
        try:
            done = store.commit(
                act,
                lambda before, after, change: judge(before, after, change, self.today),
                _paths(workspace.council(), named) if named else (),
            )
        except (Invalid, UsageError):
            self._doubt_clock(store)
            raise
        self.output.findings(done.findings)
        for path in done.left:
            self.output.say(
                _("{path} was changed by somebody at the same moment and was left as it is.").format(path=path), "warn"
            )
        return done

    def _doubt_clock(self, store: "Store") -> None:
        """Say so where the record is of a day that has not come here: then what was refused may be right."""
        from atbtst_cli.store.history import newest

        last = newest(store.repo)
        if last and last > self.today and not os.environ.get("ATBTST_TODAY"):
            said = _("The record was last changed on {day}, and this computer's clock says {today}. Is it right?")
            self.output.say(said.format(day=last, today=self.today), "warn")

    def by(self, workspace: "Workspace", council: "Council | None" = None) -> str | None:
        """The id of the member at the keyboard, None where it is not known; a council that is read already serves."""
        found = self.me(workspace, council or workspace.council())
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
