"""What the shell offers while somebody types: read from file names, so that it is there at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from atbtst_cli.language.controls import printable

TITLE = re.compile(r"^(?:title|  - name|    short): *['\"]?(.+?)['\"]?$", re.MULTILINE)


def members(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of members with their names."""
    return _offers(ctx, "members/*.yaml", incomplete)


def networks(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of bodies with their names."""
    return _offers(ctx, "networks/*.yaml", incomplete)


def items(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of action items with what is to be done."""
    return _offers(ctx, "items/*/*.yaml", incomplete)


def meetings(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of meetings."""
    return _offers(ctx, "meetings/*/*/meeting.yaml", incomplete)


def _offers(ctx: Any, pattern: str, incomplete: str) -> list[tuple[str, str]]:
    offers = ((name, _title(path)) for name, path in _records(ctx, pattern) if name.startswith(incomplete.lower()))
    return sorted((printable(name), printable(title)) for name, title in offers)


def _records(ctx: Any, pattern: str) -> Iterator[tuple[str, Path]]:
    start = ctx.find_root().params.get("folder") or Path()
    root = next(
        (folder for folder in (start.absolute(), *start.absolute().parents) if (folder / "records").is_dir()), None
    )
    for path in (root / "records").glob(pattern) if root else ():
        yield (path.parent.name if path.name == "meeting.yaml" else path.stem), path


def _title(path: Path) -> str:
    found = TITLE.search(path.read_text("utf-8", errors="replace")[:2000])
    return found[1] if found else ""
