"""Who goes on with what a dissolved body left, and that nothing dangles however the council is built anew."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_example import Records, council, records
from test_rules_organisation import organisation

from atbtst_cli.acts import bodies, leaving, reseating, successions
from atbtst_cli.acts.judge import judge
from atbtst_cli.errors import AtbtstError
from atbtst_cli.models.base import DatedName
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.reseating import PlannedSeat, Reseating
from atbtst_cli.rules.carry import ahead
from atbtst_cli.rules.seats import chain, holders
from atbtst_cli.rules.succession import estate, heir, predecessors
from atbtst_cli.store.layout import KINDS


def changed(change: Callable[[Records], object]) -> Council:
    """The example's council after a change."""
    data = records()
    change(data)
    return council(data)


def test_a_body_answers_for_itself_until_it_is_dissolved_and_then_its_first_successor_does() -> None:
    known = changed(lambda data: data["networks"]["osr"].update(successors=["ron-bt", "rad"]))
    assert heir(known, "osr", date(2020, 12, 31)) == "osr"
    assert heir(known, "osr", date(2021, 1, 1)) == "ron-bt"
    assert estate(known, "ron-bt", date(2021, 1, 1)) == {"ron-bt", "osr"}
    assert estate(known, "ron-bt", date(2020, 12, 31)) == {"ron-bt"}
    assert (predecessors(known, "ron-bt"), predecessors(known, "rad"), predecessors(known, "osr")) == (
        ("osr",),
        ("osr",),
        (),
    )


def test_a_successor_that_is_dissolved_has_a_successor_of_its_own() -> None:
    def change(data: Records) -> None:
        data["networks"]["osr"]["successors"] = ["ron-bt"]
        data["networks"]["ron-bt"].update(dissolved="2024-12-31", successors=["rad"])

    known = changed(change)
    assert heir(known, "osr", date(2024, 12, 31)) == "ron-bt"
    assert heir(known, "osr", date(2025, 1, 1)) == "rad"


@pytest.mark.parametrize("successors", [[], ["osr"], ["nowhere"]])
def test_where_nobody_goes_on_a_body_answers_for_itself_for_ever(successors: list[str]) -> None:
    known = changed(lambda data: data["networks"]["osr"].update(successors=successors))
    assert heir(known, "osr", date(2026, 1, 1)) in ("osr", "nowhere")


# -- a council that is built anew, again and again --------------------------------------------------------------------

FIRST, DAY = date(2026, 1, 1), timedelta(days=1)
DAYS = st.integers(1, 40).map(lambda weeks: FIRST + timedelta(weeks=weeks))
PEOPLE = ("alva-exempel", "bo-exempel", "cilla-exempel")
NETWORKS = ("ron-at", "ron-bt", "ron-dialog", "ron-x", "ron-y")
SEATS = ("convenor", "sylf", "lead", "north")
KIND = {"convenor": "convenor", "lead": "convenor", "sylf": "offered", "north": "required"}


def begun() -> Council:
    """The organisation as it is, with three members, each a convenor with an open item as such."""
    known = organisation()
    members = {name: Member(id=name, names=(DatedName(name=name),)) for name in PEOPLE}
    items = {
        f"i-000000{number}": ActionItem(
            id=f"i-000000{number}",
            title="Boka lokal",
            network=body,
            added=FIRST,
            owners=(f"{body}/convenor", PEOPLE[number]),
        )
        for number, body in enumerate(NETWORKS[:3])
    }
    kinds: dict[str, Any] = {"members": members, "networks": known.networks, "items": items}
    paths = {
        (kind, key): KINDS[kind].path.format(id=key, year=2026, part="") for kind, some in kinds.items() for key in some
    }
    return replace(known, members=members, items=items, paths=paths)


def after(known: Council, change: Change[Any]) -> Council:
    """The council once a change is in it."""
    kinds: dict[str, dict[str, Any]] = {kind: dict(getattr(known, kind)) for kind in KINDS}
    paths = dict(known.paths)
    for path, record in change.records.items():
        kind, key = next((name, key) for name, one in KINDS.items() if (key := one.id_in(path)))
        kinds[kind][key] = record
        paths[kind, key] = path
    return replace(known, **kinds, paths=paths)


def plan(ids: list[str]) -> Reseating:
    """Seats of those ids, of which at most one convenes."""
    one = [name for name in ids if KIND[name] != "convenor"] + [name for name in ids if KIND[name] == "convenor"][:1]
    return Reseating(seats=tuple(PlannedSeat(id=name, kind=KIND[name], name=name) for name in one))


WHO, BODY = st.sampled_from(PEOPLE), st.sampled_from(NETWORKS)
SEAT = st.builds(lambda body, seat: f"{body}/{seat}", BODY, st.sampled_from(SEATS))
APPOINT = st.builds(lambda seat, who, day: successions.appoint(seat, who, since=day, today=FIRST), SEAT, WHO, DAYS)
STEPS = st.one_of(
    APPOINT,
    APPOINT,
    st.builds(lambda seat, day: successions.vacate(seat, last=day, items="seat", today=FIRST), SEAT, DAYS),
    st.builds(lambda who, day: leaving.leave(who, last=day, today=FIRST), WHO, DAYS),
    st.builds(
        lambda body, day, other: bodies.add(
            body, name=f"Nätverket {body}", short=None, since=day, kind="network", predecessors=[other], today=FIRST
        ),
        st.sampled_from(("ron-x", "ron-y")),
        DAYS,
        BODY,
    ),
    st.builds(
        lambda body, day, other: bodies.dissolve(body, last=day, successors=[other], cancel=True, today=FIRST),
        BODY,
        DAYS,
        st.sampled_from((*NETWORKS, "rad")),
    ),
    st.builds(
        lambda body, day, name: bodies.rename(body, name=None, short=name, since=day, today=FIRST),
        BODY,
        DAYS,
        st.sampled_from(("Nya", "Andra")),
    ),
    st.builds(
        lambda body, day, ids: reseating.reseat(body, plan(ids), since=day, today=FIRST),
        BODY,
        DAYS,
        st.lists(st.sampled_from(SEATS), min_size=1, unique=True),
    ),
)


@given(st.lists(STEPS, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_the_council_is_its_convenors_on_every_day_and_nothing_dangles(steps: list[Any]) -> None:
    """However networks are added, dissolved, renamed and seated, and whoever comes and goes; what is refused is not."""
    known = begun()
    for act in steps:
        try:
            change = act(known)
        except AtbtstError:
            continue
        new = after(known, change)
        assert [finding.text() for finding in judge(known, new, change, FIRST)] == []
        known = new
    for day in days(known):
        assert sits_in_council(known, day) == convenes(known, day)
        for item in known.items.values():
            comes_to_a_body_that_is_there(known, item, day)


def days(known: Council) -> Iterator[date]:
    """The days on which anything begins or ends, and those beside them."""
    found = {FIRST, FIRST + timedelta(weeks=60)}
    for body in known.networks.values():
        spans = [(body.founded, body.dissolved), *((one.from_, one.to) for one in (*body.names, *body.seats))]
        spans += [(one.from_, one.to) for seat in body.seats for one in seat.holders]
        found |= {day for span in spans for day in span if day and day >= FIRST}
    return iter(sorted({day + timedelta(days=step) for day in found for step in (-1, 0, 1)} - {FIRST - DAY}))


def convenes(known: Council, day: date) -> dict[str, tuple[str, ...]]:
    """Each network that has a convenor's seat on that day, with whoever holds it."""
    return {
        f"{body.id}/{seat.id}": tuple(one.member for one in holders(known, body.id, seat.id, day))
        for body in known.networks.values()
        for seat in body.seats
        if body.kind == "network" and body.lives(day) and seat.kind == "convenor" and seat.holds(day)
    }


def sits_in_council(known: Council, day: date) -> dict[str, tuple[str, ...]]:
    """Whom each seat of the council follows on that day, with whoever sits there; each of them once."""
    rad = known.networks["rad"]
    there = [seat for seat in rad.seats if seat.holds(day)]
    found = {list(chain(known, f"rad/{seat.id}"))[-1]: seat for seat in there}
    assert len(found) == len(there)
    return {
        followed: tuple(one.member for one in holders(known, "rad", seat.id, day)) for followed, seat in found.items()
    }


def comes_to_a_body_that_is_there(known: Council, item: ActionItem, day: date) -> None:
    """An open item comes to a meeting of whoever goes on for its body, and that one is there."""
    body = known.networks[heir(known, item.network, day)]
    meeting = Meeting(id=f"{day}-{body.id}", network=body.id, date=day)
    assert body.lives(day)
    assert item.id in {one.source for one in ahead(known, meeting).coming}
