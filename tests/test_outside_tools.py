"""Tools that are not ours agree with our files: yamllint likes them, check-jsonschema holds them to the schemas."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Program

SHEET = ROOT / "atbtst_cli" / "commands" / "demo_sheet.md"


@pytest.fixture
def full(council: Program) -> Path:
    """A workspace with every kind of record that commands write."""
    council("minutes", "new", "RÅD", "--from", SHEET)
    item = next((council.folder / "records/items").rglob("*.yaml")).stem
    council("item", "note", item, "Lokalen är bokad:\nbekräftelse väntas")
    council("item", "done", item)
    return council.folder


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *map(str, command)], cwd=folder, capture_output=True, text=True, check=False
    )


def test_yamllint_likes_every_record(full: Path) -> None:
    done = run("yamllint", "--strict", "records", folder=full)
    assert done.returncode == 0, done.stdout


def test_yamllint_likes_the_records_of_this_repository(full: Path) -> None:
    done = run("yamllint", "--strict", "-c", full / ".yamllint", "records", folder=ROOT)
    assert done.returncode == 0, done.stdout


def schema_of(path: Path) -> Path:
    """The schema that the file's own first line names."""
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
    assert found, path
    return (path.parent / found[1]).resolve(strict=True)


def test_every_record_names_its_schema_and_keeps_to_it(full: Path) -> None:
    by_schema: dict[Path, list[Path]] = {}
    for path in (full / "records").rglob("*.yaml"):
        by_schema.setdefault(schema_of(path), []).append(path)
    assert {path.name.split(".")[0] for path in by_schema} == {"settings", "network", "member", "meeting", "item"}
    for schema, paths in by_schema.items():
        done = run("check_jsonschema", "--schemafile", schema, *paths, folder=full)
        assert done.returncode == 0, done.stdout


def test_a_broken_record_is_refused_by_both(full: Path) -> None:
    """What our check calls an error, the schema refuses too."""
    path = next((full / "records/items").rglob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace("title:", "titel:"), "utf-8")
    assert run("check_jsonschema", "--schemafile", schema_of(path), path, folder=full).returncode == 1
    assert run("atbtst_cli", "check", folder=full).returncode == 4
