"""atbtst meeting: the meetings on record."""

from typing import Annotated

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.language import _

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Meetings: which there were, and what they held.\n\nExample: atbtst meeting list",
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    network: Annotated[
        str | None,
        typer.Option("--network", "-n", metavar="NETWORK", autocompletion=complete.networks, help="Of one body."),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Of one year.")] = None,
    as_json: Json = False,
) -> None:
    """List meetings, the latest first.

    Example: atbtst meeting list --network RÅD --year 2026
    """
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import meetings as view

    session: Session = ctx.obj
    council = session.workspace().council()
    chosen = view.listed(council, network, year, session.today)
    if as_json:
        session.output.json([view.data(meeting) for meeting in chosen])
    elif not chosen:
        session.output.say(_("No such meetings."))
    else:
        columns = (
            Column(_("Id"), "quiet"),
            Column(_("Meeting")),
            Column(_("Time")),
            Column(_("Place"), grows=True),
            Column(_("State"), grows=True),
            Column(_("Decisions"), right=True),
            Column(_("Actions"), right=True),
        )
        session.output.table(columns, [Row(view.cells(council, meeting)) for meeting in chosen], below=(2, 3, 5, 6))
    session.report(council)


@app.command(short_help="Show a meeting and what was agreed there.")
def show(
    ctx: typer.Context,
    meeting: Annotated[str, typer.Argument(metavar="MEETING", autocompletion=complete.meetings)],
    as_json: Json = False,
) -> None:
    """Show a meeting: time, place, who was there, its agenda with decisions and action items.

    Example: atbtst meeting show "RÅD 1/2026"
    """
    from atbtst_cli import naming
    from atbtst_cli.views import meetings as view

    session: Session = ctx.obj
    council = session.workspace().council()
    known = naming.meeting(council, meeting, session.today)
    if as_json:
        session.output.json(view.data(known))
        return
    session.output.facts(view.facts(council, known))
