"""What the public edition takes away is gone from the models, so no format can show it."""

import json
from dataclasses import replace
from typing import get_args

import pytest
from documents_example import MEMBERS, NETWORKS, bare, council, meeting, member, network, seat
from pydantic import BaseModel

from atbtst_cli.documents import agenda, minutes
from atbtst_cli.documents.edition import PEOPLE, edit, scribe_for
from atbtst_cli.documents.tree import texts
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import InternalBlock, WithheldBlock
from atbtst_cli.models.person import Named
from atbtst_cli.models.schemas import MODELS


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


def test_the_public_is_told_the_next_meeting_and_not_how_its_year_was_found():
    """That the year was worked out is for those who write the minutes; what was written stays."""
    known = meeting().next_meeting
    assert known.inferred == ("year",)
    assert public().next_meeting == known.model_copy(update={"inferred": ()})


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


def test_a_seat_is_unnamed_where_it_follows_one_that_is():
    """The council's seat of a post tells no more of its holder than the post does."""
    known = council()
    post = network(
        "ron-bt", "Nätverket för BT", "RÖN-BT", seat("sylf", "SYLF", public_name="false", holders=HELD_BY_BO)
    )
    seats = network("rad", "ATBTST-rådet", "RÅD", seat("bt", "RÖN-BT", follows="ron-bt/sylf", chair="true"))
    networks = {**known.networks, "ron-bt": post, "rad": seats}
    scribe = scribe_for(bare(chair="bo-exempel"), replace(known, networks=networks), "public")
    assert scribe.meeting.chair == Named(name="RÅD (RÖN-BT)")
    assert scribe.seat("rad/bt") == "RÖN-BT"


HELD_BY_BO = [{"member": "bo-exempel"}]


def test_whoever_stands_in_for_somebody_unnamed_is_unnamed_too():
    """A substitute's name beside the seat's would tell as much as the name of who holds it."""
    edited = public(
        chair={"name": "Frida Exempel"},
        attendance=[
            {"name": "Frida Exempel", "status": "present", "substitute_for": "egil-exempel"},
            {"name": "Gun Exempel", "status": "present", "substitute_for": "alva-exempel"},
        ],
    )
    assert "Frida" not in edited.model_dump_json()
    assert (edited.attendance[0].seats, edited.attendance[1].name) == (("rad/sylf",), "Gun Exempel")


@pytest.mark.parametrize("written", ["Egil Olsson", "egil", "EGIL  EXEMPEL", "Egge"])
def test_no_name_that_somebody_unnamed_ever_had_slips_out(written):
    known = council()
    egil = member(
        "egil-exempel",
        "",
        names=[{"to": "2020-12-31", "name": "Egil Olsson"}, {"name": "Egil Exempel"}],
        aliases=["Egge"],
    )
    edited = edit(bare(chair={"name": written}), replace(known, members={**known.members, egil.id: egil}), "public")
    assert edited.chair == Named(name="RÅD (SYLF)")


SUB_ITEMS = [
    {"id": "p-1", "title": "Öppen"},
    {
        "id": "p-2",
        "title": "Sluten",
        "internal": "true",
        "parts": [{"id": "p-3", "title": "Hemlig", "kind": "next_meeting"}],
    },
]


def test_what_stands_below_an_internal_item_was_not_called_either():
    """Also where the call says nothing of it: no title comes back as one that was dropped since."""
    called = [{"id": "p-1", "title": "Öppen"}, {"id": "p-2", "title": "Sluten"}, {"id": "p-3", "title": "Hemlig"}]
    gone = [*called, {"id": "p-9", "title": "Borttagen", "internal": "true"}]
    whole = bare(agenda=SUB_ITEMS, called={"date": "2026-02-03", "agenda": gone})
    titles = [one.title for one in edit(whole, council(), "public").called.agenda]
    assert titles == ["Öppen", "Intern punkt", "Intern punkt"]
    text = " ".join(texts(minutes.build(whole, council(), "public")))
    assert "Hemlig" not in text
    assert "Sluten" not in text
    assert "Borttagen" not in text


def test_the_next_meeting_is_internal_below_an_internal_item_too():
    coming = {"date": "2026-04-21", "text": "21 april"}
    assert edit(bare(agenda=SUB_ITEMS, next_meeting=coming), council(), "public").next_meeting is None


def test_the_council_around_a_public_document_has_no_contact_data_and_nothing_internal():
    kept = ActionItem.model_validate({"id": "i-0000001", "title": "a", "network": "rad", "added": "2026-01-10"})
    internal = kept.model_copy(update={"id": "i-0000002", "internal": True})
    matter = Matter.model_validate(
        {"id": "m-0000001", "title": "a", "network": "rad", "raised": "2026-01-10", "internal": "true"}
    )
    whole = replace(council(), items={one.id: one for one in (kept, internal)}, matters={matter.id: matter})
    shown = scribe_for(meeting(), whole, "public").council
    assert (list(shown.items), len(shown.items), "i-0000002" in shown.items) == (["i-0000001"], 1, False)
    assert not shown.matters
    assert (shown.members["alva-exempel"].email, shown.members["alva-exempel"].phone) == (None, None)
    assert shown.settings.mail is None
    assert [one.holders for body in NETWORKS for one in shown.networks[body.id].seats] == [()] * 6
    assert shown.members["egil-exempel"].name(meeting().date) == "RÅD (SYLF)"


def test_whoever_has_promised_what_an_agenda_item_follows_up_may_stay_unnamed():
    item = {"id": "i-0000001", "title": "a", "network": "rad", "added": "2026-01-10", "owners": ["egil-exempel"]}
    whole = replace(council(), items={"i-0000001": ActionItem.model_validate(item)})
    follow_up = bare(agenda=[{"id": "p-1", "title": "Ring", "from": "i-0000001"}])
    assert "Egil Exempel" in list(texts(agenda.build(follow_up, whole, "internal")))
    public_texts = list(texts(agenda.build(follow_up, whole, "public")))
    assert "RÅD (SYLF)" in public_texts
    assert not [text for text in public_texts if "egil" in text.lower()]


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


def test_every_field_of_a_record_that_can_name_somebody_is_looked_at():
    fields = {
        name
        for model in {part for record in MODELS.values() for part in _models(record, set())}
        for name, field in model.model_fields.items()
        if _names_somebody(field.annotation)
    }
    assert fields == PEOPLE


@pytest.mark.parametrize("member", [each.id for each in MEMBERS if each.id != "egil-exempel"])
def test_nobody_else_is_hidden(member):
    assert edit(bare(chair=member), council(), "public").chair == member
