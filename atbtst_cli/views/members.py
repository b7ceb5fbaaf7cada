"""Members as people look at them on a day: names, seats, what they have promised."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.member import Member
from atbtst_cli.rules.seats import held, holdings, seats_of
from atbtst_cli.views import items


def listed(council: Council, on: date, *, everything: bool) -> list[Member]:
    """The members of that day; with ``everything`` also those before and after it."""
    return [member for member in council.members.values() if everything or member.holds(on)]


def cells(council: Council, members: list[Member], on: date) -> Iterator[tuple[str, ...]]:
    """Id, name, seats and e-mail of each, and the time as a member."""
    seats = held(council, council.networks.values(), on)
    for member in members:
        taken = ", ".join(seats.get(member.id, ())) or "–"
        yield member.id, member.name(on), taken, member.email or "–", term(member)


def term(member: Member) -> str:
    """The first and last day as a member, or that the person was forgotten."""
    if member.forgotten:
        return _("forgotten {date}").format(date=member.forgotten)
    return f"{member.from_ or ''} – {member.to or ''}".strip()


def data(council: Council, member: Member, on: date) -> dict[str, Any]:
    """The record as it is, the name and the seats of that day, and the seats that begin later."""
    record = member.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    later = [{"from": str(day), "seats": seats} for day, seats in coming(council, member.id, on)]
    seats = seats_of(council, member.id, on)
    return record | {"on": str(on), "name": member.name(on), "seats": seats, "coming": later}


def coming(council: Council, member_id: str, on: date) -> Iterator[tuple[date, tuple[str, ...]]]:
    """The seats that the member takes after that day, those that follow them too, by their first days."""
    known = set(seats_of(council, member_id, on))
    for day in _turns(council, member_id, on):
        if new := tuple(seat for seat in seats_of(council, member_id, day) if seat not in known):
            known.update(new)
            yield day, new


def _turns(council: Council, member_id: str, on: date) -> list[date]:
    """The days after that one on which a body, a seat, or a holding of the member's begins."""
    days = {one.from_ for _name, _seat, one in holdings(council, member_id)}
    for network in council.networks.values():
        days |= {network.founded, *(seat.from_ for seat in network.seats)}
    return sorted(day for day in days if day and day > on)


def facts(council: Council, member: Member, on: date, today: date) -> Iterator[tuple[str, str]]:
    """What is known of a member on a day, as labels and texts; of today with their open action items last."""
    yield _("Member"), f"{member.name(on)} ({member.id})"
    if member.forgotten:
        told = _("{date}; name and contact data were replaced by this pseudonym")
        yield _("Forgotten"), told.format(date=member.forgotten)
    others = {name.name for name in member.names} - {member.name(on)} | set(member.aliases)
    given = {
        _("Also called"): ", ".join(sorted(others)),
        _("Title"): member.title,
        _("Employer"): member.employer,
        _("E-mail"): member.email,
        _("Telephone"): member.phone,
        _("From"): member.from_ and str(member.from_),
        _("To"): member.to and str(member.to),
        _("Seats"): ", ".join(seats_of(council, member.id, on)),
    }
    yield from ((label, text) for label, text in given.items() if text)
    for day, seats in coming(council, member.id, on):
        yield _("Seats later"), _("{seats} from {date}").format(seats=", ".join(seats), date=day)
    for line in items.items(council, items.Wanted(owner=member.id), today) if on == today else ():
        yield _("Open item"), f"{line.short}  {line.when()}  {line.what}"
