"""Judges from outside: axe-core in a browser and the Nu HTML Checker for the HTML, qpdf for the PDF.

The first two are packages of the npm registry; ATBTST_NODE_MODULES names the folder where they are installed.
"""

import html
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import Program

from atbtst_cli.commands.demo import SHEET

MODULES = Path(os.environ.get("ATBTST_NODE_MODULES", "node_modules"))
BROWSER = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def found(name: str) -> Path:
    """A file of an npm package; the test is skipped where it is not installed, and fails where all has to be there."""
    path = MODULES / name
    if not path.is_file():
        (pytest.fail if os.environ.get("ATBTST_OUTSIDE") == "required" else pytest.skip)(f"{name} is not installed")
    return path


@pytest.fixture(params=["internal", "public"])
def page(request: pytest.FixtureRequest, council: Program) -> Path:
    """The demo's minutes as HTML."""
    council("minutes", "new", "RÅD", "--from", SHEET)
    path = council.folder.parent / "minutes.html"
    council("minutes", "render", "RÅD", "-f", "html", "--edition", request.param, "--draft", "-o", path)
    return path


@pytest.mark.outside("chromium")
def test_axe_finds_no_barrier(page: Path, tmp_path: Path) -> None:
    """Every rule of axe-core that judges WCAG 2.1 A and AA and good practice passes in a real browser."""
    axe = found("axe-core/axe.min.js").read_text("utf-8")
    run = "axe.run().then(told => { document.title = 'done'; document.body.textContent = JSON.stringify(told.violations); })"
    page.write_text(f"{page.read_text('utf-8')}<script>{axe}</script><script>{run}</script>", "utf-8")
    command = [
        "chromium",
        *BROWSER,
        f"--user-data-dir={tmp_path}",
        "--virtual-time-budget=20000",
        "--dump-dom",
        page.as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert "<title>done</title>" in shown
    told = re.search(r"<body[^>]*>(.*?)</body>", shown, re.DOTALL)
    assert told
    assert [one["id"] for one in json.loads(html.unescape(told[1]))] == []


@pytest.mark.outside("java")
def test_the_nu_checker_finds_no_error(page: Path) -> None:
    command = ["java", "-jar", str(found("vnu-jar/build/dist/vnu.jar")), "--stdout", "--format", "json", str(page)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stdout)
    assert [one["message"] for one in told["messages"]] == []


@pytest.mark.outside("qpdf")
def test_qpdf_finds_nothing_wrong(council: Program) -> None:
    council("minutes", "new", "RÅD", "--from", SHEET)
    path = next(council.folder.rglob("minutes.pdf"))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
