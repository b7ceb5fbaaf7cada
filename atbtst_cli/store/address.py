"""Where a shared record can lie: a folder, or an address of SSH or HTTPS. What else Git might run is refused."""

import os
import re
import sys
from pathlib import Path
from shlex import quote
from urllib.parse import SplitResult, urlsplit

from atbtst_cli.errors import AtbtstError, Refused, UsageError
from atbtst_cli.language import _

SCHEMES = ("https", "ssh", "file")
OPEN = ("http", "git", "ftp")
"""Ways on which everybody in between can read and change what passes."""
SCP = re.compile(r"(?P<user>[\w.+-]+@)?(?P<host>\w[\w.-]*|\[[0-9a-fA-F:.]+\]):(?!//|:|-)(?P<path>.+)")
"""The short way to write an address of SSH: name@computer:path."""
DRIVE = re.compile(r"[A-Za-z]:[\\/]")
TOKEN = re.compile(r"(gh[a-z]|github_pat|gl[a-z]+)[_-].+|[0-9a-f]{40}")
"""What forges give out in the place of passwords."""


def checked(text: str, *, new: bool = False) -> str:
    """The address in the form that Git keeps, a folder with its whole path.

    UsageError where it can be none, is open to everybody on the way, or would hold a password; Refused where there is
    no such folder, with how a ``new`` one is made.
    """
    if not text.strip() or not text.isprintable() or text.startswith("-") or re.match(r"\w*::", text):
        raise _unusable(text)
    if "://" in text:
        return _web(text)
    path = Path(os.path.abspath(os.path.expanduser(text)))  # noqa: PTH100, PTH111  no symlink is resolved, no user has to be there
    if DRIVE.match(text) or path.exists() or not SCP.fullmatch(text):
        return str(_folder(path, new=new))
    return text


def _web(text: str) -> str:
    parts = _parts(text)
    if parts is None or not (parts.hostname or parts.scheme == "file") or (parts.hostname or "").startswith("-"):
        raise _unusable(text)
    if parts.scheme in OPEN:
        raise UsageError(
            _("What goes over {scheme}:// can be read and changed on the way.").format(scheme=parts.scheme),
            _("Use the address that begins with https:// or ssh://."),
        )
    if parts.scheme not in SCHEMES:
        raise _unusable(text)
    if parts.password is not None or TOKEN.fullmatch(parts.username or ""):
        raise UsageError(
            _("A password does not belong in an address, where others can read it."),
            _("Leave it out: {address}   Git asks for it once, and keeps it with: {command}").format(
                address=shown(text), command=keeping()
            ),
        )
    return text


def _parts(text: str) -> SplitResult | None:
    """The parts of an address with a scheme, or None where it has none that can be told apart."""
    try:
        parts = urlsplit(text)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def _folder(path: Path, *, new: bool) -> Path:
    if not path.is_dir():
        hint = _("Look at the address; a folder on the network has to be connected.")
        if new:
            command = f"git init --bare -b main {quote(str(path))}"
            hint += "\n" + _("A new shared folder: {command}").format(command=command)
        raise Refused(_("There is no folder {path}.").format(path=path), hint)
    return path


def _unusable(text: str) -> AtbtstError:
    return UsageError(_("'{address}' is no address for a shared record.").format(address=shown(text)), forms())


def forms() -> str:
    """What addresses look like."""
    return _("Give a folder, https://HOST/PATH, ssh://USER@HOST/PATH or USER@HOST:PATH.")


def keeping() -> str:
    """The command that lets Git keep passwords on this system."""
    helper = {"darwin": "osxkeychain", "win32": "manager"}.get(sys.platform, "store")
    return f"git config --global credential.helper {helper}"


def shown(text: str) -> str:
    """The text without the names and passwords of the addresses in it."""
    return re.sub(r"(?<=://)[^/@\s]*@", "", text)


def host(url: str) -> str:
    """The computer that an address names; for a folder its path."""
    parts = _parts(url) if "://" in url else None
    if parts:
        return parts.hostname or parts.path
    found = None if DRIVE.match(url) else SCP.fullmatch(url)
    return found["host"] if found else url


def ssh(url: str) -> str:
    """The command that goes to the same computer by SSH."""
    parts = _parts(url) if "://" in url else None
    if parts:
        user = f"{parts.username}@" if parts.username else ""
        return f"ssh -T {f'-p {parts.port} ' if parts.port else ''}{user}{parts.hostname}"
    found = SCP.fullmatch(url)
    return f"ssh -T {found['user'] or ''}{found['host']}" if found else "ssh"


def name(url: str) -> str:
    """What a folder for a copy of the shared record is called."""
    last = re.split(r"[/:\\]", url.rstrip("/"))[-1].removesuffix(".git")
    return last if last.strip(".") else "council"
