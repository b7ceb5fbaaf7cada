"""What two versions of a record say differently, field by field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from atbtst_cli.models.base import Part
from atbtst_cli.models.person import Named


class Key(str):
    """A step into a list: what tells one of its entries from the others, such as its id or the member it is about."""

    __slots__ = ()


NAMES = ("id", "decision", "action", "next_time", "member", "list_", "name", "title")
"""The fields that can tell an entry of a list from the others; the first that says something counts."""
UNNAMED = Key("…")
"""An entry that nothing tells from the others."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two versions say differently.

    ``way`` leads to it by the keys of the record's file; it is empty where the whole record is new or gone. Where
    nothing stands, ``before`` or ``after`` is None; where a list has another order, both are its keys.
    """

    way: tuple[str, ...]
    before: Any
    after: Any

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        return {"field": "/".join(self.way), "before": plain(self.before), "after": plain(self.after)}


def differences(before: Any, after: Any, way: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Everything that differs between two versions of a record or a part of one, in the order of its fields.

    Entries of a list are told apart by their names; those without one are compared in their order.
    """
    if before == after:
        return
    if is_part(before) and type(before) is type(after):
        for name in type(before).model_fields:
            yield from differences(getattr(before, name), getattr(after, name), (*way, name.rstrip("_")))
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from differences(before.get(key), after.get(key), (*way, Key(key)))
    elif _are_entries(before) and _are_entries(after):
        yield from _of_entries(before, after, way)
    else:
        yield Difference(way, *(None if value in ((), "") else value for value in (before, after)))


def is_part(value: Any) -> bool:
    """Whether a value has fields of its own; a person's name is one value."""
    return isinstance(value, Part) and not isinstance(value, Named)


def _are_entries(value: Any) -> bool:
    return isinstance(value, tuple) and all(map(is_part, value))


def _of_entries(before: Sequence[Part], after: Sequence[Part], way: tuple[str, ...]) -> Iterator[Difference]:
    names = [Counter(map(name_of, entries)) for entries in (before, after)]
    doubled = {name for counts in names for name, count in counts.items() if count > 1}
    old, new = ([(_key(entry, doubled), entry) for entry in entries] for entries in (before, after))
    found = [*_of_named(dict(old), dict(new), way), *_of_unnamed(_unnamed(old), _unnamed(new), way)]
    yield from found
    orders = [tuple(key for key, _entry in entries) for entries in (old, new)]
    if not found or _steady(orders[0], orders[1]) != _steady(orders[1], orders[0]):
        yield Difference(way, *orders)


def name_of(entry: Part) -> str:
    """What tells an entry of a list from the others; UNNAMED where nothing does."""
    return next((value for field in NAMES if isinstance(value := getattr(entry, field, None), str)), UNNAMED)


def _key(entry: Part, doubled: set[str]) -> Key:
    name = name_of(entry)
    return UNNAMED if name in doubled else Key(name)


def _of_named(before: dict[Key, Part], after: dict[Key, Part], way: tuple[str, ...]) -> Iterator[Difference]:
    for key in {**before, **after}:
        if key != UNNAMED:
            yield from differences(before.get(key), after.get(key), (*way, key))


def _unnamed(entries: Sequence[tuple[Key, Part]]) -> list[Part]:
    return [entry for key, entry in entries if key == UNNAMED]


def _of_unnamed(before: Sequence[Part], after: Sequence[Part], way: tuple[str, ...]) -> Iterator[Difference]:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for _tag, *old, start, end in (step for step in steps if step[0] != "equal"):
        for one, other in zip_longest(before[slice(*old)], after[start:end]):
            yield from differences(one, other, way)


def _steady(keys: Sequence[Key], others: Sequence[Key]) -> list[Key]:
    """The names among the keys that the others have too, in their order."""
    return [key for key in keys if key in others and key != UNNAMED]


def plain(value: Any) -> Any:
    """A value of a record as programs read it: mappings, lists, texts, numbers."""
    if isinstance(value, Part):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value.strftime("%H:%M") if isinstance(value, time) else str(value) if isinstance(value, date) else value
