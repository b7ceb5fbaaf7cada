"""When items are due, and which comes first."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_example import TODAY, Records, council, records

from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.rules.due import Deadlines

COMING = "2026-04-21-rad"


def item(due_: str | None = None, network: str = "rad", **more: Any) -> ActionItem:
    """An open item."""
    fields = {"id": "i-0000000", "title": "Ring", "network": network, "added": "2026-02-17", "due": due_} | more
    return ActionItem.model_validate({key: value for key, value in fields.items() if value is not None})


def due_of(one: ActionItem, council_: Council, today: date) -> date | None:
    """The day on which an item is due, seen from a day."""
    return Deadlines(council_, today).due(one)


def overdue(one: ActionItem, today: date) -> bool:
    """Whether an item of the example is overdue on a day."""
    return Deadlines(council(), today).overdue(one)


def changed(name: str, **fields: Any) -> Council:
    """The example's council with other values in one meeting."""
    data: Records = records()
    data["meetings"].setdefault(name, {"id": name, "network": "rad"}).update(fields)
    return council(data)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (None, None),
        ("2026-03-10", date(2026, 3, 10)),
        (COMING, date(2026, 4, 21)),
        ("2025-11-18-rad", date(2025, 11, 18)),
        ("next", date(2026, 4, 21)),
        ("2031-01-01-nowhere", None),
    ],
)
def test_an_item_is_due_on_a_day_or_at_a_meeting(said: str | None, day: date | None) -> None:
    assert due_of(item(said), council(), TODAY) == day


def test_next_is_the_meeting_of_the_body_to_which_it_was_promised() -> None:
    network_meets = changed("2026-03-24-ron-at", network="ron-at", date="2026-03-24")
    promised = item("next", network="ron-at", origin={"meeting": "2026-02-17-rad"})
    assert due_of(promised, network_meets, TODAY) == date(2026, 4, 21)
    assert due_of(item("next", network="ron-at"), network_meets, TODAY) == date(2026, 3, 24)
    assert Deadlines(network_meets, TODAY).by_next(promised)


def test_next_is_the_earliest_meeting_that_is_still_to_come() -> None:
    sooner = changed("2026-03-24-rad", date="2026-03-24")
    assert due_of(item("next"), sooner, TODAY) == date(2026, 3, 24)
    assert due_of(item("next"), sooner, date(2026, 3, 24)) == date(2026, 3, 24)
    assert due_of(item("next"), sooner, date(2026, 3, 25)) == date(2026, 4, 21)
    assert due_of(item("next"), sooner, date(2026, 4, 22)) is None
    assert due_of(item("next", network="ron-at"), sooner, TODAY) is None


def test_next_is_what_the_latest_minutes_say_where_no_meeting_is_planned() -> None:
    data = records()
    del data["meetings"][COMING]
    data["meetings"]["2026-02-17-rad"]["next_meeting"] = {"date": "2026-05-05", "text": "5 maj"}
    assert due_of(item("next"), council(data), TODAY) == date(2026, 5, 5)
    assert due_of(item("next"), council(data), date(2026, 5, 6)) is None
    assert due_of(item("next"), council(data), date(2026, 2, 1)) == date(2026, 5, 5)


def test_a_meeting_that_was_moved_counts_on_its_new_day_and_a_cancelled_one_as_the_next() -> None:
    assert due_of(item(COMING), changed(COMING, date="2026-04-28"), TODAY) == date(2026, 4, 28)
    cancelled = {"date": "2026-03-01", "reason": "Sjukdom"}
    assert due_of(item(COMING), changed(COMING, cancelled=cancelled), TODAY) is None
    data = records()
    data["meetings"][COMING]["cancelled"] = cancelled
    data["meetings"]["2026-05-19-rad"] = {"id": "2026-05-19-rad", "network": "rad", "date": "2026-05-19"}
    assert due_of(item(COMING), council(data), TODAY) == date(2026, 5, 19)


def test_an_open_item_is_overdue_from_the_day_after() -> None:
    assert not overdue(item("2026-03-01"), TODAY)
    assert overdue(item("2026-03-01"), TODAY + timedelta(1))
    assert overdue(item("2025-11-18-rad"), TODAY)
    assert not overdue(item(), TODAY)
    assert not overdue(item("2026-02-18", closed={"date": "2026-02-20", "as": "done"}), TODAY)


def test_what_is_overdue_comes_first_then_what_is_due_then_the_oldest_then_what_is_closed() -> None:
    order = [
        item("2026-02-18", id="i-0000009"),
        item("2026-02-28", id="i-0000008"),
        item("2026-03-02", id="i-0000007", added="2026-01-01"),
        item("2026-03-02", id="i-0000006"),
        item("next", id="i-0000005"),
        item(id="i-0000004", added="2025-01-01"),
        item(id="i-0000003", added="2025-01-02"),
        item("2031-01-01-nowhere", id="i-0000002"),
        item("2026-02-18", id="i-0000001", closed={"date": "2026-02-20", "as": "done"}),
        item("2026-02-18", id="i-0000000", closed={"date": "2026-02-19", "as": "done"}),
    ]
    assert sorted(order[4:] + order[:4], key=Deadlines(council(), TODAY).urgency) == order


DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30)).map(str)
ITEMS = st.lists(st.tuples(st.none() | DAYS | st.sampled_from(["next", COMING]), DAYS, st.booleans()), max_size=8).map(
    lambda rows: [
        item(due_, id=f"i-000000{place}", added=added, closed={"date": added, "as": "done"} if closed else None)
        for place, (due_, added, closed) in enumerate(rows)
    ]
)


@given(ITEMS, st.randoms(use_true_random=False), st.dates(date(2026, 1, 1), date(2026, 6, 30)))
@settings(max_examples=200, deadline=None)
def test_the_order_is_total_and_the_same_from_wherever_one_starts(
    items: list[ActionItem], chance: Any, on: date
) -> None:
    deadlines = Deadlines(council(), on)
    shuffled = items[:]
    chance.shuffle(shuffled)
    found = sorted(shuffled, key=deadlines.urgency)
    assert found == sorted(items, key=deadlines.urgency)
    assert len({deadlines.urgency(one) for one in items}) == len(items)
    late = [deadlines.overdue(one) for one in found]
    assert late == sorted(late, reverse=True)
