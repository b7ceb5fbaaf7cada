"""atbtst merge-driver: what plain Git runs to merge a record."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import AtbtstError, Exit
from atbtst_cli.language import _, use

if TYPE_CHECKING:
    from atbtst_cli.acts.driver import Driven
    from atbtst_cli.models.directory import Directory

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Merge one record, as Git asks for it.", hidden=True)
def merge_driver(
    ctx: typer.Context,
    base: Annotated[Path, typer.Argument(metavar="BASE", help="The file as it was before; empty where it is new.")],
    mine: Annotated[Path, typer.Argument(metavar="MINE", help="The file as it stands here; the merged one goes here.")],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help="The file as it comes in.")],
    path: Annotated[str | None, typer.Argument(metavar="[PATH]", help="The record's path; by default MINE.")] = None,
) -> None:
    """Merge three versions of a record field by field, and write the result to MINE.

    Git runs this by itself in git pull, merge, rebase and stash pop, once init, clone, sync or doctor --fix have told
    it so. What both changed in different ways stands in the file between marks, and the exit code is 5.

    Example: atbtst merge-driver before.yaml mine.yaml theirs.yaml records/items/2026/i-k7q3d9m.yaml
    """
    from atbtst_cli.acts import driver
    from atbtst_cli.store.disk import replace_synced
    from atbtst_cli.store.workspace import Workspace

    session: Session = ctx.obj
    path = path or mine.as_posix()
    folder, inside = driver.home(path)
    root = session.start / folder
    use(session.language or Workspace(root).language())
    driven = driver.drive(inside, *(file.read_bytes() for file in (base, mine, theirs)))
    replace_synced(mine, driven.data)
    _say(session, root, path, driven)
    if not driven.whole:
        raise typer.Exit(Exit.CONFLICT)


def _say(session: Session, root: Path, path: str, driven: "Driven") -> None:
    """Say what clashes in a file, why one was merged by lines only, and the way out."""
    session.output.findings(driven.findings)
    if driven.findings:
        session.output.say(_("{path} could not be merged as a record, only line by line.").format(path=path), "warn")
    if driven.clashes:
        _say_clashes(session, root, driven)
    if not driven.whole:
        told = _("{path} now holds what both wrote, between marks. The ways out are told by: {command}")
        session.output.say(told.format(path=path, command="atbtst doctor"), "warn")


def _say_clashes(session: Session, root: Path, driven: "Driven") -> None:
    """Say what both versions did to each field that clashes."""
    from atbtst_cli.models.differences import Difference
    from atbtst_cli.views.differences import said

    names = _names(session, root)
    record = driven.record
    label = " ".join(filter(None, (getattr(record, "id", ""), getattr(record, "title", ""))))
    for clash in driven.clashes:
        here, coming = (said(Difference(clash.way, clash.base, side), names) for side in (clash.mine, clash.theirs))
        told = _("{record}: both changed the same thing.\n  here:      {here}\n  coming in: {coming}")
        session.output.say(told.format(record=label or "settings", here=here, coming=coming), "warn")


def _names(session: Session, root: Path) -> "Directory":
    """What people and bodies are called, as far as the files can be read in the middle of a merge."""
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.directory import Directory
    from atbtst_cli.models.settings import FORMAT, Settings
    from atbtst_cli.store.workspace import Workspace

    try:
        return Directory(Workspace(root).council(), session.today)
    except (AtbtstError, OSError):
        return Directory(Council(Settings(format=FORMAT, name="–", organisation="–")), session.today)
