"""What somebody decided where two lines of the record clash; it lies in Git's folder until the next sync needs it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.store.disk import make_folder, replace_synced
from atbtst_cli.store.gitrepo import GitRepo

How = Literal["mine", "theirs", "both", "value", "renumber"]
NUMBERS = "#"
"""What stands for a meeting's number and those of its decisions; no field is called so."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to hold in one field: mine, theirs, both one after the other, a value, or numbers that are drawn again.

    ``base`` is the commit from which the two lines of history part: the choice counts for them alone. ``path`` is the
    file's in the workspace; ``field`` leads to the field, its steps with slashes between, is empty for the whole file,
    and NUMBERS for all numbers of minutes. ``mine`` and ``theirs`` are what the two said when it was decided, as plain
    values: the choice counts no longer once they say something else.
    """

    base: str
    path: str
    field: str
    how: How
    mine: Any
    theirs: Any
    value: str = ""

    @property
    def is_mending(self) -> bool:
        """Whether both sides said the same there, and only together with another record it was wrong."""
        return self.how == "value" and bool(self.field) and self.mine == self.theirs


class Choices:
    """The choices that were made since the last sync."""

    def __init__(self, repo: GitRepo) -> None:
        """Keep them beside the transactions' own files."""
        self._path = repo.ours / "choices.json"

    def made(self, base: str) -> dict[tuple[str, str], Choice]:
        """The choices for lines of history that part there, by file and field; Refused where they cannot be read."""
        try:
            found = [Choice(**one) for one in json.loads(self._path.read_bytes())]
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError):
            raise Refused(
                _("{path} cannot be read; it says what was decided for the next sync.").format(path=self._path),
                _("Take the file away, and decide again with: {command}").format(command="atbtst resolve"),
            ) from None
        return {(one.path, one.field): one for one in found if one.base == base}

    def keep(self, choice: Choice) -> None:
        """Put a choice down in the place of what was decided of the same before: the later one holds."""
        made = self.made(choice.base)
        kept = {key: one for key, one in made.items() if one.path != choice.path or _stands_beside(one, choice)}
        self._write([*(kept | {(choice.path, choice.field): choice}).values()])

    def put_back(self, choices: Mapping[tuple[str, str], Choice]) -> None:
        """Let the choices be those that they were at some time."""
        self._write([*choices.values()])

    def forget(self) -> None:
        """Take them away; the record has them now."""
        self._path.unlink(missing_ok=True)

    def _write(self, choices: Sequence[Choice]) -> None:
        make_folder(self._path.parent)
        data: Sequence[Mapping[str, Any]] = [asdict(one) for one in choices]
        replace_synced(self._path, json.dumps(data, indent=1).encode())


def _stands_beside(known: Choice, new: Choice) -> bool:
    """Whether a choice for a file still counts once another one is made for it."""
    if not new.field:
        return False
    if not known.field:
        return new.is_mending or new.field == NUMBERS
    return known.field != NUMBERS or new.field.split("/")[-1] != "number"
