"""atbtst log: who changed what, and when."""

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete, past
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import Invalid, NotFound
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atbtst_cli.models.council import Council
    from atbtst_cli.models.directory import Directory
    from atbtst_cli.output import Output
    from atbtst_cli.store.transaction import Store
    from atbtst_cli.views.log import Entry, Scope

app = typer.Typer(rich_markup_mode=None, add_completion=False)
FEW = 30
"""The commits that are told to a person who asks for no others."""


@app.command(short_help="Tell who changed what, newest first.")
def log(
    ctx: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID|NETWORK|MEETING]",
            help="An item, matter, meeting, member, body, decision or seat.",
            autocompletion=complete.things,
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE|COMMIT", help="What came in from that day on, or later.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only by somebody of that name.")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many commits; 30 by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document, of all commits.")] = False,
) -> None:
    """Tell what was changed in the record, or in something on record: when, by whom, and in words what.

    Example: atbtst log RÅD --since 2026-01-01
    """
    from atbtst_cli.models.directory import Directory
    from atbtst_cli.views.log import Log, Scope

    session: Session = ctx.obj
    workspace = session.workspace(finish=False)
    store = session.store(workspace)
    council = past.readable(workspace, store)
    scope = _scope(session, council, store, " ".join(name)) if name else Scope()
    start = past.before(session, store, since) if since is not None else None
    found = Log(store, council, scope, brief=not as_json).entries(start, by)
    most = limit if limit or since is not None or as_json else FEW
    if as_json:
        session.output.json([entry.data() for entry in islice(found, most)])
        return
    names = Directory(council, session.today)
    told = 0
    for told, entry in enumerate(islice(found, most), 1):
        if told > 1:
            session.output.line("")
        _print(session.output, entry, council, names)
    if not told:
        session.output.say(_("Nothing was changed."))
    elif limit is None and told == most and next(found, None):
        said = _("Those are the latest {count}. More: {command}")
        session.output.say(said.format(count=told, command="atbtst log --limit 200"), "quiet")


def _scope(session: Session, council: "Council", store: "Store", text: str) -> "Scope":
    """What to tell the history of; a record that is gone, or cannot be read, is found by its id too."""
    from atbtst_cli import naming
    from atbtst_cli.views.log import gone, scope

    try:
        return scope(council, *naming.thing(council, text, session.today))
    except (NotFound, Invalid):
        if was := gone(store, text):
            return was
        raise


def _print(output: "Output", entry: "Entry", council: "Council", names: "Directory") -> None:
    """Print a commit: its head, then a line for each thing that it did."""
    from atbtst_cli.views import log as view

    output.line(view.head(entry), "head")
    for text in view.loud(entry, council, names):
        output.line(text, "alarm", indent="  ")
    tell(output, view.told(entry, council, names))


def tell(output: "Output", told: "Iterable[tuple[str, ...]]") -> None:
    """Print lines of what changed, those of one record below its name."""
    from atbtst_cli.views.wording import outline

    for depth, text in outline(told):
        output.line(text, indent="  " * (depth + 1))
