"""What a document tells of people is found where it is printed, whatever marks stand in it."""

import pytest
from documents_example import bare, council, document, meeting, with_text

from atbtst_cli.documents import agenda, minutes
from atbtst_cli.documents.disclosures import disclosures
from atbtst_cli.rules.personal import Trace

NUMBER = "070-123 45 67"


def told(built):
    return [(str(one.place), one.trace.kind, one.trace.excerpt) for one in disclosures(built)]


def of(text):
    return told(minutes.build(with_text(text), council(), "public"))


def test_it_is_told_with_its_agenda_item_and_its_line():
    assert of(f"Först något.\n\nRing Bo på {NUMBER} i morgon.\n\nSist något.") == [
        ("1 Punkten", "phone", f"Ring Bo på {NUMBER} i morgon.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"- en rad\n- {NUMBER}",
        f"1. {NUMBER}",
        f"> {NUMBER}",
        f"```\n{NUMBER}\n```",
        f"`{NUMBER}`",
        "070-**123** 45 *67*",
        "070-123\n45 67",
        "070\\-123 45 67",
        "070-123\u00ad 45\u00a067",
        f"| Namn | Tel |\n|---|---|\n| Bo | {NUMBER} |",
        f"### {NUMBER}",
        f"[{NUMBER}](https://example.org)",
    ],
)
def test_no_mark_hides_it(text):
    [(place, kind, _line)] = of(text)
    assert (place, kind) == ("1 Punkten", "phone")


def test_an_address_behind_a_link_is_told_and_one_that_says_itself_only_once():
    assert of("[Skriv](mailto:bo@example.org)") == [("1 Punkten", "email", "Skriv <mailto:bo@example.org>")]
    assert [line for _place, _kind, line in of("<bo@example.org>")] == ["bo@example.org"]
    assert of("[Läs](https://example.org/a)") == []


def test_what_the_summary_says_again_is_told_once_and_what_two_items_say_twice():
    decided = {"decision": "d-1", "text": f"Ring {NUMBER}."}
    agenda = [{"id": f"p-{n}", "title": f"P{n}", "body": [{**decided, "decision": f"d-{n}"}]} for n in (1, 2)]
    built = minutes.build(bare(agenda=agenda), council(), "public")
    assert [place for place, _kind, _line in told(built)] == ["1 P1", "2 P2"]


def test_what_stands_outside_of_the_agenda_is_told_with_its_heading_or_the_title():
    built = document("public", place=f"Dockplatsen, {NUMBER}", agenda=[{"id": "p-1", "title": "Ring bo@example.org"}])
    assert [(place, kind) for place, kind, _line in told(built)] == [
        ("Mötesanteckningar", "phone"),
        ("1 Ring bo@example.org", "email"),
    ]
    attended = document("public", attendance=[{"name": "Bo", "status": "guest", "note": NUMBER}], agenda=[])
    assert [place for place, _kind, _line in told(attended)] == ["Närvaro"]


def test_sub_items_are_told_by_their_own_number():
    items = [
        {"id": "p-1", "title": "a", "parts": [{"id": "p-2", "title": "b", "presenter": {"name": "bo@example.org"}}]}
    ]
    assert told(agenda.build(bare(agenda=items), council(), "public")) == [("1.1 b", "email", "bo@example.org")]


def test_what_is_internal_is_told_by_nobody():
    assert disclosures(document("public")) == []
    secret = [
        {"id": "p-1", "title": "a", "body": [{"internal": NUMBER}]},
        {"id": "p-2", "title": NUMBER, "internal": "true"},
    ]
    whole = meeting(agenda=secret)
    assert disclosures(minutes.build(whole, council(), "public")) == []
    assert len(disclosures(minutes.build(whole, council(), "internal"))) == 2


def test_an_identity_number_is_never_told_whole():
    [one] = disclosures(minutes.build(with_text("Sökande 750309-1238."), council(), "public"))
    assert one.trace == Trace("identity", "7503xx-xxxx", "Sökande 7503xx-xxxx.")
