"""From a tree to a council: each record is read when it is asked for, and every fault becomes a finding."""

import re
from collections.abc import Collection, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import replace
from functools import cached_property
from shlex import quote
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from atbtst_cli.errors import Finding, Invalid, Refused
from atbtst_cli.language import _
from atbtst_cli.models.base import Part, Record
from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.problems import problems
from atbtst_cli.models.report import Report
from atbtst_cli.models.settings import FORMAT, Settings
from atbtst_cli.store import yamlfile
from atbtst_cli.store.layout import BESIDE, KINDS, SETTINGS, Kind, Version, model_at
from atbtst_cli.store.tree import Tree, Unreadable

R = TypeVar("R", bound=Record)
Reading = tuple[R | None, list[Finding]]
"""A record, or the findings that say why there is none."""


class Records(Mapping[str, R]):
    """The records of one kind by id, each read from its file when it is first asked for.

    A file that is not ``changed`` since ``before`` is read once for both.
    """

    def __init__(
        self,
        kind: Kind,
        tree: Tree,
        paths: Iterable[str],
        findings: list[Finding],
        before: "Records[R] | None",
        changed: Collection[str],
    ) -> None:
        self._tree = tree
        self._findings = findings
        self._kind = kind
        self._before = before
        self._changed = changed
        self._read: dict[str, Reading[R]] = {}
        self.paths: dict[str, str] = {}
        for path in paths:
            if record_id := kind.id_in(path):
                self._enter(record_id, path)

    def _enter(self, record_id: str, path: str) -> None:
        if record_id in self.paths:
            message = _("{id} stands in two files; the other is {path}").format(
                id=record_id, path=self.paths[record_id]
            )
            self._findings.append(Finding("duplicate-id", "error", message, path))
        else:
            self.paths[record_id] = path

    def __getitem__(self, record_id: str) -> R:
        record, _findings = self.reading(record_id)
        if record is None:
            raise KeyError(record_id)
        return record

    def reading(self, record_id: str) -> "Reading[R]":
        """The record of that id, or what was found instead."""
        if record_id not in self._read:
            path = self.paths[record_id]
            if self._before is None or path in self._changed or self._before.paths.get(record_id) != path:
                reading = self._named(record_id, path)
            else:
                reading = self._before.reading(record_id)
            self._findings.extend(reading[1])
            self._read[record_id] = reading
        return self._read[record_id]

    def _named(self, record_id: str, path: str) -> "Reading[R]":
        """What a file holds; a record with another id than its file's name is none, for others know it by either."""
        record, findings = cast("Reading[R]", read_record(self._tree, path, self._kind.model))
        if record is None or record.id == record_id:
            return record, findings
        message = _("the id is {id}, but the file is called {name}").format(id=record.id, name=record_id)
        hint = _("An id never changes: give both the name that others refer to.")
        finding = Finding("id-differs", "error", message, hint=hint, field=("id",))
        return None, [_placed(finding, path, yamlfile.locate(self._tree.read(path)))]

    def __contains__(self, record_id: object) -> bool:
        return record_id in self.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def values(self) -> ValuesView[R]:
        """Every record that can be read, in the order of the files."""
        return cast("ValuesView[R]", [record for _key, record in self._readable])

    def items(self) -> ItemsView[str, R]:
        """Every record that can be read, with its id."""
        return cast("ItemsView[str, R]", self._readable)

    @cached_property
    def _readable(self) -> list[tuple[str, R]]:
        return [(key, record) for key in self.paths if (record := self.reading(key)[0]) is not None]


def _strangers(files: Mapping[str, Sequence[str]], records: Collection[str]) -> Iterator[Finding]:
    """A finding for each file that is neither a record nor a document or paper beside one; ``records`` are known."""
    for folder, paths in files.items():
        kinds = [kind for kind in KINDS.values() if kind.folder == folder]
        for path in (path for path in paths if path not in records):
            if not (path.endswith("/.gitkeep") or any(kind.id_in(path) for kind in kinds) or BESIDE.fullmatch(path)):
                message = _("{path} is no record and lies where only records do").format(path=path)
                yield Finding("unknown-file", "warning", message, path)


def load(tree: Tree, before: Council | None = None, changed: Collection[str] = ()) -> Council:
    """The council that a tree holds; Invalid where its settings cannot be read, Refused where they are too new.

    A tree without any file, before a workspace's first commit, is a council without a name. Where the tree differs
    from that of the council ``before`` in the ``changed`` paths only, all other files are read once for both.
    """
    files = {folder: tree.paths(folder) for folder in dict.fromkeys(kind.folder for kind in KINDS.values())}
    begun = any(files.values()) or tree.paths("records")
    settings = _settings(tree) if begun else Settings(format=FORMAT, name="–", organisation="–")
    findings: list[Finding] = []
    kinds = {
        name: Records[Any](kind, tree, files[kind.folder], findings, getattr(before, name, None), changed)
        for name, kind in KINDS.items()
    }
    paths = {(name, key): path for name, records in kinds.items() for key, path in records.paths.items()}
    paths["settings", "settings"] = SETTINGS
    findings += _strangers(files, frozenset(paths.values()))
    return Council(
        settings,
        members=cast("Records[Member]", kinds["members"]),
        networks=cast("Records[Network]", kinds["networks"]),
        meetings=cast("Records[Meeting]", kinds["meetings"]),
        items=cast("Records[ActionItem]", kinds["items"]),
        matters=cast("Records[Matter]", kinds["matters"]),
        reports=cast("Records[Report]", kinds["reports"]),
        mailings=cast("Records[Mailing]", kinds["mailings"]),
        paths=paths,
        papers=_papers(files),
        beside=[path for paths in files.values() for path in paths if not path.endswith(".yaml")],
        findings=findings,
    )


def _papers(files: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], frozenset[str]]:
    """The names of the papers that lie beside each record."""
    names: dict[tuple[str, str], set[str]] = {}
    for path in (path for paths in files.values() for path in paths if "/papers/" in path):
        if (found := BESIDE.fullmatch(path)) and found["paper"]:
            names.setdefault((found["kind"], found["id"]), set()).add(found["paper"])
    return {key: frozenset(papers) for key, papers in names.items()}


def _settings(tree: Tree) -> Settings:
    try:
        data = yamlfile.read(tree.read(SETTINGS))
    except (KeyError, Unreadable, yamlfile.YamlProblem):
        data = {}
    version = data.get("format")
    if isinstance(version, str) and re.fullmatch(r"[1-9]\d{0,8}", version, re.ASCII) and int(version) > FORMAT:
        raise Refused(
            _("This council is kept in format {new}, and this program knows formats up to {known}.").format(
                new=version, known=FORMAT
            ),
            _("Install a newer atbtst; nothing was changed."),
        )
    settings, findings = read_record(tree, SETTINGS, Settings)
    if settings is None:
        raise Invalid(_("The settings cannot be read."), _("Mend {path}.").format(path=SETTINGS), tuple(findings))
    return settings


M = TypeVar("M", bound=Part)


def read_record(tree: Tree, path: str, model: type[M]) -> tuple[M | None, list[Finding]]:
    """The record at a path, or None with the findings that say why not, each with line and column."""
    try:
        raw = tree.read(path)
    except KeyError:
        return None, [Finding("unreadable", "error", _("there is no such file"), path)]
    except Unreadable as error:
        message = _("the file is not read: {reason}").format(reason=error)
        return None, [Finding("unreadable", "error", message, path)]
    way_out = _(
        "Look at the line above too. The last form that was saved comes back with: git restore {path}   Where that one"
        " is broken too, see: atbtst doctor"
    )
    return parsed(raw, path, model, way_out.format(path=quote(path)))


def record_at(tree: Tree, path: str) -> Version | None:
    """The record at a path, or the settings; None where there is none that can be read."""
    model = model_at(path)
    return read_record(tree, path, model)[0] if model else None


def parsed(raw: bytes, path: str, model: type[M], way_out: str) -> tuple[M | None, list[Finding]]:
    """What the bytes of a file say, or None with the findings that say why not, each with line and column."""
    try:
        data = yamlfile.read(raw)
    except yamlfile.YamlProblem as problem:
        hint = problem.hint.format(path=quote(path)) or way_out
        return None, [Finding("yaml", "error", problem.message, path, problem.line, problem.column, hint)]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        places = yamlfile.locate(raw)
        found = [_placed(finding, path, places) for finding in problems(error, data)]
        more = error.error_count() - len(found)
        message = _("{count} more errors of this kind stand in the file").format(count=more)
        return None, [*found, Finding("value", "error", message, path)] if more else found


def _placed(finding: Finding, path: str, places: Mapping[yamlfile.Field, tuple[int, int]]) -> Finding:
    line, column = place_of(finding.field, places)
    return replace(finding, path=path, line=line, column=column)


def place_of(field: yamlfile.Field, places: Mapping[yamlfile.Field, tuple[int, int]]) -> tuple[int, int]:
    """Where a field stands, or the nearest one around it that stands anywhere."""
    for end in range(len(field), 0, -1):
        if field[:end] in places:
            return places[field[:end]]
    return (1, 1)
