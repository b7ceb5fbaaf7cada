"""Dates and times read as people write them in each language."""

from datetime import date, time

import pytest

from atbtst_cli.language.format import clock, long_date, plain_date, short_date, span

DAY = date(2023, 9, 19)


@pytest.mark.parametrize(
    ("language", "expected"), [("sv", "tisdag 19 september 2023"), ("en", "Tuesday 19 September 2023")]
)
def test_a_long_date_has_the_weekday_and_no_leading_zero(language, expected):
    assert long_date(DAY, language) == expected


def test_a_plain_date_has_no_weekday():
    assert plain_date(date(2026, 3, 1), "sv") == "1 mars 2026"
    assert plain_date(date(2026, 3, 1), "en") == "1 March 2026"


def test_a_short_date_is_iso():
    assert short_date(DAY) == "2023-09-19"


@pytest.mark.parametrize(
    ("start", "end", "swedish", "english"),
    [
        (time(13, 15), time(16, 15), "kl. 13.15–16.15", ", 13:15–16:15"),
        (time(9, 5), None, "kl. 09.05", ", 09:05"),
        (None, time(16, 15), "", ""),
        (None, None, "", ""),
    ],
)
def test_a_span_tells_as_much_as_is_known(start, end, swedish, english):
    assert span(DAY, start, end, "sv") == f"tisdag 19 september 2023 {swedish}".strip()
    assert span(DAY, start, end, "en") == f"Tuesday 19 September 2023{english}"


def test_a_time_has_a_full_stop_in_swedish_and_a_colon_in_english():
    assert clock(time(13, 5), "sv") == "13.05"
    assert clock(time(13, 5), "en") == "13:05"
