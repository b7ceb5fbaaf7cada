"""Deciding what holds where the record here and the shared one do not go together."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from atbtst_cli.acts import ways
from atbtst_cli.acts.choosing import both, typed, value_of
from atbtst_cli.acts.merging import Joined, Render, join
from atbtst_cli.acts.soundness import Conflicted, judge
from atbtst_cli.acts.syncing import crossing
from atbtst_cli.errors import Finding, NotFound, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import Record
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import DecisionBlock, Meeting
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.merging import Conflict
from atbtst_cli.store.choices import Choice, Choices, How
from atbtst_cli.store.crossing import Crossing
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

    def __init__(self, store: Store, remote: Remote, render: Render, today: date) -> None:
        """Look at what sync found; nothing is asked of the shared record."""
        self._store, self._render, self._today = store, render, today
        self._choices = Choices(store.repo)
        self._crossing: Crossing | None = crossing(store, remote)

    def meant(self, word: str) -> str:
        """The id of the record that clashes and that somebody calls so: by the beginning of its id, or as sync does."""
        if self._crossing is None:
            return word
        council = self._crossing.council
        names = Directory(council, self._today)
        known = {conflicts.id_of(one): conflicts.record(council, one, names) for one in self._known()}
        found = [key for key, name in known.items() if key.startswith(word) or name == word]
        return found[0] if len(found) == 1 and word not in known else word

    def open(self, record: str | None = None) -> Open:
        """What is to be decided, of one record or of all; NotFound where it is only of others."""
        found = self._conflicted()
        left = [one for one in found.conflicts if record in (None, conflicts.id_of(one))] if found else []
        if record and found and found.conflicts and not left:
            raise _none_of(record)
        told = conflicts.told(self._store, self._crossing, left, self._today) if self._crossing else []
        return Open(tuple(told), found.findings if found else (), len(self._made()))

    def decide(self, record: str, field: str | None, how: How, value: str) -> None:
        """Put down what holds in a field of a record, or in all that clash; NotFound where nothing is to be decided.

        UsageError where such a value cannot stand there.
        """
        if self._crossing is None:
            raise NotFound(_("There is nothing to decide."), _("See: {command}").format(command="atbtst sync"))
        found = [one for one in self._known() if conflicts.id_of(one) == record and field in (None, one.field)]
        if how == "renumber":
            choices = [self._renumbering(self._crossing, record)]
        elif found:
            choices = [self._choice(self._crossing, one, how, value) for one in found]
        elif how == "value" and field:
            choices = [self._mending(self._crossing, record, field, value)]
        else:
            raise _none_of(record, field)
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

    def _made(self) -> dict[tuple[str, str], Choice]:
        return self._choices.made(self._crossing.base) if self._crossing else {}

    def _known(self) -> Sequence[Conflict]:
        """All conflicts, those that were decided too: somebody may think again."""
        assert self._crossing  # noqa: S101
        try:
            join(self._crossing, {}, self._render)
        except Conflicted as error:
            return error.conflicts
        return ()

    def _choice(self, crossing: Crossing, conflict: Conflict, how: How, value: str) -> Choice:
        clash = conflict.clash
        if clash.way[:1] == ("approval",) and how != "theirs":
            raise UsageError(
                _("The minutes {id} were approved in the shared record, and that approval stays.").format(
                    id=conflicts.id_of(conflict)
                ),
                _("Choose --theirs. Approved minutes are changed with: {command}").format(
                    command=f'atbtst minutes edit {conflicts.id_of(conflict)} --reason "{_("why")}"'
                ),
            )
        if how in ("both", "value") and not clash.way:
            raise UsageError(_("Only one of the two can hold as a whole."), _("Choose one with --mine or --theirs."))
        if how == "both":
            both(clash)
        if how == "value":
            _refuse_unfit(crossing, conflict, value)
        sides = value_of(clash.mine), value_of(clash.theirs)
        return Choice(crossing.base, conflict.path, conflict.field, how, *sides, value)

    def _mending(self, crossing: Crossing, record: str, field: str, value: str) -> Choice:
        """A value for a field on which both agree, but with which the two do not go together."""
        path, known = self._agreed(crossing, record)
        was = ways.value(known, field)
        return Choice(crossing.base, path, field, "value", was, was, value)

    def _renumbering(self, crossing: Crossing, record: str) -> Choice:
        """New numbers for minutes whose own are only known here."""
        path, known = self._agreed(crossing, record)
        shared = record_at(crossing.theirs, path)
        if not isinstance(known, Meeting) or known.number is None or known.approval or _cited(known) <= _cited(shared):
            raise UsageError(
                _("{id} keeps its numbers: it is no meeting, has none, or they are known elsewhere.").format(id=record),
                _("New numbers are for minutes that were written here and are not shared or approved yet."),
            )
        return Choice(crossing.base, path, "number", "renumber", known.number, known.number)

    def _agreed(self, crossing: Crossing, record: str) -> tuple[str, Record | Settings]:
        """The file that an id, or a path, names on one side or the other, and what both sides make of its record."""
        path = next((path for (_kind, key), path in crossing.council.paths.items() if record in (key, path)), None)
        known = Joined(crossing, self._made(), self._render).agreed(path) if path else None
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
            self._store.rehearse(
                self._crossing, lambda crossing: join(crossing, made, self._render), judge(self._today)
            )
        except Conflicted as error:
            return error
        return None


def _cited(record: Record | Settings | None) -> set[str]:
    """What of a meeting's minutes has a number: themselves, and decisions by their ids."""
    if not isinstance(record, Meeting):
        return set()
    decisions = {
        block.decision for _item, block in record.blocks() if isinstance(block, DecisionBlock) and block.number
    }
    return decisions | ({record.id} if record.number else set())


def _none_of(record: str, field: str | None = None) -> NotFound:
    said = _("In {id} nothing is to be decided of {field}.") if field else _("In {id} nothing is to be decided.")
    return NotFound(
        said.format(id=record, field=field), _("See what is, with: {command}").format(command="atbtst resolve")
    )


def _refuse_unfit(crossing: Crossing, conflict: Conflict, value: str) -> None:
    """UsageError where a value can stand neither in the record here nor in the shared one."""
    refusals: list[UsageError] = []
    for tree in (crossing.mine, crossing.theirs):
        known = record_at(tree, conflict.path)
        try:
            if known is not None:
                ways.changed(known, conflict.field, typed(value, conflict.clash))
        except NotFound:
            continue
        except UsageError as error:
            refusals.append(error)
        else:
            return
    if refusals:
        raise refusals[0]
