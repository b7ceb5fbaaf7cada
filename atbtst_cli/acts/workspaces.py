"""How a workspace begins, and how an old one is lifted to the present format."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.settings import FORMAT
from atbtst_cli.store import gitrepo, yamlfile
from atbtst_cli.store.layout import SETTINGS, schema_line
from atbtst_cli.store.packaged import packaged, packaged_paths

GITATTRIBUTES = """\
# Records are the same bytes on every system.
*.yaml                         text eol=lf
*.md                           text eol=lf
*.html                         text eol=lf
*.pdf                          binary

# What is built from them is told as changed, but not shown line by line.
records/meetings/**/agenda.*   -diff linguist-generated
records/meetings/**/minutes.*  -diff linguist-generated
records/meetings/**/public/*   -diff linguist-generated
schemas/*.json                 -diff linguist-generated
"""
GITIGNORE = """\
.DS_Store
Thumbs.db
*~
*.swp
"""
YAMLLINT = """\
extends: default
rules:
  document-start: disable
  empty-lines:
    max: 1
  indentation:
    spaces: 2
    indent-sequences: true
  line-length: disable
  truthy:
    check-keys: false
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new workspace goes: its folder, the repository that is there, and the folders that are not."""

    root: Path
    repository: Path | None

    missing: tuple[Path, ...]
    """The folder and those above it that have to be made, the innermost first."""


def place(path: Path) -> Place:
    """Where a new workspace can go; Refused where something would be overwritten or mixed up."""
    root = _absolute(path)
    if root.exists() and not root.is_dir():
        raise Refused(
            _("{path} is a file.").format(path=root),
            _("Name a folder, such as {path}.").format(path=f"{root}-council"),
        )
    repository = _repository(root)
    if repository:
        _refuse_second(root, repository)
    elif root.is_dir() and any(root.iterdir()):
        raise Refused(
            _("{path} is not empty, and it is no Git repository.").format(path=root),
            _("Choose a new folder. If the workspace is to live among these files, run first: {command}").format(
                command=f"git init {quote(str(root))}"
            ),
        )
    return Place(root, repository, _missing(root))


def fresh(path: Path) -> Place:
    """Where a workspace with a repository of its own can go, be it within another one's folder."""
    root = _absolute(path)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Refused(_("{path} is not empty.").format(path=root), _("Name a new folder."))
    return Place(root, None, _missing(root))


def _absolute(path: Path) -> Path:
    """The whole path, so that "." is told by its name; no symlink is resolved."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _missing(root: Path) -> tuple[Path, ...]:
    return tuple(folder for folder in (root, *root.parents) if not folder.exists())


def _repository(root: Path) -> Path | None:
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)


def _refuse_second(root: Path, repository: Path) -> None:
    if known := _workspace_in(root, repository):
        raise Refused(
            _("{path} is a workspace already, and a repository holds one.").format(path=known),
            _("Use it: {command}   or choose a folder outside {repository}.").format(
                command=f"atbtst -C {quote(str(known))} check", repository=repository
            ),
        )
    taken = [name for name in _first_files("", empty=False) if (root / name).exists()]
    if taken:
        raise Refused(
            _("{path} has files of that name already: {names}. Nothing was overwritten.").format(
                path=root, names=", ".join(taken)
            ),
            _("Choose an empty folder, such as {path}.").format(path=root / "council"),
        )


def _workspace_in(root: Path, repository: Path) -> Path | None:
    """The workspace that a repository holds already: at or above a folder, or wherever its latest commit has one."""
    above = next((folder for folder in (root, *root.parents) if (folder / SETTINGS).exists()), None)
    if above and above.is_relative_to(repository):
        return above
    repo = gitrepo.GitRepo(repository)
    tip = repo.commit_of("HEAD")
    known = repo.entries(tip, "") if tip else {}
    return next(
        (repository / path.removesuffix(SETTINGS) for path in known if f"/{path}".endswith(f"/{SETTINGS}")), None
    )


def begin(place: Place) -> gitrepo.GitRepo:
    """The repository of a new workspace, made where there was none."""
    place.root.mkdir(parents=True, exist_ok=True)
    return gitrepo.GitRepo(place.root) if place.repository else gitrepo.create(place.root)


def give_up(place: Place) -> None:
    """Take away the repository and the folders that ``begin`` made, as long as nothing is in them."""
    if place.repository is None:
        shutil.rmtree(place.root / ".git")
    with suppress(OSError):
        for folder in place.missing:
            folder.rmdir()


def init(name: str, *, empty: bool) -> Callable[[Council], Change[int]]:
    """Fill a new workspace: settings, the organisation unless ``empty``, schemas, and files for Git and editors."""

    def act(_council: Council) -> Change[int]:
        documents = _first_files(name, empty=empty)
        records = sum(path.startswith("records/networks/") for path in documents)
        return Change(records, f"init: {name}", "", (), {}, documents)

    return act


def _first_files(name: str, *, empty: bool) -> dict[str, bytes]:
    files = {path: packaged(path) for path in packaged_paths("schemas")}
    files |= {
        ".gitattributes": GITATTRIBUTES.encode(),
        ".gitignore": GITIGNORE.encode(),
        ".yamllint": YAMLLINT.encode(),
    }
    if empty:
        return files | {SETTINGS: yamlfile.new(_settings(name), schema_line(SETTINGS))}
    organisation = [path for path in packaged_paths("records") if path.startswith("records/networks/")]
    return files | {path: packaged(path) for path in (SETTINGS, *organisation)}


def _settings(name: str) -> dict[str, str | int]:
    """The settings of a council of which only the folder's name is known."""
    line = " ".join(name.split()) or "–"
    return {
        "format": FORMAT,
        "name": line,
        "organisation": line,
        "language": "sv",
        "time_zone": "Europe/Stockholm",
    }


def migrate() -> Callable[[Council], Change[None]]:
    """Bring the workspace to the present format: 1 is the first one, so that only schemas can be out of date."""

    def act(_council: Council) -> Change[None]:
        return Change(
            None, "migrate: format 1", "", (), {}, {path: packaged(path) for path in packaged_paths("schemas")}
        )

    return act
