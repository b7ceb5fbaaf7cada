"""atbtst status: what now?"""

from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import AtbtstError
from atbtst_cli.language import ngettext

if TYPE_CHECKING:
    from atbtst_cli.store.workspace import Workspace

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Say what is coming, what waits, and what to do next.")
def status(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False
) -> None:
    """Say what is coming and what waits: meetings, reports, approvals, actions; each with the command for it.

    Example: atbtst status
    """
    from atbtst_cli.commands.waiting import waiting
    from atbtst_cli.views.status import status as view

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    parts = view(council, session.today)
    output = session.output
    if as_json:
        output.json({part.name: part.data() for part in parts})
        return
    output.line(f"{council.settings.name}, {session.today}", "strong")
    for part in parts:
        output.line("")
        output.line(part.title, "alarm" if part.urgent else "head")
        for line in part.lines:
            output.line(line, indent="  ")
        if part.more:
            said = ngettext("and {count} more", "and {count} more", part.more)
            output.line(said.format(count=part.more), "quiet", indent="  ")
        if part.command:
            output.line(f"→ {part.command}", "quiet", indent="  ")
    for one in waiting(session, workspace):
        output.line("")
        output.line(one.told, "warn")
        output.line(f"→ {one.command}", "quiet", indent="  ")
    if count := _unshared(session, workspace):
        output.line("")
        said = ngettext(
            "{count} change is not in the shared record yet.",
            "{count} changes are not in the shared record yet.",
            count,
        )
        output.line(said.format(count=count), "warn")
        output.line("→ atbtst sync", "quiet", indent="  ")


def _unshared(session: Session, workspace: "Workspace") -> int:
    """How many changes were made here that the shared record has not, as far as is known without asking there."""
    from atbtst_cli.store.history import between
    from atbtst_cli.store.remote import Remote

    repo = session.store(workspace).repo
    try:
        seen = repo.commit_of(Remote(repo).tracking)
    except AtbtstError:  # it is shared with nobody
        return 0
    return len(between(repo, seen, "HEAD")) if repo.commit_of("HEAD") else 0
