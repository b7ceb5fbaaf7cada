"""Deciding what holds where the record here and the shared one do not go together."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from atbtst_cli.acts import ways
from atbtst_cli.acts.choosable import refuse_typed, refuse_unapproving, refuse_unfit
from atbtst_cli.acts.choosing import both, value_of
from atbtst_cli.acts.merging import Joined, Looks, join
from atbtst_cli.acts.soundness import Conflicted, judge
from atbtst_cli.acts.syncing import crossing
from atbtst_cli.errors import Finding, NotFound, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import Record
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import DecisionBlock, Meeting
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.merging import APPROVED, Conflict
from atbtst_cli.store.choices import NUMBERS, Choice, Choices, How
from atbtst_cli.store.crossing import Crossing
from atbtst_cli.store.layout import KINDS, SETTINGS, Version, key_of
from atbtst_cli.store.load import record_at
from atbtst_cli.store.remote import Remote
from atbtst_cli.store.transaction import Store
from atbtst_cli.views import conflicts


@dataclass(frozen=True, slots=True)
class Open:
    """What is still to be decided: fields, and what is wrong only in both together; ``decided`` counts what is not."""

    told: tuple[conflicts.Told, ...] = ()
    findings: tuple[Finding, ...] = ()
    decided: int = 0

    @property
    def is_open(self) -> bool:
        """Whether anything is left."""
        return bool(self.told or self.findings)

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        return {
            "conflicts": [one.data() for one in self.told],
            "findings": [asdict(one) for one in self.findings],
            "decided": self.decided,
        }


class Deciding:
    """The place where the record here and the shared one meet, as it was when that was last fetched."""

    def __init__(self, store: Store, remote: Remote, looks: Looks, today: date) -> None:
        """Look at what sync found; nothing is asked of the shared record."""
        self._store, self._looks, self._today = store, looks, today
        self._choices = Choices(store.repo)
        self._crossing: Crossing | None = crossing(store, remote)

    def meant(self, word: str) -> str:
        """The id of the record that clashes and that somebody calls so: by the beginning of its id, or as sync does."""
        if self._crossing is None:
            return word
        if word == "settings":
            return SETTINGS
        council = self._crossing.council
        names = Directory(council, self._today)
        known = {conflicts.id_of(one): conflicts.record(council, one, names) for one in self._known()}
        found = [key for key, name in known.items() if _written(key).startswith(word) or name == word]
        return found[0] if len(found) == 1 and word not in known else word

    def open(self, record: str | None = None) -> Open:
        """What is to be decided, of one record or of all; NotFound where it is only of others."""
        found = self._conflicted()
        left = [one for one in found.conflicts if record in (None, conflicts.id_of(one))] if found else []
        if record and found and found.conflicts and not left:
            raise _none_of(record)
        told = conflicts.told(self._store, self._crossing, left, self._today) if self._crossing else []
        return Open(tuple(told), found.findings if found else (), len(self._made()))

    def decide(self, record: str, field: str | None, how: How, value: str = "", *, whole: bool = False) -> None:
        """Put down what holds in a field of a record, in all that clash, or in the ``whole`` of it.

        NotFound where nothing is to be decided; UsageError where such a value cannot stand there.
        """
        if self._crossing is None:
            raise NotFound(_("There is nothing to decide."), _("See: {command}").format(command="atbtst sync"))
        choices = self._choices_for(self._crossing, record, field, how, value, whole=whole)
        before = self._made()
        try:
            for choice in choices:
                self._choices.keep(choice)
            self._conflicted()
        except UsageError as error:
            self._choices.put_back(before)
            if field and any(path == choices[0].path and name != field for path, name in before):
                hint = _("It has to fit what was decided of other fields there. Decide them anew: {command} or {other}")
                command = f"atbtst resolve {record} --mine"
                raise UsageError(error.message, hint.format(command=command, other="--theirs")) from error
            raise
        except BaseException:
            self._choices.put_back(before)  # with such a choice nothing would work here any more
            raise

    def undecide(self, record: str | None) -> None:
        """Take back what was decided of a record, or of all."""
        kept = {key: one for key, one in self._made().items() if record and conflicts.id_at(one.path) != record}
        self._choices.put_back(kept)

    def _choices_for(
        self, crossing: Crossing, record: str, field: str | None, how: How, value: str, *, whole: bool
    ) -> list[Choice]:
        if whole:
            return self._taking(crossing, record, how)
        if how == "renumber":
            return self._renumbering(crossing, record)
        if found := [one for one in self._known() if conflicts.id_of(one) == record and field in (None, one.field)]:
            return [self._choice(crossing, one, how, value) for one in found]
        if how == "value" and field:
            return [self._mending(crossing, record, field, value)]
        raise _none_of(record, field)

    def _made(self) -> dict[tuple[str, str], Choice]:
        return self._choices.made(self._crossing.base) if self._crossing else {}

    def _known(self) -> Sequence[Conflict]:
        """All conflicts, those that were decided too: somebody may think again. What else came of that comes last."""
        found = {(one.path, one.field): one for made in ({}, self._made()) for one in self._left(made)}
        return [*found.values()]

    def _left(self, made: Mapping[tuple[str, str], Choice]) -> Sequence[Conflict]:
        """The conflicts that are left with these choices made."""
        assert self._crossing  # noqa: S101
        try:
            join(self._crossing, made, self._looks)
        except Conflicted as error:
            return error.conflicts
        return ()

    def _choice(self, crossing: Crossing, conflict: Conflict, how: How, value: str) -> Choice:
        clash = conflict.clash
        if not clash.way or clash.way in APPROVED:
            refuse_unapproving(crossing, conflict.path, how)
        if how in ("both", "value") and not clash.way:
            raise UsageError(_("Only one of the two can hold as a whole."), _("Choose one with --mine or --theirs."))
        if how == "both":
            refuse_typed(conflict.path, conflict.field)
            both(clash)
        if how == "value":
            refuse_unfit(crossing, conflict, value)
        sides = value_of(clash.mine), value_of(clash.theirs)
        return Choice(crossing.base, conflict.path, conflict.field, how, *sides, value)

    def _mending(self, crossing: Crossing, record: str, field: str, value: str) -> Choice:
        """A value for a field on which both agree, but with which the two do not go together."""
        path, known = self._agreed(crossing, record)
        refuse_typed(path, field)
        was = ways.value(known, field)
        return Choice(crossing.base, path, field, "value", was, was, value)

    def _taking(self, crossing: Crossing, record: str, how: How) -> list[Choice]:
        """A record as one side has it, wherever that has its file; NotFound where the sides do not differ."""
        mine, theirs = crossing.mine, crossing.theirs
        differing = sorted({path for path, _entry in mine.entries.items() ^ theirs.entries.items() if key_of(path)})
        if not (paths := [path for path in differing if conflicts.id_at(path) == record]):
            raise _none_of(record)
        for path in paths:
            refuse_unapproving(crossing, path, how)
        sides = {path: [value_of(record_at(tree, path)) for tree in (mine, theirs)] for path in paths}
        return [Choice(crossing.base, path, "", how, *two) for path, two in sides.items()]

    def _renumbering(self, crossing: Crossing, record: str) -> list[Choice]:
        """New numbers for minutes whose own are only known here; where both sides drew one, theirs comes first."""
        path = next((path for path in crossing.mine.entries if KINDS["meetings"].id_in(path) == record), "")
        known, shared = record_at(crossing.mine, path), record_at(crossing.theirs, path)
        is_approved = any(isinstance(one, Meeting) and one.approval for one in (known, shared))
        if not isinstance(known, Meeting) or is_approved or _cited(known) <= _cited(shared):
            raise UsageError(
                _("{id} keeps its numbers: it is no meeting, has none, or they are known elsewhere.").format(id=record),
                _("New numbers are for minutes that were written here and are not shared or approved yet."),
            )
        drawn_twice = (one for one in self._known() if one.path == path and one.field.split("/")[-1] == "number")
        return [
            *(self._choice(crossing, one, "theirs", "") for one in drawn_twice),
            Choice(crossing.base, path, NUMBERS, "renumber", known.number, known.number),
        ]

    def _agreed(self, crossing: Crossing, record: str) -> tuple[str, Record | Settings]:
        """The file that an id, or a path, names on one side or the other, and what both sides make of its record."""
        path = next((path for (_kind, key), path in crossing.council.paths.items() if record in (key, path)), None)
        known = Joined(crossing, self._made(), self._looks).agreed(path) if path else None
        if path is None or known is None:
            raise NotFound(
                _("{id} is no record here or there.").format(id=record),
                _("Give the whole id, as it is listed by: {command}").format(command="atbtst resolve"),
            )
        return path, known

    def _conflicted(self) -> Conflicted | None:
        """Why the two do not go together, as things are decided now; None where they do."""
        if self._crossing is None:
            return None
        made = self._made()
        try:
            self._store.rehearse(self._crossing, lambda crossing: join(crossing, made, self._looks), judge(self._today))
        except Conflicted as error:
            return error
        return None


def _written(path: str) -> str:
    """A name as the terminal shows it: what is no UTF-8 in it with backslashes."""
    return path.encode("utf-8", "backslashreplace").decode()


def _cited(record: Version | None) -> set[tuple[str, str]]:
    """What of a meeting's minutes has a number: themselves, and decisions by their ids and words."""
    if not isinstance(record, Meeting):
        return set()
    decisions = {
        (block.decision, block.text)
        for _item, block in record.blocks()
        if isinstance(block, DecisionBlock) and block.number
    }
    return decisions | ({(record.id, "")} if record.number else set())


def _none_of(record: str, field: str | None = None) -> NotFound:
    said = _("In {id} nothing is to be decided of {field}.") if field else _("In {id} nothing is to be decided.")
    hint = _("See what is, with: {command}   Take a whole record as one side has it, with: {whole}")
    return NotFound(
        said.format(id=record, field=field), hint.format(command="atbtst resolve", whole="atbtst resolve ID --whole")
    )
