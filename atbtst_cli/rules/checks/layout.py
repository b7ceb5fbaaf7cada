"""The inside of a record: the way to each of its parts, and the ids within it that others can name."""

from collections.abc import Iterator

from atbtst_cli.models.base import Record
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import AgendaItem, Block, DecisionBlock, Meeting, NextTimeBlock
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Settings

Field = tuple[str | int, ...]
"""The way to a value in a record's file, such as ("agenda", 2, "title")."""
Place = tuple[Field, AgendaItem | Block]
"""An agenda item or a block, and the way to it in its meeting."""


def parts(meeting: Meeting) -> list[Place]:
    """Every agenda item and every block of a meeting with the way to it, in the order of the document."""
    found: list[Place] = [(("preamble", place), block) for place, block in enumerate(meeting.preamble)]
    _collect(meeting.agenda, ("agenda",), found)
    return found


def _collect(items: tuple[AgendaItem, ...], way: Field, found: list[Place]) -> None:
    for place, item in enumerate(items):
        here = (*way, place)
        found.append((here, item))
        found.extend(((*here, "body", number), block) for number, block in enumerate(item.body))
        _collect(item.parts, (*here, "parts"), found)


def anchors(record: Record | Settings) -> Iterator[tuple[str, Field]]:
    """The ids within a record that others can name, each with the way to it, in the order of the record.

    They are a body's seats, a meeting's agenda items, decisions and next-time entries, a matter's referrals, and the
    instances of the settings.
    """
    if isinstance(record, Meeting):
        yield from _of_meeting(record)
    elif isinstance(record, Network):
        yield from ((seat.id, ("seats", place, "id")) for place, seat in enumerate(record.seats))
    elif isinstance(record, Matter):
        yield from ((referral.id, ("referrals", place, "id")) for place, referral in enumerate(record.referrals))
    elif isinstance(record, Settings):
        yield from ((instance.id, ("instances", place, "id")) for place, instance in enumerate(record.instances))


def _of_meeting(meeting: Meeting) -> Iterator[tuple[str, Field]]:
    for way, part in parts(meeting):
        if isinstance(part, AgendaItem):
            yield part.id, (*way, "id")
        elif isinstance(part, DecisionBlock):
            yield part.decision, (*way, "decision")
        elif isinstance(part, NextTimeBlock):
            yield part.next_time, (*way, "next_time")
