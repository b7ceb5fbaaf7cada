"""atbtst clone: a workspace of one's own with the record that a council shares, or nothing at all."""

import re
import subprocess
from pathlib import Path

import pytest
from conftest import Program, git
from forge import by_ssh, shared

TAG = "approved/2026-02-17-rad"


@pytest.fixture
def there(council: Program, tmp_path: Path) -> Path:
    """The shared folder of a council with an approved meeting; the program stands in an empty folder."""
    path = shared(tmp_path, "rådet.git")
    git(council.folder, "tag", "-am", "Approved", TAG)
    git(council.folder, "tag", "mitt")
    git(council.folder, "push", "-q", str(path), "main", "main:refs/heads/utkast", TAG, "mitt")
    council.folder = tmp_path / "elsewhere"
    council.folder.mkdir()
    return path


def left(program: Program) -> list[str]:
    return sorted(path.name for path in program.folder.rglob("*"))


def test_a_clone_has_the_record_its_approvals_and_what_merges_records(council: Program, there: Path) -> None:
    """And says who one is there, and what to do next; what it prints can be typed."""
    said = council("--language", "en", "clone", there)
    folder = council.folder / "rådet"
    assert str(folder) in said.out
    assert "atbtst -C" in said.err
    assert git(folder, "status", "--short", "--branch").split() == ["##", "main...origin/main"]
    assert git(folder, "tag").split() == [TAG]
    assert "merge-driver" in git(folder, "config", "merge.atbtst.driver")
    assert "alva-exempel" in council("-C", "rådet", "member", "list", "--json").out
    council("-C", "rådet", "item", "add", "Skriv", "--network", "RÅD")
    git(folder, "push", "-q")


def test_who_sits_here_is_told_or_asked_for(council: Program, there: Path, home: Path) -> None:
    """A member is known by the address that Git has."""
    assert "Cilla Exempel" in council("clone", there, "a").err
    (home / ".gitconfig").write_text("[user]\n\tname = Frida Exempel\n\temail = frida@example.org\n")
    assert "config atbtst.member" in council("clone", there, "b").err


@pytest.mark.parametrize("main", ["nix", "utkast", "main"])
def test_the_record_is_found_on_whatever_branch_it_is(council: Program, there: Path, main: str) -> None:
    """The one that the shared folder names, or main where it names one that is not there."""
    git(there, "symbolic-ref", "HEAD", f"refs/heads/{main}")
    council("clone", there, "x")
    assert git(council.folder / "x", "branch", "--show-current").strip() == ("main" if main == "nix" else main)


def test_the_only_branch_is_the_record(council: Program, there: Path) -> None:
    """What is said to be a branch and cannot be one does not count."""
    (there / "packed-refs").write_text(f"{git(there, 'rev-parse', 'main').strip()} refs/heads/a:refs/heads/b\n")
    git(there, "update-ref", "-d", "refs/heads/main")
    council("clone", there, "x")
    git(there, "update-ref", "refs/heads/annat", "refs/heads/utkast")
    assert "annat, utkast" in council("--language", "en", "clone", there, "y", code=3).err
    assert not (council.folder / "y").exists()


def test_a_workspace_below_the_top_is_named_and_works(program: Program, tmp_path: Path) -> None:
    git(program.folder, "init", "-q", "-b", "main", "handlingar")
    program("init", "handlingar/råd/2026")
    path = shared(tmp_path)
    git(program.folder / "handlingar", "push", "-q", str(path), "main")
    said = program("clone", path, "kopia")
    assert str(program.folder / "kopia/råd/2026") in said.out
    program("-C", "kopia/råd/2026", "item", "add", "Skriv", "--network", "RÅD")


def test_by_ssh_the_folder_is_named_after_the_address(council: Program, there: Path, tmp_path: Path) -> None:
    by_ssh(tmp_path)
    council("clone", f"git@forge.example.org:{there}/")
    assert (council.folder / "rådet/records/settings.yaml").exists()


# -- nothing at all -------------------------------------------------------------------------------------------------------


def test_an_empty_shared_folder_says_how_it_is_filled(council: Program, there: Path, tmp_path: Path) -> None:
    said = council("--language", "en", "clone", shared(tmp_path, "tom.git"), code=3).err
    assert "atbtst sync --remote" in said
    assert "atbtst init" in said
    assert left(council) == []


def test_a_shared_folder_of_something_else_is_left_alone(council: Program, there: Path, tmp_path: Path) -> None:
    path = shared(tmp_path, "annat.git")
    empty = git(there, "mktree").strip()
    git(there, "push", "-q", str(path), git(there, "commit-tree", "-m", "x", empty).strip() + ":refs/heads/main")
    assert "records/settings.yaml" in council("--language", "en", "clone", path, "a/b/c", code=3).err
    assert left(council) == []


@pytest.mark.parametrize("url", ["/ingen/där", "ext::sh -c true", "https://a:b@forge.example.org/x", "forge.invalid:x"])
def test_after_a_failure_nothing_is_left(council: Program, there: Path, url: str) -> None:
    """A folder that was there stays, empty as it was."""
    (council.folder / "tom").mkdir()
    for path in ("tom", "ny/mapp"):
        assert council("clone", url, path, code=None).code in (2, 3)
    assert left(council) == ["tom"]


def test_without_a_name_nothing_is_left(council: Program, there: Path, home: Path) -> None:
    (home / ".gitconfig").unlink()
    assert "git config --global user.name" in council("clone", there, code=3).err
    assert left(council) == []


def test_a_folder_with_files_is_not_touched(council: Program, there: Path) -> None:
    (council.folder / "rådet").mkdir()
    (council.folder / "rådet/text").write_text("mitt")
    council("clone", there, code=3)
    assert left(council) == ["rådet", "text"]


def test_a_disk_that_refuses_leaves_nothing(council: Program, there: Path, tmp_path: Path) -> None:
    """Here a file whose name no system can have, among records that were laid out before it."""
    known = git(there, "ls-tree", "main")
    blob = re.search(r"[0-9a-f]{40,}(?=\t.gitignore)", known)
    listing = f"{known}100644 blob {blob and blob[0]}\t{'x' * 300}\n"
    done = subprocess.run(["git", "mktree"], cwd=there, input=listing, capture_output=True, text=True, check=True)
    git(there, "update-ref", "refs/heads/main", git(there, "commit-tree", "-m", "x", done.stdout.strip()).strip())
    assert "File name too long" in council("--language", "en", "clone", there, code=3).err
    assert left(council) == []
