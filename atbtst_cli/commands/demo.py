"""atbtst demo: the whole main job once, with made-up people, in a workspace of its own."""

import sys
from pathlib import Path
from shlex import quote
from shutil import which
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.language import _, use

if TYPE_CHECKING:
    from atbtst_cli.store.gitrepo import GitRepo

app = typer.Typer(rich_markup_mode=None, add_completion=False)

SHEET = Path(__file__).with_name("demo_sheet.md")
SINCE = "2026-01-01"
PEOPLE = (
    ("Alva Exempel", "ron-dialog/convenor"),
    ("Bo Exempel", "ron-at/convenor"),
    ("Cilla Exempel", None),
    ("Disa Exempel", "ron-bt/convenor"),
    ("Erik Exempel", "ron-st/convenor"),
)
"""Made-up people and the seats they hold."""


@app.command(short_help="See it all once, with made-up people.")
def demo(
    ctx: typer.Context,
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help="The folder; by default atbtst-demo.")] = None,
) -> None:
    """Make a workspace and take one council meeting from text to minutes, without asking anything.

    Example: atbtst demo
    """
    from atbtst_cli.acts import workspaces
    from atbtst_cli.commands.init import create

    session: Session = ctx.obj
    use(session.language or "sv")
    place = workspaces.fresh(path or _free_folder(Path("atbtst-demo")))
    repo = workspaces.begin(place)
    _introduce_secretary(repo)
    session.output.say(_("1. A new workspace with the council's organisation"), "strong")
    create(session, place.root, empty=False)
    session.output.say(f"   {place.root}")
    session.folder = place.root
    session.output.say(_("2. Five made-up members in their seats"), "strong")
    _add_people(session)
    session.output.say(_("3. The secretary's text becomes minutes"), "strong")
    _write_minutes(session)
    _say_what_next(session, place.root)


def _free_folder(wanted: Path) -> Path:
    """The wanted folder, or the first with a number that is not there yet."""
    names = (wanted if count == 1 else wanted.with_name(f"{wanted.name}-{count}") for count in range(1, 1000))
    return next(path for path in names if not path.exists())


def _introduce_secretary(repo: "GitRepo") -> None:
    """Let the demo's commits be made by its secretary, in this repository alone."""
    repo.set_config("user.name", "Cilla Exempel")
    repo.set_config("user.email", "cilla@example.org")
    repo.set_config("commit.gpgsign", "false")


def _add_people(session: Session) -> None:
    from datetime import date

    from atbtst_cli.acts import members
    from atbtst_cli.acts.seats import NO_SEATS, Seating

    workspace = session.workspace()
    for name, seat in PEOPLE:
        seating = Seating((seat,), since=date.fromisoformat(SINCE)) if seat else NO_SEATS
        session.change(workspace, members.add(name, seating=seating, today=session.today))
        session.output.say(f"   {name}{f' – {seat}' if seat else ''}")


def _write_minutes(session: Session) -> None:
    from datetime import date

    from atbtst_cli.acts.sheets import Request
    from atbtst_cli.commands.sitting import Sitting

    request = Request(network="rad", day=date(2026, 2, 17), seed=session.seed())
    Sitting(session, session.workspace(), request).take(SHEET.read_bytes())


def _say_what_next(session: Session, root: Path) -> None:
    folder = root / "records/meetings/2026/2026-02-17-rad"
    program = "atbtst" if which("atbtst") else quote(sys.argv[0])
    session.output.say(_("Look at it:"), "strong")
    for label, text in (
        (_("the minutes"), str(folder / "minutes.pdf")),
        (_("open action items"), f"{program} -C {quote(str(root))} item list"),
        (_("every change"), f"git -C {quote(str(root))} log --stat"),
    ):
        session.output.result(f"   {label:<20} {text}")
