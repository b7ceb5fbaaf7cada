"""atbtst doctor: what a crash or a hand left wrong in a clone, and how it is mended."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import AtbtstError, Exit, Refused
from atbtst_cli.language import _, ngettext, use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atbtst_cli.acts.ailments.ailment import Ailment

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Find and mend what a crash or a hand left wrong here.")
def doctor(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without risk.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Look at this clone of the record as Git keeps it, and say what is wrong and what to do about it.

    Nothing is changed without --fix, which does what is safe, says each thing it did, and leaves the rest to you with
    the command for it. The exit code is 3 as long as something is left. What the records say is for: atbtst check

    Example: atbtst doctor
    """
    session: Session = ctx.obj
    found = []
    for ailment in _examined(session, mend=fix):
        found.append(ailment)
        if not as_json:
            _tell(session, ailment)
    if as_json:
        session.output.json([ailment.data() for ailment in found])
    else:
        _sum_up(session, found, fixed=fix)
    if not all(ailment.is_mended for ailment in found):
        raise typer.Exit(Exit.NOT_DONE)


def _examined(session: Session, *, mend: bool) -> "Iterator[Ailment]":
    """What ails the clone; where it cannot even be opened, that."""
    from atbtst_cli.acts.ailments import examine
    from atbtst_cli.acts.ailments.ailment import Ailment, Patient
    from atbtst_cli.store.transaction import Store
    from atbtst_cli.store.workspace import Workspace

    try:
        root = _root(session.start)
        use(session.language or Workspace(root).language())
        patient = Patient(root, Store(root, session.now, session.step))
    except AtbtstError as error:
        yield Ailment("repository", error.message, error.hint)
        return
    try:
        yield from examine(patient, mend=mend)
    finally:
        patient.repo.close()


def _root(start: Path) -> Path:
    """The workspace's folder, also where its settings were taken away from it."""
    from atbtst_cli.store.health import workspaces
    from atbtst_cli.store.workspace import find

    try:
        return find(start)
    except Refused:
        if start.is_dir() and (lost := workspaces(start)):
            return lost[0]
        raise


def _tell(session: Session, ailment: "Ailment") -> None:
    """Say one thing that is wrong, and what is or is to be done about it."""
    session.output.line(ailment.message, "good" if ailment.is_mended else "warn")
    done = _("Done: {remedy}.") if ailment.is_mended else _("With --fix: {remedy}.")
    told = ailment.hint if ailment.hint and not ailment.is_mended else done.format(remedy=ailment.remedy)
    for line in told.splitlines():
        session.output.line(line, indent="    ")


def _sum_up(session: Session, found: "list[Ailment]", *, fixed: bool) -> None:
    """Say how it stands after all."""
    left = [ailment for ailment in found if not ailment.is_mended]
    mendable = [ailment for ailment in left if ailment.mend]
    if not left:
        session.output.say(_("All is well here.") if not found else _("All of it is mended."), "good")
        return
    session.output.say(
        ngettext("{count} thing is left for you.", "{count} things are left for you.", len(left)).format(
            count=len(left)
        )
        if fixed
        else ngettext("{count} thing is wrong here.", "{count} things are wrong here.", len(left)).format(
            count=len(left)
        )
    )
    if mendable and not fixed:
        session.output.say(_("What can be mended is mended with: {command}").format(command="atbtst doctor --fix"))
