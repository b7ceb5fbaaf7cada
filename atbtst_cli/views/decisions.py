"""Decisions as people look at them: the register across meetings, and one decision with all that is known of it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from shlex import quote
from typing import Any

from atbtst_cli import naming
from atbtst_cli.language import _, current, words
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory, cited, fold
from atbtst_cli.models.meeting import ReservationBlock, SupersedesBlock
from atbtst_cli.rules import quorum as quorums
from atbtst_cli.rules.carry import bodies
from atbtst_cli.rules.decisions import Decision, Register, newest_first
from atbtst_cli.store.history import Step
from atbtst_cli.store.layout import KINDS
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import content
from atbtst_cli.views import quorum
from atbtst_cli.views.items import due_in_words
from atbtst_cli.views.meetings import citation, states

HEADINGS = (
    *("decision", "id", "date", "network", "outcome", "text", "agenda_item", "matter", "reference"),
    *("supersedes", "superseded_by", "internal", "approved", "commit"),
)
MINUTED = re.compile(rb"\bdecision: *['\"]?([a-z]-[0-9a-z-]+)")
"""Where a meeting's file has a decision, and the id of that within the meeting."""
SHORT = 10
"""So many characters of a commit's id are shown."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions are wanted; what is left out does not matter.

    Current ones are, and with ``superseded`` only those that another one has taken the place of; with ``every`` both.
    """

    network: str | None = None
    since: date | None = None
    until: date | None = None
    matter: str | None = None
    outcome: str | None = None
    text: str | None = None
    superseded: bool = False
    every: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One decision with what a list says of it: what it is called, what took its place, its commit.

    ``replaced`` is what people call those in ``superseded_by``, ``in_force`` the one that holds now, be it this one.
    """

    decision: Decision
    cited: str
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    replaced: tuple[str, ...]
    in_force: str
    step: Step | None

    @property
    def text(self) -> str:
        """The decision in words, on one line."""
        return " ".join(self.decision.block.text.split())

    @property
    def outcome(self) -> str:
        """What became of the question, in words: Deferred to next meeting."""
        said, block = words(current()).DOCUMENT, self.decision.block
        outcome = said.outcomes[block.outcome]
        return said.outcome_to.format(outcome=outcome, when=due_in_words(block.to)) if block.to else outcome

    @property
    def place(self) -> str:
        """The agenda item with its number, and a mark where it is internal."""
        item = self.decision.item
        known = f"{self.decision.meeting.numbers()[item.id]} {item.title}" if item else "–"
        return _("{item} (internal)").format(item=known) if self.decision.internal else known

    @property
    def commit(self) -> str:
        """The id of the commit that brought the minutes with it, shortened; a dash while it is not saved."""
        return self.step["commit"][:SHORT] if self.step else "–"

    def cells(self) -> tuple[str, ...]:
        """What a spreadsheet gets, in the order of HEADINGS."""
        one = self.decision
        return (
            *(self.cited, one.id, str(one.meeting.date), one.meeting.network, one.block.outcome, self.text),
            *(one.item.title if one.item else "", one.matter or "", one.reference or ""),
            *("; ".join(self.supersedes), "; ".join(self.superseded_by)),
            *("yes" if one.internal else "no", "yes" if one.meeting.approval else "no"),
            self.step["commit"] if self.step else "",
        )

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        one = self.decision
        record = one.block.model_dump(mode="json", by_alias=True, exclude={"decision"})
        item, number = one.item, one.meeting.numbers()
        reservations = (block.model_dump(mode="json") for block in one.lines(ReservationBlock))
        return {
            "id": one.id,
            "cited": self.cited,
            "network": one.meeting.network,
            "meeting": one.meeting.id,
            "date": one.meeting.date.isoformat(),
            "approved": one.meeting.approval is not None,
            **record,
            "agenda_item": {"id": item.id, "number": number[item.id], "title": item.title} if item else None,
            "matter": one.matter,
            "internal": one.internal,
            "votes": one.votes,
            "reservations": [{"by": known["reservation"], "text": known["text"]} for known in reservations],
            "reference": one.reference,
            "supersedes": one.supersedes,
            "superseded_by": self.superseded_by,
            "current": not self.superseded_by,
            "commit": self.step,
        }


def listed(council: Council, wanted: Wanted, store: Store, today: date) -> list[Line]:
    """The wanted decisions, the latest meeting first, each with the commit that brought it."""
    register = Register(council)
    tests = list(_tests(council, register, wanted, today))
    chosen = newest_first(one for one in register.decisions.values() if all(test(one) for test in tests))
    return _lines(council, register, chosen, store)


def line(council: Council, decision_id: str, store: Store) -> Line | None:
    """One decision with what a list says of it; None where the meeting that has it was not held."""
    register = Register(council)
    chosen = [register.decisions[decision_id]] if decision_id in register.decisions else []
    return next(iter(_lines(council, register, chosen, store)), None)


def _tests(council: Council, register: Register, wanted: Wanted, today: date) -> Iterator[Callable[[Decision], bool]]:
    """One test for each thing that is wanted; a decision is chosen when it passes all."""
    if not wanted.every:
        yield lambda one: bool(register.superseded_by(one.id)) == wanted.superseded
    if wanted.network:
        network = naming.network(council, wanted.network, today).id
        yield lambda one: network in bodies(one.meeting)
    if since := wanted.since:
        yield lambda one: one.meeting.date >= since
    if until := wanted.until:
        yield lambda one: one.meeting.date <= until
    if wanted.matter:
        matter = naming.matter_id(council, wanted.matter)
        yield lambda one: one.matter == matter
    if wanted.outcome:
        outcome = naming.outcome(wanted.outcome)
        yield lambda one: one.block.outcome == outcome
    if wanted.text:
        sought = _plain(wanted.text).split()
        yield lambda one: _says(one, sought)


def _says(one: Decision, sought: Sequence[str]) -> bool:
    """Whether all the words stand in the decision or in the title of its agenda item."""
    said = _plain(f"{one.block.text} {one.item.title if one.item else ''}")
    return all(word in said for word in sought)


def _plain(text: str) -> str:
    """The text as it is searched: without case, accents and rings."""
    apart = unicodedata.normalize("NFD", fold(text))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _lines(council: Council, register: Register, chosen: Sequence[Decision], store: Store) -> list[Line]:
    steps = brought(council, store, chosen)
    directory = Directory(council, date.max)
    return [
        Line(
            one,
            cited(council, one.meeting, one.block),
            one.supersedes,
            tuple(later.id for later in register.superseded_by(one.id)),
            tuple(directory.cited(later.id) for later in register.superseded_by(one.id)),
            directory.cited(register.end(one.id)),
            steps.get(one.id),
        )
        for one in chosen
    ]


def brought(council: Council, store: Store, decisions: Iterable[Decision]) -> dict[str, Step]:
    """The commit that first brought the minutes with each decision, by the decision's id; one walk for all of them."""
    paths = {council.paths["meetings", one.meeting.id]: one.meeting.id for one in decisions}
    where = next(iter(paths)) if len(paths) == 1 else KINDS["meetings"].folder
    found: dict[str, Step] = {}
    for step, left in store.passages(where) if paths else ():
        for path in left.entries.keys() & paths.keys():
            minuted = MINUTED.findall(content(left, path) or b"")
            # The walk goes back in time, so the oldest commit is what stays.
            found |= {f"{paths[path]}/{local.decode()}": step for local in minuted}
    return found


def quorate(council: Council, known: Line) -> list[dict[str, Any]]:
    """How the decision stands to the quorum of each body that met and states one, as plain values."""
    found = quorums.of(council, known.decision.meeting).get(known.decision.block.decision, ())
    return [asdict(one) | {"holds": one.holds} for one in found]


def facts(council: Council, known: Line) -> Iterator[tuple[str, str]]:
    """What is known of a decision, as labels and texts, from what was decided to what is to be done next."""
    one = known.decision
    yield _("Decision"), f"{known.cited} ({one.id})" if known.cited != one.id else one.id
    yield _("What"), one.block.text.strip()
    yield _("Outcome"), known.outcome
    yield from _taken(council, one)
    yield from _where(council, known)
    yield from _beside(council, known)
    yield _("State"), states()[one.meeting.state]
    if known.step:
        said = "{date}  {short}  {author}: {subject}".format(short=known.commit, **known.step)
        yield _("In the record"), said
    yield _("Next"), _next(known)


def _taken(council: Council, one: Decision) -> Iterator[tuple[str, str]]:
    """How it was taken: votes, reservations, quorum."""
    names = Directory(council, one.meeting.date)
    for votes in one.votes:
        yield _("Votes"), " ".join(votes.split())
    for block in one.lines(ReservationBlock):
        yield _("Reservation"), _said(", ".join(map(names.name, block.reservation)), block.text)
    for told in quorum.lines(council, one.meeting, one.block.decision):
        yield _("Quorum"), told


def _where(council: Council, known: Line) -> Iterator[tuple[str, str]]:
    """Where it was made: meeting, agenda item, matter, diarienummer."""
    one = known.decision
    yield _("Meeting"), f"{citation(council, one.meeting)}, {one.meeting.date} ({one.meeting.id})"
    yield _("Agenda item"), known.place
    if one.matter:
        yield _("Matter"), f"{one.matter}  {Directory(council, one.meeting.date).title(one.matter)}"
    if one.reference:
        yield _("Reference number"), one.reference


def _beside(council: Council, known: Line) -> Iterator[tuple[str, str]]:
    """Which decisions it took the place of, and which took its place."""
    names = Directory(council, known.decision.meeting.date)
    for block in known.decision.lines(SupersedesBlock):
        yield _("Supersedes"), _said(names.cited(block.supersedes), block.text)
    for later in known.replaced:
        yield _("Superseded by"), later


def _said(what: str, text: str) -> str:
    return ": ".join(part for part in (what, " ".join(text.split())) if part)


def _next(known: Line) -> str:
    """What there is to do about a decision, or where to read more."""
    one = known.decision
    meeting = one.meeting.id
    if known.replaced:
        return _("see what holds now: {command}").format(command=f"atbtst decision show {quote(known.in_force)}")
    if one.block.outcome == "referred" and not one.sent:
        return _("say in its agenda item where it was sent: {command}").format(command=f"atbtst minutes edit {meeting}")
    if not one.meeting.approval:
        return _("approve the minutes: {command}").format(
            command=f"atbtst minutes approve {meeting} --by {_('MEMBER')}"
        )
    if one.matter:
        return _("see where the matter lies: {command}").format(command=f"atbtst matter show {one.matter}")
    return _("read the minutes: {command}").format(command=f"atbtst minutes show {meeting}")
