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


DOCUMENTS = {
    "internal": ["minutes", "render", "RÅD"],
    "public": ["minutes", "render", "RÅD", "--edition", "public", "--draft"],
    "extract": ["minutes", "render", "RÅD", "--for", "RÖN-AT"],
    "yearbook": ["network", "yearbook", "RÅD"],
}


@pytest.fixture
def minuted(council: Program) -> Program:
    """A council with the demo's minutes."""
    council("minutes", "new", "RÅD", "--from", SHEET)
    return council


def page(minuted: Program, name: str) -> Path:
    """One of the documents, as HTML."""
    path = minuted.folder.parent / f"{name}.html"
    minuted(*DOCUMENTS[name], "-f", "html", "-o", path)
    return path


@pytest.mark.outside("chromium")
@pytest.mark.parametrize("name", ["internal", "public", "yearbook"])
def test_axe_finds_no_barrier(minuted: Program, tmp_path: Path, name: str) -> None:
    """Every rule of axe-core that judges WCAG 2.1 A and AA and good practice passes in a real browser."""
    path = page(minuted, name)
    axe = found("axe-core/axe.min.js").read_text("utf-8")
    run = "axe.run().then(told => { document.title = 'done'; document.body.textContent = JSON.stringify(told.violations); })"
    path.write_text(f"{path.read_text('utf-8')}<script>{axe}</script><script>{run}</script>", "utf-8")
    command = [
        "chromium",
        *BROWSER,
        f"--user-data-dir={tmp_path}",
        "--virtual-time-budget=20000",
        "--dump-dom",
        path.as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert "<title>done</title>" in shown
    told = re.search(r"<body[^>]*>(.*?)</body>", shown, re.DOTALL)
    assert told
    assert [one["id"] for one in json.loads(html.unescape(told[1]))] == []


@pytest.mark.outside("java")
def test_the_nu_checker_finds_no_error(minuted: Program) -> None:
    """In one run for all documents, for its start takes longest."""
    pages = [str(page(minuted, name)) for name in DOCUMENTS]
    command = ["java", "-jar", str(found("vnu-jar/build/dist/vnu.jar")), "--stdout", "--format", "json", *pages]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stdout)
    assert [one["message"] for one in told["messages"]] == []


@pytest.mark.outside("qpdf")
def test_qpdf_finds_nothing_wrong(minuted: Program) -> None:
    path = next(minuted.folder.rglob("minutes.pdf"))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
