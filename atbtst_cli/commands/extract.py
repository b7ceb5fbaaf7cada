"""What is drawn from the record for somebody: an extract of minutes, of a matter, the book of a body's year."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete, files
from atbtst_cli.commands.files import Edition, Format
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.documents.tree import Document
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.meeting import Meeting
    from atbtst_cli.store.workspace import Workspace

For = Annotated[
    str | None,
    typer.Option("--for", metavar="NETWORK", help="Just what concerns this body.", autocompletion=complete.networks),
]


def minutes(
    session: Session,
    workspace: "Workspace",
    council: "Council",
    meeting: "Meeting",
    network: str,
    edition: Edition,
    *,
    draft: bool,
) -> tuple[str, "Document"]:
    """What the minutes of a meeting hold that concerns a body: the name of its file, and the document."""
    from atbtst_cli import naming
    from atbtst_cli.acts import publishing
    from atbtst_cli.documents import extract
    from atbtst_cli.models.directory import Directory

    [meeting] = _as_approved(session, workspace, [meeting])
    body = naming.body_id(council, network, meeting.date)
    name = Directory(council, meeting.date).body(body)
    if body in (meeting.network, *meeting.with_):
        raise UsageError(
            _("The meeting was {body}'s own, so all of its minutes concern {body}.").format(body=name),
            _("Leave --for out."),
        )
    document = extract.build(meeting, council, edition.value, body)
    if document is None:
        raise Refused(
            _("The minutes {id} hold nothing that concerns {body}.").format(id=meeting.id, body=name),
            _("See all of them with: {command}").format(command=f"atbtst minutes show {meeting.id}"),
        )
    if edition is Edition.PUBLIC:
        session.output.findings(publishing.extract(council, meeting, document, draft=draft))
    return f"{meeting.id}-{body}", document


def matter(
    ctx: typer.Context,
    matter: Annotated[
        str, typer.Argument(metavar="MATTER", help="Its id, or the beginning.", autocompletion=complete.matters)
    ],
    form: files.Form = None,
    edition: files.For = Edition.INTERNAL,
    draft: Annotated[
        bool, typer.Option("--draft", help="For the public, quote minutes too that are not approved, marked as drafts.")
    ] = False,
    output: files.Output = None,
) -> None:
    """Write an extract on a matter: where it lies, its way, and what has been minuted of it.

    Example: atbtst matter render m-7c2k --format html --output matter.html
    """
    from atbtst_cli import naming
    from atbtst_cli.acts import publishing
    from atbtst_cli.documents import matter as extract

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    known = naming.matter(council, matter)
    is_public = edition is Edition.PUBLIC
    if is_public and known.internal:
        raise Refused(
            _("The matter {id} is internal, so there is no edition of it for the public.").format(id=known.id),
            _("Leave --edition out, for members."),
        )
    council = _with(council, _as_approved(session, workspace, extract.meetings(known, council)))
    document = extract.build(known, council, edition.value, drafts=draft or not is_public)
    if is_public:
        session.output.findings(publishing.compiled(council, extract.meetings(known, council), document))
    files.write(session, output, form, file_name(known.id, edition), written(workspace, document))
    session.report(council)


def yearbook(
    ctx: typer.Context,
    network: Annotated[
        str, typer.Argument(metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks)
    ],
    year: Annotated[str | None, typer.Option("--year", metavar="YYYY", help="Which year; by default this one.")] = None,
    form: files.Form = None,
    edition: files.For = Edition.INTERNAL,
    draft: files.Draft = False,
    output: files.Output = None,
) -> None:
    """Write the book of a body's year: meetings, attendance, decisions, action items, matters.

    Until the year is over and all its minutes are approved the book is a draft.

    Example: atbtst network yearbook RÅD --year 2026 --format html --output yearbook.html
    """
    from atbtst_cli import naming
    from atbtst_cli.acts import publishing
    from atbtst_cli.documents import yearbook as book
    from atbtst_cli.rules import year as years
    from atbtst_cli.rules.carry import awaits_approval

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    until = _until(session, year)
    body = naming.network(council, network, until)
    held = years.meetings(council, body.id, until)
    council = _with(council, _as_approved(session, workspace, held))
    document = book.build(council, body.id, until, edition.value)
    if document is None:
        raise Refused(
            _("{body} has nothing on record in {year}.").format(body=body.short(until), year=until.year),
            _("See: {command}").format(command=f"atbtst meeting list --network {body.id}"),
        )
    if edition is Edition.PUBLIC:
        publishing.refuse_draft(council, filter(awaits_approval, held), draft=draft)
        session.output.findings(publishing.compiled(council, held, document))
    files.write(session, output, form, file_name(f"{body.id}-{until.year}", edition), written(workspace, document))
    session.report(council)


def written(workspace: "Workspace", document: "Document") -> Callable[[Format], bytes]:
    """The document in a format, in the looks of the workspace."""
    from atbtst_cli.documents.formats import FORMATS
    from atbtst_cli.documents.looks import Looks

    looks = Looks.of(workspace.tree)
    return lambda form: FORMATS[form](document, looks)


def file_name(name: str, edition: Edition) -> str:
    """The name of a file that nobody named, which tells its edition."""
    return f"{name}-public" if edition is Edition.PUBLIC else name


def _as_approved(session: Session, workspace: "Workspace", meetings: "Iterable[Meeting]") -> "list[Meeting]":
    """These meetings, where the minutes that are approved stand as they were approved."""
    from atbtst_cli.views.archive import Archive, as_approved

    return as_approved(Archive(session.store(workspace), workspace.tree), meetings)


def _with(council: "Council", meetings: "Iterable[Meeting]") -> "Council":
    """The council with these meetings in the place of its own."""
    return replace(council, meetings=dict(council.meetings.items()) | {one.id: one for one in meetings})


def _until(session: Session, year: str | None) -> date:
    """The last day of the year, or today while it lasts; UsageError for one that is still to come, or for no year."""
    if year is None:
        return session.today
    if not re.fullmatch(r"[1-9]\d{3}", year, re.ASCII):
        raise UsageError(_("{text} is no year.").format(text=year), _("Write it with four digits, such as 2026."))
    if int(year) > session.today.year:
        raise UsageError(
            _("The year {year} is still to come.").format(year=year), _("Give a year that has begun, with --year.")
        )
    return min(session.today, date(int(year), 12, 31))
