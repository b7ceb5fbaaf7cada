"""What a rule is told of a day is true of that very day, though it is worked out once for many of them."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.models.council import Council
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import seats
from atbtst_cli.rules.checks.rule import Index

ENDS = st.sampled_from((date.min, date.max))
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20)) | ENDS
SPANS = st.fixed_dictionaries({}, optional={"from": DAYS, "to": DAYS})
BODY_SPANS = st.fixed_dictionaries({}, optional={"founded": DAYS, "dissolved": DAYS})
HOLDERS = st.lists(
    st.builds(lambda member, span: {"member": member, **span}, st.sampled_from("abc"), SPANS), max_size=3
)


@st.composite
def a_seat(draw: st.DrawFn, name: str) -> dict[str, Any]:
    held = draw(st.sampled_from(("held", "one/s0", "two/s1")))
    who = {"holders": draw(HOLDERS)} if held == "held" else {"follows": held}
    return {"id": name, "kind": "required", "names": [{"name": "Plats"}], **draw(SPANS), **who}


@st.composite
def a_body(draw: st.DrawFn, name: str) -> Network:
    known = [draw(a_seat(f"s{number}")) for number in range(draw(st.integers(0, 3)))]
    body = {"id": name, "kind": "network", "names": [{"name": name}], "seats": known, **draw(BODY_SPANS)}
    return Network.model_validate(body)


@settings(max_examples=200, deadline=None)
@given(one=a_body("one"), two=a_body("two"), days=st.lists(DAYS, min_size=1, max_size=8))
def test_who_holds_a_seat_is_asked_of_each_day(one: Network, two: Network, days: list[date]) -> None:
    council = Council(Settings(format=1, name="T", organisation="T"), networks={"one": one, "two": two})
    index = Index(council, date(2026, 1, 10))
    for day in days:
        held = seats.held(council, council.networks.values(), day)
        assert index.seats_held[day] == held
        assert index.in_office[day] == {*held, *(seat for several in held.values() for seat in several)}
