"""What the public edition takes away is gone from the models, so no format can show it."""

import json
from typing import get_args

import pytest
from documents_example import MEMBERS, bare, council, meeting
from pydantic import BaseModel

from atbtst_cli.documents.edition import PEOPLE, edit
from atbtst_cli.models.meeting import InternalBlock, Meeting, WithheldBlock
from atbtst_cli.models.person import Named


def public(**changes):
    return edit(meeting(**changes), council(), "public")


def item(edited, place):
    return edited.agenda[place]


def test_the_internal_edition_is_the_meeting_itself():
    whole = meeting()
    assert edit(whole, council(), "internal") is whole


def test_an_internal_passage_leaves_a_neutral_line_at_its_place():
    before, after = meeting().agenda[2], item(public(), 2)
    place = next(i for i, block in enumerate(before.body) if isinstance(block, InternalBlock))
    assert after.body[place] == WithheldBlock(withheld="passage")
    assert len(after.body) == len(before.body)


def test_an_internal_item_keeps_its_place_and_says_nothing_else():
    edited = public()
    assert [each.id for each in edited.agenda] == [each.id for each in meeting().agenda]
    hidden = item(edited, 4)
    assert (hidden.title, hidden.body, hidden.parts) == ("Intern punkt", (WithheldBlock(withheld="item"),), ())


def test_nothing_internal_and_no_contact_is_left_anywhere():
    text = json.dumps(public().model_dump(mode="json"), ensure_ascii=False)
    for secret in (
        "inte publiceras",
        "intervjuats",
        "referenser",
        "Hemlig",
        "rekrytering",
        "hemlig-lank",
        "alva@",
        "040-",
    ):
        assert secret not in text
    assert "Rådet avvaktar" in text


def test_a_next_meeting_under_an_internal_item_is_internal_too():
    agenda = [{"id": "p-1", "kind": "next_meeting", "title": "Nästa möte", "internal": "true"}]
    assert public(agenda=agenda).next_meeting is None
    assert public().next_meeting is not None


def test_whoever_holds_an_unnamed_seat_is_shown_as_the_seat_everywhere():
    edited = public(
        chair="egil-exempel",
        secretary={"name": "Egil Exempel"},
        adjusters=["egil-exempel", "bo-exempel"],
        agenda=[
            {
                "id": "p-1",
                "title": "a",
                "body": [
                    {"arrived": "egil-exempel"},
                    {"left": {"name": "Egge"}},
                    {"reservation": ["egil-exempel"], "text": ""},
                    {"action": "i-k7q3d9m", "text": "b", "owners": ["egil-exempel", "alva-exempel"]},
                ],
            }
        ],
        approval={"date": "2026-04-21", "by": ["egil-exempel", "alva-exempel"]},
        amendments=[{"date": "2026-05-02", "by": "egil-exempel", "reason": "c"}],
    )
    seat = Named(name="RÅD (SYLF)")
    body = edited.agenda[0].body
    assert (edited.chair, edited.secretary, edited.adjusters) == (seat, seat, (seat, "bo-exempel"))
    assert (body[0].arrived, body[1].left, body[2].reservation) == (seat, seat, (seat,))
    assert body[3].owners == (seat, "alva-exempel")
    assert edited.approval.by == (seat, "alva-exempel")
    assert edited.amendments[0].by == seat
    assert edited.held.by == seat
    text = json.dumps(edited.model_dump(mode="json"), ensure_ascii=False)
    assert "egil" not in text.lower()


def test_an_unnamed_seat_is_listed_without_its_holder():
    row = public().attendance[4]
    assert (row.member, row.name, row.seats, row.status) == (None, "(namnet visas inte)", ("rad/sylf",), "present")


def test_a_seat_that_only_the_record_tells_of_is_unnamed_too():
    [row] = public(attendance=[{"member": "egil-exempel", "status": "present"}]).attendance
    assert (row.member, row.seats) == (None, ("rad/sylf",))


def test_a_free_name_that_sits_for_an_unnamed_seat_is_hidden():
    edited = public(
        chair={"name": "Frida Exempel"},
        attendance=[{"name": "Frida Exempel", "status": "present", "seats": ["rad/sylf"]}],
    )
    assert "Frida" not in edited.model_dump_json()


def test_holders_of_other_seats_and_of_other_bodies_keep_their_names():
    edited = public()
    assert edited.chair == "alva-exempel"
    elsewhere = edit(bare(network="ron-at", chair="egil-exempel"), council(), "public")
    assert elsewhere.chair == "egil-exempel"


def test_the_meeting_that_was_given_is_left_as_it_was():
    whole = meeting()
    before = whole.model_dump_json()
    edit(whole, council(), "public")
    assert whole.model_dump_json() == before


def _models(annotation, found):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in found:
        found.add(annotation)
        for field in annotation.model_fields.values():
            _models(field.annotation, found)
    for part in get_args(annotation):
        _models(part, found)
    return found


def _names_somebody(annotation):
    return annotation is Named or any(_names_somebody(part) for part in get_args(annotation))


def test_every_field_of_a_meeting_that_can_name_somebody_is_looked_at():
    fields = {
        name
        for model in _models(Meeting, set())
        for name, field in model.model_fields.items()
        if _names_somebody(field.annotation)
    }
    assert fields == PEOPLE


@pytest.mark.parametrize("member", [each.id for each in MEMBERS if each.id != "egil-exempel"])
def test_nobody_else_is_hidden(member):
    assert edit(bare(chair=member), council(), "public").chair == member
