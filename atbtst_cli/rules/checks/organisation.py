"""Rules on bodies, their seats and who holds them, and on the settings."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from atbtst_cli.language import _
from atbtst_cli.models.network import Holding, Network, Seat
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import SETTINGS, Index, Key, Problem, Rule
from atbtst_cli.rules.seats import chain, holders

FILLED = ("convenor", "required")
"""The kinds of seat that must not stand empty; an offered one may (the organisation from 2021)."""


def seat_empty(index: Index) -> Iterator[Problem]:
    """Somebody holds each required seat and each convenor's seat today; a dissolved body needs nobody."""
    on = index.today
    for key, network in index.each(Network):
        for place, seat in enumerate(network.seats if network.lives(on) else ()):
            if seat.kind in FILLED and seat.holds(on) and not holders(index.council, key[1], seat.id, on):
                message = _("nobody holds the seat {seat} ({name}) on {date}")
                message = message.format(seat=f"{key[1]}/{seat.id}", name=seat.name(on), date=on)
                follow = _("It follows {seat}: fill that one.").format(seat=seat.follows) if seat.follows else ""
                command = "atbtst member edit MEMBER --seat SEAT --from DATE"
                hint = follow or _("Say who holds it: {command}").format(command=command)
                yield Problem(key, message, ("seats", place), hint)


def seat_held_twice(index: Index) -> Iterator[Problem]:
    """One person at a time holds a seat."""
    for key, ref, seat, way in _seats(index):
        latest: Holding | None = None
        for place, one in sorted(enumerate(seat.holders), key=lambda entry: entry[1].from_ or date.min):
            if latest and (one.from_ or date.min) <= _end(latest):
                message = _("{member} and {other} hold the seat {seat} at the same time")
                message = message.format(member=latest.member, other=one.member, seat=ref)
                hint = _("Say under to: the last day of the earlier one.")
                yield Problem(key, message, (*way, "holders", place), hint)
            latest = one if latest is None or _end(one) > _end(latest) else latest


def holder_gone(index: Index) -> Iterator[Problem]:
    """Whoever holds a seat is a member all that time."""
    for key, _ref, seat, way in _seats(index):
        for place, holding in enumerate(seat.holders):
            member = index.council.members.get(holding.member)
            if member is None:
                continue
            here = (*way, "holders", place)
            if member.from_ and holding.from_ and holding.from_ < member.from_:
                message = _("{member} holds the seat from {date}, and is a member from {start}")
                message = message.format(member=holding.member, date=holding.from_, start=member.from_)
                yield Problem(key, message, (*here, "from"), _("Correct one of the two."))
            if member.to and _end(holding) > member.to:
                message = _("{member} is a member until {end}, and holds the seat longer")
                message = message.format(member=holding.member, end=member.to)
                yield Problem(key, message, here, _("Say under to: the last day in the seat."))


def follows_loop(index: Index) -> Iterator[Problem]:
    """The seats that a seat follows do not lead back to one of them."""
    for key, ref, _seat, way in _seats(index):
        steps = chain(index.council, ref)
        back = list(steps.values())[-1][1].follows
        if back in steps:
            circle = " → ".join([*steps, back])
            message = _("the seats follow each other in a circle: {seats}").format(seats=circle)
            yield Problem(key, message, (*way, "follows"), _("Let one of them have holders of its own."))


def follows_with_holders(index: Index) -> Iterator[Problem]:
    """A seat that follows another one has no holders of its own."""
    for key, _ref, seat, way in _seats(index):
        if seat.follows and seat.holders:
            message = _("the seat follows {seat}, so the holders written here count for nothing")
            yield Problem(key, message.format(seat=seat.follows), (*way, "holders"), _("Take out one of the two."))


def time_zone_unknown(index: Index) -> Iterator[Problem]:
    """The settings' time zone is one that the computer knows; one that knows none judges none."""
    zone = index.council.settings.time_zone
    if index.judges(SETTINGS) and not _zone_is_known(zone) and _zone_is_known("UTC"):
        message = _("there is no time zone {zone}").format(zone=zone)
        yield Problem(SETTINGS, message, ("time_zone",), _("Write it in the form Europe/Stockholm."))


def _zone_is_known(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def _seats(index: Index) -> Iterator[tuple[Key, str, Seat, Field]]:
    """Every seat to judge: its body's record, its reference such as ron-at/convenor, and the way to it."""
    for key, network in index.each(Network):
        for place, seat in enumerate(network.seats):
            yield key, f"{key[1]}/{seat.id}", seat, ("seats", place)


def _end(holding: Holding) -> date:
    return holding.to or date.max


RULES = (
    Rule("seat-empty", "notice", frozenset(("networks",)), seat_empty),
    Rule("seat-held-twice", "warning", frozenset(("networks",)), seat_held_twice),
    Rule("holder-gone", "warning", frozenset(("networks", "members")), holder_gone),
    Rule("follows-loop", "error", frozenset(("networks",)), follows_loop),
    Rule("follows-with-holders", "warning", frozenset(("networks",)), follows_with_holders),
    Rule("time-zone-unknown", "error", frozenset(("settings",)), time_zone_unknown),
)
