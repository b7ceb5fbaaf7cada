"""Who comes after whom in a seat: appoint, vacate and decline, each one change, and what it means for open items."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from atbtst_cli import naming
from atbtst_cli.acts.items import handed_over
from atbtst_cli.acts.seats import Bodies, after, before, left, refuse_outside, succeeded
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import Dated
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.network import Holding, Seat
from atbtst_cli.rules.carry import concerned
from atbtst_cli.rules.seats import followers, in_order

KEEP, TO_SEAT = "keep", "seat"
"""What becomes of the items that the earlier holder owns: they stay, or go to the seat; else to whom is named."""


@dataclass(frozen=True, slots=True)
class Succession:
    """What it means that a seat changes hands on a day.

    ``holder`` sits there from that day on, if anybody does; ``earlier`` are those whose last day is the day before;
    ``following`` the seats that follow. Of the open items ``with_seat`` are owned by the seat, ``own`` by an earlier
    holder, who keeps them unless they went to ``given_to``.
    """

    seat: str
    day: date
    holder: Holding | None = None
    earlier: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    with_seat: tuple[ActionItem, ...] = ()
    own: tuple[ActionItem, ...] = ()
    given_to: str | None = None


SuccessionAct = Callable[[Council], Change[Succession]]


def appoint(
    seat: str, member: str, *, since: date, until: date | None = None, items: str | None = None, today: date
) -> SuccessionAct:
    """Let a member hold a seat from a day on, to a last day where one is given; the day before ends the earlier holder.

    Whoever holds the seat already on that day keeps it. ``items`` says what becomes of the earlier holder's own items.
    """

    def act(council: Council) -> Change[Succession]:
        reference = naming.seat(council, seat, today)
        holding = Holding(member=naming.member(council, member, today).id, from_=since, to=until)
        if until and until < since:
            raise UsageError(
                _("It would end on {end} and begin on {start}.").format(end=until, start=since),
                _("Choose other days with --from and --to."),
            )
        refuse_outside(council, reference, holding)
        bodies = Bodies(council)
        bodies.move(reference, partial(succeeded, council, reference, holding=holding, today=today))
        return _change(council, bodies, "appoint", _succession(council, bodies, reference, since), items)

    return act


def vacate(seat: str, *, last: date, items: str | None = None, today: date) -> SuccessionAct:
    """Let a day be the last one of whoever holds a seat on it."""

    def act(council: Council) -> Change[Succession]:
        reference = naming.seat(council, seat, today)
        bodies = Bodies(council)
        bodies.move(reference, partial(left, reference, last=last))
        return _change(council, bodies, "vacate", _succession(council, bodies, reference, after(last)), items)

    return act


def decline(seat: str, *, on: date, today: date) -> SuccessionAct:
    """Write down that the offer of a seat was declined on a day; Refused where anybody holds it then or later."""

    def act(council: Council) -> Change[Succession]:
        reference = naming.seat(council, seat, today)
        refuse_outside(council, reference, Holding(member="nobody", from_=on))
        bodies = Bodies(council)
        bodies.move(reference, partial(_declined, reference, on=on))
        return _change(council, bodies, "decline", Succession(reference, on), None)

    return act


def _declined(reference: str, seat: Seat, on: date) -> Seat:
    if seat.kind != "offered":
        raise Refused(
            _("{seat} is not offered to anybody, so it cannot be declined.").format(seat=reference),
            _("See: {command}").format(command=f"atbtst network seats {reference.partition('/')[0]}"),
        )
    for one in seat.holders:
        if one.to is None or one.to >= on:
            raise Refused(
                _("{member} holds {seat} on {date} or later.").format(member=one.member, seat=reference, date=on),
                _("Say first when that ends: {command}").format(command=f"atbtst network vacate {reference} --on DATE"),
            )
    return seat.model_copy(update={"declined": on})


def _succession(council: Council, bodies: Bodies, reference: str, day: date) -> Succession:
    """Who follows whom in the seat on that day, and the open items that are touched by it."""
    network_id, _slash, seat_id = reference.partition("/")
    seat = bodies[network_id].seat(seat_id)
    holders = in_order(seat.holders) if seat else ()
    holder = next((one for one in holders if one.holds(day)), None)
    earlier = tuple(
        one.member for one in holders if one.to == before(day) and (not holder or one.member != holder.member)
    )
    following = followers(council, reference)
    open_items = [item for item in council.items.values() if not item.closed]
    seats = {reference, *following}
    networks = {seat.partition("/")[0] for seat in seats}
    return Succession(
        reference,
        day,
        holder,
        earlier,
        following,
        with_seat=tuple(item for item in open_items if not seats.isdisjoint(_owners(item))),
        own=tuple(
            item
            for item in open_items
            if not set(earlier).isdisjoint(_owners(item)) and not networks.isdisjoint(concerned(council, item))
        ),
    )


def _owners(item: ActionItem) -> list[str]:
    return [owner for owner in item.owners if isinstance(owner, str)]


def _change(
    council: Council, bodies: Bodies, verb: str, succession: Succession, items: str | None
) -> Change[Succession]:
    """The change that a succession is, with the earlier holder's own items given to whom ``items`` says."""
    target = _target(council, succession, items)
    chosen = {item.id for item in succession.own} if target else set()
    moved = {
        path: item
        for member in succession.earlier
        for path, item in (handed_over(council, member, target).items() if target else ())
        if item.id in chosen
    }
    names = Directory(council, succession.day)
    who = names.name(succession.holder.member) if succession.holder and verb == "appoint" else ""
    subject = " ".join(filter(None, (f"network({verb}): {names.name(succession.seat)}", who, str(succession.day))))
    trailers = (
        ("Network", succession.seat.partition("/")[0]),
        *(("Member", member) for member in _people(succession)),
        *(("Item", item.id) for item in moved.values()),
    )
    return Change(
        replace(succession, given_to=target), subject, _said(succession, names), trailers, {**bodies.records(), **moved}
    )


def _target(council: Council, succession: Succession, items: str | None) -> str | None:
    """The member or seat that gets the earlier holder's own items; None where they stay."""
    if items is None or items == KEEP:
        return None
    return succession.seat if items == TO_SEAT else naming.owner(council, items, succession.day)


def _people(succession: Succession) -> tuple[str, ...]:
    holder = (succession.holder.member,) if succession.holder else ()
    return tuple(dict.fromkeys((*holder, *succession.earlier)))


def _said(succession: Succession, names: Directory) -> str:
    """What a succession is, for a commit's body."""
    days = succession.holder or Dated()
    told = (
        (_("First day: {date}"), days.from_),
        (_("Last day: {date}"), days.to),
        (_("Before: {names}"), ", ".join(map(names.name, succession.earlier))),
    )
    return "\n".join(said.format(date=value, names=value) for said, value in told if value)
