"""A record as the bytes of its file: a new one in house style, or a version changed no more than the record is."""

from collections.abc import Sequence
from typing import Any

from atbtst_cli.models.base import Record
from atbtst_cli.models.settings import Settings
from atbtst_cli.store import splice, yamlfile
from atbtst_cli.store.layout import KINDS, schema_line


def new(path: str, record: Record | Settings) -> bytes:
    """The bytes of a record whose file is new; ``path`` is the file's in the workspace."""
    return yamlfile.new(_plain(record), schema_line(path), _apart(path))


def changed(path: str, known: bytes, before: Record | Settings, record: Record | Settings) -> bytes:
    """The bytes of a file that said one record, changed to say another; its comments, order and style stay."""
    return splice.edit(known, _plain(before), _plain(record), schema_line(path), _apart(path))


def _plain(record: Record | Settings) -> dict[str, Any]:
    return record.model_dump(mode="python", by_alias=True, exclude_defaults=True)


def _apart(path: str) -> Sequence[str]:
    """The keys that a blank line sets apart in such a file."""
    return next((kind.apart for kind in KINDS.values() if kind.id_in(path)), ())
