"""An extract holds just what concerns a body or a matter, says that it is one, and keeps the numbers of the minutes."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import Program
from handmade import commit, write
from pdf_reading import structure

MATTER = "m-7c2k9xa"
RAISED = """\
id: m-7c2k9xa
title: Handledare till kvällspassen
network: ron-bt
raised: 2026-02-05
reference: 2026-0117
description: Flera enheter saknar handledare.
"""
SENT = """\
referrals:
  - id: r-1
    from: ron-bt
    to: rad
    role: decision
    sent:
      date: 2026-02-05
  - id: r-2
    parent: r-1
    from: rad
    to: hsn
    role: preparation
    sent:
      date: 2026-02-17
      decision: 2026-02-17-rad/d-2
    answer:
      date: 2026-02-27
      text: Pengar finns för **två**.
  - id: r-3
    from: ron-bt
    to: ron-st
    role: information
    sent:
      date: 2026-02-20
  - id: r-4
    from: ron-bt
    to: ron-at
    role: decision
    sent:
      date: 2026-02-21
    withdrawn:
      date: 2026-02-24
      reason: Frågan är rådets.
"""
SHEET = """\
# RÅD 2026-02-17 kl. 13:15
Närvarande: Alva Exempel, Bo Exempel, Disa Exempel
Ordförande: Alva Exempel
Anteckningar: Cilla Exempel

## Föregående anteckningar
Inga.

## Rapporter
### AT
Introduktionsdagen är planerad.
### BT
Två studierektorer har börjat.

## Lönefrågan
Alva berättar om läget.
Beslut: Rådet avvaktar.
Åtgärd @disa-exempel till nästa möte: Skicka statistiken.
Åtgärd @bo-exempel till nästa möte: Ring HR.
Åtgärd @ron-bt/convenor till nästa möte: Räkna passen.

## Kvällspassen
Ärende m-7c2k9xa: Disa berättar om passen.
Beslut (hänskjuts): Rådet ber om medel.
Till nästa möte: Följa upp
### Bemanningen
Schemat är klart.

## Sluten fråga {intern}
Åtgärd @disa-exempel till nästa möte: Ring referenser.

## Övrigt
Inget.
"""


@pytest.fixture
def minuted(program: Program, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Minutes of the council: reports, a matter of RÖN-BT, promises of several, something internal; made once."""
    kept = tmp_path_factory.getbasetemp() / "with-a-matter"
    if kept.exists():
        program.folder = shutil.copytree(kept, program.folder / "council")
        return program
    council: Program = request.getfixturevalue("council")
    write(council, f"records/matters/2026/{MATTER}.yaml", RAISED)
    commit(council)
    council("minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", given=SHEET)
    write(council, f"records/matters/2026/{MATTER}.yaml", RAISED + SENT)
    commit(council)
    shutil.copytree(council.folder, kept)
    return council


def headings(text: str) -> list[str]:
    return re.findall(r"(?m)^#+ (\d.*)$", text)


# -- of minutes, for a body --------------------------------------------------------------------------------------------


def test_an_extract_holds_what_concerns_the_body_and_nothing_else(minuted: Program) -> None:
    """Its report, its matter with all below it, what those who sit there for it have promised, in public or not."""
    shown = minuted("minutes", "show", "RÅD", "--for", "RÖN-BT").out
    assert headings(shown) == [
        "2 Rapporter",
        "2.2 BT",
        "3 Lönefrågan",
        "4 Kvällspassen",
        "4.1 Bemanningen",
        "5 Sluten fråga",
    ]
    for said in (
        "Två studierektorer",
        "Skicka statistiken",
        "Räkna passen",
        "ber om medel",
        "Schemat",
        "Ring referenser",
    ):
        assert said in shown
    for other in ("Introduktionsdagen", "Alva berättar", "avvaktar", "Ring HR", "Inget.", "Sammanställning"):
        assert other not in shown
    assert "| Bo Exempel |" in shown, "everybody who was there"


def test_an_extract_says_of_what_it_is_one_and_what_it_lacks(minuted: Program) -> None:
    shown = minuted("minutes", "show", "RÅD", "--for", "RÖN-BT").out
    assert "**UTDRAG · UTKAST · INTERN VERSION**" in shown
    assert "Utdrag ur ett utkast till anteckningar. Här står det som rör RÖN-BT." in shown
    assert "Övriga punkter ingår inte i utdraget, och av punkt 3 bara det som rör RÖN-BT." in shown
    minuted("minutes", "approve", "RÅD", "--by", "alva")
    approved = minuted("minutes", "show", "RÅD", "--for", "RÖN-AT").out
    assert "**UTDRAG**" in approved
    assert "Utdrag ur de godkända anteckningarna. Här står det som rör RÖN-AT." in approved
    assert "- **Godkänt av:** Alva Exempel" in approved
    assert headings(approved) == ["2 Rapporter", "2.1 AT", "3 Lönefrågan"], (
        "the matter was not sent to RÖN-AT until later"
    )


def test_the_public_gets_an_extract_of_what_is_public_by_the_rule_of_minutes(minuted: Program) -> None:
    asked = ["minutes", "render", "RÅD", "--for", "RÖN-BT", "--edition", "public", "--format", "md", "--output", "-"]
    assert "--draft" in minuted(*asked, code=3).err
    shown = minuted(*asked, "--draft").out
    assert "**UTDRAG · UTKAST**" in shown
    assert "Ring referenser" not in shown
    assert "5 " not in headings(shown)


def test_an_extract_is_of_what_was_approved_whatever_the_file_says_since(minuted: Program) -> None:
    minuted("minutes", "approve", "RÅD", "--by", "alva")
    path = minuted.folder / "records/meetings/2026/2026-02-17-rad/meeting.yaml"
    path.write_text(path.read_text("utf-8").replace("Två studierektorer", "Tre studierektorer"), "utf-8")
    assert "Två studierektorer" in minuted("minutes", "show", "RÅD", "--for", "RÖN-BT").out


def test_a_body_without_a_word_in_the_minutes_is_told_so(minuted: Program) -> None:
    said = minuted("--language", "en", "minutes", "render", "RÅD", "--for", "ÖSR", code=3).err
    assert "The minutes 2026-02-17-rad hold nothing that concerns ÖSR." in said
    assert minuted("minutes", "show", "RÅD", "--for", "LF", code=3), "an instance is known too"
    own = minuted("--language", "en", "minutes", "render", "RÅD", "--for", "RÅD", code=2).err
    assert "Leave --for out" in own
    assert (
        "Leave --sheet out"
        in minuted("--language", "en", "minutes", "show", "RÅD", "--for", "RÖN-BT", "--sheet", code=2).err
    )


# -- of a matter -------------------------------------------------------------------------------------------------------


def told(program: Program, *more: str) -> str:
    return program("matter", "render", MATTER, "--format", "md", "--output", "-", *more).out


def test_an_extract_on_a_matter_tells_what_it_is_and_where_it_lies(minuted: Program) -> None:
    shown = told(minuted)
    assert "**UTDRAG · UTKAST**" in shown
    assert shown.split("\n\n")[2:4] == ["# Handledare till kvällspassen", f"Ärende {MATTER}"]
    assert "- **Diarienummer:** 2026-0117\n- **Väckt:** 5 februari 2026 av RÖN-BT\n- **Ligger hos:** RÅD sedan" in shown
    assert "Flera enheter saknar handledare." in shown


def test_its_way_is_a_table_with_each_sending_and_what_came_of_it(minuted: Program) -> None:
    rows = re.findall(r"(?m)^\| (.*) \|$", told(minuted).partition("## Ärendets väg")[2].partition("## Ur")[0])
    assert rows[2:] == [
        "RÖN-BT | RÅD | Beslut | 5 februari 2026 | Väntar på svar | ",
        "RÅD | Hälso- och sjukvårdsnämnden | Beredning | 17 februari 2026, RÅD 1/2026, § 2 | 27 februari 2026: Pengar finns för **två**. | 10",
        "RÖN-BT | RÖN-ST | Kännedom | 20 februari 2026 | Inget svar begärt | ",
        "RÖN-BT | RÖN-AT | Beslut | 21 februari 2026 | Återtaget 24 februari 2026: Frågan är rådets. | 3",
    ]


def test_its_minutes_are_quoted_under_each_meeting_with_how_far_they_have_come(minuted: Program) -> None:
    draft = told(minuted).partition("## Ur anteckningarna")[2]
    assert "### RÅD 1/2026, 17 februari 2026\n\nUr ett utkast till anteckningar, som inte är godkänt." in draft
    assert headings(draft) == ["4 Kvällspassen", "4.1 Bemanningen"]
    assert "Disa berättar om passen." in draft
    assert "avvaktar" not in draft
    minuted("minutes", "approve", "RÅD", "--by", "alva")
    assert "Ur de godkända anteckningarna." in told(minuted)
    assert "UTKAST" not in told(minuted)


def test_the_public_gets_no_draft_unless_somebody_says_so_and_is_told_which_is_missing(minuted: Program) -> None:
    shown = told(minuted, "--edition", "public")
    assert "Anteckningarna från RÅD 1/2026 är inte godkända och ingår inte." in shown
    assert "Disa berättar" not in shown
    assert "§ 2" not in shown
    assert "Ärendet står inte i några anteckningar" not in shown
    whole = told(minuted, "--edition", "public", "--draft")
    assert "**UTDRAG · UTKAST**" in whole
    assert "Disa berättar" in whole


def test_a_matter_that_is_internal_has_no_public_edition(minuted: Program) -> None:
    write(
        minuted,
        f"records/matters/2026/{MATTER}.yaml",
        RAISED + "internal: true\n" + SENT,
    )
    commit(minuted)
    said = minuted("--language", "en", "matter", "render", MATTER, "--edition", "public", code=3).err
    assert f"The matter {MATTER} is internal" in said
    assert "**UTDRAG · UTKAST · INTERN VERSION**" in told(minuted)
    public = minuted("minutes", "show", "RÅD", "--for", "RÖN-BT", "--edition", "public", "--draft").out
    assert "Kvällspassen" not in public, "nobody is told that it is a matter of RÖN-BT's"


def test_the_public_is_not_told_which_internal_item_a_matter_was_in(minuted: Program) -> None:
    sheet = minuted("minutes", "show", "RÅD", "--sheet").out
    sheet = re.sub("(?m)^(## Kvällspassen.*)$", r"\1 {intern}", sheet)
    minuted("minutes", "edit", "RÅD", "--from", "-", "--yes", given=sheet)
    minuted("minutes", "approve", "RÅD", "--by", "alva")
    shown = told(minuted, "--edition", "public")
    assert "Ärendet står inte i några anteckningar." in shown
    assert "§ 2" not in shown
    assert "### RÅD" in told(minuted)


def test_the_public_edition_warns_of_what_it_tells_of_people(minuted: Program) -> None:
    """Of its own words alone: what the extract leaves out is told of nobody."""
    write(
        minuted,
        f"records/matters/2026/{MATTER}.yaml",
        RAISED.replace("handledare.", "handledare, ring 070-123 45 67.") + SENT,
    )
    commit(minuted)
    asked = ["--edition", "public", "-f", "md", "-o", "-"]
    said = minuted("--language", "en", "matter", "render", MATTER, *asked).err
    assert "Vad ärendet gäller holds a phone number" in said
    assert "personal-data" not in minuted("minutes", "render", "RÅD", "--for", "RÖN-BT", "--draft", *asked).err


def test_what_cannot_be_read_may_be_missing_and_that_is_said(minuted: Program) -> None:
    write(minuted, "records/matters/2026/m-0000000.yaml", "x: [")
    said = minuted("--language", "en", "minutes", "show", "RÅD", "--for", "RÖN-BT", code=4)
    assert "Disa berättar om passen." in said.out
    assert "so the list may lack something" in said.err


def test_a_closed_matter_says_when_and_how(minuted: Program) -> None:
    closed = "closed:\n  date: 2026-02-28\n  decision: 2026-02-17-rad/d-2\n  reason: Löst.\n"
    write(minuted, f"records/matters/2026/{MATTER}.yaml", RAISED + SENT + closed)
    commit(minuted)
    shown = told(minuted)
    assert "- **Avslutat:** 28 februari 2026, RÅD 1/2026, § 2: Löst." in shown
    assert "Ligger hos" not in shown


def test_a_matter_nobody_has_sent_or_minuted_is_told_too(minuted: Program) -> None:
    new = "id: m-0000000\ntitle: Ny fråga\nnetwork: ron-st\nraised: 2026-02-20\n"
    write(minuted, "records/matters/2026/m-0000000.yaml", new)
    commit(minuted)
    shown = minuted("matter", "render", "m-0000", "-f", "md", "-o", "-").out
    assert "Ärendet har inte skickats vidare." in shown
    assert "Ärendet står inte i några anteckningar." in shown


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_extracts_come_out_the_same_every_time_and_say_the_same_in_every_format(minuted: Program, form: str) -> None:
    for command in (["minutes", "render", "RÅD", "--for", "RÖN-BT"], ["matter", "render", MATTER]):
        one, other = (minuted(*command, "--format", form, "--output", "-").raw for _time in range(2))
        assert one == other
        text = structure(one).text if form == "pdf" else one.decode()
        for said in ("UTDRAG", "UTKAST", "Disa berättar om passen.", "Beslut § 2"):
            assert said in text
        ids = re.findall(r' id="([^"]+)"', text)
        assert len(ids) == len(set(ids))


def test_a_file_that_nobody_named_tells_what_it_is(minuted: Program, tmp_path: Path) -> None:
    minuted("minutes", "render", "RÅD", "--for", "RÖN-BT", "-f", "md", "-o", tmp_path)
    minuted("matter", "render", MATTER, "-f", "md", "-o", tmp_path, "--edition", "public")
    assert {"2026-02-17-rad-ron-bt.md", f"{MATTER}-public.md"} <= {path.name for path in tmp_path.iterdir()}


def test_extracts_speak_english_in_an_english_council(minuted: Program) -> None:
    path = minuted.folder / "records/settings.yaml"
    path.write_text(path.read_text("utf-8").replace("language: sv", "language: en"), "utf-8")
    assert "**EXTRACT · DRAFT" in minuted("minutes", "show", "RÅD", "--for", "RÖN-BT").out
    assert "of item 3 only what concerns RÖN-BT is." in minuted("minutes", "show", "RÅD", "--for", "RÖN-BT").out
    assert "- **Lies with:** RÅD since 27 February 2026" in told(minuted)
