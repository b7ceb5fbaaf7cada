"""A matter's whole way, and what comes next on it: on whose agenda it stands, whose answer is awaited."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.matter import Answer, Matter, Referral, Sent, Step
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.rules import carry, matters
from atbtst_cli.rules.decisions import minuted
from atbtst_cli.rules.succession import heir
from atbtst_cli.store.layout import paper_path
from atbtst_cli.views import items, meetings
from atbtst_cli.views.matters import answering, line, name, roles

Next = tuple[str, str]
"""What happens next with a matter, and the command that does it or shows it."""


def ahead(council: Council, matter: Matter, today: date) -> Iterator[Next]:
    """What happens next with a matter: on whose agenda it comes, whose answer it waits for."""
    found = [] if matter.closed else list(_ahead(council, matter, today))
    yield from found
    if not matter.closed and not found:
        yield from _stands_still(council, matter, today)


def _stands_still(council: Council, matter: Matter, today: date) -> Iterator[Next]:
    """Why a matter comes to no agenda: it was put off, or the body with which it lies is no more."""
    lies = matters.bodies(matter)[0]
    body = answering(council, lies, today)
    network = council.networks.get(body)
    if network and network.lives(today):
        text = _("It was put off, and does not come to the next meeting of {body}.")
        yield text.format(body=name(council, body, today)), f"atbtst agenda new {body} --dry-run"
    elif network:
        text = _("{body} is no more, and nobody goes on with what it left.")
        verb = "withdraw" if matters.received(matter, lies) else "close"
        yield text.format(body=name(council, body, today)), f"atbtst matter {verb} {matter.id}"


def _ahead(council: Council, matter: Matter, today: date) -> Iterator[Next]:
    ours = (body for one in matter.referrals for body in (one.from_, one.to) if body in council.networks)
    for body in dict.fromkeys(heir(council, one, today) for one in (matter.network, *ours)):
        yield from _comes(council, matter, body, today)
    for one in matters.leaves(matter):
        if one.to not in council.networks:
            yield (
                _("The answer of {body} is awaited since {date}.").format(
                    body=name(council, one.to, today), date=one.sent.date
                ),
                f'atbtst matter answer {matter.id} --from {one.to} "…"',
            )


def _comes(council: Council, matter: Matter, body: str, today: date) -> Iterator[Next]:
    """That the matter comes to the body's next meeting, if it does; a dissolved body without an heir has none."""
    meeting = meetings.next_of(council, body, today)
    network = council.networks.get(body)
    if network is None or not network.lives(meeting.date):
        return
    things = (thing for thing in carry.questions(council, meeting) if thing.matter == matter.id)
    if (thing := next(things, None)) is None:
        return
    facts = {"body": name(council, body, today), "date": meeting.date}
    if meeting.id not in council.meetings:
        said = (
            _("The answer stands on the next agenda of {body}, of which no meeting is planned.")
            if thing.rule == "answer"
            else _("It stands on the next agenda of {body}, of which no meeting is planned.")
        )
        yield said.format(**facts), f"atbtst meeting plan {body} --date DATE"
        return
    said = (
        _("The answer stands on the next agenda of {body}, {date}.")
        if thing.rule == "answer"
        else _("It stands on the next agenda of {body}, {date}.")
    )
    listed = any(item.matter == matter.id for item in meeting.items())
    yield said.format(**facts), f"atbtst agenda {'show' if listed else 'new'} {meeting.id}"


class Way:
    """A matter's whole way, for people and for programs; the council's items are read for it."""

    def __init__(self, council: Council, matter: Matter, today: date) -> None:
        """Look at a matter as of a day."""
        self._council = council
        self._matter = matter
        self._today = today
        self._names = Directory(council, today)

    def facts(self) -> Iterator[tuple[str, str]]:
        """All of it as labels and texts: what it is, its sendings, what belongs to it, and what comes next."""
        yield from self._head()
        for one in self._matter.referrals:
            yield _("Sent"), "\n".join((self._heading(one), *self._told(one)))
        yield from self._rest()
        yield from self._now()

    def _head(self) -> Iterator[tuple[str, str]]:
        matter = self._matter
        yield _("Matter"), f"{matter.title} ({matter.id})"
        raised = f"{name(self._council, matter.network, matter.raised)} {matter.raised}"
        origin = (matter.origin.meeting, matter.origin.agenda_item) if matter.origin else ()
        yield _("Raised by"), _joined(raised, self._place("/".join(filter(None, origin))))
        given = {
            _("Diarienummer"): matter.reference,
            _("Internal"): _("stays out of public documents") if matter.internal else None,
            _("About"): matter.description and " ".join(matter.description.split()),
        }
        yield from ((label, text) for label, text in given.items() if text)
        path = self._council.paths.get(("matters", matter.id), "")
        yield from ((_("Paper"), paper_path(path, paper)) for paper in matter.papers)

    def _heading(self, one: Referral) -> str:
        bodies = (name(self._council, body, one.sent.date) for body in (one.from_, one.to))
        return f"{one.sent.date}  {' → '.join(bodies)}, {roles()[one.role]}"

    def _told(self, one: Referral) -> Iterator[str]:
        if who := self._who(one.sent):
            yield who
        if place := self._reached(one.sent):
            yield place
        if one.answer:
            yield self._answer(one.answer)
        if one.withdrawn:
            taken = _("withdrawn {date}").format(date=one.withdrawn.date)
            yield ": ".join(filter(None, (_joined(taken, self._who(one.withdrawn)), one.withdrawn.reason)))
        if one.waits:
            yield _("no answer yet ({days})").format(days=_days((self._today - one.sent.date).days))

    def _who(self, step: Step) -> str:
        names = Directory(self._council, step.date)
        who = names.name(step.by) if step.by else ""
        behalf = step.on_behalf_of if isinstance(step, Sent) else None
        if not behalf:
            return _("by {name}").format(name=who) if who else ""
        seat = names.name(behalf)
        return _("by {name} on behalf of {seat}").format(name=who, seat=seat) if who else seat

    def _reached(self, step: Sent | Answer) -> str:
        """The decision behind a step with the agenda item in which it was made, else the agenda item alone."""
        if not step.decision:
            return self._place(step.at)
        return _joined(self._names.cited(step.decision), self._place(self._item_of(step.decision) or step.at))

    def _answer(self, answer: Answer) -> str:
        head = _("answer {date}").format(date=answer.date)
        return ": ".join(filter(None, (_joined(head, self._reached(answer)), self._words(answer))))

    def _words(self, answer: Answer) -> str:
        found = self._names.minuted(answer.decision) if answer.decision else None
        text = answer.text or (found[1].text if found else "")
        return " ".join(text.split())

    def _item_of(self, decision: str) -> str | None:
        meeting = self._council.meetings.get(decision.partition("/")[0])
        known = minuted(meeting) if meeting else ()
        return next((f"{one.meeting.id}/{one.item.id}" for one in known if one.id == decision and one.item), None)

    def _place(self, at: str | None) -> str:
        """A meeting and the number of its agenda item, as people cite them."""
        meeting_id, _slash, item = (at or "").partition("/")
        meeting = self._council.meetings.get(meeting_id)
        if meeting is None:
            return at or ""
        number = meeting.numbers().get(item)
        cited = meetings.citation(self._council, meeting)
        return _("{meeting}, item {number}").format(meeting=cited, number=number) if number else cited

    def _rest(self) -> Iterator[tuple[str, str]]:
        for entry in self._matter.log:
            yield _("News"), f"{entry.date}  {' '.join(entry.note.split())}"
        if agendas := list(self._agendas):
            yield _("On agendas"), " · ".join(self._place(f"{meeting.id}/{item.id}") for meeting, item in agendas)
        for item in self._items:
            yield _("Open item"), f"{item.item.id}  {item.when()}  {item.what}"
        yield _("Has lain"), " · ".join(map(self._stay, matters.stays(self._matter)))

    @cached_property
    def _items(self) -> list[items.Line]:
        """The open action items that belong to it, the most urgent first."""
        return items.items(self._council, items.Wanted(matter=self._matter.id), self._today)

    @cached_property
    def _agendas(self) -> list[tuple[Meeting, AgendaItem]]:
        """The meetings on whose agendas it was or is, with the agenda item, oldest first."""
        found = sorted(self._council.meetings.values(), key=lambda one: (one.date, one.id))
        return [
            (meeting, item)
            for meeting in found
            for item in meeting.items()
            if not meeting.cancelled and self._matter.id in matters.about(item)
        ]

    def _stay(self, stay: matters.Stay) -> str:
        until = stay.until or self._today
        bodies = ", ".join(name(self._council, body, stay.since) for body in stay.bodies)
        return f"{bodies} {_days((until - stay.since).days)}"

    def _now(self) -> Iterator[tuple[str, str]]:
        matter = self._matter
        if matter.closed:
            decided = self._names.cited(matter.closed.decision) if matter.closed.decision else ""
            by = self._who(matter.closed) if not decided else ""
            reason = " ".join((matter.closed.reason or "").split())
            yield _("Ended"), ": ".join(filter(None, (_joined(str(matter.closed.date), decided, by), reason)))
            return
        told = line(self._council, matter, self._today)
        since = _("{bodies} since {date}, last touched {touched}")
        yield _("Lies with"), since.format(bodies=told.where, date=told.since, touched=told.last())
        for text, command in ahead(self._council, matter, self._today):
            yield _("Next"), text
            yield "", f"  → {command}"

    def data(self) -> dict[str, Any]:
        """The record as it is, and what was worked out of its way."""
        matter, council = self._matter, self._council
        found = line(council, matter, self._today).data()
        return found | {
            "stays": [
                {"bodies": stay.bodies, "since": stay.since.isoformat(), "until": stay.until and stay.until.isoformat()}
                for stay in matters.stays(matter)
            ],
            "agendas": [f"{meeting.id}/{item.id}" for meeting, item in self._agendas],
            "open_items": [item.item.id for item in self._items],
            "next": [{"text": text, "command": command} for text, command in ahead(council, matter, self._today)],
        }


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)
