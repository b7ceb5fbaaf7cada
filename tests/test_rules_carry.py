"""What comes to a body's next meeting."""

from datetime import date
from itertools import count
from typing import Any

from rules_example import TODAY, Records, council, records

from atbtst_cli.rules.carry import latest_held, open_items, standing


def with_items(*rows: tuple[str, str, str, Any]) -> Records:
    """The example with items instead of its own: id, body, day added, meeting of origin."""
    data = records() | {"items": {}}
    for name, network, added, meeting in rows:
        origin = {"origin": {"meeting": meeting}} if meeting else {}
        data["items"][name] = {"id": name, "title": "Ring", "network": network, "added": added} | origin
    return data


def test_open_items_of_a_meeting_are_those_the_body_follows_up_or_agreed_on_oldest_first() -> None:
    data = with_items(
        ("i-0000001", "rad", "2026-02-02", None),
        ("i-0000002", "ron-at", "2026-02-01", "2026-02-17-rad"),
        ("i-0000003", "ron-at", "2026-02-01", None),
        ("i-0000004", "rad", "2026-02-01", "2020-01-01-nowhere"),
        ("i-0000005", "ron-at", "2026-02-01", "2026-04-21-rad"),
    )
    assert [item.id for item in open_items(council(data), "rad")] == [
        "i-0000002",
        "i-0000004",
        "i-0000005",
        "i-0000001",
    ]
    assert [item.id for item in open_items(council(data), "ron-at")] == ["i-0000002", "i-0000003", "i-0000005"]
    assert [item.id for item in open_items(council(data), "ron-bt")] == ["i-0000005"]


def test_closed_items_do_not_come_back() -> None:
    assert open_items(council(), "ron-at") == ()


def test_the_latest_held_meeting_is_that_of_the_body_before_the_day() -> None:
    found = latest_held(council(), "rad", date(2026, 4, 21))
    assert found is not None
    assert found.id == "2026-02-17-rad"
    assert latest_held(council(), "rad", date(2025, 11, 18)) is None
    assert latest_held(council(), "ron-at", TODAY) is None


def agenda(on: date, data: Records | None = None, network: str = "rad") -> list[tuple[Any, ...]]:
    """The standing agenda: id, kind, network, title, approves, of items and parts in order."""
    numbers = count(1)
    items = standing(council(data), network, on, lambda: f"p-{next(numbers)}")
    return [(part.id, part.kind, part.network, part.title, part.approves) for item in items for part in item.walk()]


def test_the_standing_agenda_names_the_minutes_to_approve_and_the_bodies_that_report() -> None:
    assert agenda(date(2026, 4, 21)) == [
        ("p-1", "previous_minutes", None, "Föregående anteckningar", "2026-02-17-rad"),
        ("p-2", "reports", None, "Rapporter", None),
        ("p-3", None, "ron-at", "AT", None),
        ("p-4", "other", None, "Övrigt", None),
    ]


def test_a_body_that_was_still_there_reports_and_approved_minutes_are_not_approved_again() -> None:
    assert agenda(date(2020, 12, 31))[2] == ("p-3", None, "osr", "ÖSR", None)
    assert agenda(date(2026, 2, 17))[0][-1] is None


def test_a_body_without_standing_items_has_an_empty_agenda() -> None:
    assert agenda(TODAY, network="ron-bt") == []
    assert agenda(TODAY, network="nowhere") == []
