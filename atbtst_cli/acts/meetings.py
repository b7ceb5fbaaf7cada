"""What can be done to a meeting before it is held: plan it, move it, cancel it, take it away."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from atbtst_cli import naming
from atbtst_cli.acts.ids import free_meeting_id
from atbtst_cli.errors import Finding, Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Act, Cancelled, Meeting, Move
from atbtst_cli.models.problems import changed, made
from atbtst_cli.rules.carry import bodies
from atbtst_cli.rules.checks import check
from atbtst_cli.rules.checks.rule import Index
from atbtst_cli.sheet import series
from atbtst_cli.sheet.vocabulary import example
from atbtst_cli.store.layout import paper_path, path_in
from atbtst_cli.views import meetings as view

Details = Mapping[str, str]
"""Hours, place, mode and link as somebody typed them, by their fields' names; an empty text takes a value away."""
OPTIONS = {field: f"--{field}" for field in Meeting.model_fields}
"""What a field is called on the command line."""
HOURS = ("start", "end")


def every(rule: str, first: date, last: date) -> tuple[date, ...]:
    """The days that a rule such as "third Tuesday, not in July" gives between two; UsageError where it gives none."""
    days = series.days(rule, first, last)
    if days is None:
        raise UsageError(
            _("{text} is no rule that can be understood.").format(text=rule),
            _("Write it like this: {example}").format(example=example("series")),
        )
    if not days:
        raise UsageError(
            _("{text} gives no day from {first} to {last}.").format(text=rule, first=first, last=last),
            _("Give other days with --from and --to."),
        )
    return days


def plan(
    network: str,
    days: Collection[date],
    *,
    others: Sequence[str] = (),
    title: str | None = None,
    details: Details,
    again: bool = False,
    by: str | None,
    today: date,
) -> Callable[[Council], Change[tuple[Meeting, ...]]]:
    """Plan a meeting of a body on each of the days, jointly with the ``others``.

    Refused on a day where one of them has a meeting, unless it is to meet ``again``.
    """

    def act(council: Council) -> Change[tuple[Meeting, ...]]:
        body, *joint = dict.fromkeys(naming.network(council, text, today).id for text in (network, *others))
        _refuse_past(body, days, today)
        if not again:
            _refuse_taken(council, (body, *joint), days)
        meetings = tuple(
            made(
                Meeting,
                OPTIONS,
                id=free_meeting_id(body, day, council.meetings),
                network=body,
                with_=tuple(joint),
                title=title,
                date=day,
                planned=Act(date=today, by=by),
                **_values(details),
            )
            for day in sorted(set(days))
        )
        _refuse_backwards(meetings[0])
        return _planned(council, meetings)

    return act


def move(
    meeting: str, *, day: date | None, details: Details, reason: str | None, again: bool = False, today: date
) -> Callable[[Council], Change[Meeting]]:
    """Move a meeting that is to come: to another day, or to other hours or another place; its id stays.

    Refused for one that was held or cancelled, and on a day where a body of it has another one, unless ``again``.
    """

    def act(council: Council) -> Change[Meeting]:
        known = naming.meeting(council, meeting, today, held=False)
        _refuse_over(known)
        new = _values(details) | ({"date": day} if day else {})
        if not new:
            raise UsageError(
                _("Nothing to change was given."), _("See: {command}").format(command="atbtst meeting move --help")
            )
        if all(getattr(known, field) == value for field, value in new.items()):
            return Change(known)
        if day and day != known.date and not again:
            _refuse_taken(council, bodies(known), (day,))
        why = " ".join(reason.split()) if reason else None
        step = made(Move, from_=known.date, to=day or known.date, date=today, reason=why or None)
        moved = changed(known, OPTIONS, moves=(*known.moves, step), **new)
        _refuse_backwards(moved)
        return _changed(council, moved, "move", reason)

    return act


def cancel(meeting: str, *, reason: str, today: date) -> Callable[[Council], Change[Meeting]]:
    """Cancel a meeting that is to come, and say why; what was due at it is due at the body's next one."""

    def act(council: Council) -> Change[Meeting]:
        known = naming.meeting(council, meeting, today, held=False)
        _refuse_over(known)
        cancelled = made(Cancelled, {"reason": "--reason"}, date=today, reason=" ".join(reason.split()))
        return _changed(council, changed(known, cancelled=cancelled), "cancel", reason)

    return act


def remove(meeting: str, *, today: date) -> Callable[[Council], Change[Meeting]]:
    """Take away a meeting that was planned by mistake.

    Refused once it was called, held or cancelled, and where anything on record names it: then it is history.
    """

    def act(council: Council) -> Change[Meeting]:
        known = naming.meeting(council, meeting, today, held=False)
        instead = _("Cancel it instead: {command}").format(command=f'atbtst meeting cancel {known.id} --reason "…"')
        _refuse_over(known)
        if known.called:
            raise Refused(_("{id} was called on {date}.").format(id=known.id, date=known.called.date), instead)
        if names := _naming(council, known, today):
            raise Refused(_("{id} is named by: {names}.").format(id=known.id, names=", ".join(names)), instead)
        path = path_in(council, "meetings", known.id, known.date.year)
        papers = {name for item in known.items() for name in item.papers}
        beside = {paper_path(path, name): None for name in papers}
        subject = f"meeting(remove): {view.citation(council, known)}"
        return Change(known, subject, "", (("Meeting", known.id),), {path: None}, beside)

    return act


def warnings(council: Council, meetings: Collection[Meeting], today: date) -> list[Finding]:
    """What the council's rules have to say of these meetings, on record as they are here."""
    known = dict(council.meetings.items()) | {meeting.id: meeting for meeting in meetings}
    found = check(replace(council, meetings=known), today, {("meetings", meeting.id) for meeting in meetings})
    return [replace(finding, path="") for finding in found]


def _values(details: Details) -> dict[str, Any]:
    """The values of the fields that are given; None for an empty text."""
    texts = {field: " ".join(text.split()) for field, text in details.items()}
    return {field: None if not text else naming.hour(text) if field in HOURS else text for field, text in texts.items()}


def _refuse_past(body: str, days: Collection[date], today: date) -> None:
    if past := min((day for day in days if day < today), default=None):
        raise UsageError(
            _("{date} is past.").format(date=past),
            _("Minutes of a meeting that was held are written with: {command}").format(
                command=f"atbtst minutes new {body} --date {past}"
            ),
        )


def _refuse_backwards(meeting: Meeting) -> None:
    if meeting.start and meeting.end and meeting.end <= meeting.start:
        start, end = (at.isoformat("minutes") for at in (meeting.start, meeting.end))
        raise UsageError(
            _("It would end at {end} and begin at {start}.").format(end=end, start=start),
            _("Give both --start and --end."),
        )


def _refuse_taken(council: Council, networks: Collection[str], days: Collection[date]) -> None:
    """Refuse days on which one of the bodies has a meeting, alone or jointly, that was not cancelled."""
    taken = [
        one
        for one in council.meetings.values()
        if one.date in days and not one.cancelled and not set(networks).isdisjoint(bodies(one))
    ]
    if taken:
        names = ", ".join(sorted(one.id for one in taken))
        raise Refused(
            _("There is a meeting on that day already: {names}.").format(names=names),
            _("Choose another day, or add --again for a second meeting on the same day."),
        )


def _refuse_over(meeting: Meeting) -> None:
    """Refuse a meeting that was held or cancelled: what happened to it is history."""
    if meeting.held:
        raise Refused(
            _("{id} was held on {date}, and what was minuted stays.").format(id=meeting.id, date=meeting.held.date),
            _("Correct its minutes with: {command}").format(command=f"atbtst minutes edit {meeting.id}"),
        )
    if meeting.cancelled:
        raise Refused(
            _("{id} was cancelled on {date}.").format(id=meeting.id, date=meeting.cancelled.date),
            _("Plan a new one with: {command}").format(command=f"atbtst meeting plan {meeting.network} --date DATE"),
        )


def _naming(council: Council, meeting: Meeting, today: date) -> list[str]:
    """The ids of the records that name the meeting, or something in it."""
    mentions = Index(council, today).mentions
    found = {key[1] for key, (_target, name, _way) in mentions if name.partition("/")[0] == meeting.id}
    return sorted(found - {meeting.id})


def _planned(council: Council, meetings: Sequence[Meeting]) -> Change[tuple[Meeting, ...]]:
    body = Directory(council, meetings[0].date).body(meetings[0].network)
    first, last = meetings[0].date, meetings[-1].date
    days = str(first) if len(meetings) == 1 else f"{first} – {last} ({len(meetings)})"
    return Change(
        tuple(meetings),
        f"meeting(plan): {body} {days}",
        "\n".join(map(_when_and_where, meetings)),
        tuple(("Meeting", meeting.id) for meeting in meetings),
        {path_in(council, "meetings", meeting.id, meeting.date.year): meeting for meeting in meetings},
    )


def _changed(council: Council, meeting: Meeting, verb: str, reason: str | None) -> Change[Meeting]:
    before = council.meetings[meeting.id].date
    body = Directory(council, before).body(meeting.network)
    days = " → ".join(map(str, dict.fromkeys((before, meeting.date))))
    said = "\n".join(text for text in (_when_and_where(meeting), reason or "") if text)
    path = path_in(council, "meetings", meeting.id, meeting.date.year)
    return Change(meeting, f"meeting({verb}): {body} {days}", said, (("Meeting", meeting.id),), {path: meeting})


def _when_and_where(meeting: Meeting) -> str:
    when = f"{meeting.date} {view.times(meeting)}".strip()
    return f"{when}, {meeting.place}" if meeting.place else when
