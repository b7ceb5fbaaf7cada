"""The title line of a sheet: which body meets, when and where."""

import re
from dataclasses import dataclass
from datetime import date, time

from atbtst_cli.models.directory import Directory
from atbtst_cli.sheet.moment import Day, day, held, relative, times
from atbtst_cli.sheet.people import split
from atbtst_cli.sheet.vocabulary import one_of, spellings

_OWN = one_of(spellings(lambda table: table.minutes))
_OWN_NAME = re.compile(rf"^(?:{_OWN}\s+)+|(?:\s+{_OWN})+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TitleLine:
    """What a title line says: body, day, times, place; ``left`` is what was not understood of it."""

    body: str
    day: Day | None
    start: time | None
    end: time | None
    place: str
    left: str


def title_line(text: str, on: date) -> TitleLine:
    """What a title line says, such as *RÅD 2026-02-17 kl. 13:15–16:15, Dockplatsen*; seen from that day."""
    found = day(text, on, held) or relative(text)
    body, rest = (text[: found.start], text[found.end :]) if found else ("", text)
    clock, place = _cut(rest)
    start, end, first, last = times(clock)
    if not (start or end or clock.strip()):
        start, end, place = _timed(place)
    left = (clock[:first] + clock[last:]).strip(" .")
    if not found and not (start or end):
        body, left = text, ""
    return TitleLine(body.strip(" ,"), found, start, end, place.strip(), left)


def named(said: TitleLine, directory: Directory) -> tuple[str, ...]:
    """The ids of the bodies that a title line names, whatever it calls the minutes themselves."""
    return tuple(name for piece in split(_OWN_NAME.sub("", said.body)) for name in directory.network(piece.text))


def is_title(text: str, on: date, directory: Directory) -> bool:
    """Whether a line without a # plainly is the title of minutes: it names a body, then a day."""
    said = title_line(text, on)
    return said.day is not None and bool(named(said, directory))


def _cut(text: str) -> tuple[str, str]:
    before, _comma, after = text.partition(",")
    return before, after.strip()


def _timed(place: str) -> tuple[time | None, time | None, str]:
    """The times that stand between two commas, and the place after them."""
    before, after = _cut(place)
    start, end, first, last = times(before)
    whole = (start or end) and not (before[:first] + before[last:]).strip()
    return (start, end, after) if whole else (None, None, place)
