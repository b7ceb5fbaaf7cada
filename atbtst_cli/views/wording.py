"""Changes in words: what people call each record, and what is different in it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from textwrap import shorten
from typing import Any

from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.differences import Difference
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import DecisionBlock, Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network, Seat
from atbtst_cli.views.changes import KNOWN, Changed, Changes
from atbtst_cli.views.differences import said
from atbtst_cli.views.meetings import citation

LONGEST = 60
"""The characters of a title by which a record is called."""
MOST = 12
"""The new records of one kind that are named; beyond them it is said how many there are."""
SENTENCES = ("items", "matters")
"""The kinds of records that are called by a whole sentence, and told one a line."""


def records(changes: Changes, council: Council, names: Directory) -> Iterator[tuple[str, ...]]:
    """Each record with what is different in it; those that are new or gone together, by kind; and what lies beside."""
    for one in changes.records:
        if not _is_whole(one):
            yield (f"{called(one, council, names)}:", *lines(one, names))
    for word, those in ((_("new:"), _new), (_("gone:"), _old)):
        for kind in KNOWN:
            shown = [called(one, council, names) for one in changes.records if those(one) and one.kind == kind]
            if shown:
                more = max(0, len(shown) - MOST) + changes.unnamed.get((kind, those is _new), 0)
                rest = ngettext("and {count} more", "and {count} more", more).format(count=more)
                shown = shown[:MOST] + [rest] * (more > 0)
                yield (word, *shown) if kind in SENTENCES else (word, ", ".join(shown))
    for text in beside(changes):
        yield (text,)


def _is_whole(one: Changed) -> bool:
    return _new(one) or _old(one)


def _new(one: Changed) -> bool:
    return not one.unread and one.before is None


def _old(one: Changed) -> bool:
    return not one.unread and one.after is None


def outline(told: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """Each line with how deep it stands: what is below a record is told beside it where it is but one thing."""
    for first, *rest in told:
        if len(rest) == 1:
            yield 0, f"{first} {rest[0]}"
            continue
        yield 0, first
        yield from ((1, text) for text in rest)


def called(one: Changed, council: Council, names: Directory) -> str:
    """What people call the record: RÅD 1/2026, RÖN-BT, a person's name, or its id and title."""
    known = one.after if one.after is not None else one.before
    text = one.id
    match one.kind, known:
        case "items" | "matters", ActionItem() | Matter():
            is_renamed = any(found.way == ("title",) for found in one.differences)
            title = shorten(known.title.rstrip("."), LONGEST, placeholder=" …")
            text = one.id if is_renamed else f"{one.id} {title}"
        case "meetings", Meeting():
            text = citation(council, known)
        case "members", Member():
            name = names.name(one.id)
            before = _("a person who was taken out") if one.hushed else known.name(date.max)
            text = name if name != one.id else before
        case "networks", Network():
            text = known.short(date.max)
        case "settings", _known:
            text = _("settings")
        case "reports", _known:
            meeting, _slash, body = one.id.partition("/")
            text = _("report of {body} for {meeting}").format(body=names.body(body), meeting=meeting)
        case "mailings", _known:
            text = _("letters {id}").format(id=one.id)
    return text


def lines(one: Changed, names: Directory) -> list[str]:
    """What is different in the record, each in words; one that only looks different in its file says so."""
    if one.unread:
        return [_("cannot be read: {reason}").format(reason=finding.message) for finding in one.unread]
    if one.hushed:
        return [_("personal data taken out")]
    labels = {**labels_of(one.before, names), **labels_of(one.after, names)}
    told, rest = _handed_over(one, names)
    told += [said(difference, names, labels) for difference in rest]
    return list(dict.fromkeys(told)) or [_("written in another way")]


def labels_of(known: Any, names: Directory) -> dict[str, str]:
    """What people call the parts of a record, by their ids."""
    if isinstance(known, Meeting):
        numbers = known.numbers()
        items = {item.id: f"{numbers[item.id]} {item.title}" for item in known.items()}
        return items | {
            block.decision: _("decision § {number}").format(number=block.number)
            for _item, block in known.blocks()
            if isinstance(block, DecisionBlock) and block.number
        }
    if isinstance(known, Network):
        return {seat.id: seat.name(date.max) for seat in known.seats}
    referrals = getattr(known, "referrals", ())
    return {one.id: _("sent to {body}").format(body=names.body(one.to)) for one in referrals}


def _handed_over(one: Changed, names: Directory) -> tuple[list[str], list[Difference]]:
    """The seats of a body that went from somebody to somebody, in words, and the differences that say more."""
    if not isinstance(one.before, Network) or not isinstance(one.after, Network):
        return [], list(one.differences)
    told: dict[str, str] = {}
    for seat in one.after.seats:
        before = one.before.seat(seat.id)
        if before and (text := _from_to(before, seat, names)):
            told[seat.id] = text
    rest = [
        found
        for found in one.differences
        if not (found.way[:1] == ("seats",) and found.way[1:2] and found.way[1] in told and "holders" in found.way)
    ]
    return list(told.values()), rest


def _from_to(before: Seat, after: Seat, names: Directory) -> str:
    """That a seat went from its holders to others, where that is all that can be said of its holders."""
    old, new = ({one.member: one for one in seat.holders} for seat in (before, after))
    if len(old) < len(before.holders) or len(new) < len(after.holders):
        return ""
    came = [one for member, one in new.items() if member not in old]
    left = [one for member, one in old.items() if one.to is None and (member not in new or new[member].to)]
    first, last = ({one.from_ for one in came}, {new[one.member].to for one in left if one.member in new})
    if len(first) != 1 or len(last) > 1 or any(one.to for one in came):
        return ""
    people = [", ".join(names.name(one.member) for one in some) or "–" for some in (left, came)]
    text = _("{seat}: {before} → {after}, from {date}") if first != {None} else _("{seat}: {before} → {after}")
    return text.format(seat=after.name(date.max), before=people[0], after=people[1], date=next(iter(first)))


def beside(told: Changes) -> Iterator[str]:
    """What is different beside the records: how many documents, and which other files."""
    if told.documents:
        text = ngettext("{count} document follows", "{count} documents follow", told.documents)
        yield text.format(count=told.documents)
    if told.files:
        shown = ", ".join(told.files[:SHOWN])
        more = len(told.files) - SHOWN
        yield _("other files: {files}").format(files=f"{shown} …" if more > 0 else shown)


SHOWN = 3
"""The other files that are named; beyond them it is said that there are more."""


def loud(told: Changes, council: Council, names: Directory, who: str = "") -> Iterator[str]:
    """What was changed after its approval, and by whom, where that is known."""
    text = _("CHANGED AFTER APPROVAL by {name}: {what}") if who else _("CHANGED AFTER APPROVAL: {what}")
    for one in told.records:
        if one.unsealed:
            yield text.format(name=who, what="; ".join((called(one, council, names), *_struck(one, names))))
    for path in told.forged:
        yield text.format(name=who, what=path)


def _struck(one: Changed, names: Directory) -> list[str]:
    """The decisions of approved minutes that were changed."""
    labels: Mapping[str, str] = {**labels_of(one.before, names), **labels_of(one.after, names)}
    struck = (labels[step] for found in one.differences for step in found.way if step in labels and step[:2] == "d-")
    return list(dict.fromkeys(struck))
