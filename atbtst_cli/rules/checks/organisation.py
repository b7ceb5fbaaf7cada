"""Rules on bodies, their seats and who holds them, and on the settings."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from atbtst_cli.language import _
from atbtst_cli.models.network import Holding, Network, Seat
from atbtst_cli.rules import matters
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import SETTINGS, Index, Key, Problem, Rule
from atbtst_cli.rules.seats import FILLED, chain, gaps, holders, life, outside
from atbtst_cli.rules.succession import heir

DAY = timedelta(days=1)


def seat_empty(index: Index) -> Iterator[Problem]:
    """Somebody holds each required seat and each convenor's seat today; a dissolved body needs nobody."""
    on = index.today
    for key, network in index.each(Network):
        for place, seat in enumerate(network.seats if network.lives(on) else ()):
            if seat.kind in FILLED and seat.holds(on) and not holders(index.council, key[1], seat.id, on):
                message = _("nobody holds the seat {seat} ({name}) on {date}")
                message = message.format(seat=f"{key[1]}/{seat.id}", name=seat.name(on), date=on)
                follow = _("It follows {seat}: fill that one.").format(seat=seat.follows) if seat.follows else ""
                command = "atbtst network appoint NETWORK SEAT MEMBER --from DATE"
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


def seat_gap(index: Index) -> Iterator[Problem]:
    """Who must not be missing has somebody after them at once; a seat that is empty today is told as such."""
    for key, ref, seat, way in _seats(index):
        for one, following in gaps(seat) if seat.kind in FILLED else ():
            start, end = (one.to or date.min) + DAY, (following.from_ or date.max) - DAY
            if not start <= index.today <= end:
                message = _("nobody holds the seat {seat} from {start} to {end}, between {member} and {other}")
                message = message.format(seat=ref, start=start, end=end, member=one.member, other=following.member)
                place = seat.holders.index(following)
                yield Problem(
                    key, message, (*way, "holders", place), _("Say who held it then, or leave it if it is right.")
                )


def holder_outside(index: Index) -> Iterator[Problem]:
    """Nobody holds a seat on days on which the seat or its body is not there."""
    for key, ref, seat, way in _seats(index):
        around = ((ref, seat), (key[1], life(index.council.networks[key[1]])))
        for place, holding in enumerate(seat.holders):
            for name, days in around:
                if day := outside(holding, days):
                    said = _("{member} holds the seat before {date}, when {name} begins")
                    if day != days.from_:
                        said = _("{member} holds the seat after {date}, when {name} ends")
                    message = said.format(member=holding.member, date=day, name=name)
                    yield Problem(key, message, (*way, "holders", place), _("Correct one of the two."))
                    break


def seat_declined(index: Index) -> Iterator[Problem]:
    """Only what is offered is declined, and nobody holds the seat on the day on which it is."""
    for key, ref, seat, way in _seats(index):
        sitting = [one.member for one in seat.holders if seat.declined and one.holds(seat.declined)]
        if sitting:
            message = _("the seat {seat} was declined on {date}, and {member} held it")
            message = message.format(seat=ref, date=seat.declined, member=", ".join(sitting))
            yield Problem(key, message, (*way, "declined"), _("Correct one of the two."))
        elif seat.declined and seat.kind != "offered":
            message = _("the seat {seat} was declined, and is offered to nobody").format(seat=ref)
            yield Problem(key, message, (*way, "declined"), _("Correct its kind, or take the day out."))


def no_successor(index: Index) -> Iterator[Problem]:
    """Somebody goes on with what a dissolved body left open: a successor that is still there."""
    for key, network in index.each(Network):
        gone = network.dissolved if network.dissolved and network.dissolved < index.today else None
        following = index.council.networks.get(heir(index.council, key[1], index.today))
        if gone is None or (following and following.lives(index.today)):
            continue
        if left := _left_open(index, key[1]):
            message = _("{body} is dissolved, and nobody goes on with what it left open: {names}")
            command = f"atbtst network dissolve {key[1]} --on {gone} --successor NETWORK"
            hint = _("Name who does: {command}").format(command=command)
            yield Problem(key, message.format(body=key[1], names=", ".join(left)), ("dissolved",), hint)


def _left_open(index: Index, network_id: str) -> list[str]:
    """The ids of a body's open items, and of the open matters that lie with it."""
    items = [item.id for item in index.council.items.values() if not item.closed and item.network == network_id]
    return items + [matter.id for matter in matters.lying(index.council, network_id)]


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
    Rule("seat-gap", "notice", frozenset(("networks",)), seat_gap),
    Rule("holder-outside", "warning", frozenset(("networks",)), holder_outside),
    Rule("seat-declined", "warning", frozenset(("networks",)), seat_declined),
    Rule("no-successor", "warning", frozenset(("networks", "items", "matters")), no_successor),
    Rule("holder-gone", "warning", frozenset(("networks", "members")), holder_gone),
    Rule("follows-loop", "error", frozenset(("networks",)), follows_loop),
    Rule("follows-with-holders", "warning", frozenset(("networks",)), follows_with_holders),
    Rule("time-zone-unknown", "error", frozenset(("settings",)), time_zone_unknown),
)
