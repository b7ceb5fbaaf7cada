"""The public gets what is final and tells nothing of people, or what somebody said it should get."""

from pathlib import Path

import pytest
from conftest import Program, kept
from handmade import HELD, PLANNED, commit, commits, meeting

SHEET = """\
# RÅD 2026-02-17 kl. 13:15
Närvarande: Alva Exempel, Bo Exempel
Ordförande: Alva Exempel

## Lönefrågan
Ring Bo på 070-123 45 67.
Sökande 750309-1238 och org.nr 556036-0793, dnr 2026-0117.
Intern:
  Mejla bo@example.org.

## Övrigt
Inget.
"""
FORMATS = ["md", "html", "pdf"]


@kept
def minuted(council: Program) -> None:
    council("minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", given=SHEET)


@pytest.fixture
def called(council: Program) -> Program:
    """A planned meeting whose agenda holds an address."""
    agenda = "agenda:\n  - id: p-1\n    title: Svar till bo@example.org\n  - id: p-2\n    title: Övrigt\n"
    meeting(council, PLANNED, agenda)
    commit(council)
    return council


@pytest.mark.parametrize("form", FORMATS)
def test_draft_minutes_go_public_only_if_somebody_says_so(minuted: Program, form: str) -> None:
    asked = ["minutes", "render", "RÅD", "--edition", "public", "--format", form, "--output", f"ut.{form}"]
    said = minuted(*asked, code=3)
    assert "--draft" in said.err
    assert f"atbtst minutes approve {HELD}" in said.err
    assert "UTKAST" in said.err
    assert not (minuted.folder / f"ut.{form}").exists()
    minuted(*asked, "--draft")
    assert (minuted.folder / f"ut.{form}").exists()


def test_a_public_draft_says_so_plainly_in_every_format(minuted: Program) -> None:
    public = ["minutes", "render", "RÅD", "--edition", "public", "--draft", "--output", "-", "--format"]
    assert "**UTKAST**" in minuted(*public, "md").out
    html = minuted(*public, "html").out
    assert html.count("UTKAST") == 2, "in the title and at the top"
    from pdf_reading import structure

    assert "UTKAST" in structure(minuted(*public, "pdf").raw).text
    assert "UTKAST" in minuted("minutes", "show", "RÅD", "--edition", "public", "--draft").out


def test_minutes_are_shown_to_the_public_by_the_same_rule(minuted: Program) -> None:
    minuted("minutes", "show", "RÅD", "--edition", "public", code=3)
    assert minuted("minutes", "show", "RÅD").out
    assert (
        "Leave --sheet out"
        in minuted(
            "--language", "en", "minutes", "show", "RÅD", "--sheet", "--edition", "public", "--draft", code=2
        ).err
    )


def test_approved_minutes_need_no_such_word(minuted: Program) -> None:
    minuted("minutes", "approve", "RÅD", "--by", "alva")
    shown = minuted("minutes", "show", "RÅD", "--edition", "public").out
    assert "UTKAST" not in shown
    minuted(
        "minutes",
        "edit",
        "RÅD",
        "--reason",
        "stavning",
        "--from",
        "-",
        "--yes",
        given=SHEET.replace("Inget.", "Intet."),
    )
    minuted("minutes", "show", "RÅD", "--edition", "public", code=3)
    assert "UTKAST" in minuted("minutes", "show", "RÅD", "--edition", "public", "--draft").out


def test_the_public_edition_warns_of_what_it_tells_of_people(minuted: Program) -> None:
    """By agenda item and line, with the way out, on the side, so that the document itself can be piped."""
    said = minuted(
        "--language", "en", "minutes", "render", "RÅD", "--edition", "public", "--draft", "-f", "md", "-o", "-"
    )
    assert said.err.splitlines() == [
        "warning: 1 Lönefrågan holds a phone number: Ring Bo på 070-123 45 67. Sökande 7503xx-xxxx och org.nr … (personal-data)",
        f"    Write it as Internal: …, or take it out, with: atbtst minutes edit {HELD}",
        "warning: 1 Lönefrågan holds an identity number: Ring Bo på 070-123 45 67. Sökande 7503xx-xxxx och org.nr 556036-0793, dnr 2026-0117. (personal-data)",
    ]
    assert "750309-1238" in said.out
    assert "bo@example.org" not in said.out
    assert "070-123" not in minuted("minutes", "render", "RÅD", "-f", "md", "-o", "ut.md").err


def test_the_public_edition_warns_of_names_that_it_leaves_out_elsewhere(council: Program) -> None:
    """In words that somebody typed they stand all the same; a part of a longer name, or a first name, is not told of."""
    path = council.folder / "records/networks/ron-at.yaml"
    seats = path.read_text("utf-8")
    path.write_text(seats.replace("    kind: convenor\n", "    kind: convenor\n    public_name: false\n"), "utf-8")
    commit(council)
    given = SHEET.replace("Inget.", "Bo och Bo Exempelsson såg @bo-exempel.\n\nBeslut: BO EXEMPELS förslag antas.")
    council("minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", given=given)
    kind = "the name of somebody who stays unnamed in public: "

    def told(*command: str) -> list[str]:
        asked = ["--edition", "public", "--draft", "-f", "md", "-o", "ut.md"]
        lines = council("--language", "en", *command, *asked).err.splitlines()
        return [line.partition(kind)[2] for line in lines if kind in line]

    assert told("minutes", "render", "RÅD") == [
        "Bo och Bo Exempelsson såg @bo-exempel. (personal-data)",
        "BO EXEMPELS förslag antas. (personal-data)",
    ]
    assert told("network", "yearbook", "RÅD") == ["BO EXEMPELS förslag antas. (personal-data)"]


def test_minutes_that_tell_nothing_are_published_without_a_word(council: Program) -> None:
    plain = SHEET.replace("Ring Bo på 070-123 45 67.\n", "").replace("750309-1238", "A")
    council("minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", given=plain)
    assert council("minutes", "show", "RÅD", "--edition", "public", "--draft").err == ""
    assert "personal-data" not in council("minutes", "approve", "RÅD", "--by", "alva").err


def test_approval_warns_before_it_seals(minuted: Program) -> None:
    """Of what its own words tell, too; without anybody to ask, it goes on."""
    said = minuted(
        "--language", "en", "minutes", "approve", "RÅD", "--by", "alva", "--changes", "Punkt 1: alva@example.org"
    ).err
    assert said.index("holds a phone number") < said.index("is approved")
    assert "Godkännande holds an e-mail address: Punkt 1: alva@example.org" in said
    again = minuted("--language", "en", "minutes", "show", "RÅD", "--edition", "public").err
    assert f'atbtst minutes edit {HELD} --reason "why"' in again


def test_a_later_meeting_that_approves_warns_too(minuted: Program) -> None:
    later = "# RÅD 2026-03-01\nOrdförande: Alva Exempel\n\n## Föregående anteckningar\nGodkänns: ja\n"
    said = minuted("--language", "en", "minutes", "new", "RÅD", "--date", "2026-03-01", "--from", "-", given=later).text
    assert "1 Lönefrågan holds a phone number" in said
    assert (minuted.folder / f"records/meetings/2026/{HELD}/public/minutes.md").exists()


def test_minutes_that_cannot_be_approved_are_told_why_and_nothing_else(minuted: Program) -> None:
    before = commits(minuted)
    said = minuted("minutes", "approve", "RÅD", "--by", "alva", "--date", "2026-02-01", code=3)
    assert "personal-data" not in said.err
    assert commits(minuted) == before


def test_the_draft_of_an_agenda_goes_public_only_if_somebody_says_so(called: Program, tmp_path: Path) -> None:
    """It is a draft until the meeting is called: then it is frozen."""
    asked = ["agenda", "render", "RÅD", "--edition", "public", "--format", "md", "--output"]
    said = called("--language", "en", *asked, "-", code=3).err
    assert f"atbtst agenda send {PLANNED}" in said
    draft = called("--language", "en", *asked, "-", "--draft")
    assert "UTKAST" in draft.out
    assert "1 Svar till bo@example.org holds an e-mail address: Svar till bo@example.org" in draft.err
    assert f"atbtst agenda edit 1 --meeting {PLANNED} --internal" in draft.err
    assert called(*asked[:3], "--format", "md", "--output", "-").out, "the internal edition is everybody's draft"


def test_the_agenda_of_a_meeting_that_was_called_is_no_draft(called: Program) -> None:
    called("member", "edit", "alva", "--email", "alva@example.org")
    called("agenda", "send", "RÅD", "--done")
    shown = called("agenda", "render", "RÅD", "--edition", "public", "--format", "md", "--output", "-")
    assert "UTKAST" not in shown.out


def test_internal_items_tell_nobody_anything(called: Program) -> None:
    called("agenda", "edit", "1", "--meeting", "RÅD", "--internal")
    shown = called("agenda", "render", "RÅD", "--edition", "public", "--draft", "--format", "md", "--output", "-")
    assert shown.err == ""
    assert "bo@example.org" not in shown.out
