"""Mailings on record: what was sent to whom and when; and that a call makes a meeting called, its agenda frozen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from atbtst_cli.acts import agenda
from atbtst_cli.acts.ids import Draw
from atbtst_cli.acts.post import Post, cited, mailings_of
from atbtst_cli.documents.looks import Looks
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.base import Record
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.mailing import Delivery, Mailing
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.store.layout import path_in
from atbtst_cli.views.mailings import names


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mailing on its way: what became of its letters so far, and the meeting as they tell of it."""

    mailing: Mailing
    meeting: Meeting | None

    def noted(self, delivery: Delivery) -> "Outgoing":
        """The mailing with what became of one more letter."""
        return replace(self, mailing=self.mailing.noted(delivery))

    def unsent(self) -> "Outgoing":
        """The mailing as it was before any letter went."""
        return replace(self, mailing=self.mailing.model_copy(update={"deliveries": ()}))

    def plain(self) -> dict[str, Any]:
        """The mailing as mappings, lists and texts, ready for JSON."""
        return {"mailing": _plain(self.mailing), "meeting": self.meeting and _plain(self.meeting)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Outgoing":
        """The mailing that ``plain`` gave."""
        meeting = plain["meeting"]
        return cls(Mailing.model_validate(plain["mailing"]), meeting and Meeting.model_validate(meeting))


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def begun(council: Council, post: Post, *, by: str | None, seed: int, again: bool) -> Outgoing:
    """The mailing on its way: the latest one of that state, to be continued; with ``again``, and else, a new one.

    Reminders are continued on the same day only.
    """
    known = [
        one
        for one in mailings_of(council, post.kind, post.meeting.id if post.meeting else None)
        if one.revision == post.revision and (post.meeting or one.date == post.day) and not again
    ]
    if known:
        return Outgoing(max(known, key=lambda one: (one.date, one.last)), post.meeting)
    drawn = Draw(seed, council.mailings)("s")
    of = {"kind": post.kind, "meeting": post.meeting and post.meeting.id, "revision": post.revision}
    return Outgoing(Mailing.model_validate({"id": drawn, **of, "date": post.day, "by": by}), post.meeting)


def news(council: Council, outgoing: Outgoing) -> tuple[Delivery, ...]:
    """What became of letters of a mailing and is not on record yet; of one that is sent there, nothing is news."""
    known = {(one.to, one.items): one for one in _on_record(council, outgoing).deliveries}
    found = ((one, known.get((one.to, one.items))) for one in outgoing.mailing.deliveries)
    return tuple(one for one, old in found if old is None or (old.status != "sent" and old != one))


def record(outgoing: Outgoing, looks: Looks) -> Callable[[Council], Change[Mailing]]:
    """Put on record what was sent to whom and when; a call that anybody got makes the meeting called, agenda frozen."""
    sent = outgoing.meeting

    def act(council: Council) -> Change[Mailing]:
        new = news(council, outgoing)
        mailing = reduce(Mailing.noted, new, _on_record(council, outgoing))
        items = sorted({item for one in new for item in one.items})
        change = Change(
            mailing,
            subject=_subject(council, mailing, new),
            body=_body(council, mailing, new),
            trailers=(("Meeting", mailing.meeting),) if mailing.meeting else tuple(("Item", item) for item in items),
            records={path_in(council, "mailings", mailing.id, mailing.date.year): mailing},
        )
        if sent is None or sent.id not in council.meetings or not _calls(mailing, sent):
            return change
        return change.joined(agenda.called(council, sent, looks))

    return act


def _on_record(council: Council, outgoing: Outgoing) -> Mailing:
    """The mailing as far as the record has it."""
    return council.mailings.get(outgoing.mailing.id) or outgoing.unsent().mailing


def _calls(mailing: Mailing, sent: Meeting) -> bool:
    """Whether a mailing has called somebody to the meeting."""
    return mailing.kind == "agenda" and not sent.cancelled and any(one.status == "sent" for one in mailing.deliveries)


def _subject(council: Council, mailing: Mailing, new: Sequence[Delivery]) -> str:
    count = sum(one.status == "sent" for one in new)
    said = ngettext("sent to {count} recipient", "sent to {count} recipients", count).format(count=count)
    meeting = council.meetings.get(mailing.meeting or "")
    return f"{mailing.kind}({cited(council, meeting)}): {said}" if meeting else f"{mailing.kind}: {said}"


def _body(council: Council, mailing: Mailing, new: Sequence[Delivery]) -> str:
    """What became of the letters, by the names of their recipients."""
    told = {
        "sent": _("Sent to {names}."),
        "refused": _("Refused by the mail server: {names}."),
        "uncertain": _("Uncertain, because the sending broke off: {names}."),
    }
    known = {status: names(council, mailing, new, status) for status in told}
    return "\n".join(told[status].format(names=who) for status, who in known.items() if who)
