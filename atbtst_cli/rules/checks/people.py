"""Rules on people: who is named, who owns what, and what must not be written of anybody."""

import shlex
from collections.abc import Iterator
from datetime import date

from atbtst_cli.language import _
from atbtst_cli.models.base import texts
from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.rules import personal
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import EVERYTHING, Index, Key, Problem, Rule


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
    if kind == "meetings":
        return council.meetings[record_id].date
    return council.items[record_id].added if kind == "items" else council.matters[record_id].raised


def owner_gone(index: Index) -> Iterator[Problem]:
    """The owner of an item was there on the day it was added: a member of that time, or a seat of that time."""
    for key, item in index.each(ActionItem):
        for owner, field in _owners(index, item):
            if not _was_there(index, owner, item.added):
                message = _("{owner} was not there on {date}, when the item was added")
                hint = _("Name another owner, or correct the dates of the member or the seat.")
                yield Problem(key, message.format(owner=owner, date=item.added), field, hint)


def owner_without_seat(index: Index) -> Iterator[Problem]:
    """The owner of an item held a seat on the day it was added, or is a seat that somebody held."""
    for key, item in index.each(ActionItem):
        for owner, field in _owners(index, item):
            if owner not in index.in_office[item.added] and _was_there(index, owner, item.added):
                message = (
                    _("nobody held {owner} on {date}, when the item was added")
                    if "/" in owner
                    else _("{owner} held no seat on {date}, when the item was added")
                )
                hint = _("Say in the body's file who holds the seat from when, or leave it if it is right.")
                yield Problem(key, message.format(owner=owner, date=item.added), field, hint)


def _owners(index: Index, item: ActionItem) -> Iterator[tuple[str, Field]]:
    """The owners that are on record; unknown ones have findings of their own."""
    for place, owner in enumerate(item.owners):
        if isinstance(owner, str) and (owner in index.council.members or owner in index.seats):
            yield owner, ("owners", place)


def _was_there(index: Index, owner: str, on: date) -> bool:
    if "/" in owner:
        network, seat = index.seats[owner]
        return network.lives(on) and seat.holds(on)
    member = index.council.members.get(owner)
    return member is None or member.holds(on)


def identity_number(index: Index) -> Iterator[Problem]:
    """No text holds a person's identity number (personnummer or samordningsnummer)."""
    for key, record in index.every():
        for field, text in texts(record):
            for found in personal.identities(text) if field[-1] != "phone" else ():
                message = _("this holds an identity number, which begins with {start}").format(start=found.words[:4])
                yield Problem(key, message, field, _("Take it out: the record never holds identity numbers."))


RULES = (
    Rule("name-free", "notice", EVERYTHING, name_free),
    Rule("name-ambiguous", "error", EVERYTHING, name_ambiguous),
    Rule("owner-gone", "warning", frozenset(("items", "members", "networks")), owner_gone),
    Rule("owner-without-seat", "notice", frozenset(("items", "members", "networks")), owner_without_seat),
    Rule("identity-number", "warning", EVERYTHING, identity_number),
)
