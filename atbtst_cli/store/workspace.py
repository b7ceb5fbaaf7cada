"""A workspace: the folder with records/settings.yaml, and where it lies in its Git repository."""

import os
import re
from pathlib import Path

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.store.layout import SETTINGS
from atbtst_cli.store.load import load
from atbtst_cli.store.tree import Unreadable, WorkTree


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
    """The folder of one council's record, read as it lies there."""

    def __init__(self, root: Path) -> None:
        """Take the workspace whose top folder is ``root``."""
        self.root = root
        self.tree = WorkTree(root)

    def council(self) -> Council:
        """The council as the files say now, committed or not."""
        return load(self.tree)

    def language(self) -> str:
        """The language of the settings, as far as it can be read without checking the rest."""
        try:
            found = re.search(rb"^language:\s*['\"]?(sv|en)\b", self.tree.read(SETTINGS), re.MULTILINE)
        except Unreadable:
            return "sv"
        return found[1].decode() if found else "sv"


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
