"""Rules on meetings: their numbers, who was there, what was minuted, and what a coming one collides with."""

from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import TypeVar

from atbtst_cli.language import _, current, words
from atbtst_cli.models.meeting import ActionBlock, DecisionBlock, Meeting
from atbtst_cli.rules import carry, clashes
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import Index, Key, Problem, Rule
from atbtst_cli.rules.numbers import next_decision_number

Numbered = tuple[str, int, int]
"""A body, a year and a number."""
What = TypeVar("What")
WEEKEND = (5, 6)


def meeting_number_twice(index: Index) -> Iterator[Problem]:
    """A number is that of one meeting of the body in that year."""
    for (_body, year, number), key, field, other in _twice(index, _meeting_numbers(index)):
        message = _("{number}/{year} is the number of {other} too").format(number=number, year=year, other=other)
        yield Problem(key, message, field, _("Give one of them another number, or none."))


def decision_number_twice(index: Index) -> Iterator[Problem]:
    """A number is that of one decision of the body in that year."""
    for (body, year, number), key, field, other in _twice(index, _decision_numbers(index)):
        message = _("§ {number} of {year} stands in {other} too").format(number=number, year=year, other=other)
        known = next(part for way, part in index.parts[key[1]] if (*way, "number") == field)
        free = next_decision_number(index.council, body, year)
        hint = _("Choose which of them keeps it; another gets a free number in its line, “{example}”, with: {command}")
        example = f"{words(current()).SHEET.markers['decision'][0]} {getattr(known, 'decision', '')} § {free}: …"
        yield Problem(key, message, field, hint.format(example=example, command=f"atbtst minutes edit {key[1]}"))


def action_minuted_twice(index: Index) -> Iterator[Problem]:
    """An item is agreed on once: one meeting has it as an action, later ones as progress."""
    for item, key, field, other in _twice(index, _actions(index)):
        message = _("{item} was agreed on in {other} too").format(item=item, other=other)
        yield Problem(key, message, field, _("Write the later one as progress, or give it an item of its own."))


def _twice(index: Index, uses: Iterable[tuple[What, Key, Field]]) -> Iterator[tuple[What, Key, Field, str]]:
    """The uses of what is used more than once, in the meetings to judge, each with another meeting that uses it."""
    if not index.judges_any("meetings"):
        return
    places: dict[What, list[tuple[Key, Field]]] = {}
    for what, key, field in uses:
        places.setdefault(what, []).append((key, field))
    for what, users in places.items():
        for place, (key, field) in enumerate(users if len(users) > 1 else ()):
            if index.judges(key):
                other, _way = users[0 if place else 1]
                yield what, key, field, other[1]


def _meeting_numbers(index: Index) -> Iterator[tuple[Numbered, Key, Field]]:
    for name, meeting in index.council.meetings.items():
        if meeting.number is not None:
            yield (meeting.network, meeting.date.year, meeting.number), ("meetings", name), ("number",)


def _decision_numbers(index: Index) -> Iterator[tuple[Numbered, Key, Field]]:
    for name, meeting in index.council.meetings.items():
        for way, part in index.parts[name]:
            if isinstance(part, DecisionBlock) and part.number is not None:
                yield (meeting.network, meeting.date.year, part.number), ("meetings", name), (*way, "number")


def _actions(index: Index) -> Iterator[tuple[str, Key, Field]]:
    for name in index.council.meetings:
        for way, part in index.parts[name]:
            if isinstance(part, ActionBlock):
                yield part.action, ("meetings", name), (*way, "action")


def number_before_held(index: Index) -> Iterator[Problem]:
    """A meeting has its number from the day it is held, so that drafts and cancelled meetings leave no gaps."""
    for key, meeting in index.each(Meeting):
        if meeting.number is not None and not meeting.held:
            message = _("the meeting has the number {number} and was not held").format(number=meeting.number)
            yield Problem(key, message, ("number",), _("Take the number out, or say under held: when it was held."))


def held_and_cancelled(index: Index) -> Iterator[Problem]:
    """A meeting that was held was not cancelled; else what was decided there would not count."""
    for key, meeting in index.each(Meeting):
        if meeting.held and meeting.cancelled:
            message = _("the meeting was held, and cancelled on {date}").format(date=meeting.cancelled.date)
            yield Problem(key, message, ("cancelled",), _("If it was held, take out what stands under cancelled."))


def body_gone(index: Index) -> Iterator[Problem]:
    """A body meets between the day it is founded and the day it is dissolved, also jointly with another."""
    for key, meeting in index.each(Meeting):
        if meeting.cancelled:
            continue
        for place, body in enumerate(carry.bodies(meeting)):
            network = index.council.networks.get(body)
            if network and not network.lives(meeting.date):
                message = _("there was no {body} on {date}").format(body=network.short(meeting.date), date=meeting.date)
                field: Field = ("with", place - 1) if place else ("date",)
                yield Problem(key, message, field, _("Correct the meeting's date or body, or the body's dates."))


def attended_twice(index: Index) -> Iterator[Problem]:
    """A member stands once in a meeting's attendance."""
    for key, meeting in index.each(Meeting):
        seen: set[str] = set()
        for place, entry in enumerate(meeting.attendance):
            if entry.member and entry.member in seen:
                message = _("{member} stands in the attendance a second time").format(member=entry.member)
                yield Problem(key, message, ("attendance", place, "member"), _("Keep the entry that is right."))
            seen.add(entry.member or "")


def seat_not_held(index: Index) -> Iterator[Problem]:
    """A seat in the attendance is one that the member, or whom they substitute for, held on that day."""
    for key, meeting in index.each(Meeting):
        for place, entry in enumerate(meeting.attendance):
            held = index.seats_held[meeting.date] if entry.seats else {}
            there = {seat for who in (entry.member, entry.substitute_for) for seat in held.get(str(who), ())}
            for number, seat in enumerate(entry.seats):
                if seat not in there:
                    message = _("{person} did not hold the seat {seat} on {date}")
                    message = message.format(person=entry.member or entry.name, seat=seat, date=meeting.date)
                    hint = _("Take the seat out, or say in the body's file who held it then.")
                    yield Problem(key, message, ("attendance", place, "seats", number), hint)


def called_twice(index: Index) -> Iterator[Problem]:
    """Nobody is called to two coming meetings that overlap."""
    coming = list(_coming(index))
    beside = clashes.by_day(index.council.meetings.values()) if coming else {}
    for key, meeting in coming:
        for other in beside.get(meeting.date, ()):
            if members := clashes.called_to_both(index.council, meeting, other):
                names = index.directory[meeting.date]
                message = _("on {date} {names} would have to be at {body} ({id}) at the same time").format(
                    date=meeting.date,
                    names=", ".join(map(names.name, members)),
                    body=names.body(other.network),
                    id=other.id,
                )
                yield Problem(key, message, ("date",), _("Move one of them, unless somebody else can go."))


def holiday(index: Index) -> Iterator[Problem]:
    """A coming meeting is on no public holiday, nor on an eve that counts like one."""
    for key, meeting in _coming(index):
        if name := clashes.holiday(meeting.date):
            message = _("{date} is a day off: {holiday}").format(date=meeting.date, holiday=name)
            yield Problem(key, message, ("date",), _("Choose another day, unless it is meant."))


def weekend(index: Index) -> Iterator[Problem]:
    """A coming meeting is on a working day; a holiday is told as such."""
    for key, meeting in _coming(index):
        if meeting.date.weekday() in WEEKEND and not clashes.holiday(meeting.date):
            weekday = words(current()).SHEET.weekdays[meeting.date.weekday()][0]
            message = _("{date} is a {weekday}").format(date=meeting.date, weekday=weekday)
            yield Problem(key, message, ("date",), _("Choose another day, unless it is meant."))


def clock_change(index: Index) -> Iterator[Problem]:
    """The hours of a coming meeting are there once on its day, also on the night when the clocks change."""
    for key, meeting in _coming(index):
        for field, at in (("start", meeting.start), ("end", meeting.end)):
            if at and (message := _changed(meeting.date, at, index.council.settings.time_zone)):
                yield Problem(key, message, (field,), _("Choose another hour."))


def _coming(index: Index) -> Iterator[tuple[Key, Meeting]]:
    """The meetings to judge that are to be held, today or later."""
    for key, meeting in index.each(Meeting):
        if meeting.is_coming(index.today):
            yield key, meeting


def _changed(day: date, at: time, zone: str) -> str:
    said = {
        None: "",
        "skipped": _("there is no {time} on {date}: the clocks are put forward over it"),
        "twice": _("it is {time} twice on {date}: the clocks are put back"),
    }[clashes.clock_change(day, at, zone)]
    return said.format(time=at.isoformat("minutes"), date=day)


RULES = (
    Rule("meeting-number-twice", "error", frozenset(("meetings",)), meeting_number_twice),
    Rule("decision-number-twice", "error", frozenset(("meetings",)), decision_number_twice),
    Rule("action-minuted-twice", "error", frozenset(("meetings",)), action_minuted_twice),
    Rule("number-before-held", "warning", frozenset(("meetings",)), number_before_held),
    Rule("held-and-cancelled", "error", frozenset(("meetings",)), held_and_cancelled),
    Rule("body-gone", "warning", frozenset(("meetings", "networks")), body_gone),
    Rule("attended-twice", "warning", frozenset(("meetings",)), attended_twice),
    Rule("seat-not-held", "warning", frozenset(("meetings", "networks")), seat_not_held),
    Rule("called-twice", "warning", frozenset(("meetings", "networks", "members")), called_twice),
    Rule("holiday", "warning", frozenset(("meetings",)), holiday),
    Rule("weekend", "notice", frozenset(("meetings",)), weekend),
    Rule("clock-change", "warning", frozenset(("meetings", "settings")), clock_change),
)
