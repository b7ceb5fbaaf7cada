"""What changed between two versions of a record, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from textwrap import shorten
from typing import Any

from atbtst_cli.language import N_, _
from atbtst_cli.language.fields import CHOICES, FIELDS
from atbtst_cli.models.base import Part
from atbtst_cli.models.differences import Difference, Key, is_part
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.person import Named

LONGEST = 100
"""The characters of a text that are told; the whole of it stands in the record."""
FEW = 3
"""So many names in a list are told whole, before and after."""
NOTHING = {"closed": N_("open")}
"""What it means that a field is not there, where that is more than nothing."""
CODED = frozenset(
    (
        *("as", "closes", "kind", "status", "outcome", "mode", "role", "dropped", "approval", "withheld", "inferred"),
        *("by", "owners", "member", "chair", "secretary", "adjusters", "substitute_for", "presenter", "reservation"),
        *("arrived", "left", "seats", "follows", "network", "with", "reports_to", "referral", "answer", "list"),
        *("from", "to", "due", "deferred", "refers_to", "successors"),
    )
)
"""The fields that hold ids and fixed choices; what all others hold are people's own words."""
SEAL = "sealed"
"""The field that holds fingerprints, which say nothing to people."""
KEPT_IN = "internal"
"""The field that keeps a thing out of what is public: its words, or just that it does."""
NO_LABELS: Mapping[str, str] = {}
FIRST = ("as", "status", "kind", "outcome", "title", "note", "text")
"""What is told first of a thing that is told as a whole."""


def said(difference: Difference, names: Directory, labels: Mapping[str, str] = NO_LABELS) -> str:
    """One difference in words, such as *status: open → done*; people and bodies are called as the directory does.

    What is new in a list stands after a plus, what is gone from it after a minus. ``labels`` tell what people call the
    parts of the record, by their ids.
    """
    before, after, way = difference.before, difference.after, difference.way
    if not way:
        kept = _("kept, not taken away")  # as a merge decides where only one side took a record away
        return _("added") if before is None else kept if after is not None else _("taken away")
    field = way[-1]
    if SEAL in way:
        way, change = way[: way.index(SEAL) + 1], _("made anew")
    elif _is_order(after):
        change = _("another order")
    elif _is_long(before) and _is_long(after) and set(before) & set(after):
        change = _come_and_gone(field, before, after, names)
    elif before is None and _is_thing(field, after):
        change = f"+ {worded(field, after, names)}"
    elif after is None and _is_thing(field, before):
        change = f"− {worded(field, before, names)}"
    else:
        change = f"{worded(field, before, names)} → {worded(field, after, names)}"
    return f"{' › '.join(steps(way, names, labels))}: {change}"


def steps(way: Sequence[str], names: Directory, labels: Mapping[str, str] = NO_LABELS) -> list[str]:
    """The steps of a way in words; what has a label needs no word for the list that it stands in."""
    told: list[str] = []
    for place, step in enumerate(way):
        if isinstance(step, Key) and step in labels:
            told = [*(told if place and isinstance(way[place - 1], Key) else told[:-1]), labels[step]]
        else:
            word = _called(step, names) if isinstance(step, Key) else _(FIELDS.get(step, step))
            told += [word] if told[-1:] != [word] else []
    return told


def _is_order(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, Key) for one in value)


def _is_long(value: Any) -> bool:
    """Whether it is a list of names or ids that is not told whole."""
    return isinstance(value, tuple) and len(value) > FEW and not any(map(is_part, value))


def _come_and_gone(field: str, before: Sequence[Any], after: Sequence[Any], names: Directory) -> str:
    """What came into a list and what left it, where some of it stayed; all of it in another order."""
    pairs = (("+", [one for one in after if one not in before]), ("−", [one for one in before if one not in after]))
    told = [f"{mark} {worded(field, tuple(some), names)}" for mark, some in pairs if some]
    return ", ".join(told) or f"{worded(field, before, names)} → {worded(field, after, names)}"


def _is_thing(field: str, value: Any) -> bool:
    return isinstance(value, Part) and field not in NOTHING


def _called(text: str, names: Directory) -> str:
    """What to call a choice, a member, a seat or a body; the text itself where it is none."""
    if text in CHOICES:
        return _(CHOICES[text])
    known = names.name(text)
    return known if known != text else names.body(text)


def worded(field: str, value: Any, names: Directory) -> str:
    """What stands in a field, in words; a dash where nothing does."""
    match value:
        case None:
            text = _(NOTHING.get(field, "–"))
        case Named():
            text = value.name
        case Part():
            text = _short(", ".join(_whole(field, value, names)))
        case tuple():
            text = ", ".join(worded(field, one, names) for one in value)
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
        is_told = name != SEAL and not (name == "id" and getattr(part, "title", None))
        if is_told and value not in (None, (), "", False, field):
            text = worded(name.rstrip("_"), value, names)
            # Whoever decides between two versions has to see that only one of them stays out of what is public.
            yield text if name != KEPT_IN else _(FIELDS[name]) + ("" if value is True else f": {text}")
