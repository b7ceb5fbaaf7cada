"""The minutes hold what was minuted, in its order, as of its day, and say plainly whether they are a draft."""

from datetime import date

import pytest
from documents_example import MEMBERS, NETWORKS, RECORD, SETTINGS, bare, council, document, meeting

from atbtst_cli.documents import minutes
from atbtst_cli.documents.tree import (
    Callout,
    Fact,
    Facts,
    Paragraph,
    Section,
    Signature,
    Strong,
    Table,
    Text,
    texts,
    words,
)
from atbtst_cli.models.council import Council
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.member import Member


def built(edition="internal", **changes):
    return minutes.build(bare(**changes), council(), edition)


def said(part):
    """The words of a part of the tree, one blank between them."""
    return " ".join(texts(part))


def sections(document):
    return {said(section.title): section for section in document.blocks if isinstance(section, Section)}


def body(*blocks, **item):
    """What an agenda item with these blocks becomes."""
    document = built(agenda=[{"id": "p-1", "title": "Punkten", "body": list(blocks), **item}])
    return sections(document)[item.get("title", "Punkten")].blocks


def labels(facts):
    return {fact.label: said(fact.value) for fact in facts}


def test_the_title_block_tells_what_who_when_and_where():
    whole = document()
    assert (whole.organisation, whole.title) == ("Region Exempel", "Mötesanteckningar")
    assert whole.subtitle == "ATBTST-rådet · RÅD 1/2026"
    assert labels(whole.facts) == {
        "Datum och tid": "Tisdag 17 februari 2026 kl. 13.15–16.15",
        "Plats": "Dockplatsen",
        "Mötesform": "På plats och på distans",
        "Ordförande": "Alva Exempel",
        "Sekreterare": "Cilla Exempel",
        "Justerare": "Bo Exempel",
        "Diarienummer": "2026-0117",
    }
    assert whole.running == "Mötesanteckningar RÅD 2026-02-17"
    assert (whole.date, whole.language) == (date(2026, 2, 17), "sv")


def test_what_is_not_known_is_not_there():
    whole = built()
    assert labels(whole.facts) == {"Datum och tid": "Tisdag 17 februari 2026"}
    assert whole.blocks == ()


def test_the_title_and_the_logo_are_settings():
    whole = minutes.build(bare(), council(document_title="Protokoll", logo="vapen.svg"), "internal")
    assert (whole.title, whole.logo, whole.running) == ("Protokoll", "vapen.svg", "Protokoll RÅD 2026-02-17")


def test_a_joint_meeting_names_all_bodies_and_its_own_title():
    whole = built(**{"with": ["ron-bt"], "title": "Extra möte", "number": "2"})
    assert whole.subtitle == "ATBTST-rådet och Nätverket för BT · Extra möte · RÅD och RÖN-BT 2/2026"


@pytest.mark.parametrize(
    ("changes", "marks"),
    [
        ({"held": None}, ("UTKAST",)),
        ({}, ("UTKAST",)),
        ({"approval": {"date": "2026-04-21"}}, ()),
        ({"cancelled": {"date": "2026-02-10", "reason": "Snö"}}, ("INSTÄLLT",)),
    ],
)
def test_it_is_a_draft_until_it_is_approved(changes, marks):
    assert built(**changes).marks == marks


def test_several_bodies_are_enumerated():
    whole = built(**{"with": ["ron-at", "ron-bt"], "number": "2"})
    assert whole.subtitle == "ATBTST-rådet, Nätverket för AT och Nätverket för BT · RÅD, RÖN-AT och RÖN-BT 2/2026"


def test_only_an_internal_edition_with_something_internal_is_marked_so():
    assert document("internal").marks == ("UTKAST", "INTERN VERSION")
    assert document("public").marks == ("UTKAST",)
    assert built().marks == ("UTKAST",)


def test_a_cancelled_or_moved_meeting_says_when_and_why():
    facts = labels(
        built(
            moves=[{"from": "2026-02-10", "to": "2026-02-17"}], cancelled={"date": "2026-02-12", "reason": "Snö"}
        ).facts
    )
    assert facts["Flyttat från"] == "10 februari 2026"
    assert facts["Inställt"] == "12 februari 2026"
    assert facts["Skäl"] == "Snö"


def test_attendance_is_a_table_of_who_was_there_first():
    """A seat that follows another of the same person's is said once, by its own name."""
    [table] = sections(document())["Närvaro"].blocks
    assert isinstance(table, Table)
    assert [[said(cell) for cell in row] for row in table.rows] == [
        ["Alva Exempel", "RÖN-AT", "Närvarande", ""],
        ["Bo Exempel", "RÖN-BT", "Närvarande", ""],
        ["Egil Exempel", "SYLF", "Närvarande", ""],
        ["David Exempel", "", "Adjungerad", "ersätter Disa Exempel; punkt 3"],
        ["Disa Exempel", "RÖN-ST", "Anmält förhinder", ""],
    ]


def test_attendance_is_there_only_if_recorded_and_has_no_empty_column():
    assert "Närvaro" not in sections(built())
    [table] = sections(built(attendance=[{"name": "Alva", "status": "absent"}]))["Närvaro"].blocks
    assert [said(column.title) for column in table.columns] == ["Namn", "Närvaro"]


def test_items_are_numbered_by_their_place():
    def numbers(blocks):
        for block in blocks:
            if isinstance(block, Section) and block.number:
                yield block.number, said(block.title)
                yield from numbers(block.blocks)

    assert list(numbers(document().blocks))[:6] == [
        ("1", "Föregående anteckningar"),
        ("2", "Rapporter från respektive RÖN"),
        ("2.1", "AT"),
        ("2.2", "BT"),
        ("2.3", "ST"),
        ("2.4", "Dialog"),
    ]


def test_a_decision_is_set_apart_with_its_number_and_outcome():
    assert body({"decision": "d-1", "number": "3", "text": "Rådet *säger* ja."}) == (
        Callout("decision", "Beslut § 3", "Antaget", body({"text": "Rådet *säger* ja."})),
    )
    [callout] = body({"decision": "d-1", "outcome": "deferred", "to": "2026-04-21", "text": "x"})
    assert (callout.label, callout.note) == ("Beslut", "Bordlagt till 21 april 2026")


def test_an_action_is_set_apart_with_owner_due_date_and_id():
    [callout] = body(
        {
            "action": "i-k7q3d9m",
            "text": "Boka lokal.",
            "owners": ["ron-at/convenor", {"name": "David"}],
            "due": "2026-03-01",
        }
    )
    assert (callout.role, callout.label) == ("action", "Åtgärd")
    assert labels(callout.facts) == {
        "Ansvarig": "RÖN-AT (sammankallande) och David",
        "Klart senast": "1 mars 2026",
        "Id": "i-k7q3d9m",
    }
    [unowned] = body({"action": "i-k7q3d9m", "text": "Boka lokal.", "due": "2026-04-21-rad"})
    assert labels(unowned.facts) == {"Klart senast": "RÅD 2026-04-21", "Id": "i-k7q3d9m"}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"progress": "i-7x2m4qa", "text": "Nytt."}, "Notering i-7x2m4qa: Nytt."),
        ({"progress": "i-7x2m4qa", "closes": "done", "text": "Klart nu."}, "Klar i-7x2m4qa: Klart nu."),
        ({"progress": "i-7x2m4qa", "closes": "dropped"}, "Utgår i-7x2m4qa"),
        ({"dropped": "nobody_present", "text": "ingen är här"}, "Utgår: ingen är här"),
        ({"dropped": "nobody_present", "text": "Utgår idag."}, "Utgår idag."),
        ({"dropped": "other"}, "Utgår"),
        ({"deferred": "next", "text": "tid saknas"}, "Bordläggs till nästa möte: tid saknas"),
        ({"approval": "adopted", "text": "utan anmärkning"}, "Godkänns: utan anmärkning"),
        ({"approval": "adopted_with_changes"}, "Godkänns med ändring"),
        ({"next_time": "c-1", "text": "Datum"}, "Till nästa möte: Datum"),
        ({"matter": "m-7c2k9xa", "text": "frågan"}, "Ärende m-7c2k9xa: frågan"),
        ({"referral": "hsn", "text": "för beslut"}, "Skickas till Hälso- och sjukvårdsnämnden: för beslut"),
        ({"answer": "ron-bt", "text": "ja"}, "Svar från RÖN-BT: ja"),
        ({"votes": "4 mot 1"}, "Röster: 4 mot 1"),
        ({"reservation": ["bo-exempel", "alva-exempel"]}, "Reservation, Bo Exempel och Alva Exempel"),
        ({"reservation": [], "text": "från flera"}, "Reservation: från flera"),
        ({"supersedes": "2025-11-18-rad/d-1", "cited": "RÅD § 2/2025"}, "Ersätter RÅD § 2/2025"),
        ({"supersedes": "2025-11-18-rad/d-1", "text": "i sin helhet."}, "Ersätter 2025-11-18-rad/d-1: i sin helhet."),
        ({"reference": "RS 2026-123"}, "Diarienummer: RS 2026-123"),
        ({"arrived": "bo-exempel", "at": "13:40"}, "Bo Exempel kom kl. 13.40."),
        ({"arrived": {"name": "David"}}, "David kom."),
        ({"left": "bo-exempel"}, "Bo Exempel gick."),
        ({"left": "bo-exempel", "at": "15:00"}, "Bo Exempel gick kl. 15.00."),
    ],
)
def test_a_marked_line_says_its_label_once_before_its_words(block, expected):
    [paragraph] = body(block)
    assert isinstance(paragraph, Paragraph)
    assert "".join(texts(paragraph)) == expected


def test_a_label_stands_alone_before_words_that_are_no_paragraph():
    label, words = body({"dropped": "other", "text": "- a\n- b"})
    assert label == Paragraph((Strong((Text("Utgår:"),)),))
    assert said(words) == "a b"


def test_an_internal_passage_is_plainly_marked():
    [callout] = body({"internal": "Hemligt."})
    assert (callout.role, callout.label, said(callout.blocks)) == ("internal", "Internt", "Hemligt.")


def test_an_internal_item_is_marked_as_a_whole():
    [callout] = sections(document())["Pågående rekrytering"].blocks
    assert callout.role == "internal"
    assert "Hemlig underpunkt" in said(callout)


def test_the_public_edition_has_a_line_where_something_stood():
    public = sections(document("public"))
    assert [said(block.blocks) for block in public["Lönefrågan"].blocks if isinstance(block, Callout)][1:] == [
        "Ett internt stycke visas inte här."
    ]
    [callout] = public["Intern punkt"].blocks
    assert (callout.role, said(callout.blocks)) == ("withheld", "Punkten är intern och visas inte här.")
    whole = said(document("public"))
    for secret in ("Hemlig", "intervjuats", "Egil", "inte publiceras", "Ring referenser"):
        assert secret not in whole


def test_an_item_names_its_matter_unless_a_block_does():
    assert said(body({"text": "a"}, matter="m-7c2k9xa")) == "Ärende m-7c2k9xa a"
    assert said(body({"matter": "m-7c2k9xa", "text": "a"}, matter="m-7c2k9xa")).count("m-7c2k9xa") == 1


def test_entries_for_the_next_meeting_are_a_list_under_their_own_heading():
    assert [said(block) for block in sections(document())["Att ta upp till nästa möte"].blocks] == [
        "Datum för höstens möten Ingångslöner"
    ]


def test_the_words_about_the_next_meeting_stand_at_their_place_once():
    assert said(sections(document())["Nästa möte"].blocks) == "21 april 13:15-16:15, Dockplatsen"
    typed = [{"id": "p-1", "kind": "next_meeting", "title": "Nästa möte", "body": [{"text": "21 april"}]}]
    assert said(sections(document(agenda=typed))["Nästa möte"].blocks) == "21 april"


def test_secretary_and_adjusters_sign():
    [signature] = [block for block in document().blocks if isinstance(block, Signature)]
    assert labels(signature.facts) == {"Anteckningar": "Cilla Exempel", "Justeras": "Bo Exempel"}
    assert not [block for block in built().blocks if isinstance(block, Signature)]


def test_the_summary_gathers_decisions_actions_and_what_comes():
    summary = {said(section.title): section.blocks for section in sections(document())["Sammanställning"].blocks}
    [decisions], [actions] = summary["Beslut"], summary["Åtgärder"]
    assert [[said(cell) for cell in row] for row in decisions.rows] == [
        ["§ 3", "Rådet avvaktar till dess att underlag från HR finns.", "Bordlagt till nästa möte", "3"],
        ["§ 4", "Rådet ställer sig bakom mallen: från höstterminen, i ett år.", "Antaget", "4"],
    ]
    assert [[said(cell) for cell in row] for row in actions.rows] == [
        [
            "Boka lokal till introduktionsdagen och beställ mat.",
            "RÖN-AT (sammankallande) och Bo Exempel",
            "nästa möte",
            "i-k7q3d9m",
            "2.1",
        ],
        ["Lägg ut mallen på webbplatsen.", "Cilla Exempel och Egil Exempel", "31 mars 2026", "i-8x2m4qb", "4"],
        ["Ring referenser.", "Alva Exempel", "RÅD 2026-04-21", "i-9x2m4qc", "5"],
    ]
    [coming] = summary["Att ta upp till nästa möte"]
    assert [said(item) for item in coming.items] == ["Underlag från HR", "Datum för höstens möten", "Ingångslöner"]
    [facts] = summary["Nästa möte"]
    assert facts == Facts(
        (
            Fact("Datum och tid", words("Tisdag 21 april 2026 kl. 13.15–16.15 (årtalet är uträknat)")),
            Fact("Plats", words("Dockplatsen")),
        )
    )


def test_what_was_noted_for_next_time_in_several_places_is_gathered_once():
    noted = ("Mall", "Löner", "Mall")
    agenda = [
        {"id": f"p-{place}", "title": "x", "body": [{"next_time": f"c-{place}", "text": text}]}
        for place, text in enumerate(noted)
    ]
    [summary] = sections(built(agenda=agenda))["Sammanställning"].blocks
    [coming] = summary.blocks
    assert [said(item) for item in coming.items] == ["Mall", "Löner"]


def test_a_summary_of_nothing_is_not_there():
    assert "Sammanställning" not in sections(built(next_meeting={"text": "i höst"}))


def test_approval_and_later_changes_are_told():
    parts = sections(
        built(
            approval={
                "date": "2026-04-21",
                "by": ["alva-exempel"],
                "at": "2026-04-21-rad/p-prev",
                "outcome": "adopted_with_changes",
                "changes": "Punkt 3: datum rättat.",
            },
            amendments=[{"date": "2026-05-02", "by": "cilla-exempel", "reason": "Stavning av namn"}],
        )
    )
    facts, changes = parts["Godkännande"].blocks
    assert labels(facts.facts) == {
        "Godkänt med ändring": "21 april 2026",
        "Godkänt av": "Alva Exempel",
        "Vid mötet": "RÅD 2026-04-21",
    }
    assert said(changes) == "Punkt 3: datum rättat."
    [table] = parts["Ändringar efter godkännandet"].blocks
    assert [[said(cell) for cell in row] for row in table.rows] == [["2 maj 2026", "Cilla Exempel", "Stavning av namn"]]


def test_a_change_of_which_nobody_is_named_has_no_column_for_names():
    [table] = sections(built(amendments=[{"date": "2026-05-02", "reason": "x"}]))["Ändringar efter godkännandet"].blocks
    assert [said(column.title) for column in table.columns] == ["Datum", "Skäl"]


def test_all_is_said_in_english_where_the_council_speaks_it():
    whole = said(minutes.build(meeting(), council(language="en"), "internal"))
    for words_ in (
        "Minutes",
        "DRAFT",
        "Tuesday 17 February 2026, 13:15–16:15",
        "Decision § 3",
        "Deferred to the next meeting",
    ):
        assert words_ in whole


def test_life_after_the_meeting_changes_nothing_in_it():
    item = ActionItem.model_validate(
        {
            "id": "i-k7q3d9m",
            "title": "Något annat",
            "network": "rad",
            "added": "2026-02-17",
            "closed": {"date": "2026-03-01", "as": "done"},
        }
    )
    later = Council(
        settings=SETTINGS,
        members={each.id: each for each in MEMBERS},
        networks={each.id: each for each in NETWORKS},
        meetings={"2026-04-21-rad": bare(id="2026-04-21-rad", date="2026-04-21")},
        items={item.id: item},
    )
    assert minutes.build(meeting(), later, "internal") == document()


def test_names_are_those_of_the_day():
    member = Member.model_validate(
        {
            "id": "alva-exempel",
            "names": [{"name": "Alva Exempel", "to": "2026-03-01"}, {"name": "Alva Annan", "from": "2026-03-02"}],
        }
    )
    renamed = Council(settings=SETTINGS, members={member.id: member}, networks=council().networks)
    for day, name in (("2026-02-17", "Alva Exempel"), ("2026-03-02", "Alva Annan")):
        facts = minutes.build(bare(date=day, chair="alva-exempel"), renamed, "internal").facts
        assert labels(facts)["Ordförande"] == name


def test_every_word_of_the_record_is_in_the_document():
    whole = said(document())
    for words_ in _minuted(RECORD):
        assert words_ in whole


def _minuted(value):
    """The words of a record that a reader is to find; only what is no Markdown, to be compared as it is."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ("text", "title", "internal", "votes", "reference", "place", "name") and isinstance(each, str):
                yield from () if any(mark in each for mark in "*|>\n[") or each == "true" else (each,)
            else:
                yield from _minuted(each)
    elif isinstance(value, list):
        for each in value:
            yield from _minuted(each)
