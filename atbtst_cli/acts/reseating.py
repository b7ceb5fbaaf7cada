"""The seats of a body read from somebody's list, and the body with those seats from a day on."""

import re
from dataclasses import replace
from datetime import date

from atbtst_cli import naming
from atbtst_cli.acts.reorganisation import (
    BodyAct,
    Reorganisation,
    chairs,
    named,
    refuse_absent,
    refuse_changes_later,
    reorganised,
    seat_convenor,
)
from atbtst_cli.acts.seats import Bodies, before, end
from atbtst_cli.errors import Invalid, Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import DatedName, name_on
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.network import Network, Seat
from atbtst_cli.models.reseating import PlannedSeat, Reseating
from atbtst_cli.store.load import parsed

LASTING = ("kind", "chair", "public_name", "follows")
"""What holds of a seat as long as it is there, since old meetings read it too."""


def planned(data: bytes, name: str) -> Reseating:
    """The seats that a file lists, each with id, kind and name; Invalid, with lines, where it cannot be read."""
    whole = re.search(rb"^seats:", data, re.MULTILINE) is not None
    example = _("Write each seat like this: {example}").format(example="- {id: sylf, kind: offered, name: SYLF}")
    plan, findings = parsed(data if whole else b"seats:\n" + data, name, Reseating, example)
    if plan is None:
        shifted = (one if whole else replace(one, line=max(one.line - 1, 1)) for one in findings)
        raise Invalid(_("The seats in {path} cannot be read.").format(path=name), example, tuple(shifted))
    ids = [seat.id for seat in plan.seats]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise UsageError(_("{names} stands there twice.").format(names=", ".join(twice)), _("Keep one of them."))
    if [seat.kind for seat in plan.seats].count("convenor") > 1:
        raise UsageError(_("There are two convenors."), _("A body has one; choose another kind for the other."))
    return plan


def reseat(network: str, plan: Reseating, *, since: date, today: date) -> BodyAct:
    """Let a body have the planned seats from a day on, and no others.

    A seat of the same id goes on with its holder, under another name where that differs; one that is not planned ends
    the day before, and its holder with it. Refused for an id of a seat that is over, and where what holds of a seat as
    long as it is there would change.
    """

    def act(council: Council) -> Change[Reorganisation]:
        known = naming.network(council, network, today)
        refuse_absent(known, since)
        refuse_changes_later(known, since)
        bodies, chair = Bodies(council), chairs(council, known.id)
        going_on = tuple(_goes_on(known, one, since) for one in plan.seats)
        for gone in {seat.id for seat in known.seats} - {seat.id for seat in going_on}:
            end(bodies, f"{known.id}/{gone}", before(since))
        over = (seat for seat in bodies[known.id].seats if seat.id not in {one.id for one in going_on})
        bodies.put(known.model_copy(update={"seats": (*going_on, *over)}))
        seat_convenor(bodies, known.id, since, chair=chair)
        return reorganised(council, bodies, known.id, since, "reseat")

    return act


def _goes_on(network: Network, planned_seat: PlannedSeat, since: date) -> Seat:
    """The seat as it is from that day on, be it new or there already."""
    seat = network.seat(planned_seat.id)
    if seat is None:
        return _new(planned_seat, since)
    reference = f"{network.id}/{seat.id}"
    if seat.to and seat.to < since:
        raise Refused(
            _("{seat} was a seat until {date}.").format(seat=reference, date=seat.to),
            _("Choose another id, so that it is clear which of the two is meant."),
        )
    for field in LASTING:
        old, new = getattr(seat, field), getattr(planned_seat, field)
        if new not in (None, old):
            raise Refused(
                _("{seat}: {field} is {old} and cannot become {new}, for old meetings read it too.").format(
                    seat=reference, field=field, old=_said(old), new=_said(new)
                ),
                _("Choose another id; the seat ends, and a new one begins."),
            )
    return seat.model_copy(update={"names": _names(network, seat, planned_seat, since)})


def _names(network: Network, seat: Seat, planned_seat: PlannedSeat, since: date) -> tuple[DatedName, ...]:
    """What the seat is called, until that day and from then on; only the latter where it is not there before."""
    short = planned_seat.short
    if short is None and planned_seat.name == seat.name(since):
        short = name_on(seat.names, since).short
    if any(day and day >= since for day in (seat.from_, network.founded)):
        return (DatedName(name=planned_seat.name, short=short),)
    return named(f"{network.id}/{seat.id}", seat.names, since, planned_seat.name, short)


def _new(planned_seat: PlannedSeat, since: date) -> Seat:
    return Seat(
        id=planned_seat.id,
        from_=since,
        kind=planned_seat.kind,
        names=(DatedName(name=planned_seat.name, short=planned_seat.short),),
        chair=bool(planned_seat.chair),
        public_name=planned_seat.public_name is not False,
        follows=planned_seat.follows,
    )


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value or "–")
