"""What people type on the command line, and the one record they mean; else an error that names the candidates."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from atbtst_cli.errors import Ambiguous, Invalid, NotFound, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory, fold
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.sheet import moment

T = TypeVar("T")
SHORTEST = 4
"""The fewest characters by which a random id may be named, its prefix such as i- not counted."""


def network(council: Council, text: str, on: date) -> Network:
    """The body that a text names."""
    found = Directory(council, on).network(text) or _by_id(council.networks, text)
    known = ", ".join(one.short(on) for one in council.networks.values() if one.lives(on))
    return _read(council.networks, _one(found, text, _("{text} is no body of this council."), known))


def member(council: Council, text: str, on: date) -> Member:
    """The member that a text names."""
    found = Directory(council, on).member(text) or _by_id(council.members, text)
    known = _shortened(council.members)
    return _read(council.members, _one(found, text, _("{text} is no member on record."), known))


def owner(council: Council, text: str, on: date) -> str:
    """The id of the member, or the seat such as ron-at/convenor, that a text names; a leading @ is taken away."""
    wanted = text.strip().removeprefix("@")
    found = Directory(council, on).owner(wanted) or _by_id(council.members, wanted)
    return _one(found, wanted, _("{text} is no member and no seat on record."), _shortened(council.members))


def item(council: Council, text: str) -> ActionItem:
    """The action item that an id, or the beginning of one, names."""
    return _by_prefix(council.items, text, _("{text} is no action item on record."), "atbtst item list")


def meeting(council: Council, text: str, today: date, *, held: bool = True) -> Meeting:
    """The meeting that a text names: id, beginning of one, body and date, body and number, or a body alone.

    A body alone means its latest held meeting, or with ``held`` false the next planned one.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}(-\d{2})?(-\d{2})?(-[a-z0-9-]+)?", text):
        return _by_prefix(council.meetings, text, _("{text} is no meeting on record."), "atbtst meeting list")
    if found := re.fullmatch(r"(.+?)\s+(\d{1,3})/(\d{4})", text):
        return _by_number(council, found[1], int(found[2]), int(found[3]))
    on = moment.day(text, today)
    if on and on.date and (name := text[: on.start].strip()):
        return _of_day(council, network(council, name, on.date), on.date)
    return _latest(council, network(council, text, today), today, held=held)


def _by_number(council: Council, name: str, number: int, year: int) -> Meeting:
    body = network(council, name, date(year, 1, 1))
    for known in council.meetings.values():
        if (known.network, known.number, known.date.year) == (body.id, number, year):
            return known
    raise NotFound(
        _("{body} has no meeting {number}/{year} on record.").format(
            body=body.short(date(year, 1, 1)), number=number, year=year
        ),
        _("See: {command}").format(command=f"atbtst meeting list --network {body.id}"),
    )


def _of_day(council: Council, body: Network, day: date) -> Meeting:
    found = [
        known for known in council.meetings.values() if known.date == day and body.id in (known.network, *known.with_)
    ]
    names = tuple(known.id for known in found)
    text = f"{body.short(day)} {day}"
    return council.meetings[_one(names, text, _("{text}: no such meeting is on record."), "")]


def _latest(council: Council, body: Network, today: date, *, held: bool) -> Meeting:
    ours = [known for known in council.meetings.values() if body.id in (known.network, *known.with_)]
    if held:
        past = [known for known in ours if known.held]
        chosen = max(past, key=lambda known: (known.date, known.id), default=None)
        missing = _("{body} has held no meeting on record.")
    else:
        coming = [known for known in ours if known.state in ("planned", "called") and known.date >= today]
        chosen = min(coming, key=lambda known: (known.date, known.id), default=None)
        missing = _("{body} has no planned meeting on record.")
    if chosen is None:
        raise NotFound(
            missing.format(body=body.short(today)),
            _("See: {command}").format(command=f"atbtst meeting list --network {body.id}"),
        )
    return chosen


def _by_prefix(records: Mapping[str, T], text: str, missing: str, command: str) -> T:
    wanted = text.strip().casefold()
    found = [wanted] if wanted in records else [known for known in records if known.startswith(wanted)]
    if found and len(re.sub(r"^[a-z]-", "", wanted)) < SHORTEST:
        raise UsageError(
            _("{text} is too short to name one thing for sure.").format(text=text),
            _("Give at least {count} characters of the id.").format(count=SHORTEST),
        )
    if not found:
        raise NotFound(missing.format(text=text), _("See: {command}").format(command=command))
    return _read(records, _one(tuple(found), text, missing, ""))


def _by_id(records: Mapping[str, T], text: str) -> tuple[str, ...]:
    """The id itself, for a record that cannot be read has no other name."""
    return (text.strip(),) if text.strip() in records else ()


def _read(records: Mapping[str, T], record_id: str) -> T:
    try:
        return records[record_id]
    except KeyError:
        raise Invalid(
            _("The record of {id} cannot be read.").format(id=record_id),
            _("See: {command}").format(command="atbtst check"),
        ) from None


def _one(found: tuple[str, ...], text: str, missing: str, known: str) -> str:
    if not found:
        raise NotFound(missing.format(text=text), _("Known: {names}").format(names=known) if known else "")
    if len(found) > 1:
        raise Ambiguous(
            _("{text} can mean several: {names}.").format(text=text, names=", ".join(found)),
            _("Write the id of the one you mean."),
        )
    return found[0]


def _shortened(ids: Iterable[str], most: int = 12) -> str:
    known = list(ids)
    return ", ".join(known[:most]) + (" …" if len(known) > most else "")


def me(council: Council, configured: str | None, email: str | None) -> Member | None:
    """The member at the keyboard: the one Git's setting atbtst.member names, else the one with Git's e-mail."""
    if configured and (known := council.members.get(configured)):
        return known
    wanted = fold(email) if email else None
    return next((known for known in council.members.values() if known.email and fold(known.email) == wanted), None)


def day(text: str, today: date) -> date:
    """The day that a text means, in ISO or as Swedes write it."""
    found = moment.day(text, today)
    if found is None or found.date is None:
        raise UsageError(
            _("{text} is no day that can be understood.").format(text=text), _("Write it as 2026-02-17 or 17 februari.")
        )
    return found.date
