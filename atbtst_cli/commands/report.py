"""atbtst report: what a network tells the council before its meeting."""

from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete, files, past
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import AtbtstError, Declined
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.store.sheets import Sheets

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Reports: file one before a meeting, see which are missing.\n\nExample: atbtst report missing RÅD",
)

Network = Annotated[
    str, typer.Argument(metavar="NETWORK", help="The network that reports.", autocompletion=complete.networks)
]
For = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="MEETING",
        help="A body such as RÅD for its next planned meeting, or an id.",
        autocompletion=complete.meetings,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command(short_help="File a network's report for a meeting.")
def file(
    ctx: typer.Context,
    network: Network,
    meeting: For,
    source: Annotated[
        str | None, typer.Option("--from", metavar="FILE|-", help="Take the text from a file, or standard input.")
    ] = None,
) -> None:
    """File a network's report for a meeting: in an editor, or from a text that is there already.

    Filed again, it takes the place of the earlier one, until the meeting is held.

    Example: atbtst report file RÖN-AT --for RÅD --from report.md
    """
    from atbtst_cli import naming
    from atbtst_cli.acts import reports
    from atbtst_cli.sheet.text import decode
    from atbtst_cli.store.sheets import Sheets

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    body = naming.network(council, network, session.today)
    chosen = naming.meeting(council, meeting, session.today, held=False)
    reports.refuse_late(chosen)
    drafts = Sheets(session.store(workspace).repo, "reports")
    name = f"{chosen.id}-{body.id}"
    if source is not None:
        text, _found = decode(files.text(session, source))
        drafts.keep(name, text, {})
    else:
        text = _written(drafts, name, reports.begun(council, chosen, body.id))
    by = session.by(workspace)
    try:
        done = session.change(workspace, reports.file(chosen.id, body.id, text, by=by, today=session.today))
    except AtbtstError:
        session.output.say(_("Your text is kept: {path}").format(path=drafts.path(name)))
        raise
    drafts.discard(name)
    said = _("The report of {body} for {meeting} is filed.")
    session.output.say(said.format(body=body.short(session.today), meeting=chosen.id), "good")
    session.say_commit(done)


def _written(drafts: "Sheets", name: str, begun: str) -> str:
    """What the person writes: on from a draft that was kept, else from what there is."""
    from atbtst_cli.commands import editor
    from atbtst_cli.sheet.prefill import without_comments
    from atbtst_cli.sheet.text import decode

    path = drafts.path(name)
    if not path.exists():
        drafts.keep(name, begun, {})
    editor.edit(path)
    text, _found = decode(path.read_bytes())
    said = without_comments(text)
    if text == begun or not said.strip():
        drafts.discard(name)
        raise Declined(_("Nothing was written, so nothing was saved."))
    return said


@app.command(short_help="List the networks that have not reported.")
def missing(
    ctx: typer.Context,
    meeting: Annotated[
        str,
        typer.Argument(
            metavar="[MEETING]", help="A body for its next planned meeting, or an id.", autocompletion=complete.meetings
        ),
    ] = "rad",
    as_json: Json = False,
) -> None:
    """List the networks that report to a meeting: who has filed, who has not, and the days that are left.

    Example: atbtst report missing RÅD
    """
    from atbtst_cli import naming
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import reports as view
    from atbtst_cli.views.agenda import heading

    session: Session = ctx.obj
    council = session.workspace().council()
    chosen = naming.meeting(council, meeting, session.today, held=False)
    rows = view.filed(council, chosen)
    if as_json:
        session.output.json(view.data(chosen, rows, session.today))
    else:
        session.output.line(heading(council, chosen, session.today), "head")
        columns = (Column(_("Network")), Column(_("Convenor"), grows=True), Column(_("Report"), grows=True))
        session.output.table(columns, [Row(row.cells(), {2: "" if row.report else "warn"}) for row in rows])
    session.report(council)


@app.command()
def show(ctx: typer.Context, network: Network, meeting: For, as_of: past.AsOf = None) -> None:
    """Print the report of a network for a meeting.

    Example: atbtst report show RÖN-AT --for RÅD
    """
    from atbtst_cli import naming
    from atbtst_cli.errors import NotFound
    from atbtst_cli.rules.reports import filed

    session: Session = ctx.obj
    council, today = past.council(session, session.workspace(), as_of)
    body = naming.network(council, network, today)
    chosen = naming.meeting(council, meeting, today, held=False)
    report = filed(council, chosen).get(body.id)
    if report is None:
        raise NotFound(
            _("{body} has filed no report for {meeting}.").format(body=body.short(today), meeting=chosen.id),
            _("File it with: {command}").format(command=f"atbtst report file {body.id} --for {chosen.id}"),
        )
    session.output.result(report.text.rstrip("\n"))
    session.report(council)
