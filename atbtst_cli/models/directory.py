"""The names people type, and the ids they mean."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import DecisionBlock, Meeting
from atbtst_cli.models.network import Seat
from atbtst_cli.models.person import Named

SHORTEST = 4
"""The fewest characters by which a random id may be named, its prefix such as i- not counted."""
DECISION = re.compile(r"(?:(?P<body>[^\s§][^§]*?)\s+)?(?:§\s*)?(?P<number>[1-9][0-9]{0,8})(?:/(?P<year>[0-9]{4}))?")
"""What people call a decision: RÅD § 3/2026, or less of it."""


def fold(text: str) -> str:
    """The text as names are compared: composed, without case, any dash as a hyphen, single blanks."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"\s+", " ", re.sub(r"[‐‑‒–—−]", "-", composed)).strip()


class Directory:
    """Names of members, seats, bodies and instances as of one day, each with every id it can mean.

    Of action items and matters it knows the ids: i-… and m-…, whole or shortened; of decisions what people call them.
    """

    def __init__(self, council: Council, on: date) -> None:
        """Read the names of that day from a council."""
        self._council = council
        self._on = on
        self._networks: dict[str, set[str]] = {}
        self._instances: dict[str, set[str]] = {}
        self._full: dict[str, set[str]] = {}
        self._first: dict[str, set[str]] = {}
        for key, network in council.networks.items():
            names = (text for name in network.names for text in (name.name, name.short) if text)
            _enter(self._networks, key, (key, *names, *network.aliases))
        for instance in council.settings.instances:
            _enter(self._instances, instance.id, (instance.id, instance.name, *instance.aliases))
        for key, member in council.members.items():
            _enter(self._full, key, (key, *(name.name for name in member.names), *member.aliases))
            if member.holds(on):
                _enter(self._first, key, member.name(on).split()[:1])

    def network(self, text: str) -> tuple[str, ...]:
        """The ids of the bodies that the text can mean."""
        return _found(self._networks, text)

    def instance(self, text: str) -> tuple[str, ...]:
        """The ids of the bodies and outside instances that the text can mean."""
        return _found(self._networks, text) or _found(self._instances, text)

    def member(self, text: str) -> tuple[str, ...]:
        """The ids of the members that the text can mean: by id, full name or alias, else by first name."""
        return _found(self._full, text) or _found(self._first, text)

    def owner(self, text: str) -> tuple[str, ...]:
        """The ids of the members, or the seat such as ron-at/convenor, that the text can mean."""
        if "/" not in text:
            return self.member(text)
        body, _, seat = text.partition("/")
        return tuple(
            f"{network}/{known.id}"
            for network in self.network(body)
            for known in self._council.networks[network].seats
            if fold(seat) in (known.id, *(fold(name.name) for name in known.names))
        )

    def spellings(self) -> dict[str, set[str]]:
        """All that can be written for a member or a seat, folded, each with every id it can mean."""
        seats = (f"{network.id}/{seat.id}" for network in self._council.networks.values() for seat in network.seats)
        return {**self._first, **self._full, **{seat: {seat} for seat in seats}}

    def record(self, text: str) -> tuple[str, ...]:
        """The ids of the action items or matters that the text can mean: the id itself, else those that it begins."""
        records, wanted = self._records(text), fold(text)
        return (wanted,) if wanted in records else tuple(known for known in records if known.startswith(wanted))

    def decision(self, text: str, network_id: str = "") -> tuple[str, ...]:
        """The decisions that the text can mean, such as 2025-11-18-rad/d-1, the latest first.

        It is that id or a citation; without a body one of ``network_id``, or of any where that is empty too.
        """
        wanted = text.strip()
        if self.minuted(wanted):
            return (wanted,)
        match = DECISION.fullmatch(wanted)
        if not match:
            return ()
        bodies = self.network(match["body"]) if match["body"] else (network_id,) if network_id else self._numbers
        cited = (one for body in bodies for one in self._numbers.get(body, ()))
        year = int(match["year"] or 0)
        return tuple(known for of, number, known in cited if number == int(match["number"]) and year in (0, of))

    def decisions(self, network_id: str) -> tuple[str, ...]:
        """The decisions of a body that have a number, the latest first."""
        return tuple(known for _year, _number, known in self._numbers.get(network_id, ()))

    @cached_property
    def _numbers(self) -> dict[str, list[tuple[int, int, str]]]:
        """Year, number and id of every decision by its body, the latest first; all meetings are read for it."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        for meeting in self._council.meetings.values():
            for _item, block in meeting.blocks():
                if isinstance(block, DecisionBlock) and block.number is not None:
                    known = (meeting.date.year, block.number, f"{meeting.id}/{block.decision}")
                    found.setdefault(meeting.network, []).append(known)
        return {body: sorted(known, reverse=True) for body, known in sorted(found.items())}

    def minuted(self, decision_id: str) -> tuple[Meeting, DecisionBlock] | None:
        """The decision with that id, such as 2025-11-18-rad/d-1, and its meeting; None where there is none."""
        meeting_id, _, local = decision_id.partition("/")
        meeting = self._council.meetings.get(meeting_id)
        blocks = (block for _item, block in meeting.blocks()) if meeting else ()
        decisions = (block for block in blocks if isinstance(block, DecisionBlock) and block.decision == local)
        found = next(decisions, None)
        return (meeting, found) if meeting and found else None

    def cited(self, decision_id: str) -> str:
        """What people call a decision: RÅD § 3/2026; its id where it has no number or is not on record."""
        found = self.minuted(decision_id)
        return cited(self._council, *found) if found else decision_id

    def title(self, record_id: str) -> str:
        """What an action item or a matter is called; a dash where its record is not there or cannot be read."""
        try:
            return self._records(record_id)[record_id].title
        except KeyError:
            return "–"

    def pending(self, prefix: str, network_id: str) -> tuple[str, ...]:
        """The ids of the open action items (i-) or matters (m-), those of that body first."""
        records = [record for record in self._records(prefix).values() if not record.closed]
        return tuple(record.id for record in sorted(records, key=lambda record: record.network != network_id))

    def _records(self, text: str) -> Mapping[str, ActionItem] | Mapping[str, Matter]:
        return self._council.matters if fold(text).startswith("m-") else self._council.items

    def name(self, owner: str | Named) -> str:
        """What to call a member, a seat or a named person in a document of that day."""
        if isinstance(owner, Named):
            return owner.name
        if "/" in owner:
            body, _, seat_id = owner.partition("/")
            network = self._council.networks.get(body)
            seat = network.seat(seat_id) if network else None
            return f"{network.short(self._on)} ({_within(seat, self._on)})" if network and seat else owner
        member = self._council.members.get(owner)
        return member.name(self._on) if member else owner

    def body(self, network_id: str) -> str:
        """The short name of a body or instance on that day."""
        return body_name(self._council, network_id, self._on)


def body_name(council: Council, body: str, on: date) -> str:
    """The short name of a body or instance on a day; its id where it is not on record."""
    if network := council.networks.get(body):
        return network.short(on)
    return next((one.name for one in council.settings.instances if one.id == body), body)


def cited(council: Council, meeting: Meeting, decision: DecisionBlock) -> str:
    """What people call a decision, by the body's name of its day: RÅD § 3/2026; its id where it has no number."""
    if decision.number is None:
        return f"{meeting.id}/{decision.decision}"
    return f"{body_name(council, meeting.network, meeting.date)} § {decision.number}/{meeting.date.year}"


def _within(seat: Seat, on: date) -> str:
    """The seat's name inside a line: a post is a common noun, but an administration or SYLF keeps its capitals."""
    return seat.name(on).lower() if seat.kind == "convenor" else seat.name(on)


def _enter(index: dict[str, set[str]], key: str, names: Iterable[str]) -> None:
    for name in names:
        index.setdefault(fold(name), set()).add(key)


def _found(index: Mapping[str, set[str]], text: str) -> tuple[str, ...]:
    return tuple(sorted(index.get(fold(text), ())))
