"""A workspace: the folder with records/settings.yaml, and where it lies in its Git repository."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.store.tree import SETTINGS, Tree, Unreadable, WorkTree

if TYPE_CHECKING:
    from atbtst_cli.models.council import Council


def find(start: Path) -> Path:
    """The workspace at or above a folder; Refused where there is none."""
    folder = Path(os.path.abspath(start))  # noqa: PTH100  keeps the path as the user knows it: no symlink resolved
    if not folder.is_dir():
        raise Refused(_("{path} is no folder.").format(path=start), _("Name a folder with -C PATH."))
    if root := root_above(folder):
        return root
    here = _("this folder") if folder == Path.cwd() else start
    raise Refused(
        _("{path} lies in no workspace: no folder here or above holds {file}.").format(path=here, file=SETTINGS),
        _("Go to your workspace's folder, name it with -C PATH, or make one with: atbtst init PATH"),
    )


def root_above(folder: Path) -> Path | None:
    """The top of the workspace that a folder lies in, or None."""
    return next((one for one in (folder, *folder.parents) if (one / SETTINGS).is_file()), None)


class Workspace:
    """The folder of one council's record, read as it lies there; what a record is, is known only when one is read."""

    def __init__(self, root: Path, tree: Tree | None = None) -> None:
        """Take the workspace whose top folder is ``root``, as its files lie there, or as another tree has them."""
        self.root = root
        self.tree = tree or WorkTree(root)

    def council(self) -> "Council":
        """The council as the files say now, committed or not."""
        from atbtst_cli.store.load import load

        return load(self.tree)

    def language(self) -> str:
        """The language of the settings, as far as it can be read without checking the rest."""
        return self._stated("language", "sv|en")

    def time_zone(self) -> ZoneInfo | None:
        """The time zone of the settings, read likewise; None where this computer knows no such zone."""
        try:
            return ZoneInfo(self._stated("time_zone", "[A-Za-z0-9/_+-]+"))
        except (KeyError, ValueError, OSError):
            return None

    def _stated(self, key: str, form: str) -> str:
        """What the settings say after a key, if it has that form; else what they mean where they say nothing."""
        try:
            found = re.search(rf"^{key}:\s*['\"]?({form})\b".encode(), self.tree.read(SETTINGS), re.MULTILINE)
        except (KeyError, Unreadable):
            found = None
        return found[1].decode() if found else _unsaid(key)


def _unsaid(key: str) -> str:
    from atbtst_cli.models.settings import Settings

    return str(Settings.unsaid(key))


def left_pending(root: Path) -> bool:
    """Whether an interrupted command left something to finish or take back."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            ours = _git_folder(folder / ".git") / "atbtst"
            return any((ours / name).exists() for name in ("pending", "held"))
    return False


def _git_folder(known: Path) -> Path:
    """The folder that .git is, or that it names where it is a file, as in a linked work tree."""
    if known.is_dir():
        return known
    return known.parent / os.fsdecode(known.read_bytes()).removeprefix("gitdir:").strip()
