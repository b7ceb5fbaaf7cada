"""Days and times as people write them, and which year a day without one means."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_example import DAY

from atbtst_cli.language import LANGUAGES, words
from atbtst_cli.sheet import moment
from atbtst_cli.sheet.misfits import misfits

# Days and times


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("senast 2026-11-21", date(2026, 11, 21)),
        ("till 17 februari", date(2026, 2, 17)),
        ("16 februari", date(2027, 2, 16)),
        ("senast den 1:a maj", date(2026, 5, 1)),
        ("fredag 21 november 2025", date(2025, 11, 21)),
        ("21/11", date(2026, 11, 21)),
        ("21/11 2027", date(2027, 11, 21)),
        ("21/11-27", date(2027, 11, 21)),
        ("260321", date(2026, 3, 21)),
        ("v. 8", date(2026, 2, 22)),
        ("v.7", date(2027, 2, 21)),
        ("vecka 53", date(2027, 1, 3)),
        ("week 1 2028", date(2028, 1, 9)),
        ("29 februari", date(2028, 2, 29)),
        ("31 november", None),
        ("2026-02-30", None),
        ("v. 60", None),
        ("v. 53 2027", None),
        ("0000-01-01", None),
        ("till nästa möte", "next"),
        ("by the next meeting", "next"),
        ("2026-04-21-rad", "2026-04-21-rad"),
    ],
)
def test_due_dates_as_people_write_them(text: str, when: object) -> None:
    """Without a year it is the first such day on or after the meeting's; a week is its Sunday."""
    assert moment.due(text, DAY) == when


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("13:15-16:15", time(13, 15), time(16, 15)),
        ("kl. 9.00–14.30", time(9), time(14, 30)),
        ("kl 19.15", time(19, 15), None),
        ("kl.16", time(16), None),
        ("kl. –16:15", None, time(16, 15)),
        ("2026-02-17", None, None),
        ("1-2 april", None, None),
        ("25:15", None, None),
    ],
)
def test_times_as_people_write_them(text: str, start: time | None, end: time | None) -> None:
    """With a colon or a full stop, any dash, or the word for *to*."""
    assert moment.times(text)[:2] == (start, end)


@pytest.mark.parametrize(
    ("text", "on", "words"),
    [
        ("onsdagen 15 november", date(2022, 11, 8), ["onsdagen 15 november"]),
        ("onsdagen 15 november 2023", date(2022, 11, 8), []),
        ("onsdag den 14 januari", date(2025, 11, 8), []),
        ("Friday\n20 March 2026 och måndag 1/1 2024", date(2026, 2, 17), []),
        ("tors 19/3, tisdag 2026-03-18", date(2026, 2, 17), ["tisdag 2026-03-18"]),
        ("måndag 31 november", date(2026, 2, 17), []),
        ("mån\u0131 1 maj, ſöndag 1 maj", date(2026, 2, 17), ["ſöndag 1 maj"]),
    ],
)
def test_weekdays_that_fit_no_year_are_told(text: str, on: date, words: list[str]) -> None:
    """Seen from the meeting's year, or the next such day after it."""
    assert [misfit.words for misfit in misfits(text, on)] == words


# Which year is meant

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
YEARS = (moment.coming, moment.nearest, moment.held)


def day(text: str, on: date = DAY, year: moment.Year = moment.coming) -> date | None:
    """The day that the whole text is; None where it is none, or something is left over."""
    found = moment.day(text, on, year)
    return found.date if found and found.words == text else None


@settings(max_examples=300)
@given(DAYS, DAYS)
def test_the_nearest_day_is_never_more_than_half_a_year_away(on: date, other: date) -> None:
    """The same day and month; of two that are as near, the past one. Only a leap day can be further off."""
    found = day(f"{other.day}/{other.month}", on, moment.nearest)
    assert found is not None
    assert (found.month, found.day) == (other.month, other.day)
    assert abs(found - on) <= timedelta(183) or (found.month, found.day) == (2, 29)
    mirrored = on + (on - found)
    assert found <= on or (mirrored.month, mirrored.day) != (found.month, found.day)


@settings(max_examples=300)
@given(DAYS, DAYS)
def test_what_was_held_is_never_far_ahead_and_what_is_to_come_never_past(on: date, other: date) -> None:
    """Minutes are for the nearest such day that has come or comes within two weeks; due dates for the next one."""
    text = f"{other.day}/{other.month}"
    held, coming = day(text, on, moment.held), day(text, on, moment.coming)
    assert held is not None
    assert coming is not None
    assert on - timedelta(366) < held <= on + timedelta(14) or (held.month, held.day) == (2, 29)
    assert on <= coming < on + timedelta(366) or (coming.month, coming.day) == (2, 29)
    nearest = day(text, on, moment.nearest)
    assert nearest == held or (nearest is not None and nearest > on + timedelta(14))


@settings(max_examples=300)
@given(DAYS, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 9), st.sampled_from(YEARS))
def test_a_year_that_is_written_always_counts(on: date, known: date, spelling: int, year: moment.Year) -> None:
    """In every form, seen from any day; two digits are of this century."""
    d, m, y = known.day, known.month, known.year
    names = [name for code in LANGUAGES for name in words(code).SHEET.months[m - 1]]
    name = names[spelling % len(names)]
    for text in (
        f"{known}",
        f"{y}-{m}-{d}",
        f"{known:%Y%m%d}",
        f"{known:%y%m%d}",
        f"{d}/{m} {y}",
        f"{d}/{m}-{y}",
        f"{d}/{m}/{y}",
        f"{d}/{m}-{y % 100:02d}",
        f"{d}/{m}/{y % 100:02d}",
        f"{d}.{m}.{y}",
        f"{known:%d.%m.%Y}",
        f"{d} {name} {y}",
        f"{d} {name}, {y}",
        f"den {d}:e {name} {y % 100:02d}",
        f"{d} {name} -{y % 100:02d}",
        f"{d} {name} '{y % 100:02d}",
    ):
        found = moment.day(text, on, year)
        assert found is not None, text
        assert (found.date, found.words, found.inferred) == (known, text, False), text


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("17 februari 13:15–16:15", "17 februari", date(2026, 2, 17)),
        ("17 februari 13.15", "17 februari", date(2026, 2, 17)),
        ("17 februari 13-15", "17 februari", date(2026, 2, 17)),
        ("17 februari 13 – 15", "17 februari", date(2026, 2, 17)),
        ("17 februari 13 till 15", "17 februari", date(2026, 2, 17)),
        ("17 feb 27 13:15", "17 feb 27", date(2027, 2, 17)),
        ("17 feb 27.", "17 feb 27", date(2027, 2, 17)),
        ("17 feb 20267", "17 feb", date(2026, 2, 17)),
        ("17/2 13:15", "17/2", date(2026, 2, 17)),
        ("17.2.2026 kl. 13.15", "17.2.2026", date(2026, 2, 17)),
        ("RÅD 20260217, Dockplatsen", "20260217", date(2026, 2, 17)),
    ],
)
def test_hours_are_no_years(text: str, words: str, when: date) -> None:
    """What stands after the day is left to whoever looks for times and places."""
    found = moment.day(text, DAY)
    assert found is not None
    assert (found.words, found.date) == (words, when)


@pytest.mark.parametrize(
    "text", ["2026-2-30", "31.11.2026", "31 november 26", "20260231", "32/1 2026", "0/1-26", "29 feb 27", "2026-13-1"]
)
def test_a_day_that_does_not_exist_has_no_date(text: str) -> None:
    found = moment.day(text, DAY, moment.nearest)
    assert found is not None
    assert (found.date, found.inferred) == (None, False)


@pytest.mark.parametrize("text", ["17.2", "12345678", "1234-56-7-8", "20261345", "3.2.1"])
def test_other_numbers_are_no_days(text: str) -> None:
    assert moment.day(text, DAY) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *[("igår", -1), ("I  går", -1), ("yesterday", -1)],
        *[("idag", 0), ("i dag", 0), ("today", 0)],
        *[("Imorgon", 1), ("i morgon", 1), ("Tomorrow", 1)],
    ],
)
def test_near_days_have_a_date_only_where_today_counts(text: str, days: int) -> None:
    """A text that is kept for decades cannot depend on the day it is read."""
    spoken, kept = moment.relative(text, DAY), moment.relative(text)
    assert spoken is not None
    assert kept is not None
    assert (spoken.date, kept.date) == (DAY + timedelta(days), None)
    assert moment.due(text, DAY, spoken=True) == DAY + timedelta(days)
    assert moment.due(text, DAY) is None
