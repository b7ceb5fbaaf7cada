"""What becomes of files that two clones of a record both changed: records field by field, documents made anew."""

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from atbtst_cli.acts import ways
from atbtst_cli.acts.choosing import chosen, typed, value_of
from atbtst_cli.acts.soundness import Conflicted
from atbtst_cli.errors import NotFound, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.problems import sound
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seals
from atbtst_cli.rules.merging import UNDECIDED, Clash, Conflict, merge
from atbtst_cli.store import marks
from atbtst_cli.store.choices import NUMBERS, Choice
from atbtst_cli.store.crossing import Crossing, Sides
from atbtst_cli.store.layout import BESIDE, BUILT, KINDS, Version, folder_of, key_of, model_at, record_beside
from atbtst_cli.store.load import parsed, record_at
from atbtst_cli.store.packaged import packaged, packaged_paths
from atbtst_cli.store.tree import CommitTree, Overlay, Tree

Chosen = Mapping[tuple[str, str], Choice]
"""What somebody decided, by file and field."""
Render = Callable[[Council, Meeting, str, str, str], bytes]
"""Makes the document of a meeting by its name (agenda, minutes), form and edition."""
Looks = Callable[[Tree], Render]
"""Gives what makes documents with the templates of a tree."""


@dataclass
class Joined:
    """What is to become of the files that both sides changed."""

    crossing: Crossing
    chosen: Chosen
    looks: Looks
    records: dict[str, Version | None] = field(default_factory=dict)
    documents: dict[str, bytes | None] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    decided: list[Conflict] = field(default_factory=list)
    taken: dict[str, CommitTree] = field(default_factory=dict)
    """Of meetings that are to be as one side has them, the folder, and the files of that side."""

    def change(self) -> Change[list[Conflict]]:
        """The records and documents of both sides in one; its answer is what somebody had decided.

        Conflicted where something is not decided.
        """
        self._files()
        self._mend()
        if self.conflicts:
            raise Conflicted(tuple(self.conflicts))
        self._refuse_orphans()
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
        for (path, way), choice in self.chosen.items():
            if not way and path not in self.crossing.clashes:
                self._other(path, choice)

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
        choice = self.chosen.get((record_beside(path), "")) or self._choice(conflict)
        if choice is None or choice.how not in ("mine", "theirs"):
            self.conflicts.append(conflict)
        else:
            self.documents[path] = sides.mine if choice.how == "mine" else sides.theirs
            self.decided.append(conflict)

    def _record(self, path: str, sides: Sides, versions: list[Any]) -> None:
        base, mine, theirs = versions
        whole = Conflict(path, Clash((), base, mine, theirs), mine or theirs)
        if choice := self._choice(whole):
            self._take(path, choice)
            self.decided.append(whole)
            return

        def decide(clash: Clash) -> Any:
            conflict = Conflict(path, clash, mine or theirs)
            choice = self._choice(conflict)
            if choice:
                self.decided.append(conflict)
            return chosen(choice, clash) if choice else UNDECIDED

        merged = merge(base, mine, theirs, decide)
        if merged.clashes:
            self.conflicts += [Conflict(path, clash, mine or theirs) for clash in merged.clashes]
        elif merged.value is None or mine is None or theirs is None:
            self.documents[path] = None if merged.value is None else sides.mine if mine else sides.theirs
        elif joint := self._sound(path, merged.value):
            self.records[path] = joint
        else:
            self.conflicts.append(whole)

    def _sound(self, path: str, value: Version) -> Version | None:
        """The record, if what both say can stand in one; UsageError where it cannot because of what was decided."""
        try:
            return sound(value)
        except UsageError:
            if any(one.path == path for one in self.decided):
                raise
            return None

    def _choice(self, conflict: Conflict) -> Choice | None:
        """What was decided of a conflict, as long as both sides say what they said then."""
        choice = self.chosen.get((conflict.path, conflict.field))
        seen = [value_of(value) for value in (conflict.clash.mine, conflict.clash.theirs)]
        return choice if choice and [choice.mine, choice.theirs] == seen else None

    def _mend(self) -> None:
        """Set what somebody decided although the two sides agree there: together with other records they err."""
        clashing = {(one.path, one.field) for one in (*self.conflicts, *self.decided)}
        for (path, way), choice in self.chosen.items():
            if way and (path, way) not in clashing and self._is_set(path, way, choice):
                clash = Clash(tuple(way.split("/")), None, choice.mine, choice.theirs)
                self.decided.append(Conflict(path, clash, self._now(path)))

    def _is_set(self, path: str, way: str, choice: Choice) -> bool:
        """Whether minutes could be numbered anew, or a field set on which both sides agreed when that was decided."""
        record = self._now(path)
        if way == NUMBERS and isinstance(record, Meeting) and record.number and not record.approval:
            from atbtst_cli.acts import numbering  # needed seldom, and it takes long to be there

            shared = record_at(self.crossing.theirs, path)
            known = shared if isinstance(shared, Meeting) else None
            self.records[path] = numbering.redrawn(self._council(), record, known)
        elif record is not None and choice.is_mending and _says(record, way) == choice.mine:
            was = tuple(choice.mine) if isinstance(choice.mine, list) else choice.mine
            self.records[path] = ways.changed(record, way, typed(choice.value, Clash((), was, was, was)))
        else:
            return False
        self.documents.pop(path, None)
        return True

    def _other(self, path: str, choice: Choice) -> None:
        """Take a record that only one side changed, made or took away as the chosen side has it."""
        mine, theirs = (record_at(tree, path) for tree in (self.crossing.mine, self.crossing.theirs))
        if [choice.mine, choice.theirs] == [value_of(mine), value_of(theirs)]:
            self._take(path, choice)
            self.decided.append(Conflict(path, Clash((), None, mine, theirs), mine or theirs))

    def _take(self, path: str, choice: Choice) -> None:
        """Take a record as the chosen side has it, with the papers and documents that lie beside it there."""
        side = self.crossing.mine if choice.how == "mine" else self.crossing.theirs
        self.documents[path] = side.read(path) if path in side.entries else None
        if path not in side.entries:
            return
        folder = folder_of(path)
        here, there = ({*tree.paths(folder)} - self.crossing.clashes.keys() for tree in (self.crossing.tree, side))
        self.documents |= {one: side.read(one) for one in there - here if not BUILT.fullmatch(one)}
        self.documents |= dict.fromkeys(filter(record_beside, here - there))
        mine, theirs = (record_at(tree, path) for tree in (self.crossing.mine, self.crossing.theirs))
        if isinstance(mine, Meeting) and isinstance(theirs, Meeting) and choice.how == "mine":
            self.records[path] = seals.on_top(mine, theirs)
            self.documents.pop(path)
        if KINDS["meetings"].id_in(path):
            self.taken[folder] = side

    def _refuse_orphans(self) -> None:
        """UsageError where a paper is to stay and its record is not."""
        for path in (path for path, data in self.documents.items() if data is not None):
            record = record_beside(path)
            if (key := key_of(record)) and self._now(record) is None:
                side = "mine" if record in self.crossing.mine.entries else "theirs"
                raise UsageError(
                    _("{path} belongs to a record that is taken away.").format(path=path),
                    _("Keep both, with: {command}").format(command=f"atbtst resolve {key[1]} --whole --{side}"),
                )

    # -- documents --------------------------------------------------------------------------------------------------

    def _documents(self) -> None:
        """Make the documents anew that are built of what both changed, or that both made."""
        council = self._council()
        folders = {*map(folder_of, self.records), *self.taken}
        folders |= {found["folder"] for path in self.crossing.clashes if (found := BUILT.fullmatch(path))}
        for meeting in council.meetings.values():
            folder = folder_of(council.paths["meetings", meeting.id])
            if folder in folders:
                self._rebuild(council, meeting, folder)
        records = {path for path, data in self.documents.items() if data is None and key_of(path)}
        left = {one for path in records for one in self.crossing.tree.paths(folder_of(path)) if BESIDE.fullmatch(one)}
        for path in left | (self.crossing.clashes.keys() - self.documents.keys() - self.records.keys()):
            self.documents[path] = None  # the record is gone, and what lies beside it goes with it

    def _rebuild(self, council: Council, meeting: Meeting, folder: str) -> None:
        side = self.taken.get(folder)
        paths = {*self.crossing.tree.paths(folder), *self.crossing.clashes, *(side.entries if side else ())}
        for path in paths:
            if path.startswith(f"{folder}/") and BUILT.fullmatch(path):
                is_there = side is None or path in side.entries
                self.documents[path] = self._built(council, meeting, path) if is_there else None

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
        templates = Overlay(self.crossing.tree, self.documents)  # those of both sides
        return self.looks(templates)(council, meeting, found["name"], found["form"], "internal")

    def _published(self, path: str) -> bytes | None:
        """What is public of minutes that were opened again: what was approved last, until they are approved anew."""
        folder = path.rpartition("/public/")[0]
        if folder not in self.taken and path not in self.crossing.clashes:
            return self.crossing.tree.read(path)
        trees = [self.crossing.theirs, self.crossing.mine]
        shared, own = (len(seals.approvals(record_at(tree, f"{folder}/meeting.yaml"))) for tree in trees)
        latest = trees[::-1] if own > shared else trees
        return next((tree.read(path) for tree in latest if path in tree.entries), None)

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


def join(crossing: Crossing, chosen: Chosen, looks: Looks) -> Change[list[Conflict]]:
    """Both sides' records and documents in one; its answer is what somebody had decided.

    Conflicted where more has to be decided.
    """
    return Joined(crossing, chosen, looks).change()


def _says(record: Version, way: str) -> Any:
    """What a field says, as a plain value; None too where it is gone."""
    try:
        return ways.value(record, way)
    except NotFound:
        return None
