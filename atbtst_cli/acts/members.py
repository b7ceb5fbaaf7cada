"""What can be done to a member's record."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from atbtst_cli import naming
from atbtst_cli.acts.seats import NO_SEATS, Seating, before, seated
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import DatedName, name_on
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.member import Member
from atbtst_cli.models.problems import changed, made
from atbtst_cli.store.layout import path_of

PLAIN = str.maketrans("øæđł", "oadl")
"""Letters that do not decompose into a plain one and a mark."""
OPTIONS = {field: f"--{field}" for field in (*Member.model_fields, "name")} | {"aliases": "--alias"}
"""What a field is called on the command line."""
Contact = Mapping[str, str | None]
"""E-mail, telephone, employer and title as far as they are given, by their fields' names."""
NO_CONTACT: Contact = {}
MemberAct = Callable[[Council], Change[Member]]


def add(
    name: str, *, member_id: str | None = None, contact: Contact = NO_CONTACT, seating: Seating = NO_SEATS, today: date
) -> MemberAct:
    """Add a member, with the seats they hold from a day on."""

    def act(council: Council) -> Change[Member]:
        names = (made(DatedName, {"name": "NAME"}, name=" ".join(name.split())),)
        chosen = slug(name) if member_id is None else member_id
        if chosen in council.members:
            raise Refused(
                _("There is a member {id} already.").format(id=chosen),
                _("For another person of that name choose an id with --id, such as {id}-2.").format(id=chosen),
            )
        member = made(Member, OPTIONS, id=chosen, names=names, **contact)
        bodies = seated(council, chosen, seating, today)
        records = {path_of("members", chosen, today.year): member, **bodies}
        return Change(member, f"member(add): {name}", seating.lines(), (("Member", chosen),), records)

    return act


def edit(
    member: str,
    *,
    name: str | None = None,
    contact: Contact = NO_CONTACT,
    aliases: Sequence[str] = (),
    seating: Seating = NO_SEATS,
    today: date,
) -> MemberAct:
    """Change what is given of a member; a corrected name replaces the present one, an empty text takes a value away."""

    def act(council: Council) -> Change[Member]:
        known = _known(council, member, today)
        new: dict[str, Any] = {key: value or None for key, value in contact.items() if value is not None}
        if name is not None:
            present = name_on(known.names, today)
            corrected = changed(present, OPTIONS, name=" ".join(name.split()))
            new["names"] = tuple(corrected if one is present else one for one in known.names)
        if aliases:
            new["aliases"] = tuple(dict.fromkeys((*known.aliases, *aliases)))
        bodies = seated(council, known.id, seating, today)
        if not new and not bodies:
            raise UsageError(
                _("Nothing to change was given."), _("See: {command}").format(command="atbtst member edit --help")
            )
        after = changed(known, OPTIONS, **new)
        records = {council.paths["members", known.id]: after, **bodies}
        said = "\n".join(filter(None, (", ".join(sorted(new)), seating.lines())))
        return Change(after, f"member(edit): {after.name(today)}", said, (("Member", known.id),), records)

    return act


def rename(member: str, name: str, *, since: date, today: date) -> MemberAct:
    """Give a member another name from a day on; the old one gets its last day, and the id stays.

    A name that begins on that very day is corrected; Refused where a later one is on record.
    """

    def act(council: Council) -> Change[Member]:
        known = _known(council, member, today)
        new = made(DatedName, {"name": "NAME"}, name=" ".join(name.split()), from_=since)
        if later := next((one for one in known.names if one.from_ and one.from_ > since), None):
            raise Refused(
                _("{id} is called {name} from {date}.").format(id=known.id, name=later.name, date=later.from_),
                _("Choose a later day with --from."),
            )
        earlier = tuple(_ended(one, since) for one in known.names if one.from_ is None or one.from_ < since)
        if earlier and earlier[-1].name == new.name:
            return Change(known)
        after = changed(known, names=(*earlier, new))
        said = _("{old} until {day}, {new} from {date}").format(
            old=known.name(before(since)), day=before(since), new=new.name, date=since
        )
        return _saved(council, after, "rename", said, new.name)

    return act


def come_back(member: str, *, today: date) -> MemberAct:
    """Make a member again of somebody who has left: their last day is taken away, and no seat is theirs by that."""

    def act(council: Council) -> Change[Member]:
        known = _known(council, member, today)
        if known.to is None:
            return Change(known)
        said = _("Had left after {date}.").format(date=known.to)
        return _saved(council, changed(known, to=None), "return", said, known.name(today))

    return act


def _known(council: Council, text: str, today: date) -> Member:
    """The member that is named; Refused for one who was forgotten, of whom nothing is to be known again."""
    known = naming.member(council, text, today)
    if known.forgotten:
        raise Refused(
            _("{id} was forgotten on {date}: who that was is not on record.").format(id=known.id, date=known.forgotten),
            _("Add the person anew with: {command}").format(command=f'atbtst member add "{_("NAME")}"'),
        )
    return known


def _ended(name: DatedName, since: date) -> DatedName:
    """The name with a last day before that one."""
    return name if name.to and name.to < since else name.model_copy(update={"to": before(since)})


def _saved(council: Council, member: Member, verb: str, said: str, name: str) -> Change[Member]:
    path = council.paths["members", member.id]
    return Change(member, f"member({verb}): {name}", said, (("Member", member.id),), {path: member})


def slug(name: str) -> str:
    """An id for a name: a-z, 0-9 and hyphens, such as asa-exempel for Åsa Exempel."""
    plain = unicodedata.normalize("NFD", name.casefold().translate(PLAIN))
    made = re.sub(r"[^a-z0-9]+", "-", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip("-")
    if not made:
        raise UsageError(
            _("No id can be made from the name {name}.").format(name=name),
            _("Choose one with --id, such as a-exempel."),
        )
    return made
