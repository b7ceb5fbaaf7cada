"""What is looked at before a document goes public: whether it is a draft, and what it tells the world of people."""

from collections.abc import Callable, Collection, Iterable, Mapping

from atbtst_cli.documents import agenda as agenda_document
from atbtst_cli.documents import minutes as minutes_document
from atbtst_cli.documents.disclosures import Disclosure, disclosures
from atbtst_cli.documents.edition import unnamed
from atbtst_cli.documents.tree import Document
from atbtst_cli.errors import Finding, Refused
from atbtst_cli.language import N_, _, current, words
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules.personal import Kind

CALLED: Mapping[Kind, str] = {
    "identity": N_("an identity number"),
    "phone": N_("a phone number"),
    "email": N_("an e-mail address"),
    "name": N_("the name of somebody who stays unnamed in public"),
}
"""What people call each kind of personal data."""


def minutes(council: Council, meeting: Meeting, *, draft: bool) -> list[Finding]:
    """A warning for each piece of personal data in the public edition of minutes.

    Refused for minutes that are not approved, unless a ``draft`` is wanted.
    """
    return extract(council, meeting, minutes_document.build(meeting, council, "public"), draft=draft)


def extract(council: Council, meeting: Meeting, document: Document, *, draft: bool) -> list[Finding]:
    """The same for an extract of the minutes, in which only what stands there counts."""
    refuse_draft(council, (meeting,), draft=draft)
    return _findings(document, lambda _one: _way_out(council, meeting), unnamed(meeting, council))


def compiled(council: Council, meetings: Iterable[Meeting], document: Document) -> list[Finding]:
    """A warning for each piece of personal data in the public edition of what is drawn from these meetings and more."""
    hint = _("Say it in other words where it stands, or keep it internal.")
    hidden = {name for one in meetings for name in unnamed(one, council)}
    return _findings(document, lambda _one: hint, sorted(hidden))


def refuse_draft(council: Council, meetings: Iterable[Meeting], *, draft: bool) -> None:
    """Refuse to let out minutes that are not approved, unless a ``draft`` is wanted."""
    waiting = next((one for one in meetings if not one.approval), None)
    if waiting and not draft:
        said = _("The minutes {id} are not approved, and a draft goes public only if you say so.").format(id=waiting.id)
        who = _("MEMBER")
        raise _refused(council, said, f"atbtst minutes approve {waiting.id} --by {who}")


def _way_out(council: Council, meeting: Meeting) -> str:
    """What to do about a line of minutes that tells too much."""
    # Minutes that are about to be approved can still be mended without a reason.
    is_sealed, why = council.meetings.get(meeting.id, meeting).approval, _("why")
    return _("Write it as {example}, or take it out, with: {command}").format(
        example=words(current()).SHEET.examples["internal"],
        command=f"atbtst minutes edit {meeting.id}" + (f' --reason "{why}"' if is_sealed else ""),
    )


def agenda(council: Council, meeting: Meeting, *, draft: bool) -> list[Finding]:
    """A warning for each piece of personal data in the public edition of an agenda.

    Refused before the meeting is called, unless a ``draft`` is wanted: until then nobody stands by the agenda, which
    changes with every item that is added or dropped; the call freezes it.
    """
    if not (meeting.called or draft):
        said = _("The meeting {id} is not called yet, and the draft of its agenda goes public only if you say so.")
        raise _refused(council, said.format(id=meeting.id), f"atbtst agenda send {meeting.id}")

    def hint(one: Disclosure) -> str:
        item = one.place.number or _("ITEM")
        return _("Say it in other words, or keep the item out of public documents: {command}").format(
            command=f"atbtst agenda edit {item} --meeting {meeting.id} --internal"
        )

    return _findings(agenda_document.build(meeting, council, "public"), hint, unnamed(meeting, council))


def _refused(council: Council, message: str, command: str) -> Refused:
    mark = words(council.settings.language).DOCUMENT.draft
    hint = _("Make it final with: {command}   Or say --draft, and it says {mark} on every page.")
    return Refused(message, hint.format(command=command, mark=mark))


def _findings(document: Document, hint: Callable[[Disclosure], str], hidden: Collection[str] = ()) -> list[Finding]:
    return [
        Finding(
            "personal-data",
            "warning",
            _("{place} holds {kind}: {line}").format(
                place=one.place, kind=_(CALLED[one.trace.kind]), line=one.trace.excerpt
            ),
            hint=hint(one),
        )
        for one in disclosures(document, hidden)
    ]
