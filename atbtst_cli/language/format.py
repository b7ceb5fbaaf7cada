"""Dates and times as people write them in a language."""

from datetime import date, time

from babel.dates import format_date


def long_date(day: date, language: str) -> str:
    """The day with its weekday: tisdag 19 september 2023, Tuesday 19 September 2023."""
    return format_date(day, "EEEE d MMMM y", locale=language)


def plain_date(day: date, language: str) -> str:
    """The day without its weekday: 19 september 2023, 19 September 2023."""
    return format_date(day, "d MMMM y", locale=language)


def month(day: date, language: str, *, short: bool = False) -> str:
    """The month's name alone: september; sep where it has to be short."""
    return format_date(day, "LLL" if short else "LLLL", locale=language).rstrip(".")


def short_date(day: date) -> str:
    """The day as a table and a file name have it: 2023-09-19."""
    return day.isoformat()


def clock(at: time, language: str) -> str:
    """The time of day: 13.15 in Swedish, 13:15 in English."""
    return at.strftime("%H.%M" if language == "sv" else "%H:%M")


def clocks(start: time | None, end: time | None, language: str) -> str:
    """From when to when, as far as it is known: kl. 13.15–16.15, kl. 13.15; 13:15–16:15; nothing without a start."""
    if start is None:
        return ""
    times = clock(start, language) + (f"–{clock(end, language)}" if end else "")
    return f"kl. {times}" if language == "sv" else times


def span(day: date, start: time | None, end: time | None, language: str) -> str:
    """Day and times: tisdag 19 september 2023 kl. 13.15–16.15, Tuesday 19 September 2023, 13:15–16:15."""
    times = clocks(start, end, language)
    return long_date(day, language) + (times and ("" if language == "sv" else ",") + f" {times}")
