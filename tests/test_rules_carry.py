"""What comes to a body's next meeting."""

from datetime import date
from itertools import count
from typing import Any

from rules_example import TODAY, Records, council, records

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules.agenda import standing
from atbtst_cli.rules.carry import ahead, latest_held, open_items


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


def met(name: str, **more: Any) -> dict[str, Any]:
    """A meeting that was held on the day of its id."""
    return {"id": name, "network": "rad", "date": name[:10], "held": {"date": name[:10]}} | more


def at(council_: Council, network: str, day: str) -> list[tuple[str, int]]:
    """What a body's meeting on a day is told that was left to it, and to how many meetings each has come."""
    meeting = Meeting.model_validate({"id": f"{day}-{network}", "network": network, "date": day})
    return [
        (one.title, one.times) for one in ahead(council_, meeting).coming if one.rule in ("deferred", "not_reached")
    ]


def test_what_a_joint_meeting_does_not_reach_returns_to_the_body_that_had_brought_it() -> None:
    data = records() | {"items": {}, "meetings": {}}
    held: list[tuple[str, str, Any, Any]] = [
        ("2026-03-03-ron-at", "ron-at", [], [{"id": "p-1", "title": "Schema"}]),
        ("2026-03-10-rad", "rad", [], [{"id": "p-1", "title": "Lokaler"}]),
        (
            "2026-03-17-rad",
            "rad",
            ["ron-at"],
            [
                {"id": "p-1", "title": "Schema", "from": "2026-03-03-ron-at/p-1"},
                {"id": "p-2", "title": "Lokaler", "from": "2026-03-10-rad/p-1"},
                {"id": "p-3", "title": "Ny"},
            ],
        ),
        (
            "2026-03-24-rad",
            "rad",
            ["ron-at"],
            [
                {"id": "p-1", "title": "Schema", "from": "2026-03-17-rad/p-1"},
                {"id": "p-2", "title": "Lokaler", "from": "2026-03-17-rad/p-2"},
                {"id": "p-3", "title": "Ny", "from": "2026-03-17-rad/p-3"},
            ],
        ),
    ]
    for name, network, others, agenda_ in held:
        data["meetings"][name] = met(name, network=network, agenda=agenda_, **{"with": others})
    assert at(council(data), "ron-at", "2026-04-07") == [("Schema", 3)]
    assert at(council(data), "rad", "2026-04-07") == [("Lokaler", 3), ("Ny", 2)]


def test_what_waited_for_a_meeting_that_was_cancelled_has_not_come_to_those_before_it() -> None:
    data = records() | {"items": {}, "meetings": {}}
    put_off = {"decision": "d-1", "outcome": "deferred", "to": "2026-09-15-rad", "text": "Vi väntar."}
    for day, body in (("2026-04-21", [put_off]), ("2026-06-16", [{"text": "Annat."}])):
        item = {"id": "p-1", "title": f"Fråga {day}", "body": body}
        data["meetings"][f"{day}-rad"] = met(f"{day}-rad", agenda=[item])
    cancelled = {"date": "2026-09-10", "reason": "Få kan komma"}
    data["meetings"]["2026-09-15-rad"] = met("2026-09-15-rad", held=None, cancelled=cancelled)
    assert at(council(data), "rad", "2026-10-20") == [("Fråga 2026-04-21", 1)]
