"""Names that are nearly a member's are asked about, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_example import DIRECTORY, draws, meeting

from atbtst_cli.models.meeting import Meeting, TextBlock
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.read import Reading, read
from atbtst_cli.sheet.spelling import apart, likest, nearest
from atbtst_cli.sheet.write import write


def reading(text: str, base: Meeting | None = None) -> Reading:
    return read(f"# RÅD 2026-02-17\n{text}\n", base or meeting(), DIRECTORY, draws())


@pytest.mark.parametrize(
    ("owner", "suggested"),
    [
        ("Alva Exmpel", "@alva-exempel (Alva Exempel)"),
        ("alva-exmpel", "@alva-exempel (Alva Exempel)"),
        ("boo", "@bo-exempel (Bo Exempel)"),
        ("Boo", "@bo-exempel (Bo Exempel)"),
        ("Bose", "@bo-exempel (Bo Exempel)"),
        ("Annaa", "@anna-ett (Anna Ett), @anna-tva (Anna Två)"),
        ("ron-at/convener", "@ron-at/convenor (RÖN-AT (sammankallande))"),
    ],
)
def test_a_misspelt_owner_is_an_error_that_names_the_nearest(owner: str, suggested: str) -> None:
    """Nobody is made the owner of something by a guess; the line stays text."""
    line = f"Åtgärd @{owner} senast 21 november: Ring"
    found = reading(f"## X\n{line}")
    (finding,) = found.findings
    assert (finding.rule, finding.level, finding.line) == ("unknown-person", "error", 3)
    assert suggested in finding.message
    assert found.meeting.agenda[0].body == (TextBlock(text=line),)


def test_an_owner_who_is_nobody_we_know_gets_no_suggestion() -> None:
    """A word like no name of a member's suggests none, and another name is kept with a notice."""
    (finding,) = reading("## X\nÅtgärd @xyzzy: Ring").findings
    assert "@" not in finding.message
    assert [(one.rule, one.level) for one in reading("## X\nÅtgärd @David Ny: Ring").findings] == [
        ("no-member", "notice")
    ]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Alva Exmpel", "near-name"),
        ("Avla Exempel", "near-name"),
        ("Cila Exmpel", "near-name"),
        ("David Ny", "no-member"),
        ("David Exempel", "no-member"),
        ("Eva Exempel", "no-member"),
        ("Alva Exempel Ny", "no-member"),
        ("Exempel Alva", "no-member"),
    ],
)
def test_a_name_in_a_list_is_kept_and_a_near_one_is_asked_about(name: str, rule: str) -> None:
    """One or two letters off a member's name is a warning with that name; guests are allowed."""
    found = reading(f"Närvarande: Bo Exempel, {name}")
    (finding,) = found.findings
    assert (finding.rule, finding.level) == (rule, "warning" if rule == "near-name" else "notice")
    assert (finding.line, finding.column) == (2, 25)
    assert [one.person for one in found.meeting.attendance] == ["bo-exempel", Named(name=name)]


def test_a_near_name_that_is_meant_stands_in_quotes() -> None:
    """Where the warning says so, and in the sheet that is made from the record: it is not asked about again."""
    found = reading("Närvarande: Alva Exmpel, David Ny\nOrdförande: Alva Exmpel")
    sheet = write(found.meeting, DIRECTORY, "sv")
    assert 'Närvarande: "Alva Exmpel", David Ny\nOrdförande: "Alva Exmpel"\n' in sheet
    again = read(sheet, found.meeting, DIRECTORY, draws())
    assert again.meeting == found.meeting
    assert [one.rule for one in again.findings] == ["no-member"]


words = st.text("abcåé", max_size=8)


@given(words, words, words, st.sampled_from(["", "b", "x"]))
def test_letters_apart_are_counted(one: str, other: str, third: str, letter: str) -> None:
    """As a distance is, and one step makes one."""
    assert apart(one, one) == 0
    assert apart(one, other) == apart(other, one) <= max(len(one), len(other))
    assert (apart(one, other) == 0) is (one == other)
    assert apart(one + third, one + letter + third) == len(letter)
    assert apart(f"{one}xy{third}", f"{one}yx{third}") == 1


@given(st.lists(words.filter(bool), min_size=1, max_size=3).map(" ".join), st.dictionaries(words, st.just({"x"})))
def test_what_is_near_or_like_is_among_the_names(text: str, spellings: dict[str, set[str]]) -> None:
    """A name is not near itself."""
    assert set(nearest(text, spellings)) | set(likest(text, spellings)) <= {"x"}
    assert nearest(text, {text: {"x"}}) == ()
    assert likest(text, {text: {"x"}}) == ("x",)
