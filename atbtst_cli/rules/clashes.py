"""What a meeting can collide with: another one of the same people, a day off, the change of the clocks."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from atbtst_cli.language import current
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import seats

USUAL = 120
"""The minutes that a meeting is taken to last whose end is not known."""
DAY = 24 * 60


def called_to_both(council: Council, one: Meeting, other: Meeting) -> tuple[str, ...]:
    """The members who are called to both meetings and cannot be at both, in the seats' order.

    A meeting without hours is taken to need the whole day; one that was cancelled keeps nobody.
    """
    if one.id == other.id or one.cancelled or other.cancelled or one.date != other.date or not _overlap(one, other):
        return ()
    there = {called.member for called in seats.called_to(council, other)}
    return tuple(called.member for called in seats.called_to(council, one) if called.member in there)


def by_day(meetings: Iterable[Meeting]) -> Mapping[date, list[Meeting]]:
    """The meetings of each day on which there is any."""
    ordered = sorted(meetings, key=lambda meeting: (meeting.date, meeting.id))
    return {day: list(several) for day, several in groupby(ordered, key=lambda meeting: meeting.date)}


def holiday(day: date) -> str | None:
    """What the day off is called, in the language of messages; None for an ordinary day, and for a plain Sunday.

    Days off are Sweden's public holidays (lagen om allmänna helgdagar, 1989:253) and the three eves that count like
    them (semesterlagen, 1977:480, 7 §).
    """
    return _holidays("sv" if current() == "sv" else "en_US").get(day)


def clock_change(day: date, at: time, zone: str) -> Literal["skipped", "twice"] | None:
    """Whether the clocks skip that time of the day or show it twice; None where neither, or the zone is not known."""
    try:
        moment = datetime.combine(day, at, ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        return None
    first, second = (moment.replace(fold=fold).utcoffset() for fold in (0, 1))
    if first is None or second is None or first == second:
        return None
    return "twice" if first > second else "skipped"


@cache
def _holidays(language: str) -> Mapping[date, str]:
    from holidays.constants import DE_FACTO, PUBLIC
    from holidays.countries.sweden import Sweden

    return Sweden(categories=(PUBLIC, DE_FACTO), language=language)


def _overlap(one: Meeting, other: Meeting) -> bool:
    (start, end), (other_start, other_end) = _hours(one), _hours(other)
    return start < other_end and other_start < end


def _hours(meeting: Meeting) -> tuple[int, int]:
    """From when to when it takes people's time, in minutes of the day."""
    if meeting.start is None:
        return 0, DAY
    start = _minutes(meeting.start)
    return start, _minutes(meeting.end) if meeting.end else start + USUAL


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
