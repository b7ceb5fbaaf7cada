"""atbtst demo and the README: what a newcomer does first works as written."""

from pathlib import Path

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


def test_the_demo_is_safe_to_repeat(program: Program) -> None:
    program("demo")
    program("demo")
    assert sorted(path.name for path in program.folder.iterdir()) == ["atbtst-demo", "atbtst-demo-2"]


def test_the_demo_writes_over_nothing(program: Program) -> None:
    (program.folder / "mine").mkdir()
    (program.folder / "mine" / "text").write_text("mine")
    program("demo", "mine", code=3)
    assert (program.folder / "mine" / "text").read_text() == "mine"
