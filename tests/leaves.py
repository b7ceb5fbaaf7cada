"""Whether a merge lost something: records as bare YAML, taken apart to single values, with no code of the program's own.

A value that one side alone changed has to be in the merge as that side has it. One that both changed differently has
to be what a person decided.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

NAMES = ("id", "decision", "action", "next_time", "member", "list", "name", "title")
"""What tells the entries of a list apart, by the design of the records."""
Way = tuple[str, ...]
Leaves = dict[Way, str]
THERE = "(there)"
UNNAMED = "#"


@dataclass(frozen=True)
class Broken:
    """A value of a merge that is not what it has to be."""

    way: Way
    base: str | None
    mine: str | None
    theirs: str | None
    merged: str | None

    def __str__(self) -> str:
        values = f"{self.base!r}, mine {self.mine!r}, theirs {self.theirs!r}: merged {self.merged!r}"
        return f"{'/'.join(self.way)} was {values}"


def broken(
    base: bytes | None, mine: bytes | None, theirs: bytes | None, merged: bytes | None, decided: Collection[str]
) -> list[Broken]:
    """The values of a merged record that are neither what the sides say nor ``decided``, fields with slashes between."""
    versions = [yaml.load(data, yaml.CBaseLoader) if data else None for data in (base, mine, theirs, merged)]
    doubled = {one for version in versions for one in _doubled(version, ())}
    taken = [dict(_leaves(version, (), doubled)) for version in versions]
    return [
        Broken(way, *values)
        for way in sorted({way for leaves in taken for way in leaves})
        if not _holds(values := tuple(leaves.get(way) for leaves in taken))
        and not _is_decided(way, decided)
        and not _is_joined(way, values, taken)
    ]


def _holds(values: Sequence[str | None]) -> bool:
    base, mine, theirs, merged = values
    if theirs in (mine, base):
        return merged == mine
    return base == mine and merged == theirs


def _is_decided(way: Way, decided: Collection[str]) -> bool:
    """Whether somebody decided a value, or all of what it is in; entries without a name are their list's."""
    known = "/".join(way)
    for field in decided:
        sure = re.split("/[#…:]", field)[0]
        if sure in ("", known) or known.startswith(sure + "/"):
            return True
    return False


def _is_joined(way: Way, values: Sequence[str | None], taken: Sequence[Leaves]) -> bool:
    """Whether a text of several lines, or an entry without a name, that both sides changed has all that both wrote."""
    base, mine, theirs, merged = values
    if way[-1].startswith(UNNAMED):
        around = way[:-1]
        old, own, other, now = (_words(leaves, around) for leaves in taken)
        both = _unnamed(taken[0], around) not in (_unnamed(taken[1], around), _unnamed(taken[2], around))
        return both and not ((own - old) | (other - old)) - now
    if None in (mine, theirs, merged) or "\n" not in f"{mine}{theirs}".rstrip("\n"):
        return False
    new = [set(str(side).splitlines()) - set((base or "").splitlines()) for side in (mine, theirs)]
    return not (new[0] | new[1]) - set(str(merged).splitlines())


def _unnamed(leaves: Leaves, around: Way) -> Counter[str]:
    """The entries without a name of one list."""
    return Counter({way[-1]: int(count) for way, count in leaves.items() if way[:-1] == around and way[-1][0] == "#"})


def _words(leaves: Leaves, around: Way) -> set[str]:
    """The single values in the entries without a name of one list, of texts their lines."""
    return {word for entry in _unnamed(leaves, around) for word in _values(json.loads(entry[1:]))}


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    else:
        yield from str(value).splitlines()


def _leaves(value: Any, way: Way, doubled: Collection[Way]) -> Iterator[tuple[Way, str]]:
    if value is None:
        return
    if isinstance(value, dict):
        yield way, THERE
        for key, inner in value.items():
            yield from _leaves(inner, (*way, key), doubled)
    elif isinstance(value, list):
        yield from _entries(value, way, doubled)
    else:
        yield way, value


def _entries(entries: Sequence[Any], way: Way, doubled: Collection[Way]) -> Iterator[tuple[Way, str]]:
    unnamed: Counter[str] = Counter()
    for entry in entries:
        name = name_of(entry)
        if name is None or (*way, name) in doubled:
            unnamed[UNNAMED + json.dumps(entry, ensure_ascii=False)] += 1
        elif isinstance(entry, dict):
            yield from _leaves(entry, (*way, name), doubled)
        else:
            yield (*way, name), THERE
    for told, count in unnamed.items():
        yield (*way, told), str(count)


def name_of(entry: Any) -> str | None:
    """What tells an entry of a list apart from the others; None where nothing does."""
    if isinstance(entry, dict):
        return next((entry[name] for name in NAMES if isinstance(entry.get(name), str)), None)
    return entry if isinstance(entry, str) else None


def _doubled(value: Any, way: Way) -> Iterator[Way]:
    """The names that stand twice in one list, where they tell nothing apart."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _doubled(inner, (*way, key))
    elif isinstance(value, list):
        counts = Counter(map(name_of, value))
        yield from ((*way, name) for name, count in counts.items() if name is not None and count > 1)
        for entry in value:
            yield from _doubled(entry, (*way, name_of(entry) or UNNAMED))


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The keys at which two mappings differ."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
