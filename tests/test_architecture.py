"""The house: imports point down only, each library has one home, and help starts without the heavy ones."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "atbtst_cli"
LAYERS = (
    ("__init__",),
    ("language",),
    ("errors",),
    ("models",),
    ("rules", "sheet", "store"),
    ("documents",),
    ("naming",),
    ("views",),
    ("acts",),
    ("output",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""From the ground up; rooms on one floor do not know each other."""
HOMES = {
    "typer": ("cli", "commands"),
    "rich": ("output",),
    "yaml": ("store/yamlfile",),
    "ruamel": ("store/yamlfile",),
    "git": ("store/gitprogram",),
    "filelock": ("store/lock",),
    "pydantic": ("models", "store/load"),
    "jinja2": ("documents",),
    "typst": ("documents",),
    "markdown_it": ("documents",),
    "babel": ("language",),
    "icalendar": ("documents/calendar",),
    "holidays": ("rules/clashes",),
    "smtplib": ("store/smtp",),
    "keyring": ("store/smtp",),
    "email": ("documents/mail",),
}
"""Each library, and the only place that may import it."""
PURE = ("os", "pathlib", "subprocess", "random", "secrets", "time", "shutil", "tempfile", "io")
"""What rules and sheet do without: no files, no processes, no chance, no clock."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The room a file belongs to: its folder in the package, or its own name at the top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if name in rooms)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_only(path: Path) -> None:
    """A room imports from the floors below it, and from itself."""
    here = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "atbtst_cli":
            continue
        there = parts[1] if parts[1:] and any(parts[1] in rooms for rooms in LAYERS) else "__init__"
        assert there == here or floor(there) < floor(here), f"{here} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_one_home(path: Path) -> None:
    """A library is imported in its home alone."""
    place = path.relative_to(PACKAGE).with_suffix("").as_posix()
    for name in imports(path):
        for home in HOMES.get(name.partition(".")[0], (place,)):
            if place == home or place.startswith(home + "/"):
                break
        else:
            pytest.fail(f"{place} imports {name}")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if room(path) in ("rules", "sheet")], ids=lambda path: path.stem
)
def test_rules_and_sheet_are_pure(path: Path) -> None:
    """Rules and sheet read no file, start no process, and know neither clock nor chance."""
    assert not [name for name in imports(path) if name.partition(".")[0] in PURE]
    text = path.read_text("utf-8")
    assert "open(" not in text.replace("_open(", "")
    assert ".today()" not in text
    assert ".now(" not in text


HEAVY = (
    *("git", "jinja2", "yaml", "ruamel", "atbtst_cli.models", "typst", "markdown_it", "babel"),
    *("icalendar", "holidays"),
)
"""What a command imports only when it runs; pydantic itself is a part of typer."""


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["item", "--help"], ["minutes", "new", "--help"], ["check", "--help"]],
    ids=" ".join,
)
def test_help_starts_without_the_heavy_libraries(arguments: list[str]) -> None:
    """Help and version import neither Git nor YAML nor the models; told by module names, not by time."""
    code = (
        "import sys; from atbtst_cli.cli import run; code = run(sys.argv[1:]); "
        f"print(code, *(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert done.stderr.strip() == "0"
    assert done.stdout


def test_completion_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    """What the shell asks for while somebody types is answered from file names."""
    folder = tmp_path / "records" / "networks"
    folder.mkdir(parents=True)
    (folder / "rad.yaml").write_text("id: rad\nnames:\n  - name: Testrådet\n")
    code = (
        "import sys; from atbtst_cli.cli import main\n"
        "try: main()\n"
        f"finally: print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)"
    )
    environment = {
        "_ATBTST_COMPLETE": "complete_bash",
        "COMP_WORDS": "atbtst network show r",
        "COMP_CWORD": "3",
        "PYTHONPATH": str(PACKAGE.parent),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert "rad" in done.stdout
    assert done.stderr.strip() == ""


def test_the_lists_of_this_test_name_what_is_there() -> None:
    """Every room stands on a floor."""
    assert {room(path) for path in MODULES} == {name for rooms in LAYERS for name in rooms}
