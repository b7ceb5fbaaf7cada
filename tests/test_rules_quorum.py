"""Whether a decision holds: from who was there when it was made, and which seats they took."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import presence, quorum
from atbtst_cli.rules.quorum import Held

PEOPLE = ("alva-exempel", "bo-exempel", "cilla-exempel", "disa-exempel")
SEATS = ("at", "bt", "st", "dialog")
DECISION = {"decision": "d-1", "text": "Rådet beslutar."}


def network(**more: Any) -> Network:
    """A body with four seats, held by four people, and what else it says."""
    seats = [
        {"id": seat, "kind": "required", "names": [{"name": seat.upper()}], "holders": [{"member": who}]}
        for seat, who in zip(SEATS, PEOPLE, strict=True)
    ]
    return Network.model_validate({"id": "rad", "kind": "council", "names": [{"name": "RÅD"}], "seats": seats} | more)


def council(*networks: Network) -> Council:
    return Council(
        Settings(format=1, name="Exempelrådet", organisation="Region Exempel"),
        networks={one.id: one for one in networks},
    )


def meeting(rows: list[Any], *blocks: Any, **more: Any) -> Meeting:
    """A meeting with those rows of attendance, given in full or as a member's id, and one agenda item."""
    attendance = [{"member": row, "status": "present"} if isinstance(row, str) else row for row in rows]
    agenda = [{"id": "p-1", "title": "Frågan", "body": list(blocks)}]
    record = {"id": "2026-02-17-rad", "network": "rad", "date": "2026-02-17", "attendance": attendance}
    return Meeting.model_validate(record | {"agenda": agenda} | more)


def held(rows: list[Any], *blocks: Any, body: Network | None = None, **more: Any) -> list[Held]:
    """How the decisions of such a meeting stand to the quorum of the body, three seats by default."""
    body = body or network(quorum=[{"count": 3}])
    found = quorum.of(council(body), meeting(rows, *(blocks or (DECISION,)), **more))
    return [one for each in found.values() for one in each]


def taken(rows: list[Any], *blocks: Any) -> list[int | None]:
    return [one.taken for one in held(rows, *blocks)]


def second(decision: str = "d-2") -> dict[str, str]:
    return {"decision": decision, "text": "Rådet beslutar igen."}


@pytest.mark.parametrize(("there", "holds"), [(4, True), (3, True), (2, False), (1, False)])
def test_a_decision_holds_if_enough_seats_are_taken(there: int, holds: bool) -> None:
    [one] = held(list(PEOPLE[:there]))
    assert (one.taken, one.of, one.needed, one.holds) == (there, 4, 3, holds)


@pytest.mark.parametrize("status", ["excused", "absent", "guest"])
def test_only_those_present_take_a_seat(status: str) -> None:
    assert taken([*PEOPLE[:2], {"member": PEOPLE[2], "status": status}]) == [2]


def test_one_who_holds_two_seats_takes_both() -> None:
    body = network(quorum=[{"count": 2}])
    doubled = body.seats[1].model_copy(update={"holders": body.seats[0].holders})
    body = body.model_copy(update={"seats": (body.seats[0], doubled, *body.seats[2:])})
    assert [one.taken for one in held([PEOPLE[0]], body=body)] == [2]


def test_a_substitute_takes_the_seats_of_the_one_they_stand_in_for_and_their_own() -> None:
    instead = {"member": PEOPLE[0], "status": "present", "substitute_for": PEOPLE[1]}
    assert taken([instead]) == [2]
    assert taken([{"name": "David Exempel", "status": "present", "substitute_for": PEOPLE[1]}]) == [1]
    assert taken([{"name": "David Exempel", "status": "present", "substitute_for": {"name": "Egil"}}]) == [0]


def test_a_seat_that_two_take_counts_once() -> None:
    assert taken([PEOPLE[0], {"name": "David Exempel", "status": "present", "substitute_for": PEOPLE[0]}]) == [1]


def test_the_seats_that_are_put_down_count_whoever_holds_them() -> None:
    """What was minuted is history."""
    assert taken([{"member": "frida-exempel", "status": "present", "seats": ["rad/at", "rad/bt", "ron/at"]}]) == [2]


def test_whoever_arrives_is_there_from_then_on_and_whoever_leaves_no_more() -> None:
    rows = list(PEOPLE[:3])
    assert taken(rows, {"arrived": PEOPLE[0]}, DECISION) == [3]
    assert taken(rows, DECISION, {"arrived": PEOPLE[0]}, second()) == [2, 3]
    assert taken(rows, DECISION, {"left": PEOPLE[0]}, second()) == [3, 2]
    assert taken(rows, {"left": PEOPLE[0]}, DECISION, {"arrived": PEOPLE[0]}, second()) == [2, 3]


def test_somebody_who_comes_and_is_put_down_as_away_takes_no_seat() -> None:
    rows = [*PEOPLE[:2], {"member": PEOPLE[2], "status": "excused"}]
    assert taken(rows, {"arrived": PEOPLE[2]}, DECISION) == [2]


def test_people_without_a_record_come_and_go_by_their_name() -> None:
    row = {"name": "David Exempel", "status": "present", "substitute_for": PEOPLE[0]}
    assert taken([row], {"left": {"name": "david exempel"}}, DECISION) == [0]


def test_sub_items_and_the_text_before_the_first_item_count_in_their_order() -> None:
    parts = [{"id": "p-2", "title": "AT", "body": [{"left": PEOPLE[0]}]}]
    agenda = [
        {"id": "p-1", "title": "Rapporter", "body": [DECISION], "parts": parts},
        {"id": "p-3", "title": "Övrigt", "body": [second()]},
    ]
    found = held(list(PEOPLE), preamble=[{"left": PEOPLE[3]}], agenda=agenda)
    assert [one.taken for one in found] == [3, 2]


@pytest.mark.parametrize(
    ("note", "partly"),
    [
        ("§ 91-97", 1),
        ("§3", 1),
        ("ej § 3", 1),
        ("punkt 1", 1),
        ("punkterna 2–4", 1),
        ("t.o.m. kl. 14.30", 1),
        ("från kl. 14", 1),
        ("delvis", 1),
        ("partly", 1),
        ("SUS", 0),
        ("från SUS", 0),
        ("från Åhus", 0),
        ("punktskribent", 0),
    ],
)
def test_a_note_of_a_part_of_the_meeting_is_told_and_not_reckoned_with(note: str, partly: int) -> None:
    [one] = held([*PEOPLE[:2], {"member": PEOPLE[2], "status": "present", "note": note}])
    assert (one.taken, one.partly, one.holds) == (3, partly, True)


def test_where_nobody_is_put_down_nothing_is_known() -> None:
    [one] = held([])
    assert (one.taken, one.of, one.needed, one.holds) == (None, 4, 3, None)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([{"count": 3}], [(1, 4, 3)]),
        ([{"count": 2, "seats": ["at", "bt"]}], [(1, 2, 2)]),
        ([{"count": 1, "seats": ["bt"]}], [(0, 1, 1)]),
        ([{"from": "2026-02-17", "count": 2}], [(1, 4, 2)]),
        ([{"to": "2026-02-17", "count": 2}], [(1, 4, 2)]),
        ([{"from": "2026-02-18", "count": 2}], []),
        ([{"to": "2026-02-16", "count": 2}], []),
        ([{"to": "2026-01-31", "count": 4}, {"from": "2026-02-01", "count": 2}], [(1, 4, 2)]),
        ([], []),
    ],
)
def test_it_is_the_quorum_of_the_meetings_day(stated: Any, expected: list[Any]) -> None:
    found = held([PEOPLE[0]], body=network(quorum=stated))
    assert [(one.taken, one.of, one.needed) for one in found] == expected


def test_a_seat_that_is_not_there_that_day_and_a_guests_do_not_count() -> None:
    body = network(quorum=[{"count": 1}])
    gone = body.seats[0].model_copy(update={"to": date(2026, 2, 16)})
    guest = body.seats[1].model_copy(update={"kind": "guest"})
    body = body.model_copy(update={"seats": (gone, guest, *body.seats[2:])})
    assert [(one.taken, one.of) for one in held(list(PEOPLE), body=body)] == [(2, 2)]


def test_each_body_of_a_joint_meeting_has_its_own() -> None:
    other = network(id="ron", quorum=[{"count": 1}])
    plain = network(id="plain")
    three = council(network(quorum=[{"count": 3}]), other, plain)
    joint = meeting(list(PEOPLE[:2]), DECISION, **{"with": ["ron", "plain", "nowhere"]})
    assert quorum.of(three, joint) == {"d-1": (Held("rad", 2, 4, 3), Held("ron", 2, 4, 1))}


MOVEMENTS = st.lists(st.tuples(st.sampled_from(["arrived", "left", "decision"]), st.sampled_from(PEOPLE)), max_size=12)


def was_there(who: str, movements: list[tuple[str, str]], at: int) -> bool:
    """Told backwards: by the latest movement before that place, else by the first one after it."""
    before = [kind for kind, mover in movements[:at] if mover == who and kind != "decision"]
    after = [kind for kind, mover in movements[at:] if mover == who and kind != "decision"]
    return before[-1] == "arrived" if before else after[:1] != ["arrived"]


@given(MOVEMENTS, st.sets(st.sampled_from(PEOPLE), min_size=1))
@settings(max_examples=60, deadline=None)
def test_at_every_decision_those_count_who_are_there(movements: list[tuple[str, str]], there: set[str]) -> None:
    blocks = [
        second(f"d-{place}") if kind == "decision" else {kind: who} for place, (kind, who) in enumerate(movements)
    ]
    body = council(network(quorum=[{"count": 1}]))
    found = quorum.of(body, meeting(sorted(there), *blocks))
    places = [place for place, (kind, _who) in enumerate(movements) if kind == "decision"]
    assert list(found) == [f"d-{place}" for place in places]
    for place in places:
        assert found[f"d-{place}"][0].taken == sum(was_there(who, movements, place) for who in there)


def test_the_seats_are_put_down_once_and_stay() -> None:
    body = council(network())
    met = meeting([PEOPLE[0], {"member": PEOPLE[1], "status": "excused"}, {"name": "David Exempel", "status": "guest"}])
    rows = presence.seated(body, met)
    assert [row.seats for row in rows] == [("rad/at",), ("rad/bt",), ()]
    assert presence.seated(council(), met.model_copy(update={"attendance": rows})) == rows
