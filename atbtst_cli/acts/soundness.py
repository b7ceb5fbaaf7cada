"""Whether two sides make a sound record together, and where they do not, the way out."""

import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from atbtst_cli.acts import ways
from atbtst_cli.acts.choosable import may_take
from atbtst_cli.acts.choosing import to_open
from atbtst_cli.errors import AtbtstError, Exit, Finding
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules.checks import added_by_merge
from atbtst_cli.rules.merging import Conflict
from atbtst_cli.store.crossing import Crossing
from atbtst_cli.store.layout import KINDS, key_of
from atbtst_cli.store.load import load, record_at
from atbtst_cli.store.tree import CommitTree


class Conflicted(AtbtstError):
    """Two sides say different things, and a person has to decide; ``findings`` are wrong only in both together."""

    exit_code = Exit.CONFLICT

    def __init__(self, conflicts: tuple[Conflict, ...], findings: tuple[Finding, ...] = ()) -> None:
        said = (
            _("Two changes of the same field do not go together, so nothing here was changed.")
            if conflicts
            else _("What was changed here and what was changed elsewhere do not go together, so nothing was changed.")
        )
        hint = _("Decide with: {command}").format(command="atbtst resolve") if conflicts else set_or_take_back()
        super().__init__(said, hint, findings)
        self.conflicts = conflicts


def set_or_take_back() -> str:
    """What helps with whatever is wrong only in both sides together."""
    return _("Set a field with: {resolve}   or take a record as one side has it: {take}   or take back: {undo}").format(
        resolve=_('atbtst resolve ID FIELD --value "…"'),
        take="atbtst resolve ID --whole --mine|--theirs",
        undo="atbtst undo",
    )


def judge(today: date) -> Callable[[Crossing, Council], list[Finding]]:
    """Whether both sides make a sound record together: Conflicted for errors that neither of them has alone."""

    def judged(crossing: Crossing, after: Council) -> list[Finding]:
        trees = (crossing.mine, crossing.theirs)
        alone = (load(tree, crossing.council, _differing(tree, crossing.tree)) for tree in trees)
        found = added_by_merge(alone, after, today)
        errors = [finding for finding in found if finding.level == "error"]
        if errors:
            own = [finding for finding in errors if _is_own(crossing, finding.path)]
            raise Conflicted((), tuple(_with_way_out(one, crossing, after) for one in own or errors))
        return found

    return judged


TWICE = ("meeting-number-twice", "decision-number-twice")
"""The rules that two clones break together which draw the same number."""


def _is_own(crossing: Crossing, path: str) -> bool:
    """Whether this side changed a file."""
    mine = crossing.mine.entries.get(path)
    return path in crossing.clashes or (mine == crossing.tree.entries.get(path) != crossing.theirs.entries.get(path))


def _with_way_out(finding: Finding, crossing: Crossing, after: Council) -> Finding:
    """A finding with what helps here, where only one of the two sides can still give way."""
    meeting = KINDS["meetings"].id_in(finding.path)
    if finding.rule in TWICE and _is_own(crossing, finding.path):
        mine = record_at(crossing.mine, finding.path)
        hint = (
            _("What was shared first keeps its number. Yours are approved: open them with: {edit}   and sync again.")
            if isinstance(mine, Meeting) and mine.approval
            else _("What was shared first keeps its number. Take the next free ones here with: {renumber}")
        )
        return replace(
            finding, hint=hint.format(renumber=f"atbtst resolve {meeting} --renumber", edit=to_open(meeting))
        )
    if finding.rule == "held-and-cancelled":
        hint = _("If it was held, take out that it was cancelled, with: {command}")
        return replace(finding, hint=hint.format(command=f'atbtst resolve {meeting} cancelled --value ""'))
    if finding.rule == "seal-broken":
        theirs = record_at(crossing.theirs, finding.path)
        side = "theirs" if may_take(crossing, finding.path, "theirs") else "mine"
        if not (isinstance(theirs, Meeting) and theirs.approval):
            hint = _("Others have changed them. Open yours again, sync, and approve them anew: {edit}")
        elif side == "theirs":
            hint = _("They are approved where they are shared. Take them so, with: {take}   and change them by: {edit}")
        else:
            hint = _("They were approved here since. Take yours, with: {take}   and change them by: {edit}")
        take = f"atbtst resolve {meeting} --whole --{side}"
        return replace(finding, hint=hint.format(take=take, edit=to_open(meeting)))
    if finding.rule == "unknown-id" and (dropped := _dropped(finding, crossing, after)):
        record, side = dropped
        hint = _("It is there on one side. Keep it with: {command}")
        finding = replace(finding, hint=hint.format(command=f"atbtst resolve {record} --whole {side}"))
    key = key_of(finding.path)
    if not (key and finding.field):
        return finding
    command = shlex.join(["atbtst", "resolve", key[1], ways.of_field(finding.field), "--value", "…"])
    said = _("Or set it for both sides, with: {command}").format(command=command)
    return replace(finding, hint=f"{finding.hint}   {said}".strip())


def _dropped(finding: Finding, crossing: Crossing, after: Council) -> tuple[str, str] | None:
    """The id of the record that a finding misses although one side has it, and the choice that keeps it."""
    missing = set(re.split(r"[\s/]", finding.message))
    for tree, side in ((crossing.theirs, "--theirs"), (crossing.mine, "--mine")):
        for path in tree.entries:
            kind, record = key_of(path) or ("", "")
            if record in missing and kind in KINDS and record not in getattr(after, kind):
                return record, side
    return None


def _differing(tree: CommitTree, other: CommitTree) -> set[str]:
    return {path for path, _entry in tree.entries.items() ^ other.entries.items()}
