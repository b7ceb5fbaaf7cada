"""Post: the letters of a call to a meeting, of its minutes, and of reminders, ready to go."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from atbtst_cli import naming
from atbtst_cli.acts import agenda, publishing
from atbtst_cli.acts.recipients import Reached, Recipient, called, informed, owners, told_before
from atbtst_cli.documents import letters
from atbtst_cli.documents.calendar import invitation
from atbtst_cli.documents.edition import Edition, edit
from atbtst_cli.documents.letters import Hands
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.mail import Attachment, Letter
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import Document
from atbtst_cli.errors import Finding, Refused
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.store.layout import paper_path, path_in
from atbtst_cli.store.tree import Unreadable
from atbtst_cli.views import items as items_view
from atbtst_cli.views.items import Wanted

Kind = Literal["agenda", "minutes", "reminder"]
Files = tuple[Attachment, ...]

HEAVIEST = 15_000_000
"""The bytes of files in one letter; with what mail adds to them, more than 20 MB is more than many servers take."""


@dataclass(frozen=True, slots=True)
class Post:
    """A mailing to be: its letters, why others who should get one get none, and what else to look at.

    ``meeting`` is the meeting as the letters tell of it, and ``revision`` counts the states of it that are news to
    those who know an earlier one.
    """

    kind: Kind
    day: date
    meeting: Meeting | None
    revision: int
    letters: tuple[tuple[Recipient, Letter], ...]
    missed: tuple[Finding, ...]
    remarks: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """What tells the mailing from all others; reminders of one day are one mailing."""
        return f"{self.meeting.id}-{self.kind}-{self.revision}" if self.meeting else f"{self.kind}-{self.day}"


def call(
    council: Council, meeting: Meeting, *, today: date, by: str | None, looks: Looks, read: Callable[[str], bytes]
) -> Post:
    """The call to a meeting, with agenda, papers and calendar file; of a cancelled one, that it is cancelled.

    A cancellation goes to those who had the call. ``read`` gives the bytes of a file of the workspace.
    """
    revision = len(meeting.moves) + bool(meeting.cancelled)
    earlier = [one for one in mailings_of(council, "agenda", meeting.id) if one.revision < revision]
    before = told_before(council, meeting, earlier)
    if meeting.cancelled:
        return _post("agenda", today, meeting, revision, before, lambda one: _cancellation(council, meeting, one, by))
    _refuse_past(meeting, today)
    shown = agenda.as_called(meeting, today, by)
    knowing = {one.key for one in before if isinstance(one, Recipient)}

    @cache
    def files(edition: Edition) -> Files:
        title = Scribe(shown, council).words.agenda
        rendered = agenda.render(council, shown, looks, "pdf", edition)
        return _weighed((_file(council, shown, title, "pdf", rendered), *_papers(council, shown, edition, read)))

    def letter(one: Recipient) -> Letter:
        hands, is_update = Hands(by, one.first_name), one.key in knowing
        words = letters.call(shown, council, one.edition, hands, is_update=is_update)
        return _letter(one, words, (*files(one.edition), _calendar(council, shown, one)))

    everybody = called(council, shown)
    remarks = publishing.agenda(council, shown, draft=False) if _public(everybody) else ()
    return _post("agenda", today, shown, revision, everybody, letter, remarks)


def minuted(
    council: Council,
    meeting: Meeting,
    *,
    today: date,
    by: str | None,
    document: Callable[[Edition], bytes],
    draft: bool,
) -> Post:
    """The minutes of a meeting; ``document`` gives them as a PDF in an edition. Refused where there are none.

    The public edition waits for the approval, unless a ``draft`` of it is wanted.
    """
    if not meeting.held:
        raise Refused(
            _("The meeting {id} was not held, so it has no minutes to send.").format(id=meeting.id),
            _("Call to it with: {command}").format(command=f"atbtst agenda send {meeting.id}"),
        )

    @cache
    def files(edition: Edition) -> Files:
        title = council.settings.document_title or Scribe(meeting, council).words.title
        return (_file(council, meeting, title, "pdf", document(edition)),)

    def letter(one: Recipient) -> Letter:
        words = letters.minutes(meeting, council, one.edition, Hands(by, one.first_name))
        return _letter(one, words, files(one.edition))

    revision = 2 * len(meeting.amendments) + bool(meeting.approval)
    everybody = informed(council, meeting)
    public = _public(everybody)
    if public and (meeting.approval or draft):
        remarks = publishing.minutes(council, meeting, draft=draft)
    else:
        remarks = [_waiting(one) for one in public]
        everybody = [one for one in everybody if one not in public]
    return _post("minutes", today, meeting, revision, everybody, letter, remarks)


def reminders(council: Council, wanted: Wanted, *, today: date, by: str | None) -> Post:
    """One reminder for each owner of the wanted items, the most urgent first."""
    items = [line.item for line in items_view.items(council, wanted, today)]
    only = naming.owner(council, wanted.owner, today) if wanted.owner else None

    def letter(one: Recipient) -> Letter:
        own = [council.items[key] for key in one.items]
        return _letter(one, letters.reminder(own, council, Hands(by, one.first_name), today))

    return _post("reminder", today, None, 0, owners(council, items, today, only), letter)


def _refuse_past(meeting: Meeting, today: date) -> None:
    if meeting.date < today:
        raise Refused(
            _("The meeting {id} was to be on {date}, which has passed, so nobody is called to it.").format(
                id=meeting.id, date=meeting.date
            ),
            _("Move it with: {command}").format(command=f"atbtst meeting move {meeting.id} --date"),
        )


def _waiting(one: Recipient) -> Finding:
    """That somebody gets the minutes once they are approved."""
    said = _("{name} gets the public edition, which waits until the minutes are approved").format(name=one.name)
    return Finding("not-approved", "notice", said, hint=_("Send it as a draft with: {option}").format(option="--draft"))


def _cancellation(council: Council, meeting: Meeting, one: Recipient, by: str | None) -> Letter:
    words = letters.cancellation(meeting, council, one.edition, Hands(by, one.first_name))
    return _letter(one, words, (_calendar(council, meeting, one),))


def _post(
    kind: Kind,
    day: date,
    meeting: Meeting | None,
    revision: int,
    reached: Iterable[Reached],
    letter: Callable[[Recipient], Letter],
    remarks: Iterable[Finding] = (),
) -> Post:
    everybody = tuple(reached)
    written = tuple((one, letter(one)) for one in everybody if isinstance(one, Recipient))
    missed = tuple(one for one in everybody if isinstance(one, Finding))
    return Post(kind, day, meeting, revision, written, missed, tuple(remarks))


def _public(reached: Iterable[Reached]) -> list[Recipient]:
    """Those who get the public edition."""
    return [one for one in reached if isinstance(one, Recipient) and one.edition == "public"]


def _letter(one: Recipient, words: Document, files: Files = ()) -> Letter:
    return Letter(one.name, one.address, words, files)


def _file(council: Council, meeting: Meeting, title: str, form: str, data: bytes) -> Attachment:
    return Attachment(f"{title} {cited(council, meeting)}.{form}".strip(), data)


def _calendar(council: Council, meeting: Meeting, one: Recipient) -> Attachment:
    """The meeting as an invitation to that recipient alone; the address to join it only where they may know it."""
    shown = edit(meeting, council, one.edition)
    return _file(council, meeting, "", "ics", invitation(council, shown, ((one.name, one.address),)))


def _papers(council: Council, meeting: Meeting, edition: Edition, read: Callable[[str], bytes]) -> Files:
    """The papers of the agenda items that the edition shows."""
    names = dict.fromkeys(name for item in edit(meeting, council, edition).items() for name in item.papers)
    path = path_in(council, "meetings", meeting.id, meeting.date.year)
    return tuple(Attachment(name, _paper(paper_path(path, name), read)) for name in names)


def _paper(path: str, read: Callable[[str], bytes]) -> bytes:
    try:
        return read(path)
    except KeyError:
        raise Refused(
            _("The paper {path} is not there.").format(path=path),
            _("Put it back, or add it again with: {command}").format(command="atbtst agenda edit ITEM --paper FILE"),
        ) from None
    except Unreadable as reason:
        raise Refused(
            _("{path} cannot be read: {reason}.").format(path=path, reason=reason),
            _("Put a plain file in its place, or take its name out of the record."),
        ) from None


def _weighed(files: Files) -> Files:
    """The files; Refused where they are together more than mail carries."""
    weight = sum(len(one.data) for one in files)
    if weight > HEAVIEST:
        largest = max(files, key=lambda one: len(one.data))
        raise Refused(
            _("Agenda and papers come to {size} MB, and a letter takes {most} MB.").format(
                size=-(-weight // 1_000_000), most=HEAVIEST // 1_000_000
            ),
            _("Shrink {name}, the largest, or write in the agenda item where it can be read.").format(
                name=largest.name
            ),
        )
    return files


def cited(council: Council, meeting: Meeting) -> str:
    """The bodies that meet and the day, as files and commits name a meeting."""
    return f"{Scribe(meeting, council).bodies()} {meeting.date}"


def mailings_of(council: Council, kind: Kind, meeting: str | None) -> list[Mailing]:
    """The mailings of that kind on record, of that meeting or of none."""
    return [one for one in council.mailings.values() if (one.kind, one.meeting) == (kind, meeting)]
