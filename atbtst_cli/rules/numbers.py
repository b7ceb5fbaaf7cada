"""The numbers people cite, such as RÅD 3/2026 and § 12: per body and year, drawn when a meeting is held."""

from collections.abc import Iterable, Iterator
from datetime import date

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import DecisionBlock, Meeting


def next_meeting_number(council: Council, network_id: str, year: int) -> int:
    """The number of the next meeting that the body holds in that year: one more than the highest in use."""
    return _after(meeting.number for meeting in _meetings(council, network_id, year))


def next_decision_number(council: Council, network_id: str, year: int, *written: Meeting) -> int:
    """The number of the body's next decision in that year: one more than the highest in use, or just ``written``."""
    return _after(
        block.number
        for meeting in (*_meetings(council, network_id, year), *written)
        for _, block in meeting.blocks()
        if isinstance(block, DecisionBlock)
    )


def first_later(council: Council, network_id: str, day: date) -> Meeting | None:
    """The body's first meeting after a day, in the same year, that has its number already; None where there is none."""
    later = (one for one in _meetings(council, network_id, day.year) if one.number is not None and one.date > day)
    return min(later, key=lambda one: one.date, default=None)


def _meetings(council: Council, network_id: str, year: int) -> Iterator[Meeting]:
    for meeting in council.meetings.values():
        if meeting.network == network_id and meeting.date.year == year:
            yield meeting


def _after(numbers: Iterable[int | None]) -> int:
    return max((number for number in numbers if number is not None), default=0) + 1
