"""What one commit did to the workspace, and whether it is of the kind that can be taken back."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from atbtst_cli.errors import Invalid, Refused
from atbtst_cli.language import _
from atbtst_cli.models.base import Record
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seals
from atbtst_cli.store.history import Commit
from atbtst_cli.store.layout import KINDS, SETTINGS, key_of, model_at
from atbtst_cli.store.load import read_record
from atbtst_cli.store.tree import CommitTree

Recorded = Record | Settings | None
"""A record as it was at some time; None where there was none."""
Sides = Mapping[str, tuple[Recorded, Recorded]]
"""Records by path, each as it is now and as it becomes."""
Files = dict[str, bytes | None]
"""Files by path; None for one that goes."""
OURS = frozenset(("Item", "Matter", "Meeting", "Member", "Network", "Undoes"))
"""What stands before the colon in the last lines of a command's commit, one of them at least."""
LIFTED = "migrate: "
BEGUN = "init: "


def by_command(commit: Commit) -> bool:
    """Whether a commit was made by a command of this program, as far as its message tells."""
    return not OURS.isdisjoint(key for key, _value in commit.trailers) or commit.step["subject"].startswith(
        (LIFTED, BEGUN)
    )


@dataclass(frozen=True)
class Deed:
    """One commit of the branch, with trees of the files that it touched, before and after it."""

    commit: Commit
    before: CommitTree
    after: CommitTree

    @cached_property
    def touched(self) -> tuple[str, ...]:
        """The files of the workspace that it changed, by path."""
        return tuple(sorted({**self.before.entries, **self.after.entries}))

    @cached_property
    def records(self) -> dict[str, tuple[Recorded, Recorded]]:
        """Each record that it changed, before and after it, by path; Invalid where one of them cannot be read."""
        return {
            path: (recorded(self.before, path), recorded(self.after, path)) for path in self.touched if key_of(path)
        }

    def named(self) -> str:
        """What it did and when, in the words of its message."""
        step = self.commit.step
        return _("{subject} ({date}, {author}, commit {commit})").format(**{**step, "commit": step["commit"][:10]})


def recorded(tree: CommitTree, path: str) -> Recorded:
    """The record at a path of a commit, None where there is none; Invalid where it cannot be read."""
    model = model_at(path)
    if model is None or path not in tree.entries:
        return None
    record, findings = read_record(tree, path, model)
    if record is None:
        raise Invalid(
            _("{path} cannot be read in one of the versions that count here.").format(path=path),
            _("Put it right by hand; Git has its earlier versions: {command}").format(
                command=shlex.join(["git", "log", "-p", "--", path])
            ),
            tuple(findings),
        )
    return record


def refuse_lasting(deed: Deed) -> None:
    """Refused for what no command takes back, with the way that there is instead."""
    reason = next(lasting(deed), None)
    if reason:
        said, hint = reason
        raise Refused(_("{change} is not taken back: {reason}.").format(change=deed.named(), reason=said), hint)


def lasting(deed: Deed) -> Iterator[tuple[str, str]]:
    """Why a commit stays, and what to do instead."""
    subject = deed.commit.step["subject"]
    if len(deed.commit.parents) > 1:
        yield (
            _("it joins two lines of work and is no change of its own"),
            _("Name the change that is to go; see: {command}").format(command="atbtst log"),
        )
    if SETTINGS in deed.after.entries and SETTINGS not in deed.before.entries:
        yield _("the record began with it"), _("Put right what is wrong in it with the command for it: atbtst --help")
    if subject.startswith(LIFTED):
        yield _("it brought the files to the form that this program reads"), _("Nothing has to be done.")
    yield from _approved(deed)
    yield from _of_records(deed)


def _approved(deed: Deed) -> Iterator[tuple[str, str]]:
    tags = [value for key, value in deed.commit.trailers if key == seals.TRAILER]
    for meeting_id, _number in filter(None, map(seals.named, tags if not forgotten(deed) else ())):
        held = (new for _old, new in deed.records.values() if isinstance(new, Meeting) and new.held)
        commands = [f'atbtst minutes edit {meeting_id} --reason "{_("why")}"']
        commands += [f"atbtst minutes edit {one}" for one in (one.id for one in held if not one.approval)]
        yield (
            _("it approved the minutes {id}, and an approval stands").format(id=meeting_id),
            _("Correct minutes with: {command}").format(command="   ".join(commands)),
        )


def _of_records(deed: Deed) -> Iterator[tuple[str, str]]:
    if not deed.records:
        yield (
            _("it changed no record of the council"),
            _("Git itself takes it back: {command}").format(
                command=f"git revert --no-edit {deed.commit.step['commit'][:10]}"
            ),
        )
    if forgotten(deed):
        yield (
            _("somebody's personal data was taken out, and does not come back"),
            _("Whoever is to be a member again is added anew with: {command}").format(
                command=f'atbtst member add "{_("NAME")}"'
            ),
        )
    mailing = next((new for _old, new in deed.records.values() if isinstance(new, Mailing)), None)
    if mailing:
        again = f"atbtst {mailing.kind} send {mailing.meeting}"
        yield (
            _("letters went out, and what was sent stays on record"),
            _("Put right what they said, then send it anew with: {command}").format(command=again)
            if mailing.meeting
            else _("Tell those who got one if it was wrong."),
        )


def forgotten(deed: Deed) -> bool:
    """Whether somebody became a pseudonym by it."""
    found = ((old, new) for path, (old, new) in deed.records.items() if KINDS["members"].id_in(path))
    return any(isinstance(new, Member) and new.forgotten is not None and old is None for old, new in found)
