"""Matters as people look at them: chosen and listed, with where each lies, since when, and when it was touched last."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from atbtst_cli import naming
from atbtst_cli.language import _
from atbtst_cli.models.base import texts
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import fold
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Role
from atbtst_cli.rules import matters
from atbtst_cli.rules.succession import estate, heir
from atbtst_cli.views import items

HEADINGS = ("id", "title", "network", "lies_with", "since", "days", "touched", "raised", "closed", "reference")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which matters are wanted; what is left out does not matter.

    ``closed`` is None for open and closed ones, ``body`` one with which they lie, ``stale`` the days for which nobody
    has touched them, ``text`` what stands anywhere in their record.
    """

    network: str | None = None
    body: str | None = None
    closed: bool | None = False
    stale: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One matter with what a list says of it: where it lies since which day, and when it was last touched."""

    matter: Matter
    short: str
    network: str
    where: str
    bodies: tuple[str, ...]
    since: date
    touched: date
    today: date
    stale: bool

    @property
    def days(self) -> int:
        """The days it lies there, up to its closing."""
        return ((self.matter.closed.date if self.matter.closed else self.today) - self.since).days

    @property
    def untouched(self) -> int:
        """The days for which nothing was done with it."""
        return (self.today - self.touched).days

    def place(self) -> str:
        """Where it lies, or that it is closed."""
        return _("closed since {date}").format(date=self.matter.closed.date) if self.matter.closed else self.where

    def last(self) -> str:
        """The day it was last touched, with a mark where that is too long ago."""
        return f"{self.touched} !" if self.stale else str(self.touched)

    def data(self) -> dict[str, Any]:
        """The record as it is, and what was worked out."""
        record = self.matter.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        worked_out = {
            "lies_with": () if self.matter.closed else self.bodies,
            "since": self.since.isoformat(),
            "days": self.days,
            "touched": self.touched.isoformat(),
            "untouched_days": self.untouched,
            "stale": self.stale,
        }
        return record | worked_out

    def cells(self) -> tuple[str, ...]:
        """What a spreadsheet gets, in the order of HEADINGS."""
        matter = self.matter
        return (
            matter.id,
            matter.title,
            matter.network,
            "" if matter.closed else ", ".join(self.bodies),
            str(self.since),
            str(self.days),
            str(self.touched),
            str(matter.raised),
            str(matter.closed.date) if matter.closed else "",
            matter.reference or "",
        )


def listed(council: Council, wanted: Wanted, today: date) -> list[Line]:
    """The wanted matters, those first that nobody has touched for longest."""
    tests = list(_tests(council, wanted, today))
    chosen = [matter for matter in council.matters.values() if all(test(matter) for test in tests)]
    lines = _lines(council, chosen, today)
    found = (line for line in lines if wanted.stale is None or line.untouched >= wanted.stale)
    return sorted(found, key=lambda line: (line.touched, line.matter.id))


def stale(council: Council, today: date) -> list[Line]:
    """The open matters that nobody has touched for as long as the settings say, the longest first."""
    return listed(council, Wanted(stale=council.settings.stale), today)


def _tests(council: Council, wanted: Wanted, today: date) -> Iterator[Callable[[Matter], bool]]:
    """One test for each thing that is wanted; a matter is chosen when it passes all."""
    if wanted.closed is not None:
        yield lambda matter: bool(matter.closed) == wanted.closed
    if wanted.network:
        network = naming.network(council, wanted.network, today).id
        yield lambda matter: matter.network == network
    if wanted.body:
        body = naming.body_id(council, wanted.body, today)
        ours = estate(council, body, today) if body in council.networks else {body}
        yield lambda matter: not matter.closed and not ours.isdisjoint(matters.bodies(matter))
    if wanted.text:
        part = fold(wanted.text)
        yield lambda matter: any(part in fold(text) for _way, text in texts(matter))


def _lines(council: Council, chosen: Iterable[Matter], today: date) -> Iterator[Line]:
    known = list(chosen)
    dealt = matters.dealt_with(council) if known else {}
    size = items.shortest(council.matters)
    for matter in known:
        touched = matters.touched(matter, dealt)
        yield Line(
            matter,
            matter.id[:size],
            name(council, matter.network, today),
            lies_with(council, matter, today),
            tuple(dict.fromkeys(answering(council, body, today) for body in matters.bodies(matter))),
            matters.stays(matter)[-1].since,
            touched,
            today,
            not matter.closed and (today - touched).days >= council.settings.stale,
        )


def line(council: Council, matter: Matter, today: date) -> Line:
    """One matter with what a list says of it."""
    return next(_lines(council, [matter], today))


def lies_with(council: Council, matter: Matter, today: date) -> str:
    """The names of the bodies and instances with which a matter lies, or of who goes on for them."""
    bodies = (answering(council, body, today) for body in matters.bodies(matter))
    return ", ".join(dict.fromkeys(name(council, body, today) for body in bodies))


def name(council: Council, body: str, on: date) -> str:
    """What people call a body or instance on that day: an instance by the first of its other names, such as HSN."""
    if network := council.networks.get(body):
        return network.short(on)
    return next((next(iter(one.aliases), one.name) for one in council.settings.instances if one.id == body), body)


def answering(council: Council, body: str, on: date) -> str:
    """Who answers for a body on that day; an instance answers for itself."""
    return heir(council, body, on) if body in council.networks else body


def roles() -> Mapping[Role, str]:
    """What a sending asks for, in words."""
    return {
        "decision": _("for decision"),
        "preparation": _("for preparation"),
        "information": _("for information"),
    }
