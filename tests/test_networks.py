"""atbtst network: the council's bodies, their names and their seats."""

import json
import subprocess
import sys
import unicodedata

import pytest
from conftest import ROOT, Program
from handmade import write

from atbtst_cli.output import cells_of


def test_the_list_has_the_council_first_and_no_dissolved_body(council: Program) -> None:
    entries = json.loads(council("network", "list", "--json").out)
    assert [entry["id"] for entry in entries] == ["rad", "ron-at", "ron-bt", "ron-dialog", "ron-st"]
    everything = json.loads(council("network", "list", "--all", "--json").out)
    assert {entry["id"] for entry in everything} - {entry["id"] for entry in entries} == {"osr", "atst-styrgrupp"}


def test_the_list_tells_convenors_and_seats(council: Program) -> None:
    rows = {line.split()[0]: line for line in council("network", "list").out.splitlines()}
    assert "RÅD" in rows["rad"]
    assert "Alva Exempel" in rows["rad"]
    assert rows["rad"].endswith("4/4")
    assert "Bo Exempel" in rows["ron-at"]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("rad", "rad"),
        ("RÅD", "rad"),
        ("råd", "rad"),
        ("Rådet", "rad"),
        ("ATBTST-rådet", "rad"),
        ("atbtst-råd", "rad"),
        ("RÖN-AT", "ron-at"),
        ("rön-at", "ron-at"),
        ("RÖN–AT", "ron-at"),
        ("  rön-at ", "ron-at"),
        ("ST-RÖN", "ron-st"),
        ("Dialog", "ron-dialog"),
        ("dialoggruppen", "ron-dialog"),
        ("ÖSR", "osr"),
        ("Regionövergripande nätverket för BT", "ron-bt"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_body_is_named_in_any_of_its_ways(council: Program, name: str, wanted: str, form: str) -> None:
    """By id, full or short name or alias, in any case, with any dash, composed or decomposed."""
    assert json.loads(council("network", "show", unicodedata.normalize(form, name), "--json").out)["id"] == wanted


def test_an_unknown_body_is_refused_with_those_that_are_known(council: Program) -> None:
    said = council("network", "show", "Råttan", code=2).err
    assert "Råttan" in said
    for name in ("RÅD", "RÖN-AT", "RÖN-BT", "RÖN-ST", "RÖN-Dialog"):
        assert name in said


def test_a_name_of_two_bodies_is_not_guessed(council: Program) -> None:
    write(
        council,
        "records/networks/kurs.yaml",
        "id: kurs\nkind: network\nnames:\n  - name: Kursgruppen\n    short: Dialog\n",
    )
    said = council("network", "show", "Dialog", code=2).err
    assert "kurs" in said
    assert "ron-dialog" in said


def test_show_tells_names_standing_agenda_and_who_holds_each_seat(council: Program) -> None:
    shown = council("network", "show", "RÅD").out
    for words in ("ATBTST-rådet", "Rådet", "2021-01-01", "Föregående anteckningar", "rad/ron-at", "Bo Exempel"):
        assert words in shown
    known = json.loads(council("network", "show", "RÅD", "--json").out)
    assert known["held"] == {
        "ron-at": ["bo-exempel"],
        "ron-bt": ["disa-exempel"],
        "ron-st": ["erik-exempel"],
        "ron-dialog": ["alva-exempel"],
    }


def test_an_empty_seat_that_follows_another_says_which(program: Program) -> None:
    program("init", "new")
    assert "ron-at/convenor" in program("-C", "new", "network", "show", "rad").out


@pytest.mark.parametrize("arguments", [["network", "list"], ["network", "show", "rad"], ["network", "seats"]], ids=str)
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_tables_fit_the_terminal(
    program: Program, monkeypatch: pytest.MonkeyPatch, arguments: list[str], columns: int
) -> None:
    """Measured on the organisation as it is: its names are long."""
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = program("-C", ROOT, *arguments).out
    assert max(map(cells_of, shown.splitlines())) <= columns


def test_a_record_that_cannot_be_read_is_named_and_the_others_listed(council: Program) -> None:
    write(council, "records/networks/ron-bt.yaml", "id: ron-bt\nkind: band\n")
    said = council("network", "list", code=4)
    assert "records/networks/ron-bt.yaml:2:1" in said.err
    assert "ron-at" in said.out
    assert "ron-bt" in council("network", "show", "ron-bt", code=4).err
    for form in ((), ("--json",)):
        said = council("network", "seats", *form, code=4)
        assert "records/networks/ron-bt.yaml:2:1" in said.err
        assert "ron-at/convenor" in said.out


def test_a_workspace_without_bodies_has_an_empty_list(program: Program) -> None:
    program("init", "new", "--empty")
    assert json.loads(program("-C", "new", "network", "list", "--json").out) == []


def test_the_shell_offers_the_seats_of_the_body_that_is_typed(council: Program) -> None:
    environment = {
        "_ATBTST_COMPLETE": "complete_bash",
        "COMP_WORDS": "atbtst network appoint ron-at p",
        "COMP_CWORD": "4",
        "PYTHONPATH": str(ROOT),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", "from atbtst_cli.cli import main; main()"],
        capture_output=True,
        text=True,
        check=False,
        cwd=council.folder,
        env=environment,
    )
    assert done.stdout.split() == ["primarvarden", "psykiatri", "privata-vardgivare"]
