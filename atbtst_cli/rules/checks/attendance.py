"""Rules on who was at a meeting: whom they stand in for, when they came and left, and whether they could decide."""

from collections.abc import Iterator

from atbtst_cli.language import _
from atbtst_cli.models.meeting import ArrivedBlock, Attendance, DecisionBlock, Meeting
from atbtst_cli.models.network import Network
from atbtst_cli.rules import presence, quorum
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import Index, Key, Kind, Problem, Rule
from atbtst_cli.rules.presence import Movement, sign
from atbtst_cli.rules.seats import common_day


def no_quorum(index: Index) -> Iterator[Problem]:
    """Where a body states a quorum, so many of those seats are taken when a decision is made."""
    for key, meeting in index.each(Meeting):
        for way, block, held in _lacks(index, meeting):
            message = _lacking(block, held, index.council.networks[held.body].short(meeting.date))
            hint = _("Correct who was there, or take the decision again when enough of them are.")
            yield Problem(key, message, (*way, "decision"), hint)


def _lacks(index: Index, meeting: Meeting) -> Iterator[tuple[Field, DecisionBlock, quorum.Held]]:
    held = quorum.of(index.council, meeting)
    for way, part in index.parts[meeting.id] if held else ():
        if isinstance(part, DecisionBlock):
            yield from ((way, part, one) for one in held[part.decision] if not one.holds)


def _lacking(block: DecisionBlock, held: quorum.Held, body: str) -> str:
    said = _("{decision}: {taken} of {of} seats of {body} were taken, and {needed} are required for a decision")
    if held.taken is None:
        said = _("{decision}: {needed} of {of} seats of {body} are required for a decision, and nobody is put down")
    decision = block.decision if block.number is None else f"§ {block.number}"
    return said.format(decision=decision, body=body, taken=held.taken, of=held.of, needed=held.needed)


def stands_in_for_oneself(index: Index) -> Iterator[Problem]:
    """Whoever is a substitute stands in for somebody else."""
    for key, meeting in index.each(Meeting):
        for place, row in enumerate(meeting.attendance):
            if row.substitute_for is not None and sign(row.substitute_for) == sign(row.person):
                message = _("{person} is put down as a substitute for the very same person")
                message = message.format(person=index.directory[meeting.date].name(row.person))
                hint = _("Name the one whose place was taken, or take the substitute out.")
                yield Problem(key, message, ("attendance", place, "substitute_for"), hint)


def seat_taken_twice(index: Index) -> Iterator[Problem]:
    """One person at a time takes a seat at a meeting: its holder or a substitute."""
    for key, meeting in index.each(Meeting):
        for seat, one, other in _doubled(meeting):
            names = index.directory[meeting.date]
            message = _("{person} and {other} take the seat {seat} at the same time")
            message = message.format(person=names.name(one.person), other=names.name(other.person), seat=seat)
            hint = _("Put one of them down as excused, or say in the agenda items when they came and left.")
            yield Problem(key, message, ("attendance", meeting.attendance.index(other), "seats"), hint)


def _doubled(meeting: Meeting) -> Iterator[tuple[str, Attendance, Attendance]]:
    """Every seat that two take at once, with the two; each such seat once."""
    seats = [seat for row in meeting.attendance for seat in row.seats]
    told: set[str] = set()
    for _block, there in presence.moments(meeting) if len(seats) > len(set(seats)) else ():
        for seat, (one, *others) in presence.taken(there).items():
            if others and seat not in told:
                told.add(seat)
                yield seat, one, others[0]


def movement_of_nobody(index: Index) -> Iterator[Problem]:
    """Whoever comes or goes is put down as present or as a guest."""
    for key, meeting, way, block in _movements(index):
        rows = [row for row in meeting.attendance if sign(row.person) == sign(presence.mover(block))]
        if not any(row.status in presence.THERE for row in rows):
            name = index.directory[meeting.date].name(presence.mover(block))
            message = _("{person} comes or goes, and is not in the attendance")
            if rows:
                message = _("{person} comes or goes, and is put down as not there")
            hint = _("Put them down as present, or as a guest.")
            yield Problem(key, message.format(person=name), (*way, _field(block)), hint)


def movement_twice(index: Index) -> Iterator[Problem]:
    """Nobody comes twice without leaving in between, leaves twice without coming, or leaves before coming."""
    latest: dict[tuple[Key, str], Movement] = {}
    for key, meeting, way, block in _movements(index):
        who = presence.mover(block)
        before = latest.get((key, sign(who)))
        latest[key, sign(who)] = block
        if before is not None and (said := _contradiction(before, block)):
            name = index.directory[meeting.date].name(who)
            hint = _("Correct the line that is wrong, or write the one that is missing.")
            yield Problem(key, said.format(person=name), (*way, _field(block)), hint)


def _contradiction(before: Movement, after: Movement) -> str:
    if isinstance(before, ArrivedBlock) and isinstance(after, ArrivedBlock):
        return _("{person} comes a second time without having left")
    if not isinstance(before, ArrivedBlock) and not isinstance(after, ArrivedBlock):
        return _("{person} leaves a second time without having come back")
    if before.at and after.at and after.at < before.at:
        return _("{person} comes and goes at times that are not in order")
    return ""


def _movements(index: Index) -> Iterator[tuple[Key, Meeting, Field, Movement]]:
    for key, meeting in index.each(Meeting):
        for way, part in index.parts[key[1]]:
            if isinstance(part, Movement):
                yield key, meeting, way, part


def _field(block: Movement) -> str:
    return "arrived" if isinstance(block, ArrivedBlock) else "left"


def quorum_twice(index: Index) -> Iterator[Problem]:
    """A body states one quorum at a time."""
    for key, network in index.each(Network):
        for place, one in enumerate(network.quorum):
            if day := next(
                filter(None, (common_day(one, other, index.today) for other in network.quorum[:place])), None
            ):
                message = _("{body} states two quorums for {date}").format(body=network.short(day), date=day)
                yield Problem(key, message, ("quorum", place), _("Say under to: the last day of the earlier one."))


def quorum_out_of_reach(index: Index) -> Iterator[Problem]:
    """A quorum is at least one seat, and no more than the body has."""
    for key, network in index.each(Network):
        for place, one in enumerate(network.quorum):
            on = index.today if one.holds(index.today) else one.from_ or one.to or index.today
            seats = len(quorum.counted(network, one, on))
            if not 1 <= one.count <= seats:
                message = _("{body} requires {needed} of {of} seats for a decision")
                message = message.format(body=network.short(on), needed=one.count, of=seats)
                hint = _("Write a number of seats that can be there.")
                yield Problem(key, message, ("quorum", place, "count"), hint)


WHO_WAS_THERE: frozenset[Kind] = frozenset(("meetings", "networks", "members"))
MINUTED = (
    Rule("no-quorum", "warning", frozenset(("meetings", "networks")), no_quorum),
    Rule("stands-in-for-oneself", "warning", WHO_WAS_THERE, stands_in_for_oneself),
    Rule("seat-taken-twice", "warning", WHO_WAS_THERE, seat_taken_twice),
    Rule("movement-of-nobody", "warning", WHO_WAS_THERE, movement_of_nobody),
    Rule("movement-twice", "warning", WHO_WAS_THERE, movement_twice),
)
"""What the minutes of a meeting are told at once."""
RULES = (
    *MINUTED,
    Rule("quorum-twice", "warning", frozenset(("networks",)), quorum_twice),
    Rule("quorum-out-of-reach", "warning", frozenset(("networks",)), quorum_out_of_reach),
)
