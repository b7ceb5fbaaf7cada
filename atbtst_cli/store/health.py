"""What state a repository and its work tree are in, found without changing anything."""

import time
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from atbtst_cli.store.follow import PASSING
from atbtst_cli.store.gitprogram import moment
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.layout import SETTINGS
from atbtst_cli.store.marks import MARK, marked_documents
from atbtst_cli.store.tree import Tree, content

CHEAP = 50_000
"""The kilobytes of a repository up to which every object is read; in a larger one they are only counted over."""
LOCKS = ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock", "refs/**/*.lock")
PROCESSES = Path("/proc")
"""Where the system shows its processes, if it does."""
Entries = dict[str, tuple[str, str]]
"""Mode and blob of files, by their paths."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock of Git's that lies there, its age in seconds, and since when that is."""

    path: Path
    age: float
    since: str


def workspaces(folder: Path) -> list[Path]:
    """The workspaces that Git keeps in a folder's repository, even if their settings do not lie there."""
    repo = GitRepo(folder)
    return [repo.top / path.removesuffix(SETTINGS) for path in tracked(repo, repo.top) if _is_settings(path)]


def _is_settings(path: str) -> bool:
    return f"/{path}".endswith(f"/{SETTINGS}")


def locks(repo: GitRepo) -> list[Lock]:
    """Every lock of Git's on the index, the refs and the settings, which stops whoever wants to change them."""
    folders = {repo.git_dir, repo.shared_dir}
    found = set(chain.from_iterable(folder.glob(name) for folder in folders for name in LOCKS))
    now = time.time()
    times = {path: path.lstat().st_mtime for path in sorted(found)}
    return [Lock(path, max(0, now - made), moment(made)) for path, made in times.items()]


def git_at_work(repo: GitRepo) -> bool | None:
    """Whether a git program works in a repository now; None where the system does not show its processes."""
    if not (PROCESSES / "self").exists():
        return None
    repo.close()  # the one that reads for us does not count
    places = {repo.top.resolve(), repo.git_dir.resolve(), repo.shared_dir.resolve()}
    return any(_works(process, places) for process in PROCESSES.glob("[0-9]*") if _is_git(process))


def _is_git(process: Path) -> bool:
    with suppress(OSError):
        return (process / "comm").read_text("utf-8", "replace").strip().startswith("git")
    return False


def _works(process: Path, places: Iterable[Path]) -> bool:
    """Whether a process stands in one of the places; of a process that hides it that is to be feared."""
    try:
        here = (process / "cwd").readlink()
    except PermissionError:
        return True
    except OSError:
        return False
    return any(here.is_relative_to(place) for place in places)


def passing(repo: GitRepo) -> list[Path]:
    """What an atbtst command that was killed has left in Git's folder, its journal among it."""
    return [repo.ours / name for name in ("pending", *PASSING) if (repo.ours / name).exists()]


def temporary(repo: GitRepo, records: Path) -> list[Path]:
    """Files that were on their way when the program, or the git that it was called by, was killed."""
    near = (path for path in records.rglob(".*.atbtst") if not path.is_dir())
    kept = (path for path in repo.ours.rglob("*.new") if path.parent != repo.ours)
    return sorted(chain(near, kept, repo.top.glob(".merge_file_*")))


def adds_nothing(path: Path) -> bool:
    """Whether a file on its way to its place holds nothing that the file in that place does not."""
    with suppress(OSError):
        return path.suffix != ".new" or path.with_suffix("").read_bytes().startswith(path.read_bytes())
    return False


def unmerged(repo: GitRepo) -> dict[str, set[str]]:
    """The paths, from the repository's top, of which the index holds several sides; 2 is Git's ours, 3 its theirs."""
    found: dict[str, set[str]] = {}
    for line in repo.stream("-C", str(repo.top), "ls-files", "-z", "--unmerged"):
        facts, _tab, path = line.partition("\t")
        found.setdefault(path, set()).add(facts.split(" ")[2])
    return found


def strangers(repo: GitRepo, folder: Path, *, ignored: bool) -> list[str]:
    """The paths below a folder's records that Git does not keep: those that it is told to ignore, or the others."""
    which = ("--ignored",) if ignored else ()
    how = ("ls-files", "-z", "--others", *which, "--exclude-standard")
    return list(repo.stream("-C", str(folder), *how, "--", "records"))


def tracked(repo: GitRepo, folder: Path) -> Entries:
    """Mode and blob of every file that Git keeps below a folder, by its path from that folder."""
    found = {}
    for line in repo.stream("-C", str(folder), "ls-files", "-z", "--stage"):
        facts, _tab, path = line.partition("\t")
        found[path] = (facts.split(" ")[0], facts.split(" ")[1])
    return found


def twins(paths: Iterable[str]) -> list[tuple[str, ...]]:
    """The paths that some systems take for one: they differ in case only, or in how an å is put together."""
    alike: dict[str, list[str]] = {}
    for path in paths:
        alike.setdefault(unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold()), []).append(path)
    return [tuple(sorted(group)) for group in alike.values() if len(group) > 1]


def marked(tree: Tree) -> list[str]:
    """The records and documents that hold marks of a conflict."""
    paths = tree.paths("records")
    records = [path for path in paths if path.endswith(".yaml") and MARK.search(content(tree, path) or b"")]
    return sorted((*records, *marked_documents(tree, paths)))


def pointers(tree: Tree, paths: Iterable[str]) -> list[str]:
    """The records that are pointers of Git LFS."""
    return [path for path in paths if (content(tree, path) or b"").startswith(b"version https://git-lfs")]


def whole_before(repo: GitRepo, path: str) -> str | None:
    """The newest commit in which a file, by its path from the repository's top, has no marks, if one is near."""
    for commit in repo.lines("-C", str(repo.top), "log", "-20", "--format=%h", "--", path):
        held = repo.entries(commit, path)
        if path in held and not MARK.search(repo.content(held[path][1])):
            return commit
    return None


@dataclass(frozen=True, slots=True)
class Behind:
    """Files that still are as they were before the branch's latest commit: in the index, in the work tree, or both."""

    index: tuple[str, ...]
    files: tuple[str, ...]


def behind(repo: GitRepo, commit: str) -> Behind:
    """What did not follow the branch to a commit; nothing where some of the files that it changed did."""
    changed = repo.changes(f"{commit}^", commit) if repo.commit_of(f"{commit}^") else []
    staged = repo.staged([path for path, _old, _new in changed])
    before = {path: old and old[1] for path, old, _new in changed}
    index = tuple(path for path, old in before.items() if staged.get(path) == old)
    files = tuple(path for path, old in before.items() if _lies(repo, path, old))
    return Behind(*(held if len(held) == len(changed) else () for held in (index, files)))


def _lies(repo: GitRepo, path: str, blob: str | None) -> bool:
    file = repo.top / path
    if file.is_symlink() or file.is_dir():
        return False
    return (repo.blob_id(file.read_bytes()) if file.exists() else None) == blob


def damage(repo: GitRepo) -> list[str]:
    """What Git finds missing or broken among its objects, in its own words; at most a few lines."""
    facts = dict(line.split(": ", 1) for line in repo.lines("count-objects", "-v") if ": " in line)
    size = int(facts.get("size", 0)) + int(facts.get("size-pack", 0))
    return repo.damage(*(() if size < CHEAP else ("--connectivity-only",)))[:3]


def attribute(repo: GitRepo, folder: Path, path: str, names: Sequence[str]) -> dict[str, str]:
    """What Git's attributes say of a path below a folder, whatever file they stand in."""
    parts = repo.stream("-C", str(folder), "check-attr", "-z", *names, "--", path)
    return {name: value for _path, name, value in zip(parts, parts, parts, strict=False)}
