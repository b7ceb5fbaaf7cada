"""The README is true: its commands run as written, and what it shows is what they print.

Ids, commits and paths differ from run to run; everything else has to be the same. ``pytest --update`` writes what was
printed into the README.
"""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT

README = ROOT / "README.md"
PAGES = (README, *(ROOT / "docs" / f"{name}.md" for name in ("year", "matters", "organisation", "history", "trouble")))
WRITTEN = {"markdown": "meeting.md", "yaml": "seats.yaml"}
"""The file that a block of a kind becomes."""
DAY = re.compile(r"^<!-- today: (\d{4}-\d{2}-\d{2}) -->$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TODAY = "2026-03-20"
ITEM, MATTER = "i-k7q3d9m", "m-7c2k9xa"
"""The one action item of the README and the one matter of its pages, whatever ids a run gives them."""
RECORDS = {ITEM: "items", MATTER: "matters"}
OURS = {record[0]: record for record in RECORDS}
ID = re.compile(r"\b([im])-[0-9a-z]{4,7}\b")
VARYING = (
    (re.compile(r"\b[0-9a-f]{7,10}\b"), "0123456789"),
    (re.compile(r"/\S*/council/"), "council/"),
)


@dataclass
class Block:
    """One fenced block of the README: its language, its text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def blocks(text: str) -> list[Block]:
    """The fenced blocks in order, and the days that a page tells its reader in comments that nobody sees."""
    fenced = [Block(found[1], found[2], found.start(2), found.end(2)) for found in BLOCK.finditer(text)]
    days = [Block("day", found[1], found.start(1), found.end(1)) for found in DAY.finditer(text)]
    return sorted(fenced + days, key=lambda block: block.start)


def steady(text: str) -> str:
    """The text with what differs from run to run taken out."""
    text = ID.sub(lambda found: OURS[found[1]], text)
    for pattern, instead in VARYING:
        text = pattern.sub(instead, text)
    return re.sub(r"  +", "  ", text).rstrip()


def readable(printed: str) -> str:
    """What was printed as the README shows it: with its own id for the item, as long as it was, and short paths."""
    text = ID.sub(lambda found: OURS[found[1]][: len(found[0])], printed)
    return re.sub(r"/\S*/council/", "council/", text)


class Reader:
    """Somebody who follows the README in a shell, command by command."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.printed = ""
        editor = folder / "editor.py"
        editor.write_text(
            "import pathlib, re, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text('utf-8')\n"
            "path.write_text(re.sub('(?m)^(## .*)$', r'\\1\\nInget.', text, count=1), 'utf-8')\n"
        )
        self.environment = {
            "HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "EDITOR": f"{sys.executable} {editor}",
            "ATBTST_TODAY": TODAY,
            "COLUMNS": "100",
        }

    def printed_after(self, block: Block) -> str:
        """What was printed last, once the block's commands are run and its files and days are taken in."""
        if block.kind == "sh" and ".venv/" not in block.text:
            for line in block.text.splitlines():
                self.run(line)
        elif block.kind in WRITTEN:
            (self.folder / WRITTEN[block.kind]).write_text(self.named(block.text), "utf-8")
        elif block.kind == "day":
            self.environment["ATBTST_TODAY"] = block.text
        return self.printed.rstrip() + "\n"

    def run(self, line: str) -> None:
        """Run one line; ``cd`` is for the lines that follow."""
        if line.startswith("cd "):
            self.folder /= line.removeprefix("cd ")
            return
        done = subprocess.run(
            ["bash", "-c", self.named(line)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        self.printed = done.stdout + done.stderr

    def named(self, text: str) -> str:
        """The text with the ids that this run has given to the item and the matter."""
        for ours, kind in RECORDS.items():
            for known in sorted(self.folder.rglob(f"records/{kind}/*/*.yaml"))[:1]:
                text = text.replace(ours, known.stem).replace(ours[:6], known.stem)
        return text


@pytest.mark.long
def test_the_readme_and_its_pages_run_as_written(tmp_path: Path, home: Path, update: bool) -> None:
    """The pages on a council's year, a matter's way and the organisation go on where the README ends, in this order."""
    reader = Reader(tmp_path, home)
    for page in PAGES:
        text = page.read_text("utf-8")
        shown = [(block, reader.printed_after(block)) for block in blocks(text)]
        told = [(block, printed) for block, printed in shown if block.kind == ""]
        if update and any(steady(block.text) != steady(printed) for block, printed in told):
            for block, printed in reversed(told):
                text = text[: block.start] + readable(printed) + text[block.end :]
            page.write_text(text, "utf-8")
            continue
        for block, printed in told:
            assert steady(block.text) == steady(printed), page.name


def test_one_item_goes_through_the_readme() -> None:
    """Whoever reads on finds the id again that was printed before."""
    assert all(ITEM.startswith(found[0]) for found in ID.finditer(README.read_text("utf-8")))


def test_the_readme_is_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) < 200


@pytest.mark.parametrize("ending", ["atbtst demo", "pytest -n 2"])
def test_the_lines_that_set_everything_up_are_plain(ending: str) -> None:
    """One line each: a virtual environment, pip, and the thing itself. .ci/run runs both."""
    lines = [
        line for block in blocks(README.read_text("utf-8")) for line in block.text.splitlines() if line.endswith(ending)
    ]
    assert len(lines) == 1
    commands = [shlex.split(part) for part in lines[0].split("&&")]
    assert [command[0] for command in commands] == [
        "python3",
        ".venv/bin/pip",
        f".venv/bin/{ending.split(maxsplit=1)[0]}",
    ]
