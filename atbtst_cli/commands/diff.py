"""atbtst diff: what two states of the record say differently."""

from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import past
from atbtst_cli.commands.log import tell
from atbtst_cli.commands.session import Session
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.store.tree import Tree

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Tell what is not saved yet, or what two days differ in.")
def diff(
    ctx: typer.Context,
    before: Annotated[
        str | None, typer.Argument(metavar="[A]", help="A day or a commit; by default what was saved last.")
    ] = None,
    after: Annotated[
        str | None, typer.Argument(metavar="[B]", help="A day or a commit; by default the files as they lie here.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Tell record by record what is changed here and not saved yet, or what two days or commits differ in.

    Example: atbtst diff
    """
    from atbtst_cli.models.directory import Directory
    from atbtst_cli.views import changes as view
    from atbtst_cli.views import wording

    session: Session = ctx.obj
    workspace = session.workspace(finish=False)
    store = session.store(workspace)
    start = past.found(session, store, before)[0] if before is not None else store.repo.commit_of("HEAD")
    end = past.found(session, store, after)[0] if after is not None else None
    old, new, paths = store.differing(start, end)

    def whole(folder: str) -> "Tree":
        return store.at(end, folder) if end else workspace.tree

    found = view.changes(old, new, paths, whole)
    if as_json:
        session.output.json({"before": start, "after": end, **found.data()})
        return
    council = past.readable(workspace, store)
    names = Directory(council, session.today)
    for text in wording.loud(found, council, names):
        session.output.line(text, "alarm", indent="  ")
    tell(session.output, wording.records(found, council, names))
    if not (found.records or found.documents or found.files):
        same = _("Everything is saved in the record.") if before is None else _("Nothing is different.")
        session.output.say(same, "good")
