"""The ids of one sheet: those that were typed, each taken once, and new ones for what has none."""

import re
from collections.abc import Callable, Iterable
from itertools import count

from atbtst_cli.models.meeting import Meeting
from atbtst_cli.sheet.before import carried

_NUMBERED = re.compile(r"d-([0-9]{1,9})")


class Ids:
    """Which ids are taken, and the next free ones."""

    def __init__(self, base: Meeting, typed: Iterable[str], draw: Callable[[str], str]) -> None:
        """Know the ids of the meeting so far and those of the sheet; ``draw`` gives another one at every call."""
        self._base = tuple(carried(base))
        self._used = {*self._base, *typed}
        self._taken: set[str] = set()
        self._draw = draw
        numbers = (int(match[1]) for match in map(_NUMBERED.fullmatch, self._used) if match)
        self._decisions = count(max(numbers, default=0) + 1)

    def take(self, typed: str, prefix: str) -> str:
        """The id that was typed; a new one where none was, or where it stands on another line already."""
        if typed and typed not in self._taken:
            self._taken.add(typed)
            return typed
        return self._fresh(prefix)

    def doubled(self, typed: str) -> bool:
        """Whether the id that was typed is taken already."""
        return typed in self._taken

    def vanished(self) -> tuple[str, ...]:
        """The ids of the meeting so far that the sheet no longer has, in their order."""
        return tuple(known for known in self._base if known not in self._taken)

    def _fresh(self, prefix: str) -> str:
        fresh = f"d-{next(self._decisions)}" if prefix == "d" else self._draw(prefix)
        while fresh in self._used:
            fresh = self._draw(prefix)
        self._used.add(fresh)
        self._taken.add(fresh)
        return fresh
