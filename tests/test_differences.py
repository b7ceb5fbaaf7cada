"""What two versions of a record say differently, and how that is told."""

import types
import typing
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_example import TODAY, council

from atbtst_cli.language.fields import CHOICES, FIELDS
from atbtst_cli.models.base import Part, texts
from atbtst_cli.models.differences import Difference, Key, differences
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Network
from atbtst_cli.models.schemas import MODELS
from atbtst_cli.views.differences import said

ITEM = {"id": "i-0000000", "title": "Ring", "network": "rad", "added": "2026-02-17", "owners": ["alva-exempel"]}
MEETING = {"id": "2026-02-17-rad", "network": "rad", "date": "2026-02-17"}


def item(**more: Any) -> ActionItem:
    return ActionItem.model_validate(ITEM | more)


def meeting(**more: Any) -> Meeting:
    return Meeting.model_validate(MEETING | more)


def told(before: Part | None, after: Part | None) -> list[str]:
    names = Directory(council(), TODAY)
    return [said(one, names) for one in differences(before, after)]


def found(before: Part | None, after: Part | None) -> list[dict[str, Any]]:
    return [one.data() for one in differences(before, after)]


# -- what differs ------------------------------------------------------------------------------------------------------


def test_a_field_that_changed_stands_with_both_values() -> None:
    before, after = item(due="2026-03-10"), item(due="next", title="Skriv")
    assert found(before, after) == [
        {"field": "title", "before": "Ring", "after": "Skriv"},
        {"field": "due", "before": "2026-03-10", "after": "next"},
    ]


def test_where_nothing_stands_is_none() -> None:
    assert found(item(), item(due="2026-03-10", owners=[])) == [
        {"field": "owners", "before": ["alva-exempel"], "after": None},
        {"field": "due", "before": None, "after": "2026-03-10"},
    ]


def test_a_whole_record_is_new_or_gone() -> None:
    assert list(differences(None, item())) == [Difference((), None, item())]
    assert list(differences(item(), None)) == [Difference((), item(), None)]


def test_a_field_within_a_part_is_told_by_its_way() -> None:
    closed = {"date": "2026-03-01", "as": "done"}
    assert found(item(closed=closed), item(closed=closed | {"as": "dropped", "reason": "Löst"})) == [
        {"field": "closed/as", "before": "done", "after": "dropped"},
        {"field": "closed/reason", "before": None, "after": "Löst"},
    ]


def test_entries_of_a_list_are_told_apart_by_their_names() -> None:
    first = {"id": "p-1", "title": "Ett", "body": [{"decision": "d-1", "text": "Ja."}, {"text": "Mer."}]}
    second = {"id": "p-2", "title": "Två"}
    changed = first | {"body": [{"decision": "d-1", "text": "Nej."}, {"text": "Mindre."}]}
    new = {"id": "p-3", "title": "Tre"}
    assert found(meeting(agenda=[first, second]), meeting(agenda=[changed, new])) == [
        {"field": "agenda/p-1/body/d-1/text", "before": "Ja.", "after": "Nej."},
        {"field": "agenda/p-1/body/text", "before": "Mer.", "after": "Mindre."},
        {"field": "agenda/p-2", "before": second, "after": None},
        {"field": "agenda/p-3", "before": None, "after": new},
    ]


def test_another_order_alone_is_a_difference() -> None:
    one, two = ({"id": f"p-{number}", "title": "Fråga"} for number in (1, 2))
    assert found(meeting(agenda=[one, two]), meeting(agenda=[two, one])) == [
        {"field": "agenda", "before": ["p-1", "p-2"], "after": ["p-2", "p-1"]}
    ]
    text, decision = {"text": "Mer."}, {"decision": "d-1", "text": "Ja."}
    [moved] = differences(meeting(preamble=[text, decision]), meeting(preamble=[decision, text]))
    assert moved.way == ("preamble",)
    assert moved.before != moved.after


def test_entries_without_a_name_or_with_the_same_are_compared_in_their_order() -> None:
    news = [{"date": "2026-03-01", "note": text} for text in ("Ett", "Två", "Tre")]
    assert found(item(log=news[:2]), item(log=news)) == [{"field": "log", "before": None, "after": news[2]}]
    assert found(item(log=news), item(log=news[1:])) == [{"field": "log", "before": news[0], "after": None}]
    twice = [{"progress": "i-0000000", "text": text} for text in ("Ett", "Två")]
    assert found(meeting(preamble=twice), meeting(preamble=twice[1:])) == [
        {"field": "preamble", "before": twice[0], "after": None}
    ]
    renamed = {"names": [{"name": "Rådet"}, {"name": "Rådet", "from": "2021-01-01"}]}
    network = {"id": "rad", "kind": "council"} | renamed
    ended = network | {"names": [{"name": "Rådet", "to": "2020-12-31"}, renamed["names"][1]]}
    assert found(Network.model_validate(network), Network.model_validate(ended)) == [
        {"field": "names/to", "before": None, "after": "2020-12-31"}
    ]


LINES = st.sampled_from(["Ett", "Två", "Tre"])
BLOCKS = st.one_of(
    st.builds(lambda text: {"text": text}, LINES),
    st.builds(lambda key, text: {"decision": f"d-{key}", "text": text}, st.integers(1, 3), LINES),
    st.builds(lambda text: {"progress": "i-0000000", "text": text}, LINES),
)
POINTS = st.builds(
    lambda key, title, body: {"id": f"p-{key}", "title": title, "body": body},
    st.integers(1, 4),
    LINES,
    st.lists(BLOCKS, max_size=4),
)
MEETINGS = st.builds(
    lambda agenda, place, bodies: meeting(agenda=agenda, place=place, **{"with": bodies}),
    st.lists(POINTS, max_size=4),
    st.none() | LINES,
    st.lists(st.sampled_from(["ron-at", "ron-bt"]), max_size=2),
)


def words(value: Any) -> Counter[str]:
    """Every text in a value."""
    return Counter([value] if isinstance(value, str) else [text for _way, text in texts({"": value})])


def total(values: Iterable[Any]) -> Counter[str]:
    return sum(map(words, values), Counter())


@given(MEETINGS, MEETINGS)
@settings(max_examples=200, deadline=None)
def test_versions_differ_where_a_difference_is_found_and_no_word_goes_untold(before: Meeting, after: Meeting) -> None:
    """What only one version says stands in the differences, each of which says two things."""
    there = list(differences(before, after))
    assert bool(there) == (before != after)
    assert all(one.before != one.after for one in there)
    assert words(before) - words(after) <= total(one.before for one in there)
    assert words(after) - words(before) <= total(one.after for one in there)
    assert all(said(one, Directory(council(), TODAY)) for one in there)


def test_the_names_in_an_order_are_texts_too() -> None:
    """They are known by more than their letters."""
    assert words((Key("p-2"), Key("p-1"))) == Counter(["p-2", "p-1"])


# -- in words ----------------------------------------------------------------------------------------------------------


def test_an_items_life_is_told_in_words() -> None:
    closed = {"date": "2026-03-01", "as": "done", "by": "bo-exempel"}
    steps = [
        (None, item(), ["added"]),
        (item(due="2026-03-10"), item(due="next"), ["due: 2026-03-10 → next meeting"]),
        (
            item(),
            item(owners=["alva-exempel", "ron-bt/convenor"]),
            ["who: Alva Exempel → Alva Exempel, RÖN-BT (sammankallande)"],
        ),
        (
            item(owners=["alva-exempel"]),
            item(owners=[{"name": "Frida Exempel"}]),
            ["who: Alva Exempel → Frida Exempel"],
        ),
        (
            item(owners=["alva-exempel", "bo-exempel", "ron-at/convenor", "ron-st/convenor"]),
            item(owners=["alva-exempel", "ron-at/convenor", "ron-bt/convenor", "ron-st/convenor"]),
            ["who: + RÖN-BT (sammankallande), − Bo Exempel"],
        ),
        (item(), item(network="ron-at"), ["network: RÅD → RÖN-AT"]),
        (item(), item(internal=True), ["internal: no → yes"]),
        (item(), item(closed=closed), ["status: open → done, 2026-03-01, Bo Exempel"]),
        (item(closed=closed), item(), ["status: done, 2026-03-01, Bo Exempel → open"]),
        (item(), item(log=[{"date": "2026-03-01", "note": "Pågår\nännu."}]), ["news: + Pågår ännu., 2026-03-01"]),
        (item(log=[{"date": "2026-03-01", "note": "Pågår."}]), item(), ["news: − Pågår., 2026-03-01"]),
        (item(title="done"), item(title="rad"), ["title: done → rad"]),
        (item(), None, ["taken away"]),
    ]
    for before, after, words in steps:
        assert told(before, after) == words


def test_a_meetings_changes_are_told_by_their_way() -> None:
    one, two = ({"id": f"p-{number}", "title": "Fråga"} for number in (1, 2))
    assert told(meeting(agenda=[one, two]), meeting(agenda=[two, one])) == ["agenda: another order"]
    present = {"member": "bo-exempel", "status": "present"}
    assert told(meeting(attendance=[present]), meeting(attendance=[present | {"status": "excused"}])) == [
        "attendance › Bo Exempel › status: present → excused"
    ]
    assert told(meeting(), meeting(start="13:15", attendance=[present])) == [
        "start: – → 13:15",
        "attendance › Bo Exempel: + present",
    ]


def test_a_succession_is_told_with_names() -> None:
    before = council().networks["ron-at"]
    seat = before.seats[0]
    known = seat.holders[-1]
    ended, follows = (
        known.model_copy(update={"to": date(2026, 3, 1)}),
        known.model_copy(update={"member": "cilla-exempel", "from_": date(2026, 3, 2)}),
    )
    new = seat.model_copy(update={"holders": (*seat.holders[:-1], ended, follows)})
    assert told(before, before.model_copy(update={"seats": (new, *before.seats[1:])})) == [
        "seats › convenor › holders › Alva Exempel › to: – → 2026-03-01",
        "seats › convenor › holders › Cilla Exempel: + 2026-03-02",
    ]


def test_a_long_text_is_told_in_part() -> None:
    [one] = told(item(), item(title="mycket " * 100))
    assert len(one) < 150
    assert one.endswith(" …")


# -- the words ---------------------------------------------------------------------------------------------------------


def parts(annotation: Any) -> Iterator[Any]:
    """Every model and every fixed choice in the type of a field."""
    if typing.get_origin(annotation) is Literal or (isinstance(annotation, type) and issubclass(annotation, Part)):
        yield annotation
    elif not isinstance(annotation, types.FunctionType):
        for inner in typing.get_args(annotation):
            yield from parts(inner)


def walk(model: type[Part], seen: dict[type[Part], None]) -> Iterator[tuple[str, Any]]:
    """Every field of a model and of the models in it, each with one model or choice of its type."""
    if model in seen:
        return
    seen[model] = None
    for name, field in ((name.rstrip("_"), field) for name, field in model.model_fields.items()):
        yield name, None
        for part in parts(field.annotation):
            if typing.get_origin(part) is Literal:
                yield from ((name, value) for value in typing.get_args(part))
            else:
                yield from walk(part, seen)


EVERY = [pair for model in MODELS.values() for pair in walk(model, {})]
AS_THEY_ARE = ("sv", "en", "starttls", "tls")
"""Choices that need no word."""


def test_every_field_and_every_choice_has_a_word_and_no_word_is_left_over() -> None:
    assert {name for name, _value in EVERY} == FIELDS.keys()
    assert {value for _name, value in EVERY if value} == {*CHOICES, *AS_THEY_ARE} - {"next"}


@pytest.mark.parametrize("key", ["p-1", "Fråga"])
def test_a_key_is_a_text_like_any_other_for_programs(key: str) -> None:
    assert Difference(("agenda", Key(key)), None, 1).data()["field"] == f"agenda/{key}"
