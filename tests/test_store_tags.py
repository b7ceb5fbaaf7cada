"""A commit and its tags stand together or not at all, signed where Git signs."""

import json
import subprocess
from pathlib import Path

import pytest
from conftest import Program, git
from faults import APPROVE, MINUTED, TAG, assert_sound, begin_work, commits, fake_git, kill_at, with_minutes, work
from signing import SIGNER, key, know, sign_with

from atbtst_cli.models.change import Change
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.tags import signature, tags

ENGLISH = ("--language", "en")


def assert_nothing_happened(council: Program, before: list[str], mine: str) -> None:
    assert commits(council.folder, "--all") == before
    assert git(council.folder, "tag") == ""
    assert work(council.folder) == mine
    assert_sound(council.folder)


def test_an_approval_is_one_commit_with_an_annotated_tag_on_it(council: Program) -> None:
    with_minutes(council)
    before = commits(council.folder)
    council(*APPROVE)
    assert len(commits(council.folder)) == len(before) + 1
    assert git(council.folder, "cat-file", "-t", TAG) == "tag\n"
    assert git(council.folder, "rev-parse", f"{TAG}^{{commit}}") == git(council.folder, "rev-parse", "HEAD")
    assert git(council.folder, "for-each-ref", "--format=%(taggername) %(taggerdate:short)", f"refs/tags/{TAG}") == (
        "Cilla Exempel 2026-03-02\n"
    )
    assert work(council.folder).strip() == ""
    assert_sound(council.folder)


def test_what_the_user_has_under_way_stays_exactly_as_it_was(council: Program) -> None:
    with_minutes(council)
    begin_work(council.folder)
    mine = work(council.folder)
    council(*APPROVE)
    assert work(council.folder) == mine
    assert_sound(council.folder)


def test_an_approval_works_in_a_linked_work_tree_and_below_the_top(council: Program) -> None:
    with_minutes(council)
    git(council.folder, "worktree", "add", "-q", "-b", "second", "../second")
    council.folder = council.folder.parent / "second"
    council(*APPROVE)
    assert git(council.folder, "rev-parse", f"{TAG}^{{commit}}") == git(council.folder, "rev-parse", "second")
    assert_sound(council.folder)


def test_an_approval_works_where_git_names_things_by_sha256(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main", "--object-format=sha256", "council")
    program("init", "council/rad")
    program.folder /= "council/rad"
    program("member", "add", "Alva Exempel")
    with_minutes(program)
    program(*APPROVE)
    assert len(git(program.folder, "rev-parse", TAG).strip()) == 64
    program("minutes", "verify")
    assert_sound(program.folder)


def test_a_tag_that_is_there_already_is_not_written_over(council: Program) -> None:
    with_minutes(council)
    git(council.folder, "tag", "-a", "-m", "Mine", TAG)
    before, mine = commits(council.folder), work(council.folder)
    said = council(*ENGLISH, *APPROVE, code=3).err
    assert f"git tag -d {TAG}" in said
    assert (commits(council.folder), work(council.folder)) == (before, mine)
    assert git(council.folder, "tag", "-l", "--format=%(contents)", TAG).strip() == "Mine"


def test_a_tag_that_comes_at_the_same_moment_is_not_written_over(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git moves branch and tag only if both are as they were, and so neither moves."""
    with_minutes(council)
    before = commits(council.folder)
    fake_git(tmp_path, monkeypatch, f'case "$*" in *update-ref*) "$GIT" tag -m Mine {TAG} 2>/dev/null;; esac')
    assert TAG in council(*ENGLISH, *APPROVE, code=3).err
    assert commits(council.folder) == before
    assert git(council.folder, "tag", "-l", "--format=%(contents)", TAG).strip() == "Mine"
    assert_sound(council.folder)


def test_tags_that_a_killed_git_has_not_written_are_set(council: Program) -> None:
    """Git writes the refs of one transaction one after the other."""
    with_minutes(council)
    kill_at(council.folder, "branch-moved", *APPROVE)
    written = git(council.folder, "rev-parse", TAG)
    git(council.folder, "update-ref", "-d", f"refs/tags/{TAG}")
    council("item", "list")
    assert git(council.folder, "rev-parse", TAG) == written
    assert work(council.folder).strip() == ""
    assert_sound(council.folder)


def test_tags_of_a_change_that_did_not_come_are_taken_back(council: Program) -> None:
    with_minutes(council)
    before = commits(council.folder)
    kill_at(council.folder, "journalled", *APPROVE)
    made = json.loads((council.folder / ".git/atbtst/pending").read_bytes())["tags"][TAG]
    git(council.folder, "update-ref", f"refs/tags/{TAG}", made)
    council("item", "list")
    assert git(council.folder, "tag") == ""
    assert commits(council.folder) == before
    assert_sound(council.folder)


def test_a_tag_of_the_users_own_is_never_taken_back(council: Program) -> None:
    with_minutes(council)
    kill_at(council.folder, "journalled", *APPROVE)
    git(council.folder, "tag", "-m", "Mine", TAG)
    council("item", "list")
    assert git(council.folder, "tag", "-l", "--format=%(contents)", TAG).strip() == "Mine"


def test_a_branch_that_was_left_meanwhile_keeps_its_tag(council: Program) -> None:
    with_minutes(council)
    git(council.folder, "branch", "other")
    kill_at(council.folder, "branch-moved", *APPROVE)
    (council.folder / ".git/index.lock").unlink()
    git(council.folder, "symbolic-ref", "HEAD", "refs/heads/other")
    council("item", "list")
    assert git(council.folder, "rev-parse", f"{TAG}^{{commit}}") == git(council.folder, "rev-parse", "main")


@pytest.mark.outside("ssh-keygen")
@pytest.mark.parametrize(
    ("settings", "signed"),
    [
        ({"tag.gpgSign": "true"}, True),
        ({"commit.gpgSign": "yes"}, True),
        ({"commit.gpgSign": "true", "tag.gpgSign": "false"}, False),
        ({}, False),
    ],
    ids=["tags", "commits", "commits but no tags", "nothing"],
)
def test_a_tag_is_signed_where_git_signs(
    council: Program, tmp_path: Path, settings: dict[str, str], signed: bool
) -> None:
    with_minutes(council)
    mine = key(tmp_path)
    sign_with(council.folder, mine, "gpg.ssh.dummy")
    know(council.folder, mine)
    for name, value in settings.items():
        git(council.folder, "config", name, value)
    council(*APPROVE)
    done = subprocess.run(["git", "verify-tag", TAG], cwd=council.folder, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == signed
    assert (f'Good "git" signature for {SIGNER}' in done.stderr) == signed
    assert git(council.folder, "log", "-1", "--format=%G?").strip() == ("G" if "commit.gpgSign" in settings else "N")
    assert_sound(council.folder)


@pytest.mark.outside("ssh-keygen")
@pytest.mark.parametrize("setting", ["tag.gpgSign", "commit.gpgSign"])
@pytest.mark.parametrize("fault", ["no key", "no private half", "a program that fails"])
def test_a_signature_that_cannot_be_made_leaves_everything_as_it_was(
    council: Program, tmp_path: Path, setting: str, fault: str
) -> None:
    """Git's own tag command ends well in the first of these, with an unsigned tag."""
    with_minutes(council)
    mine = key(tmp_path)
    sign_with(council.folder, mine, setting)
    if fault == "a program that fails":
        git(council.folder, "config", "gpg.ssh.program", "/bin/false")
    else:
        mine.unlink()
    if fault == "no key":
        Path(f"{mine}.pub").unlink()
    before, was = commits(council.folder, "--all"), work(council.folder)
    said = council(*ENGLISH, *APPROVE, code=3).err
    assert "Git is set up to sign here, and it could not" in said
    assert "Nothing was changed" in said
    assert "user.signingkey" in said
    assert_nothing_happened(council, before, was)


@pytest.mark.outside("ssh-keygen")
def test_a_signing_key_of_the_users_own_settings_counts_too(council: Program, tmp_path: Path, home: Path) -> None:
    """Git makes the tag in a repository of its own, and yet with all settings."""
    with_minutes(council)
    mine = key(tmp_path)
    with (home / ".gitconfig").open("a") as file:
        file.write(f"[gpg]\n\tformat = ssh\n[user]\n\tsigningKey = {mine}.pub\n[tag]\n\tgpgSign = true\n")
    know(council.folder, mine)
    council(*APPROVE)
    assert git(council.folder, "tag", "-v", TAG)


@pytest.mark.outside("ssh-keygen")
def test_what_git_finds_of_signatures_is_understood(council: Program, tmp_path: Path) -> None:
    with_minutes(council)
    mine, other = key(tmp_path, "mine"), key(tmp_path, "other")
    folder = council.folder
    git(folder, "tag", "approved/light/1")
    git(folder, "tag", "--no-sign", "-m", "Unsigned", "approved/unsigned/1")
    for name, private in (("mine", mine), ("other", other)):
        sign_with(folder, private, "gpg.ssh.dummy")
        git(folder, "tag", "-s", "-m", "Signed", f"approved/{name}/1")
    forged = git(folder, "cat-file", "tag", "approved/mine/1").replace("Signed", "Forged")
    (tmp_path / "forged").write_text(forged)
    wrong = git(folder, "hash-object", "-t", "tag", "-w", str(tmp_path / "forged")).strip()
    git(folder, "update-ref", "refs/tags/approved/wrong/1", wrong)
    repo = GitRepo(folder)
    found = {tag.name: signature(repo, tag).kind for tag in tags(repo, "approved")}
    assert found == {
        "approved/light/1": "none",
        "approved/unsigned/1": "none",
        "approved/mine/1": "unlisted",
        "approved/other/1": "unlisted",
        "approved/wrong/1": "unlisted",
    }
    know(folder, mine)
    known = {tag.name: signature(repo, tag) for tag in tags(repo, "approved")}
    repo.close()
    assert (known["approved/mine/1"].kind, known["approved/mine/1"].name) == ("valid", SIGNER)
    assert known["approved/other/1"].kind == "unknown"
    assert known["approved/other/1"].name.startswith("SHA256:")
    assert known["approved/wrong/1"].kind == "wrong"


@pytest.mark.outside("gpg", "gpgconf")
def test_a_tag_is_signed_by_openpgp_too(
    council: Program, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with_minutes(council)
    ring: Path = tmp_path_factory.mktemp("g")  # its sockets' paths have to be short
    ring.chmod(0o700)
    monkeypatch.setenv("GNUPGHOME", str(ring))
    who = f"Cilla Exempel <{SIGNER}>"
    make = ["gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", "--quick-gen-key", who]
    try:
        subprocess.run(make, check=True, capture_output=True)
        git(council.folder, "config", "user.signingKey", SIGNER)
        git(council.folder, "config", "tag.gpgSign", "true")
        council(*APPROVE)
        answer = json.loads(council("minutes", "verify", MINUTED, "--json").out)["meetings"][0]
        assert (answer["result"], answer["signer"]) == ("signed", who)
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], check=False)


def test_a_change_joined_to_another_does_both_in_one_commit() -> None:
    one: Change[str] = Change("one", "subject", "body", (("Meeting", "a"),), {"r": None}, {"d": b"1"}, {"t/1": "said"})
    two: Change[str] = Change("two", "other", "more", (("Meeting", "a"), ("Meeting", "b")), {"s": None}, {"e": b"2"})
    both = one.joined(two)
    assert both.answer == "one"
    assert both.message() == "subject\n\nbody\n\nother\n\nmore\n\nMeeting: a\nMeeting: b\n"
    assert (set(both.records), set(both.documents), dict(both.tags)) == ({"r", "s"}, {"d", "e"}, {"t/1": "said"})
