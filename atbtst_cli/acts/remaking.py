"""Documents of meetings after a change of all records: those that say something else are made anew, seals with them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from atbtst_cli.acts import agenda, approval, minutes
from atbtst_cli.documents import agenda as agenda_document
from atbtst_cli.documents import minutes as minutes_document
from atbtst_cli.documents.edition import Edition
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.makers import PLACES, name_of
from atbtst_cli.documents.tree import Document
from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import AgendaItem, Amendment, Approval, Meeting
from atbtst_cli.rules import seals

Build = Callable[[Meeting, Council, Edition], Document]


@dataclass(frozen=True, slots=True)
class Remaking:
    """Two states of a council, and what is needed to bring the documents of the first one to the second.

    ``note`` says in approved minutes why they were changed. Documents are made anew where ``files`` has them already.
    """

    before: Council
    after: Council
    note: Amendment
    files: Collection[str]
    looks: Looks

    def meetings(self) -> list[Change[Meeting]]:
        """What becomes of each meeting; nothing of one whose record and documents say the same as before."""
        return [self._meeting(meeting) for meeting in self.after.meetings.values()]

    def _meeting(self, meeting: Meeting) -> Change[Meeting]:
        folder = self.after.paths["meetings", meeting.id].rpartition("/")[0]
        change = self._minutes(meeting, folder) if self._is_changed(meeting) else Change(meeting)
        if not (meeting.called and self._differs(_agenda, meeting)):
            return change
        documents = {
            path: agenda.render(self.after, as_called(meeting), self.looks, form, "internal")
            for form in FORMATS
            if (path := f"{folder}/agenda.{form}") in self.files
        }
        return replace(change, documents={**change.documents, **documents})

    def _is_changed(self, meeting: Meeting) -> bool:
        is_other = meeting != self.before.meetings[meeting.id]
        return bool(meeting.held) and (is_other or self._differs(minutes_document.build, meeting))

    def _differs(self, build: Build, meeting: Meeting) -> bool:
        """Whether a document of the meeting says something else than before, in any edition."""
        was = self.before.meetings[meeting.id]
        return any(build(was, self.before, edition) != build(meeting, self.after, edition) for edition in PLACES)

    def _minutes(self, meeting: Meeting, folder: str) -> Change[Meeting]:
        if meeting.approval and meeting.approval.sealed:
            return self._sealed(meeting, meeting.approval)
        if not meeting.approval:
            self._refuse_opened(meeting, folder)
        documents = {
            path: minutes.render(self.after, meeting, self.looks, form, edition)
            for edition in PLACES
            for form in FORMATS
            if (path := f"{folder}/{name_of(edition, form)}") in self.files
        }
        return Change(meeting, documents=documents)

    def _sealed(self, meeting: Meeting, approved: Approval) -> Change[Meeting]:
        """The minutes with an amendment, the approval that they had, and a new seal.

        Refused where they are not what was approved, which a new seal would cover up.
        """
        if not seals.holds(self.before.meetings[meeting.id]):
            raise Refused(
                _("The minutes {id} are not what was approved on {date}, so they are not sealed anew.").format(
                    id=meeting.id, date=approved.date
                ),
                _("See: {command}").format(command=f"atbtst minutes verify {meeting.id}"),
            )
        noted = (*meeting.amendments, self.note.model_copy(update={"approved": approved.date}))
        amended = meeting.model_copy(update={"amendments": noted})
        change = approval.seal(self.after, amended, approved.model_copy(update={"sealed": None}), self.looks)
        return replace(change, subject=_("Sealed anew: {id}").format(id=meeting.id), body="")

    def _refuse_opened(self, meeting: Meeting, folder: str) -> None:
        """Refuse where the documents of an earlier approval are public while the minutes are being changed."""
        if any(f"{folder}/{name_of('public', form)}" in self.files for form in FORMATS):
            raise Refused(
                _("The minutes {id} were opened again and wait for a new approval.").format(id=meeting.id),
                _("Approve them first with: {command}").format(
                    command=f"atbtst minutes approve {meeting.id} --by {_('MEMBER')}"
                ),
            )


def _agenda(meeting: Meeting, council: Council, edition: Edition) -> Document:
    return agenda_document.build(as_called(meeting), council, edition)


def as_called(meeting: Meeting) -> Meeting:
    """The meeting with the agenda of its call: in the present order, with the titles of that day.

    Presenters and papers are those of the present agenda; what was dropped since stands last.
    """
    titles = {item.id: item.title for item in meeting.called.agenda} if meeting.called else {}

    def then(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        known = (item for item in items if item.id in titles)
        return tuple(item.model_copy(update={"title": titles[item.id], "parts": then(item.parts)}) for item in known)

    now = {item.id for item in meeting.items()}
    dropped = meeting.called.agenda if meeting.called else ()
    gone = (AgendaItem(id=one.id, title=one.title, internal=one.internal) for one in dropped if one.id not in now)
    return meeting.model_copy(update={"agenda": (*then(meeting.agenda), *gone)})
