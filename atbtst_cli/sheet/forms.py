"""What one line of a sheet can be."""

from dataclasses import dataclass
from typing import Literal

Region = Literal["header", "body", "list"]
"""Where a line stands: before the first agenda item, under one, or under the one of things for next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Something else than text; ``at`` is where a backslash would make text of the line."""

    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Form):
    """A line that is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence(Form):
    """The first line of a fence, which is text where nothing closes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Form):
    """The sheet's first line: body, day, times, place."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Form):
    """An agenda item (level 2) or one of its parts (3 and more).

    ``before`` and ``after`` are what stood around the title; ``doubt`` is a brace group that was not understood.
    """

    level: int
    title: str
    id: str = ""
    internal: bool = False
    before: str = ""
    after: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands between a marker's keyword and its colon, as it was typed."""

    id: str = ""
    number: str = ""
    word: str = ""
    due: str = ""
    names: str = ""
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker(Form):
    """A marker line: its kind by the word tables, its head, and the text after the colon from ``starts``."""

    kind: str
    head: Head
    text: str
    starts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Form):
    """A label of the header, and what follows it."""

    label: str
    text: str
    starts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Form):
    """A sentence that says itself that an item is dropped, or put off and to when."""

    kind: Literal["dropped", "deferred"]
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Form):
    """The line that can sign the minutes when it ends them, with or without the name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet(Form):
    """A list line where each is a thing of its own."""

    id: str
    text: str
    after: str
    starts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss(Form):
    """A line that nearly is a marker: the rule it fails, what is wrong, what to do."""

    rule: str
    message: str
    hint: str
    internal: bool = False
