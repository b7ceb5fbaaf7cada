"""Where each record lies: one file a record, named by its id."""

import re
from dataclasses import dataclass

from atbtst_cli.models.base import Record
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network

SETTINGS = "records/settings.yaml"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its name in a Council, its model, and its paths."""

    name: str
    model: type[Record]
    schema: str
    pattern: re.Pattern[str]
    apart: tuple[str, ...] = ()
    """Keys that a blank line keeps apart, so that two people's edits of neighbours do not collide."""

    def id_in(self, path: str) -> str | None:
        """The id that a path of this kind names, or None for another path."""
        found = self.pattern.fullmatch(path)
        return found["id"] if found else None


def _kind(name: str, model: type[Record], schema: str, middle: str, end: str, apart: tuple[str, ...] = ()) -> Kind:
    return Kind(name, model, schema, re.compile(rf"records/{name}/{middle}(?P<id>[^/]+){end}", re.ASCII), apart)


YEAR = r"\d{4}/"
KINDS = {
    kind.name: kind
    for kind in (
        _kind("members", Member, "member", "", r"\.yaml"),
        _kind("networks", Network, "network", "", r"\.yaml", ("standing", "seats")),
        _kind(
            "meetings", Meeting, "meeting", YEAR, r"/meeting\.yaml", ("attendance", "agenda", "approval", "amendments")
        ),
        _kind("items", ActionItem, "item", YEAR, r"\.yaml", ("owners", "due", "log", "closed")),
        _kind("matters", Matter, "matter", YEAR, r"\.yaml", ("referrals", "closed")),
    )
}


def path_of(kind: str, record_id: str, year: int) -> str:
    """The path of a new record; ``year`` counts only for kinds that lie under one."""
    if kind == "meetings":
        return f"records/meetings/{year}/{record_id}/meeting.yaml"
    folder = f"records/{kind}/" if kind in ("members", "networks") else f"records/{kind}/{year}/"
    return f"{folder}{record_id}.yaml"


def schema_line(path: str) -> str:
    """The comment by which editors find the schema of the record at that path."""
    name = next((kind.schema for kind in KINDS.values() if kind.id_in(path)), "settings")
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schemas/{name}.schema.json\n"
