"""Until when something is to be done, as far as a sentence says it."""

import re
from datetime import date
from functools import cache

from atbtst_cli.language import words as tables
from atbtst_cli.models.meeting import Due
from atbtst_cli.sheet.moment import DAY, MEETING, NEXT, WEEK, due
from atbtst_cli.sheet.offers.phrases import TABLES
from atbtst_cli.sheet.vocabulary import any_of


def deadline(text: str, on: date, language: str) -> Due | None:
    """The day, the meeting or "next" until when, seen from a meeting on that day; None where none is said.

    A day counts only after a word that sets a limit; a week and the next meeting count anywhere.
    """
    for match in _pattern(language).finditer(text):
        when = due(match["limit"] or match["anywhere"], on)
        if when and not (isinstance(when, date) and when < on):
            return when
    return None


def at_next_meeting(text: str) -> bool:
    """Whether the sentence speaks of the next meeting."""
    return bool(_NEXT.search(text))


_NEXT = re.compile(rf"(?<!\w){NEXT}", re.IGNORECASE)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words, sheet = TABLES[language], tables(language).SHEET
    limits = any_of((*words.deadlines, *sheet.due))
    limit = rf"{limits}\s+(?:{any_of(words.articles)}\s+)?(?P<limit>{MEETING}|{NEXT}|{WEEK}|{DAY})"
    return re.compile(rf"(?<!\w)(?:{limit}|(?P<anywhere>{NEXT}|{WEEK}))", re.IGNORECASE)
