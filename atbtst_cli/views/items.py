"""Action items as people look at them: chosen, sorted by urgency, each with what is worked out about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from atbtst_cli import naming
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import Due
from atbtst_cli.models.person import Named
from atbtst_cli.rules.carry import STANDS_OUT
from atbtst_cli.rules.due import Deadlines
from atbtst_cli.rules.seats import seats_of
from atbtst_cli.rules.trail import Trail
from atbtst_cli.views.mailings import reminded

if TYPE_CHECKING:
    from atbtst_cli.store.history import Step

HEADINGS = ("id", "title", "owners", "network", "due", "overdue", "age_days", "meeting", "added", "closed", "times")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items are wanted; what is left out does not matter.

    With ``due_next`` those due at their body's next meeting or before it, with ``carried`` those that come to so many
    meetings at least.
    """

    network: str | None = None
    owner: str | None = None
    overdue: bool = False
    due_before: str | None = None
    due_next: bool = False
    carried: int | None = None
    closed: bool = False
    meeting: str | None = None
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One item with what a list says of it.

    ``days`` is its age, up to its closing; ``times`` to how many meetings it comes, the next one among them.
    """

    item: ActionItem
    short: str
    who: str
    network: str
    due: date | None
    overdue: bool
    days: int
    origin: str
    times: int

    @property
    def stands_out(self) -> bool:
        """Whether it comes again and again."""
        return self.times >= STANDS_OUT

    @property
    def what(self) -> str:
        """What is to be done, or was."""
        return self.item.title

    def when(self) -> str:
        """The day it is due, with a mark where that has passed; for a closed item when and how it was closed."""
        if self.item.closed:
            as_ = _("done") if self.item.closed.as_ == "done" else _("dropped")
            return f"{self.item.closed.date} {as_}"
        if self.due:
            return f"{self.due} !" if self.overdue else str(self.due)
        return due_in_words(self.item.due)

    def age(self) -> str:
        """Its age, such as 12 d or 7 w."""
        weeks = self.days // 7
        return _("{count} w").format(count=weeks) if self.days >= 21 else _("{count} d").format(count=self.days)  # noqa: PLR2004

    def again(self) -> str:
        """How often it has come, with a mark, where that is often; else nothing."""
        return f"{self.times} !" if self.stands_out else ""

    def carried(self) -> str:
        """To how many meetings it comes, with a mark where that is often."""
        text = ngettext("{count} meeting", "{count} meetings", self.times).format(count=self.times)
        counted = text if self.item.closed else _("{meetings}, the next one included").format(meetings=text)
        return f"{counted} !" if self.stands_out else counted

    def data(self) -> dict[str, Any]:
        """The record as it is, and what was worked out."""
        record = self.item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        worked_out = {
            "owner_names": self.who,
            "due_date": self.due.isoformat() if self.due else None,
            "overdue": self.overdue,
            "age_days": self.days,
            "times": self.times,
        }
        return record | worked_out

    def cells(self) -> tuple[str, ...]:
        """What a spreadsheet gets, in the order of HEADINGS."""
        item = self.item
        return (
            item.id,
            item.title,
            self.who,
            item.network,
            str(self.due or item.due or ""),
            "yes" if self.overdue else "no",
            str(self.days),
            item.origin.meeting if item.origin else "",
            str(item.added),
            str(item.closed.date) if item.closed else "",
            str(self.times),
        )


def due_in_words(due: Due | None) -> str:
    """When something is due: a day, a meeting's id, or the words for the next meeting."""
    return _("next meeting") if due == "next" else str(due or "–")


def items(council: Council, wanted: Wanted, today: date) -> list[Line]:
    """The wanted items, the most urgent first."""
    deadlines, trail = Deadlines(council, today), Trail(council)
    tests = list(_tests(council, wanted, deadlines, trail, today))
    chosen = [item for item in council.items.values() if all(test(item) for test in tests)]
    chosen.sort(key=deadlines.urgency)
    return list(_lines(council, chosen, deadlines, trail, today))


def line(council: Council, item: ActionItem, today: date) -> Line:
    """One item with what a list says of it."""
    return next(_lines(council, [item], Deadlines(council, today), Trail(council), today))


def _tests(
    council: Council, wanted: Wanted, deadlines: Deadlines, trail: Trail, today: date
) -> Iterator[Callable[[ActionItem], bool]]:
    """One test for each thing that is wanted; an item is chosen when it passes all."""
    yield lambda item: bool(item.closed) == wanted.closed
    if wanted.network:
        network = naming.network(council, wanted.network, today).id
        yield lambda item: item.network == network
    if wanted.owner:
        owners = _as_owner(council, wanted.owner, today)
        yield lambda item: not owners.isdisjoint(owner for owner in item.owners if isinstance(owner, str))
    if wanted.overdue:
        yield deadlines.overdue
    if wanted.due_before:
        limit = naming.day(wanted.due_before, today)
        yield lambda item: (due := deadlines.due(item)) is not None and due < limit
    if wanted.due_next:
        yield deadlines.by_next
    if wanted.carried is not None:
        least = wanted.carried
        yield lambda item: trail.times(item) >= least
    if wanted.meeting:
        meeting = naming.meeting(council, wanted.meeting, today).id
        yield lambda item: item.origin is not None and item.origin.meeting == meeting
    if wanted.matter:
        matter = naming.matter_id(council, wanted.matter)
        yield lambda item: item.matter == matter


def _as_owner(council: Council, text: str, today: date) -> set[str]:
    """What an owner's items can be under: the member, and every seat the member holds today."""
    owner = naming.owner(council, text, today)
    return {owner, *seats_of(council, owner, today)}


def _lines(
    council: Council, chosen: Sequence[ActionItem], deadlines: Deadlines, trail: Trail, today: date
) -> Iterator[Line]:
    directory = Directory(council, today)
    names: dict[str, str] = {}
    size = shortest(council.items)
    for item in chosen:
        until = item.closed.date if item.closed else today
        yield Line(
            item,
            item.id[:size],
            "; ".join(_name(directory, owner, names) for owner in item.owners),
            directory.body(item.network),
            deadlines.due(item),
            deadlines.overdue(item),
            (until - item.added).days,
            item.origin.meeting if item.origin else "",
            trail.times(item),
        )


def _name(directory: Directory, owner: str | Named, known: dict[str, str]) -> str:
    if isinstance(owner, Named):
        return owner.name
    if owner not in known:
        known[owner] = directory.name(owner)
    return known[owner]


def shortest(ids: Sequence[str] | Any, least: int = 6) -> int:
    """How many characters of an id are enough to tell every one from the others; i- and four at the least."""
    ordered = sorted(ids)
    size = least
    for one, other in pairwise(ordered):
        while size < len(one) and one[:size] == other[:size]:
            size += 1
    return size


def life(council: Council, item: ActionItem, told: Line, history: Sequence["Step"]) -> Iterator[tuple[str, str]]:
    """What is known of an item, as labels and texts, from what it is to what happened to it."""
    yield _("Item"), item.id
    yield _("What"), item.title
    yield _("Who"), told.who or "–"
    yield _("Network"), told.network
    yield _("Closed") if item.closed else _("Due"), told.when()
    yield _("Added"), f"{item.added} ({told.age()})"
    yield _("Carried"), told.carried()
    if item.origin:
        yield _("From"), _origin(council, item)
    if item.closed and item.closed.reason:
        yield _("Reason"), item.closed.reason
    for entry in item.log:
        yield _("News"), f"{entry.date}  {' '.join(entry.note.split())}"
    yield from reminded(council, item)
    if history:
        yield "", ""
        yield "", _("In the record:")
    for step in history:
        yield "", f"  {step['date']}  {step['commit'][:10]}  {step['author']}: {step['subject']}"


def _origin(council: Council, item: ActionItem) -> str:
    origin = item.origin
    meeting = council.meetings.get(origin.meeting) if origin else None
    if origin is None or meeting is None:
        return origin.meeting if origin else ""
    place = next((part.title for part in meeting.items() if part.id == origin.agenda_item), "")
    return f"{meeting.id}, {place}" if place else meeting.id
