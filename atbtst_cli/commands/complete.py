"""What the shell offers while somebody types: read from file names, so that it is there at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from atbtst_cli.language.controls import printable

TITLE = re.compile(r"^(?:title|  - name|    short): *['\"]?(.+?)['\"]?$", re.MULTILINE)

SEAT = re.compile(r"^  - id: (\S+)$", re.MULTILINE)
INSTANCE = re.compile(r"^ +- id: (\S+)\n +name: *['\"]?(.+?)['\"]?$", re.MULTILINE)


def members(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of members with their names."""
    return _offers(ctx, "members/*.yaml", incomplete)


def networks(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of bodies with their names."""
    return _offers(ctx, "networks/*.yaml", incomplete)


def seats(ctx: Any, incomplete: str) -> list[str]:
    """Ids of the seats of the body that is typed before."""
    body = re.sub(r"[^a-z0-9-]", "", str(ctx.params.get("network") or "").lower())
    texts = (path.read_text("utf-8", errors="replace") for _name, path in _records(ctx, f"networks/{body}.yaml"))
    found = (one for text in texts for one in SEAT.findall(text))
    return [printable(one) for one in found if one.startswith(incomplete.lower())]


def items(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of action items with what is to be done."""
    return _offers(ctx, "items/*/*.yaml", incomplete)


def matters(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of matters with their questions."""
    return _offers(ctx, "matters/*/*.yaml", incomplete)


def bodies(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of bodies and of instances outside the council, with their names."""
    settings = (path.read_text("utf-8", errors="replace") for _name, path in _records(ctx, "settings.yaml"))
    outside = (found.groups() for text in settings for found in INSTANCE.finditer(text))
    instances = [(printable(name), printable(title)) for name, title in outside if name.startswith(incomplete.lower())]
    return sorted([*networks(ctx, incomplete), *instances])


def meetings(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of meetings."""
    return _offers(ctx, "meetings/*/*/meeting.yaml", incomplete)


def things(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of everything on record that has a page of its own."""
    return [one for offer in (items, matters, meetings, networks, members) for one in offer(ctx, incomplete)]


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
