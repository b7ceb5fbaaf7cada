"""What now? The council's state on one screen: what is coming, what waits, and the command that does the next thing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import carry, reports
from atbtst_cli.rules.carry import STANDS_OUT, Carried
from atbtst_cli.rules.checks import check
from atbtst_cli.rules.checks.rule import Key
from atbtst_cli.rules.due import Deadlines
from atbtst_cli.views import matters
from atbtst_cli.views.agenda import heading, reason
from atbtst_cli.views.items import due_in_words, line
from atbtst_cli.views.meetings import citation, next_of, times

SOON = 90
"""Days ahead within which meetings are shown."""
CALL = 14
"""Days before a meeting by which it should be called."""
MOST = 5
"""The lines of a section; what is more is counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the screen: its title, its lines, how many more there are, and the command for the next step."""

    name: str
    title: str
    lines: tuple[str, ...]
    more: int = 0
    command: str = ""
    urgent: bool = False

    def data(self) -> dict[str, Any]:
        """The section for programs."""
        return {"name": self.name, "count": len(self.lines) + self.more, "lines": self.lines, "command": self.command}


def status(council: Council, today: date) -> list[Part]:
    """The sections that have something to tell, in the order in which they press."""
    coming = _coming(council, today)
    found = (
        _unminuted(council, today),
        _next(council, coming, today),
        _missing_reports(council, coming, today),
        _unapproved(council),
        _overdue(council, today),
        _carried(council, today),
        _stale(council, today),
        _wrong(council, today),
    )
    return [part for part in found if part]


def _coming(council: Council, today: date) -> list[Meeting]:
    return sorted(
        (one for one in council.meetings.values() if one.is_coming(today)), key=lambda one: (one.date, one.id)
    )


def _part(name: str, title: str, lines: Iterable[str], command: str, *, urgent: bool = False) -> Part | None:
    known = tuple(lines)
    return Part(name, title, known[:MOST], max(0, len(known) - MOST), command, urgent) if known else None


def _unminuted(council: Council, today: date) -> Part | None:
    """Meetings whose day has passed, of which nothing is minuted."""
    past = [one for one in council.meetings.values() if one.is_pending and one.date < today]
    past.sort(key=lambda one: one.date)
    command = f"atbtst minutes new {past[0].network} --date {past[0].date}" if past else ""
    lines = (f"{citation(council, one)} {times(one)}".strip() for one in past)
    return _part("unminuted", _("Meetings without minutes"), lines, command, urgent=True)


def _next(council: Council, coming: list[Meeting], today: date) -> Part | None:
    near = [one for one in coming if one.date <= today + timedelta(days=SOON)]
    steps = [step for one in near if (step := _step(one, today))]
    lines = (f"{heading(council, one, today)} – {_stage(one)}" for one in near)
    plan = "" if coming else "atbtst meeting plan RÅD --date DATE"
    known = _part("coming", _("Next meetings"), lines, steps[0] if steps else "")
    return known or Part("coming", _("Next meetings"), (_("No meeting is planned."),), command=plan)


def _stage(meeting: Meeting) -> str:
    if meeting.called:
        return _("called {date}").format(date=meeting.called.date)
    count = len(meeting.agenda)
    if not count:
        return _("no agenda yet")
    return ngettext("agenda with {count} item, not called", "agenda with {count} items, not called", count).format(
        count=count
    )


def _step(meeting: Meeting, today: date) -> str:
    if meeting.date == today:
        return f"atbtst minutes new {meeting.network}"
    if meeting.called or meeting.date > today + timedelta(days=2 * CALL):
        return ""
    return f"atbtst agenda {'send' if meeting.agenda else 'new'} {meeting.id}"


def _missing_reports(council: Council, coming: list[Meeting], today: date) -> Part | None:
    lines, first = [], None
    for body in dict.fromkeys(one.network for one in coming):
        meeting = next(one for one in coming if one.network == body)
        filed = reports.filed(council, meeting)
        names = [Directory(council, today).body(key) for key in reports.reporting(council, meeting) if key not in filed]
        if names:
            first = first or meeting
            lines.append(f"{heading(council, meeting, today)}: {', '.join(names)}")
    command = f"atbtst report missing {first.id}" if first else ""
    return _part("reports", _("Missing reports"), lines, command)


def _unapproved(council: Council) -> Part | None:
    waiting = [one for one in council.meetings.values() if carry.awaits_approval(one)]
    waiting.sort(key=lambda one: one.date)
    command = f"atbtst minutes approve {waiting[0].id} --by {_('MEMBER')}" if waiting else ""
    lines = (f"{citation(council, one)} ({one.date})" for one in waiting)
    return _part("unapproved", _("Minutes waiting for approval"), lines, command)


def _overdue(council: Council, today: date) -> Part | None:
    deadlines = Deadlines(council, today)
    late = sorted((item for item in council.items.values() if deadlines.overdue(item)), key=deadlines.urgency)
    lines = (
        f"{told.short} {item.title} – {told.who or '–'}, {due_in_words(deadlines.due(item))}"
        for item in late[:MOST]
        for told in [line(council, item, today)]
    )
    known = _part("overdue", _("Overdue actions"), lines, "atbtst item list --overdue", urgent=True)
    return known and Part(
        known.name, known.title, known.lines, len(late) - len(known.lines), known.command, urgent=True
    )


def _carried(council: Council, today: date) -> Part | None:
    """What comes for the third time or more to a body's next meeting; once, where it comes to several bodies."""
    things: dict[str, tuple[Carried, Meeting]] = {}
    found = _long(council, today)
    for thing, meeting in sorted(found, key=lambda one: (-one[0].times, one[0].since, one[0].source)):
        things.setdefault(thing.source, (thing, meeting))
    lines = (f"{thing.title} – {reason(council, thing)}" for thing, _meeting in things.values())
    planned = [meeting.id for _thing, meeting in things.values() if meeting.id in council.meetings]
    command = f"atbtst agenda new {planned[0]} --dry-run" if planned else ""
    return _part("carried", _("Carried again and again"), lines, command)


def _long(council: Council, today: date) -> Iterator[tuple[Carried, Meeting]]:
    for network in council.networks.values():
        meeting = next_of(council, network.id, today)
        if network.lives(meeting.date):
            known = (one for one in carry.ahead(council, meeting).coming if one.rule != "approval")
            yield from ((one, meeting) for one in known if one.times >= STANDS_OUT)


def _stale(council: Council, today: date) -> Part | None:
    """Open matters that nobody has touched for as long as the settings say."""
    found = matters.stale(council, today)
    lines = (
        _("{id} {title} – with {bodies}, nothing since {date}").format(
            id=one.short, title=one.matter.title, bodies=one.where, date=one.touched
        )
        for one in found
    )
    command = f"atbtst matter list --stale {council.settings.stale}"
    return _part("stale", _("Matters that nobody has touched"), lines, command)


def _wrong(council: Council, today: date) -> Part | None:
    """Errors and warnings in what is still alive: this year's and coming meetings, open items, who is who."""
    found = [one for one in check(council, today, _alive(council, today)) if one.level != "notice"]
    found += [one for one in council.findings if one.level != "notice"]
    lines = (finding.text() for finding in sorted(found, key=lambda one: (one.level, one.path)))
    return _part("findings", _("Findings"), lines, "atbtst check", urgent=any(one.level == "error" for one in found))


def _alive(council: Council, today: date) -> set[Key]:
    begun = date(today.year, 1, 1) - timedelta(days=SOON)
    alive: set[Key] = {("settings", "settings")}
    alive |= {(kind, key) for kind in ("members", "networks") for key in getattr(council, kind)}
    alive |= {("meetings", key) for key, one in council.meetings.items() if one.date >= begun}
    alive |= {("items", key) for key, one in council.items.items() if not one.closed}
    return alive | {("matters", key) for key, one in council.matters.items() if not one.closed}
