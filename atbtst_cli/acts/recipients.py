"""Who gets a letter, in which edition, and who gets none although they should, with the reason and the next step."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from atbtst_cli.documents.edition import Edition
from atbtst_cli.documents.mail import deliverable
from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.mailing import Delivery, Mailing, key_of
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Network
from atbtst_cli.models.person import Named
from atbtst_cli.rules import seats
from atbtst_cli.rules.carry import bodies


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a letter: a member, or else a body's distribution list.

    Lists get the public edition: nobody can tell from the record who reads them. ``items`` are what a reminder is of.
    """

    name: str
    address: str
    member: str | None = None
    list: str | None = None
    edition: Edition = "internal"
    items: tuple[str, ...] = ()

    def delivery(self, status: str, at: str) -> Delivery:
        """What became of the letter to this recipient."""
        data = {"member": self.member, "list": self.list, "status": status, "at": at, "items": self.items}
        return Delivery.model_validate(data)

    @property
    def key(self) -> str:
        """What tells this recipient from all others."""
        return key_of(self.member, self.list)

    @property
    def first_name(self) -> str:
        """The name to greet a member by; nothing for a list."""
        return next(iter(self.name.split()), "") if self.member else ""


Reached = Recipient | Finding
"""A recipient, or why somebody is none."""


def called(council: Council, meeting: Meeting) -> list[Reached]:
    """Everybody who is called to the meeting, and the distribution lists of the bodies that meet."""
    return [*_called(council, meeting), *_lists(council, meeting)]


def informed(council: Council, meeting: Meeting) -> list[Reached]:
    """Everybody who gets the minutes: who was called or took a seat, the lists, and guests.

    Guests were there for a part of the meeting, so they get what the public may read.
    """
    sitting = {one.member for one in seats.called_to(council, meeting)}
    rows = {row.member: row.status for row in meeting.attendance if row.member and row.member not in sitting}
    others: dict[str, Edition] = {who: "public" if status == "guest" else "internal" for who, status in rows.items()}
    also = [_member(council, who, meeting.date, edition) for who, edition in others.items()]
    return [*(_called(council, meeting) if sitting or not also else ()), *also, *_lists(council, meeting)]


def told_before(council: Council, meeting: Meeting, calls: Iterable[Mailing]) -> list[Reached]:
    """Everybody who has, or may have, one of these calls."""
    known = {one.to: one for call in calls for one in call.deliveries if one.status != "refused"}
    members = [_member(council, one.member, meeting.date) for one in known.values() if one.member]
    lists = [one for one in _lists(council, meeting) if isinstance(one, Recipient) and one.key in known]
    return [*members, *lists]


def owners(council: Council, items: Iterable[ActionItem], today: date, only: str | None = None) -> list[Reached]:
    """Everybody who has promised something, each with their items; a seat's are those of whoever holds it today.

    With ``only`` nobody but that member, or who holds that seat.
    """
    wanted = None if only is None else _behind(council, only, today)
    by_member: dict[str, list[str]] = {}
    missed = []
    for item in items:
        for owner in item.owners or (None,):
            members = _behind(council, owner, today)
            if not members and not wanted:
                missed.append(_nobody_behind(council, item, owner, today))
            for member in members:
                by_member.setdefault(member, []).append(item.id)
    chosen = [(who, dict.fromkeys(ids)) for who, ids in sorted(by_member.items()) if wanted is None or who in wanted]
    return [*(_member(council, who, today, items=ids) for who, ids in chosen), *missed]


def _called(council: Council, meeting: Meeting) -> Iterator[Reached]:
    members = [one.member for one in seats.called_to(council, meeting)]
    for member in members:
        yield _member(council, member, meeting.date)
    if not members:
        names = ", ".join(map(Directory(council, meeting.date).body, bodies(meeting)))
        yield Finding(
            "no-seats",
            "warning",
            _("nobody holds a seat in {body} on {date}, so nobody is called").format(body=names, date=meeting.date),
            hint=_("Seat somebody with: {command}").format(
                command=f"atbtst member edit MEMBER --seat {meeting.network}/SEAT --from {meeting.date}"
            ),
        )


def _lists(council: Council, meeting: Meeting) -> Iterator[Reached]:
    """The distribution lists of the bodies that meet; one that two bodies share gets one letter."""
    by_address: dict[str, Network] = {}
    for body in bodies(meeting):
        network = council.networks.get(body)
        if network and network.mailing_list:
            by_address.setdefault(network.mailing_list, network)
    for written, network in by_address.items():
        name, address = network.name(meeting.date), deliverable(written)
        if address:
            yield Recipient(name, address, list=network.id, edition="public")
        else:
            hint = _("Correct mailing_list in {path}.").format(path=council.paths.get(("networks", network.id), ""))
            yield _unusable(name, written, hint)


def _member(
    council: Council, member_id: str, on: date, edition: Edition = "internal", items: Collection[str] = ()
) -> Reached:
    member = council.members.get(member_id)
    name = member.name(on) if member else member_id
    if member is None or member.email is None:
        return Finding(
            "no-address",
            "warning",
            _("{name} has no e-mail address on record, and gets no letter").format(name=name),
            hint=_("Add it with: {command}").format(command=_change(member_id)),
        )
    address = deliverable(member.email)
    if address is None:
        return _unusable(name, member.email, _("Change it with: {command}").format(command=_change(member_id)))
    return Recipient(name, address, member=member_id, edition=edition, items=tuple(items))


def _change(member_id: str) -> str:
    return f"atbtst member edit {member_id} --email ADDRESS"


def _unusable(name: str, address: str, hint: str) -> Finding:
    said = _("mail servers do not take the address {address}, so {name} gets no letter; before the @ stand a to z only")
    return Finding("bad-address", "warning", said.format(address=address, name=name), hint=hint)


def _behind(council: Council, owner: str | Named | None, today: date) -> tuple[str, ...]:
    """The members behind an owner: a member, or those who hold the seat today; nobody behind a name in words."""
    if owner is None or isinstance(owner, Named):
        return ()
    network, slash, seat = owner.partition("/")
    return tuple(one.member for one in seats.holders(council, network, seat, today)) if slash else (owner,)


def _nobody_behind(council: Council, item: ActionItem, owner: str | Named | None, today: date) -> Finding:
    """Why nobody is reminded of an item in an owner's stead."""
    if owner is None:
        said = _("{id} ({title}) has no owner, so nobody is reminded of it")
    elif isinstance(owner, Named):
        said = _("{owner}, who owns {id} ({title}), is no member, and gets no letter")
    else:
        said = _("{owner}, which owns {id} ({title}), stands empty, so nobody is reminded of it")
    name = Directory(council, today).name(owner) if owner else ""
    hint = _("Give it to somebody with: {command}").format(command=f"atbtst item edit {item.id} --owner {_('MEMBER')}")
    return Finding("no-owner", "warning", said.format(id=item.id, title=item.title, owner=name), hint=hint)
