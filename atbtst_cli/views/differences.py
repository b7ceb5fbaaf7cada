"""What changed between two versions of a record, in words."""

from collections.abc import Iterator
from datetime import time
from textwrap import shorten
from typing import Any

from atbtst_cli.language import N_, _
from atbtst_cli.language.fields import CHOICES, FIELDS
from atbtst_cli.models.base import Part
from atbtst_cli.models.differences import Difference, Key
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.person import Named

LONGEST = 100
"""The characters of a text that are told; the whole of it stands in the record."""
NOTHING = {"closed": N_("open")}
"""What it means that a field is not there, where that is more than nothing."""
CODED = frozenset(
    (
        *("as", "closes", "kind", "status", "outcome", "mode", "role", "dropped", "approval", "withheld", "inferred"),
        *("by", "owners", "member", "chair", "secretary", "adjusters", "substitute_for", "presenter", "reservation"),
        *("arrived", "left", "seats", "follows", "network", "with", "reports_to", "referral", "answer", "list"),
        *("from", "to", "due", "deferred"),
    )
)
"""The fields that hold ids and fixed choices; what all others hold are people's own words."""
FIRST = ("as", "status", "kind", "outcome", "title", "note", "text")
"""What is told first of a thing that is told as a whole."""


def said(difference: Difference, names: Directory) -> str:
    """One difference in words, such as *status: open → done*; people and bodies are called as the directory does.

    What is new in a list stands after a plus, what is gone from it after a minus.
    """
    before, after = difference.before, difference.after
    if not difference.way:
        return _("added") if before is None else _("taken away")
    field = difference.way[-1]
    if _is_order(after):
        change = _("another order")
    elif before is None and _is_thing(field, after):
        change = f"+ {_value(field, after, names)}"
    elif after is None and _is_thing(field, before):
        change = f"− {_value(field, before, names)}"
    else:
        change = f"{_value(field, before, names)} → {_value(field, after, names)}"
    return f"{' › '.join(_step(step, names) for step in difference.way)}: {change}"


def _step(step: str, names: Directory) -> str:
    return _called(step, names) if isinstance(step, Key) else _(FIELDS.get(step, step))


def _is_order(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, Key) for one in value)


def _is_thing(field: str, value: Any) -> bool:
    return isinstance(value, Part) and field not in NOTHING


def _called(text: str, names: Directory) -> str:
    """What to call a choice, a member, a seat or a body; the text itself where it is none."""
    if text in CHOICES:
        return _(CHOICES[text])
    known = names.name(text)
    return known if known != text else names.body(text)


def _value(field: str, value: Any, names: Directory) -> str:
    match value:
        case None:
            text = _(NOTHING.get(field, "–"))
        case Named():
            text = value.name
        case Part():
            text = _short(", ".join(_whole(field, value, names)))
        case tuple():
            text = ", ".join(_value(field, one, names) for one in value)
        case str():
            text = _called(value, names) if field in CODED else _short(value)
        case bool():
            text = _("yes") if value else _("no")
        case time():
            text = value.strftime("%H:%M")
        case _:
            text = str(value)
    return text


def _short(text: str) -> str:
    return shorten(text, LONGEST, placeholder=" …")


def _whole(field: str, part: Part, names: Directory) -> Iterator[str]:
    """What a thing says, field by field, but for the name by which it was found."""
    for name in sorted(type(part).model_fields, key=lambda name: name.rstrip("_") not in FIRST):
        value = getattr(part, name)
        if value not in (None, (), "", False, field):
            yield _value(name.rstrip("_"), value, names)
