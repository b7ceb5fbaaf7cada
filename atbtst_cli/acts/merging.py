"""What becomes of files that two clones of a record both changed: records field by field, documents made anew."""

import shlex
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from atbtst_cli.acts import ways
from atbtst_cli.errors import AtbtstError, Exit, Finding, NotFound, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import Record
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.differences import plain
from atbtst_cli.models.lines import joined
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.problems import sound
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seals
from atbtst_cli.rules.checks import added_by_merge
from atbtst_cli.rules.merging import UNDECIDED, WHOLE, Clash, Conflict, merge
from atbtst_cli.store import marks
from atbtst_cli.store.choices import Choice
from atbtst_cli.store.crossing import Crossing, Sides
from atbtst_cli.store.layout import BUILT, KINDS, key_of, model_at
from atbtst_cli.store.load import load, parsed
from atbtst_cli.store.packaged import packaged, packaged_paths
from atbtst_cli.store.tree import CommitTree

Version = Record | Settings
Chosen = Mapping[tuple[str, str], Choice]
"""What somebody decided, by file and field."""
Render = Callable[[Council, Meeting, str, str, str], bytes]
"""Makes the document of a meeting by its name (agenda, minutes), form and edition."""


class Conflicted(AtbtstError):
    """Two sides say different things, and a person has to decide; ``findings`` are wrong only in both together."""

    exit_code = Exit.CONFLICT

    def __init__(self, conflicts: tuple[Conflict, ...], findings: tuple[Finding, ...] = ()) -> None:
        said = (
            _("Two changes of the same field do not go together, so nothing here was changed.")
            if conflicts
            else _("What was changed here and what was changed elsewhere do not go together, so nothing was changed.")
        )
        hint = (
            _("Decide with: {command}").format(command="atbtst resolve")
            if conflicts
            else _("Set a field with: {resolve}   or take back what you did here with: {undo}").format(
                resolve=_('atbtst resolve ID FIELD --value "…"'), undo="atbtst undo"
            )
        )
        super().__init__(said, hint, findings)
        self.conflicts = conflicts


@dataclass
class Joined:
    """What is to become of the files that both sides changed."""

    crossing: Crossing
    chosen: Chosen
    render: Render
    records: dict[str, Version | None] = field(default_factory=dict)
    documents: dict[str, bytes | None] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    decided: list[Conflict] = field(default_factory=list)

    def change(self) -> Change[list[Conflict]]:
        """The records and documents of both sides in one; its answer is what somebody had decided.

        Conflicted where something is not decided.
        """
        self._files()
        self._mend()
        if self.conflicts:
            raise Conflicted(tuple(self.conflicts))
        self._documents()
        return Change(self.decided, records=self.records, documents=self.documents)

    def agreed(self, path: str) -> Version | None:
        """A record as both sides make it, before somebody sets a field in it on which they agree."""
        self._files()
        return self._now(path)

    def _files(self) -> None:
        for path, sides in self.crossing.clashes.items():
            if BUILT.fullmatch(path) is None:
                self._file(path, sides)

    def _now(self, path: str) -> Version | None:
        """A record as it is to be, as far as that is known."""
        model = model_at(path)
        if path in self.records or model is None:
            return self.records.get(path)
        if path not in self.documents:
            return record_at(self.crossing.tree, path)
        data = self.documents[path]
        return parsed(data, path, model, "")[0] if data is not None else None

    def _file(self, path: str, sides: Sides) -> None:
        model = model_at(path)
        versions = [sides.base, sides.mine, sides.theirs]
        readings = [None if data is None else parsed(data, path, model, "")[0] for data in versions] if model else []
        if not model or any(data is not None and one is None for data, one in zip(versions, readings, strict=True)):
            self._whole(path, sides)
        else:
            self._record(path, sides, readings)

    def _whole(self, path: str, sides: Sides) -> None:
        """A file that is no record: the program's own one, both sides' lines, or the version that somebody chose."""
        if path in packaged_paths("schemas"):
            self.documents[path] = packaged(path)
            return
        lines = _by_lines(path, sides)
        if lines is not None:
            self.documents[path] = lines
            return
        conflict = Conflict(path, Clash((), sides.base, sides.mine, sides.theirs))
        choice = self._choice(conflict)
        if choice is None or choice.how not in ("mine", "theirs"):
            self.conflicts.append(conflict)
        else:
            self.documents[path] = sides.mine if choice.how == "mine" else sides.theirs
            self.decided.append(conflict)

    def _record(self, path: str, sides: Sides, versions: list[Any]) -> None:
        base, mine, theirs = versions

        def decide(clash: Clash) -> Any:
            conflict = Conflict(path, clash, mine or theirs)
            choice = self._choice(conflict)
            if choice:
                self.decided.append(conflict)
            return _chosen(choice, clash) if choice else UNDECIDED

        merged = merge(base, mine, theirs, decide)
        self.conflicts += [Conflict(path, clash, mine or theirs) for clash in merged.clashes]
        if merged.clashes:
            return
        if merged.value is None or mine is None or theirs is None:
            self.documents[path] = None if merged.value is None else sides.mine if mine else sides.theirs
        else:
            self.records[path] = self._sound(path, merged.value, mine, theirs)

    def _sound(self, path: str, value: Version, mine: Any, theirs: Any) -> Version | None:
        """The record, if what both say can stand in one; else it has to be decided for the record as a whole."""
        try:
            return sound(value)
        except UsageError:
            if any(one.path == path for one in self.decided):
                raise
            self.conflicts.append(Conflict(path, Clash((), None, mine, theirs), mine))
            return None

    def _choice(self, conflict: Conflict) -> Choice | None:
        """What was decided of a conflict, as long as both sides say what they said then."""
        choice = self.chosen.get((conflict.path, conflict.field))
        seen = [value_of(value) for value in (conflict.clash.mine, conflict.clash.theirs)]
        return choice if choice and [choice.mine, choice.theirs] == seen else None

    def _mend(self) -> None:
        """Set the fields that somebody decided although the two sides agree on them: together with others they err."""
        clashing = {(one.path, one.field) for one in (*self.conflicts, *self.decided)}
        for (path, way), choice in self.chosen.items():
            record = self._now(path)
            if record is None or (path, way) in clashing or _says(record, way) != choice.mine:
                continue
            if choice.how == "renumber" and isinstance(record, Meeting):
                from atbtst_cli.acts import numbering  # needed seldom, and it takes long to be there

                shared = record_at(self.crossing.theirs, path)
                known = shared if isinstance(shared, Meeting) else None
                self.records[path] = numbering.redrawn(self._council(), record, known)
            elif choice.how == "value":
                was = tuple(choice.mine) if isinstance(choice.mine, list) else choice.mine
                self.records[path] = ways.changed(record, way, typed(choice.value, Clash((), was, was, was)))
            else:
                continue
            self.documents.pop(path, None)
            self.decided.append(Conflict(path, Clash(tuple(way.split("/")), None, choice.mine, choice.mine), record))

    # -- documents --------------------------------------------------------------------------------------------------

    def _documents(self) -> None:
        """Make the documents anew that are built of what both changed, or that both made."""
        council = self._council()
        folders = {path.removesuffix("/meeting.yaml") for path in self.records}
        folders |= {found["folder"] for path in self.crossing.clashes if (found := BUILT.fullmatch(path))}
        for meeting in council.meetings.values():
            folder = council.paths["meetings", meeting.id].removesuffix("/meeting.yaml")
            if folder in folders:
                self._rebuild(council, meeting, folder)
        gone = {path for path, data in self.documents.items() if data is None and KINDS["meetings"].id_in(path)}
        built = (found for found in map(BUILT.fullmatch, self.crossing.tree.entries) if gone and found)
        left = {found[0] for found in built if f"{found['folder']}/meeting.yaml" in gone}
        for path in left | (self.crossing.clashes.keys() - self.documents.keys() - self.records.keys()):
            self.documents[path] = None  # the meeting is gone, and its documents with it

    def _rebuild(self, council: Council, meeting: Meeting, folder: str) -> None:
        trees = (self.crossing.tree, self.crossing.mine)
        paths = {path for tree in trees for path in tree.paths(folder) if BUILT.fullmatch(path)}
        for path in paths & {*self.crossing.tree.entries, *self.crossing.clashes}:
            self.documents[path] = self._built(council, meeting, path)

    def _built(self, council: Council, meeting: Meeting, path: str) -> bytes | None:
        found = BUILT.fullmatch(path)
        assert found  # noqa: S101  only such paths come here
        sealed = meeting.approval.sealed if meeting.approval else None
        sign = sealed.documents.get(path.removeprefix(found["folder"] + "/")) if sealed else None
        for tree in (self.crossing.theirs, self.crossing.mine) if sign else ():
            if path in tree.entries and seals.fingerprint(tree.read(path)) == sign:
                return tree.read(path)
        if found["public"]:
            return self._published(path)
        return self.render(council, meeting, found["name"], found["form"], "internal")

    def _published(self, path: str) -> bytes | None:
        """What is public of minutes that were opened again: what was approved last, until they are approved anew."""
        sides = self.crossing.clashes.get(path)
        if sides is None:
            return self.crossing.tree.read(path)
        return sides.mine if sides.theirs is None else sides.theirs

    def _council(self) -> Council:
        """The council as it will be, as far as documents are built of it."""
        council = self.crossing.council
        known: dict[str, Any] = {}
        for path, data in self.documents.items():
            if data is not None and (model := model_at(path)):
                known[path] = parsed(data, path, model, "")[0]
        changed = {**known, **self.records}
        kinds: dict[str, Any] = {}
        for name, kind in KINDS.items():
            new = {key: one for path, one in changed.items() if one and (key := kind.id_in(path))}
            kinds[name] = ChainMap(new, getattr(council, name)) if new else getattr(council, name)
        paths = {(name, key): path for name, kind in KINDS.items() for path in changed if (key := kind.id_in(path))}
        settings = next((one for one in changed.values() if isinstance(one, Settings)), council.settings)
        return replace(council, settings=settings, paths={**council.paths, **paths}, **kinds)


def _by_lines(path: str, sides: Sides) -> bytes | None:
    """What both sides' lines make of a file that is not kept with the records; None where they do not go together."""
    if path.startswith(("records/", "schemas/")) or sides.mine is None or sides.theirs is None:
        return None
    text, whole = marks.joined(sides.mine, sides.base or b"", sides.theirs)
    return text if whole else None


def join(crossing: Crossing, chosen: Chosen, render: Render) -> Change[list[Conflict]]:
    """Both sides' records and documents in one; its answer is what somebody had decided.

    Conflicted where more has to be decided.
    """
    return Joined(crossing, chosen, render).change()


def judge(today: date) -> Callable[[Crossing, Council], list[Finding]]:
    """Whether both sides make a sound record together: Conflicted for errors that neither of them has alone."""

    def judged(crossing: Crossing, after: Council) -> list[Finding]:
        trees = (crossing.mine, crossing.theirs)
        alone = (load(tree, crossing.council, _differing(tree, crossing.tree)) for tree in trees)
        found = added_by_merge(alone, after, today)
        errors = [finding for finding in found if finding.level == "error"]
        if errors:
            own = [finding for finding in errors if _is_own(crossing, finding.path)]
            raise Conflicted((), tuple(_with_way_out(one, crossing) for one in own or errors))
        return found

    return judged


TWICE = ("meeting-number-twice", "decision-number-twice")
"""The rules that two clones break together which draw the same number."""


def _is_own(crossing: Crossing, path: str) -> bool:
    """Whether this side changed a file."""
    mine = crossing.mine.entries.get(path)
    return path in crossing.clashes or (mine == crossing.tree.entries.get(path) != crossing.theirs.entries.get(path))


def _with_way_out(finding: Finding, crossing: Crossing) -> Finding:
    """A finding with what helps here, where only one of the two sides can still give way."""
    meeting = KINDS["meetings"].id_in(finding.path)
    if finding.rule in TWICE and _is_own(crossing, finding.path):
        hint = _("What was shared first keeps its number. Take the next free ones here with: {command}")
        return replace(finding, hint=hint.format(command=f"atbtst resolve {meeting} --renumber"))
    if finding.rule == "held-and-cancelled":
        hint = _("If it was held, take out that it was cancelled, with: {command}")
        return replace(finding, hint=hint.format(command=f'atbtst resolve {meeting} cancelled --value ""'))
    if finding.rule == "seal-broken":
        theirs = record_at(crossing.theirs, finding.path)
        is_shared = isinstance(theirs, Meeting) and theirs.approval
        hint = (
            _(
                "They are approved where they are shared. Take yours back (atbtst undo), sync, and make it by: "
                "{command}   If it cannot be taken back, make it in a new copy of what is shared: atbtst clone URL"
            )
            if is_shared
            else _("Others have changed them. Open yours again, sync, and approve them anew: {command}")
        )
        edit = f'atbtst minutes edit {meeting} --reason "{_("why")}"'
        return replace(finding, hint=hint.format(command=edit))
    key = key_of(finding.path)
    if not (key and finding.field):
        return finding
    command = shlex.join(["atbtst", "resolve", key[1], ways.of_field(finding.field), "--value", "…"])
    said = _("Or set it for both sides, with: {command}").format(command=command)
    return replace(finding, hint=f"{finding.hint}   {said}".strip())


def _differing(tree: CommitTree, other: CommitTree) -> set[str]:
    return {path for path, _entry in tree.entries.items() ^ other.entries.items()}


def record_at(tree: CommitTree, path: str) -> Version | None:
    """The record at a path of a commit; None where there is none that can be read."""
    model = model_at(path)
    return parsed(tree.read(path), path, model, "")[0] if model and path in tree.entries else None


def _says(record: Version, way: str) -> Any:
    """What a field says, as a plain value; None too where it is gone."""
    try:
        return ways.value(record, way)
    except NotFound:
        return None


def value_of(value: Any) -> Any:
    """A value as it is kept with a choice: plain, and of a file only its fingerprint."""
    return seals.fingerprint(value) if isinstance(value, bytes) else plain(value)


def _chosen(choice: Choice, clash: Clash) -> Any:
    """The value that a choice gives to a field."""
    if choice.how == "both":
        return both(clash)
    if choice.how == "value":
        return typed(choice.value, clash)
    return clash.mine if choice.how == "mine" else clash.theirs


def both(clash: Clash) -> Any:
    """Theirs and mine, one after the other; UsageError where a field can hold one only."""
    mine, theirs = clash.mine, clash.theirs
    if isinstance(mine, tuple) and isinstance(theirs, tuple) and clash.way[-1] not in WHOLE:
        return (*theirs, *(one for one in mine if one not in theirs))
    if isinstance(mine, str) and isinstance(theirs, str) and "\n" in mine + theirs:
        texts = [(text or "").splitlines(keepends=True) for text in (clash.base, mine, theirs)]
        return "".join(joined(*texts, both=True) or (*texts[2], *texts[1]))
    raise UsageError(
        _("{field} holds one thing only, so both cannot stand there.").format(field="/".join(clash.way)),
        _("Choose --mine or --theirs, or write it anew with --value."),
    )


def typed(text: str, clash: Clash) -> Any:
    """What somebody typed for a field: several things with commas between where it holds several; nothing is None."""
    if any(isinstance(value, tuple) for value in (clash.base, clash.mine, clash.theirs)):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text or None
