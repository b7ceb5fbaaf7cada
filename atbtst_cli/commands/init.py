"""atbtst init: a new workspace."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.store.gitrepo import GitRepo

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Make a new workspace for one council.")
def init(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of the new workspace.")],
    empty: Annotated[bool, typer.Option("--empty", help="Without any bodies and seats.")] = False,
) -> None:
    """Make a new workspace: a folder that keeps one council's record, and a Git repository that remembers it.

    Example: atbtst init council
    """
    from atbtst_cli.acts import workspaces

    session: Session = ctx.obj
    if path.is_dir():
        session.finish_interrupted(path.absolute())
    place = workspaces.place(path)
    repo = workspaces.begin(place)
    try:
        ensure_identity(session, repo)
    except BaseException:
        workspaces.give_up(place)
        raise
    bodies = create(session, place.root, empty=empty)
    there = f"atbtst -C {quote(str(path))}"
    if place.repository:
        session.output.say(
            _("The workspace is part of the Git repository {path}.").format(path=place.repository), "quiet"
        )
    session.output.result(_("Made the workspace {path} with {count} bodies.").format(path=path, count=bodies))
    you, name, seat, body = _("YOUR NAME"), _("NAME"), _("SEAT"), _("NETWORK")
    session.output.say(_("Add yourself:     {command}").format(command=f'{there} member add "{you}" --me'))
    session.output.say(_("Add the people:   {command}").format(command=f'{there} member add "{name}" --seat {seat}'))
    session.output.say(_("Seats are listed: {command}").format(command=f"{there} network show {body}"))


def create(session: Session, root: Path, *, empty: bool) -> int:
    """Commit the first files of a workspace; how many bodies it has."""
    from atbtst_cli.acts import workspaces
    from atbtst_cli.store.transaction import Store

    act = workspaces.init(root.name, empty=empty)
    return Store(root, session.now, session.step).commit(act, lambda *_ignored: []).answer


def ensure_identity(session: Session, repo: "GitRepo") -> None:
    """Make sure that Git knows who makes changes: ask at a terminal; elsewhere an error says how to set it."""
    for key, question in (
        ("user.name", _("Your name, for the record's history")),
        ("user.email", _("Your e-mail address")),
    ):
        if not repo.config(key) and session.interactive:
            repo.set_config(key, typer.prompt(question, err=True).strip())
    repo.identity()
