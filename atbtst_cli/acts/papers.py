"""Papers beside a record: the names under which they are kept, and the files that come and go with them."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import PurePath

from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.store.layout import paper_path

LARGEST = 20_000_000
"""The bytes of a paper; Git keeps every version of it for ever."""
Papers = Sequence[tuple[str, bytes]]
"""Names and contents of files that somebody hands over."""


def listed(before: Sequence[str], papers: Papers) -> tuple[str, ...]:
    """The names of a record's papers with those that are handed over, each once."""
    return tuple(dict.fromkeys((*before, *(_name(name) for name, _data in papers))))


def files(record: str, papers: Papers, gone: Collection[str] = ()) -> dict[str, bytes | None]:
    """What changes beside the record at that path: papers handed over are there, those ``gone`` no longer.

    Refused where one is too large to be kept for ever; UsageError where two would lie under one name.
    """
    found: dict[str, bytes | None] = {paper_path(record, name): None for name in gone}
    added: dict[str, bytes] = {}
    for name, data in papers:
        kept = _name(name)
        if len(data) > LARGEST:
            raise Refused(
                _("{name} is larger than {size} MB.").format(name=name, size=LARGEST // 1_000_000),
                _("Shrink the file, or write in words where it can be read."),
            )
        if added.setdefault(kept, data) != data:
            raise UsageError(
                _("Two papers would be called {name}.").format(name=kept), _("Give one of the files another name.")
            )
    return found | {paper_path(record, name): data for name, data in added.items()}


def _name(name: str) -> str:
    """The name under which a paper is kept: composed, in signs that every file system and mail program can take."""
    kept = re.sub(r"[^\w .,()+-]|^[. ]+|[. ]+$", "_", unicodedata.normalize("NFC", PurePath(name).name))
    return kept or "_"
