"""Days and times as people write them: dates, weeks, the next meeting, hours; and weekdays that do not fit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from atbtst_cli.language import current, words
from atbtst_cli.models.base import SLUG
from atbtst_cli.models.meeting import Due
from atbtst_cli.sheet.vocabulary import TABLES, any_of, one_of, spellings

MONTHS = {word.casefold(): number for table in TABLES for number, names in enumerate(table.months, 1) for word in names}
WEEKDAYS = {
    word.casefold(): number for table in TABLES for number, names in enumerate(table.weekdays) for word in names
}

ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])"
MEETING = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-{SLUG}(?![\w-])"
WEEKDAY = one_of(WEEKDAYS)
WEEKDAY_BEFORE = rf"(?:{WEEKDAY}\s+)?(?:den\s+)?"
WORDY = rf"[0-9]{{1,2}}(?:\s*:?e|:a|st|nd|rd|th)?\s+{one_of(MONTHS)}(?:,?\s+[0-9]{{4}}(?![0-9]))?"
SLASH = r"[0-9]{1,2}/[0-9]{1,2}(?:[/\s-][0-9]{4}|[/-][0-9]{2})?(?![0-9/])"
SIX = r"(?<![0-9])[0-9]{6}(?![0-9])"
DAY = rf"{WEEKDAY_BEFORE}(?<![0-9])(?:{ISO}|{WORDY}|{SLASH}|{SIX})"
WEEK = rf"(?<!\w){any_of(spellings(lambda table: table.week))}\s*[0-9]{{1,2}}(?![0-9])(?:\s+[0-9]{{4}}(?![0-9]))?"
NEXT = one_of(spellings(lambda table: table.next_meeting))
BEFORE_DUE = one_of(spellings(lambda table: table.due))
DUE = rf"(?:{BEFORE_DUE}\s+)?(?:{MEETING}|{NEXT}|{WEEK}|{DAY})"
"""A pattern for when something is due, without groups; what it means is ``due``'s work."""

CLOCK = any_of(spellings(lambda table: table.clock))
HOUR = r"(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9])(?![0-9])"
UNTIL = rf"(?:\s*[-‐‑‒–—−]\s*|\s+{one_of(spellings(lambda table: table.until))}\s+)"
FULL_HOUR = r"(?:[01]?[0-9]|2[0-3])(?![0-9:.][0-9])"

_DAY = re.compile(DAY, re.IGNORECASE)
_ISO = re.compile(ISO)
_WORDY = re.compile(rf"([0-9]{{1,2}})[^0-9]*?\s({one_of(MONTHS)}),?(?:\s+([0-9]{{4}}))?", re.IGNORECASE)
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:[^0-9]([0-9]{4}|[0-9]{2}))?")
_SIX = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_WEEK = re.compile(rf"{WEEK}", re.IGNORECASE)
_NEXT = re.compile(NEXT, re.IGNORECASE)
_MEETING = re.compile(MEETING)
_BEFORE_DUE = re.compile(rf"{BEFORE_DUE}\s+", re.IGNORECASE)
_TIMES = re.compile(
    rf"(?<![\w:./-])(?:{CLOCK}\s*(?P<full>{HOUR}|{FULL_HOUR})?(?:{UNTIL}(?P<full_end>{HOUR}|{FULL_HOUR}))?"
    rf"|(?P<start>{HOUR})?(?:{UNTIL}(?P<end>{HOUR}))?)(?![0-9:])",
    re.IGNORECASE,
)
_DIGIT = re.compile("[0-9]")
_WEEKDAY_DATE = re.compile(rf"(?<!\w)({WEEKDAY})\s+(?:den\s+)?({ISO}|{WORDY}|{SLASH})", re.IGNORECASE)
CENTURY = 2000
YEARS_AHEAD = 9
LAST_WEEKDAY = 7


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written: its date where there is such a day, where it stands, whether the year was worked out."""

    date: date | None
    start: int
    end: int
    inferred: bool


@dataclass(frozen=True, slots=True)
class Misfit:
    """A weekday that does not fit its date: the words, where they stand, the date, the year it would fit."""

    words: str
    at: int
    date: date


def due(text: str, on: date) -> Due | None:
    """When that is, seen from a meeting on that day; None for a day that does not exist.

    A day without a year is the first such day on or after the meeting's, a week is its Sunday.
    """
    when = _BEFORE_DUE.sub("", text.strip(), count=1)
    if _NEXT.fullmatch(when):
        return "next"
    if _MEETING.fullmatch(when):
        return when
    if _WEEK.fullmatch(when):
        return _week(when, on)
    found = day(when, on)
    return found.date if found else None


def day(text: str, on: date) -> Day | None:
    """The first day that is written in the text."""
    match = _DAY.search(text)
    if not match:
        return None
    written, year, month, number = _numbers(match[0])
    known = _exact(year, month, number) if written else _next(month, number, on)
    return Day(known, match.start(), match.end(), inferred=not written)


def times(text: str) -> tuple[time | None, time | None, int, int]:
    """The start and end that are written in the text, and where they stand; two Nones where there are none."""
    for match in _TIMES.finditer(text):
        start, end = match["full"] or match["start"], match["full_end"] or match["end"]
        if start or end:
            return _time(start), _time(end), match.start(), match.end()
    return None, None, 0, 0


def misfits(text: str, on: date) -> Iterator[Misfit]:
    """Each weekday in the text that does not fit its date, seen from a meeting on that day."""
    for match in _WEEKDAY_DATE.finditer(text) if _DIGIT.search(text) else ():
        weekday = WEEKDAYS.get(match[1].casefold())
        written, year, month, number = _numbers(match[2])
        days = [_exact(year if written else on.year, month, number)]
        days += [] if written else [_next(month, number, on)]
        known = [day for day in days if day]
        if known and all(day.weekday() != weekday for day in known):
            yield Misfit(re.sub(r"\s+", " ", match[0]), match.start(), known[0])


def weekday_name(day: date) -> str:
    """The weekday of that date, in the language of messages."""
    return words(current()).SHEET.weekdays[day.weekday()][0]


def _numbers(text: str) -> tuple[bool, int, int, int]:
    """Whether a year is written; year, month and day, 0 for what is not there."""
    if match := _ISO.search(text):
        year, month, number = (int(part) for part in match[0].split("-"))
        return True, year, month, number
    if match := _WORDY.search(text):
        return bool(match[3]), int(match[3] or 0), MONTHS.get(match[2].casefold(), 0), int(match[1])
    if match := _SLASH.search(text):
        return bool(match[3]), _full_year(match[3]), int(match[2]), int(match[1])
    match = _SIX.search(text)
    parts = [int(part) for part in match.groups()] if match else [0, 0, 0]
    return True, CENTURY + parts[0], parts[1], parts[2]


def _full_year(digits: str | None) -> int:
    return (int(digits) + (CENTURY if len(digits) == len("26") else 0)) if digits else 0


def _next(month: int, number: int, on: date) -> date | None:
    days = (_exact(on.year + ahead, month, number) for ahead in range(YEARS_AHEAD))
    return next((day for day in days if day and day >= on), None)


def _exact(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _week(text: str, on: date) -> date | None:
    week, *year = (int(number) for number in re.findall(r"[0-9]+", text))
    years = year or [on.isocalendar().year, on.isocalendar().year + 1]
    sundays = (_sunday(one, week) for one in years)
    return next((sunday for sunday in sundays if sunday and (year or sunday >= on)), None)


def _sunday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, LAST_WEEKDAY)
    except ValueError:
        return None


def _time(text: str | None) -> time | None:
    if not text:
        return None
    hours, _colon, minutes = text.replace(".", ":").partition(":")
    return time(int(hours), int(minutes or 0))
