"""Two versions of a record made one, field by field: what each changed of the version before both holds.

Fields are merged one by one, the entries of a list by what tells them apart, values that stand in a list as a set, and
a text by its lines. What both changed in different ways is a clash, which somebody has to decide: no side is ever
picked here.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, TypeVar

from atbtst_cli.errors import UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import Part, Record
from atbtst_cli.models.differences import UNNAMED, Key, is_part, name_of
from atbtst_cli.models.lines import joined
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seals
from atbtst_cli.rules.checks.layout import anchors

R = TypeVar("R", bound=Part)
UNDECIDED: Any = object()
"""What a decision answers that nobody has made."""

NTH = ":"
"""Begins the step to an entry without a name: what follows is its place in the version before."""

BEGUN = frozenset(("agenda",))
"""Lists that are not joined where both sides added the same questions: those would stand there twice."""
APPROVED = (("approval",), ("amendments",))
"""The ways to what tells that minutes are approved."""
REPLACED = frozenset(("names",))
"""Lists that are not joined where both sides put something else into the place of the same entry."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that both versions changed, each in its own way.

    ``way`` leads to it by the keys of the record's file, as that of a Difference does; it is empty for the record as a
    whole, which one side changed and the other took away. Where nothing stands, a value is None.
    """

    way: tuple[str, ...]
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two sides say differently of one field, and the file; ``record`` is None where that is no record."""

    path: str
    clash: Clash
    record: Record | Settings | None = None

    @property
    def field(self) -> str:
        """The way to the field, as it is named on the command line; empty for the whole file."""
        return "/".join(self.clash.way)


Decide = Callable[[Clash], Any]
"""Answers a clash with the value that is to hold, or with UNDECIDED."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What two versions make together; where there are clashes left, ``value`` has mine in their places."""

    value: Any
    clashes: tuple[Clash, ...] = ()


def nobody(_clash: Clash) -> Any:
    """The answer to a clash as long as no person has given one."""
    return UNDECIDED


def merge(base: R | None, mine: R | None, theirs: R | None, decide: Decide = nobody) -> Merged:
    """What mine and theirs changed of base, in one record; None where there is no such record.

    A record that both made anew is merged field by field too, as if it had been empty before.
    """
    merging = _Merging(decide)
    value = merging.record(base, mine, theirs)
    return Merged(value, tuple(merging.clashes))


class _Merging:
    """One merge: the clashes that nobody decided are collected on its way."""

    def __init__(self, decide: Decide) -> None:
        self._decide = decide
        self.clashes: list[Clash] = []

    def record(self, base: Part | None, mine: Part | None, theirs: Part | None) -> Any:
        if mine is None or theirs is None:
            return self._value(base, mine, theirs, ())
        value = self._value(base, mine, theirs, ()) if base is not None else self._part(None, mine, theirs, ())
        if not self.clashes and _has_twins(base, value, mine, theirs):
            return self._clash(base, mine, theirs, ())
        return value

    def _value(self, base: Any, mine: Any, theirs: Any, way: tuple[str, ...]) -> Any:
        if theirs in (mine, base):
            return mine
        if base == mine:
            return theirs
        kinds = {type(base), type(mine), type(theirs)}
        if len(kinds) == 1:
            if is_part(base):
                return self._part(base, mine, theirs, way)
            joint: Mapping[Any, Callable[..., Any]] = {dict: self._named, tuple: self._entries, str: self._text}
            if type(base) in joint:
                return joint[type(base)](base, mine, theirs, way)
        return self._clash(base, mine, theirs, way)

    def _whole(self, base: Any, mine: Any, theirs: Any, way: tuple[str, ...]) -> Any:
        if theirs in (mine, base):
            return mine
        return theirs if base == mine else self._clash(base, mine, theirs, way)

    def _text(self, base: str, mine: str, theirs: str, way: tuple[str, ...]) -> Any:
        """A text of several lines, each as somebody wrote it; one line is a value that cannot be taken apart."""
        texts = base, mine, theirs
        lines = joined(*(text.splitlines(keepends=True) for text in texts)) if "\n" in "".join(texts) else None
        return self._clash(base, mine, theirs, way) if lines is None else "".join(lines)

    def _clash(self, base: Any, mine: Any, theirs: Any, way: tuple[str, ...]) -> Any:
        clash = Clash(way, *(None if value in ((), "") else value for value in (base, mine, theirs)))
        decided = self._decide(clash)
        if decided is not UNDECIDED:
            return decided
        self.clashes.append(clash)
        return mine

    def _part(self, base: Any, mine: Any, theirs: Any, way: tuple[str, ...]) -> Any:
        merged = self._approval(base, mine, theirs, way)
        for name in (one for one in type(mine).model_fields if (*way, one) not in APPROVED):
            before = mine.unsaid(name) if base is None else getattr(base, name)
            own = getattr(mine, name)
            other = getattr(theirs, name)
            is_doubled = name in BEGUN and _ask_the_same(_added(before, own), _added(before, other))
            join = self._whole if is_doubled else self._value
            value = join(before, own, other, (*way, name.rstrip("_")))
            if value is not own:
                merged[name] = mine.unsaid(name) if value is None else value
        return mine.model_copy(update=merged) if merged else mine

    def _approval(self, base: Any, mine: Any, theirs: Any, way: tuple[str, ...]) -> dict[str, Any]:
        """What becomes of an approval and of what opened the minutes: they count on each other, so one side holds."""
        if way or not isinstance(mine, Meeting):
            return {}
        old, own, other = ((one.approval, one.amendments) if one else (None, ()) for one in (base, mine, theirs))
        if other in (own, old):
            return {}
        if own != old:
            place = 0 if own[0] != other[0] else 1
            decided = self._clash(old[place], own[place], other[place], APPROVED[place])
            if decided != (other[place] or None):
                return {"amendments": seals.on_top(mine, theirs).amendments}
        return dict(zip(("approval", "amendments"), other, strict=True))

    def _named(
        self, base: Mapping[Any, Any], mine: Mapping[Any, Any], theirs: Mapping[Any, Any], way: tuple[str, ...]
    ) -> dict[Any, Any]:
        """What becomes of named things; one that is taken away is None."""
        found = {}
        for key in {**theirs, **mine}:
            value = self._value(base.get(key), mine.get(key), theirs.get(key), (*way, _shown(key)))
            if value is not None:
                found[key] = value
        return found

    def _entries(self, base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], way: tuple[str, ...]) -> Any:
        """A list of which each version took out entries, put some in, changed them, or moved them."""
        old, own, other = _told_apart(base, mine, theirs)
        if way[-1] in REPLACED and _are_replaced(*map(set, (old, own, other))):
            return self._clash(base, mine, theirs, way)
        undecided = len(self.clashes)
        found = self._named(old, own, other, way)
        order = self._order(list(old), list(own), list(other), way)
        entries = [found[key] for key in order if key in found]
        if mine and theirs and not entries and len(self.clashes) == undecided:
            # Each took out what the other left: nobody wanted nothing, and some lists may not be empty.
            return self._clash(base, mine, theirs, way)
        if all(map(_is_by_date, (base, mine, theirs))):
            entries.sort(key=lambda entry: str(entry.date))  # what somebody typed is a text still
        return tuple(entries)

    def _order(self, base: list[Any], mine: list[Any], theirs: list[Any], way: tuple[str, ...]) -> list[Any]:
        """The order of all entries: the one that somebody gave them; what only one has stands where it had it."""
        both = set(mine) & set(theirs)
        orders = [[key for key in keys if key in both] for keys in (mine, theirs)]
        known = [key for key in base if key in both]
        moved = [[key for key in order if key in known] != known for order in orders]
        if orders[0] == orders[1] or not moved[0]:
            return _with_others(theirs, mine, base)
        if not moved[1]:
            return _with_others(mine, theirs, base)
        shown = [tuple(map(_shown, keys)) for keys in (known, *orders)]
        decided = self._clash(shown[0], shown[1], shown[2], way)
        if decided == shown[2]:
            return _with_others(theirs, mine, base)
        if decided == shown[1]:
            return _with_others(mine, theirs, base)
        if sorted(decided) != sorted(shown[1]):
            raise UsageError(
                _("{field} is about the order only.").format(field="/".join(way)),
                _("Name each of these once: {entries}").format(entries=", ".join(shown[2])),
            )
        places = {name: place for place, name in enumerate(decided)}
        spine = sorted(orders[0], key=lambda key: places[_shown(key)])
        return _with_others(_with_others(spine, theirs, base), mine, base)


def _has_twins(base: Any, joint: Any, mine: Any, theirs: Any) -> bool:
    """Whether an id stands twice in what two sides make together: both wrote the same anew, each in their own way.

    What both only added can stay, each with an id of its own.
    """
    known, *sides = (Counter(name for name, _way in anchors(one)) if one else Counter() for one in (base, mine, theirs))
    found = Counter(name for name, _way in anchors(joint))
    twins = {name for name, count in found.items() if count > max(1, *(side[name] for side in sides))}
    return bool(twins) and (not known or not twins.isdisjoint(known))


def _added(base: Sequence[Any], entries: Sequence[Any]) -> list[Any]:
    known = {one.id for one in base}
    return [one for one in entries if one.id not in known]


def _are_replaced(base: set[Any], mine: set[Any], theirs: set[Any]) -> bool:
    """Whether both took the same entry away and put each another one there."""
    return bool(base - (mine | theirs)) and bool(mine - base) and bool(theirs - base) and mine != theirs


def _ask_the_same(mine: Sequence[Any], theirs: Sequence[Any]) -> bool:
    """Whether some entry of one list stands in the other under another id."""
    known = [{one.id for one in entries} for entries in (mine, theirs)]
    titles = [
        {one.title for one in entries if one.id not in others}
        for entries, others in ((mine, known[1]), (theirs, known[0]))
    ]
    return not titles[0].isdisjoint(titles[1])


@dataclass(frozen=True, slots=True)
class _Nth:
    """What tells an entry without a name from the others: its place in the version before, or what it says."""

    sign: Hashable
    time: int


def _shown(key: Any) -> Key:
    """The step of a way that leads to an entry."""
    if isinstance(key, str):
        return Key(key)
    if isinstance(key, _Nth):
        return Key(f"{NTH}{key.sign + 1}" if isinstance(key.sign, int) else str(UNNAMED))
    return Key(getattr(key, "name", None) or UNNAMED)


def _told_apart(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[dict[Any, Any], ...]:
    """The entries of three versions of a list, by what tells them apart."""
    lists = [list(map(_name, entries)) for entries in (base, mine, theirs)]
    doubled = {name for names in lists for name, count in Counter(names).items() if count > 1}
    old = [entry for entry, name in zip(base, lists[0], strict=True) if name in doubled or name is UNNAMED]
    told = []
    for entries, names in zip((base, mine, theirs), lists, strict=True):
        nameless = [entry for entry, name in zip(entries, names, strict=True) if name in doubled or name is UNNAMED]
        places = iter(_places(old, nameless))
        keys = (next(places) if name in doubled or name is UNNAMED else name for name in names)
        told.append(dict(zip(keys, entries, strict=True)))
    return tuple(told)


def _name(entry: Any) -> Hashable:
    return name_of(entry) if is_part(entry) else entry


def _places(before: Sequence[Any], after: Sequence[Any]) -> Iterator[_Nth]:
    """For each entry without a name what it is: an old one, changed or not, by its place, or a new one."""
    seen: Counter[Hashable] = Counter()
    for _tag, start, end, *new in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for number, entry in enumerate(after[slice(*new)]):
            if start + number < end:
                yield _Nth(start + number, 0)
            else:
                seen[entry] += 1
                yield _Nth(("new", entry), seen[entry])


def _with_others(spine: Sequence[Any], others: Sequence[Any], base: Sequence[Any]) -> list[Any]:
    """All of the spine, and what only the others have after what it follows there, behind what is new in the spine."""
    order = list(spine)
    there = set(spine)
    new = there - set(base) - set(others)
    for place, key in enumerate(others):
        if key in there:
            continue
        before = next((one for one in reversed(others[:place]) if one in there), None)
        at = order.index(before) + 1 if before is not None else 0
        while at < len(order) and order[at] in new:
            at += 1
        order.insert(at, key)
        there.add(key)
    return order


def _is_by_date(entries: Sequence[Any]) -> bool:
    days = [getattr(entry, "date", None) for entry in entries]
    return all(isinstance(day, date) for day in days) and days == sorted(days)  # type: ignore[type-var]
