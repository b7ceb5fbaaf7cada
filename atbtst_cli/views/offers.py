"""Offers as people look at them: each with its number, its place, what it looks like and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from atbtst_cli.language import N_, _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.offers.find import Offer
from atbtst_cli.views.items import due_in_words

KINDS = {
    "action": N_("action"),
    "decision": N_("decision"),
    "approval": N_("approval"),
    "next_time": N_("next time"),
}
OUTCOMES = {
    "adopted_with_changes": N_("with changes"),
    "deferred": N_("deferred"),
    "noted": N_("noted"),
    "referred": N_("referred"),
    "rejected": N_("rejected"),
}
RULES = {
    "approval": N_("the minutes before are approved"),
    "asked": N_("somebody is asked to do something"),
    "decision": N_("those who met decided"),
    "label": N_("under a label or heading"),
    "name-task": N_("a name before a task"),
    "name-verb": N_("somebody does something"),
    "next-time": N_("comes back next time"),
    "no-subject": N_("something is to be done"),
    "passive": N_("done by somebody"),
    "responsible": N_("somebody is responsible"),
    "task-name": N_("a name after a task"),
    "then": N_("somebody then does something"),
    "told": N_("told of somebody"),
    "verb-name": N_("somebody does something"),
}
"""The rules by which lines are offered, in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One offer as it is listed, with the printed number of its agenda item, and who is to do it in words."""

    number: int
    offer: Offer
    place: str
    item: AgendaItem | None
    who: str

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(self.offer.text.split())

    @property
    def kind(self) -> str:
        """What it looks like, and how a decision or an approval turned out."""
        said, result = _(KINDS[self.offer.look.kind]), OUTCOMES.get(self.offer.look.result or "")
        return f"{said} ({_(result)})" if result else said

    @property
    def due(self) -> str:
        """Until when, as it was read."""
        return due_in_words(self.offer.look.due)

    @property
    def rule(self) -> str:
        """Why it is offered."""
        return _(RULES[self.offer.look.rule])

    @property
    def heading(self) -> str:
        """Where it stands, and what it looks like."""
        where = _("line {line}").format(line=self.offer.line)
        title = f"{self.place} {self.item.title}" if self.item else ""
        return " · ".join(part for part in (title, where, self.kind) if part)

    @property
    def reading(self) -> str:
        """Why it is offered, who is to do it and until when, and which minutes it approves."""
        look = self.offer.look
        due = _("due {due}").format(due=self.due) if look.due else ""
        who = self.who or (_("nobody named") if look.kind == "action" else "")
        approves = _("approves {id}").format(id=self.approves) if self.approves else ""
        return " · ".join(part for part in (self.rule, who, due, approves) if part)

    @property
    def approves(self) -> str | None:
        """The minutes that are approved if it is accepted."""
        is_approval = self.offer.look.kind == "approval" and self.offer.look.result != "rejected"
        return self.item.approves if self.item and is_approval else None

    def cells(self) -> tuple[str, ...]:
        """Number, line, agenda item, kind, who, due, words, why."""
        place = str(self.offer.line)
        return (str(self.number), place, self.place, self.kind, self.who or "–", self.due, self.text, self.rule)

    def data(self) -> dict[str, Any]:
        """Everything that is read from the line."""
        look = self.offer.look
        return {
            "number": self.number,
            "kind": look.kind,
            "rule": look.rule,
            "line": self.offer.line,
            "agenda_item": self.offer.item or None,
            "agenda_title": self.item.title if self.item else None,
            "text": self.text,
            "owners": [one.model_dump() if isinstance(one, Named) else one for one in look.owners],
            "due": str(look.due) if look.due else None,
            "outcome": look.result,
            "approves": self.approves,
            "id": self.offer.sign,
        }


def listed(council: Council, meeting: Meeting, offers: tuple[Offer, ...]) -> list[Line]:
    """The offers of a meeting as they are listed, numbered from 1."""
    directory = Directory(council, meeting.date)
    places = {item.id: place for place, item in _numbered(meeting.agenda)}
    items = {item.id: item for item in meeting.items()}
    return [
        Line(
            number,
            offer,
            places.get(offer.item, ""),
            items.get(offer.item),
            ", ".join(map(directory.name, offer.look.owners)),
        )
        for number, offer in enumerate(offers, 1)
    ]


def _numbered(items: tuple[AgendaItem, ...], before: str = "") -> Iterator[tuple[str, AgendaItem]]:
    """The agenda items with the numbers that documents print."""
    for number, item in enumerate(items, 1):
        yield f"{before}{number}", item
        yield from _numbered(item.parts, f"{before}{number}.")
