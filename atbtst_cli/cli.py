"""The table of commands, and the only place where an error becomes an exit code."""

import gc
import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import AtbtstError, Exit
from atbtst_cli.language import LANGUAGES, _, use

COMMANDS = {
    "minutes": "minutes",
    "agenda": "agenda",
    "report": "report",
    "item": "item",
    "decision": "decision",
    "matter": "matter",
    "meeting": "meeting",
    "member": "member",
    "network": "network",
    "status": "status",
    "sync": "sync",
    "resolve": "resolve",
    "undo": "undo",
    "log": "log",
    "diff": "diff",
    "show": "show",
    "check": "check",
    "doctor": "doctor",
    "init": "init",
    "clone": "clone",
    "demo": "demo",
    "migrate": "migrate",
    "merge-driver": "merge_driver",
    "help": "help",
}
"""Each noun, and the module of commands/ that holds its verbs."""

ClickError: type[Any] = typer.BadParameter.__mro__[2]
"""What the command line's own parser raises; the library names it only as an ancestor."""


class Stopped(Exception):
    """Carries, as its cause, what stopped a command past the library, which would end the program without a word."""


class CommandTable(TyperGroup):
    """The nouns, each imported only when it is used."""

    def invoke(self, ctx: Any) -> Any:
        """What the command returns; Stopped where it was interrupted, or the system refused something."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, OSError) as error:
            raise Stopped from error

    def list_commands(self, _ctx: Any) -> list[str]:
        """Every noun, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """The command behind a noun, or None for an unknown word."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"atbtst_cli.commands.{COMMANDS[cmd_name]}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command


app = typer.Typer(cls=CommandTable, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def atbtst(
    ctx: typer.Context,
    folder: Annotated[Path | None, typer.Option("-C", metavar="PATH", help="Work in this workspace.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print results and errors only.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="Print without colour, as with NO_COLOR.")] = False,
    language: Annotated[str | None, typer.Option(metavar="sv|en", help="Speak this language.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", hidden=True)] = False,
) -> None:
    """Keep a council's record: minutes, action items and members, as plain files that Git remembers.

    Without a command it says what there is to do, as status does.

    Start with: atbtst demo
    """
    if version:
        _print_version(as_json=as_json)
        raise typer.Exit
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"'{language}' is not one of {', '.join(LANGUAGES)}", ctx, param_hint="--language")
    session: Session = ctx.obj
    session.folder, session.quiet, session.language = folder, quiet, language
    session.color = False if no_color or os.environ.get("NO_COLOR") else None
    if language:
        use(language)
    if ctx.invoked_subcommand is None:
        _what_now(ctx, session)


def _what_now(ctx: typer.Context, session: Session) -> None:
    """Say what there is to do in this workspace; where there is none, how the program is used."""
    from atbtst_cli.store.workspace import root_above

    if root_above(session.start.absolute()):
        from atbtst_cli.commands.status import status

        status(ctx)
    else:
        typer.echo(ctx.get_help())


def _spoken() -> str:
    """The language to speak before a workspace is known: Swedish, unless the system plainly speaks English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if locale.startswith("en") else "sv"


def _print_version(*, as_json: bool) -> None:
    from atbtst_cli import __version__

    if as_json:
        import json

        from atbtst_cli.output import versions

        typer.echo(json.dumps(versions(), indent=2))
    else:
        typer.echo(f"atbtst {__version__}")


def run(arguments: list[str], session: Session | None = None) -> int:
    """Run one command line and return its exit code; nothing is raised."""
    session = session or Session()
    use(_spoken())
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="atbtst", standalone_mode=False, obj=session)
        sys.stdout.flush()
        return int(code or Exit.DONE)
    except SystemExit:
        raise  # the shell's completion ends this way
    except Stopped as stopped:
        return _ended(session, stopped.__cause__ or stopped)
    except BaseException as error:  # noqa: BLE001  every end of a run has its exit code
        return _ended(session, error)
    finally:
        session.close()


def _ended(session: Session, error: BaseException) -> int:
    """Say why the run ended, in the way that fits the error; its exit code."""
    if isinstance(error, ClickError):
        return _say_usage(session, error)
    if isinstance(error, typer.Abort | KeyboardInterrupt | EOFError):
        typer.echo(_interrupted(session), err=True)
        return Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        # The reader has seen enough; what is still buffered goes nowhere, silently.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    if isinstance(error, OSError):
        from atbtst_cli.store.disk import told

        error = told(error)
    return _say(session, error) if isinstance(error, AtbtstError) else _say_bug(error)


def _interrupted(session: Session) -> str:
    """That the run was broken off, and whether anything had been saved by then."""
    if session.saved is None:
        return _("Interrupted; nothing was changed.")
    return _("Interrupted, but the change had been saved already, as commit {commit}.").format(
        commit=session.saved[:10]
    )


def _say_usage(session: Session, error: Any) -> int:
    """Say what of the command line was not understood, as the workspace speaks; a noun alone shows its help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return Exit.USAGE
    from atbtst_cli.commands import parser

    with suppress(AtbtstError, OSError):
        session.workspace(finish=False)
    return _say(session, parser.told(error))


def _say(session: Session, error: AtbtstError) -> int:
    session.output.error(error)
    return error.exit_code


def _say_bug(error: BaseException) -> int:
    import traceback

    from atbtst_cli.language.controls import printable

    typer.echo(printable("".join(traceback.format_exception(error))), err=True)
    typer.echo(_("This is a fault in atbtst itself, not in what you did. Please report the lines above."), err=True)
    return Exit.BUG


def main() -> None:
    """Run the program as the system started it."""
    if sys.getfilesystemencoding() == "ascii":
        # Neither å nor a file that is named so would be understood: Python begins anew, and takes all text as UTF-8.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  itself, as it was started
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)
