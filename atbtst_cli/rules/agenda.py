"""The agenda that a body's meeting begins with: its standing items, and what the carry query brings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import AgendaItem, AgendaKind, Meeting
from atbtst_cli.models.network import Standing
from atbtst_cli.rules import carry
from atbtst_cli.rules.carry import Ahead, Carried

LAST = ("actions", "other", "next_time", "next_meeting")
"""The kinds of agenda items that come after the questions of the day."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of agenda items that no standing list of the body has, in the council's language.

    ``minutes`` names the minutes of a meeting, such as "Anteckningar från RÅD 3/2026".
    """

    previous: str
    actions: str
    minutes: Callable[[Meeting], str]


def standing(council: Council, network_id: str, on: date, draw: Callable[[], str]) -> tuple[AgendaItem, ...]:
    """The body's standing agenda for a meeting on that day; ``draw`` gives a new id for each item, in order.

    The previous minutes are named where they wait for approval; a body that is dissolved has no report to give.
    """
    network = council.networks.get(network_id)
    previous = carry.latest_held(council, network_id, on)
    waiting = previous.id if previous and not previous.approval else None
    return tuple(_drawn(entry, council, on, waiting, draw) for entry in (network.standing if network else ()))


def _drawn(entry: Standing, council: Council, on: date, waiting: str | None, draw: Callable[[], str]) -> AgendaItem:
    return AgendaItem(
        id=draw(),
        kind=entry.kind,
        network=entry.network,
        title=entry.title,
        approves=waiting if entry.kind == "previous_minutes" else None,
        parts=tuple(
            _drawn(part, council, on, waiting, draw) for part in entry.parts if _reports(council, part.network, on)
        ),
    )


def _reports(council: Council, network_id: str | None, on: date) -> bool:
    network = council.networks.get(network_id or "")
    return network is None or network.lives(on)


def missing(meeting: Meeting, ahead: Ahead) -> tuple[Carried, ...]:
    """What comes to the meeting and does not stand on its agenda yet, in order."""
    there = {item.from_ for item in meeting.items()} | {item.approves for item in meeting.items()}
    return tuple(thing for thing in ahead.coming if thing.source not in there)


def with_carried(
    council: Council, meeting: Meeting, things: Iterable[Carried], titles: Titles, draw: Callable[[], str]
) -> tuple[AgendaItem, ...]:
    """The meeting's agenda with those things at their place, each in an agenda item of its own.

    Minutes that wait stand under the previous minutes, open items under their follow-up, all else before what comes
    last.
    """
    agenda = list(meeting.agenda)
    by_rule: dict[str, list[AgendaItem]] = {"approval": [], "action": [], "other": []}
    for thing in things:
        rule = thing.rule if thing.rule in by_rule else "other"
        by_rule[rule].append(_item(council, thing, titles, draw))
    _place(agenda, "previous_minutes", titles.previous, by_rule["approval"], 0, draw)
    place = end(agenda)
    agenda[place:place] = by_rule["other"]
    _place(agenda, "actions", titles.actions, by_rule["action"], end(agenda), draw)
    return tuple(agenda)


def _item(council: Council, thing: Carried, titles: Titles, draw: Callable[[], str]) -> AgendaItem:
    if thing.rule == "approval":
        return AgendaItem(id=draw(), title=titles.minutes(council.meetings[thing.source]), approves=thing.source)
    # What is said of an action item settles no matter, though the item belongs to one.
    matter = thing.matter if thing.rule != "action" else None
    return AgendaItem(id=draw(), title=thing.title, from_=thing.source, matter=matter, internal=thing.internal)


def end(agenda: Sequence[AgendaItem]) -> int:
    """The place at which the questions of the day end."""
    return next((place for place, item in enumerate(agenda) if item.kind in LAST), len(agenda))


def replaced(agenda: Iterable[AgendaItem], item_id: str, by: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    """The agenda with those items in the place of one of its items or sub-items."""
    found: list[AgendaItem] = []
    for item in agenda:
        parts = replaced(item.parts, item_id, by)
        kept = item if parts == item.parts else item.model_copy(update={"parts": parts})
        found += by if item.id == item_id else (kept,)
    return tuple(found)


def _place(
    agenda: list[AgendaItem],
    kind: AgendaKind,
    title: str,
    parts: list[AgendaItem],
    at: int,
    draw: Callable[[], str],
) -> None:
    """Put the parts under the agenda item of that kind, which is made at a place where there is none."""
    if not parts:
        return
    known = next((place for place, item in enumerate(agenda) if item.kind == kind), None)
    if known is None:
        agenda.insert(at, AgendaItem(id=draw(), kind=kind, title=title))
        known = at
    agenda[known] = agenda[known].model_copy(update={"parts": (*agenda[known].parts, *parts)})


@dataclass(frozen=True, slots=True)
class Changes:
    """The titles of the agenda items that stand otherwise than they were called, in their order."""

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


def changes(meeting: Meeting) -> Changes:
    """What was added, dropped and moved since the meeting was called; nothing where it was never called."""
    if meeting.called is None or not meeting.called.agenda:
        return Changes()
    titles = {item.id: item.title for item in meeting.items()}
    called = {item.id: item.title for item in meeting.called.agenda}
    before, now = [key for key in called if key in titles], [key for key in titles if key in called]
    steady = {
        key
        for block in SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
        for key in now[block.b : block.b + block.size]
    }
    return Changes(
        tuple(title for key, title in titles.items() if key not in called),
        tuple(title for key, title in called.items() if key not in titles),
        tuple(titles[key] for key in now if key not in steady),
    )
