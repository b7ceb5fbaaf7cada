"""The git program, by GitPython's way to it: its only home. No text of a user ever becomes an option or a ref."""

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from atbtst_cli.errors import AtbtstError, Refused
from atbtst_cli.language import _

for _name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[_name]
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import git  # noqa: E402  GitPython reads the environment when it is imported

OLDEST = (2, 38)
PIECE = 1 << 16
"""Bytes that are read at once of what git goes on printing."""
PATIENCE = 5
"""Seconds to wait for another Git program that holds a lock."""
SETTINGS = {
    "core.fsync": "all",
    "core.fsyncMethod": "fsync",
    "core.filesRefLockTimeout": str(1000 * PATIENCE),
    "core.packedRefsTimeout": str(1000 * PATIENCE),
    # No hook runs and no background process starts, so that nothing but Git itself can change or delay what we do.
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "i18n.commitEncoding": "UTF-8",
    "i18n.logOutputEncoding": "UTF-8",
}
"""What every call of git is told, whatever the user's own settings say."""


class GitFailed(AtbtstError):
    """The git program said no; its own words are kept."""

    def __init__(self, folder: object, step: str, said: str) -> None:
        reason = " ".join(said.split()) or _("it gave no reason")
        full = "No space left" in said or "Out of diskspace" in said
        super().__init__(
            _("Git could not do its part in {folder} ({step}): {reason}").format(
                folder=folder, step=step, reason=reason
            ),
            _("Make room on the disk, then try again.") if full else "",
        )
        self.said = said


def locked(path: Path) -> Refused:
    """That a lock of Git's is there which is not ours: which file, since when, and what to do."""
    try:
        since = moment(path.stat().st_mtime)
    except OSError:
        since = "–"
    return Refused(
        _("Another Git program is at work here: {path} has been there since {since}.").format(path=path, since=since),
        _(
            "Wait until it is done. What a crash left behind is taken away after a minute by: {fix}   or at once, if no"
            " Git program is running, by: {remove}"
        ).format(fix="atbtst doctor --fix", remove=shlex.join(["rm", str(path)])),
    )


def moment(seconds: float) -> str:
    """A file's time as people read it on this computer's clock."""
    try:
        return datetime.fromtimestamp(seconds).isoformat(" ", "minutes")  # noqa: DTZ006  the clock on the wall
    except (ValueError, OverflowError, OSError):
        return "–"


def environment() -> dict[str, str]:
    """What a git child sees: no settings from GIT_ variables, no prompt, messages in English."""
    return {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def refuse_old(folder: Path) -> None:
    """Refuse to go on without git, or with one that is too old; what its makers add to the number does not count."""
    process = _begun(git.Git(str(folder)), {}, "version", env=environment())
    out, err = process.proc.communicate()
    if process.proc.returncode:
        raise GitFailed(folder, "version", err.decode("utf-8", "replace"))
    number = re.search(rb"\d+(\.\d+)+", out)
    if number and tuple(map(int, number[0].split(b"."))) < OLDEST:
        raise Refused(
            _("Git {version} is too old.").format(version=number[0].decode()), _("Install git 2.38 or newer.")
        )


class GitProgram:
    """The git program, run in one folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; Refused where there is no git that is new enough."""
        refuse_old(folder)
        self._git = git.Git(str(folder))
        self.lent: tuple[int, ...] = ()
        """The descriptors, such as that of our lock, that each process of git holds too."""

    def _run(
        self, *arguments: str, data: bytes | None = None, extra: dict[str, str] | None = None, apart: bool = True
    ) -> bytes:
        """What git printed; ``apart`` keeps a Ctrl-C at the terminal away from it."""
        code, out, said = self._done(*arguments, data=data, extra=extra, apart=apart)
        if code:
            raise _failed(self._git.working_dir, arguments, said or (_("it was stopped") if code < 0 else ""))
        return out

    def _done(
        self, *arguments: str, data: bytes | None = None, extra: dict[str, str] | None = None, apart: bool = True
    ) -> tuple[int, bytes, str]:
        """A git process that has ended: its exit code, what it printed, and what it said beside."""
        process = self._start(
            *arguments,
            istream=subprocess.PIPE if data is not None else subprocess.DEVNULL,
            env={**environment(), **(extra or {})},
            start_new_session=apart,
            pass_fds=self.lent if apart else (),
        )
        try:
            out, err = process.proc.communicate(data)
        except BaseException:  # Ctrl-C: nothing of ours goes on working once our own lock is let go
            process.proc.terminate()
            process.proc.wait()
            raise
        return process.proc.returncode, out, err.decode("utf-8", "replace")

    def _start(self, *arguments: str, **more: Any) -> Any:
        return _begun(self._git, SETTINGS, *arguments, **more)

    def lines(self, *arguments: str, data: bytes | None = None, extra: dict[str, str] | None = None) -> list[str]:
        """What git printed, as lines."""
        text = self._run(*arguments, data=data, extra=extra).decode("utf-8", "surrogateescape")
        return text.removesuffix("\n").split("\n") if text else []

    def stream(self, *arguments: str) -> Iterator[str]:
        """What git prints, piece by piece as it comes, each up to a NUL; git stops where nobody wants more."""
        started = self._start(
            *arguments, istream=subprocess.DEVNULL, env=environment(), start_new_session=True, pass_fds=self.lent
        )
        process, rest = started.proc, b""
        try:
            for piece in iter(partial(process.stdout.read1, PIECE), b""):
                *whole, rest = (rest + piece).split(b"\0")
                yield from (one.decode("utf-8", "surrogateescape") for one in whole)
        except GeneratorExit:
            process.terminate()
            raise
        finally:
            said = process.communicate()[1]
        if process.returncode:
            raise _failed(self._git.working_dir, arguments, said.decode("utf-8", "replace"))

    def ask(self, *arguments: str) -> str | None:
        """The one line git printed, or None where it said no."""
        try:
            return self._run(*arguments).decode("utf-8", "replace").strip()
        except GitFailed:
            return None


def begin(folder: Path, *arguments: str, settings: Mapping[str, str], extra: Mapping[str, str]) -> Any:
    """A git process that has begun, apart from us and our lock, with settings and variables of its own.

    The lock is not lent to it, since what it leaves behind, such as a program that keeps passwords, would hold it on.
    """
    return _begun(
        git.Git(str(folder)),
        {**SETTINGS, **settings},
        *arguments,
        istream=subprocess.DEVNULL,
        env={**environment(), **extra},
        start_new_session=True,
    )


def _begun(program: git.Git, settings: Mapping[str, str], *arguments: str, **more: Any) -> Any:
    """A git process that has begun; ``more`` goes to the library."""
    command = ["git", *(part for item in settings.items() for part in ("-c", "=".join(item))), *arguments]
    try:
        return program.execute(command, as_process=True, **more)
    except git.GitCommandNotFound:
        raise Refused(_("Git is not installed."), _("Install git 2.38 or newer, then try again.")) from None


def _failed(folder: object, arguments: Sequence[str], said: str) -> AtbtstError:
    """Why git failed: another program's lock, or whatever it says."""
    if found := re.search(
        r"Unable to create '(.+\.lock)': File exists|could not lock config file (.+): File exists", said
    ):
        return locked(Path(str(folder)) / (found[1] or f"{found[2]}.lock"))
    return GitFailed(folder, next((word for word in arguments if re.match("[a-z]", word)), ""), said)


def merge_texts(mine: bytes, base: bytes, theirs: bytes, labels: Sequence[str], how: str) -> tuple[int, bytes]:
    """Three versions of a text merged by lines, with marks around what differs; how many places, -1 for no texts.

    ``labels`` are what the marks call mine, base and theirs; ``how`` is Git's option for what they enclose.
    """
    with tempfile.TemporaryDirectory() as place:
        for name, data in zip("012", (mine, base, theirs), strict=True):
            (Path(place) / name).write_bytes(data)
        told = [part for label in labels for part in ("-L", label)]
        command = ["git", "-c", "merge.conflictStyle=merge", "merge-file", "-p", how, *told, "0", "1", "2"]
        process: Any = git.Git(place).execute(command, as_process=True, env=environment())
        out, _err = process.proc.communicate()
    code = process.proc.returncode
    return (code if code < MOST_CONFLICTS + 1 else -1), out


MOST_CONFLICTS = 127
"""How many places that differ Git counts; more are told as so many."""


def init(folder: Path) -> None:
    """Make a new, empty repository in a folder, on the branch main."""
    git.Git(str(folder)).execute(["git", "init", "-q", "-b", "main", "."], env=environment())
