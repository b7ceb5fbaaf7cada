"""atbtst check: every record against its schema and the council's rules."""

from pathlib import Path
from typing import Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import Exit, UsageError
from atbtst_cli.language import _

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(short_help="Say all that is wrong in the records; write nothing.")
def check(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Only these files or folders.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="As of that day, such as who held seats.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check every record and say all that is wrong, each with its line; nothing is written.

    Approved documents must be those that were approved; when and by whom one was changed, minutes verify tells.

    What depends on the day, such as empty seats, is told of today, or of the day of --on.

    Example: atbtst check --strict
    """
    from dataclasses import asdict

    from atbtst_cli.output import counted
    from atbtst_cli.views.findings import findings

    session: Session = ctx.obj
    workspace = session.workspace(finish=False)
    found = findings(
        workspace.tree,
        session.day(on) if on else session.today,
        [_inside(path, workspace.root) for path in paths or ()],
    )
    if as_json:
        session.output.json([asdict(finding) for finding in found])
    else:
        session.output.report(found)
        session.output.say(counted(found), "good" if not found else "")
    levels = {finding.level for finding in found}
    if "error" in levels or (strict and "warning" in levels):
        raise typer.Exit(Exit.FINDINGS)


def _inside(path: Path, root: Path) -> str:
    """The path as the workspace knows it; it may be given from the current folder or from the workspace's top."""
    for candidate in (Path.cwd() / path, root / path):
        if candidate.exists() and candidate.resolve().is_relative_to(root.resolve()):
            return candidate.resolve().relative_to(root.resolve()).as_posix()
    raise UsageError(
        _("{path} is not in this workspace.").format(path=path),
        _("Name a file or folder below {root}.").format(root=root),
    )
