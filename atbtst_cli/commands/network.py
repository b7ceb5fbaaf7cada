"""atbtst network: the council's bodies and who sits in them."""

from typing import Annotated

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.language import _

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Bodies: the council, its networks, the archives.\n\nExample: atbtst network list",
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also bodies that are dissolved.")] = False,
    as_json: Json = False,
) -> None:
    """List the bodies, with their convenors and seats.

    Example: atbtst network list
    """
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import networks as view

    session: Session = ctx.obj
    council = session.workspace().council()
    chosen = view.listed(council, session.today, everything=everything)
    if as_json:
        session.output.json([view.data(council, network, session.today) for network in chosen])
    else:
        columns = (Column(_("Id"), "quiet"), Column(_("Short")), Column(_("Name"), grows=True), Column(_("Convenor")))
        rows = [Row(view.cells(council, network, session.today)) for network in chosen]
        session.output.table((*columns, Column(_("Seats held"), right=True)), rows)
    session.report(council)


@app.command(short_help="Show a body, its seats and who holds them.")
def show(
    ctx: typer.Context,
    network: Annotated[
        str, typer.Argument(metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks)
    ],
    as_json: Json = False,
) -> None:
    """Show a body: its names, its standing agenda, its seats and who holds them today.

    Example: atbtst network show RÖN-AT
    """
    from atbtst_cli import naming
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import networks as view

    session: Session = ctx.obj
    council = session.workspace().council()
    known = naming.network(council, network, session.today)
    if as_json:
        session.output.json(view.data(council, known, session.today))
        return
    session.output.facts(view.facts(council, known, session.today))
    if known.seats:
        session.output.result("")
        columns = (
            Column(_("Seat"), "quiet"),
            Column(_("Name"), grows=True),
            Column(_("Kind")),
            Column(_("Holder"), grows=True),
        )
        rows = [Row(cells) for cells in view.seat_cells(council, known, session.today)]
        session.output.table(columns, rows)
