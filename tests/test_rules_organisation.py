"""The organisation that comes with the program: what the council decided for 2021, and nothing more."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Program
from ruamel.yaml import YAML
from rules_example import MODELS

from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.network import Seat
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import matters
from atbtst_cli.rules.succession import heir

RECORDS = Path(__file__).parent.parent / "records"
FILES = sorted(RECORDS.rglob("*.yaml"))
TODAY = date(2026, 3, 1)
NETWORKS = ("ron-at", "ron-bt", "ron-st", "ron-dialog")
INSTANCES = ["tjanstemannaorganisationen", "hsn", "sos", "lf", "sls"]
ADMINISTRATIONS = {
    "Medicinsk Service",
    "Primärvården",
    "Psykiatri, habilitering och hjälpmedel",
    "Skånes sjukhus nordost",
    "Skånes sjukhus nordväst",
    "Skånes universitetssjukvård",
}


def organisation() -> Council:
    """The council of the records in this project."""
    settings = Settings.model_validate(yaml.load((RECORDS / "settings.yaml").read_bytes(), Loader=yaml.BaseLoader))
    networks = {
        path.stem: MODELS["networks"].model_validate(yaml.load(path.read_bytes(), Loader=yaml.BaseLoader))
        for path in sorted((RECORDS / "networks").glob("*.yaml"))
    }
    return Council(settings, networks=networks, paths={("networks", name): f"{name}.yaml" for name in networks})


def seats(network: str, *kinds: str) -> list[Seat]:
    """The seats of those kinds in a body."""
    return [seat for seat in organisation().networks[network].seats if seat.kind in kinds]


def test_it_has_five_bodies_two_archives_and_no_people() -> None:
    council = organisation()
    alive = [name for name, network in council.networks.items() if network.lives(TODAY)]
    assert sorted(alive) == sorted(("rad", *NETWORKS))
    assert {name for name in council.networks if name not in alive} == {"osr", "atst-styrgrupp"}
    assert not any(seat.holders for network in council.networks.values() for seat in network.seats)
    assert {path.parent.name for path in FILES} == {"records", "networks"}
    assert [instance.id for instance in council.settings.instances] == INSTANCES


def test_the_networks_take_matters_to_the_council_and_the_council_to_them_and_to_all_instances() -> None:
    """The convenor takes a question up to the council, which prepares matters for other instances."""
    council = organisation()
    assert all(council.networks[name].refers_to == ("rad",) for name in NETWORKS)
    assert council.networks["rad"].refers_to == (*NETWORKS[:2], "ron-st", "ron-dialog", *INSTANCES)
    assert not matters.may_send(council, "ron-bt", "hsn")


def test_the_five_bodies_go_on_where_the_archives_ended() -> None:
    """What was left open comes to the council."""
    council = organisation()
    for name in ("osr", "atst-styrgrupp"):
        assert council.networks[name].successors == ("rad", "ron-at", "ron-bt", "ron-st", "ron-dialog")
        assert [heir(council, name, day) for day in (date(2020, 12, 31), date(2021, 1, 1))] == [name, "rad"]


def test_the_archives_were_bodies_until_the_end_of_2020() -> None:
    networks = organisation().networks
    for name in ("osr", "atst-styrgrupp"):
        assert networks[name].lives(date(2020, 12, 31))
        assert not networks[name].lives(date(2021, 1, 1))
    assert not networks["rad"].lives(date(2020, 12, 31))
    assert networks["ron-dialog"].short(date(2020, 12, 31)) == "Dialoggruppen"


def test_the_council_is_the_four_convenors_and_that_of_dialog_chairs() -> None:
    council = organisation()
    assert [seat.follows for seat in council.networks["rad"].seats] == [f"{name}/convenor" for name in NETWORKS]
    assert [seat.id for seat in council.networks["rad"].seats if seat.chair] == ["ron-dialog"]
    assert all(council.networks[name].reports_to == "rad" for name in NETWORKS)
    reports = next(entry for entry in council.networks["rad"].standing if entry.kind == "reports")
    assert [(part.title, part.network) for part in reports.parts] == list(
        zip(("AT", "BT", "ST", "Dialog"), NETWORKS, strict=True)
    )


def test_every_administration_has_a_seat_in_at_and_st_and_others_are_offered_one() -> None:
    for name in ("ron-at", "ron-st"):
        assert {seat.name(TODAY) for seat in seats(name, "required")} == ADMINISTRATIONS
    offered = {name: [seat.id for seat in seats(name, "offered")] for name in NETWORKS}
    both = ["sylf", "privata-vardgivare"]
    assert offered == {"ron-at": both, "ron-bt": both, "ron-st": both, "ron-dialog": []}
    assert not any(seat.public_name for name in NETWORKS for seat in seats(name, "offered") if seat.id == "sylf")


LEFT_OPEN = {
    "rad": ["ron-at", "ron-bt", "ron-st", "ron-dialog"],
    "ron-at": [
        "convenor",
        "primarvarden",
        "medicinsk-service",
        "sjukhus-nordost",
        "sjukhus-nordvast",
        "universitetssjukvard",
        "psykiatri",
    ],
    "ron-bt": ["convenor"],
    "ron-dialog": ["convenor"],
    "ron-st": [
        "convenor",
        "primarvarden",
        "medicinsk-service",
        "sjukhus-nordost",
        "sjukhus-nordvast",
        "universitetssjukvard",
        "psykiatri",
    ],
}
"""What the sources do not say: who holds the seats that must be held."""


def test_check_finds_what_the_sources_leave_open_and_nothing_else(program: Program) -> None:
    """Through the command line, on the records as they lie here, today and on the first day."""
    for day in ("2021-01-01", "2026-03-01"):
        found = json.loads(program("-C", ROOT, "check", "--on", day, "--json").out)
        assert {(one["rule"], one["level"]) for one in found} == {("seat-empty", "notice")}
        told: dict[str, list[str]] = {}
        for one in found:
            body, _slash, seat = next(word for word in one["message"].split() if "/" in word).partition("/")
            told.setdefault(body, []).append(seat)
        assert told == LEFT_OPEN


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("RÅD", "rad"),
        ("Rådet", "rad"),
        ("ATBTST-råd", "rad"),
        ("atbtst-rådet", "rad"),
        ("AT", "ron-at"),
        ("RO\u0308N-BT", "ron-bt"),
        ("ST-RÖN", "ron-st"),
        ("Dialog", "ron-dialog"),
        ("Dialoggruppen", "ron-dialog"),
        ("ÖSR-möte", "osr"),
        ("ATST-styrgruppen", "atst-styrgrupp"),
    ],
)
def test_bodies_are_found_by_the_names_that_real_minutes_use(text: str, network: str) -> None:
    assert Directory(organisation(), TODAY).network(text) == (network,)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_are_in_house_style(path: Path) -> None:
    text = path.read_text("utf-8")
    depth = len(path.relative_to(RECORDS).parts)
    schema = "network" if depth > 1 else "settings"
    assert text.startswith(f"# yaml-language-server: $schema={'../' * depth}schemas/{schema}.schema.json\n")
    round_trip = YAML()
    round_trip.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    round_trip.dump(round_trip.load(text), written)
    assert written.getvalue() == text
