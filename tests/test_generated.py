"""Generated files are as the program would write them now; ``pytest --update`` writes them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from reference import commands_page, fields_page

from atbtst_cli.models.schemas import schemas


def compare(path: Path, wanted: bytes, *, update: bool) -> None:
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted)
    assert path.read_bytes() == wanted, f"{path.name} is out of date; run pytest --update"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_schemas_come_from_the_models(name: str, update: bool) -> None:
    """schemas/ holds what the models say, and nothing else."""
    compare(ROOT / name, schemas()[name], update=update)
    assert {path.name for path in (ROOT / "schemas").iterdir()} == {Path(one).name for one in schemas()}


@pytest.mark.parametrize(("name", "page"), [("commands", commands_page), ("fields", fields_page)])
def test_the_reference_comes_from_the_program(name: str, page: Callable[[], str], update: bool) -> None:
    """docs/ tells every command and every field as the program has them."""
    compare(ROOT / "docs" / f"{name}.md", page().encode(), update=update)
