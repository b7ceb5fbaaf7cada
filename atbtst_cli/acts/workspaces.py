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
from atbtst_cli.store import gitprogram, gitrepo, yamlfile
from atbtst_cli.store.layout import SETTINGS, schema_line
from atbtst_cli.store.packaged import packaged, packaged_paths
from atbtst_cli.store.tree import Tree, Unreadable

ATTRIBUTES = ".gitattributes"
GITATTRIBUTES = """\
# Records are the same bytes on every system.
*.yaml                         text eol=lf
*.md                           text eol=lf
*.html                         text eol=lf
*.pdf                          binary

# Records are merged field by field, by: atbtst merge-driver
records/**/*.yaml              merge=atbtst

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
    return workspace_of(repo, tip, repository) if tip else None


def workspace_of(repo: gitrepo.GitRepo, commit: str, top: Path) -> Path | None:
    """The folder of the workspace that a commit holds, seen from the repository's ``top``; None where it has none."""
    found = (path for path in repo.entries(commit, "") if f"/{path}".endswith(f"/{SETTINGS}"))
    return next((top / path.removesuffix(SETTINGS) for path in found), None)


def begin(place: Place) -> gitrepo.GitRepo:
    """The repository of a new workspace, made where there was none."""
    gitprogram.refuse_old(Path.cwd())
    place.root.mkdir(parents=True, exist_ok=True)
    return gitrepo.GitRepo(place.root) if place.repository else gitrepo.create(place.root)


def give_up(place: Place) -> None:
    """Take away the repository and the folders that ``begin`` made, as long as nothing is in them."""
    if place.repository is None:
        shutil.rmtree(place.root / ".git")
    with suppress(OSError):
        for folder in place.missing:
            folder.rmdir()


def clear(place: Place) -> None:
    """Take away all that came into the folder since ``begin``, and the folders that it made."""
    for path in place.root.iterdir() if place.root.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
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
        ATTRIBUTES: GITATTRIBUTES.encode(),
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


def migrate(tip: Callable[[], Tree]) -> Callable[[Council], Change[None]]:
    """Bring the workspace to the present format: 1 is the first one, so that only what lies beside records can be old.

    ``tip`` gives the files of the branch.
    """

    def act(_council: Council) -> Change[None]:
        files = {path: packaged(path) for path in packaged_paths("schemas")}
        known = attributes(tip())
        if unsaid := missing_attributes(known):
            files[ATTRIBUTES] = _with_lines(known, unsaid)
        return Change(None, "migrate: format 1", "", (), {}, files)

    return act


def attributes(tree: Tree) -> bytes:
    """What a tree's .gitattributes holds; nothing where there is none."""
    try:
        return tree.read(ATTRIBUTES)
    except (KeyError, Unreadable):
        return b""


def missing_attributes(data: bytes) -> list[bytes]:
    """The lines of a new workspace's .gitattributes that another one lacks, however many blanks are in its lines."""
    known = {tuple(line.split()) for line in data.splitlines()}
    lines = GITATTRIBUTES.encode().splitlines()
    return [line for line in lines if line and not line.startswith(b"#") and tuple(line.split()) not in known]


def _with_lines(data: bytes, missing: list[bytes]) -> bytes:
    """The attributes with ours that are missing put before all others, of which the last one counts."""
    if not data.strip():
        return GITATTRIBUTES.encode()
    return b"\n".join((b"# How atbtst files records.", *missing, b"", data))
