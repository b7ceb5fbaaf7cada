"""The next meeting, as far as the words under its heading, or after its label, tell."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.meeting import AgendaItem, Block, Meeting, NextMeeting, TextBlock
from atbtst_cli.sheet.grammar import LEAD
from atbtst_cli.sheet.misfits import no_such_day
from atbtst_cli.sheet.moment import DAY, RELATIVE, Day, day, relative, times
from atbtst_cli.sheet.text import clean
from atbtst_cli.sheet.vocabulary import any_of, one_of, spellings

_MODES = rf"(?:{one_of(spellings(lambda table: table.modes))}[\s,]*)"
_MODE = re.compile(rf"^{_MODES}+", re.IGNORECASE)
_PLACE = re.compile(rf"{any_of(spellings(lambda table: table.labels['place']))}\s*:(?P<place>.*)", re.IGNORECASE)
_EMPHASIS = r"(?:\\?[*_])*"
_LABEL = (
    rf"^ ?{LEAD.pattern}{_EMPHASIS}{one_of(spellings(lambda table: table.titles['next_meeting']))}"
    rf"{_EMPHASIS}\s*:{_EMPHASIS}"
)
_WHEN = rf"{_MODES}*(?:{DAY}|{RELATIVE})"
_LINE = re.compile(rf"{_LABEL}\s*(?:$|{_WHEN})", re.IGNORECASE)
_SAID = re.compile(rf"{_LABEL}\s*(?P<words>{_WHEN}.*)", re.IGNORECASE | re.MULTILINE)
_EDGES = " \n,.;:–-\\"
MOST_WORDS = 6
FAR = 366


def is_labelled(line: str) -> bool:
    """Whether the line is the label of the next meeting, with a day after it or with nothing yet."""
    return bool(_LINE.match(line))


def said(meeting: Meeting) -> str | None:
    """The words on the next meeting: those of its agenda item, else those after the last label that has a day."""
    for item in meeting.agenda:
        if item.kind == "next_meeting":
            return clean("\n\n".join(_texts(item.body)))
    found = [match["words"] for text in _public(meeting) for match in _SAID.finditer(text)]
    return found[-1].strip(" *_\\") if found else None


def next_meeting(text: str, on: date) -> tuple[NextMeeting, tuple[Finding, ...]]:
    """Date, times and place of the next meeting, its words kept; findings for a day that cannot be.

    The date is taken out before times are looked for. A year that is not written is that of the first such day on
    or after this meeting's, and is marked as inferred.
    """
    found = day(text, on) or relative(text)
    rest = f"{text[: found.start]}\n{text[found.end :]}" if found else text
    start, end, _first, last = times(rest)
    known = found.date if found else None
    after = max(last, found.start + 1 if found else 0)
    coming = NextMeeting(
        date=known,
        start=start,
        end=end,
        place=_place(rest[after:]) if known or start else None,
        inferred=("year",) if found and found.inferred else (),
        text=text,
    )
    return coming, _doubts(found, on)


def _public(meeting: Meeting) -> Iterator[str]:
    """The titles and texts in which the label counts: nothing internal."""
    yield from _texts(meeting.preamble)
    for item in meeting.agenda:
        yield from _shown(item)


def _shown(item: AgendaItem) -> Iterator[str]:
    if not item.internal:
        yield item.title
        yield from _texts(item.body)
        for part in item.parts:
            yield from _shown(part)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    return (block.text for block in blocks if isinstance(block, TextBlock))


def _place(text: str) -> str | None:
    """The place: a name on the same line after date and times, or what has that label."""
    line = text.partition("\n")[0].strip(_EDGES)
    place = _MODE.sub("", line).strip(_EDGES)
    labelled = _PLACE.search(text)
    if labelled:
        return labelled["place"].strip(_EDGES) or None
    wordy = len(place.split()) > MOST_WORDS or re.search(r"[.!?]\s", place)
    return place if place[:1].isupper() and not wordy else None


def _doubts(found: Day | None, on: date) -> tuple[Finding, ...]:
    if found is None:
        return ()
    if found.date is None:
        return (replace(no_such_day(found.words), level="warning"),)
    if found.date < on:
        return (_finding("past-date", _("the next meeting, {date}, is before this one").format(date=found.date)),)
    if (found.date - on).days > FAR:
        message = _("the next meeting, {date}, is more than a year away").format(date=found.date)
        return (_finding("far-date", message),)
    return ()


def _finding(rule: str, message: str) -> Finding:
    return Finding(rule, "warning", message, hint=_("Correct the date, or write its year."))
