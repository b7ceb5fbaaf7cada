"""Two versions of a record made one: what each changed holds, and what both changed is for a person to decide."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Network
from atbtst_cli.rules.merging import UNDECIDED, Clash, merge

ITEM = {"id": "i-0000001", "title": "Ring", "network": "rad", "added": "2026-01-10", "owners": ["alva-exempel"]}


def item(**more: Any) -> ActionItem:
    return ActionItem.model_validate(ITEM | more)


def matter(text: str) -> Matter:
    data = {"id": "m-0000001", "title": "Lön", "network": "rad", "raised": "2026-01-10", "description": text}
    return Matter.model_validate(data)


def meeting(*agenda: dict[str, Any], **more: Any) -> Meeting:
    data = {"id": "2026-02-17-rad", "network": "rad", "date": "2026-02-17", "agenda": list(agenda)}
    return Meeting.model_validate(data | more)


def said(clashes: Sequence[Clash]) -> list[tuple[str, Any, Any, Any]]:
    return [("/".join(one.way), one.base, one.mine, one.theirs) for one in clashes]


def note(day: str, text: str) -> dict[str, str]:
    return {"date": day, "note": text}


# -- fields --------------------------------------------------------------------------------------------------------------


def test_what_each_changed_holds() -> None:
    merged = merge(item(), item(title="Ring i dag"), item(due="2026-03-10", owners=["bo-exempel"]))
    assert merged.value == item(title="Ring i dag", due="2026-03-10", owners=["bo-exempel"])
    assert not merged.clashes


def test_what_both_changed_alike_holds() -> None:
    assert merge(item(), item(due="next"), item(due="next")).value == item(due="next")


def test_what_both_changed_is_a_clash_and_the_rest_is_merged() -> None:
    merged = merge(item(), item(due="2026-03-10", title="Skriv"), item(due="2026-03-11", internal="true"))
    (clash,) = merged.clashes
    assert (clash.way, clash.base, str(clash.mine), str(clash.theirs)) == (("due",), None, "2026-03-10", "2026-03-11")
    assert merged.value == item(due="2026-03-10", title="Skriv", internal="true")


def test_what_somebody_decided_holds() -> None:
    sides = item(), item(title="Skriv"), item(title="Mejla")
    assert merge(*sides, decide=lambda clash: clash.theirs).value == item(title="Mejla")
    assert merge(*sides, decide=lambda _clash: "Möt").value == item(title="Möt")
    assert merge(*sides, decide=lambda _clash: UNDECIDED).clashes


def test_one_thing_that_both_set_is_not_put_together_from_halves() -> None:
    done = {"date": "2026-03-10", "as": "done"}
    dropped = {"date": "2026-03-11", "as": "dropped", "reason": "Inställt"}
    (clash,) = merge(item(), item(closed=done), item(closed=dropped)).clashes
    assert clash.way == ("closed",)
    kept = merge(
        item(closed=done), item(closed=done | {"date": "2026-03-12"}), item(closed=done | {"by": "bo-exempel"})
    )
    assert kept.value == item(closed={"date": "2026-03-12", "as": "done", "by": "bo-exempel"})


def test_a_record_that_both_made_is_merged_as_if_it_had_been_empty() -> None:
    merged = merge(None, meeting(place="Lund"), meeting(start="13:15"))
    assert merged.value == meeting(place="Lund", start="13:15")
    assert said(merge(None, meeting(place="Lund"), meeting(place="Malmö")).clashes) == [
        ("place", None, "Lund", "Malmö")
    ]


def test_a_record_taken_away_and_changed_is_a_clash() -> None:
    assert [clash.way for clash in merge(item(), None, item(due="next")).clashes] == [()]
    assert merge(item(), None, item()).value is None
    assert merge(item(), item(), None).value is None
    assert merge(None, None, item()).value == item()


# -- lists ---------------------------------------------------------------------------------------------------------------


def test_owners_are_a_set() -> None:
    base = item(owners=["alva-exempel", "bo-exempel"])
    merged = merge(base, item(owners=["alva-exempel", "bo-exempel", "cilla-exempel"]), item(owners=["bo-exempel"]))
    assert merged.value.owners == ("bo-exempel", "cilla-exempel")


def test_news_of_both_stand_in_the_order_of_their_days() -> None:
    old = note("2026-01-20", "A")
    mine = item(log=[old, note("2026-02-02", "mine")])
    theirs = item(log=[old, note("2026-02-01", "theirs"), note("2026-02-03", "later")])
    merged = merge(item(log=[old]), mine, theirs)
    assert [entry.note for entry in merged.value.log] == ["A", "theirs", "mine", "later"]
    assert not merged.clashes


def test_the_same_news_of_both_stand_once() -> None:
    new = item(log=[note("2026-01-20", "A")])
    assert merge(item(), new, new).value == new


def test_entries_are_found_by_their_ids_wherever_they_stand() -> None:
    one, two = {"id": "p-1", "title": "Ett"}, {"id": "p-2", "title": "Två"}
    mine = meeting(two, one | {"title": "Ett till"})
    theirs = meeting(one, two | {"presenter": "bo-exempel"}, {"id": "p-3", "title": "Tre"})
    merged = merge(meeting(one, two), mine, theirs)
    assert [(part.id, part.title, part.presenter) for part in merged.value.agenda] == [
        ("p-2", "Två", "bo-exempel"),
        ("p-3", "Tre", None),
        ("p-1", "Ett till", None),
    ]


def test_two_orders_are_a_clash() -> None:
    one, two, three = ({"id": f"p-{n}", "title": "x"} for n in (1, 2, 3))
    merged = merge(meeting(one, two, three), meeting(two, one, three), meeting(one, three, two))
    assert said(merged.clashes) == [("agenda", ("p-1", "p-2", "p-3"), ("p-2", "p-1", "p-3"), ("p-1", "p-3", "p-2"))]
    decided = merge(
        meeting(one, two, three), meeting(two, one, three), meeting(one, three, two), lambda clash: clash.theirs
    )
    assert [part.id for part in decided.value.agenda] == ["p-1", "p-3", "p-2"]


def test_an_entry_taken_away_and_changed_is_a_clash() -> None:
    one, two = {"id": "p-1", "title": "Ett"}, {"id": "p-2", "title": "Två"}
    merged = merge(meeting(one, two), meeting(two), meeting(one | {"title": "Ny"}, two))
    assert [clash.way for clash in merged.clashes] == [("agenda", "p-1")]


def test_entries_without_a_name_are_told_apart_by_their_place() -> None:
    def body(*texts: str) -> Meeting:
        return meeting({"id": "p-1", "title": "Ett", "body": [{"text": text} for text in texts]})

    merged = merge(body("a", "b", "c"), body("a", "B", "c"), body("a", "b", "c", "d"))
    assert merged.value == body("a", "B", "c", "d")
    (clash,) = merge(body("a", "b"), body("a", "x"), body("a", "y")).clashes
    assert (clash.way, clash.mine, clash.theirs) == (("agenda", "p-1", "body", ":2", "text"), "x", "y")


def test_two_holders_of_one_seat_follow_each_other() -> None:
    def body(*holders: dict[str, str]) -> Network:
        seat = {"id": "convenor", "kind": "convenor", "names": [{"name": "Sammankallande"}], "holders": list(holders)}
        return Network.model_validate({"id": "ron-at", "kind": "network", "names": [{"name": "AT"}], "seats": [seat]})

    bo, ended = {"member": "bo-exempel"}, {"member": "bo-exempel", "to": "2026-03-01"}
    alva = {"member": "alva-exempel", "from": "2026-03-02"}
    merged = merge(body(bo), body(ended, alva), body(bo | {"from": "2025-01-01"}))
    assert merged.value == body(ended | {"from": "2025-01-01"}, alva)


# -- text ----------------------------------------------------------------------------------------------------------------


def test_a_text_is_merged_by_its_lines() -> None:
    merged = merge(matter("a\nb\nc\n"), matter("A\nb\nc\n"), matter("a\nb\nc\nd\n"))
    assert merged.value == matter("A\nb\nc\nd\n")


@pytest.mark.parametrize(("mine", "theirs"), [("a\nx\nc\n", "a\ny\nc\n"), ("a\nb\nc\nd\n", "a\nb\nc\ne\n")])
def test_one_place_of_a_text_that_both_changed_is_a_clash(mine: str, theirs: str) -> None:
    (clash,) = merge(matter("a\nb\nc\n"), matter(mine), matter(theirs)).clashes
    assert (clash.way, clash.mine, clash.theirs) == (("description",), mine, theirs)


# -- always --------------------------------------------------------------------------------------------------------------

TITLES = st.sampled_from(["Ring", "Skriv", "Mejla"])
NOTES = st.builds(note, st.sampled_from(["2026-01-20", "2026-02-01", "2026-02-02"]), st.sampled_from("abc"))
ITEMS = st.builds(
    item,
    title=TITLES,
    due=st.sampled_from([None, "next", "2026-03-10"]),
    owners=st.lists(st.sampled_from(["alva-exempel", "bo-exempel", "ron-at/convenor"]), unique=True),
    log=st.lists(NOTES, max_size=4).map(lambda log: sorted(log, key=lambda one: one["date"])),
    closed=st.sampled_from([None, {"date": "2026-03-10", "as": "done"}, {"date": "2026-03-11", "as": "done"}]),
)
BODIES = st.lists(st.sampled_from([{"text": "a"}, {"text": "b"}, {"internal": "c"}, {"text": "a\nb\nc\n"}]), max_size=4)
PARTS = st.lists(
    st.builds(
        lambda number, title, body: {"id": f"p-{number}", "title": title, "body": body},
        st.integers(1, 4),
        TITLES,
        BODIES,
    ),
    max_size=4,
    unique_by=lambda part: part["id"],
)
RECORDS = [
    ITEMS,
    PARTS.map(lambda parts: meeting(*parts)),
    st.lists(st.sampled_from("abcd")).map("\n".join).map(matter),
]
THREE = st.one_of([st.tuples(one, one, one) for one in RECORDS])


@settings(max_examples=150)
@given(THREE)
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(three: tuple[Any, Any, Any]) -> None:
    base, mine, _theirs = three
    for merged in (merge(base, mine, base), merge(base, base, mine), merge(base, mine, mine)):
        assert merged.value == mine
        assert not merged.clashes


@settings(max_examples=200)
@given(THREE)
def test_the_sides_are_alike(three: tuple[Any, Any, Any]) -> None:
    base, mine, theirs = three
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {clash.way for clash in one.clashes} == {clash.way for clash in other.clashes}
    if not one.clashes:
        assert sorted(map(repr, _leaves(one.value))) == sorted(map(repr, _leaves(other.value)))


def _leaves(value: Any) -> list[Any]:
    """The values of a record, whatever their order."""
    if isinstance(value, tuple):
        return [leaf for one in value for leaf in _leaves(one)]
    if hasattr(type(value), "model_fields"):
        return [(name, leaf) for name in type(value).model_fields for leaf in _leaves(getattr(value, name))]
    return [value]


@settings(max_examples=200)
@given(THREE)
def test_what_is_merged_is_a_record_and_holds_what_one_side_alone_brought(three: tuple[Any, Any, Any]) -> None:
    base, mine, theirs = three
    merged = merge(base, mine, theirs)
    again = type(base).model_validate(merged.value.model_dump(by_alias=True, exclude_defaults=True))
    assert again == merged.value
    if merged.clashes:
        return
    for name in type(base).model_fields:
        old, own, other = (getattr(one, name) for one in three)
        if other == old and not isinstance(own, tuple):
            assert getattr(merged.value, name) == own
        if name == "log" and Counter(old) <= Counter(own) & Counter(other):
            assert {*own} - {*old} | {*other} - {*old} <= {*merged.value.log}
