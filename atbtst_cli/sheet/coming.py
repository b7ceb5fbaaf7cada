"""The next meeting, as far as the words under its heading tell."""

import re
from datetime import date

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.meeting import NextMeeting
from atbtst_cli.sheet.moment import day, times
from atbtst_cli.sheet.vocabulary import any_of, one_of, spellings

_MODE = re.compile(rf"^(?:{one_of(spellings(lambda table: table.modes))}[\s,]*)+", re.IGNORECASE)
_LABEL = re.compile(rf"{any_of(spellings(lambda table: table.labels['place']))}\s*:(?P<place>.*)", re.IGNORECASE)
_EDGES = " \n,.;:–-\\"
MOST_WORDS = 6
FAR = 366


def next_meeting(text: str, on: date) -> tuple[NextMeeting, tuple[Finding, ...]]:
    """Date, times and place of the next meeting, its words kept; findings for a day that cannot be.

    The date is taken out before times are looked for. A year that is not written is that of the first such day on
    or after this meeting's, and is marked as inferred.
    """
    found = day(text, on)
    rest = f"{text[: found.start]}\n{text[found.end :]}" if found else text
    start, end, _first, last = times(rest)
    known = found.date if found else None
    after = max(last, found.start + 1 if found else 0)
    coming = NextMeeting(
        date=known,
        start=start,
        end=end,
        place=_place(rest[after:]) if known or start else None,
        inferred=("year",) if known and found and found.inferred else (),
        text=text,
    )
    return coming, _doubts(found is not None, text[found.start : found.end] if found else "", known, on)


def _place(text: str) -> str | None:
    """The place: a name on the same line after date and times, or what has that label."""
    line = text.partition("\n")[0].strip(_EDGES)
    place = _MODE.sub("", line).strip(_EDGES)
    labelled = _LABEL.search(text)
    if labelled:
        return labelled["place"].strip(_EDGES) or None
    wordy = len(place.split()) > MOST_WORDS or re.search(r"[.!?]\s", place)
    return place if place[:1].isupper() and not wordy else None


def _doubts(written: bool, words: str, known: date | None, on: date) -> tuple[Finding, ...]:
    if written and known is None:
        return (_finding("bad-date", _("there is no such day: {words}").format(words=words)),)
    if known and known < on:
        return (_finding("past-date", _("the next meeting, {date}, is before this one").format(date=known)),)
    if known and (known - on).days > FAR:
        message = _("the next meeting, {date}, is more than a year away").format(date=known)
        return (_finding("far-date", message),)
    return ()


def _finding(rule: str, message: str) -> Finding:
    return Finding(rule, "warning", message, hint=_("Correct the date, or write its year."))
