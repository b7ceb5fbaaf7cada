"""What a rule is, what it finds, and the council as it sees it."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar, cast

from atbtst_cli.errors import Finding, Level
from atbtst_cli.models.base import Record, texts
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import ActionBlock, Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network, Seat
from atbtst_cli.models.report import Report
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seats
from atbtst_cli.rules.checks.layout import Field, Place, anchors, parts
from atbtst_cli.rules.checks.mentions import Mention, mentions

Kind = Literal["settings", "members", "networks", "meetings", "items", "matters", "reports", "mailings"]
KINDS: Mapping[type[Record], Kind] = {
    Member: "members",
    Network: "networks",
    Meeting: "meetings",
    ActionItem: "items",
    Matter: "matters",
    Report: "reports",
    Mailing: "mailings",
}

EVERYTHING: frozenset[Kind] = frozenset(("settings", *KINDS.values()))

Key = tuple[str, str]
"""A record: its kind, and its id, which is its file's name."""
SETTINGS: Key = ("settings", "settings")

R = TypeVar("R", bound=Record)
Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Problem(NamedTuple):
    """A breach of a rule: in which record, in words, the way to the value, what to do."""

    record: Key
    message: str
    field: Field = ()
    hint: str = ""


class Answers(dict[Question, Answer]):
    """Answers by question, each worked out when it is first asked for."""

    def __init__(self, work: Callable[[Question], Answer], like: Callable[[Question], Question] | None = None) -> None:
        """Keep the answers that ``work`` gives; ``like`` names the one question of all those that have one answer."""
        self._work = work
        self._like = like

    def __missing__(self, question: Question) -> Answer:
        alike = self._like(question) if self._like else question
        answer = self[question] = self._work(question) if alike == question else self[alike]
        return answer


class Index:
    """A council as of one day: the records that rules judge, and what several of them ask of the whole council.

    ``judged`` limits the records that are judged; what they are held against is always the whole council.
    """

    def __init__(self, council: Council, today: date, judged: Collection[Key] | None = None) -> None:
        """See a council as of a day."""
        self.council = council
        self.today = today
        self._judged = judged
        self.directory = Answers[date, Directory](lambda on: Directory(council, on))
        self.seats_held = Answers[date, dict[str, tuple[str, ...]]](
            lambda on: seats.held(council, council.networks.values(), on), like=self._since
        )
        self.in_office = Answers[date, frozenset[str]](self._in_office, like=self._since)
        self.texts = Answers[Key, list[tuple[Field, str]]](self._texts)
        self.parts = Answers[str, list[Place]](self._parts)
        self.anchors = Answers[Key, frozenset[str]](self._anchors)
        self.actions = Answers[str, frozenset[str]](self._actions)

    def judges(self, key: Key) -> bool:
        """Whether that record is one of those to judge."""
        return self._judged is None or key in self._judged

    def judges_any(self, *kinds: Kind) -> bool:
        """Whether any record of those kinds is one of those to judge."""
        return self._judged is None or any(kind in kinds for kind, _ in self._judged)

    def each(self, model: type[R]) -> Iterator[tuple[Key, R]]:
        """The records of that kind to judge; those that cannot be read have findings of their own."""
        kind = KINDS[model]
        records = cast("Mapping[str, R]", getattr(self.council, kind))
        if self._judged is None:
            return (((kind, name), record) for name, record in records.items())
        keys = sorted(key for key in self._judged if key[0] == kind)
        return ((key, record) for key in keys if (record := records.get(key[1])) is not None)

    def every(self) -> Iterator[tuple[Key, Record | Settings]]:
        """The records of every kind to judge, and the settings."""
        if self.judges(SETTINGS):
            yield SETTINGS, self.council.settings
        for model in KINDS:
            yield from self.each(model)

    @cached_property
    def mentions(self) -> list[tuple[Key, Mention]]:
        """Everything that the records to judge name, each with the record that names it."""
        return [(key, mention) for key, record in self.every() for mention in mentions(record)]

    @cached_property
    def free_names(self) -> list[tuple[Key, str, Field]]:
        """Everybody whom the records to judge name in words and not by a member's id."""
        return [(key, name, field) for key, (target, name, field) in self.mentions if target == "name"]

    @cached_property
    def seats(self) -> dict[str, tuple[Network, Seat]]:
        """Every seat with its body, by its reference, such as ron-at/convenor."""
        return {
            f"{name}/{seat.id}": (body, seat) for name, body in self.council.networks.items() for seat in body.seats
        }

    def holds(self, kind: Kind, record_id: str, anchor: str) -> bool:
        """Whether that record is there with that id within it; one that cannot be read has the benefit of doubt."""
        records: Mapping[str, Record] = getattr(self.council, kind)
        return record_id in records and (records.get(record_id) is None or anchor in self.anchors[kind, record_id])

    def _since(self, on: date) -> date:
        """The day since which the seats are held by those who hold them on that day."""
        place = bisect_right(self._turns, on)
        return self._turns[place - 1] if place else date.min

    @cached_property
    def _turns(self) -> list[date]:
        """The days on which a body, a seat or a holding begins, or is over since the day before."""
        spans = [span for body in self.council.networks.values() for span in _spans(body)]
        begun = {start for start, _ in spans if start}
        return sorted(begun | {end + timedelta(days=1) for _, end in spans if end and end < date.max})

    def _in_office(self, on: date) -> frozenset[str]:
        held = self.seats_held[on]
        return frozenset((*held, *(seat for refs in held.values() for seat in refs)))

    def _anchors(self, key: Key) -> frozenset[str]:
        records: Mapping[str, Record] = getattr(self.council, key[0])
        record = records.get(key[1])
        return frozenset(name for name, _ in anchors(record)) if record else frozenset()

    def _texts(self, key: Key) -> list[tuple[Field, str]]:
        return texts(self.council.settings if key == SETTINGS else getattr(self.council, key[0])[key[1]])

    def _parts(self, meeting_id: str) -> list[Place]:
        meeting = self.council.meetings.get(meeting_id)
        return parts(meeting) if meeting else []

    def _actions(self, meeting_id: str) -> frozenset[str]:
        return frozenset(part.action for _, part in self.parts[meeting_id] if isinstance(part, ActionBlock))


def _spans(body: Network) -> Iterator[tuple[date | None, date | None]]:
    """First and last day of a body, of its seats, and of those who hold them."""
    yield body.founded, body.dissolved
    for seat in body.seats:
        yield seat.from_, seat.to
        yield from ((holding.from_, holding.to) for holding in seat.holders)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, how much a breach matters, the kinds of record it reads, and what finds breaches.

    The docstring of ``find`` states the rule. It reads no kind but those, so that no other is read from disk for it.
    """

    name: str
    level: Level
    reads: frozenset[Kind]
    find: Callable[[Index], Iterable[Problem]]

    def findings(self, index: Index) -> Iterator[Finding]:
        """The breaches of this rule, each with the path of its record and the way to the value."""
        for record, message, field, hint in self.find(index):
            yield Finding(self.name, self.level, message, index.council.paths.get(record, ""), hint=hint, field=field)
