"""The made-up records that speed is measured on are records like any others, and the same every time."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Program, git

from atbtst_cli.store import yamlfile
from atbtst_cli.store.layout import KINDS, schema_line
from atbtst_cli.store.load import read_record
from atbtst_cli.store.tree import WorkTree

BENCHMARKS = ROOT / "benchmarks"


def make(folder: Path, seed: int = 1) -> Path:
    size = ("--items=240", "--meetings=20", "--matters=12")
    command = [sys.executable, BENCHMARKS / "generator.py", folder, *size, f"--seed={seed}"]
    subprocess.run(list(map(str, command)), check=True)
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def test_a_check_has_nothing_to_say_of_them(program: Program) -> None:
    program("init", "--empty", "council")
    program.folder = make(program.folder / "council")
    assert program("--language", "en", "check").err == "0 errors, 0 warnings, 0 notices\n"
    assert len(program("item", "list", "--csv").out.splitlines()) > 20


def test_each_is_in_house_style(tmp_path: Path) -> None:
    tree = WorkTree(make(tmp_path))
    for kind in KINDS.values():
        for path in tree.paths(f"records/{kind.name}"):
            record, findings = read_record(tree, path, kind.model)
            assert record, findings
            plain = record.model_dump(mode="python", by_alias=True, exclude_defaults=True)
            assert yamlfile.new(plain, schema_line(path), kind.apart) == tree.read(path), path


def test_the_seed_decides_what_is_in_them(tmp_path: Path) -> None:
    first, again, other = (texts(make(tmp_path / name, seed)) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again != other


def test_the_sheet_for_those_without_notes_is_understood(council: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    sheet = runpy.run_path(str(BENCHMARKS / "generator.py"))["sheet"]()
    assert 400 < len(sheet.split()) < 600
    council("--language", "en", "minutes", "new", "RÅD", "--date", "2023-05-23", "--from", "-", given=sheet)
    said = git(council.folder, "log", "-1", "--format=%s")
    assert said == "minutes(RÅD 2023-05-23): 9 agenda items, 9 decisions, 0 actions\n"
