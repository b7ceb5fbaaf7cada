"""Lines that look like actions, decisions, approvals or things for next time are offered, and few others."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from offers_example import COUNCIL, DATA, MADE_UP, REAL, fits, flat, minutes, score, scores, table, total

from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.offers.find import Offer, find
from atbtst_cli.sheet.offers.phrases import TABLES, lexicon
from atbtst_cli.sheet.write import write
from atbtst_cli.views.offers import RULES

DAY = date(2026, 2, 17)
REAL_ONES = [
    pytest.param(name, marks=pytest.mark.skipif(not SEEDS.is_dir(), reason="the real minutes are not here"))
    for name in REAL
]


def offers(text: str, title: str = "Fråga", language: str = "sv", **fields: Any) -> list[Offer]:
    """What a text under an agenda item offers."""
    item = {"id": "p-1", "title": title, "body": [{"text": text}], **fields.pop("item", {})}
    known = Meeting.model_validate({"id": "2026-02-17-rad", "network": "rad", "date": DAY, "agenda": [item], **fields})
    return list(find(known, Directory(COUNCIL, DAY), language))


def names(offer: Offer) -> list[str]:
    return [f"“{one.name}”" if isinstance(one, Named) else one.removesuffix("-exempel") for one in offer.look.owners]


@pytest.mark.parametrize("name", MADE_UP)
def test_the_made_up_minutes_are_valid_sheets_and_each_line_is_named_once(name: str) -> None:
    known = minutes(name)
    assert [one for one in known.reading.findings if one.level == "error"] == []
    for line in (*known.expected["must"], *known.expected["borderline"], *known.expected["none"]):
        assert flat(known.source).count(line["says"]) == 1, line


@pytest.mark.parametrize("name", [*MADE_UP, *REAL_ONES])
def test_what_must_be_offered_is_offered_as_what_it_is(name: str) -> None:
    """With its kind, its owners and its day."""
    known = minutes(name)
    for line in known.expected["must"]:
        found = [offer for offer in known.offers if known.is_at(line, offer)]
        assert len(found) == 1, line
        assert fits(line, found[0]), (line, found[0])


@pytest.mark.parametrize("name", MADE_UP)
def test_what_must_not_be_offered_is_not(name: str) -> None:
    known = minutes(name)
    for line in known.expected["none"]:
        assert not [offer for offer in known.offers if known.is_at(line, offer)], line


def test_at_most_one_offer_in_four_is_false() -> None:
    """Over all minutes, and in each of them."""
    assert total(scores()).must >= 96
    for one in (*scores(), total(scores())):
        assert one.false * 4 <= one.offers, one


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real minutes are not here")
def test_the_real_minutes_offer_their_six_must_haves() -> None:
    found = [score(minutes(name)) for name in REAL]
    assert (total(found).must, total(found).found) == (6, 6)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real minutes are not here")
def test_the_page_on_offers_has_the_figures_of_now(update: bool) -> None:
    path: Path = ROOT / "docs" / "offers.md"
    figures = "\n".join(table(scores()))
    if update:
        path.write_text(re.sub(r"\| minutes \|.*(?:\n\|.*)*", figures, path.read_text("utf-8")), "utf-8")
    page = path.read_text("utf-8")
    assert f"\n\n{figures}\n\n" in page, "docs/offers.md is out of date; run pytest --update"
    assert page.count("| together |") == 1


def test_the_page_on_offers_names_every_rule() -> None:
    page = (ROOT / "docs" / "offers.md").read_text("utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in page] == []


@pytest.mark.parametrize("name", MADE_UP)
def test_a_line_number_is_that_of_the_sheet(name: str) -> None:
    """As minutes show --sheet prints it, and minutes edit opens it."""
    known = minutes(name)
    language = known.expected.get("language", "sv")
    lines = write(known.meeting, known.directory, language).split("\n")
    for offer in known.offers:
        assert flat(offer.text.split("\n")[0]) in flat(lines[offer.line - 1])


SAID = [
    ("Bo skickar ut listan.", "name-verb ['bo']"),
    ("Bo och Alva skickar ut listan.", "name-verb ['bo', 'alva']"),
    ("Bo, Alva samt Cilla skickar ut listan.", "name-verb ['bo', 'alva', 'cilla']"),
    ("Bo Exempel (RÖN-AT) skickar ut listan.", "name-verb ['bo']"),
    ("Ordförande Bo Exempel skickar ut listan.", "name-verb ['bo']"),
    ("Tiina och Bo skickar ut listan.", "name-verb ['“Tiina”', 'bo']"),
    ("Gunilla skickar ut listan.", "name-verb ['“Gunilla”']"),
    ("Tiina Provling skickar ut listan.", "name-verb ['“Tiina Provling”']"),
    ("RÖN-AT skickar ut listan.", "name-verb []"),
    ("Hon skickar ut listan.", "name-verb []"),
    ("Vi skickar ut listan.", "name-verb []"),
    ("Listan är klar, Bo skickar ut den.", "name-verb ['bo']"),
    ("Listan är klar och Bo skickar ut den.", "name-verb ['bo']"),
    ("Bo ska höra med Alva.", "name-verb ['bo']"),
    ("Bo fick i uppdrag att höra med Alva.", "name-verb ['bo']"),
    ("Bo har en fortsatt dialog med HR.", "name-verb ['bo']"),
    ("Bo visar listan på nästa möte.", "name-verb ['bo'] next"),
    ("Bo skickar ut listan senast den 13 mars.", "name-verb ['bo'] 2026-03-13"),
    ("Bo skickar ut listan före v. 12.", "name-verb ['bo'] 2026-03-22"),
    ("Bo skickar ut listan till mötet den 21 april.", "name-verb ['bo'] 2026-04-21"),
    ("Bo skickar ut 3/4 av listan.", "name-verb ['bo']"),
    ("Bo skickar ut listan senast 2026-01-10.", "name-verb ['bo']"),
    ("Därefter skickar Bo ut listan.", "verb-name ['bo']"),
    ("När listan är klar skickar Bo ut den.", "verb-name ['bo']"),
    ("I mars tar Alva fram en lista.", "verb-name ['alva']"),
    ("Bo visar listan och skickar ut den.", "then ['bo']"),
    ("Disa har läst listan och skickar ut den.", "then ['disa']"),
    ("Alva meddelar att Bo skickar ut listan.", "told ['bo']"),
    ("Alva informerar om att Bo tar fram en lista.", "told ['bo']"),
    ("Listan skickas ut av Bo.", "passive ['bo']"),
    ("Listan sammanställs av Bo och Alva.", "passive ['bo', 'alva']"),
    ("Rådet ger Bo i uppdrag att skicka ut listan.", "asked ['bo']"),
    ("Vi ber Alva att skicka ut listan.", "asked ['alva']"),
    ("Ansvarig för listan är Bo.", "responsible ['bo']"),
    ("Ansvariga: Bo och Alva.", "responsible ['bo', 'alva']"),
    ("Bo är ansvarig för listan.", "responsible ['bo']"),
    ("Bo: skicka ut listan", "name-task ['bo']"),
    ("Skicka ut listan (Bo)", "task-name ['bo']"),
    ("Skicka ut listan – Bo och Alva", "task-name ['bo', 'alva']"),
    ("1. Skicka ut listan (Bo)", "task-name ['bo']"),
    ("2) Bo skickar ut listan", "name-verb ['bo']"),
    ("Skicka ut listan", "no-subject []"),
    ("Ska skicka ut listan.", "no-subject []"),
    ("Återkommer med en lista.", "no-subject []"),
]


@pytest.mark.parametrize(("text", "read"), SAID)
def test_an_action_is_seen_by_the_way_it_is_said(text: str, read: str) -> None:
    """With who is to do it and until when, as far as the words tell."""
    (offer,) = offers(text)
    assert offer.look.kind == "action"
    assert f"{offer.look.rule} {names(offer)} {offer.look.due or ''}".rstrip() == read


NOT_SAID = [
    "Bo skickar inte ut listan.",
    "Bo skickar inga listor.",
    "Skickar Bo ut listan?",
    "Bo har skickat ut listan.",
    "Bo skickade ut listan.",
    "Bo ska vara ledig.",
    "Bo ska inte höra med Alva.",
    "Bo är nöjd. Bo vill ha en lista. Bo visar listan.",
    "Bo tycker att Alva skickar ut för många listor.",
    "Om Bo skickar ut listan blir det bra.",
    "Listan som Bo skickar ut är bra.",
    "Alva frågar om Bo skickar ut listan.",
    "Alva undrar vem som skickar ut listan och svarar på frågor.",
    "Förvaltningen skickar ut listan.",
    "Alla enheter ska ha en lista.",
    "Inga kommentarer. Inga frågor. Inga synpunkter.",
    "Per deltagare kostar det 100 kr. Per månad blir det mer.",
    "Dag för mötet bestäms senare. Maj fungerar bäst.",
    "Bos lista skickas ut.",
    "Listan skickas inte ut av Bo.",
    "Listan skickas ut av förvaltningen.",
    "Region Skåne skickar ut listan.",
    "Ingen är ansvarig för listan.",
    "# Bo skickar ut listan",
    "#### Bo skickar ut listan",
    "**Bo skickar ut listan**",
    "> Bo skickar ut listan.",
    "| Bo skickar ut listan |",
    "```\nBo skickar ut listan.\n```",
    "Bo är här.\n\n***\n\nAlva är här.",
    "Bo " + "och Alva " * 200 + "skickar ut listan.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_no_action_is_not_offered(text: str) -> None:
    """Negations, questions, conditions, opinions, what is done, what others do, titles, quotes, tables, code."""
    assert offers(text) == []


DECIDED = [
    ("Rådet beslutar att listan skickas ut.", "adopted"),
    ("Därför beslutar rådet att listan skickas ut.", "adopted"),
    ("Rådet är enigt om att listan inte är aktuell.", "adopted"),
    ("Alla är överens om att listan skickas ut.", "adopted"),
    ("Det beslutades att inte skicka ut listan.", "adopted"),
    ("Man enades om att skicka ut listan.", "adopted"),
    ("Till justerare valdes Bo.", "adopted"),
    ("Bo utses till justerare.", "adopted"),
    ("Rådet avslår förslaget.", "rejected"),
    ("Rådet antar förslaget med ändringen att listan skickas ut.", "adopted_with_changes"),
    ("Rapporten läggs till handlingarna.", "noted"),
    ("Frågan hänskjuts till HSN.", "referred"),
    ("Frågan bordläggs.", "deferred"),
    ("Frågan bordläggs till nästa möte.", "deferred next"),
]


@pytest.mark.parametrize(("text", "read"), DECIDED)
def test_a_decision_is_seen_with_its_outcome(text: str, read: str) -> None:
    (offer,) = offers(text)
    assert (offer.look.kind, offer.look.rule) == ("decision", "decision")
    assert f"{offer.look.outcome} {offer.look.due or ''}".rstrip() == read


@pytest.mark.parametrize(
    "text",
    [
        "Rådet beslutar inte i frågan.",
        "Rådet är inte enigt om listan.",
        "Inget beslut fattades.",
        "Rådet har beslutat att listan skickas ut.",
        "Rådet beslutade förra året att listan skickas ut.",
        "Alla är överens om att det var en bra kurs.",
        "Regionen beslutade att listan skickas ut.",
        "Listan fastställs av HSN.",
        "Beslutar rådet i frågan?",
    ],
)
def test_what_was_not_decided_here_and_now_is_no_decision(text: str) -> None:
    assert offers(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Inga anmärkningar", "adopted"),
        ("Godkändes.", "adopted"),
        ("Lades till handlingarna utan ändringar.", "adopted"),
        ("Godkänns med följande ändring: punkt 3.", "adopted_with_changes"),
        ("Anteckningarna godkänns inte.", "rejected"),
    ],
)
def test_minutes_are_approved_under_their_own_agenda_item_alone(text: str, read: str) -> None:
    (offer,) = offers(text, item={"kind": "previous_minutes"})
    assert (offer.look.kind, offer.look.approval) == ("approval", read)
    assert not [offer for offer in offers(text) if offer.look.kind == "approval"]


def test_minutes_are_approved_once() -> None:
    """The first line counts, and none where a line is marked already."""
    kind = {"kind": "previous_minutes"}
    assert [offer.text for offer in offers("Inga synpunkter. Godkänns.", item=kind)] == ["Inga synpunkter."]
    body = [{"approval": "adopted"}, {"text": "Inga synpunkter."}]
    assert offers("", item={**kind, "body": body}) == []


@pytest.mark.parametrize(
    "text",
    ["Listan tas upp på nästa möte.", "Vi återkommer till listan nästa gång.", "Fortsätter nästa möte."],
)
def test_what_comes_back_is_for_next_time(text: str) -> None:
    (offer,) = offers(text)
    assert (offer.look.kind, offer.look.rule) == ("next_time", "next-time")


def test_what_somebody_brings_to_the_next_meeting_is_an_action() -> None:
    (offer,) = offers("Bo återkommer med en lista på nästa möte.")
    assert (offer.look.kind, names(offer), offer.look.due) == ("action", ["bo"], "next")


LABELLED = [
    (
        "Åtaganden:\n- Bo: listan\n- Lokal (Alva)\n- Annat\n\nBo är här.",
        "Fråga",
        ["action bo", "action alva", "action"],
    ),
    ("**Att göra**\n- Listan, senast 13 mars", "Fråga", ["action 2026-03-13"]),
    ("(?) Beslut:\n- Listan skickas ut\n- Kursen bordläggs till nästa möte", "Fråga", ["decision", "decision next"]),
    ("Förslag till beslut:\natt listan skickas ut\natt kursen ges", "Fråga", ["decision", "decision"]),
    ("Rådet beslutar\n\natt skicka ut listan, och\n\natt ge kursen.", "Fråga", ["decision", "decision"]),
    ("Läget är bra. Rådet beslutar att:\n1. skicka ut listan\n2. ge kursen", "Fråga", ["decision", "decision"]),
    ("Listan skickas ut.\n\n- Kursen ges.", "Beslut", ["decision", "decision"]),
    ("- Kursen\n- Listan", "Att ta upp:", ["next_time", "next_time"]),
    ("Kursen", "Att ta upp till nästa möte", ["next_time"]),
]


@pytest.mark.parametrize(("text", "title", "read"), LABELLED)
def test_each_line_under_a_label_or_heading_has_its_kind(text: str, title: str, read: list[str]) -> None:
    kind = {"kind": "next_time"} if title == "Att ta upp till nästa möte" else {}
    found = offers(text, title, item=kind)
    assert [" ".join([one.look.kind, *names(one), str(one.look.due or "")]).strip() for one in found] == read
    assert {one.look.rule for one in found} == {"label"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Bo skickar bl.a. ut listan. Alva ringer.", ["Bo skickar bl.a. ut listan.", "Alva ringer."]),
        ("Bo träffar A. Provling. Alva ringer!", ["Bo träffar A. Provling.", "Alva ringer!"]),
        ("**Bo ringer. Alva ringer.** Disa ringer.", ["**Bo ringer. Alva ringer.**", "Disa ringer."]),
        ("Bo ringer (Alva också. Kanske.) Disa ringer.", ["Bo ringer (Alva också. Kanske.)", "Disa ringer."]),
        ("Bo ringer\nAlva ringer", ["Bo ringer", "Alva ringer"]),
        ("Bo ringer\\\nAlva ringer\\", ["Bo ringer", "Alva ringer"]),
        ("Bo ringer alla som har anmält sig till kursen om handledning till\nAlva Provling.\nDisa ringer.", None),
        ("- Bo ringer\n  alla.\n- Alva ringer", ["Bo ringer\n  alla.", "Alva ringer"]),
        ("Skicka ut listan. Ansvarig: Bo", ["Skicka ut listan. Ansvarig: Bo"]),
        ("Listan är klar. ”Bo ringer.” Alva vill ha 5. Disa ringer.", ["”Bo ringer.”", "Disa ringer."]),
    ],
)
def test_a_line_is_a_whole_sentence(text: str, parts: list[str] | None) -> None:
    """Abbreviations, initials, emphasis, parentheses and wrapped lines do not end one; a line break that was meant does."""
    wrapped = ["Bo ringer alla som har anmält sig till kursen om handledning till\nAlva Provling.", "Disa ringer."]
    assert [offer.text for offer in offers(text)] == (parts or wrapped)


def test_only_unambiguous_names_are_members() -> None:
    """Two Annas: the name stays as it was written; a guest's first name is the guest."""
    assert names(offers("Anna skickar ut listan.")[0]) == ["“Anna”"]
    assert names(offers("Anna Ettan skickar ut listan.")[0]) == ["anna-ettan"]
    guest = [{"name": "Tiina Provling", "status": "guest"}]
    assert names(offers("Tiina skickar ut listan.", attendance=guest)[0]) == ["“Tiina Provling”"]
    two = [*guest, {"name": "Tiina Annan", "status": "guest"}]
    assert offers("Tiina skickar ut listan.", attendance=two) == []


def test_roles_are_those_who_hold_them_at_the_meeting() -> None:
    known = {"chair": "alva-exempel", "secretary": {"name": "Tiina Provling"}}
    assert names(offers("Ordföranden skickar ut listan.", **known)[0]) == ["alva"]
    assert names(offers("Listan skickas ut av sekreteraren.", **known)[0]) == ["“Tiina Provling”"]
    assert names(offers("Sekreteraren skickar ut listan.")[0]) == []


def test_internal_passages_and_the_next_meeting_are_not_offered() -> None:
    """What is internal would become public; the words on the next meeting have a meaning of their own."""
    text = "Bo skickar ut listan."
    assert offers("", item={"body": [{"internal": text}]}) == []
    assert offers(text, item={"kind": "next_meeting"}) == []
    assert [offer.item for offer in offers("", preamble=[{"text": text}])] == [""]


def test_what_was_declined_is_not_offered_again_as_long_as_its_words_stay() -> None:
    """Wherever it stands in its agenda item; another item's line with the same words is another line."""
    (offer,) = offers("Bo skickar ut listan.")
    declined = (offer.sign,)
    assert offers("Läget är gott.\n\n- **Bo** skickar ut listan.", declined=declined) == []
    assert len(offers("Bo skickar ut listorna.", declined=declined)) == 1
    assert len(offers("Bo skickar ut listan.", item={"id": "p-2"}, declined=declined)) == 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_text_is_read_in_its_own_language(language: str) -> None:
    """Whatever the workspace writes; where no word tells, in that of the workspace."""
    assert len(offers("Bo sends the list to the members.", language=language)) == 1
    assert len(offers("Bo skickar listan till alla och det är bra.", language=language)) == 1
    assert bool(offers("Bo skickar listan", language=language)) == (language == "sv")


@pytest.mark.parametrize("language", TABLES)
def test_no_word_of_a_table_means_two_things(language: str) -> None:
    """A verb is to be followed up, tells of the meeting, or tells how things are; nothing stands twice in a list."""
    words = lexicon(language).words
    lists: Callable[[str], list[str]] = lambda name: list(getattr(words, name))  # noqa: E731
    verbs = [*lists("doing"), *lists("telling"), *lists("lasting")]
    assert [verb for verb in verbs if verbs.count(verb) > 1] == []
    for name in ("given_names", "not_names", "announcing", "tasked", "deciding", "decided", "subordinators", "openers"):
        assert len(lists(name)) == len(set(lists(name))), name
    assert set(words.wordlike).isdisjoint(words.not_names)


def test_the_expected_lines_of_every_text_are_there() -> None:
    assert {path.stem for path in DATA.iterdir()} == {*MADE_UP, "real", "later"}
