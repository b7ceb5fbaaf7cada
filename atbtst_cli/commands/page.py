"""The page of one thing on record, as every verb ``show`` prints it: as it is, or as it was."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from atbtst_cli.commands import past
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import NotFound
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atbtst_cli.models.council import Council
    from atbtst_cli.output import Output
    from atbtst_cli.store.transaction import Store
    from atbtst_cli.views.networks import Taken


@dataclass(frozen=True, slots=True)
class Page:
    """What there is to say of one thing: for programs, for people as labels with texts, and what stands below."""

    data: Any
    facts: "Iterable[tuple[str, str]]"
    below: "Callable[[Output], None] | None" = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for a page: the record at a moment, and the repository that remembers it."""

    now: past.Moment
    store: "Callable[[], Store]"


Find = Callable[[Reader], Page]


def show(session: Session, as_of: str | None, find: Find, *, as_json: bool) -> None:
    """Print a page, then say which records could not be read for it."""
    workspace = session.workspace()
    now = past.moment(session, workspace, as_of)
    page = find(Reader(now, partial(session.store, workspace)))
    if as_json:
        session.output.json(page.data)
    else:
        session.output.facts(page.facts)
        if page.below:
            page.below(session.output)
    session.report(now.council)


def anything(text: str, reader: Reader) -> Page:
    """The page of whatever a text names."""
    from atbtst_cli import naming

    kind, known = naming.thing(reader.now.council, text, reader.now.today)
    pages: dict[str, Callable[[str, Reader], Page]] = {
        "items": item,
        "matters": matter,
        "meetings": meeting,
        "members": member,
        "networks": network,
        "decisions": decision,
        "seats": seat,
    }
    if kind not in pages:
        return plain(kind, known, reader)
    return pages[kind](known, reader)


def item(text: str, reader: Reader) -> Page:
    """An action item's life."""
    from atbtst_cli import naming
    from atbtst_cli.views import items as view

    council, today = reader.now.council, reader.now.today
    known = naming.item(council, text)
    line = view.line(council, known, today)
    history = reader.store().history(council.paths["items", known.id], until=reader.now.commit)
    return Page(line.data() | {"history": history}, view.life(council, known, line, history))


def matter(text: str, reader: Reader) -> Page:
    """A matter's whole way."""
    from atbtst_cli import naming
    from atbtst_cli.views.way import Way

    way = Way(reader.now.council, naming.matter(reader.now.council, text), reader.now.today)
    return Page(way.data(), way.facts())


def meeting(text: str, reader: Reader) -> Page:
    """A meeting with its agenda, and what was agreed there."""
    from atbtst_cli import naming
    from atbtst_cli.views import meetings as view

    known = naming.meeting(reader.now.council, text, reader.now.today)
    return Page(view.data(known), view.facts(reader.now.council, known))


def member(text: str, reader: Reader, on: date | None = None) -> Page:
    """A member, with the seats of a day."""
    from atbtst_cli import naming
    from atbtst_cli.views import members as view

    council, today = reader.now.council, reader.now.today
    known = naming.member(council, text, on or today)
    return Page(view.data(council, known, on or today), view.facts(council, known, on or today, today))


def network(text: str, reader: Reader, on: date | None = None) -> Page:
    """A body, with its seats of a day and who holds them."""
    from atbtst_cli import naming
    from atbtst_cli.views import networks as view

    council, day = reader.now.council, on or reader.now.today
    known = naming.network(council, text, day)
    taken = view.seats(council, known, day, everything=False)
    below = partial(_below, council, taken, day) if taken else None
    return Page(view.data(council, known, day), view.facts(council, known, day), below)


def seat(text: str, reader: Reader) -> Page:
    """A seat: who holds it, what it follows, and who comes later."""
    from atbtst_cli import naming
    from atbtst_cli.views import networks as view

    council, today = reader.now.council, reader.now.today
    body, _slash, local = naming.seat(council, text, today).partition("/")
    known = naming.network(council, body, today)
    taken = [one for one in view.seats(council, known, today, everything=True) if one.seat.id == local]
    facts = [(_("Body"), f"{known.short(today)} ({known.id})")]
    return Page(view.seat_data(council, taken[0], today), facts, partial(_below, council, taken, today))


def decision(text: str, reader: Reader, body: str = "") -> Page:
    """A decision with all that is known of it."""
    from atbtst_cli import naming
    from atbtst_cli.views import decisions as view

    council, today = reader.now.council, reader.now.today
    known = naming.decision(council, text, today, naming.network(council, body, today).id if body else "")
    line = view.line(council, known, reader.store())
    if line is None:
        raise NotFound(
            _("{id} stands in the record of a meeting that was not held, so nothing is decided yet.").format(id=known),
            _("See: {command}").format(command=f"atbtst meeting show {known.partition('/')[0]}"),
        )
    return Page(line.data() | {"quorum": view.quorate(council, line)}, view.facts(council, line))


def plain(kind: str, record_id: str, reader: Reader) -> Page:
    """A record that has no page of its own, field by field."""
    from atbtst_cli.language.fields import FIELDS
    from atbtst_cli.models.directory import Directory
    from atbtst_cli.views.differences import worded

    known = getattr(reader.now.council, kind)[record_id]
    names = Directory(reader.now.council, reader.now.today)
    data = known.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    said = ((name.rstrip("_"), getattr(known, name)) for name in type(known).model_fields)
    facts = [(_(FIELDS.get(name, name)), _whole(name, value, names, worded)) for name, value in said if value]
    return Page(data, facts)


def _whole(name: str, value: Any, names: Any, worded: Callable[[str, Any, Any], str]) -> str:
    return value.strip() if isinstance(value, str) and "\n" in value else worded(name, value, names)


def _below(council: "Council", taken: "list[Taken]", day: date, output: "Output") -> None:
    output.result("")
    seats(output, council, taken, day)


def seats(output: "Output", council: "Council", taken: "Sequence[Taken]", day: date) -> None:
    """Print seats, a line each; those to be filled stand out."""
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import networks as view

    columns = (
        Column(_("Seat"), "quiet"),
        Column(_("Name"), grows=True),
        Column(_("Kind")),
        Column(_("Holder"), grows=True),
        Column(_("Remarks"), grows=True),
    )
    rows = [Row(view.seat_cells(council, one, day), {3: "alarm"} if one.is_to_be_filled else {}) for one in taken]
    output.table(columns, rows, below=(4,))
