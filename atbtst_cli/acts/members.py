"""What can be done to a member's record."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from atbtst_cli import naming
from atbtst_cli.acts.seats import NO_SEATS, Seating, seated
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import DatedName
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
        known = naming.member(council, member, today)
        new: dict[str, Any] = {key: value or None for key, value in contact.items() if value is not None}
        if name is not None:
            corrected = changed(known.names[-1], OPTIONS, name=" ".join(name.split()))
            new["names"] = (*known.names[:-1], corrected)
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
