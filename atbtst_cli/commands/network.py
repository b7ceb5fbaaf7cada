"""atbtst network: the council's bodies, who sits in them, and how they change."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import attendance, complete, extract, page, past, quorum, reorganisation, succession
from atbtst_cli.commands.session import Session
from atbtst_cli.language import _

if TYPE_CHECKING:
    from datetime import date

    from atbtst_cli.models.council import Council
    from atbtst_cli.models.network import Network
    from atbtst_cli.views.networks import Taken

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Bodies: the council, its networks, the archives.\n\nExample: atbtst network list",
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="As it is on that day; by default today.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    on: On = None,
    everything: Annotated[bool, typer.Option("--all", help="Also bodies that are dissolved or to come.")] = False,
    as_json: Json = False,
) -> None:
    """List the bodies, with their convenors and seats.

    Example: atbtst network list
    """
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import networks as view

    session: Session = ctx.obj
    council = session.workspace().council()
    day = session.day(on) if on else session.today
    chosen = view.listed(council, day, everything=everything)
    if as_json:
        session.output.json([view.data(council, network, day) for network in chosen])
    else:
        columns = (Column(_("Id"), "quiet"), Column(_("Short")), Column(_("Name"), grows=True), Column(_("Convenor")))
        rows = [Row(view.cells(council, network, day)) for network in chosen]
        session.output.table((*columns, Column(_("Seats held"), right=True)), rows)
    session.report(council)


@app.command(short_help="Show a body, its seats and who holds them.")
def show(
    ctx: typer.Context,
    network: Annotated[
        str, typer.Argument(metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks)
    ],
    on: On = None,
    as_of: past.AsOf = None,
    as_json: Json = False,
) -> None:
    """Show a body: its names, its standing agenda, its seats and who holds them on a day.

    Example: atbtst network show RÖN-AT --on 2026-01-01
    """
    session: Session = ctx.obj
    day = session.day(on) if on else None
    page.show(session, as_of, partial(page.network, network, on=day), as_json=as_json)


@app.command(short_help="Show who holds which seat, what is empty, and who comes later.")
def seats(
    ctx: typer.Context,
    network: Annotated[
        str | None,
        typer.Argument(metavar="[NETWORK]", help="One body, such as RÅD.", autocompletion=complete.networks),
    ] = None,
    on: On = None,
    everything: Annotated[bool, typer.Option("--all", help="Also seats that have ended or are to come.")] = False,
    as_json: Json = False,
) -> None:
    """Show the seats of a body, or of all: who holds them, what is empty, open or declined, and who comes later.

    A required seat that stands empty is to be filled; an offered one may stand open.

    Example: atbtst network seats RÖN-AT
    """
    from atbtst_cli import naming
    from atbtst_cli.views import networks as view

    session: Session = ctx.obj
    council = session.workspace().council()
    day = session.day(on) if on else session.today
    chosen = view.listed(council, day, everything=False)
    if network is not None:
        chosen = [naming.network(council, network, day)]
    taken = {body.id: view.seats(council, body, day, everything=everything) for body in chosen}
    if as_json:
        session.output.json([view.seat_data(council, one, day) for some in taken.values() for one in some])
    else:
        for place, body in enumerate(chosen):
            if place:
                session.output.result("")
            _print(session, council, body, taken[body.id], day)
    session.report(council)


def _print(session: Session, council: "Council", body: "Network", taken: "list[Taken]", day: "date") -> None:
    """Print how many of a body's seats are held, and the seats."""
    from atbtst_cli.views.networks import summary

    session.output.facts([(body.short(day), summary(taken) or body.name(day))])
    if taken:
        page.seats(session.output, council, taken, day)
    else:
        session.output.say(_("No seats on {date}. Those of other days are shown with --all.").format(date=day))


app.command(short_help="Let a member hold a seat from a day on.")(succession.appoint)
app.command(short_help="Let a day be somebody's last one in a seat.")(succession.vacate)
app.command(short_help="Write down that an offered seat was declined.")(succession.decline)
app.command(short_help="Add a body.")(reorganisation.add)
app.command(short_help="Dissolve a body, and say who goes on with what it leaves.")(reorganisation.dissolve)
app.command(short_help="Give a body another name from a day on.")(reorganisation.rename)
app.command(short_help="Give a body other seats from a day on.")(reorganisation.reseat)
app.command(short_help="Show who has been at the meetings, per seat.")(attendance.attendance)
app.command(short_help="Say how many seats must be taken for a decision.")(quorum.quorum)
app.command(short_help="Write the book of a body's year.")(extract.yearbook)
