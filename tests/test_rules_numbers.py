"""The numbers people cite: one more than the highest in use, per body and year."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rules_example import council, records

from atbtst_cli.models.council import Council
from atbtst_cli.rules.checks import check
from atbtst_cli.rules.numbers import next_decision_number, next_meeting_number


def test_numbers_go_on_from_the_highest_of_the_body_in_the_year() -> None:
    assert next_meeting_number(council(), "rad", 2026) == 2
    assert next_meeting_number(council(), "rad", 2025) == 5
    assert next_decision_number(council(), "rad", 2026) == 2
    assert next_decision_number(council(), "rad", 2025) == 13


def test_numbers_begin_at_one() -> None:
    assert next_meeting_number(council(), "rad", 2027) == 1
    assert next_decision_number(council(), "ron-at", 2026) == 1


def test_a_number_counts_in_the_year_of_the_meeting_and_not_of_its_id() -> None:
    data = records()
    data["meetings"]["2026-02-17-rad"]["date"] = "2025-12-30"
    assert next_meeting_number(council(data), "rad", 2026) == 1
    assert next_meeting_number(council(data), "rad", 2025) == 5


def held(meetings: list[tuple[str, int, int]]) -> Council:
    """A council that held those meetings one after the other, and drew each number when it did."""
    data = records() | {"meetings": {}, "items": {}, "matters": {}}
    for place, (body, day, decisions) in enumerate(meetings):
        on = date(2025, 12, 1) + timedelta(day)
        number = next_meeting_number(council(data), body, on.year)
        first = next_decision_number(council(data), body, on.year)
        blocks: list[Any] = [
            {"decision": f"d-{count}", "number": first + count, "text": "Ja"} for count in range(decisions)
        ]
        name = f"{on}-{body}-{place}"
        data["meetings"][name] = {
            "id": name,
            "network": body,
            "number": number,
            "date": str(on),
            "held": {"date": str(on)},
            "preamble": blocks,
        }
    return council(data)


@given(st.lists(st.tuples(st.sampled_from(["rad", "ron-bt"]), st.integers(0, 60), st.integers(0, 3)), max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_number_is_drawn_twice_and_none_is_left_out(meetings: list[tuple[str, int, int]]) -> None:
    whole = held(meetings)
    assert [one for one in check(whole, date(2026, 3, 1)) if one.rule.endswith("-number-twice")] == []
    years: dict[tuple[str, int], list[int]] = {}
    for meeting in whole.meetings.values():
        years.setdefault((meeting.network, meeting.date.year), []).append(meeting.number or 0)
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in years.values())
