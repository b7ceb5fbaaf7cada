"""What a document tells the world of people: the personal data in its words, and where each stands."""

import re
from collections.abc import Collection, Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from atbtst_cli.documents.characters import visible
from atbtst_cli.documents.tree import Break, Code, Document, Inline, Inlines, Link, Node, Section, Text
from atbtst_cli.rules.personal import Trace, named, traces

NUMBER = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
"""The number of an agenda item."""


class Place(NamedTuple):
    """An agenda item by its number and title as people see them; outside of any the number is empty."""

    number: str
    title: str

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Disclosure(NamedTuple):
    """Personal data in a document, and where it stands."""

    place: Place
    trace: Trace


def disclosures(document: Document, unnamed: Collection[str] = ()) -> list[Disclosure]:
    """The personal data in the words and links of a document, in order, as it is printed, and names of the ``unnamed``.

    What stands in an agenda item and again outside of any, as in the summary, is told once.
    """
    found: dict[Disclosure, None] = {}
    known: set[Trace] = set()
    for place, line in _lines(document, Place("", document.title)):
        shown = visible(line)
        for trace in (*traces(shown), *named(shown, unnamed)):
            if place.number or trace not in known:
                found[Disclosure(place, trace)] = None
            known.add(trace)
    return list(found)


def _lines(part: Any, above: Place) -> Iterator[tuple[Place, str]]:
    """Every line of a part of a document with its place."""
    place = _place(part, above)
    if isinstance(part, str):
        yield from ((place, line) for line in part.split("\n"))
    elif _is_run(part):
        yield from _lines(_words(part), place)
    elif isinstance(part, tuple | Node):
        for inner in part if isinstance(part, tuple) else (getattr(part, field.name) for field in fields(part)):
            yield from _lines(inner, place)


def _place(part: Any, above: Place) -> Place:
    """A section's place, or that of a row of an agenda; within an agenda item only a sub-item has another."""
    if isinstance(part, Section) and (part.number or not above.number):
        return Place(part.number, _words(part.title))
    is_row = not above.number and isinstance(part, tuple) and len(part) > 1 and _is_run(part[0])
    if is_row and NUMBER.fullmatch(_words(part[0])):
        return Place(_words(part[0]), _words(part[1]).partition("\n")[0])
    return above


def _is_run(part: Any) -> bool:
    return isinstance(part, tuple) and bool(part) and isinstance(part[0], Inline)


def _words(inlines: Inlines) -> str:
    """The words of these inlines, and where their links lead, if that is not what the words say."""
    return "".join(map(_said, inlines))


def _said(inline: Inline) -> str:
    if isinstance(inline, Break):
        return "\n"
    if isinstance(inline, Text | Code):
        return inline.text
    words = _words(inline.children)
    if isinstance(inline, Link) and inline.target.removeprefix("mailto:") not in words:
        return f"{words} <{inline.target}>"
    return words
