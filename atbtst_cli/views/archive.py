"""What Git remembers of approvals: for each meeting the seal that counts, and who has touched what was sealed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Approval, Meeting, Sealed
from atbtst_cli.rules import seals
from atbtst_cli.store import tags
from atbtst_cli.store.history import Step, by_arrival, marked
from atbtst_cli.store.load import load, read_record
from atbtst_cli.store.tags import Signature, Tag
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import CommitTree, Tree, content

What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class Seal:
    """The latest approval of a meeting's minutes: its tag, the commit that made it, and what was approved there."""

    number: int
    tag: Tag | None
    signature: Signature
    commit: str
    path: str
    meeting: Meeting
    approval: Approval
    sealed: Sealed

    @property
    def name(self) -> str:
        """The name that its tag has, or should have."""
        return seals.name(self.meeting.id, self.number)

    @property
    def signer(self) -> str:
        """Who signed it, if the signature is valid."""
        return self.signature.name if self.signature.kind == "valid" else ""

    def beside(self, name: str) -> str:
        """The path of a file that lies beside the record."""
        return f"{self.path.rpartition('/')[0]}/{name}"


class Archive:
    """The approvals of a council's minutes, as tags, commits and records tell of them."""

    def __init__(self, store: Store, work: Tree) -> None:
        """Ask the repository around a workspace; ``work`` is the workspace as its files lie there."""
        self._store = store
        self.work = work

    @cached_property
    def tip(self) -> CommitTree:
        """The workspace as the branch has it."""
        return self._store.tip()

    @cached_property
    def council(self) -> Council:
        """The council as the branch has it."""
        return load(self.tip)

    @cached_property
    def tags(self) -> dict[str, dict[int, Tag]]:
        """The tags of approvals, by meeting and number."""
        return _filed([(tag.name, tag) for tag in tags.tags(self._store.repo, seals.FOLDER)])

    @cached_property
    def _commits(self) -> dict[str, dict[int, Step]]:
        """The commits that approved, by meeting and number; of several the one that was shared first counts."""
        said: dict[str, list[Step]] = {}
        for name, step in marked(self._store.repo, seals.TRAILER):
            said.setdefault(name, []).append(step)
        return _filed([(name, self._first(steps)) for name, steps in said.items()])

    def _first(self, steps: list[Step]) -> Step:
        known = {step["commit"]: step for step in steps}
        return known[by_arrival(self._store.repo, known)[0]] if len(known) > 1 else steps[0]

    def knows(self, meeting_id: str) -> bool:
        """Whether a meeting of that id is on record, or was when its minutes were approved."""
        return any(meeting_id in known for known in (self.council.meetings, self.tags, self._commits))

    def meetings(self) -> list[str]:
        """The meetings whose minutes are sealed, or were at any time, by id."""
        now = {one.id for one in self.council.meetings.values() if one.approval and one.approval.sealed}
        return sorted({*now, *self.tags, *self._commits})

    def seal(self, meeting_id: str) -> Seal | None:
        """The latest approval of which anything is left; None where the minutes never had a seal.

        What was approved is read from the commit that a valid signature names; else from the one that says it approved,
        which no tag can move; else from the one that the tag names; else it is what the record says of itself.
        """
        known, commits = self.tags.get(meeting_id, {}), self._commits.get(meeting_id, {})
        number = max((*known, *commits), default=0)
        tag, step = known.get(number), commits.get(number)
        signature = self.signature(tag) if tag else Signature("none")
        signed = tag.commit if tag and signature.kind == "valid" and tag.given == tag.name else ""
        for commit in (signed, step["commit"] if step else "", tag.commit if tag else "", self._head):
            found = self._approved(meeting_id, commit) if commit else None
            if found:
                return Seal(number or seals.number(found[1]), tag, signature, commit, *found)
        return None

    def signature(self, tag: Tag) -> Signature:
        """What Git finds of the signature on a tag."""
        return tags.signature(self._store.repo, tag)

    def changed_by(self, seal: Seal, name: str) -> Step | None:
        """The commit since which a file beside the record, or the record itself, has not been as it was sealed."""
        path, found = seal.beside(name), None
        sealed = self._store.at(seal.commit, path).entries.get(path)
        for step in self._store.history(path, seal.commit):
            if self._store.at(step["commit"], path).entries.get(path) == sealed:
                break
            found = step
        return found

    def at(self, seal: Seal) -> CommitTree:
        """The workspace as it was when the seal was set."""
        return self._store.at(seal.commit)

    def trees(self, meeting_id: str) -> Iterator[Tree]:
        """Where a sealed file may still lie as it was: in the work tree, on the branch, in the commit of its seal."""
        yield self.work
        yield self.tip
        if seal := self.seal(meeting_id):
            yield self.at(seal)

    def _approved(self, meeting_id: str, commit: str) -> tuple[str, Meeting, Approval, Sealed] | None:
        """Path and record of minutes that are sealed in a commit."""
        key = ("meetings", meeting_id)
        path = self.council.paths.get(key) or load(self._store.at(commit)).paths.get(key, "")
        meeting = record(self._store.at(commit, path), path)
        approval = meeting.approval if meeting else None
        return (path, meeting, approval, approval.sealed) if meeting and approval and approval.sealed else None

    @cached_property
    def _head(self) -> str:
        return self._store.repo.commit_of("HEAD") or ""


def as_approved(archive: Archive, meetings: Iterable[Meeting]) -> list[Meeting]:
    """These meetings, where those that are approved are as they were sealed."""
    sealed = ((one, archive.seal(one.id) if one.approval else None) for one in meetings)
    return [seal.meeting if seal else one for one, seal in sealed]


def record(tree: Tree, path: str) -> Meeting | None:
    """The meeting whose record lies there, if it is there and can be read."""
    return read_record(tree, path, Meeting)[0]


def sealed(archive: Archive, meeting_id: str, path: str, sign: str) -> bytes | None:
    """The bytes of a document with that fingerprint, from the nearest place that still has them."""
    found = (content(tree, path) for tree in archive.trees(meeting_id))
    return next((data for data in found if data is not None and seals.fingerprint(data) == sign), None)


def _filed(found: list[tuple[str, What]]) -> dict[str, dict[int, What]]:
    """Things by the meeting and the number in the names of their tags; the last one of each."""
    filed: dict[str, dict[int, What]] = {}
    for name, thing in found:
        if known := seals.named(name):
            filed.setdefault(known[0], {})[known[1]] = thing
    return filed
