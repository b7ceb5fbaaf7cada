"""A store and the shared record it belongs to, brought to the states from which sync is measured."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

EDITED = 100
"""The records that both sides change, each another field."""


def share(store: Path, surroundings: Mapping[str, str]) -> Path:
    """A bare repository that has the store's records, and in which somebody else can have changed some.

    The store can go back to its tag ``start``, or on to ``edited``; the shared one has a branch of either name.
    """
    shared = store.with_name(f"{store.name}-shared.git")
    _git(store, "clone", "--quiet", "--bare", "--no-tags", ".", str(shared), surroundings=surroundings)
    _git(store, "remote", "add", "origin", str(shared))
    items = sorted((store / "records" / "items").rglob("*.yaml"))[:EDITED]
    for name, edit in (("theirs", _with_title), ("edited", _with_news)):
        for item in items:
            item.write_text(edit(item.read_text("utf-8")), "utf-8")
        _git(store, "commit", "--quiet", "--all", "--message", name, surroundings=surroundings)
        _git(store, "tag", name)
        _git(store, "reset", "--quiet", "--hard", "start")
    _git(store, "push", "--quiet", "origin", "start^{commit}:refs/heads/start", "theirs^{commit}:refs/heads/edited")
    return shared


def renew(store: Path, shared: Path, state: str) -> None:
    """Take the store and the shared record back to a state: ``start`` or ``edited``; of the latter nobody knows yet."""
    _git(store, "reset", "--quiet", "--hard", state)
    _git(store, "clean", "--quiet", "-d", "--force")
    _git(shared, "update-ref", "refs/heads/main", f"refs/heads/{state}")
    for seen in ("refs/remotes/origin/main", "refs/atbtst/origin/heads/main"):
        _git(store, "update-ref", seen, "start^{commit}")


def _with_title(text: str) -> str:
    return text.replace("\ntitle: ", "\ntitle: I god tid – ", 1)


def _with_news(text: str) -> str:
    """The same item with its day set, which stands far from its title."""
    head = text.split("\ndue:", maxsplit=1)[0] if "\ndue:" in text else text
    rest = text[len(head) :].split("\n", 2)[2] if head != text else ""
    return head.rstrip("\n") + "\n\ndue: 2031-01-01\n" + rest


def _git(folder: Path, *arguments: str, surroundings: Mapping[str, str] | None = None) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True, env=surroundings, stdout=subprocess.DEVNULL)
