"""atbtst demo and the README: what a newcomer does first works as written."""

import shlex
import shutil
import sys
from pathlib import Path

import pytest
from conftest import Program, git


def test_the_demo_takes_one_meeting_through_everything(program: Program, home: Path) -> None:
    """Without a name in Git, without asking, in a folder of its own."""
    (home / ".gitconfig").unlink()
    said = program("demo")
    folder = program.folder / "atbtst-demo"
    assert (folder / "records/meetings/2026/2026-02-17-rad/minutes.pdf").read_bytes().startswith(b"%PDF")
    assert "minutes.pdf" in said.text
    assert git(folder, "status", "--short") == ""
    program("-C", folder, "check")


def test_what_the_demo_prints_can_be_typed(program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also before the shell finds the program, and where the folder's name has a blank."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").symlink_to(str(shutil.which("git")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "argv", [".venv/bin/atbtst"])
    said = program("demo", "mitt råd").out
    folder = shlex.quote(str(program.folder / "mitt råd"))
    assert f".venv/bin/atbtst -C {folder} item list\n" in said
    assert f"git -C {folder} log --stat\n" in said


def test_the_demo_is_safe_to_repeat(program: Program) -> None:
    program("demo")
    program("demo")
    assert sorted(path.name for path in program.folder.iterdir()) == ["atbtst-demo", "atbtst-demo-2"]


def test_the_demo_writes_over_nothing(program: Program) -> None:
    (program.folder / "mine").mkdir()
    (program.folder / "mine" / "text").write_text("mine")
    program("demo", "mine", code=3)
    assert (program.folder / "mine" / "text").read_text() == "mine"
