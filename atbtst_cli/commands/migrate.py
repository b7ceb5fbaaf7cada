"""atbtst migrate: lift a council's records to the present format."""

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.language import _

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Lift the records to the present format.")
def migrate(ctx: typer.Context) -> None:
    """Lift the records to this program's format, and bring schemas and .gitattributes up to date, in one commit.

    Lines that you have put into .gitattributes yourself stay, and count before the program's own.

    Example: atbtst migrate
    """
    from atbtst_cli.acts import workspaces

    session: Session = ctx.obj
    workspace = session.workspace()
    done = session.change(workspace, workspaces.migrate(session.store(workspace).tip))
    if done.commit is None:
        session.output.say(_("The records are in the present format; nothing had to change."), "good")
        return
    session.output.say(_("Brought up to date: {paths}").format(paths=", ".join(done.paths)), "good")
    session.say_commit(done)
