"""Names, days and bodies, as a document prints them."""

import re
from collections.abc import Iterable
from datetime import date, time
from functools import cached_property

from atbtst_cli.language import words
from atbtst_cli.language.format import plain_date, span
from atbtst_cli.language.tables import DocumentWords
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.person import Named
from atbtst_cli.rules import quorum
from atbtst_cli.rules.quorum import Held

DAY = len("2026-02-17")
"""How long the day is with which the id of a meeting begins."""


class Clerk:
    """Knows how to write down who and when: in the council's language, by the names of a day."""

    def __init__(self, council: Council, day: date, bodies: tuple[str, ...] = ()) -> None:
        """Write about that council, as of that day, and about those of its bodies."""
        self.council = council
        self.day = day
        self.language = council.settings.language
        self._bodies = bodies

    def on(self, day: date) -> "Clerk":
        """The one who writes by the names of another day."""
        return Clerk(self.council, day, self._bodies)

    @cached_property
    def words(self) -> DocumentWords:
        """The words that documents print, in the council's language."""
        return words(self.language).DOCUMENT

    @cached_property
    def _directory(self) -> Directory:
        return Directory(self.council, self.day)

    def name(self, owner: str | Named) -> str:
        """What to call a member, a seat or a named person."""
        return self._directory.name(owner)

    def names(self, owners: Iterable[str | Named]) -> str:
        """Several of them: Alva, Bo och Cilla."""
        return self.listed(self.name(owner) for owner in owners)

    def body(self, network: str) -> str:
        """The short name of a body or an instance."""
        return self._directory.body(network)

    def bodies(self) -> str:
        """The short names of the bodies that it is about."""
        return self.listed(map(self.body, self._bodies))

    def full_bodies(self) -> str:
        """The full names of the bodies that it is about."""
        known = ((self.council.networks.get(body), body) for body in self._bodies)
        return self.listed(network.name(self.day) if network else body for network, body in known)

    def seat(self, seat: str) -> str:
        """What to call a seat: by its own name where it is one of these bodies, else with its body."""
        body, _, seat_id = seat.partition("/")
        network = self.council.networks.get(body) if body in self._bodies else None
        known = network.seat(seat_id) if network else None
        return known.name(self.day) if known else self.name(seat)

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

    def listed(self, names: Iterable[str]) -> str:
        """Several names in a row: RÖN-AT, RÖN-BT och RÖN-ST."""
        *first, last = list(names) or [""]
        return f"{', '.join(first)} {self.words.conjunction} {last}" if first else last


class Scribe(Clerk):
    """Writes the documents of one meeting, by the names of its day."""

    def __init__(self, meeting: Meeting, council: Council, whole: "Scribe | None" = None) -> None:
        """Write for this meeting of that council; ``whole`` writes for all of it where this is an edition of it."""
        super().__init__(council, meeting.date, (meeting.network, *meeting.with_))
        self.meeting = meeting
        self._whole: Scribe = whole or self

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The printed number of each agenda item, by its id: 1, 2, 2.1."""
        return self.meeting.numbers()

    @cached_property
    def quorate(self) -> dict[str, tuple[Held, ...]]:
        """How each decision, by its id, stands to the quorum of each body that states one: counts, and nobody's name.

        Every edition counts all who were there, those too whose names it does not show.
        """
        return quorum.of(self._whole.council, self._whole.meeting)

    def cited(self) -> str:
        """The meeting as people cite it: RÅD 3/2026, or RÅD 2026-02-17 where it has no number."""
        number = self.meeting.number
        return f"{self.bodies()} {self.day}" if number is None else f"{self.bodies()} {number}/{self.day.year}"
