"""The verbs of approval: approve minutes, and verify that they are still what was approved."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import AtbtstError, Declined, Exit, Invalid, Refused, UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.documents.edition import Edition
    from atbtst_cli.models.change import Change
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.meeting import Amendment, Meeting
    from atbtst_cli.store.transaction import Done
    from atbtst_cli.store.workspace import Workspace
    from atbtst_cli.views.archive import Archive
    from atbtst_cli.views.verdicts import Known, Verdict

MEETING_HELP = 'An id, "RÅD 2026-02-17", "RÅD 1/2026", or RÅD for its latest.'


def approve(
    ctx: typer.Context,
    meeting: Annotated[
        str, typer.Argument(metavar="MEETING", help=MEETING_HELP, autocompletion=complete.meetings, show_default=False)
    ],
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", metavar="MEMBER", help="Who approved; several times for several.", autocompletion=complete.members
        ),
    ] = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day of the approval.")] = None,
    changes: Annotated[str | None, typer.Option(metavar="TEXT", help="Approved with these changes.")] = None,
) -> None:
    """Approve the minutes of a meeting: they are sealed, published, and no longer a draft.

    Example: atbtst minutes approve RÅD --by alva-exempel
    """
    from atbtst_cli.acts.approval import by_members
    from atbtst_cli.documents.looks import Looks
    from atbtst_cli.naming import meeting as find

    session: Session = ctx.obj
    workspace = session.workspace()
    on = session.day(day, held=True) if day else None
    act = by_members(meeting, by or (), on, changes, today=session.today, looks=Looks.of(workspace.tree))
    _warn_and_ask(session, workspace.council(), act)
    done = session.change(workspace, act, lambda council: ("meetings", find(council, meeting, session.today).id))
    tell_approved(session, workspace.root, done)


def _warn_and_ask(session: Session, council: "Council", act: "Callable[[Council], Change[Meeting]]") -> None:
    """Say what the sealed minutes will tell the public of people; at a terminal, ask whether they are to be sealed."""
    from atbtst_cli.acts import publishing

    try:
        approved = act(council).answer
    except AtbtstError:
        return  # said by the change itself, from what is on record
    findings = publishing.minutes(council, approved, draft=False)
    session.output.findings(findings)
    if findings and session.interactive and not session.confirm(_("Seal and publish it all the same?"), default=False):
        raise Declined(_("The minutes {id} were not approved; nothing was changed.").format(id=approved.id))


def tell_approved(session: Session, root: Path, done: "Done[Meeting]") -> None:
    """Print what was approved, its tag, where the documents are, and the commit."""
    from atbtst_cli.rules import seals

    meeting = done.answer
    tag = seals.name(meeting.id, seals.number(meeting))
    session.output.say(_("{id} is approved, and sealed with the tag {tag}.").format(id=meeting.id, tag=tag), "good")
    for path in (path for path in done.paths if path.endswith(".pdf")):
        session.output.say(_("Documents: {path} (also .html and .md)").format(path=root / path))
    session.say_commit(done)


def amendment(session: Session, workspace: "Workspace", meeting: "Meeting", reason: str | None) -> "Amendment | None":
    """Why approved minutes are changed, and that it is today and by whom; Refused where that is missing."""
    from atbtst_cli.acts.approval import open_again
    from atbtst_cli.models.meeting import Amendment
    from atbtst_cli.models.problems import made

    said = " ".join((reason or "").split())
    amendment = made(Amendment, date=session.today, by=session.by(workspace), reason=said) if said else None
    open_again(meeting, amendment)
    return amendment


def sealed(session: Session, workspace: "Workspace", meeting: "Meeting", form: str, edition: "Edition") -> bytes | None:
    """A document of approved minutes, byte for byte as it was approved; None where none was sealed.

    Refused where it is nowhere to be had any more.
    """
    from atbtst_cli.documents.makers import name_of
    from atbtst_cli.views.archive import Archive
    from atbtst_cli.views.archive import sealed as kept

    seal, name = meeting.approval.sealed if meeting.approval else None, name_of(edition, form)
    if seal is None or name not in seal.documents:
        return None
    store = session.store(workspace)
    path = f"{workspace.council().paths['meetings', meeting.id].rpartition('/')[0]}/{name}"
    try:
        data = kept(Archive(store, workspace.tree), meeting.id, path, seal.documents[name])
    finally:
        store.repo.close()
    if data is None:
        raise Refused(
            _("The approved document {name} of {id} is no longer there as it was approved.").format(
                name=name, id=meeting.id
            ),
            _("See: {command}").format(command=f"atbtst minutes verify {meeting.id}"),
        )
    return data


def verify(
    ctx: typer.Context,
    meeting: Annotated[
        str | None, typer.Argument(metavar="[MEETING]", help=MEETING_HELP, autocompletion=complete.meetings)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All minutes that are approved, or were.")] = False,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Say whose approved document this file is.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Say whether approved minutes are still what was approved, and if not what was changed, when and by whom.

    Example: atbtst minutes verify --all
    """
    from atbtst_cli.views.archive import Archive
    from atbtst_cli.views.verdicts import verdict

    if (meeting is not None) + every + (file is not None) > 1:
        raise UsageError(_("MEETING, --all and --file do not go together."), _("Give one of them."))
    session: Session = ctx.obj
    workspace = session.workspace()
    store = session.store(workspace)
    archive = Archive(store, workspace.tree)
    try:
        found = _found(archive, file) if file else None
        named = archive.meetings() if every else [found.meeting if found else _named(session, archive, meeting)]
        verdicts = [verdict(archive, one) for one in named]
        if as_json:
            session.output.json({"document": found and asdict(found), "meetings": [one.data() for one in verdicts]})
        else:
            _tell(session, archive, found, verdicts)
    finally:
        store.repo.close()
    if any(one.result == "changed" for one in verdicts):
        raise typer.Exit(Exit.FINDINGS)
    if not every:
        _refuse_open(verdicts[0])


def _named(session: Session, archive: "Archive", text: str | None) -> str:
    """The id of the meeting that was named, be its record readable or not; or of the latest that is approved."""
    from atbtst_cli import naming

    if text is not None:
        return text if archive.knows(text) else naming.meeting(archive.council, text, session.today).id
    known = (archive.council.meetings.get(one) for one in archive.meetings())
    approved = [one for one in known if one]
    if not approved:
        raise UsageError(
            _("No minutes are approved yet."),
            _("See: {command}").format(command="atbtst minutes approve --help"),
        )
    return max(approved, key=lambda one: (one.date, one.id)).id


def _found(archive: "Archive", file: Path) -> "Known":
    """Which approved document a file is; Invalid where it is none."""
    from atbtst_cli.views.verdicts import known

    if not file.is_file():
        raise UsageError(_("There is no file {path}.").format(path=file), _("Give the path of a document."))
    found = known(archive, file.read_bytes())
    if found is None:
        raise Invalid(
            _("{path} is none of the documents that were approved here, byte for byte.").format(path=file),
            _("It may be a draft, a changed or newly saved copy, or another council's."),
        )
    return found


def _tell(session: Session, archive: "Archive", found: "Known | None", verdicts: "Sequence[Verdict]") -> None:
    from atbtst_cli.views import answers as view

    if found:
        session.output.facts([(_("Document"), view.said_of_document(archive.council, found))])
    for number, one in enumerate(verdicts):
        session.output.facts([*([("", "")] if number else []), *view.facts(archive.council, one)])
        if command := view.way_back(one):
            session.output.say(_("What was approved comes back with: {command}").format(command=command))
    if not verdicts:
        session.output.say(_("No minutes are approved yet."))


def _refuse_open(verdict: "Verdict") -> None:
    """Refused for minutes that have no seal now, of which nothing can be verified."""
    if verdict.result == "open":
        raise Refused(
            _("The minutes {id} have no seal now, so there is nothing to verify.").format(id=verdict.meeting),
            _("Approve them with: {command}").format(
                command=f"atbtst minutes approve {verdict.meeting} --by {_('MEMBER')}"
            ),
        )
