"""What a body requires for a decision, and whether it was met, in words for a screen."""

from collections.abc import Iterator
from datetime import date

from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Network, Quorum
from atbtst_cli.rules import quorum
from atbtst_cli.rules.quorum import Held


def lines(council: Council, meeting: Meeting, decision: str) -> Iterator[str]:
    """How a decision, such as d-1, stands to the quorum of each body that met and states one, a line each."""
    directory = Directory(council, meeting.date)
    for held in quorum.of(council, meeting).get(decision, ()):
        yield _held(held, directory.body(held.body))


def _held(held: Held, body: str) -> str:
    said = {
        True: _("{body} could decide: {taken} of {of} seats, {needed} required"),
        False: _("{body} could NOT decide: {taken} of {of} seats, {needed} required"),
        None: _("{body}: not known, no attendance is recorded; {needed} of {of} seats required"),
    }[held.holds].format(body=body, taken=held.taken, of=held.of, needed=held.needed)
    partly = _("{known} (for {count} of the seats, a remark says, during a part of the meeting only)")
    return partly.format(known=said, count=held.partly) if held.partly else said


def required(body: Network, on: date) -> Iterator[str]:
    """What the body requires for a decision: each quorum with its days, those that are over by that day left out."""
    for one in body.quorum:
        if one.to is None or one.to >= on:
            yield told(body, one, max(one.from_ or on, on))


def told(body: Network, one: Quorum, on: date) -> str:
    """What a quorum requires, of the seats of that day, and its first and last day."""
    known = quorum.counted(body, one, on)
    text = ngettext("{count} of {of} seat", "{count} of {of} seats", len(known)).format(count=one.count, of=len(known))
    names = ", ".join(seat.name(on) for seat in body.seats if seat.id in one.seats)
    since = _("from {date}").format(date=one.from_) if one.from_ else ""
    until = _("until {date}").format(date=one.to) if one.to else ""
    return " ".join(part for part in (text, f"({names})" if names else "", since, until) if part)
