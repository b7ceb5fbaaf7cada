"""A member's last day: the seats end, what was promised can go to others, what was planned with them is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from atbtst_cli import naming
from atbtst_cli.acts.items import handed_over
from atbtst_cli.acts.seats import Bodies, after, ended
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Holding, Network, Seat
from atbtst_cli.models.problems import changed
from atbtst_cli.rules.checks.mentions import mentions
from atbtst_cli.rules.seats import holdings

ROLES = ("chair", "secretary", "adjusters", "presenter")
"""The fields of a meeting that say who is to do something there."""


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody was to do at a coming meeting; ``place`` is the number of the agenda item that they present."""

    meeting: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class Departure:
    """A member who leaves, and what they leave behind.

    ``seats`` ended on the last day and ``dropped`` ones would have begun later; ``vacant`` are those of them in which
    nobody follows. ``items`` are the open items that were theirs, which ``heir`` owns now, if anybody.
    """

    member: Member
    last: date
    seats: tuple[str, ...]
    dropped: tuple[str, ...]
    vacant: tuple[str, ...]
    items: tuple[ActionItem, ...]
    heir: str | None
    tasks: tuple[Task, ...]

    @property
    def next_day(self) -> date:
        """The first day without them."""
        return after(self.last)


def leave(
    member: str, *, last: date, items_to: str | None = None, today: date
) -> Callable[[Council], Change[Departure]]:
    """Give a member a last day: every holding of theirs ends with it, in all bodies, in one change.

    Open items that they own go to the member or seat ``items_to``, if that is given; what was minuted stays. Of
    somebody who has left on that day it hands over the items alone. Refused for a day before one on which they sat.
    """

    def act(council: Council) -> Change[Departure]:
        known = naming.member(council, member, today)
        _refuse_day(known, last)
        bodies = _without(council, known, last, today)
        heir = _heir(council, items_to, known, last) if items_to else None
        gone = _departure(council, known, last, heir)
        new = changed(known, to=last)
        moved = handed_over(council, known.id, heir) if heir else {}
        records = {council.paths["members", known.id]: new, **bodies, **moved}
        items = tuple(("Item", item.id) for item in moved.values())
        subject = f"member(leave): {known.name(last)}"
        return Change(gone, subject, _words(gone), (("Member", known.id), *items), records)

    return act


def _refuse_day(member: Member, last: date) -> None:
    if member.to and member.to < last:
        raise Refused(
            _("{id} has left already; the last day was {date}.").format(id=member.id, date=member.to),
            _("Whoever has come back is made a member again with: {command}").format(
                command=f"atbtst member return {member.id}"
            ),
        )
    if member.from_ and last < member.from_:
        raise Refused(
            _("{id} is a member from {start}, and cannot have left on {date}.").format(
                id=member.id, start=member.from_, date=last
            ),
            _("Give a later day with --on."),
        )


def _without(council: Council, member: Member, last: date, today: date) -> dict[str, Network]:
    """The bodies, by path, in which the member holds nothing after the last day.

    A holding that was to begin later goes; Refused for one that had begun, since that has happened.
    """
    bodies = Bodies(council)
    for reference, _seat, one in holdings(council, member.id):
        if one.from_ and last < one.from_ <= today:
            raise Refused(
                _("{member} has held {seat} since {date}, so the last day cannot be before that.").format(
                    member=member.id, seat=reference, date=one.from_
                ),
                _("Give a later day with --on."),
            )
        if _lasts(one, last):
            bodies.move(reference, partial(_vacated, member.id, last))
    return bodies.records()


def _lasts(holding: Holding, last: date) -> bool:
    return holding.to is None or holding.to > last


def _begins_later(holding: Holding, last: date) -> bool:
    return bool(holding.from_ and holding.from_ > last)


def _vacated(member_id: str, last: date, seat: Seat) -> Seat:
    kept = (one for one in seat.holders if one.member != member_id or not _begins_later(one, last))
    holders = (ended(one, last) if one.member == member_id and _lasts(one, last) else one for one in kept)
    return seat.model_copy(update={"holders": tuple(holders)})


def _heir(council: Council, text: str, member: Member, last: date) -> str:
    """The member or seat that takes the items over; UsageError for one who is not there after the last day."""
    heir = naming.owner(council, text, after(last))
    other = council.members.get(heir)
    if heir == member.id or (other and not other.holds(after(last))):
        raise UsageError(
            _("{who} is no member after {date} and takes nothing over.").format(who=heir, date=last),
            _("Name another member, or a seat such as ron-at/convenor."),
        )
    return heir


def _departure(council: Council, member: Member, last: date, heir: str | None) -> Departure:
    ours = [(name, seat, one) for name, seat, one in holdings(council, member.id) if _lasts(one, last)]
    return Departure(
        member,
        last,
        seats=tuple(name for name, _seat, one in ours if not _begins_later(one, last)),
        dropped=tuple(name for name, _seat, one in ours if _begins_later(one, last)),
        vacant=tuple(name for name, seat, _one in ours if not _followed(seat, member.id, last)),
        items=tuple(item for item in council.items.values() if not item.closed and member.id in item.owners),
        heir=heir,
        tasks=tuple(_tasks(council, member.id, last)),
    )


def _followed(seat: Seat, member_id: str, last: date) -> bool:
    """Whether the seat is over, or somebody else holds it on the day after."""
    return not seat.holds(after(last)) or any(
        one.member != member_id and one.holds(after(last)) for one in seat.holders
    )


def _tasks(council: Council, member_id: str, last: date) -> Iterator[Task]:
    """What the member was to do at meetings that are planned for days after the last one."""
    for meeting in council.meetings.values():
        if meeting.is_pending and meeting.date > last:
            for target, name, way in mentions(meeting):
                role = next(step for step in reversed(way) if isinstance(step, str))
                if (target, name) == ("member", member_id) and role in ROLES:
                    place = ".".join(str(step + 1) for step in way if isinstance(step, int) and role == "presenter")
                    yield Task(meeting.id, role, place)


def _words(gone: Departure) -> str:
    """What the commit says of it."""
    told = (
        (_("Last day: {date}"), str(gone.last)),
        (_("Seats left: {seats}"), ", ".join(gone.seats)),
        (_("Seats not taken up: {seats}"), ", ".join(gone.dropped)),
        (_("Items handed over to: {heir}"), (gone.items and gone.heir) or ""),
    )
    return "\n".join(said.format(date=value, seats=value, heir=value) for said, value in told if value)
