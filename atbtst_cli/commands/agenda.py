"""atbtst agenda: what a meeting is called to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete, files, past, post
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from atbtst_cli.acts.agenda import Edits
    from atbtst_cli.acts.post import Post
    from atbtst_cli.models.change import Change
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.meeting import Meeting
    from atbtst_cli.rules.carry import Ahead

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Agendas: begin them from what is due, change them, print them.\n\nExample: atbtst agenda show RÅD",
)

Meeting_ = Annotated[
    str | None,
    typer.Argument(
        metavar="[MEETING]",
        help="A body such as RÅD for its next planned meeting, or an id; else the next one of all.",
        autocompletion=complete.meetings,
    ),
]
Of = Annotated[
    str | None,
    typer.Option(
        "--meeting",
        "-m",
        metavar="MEETING",
        help="Of which meeting; else the next one planned.",
        autocompletion=complete.meetings,
    ),
]
Place = Annotated[str, typer.Argument(metavar="ITEM", help="Its number in the agenda, such as 3 or 2.1, or its id.")]
Presenter = Annotated[
    str | None,
    typer.Option("--presenter", metavar="WHO", help="Who presents it.", autocompletion=complete.members),
]
Minutes = Annotated[int | None, typer.Option("--minutes", metavar="N", min=0, help="Minutes set aside for it.")]
Papers = Annotated[
    list[Path] | None, typer.Option("--paper", metavar="FILE", help="A paper, copied beside the meeting; repeatable.")
]
Internal = Annotated[
    bool | None,
    typer.Option("--internal/--public", help="Whether it stays out of public documents.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command(short_help="Begin an agenda from what is due.")
def new(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it, with what will not come; save nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Begin a meeting's agenda: its standing items, then everything left open that is due, each with its reason.

    Said again, it adds what has become due since.

    Example: atbtst agenda new RÅD
    """
    from atbtst_cli.acts import agenda as acts

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    chosen = acts.coming(council, meeting, session.today)
    seed = session.seed()
    done = None if dry_run else session.change(workspace, acts.new(chosen.id, seed))
    told = done.answer if done else acts.proposed(council, chosen, seed)
    _show(session, council, told.meeting, told.ahead, session.today, as_json=as_json)
    if done is None:
        session.output.say(
            _("Nothing was saved. Save it with: {command}").format(command=f"atbtst agenda new {chosen.id}")
        )
    elif done.commit:
        session.say_commit(done)
        session.output.say(_("Print it with: {command}").format(command=f"atbtst agenda render {chosen.id}"))
    else:
        session.output.say(_("The agenda has everything that is due already; nothing was changed."))
    session.report(council)


@app.command(short_help="Show an agenda, each item with why it is there.")
def show(ctx: typer.Context, meeting: Meeting_ = None, as_of: past.AsOf = None, as_json: Json = False) -> None:
    """Show the agenda of a meeting that is to come, each item with why it is there.

    Example: atbtst agenda show RÅD
    """
    from atbtst_cli.acts import agenda as acts
    from atbtst_cli.rules.carry import ahead

    session: Session = ctx.obj
    council, today = past.council(session, session.workspace(), as_of)
    chosen = acts.coming(council, meeting, today)
    _show(session, council, chosen, ahead(council, chosen), today, as_json=as_json)
    session.report(council)


@app.command(short_help="Add an agenda item.")
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is about, in a few words.")],
    meeting: Of = None,
    at: Annotated[str | None, typer.Option("--at", metavar="N", help="Its place, such as 3.")] = None,
    under: Annotated[str | None, typer.Option("--under", metavar="ITEM", help="Under this agenda item.")] = None,
    presenter: Presenter = None,
    minutes: Minutes = None,
    papers: Papers = None,
    internal: Internal = None,
) -> None:
    """Add an agenda item, after the questions of the day or where you say.

    Example: atbtst agenda add "Introduktionsdagen" --meeting RÅD --minutes 15
    """
    from atbtst_cli.acts import agenda as acts

    session: Session = ctx.obj
    if at and under:
        raise UsageError(_("--at and --under exclude each other."), _("Leave one of them out."))
    chosen = acts.coming(session.workspace().council(), meeting, session.today)
    edits = _edits(title, presenter, minutes, papers, internal)
    act = acts.add(chosen.id, edits, at=at, under=under, today=session.today, seed=session.seed())
    _change(session, act)


@app.command(short_help="Change an agenda item.")
def edit(
    ctx: typer.Context,
    place: Place,
    meeting: Of = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its new title.")] = None,
    presenter: Presenter = None,
    minutes: Minutes = None,
    papers: Papers = None,
    internal: Internal = None,
) -> None:
    """Change what is said of an agenda item: who presents it, the time set aside, its papers.

    Example: atbtst agenda edit 3 --meeting RÅD --minutes 20
    """
    from atbtst_cli.acts import agenda as acts

    session: Session = ctx.obj
    chosen = acts.coming(session.workspace().council(), meeting, session.today)
    edits = _edits(title, presenter, minutes, papers, internal)
    _change(session, acts.edit(chosen.id, place, edits, today=session.today))


@app.command()
def move(
    ctx: typer.Context,
    place: Place,
    to: Annotated[str, typer.Option("--to", metavar="ITEM", help="The agenda item whose place it takes.")],
    meeting: Of = None,
) -> None:
    """Move an agenda item to another place.

    Example: atbtst agenda move 4 --to 3 --meeting RÅD
    """
    from atbtst_cli.acts import agenda as acts

    session: Session = ctx.obj
    chosen = acts.coming(session.workspace().council(), meeting, session.today)
    _change(session, acts.move(chosen.id, place, to))


@app.command()
def drop(ctx: typer.Context, place: Place, meeting: Of = None) -> None:
    """Take an agenda item off the agenda; what had brought it stays due.

    Example: atbtst agenda drop 3 --meeting RÅD
    """
    from atbtst_cli.acts import agenda as acts

    session: Session = ctx.obj
    chosen = acts.coming(session.workspace().council(), meeting, session.today)
    _change(session, acts.drop(chosen.id, place))


@app.command(short_help="Write an agenda as a document.")
def render(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    form: files.Form = None,
    edition: files.For = files.Edition.INTERNAL,
    draft: files.Draft = False,
    output: files.Output = None,
) -> None:
    """Write the agenda of a meeting as a document; the same bytes every time.

    Example: atbtst agenda render RÅD --format html --output agenda.html
    """
    from atbtst_cli.acts import agenda as acts
    from atbtst_cli.acts import publishing
    from atbtst_cli.documents.looks import Looks

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    chosen = acts.coming(council, meeting, session.today)
    acts.refuse_empty(chosen)
    if edition is files.Edition.PUBLIC:
        session.output.findings(publishing.agenda(council, chosen, draft=draft))
    looks = Looks.of(workspace.tree)
    name = f"{chosen.id}-agenda{'-public' if edition is files.Edition.PUBLIC else ''}"
    files.write(session, output, form, name, lambda form: acts.render(council, chosen, looks, form, edition.value))


@app.command(short_help="Call to a meeting: letters with the agenda.")
def send(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    folder: post.Folder = None,
    smtp: post.Smtp = False,
    done: post.Done = False,
    again: post.Again = False,
    uncertain: post.Unsure = None,
    dry_run: post.DryRun = False,
) -> None:
    """Call everybody to a meeting: a letter each with the agenda and a calendar file, as drafts or by --smtp.

    The first call freezes the agenda. A meeting that was moved or cancelled since is told of with the same command.

    Example: atbtst agenda send RÅD --dry-run
    """
    from atbtst_cli.acts import agenda as acts
    from atbtst_cli.acts.post import call
    from atbtst_cli.documents.looks import Looks

    session: Session = ctx.obj
    workspace = session.workspace()
    chosen = acts.coming(workspace.council(), meeting, session.today, cancelled=True).id

    def make(council: "Council") -> "Post":
        return call(
            council,
            council.meetings[chosen],
            today=session.today,
            by=session.by(workspace),
            looks=Looks.of(workspace.tree),
            read=workspace.tree.read,
        )

    how = post.How(folder, smtp, done, again, uncertain, dry_run)
    post.go(session, workspace, f"atbtst agenda send {chosen}", make, how)


def _edits(
    title: str | None,
    presenter: str | None,
    minutes: int | None,
    papers: list[Path] | None,
    internal: bool | None,
) -> "Edits":
    from atbtst_cli.acts.agenda import Edits

    return Edits(title, presenter, minutes, files.papers(papers), internal)


def _change(session: Session, act: "Callable[[Council], Change[Meeting]]") -> None:
    """Make a change to an agenda, and show the agenda as it is now."""
    from atbtst_cli.rules.carry import ahead

    workspace = session.workspace()
    done = session.change(workspace, act)
    council = workspace.council()
    _show(session, council, done.answer, ahead(council, done.answer), session.today, as_json=False)
    session.say_commit(done)


def _show(
    session: Session, council: "Council", meeting: "Meeting", known: "Ahead", today: "date", *, as_json: bool
) -> None:
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import agenda as view

    output = session.output
    if as_json:
        output.json(view.data(council, meeting, known))
        return
    output.line(view.heading(council, meeting, today), "head")
    if not meeting.agenda:
        output.say(
            _("There is no agenda yet. Begin it with: {command}").format(command=f"atbtst agenda new {meeting.id}")
        )
    else:
        columns = (
            Column(_("No"), "quiet"),
            Column(_("Agenda item"), grows=True),
            Column(_("Why it is here"), grows=True),
        )
        rows = [
            Row((number, title, why), {2: "warn"} if stands_out else {})
            for number, title, why, stands_out in view.lines(council, meeting, known)
        ]
        output.table(columns, rows)
    if known.waiting:
        output.line("")
        output.line(_("Does not come this time:"), "head")
        reasons = (Column(_("What"), grows=True), Column(_("Why not"), grows=True))
        output.table(reasons, [Row((one.thing.title, view.waiting(council, one))) for one in known.waiting])
