"""atbtst minutes: from the secretary's text to the record and its documents."""

import sys
from dataclasses import replace
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.meeting import Meeting

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Minutes: write them, read them, publish them.\n\nExample: atbtst minutes show RÅD",
)


class Format(StrEnum):
    """The formats of a document."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"


class Edition(StrEnum):
    """Who a document is for."""

    INTERNAL = "internal"
    PUBLIC = "public"


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
KeepGoing = Annotated[bool, typer.Option("--keep-going", help="Keep lines that were not understood as text, marked.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
NoEdit = Annotated[bool, typer.Option("--no-edit", help="Open no editor.")]


@app.command(short_help="Write the minutes of a meeting.")
def new(
    ctx: typer.Context,
    network: Annotated[
        str, typer.Argument(metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks)
    ],
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The meeting's day.")] = None,
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
    from atbtst_cli.acts.minutes import Request
    from atbtst_cli.commands.sitting import Sitting

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    body = naming.network(council, network, session.today)
    chosen = _day(day, session) if day else _planned_day(session, council, body.id, asked=source is None and not yes)
    request = Request(
        network=body.id,
        day=chosen,
        seed=session.seed(),
        fixed_day=day is not None,
        start=_hour(start),
        end=_hour(end),
        place=place,
        number=_number(number),
        secretary=session.by(workspace),
        again=again,
        prefilled=source is None,
        called=source is None and not no_edit,
        keep_going=keep_going,
        allow_vanished=True,
    )
    sitting = Sitting(session, workspace, request)
    if source is not None:
        sitting.take(_text(session, source))
    elif no_edit:
        sitting.take(sitting.prefilled())
    else:
        sitting.write_in_editor(sitting.prefilled())


@app.command()
def edit(
    ctx: typer.Context, meeting: Meeting_ = None, source: From = None, keep_going: KeepGoing = False, yes: Yes = False
) -> None:
    """Correct the minutes of a meeting that was held.

    Example: atbtst minutes edit "RÅD 1/2026"
    """
    from atbtst_cli.acts.minutes import Request, fingerprint
    from atbtst_cli.commands.sitting import Sitting

    session: Session = ctx.obj
    workspace = session.workspace()
    known = _meeting(session, workspace.council(), meeting)
    request = Request(
        network=known.network,
        day=known.date,
        seed=session.seed(),
        existing=known.id,
        seen=fingerprint(known),
        keep_going=keep_going,
        allow_vanished=yes,
    )
    sitting = Sitting(session, workspace, request)
    if source is not None:
        sitting.take(_text(session, source))
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
    from atbtst_cli.commands import sitting

    session: Session = ctx.obj
    workspace = session.workspace()
    if name is None:
        sitting.list_kept(session, workspace)
    elif discard:
        sitting.discard(session, workspace, name)
    else:
        sitting.resume(session, workspace, name)


@app.command(short_help="Say how a text would be understood.")
def check(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="The text.")],
    network: Annotated[
        str, typer.Option("--network", "-n", metavar="NETWORK", autocompletion=complete.networks, help="The body.")
    ] = "rad",
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The meeting's day.")] = None,
) -> None:
    """Say how a text would be understood, line by line, and save nothing.

    Example: atbtst minutes check sheet.md --network RÅD
    """
    from atbtst_cli import naming
    from atbtst_cli.acts import minutes
    from atbtst_cli.commands.telling import tell
    from atbtst_cli.sheet.text import decode

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    body = naming.network(council, network, session.today)
    chosen = _day(day, session) if day else session.today
    request = minutes.Request(network=body.id, day=chosen, seed=session.seed(), fixed_day=day is not None, again=True)
    text, found = decode(_text(session, source))
    reading = minutes.understand(council, request, text)
    findings = tuple(replace(one, path=source) for one in (*found, *reading.findings))
    tell(session.output, council, minutes.Understood(reading.meeting, ()))
    minutes.refuse_unclear(findings)
    session.output.findings(findings)


@app.command()
def show(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    sheet: Annotated[bool, typer.Option("--sheet", help="As the text a secretary types.")] = False,
    edition: Annotated[Edition, typer.Option(help="Who it is for.")] = Edition.INTERNAL,
) -> None:
    """Print the minutes of a meeting.

    Example: atbtst minutes show RÅD
    """
    from atbtst_cli.acts import minutes
    from atbtst_cli.documents.looks import Looks

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    known = _meeting(session, council, meeting)
    if sheet:
        text = minutes.as_sheet(council, known)
    else:
        text = minutes.render(council, known, Looks.of(workspace.tree), "md", edition.value).decode()
    session.output.result(text.rstrip("\n"))


@app.command(short_help="Write the minutes of a meeting as a document.")
def render(
    ctx: typer.Context,
    meeting: Meeting_ = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="The format.")] = Format.PDF,
    edition: Annotated[Edition, typer.Option(help="Who it is for.")] = Edition.INTERNAL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; - for standard output.")
    ] = None,
) -> None:
    """Write the minutes of a meeting as a document; the same bytes every time.

    Example: atbtst minutes render RÅD --format html --edition public --output minutes.html
    """
    from atbtst_cli.acts import minutes
    from atbtst_cli.documents.looks import Looks

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    known = _meeting(session, council, meeting)
    data = minutes.render(council, known, Looks.of(workspace.tree), form.value, edition.value)
    public = "-public" if edition is Edition.PUBLIC else ""
    path = output or Path(f"{known.id}{public}.{form.value}")
    if str(path) == "-":
        session.output.raw(data)
        return
    path.write_bytes(data)
    session.output.say(_("Wrote {path} ({count} bytes).").format(path=path, count=len(data)), "good")


@app.command("open")
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
    known = _meeting(session, council, meeting)
    folder = council.paths["meetings", known.id].rpartition("/")[0]
    path = workspace.root / folder / f"minutes.{form.value}"
    if not path.exists():
        raise UsageError(
            _("{id} has no minutes yet.").format(id=known.id),
            _("Write them with: {command}").format(command=f"atbtst minutes new {known.network} --date {known.date}"),
        )
    show_document(path)


def _meeting(session: Session, council: "Council", text: str | None) -> "Meeting":
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
    from atbtst_cli.acts.minutes import planned

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


def _day(text: str, session: Session) -> date:
    from atbtst_cli.naming import day

    return day(text, session.today)


def _hour(text: str | None) -> time | None:
    if text is None:
        return None
    try:
        return time.fromisoformat(text.replace(".", ":"))
    except ValueError:
        raise UsageError(_("{text} is no time of day.").format(text=text), _("Write it as 13:15.")) from None


def _number(text: str | None) -> int | Literal["none"] | None:
    if text is None or text == "none":
        return "none" if text else None
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(_("{text} is no number of a meeting.").format(text=text), _("Give a number from 1, or none."))
    return int(text)


def _text(session: Session, source: str) -> bytes:
    """The bytes of the text: a file's, or standard input's."""
    if source != "-":
        path = Path(source)
        if not path.is_file():
            raise UsageError(_("There is no file {path}.").format(path=path), _("Give the path of your text."))
        return _plain(path.read_bytes(), source)
    if session.interactive:
        session.output.say(_("Type the text, and end with Ctrl-D on a line of its own."))
    return _plain(sys.stdin.buffer.read(), source)


def _plain(data: bytes, source: str) -> bytes:
    from atbtst_cli.sheet.text import is_text

    if not is_text(data):
        raise UsageError(
            _("{path} is no text, but a Word file, a PDF, a picture or the like.").format(path=source),
            _("Open it, select everything, paste it into a text file (.txt), and hand that over."),
        )
    return data
