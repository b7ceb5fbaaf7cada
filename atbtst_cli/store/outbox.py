"""Mailings on their way: on disk before and after each letter, so that whoever is broken off sends none twice."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.store.disk import make_folder, replace_synced
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.lock import held

Known = TypeVar("Known")


class Outbox:
    """What is known of each mailing until the record has it, by name; inside the repository's Git folder."""

    def __init__(self, repo: GitRepo) -> None:
        """Keep mailings beside the transactions' own files."""
        self._folder = repo.ours / "outbox"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else send from here meanwhile; Refused where somebody does."""
        busy = Refused(
            _("Another atbtst command is sending letters here."), _("Wait until it is done, then run this one again.")
        )
        with held(self._folder / "lock", busy):
            yield

    def names(self) -> list[str]:
        """The mailings that are kept, sorted."""
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def get(self, name: str, read: Callable[[dict[str, Any]], Known]) -> Known | None:
        """What was kept of a mailing, as ``read`` makes it of mappings and texts, or None.

        Refused where it cannot be read.
        """
        path = self._path(name)
        try:
            return read(json.loads(path.read_bytes()))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            raise Refused(
                _("{path} cannot be read; it says which letters were sent when a mailing was broken off.").format(
                    path=path
                ),
                _("Look into it, move it away, and put what was sent on record with --done."),
            ) from None

    def keep(self, name: str, known: Mapping[str, Any]) -> None:
        """Put down what is known of a mailing, and wait until the disk has it."""
        make_folder(self._folder)
        replace_synced(self._path(name), json.dumps(known, ensure_ascii=False, indent=1).encode())

    def empty(self, name: str) -> None:
        """Forget a mailing; the record has it now."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"
