"""The action items and matters that lines speak of, by their ids or the beginnings of these."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from operator import eq
from textwrap import shorten
from typing import NamedTuple

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.base import RANDOM
from atbtst_cli.models.directory import SHORTEST, Directory
from atbtst_cli.sheet.vocabulary import instead

WHOLE = re.compile(rf"[im]-{RANDOM}")
PREFIX = len("i-")
MOST = 5
"""So many candidates are named."""
LONGEST = 50
"""So many characters of a title are shown."""


class Reference(NamedTuple):
    """The id that was meant, "" where none was or it cannot be told, and what there is to say then."""

    id: str
    findings: tuple[Finding, ...] = ()


class References:
    """What the ids in one sheet can mean."""

    def __init__(self, directory: Directory, network: str, known: frozenset[str]) -> None:
        """Look ids up in a directory; ``network`` meets, ``known`` are the ids of which its meeting speaks already."""
        self._directory = directory
        self._network = network
        self._known = set(known)
        self._open = cache(self._suggested)

    def new(self, typed: str) -> Reference:
        """The action item that a line makes or changes: a whole id is taken as it is, for it may be a new one."""
        wanted = typed.casefold()
        if WHOLE.fullmatch(wanted):
            self._known.add(wanted)
        return self.find(typed, "action") if wanted else Reference("")

    def find(self, typed: str, kind: str) -> Reference:
        """The item or matter on record that a line with that marker speaks of."""
        wanted = typed.casefold()
        found = (wanted,) if wanted in self._known else self._directory.record(wanted) if typed else ()
        if len(found) == 1 and len(wanted) >= PREFIX + SHORTEST:
            return Reference(found[0])
        return Reference("", (self._several(typed, found) if found else self._none(typed, kind),))

    def _several(self, typed: str, found: tuple[str, ...]) -> Finding:
        return Finding(
            "ambiguous-id",
            "error",
            _("“{text}” can mean {candidates}").format(text=typed, candidates=self._titled(found)),
            hint=_("Write more of the id, at least {count} characters after the hyphen.").format(count=SHORTEST),
        )

    def _none(self, typed: str, kind: str) -> Finding:
        prefix = "m-" if kind == "matter" else "i-"
        found = _unknown_id(typed, prefix) if typed else _no_id(prefix)
        return replace(found, hint=f"{instead(kind)} {self._open(typed, prefix)}".rstrip())

    def _suggested(self, typed: str, prefix: str) -> str:
        """What is open, the likest id first, else what concerns the body; nothing where nothing is open."""
        known = self._directory.pending(prefix, self._network)
        nearest = sorted(known, key=lambda one: sum(map(eq, one, typed)), reverse=True) if typed else known
        return _("These are open: {candidates}").format(candidates=self._titled(nearest)) if nearest else ""

    def _titled(self, ids: Sequence[str]) -> str:
        """The ids with their titles; of many the first few."""
        titled = (
            f"{known} ({shorten(self._directory.title(known), LONGEST, placeholder=' …')})" for known in ids[:MOST]
        )
        return ", ".join(titled) + (" …" if len(ids) > MOST else "")


def _unknown_id(typed: str, prefix: str) -> Finding:
    """What to say of an id that is not on record."""
    message = _("“{id}” is no matter on record")
    if prefix == "i-":
        message = _("“{id}” is no action item on record")
    return Finding("unknown-id", "error", message.format(id=typed))


def _no_id(prefix: str) -> Finding:
    """What to say of a line that has to name an item or a matter by its id, and does not."""
    message = _("the line does not say which matter it is about")
    if prefix == "i-":
        message = _("the line does not say which action item it is about")
    return Finding("no-id", "error", message)
