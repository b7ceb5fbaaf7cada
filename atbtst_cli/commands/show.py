"""atbtst show: whatever an id names."""

from functools import partial
from typing import Annotated

import typer

from atbtst_cli.commands import complete, page, past
from atbtst_cli.commands.session import Session

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Show whatever an id or a name means.")
def show(
    ctx: typer.Context,
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="ID",
            help="An item, matter, meeting, member, body, decision or seat.",
            autocompletion=complete.things,
        ),
    ],
    as_of: past.AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Show whatever an id or a name means: an action item, a matter, a meeting, a member, a body, a decision, a seat.

    Example: atbtst show i-k7q3
    """
    session: Session = ctx.obj
    page.show(session, as_of, partial(page.anything, " ".join(name)), as_json=as_json)
