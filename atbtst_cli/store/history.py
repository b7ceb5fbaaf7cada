"""What Git remembers of a file: every commit that touched it, newest first."""

from typing import TypedDict

from atbtst_cli.store.gitrepo import GitRepo


class Step(TypedDict):
    """One commit: its id, its day, who made it, and what it said."""

    commit: str
    date: str
    author: str
    subject: str


def history(repo: GitRepo, path: str) -> list[Step]:
    """The commits that touched a path (from the repository's top), newest first."""
    if repo.commit_of("HEAD") is None:
        return []
    form = "--format=%H%x1f%as%x1f%an%x1f%s"
    lines = repo.lines("--literal-pathspecs", "log", "--no-show-signature", form, "HEAD", "--", str(repo.top / path))
    return [Step(commit=one, date=two, author=three, subject=four) for one, two, three, four in map(_parts, lines)]


def _parts(line: str) -> tuple[str, str, str, str]:
    commit, day, author, subject = line.split("\x1f", 3)
    return commit, day, author, subject
