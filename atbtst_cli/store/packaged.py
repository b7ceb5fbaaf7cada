"""Files that come with the program: default looks, schemas, the starting organisation."""

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


@cache
def root() -> Path:
    """The folder that holds templates/, schemas/ and records/: inside an installed program, else the project's."""
    installed = PACKAGE / "_data"
    return installed if installed.is_dir() else PACKAGE.parent


def packaged(path: str) -> bytes:
    """The content of a file that comes with the program, such as "templates/document.html.j2"."""
    return (root() / path).read_bytes()


def packaged_paths(folder: str) -> list[str]:
    """The paths of all files below such a folder, sorted."""
    top = root()
    return sorted(path.relative_to(top).as_posix() for path in (top / folder).rglob("*") if path.is_file())
