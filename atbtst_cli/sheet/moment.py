"""Days and times as people write them: dates, weeks, the next meeting, hours."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from atbtst_cli.models.base import SLUG
from atbtst_cli.models.directory import fold
from atbtst_cli.models.meeting import Due
from atbtst_cli.sheet.vocabulary import TABLES, any_of, one_of, spellings

MONTHS = {word.casefold(): number for table in TABLES for number, names in enumerate(table.months, 1) for word in names}
WEEKDAYS = {
    word.casefold(): number for table in TABLES for number, names in enumerate(table.weekdays) for word in names
}
NEARBY = {fold(word): days for table in TABLES for days, words in table.nearby.items() for word in words}

CLOCK = any_of(spellings(lambda table: table.clock))
HOUR = r"(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9])(?![0-9])"
UNTIL = rf"(?:\s*[-‐‑‒–—−]\s*|\s+{one_of(spellings(lambda table: table.until))}\s+)"
FULL_HOUR = r"(?:[01]?[0-9]|2[0-3])(?![0-9:.][0-9])"

ISO = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![\w-])"
MEETING = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-{SLUG}(?![\w-])"
WEEKDAY = one_of(WEEKDAYS)
WEEKDAY_BEFORE = rf"(?:{WEEKDAY}\s+)?(?:den\s+)?"
IN_MONTH = rf"[0-9]{{1,2}}(?:\s*:?e|:a|st|nd|rd|th)?\s+{one_of(MONTHS)}"
FULL_YEAR = r",?\s+[0-9]{4}(?![0-9])"
SHORT_YEAR = rf"\s+['’-]?[0-9]{{2}}(?!\w|[:.][0-9]|{UNTIL}[0-9])"
"""Two digits after a month that are no time of day."""
WORDY = rf"{IN_MONTH}(?:{FULL_YEAR})?"
SLASH = r"[0-9]{1,2}/[0-9]{1,2}(?:[/\s-][0-9]{4}|[/-][0-9]{2})?(?![0-9/])"
DOTTED = r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9])"
EIGHT = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
SIX = r"(?<![0-9])[0-9]{6}(?![0-9])"
DAY = rf"{WEEKDAY_BEFORE}(?<![0-9])(?:{ISO}|{IN_MONTH}(?:{FULL_YEAR}|{SHORT_YEAR})?|{SLASH}|{DOTTED}|{EIGHT}|{SIX})"
RELATIVE = rf"(?<!\w){one_of(spellings(lambda table: [word for words in table.nearby.values() for word in words]))}"
WEEK = rf"(?<!\w){any_of(spellings(lambda table: table.week))}\s*[0-9]{{1,2}}(?![0-9])(?:\s+[0-9]{{4}}(?![0-9]))?"
NEXT = one_of(spellings(lambda table: table.next_meeting))
BEFORE_DUE = one_of(spellings(lambda table: table.due))
DUE = rf"(?:{BEFORE_DUE}\s+)?(?:{MEETING}|{NEXT}|{WEEK}|{DAY}|{RELATIVE})"
"""A pattern for when something is due, without groups; what it means is ``due``'s work."""

_DAY = re.compile(DAY, re.IGNORECASE)
_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})$"),
    re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})(?:[^0-9](?P<year>[0-9]{4}|[0-9]{2}))?$"),
    re.compile(r"(?P<year>[0-9]{4}|[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})$"),
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})[^0-9]*?\s(?P<month>{one_of(MONTHS)})(?:\W+(?P<year>[0-9]{{4}}|[0-9]{{2}}))?$",
        re.IGNORECASE,
    ),
)
"""The forms of a day, each with groups for its parts; the first one that fits tells them."""
_RELATIVE = re.compile(RELATIVE, re.IGNORECASE)
_WEEK = re.compile(rf"{WEEK}", re.IGNORECASE)
_NEXT = re.compile(NEXT, re.IGNORECASE)
_MEETING = re.compile(MEETING)
_BEFORE_DUE = re.compile(rf"{BEFORE_DUE}\s+", re.IGNORECASE)
_TIMES = re.compile(
    rf"(?<![\w:./-])(?:{CLOCK}\s*(?P<full>{HOUR}|{FULL_HOUR})?(?:{UNTIL}(?P<full_end>{HOUR}|{FULL_HOUR}))?"
    rf"|(?P<start>{HOUR})?(?:{UNTIL}(?P<end>{HOUR}))?)(?![0-9:])",
    re.IGNORECASE,
)
CENTURY = 2000
YEARS_AROUND = 9
"""So many years on either side have every day of the year, a 29th of February too."""
AHEAD = 14
LAST_WEEKDAY = 7


class Written(NamedTuple):
    """The parts of a day as they are written; no year where none is."""

    year: int | None
    month: int
    number: int

    def of(self, year: int) -> date | None:
        """That day of a year; None where the year has no such day."""
        try:
            return date(year, self.month, self.number)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written: its date where there is such a day, its words and where they stand.

    ``inferred`` tells that the year of the date was not written but worked out.
    """

    date: date | None
    words: str
    start: int
    end: int
    inferred: bool = False


Year = Callable[[Written, date], date | None]
"""How the date of a day without a year is found, seen from another one."""


def coming(written: Written, on: date) -> date | None:
    """The first such day from that date on: what is to come."""
    return next((day for day in _around(written, on) if day >= on), None)


def nearest(written: Written, on: date) -> date | None:
    """The nearest such day to that date: what may have happened or be to come."""
    return closest(_around(written, on), on)


def held(written: Written, on: date) -> date | None:
    """The nearest such day that is no more than two weeks ahead: that of a meeting which is minuted."""
    return closest((day for day in _around(written, on) if (day - on).days <= AHEAD), on)


def closest(days: Iterable[date], on: date) -> date | None:
    """The one of the days that is nearest to that date, the earlier of two."""
    return min(days, key=lambda day: (abs(day - on), day), default=None)


def day(text: str, on: date, year: Year = coming) -> Day | None:
    """The first day that is written in the text; where its year is not, ``year`` finds it, seen from ``on``."""
    match = _DAY.search(text)
    if not match:
        return None
    written = parts(match[0])
    known = year(written, on) if written.year is None else written.of(written.year)
    return Day(known, match[0], match.start(), match.end(), inferred=bool(known) and written.year is None)


def relative(text: str, today: date | None = None) -> Day | None:
    """The first day that is told by its distance, such as *yesterday*; it has a date only where today is given."""
    match = _RELATIVE.search(text)
    if not match:
        return None
    known = today + timedelta(days=NEARBY[fold(match[0])]) if today else None
    return Day(known, match[0], match.start(), match.end())


def due(text: str, on: date, *, spoken: bool = False) -> Due | None:
    """When that is, seen from a meeting on that day; None for a day that does not exist.

    A day without a year is the first such day on or after the meeting's, a week is its Sunday. Where the words are
    ``spoken`` on that very day and not kept, *tomorrow* counts too.
    """
    when = _BEFORE_DUE.sub("", text.strip(), count=1)
    if _NEXT.fullmatch(when):
        return "next"
    if _MEETING.fullmatch(when):
        return when
    if _WEEK.fullmatch(when):
        return _week(when, on)
    found = day(when, on) or (relative(when, on) if spoken else None)
    return found.date if found and found.words == when else None


def times(text: str) -> tuple[time | None, time | None, int, int]:
    """The start and end that are written in the text, and where they stand; two Nones where there are none."""
    for match in _TIMES.finditer(text):
        start, end = match["full"] or match["start"], match["full_end"] or match["end"]
        if start or end:
            return _time(start), _time(end), match.start(), match.end()
    return None, None, 0, 0


def parts(words: str) -> Written:
    """The parts of a day whose words one of the patterns found."""
    said = next(match for form in _FORMS if (match := form.search(words)))
    month = int(said["month"]) if said["month"].isdecimal() else MONTHS.get(said["month"].casefold(), 0)
    return Written(_full_year(said["year"]), month, int(said["day"]))


def dated(written: Written, on: date) -> list[date]:
    """The dates that a day in running text can mean: its own; without a year that of ``on``'s year, or the next."""
    days = [written.of(on.year), coming(written, on)] if written.year is None else [written.of(written.year)]
    return [day for day in days if day]


def _full_year(digits: str | None) -> int | None:
    return int(digits) + (CENTURY if len(digits) == len("26") else 0) if digits else None


def _around(written: Written, on: date) -> list[date]:
    """Every such day in the years around, in order."""
    days = (written.of(on.year + ahead) for ahead in range(-YEARS_AROUND, YEARS_AROUND + 1))
    return [day for day in days if day]


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
