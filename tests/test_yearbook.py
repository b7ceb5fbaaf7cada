"""The book of a body's year: every figure in it comes from the record, and nobody is told more than may be told."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import Program
from handmade import commit, item, meeting, write
from pdf_reading import structure

APPROVED = "approval:\n  date: 2025-06-10\n"
FEBRUARY = """\
number: 1
held:
  date: 2025-02-18
place: Dockplatsen
attendance:
  - member: alva-exempel
    status: present
    seats:
      - rad/ron-dialog
  - member: bo-exempel
    status: present
    substitute_for: erik-exempel
    seats:
      - rad/ron-st
  - member: disa-exempel
    status: excused
    seats:
      - rad/ron-bt
agenda:
  - id: p-1
    title: Mallen
    body:
      - decision: d-1
        number: 1
        text: Mallen gäller **i år**.
  - id: p-2
    title: Sluten
    internal: true
    body:
      - decision: d-2
        number: 2
        text: En hemlig sak.
"""
MAY = """\
number: 2
held:
  date: 2025-05-20
agenda:
  - id: p-1
    title: Mallen
    body:
      - decision: d-1
        number: 3
        outcome: adopted_with_changes
        text: Mallen gäller till vidare.
      - supersedes: 2025-02-18-rad/d-1
"""
MATTER = """\
id: m-7c2k9xa
title: Kvällspassen
network: ron-bt
raised: 2025-01-10
{}referrals:
  - id: r-1
    from: ron-bt
    to: rad
    role: decision
    sent:
      date: 2025-01-20
    answer:
      date: 2025-05-20
"""
YEAR = ["network", "yearbook", "RÅD", "--year", "2025"]
ARCHIVE = "held:\n  date: 2020-05-12\nattendance:\n  - name: Gun Exempel\n    status: present\n"


@pytest.fixture
def years(program: Program, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A council that has a year behind it, written by hand, once."""
    kept = tmp_path_factory.getbasetemp() / "with-a-year"
    if kept.exists():
        program.folder = shutil.copytree(kept, program.folder / "council")
        return program
    council: Program = request.getfixturevalue("council")
    for member in ("alva", "bo", "cilla", "disa", "erik"):
        path = council.folder / f"records/members/{member}-exempel.yaml"
        path.write_text(re.sub("from: 2026", "from: 2024", path.read_text("utf-8")), "utf-8")
    for path in (council.folder / "records/networks").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("from: 2026-01-01", "from: 2024-01-01"), "utf-8")
    meeting(council, "2025-02-18-rad", FEBRUARY + APPROVED)
    meeting(council, "2025-05-20-rad", MAY + APPROVED)
    meeting(council, "2020-05-12-osr", ARCHIVE)
    done = "owners:\n  - bo-exempel\nclosed:\n  date: 2025-05-02\n  as: done\n"
    item(council, 1, "Boka lokal", done, added="2025-02-18")
    item(council, 2, "Skriv brev", "owners:\n  - disa-exempel\ndue: next\n", added="2025-02-18")
    item(council, 3, "Ring", "internal: true\n", added="2024-11-05")
    item(council, 4, "Förra årets", "closed:\n  date: 2024-12-01\n  as: done\n", added="2024-11-05")
    item(council, 5, "Nästa års", added="2026-01-10")
    write(council, "records/matters/2025/m-7c2k9xa.yaml", MATTER.format(""))
    commit(council)
    shutil.copytree(council.folder, kept)
    return council


def shown(program: Program, *more: str) -> str:
    return program(*YEAR, "--format", "md", "--output", "-", *more).out


def rows(text: str, heading: str) -> list[str]:
    """The rows of the table under a heading, without its head."""
    return re.findall(r"(?m)^\| (.*) \|$", re.split(r"(?m)^#+ ", text.partition(f"# {heading}\n")[2])[0])[2:]


def test_it_tells_of_the_meetings_and_who_took_which_seat(years: Program) -> None:
    """A meeting without an attendance counts in no seat's figures."""
    book = shown(years)
    assert "# Årsbok 2025\n\nATBTST-rådet\n\n- **Avser:** 1 januari 2025 – 31 december 2025\n- **Möten:** 2" in book
    assert rows(book, "Möten") == [
        "RÅD 1/2025 | 2025-02-18 | Dockplatsen | Godkända 10 juni 2025 | 2",
        "RÅD 2/2025 | 2025-05-20 |  | Godkända 10 juni 2025 | ",
    ]
    assert rows(book, "Närvaro per plats") == [
        "Sammankallande i RÖN-AT | 1 | 0 | 0 | 0 | 1",
        "Sammankallande i RÖN-BT | 1 | 0 | 0 | 1 | 0",
        "Sammankallande i RÖN-ST | 1 | 0 | 1 | 0 | 0",
        "Sammankallande i RÖN-Dialog | 1 | 1 | 0 | 0 | 0",
    ]


def test_it_tells_of_decisions_and_what_took_their_place(years: Program) -> None:
    assert rows(shown(years), "Beslut") == [
        "§ 1 | Mallen gäller **i år**. | Antaget | RÅD 1/2025 | RÅD § 3/2025",
        "§ 2 | En hemlig sak. · **Internt** | Antaget | RÅD 1/2025 | ",
        "§ 3 | Mallen gäller till vidare. | Antaget med ändring | RÅD 2/2025 | ",
    ]


def test_it_tells_of_action_items_of_the_year_as_they_stood_at_its_end(years: Program) -> None:
    book = shown(years)
    assert rows(book, "Avslutade") == ["Boka lokal | Bo Exempel | 2025-02-18 | 2025-05-02, klar | `i-0000001`"]
    assert rows(book, "Öppna 31 december 2025") == [
        "Ring · **Internt** |  | 2024-11-05 |  | `i-0000003`",
        "Skriv brev | Disa Exempel | 2025-02-18 | nästa möte | `i-0000002`",
    ]
    months = dict(row.split(" | ", 1) for row in rows(book, "Åtgärder"))
    assert len(months) == 12
    assert {month: counts for month, counts in months.items() if counts != "0 | 0"} == {"feb": "2 | 0", "maj": "0 | 1"}


def test_it_tells_of_matters_that_were_raised_sent_and_answered(years: Program) -> None:
    assert rows(shown(years), "Skickade och besvarade") == [
        "Kvällspassen | RÖN-BT | RÅD | Beslut | 2025-01-20 | 2025-05-20"
    ]
    raised = years("network", "yearbook", "RÖN-BT", "--year", "2025", "-f", "md", "-o", "-").out
    assert rows(raised, "Väckta") == ["Kvällspassen | 2025-01-10 | Ligger hos RÖN-BT"]
    assert "Inga möten hölls." in raised
    assert "Inga åtgärder tillkom eller avslutades." in raised


def test_the_public_is_told_nothing_internal(years: Program) -> None:
    write(years, "records/matters/2025/m-7c2k9xa.yaml", MATTER.format("internal: true\n"))
    commit(years)
    assert "**INTERN VERSION**" in shown(years)
    public = shown(years, "--edition", "public")
    for secret in ("hemlig", "Ring", "Kvällspassen", "Internt", "§ 2", "INTERN"):
        assert secret not in public
    assert rows(public, "Åtgärder")[1] == "feb | 2 | 0"


def test_whoever_sat_in_a_seat_that_is_not_named_is_not_named_at_any_time_of_the_year(years: Program) -> None:
    """Also after they have left it, and in the name they had then."""
    path = years.folder / "records/networks/rad.yaml"
    seat = "  - id: sylf\n    kind: offered\n    names:\n      - name: SYLF\n    public_name: false\n"
    holder = "    holders:\n      - member: bo-exempel\n        from: 2025-03-01\n        to: 2025-03-31\n"
    path.write_text(path.read_text("utf-8") + seat + holder, "utf-8")
    commit(years)
    assert "Bo Exempel" in shown(years)
    public = shown(years, "--edition", "public")
    assert "Bo Exempel" not in public
    assert "Boka lokal | RÅD (SYLF)" in public


def test_a_year_that_is_not_over_or_has_minutes_that_wait_is_a_draft(years: Program) -> None:
    assert "UTKAST" not in shown(years)
    running = years("network", "yearbook", "RÅD", "-f", "md", "-o", "-").out
    assert "**UTKAST · INTERN VERSION**" in running
    assert "1 januari 2026 – 2 mars 2026" in running
    assert "| mars |" in running
    assert "| apr |" not in running
    meeting(years, "2025-05-20-rad", MAY)
    commit(years)
    assert "**UTKAST · INTERN VERSION**" in shown(years)
    said = years("--language", "en", *YEAR, "--edition", "public", "-f", "md", "-o", "-", code=3).err
    assert "atbtst minutes approve 2025-05-20-rad" in said
    assert "**UTKAST**" in shown(years, "--edition", "public", "--draft")


def test_a_body_that_was_dissolved_has_its_years_too(years: Program) -> None:
    """Its minutes have no number and wait for nothing, so the public gets the book as it is."""
    told = years("network", "yearbook", "ÖSR", "--year", "2020", "--edition", "public", "-f", "md", "-o", "-").out
    assert "UTKAST" not in told
    assert rows(told, "Möten") == ["2020-05-12 | Arkiv | 1"]


def test_a_year_with_nothing_in_it_is_said_to_have_nothing(years: Program) -> None:
    said = years("--language", "en", "network", "yearbook", "ÖSR", "--year", "2019", code=3).err
    assert "ÖSR has nothing on record in 2019." in said
    assert "26 is no year." in years("--language", "en", "network", "yearbook", "RÅD", "--year", "26", code=2).err
    assert "is still to come" in years("--language", "en", "network", "yearbook", "RÅD", "--year", "2027", code=2).err


def test_the_chart_is_drawn_with_words_for_whoever_cannot_see_it(years: Program, tmp_path: Path) -> None:
    """In every format the counts are the same, and so are the bytes every time."""
    told = "Åtgärder per månad: februari 2 tillkomna, 0 avslutade; maj 0 tillkomna, 1 avslutade."
    for form in ("html", "pdf"):
        one, other = (years(*YEAR, "-f", form, "-o", "-").raw for _time in range(2))
        assert one == other
        (tmp_path / f"book.{form}").write_bytes(one)
    html = (tmp_path / "book.html").read_text("utf-8")
    assert f'<svg role="img" aria-label="{told}"' in html
    assert len(re.findall("<rect ", html)) == 2
    [figure] = structure((tmp_path / "book.pdf").read_bytes()).all("/Figure")
    assert str(figure.node["/Alt"]) == told
    assert figure.children[:2] == ["2", "1"]


def test_it_speaks_english_in_an_english_council(years: Program) -> None:
    path = years.folder / "records/settings.yaml"
    path.write_text(path.read_text("utf-8").replace("language: sv", "language: en"), "utf-8")
    book = shown(years)
    assert "# Yearbook 2025" in book
    assert rows(book, "Closed") == ["Boka lokal | Bo Exempel | 2025-02-18 | 2025-05-02, done | `i-0000001`"]
