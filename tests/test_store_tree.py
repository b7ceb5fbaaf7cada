"""A commit's files are the commit's, wherever their bytes are taken from; and what two trees share is read once."""

from pathlib import Path

import pytest
from conftest import Program

from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.load import load
from atbtst_cli.store.tree import CommitTree, Overlay, WorkTree

MEMBER = "records/members/bo-exempel.yaml"


class Counted(WorkTree):
    """A work tree that keeps what was read from it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.seen: list[str] = []

    def read(self, path: str) -> bytes:
        self.seen.append(path)
        return super().read(path)


@pytest.fixture
def commit(council: Program) -> CommitTree:
    repo = GitRepo(council.folder)
    return CommitTree(repo, repo.entries("HEAD", ""), beside=WorkTree(council.folder))


def test_a_file_that_lies_there_as_the_commit_has_it_costs_git_nothing(
    commit: CommitTree, council: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(GitRepo, "content")
    assert commit.read(MEMBER) == (council.folder / MEMBER).read_bytes()


@pytest.mark.parametrize("state", ["changed", "same length", "gone", "empty", "a link", "a folder"])
def test_any_other_is_what_the_commit_says(commit: CommitTree, council: Program, state: str) -> None:
    path = council.folder / MEMBER
    wanted = path.read_bytes()
    path.unlink()
    if state == "changed":
        path.write_bytes(wanted + b"phone: '1'\n")
    elif state == "same length":
        path.write_bytes(wanted.replace(b"Bo", b"Bi"))
    elif state == "empty":
        path.touch()
    elif state == "a link":
        path.symlink_to(path.with_name("alva-exempel.yaml"))
    elif state == "a folder":
        path.mkdir()
    assert commit.read(MEMBER) == wanted


def test_two_councils_that_differ_in_one_file_read_the_others_once(council: Program) -> None:
    tree = Counted(council.folder)
    before = load(tree)
    renamed = tree.read(MEMBER).replace(b"Bo Exempel", b"Bo Ny")
    after = load(Overlay(tree, {MEMBER: renamed}), before, {MEMBER})
    tree.seen.clear()
    assert [member.names[0].name for member in after.members.values()][1] == "Bo Ny"
    assert [member.names[0].name for member in before.members.values()][1] == "Bo Exempel"
    assert sorted(tree.seen) == tree.paths("records/members")


def test_what_cannot_be_read_is_found_in_both(council: Program) -> None:
    (council.folder / MEMBER).write_text("id: [\n", encoding="utf-8")
    tree = WorkTree(council.folder)
    before = load(tree)
    after = load(Overlay(tree, {}), before)
    assert "bo-exempel" not in {member.id for member in after.members.values()}
    assert [finding.path for finding in before.findings] == [finding.path for finding in after.findings] == [MEMBER]
