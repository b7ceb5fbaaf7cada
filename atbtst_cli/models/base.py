"""What all records share: text stays text until its model gives it a type, and unknown keys are errors."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from atbtst_cli.language import _

Way = tuple[str | int, ...]
"""The way to a value in a record's file, such as ("agenda", 2, "title")."""


class Part(BaseModel):
    """A part of a record; immutable, so that an act makes a new one and never changes what it was given."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    @classmethod
    def unsaid(cls, name: str) -> Any:
        """What a field means whose key is absent; None for one that always has to be there."""
        field = cls.model_fields[name]
        return None if field.is_required() else field.get_default(call_default_factory=True)


WRITTEN_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _date(value: Any) -> Any:
    if isinstance(value, str):
        if not WRITTEN_DATE.fullmatch(value):
            raise ValueError(_("a date is written year-month-day, such as 2026-02-17"))
        return day(value)
    return value


def day(text: str) -> date:
    """The day of a date in ISO form; ValueError where there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("there is no such day")) from None


def _time(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
            raise ValueError(_("a time is written hours:minutes, such as 13:15"))
        return time.fromisoformat(value)
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"0|[1-9]\d{0,8}", value, re.ASCII):
        raise ValueError(_("a whole number is written in digits, without a leading zero"))
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError(_("yes or no is written true or false"))
        return value == "true"
    return value


def _text(value: Any) -> Any:
    if not isinstance(value, str) or value.isascii():
        return value
    if HALVES.search(value):
        raise ValueError(_("it holds bytes that are no text"))
    return unicodedata.normalize("NFC", value)


HALVES = re.compile("[\ud800-\udfff]")
"""Halves of signs, by which Python stands in for bytes that are not UTF-8; no file can hold them."""
ISO_DATE = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

Date = Annotated[
    date,
    BeforeValidator(_date),
    PlainSerializer(date.isoformat, when_used="json"),
    WithJsonSchema(ISO_DATE),
]
Time = Annotated[
    time,
    BeforeValidator(_time),
    PlainSerializer(lambda value: value.strftime("%H:%M")),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}),
]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, BeforeValidator(_text)]
Line = Annotated[str, StringConstraints(pattern=r"^[^\r\n]*$", min_length=1), BeforeValidator(_text)]

ADDRESS = r'[^\s@<>,;:"]+@[^\s@<>,;:"]+'
Email = Annotated[str, StringConstraints(pattern=rf"^{ADDRESS}$", max_length=254)]

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
RANDOM = r"[0-9a-hjkmnp-tv-z]{7}"
Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG}$", max_length=64)]
MeetingId = Annotated[str, StringConstraints(pattern=rf"^\d{{4}}-\d{{2}}-\d{{2}}-{SLUG}$", max_length=80)]
ItemId = Annotated[str, StringConstraints(pattern=rf"^i-{RANDOM}$")]
MatterId = Annotated[str, StringConstraints(pattern=rf"^m-{RANDOM}$")]
SeatRef = Annotated[str, StringConstraints(pattern=rf"^{SLUG}/{SLUG}$")]
LocalId = Annotated[str, StringConstraints(pattern=r"^[a-z]-[0-9a-z]+(?:-[0-9a-z]+)*$", max_length=40)]


class Dated(Part):
    """Something that holds for a stretch of days; both ends may be open."""

    from_: Date | None = Field(None, alias="from", description="First day; absent where it is before our records.")
    to: Date | None = Field(None, description="Last day, inclusive; absent while it lasts.")

    def holds(self, on: date) -> bool:
        """Whether it holds on that day."""
        return (self.from_ is None or self.from_ <= on) and (self.to is None or on <= self.to)


class DatedName(Dated):
    """A name as it was on some days; old minutes keep the names of their day."""

    name: Line = Field(description="The name in full.")
    short: Line | None = Field(None, description="The short name people say, such as RÅD.")


def name_on(names: tuple[DatedName, ...], on: date) -> DatedName:
    """The name of that day; the first one for days before any, the last one for days after all."""
    for name in names:
        if name.holds(on):
            return name
    return names[0] if names[0].from_ and on < names[0].from_ else names[-1]


TEXTLESS = frozenset((date, time, int, bool))
"""The types of the values of records in which there is no text."""


def texts(value: Any) -> list[tuple[Way, str]]:
    """Every text of a record or a part of one, ids and choices too, each with the way to it in the record's file.

    Where nothing is written there is no text.
    """
    found: list[tuple[Way, str]] = []
    _collect(value, (), found)
    return found


def _collect(value: Any, way: Way, found: list[tuple[Way, str]]) -> None:
    """Append what texts() finds; check walks through every record with it, so it is written to be quick."""
    is_list = type(value) is tuple
    steps: Iterable[tuple[Any, Any]] = (
        enumerate(value) if is_list else (value if type(value) is dict else vars(value)).items()
    )
    for step, inner in steps:
        if inner and type(inner) not in TEXTLESS:
            # A field whose name is a word of Python's has an underscore more than its key in the file.
            here = (*way, step if is_list else step.rstrip("_"))
            if isinstance(inner, str):
                found.append((here, inner))
            else:
                _collect(inner, here, found)


class Record(Part):
    """One file of the council's record; its name is its id."""

    id: str
