"""In a pseudo-terminal, as a person sits at it: questions, colour, width, and saying no."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from conftest import ROOT, Program, git
from handmade import commits, item, meeting

from atbtst_cli.output import cells_of

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
WAIT = 30
Start = Callable[..., pexpect.spawn]


def _hear_interrupts() -> None:
    """Let Ctrl-C reach the program, as in a terminal; whoever runs the tests may have Ctrl-C ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts the program in a terminal of a width; what still runs at the end of the test is ended."""
    running = []

    def begin(folder: Path, *arguments: str, columns: int = 80, **more: str) -> pexpect.spawn:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "ATBTST_TODAY": "2026-03-02",
            **more,
        }
        command = ["-m", "atbtst_cli", *arguments]
        running.append(
            pexpect.spawn(
                sys.executable,
                command,
                cwd=str(folder),
                env=environment,
                encoding="utf-8",
                timeout=WAIT,
                dimensions=(50, columns),
                preexec_fn=_hear_interrupts,
            )
        )
        return running[-1]

    yield begin
    for child in running:
        child.close(force=True)


def ended(child: pexpect.spawn) -> tuple[str, int]:
    """What was printed since, and the exit code."""
    child.expect(pexpect.EOF)
    child.close()
    return child.before, child.exitstatus


def test_init_asks_for_name_and_address_where_git_has_none(program: Program, home: Path, start: Start) -> None:
    """They are kept for this repository alone."""
    (home / ".gitconfig").unlink()
    child = start(program.folder, "init", "council")
    child.expect(": ")
    child.sendline("Åsa Exempel")
    child.expect(": ")
    child.sendline("asa@example.org")
    assert ended(child)[1] == 0
    folder = program.folder / "council"
    assert git(folder, "log", "-1", "--format=%an <%ae>").strip() == "Åsa Exempel <asa@example.org>"
    assert not (home / ".gitconfig").exists()


def test_init_that_is_interrupted_at_a_question_leaves_nothing(program: Program, home: Path, start: Start) -> None:
    (home / ".gitconfig").unlink()
    child = start(program.folder, "init", "council")
    child.expect(": ")
    child.sendcontrol("c")
    assert ended(child)[1] == 130
    assert not (program.folder / "council").exists()


@pytest.mark.parametrize("columns", [80, 120])
def test_a_list_has_colour_and_fits(council: Program, start: Start, columns: int) -> None:
    meeting(council, "2026-02-17-rad", "held:\n  date: 2026-02-17\n")
    rest = "origin:\n  meeting: 2026-02-17-rad\nowners:\n  - ron-at/convenor\n  - disa-exempel\ndue: 2026-02-20\n"
    item(council, 1, "Boka lokal till introduktionsdagen och stäm av antalet platser med alla nätverk", rest)
    text, code = ended(start(council.folder, "item", "list", columns=columns))
    assert code == 0
    assert "\x1b[1;31m2026-02-20 !" in text
    lines = ESCAPE.sub("", text).splitlines()
    assert max(map(cells_of, lines)) <= columns
    assert (" · " in text) == (columns == 80)


@pytest.mark.parametrize(
    ("arguments", "more"), [(["--no-color"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})], ids=str
)
def test_colour_can_be_refused(council: Program, start: Start, arguments: list[str], more: dict[str, str]) -> None:
    item(council, 1, "Boka lokal", "due: 2026-02-20\n")
    text, code = ended(start(council.folder, *arguments, "item", "list", **more))
    assert code == 0
    assert "2026-02-20 !" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("columns", [80, 120])
def test_findings_break_between_words(council: Program, start: Start, columns: int) -> None:
    text, code = ended(start(council.folder, "check", columns=columns))
    assert code == 0
    lines = ESCAPE.sub("", text).splitlines()
    assert max(map(cells_of, lines)) <= columns
    assert not any(line.endswith("primarv") for line in lines)
    assert "universitetssjukvård)" in " ".join(lines)


def test_a_question_that_is_declined_changes_nothing(council: Program, start: Start, tmp_path: Path) -> None:
    """Ctrl-C at the question which meeting it is; no editor opens."""
    meeting(council, "2026-03-04-rad")
    git(council.folder, "add", "-A")
    git(council.folder, "commit", "-qm", "Planned")
    before = commits(council)
    opened = tmp_path / "opened"
    child = start(council.folder, "minutes", "new", "RÅD", EDITOR=f"touch {opened}")
    child.expect("2026-03-04.*: ")
    child.sendcontrol("c")
    assert ended(child)[1] == 130
    assert commits(council) == before
    assert not opened.exists()
    assert git(council.folder, "status", "--short") == ""


def test_an_editor_left_as_it_was_changes_nothing(council: Program, start: Start) -> None:
    before = commits(council)
    child = start(council.folder, "minutes", "new", "RÅD", "--date", "2026-02-17", EDITOR="true")
    text, code = ended(child)
    assert code == 130
    assert text.strip()
    assert not list((council.folder / ".git/atbtst").glob("sheets/*"))
    assert commits(council) == before
