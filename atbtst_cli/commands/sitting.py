"""A secretary at work on one text, which is on disk before it is read and findable until it is in the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import typer

from atbtst_cli.acts import minutes, sheets
from atbtst_cli.acts.sheets import Request, Unclear, Vanished
from atbtst_cli.commands import editor
from atbtst_cli.commands.offers import tell_offers
from atbtst_cli.commands.session import Session
from atbtst_cli.commands.telling import tell, tell_saved
from atbtst_cli.documents.looks import Looks
from atbtst_cli.errors import AtbtstError, Declined, Finding
from atbtst_cli.language import _, current
from atbtst_cli.sheet.prefill import annotate, without_comments
from atbtst_cli.sheet.text import decode
from atbtst_cli.store.sheets import Sheets
from atbtst_cli.store.workspace import Workspace


class Sitting:
    """One text on its way into the record."""

    def __init__(self, session: Session, workspace: Workspace, request: Request, name: str | None = None) -> None:
        """Begin, or with a name go on with a text that is kept."""
        self._session = session
        self._workspace = workspace
        self._request = request
        self._sheets = Sheets(session.store(workspace).repo)
        self._offered: str | None = None
        self._wanted = request.existing or f"{request.day}-{request.network}"
        self._name = name or ""

    def prefilled(self) -> bytes:
        """The sheet to begin with."""
        self._request = sheets.begun(self._workspace.council(), self._request)
        self._offered = minutes.prefilled(self._workspace.council(), self._request, self._session.today)
        return self._offered.encode()

    def take(self, data: bytes) -> None:
        """Make a text the minutes as it stands; where that fails it is kept, and the error says where."""
        text, found = decode(data)
        with self._kept_on_failure():
            self._commit(text, found)

    def write_in_editor(self, data: bytes) -> None:
        """Let the person write until the text is understood, or they leave it as it was."""
        shown, _found = decode(data)
        self._write(shown, shown)

    def go_on(self, data: bytes) -> None:
        """Let the person write on in a text that was kept, with what was not understood at its top.

        One that is understood is saved also when it is left as it is.
        """
        text, _found = decode(data)
        unclear = self._unclear(text)
        shown = annotate(text, unclear, current())
        self._write(shown, shown if unclear else None)

    def _unclear(self, text: str) -> tuple[Finding, ...]:
        """What there is to say of a text that is not understood; what else is in its way is told when it is saved."""
        try:
            sheets.accepted(self._workspace.council(), self._request, text)
        except Unclear as error:
            return error.findings
        except AtbtstError:
            pass
        return ()

    def _write(self, shown: str, untouched: str | None) -> None:
        path = self._keep(shown)
        with self._kept_on_failure():
            while True:
                editor.edit(path)
                text, found = decode(path.read_bytes())
                self._refuse_untouched(text, untouched, shown)
                try:
                    self._commit(text, found)
                    return
                except Unclear as error:
                    shown = annotate(text, error.findings, current())
                except Vanished as error:
                    self._ask_vanished(error)
                    shown = text
                untouched = shown
                self._keep(shown)

    def _refuse_untouched(self, text: str, untouched: str | None, begun: str) -> None:
        """Declined for a text that is empty or was left as it was; what only we wrote is not kept."""
        if not without_comments(text).strip() or (text == untouched == begun == self._offered):
            self._sheets.discard(self._name)
            raise Declined(_("Nothing was written, so nothing was saved."))
        if text == untouched:
            raise Declined(_("You left the text as it was, so nothing was saved."))

    def _ask_vanished(self, error: Vanished) -> None:
        self._session.output.say(error.message, "warn")
        if self._session.interactive and self._session.confirm(_("Are they to go?"), default=False):
            self._request = self._request.model_copy(update={"allow_vanished": True})

    def _keep(self, text: str, *, handed_in: bool = False) -> Path:
        self._request = self._request.model_copy(update={"handed_in": handed_in})
        self._name = self._name or self._sheets.new_name(self._wanted)
        return self._sheets.keep(self._name, text, self._request.model_dump(mode="json"))

    def _commit(self, text: str, found: tuple[object, ...]) -> None:
        self._keep(text, handed_in=True)
        act = minutes.write(self._request, text, self._session.today, Looks.of(self._workspace.tree))
        done = self._session.change(self._workspace, act)
        told = replace(done.answer, findings=(*found, *done.answer.findings))  # type: ignore[arg-type]
        council = self._workspace.council()
        tell(self._session.output, council, told)
        tell_saved(self._session, self._workspace, done)
        tell_offers(self._session.output, council, done.answer.meeting)
        self._sheets.discard(self._name)

    @contextmanager
    def _kept_on_failure(self) -> Iterator[None]:
        """Make sure that whoever is told of a failure is told where the text is."""
        try:
            yield
        except (KeyboardInterrupt, typer.Abort, AtbtstError) as error:
            path = self._sheets.path(self._name)
            if path.exists():
                self._session.output.say(_("Your text is kept: {path}").format(path=path))
                self._session.output.say(
                    _("Go on with: {command}").format(command=f"atbtst minutes resume {self._name}")
                )
            if not isinstance(error, AtbtstError):
                raise Declined(_("Interrupted; nothing was saved.")) from None
            raise
