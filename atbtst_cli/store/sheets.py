"""The texts of editing sessions: on disk before they are read, and findable until they are in the record."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from atbtst_cli.errors import NotFound
from atbtst_cli.language import _
from atbtst_cli.store.disk import make_folder, replace_synced
from atbtst_cli.store.gitrepo import GitRepo

NAME = re.compile(r"[0-9a-z-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """One text that is not in the record yet: its name, its file, what it is about, and when it was last saved.

    ``data`` is the text as it was when it was found: the command that it belongs to may have taken it away since.
    """

    name: str
    path: Path
    about: Mapping[str, str]
    saved: datetime
    data: bytes


class Sheets:
    """The texts that a workspace keeps, inside the repository's Git folder, where no commit takes them along."""

    def __init__(self, repo: GitRepo, kind: str = "sheets") -> None:
        """Keep texts of one kind beside the transactions' own files."""
        self._folder = repo.ours / kind

    def path(self, name: str) -> Path:
        """The file of the text with that name."""
        return self._folder / f"{name}.md"

    def keep(self, name: str, text: str, about: Mapping[str, str]) -> Path:
        """Save a text and what it is about, and wait until the disk has both; the text's file."""
        if not NAME.fullmatch(name):
            raise ValueError(name)
        make_folder(self._folder)
        replace_synced(self._folder / f"{name}.json", json.dumps(dict(about), ensure_ascii=False).encode())
        replace_synced(self.path(name), text.encode())
        return self.path(name)

    def new_name(self, wanted: str) -> str:
        """A name that no text has, and that no other command gets meanwhile: the wanted one, or with a number."""
        names = (wanted if count == 1 else f"{wanted}-{count}" for count in range(1, 10_000))
        return next(name for name in names if self._take(self.path(name)))

    def _take(self, path: Path) -> bool:
        """Put an empty file there; False where one is."""
        while True:
            try:
                make_folder(self._folder)
                path.touch(exist_ok=False)
            except FileExistsError:
                return False
            except FileNotFoundError:
                continue  # another command has just taken away the folder, in which nothing was left
            return True

    def all(self) -> list[Kept]:
        """Every text that is kept, the latest first."""
        found = [kept for path in self._folder.glob("*.md") if (kept := self._kept(path))]
        return sorted(found, key=lambda kept: kept.saved, reverse=True)

    def get(self, name: str) -> Kept:
        """The text with that name; NotFound where there is none."""
        kept = self._kept(self.path(name)) if NAME.fullmatch(name) else None
        if kept is None:
            raise NotFound(
                _("No text {name} is kept here.").format(name=name),
                _("See: {command}").format(command="atbtst minutes resume"),
            )
        return kept

    def _kept(self, path: Path) -> Kept | None:
        try:
            about = json.loads(path.with_suffix(".json").read_bytes())
            saved = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
            return Kept(path.stem, path, about, saved, path.read_bytes())
        except (OSError, ValueError):
            return None

    def discard(self, name: str) -> None:
        """Forget a text that is in the record now."""
        for path in (self.path(name), self._folder / f"{name}.json"):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # unless another text is there
            self._folder.rmdir()
