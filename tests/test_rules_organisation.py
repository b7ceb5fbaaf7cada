"""The organisation that comes with the program: what the council decided for 2021, and nothing more."""

import io
from datetime import date
from pathlib import Path

import pytest
import yaml
from ruamel.yaml import YAML
from rules_example import MODELS

from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.network import Seat
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.checks import check

RECORDS = Path(__file__).parent.parent / "records"
FILES = sorted(RECORDS.rglob("*.yaml"))
TODAY = date(2026, 3, 1)
NETWORKS = ("ron-at", "ron-bt", "ron-st", "ron-dialog")
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
    assert [instance.id for instance in council.settings.instances] == ["hsn", "sos", "lf", "sls"]


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


def test_it_breaks_no_rule_and_every_seat_that_must_be_filled_is_noticed() -> None:
    found = check(organisation(), TODAY)
    assert {(finding.rule, finding.level) for finding in found} == {("seat-empty", "notice")}
    expected = {
        (f"{name}.yaml", seat.id) for name in ("rad", *NETWORKS) for seat in seats(name, "convenor", "required")
    }
    networks = organisation().networks
    noticed = [(one.path, networks[one.path.removesuffix(".yaml")].seats[int(one.field[1])].id) for one in found]
    assert sorted(noticed) == sorted(expected)
    assert len(expected) == 4 + 4 + 2 * 6


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
