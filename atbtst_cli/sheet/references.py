"""The action items and matters that lines speak of, by their ids or the beginnings of these."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from operator import eq
from textwrap import shorten
from typing import NamedTuple

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.base import RANDOM
from atbtst_cli.models.directory import SHORTEST, Directory
from atbtst_cli.sheet.vocabulary import example, instead, one_of, spellings

WHOLE = re.compile(rf"[im]-{RANDOM}")
WORD = re.compile(rf"(?<!\S){one_of(spellings(lambda table: table.markers['decision']))}\s+(?=§)", re.IGNORECASE)
"""What may stand before the number of a decision, as in *RÅD beslut § 12/2025*."""
PREFIX = len("i-")
MOST = 5
"""So many candidates are named."""
LONGEST = 50
"""So many characters of a title are shown."""


class Reference(NamedTuple):
    """The id that was meant, "" where none was or it cannot be told, and what there is to say then."""

    id: str
    findings: tuple[Finding, ...] = ()


class Earlier(NamedTuple):
    """The id of the earlier decision that was meant and what it is cited as; "" where it cannot be told, and why."""

    id: str
    cited: str | None = None
    findings: tuple[Finding, ...] = ()


class References:
    """What the ids in one sheet can mean."""

    def __init__(
        self,
        directory: Directory,
        network: str,
        known: frozenset[str],
        superseded: Mapping[str, tuple[str, str | None]],
    ) -> None:
        """Look ids up in a directory; ``network`` meets.

        ``known`` are the ids of which its meeting speaks already, ``superseded`` the decisions that it names already.
        """
        self._directory = directory
        self._network = network
        self._known = set(known)
        self._superseded = superseded
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

    def decision(self, typed: str) -> Earlier:
        """The decision on record that a citation or an id means."""
        if typed in self._superseded:
            return Earlier(*self._superseded[typed])
        found = self._directory.decision(WORD.sub("", typed), self._network)
        if len(found) != 1:
            return Earlier("", findings=(self._no_decision(typed, found),))
        cited = self._directory.cited(found[0])
        return Earlier(found[0], cited if cited != found[0] else None)

    def _no_decision(self, typed: str, found: tuple[str, ...]) -> Finding:
        if found:
            message = _("“{text}” can mean {candidates}").format(text=typed, candidates=self._minuted(found))
            return Finding("ambiguous-decision", "error", message, hint=instead("supersedes"))
        latest = self._directory.decisions(self._network)
        known = _("The latest are: {candidates}").format(candidates=self._minuted(latest)) if latest else ""
        message = _("“{text}” is no decision on record").format(text=typed)
        return Finding("unknown-decision", "error", message, hint=f"{instead('supersedes')} {known}".rstrip())

    def _minuted(self, ids: Sequence[str]) -> str:
        """The decisions as people call them, each with its first words; of many the first few."""
        found = ((one, self._directory.minuted(one)) for one in ids[:MOST])
        words = (
            f"{self._directory.cited(one)} ({shorten(minuted[1].text, LONGEST, placeholder=' …')})"
            for one, minuted in found
            if minuted
        )
        return ", ".join(words) + (" …" if len(ids) > MOST else "")

    def _several(self, typed: str, found: tuple[str, ...]) -> Finding:
        return Finding(
            "ambiguous-id",
            "error",
            _("“{text}” can mean {candidates}").format(text=typed, candidates=self._titled(found)),
            hint=_("Write more of the id, at least {count} characters after the hyphen.").format(count=SHORTEST),
        )

    def _none(self, typed: str, kind: str) -> Finding:
        prefix = "m-" if kind in ("matter", "closes") else "i-"
        found = _unknown_id(typed, prefix) if typed else _no_id(prefix)
        hints = (instead(kind), _new(kind) if not typed else "", self._open(typed, prefix))
        return replace(found, hint=" ".join(filter(None, hints)))

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


def _new(kind: str) -> str:
    """How a matter that is not on record yet begins."""
    return _("A new question begins with “{example}”.").format(example=example("raise")) if kind == "matter" else ""


def _no_id(prefix: str) -> Finding:
    """What to say of a line that has to name an item or a matter by its id, and does not."""
    message = _("the line does not say which matter it is about")
    if prefix == "i-":
        message = _("the line does not say which action item it is about")
    return Finding("no-id", "error", message)
