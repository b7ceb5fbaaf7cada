"""Lines of the minutes that look like something they do not mark become it, or are declined for good."""

from collections import ChainMap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from atbtst_cli.acts import approval, minutes, sheets
from atbtst_cli.acts.ids import Draw
from atbtst_cli.documents.looks import Looks
from atbtst_cli.errors import Finding, Refused, UsageError
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.sheet.moment import due
from atbtst_cli.sheet.offers.find import Offer, find
from atbtst_cli.sheet.offers.take import take
from atbtst_cli.sheet.people import People, split


@dataclass(frozen=True, slots=True)
class Settled:
    """The minutes after some offers were taken, those that this approved, and what there is to say."""

    meeting: Meeting
    approved: tuple[Meeting, ...]
    findings: tuple[Finding, ...]


def offered(council: Council, meeting: Meeting) -> tuple[Offer, ...]:
    """What the minutes of a held meeting offer, in the order of the document; nothing of those that are approved."""
    if meeting.state != "held":
        return ()
    return find(meeting, Directory(council, meeting.date), council.settings.language)


def open_minutes(meeting: Meeting) -> Meeting:
    """The meeting itself; Refused where it has no minutes that may be changed."""
    if not meeting.held or meeting.cancelled:
        raise Refused(
            _("The meeting {id} was not held, so it has no minutes.").format(id=meeting.id),
            _("See: {command}").format(command=f"atbtst meeting show {meeting.id}"),
        )
    return approval.open_again(meeting, None)


def corrected(council: Council, meeting: Meeting, offer: Offer, who: str, until: str) -> Offer:
    """The offer with other owners and another day, as far as they are said.

    UsageError for words that name nobody, or no day.
    """
    look = offer.look
    if who:
        people = People(Directory(council, meeting.date))
        found = [people.owner(piece.text.removeprefix("@")) for piece in split(who)]
        if unknown := next((one.finding for one in found if one.person is None), None):
            raise UsageError(unknown.message, unknown.hint)
        look = look._replace(owners=tuple(one.person for one in found if one.person is not None))
    if until:
        day = due(until, meeting.date)
        if day is None:
            raise UsageError(
                _("{text} is no day that can be understood.").format(text=until),
                _("Write it as 2026-02-17, 17 februari, v. 8 or nästa möte."),
            )
        look = look._replace(due=day)
    return replace(offer, look=look)


def settle(
    seen: Meeting, taken: Sequence[Offer], declined: Sequence[Offer], *, today: date, seed: int, looks: Looks
) -> Callable[[Council], Change[Settled]]:
    """Mark the lines that were taken, as if the secretary had typed the markers, and keep in mind those declined.

    Refused where the minutes are not those that were ``seen``, to which the offers belong.
    """

    def act(council: Council) -> Change[Settled]:
        request = sheets.Request(network=seen.network, day=seen.date, seed=seed, existing=seen.id)
        meeting = refuse_changed(sheets.base(council, request), sheets.fingerprint(seen))
        marked = take(meeting, taken, Draw(seed, council.items))
        signs = {*meeting.declined, *(one.sign for one in declined)}
        known = meeting.model_copy(update={"declined": tuple(sorted(signs))})
        overlaid = replace(council, meetings=ChainMap({meeting.id: known}, council.meetings))  # type: ignore[arg-type]
        change = minutes.write(request, sheets.as_sheet(council, marked), today, looks)(overlaid)
        told = change.answer
        body = Directory(council, meeting.date).body(meeting.network)
        return Change(
            Settled(told.meeting, told.approved, tuple(one for one in told.findings if not one.line)),
            f"minutes({body} {meeting.date}): {_counted(len(taken), len(declined))}",
            change.body,
            change.trailers,
            change.records,
            change.documents,
            change.tags,
        )

    return act


def refuse_changed(meeting: Meeting, seen: str | None) -> Meeting:
    """The meeting itself; Refused where its fingerprint is not that of the list in which its lines were numbered."""
    if seen == sheets.fingerprint(meeting):
        return meeting
    said = (
        _("The minutes {id} were changed since their lines were listed, so a number may mean another line.")
        if seen
        else _("The lines of {id} have not been listed yet, so a number means none of them.")
    )
    raise Refused(
        said.format(id=meeting.id),
        _("List them with: {command}").format(command=f"atbtst minutes suggest {meeting.id}"),
    )


def _counted(taken: int, declined: int) -> str:
    """How many lines were marked and declined, in words."""
    marked = ngettext("{count} line marked", "{count} lines marked", taken).format(count=taken)
    refused = ngettext("{count} declined", "{count} declined", declined).format(count=declined)
    return ", ".join(said for said, count in ((marked, taken), (refused, declined)) if count)
