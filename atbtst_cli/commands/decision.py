"""atbtst decision: what was decided, what holds now, and what took its place."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atbtst_cli.commands import complete, page, past
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atbtst_cli.models.council import Council

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Decisions: the register across meetings.\n\nExample: atbtst decision list",
)

Network = Annotated[
    str | None,
    typer.Option("--network", "-n", metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks),
]


@app.command("list")
def list_(
    ctx: typer.Context,
    network: Network = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only those of this day or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only those of this day or earlier.")] = None,
    matter: Annotated[
        str | None,
        typer.Option("--matter", "-m", metavar="M", autocompletion=complete.matters, help="Only those in a matter."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(metavar="OUTCOME", help="Only those with an outcome, such as rejected or avslås.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", metavar="WORDS", help="Only those with all the words in them.")
    ] = None,
    superseded: Annotated[
        bool, typer.Option("--superseded", help="Those that others took the place of, instead of current ones.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", "-a", help="Current and superseded ones.")] = False,
    as_of: past.AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="With --csv: do not guard cells against spreadsheets.")] = False,
) -> None:
    """List the decisions that hold, the latest meeting first.

    Example: atbtst decision list --network RÅD --text introduktion
    """
    from atbtst_cli.views import decisions as view

    session: Session = ctx.obj
    if superseded and every:
        raise UsageError(_("--superseded and --all exclude each other."), _("Leave one of them out."))
    if as_json and as_csv:
        raise UsageError(_("--json and --csv exclude each other."), _("Leave one of them out."))
    workspace = session.workspace()
    council, today = past.council(session, workspace, as_of)
    wanted = view.Wanted(
        network=network,
        since=session.day(since) if since else None,
        until=session.day(until) if until else None,
        matter=matter,
        outcome=outcome,
        text=text,
        superseded=superseded,
        every=every,
    )
    chosen = view.listed(council, wanted, session.store(workspace), today)
    if as_json:
        session.output.json([line.data() for line in chosen])
    elif as_csv:
        session.output.csv(view.HEADINGS, [line.cells() for line in chosen], unguarded=raw)
    else:
        _print(session, council, chosen)
    session.report(council)


def _print(session: Session, council: "Council", lines: "Sequence[Any]") -> None:
    from atbtst_cli.language import ngettext
    from atbtst_cli.output import Column, Row

    if not lines:
        session.report(council)
        session.output.say(_("No such decisions."))
        return
    replaced = any(line.replaced for line in lines)
    columns = (
        Column(_("Decision")),
        *[Column(_("Superseded by"), "alarm")] * replaced,
        Column(_("Date")),
        Column(_("What"), grows=True),
        Column(_("Outcome")),
        Column(_("Agenda item"), grows=True),
        Column(_("Commit"), "quiet"),
    )
    rows = [
        Row(
            (
                line.cited,
                *[", ".join(line.replaced)] * replaced,
                *(str(line.decision.meeting.date), line.text, line.outcome, line.place, line.commit),
            )
        )
        for line in lines
    ]
    session.output.table(columns, rows, below=(4 + replaced, 5 + replaced))
    counted = ngettext("{count} decision", "{count} decisions", len(lines)).format(count=len(lines))
    if gone := sum(bool(line.replaced) for line in lines):
        counted += _(", {gone} of them superseded").format(gone=gone)
    session.output.say(counted, "quiet")


@app.command(short_help="Show a decision with all that is known of it.")
def show(
    ctx: typer.Context,
    decision: Annotated[
        list[str], typer.Argument(metavar="DECISION", help='"RÅD § 3/2026", or an id such as 2026-02-17-rad/d-1.')
    ],
    network: Network = None,
    as_of: past.AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Show a decision: its words, who was against, where it was made, and whether it still holds.

    Example: atbtst decision show "RÅD § 1/2026"
    """
    page.show(ctx.obj, as_of, partial(page.decision, " ".join(decision), body=network or ""), as_json=as_json)
