"""Problems: findings, which are collected, and errors, which end a command and carry its exit code."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from atbtst_cli.language import _

Level = Literal["error", "warning", "notice"]


class Exit(IntEnum):
    """What the exit code of a run says."""

    DONE = 0
    BUG = 1
    USAGE = 2
    NOT_DONE = 3
    FINDINGS = 4
    CONFLICT = 5
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in a record or a text: where it stands, what is wrong, what to do.

    ``path`` is relative to the workspace (or a file's name as given), ``line`` and ``column`` count from 1 and
    are 0 where unknown; ``field`` is the way to the value in a record, such as ``("agenda", 2, "title")``.
    """

    rule: str
    level: Level
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""
    field: tuple[str | int, ...] = ()

    def text(self) -> str:
        """``path:line:col: level: message (rule)``, the parts that are known."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        level = {"error": _("error"), "warning": _("warning"), "notice": _("notice")}[self.level]
        return f"{place + ': ' if place else ''}{level}: {self.message} ({self.rule})"


class AtbtstError(Exception):
    """What ends a command: a sentence on what is wrong with which value, and one on what to do."""

    exit_code = Exit.NOT_DONE

    def __init__(self, message: str, hint: str = "", findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.findings = findings


class UsageError(AtbtstError):
    """The command was called with words that cannot be understood."""

    exit_code = Exit.USAGE


class NotFound(UsageError):
    """What was named is not in the record."""


class Ambiguous(UsageError):
    """What was named fits several things."""


class Refused(AtbtstError):
    """It could not be done as things stand: a lock, a hand-edited record, a merge, a disk, a missing program."""


class Invalid(AtbtstError):
    """Records or text hold errors."""

    exit_code = Exit.FINDINGS


class Declined(AtbtstError):
    """The person at the keyboard said no, or left the editor empty."""

    exit_code = Exit.INTERRUPTED
