"""Action items and matters are named by their ids or the beginnings of these; what cannot be told is never guessed."""

from dataclasses import replace
from typing import NoReturn

import pytest
from sheet_example import COUNCIL, DAY, DIRECTORY, ITEMS, draws, meeting

from atbtst_cli.errors import Finding
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.meeting import (
    ActionBlock,
    Block,
    MatterBlock,
    Meeting,
    ProgressBlock,
    ReferenceBlock,
    SupersedesBlock,
    TextBlock,
)
from atbtst_cli.sheet.read import Reading, read
from atbtst_cli.sheet.write import write


def reading(line: str, base: Meeting | None = None, directory: Directory = DIRECTORY) -> Reading:
    return read(f"# RÅD 2026-02-17\n\n## Uppföljning\n{line}\n", base or meeting(), directory, draws())


def finding(line: str, directory: Directory = DIRECTORY) -> Finding:
    """The only finding of a line that is kept as text."""
    found = reading(line, directory=directory)
    assert found.meeting.agenda[0].body == (TextBlock(text=line),)
    (one,) = found.findings
    return one


BEGUN: list[tuple[str, Block]] = [
    ("Klar i-7x2m: Sänt.", ProgressBlock(progress="i-7x2m4qa", closes="done", text="Sänt.")),
    ("Done I-7X2M4: Sänt.", ProgressBlock(progress="i-7x2m4qa", closes="done", text="Sänt.")),
    ("- **Klar i-0496a:** Sänt.", ProgressBlock(progress="i-0496abc", closes="done", text="Sänt.")),
    ("Notering i-k7q3d9: Pågår.", ProgressBlock(progress="i-k7q3d9m", text="Pågår.")),
    ("Notering i-5tz0: Redan klar.", ProgressBlock(progress="i-5tz0000", text="Redan klar.")),
    ("Utgår i-0496x: Behövs ej.", ProgressBlock(progress="i-0496xyz", closes="dropped", text="Behövs ej.")),
    ("Åtgärd i-k7q3 @Bosse: Boka", ActionBlock(action="i-k7q3d9m", owners=("bo-exempel",), text="Boka")),
    ("Ärende m-7c2k: Lön", MatterBlock(matter="m-7c2k9xa", text="Lön")),
]


@pytest.mark.parametrize(("line", "block"), BEGUN)
def test_four_characters_of_an_id_are_enough_where_they_fit_one(line: str, block: Block) -> None:
    """As on the command line, in any case; the whole id stands in the record, and in the sheet made from it."""
    found = reading(line)
    assert found.findings == ()
    assert found.meeting.agenda[0].body == (block,)
    whole = next(str(value) for key, value in block if key in ("progress", "action", "matter"))
    assert f" {whole}" in write(found.meeting, DIRECTORY, "sv")


@pytest.mark.parametrize("line", ["Klar i-0496: x", "Notering i-0: x", "Utgår i-0496: x", "Åtgärd i-0496 @Bosse: x"])
def test_an_id_that_fits_several_names_them(line: str) -> None:
    """With their titles, so that the right one can be told."""
    one = finding(line)
    assert (one.rule, one.level) == ("ambiguous-id", "error")
    assert "i-0496abc (Ta fram underlag), i-0496xyz (Skriv till regionen)" in one.message


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Ersätter § 12: x", "RÅD § 12/2025 (Rådet avvaktar.), RÅD § 12/2024 (Rådet avvaktar.)"),
        ("Ersätter RÅD § 5/2025: x", "RÅD § 13/2025 (Rådet avvaktar.), RÅD § 12/2025 (Rådet avvaktar.), RÅD § 12/2024"),
    ],
)
def test_an_earlier_decision_that_cannot_be_told_names_those_there_are(line: str, named: str) -> None:
    """Those that it can mean, the latest first; where it means none, the latest of the body."""
    one = finding(line)
    assert named in one.message + one.hint


@pytest.mark.parametrize(
    "line",
    [
        "Ersätter nuvarande rutin: se bilaga",
        "Ersätter riktlinjen från 2019: den nya gäller",
        "Ersätter RÅD § 12/2025 i de delar som rör AT.",
        "Dnr RS 2026-123 skickas till HSN",
        "Diarienummer saknas",
        "Besluta enligt § 5: se lagen",
    ],
)
def test_a_sentence_that_begins_like_a_marker_is_text(line: str) -> None:
    assert reading(line).findings == ()
    assert reading(line).meeting.agenda[0].body == (TextBlock(text=line),)


@pytest.mark.parametrize("written", ["beslut § 13/2025", "RÅD beslut § 13", "Rådet Decision § 13/2025", "rad 13/2025"])
def test_an_earlier_decision_is_named_as_people_do(written: str) -> None:
    block = SupersedesBlock(supersedes="2025-11-18-rad/d-3", cited="RÅD § 13/2025")
    assert reading(f"Ersätter {written}:").meeting.agenda[0].body == (block,)


@pytest.mark.parametrize("cited", [None, "RÅD § 99/2019", "RÅD: § 3"])
def test_an_earlier_decision_stays_as_it_was_minuted(cited: str | None) -> None:
    """Be it on record or not, and whatever it is called by now: the sheet that is made from the minutes keeps it."""
    blocks = [{"decision": "d-1", "text": "Ja."}, {"supersedes": "2019-01-15-rad/d-3", "cited": cited, "text": "Helt."}]
    base = meeting(agenda=[{"id": "p-1", "title": "X", "body": blocks}])
    found = read(write(base, DIRECTORY, "sv"), base, DIRECTORY, draws())
    assert (found.meeting, found.findings) == (base, ())


def test_the_reference_number_of_a_meeting_stands_in_its_header() -> None:
    """As a label with or without a colon; in an agenda item it is the decision's."""
    for line in ("Diarienummer: RS 2026-123", "Dnr RS 2026-123", "Reference number: RS 2026-123"):
        found = read(f"# RÅD 2026-02-17\n{line}\n\n## X\nBeslut: Ja.\n{line}\n", meeting(), DIRECTORY, draws())
        assert found.findings == ()
        assert found.meeting.reference == "RS 2026-123"
        assert found.meeting.agenda[0].body[1] == ReferenceBlock(reference="RS 2026-123")
        assert "\nDiarienummer: RS 2026-123\n" in write(found.meeting, DIRECTORY, "sv").partition("##")[0]
    found = read("# RÅD 2026-02-17\nDnr 2008:1\n\n## X\nDnr LS 2008:12\n", meeting(), DIRECTORY, draws())
    assert found.meeting.reference == "2008:1"
    assert found.meeting.agenda[0].body == (ReferenceBlock(reference="LS 2008:12"),)


def test_no_meeting_is_read_for_a_sheet_that_names_no_earlier_decision() -> None:
    """So that opening a sheet stays quick however many meetings there are."""

    class Unread(dict[str, Meeting]):
        def values(self) -> NoReturn:
            raise AssertionError

    council = replace(COUNCIL, meetings=Unread(COUNCIL.meetings))
    found = reading("Beslut: Ja.\nDnr 2026/1", directory=Directory(council, DAY))
    assert len(found.meeting.agenda[0].body) == 2


def test_an_item_that_cannot_be_read_is_a_candidate_without_a_title() -> None:
    """Its id alone makes the beginning fit two."""

    class Broken(dict[str, ActionItem]):
        def __getitem__(self, key: str) -> ActionItem:
            raise KeyError(key)

    broken = Directory(replace(COUNCIL, items=Broken(COUNCIL.items)), DAY)
    assert "i-0496abc (–), i-0496xyz (–)" in finding("Klar i-0496: x", broken).message


def test_fewer_characters_are_too_few_even_where_they_fit_one() -> None:
    """The next item could begin with them."""
    assert "i-7x2m4qa (Fråga HR)" in finding("Klar i-7x2: x").message


def test_an_id_that_fits_nothing_shows_the_open_items_the_likest_first() -> None:
    """Those that are closed are not shown; a matter is answered with matters."""
    one = finding("Klar i-k7q3d8m: x")
    assert (one.rule, one.level) == ("unknown-id", "error")
    assert "i-k7q3d8m" in one.message
    assert one.hint.count("i-k7q3d9m (Boka lokal)") == 1
    assert one.hint.index("i-k7q3d9m (Boka lokal)") < one.hint.index("i-0496abc")
    assert "i-5tz0000" not in one.hint
    assert "m-7c2k9xa (Lönefrågan), m-7c2d000 (Handledning)" in finding("Ärende m-zzzz: x").hint


@pytest.mark.parametrize("line", ["Klar: x", "Klar boka lokal: x", "Notering: x", "Note: x"])
def test_a_line_without_an_id_shows_the_open_items_of_the_body_first(line: str) -> None:
    """What to write stands in the hint, and what it may be about."""
    one = finding(line)
    assert (one.rule, one.level) == ("no-id", "error")
    assert one.hint.index("i-0496xyz (Skriv till regionen)") < one.hint.index("i-k7q3d9m (Boka lokal)")


def test_of_many_open_items_five_are_shown() -> None:
    """Long titles are shortened; where nothing is open nothing is shown."""
    many = {
        f"i-000000{at}": ITEMS[0].model_copy(update={"id": f"i-000000{at}", "title": "Ett ord " * 20})
        for at in range(9)
    }
    hint = finding("Klar: x", Directory(replace(COUNCIL, items=many), DAY)).hint
    assert hint.count("i-000000") == 5
    assert len(hint) < 600
    assert "i-000000" not in finding("Klar: x", Directory(replace(COUNCIL, items={}), DAY)).hint


def test_what_the_meeting_speaks_of_already_stays() -> None:
    """Also where its record is gone: the minutes say what they said."""
    body = [{"progress": "i-zzzzzzz", "text": "x"}, {"matter": "m-zzzzzzz", "text": "y"}]
    known = meeting(agenda=[{"id": "p-1", "title": "X", "body": body}])
    found = read(write(known, DIRECTORY, "sv"), known, DIRECTORY, draws())
    assert (found.meeting, found.findings, found.vanished) == (known, (), ())


def test_a_whole_id_may_be_that_of_a_new_action_item() -> None:
    """A sheet from elsewhere keeps its ids, and may speak of what it makes."""
    action, news = reading("Åtgärd I-zzzzzzz: Ring\nNotering i-zzzzzzz: Ringt").meeting.agenda[0].body
    assert action == ActionBlock(action="i-zzzzzzz", text="Ring")
    assert news == ProgressBlock(progress="i-zzzzzzz", text="Ringt")
