"""Days that come again, as people write it: third Tuesday, not in July."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from atbtst_cli.language.tables import SheetWords
from atbtst_cli.models.directory import fold
from atbtst_cli.sheet.moment import MONTHS, WEEKDAYS
from atbtst_cli.sheet.vocabulary import TABLES

LAST = -1
WEEK = 7


def _words(table: SheetWords) -> Iterator[tuple[str, tuple[str, int]]]:
    yield from ((word, ("nothing", 0)) for word in table.series)
    yield from ((word, ("except", 0)) for word in table.except_)
    yield from ((word, ("place", place)) for place, words in table.ordinals.items() for word in words)


MEANINGS = {
    **{fold(word): meaning for table in TABLES for word, meaning in _words(table)},
    **{fold(word): ("month", number) for word, number in MONTHS.items()},
    **{fold(word): ("weekday", number) for word, number in WEEKDAYS.items()},
}
"""What each word of a rule says: a weekday, its place in the month, a month, that months are left out, or nothing."""


def days(text: str, first: date, last: date) -> tuple[date, ...] | None:
    """The days between two, both counted in, that a rule gives; None where the text is no rule that is understood.

    A rule names a weekday, and may name its places in the month, the months, and after *not* those that are left out.
    """
    said: dict[str, set[int]] = {"place": set(), "weekday": set(), "month": set(), "except": set(), "nothing": set()}
    left_out = False
    for word in re.findall(r"[^\s,;]+", text):
        kind, number = MEANINGS.get(fold(word), (None, 0))
        if kind is None:
            return None
        left_out = left_out or kind == "except"
        said["except" if left_out and kind == "month" else kind].add(number)
    if not said["weekday"] or said["except"] == {0}:
        return None
    every = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return tuple(day for day in every if _fits(day, said))


def _fits(day: date, said: dict[str, set[int]]) -> bool:
    return (
        day.weekday() in said["weekday"]
        and (not said["place"] or not said["place"].isdisjoint(_places(day)))
        and (not said["month"] or day.month in said["month"])
        and day.month not in said["except"]
    )


def _places(day: date) -> Iterator[int]:
    """The place of the day among the same weekdays of its month, from the front and, for the last one, the back."""
    yield (day.day - 1) // WEEK + 1
    if day.day + WEEK > monthrange(day.year, day.month)[1]:
        yield LAST
