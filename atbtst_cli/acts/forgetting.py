"""A person is forgotten: a pseudonym takes their place in all present records, and sealed minutes are sealed anew.

The one act that rewrites what was approved; what Git remembers is not touched.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import count
from typing import Any

from atbtst_cli import naming
from atbtst_cli.acts.members import slug
from atbtst_cli.acts.remaking import Remaking
from atbtst_cli.documents.looks import Looks
from atbtst_cli.errors import Finding, Invalid, Refused, UsageError
from atbtst_cli.language import _, words
from atbtst_cli.models.base import DatedName, Record
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import fold
from atbtst_cli.models.meeting import Amendment
from atbtst_cli.models.member import Member
from atbtst_cli.models.problems import made
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seals
from atbtst_cli.rules.erasure import Erasure
from atbtst_cli.rules.seats import holdings
from atbtst_cli.store.layout import KINDS, SETTINGS, path_of
from atbtst_cli.views.traces import in_records

Records = dict[str, Record | Settings | None]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done: who the person is now, what was rewritten, and what is left for somebody to decide.

    ``resealed`` are the tags of minutes sealed anew, ``superseded`` those of their earlier approvals, which stay.
    """

    was: str
    member: Member
    erasure: Erasure
    records: tuple[str, ...]
    documents: tuple[str, ...]
    resealed: tuple[str, ...]
    superseded: tuple[str, ...]
    left: tuple[Finding, ...]


def forget(
    member: str,
    *,
    pseudonym: str | None = None,
    reason: str,
    by: str | None,
    files: Collection[str],
    looks: Looks,
    today: date,
) -> Callable[[Council], Change[Forgotten]]:
    """Put a pseudonym in place of a person in every present record and document.

    ``files`` are those that lie in the workspace: documents are made anew where they lie, and nowhere else. Refused for
    somebody who holds a seat after today, and where minutes that were opened again wait for their approval.
    """

    def act(council: Council) -> Change[Forgotten]:
        known = naming.member(council, member, today)
        _refuse_unready(council, known, today)
        new = _pseudonym(council, known, pseudonym, today)
        erasure = Erasure(council, known, new)
        said = " ".join(erasure.words(reason).split())
        _refuse_telling(erasure, "--as", pseudonym or "")
        _refuse_telling(erasure, "--reason", said)
        note = made(Amendment, {"reason": "--reason"}, date=today, by=new.id if by == known.id else by, reason=said)
        after, records = _rewritten(council, known, new, erasure)
        meetings = Remaking(council, after, note, files, looks).meetings()
        subject = f"member(forget): {new.name(today)}"
        base: Change[Any] = Change(None, subject, note.reason, (("Member", new.id),), records)
        whole = reduce(Change.joined, meetings, base)
        sealed = {one.answer.id: one.answer for one in meetings}
        left = in_records(replace(after, meetings={**after.meetings, **sealed}), erasure)
        return replace(whole, answer=_told(known.id, new, erasure, whole, tuple(left)))

    return act


def _refuse_unready(council: Council, member: Member, today: date) -> None:
    if member.forgotten:
        raise Refused(_("{id} was forgotten on {date}.").format(id=member.id, date=member.forgotten))
    if held := [name for name, _seat, one in holdings(council, member.id) if one.to is None or one.to > today]:
        raise Refused(
            _("{member} still holds {seats}, and who sits there has a name.").format(
                member=member.id, seats=", ".join(held)
            ),
            _("Let them leave first, with: {command}").format(command=f"atbtst member leave {member.id}"),
        )


def _refuse_telling(erasure: Erasure, option: str, text: str) -> None:
    if erasure.maybe(text) or erasure.surely(text):
        raise UsageError(
            _("{text} still says who it was.").format(text=text),
            _("Choose other words with {option}.").format(option=option),
        )


def _pseudonym(council: Council, member: Member, wanted: str | None, today: date) -> Member:
    """The record in place of the member's: a pseudonym and an id of its own, the days, and nothing else."""
    name = " ".join(wanted.split()) if wanted is not None else _neutral(council)
    new_id, names = slug(name), {fold(one.name) for other in council.members.values() for one in other.names}
    if fold(name) in names or new_id in council.members:
        raise Refused(
            _("There is a member called {name} already.").format(name=name), _("Choose another name with --as.")
        )
    return made(
        Member,
        {"name": "--as"},
        id=new_id,
        names=(made(DatedName, {"name": "--as"}, name=name),),
        from_=member.from_,
        to=member.to or today,
        forgotten=today,
    )


def _neutral(council: Council) -> str:
    """A name that tells nothing and that nobody has, such as Tidigare ledamot 1."""
    form = words(council.settings.language).DOCUMENT.former_member
    names = (form.format(number=number) for number in count(1))
    return next(name for name in names if slug(name) not in council.members)


def _rewritten(council: Council, known: Member, new: Member, erasure: Erasure) -> tuple[Council, Records]:
    """The council without the person, and the records that this changes; Invalid where some cannot be read."""
    there = path_of("members", new.id, 0)
    records: Records = {council.paths["members", known.id]: None, there: new}
    kinds: dict[str, Any] = {"members": {key: one for key, one in council.members.items() if key != known.id}}
    kinds["members"][new.id] = new
    for kind in (kind for kind in KINDS if kind != "members"):
        before = dict(getattr(council, kind).items())
        kinds[kind] = {key: erasure.record(record) for key, record in before.items()}
        records |= {council.paths[kind, key]: one for key, one in kinds[kind].items() if one != before[key]}
    settings = erasure.record(council.settings)
    if settings != council.settings:
        records[SETTINGS] = settings
    _refuse_unreadable(council)
    return replace(council, settings=settings, paths={**council.paths, ("members", new.id): there}, **kinds), records


def _refuse_unreadable(council: Council) -> None:
    if errors := tuple(finding for finding in council.findings if finding.level == "error"):
        raise Invalid(
            _("Some records cannot be read, so nobody can be forgotten in them; nothing was changed."),
            _("See: {command}").format(command="atbtst check"),
            errors,
        )


def _told(was: str, new: Member, erasure: Erasure, whole: Change[Any], left: tuple[Finding, ...]) -> Forgotten:
    records, documents = tuple(sorted(whole.records)), tuple(sorted(whole.documents))
    return Forgotten(was, new, erasure, records, documents, tuple(whole.tags), tuple(_earlier(whole.tags)), left)


def _earlier(tags: Collection[str]) -> Iterator[str]:
    """The tags of the approvals before those that are set now."""
    for meeting_id, number in filter(None, map(seals.named, tags)):
        yield from (seals.name(meeting_id, before) for before in range(1, number))
