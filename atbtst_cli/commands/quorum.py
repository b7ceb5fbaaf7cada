"""atbtst network quorum: how many seats must be taken at a meeting for its decisions to hold."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _, ngettext

if TYPE_CHECKING:
    from atbtst_cli.store.workspace import Workspace


def quorum(
    ctx: typer.Context,
    network: Annotated[
        str, typer.Argument(metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks)
    ],
    count: Annotated[int | None, typer.Option(min=1, metavar="N", help="How many seats must be taken.")] = None,
    seat: Annotated[
        list[str] | None, typer.Option(metavar="SEAT", help="Of which seats; may be repeated. Without it, of all.")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Require no number of seats any more.")] = False,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day; today by default.")
    ] = None,
) -> None:
    """Say how many seats must be taken for a decision of a body to hold, from a day on; alone, show it.

    Each decision of a meeting from that day on then says whether it held. A body that requires none never mentions it.

    Example: atbtst network quorum RÅD --count 3 --from 2026-01-01
    """
    from atbtst_cli.acts import quorum as acts

    session: Session = ctx.obj
    if count is not None and none:
        raise UsageError(_("--count and --none exclude each other."), _("Leave one of them out."))
    if count is None and (seat or (since and not none)):
        raise UsageError(_("How many seats are required was not said."), _("Say it with --count, or --none."))
    workspace = session.workspace()
    if count is None and not none:
        _show(session, workspace, network)
        return
    first = session.day(since) if since else session.today
    done = session.change(workspace, acts.state(network, count, seat or (), first, session.today))
    if done.commit is None:
        session.output.say(_("Nothing changed: the record says so already."))
    else:
        session.output.say(done.answer, "good")
        _say_of_held(session, workspace, network, first)
        session.say_commit(done)


def _say_of_held(session: Session, workspace: "Workspace", network: str, since: date) -> None:
    """Say which minutes are there already of the days for which it was stated."""
    from atbtst_cli import naming
    from atbtst_cli.rules.carry import held

    council = workspace.council()
    body = naming.network(council, network, session.today)
    if count := len(held(council, body.id, since=since, until=session.today)):
        text = ngettext(
            "{count} meeting held since then is judged by it too; documents that are there stay as they are.",
            "{count} meetings held since then are judged by it too; documents that are there stay as they are.",
            count,
        )
        session.output.say(text.format(count=count), "warn")


def _show(session: Session, workspace: "Workspace", network: str) -> None:
    """Print what the body requires today and later."""
    from atbtst_cli import naming
    from atbtst_cli.views.quorum import required

    body = naming.network(workspace.council(), network, session.today)
    name = body.short(session.today)
    for line in list(required(body, session.today)) or [_("no number of seats is required for a decision")]:
        session.output.line(f"{name}: {line}")
