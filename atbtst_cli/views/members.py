"""Members as people look at them: names of today, seats, what they have promised."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.member import Member
from atbtst_cli.rules.seats import seats_of
from atbtst_cli.views import items


def cells(council: Council, member: Member, today: date) -> tuple[str, ...]:
    """Id, name, seats and e-mail."""
    return member.id, member.name(today), ", ".join(seats_of(council, member.id, today)) or "–", member.email or "–"


def data(council: Council, member: Member, today: date) -> dict[str, Any]:
    """The record as it is, and the seats held today."""
    record = member.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return record | {"seats_today": seats_of(council, member.id, today)}


def facts(council: Council, member: Member, today: date) -> Iterator[tuple[str, str]]:
    """What is known of a member, as labels and texts, their open action items last."""
    yield _("Member"), f"{member.name(today)} ({member.id})"
    others = {name.name for name in member.names} - {member.name(today)} | set(member.aliases)
    given = {
        _("Also called"): ", ".join(sorted(others)),
        _("Title"): member.title,
        _("Employer"): member.employer,
        _("E-mail"): member.email,
        _("Telephone"): member.phone,
        _("From"): member.from_ and str(member.from_),
        _("To"): member.to and str(member.to),
        _("Seats"): ", ".join(seats_of(council, member.id, today)),
    }
    yield from ((label, text) for label, text in given.items() if text)
    for line in items.items(council, items.Wanted(owner=member.id), today):
        yield _("Open item"), f"{line.short}  {line.when()}  {line.what}"
