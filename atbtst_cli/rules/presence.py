"""Who is there at each point of a meeting, and which seats they take."""

import re
from collections.abc import Iterator

from atbtst_cli.language import LANGUAGES, words
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import fold
from atbtst_cli.models.meeting import ArrivedBlock, Attendance, Block, LeftBlock, Meeting
from atbtst_cli.models.person import Named, Person
from atbtst_cli.rules import seats

Movement = ArrivedBlock | LeftBlock
"""A block by which somebody comes or goes."""
THERE = ("present", "guest")
"""What is put down of those who are there; a guest takes no seat."""
_PARTLY = "|".join(
    re.escape(word)
    for word in sorted({word for code in LANGUAGES for word in words(code).SHEET.partly}, key=len, reverse=True)
)
# An organisation after such a word, as in "från SUS", is no part of a meeting.
_PART = re.compile(rf"§|(?i:{_PARTLY})(?!\w)(?!\s*[^\W\d_a-zåäö])")


def seated(council: Council, meeting: Meeting) -> tuple[Attendance, ...]:
    """The attendance with the seats of that day: each one's own, and those of the one they stand in for.

    Seats that are put down already stay; a guest takes none.
    """
    called = {one.member: one.seats for one in seats.called_to(council, meeting)}
    return tuple(_seated(row, called) for row in meeting.attendance)


def _seated(row: Attendance, called: dict[str, tuple[str, ...]]) -> Attendance:
    if row.seats or row.status == "guest":
        return row
    named = (who for who in (row.member, row.substitute_for) if isinstance(who, str))
    taken = dict.fromkeys(seat for who in named for seat in called.get(who, ()))
    return row.model_copy(update={"seats": tuple(taken)})


def moments(meeting: Meeting) -> Iterator[tuple[Block | None, tuple[Attendance, ...]]]:
    """The beginning (None) and then every block of the meeting, each with those who are there from that point on.

    Whoever is put down as present is there, but not before they arrive, where that is their first movement, and not
    after they leave. A note such as "§ 91-97" cannot be reckoned with: see ``partly``.
    """
    away = {who for who, first in _first_movements(meeting).items() if isinstance(first, ArrivedBlock)}
    there = _there(meeting, away)
    yield None, there
    for _item, block in meeting.blocks():
        if isinstance(block, ArrivedBlock):
            away.discard(sign(block.arrived))
        elif isinstance(block, LeftBlock):
            away.add(sign(block.left))
        there = _there(meeting, away) if isinstance(block, Movement) else there
        yield block, there


def _first_movements(meeting: Meeting) -> dict[str, Movement]:
    found: dict[str, Movement] = {}
    for _item, block in meeting.blocks():
        if isinstance(block, Movement):
            found.setdefault(sign(mover(block)), block)
    return found


def _there(meeting: Meeting, away: set[str]) -> tuple[Attendance, ...]:
    return tuple(row for row in meeting.attendance if row.status in THERE and sign(row.person) not in away)


def mover(block: Movement) -> Person:
    """Who comes or goes."""
    return block.arrived if isinstance(block, ArrivedBlock) else block.left


def sign(person: Person) -> str:
    """One text for one person: the member's id, or the name as written, folded."""
    return fold(person.name) if isinstance(person, Named) else person


def taken(there: tuple[Attendance, ...]) -> dict[str, list[Attendance]]:
    """The seats that are taken, each with those who take it: one, unless the record contradicts itself."""
    found: dict[str, list[Attendance]] = {}
    for row in there:
        for seat in row.seats if row.status == "present" else ():
            found.setdefault(seat, []).append(row)
    return found


def partly(row: Attendance) -> bool:
    """Whether a note says that somebody was there for a part of the meeting only, which cannot be reckoned with."""
    return bool(row.note and _PART.match(row.note))
