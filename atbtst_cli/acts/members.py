"""What can be done to a member's record."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from atbtst_cli import naming
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import DatedName
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Holding, Network
from atbtst_cli.models.problems import changed, made
from atbtst_cli.rules.seats import holders
from atbtst_cli.store.layout import path_of

PLAIN = str.maketrans("øæđł", "oadl")
"""Letters that do not decompose into a plain one and a mark."""
MemberAct = Callable[[Council], Change[Member]]


def add(
    name: str,
    *,
    member_id: str | None,
    email: str | None,
    phone: str | None,
    employer: str | None,
    title: str | None,
    seats: Sequence[str],
    since: date | None,
    today: date,
) -> MemberAct:
    """Add a member, with the seats they hold from a day on."""

    def act(council: Council) -> Change[Member]:
        chosen = member_id or slug(name)
        if chosen in council.members:
            raise Refused(
                _("There is a member {id} already.").format(id=chosen),
                _("For another person of that name choose an id with --id, such as {id}-2.").format(id=chosen),
            )
        member = made(
            Member,
            id=chosen,
            names=(made(DatedName, name=" ".join(name.split())),),
            email=email,
            phone=phone,
            employer=employer,
            title=title,
        )
        networks = _seated(council, chosen, seats, since, today)
        records = {path_of("members", chosen, today.year): member}
        return Change(member, f"member(add): {name}", _held(seats), (("Member", chosen),), {**records, **networks})

    return act


def edit(
    member: str,
    *,
    name: str | None,
    email: str | None,
    phone: str | None,
    employer: str | None,
    title: str | None,
    aliases: Sequence[str],
    today: date,
) -> MemberAct:
    """Change what is given of a member; a corrected name replaces the present one, an empty text takes a value away."""

    def act(council: Council) -> Change[Member]:
        known = naming.member(council, member, today)
        given = {"email": email, "phone": phone, "employer": employer, "title": title}
        new: dict[str, Any] = {key: value or None for key, value in given.items() if value is not None}
        if name:
            new["names"] = (*known.names[:-1], changed(known.names[-1], name=" ".join(name.split())))
        if aliases:
            new["aliases"] = tuple(dict.fromkeys((*known.aliases, *aliases)))
        if not new:
            raise UsageError(
                _("Nothing to change was given."), _("See: {command}").format(command="atbtst member edit --help")
            )
        after = changed(known, **new)
        path = council.paths["members", known.id]
        said = ", ".join(sorted(new))
        return Change(after, f"member(edit): {after.name(today)}", said, (("Member", known.id),), {path: after})

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


def _held(seats: Sequence[str]) -> str:
    return _("Seats: {seats}").format(seats=", ".join(seats)) if seats else ""


def _seated(
    council: Council, member_id: str, seats: Sequence[str], since: date | None, today: date
) -> dict[str, Network]:
    """The bodies with the member in those seats; Refused for a seat that somebody holds or that follows another."""
    bodies: dict[str, Network] = {}
    for text in seats:
        body, seat_id = _seat(council, text, today)
        path = council.paths["networks", body.id]
        network = bodies.get(path, body)
        _refuse_taken(council, network, seat_id, since or today)
        bodies[path] = network.model_copy(
            update={
                "seats": tuple(
                    seat.model_copy(update={"holders": (*seat.holders, Holding(member=member_id, from_=since))})
                    if seat.id == seat_id
                    else seat
                    for seat in network.seats
                )
            }
        )
    return bodies


def _seat(council: Council, text: str, today: date) -> tuple[Network, str]:
    reference = naming.owner(council, text, today)
    if "/" not in reference:
        raise UsageError(
            _("{text} is no seat.").format(text=text), _("Write body/seat, such as ron-at/convenor; see network show.")
        )
    body, _slash, seat = reference.partition("/")
    return council.networks[body], seat


def _refuse_taken(council: Council, network: Network, seat_id: str, on: date) -> None:
    seat = network.seat(seat_id)
    if seat and seat.follows:
        raise Refused(
            _("Nobody is put into {seat}: it follows {other}.").format(
                seat=f"{network.id}/{seat_id}", other=seat.follows
            ),
            _("Name the seat that it follows instead."),
        )
    if taken := holders(council, network.id, seat_id, on):
        raise Refused(
            _("{seat} is held by {member} on {date}.").format(
                seat=f"{network.id}/{seat_id}", member=taken[0].member, date=on
            ),
            _("Write their last day into {path} first.").format(path=council.paths["networks", network.id]),
        )
