"""atbtst undo: take back what one command changed."""

from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import past
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import NotFound, Refused
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.acts.deeds import Deed
    from atbtst_cli.acts.undoing import Undone
    from atbtst_cli.store.transaction import Store

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Take back what one command changed.")
def undo(
    ctx: typer.Context,
    commit: Annotated[
        str | None, typer.Argument(metavar="[COMMIT]", help="The commit of that command; your latest one by default.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be taken back; change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Take back what one command changed, field by field; what was done since stays as it is.

    It is refused where the same was changed since, and says by whom. Another undo brings the change back.

    Example: atbtst undo --dry-run
    """
    from atbtst_cli.acts.undoing import undo as act
    from atbtst_cli.documents.looks import Looks
    from atbtst_cli.store.load import load

    session: Session = ctx.obj
    workspace = session.workspace(finish=not dry_run)
    store = session.store(workspace)
    deed = _named(store, commit) if commit else _latest(store)
    undoing = act(store, deed, Looks.of(workspace.tree), session.today)
    done = None if dry_run else session.change(workspace, undoing)
    told: Undone = undoing(load(store.tip())).answer if done is None else done.answer
    if as_json:
        facts = {"undone": told.deed.commit.step, "commit": done.commit if done else None}
        session.output.json(facts | told.changes.data())
        return
    _tell(session, told, is_planned=done is None)
    if done is None:
        session.output.findings(told.findings)
        session.output.say(_("Nothing was saved."))
    elif done.commit:
        session.say_commit(done)
        session.output.say(_("Take this back too with: {command}").format(command="atbtst undo"), "quiet")


def _named(store: "Store", text: str) -> "Deed":
    """What the commit did that a text names by its id, or the beginning of one."""
    from atbtst_cli.acts.deeds import Deed

    wanted, _day = past.named(store, text)
    found = next((Deed(*one) for one in store.commits() if one[0].step["commit"] == wanted), None)
    if found is None:
        raise Refused(
            _("The commit {commit} changed nothing in this council's folder.").format(commit=wanted[:10]),
            _("Name the change that is to go; see: {command}").format(command="atbtst log"),
        )
    return found


def _latest(store: "Store") -> "Deed":
    """What the newest of the user's own commands did, wherever on the branch its commit lies."""
    from atbtst_cli.acts.deeds import Deed, by_command

    _name, email = store.repo.identity()
    own = (
        Deed(*one)
        for one in store.commits()
        if one[0].email.casefold() == email.casefold() and len(one[0].parents) < 2 and by_command(one[0])  # noqa: PLR2004
    )
    found = next(own, None)
    if found is None:
        raise NotFound(
            _("No change was made here with atbtst by {email}.").format(email=email),
            _("Name the commit of the change that is to go; see: {command}").format(command="atbtst log"),
        )
    return found


def _tell(session: Session, told: "Undone", *, is_planned: bool) -> None:
    """Print which change it is, then what becomes of each record."""
    from atbtst_cli.views import undoing as view

    lines = list(view.lines(told.changes, told.now, session.today))
    if not lines:
        session.output.say(_("Nothing is left to take back of: {change}").format(change=told.deed.named()))
        return
    said = _("To be taken back: {change}") if is_planned else _("Taken back: {change}")
    session.output.say(said.format(change=told.deed.named()), "strong")
    for text in (*lines, *view.freed(told.now, told.changes.records)):
        session.output.say("  " + text)
