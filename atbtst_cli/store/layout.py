"""Where each record lies: one file a record, named by its id."""

import re
from dataclasses import dataclass
from functools import cached_property

from atbtst_cli.models.base import Record
from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.report import Report
from atbtst_cli.models.settings import Settings
from atbtst_cli.store import tree

SETTINGS = tree.SETTINGS
Version = Record | Settings
"""What a file among the records says at some time."""


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name in a Council, its model, and where its files lie."""

    name: str
    model: type[Record]
    schema: str
    path: str
    """The path of a record, with {year}, and {id}, or {id} and {part} for an id such as 2026-02-17-rad/ron-at."""
    apart: tuple[str, ...] = ()
    """Keys that a blank line keeps apart, so that two people's edits of neighbours do not collide."""

    @property
    def folder(self) -> str:
        """The folder under which all records of the kind lie."""
        return self.path.partition("/{")[0]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = {"{year}": r"\d{4}", "{id}": "([^/]+)", "{part}": "([^/]+)"}
        steps = re.split(r"(\{\w+\})", self.path)
        return re.compile("".join(forms.get(step, re.escape(step)) for step in steps), re.ASCII)

    def id_in(self, path: str) -> str | None:
        """The id that a path of this kind names, or None for another path."""
        found = self._pattern.fullmatch(path)
        return "/".join(found.groups()) if found else None


KINDS = {
    kind.name: kind
    for kind in (
        Kind("members", Member, "member", "records/members/{id}.yaml"),
        Kind("networks", Network, "network", "records/networks/{id}.yaml", ("standing", "seats")),
        Kind(
            "meetings",
            Meeting,
            "meeting",
            "records/meetings/{year}/{id}/meeting.yaml",
            ("attendance", "agenda", "approval", "amendments"),
        ),
        Kind("items", ActionItem, "item", "records/items/{year}/{id}.yaml", ("owners", "due", "log", "closed")),
        Kind("matters", Matter, "matter", "records/matters/{year}/{id}.yaml", ("referrals", "closed")),
        Kind("reports", Report, "report", "records/meetings/{year}/{id}/report-{part}.yaml", ("text",)),
        Kind("mailings", Mailing, "mailing", "records/mailings/{year}/{id}.yaml", ("deliveries",)),
    )
}


def key_of(path: str) -> tuple[str, str] | None:
    """The kind and the id of the record at a path, "settings" twice for the settings; None for another file."""
    if path == SETTINGS:
        return "settings", "settings"
    found = ((name, kind.id_in(path)) for name, kind in KINDS.items())
    return next(((name, record_id) for name, record_id in found if record_id), None)


def model_at(path: str) -> type[Record] | type[Settings] | None:
    """What a record at that path has to be; None where none lies."""
    if path == SETTINGS:
        return Settings
    return next((kind.model for kind in KINDS.values() if kind.id_in(path)), None)


def path_of(kind: str, record_id: str, year: int) -> str:
    """The path of a new record; ``year`` counts only for kinds that lie under one."""
    name, _slash, part = record_id.partition("/")
    return KINDS[kind].path.format(year=year, id=name, part=part)


def path_in(council: Council, kind: str, record_id: str, year: int) -> str:
    """The path of a record of that council, or of a new one."""
    return council.paths.get((kind, record_id)) or path_of(kind, record_id, year)


def paper_path(record: str, name: str) -> str:
    """Where a paper of the record at that path lies: in a folder of its own, or in the one that the record has."""
    return f"{folder_of(record)}/papers/{name}"


def folder_of(record: str) -> str:
    """The folder in which lies what belongs to the record at that path."""
    return record.removesuffix("/meeting.yaml").removesuffix(".yaml")


BUILT = re.compile(
    r"(?P<folder>records/meetings/\d{4}/[^/]+)/(?P<public>public/)?(?P<name>agenda|minutes)\.(?P<form>md|html|pdf)",
    re.ASCII,
)
"""The documents of a meeting, which are built of its record."""
BESIDE = re.compile(
    r"records/(?P<kind>meetings|matters)/\d{4}/(?P<id>[^/]+)/papers/(?P<paper>.+)"
    r"|records/meetings/\d{4}/[^/]+/((agenda|minutes)\.(md|html|pdf)|public/[^/]+)",
    re.ASCII,
)
"""What may lie beside records: the papers of a meeting or a matter, and a meeting's documents."""


def record_beside(paper: str) -> str:
    """The path of the record to which a paper at that path belongs; nothing where it is no paper."""
    found = BESIDE.fullmatch(paper)
    folder, papers, _name = paper.rpartition("/papers/")
    return f"{folder}{'/meeting.yaml' if found['kind'] == 'meetings' else '.yaml'}" if found and papers else ""


def schema_line(path: str) -> str:
    """The comment by which editors find the schema of the record at that path."""
    name = next((kind.schema for kind in KINDS.values() if kind.id_in(path)), "settings")
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schemas/{name}.schema.json\n"
