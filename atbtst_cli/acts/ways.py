"""A field deep in a record, named by the way to it: what it says, and the record with something else there."""

from typing import Any

from atbtst_cli.errors import NotFound
from atbtst_cli.language import _
from atbtst_cli.models.base import Record, Way
from atbtst_cli.models.differences import NAMES, plain
from atbtst_cli.models.problems import of_data
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.merging import NTH


def value(record: Record | Settings, way: str) -> Any:
    """What a field says, as a plain value; None where nothing stands. NotFound where no way leads there."""
    around, key = _place(plain(record), way, way)
    return around.get(key) if isinstance(around, dict) else around[key]


def changed(record: Record | Settings, way: str, new: Any) -> Record | Settings:
    """The record with another value in a field, None for none; UsageError, in words, where it will not do."""
    data = plain(record)
    around, key = _place(data, way, way)
    if new is not None:
        around[key] = new
    elif isinstance(around, list) or key in around:
        del around[key]
    return of_data(type(record), data)


def _place(data: Any, way: str, whole: str) -> tuple[Any, Any]:
    """The mapping or list in which a field stands, and its key there."""
    for names, key, inner in _steps(data):
        for name in names:
            if way == name:
                return data, key
            if way.startswith(f"{name}/"):
                return _place(inner, way.removeprefix(f"{name}/"), whole)
    if isinstance(data, dict) and "/" not in way:
        return data, way
    raise NotFound(
        _("There is no field {field} in that record.").format(field=whole),
        _("See the conflicts, and what their fields are called, with: {command}").format(command="atbtst resolve"),
    )


def _steps(data: Any) -> list[tuple[tuple[str, ...], Any, Any]]:
    """The names by which what stands in a mapping or a list is called, with its key and itself."""
    if isinstance(data, dict):
        return [((key,), key, inner) for key, inner in data.items()]
    if isinstance(data, list):
        return [((*_name(entry), f"{NTH}{place + 1}"), place, entry) for place, entry in enumerate(data)]
    return []


def _name(entry: Any) -> tuple[str, ...]:
    known = [entry.get(name.rstrip("_")) for name in NAMES] if isinstance(entry, dict) else [entry]
    return tuple(name for name in known if isinstance(name, str))[:1]


def of_field(field: Way) -> str:
    """The way to the field of a finding."""
    return "/".join(f"{NTH}{step + 1}" if isinstance(step, int) else step for step in field)
