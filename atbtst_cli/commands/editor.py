"""The editor a person writes in: found, started, waited for."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.store.disk import reason

FALLBACKS = ("nano", "micro", "vim", "vi", "emacs")


def edit(path: Path) -> None:
    """Let the person edit a file and wait until they are done; Refused where there is no editor, or it failed."""
    command = _command()
    try:
        code = subprocess.call([*command, str(path)])
    except OSError as error:
        raise Refused(
            _("The editor {editor} could not be started: {reason}.").format(editor=command[0], reason=reason(error)),
            _("Set another one, such as: export EDITOR=nano"),
        ) from error
    if code:
        raise Refused(
            _("The editor {editor} ended with an error, so nothing was saved.").format(editor=command[0]),
        )


def _command() -> list[str]:
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if wanted:
        return _words(wanted)
    found = next((name for name in FALLBACKS if shutil.which(name)), None)
    if found is None:
        raise Refused(
            _("No editor was found."), _("Set one, such as: export EDITOR=nano   or hand over a file with --from FILE.")
        )
    return [found]


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return [command]


def show(path: Path, otherwise: str) -> None:
    """Open a document in the program that the system has for it; the error else names the command ``otherwise``."""
    program = "open" if sys.platform == "darwin" else "xdg-open"
    if not shutil.which(program):
        said = _("No program that opens documents was found on this computer. The document is {path}")
    elif subprocess.call([program, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        said = _("No program would open {path}")
    else:
        return
    hint = _("Open or copy that file yourself, or read the minutes here:")
    raise Refused(said.format(path=path), f"{hint}\n  {otherwise}")
