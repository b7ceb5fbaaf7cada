"""atbtst meeting: which meetings there were, and what they held."""

import json

import pytest
from conftest import Program
from handmade import HELD, PLANNED, commit, meeting, write

from atbtst_cli.output import cells_of

MINUTED = """\
number: 1
start: 13:15
end: 16:15
place: Dockplatsen
held:
  date: 2026-02-17
chair: alva-exempel
secretary: cilla-exempel
attendance:
  - member: bo-exempel
    status: present
  - member: erik-exempel
    status: excused
  - name: Frida Exempel
    status: guest
agenda:
  - id: p-1
    title: Rapporter
    parts:
      - id: p-2
        title: AT
        body:
          - action: i-0000001
            text: Boka lokal
            owners:
              - ron-at/convenor
            due: next
  - id: p-3
    title: Introduktion
    body:
      - decision: d-1
        number: 1
        text: Rådet säger ja.
"""


@pytest.fixture
def met(council: Program) -> Program:
    """A council that has met twice, has a meeting planned, and cancelled one."""
    meeting(council, "2025-11-18-rad", "held:\n  date: 2025-11-18\napproval:\n  date: 2026-02-17\n")
    meeting(council, HELD, MINUTED)
    meeting(council, PLANNED)
    meeting(council, "2026-03-20-ron-at", "with:\n  - ron-bt\ncancelled:\n  date: 2026-03-01\n  reason: Sjukdom\n")
    commit(council)
    return council


def ids(council: Program, *arguments: str) -> list[str]:
    return [entry["id"] for entry in json.loads(council("meeting", "list", "--json", *arguments).out)]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], [PLANNED, "2026-03-20-ron-at", HELD, "2025-11-18-rad"]),
        (["--network", "RÅD"], [PLANNED, HELD, "2025-11-18-rad"]),
        (["--network", "rön-bt"], ["2026-03-20-ron-at"]),
        (["--year", "2025"], ["2025-11-18-rad"]),
        (["--network", "RÅD", "--year", "2026"], [PLANNED, HELD]),
        (["--year", "1999"], []),
    ],
    ids=str,
)
def test_meetings_are_listed_the_latest_first(met: Program, arguments: list[str], wanted: list[str]) -> None:
    """A joint meeting is a meeting of each of its bodies."""
    assert ids(met, *arguments) == wanted


def test_the_state_is_read_from_the_dates(met: Program) -> None:
    states = {entry["id"]: entry["state"] for entry in json.loads(met("meeting", "list", "--json").out)}
    assert states == {PLANNED: "planned", "2026-03-20-ron-at": "cancelled", HELD: "held", "2025-11-18-rad": "approved"}


def test_a_row_tells_number_hours_place_and_how_much_was_agreed(met: Program) -> None:
    [row] = [line for line in met("meeting", "list").out.splitlines() if line.startswith(HELD)]
    for words in ("RÅD 1/2026", "13.15–16.15", "Dockplatsen"):
        assert words in row
    assert row.split()[-2:] == ["1", "1"]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_list_fits_the_terminal(met: Program, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = met("meeting", "list").out
    assert max(map(cells_of, shown.splitlines())) <= columns
    assert PLANNED in shown


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (HELD, HELD),
        ("2026-02-17", HELD),
        ("2026-02", HELD),
        ("2025", "2025-11-18-rad"),
        ("RÅD 2026-02-17", HELD),
        ("råd 17 februari 2026", HELD),
        ("RÅD 1/2026", HELD),
        ("RÅD", HELD),
        ("rön-bt 2026-03-20", "2026-03-20-ron-at"),
    ],
)
def test_a_meeting_is_named_in_any_of_its_ways(met: Program, name: str, wanted: str) -> None:
    """By id or its beginning, by body and day, by body and number; a body alone means its latest held one."""
    assert json.loads(met("meeting", "show", name, "--json").out)["id"] == wanted


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2026", HELD),
        ("2031-01-01-rad", "atbtst meeting list"),
        ("RÅD 2026-02-18", "2026-02-18"),
        ("RÅD 7/2026", "7/2026"),
        ("RÖN-ST", "atbtst meeting list --network ron-st"),
        ("Råttan 2026-02-17", "Råttan"),
        ("nix", "nix"),
    ],
)
def test_a_meeting_that_is_none_or_several_is_refused_by_name(met: Program, name: str, said: str) -> None:
    assert said in met("meeting", "show", name, code=2).err


def test_show_tells_who_was_there_and_what_was_agreed(met: Program) -> None:
    shown = met("meeting", "show", "RÅD 1/2026").out
    for words in (
        "RÅD 1/2026",
        HELD,
        "13.15–16.15",
        "Dockplatsen",
        "Alva Exempel",
        "Cilla Exempel",
        "Bo Exempel",
        "Erik Exempel",
        "Frida Exempel",
    ):
        assert words in shown
    agenda = shown[shown.index("1. Rapporter") :]
    assert (
        agenda.index("1.1. AT")
        < agenda.index("i-0000001")
        < agenda.index("2. Introduktion")
        < agenda.index("§ 1: Rådet säger ja.")
    )


def test_what_is_to_come_is_listed_the_next_first(met: Program) -> None:
    """Today's is still to come; what is cancelled, held or past is not."""
    meeting(met, "2026-03-02-ron-st", "start: 13:15\nplace: Dockplatsen\n")
    meeting(met, "2026-03-01-ron-st")
    meeting(met, "2026-04-20-ron-at", "with:\n  - rad\ncalled:\n  date: 2026-03-01\n")
    assert ids(met, "--upcoming") == ["2026-03-02-ron-st", "2026-04-20-ron-at", PLANNED]
    assert ids(met, "--upcoming", "--network", "RÅD") == ["2026-04-20-ron-at", PLANNED]
    heading, first, second, third = met("meeting", "list", "--upcoming").out.splitlines()
    assert len(heading.split()) == 6
    for words, row in (
        (("RÖN-ST", "måndag 2 mars 2026", "13.15", "Dockplatsen"), first),
        (("RÖN-AT, RÅD", "måndag 20 april 2026"), second),
        (("RÅD", "tisdag 21 april 2026"), third),
    ):
        assert all(word in row for word in words)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_list_of_what_is_to_come_fits_the_terminal(
    met: Program, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    meeting(met, "2026-04-20-ron-at", "with:\n  - rad\nstart: 13:15\nend: 16:15\nplace: Lokalen på andra våningen\n")
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = met("meeting", "list", "--upcoming").out
    assert max(map(cells_of, shown.splitlines())) <= columns
    assert PLANNED in shown


def test_show_tells_what_has_become_of_a_meeting(met: Program) -> None:
    life = """\
with:
  - ron-bt
mode: hybrid
link: https://example.org/m
planned:
  date: 2026-01-07
  by: cilla-exempel
moves:
  - from: 2026-04-07
    to: 2026-04-21
    date: 2026-01-08
    reason: Lokalen är upptagen
  - from: 2026-04-21
    to: 2026-04-21
    date: 2026-01-09
    reason: Senare start
called:
  date: 2026-01-10
cancelled:
  date: 2026-01-11
  reason: Få kan komma
"""
    meeting(met, PLANNED, life)
    lines = met("meeting", "show", PLANNED).out.splitlines()
    told = [
        "RÅD, RÖN-BT",
        "https://example.org/m",
        "2026-01-07 * Cilla Exempel",
        "2026-04-07 → 2026-04-21: Lokalen är upptagen",
        "2026-01-09: Senare start",
        "2026-01-10",
        "2026-01-11: Få kan komma",
    ]
    places = [next(place for place, line in enumerate(lines) if _told(words, line)) for words in told]
    assert places == sorted(places)


def _told(words: str, line: str) -> bool:
    before, _star, after = words.partition(" * ")
    return before in line and line.endswith(after)


def test_show_tells_of_approval_and_amendments(met: Program) -> None:
    approved = """\
held:
  date: 2025-11-18
approval:
  date: 2026-02-17
  by:
    - alva-exempel
    - bo-exempel
  outcome: adopted_with_changes
  changes: Punkt 3 rättad
amendments:
  - date: 2026-02-20
    by: cilla-exempel
    reason: Stavning
"""
    meeting(met, "2025-11-18-rad", approved)
    shown = met("meeting", "show", "2025-11-18-rad").out
    for words in ("2026-02-17", "Alva Exempel, Bo Exempel", "Punkt 3 rättad", "2026-02-20", "Cilla Exempel: Stavning"):
        assert words in shown


def test_no_meetings_is_no_failure(council: Program) -> None:
    assert council("meeting", "list").out == ""
    assert ids(council) == []
    assert council("meeting", "list", "--upcoming").out == ""


def test_a_record_that_cannot_be_read_is_named_and_the_others_listed(met: Program) -> None:
    path = f"records/meetings/2026/{PLANNED}/meeting.yaml"
    write(met, path, f"id: {PLANNED}\nnetwork: rad\ndate: 2026-02-31\n")
    said = met("meeting", "list", code=4)
    assert f"{path}:3:1" in said.err
    assert HELD in said.out
    assert PLANNED in met("meeting", "show", PLANNED, code=4).err
