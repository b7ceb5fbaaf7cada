"""Rules on people: who is named, who owns what, and what must not be written of anybody."""

import shlex
from collections.abc import Iterator
from datetime import date

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.rules import personal
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import EVERYTHING, Index, Key, Problem, Rule
from atbtst_cli.rules.seats import convenor
from atbtst_cli.rules.succession import heir


def name_free(index: Index) -> Iterator[Problem]:
    """People are named by a member's id; a name as written may stand, and the person can be made a member."""
    for key, name, field, members in _free_names(index):
        if not members:
            hint = _("Make the person a member: atbtst member add {name}").format(name=shlex.quote(name))
            yield Problem(key, _("{name} is no member").format(name=name), field, hint)
        elif len(members) == 1:
            message = _("{name} is written as a name, and could be the member {member}")
            hint = _("Write the id {member} if that is who is meant.").format(member=members[0])
            yield Problem(key, message.format(name=name, member=members[0]), field, hint)


def name_ambiguous(index: Index) -> Iterator[Problem]:
    """A name as written does not fit several members."""
    for key, name, field, members in _free_names(index):
        if len(members) > 1:
            message = _("{name} can be any of {members}").format(name=name, members=", ".join(members))
            yield Problem(key, message, field, _("Write the id of the one who is meant."))


def _free_names(index: Index) -> Iterator[tuple[Key, str, Field, tuple[str, ...]]]:
    """Everybody who is named in words, with the members whom those words fit on the day of the record."""
    for key, name, field in index.free_names:
        yield key, name, field, index.directory[_day(index.council, key)].member(name)


def _day(council: Council, key: Key) -> date:
    """The day on which a record names people."""
    kind, record_id = key
    day: date = getattr(getattr(council, kind)[record_id], DAYS.get(kind, "date"))
    return day


DAYS = {"items": "added", "matters": "raised"}
"""The field that holds the day of a record, where it is not its date."""


def owner_gone(index: Index) -> Iterator[Problem]:
    """The owner of an item was there while it was open, at first or later: a member or a seat of that time."""
    for key, item in index.each(ActionItem):
        for owner, field in _owners(index, item):
            if not _was_there(index, owner, item):
                message = _("{owner} was not there while the item was open, from {date} on")
                hint = _("Name another owner, or correct the dates of the member or the seat.")
                yield Problem(key, message.format(owner=owner, date=item.added), field, hint)


def owner_without_seat(index: Index) -> Iterator[Problem]:
    """The owner of an item held a seat on the day it was added, or later, or is a seat that somebody held then."""
    for key, item in index.each(ActionItem):
        in_office = index.in_office[item.added] | index.in_office[_until(index, item)]
        for owner, field in _owners(index, item):
            if owner not in in_office and _was_there(index, owner, item):
                message = (
                    _("nobody held {owner} on {date}, when the item was added")
                    if "/" in owner
                    else _("{owner} held no seat on {date}, when the item was added")
                )
                hint = _("Say in the body's file who holds the seat from when, or leave it if it is right.")
                yield Problem(key, message.format(owner=owner, date=item.added), field, hint)


def owner_left(index: Index) -> Iterator[Problem]:
    """The owner of an open item is there today: a member who has not left, or a seat that has not ended."""
    for key, item in index.each(ActionItem):
        for owner, field in _owners(index, item) if not item.closed else ():
            if day := _end(index, owner):
                message = _("{owner} has not been there since {date}, and owns an open item").format(
                    owner=owner, date=day
                )
                owners = (_instead(index, item) if one == owner else one for one in item.owners)
                options = " ".join(f"--owner {one}" for one in dict.fromkeys(owners) if isinstance(one, str))
                command = f"atbtst item edit {item.id} {options}"
                yield Problem(key, message, field, _("Give it to somebody else: {command}").format(command=command))


def _end(index: Index, owner: str) -> date | None:
    """The last day of a member, or of a seat or its body, if it has passed."""
    days = (end for _start, end in _spans(index, owner))
    return min((day for day in days if day and day < index.today), default=None)


def _instead(index: Index, item: ActionItem) -> str:
    """Who can own an item instead: the convenor of the body that follows it up today, where there is one."""
    body = heir(index.council, item.network, index.today)
    return convenor(index.council, body, index.today) or "OWNER"


def _owners(index: Index, item: ActionItem) -> Iterator[tuple[str, Field]]:
    """The owners that are on record; unknown ones have findings of their own."""
    for place, owner in enumerate(item.owners):
        if isinstance(owner, str) and (owner in index.council.members or owner in index.seats):
            yield owner, ("owners", place)


def _was_there(index: Index, owner: str, item: ActionItem) -> bool:
    """Whether a member, or a seat and its body, were there on a day on which the item was open."""
    last = _until(index, item)
    return all(
        (start is None or start <= last) and (end is None or item.added <= end) for start, end in _spans(index, owner)
    )


def _spans(index: Index, owner: str) -> tuple[tuple[date | None, date | None], ...]:
    """The first and last day of a member, or of a seat and of its body."""
    if "/" in owner:
        network, seat = index.seats[owner]
        return (seat.from_, seat.to), (network.founded, network.dissolved)
    member = index.council.members.get(owner)
    return ((member.from_, member.to),) if member else ()


def _until(index: Index, item: ActionItem) -> date:
    """The last day on which an item was open, so far."""
    return max(item.added, item.closed.date if item.closed else index.today)


def identity_number(index: Index) -> Iterator[Problem]:
    """No text holds a person's identity number (personnummer or samordningsnummer)."""
    for key, _record in index.every():
        for field, text in index.texts[key]:
            for found in personal.identities(text) if field[-1] != "phone" else ():
                message = _("this holds an identity number, which begins with {start}").format(start=found.words[:4])
                yield Problem(key, message, field, _("Take it out: the record never holds identity numbers."))


RULES = (
    Rule("name-free", "notice", EVERYTHING, name_free),
    Rule("name-ambiguous", "error", EVERYTHING, name_ambiguous),
    Rule("owner-gone", "warning", frozenset(("items", "members", "networks")), owner_gone),
    Rule("owner-left", "warning", frozenset(("items", "members", "networks")), owner_left),
    Rule("owner-without-seat", "notice", frozenset(("items", "members", "networks")), owner_without_seat),
    Rule("identity-number", "warning", EVERYTHING, identity_number),
)
