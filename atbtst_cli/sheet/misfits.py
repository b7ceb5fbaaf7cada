"""Days that are not what they look like: a weekday that does not fit, a day that is not there, a year not written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from atbtst_cli.errors import Finding
from atbtst_cli.language import _, current, words
from atbtst_cli.sheet.moment import ISO, SLASH, WEEKDAY, WEEKDAYS, WORDY, Day, dated, parts, relative
from atbtst_cli.sheet.vocabulary import example

_DIGIT = re.compile("[0-9]")
_WEEKDAY_DATE = re.compile(rf"(?<!\w)({WEEKDAY})\s+(?:den\s+)?({ISO}|{WORDY}|{SLASH})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A weekday that does not fit its date: the words, where they stand, the date, the year it would fit."""

    words: str
    at: int
    date: date


def misfits(text: str, on: date) -> Iterator[Misfit]:
    """Each weekday in the text that does not fit its date, seen from a meeting on that day."""
    for match in _WEEKDAY_DATE.finditer(text) if _DIGIT.search(text) else ():
        weekday = WEEKDAYS.get(match[1].casefold())
        known = dated(parts(match[2]), on)
        if known and all(day.weekday() != weekday for day in known):
            yield Misfit(re.sub(r"\s+", " ", match[0]), match.start(), known[0])


def wrong_weekday(misfit: Misfit) -> Finding:
    """What to say of a weekday that does not fit its date."""
    return Finding(
        "weekday",
        "warning",
        _("“{words}” does not fit: {date} is a {weekday}").format(
            words=misfit.words, date=misfit.date, weekday=_weekday_name(misfit.date)
        ),
        hint=_("Look whether the weekday, the date or the year is wrong; the words are kept as they are."),
    )


def year_not_written(found: Day) -> Finding:
    """What to say of a day whose year was worked out."""
    return Finding(
        "year-inferred",
        "notice",
        _("the year was not written: {words} was read as {date}").format(words=found.words, date=found.date),
    )


def no_such_day(words: str, kind: str = "day") -> Finding:
    """What to say of words that give no date: they mean another day each time they are read, or there is none such.

    ``kind`` is the example to follow.
    """
    hint = _("Write it like this: {example}").format(example=example(kind))
    if relative(words):
        message = _("“{words}” means another day each time the text is read").format(words=words)
        return Finding("relative-date", "error", message, hint=hint)
    return Finding("bad-date", "error", _("there is no such day: {words}").format(words=words), hint=hint)


def _weekday_name(day: date) -> str:
    return words(current()).SHEET.weekdays[day.weekday()][0]
