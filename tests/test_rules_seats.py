"""Who holds which seat, who is called, who chairs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_example import TODAY, Records, council, records

from atbtst_cli.models.base import Dated
from atbtst_cli.models.council import Council
from atbtst_cli.rules import seats


def changed(change: Callable[[Records], object]) -> Council:
    """The example's council after a change."""
    data = records()
    change(data)
    return council(data)


@pytest.mark.parametrize(
    ("on", "member"),
    [
        (date(2020, 12, 31), None),
        (date(2021, 1, 1), "bo-exempel"),
        (date(2025, 12, 31), "bo-exempel"),
        (date(2026, 1, 1), "alva-exempel"),
    ],
)
def test_a_council_seat_follows_the_post_and_speaks_for_its_body(on: date, member: str | None) -> None:
    expected = ((member, "RÖN-AT"),) if member else ()
    assert seats.holders(council(), "rad", "ron-at", on) == expected
    assert [holder.member for holder in seats.holders(council(), "ron-at", "convenor", on)] == [
        member for member, _ in expected
    ]


def test_a_holder_can_speak_for_somebody_else_than_the_body() -> None:
    assert seats.holders(council(), "ron-bt", "convenor", TODAY) == (("cilla-exempel", "Exempelsjukhuset"),)


@pytest.mark.parametrize(
    ("network", "seat"), [("rad", "nowhere"), ("nowhere", "convenor"), ("osr", "convenor"), ("ron-at", "sylf")]
)
def test_nobody_holds_a_seat_that_is_not_there_or_empty(network: str, seat: str) -> None:
    assert seats.holders(council(), network, seat, TODAY) == ()


@pytest.mark.parametrize("follows", ["rad/ron-at", "rad/ron-bt", "rad/nowhere", "nowhere/convenor"])
def test_nobody_holds_a_seat_that_goes_in_a_circle_or_leads_nowhere(follows: str) -> None:
    def change(data: Records) -> None:
        data["networks"]["rad"]["seats"][0]["follows"] = follows
        data["networks"]["rad"]["seats"][1]["follows"] = "rad/ron-at"

    assert seats.holders(changed(change), "rad", "ron-at", TODAY) == ()


def test_nobody_holds_a_seat_of_other_days_or_of_a_body_that_is_gone() -> None:
    ended = changed(lambda data: data["networks"]["rad"]["seats"][0].update(to="2026-02-28"))
    assert seats.called(ended, "rad", TODAY) == [("cilla-exempel", ("rad/ron-bt",))]
    dissolved = changed(lambda data: data["networks"]["ron-at"].update(dissolved="2026-02-28"))
    assert seats.called(dissolved, "rad", TODAY) == [("cilla-exempel", ("rad/ron-bt",))]
    assert seats.called(dissolved, "ron-at", TODAY) == []


def test_everybody_is_called_once_in_the_order_of_the_seats() -> None:
    def change(data: Records) -> None:
        bodies = data["networks"]
        bodies["ron-at"]["seats"][1]["holders"] = [{"member": "alva-exempel"}, {"member": "bo-exempel"}]
        bodies["rad"]["seats"].append({"id": "extra", "kind": "guest", "names": [{"name": "Extra"}]})
        bodies["rad"]["seats"][2]["holders"] = [{"member": "alva-exempel"}]

    assert seats.called(council(), "rad", TODAY) == [
        ("alva-exempel", ("rad/ron-at",)),
        ("cilla-exempel", ("rad/ron-bt",)),
    ]
    assert seats.called(changed(change), "rad", TODAY) == [
        ("alva-exempel", ("rad/ron-at", "rad/extra")),
        ("cilla-exempel", ("rad/ron-bt",)),
    ]
    assert seats.called(changed(change), "ron-at", TODAY) == [
        ("alva-exempel", ("ron-at/convenor", "ron-at/sylf")),
        ("bo-exempel", ("ron-at/sylf",)),
    ]
    assert seats.called(council(), "nowhere", TODAY) == []


def test_a_member_holds_seats_in_several_bodies() -> None:
    assert seats.seats_of(council(), "alva-exempel", TODAY) == ("rad/ron-at", "ron-at/convenor")
    assert seats.seats_of(council(), "bo-exempel", TODAY) == ()


def test_the_holder_of_the_chair_chairs_else_the_convenor() -> None:
    assert seats.chair(council(), "rad", TODAY) == "cilla-exempel"
    assert seats.chair(council(), "ron-at", TODAY) == "alva-exempel"
    assert seats.chair(council(), "osr", TODAY) is None
    assert seats.chair(council(), "nowhere", TODAY) is None


DATES = st.none() | st.integers(0, 30).map(lambda days: TODAY + timedelta(days - 15))
STRETCHES = st.builds(Dated, from_=DATES, to=DATES)


@given(STRETCHES, STRETCHES)
@settings(max_examples=200, deadline=None)
def test_two_stretches_of_days_have_a_day_in_common_or_none(one: Dated, other: Dated) -> None:
    """Looked for on every day there could be; the first day of the one is taken before any other."""
    common = [day for days in range(-20, 21) if one.holds(day := TODAY + timedelta(days)) and other.holds(day)]
    found = seats.common_day(one, other, TODAY)
    assert (found in common) if common else found is None
    if one.from_ in common:
        assert found == one.from_
    elif TODAY in common:
        assert found == TODAY


DAYS = st.none() | st.integers(0, 60).map(lambda days: (date(2026, 1, 1) + timedelta(days)).isoformat())


def dated(one: Any) -> Any:
    """The mapping with a first and a last day, either of which may be open."""
    return st.builds(lambda inner, start, end: {**inner, "from": start, "to": end}, one, DAYS, DAYS)


HOLDINGS = st.lists(
    dated(st.sampled_from(["alva-exempel", "bo-exempel", "cilla-exempel"]).map(lambda who: {"member": who})), max_size=4
)


@given(HOLDINGS, st.integers(-5, 65))
@settings(max_examples=200, deadline=None)
def test_who_sits_in_the_council_is_whoever_convenes_the_network(holdings: list[Any], days: int) -> None:
    changed_council = changed(lambda data: data["networks"]["ron-at"]["seats"][0].update(holders=holdings))
    on = date(2026, 1, 1) + timedelta(days)
    convenors = [holder.member for holder in seats.holders(changed_council, "ron-at", "convenor", on)]
    assert [holder.member for holder in seats.holders(changed_council, "rad", "ron-at", on)] == convenors
    invited = [member for member, refs in seats.called(changed_council, "rad", on) if "rad/ron-at" in refs]
    assert invited == list(dict.fromkeys(convenors))
    for member in ("alva-exempel", "bo-exempel", "cilla-exempel"):
        assert ("ron-at/convenor" in seats.seats_of(changed_council, member, on)) == (member in convenors)
