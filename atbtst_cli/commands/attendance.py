"""atbtst network attendance: who has been at the meetings, per seat and per person; never why somebody was not."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atbtst_cli.models.council import Council
    from atbtst_cli.output import Output
    from atbtst_cli.views.attendance import BodyAttendance

RARE, ROLES = (5, 7), (2, 3)
"""The columns that a narrow terminal shows below their row: absent and not noted; as substitute and as guest."""


def attendance(
    ctx: typer.Context,
    network: Annotated[
        str | None,
        typer.Argument(metavar="[NETWORK]", help="The body; all by default.", autocompletion=complete.networks),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the seats as comma-separated values.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="With --csv: do not guard cells against spreadsheets.")] = False,
) -> None:
    """Show how each seat was taken at the meetings of a year or another time, and who was there.

    By default it is the year of the latest meeting. What counts is who was put down as present at any part of it.

    Example: atbtst network attendance RÅD --from 2026-01-01
    """
    from atbtst_cli import naming
    from atbtst_cli.views import attendance as view

    session: Session = ctx.obj
    if as_json and as_csv:
        raise UsageError(_("--json and --csv exclude each other."), _("Leave one of them out."))
    council = session.workspace().council()
    body = naming.network(council, network, session.today) if network else None
    first, last = _time(session, council, body.id if body else None, since, until)
    bodies = [body] if body else view.that_met(council, first, last)
    found = [view.of_body(council, one, first, last) for one in bodies]
    if as_json:
        session.output.json([one.data() for one in found])
    elif as_csv:
        rows = [cells for one in found for cells in one.rows()]
        session.output.csv(view.HEADINGS, rows, unguarded=raw)
    else:
        _print(session.output, found)
    session.report(council)


def _time(
    session: Session, council: "Council", network_id: str | None, since: str | None, until: str | None
) -> tuple[date, date]:
    """The first and the last day: those given, else those of the latest meeting's year; from a day on, until now."""
    from atbtst_cli.views.attendance import latest_year

    first, last = (session.day(text, held=True) if text else None for text in (since, until))
    latest = latest_year(council, network_id, session.today)
    first = first or date(last.year if last else latest, 1, 1)
    last = last or date(max(session.today.year, first.year) if since else latest, 12, 31)
    if last < first:
        raise UsageError(
            _("{until} is before {since}.").format(until=last, since=first), _("Give the earlier day with --from.")
        )
    return first, last


def _print(output: "Output", found: "list[BodyAttendance]") -> None:
    from atbtst_cli.views.attendance import seat_cells

    if not any(one.meetings for one in found):
        output.say(_("No meeting was held in that time."))
        return
    for place, one in enumerate(found):
        if place:
            output.result("")
        output.line(one.heading(), "strong")
        if one.gap():
            output.line(one.gap(), "warn")
        _print_table(output, _seat_headings(), [seat_cells(seat) for seat in one.seats], RARE)
        _print_table(output, _people_headings(), [person.cells() for person in one.people], ROLES)


def _print_table(
    output: "Output", headings: "Sequence[str]", rows: "Sequence[Sequence[str]]", below: "Sequence[int]"
) -> None:
    """Print rows of figures, without the columns that tell nothing."""
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views.attendance import NOTHING

    kept = [place for place in range(len(headings)) if any(row[place] != NOTHING for row in rows)]
    if kept:
        columns = [Column(headings[place], grows=place == 0, right=place > 0) for place in kept]
        output.result("")
        output.table(
            columns,
            [Row([row[place] for place in kept]) for row in rows],
            [kept.index(place) for place in below if place in kept],
        )


def _seat_headings() -> tuple[str, ...]:
    away = (_("Excused"), _("Absent"), _("Vacant"), _("Not noted"))
    return _("Seat"), _("Meetings"), _("Holder"), _("Substitute"), *away


def _people_headings() -> tuple[str, ...]:
    return _("Person"), _("Present"), _("As substitute"), _("As guest"), _("Excused"), _("Absent")
