"""The words of every language at once: sheets are read in all of them, whatever the workspace writes."""

import re
from collections.abc import Callable, Iterable, Mapping

from atbtst_cli.language import LANGUAGES, _, current, words
from atbtst_cli.language.tables import SheetWords
from atbtst_cli.models.directory import fold

TABLES: tuple[SheetWords, ...] = tuple(words(code).SHEET for code in LANGUAGES)


EDGE = r"(?<!\s)"
"""A pattern for where no blank stands before: a run of blanks is tried once, from its beginning."""


def meanings(pick: Callable[[SheetWords], Mapping[str, Iterable[str]]]) -> dict[str, str]:
    """What each spelling means, in any language, by its folded form."""
    return {fold(word): key for table in TABLES for key, spellings in pick(table).items() for word in spellings}


def spellings(pick: Callable[[SheetWords], Iterable[str]]) -> tuple[str, ...]:
    """Every spelling of one thing, in any language, the longest first."""
    return tuple(sorted({word for table in TABLES for word in pick(table)}, key=lambda word: (-len(word), word)))


def example(kind: str) -> str:
    """How a marker is written, in the language of messages."""
    return words(current()).SHEET.examples[kind]


def instead(kind: str) -> str:
    """What to do with a line that is nearly that marker."""
    return _("Write “{example}” – or a backslash first, if the line is text.").format(example=example(kind))


def all_of(pick: Callable[[SheetWords], Mapping[str, Iterable[str]]]) -> tuple[str, ...]:
    """Every spelling of every key, in any language, the longest first."""
    return spellings(lambda table: [word for kind in pick(table).values() for word in kind])


def any_of(alternatives: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; several blanks between them are one."""
    longest = sorted(set(alternatives), key=lambda word: (-len(word), word))
    patterns = (re.escape(word).replace(r"\ ", " +") for word in longest)
    return rf"(?:{'|'.join(patterns)})"


def one_of(alternatives: Iterable[str]) -> str:
    """A pattern for any of the words where no letter or digit follows."""
    return rf"{any_of(alternatives)}(?!\w)"


TITLES = meanings(lambda table: table.titles)
"""The kind of an agenda item by its folded title."""
