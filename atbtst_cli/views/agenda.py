"""An agenda as people look at it: each item with why it is there, and what does not come, and why not."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.rules.carry import STANDS_OUT, Ahead, Carried, Waiting, bodies
from atbtst_cli.views.items import due_in_words
from atbtst_cli.views.matters import lies_with, name, roles
from atbtst_cli.views.meetings import citation

Line = tuple[str, str, str, bool]
"""Number, title, why it is there, and whether it stands out for how often it has come."""


def lines(council: Council, meeting: Meeting, ahead: Ahead) -> Iterator[Line]:
    """The agenda in order, each line with its reason."""
    brought = {thing.source: thing for thing in ahead.coming}
    numbers = meeting.numbers()
    for item in meeting.items():
        thing = brought.get(item.from_ or item.approves or "")
        why = reason(council, thing) if thing else _standing(council, meeting, item)
        yield numbers[item.id], item.title, why, thing is not None and thing.times >= STANDS_OUT


def _standing(council: Council, meeting: Meeting, item: AgendaItem) -> str:
    if item.approves:
        return _("standing item; {meeting} waits for approval").format(meeting=_cited(council, item.approves))
    source, _slash, _part = (item.from_ or "").partition("/")
    record = council.matters.get(source) if source.startswith("m-") else council.items.get(source)
    if record and record.closed:
        return _("closed {date}").format(date=record.closed.date)
    if isinstance(record, Matter):
        return _("now with {bodies}").format(bodies=lies_with(council, record, meeting.date))
    if item.kind:
        return _("standing item")
    return _("report of a network") if item.network else _("added by hand")


def reason(council: Council, thing: Carried) -> str:
    """Why a thing comes: the rule that brings it, from where, and how often it has come."""
    source, _slash, _part = thing.source.partition("/")
    if thing.rule in ("matter", "answer"):
        return _of_matter(council, thing) + _times(thing)
    said = {
        "approval": _("minutes of {meeting} wait for approval"),
        "deferred": _("put off at {meeting}"),
        "not_reached": _("not reached at {meeting}"),
        "next_time": _("noted for next time at {meeting}"),
        "action": _("open since {date}"),
    }[thing.rule].format(meeting=_cited(council, source), date=thing.since)
    if thing.rule == "action" and thing.until:
        said += _(", due {due}").format(due=due_in_words(thing.until))
    return said + _times(thing)


def _times(thing: Carried) -> str:
    """How often a thing has come, once that is more than once."""
    said = ngettext("; up {count} time", "; up {count} times", thing.times)
    return said.format(count=thing.times) if thing.times > 1 else ""


def _of_matter(council: Council, thing: Carried) -> str:
    """From whom a matter came and what is asked, or whose answer to it came; that it is one of the body's own."""
    source, _slash, part = thing.source.partition("/")
    sent = council.matters[source].referral(part)
    if sent is None:
        return _("raised here {date}").format(date=thing.since)
    said = _("answer from {receiver}, {date}") if thing.rule == "answer" else _("from {sender} {role}, {date}")
    sender, receiver = (name(council, body, thing.since) for body in (sent.from_, sent.to))
    facts = {"sender": sender, "receiver": receiver, "role": roles()[sent.role]}
    return said.format(date=thing.since, **facts)


def waiting(council: Council, one: Waiting) -> str:
    """Why a thing does not come to this meeting."""
    source, _slash, part = one.thing.source.partition("/")
    if one.because == "later":
        until = one.thing.until
        due = _cited(council, until) if isinstance(until, str) and until != "next" else due_in_words(until)
        return _("waits until {due}").format(due=due)
    if one.because == "elsewhere":
        sent = council.matters[source].referral(part)
        body = name(council, sent.to if sent else "", one.thing.since)
        return _("sent to {body} {date}; comes back with its answer").format(body=body, date=one.thing.since)
    return _("dropped at {meeting}").format(meeting=_cited(council, source))


def data(council: Council, meeting: Meeting, ahead: Ahead) -> dict[str, Any]:
    """The agenda, what comes and what does not, for programs."""
    return {
        "meeting": meeting.id,
        "agenda": [
            {"number": number, "title": title, "why": why}
            for number, title, why, _out in lines(council, meeting, ahead)
        ],
        "coming": [_data(council, thing) | {"why": reason(council, thing)} for thing in ahead.coming],
        "waiting": [_data(council, one.thing) | {"why": waiting(council, one)} for one in ahead.waiting],
    }


def _data(council: Council, thing: Carried) -> dict[str, Any]:
    title = _cited(council, thing.source) if thing.rule == "approval" else thing.title
    known = {name: getattr(thing, name) for name in ("rule", "source", "times")}
    return known | {"title": title, "since": thing.since.isoformat()}


def _cited(council: Council, meeting_id: str) -> str:
    meeting = council.meetings.get(meeting_id)
    return citation(council, meeting) if meeting else meeting_id


def heading(council: Council, meeting: Meeting, today: date) -> str:
    """The meeting in a line: the bodies that meet, its day, and how many days are left."""
    met = ", ".join(map(Directory(council, meeting.date).body, bodies(meeting)))
    days = (meeting.date - today).days
    left = ngettext("in {count} day", "in {count} days", days).format(count=days) if days > 0 else _("today")
    return f"{met} {meeting.date} ({left if days >= 0 else _('past')})"
