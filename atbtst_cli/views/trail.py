"""An action item's way: the meetings it passed, and who changed what of its record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

from atbtst_cli.language import _, ngettext
from atbtst_cli.models.base import Record
from atbtst_cli.models.council import Council
from atbtst_cli.models.differences import Difference, differences
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import ActionBlock, AgendaItem, Meeting, ProgressBlock, TextBlock
from atbtst_cli.rules.carry import concerned
from atbtst_cli.rules.trail import Trail
from atbtst_cli.store.history import Step
from atbtst_cli.store.load import read_record
from atbtst_cli.store.tree import CommitTree
from atbtst_cli.views.differences import said
from atbtst_cli.views.meetings import citation

What = Literal["agreed", "news", "done", "dropped", "agenda", "open"]
"""What became of an item at a meeting; ``open`` where it came and nothing is noted."""
Mention = tuple[AgendaItem | None, What, str]
"""The agenda item, what became of the item there, and the words that were minuted."""


FEW = 2
"""So many meetings in a row that noted nothing are told one by one."""
NOWHERE = "–"


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of an item at one meeting, at one place of its agenda."""

    meeting: str
    cited: str
    date: date
    number: str
    title: str
    what: What
    text: str

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        return {name: getattr(self, name) for name in self.__slots__} | {"date": self.date.isoformat()}


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit changed of a record; without a step what is not committed yet.

    ``differences`` is None where the record could not be read as that commit left it.
    """

    step: Step | None
    differences: tuple[Difference, ...] | None

    def cells(self, names: Directory) -> tuple[str, ...]:
        """Day, who, and what in words."""
        if self.differences is None:
            what = _("cannot be read as it was saved then")
        else:
            what = "; ".join(said(one, names) for one in self.differences) or _("written in another way")
        return (self.step["date"], self.step["author"], what) if self.step else ("–", _("not saved yet"), what)

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        found = None if self.differences is None else [one.data() for one in self.differences]
        return {**(self.step or {"commit": None}), "differences": found}


def passages(council: Council, item: ActionItem) -> list[Passage]:
    """Every meeting that the item passed, or on whose agenda it stands, oldest first."""
    trail = Trail(council)
    came = {one.id for body in concerned(council, item) for one in trail.came(item, body)}
    meetings = sorted(council.meetings.values(), key=lambda one: (one.date, one.id))
    return [
        _passage(council, meeting, mention)
        for meeting in meetings
        if not meeting.cancelled
        for mention in _mentions(meeting, item) or [(None, "open", "")] * (meeting.id in came)
    ]


def rows(passed: Iterable[Passage], item: ActionItem) -> Iterator[tuple[str, ...]]:
    """Day, meeting, agenda item and what became of it there; meetings in a row that noted nothing share a line."""
    for what, group in groupby(passed, key=lambda one: one.what):
        found = list(group)
        if what == "open" and len(found) > FEW:
            count = ngettext("{count} meeting", "{count} meetings", len(found)).format(count=len(found))
            until = _("open, nothing noted until {date}").format(date=found[-1].date)
            yield str(found[0].date), count, NOWHERE, until
        else:
            yield from (_row(one, item) for one in found)


def _row(one: Passage, item: ActionItem) -> tuple[str, ...]:
    """A passage; a title that is the item's own is not said again."""
    place = one.number if one.title == item.title else f"{one.number} {one.title}".strip()
    what = ": ".join(part for part in (_words()[one.what], one.text) if part)
    return str(one.date), one.cited, place or NOWHERE, what


def changes(versions: Sequence[tuple[Step, CommitTree, CommitTree]], path: str, now: Record) -> Iterator[Change]:
    """What each commit changed of a record, oldest first, and last what is changed and not committed.

    ``versions`` are the commits that touched its file, newest first, each with trees of the file before and after.
    What follows on a version that could not be read is compared with the one before that.
    """
    known: dict[Any, Record | None] = {None: None}
    newest = None
    for step, old, new in reversed(versions):
        before, newest = known.get(old.entries.get(path)), new.entries.get(path)
        after, faults = read_record(new, path, type(now)) if newest else (None, [])
        known[newest] = before if faults else after
        yield Change(step, None if faults else tuple(differences(before, after)))
    if now != known[newest]:
        yield Change(None, tuple(differences(known[newest], now)))


def _passage(council: Council, meeting: Meeting, mention: Mention) -> Passage:
    place, what, text = mention
    number, title = (meeting.numbers()[place.id], place.title) if place else ("", "")
    return Passage(meeting.id, citation(council, meeting), meeting.date, number, title, what, " ".join(text.split()))


def _mentions(meeting: Meeting, item: ActionItem) -> list[Mention]:
    """The places of a meeting where the item was agreed on, told of, closed, or stands on the agenda."""
    found = list(_minuted(meeting, item.id))
    if item.origin and item.origin.meeting == meeting.id and "agreed" not in {what for _place, what, _text in found}:
        place = next((one for one in meeting.items() if one.id == item.origin.agenda_item), None)
        found.insert(0, (place, "agreed", ""))
    told = [place for place, _what, _text in found]
    listed = (one for one in meeting.items() if one.from_ == item.id and one not in told)
    return [*found, *((one, "agenda", _text_of(one)) for one in listed)]


def _minuted(meeting: Meeting, item_id: str) -> Iterator[Mention]:
    for place, block in meeting.blocks():
        if isinstance(block, ActionBlock) and block.action == item_id:
            yield place, "agreed", ""
        elif isinstance(block, ProgressBlock) and block.progress == item_id:
            yield place, block.closes or "news", block.text


def _text_of(place: AgendaItem) -> str:
    return " ".join(block.text for block in place.body if isinstance(block, TextBlock))


def _words() -> dict[What, str]:
    """What became of an item, in words."""
    return {
        "agreed": _("agreed"),
        "news": _("news"),
        "done": _("done"),
        "dropped": _("dropped"),
        "agenda": _("on the agenda"),
        "open": _("open, nothing noted"),
    }
