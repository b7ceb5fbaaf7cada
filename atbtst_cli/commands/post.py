"""What calls, minutes and reminders have in common when they are sent: the options, and which way the letters go."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.acts.post import Post
    from atbtst_cli.models.council import Council
    from atbtst_cli.store.workspace import Workspace


class Uncertain(StrEnum):
    """What becomes of letters of which nobody knows whether they arrived."""

    SEND = "send"
    SKIP = "skip"


Folder = Annotated[
    Path | None,
    typer.Option("--output", metavar="FOLDER", help="Where the letters are written; else in a new folder here."),
]
Smtp = Annotated[bool, typer.Option("--smtp", help="Hand the letters to the mail server of the settings.")]
Done = Annotated[bool, typer.Option("--done", help="The letters were sent by hand: put that on record.")]
Again = Annotated[bool, typer.Option("--again", help="Also to those who have it already.")]
Unsure = Annotated[
    Uncertain | None,
    typer.Option("--uncertain", help="What to do with letters of which nobody knows whether they arrived."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say who would get a letter; write and send nothing.")]


@dataclass(frozen=True, slots=True)
class How:
    """How letters are to go: as drafts into a folder, unless something else is said."""

    folder: Path | None
    smtp: bool
    done: bool
    again: bool
    uncertain: Uncertain | None
    dry_run: bool


def go(session: Session, workspace: "Workspace", command: str, make: "Callable[[Council], Post]", how: How) -> None:
    """Send a mailing in the way that was asked for; ``command`` is what the user typed for it, without that way."""
    if how.smtp + how.done + how.dry_run + (how.folder is not None) > 1:
        raise UsageError(
            _("--smtp, --done, --output and --dry-run exclude each other."), _("Leave all but one of them out.")
        )
    from atbtst_cli.commands.sending import Sending

    Sending(session, workspace, command, how).run(make)
