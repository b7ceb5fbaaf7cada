"""Days that come again by a rule that people write."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.language import LANGUAGES, words
from atbtst_cli.sheet.series import days

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TUESDAYS = ["01-20", "02-17", "03-17", "04-21", "05-19", "06-16", "07-21", "08-18", "09-15", "10-20", "11-17", "12-15"]


def given_by(text: str) -> list[str] | None:
    found = days(text, *YEAR)
    return None if found is None else [f"{day:%m-%d}" for day in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("third Tuesday", TUESDAYS),
        ("tredje tisdagen", TUESDAYS),
        ("Den 3:e tisdagen i varje månad", TUESDAYS),
        ("the third Tuesday of every month", TUESDAYS),
        ("third Tuesday, not in July", [day for day in TUESDAYS if day[:2] != "07"]),
        ("tredje tisdagen, utom i juli och augusti", [day for day in TUESDAYS if day[:2] not in ("07", "08")]),
        ("tredje tis i feb, april och sept", ["02-17", "04-21", "09-15"]),
        ("sista fredagen i maj", ["05-29"]),
        ("fourth Friday in May", ["05-22"]),
        ("first and third Monday in March", ["03-02", "03-16"]),
        ("första och sista måndagen i mars", ["03-02", "03-30"]),
        ("måndag och onsdag i februari, inte i mars", ["02-02", "02-04", "02-09", "02-11", "02-16", "02-18", "02-23", "02-25"]),
        ("tredje tisdagen i juli, inte i juli", []),
    ],
)  # fmt: skip
def test_a_rule_names_weekdays_their_places_and_months(text: str, wanted: list[str]) -> None:
    assert given_by(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tredje",
        "varannan tisdag",
        "every other Tuesday",
        "tisdag inte",
        "not in July",
        "2026-04-21",
        "tisdag 3",
        "\0",
    ],
)
def test_what_is_not_understood_whole_is_no_rule(text: str) -> None:
    """A word that means nothing here could change the days, so nothing is guessed."""
    assert given_by(text) is None


def test_both_ends_count() -> None:
    tuesday = date(2026, 4, 21)
    assert days("third Tuesday", tuesday, tuesday) == (tuesday,)
    assert days("third Tuesday", tuesday, date(2026, 4, 20)) == ()
    assert days("last Friday", date(9999, 12, 1), date.max) == (date.max,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_that_help_shows_is_a_rule(language: str) -> None:
    assert len(given_by(words(language).SHEET.examples["series"]) or ()) == 11


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(LANGUAGES),
    st.integers(0, 6),
    st.sampled_from([1, 2, 3, 4, -1]),
    st.integers(1, 12),
    st.dates(date(1990, 1, 1), date(2080, 1, 1)),
)
def test_each_month_has_one_such_day_but_the_one_left_out(
    language: str, weekday: int, place: int, month: int, first: date
) -> None:
    """In either language, and in any year."""
    table = words(language).SHEET
    text = f"{table.ordinals[place][0]} {table.weekdays[weekday][0]} {table.except_[0]} {table.months[month - 1][0]}"
    found = days(text, first.replace(day=1, month=1), first.replace(day=31, month=12))
    assert found is not None
    assert [day.month for day in found] == [number for number in range(1, 13) if number != month]
    assert {day.weekday() for day in found} == {weekday}
    if place > 0:
        assert all((place - 1) * 7 < day.day <= place * 7 for day in found)
    else:
        assert all(day.day > 21 for day in found)
