"""Names, days and bodies, as a document of one meeting prints them."""

import re
from collections.abc import Iterable
from datetime import date, time
from functools import cached_property

from atbtst_cli.language import words
from atbtst_cli.language.format import plain_date, span
from atbtst_cli.language.words import DocumentWords
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.person import Named

DAY = len("2026-02-17")
"""How long the day is with which the id of a meeting begins."""


class Scribe:
    """Knows how to write down who and when: in the council's language, by the names of the meeting's day."""

    def __init__(self, meeting: Meeting, council: Council) -> None:
        """Write for this meeting of that council."""
        self.meeting = meeting
        self.council = council
        self.language = council.settings.language

    @cached_property
    def words(self) -> DocumentWords:
        """The words that documents print, in the council's language."""
        return words(self.language).DOCUMENT

    @cached_property
    def _directory(self) -> Directory:
        return Directory(self.council, self.meeting.date)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The printed number of each agenda item, by its id: 1, 2, 2.1."""
        return self.meeting.numbers()

    def name(self, owner: str | Named) -> str:
        """What to call a member, a seat or a named person."""
        return self._directory.name(owner)

    def names(self, owners: Iterable[str | Named]) -> str:
        """Several of them: Alva, Bo och Cilla."""
        return self._listed(self.name(owner) for owner in owners)

    def body(self, network: str) -> str:
        """The short name of a body or an instance."""
        return self._directory.body(network)

    def bodies(self) -> str:
        """The short names of the bodies that met."""
        return self._listed(self.body(network) for network in (self.meeting.network, *self.meeting.with_))

    def full_bodies(self) -> str:
        """The full names of the bodies that met."""
        known = ((self.council.networks.get(body), body) for body in (self.meeting.network, *self.meeting.with_))
        return self._listed(network.name(self.meeting.date) if network else body for network, body in known)

    def seat(self, seat: str) -> str:
        """What to call a seat: by its own name where it is one of the bodies that met, else with its body."""
        body, _, seat_id = seat.partition("/")
        network = self.council.networks.get(body) if body in (self.meeting.network, *self.meeting.with_) else None
        known = network.seat(seat_id) if network else None
        return known.name(self.meeting.date) if known else self.name(seat)

    def when(self, day: date, start: time | None, end: time | None) -> str:
        """The day and the times, as they begin a line: Tisdag 17 februari 2026 kl. 13.15–16.15."""
        said = span(day, start, end, self.language)
        return said[:1].upper() + said[1:]

    def due(self, due: date | str) -> str:
        """A day, a meeting, or the next one."""
        if isinstance(due, date):
            return plain_date(due, self.language)
        return self.words.next_due if due == "next" else self.meeting_on(due, due[:DAY])

    def meeting_on(self, meeting_id: str, day: date | str) -> str:
        """A meeting by its body, as its id tells it, and a day: RÅD 2026-04-21."""
        body = meeting_id[DAY + 1 :]
        known = body if body in self.council.networks else re.sub(r"-\d+$", "", body)
        return f"{self.body(known)} {day}"

    def _listed(self, names: Iterable[str]) -> str:
        *first, last = list(names) or [""]
        return f"{', '.join(first)} {self.words.conjunction} {last}" if first else last
