"""What became of each letter of a mailing: on disk before and after it goes, on record at the end."""

from dataclasses import replace

from atbtst_cli.acts import mailings
from atbtst_cli.acts.mailings import Outgoing
from atbtst_cli.acts.recipients import Recipient
from atbtst_cli.commands.session import Session
from atbtst_cli.documents.looks import Looks
from atbtst_cli.models.mailing import Delivery
from atbtst_cli.store.outbox import Outbox
from atbtst_cli.store.workspace import Workspace


class Ledger:
    """The account of one mailing, which may have been begun by an earlier run."""

    def __init__(self, session: Session, workspace: Workspace, outbox: Outbox, name: str, outgoing: Outgoing) -> None:
        """Account for a mailing, as far as it has come; ``name`` is what the outbox knows it by."""
        self._session = session
        self._workspace = workspace
        self._outbox = outbox
        self._name = name
        self._outgoing = outgoing

    def fate(self, one: Recipient) -> Delivery | None:
        """What became of the letter to a recipient, or None for one that has not gone."""
        return self._outgoing.mailing.fate(one.key, one.items)

    def key(self, one: Recipient) -> str:
        """What tells the letter to a recipient from every other; the same one for a letter that goes twice."""
        return "/".join((self._outgoing.mailing.id, one.key, *one.items))

    def note(self, one: Recipient, status: str) -> None:
        """Have on disk what became of the letter to a recipient, or is about to."""
        at = self._session.now().isoformat(timespec="seconds")
        self._outgoing = self._outgoing.noted(one.delivery(status, at))
        self._session.step(f"letter-to-be-noted-{status}")
        self._outbox.keep(self._name, self._outgoing.plain())
        self._session.step(f"letter-noted-{status}")

    def keep_drafts(self) -> None:
        """Have on disk what the meeting is like in drafts, until somebody says that they were sent."""
        self._outbox.keep(self._name, self._outgoing.unsent().plain())

    def go_by_drafts(self) -> None:
        """Take the meeting as the drafts told of it, where some were written."""
        drafted = self._outbox.get(self._name, Outgoing.of)
        if drafted:
            self._outgoing = replace(self._outgoing, meeting=drafted.meeting)

    def record(self) -> bool:
        """Put what is news on record, as one commit; whether there was any."""
        if not mailings.news(self._workspace.council(), self._outgoing):
            return False
        done = self._session.change(self._workspace, mailings.record(self._outgoing, Looks.of(self._workspace.tree)))
        self._session.step("mailing-recorded")
        self._outbox.empty(self._name)
        self._session.say_commit(done)
        return True
