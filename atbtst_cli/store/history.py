"""What Git remembers: the commits that touched a file, newest first, and what the branch had on a day."""

from datetime import date
from typing import TypedDict

from atbtst_cli.store.gitrepo import GitRepo


class Step(TypedDict):
    """One commit: its id, its day, who made it, and what it said."""

    commit: str
    date: str
    author: str
    subject: str


FORM = "%H%x1f%as%x1f%an%x1f%s"
VERSIONS = (
    *("--raw", "--root", "--no-abbrev", "--no-renames", "--no-follow", "--no-color"),
    *("--date-order", "--diff-merges=first-parent"),
)
"""What makes git tell mode and blob of a file before and after each commit, whatever the user's own settings say.

No commit comes before those that follow it, and a merge is told as what it changed of the branch that it was made on.
"""
Entry = tuple[str, str]
"""Mode and blob of a file."""
Touch = tuple[str, Entry | None, Entry | None]
"""A path from the repository's top, and the file there before and after a commit."""


def history(repo: GitRepo, path: str, since: str | None = None) -> list[Step]:
    """The commits that touched a path (from the repository's top), newest first; those after ``since`` if given."""
    if repo.commit_of("HEAD") is None:
        return []
    past = f"{since}..HEAD" if since else "HEAD"
    wanted = ("--no-show-signature", f"--format={FORM}", past, "--", str(repo.top / path))
    return [_step(line) for line in repo.lines("--literal-pathspecs", "log", *wanted)]


def versions(repo: GitRepo, path: str) -> list[tuple[Step, Entry | None, Entry | None]]:
    """The commits that touched a path, newest first, each with the file before and after; None where there was none."""
    return [(step, *(touched[0][1:] if touched else (None, None))) for step, touched in touches(repo, path)]


def touches(repo: GitRepo, path: str) -> list[tuple[Step, list[Touch]]]:
    """The commits that touched a file or a folder, newest first, each with what it did to the files there."""
    if repo.commit_of("HEAD") is None:
        return []
    wanted = ("--no-show-signature", *VERSIONS, f"--format={FORM}", "HEAD", "--", str(repo.top / path))
    found: list[tuple[Step, list[Touch]]] = []
    for line in repo.lines("-c", "core.quotePath=false", "--literal-pathspecs", "log", *wanted):
        if line.startswith(":"):
            facts, _tab, name = line[1:].partition("\t")
            mode, new_mode, blob, new_blob, _status = facts.split(" ")
            found[-1][1].append((name, _entry(mode, blob), _entry(new_mode, new_blob)))
        elif line:
            found.append((_step(line), []))
    return found


def _entry(mode: str, blob: str) -> Entry | None:
    return (mode, blob) if blob.strip("0") else None


def commits(repo: GitRepo, *, own: bool) -> list[tuple[str, date]]:
    """Every commit of the branch with the day it was made, newest first.

    Its ``own`` are those that it had itself: what others made elsewhere counts from the day on which it came in.
    """
    if repo.commit_of("HEAD") is None:
        return []
    line = ("--first-parent",) if own else ()
    told = (line.split(" ") for line in repo.lines("log", *line, "--no-show-signature", "--format=%H %cs", "HEAD"))
    return [(commit, date.fromisoformat(day)) for commit, day in told]


def marked(repo: GitRepo, key: str) -> list[tuple[str, Step]]:
    """The values of a trailer in the messages of the branch's commits, each with its commit, newest first."""
    if repo.commit_of("HEAD") is None:
        return []
    form = f"--format=%(trailers:key={key},valueonly,separator=%x1e)%x1d{FORM}"
    lines = repo.lines("log", "--no-show-signature", form, "-E", f"--grep=^{key}: ", "HEAD")
    found = (line.partition("\x1d") for line in lines)
    return [(value, _step(line)) for values, _mark, line in found for value in values.split("\x1e") if value]


def _step(line: str) -> Step:
    commit, day, author, subject = line.split("\x1f", 3)
    return Step(commit=commit, date=day, author=author, subject=subject)
