"""Letters on their way: written as files to be sent by hand, or handed to a mail server, each accounted for at once."""

from collections.abc import Callable, Sequence
from pathlib import Path

from atbtst_cli.acts import mailings
from atbtst_cli.acts.mailings import Outgoing
from atbtst_cli.acts.post import Post
from atbtst_cli.acts.recipients import Recipient
from atbtst_cli.commands.ledger import Ledger
from atbtst_cli.commands.post import How, Uncertain
from atbtst_cli.commands.session import Session
from atbtst_cli.documents import mail
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.mail import Letter, Sender
from atbtst_cli.errors import Declined, Refused
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.mailing import Delivery
from atbtst_cli.models.settings import Mail
from atbtst_cli.output import Column, Row
from atbtst_cli.store.layout import SETTINGS
from atbtst_cli.store.outbox import Outbox
from atbtst_cli.store.smtp import Lost, NotTaken, Server, connected
from atbtst_cli.store.workspace import Workspace

Letters = Sequence[tuple[Recipient, Letter]]


class Sending:
    """The sending of one mailing, in the way that was asked for."""

    _council: Council
    _post: Post
    _ledger: Ledger

    def __init__(self, session: Session, workspace: Workspace, command: str, how: How) -> None:
        """Send from a workspace; ``command`` is what the user typed, without the way it is to go."""
        self._session = session
        self._output = session.output
        self._workspace = workspace
        self._command = command
        self._how = how
        self._looks = Looks.of(workspace.tree)
        self._outbox = Outbox(session.store(workspace).repo)
        self._without = 0

    def run(self, make: Callable[[Council], Post]) -> None:
        """Let the mailing go, nobody else sending meanwhile; a dry run only tells.

        Refused, when all that can be done is done, where somebody is still without a letter.
        """
        if self._how.dry_run:
            self._begin(make)
            self._tell()
            return
        with self._outbox.alone():
            self._settle()
            self._begin(make)
            if not self._post.letters:
                self._end_with_nobody()
            elif self._how.done:
                self._put_down()
            elif self._how.smtp:
                self._send(self._to_go())
            else:
                self._write(self._to_go(), self._how.folder or Path(self._post.name))

    # -- before any letter --------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Put on record what mailings that were broken off have left."""
        for name in self._outbox.names():
            left = self._outbox.get(name, Outgoing.of)
            if left and Ledger(self._session, self._workspace, self._outbox, name, left).record():
                self._output.say(_("A mailing had been broken off; what became of its letters is on record now."))

    def _begin(self, make: Callable[[Council], Post]) -> None:
        """Make the letters, say who gets none, and open the account of the mailing."""
        self._council = self._workspace.council()
        self._post = make(self._council)
        self._session.report(self._council)
        self._output.findings((*self._post.missed, *self._post.remarks))
        outgoing = mailings.begun(
            self._council,
            self._post,
            by=self._session.by(self._workspace),
            seed=self._session.seed(),
            again=self._how.again,
        )
        self._ledger = Ledger(self._session, self._workspace, self._outbox, self._post.name, outgoing)

    def _to_go(self) -> Letters:
        """The letters that are still to go; about one of which nobody knows, somebody is asked."""
        return [(one, letter) for one, letter in self._post.letters if self._is_to_go(one)]

    def _is_to_go(self, one: Recipient) -> bool:
        if not self._warn_of_uncertain(one):
            return not self._has_it(one)
        if self._how.uncertain:
            return self._how.uncertain is Uncertain.SEND
        if self._session.interactive:
            return self._session.confirm(_("Send it again?"), default=False)
        self._output.say(_("It is not sent again. Ask, then say --uncertain send, or --uncertain skip."))
        self._without += 1
        return False

    # -- the ways -----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Say who would get a letter, at which address, with what, and who has it already."""
        columns = [Column(heading, grows=True) for heading in (_("Recipient"), _("Address"), _("Files"), _("State"))]
        rows = [
            Row((one.name, one.address, ", ".join(each.name for each in letter.attachments) or "–", self._state(one)))
            for one, letter in self._post.letters
        ]
        if rows:
            self._output.table(columns, rows, below=(2,))
        self._output.say(_("Nothing was written or sent."))

    def _has_it(self, one: Recipient) -> bool:
        fate = self._ledger.fate(one)
        return fate is not None and fate.status == "sent"

    def _state(self, one: Recipient) -> str:
        states = {
            "sent": _("has it since {when}"),
            "refused": _("gets it; was refused {when}"),
            "uncertain": _("uncertain since {when}"),
        }
        fate = self._ledger.fate(one)
        return states[fate.status].format(when=_when(fate)) if fate else _("gets it")

    def _write(self, chosen: Letters, folder: Path) -> None:
        """Write letters as drafts into a folder; the meeting as they tell of it is kept until they are sent."""
        if chosen:
            sender = self._sender()
            _make(folder)
            for one, letter in chosen:
                (folder / f"{one.key}.eml").write_bytes(mail.draft(letter, sender, self._looks))
            self._ledger.keep_drafts()
            said = ngettext("{count} letter lies in {folder}.", "{count} letters lie in {folder}.", len(chosen))
            self._output.say(said.format(count=len(chosen), folder=folder), "good")
            then = _("Open each in your mail program and send it. Then say: {command}")
            self._output.say(then.format(command=f"{self._command} --done"))
        self._end(chosen)

    def _put_down(self) -> None:
        """Put on record that the letters were sent by hand, the agenda as it stood in the drafts."""
        self._ledger.go_by_drafts()
        waiting = [one for one, _letter in self._post.letters if not self._has_it(one)]
        for one in waiting:
            self._ledger.note(one, "sent")
        if self._ledger.record():
            said = ngettext("{count} letter counts as sent now.", "{count} letters count as sent now.", len(waiting))
            self._output.say(said.format(count=len(waiting)), "good")
        self._end(waiting)

    def _send(self, chosen: Letters) -> None:
        """Hand letters to the mail server; what became of each is on record at the end, whatever that was."""
        settings, sender = self._council.settings.mail, self._sender()
        if settings is None or settings.server is None or sender is None:
            raise Refused(
                _("No mail server is set."),
                _("Put mail: with sender: and server: into {file}, or leave out --smtp to get files.").format(
                    file=SETTINGS
                ),
            )
        self._make_sure_of_the_record()
        try:
            if chosen:
                self._hand_over_all(chosen, settings, sender)
        except Lost as error:
            raise Refused(
                _("The connection to the mail server broke: {reason}.").format(reason=str(error).rstrip(".")),
                _("Run the same command again: no letter that was sent is repeated."),
            ) from error
        except KeyboardInterrupt:
            raise Declined(
                _("The sending was interrupted; what was sent until then is on record."),
                _("Run the same command again to send the rest."),
            ) from None
        finally:
            self._ledger.record()
        self._without += len(self._post.missed)
        self._end(chosen)

    def _hand_over_all(self, chosen: Letters, settings: Mail, sender: Sender) -> None:
        with connected(settings.model_copy(update={"sender": sender.address})) as server:
            for one, letter in chosen:
                data = mail.posted(letter, sender, self._looks, self._session.now(), self._ledger.key(one))
                self._hand_over(server, one, data)

    def _hand_over(self, server: Server, one: Recipient, data: bytes) -> None:
        try:
            server.announce(one.address, len(data))
            self._ledger.note(one, "uncertain")  # whoever is killed from here on cannot know
            server.hand_over(data)
            self._session.step("letter-taken")
        except NotTaken as error:
            self._ledger.note(one, "refused")
            said = _("The mail server did not take the letter to {name}: {reason}")
            self._output.say(said.format(name=one.name, reason=error), "alarm")
            self._without += 1
        except Lost:
            self._warn_of_uncertain(one)
            raise
        else:
            self._ledger.note(one, "sent")
            self._output.say(_("Sent to {name}.").format(name=one.name), "good")

    def _warn_of_uncertain(self, one: Recipient) -> bool:
        """Say that nobody knows whether a recipient got the letter; whether that is so."""
        fate = self._ledger.fate(one)
        if fate is None or fate.status != "uncertain":
            return False
        said = _("Whether {name} got the letter of {when} is not known, because the sending broke off.")
        self._output.say(said.format(name=one.name, when=_when(fate)), "warn")
        return True

    def _make_sure_of_the_record(self) -> None:
        """Refused where what is sent could not be put on record as things stand."""
        meeting = self._post.meeting.id if self._post.meeting else None
        named = (lambda _council: ("meetings", meeting)) if meeting else None
        self._session.change(self._workspace, lambda _council: Change(None), named)

    def _sender(self) -> Sender | None:
        """Who the letters are from, as far as the settings tell."""
        settings = self._council.settings
        if settings.mail is None:
            return None
        address = mail.deliverable(settings.mail.sender)
        if address is None:
            raise Refused(
                _("Mail servers do not take the sender's address {address}.").format(address=settings.mail.sender),
                _("Change sender: under mail: in {file}; before the @ stand a to z only.").format(file=SETTINGS),
            )
        return Sender(settings.name, address)

    # -- at the end ---------------------------------------------------------------------------------------------------

    def _end(self, done: Sequence[object]) -> None:
        """Refused where somebody is still without a letter; where there was nothing to do, that is said."""
        if self._without:
            said = ngettext(
                "{count} recipient is without the letter.", "{count} recipients are without the letter.", self._without
            )
            raise Refused(
                said.format(count=self._without),
                _("Mend what is said above, then run the same command again; nobody gets it twice."),
            )
        if not done and all(self._has_it(one) for one, _letter in self._post.letters):
            once_more = _("Everybody has it already. Send it to all once more with: {command}")
            self._output.say(once_more.format(command=f"{self._command} --again"))

    def _end_with_nobody(self) -> None:
        if self._post.missed:
            raise Refused(_("There is nobody a letter could go to."), _("Mend what is said above, then try again."))
        self._output.say(_("Nobody needs a letter; nothing was sent."))


def _when(fate: Delivery) -> str:
    return (fate.at or "")[:16].replace("T", " ")


def _make(folder: Path) -> None:
    """Make the folder for drafts; they hold addresses, so Git is told to pass over one that is new."""
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / ".gitignore").write_text("*\n", "ascii")
