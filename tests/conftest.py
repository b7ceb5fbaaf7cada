"""What all tests share: an empty home, a council in a folder of its own, and the program run as a user runs it."""

import contextlib
import copy
import gc
import importlib
import io
import os
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import is_hypothesis_test, settings
from jinja2 import Environment

import atbtst_cli
from atbtst_cli.cli import run
from atbtst_cli.commands.session import Session
from atbtst_cli.language import use

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=1)))


settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


def _remembered(make: Callable[..., Any], key: Callable[..., object]) -> Callable[..., Any]:
    """The function, which makes each thing once."""
    made: dict[object, Any] = {}

    def remember(*arguments: Any, **more: Any) -> Any:
        known = key(*arguments, **more)
        if known not in made:
            made[known] = make(*arguments, **more)
        return made[known]

    return remember


# One process runs the program thousands of times; what every run would make anew and alike is made once.
typer.main.get_command = _remembered(typer.main.get_command, lambda app: app)
Environment.compile = _remembered(  # type: ignore[method-assign]
    Environment.compile, lambda looks, source, *rest, **more: (type(looks), source, rest, *more.items())
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write generated files and golden files anew")


UNTRACED = frozenset(
    (
        "test_approval",
        "test_clocks",
        "test_crowd",
        "test_demo",
        "test_documents_hostile",
        "test_documents_pdf",
        "test_editions_secrets",
        "test_help",
        "test_hostile",
        "test_hostile_repository",
        "test_journey",
        "test_minutes_recorded",
        "test_offers_take",
        "test_outside_tools",
        "test_resolve",
        "test_sending_broken",
        "test_sharing",
        "test_store_faults",
        "test_store_kill",
        "test_store_sheets",
        "test_store_synced",
        "test_store_yamlfile",
        "test_surroundings",
        "test_verify",
        "test_year",
        "test_year_seeds",
    )
)
"""The files whose tests reach what others reach too: being traced for the coverage takes as long as they do."""


def import_everything() -> None:
    """Import every module of the program but the one that starts it."""
    for module in pkgutil.walk_packages(atbtst_cli.__path__, "atbtst_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that at the end no core waits for the other.

    Properties are not traced for the coverage either. All modules are imported now, while the tracing is on: what a
    test that is not traced imports first would count as never run.
    """
    import_everything()
    for item in items:
        if is_hypothesis_test(getattr(item, "function", None)) or item.path.stem in UNTRACED:
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked outside("program") where that program is missing; fail it where all have to be there."""
    for mark in item.iter_markers("outside"):
        for name in mark.args:
            if not shutil.which(name):
                (pytest.fail if os.environ.get("ATBTST_OUTSIDE") == "required" else pytest.skip)(
                    f"{name} is not installed"
                )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether generated files are to be written anew instead of compared."""
    return bool(request.config.getoption("--update"))


@dataclass
class Result:
    """What one run of the program printed, and its exit code."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def text(self) -> str:
        """Everything it printed."""
        return self.out + self.err


@dataclass
class Program:
    """The program, run in this process with a fixed day and ids that are drawn in a fixed order."""

    folder: Path
    now: datetime = NOW
    seeds: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))
    step: Callable[[str], None] = lambda _name: None

    def __call__(self, *arguments: str | Path, code: int | None = 0, given: str | bytes = "") -> Result:
        """Run one command line; with ``code`` None any exit code will do."""
        raw, err = io.BytesIO(), io.StringIO()
        out = io.TextIOWrapper(raw, "utf-8", write_through=True)
        data = given.encode() if isinstance(given, str) else given
        session = Session(clock=lambda: self.now, seed=lambda: next(self.seeds), step=self.step)
        before = sys.stdin, Path.cwd()
        sys.stdin = io.TextIOWrapper(io.BytesIO(data), "utf-8")
        os.chdir(self.folder)
        gc.disable()  # as the program does
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                found = run([str(argument) for argument in arguments], session)
        finally:
            gc.enable()
            sys.stdin = before[0]
            os.chdir(before[1])
        result = Result(int(found), raw.getvalue(), err.getvalue())
        out.detach()
        assert code is None or result.code == code, f"exit code {result.code}\n{result.text}"
        return result


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home with a name for Git, so that nothing of the tester's own settings counts."""
    return empty_home(tmp_path, monkeypatch)


def empty_home(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home below a folder, and an environment without settings."""
    folder = place / "home"
    folder.mkdir()
    for name in list(os.environ):
        if name.startswith(("GIT_", "ATBTST_", "XDG_")) or name in ("VISUAL", "EDITOR", "NO_COLOR", "COLUMNS", "LANG"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (folder / ".gitconfig").write_text("[user]\n\tname = Cilla Exempel\n\temail = cilla@example.org\n")
    return folder


@pytest.fixture(autouse=True)
def _english() -> None:
    """Messages are in English until a run speaks the language of its workspace; what ran before does not count."""
    use("en")


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    """What git prints in a folder."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program, run in an empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Program(folder)


@pytest.fixture
def council(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program, run in a workspace with the organisation and five made-up members; made once, then copied."""
    return _again(found_council, program, tmp_path_factory)


_KEPT: dict[Callable[[Program], object], Program] = {}


def kept(make: Callable[[Program], object]) -> Any:
    """A fixture: the council that ``make`` makes more of; made once in each process, then copied."""

    def fixture(council: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
        return _again(make, council, tmp_path_factory)

    fixture.__doc__ = make.__doc__
    return pytest.fixture(fixture, name=make.__name__)


def _again(make: Callable[[Program], object], program: Program, places: pytest.TempPathFactory) -> Program:
    """The program after ``make``, with its folder, its day and the ids that come next."""
    known = _KEPT.get(make)
    if known:
        folder = program.folder.parent / "council" if program.folder.name == "council" else program.folder / "council"
        shutil.rmtree(folder, ignore_errors=True)
        program.folder = shutil.copytree(known.folder, folder, symlinks=True)
        program.now, program.seeds = known.now, copy.copy(known.seeds)
        return program
    make(program)
    folder = shutil.copytree(program.folder, places.mktemp("kept") / "council", symlinks=True)
    _KEPT[make] = replace(program, folder=folder, seeds=copy.copy(program.seeds))
    return program


def found_council(program: Program) -> None:
    """Begin a council with the organisation and five members."""
    program("init", "council")
    program.folder /= "council"
    for name, seat in (
        ("Alva Exempel", "ron-dialog/convenor"),
        ("Bo Exempel", "ron-at/convenor"),
        ("Cilla Exempel", None),
        ("Disa Exempel", "ron-bt/convenor"),
        ("Erik Exempel", "ron-st/convenor"),
    ):
        program("member", "add", name, *(("--seat", seat, "--from", "2026-01-01") if seat else ()))
    program("member", "edit", "cilla-exempel", "--email", "cilla@example.org")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], Path]:
    """Sets an editor that plays Python statements on the text, one for each time it is opened, then does nothing.

    Each statement sees and sets ``text``. Returns the file that counts how often it was opened.
    """

    def play(turns: Sequence[str]) -> Path:
        count = tmp_path / "turns"
        count.write_text("0")
        script = tmp_path / "editor.py"
        script.write_text(
            "import pathlib, sys\n"
            f"turns = {list(turns)!r}\n"
            f"count = pathlib.Path({str(count)!r})\n"
            "turn = int(count.read_text())\n"
            "count.write_text(str(turn + 1))\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "scope = {'text': path.read_text('utf-8')}\n"
            "if turn < len(turns):\n"
            "    exec(turns[turn], scope)\n"
            "    path.write_text(scope['text'], 'utf-8')\n"
        )
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
        return count

    return play
