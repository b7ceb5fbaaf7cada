"""atbtst minutes: from the secretary's text to the record and its documents."""

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from atbtst_cli.commands import approval, complete, extract, files, offers, past, post
from atbtst_cli.commands.files import Edition, Format
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from atbtst_cli.acts.post import Post
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.meeting import Meeting
    from atbtst_cli.store.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Minutes: write them, read them, publish them.\n\nExample: atbtst minutes show RÅD",
)


Meeting_ = Annotated[
    str | None,
    typer.Argument(
        metavar="[MEETING]",
        help='An id, "RÅD 2026-02-17", "RÅD 1/2026", or RÅD for its latest.',
        autocompletion=complete.meetings,
    ),
]
From = Annotated[
    str | None, typer.Option("--from", metavar="FILE|-", help="Take the text from a file, or from standard input.")
]
Day = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help="The meeting's day: 2026-02-17, 17 februari, 17/2, igår.")
]
KeepGoing = Annotated[bool, typer.Option("--keep-going", help="Keep lines that were not understood as text, marked.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
NoEdit = Annotated[bool, typer.Option("--no-edit", help="Open no editor.")]


@app.command(short_help="Write the minutes of a meeting.")
def new(
    ctx: typer.Context,
    network: Annotated[
        str, typer.Argument(metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks)
    ],
    day: Day = None,
    start: Annotated[str | None, typer.Option(metavar="HH:MM", help="When it began.")] = None,
    end: Annotated[str | None, typer.Option(metavar="HH:MM", help="When it ended.")] = None,
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="Where it was.")] = None,
    number: Annotated[
        str | None, typer.Option(metavar="N|none", help="The meeting's number; none for older minutes.")
    ] = None,
    source: From = None,
    no_edit: NoEdit = False,
    keep_going: KeepGoing = False,
    again: Annotated[bool, typer.Option("--again", help="A second meeting of the body on that day.")] = False,
    yes: Yes = False,
) -> None:
    """Write the minutes of a meeting: in an editor, or from a text that is there already.

    Example: atbtst minutes new RÅD --date 2026-02-17 --from sheet.md
    """
    from atbtst_cli import naming
    from atbtst_cli.acts.sheets import Request
    from atbtst_cli.commands.sitting import Sitting
    from atbtst_cli.commands.waiting import went_on

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    body = naming.network(council, network, session.today)
    given = session.day(day, held=True) if day else None
    asked = source is None and not yes
    if went_on(session, workspace, body.id, given, asked=asked and not no_edit):
        return
    chosen = given or _planned_day(session, council, body.id, asked=asked)
    request = Request(
        network=body.id,
        day=chosen,
        seed=session.seed(),
        fixed_day=day is not None and source is not None,
        start=_hour(start),
        end=_hour(end),
        place=place,
        number=_number(number),
        secretary=session.by(workspace, council),
        again=again,
        prefilled=source is None,
        called=source is None and not no_edit,
        keep_going=keep_going,
        allow_vanished=True,
    )
    sitting = Sitting(session, workspace, request)
    if source is not None:
        sitting.take(files.text(session, source))
    elif no_edit:
        sitting.take(sitting.prefilled())
    else:
        sitting.write_in_editor(sitting.prefilled())


@app.command()
def edit(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    source: From = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why approved minutes are changed; they are a draft again then.")
    ] = None,
    keep_going: KeepGoing = False,
    yes: Yes = False,
) -> None:
    """Correct the minutes of a meeting that was held.

    Example: atbtst minutes edit "RÅD 1/2026"
    """
    from atbtst_cli.acts.sheets import Request, fingerprint
    from atbtst_cli.commands.sitting import Sitting
    from atbtst_cli.commands.waiting import went_on

    session: Session = ctx.obj
    workspace = session.workspace()
    known = named(session, workspace.council(), meeting)
    amendment = approval.amendment(session, workspace, known, reason)
    if went_on(session, workspace, known.network, known.date, asked=source is None and not yes):
        return
    request = Request(
        network=known.network,
        day=known.date,
        seed=session.seed(),
        existing=known.id,
        seen=fingerprint(known),
        amendment=amendment,
        keep_going=keep_going,
        allow_vanished=yes,
    )
    sitting = Sitting(session, workspace, request)
    if source is not None:
        sitting.take(files.text(session, source))
    else:
        sitting.write_in_editor(sitting.prefilled())


@app.command()
def resume(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Which text, as listed.")] = None,
    discard: Annotated[bool, typer.Option("--discard", help="Throw the text away.")] = False,
) -> None:
    """List texts that are not in the record yet, or go on with one.

    Example: atbtst minutes resume
    """
    from atbtst_cli.commands import waiting

    session: Session = ctx.obj
    workspace = session.workspace()
    if name is None:
        waiting.list_kept(session, workspace)
    elif discard:
        waiting.discard(session, workspace, name)
    else:
        waiting.resume(session, workspace, name)


@app.command(short_help="Say how a text would be understood.")
def check(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="The text.")],
    network: Annotated[
        str, typer.Option("--network", "-n", metavar="NETWORK", autocompletion=complete.networks, help="The body.")
    ] = "rad",
    day: Day = None,
) -> None:
    """Say how a text would be understood, line by line, and save nothing.

    Example: atbtst minutes check sheet.md --network RÅD
    """
    from atbtst_cli import naming
    from atbtst_cli.acts import minutes, sheets
    from atbtst_cli.commands.telling import tell
    from atbtst_cli.sheet.text import decode

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    body = naming.network(council, network, session.today)
    chosen = session.day(day, held=True) if day else session.today
    request = sheets.Request(network=body.id, day=chosen, seed=session.seed(), fixed_day=day is not None, again=True)
    text, found = decode(files.text(session, source))
    told = minutes.preview(council, request, text, session.today)
    findings = tuple(replace(one, path=source) for one in (*found, *told.findings))
    tell(session.output, council, replace(told, findings=()))
    sheets.refuse_unclear(findings)
    session.output.findings(findings)


@app.command()
def show(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    network: extract.For = None,
    sheet: Annotated[bool, typer.Option("--sheet", help="As the text a secretary types.")] = False,
    edition: files.For = Edition.INTERNAL,
    draft: files.Draft = False,
    as_of: past.AsOf = None,
) -> None:
    """Print the minutes of a meeting, or what in them concerns a body.

    Example: atbtst minutes show RÅD
    """
    from atbtst_cli.acts import sheets

    session: Session = ctx.obj
    if network and as_of:
        raise UsageError(_("--for and --as-of exclude each other."), _("Leave one of them out."))
    then = past.moment(session, session.workspace(), as_of)
    council, workspace = then.council, then.workspace
    known = named(session, council, meeting)
    if sheet and edition is Edition.PUBLIC:
        raise UsageError(_("A sheet holds everything, so there is none for the public."), _("Leave --sheet out."))
    if sheet and network:
        raise UsageError(_("A sheet holds everything, so there is none for one body."), _("Leave --sheet out."))
    if sheet:
        text = sheets.as_sheet(council, known)
    else:
        _name, make = _made(session, workspace, council, known, network, edition, draft=draft)
        text = make(Format.MD).decode()
    session.output.result(text.rstrip("\n"))
    if network or as_of:
        session.report(council)


@app.command(short_help="Write the minutes of a meeting as a document.")
def render(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    network: extract.For = None,
    form: files.Form = None,
    edition: files.For = Edition.INTERNAL,
    draft: files.Draft = False,
    output: files.Output = None,
) -> None:
    """Write the minutes of a meeting as a document; the same bytes every time.

    With --for it is an extract, of what concerns that body.

    Example: atbtst minutes render RÅD --format html --edition public --draft --output minutes.html
    """
    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    known = named(session, council, meeting)
    name, make = _made(session, workspace, council, known, network, edition, draft=draft)
    files.write(session, output, form, extract.file_name(name, edition), make)
    if network:
        session.report(council)


@app.command("open", short_help="Open the minutes of a meeting as a document.")
def open_(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="The format.")] = Format.PDF,
) -> None:
    """Open the minutes of a meeting in the program that shows documents.

    Example: atbtst minutes open RÅD
    """
    from atbtst_cli.commands.editor import show as show_document

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    known = named(session, council, meeting)
    folder = council.paths["meetings", known.id].rpartition("/")[0]
    path = workspace.root / folder / f"minutes.{form.value}"
    if not path.exists():
        raise UsageError(
            _("{id} has no minutes yet.").format(id=known.id),
            _("Write them with: {command}").format(command=f"atbtst minutes new {known.network} --date {known.date}"),
        )
    show_document(path, f"atbtst minutes show {known.id}")
    session.output.say(_("Opened {path}.").format(path=path), "good")


app.command(short_help="Approve the minutes of a meeting.")(approval.approve)
app.command(short_help="Say whether approved minutes are still what was approved.")(approval.verify)
app.command(short_help="List lines that look like an unmarked action or decision.")(offers.suggest)


@app.command(short_help="Send the minutes of a meeting, a letter each.")
def send(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    folder: post.Folder = None,
    smtp: post.Smtp = False,
    done: post.Done = False,
    again: post.Again = False,
    uncertain: post.Unsure = None,
    draft: files.Draft = False,
    dry_run: post.DryRun = False,
) -> None:
    """Send the minutes of a meeting to everybody who was called or there, as letters to send by hand or by --smtp.

    Guests and distribution lists get the public edition, once the minutes are approved.

    Example: atbtst minutes send RÅD --dry-run
    """
    from atbtst_cli.acts.post import minuted

    session: Session = ctx.obj
    workspace = session.workspace()
    known = named(session, workspace.council(), meeting)

    def make(council: "Council") -> "Post":
        return minuted(
            council,
            known,
            today=session.today,
            by=session.by(workspace),
            document=lambda edition: _document(session, workspace, council, known, "pdf", Edition(edition)),
            draft=draft,
        )

    how = post.How(folder, smtp, done, again, uncertain, dry_run)
    post.go(session, workspace, f"atbtst minutes send {known.id}", make, how)


def _made(
    session: Session,
    workspace: "Workspace",
    council: "Council",
    meeting: "Meeting",
    network: str | None,
    edition: Edition,
    *,
    draft: bool,
) -> "tuple[str, Callable[[Format], bytes]]":
    """The name of the document, and what makes it in a format: the minutes, or what in them concerns a body."""
    if network:
        name, document = extract.minutes(session, workspace, council, meeting, network, edition, draft=draft)
        return name, extract.written(workspace, document)
    _look_over(session, council, meeting, edition, draft=draft)
    return meeting.id, lambda form: _document(session, workspace, council, meeting, form, edition)


def _look_over(session: Session, council: "Council", meeting: "Meeting", edition: Edition, *, draft: bool) -> None:
    """Refuse minutes that are not for the public yet, and say what they would tell it of people."""
    from atbtst_cli.acts import publishing

    if edition is Edition.PUBLIC:
        session.output.findings(publishing.minutes(council, meeting, draft=draft))


def _document(
    session: Session, workspace: "Workspace", council: "Council", meeting: "Meeting", form: str, edition: Edition
) -> bytes:
    """The minutes as a document: the sealed one where they are approved, else made now."""
    from atbtst_cli.acts import minutes
    from atbtst_cli.documents.looks import Looks

    sealed = approval.sealed(session, workspace, meeting, form, edition.value)
    return sealed or minutes.render(council, meeting, Looks.of(workspace.tree), form, edition.value)


def named(session: Session, council: "Council", text: str | None) -> "Meeting":
    """The meeting that was named, or else the latest that was held."""
    from atbtst_cli import naming

    if text is not None:
        return naming.meeting(council, text, session.today)
    held = [meeting for meeting in council.meetings.values() if meeting.held]
    if not held:
        raise UsageError(
            _("There are no minutes on record yet."), _("See: {command}").format(command="atbtst minutes new --help")
        )
    return max(held, key=lambda meeting: (meeting.date, meeting.id))


def _planned_day(session: Session, council: "Council", network_id: str, *, asked: bool) -> date:
    """The day of the planned meeting that is minuted: today's, or a near one that the person confirms; else today."""
    from atbtst_cli.acts.sheets import planned

    meeting = planned(council, network_id, session.today)
    if meeting is None or meeting.date == session.today:
        return session.today
    if not asked or not session.interactive:
        raise UsageError(
            _("{id} is planned near today. Is it the one?").format(id=meeting.id),
            _("Say so with --date {planned}, or with --date {today} for another one.").format(
                planned=meeting.date, today=session.today
            ),
        )
    question = _("Is it the meeting of {date} that you minute?").format(date=meeting.date)
    return meeting.date if session.confirm(question, default=True) else session.today


def _hour(text: str | None) -> time | None:
    from atbtst_cli.naming import hour

    return None if text is None else hour(text)


def _number(text: str | None) -> int | Literal["none"] | None:
    if text is None or text == "none":
        return "none" if text else None
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(_("{text} is no number of a meeting.").format(text=text), _("Give a number from 1, or none."))
    return int(text)
