"""atbtst clone: a workspace of one's own, with the record that a council shares."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import Refused
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.acts.workspaces import Place
    from atbtst_cli.store.gitrepo import GitRepo

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Get the record that a council shares.")
def clone(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The shared folder, or an address of SSH or HTTPS.")],
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="The folder; by default named as URL.")] = None,
) -> None:
    """Make a workspace of your own from the record that a council shares.

    Example: atbtst clone ../council.git
    """
    from atbtst_cli.acts import workspaces
    from atbtst_cli.store import address

    session: Session = ctx.obj
    url = address.checked(url)
    place = workspaces.fresh(path or Path(address.name(url)))
    session.output.say(_("Getting the record from {where} …").format(where=address.shown(url)), "quiet")
    try:
        session.folder = _get(session, workspaces.begin(place), url, place)
    except BaseException:
        workspaces.clear(place)
        raise
    session.output.result(_("Got the council's record: {path}").format(path=session.folder))
    _say_what_next(session, session.folder)


def _get(session: Session, repo: "GitRepo", url: str, place: "Place") -> Path:
    """The folder of the workspace, filled with the shared record."""
    from atbtst_cli.acts import workspaces
    from atbtst_cli.commands.init import ensure_identity
    from atbtst_cli.store import address, driver, remote
    from atbtst_cli.store.layout import SETTINGS

    tip = remote.clone(repo, url)
    root = workspaces.workspace_of(repo, tip, place.root)
    if root is None:
        raise Refused(
            _("There is no council's record at {where}: no folder there holds {file}.").format(
                where=address.shown(url), file=SETTINGS
            ),
            _("Look at the address. Nothing was kept here."),
        )
    ensure_identity(session, repo)
    driver.register(repo)
    repo.lay_out()
    return root


def _say_what_next(session: Session, root: Path) -> None:
    """Say who is known to sit here, and what to do next."""
    workspace = session.workspace()
    council = workspace.council()
    there = "atbtst" if root == Path.cwd() else f"atbtst -C {quote(str(root))}"
    me = session.me(workspace, council)
    if me:
        session.output.say(_("You are {name} here.").format(name=me.name(session.today)))
    else:
        command = f"git -C {quote(str(root))} config atbtst.member {_('MEMBER')}"
        session.output.say(_("Say which member you are: {command}").format(command=command))
    session.output.say(_("See what there is to do:  {command}").format(command=f"{there} status"))
    session.output.say(_("Share and get changes:    {command}").format(command=f"{there} sync"))
