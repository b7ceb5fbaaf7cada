"""What can be said of approved minutes: whether they are still what was approved, and how sure that is."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.makers import PLACES, made_with, published
from atbtst_cli.language import _
from atbtst_cli.rules import seals
from atbtst_cli.store.load import load
from atbtst_cli.store.tree import Tree, content
from atbtst_cli.views import sealed
from atbtst_cli.views.archive import Archive, Seal, record

RECORD = "meeting.yaml"
Result = Literal["signed", "unsigned", "changed", "open"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was approved: what, in words, and who changed it when, as far as that is known.

    ``where`` is meeting.yaml, the name of a document beside it, or "tag"; ``path`` is that of the file that is not the
    one that was approved. ``commit`` is empty for a tag, of which Git keeps no history, and for a change by hand that
    is not ``saved`` in the record.
    """

    where: str
    said: str
    by: str = ""
    date: str = ""
    commit: str = ""
    path: str = ""
    saved: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found of the minutes of one meeting.

    ``open`` minutes have no seal now: they never had one, or an amendment has opened them again. ``rebuilt`` names the
    documents that come out otherwise when they are made again, and is None where that was not tried.
    """

    meeting: str
    result: Result
    approved: date | None = None
    tag: str = ""
    commit: str = ""
    signer: str = ""
    differences: tuple[Difference, ...] = ()
    rebuilt: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """The same as plain values, for programs."""
        return asdict(self) | {"approved": self.approved and self.approved.isoformat()}


@dataclass(frozen=True, slots=True)
class Known:
    """A sealed document: its meeting, its name beside the record, and which approval sealed it."""

    meeting: str
    name: str
    approval: int
    is_latest: bool


def verdict(archive: Archive, meeting_id: str) -> Verdict:
    """What is found of the minutes of a meeting."""
    seal = archive.seal(meeting_id)
    if seal is None:
        lost = [Difference("tag", _("it names no approved minutes"))] if meeting_id in archive.tags else []
        return Verdict(meeting_id, "changed" if lost else "open", differences=tuple(lost))
    differences = (*_of_tag(seal), *_of_number(seal), *_of_files(archive, seal))
    held: Result = "open" if _is_open(archive.tip, seal) else "signed" if seal.signer else "unsigned"
    return Verdict(
        meeting_id,
        "changed" if differences else held,
        approved=seal.approval.date,
        tag=seal.name,
        commit=seal.commit,
        signer=seal.signer,
        differences=differences,
        rebuilt=None if differences or held == "open" else _rebuilt(archive, seal),
        notes=tuple(_notes(archive, seal)),
    )


def known(archive: Archive, data: bytes) -> Known | None:
    """The sealed document that has these bytes, the latest if there are several; None where none has."""
    start = f"{seals.fingerprint(data)}  "
    for meeting_id in reversed(archive.meetings()):
        said = {number: tag.message.split("\n") for number, tag in archive.tags.get(meeting_id, {}).items()}
        if seal := archive.seal(meeting_id):
            said[seal.number] = list(seals.lines(seal.sealed))
        for number in sorted(said, reverse=True):
            for name in (line.removeprefix(start) for line in said[number] if line.startswith(start)):
                return Known(meeting_id, name, number, is_latest=number == max(said))
    return None


def _of_tag(seal: Seal) -> Iterator[Difference]:
    """What is wrong with the tag."""
    tag = seal.tag
    if tag is None:
        said = _("it is not there; if it is only missing on this machine, fetch it with: git fetch --tags")
        yield Difference("tag", said)
    elif said := _said_of_tag(seal):
        yield Difference("tag", said, tag.by, tag.date)


def _said_of_tag(seal: Seal) -> str:
    tag = seal.tag
    if tag is None or not tag.given:
        return _("it only points to a commit, and is not the one that the approval set")
    if tag.given != tag.name:
        return _("it is a copy of the tag {name}").format(name=tag.given)
    if seal.signature.kind == "wrong":
        return _("its signature was made for something else")
    if tag.commit != seal.commit:
        return _("it names the commit {named}, but the minutes were approved in {commit}").format(
            named=tag.commit[:10], commit=seal.commit[:10]
        )
    if not {*seals.lines(seal.sealed)} <= {*tag.message.split("\n")}:
        return _("it does not give the fingerprints of what was approved")
    return ""


def _of_number(seal: Seal) -> Iterator[Difference]:
    """Whether what was approved says itself which approval it is."""
    if seal.number != seals.number(seal.meeting):
        said = _("this is approval number {number}, but {count} amendments stand in the record")
        yield Difference(RECORD, said.format(number=seal.number, count=len(seal.meeting.amendments)))


def _of_files(archive: Archive, seal: Seal) -> Iterator[Difference]:
    """What is not as it was approved, on the branch or in the files as they lie there."""
    saved, now = dict(_changes(archive.tip, seal)), dict(_changes(archive.work, seal))
    for name, said in saved.items():
        step, path = archive.changed_by(seal, name), seal.beside(name)
        by = (step["author"], step["date"], step["commit"]) if step else ("", "", "")
        yield Difference(name, said, *by, path)
    for name, said in now.items():
        if name not in saved:
            yield Difference(name, said, saved=False, path=seal.beside(name))


def _changes(tree: Tree, seal: Seal) -> Iterator[tuple[str, str]]:
    """The files that are not as they were approved, each with what is wrong; of opened minutes the public ones only."""
    is_open = _is_open(tree, seal)
    if not is_open and (said := _said_of_record(tree, seal)):
        yield RECORD, said
    kept = (one for one in seal.sealed.documents.items() if not is_open or one[0].startswith(PLACES["public"]))
    yield from sealed.changed(tree, seal.path, kept)


def _is_open(tree: Tree, seal: Seal) -> bool:
    now = record(tree, seal.path)
    return now is not None and seals.is_amended(seal.meeting, now)


def _said_of_record(tree: Tree, seal: Seal) -> str:
    now = record(tree, seal.path)
    if now is None:
        return _("it is gone") if content(tree, seal.path) is None else _("it cannot be read")
    if seals.of_record(now) != seal.sealed.record:
        return _("it does not say what was approved")
    if (now.approval, now.amendments) != (seal.approval, seal.meeting.amendments):
        return _("what it says of its approval was changed")
    return ""


def _rebuilt(archive: Archive, seal: Seal) -> tuple[str, ...] | None:
    """The documents that come out otherwise when made again from what was approved; None where others made them."""
    tree = archive.at(seal)
    council, looks = load(tree), Looks.of(tree)
    if seal.sealed.made_with != made_with(looks, council.settings.logo):
        return None
    made = published(seal.meeting, council, looks)
    return tuple(name for name, data in made.items() if seals.fingerprint(data) != seal.sealed.documents.get(name))


def _notes(archive: Archive, seal: Seal) -> Iterator[str]:
    """What else there is to say of signatures."""
    if seal.signature.kind == "unknown":
        yield _("The tag is signed with the key {key}, which is nobody's on the list of signers here.").format(
            key=seal.signature.name
        )
    elif seal.signature.kind == "unlisted":
        yield _("The tag is signed, but Git has no list of signers here to know the key by.")
    if not seal.signer:
        for number, tag in sorted(archive.tags.get(seal.meeting.id, {}).items()):
            earlier = archive.signature(tag)
            if number < seal.number and earlier.kind == "valid":
                yield _("Approval number {number} was signed by {name}, and this one is not.").format(
                    number=number, name=earlier.name
                )
