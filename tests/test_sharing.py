"""docs/sharing.md: every recipe in it is run as it stands there, on sound records and on broken ones."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Program, git
from forge import shared
from handmade import commit, write

from atbtst_cli import __version__

PAGE = (ROOT / "docs/sharing.md").read_text("utf-8")
RECIPES = dict(re.findall(r"^<!-- (\S+) -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
PAST_OPTIONS = "while :; do case $1 in -o|-p) shift 2;; -*) shift;; *) break;; esac; done; shift"
"""What a program for SSH does with its first words, until only what is to be run there is left."""
BROKEN = "records/items/2026/i-k7q3d9m.yaml"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder first on the PATH that holds the program, and a pip that has installed it already."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m atbtst_cli "$@"\n'
    pip = f'#!/bin/sh\n[ "$1 $2 $3 $4" = \'-m pip install --quiet\' ] && echo "$5" >>{tmp_path}/installed\n'
    for name, text in (("atbtst", program), ("python3", pip)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return folder


def break_it(council: Program) -> None:
    write(council, BROKEN, "id: i-k7q3d9m\nnetwork: rad\nadded: 2026-02-17\n")
    commit(council)


def pushed(folder: Path, *refspecs: str) -> subprocess.CompletedProcess[str]:
    """A push that may be refused."""
    return subprocess.run(["git", "push", "origin", *refspecs], cwd=folder, capture_output=True, text=True, check=False)


def test_a_shared_folder_takes_no_broken_record(council: Program, tmp_path: Path, path: Path) -> None:
    """Whoever pushes sees the finding, and the shared folder stays as it was."""
    there = shared(tmp_path)
    hook = there / "hooks/pre-receive"
    hook.write_text(RECIPES["pre-receive"])
    hook.chmod(0o755)
    git(council.folder, "remote", "add", "origin", str(there))
    git(council.folder, "push", "-q", "origin", "main", "main:refs/tags/approved/x")
    before = git(there, "for-each-ref")
    break_it(council)
    done = pushed(council.folder, "main", "main:refs/heads/annan")
    assert done.returncode == 1
    assert f"remote: {BROKEN}:" in done.stderr
    assert "seat-empty" not in done.stderr
    git(council.folder, "rm", "-q", "-r", "records")
    git(council.folder, "commit", "-qm", "x")
    assert "records/settings.yaml" in pushed(council.folder, "main").stderr
    assert git(there, "for-each-ref") == before


def test_a_shared_folder_takes_no_approved_document_that_was_changed(
    council: Program, tmp_path: Path, path: Path
) -> None:
    there = shared(tmp_path)
    council("minutes", "new", "RÅD", "--from", "-", given="# RÅD 2026-02-17\nOrdförande: Alva Exempel\n\n## Läget\n")
    council("minutes", "approve", "2026-02-17-rad", "--by", "alva-exempel")
    council("sync", "--remote", there)
    (there / "hooks/pre-receive").write_text(RECIPES["pre-receive"])
    (there / "hooks/pre-receive").chmod(0o755)
    minutes = "records/meetings/2026/2026-02-17-rad/minutes.md"
    write(council, minutes, "Något annat.\n")
    commit(council)
    assert f"remote: {minutes}: " in pushed(council.folder, "main").stderr
    git(council.folder, "revert", "--no-edit", "HEAD")
    assert pushed(council.folder, "main").returncode == 0


def run_all(lines: list[str], variables: dict[str, str], folder: Path) -> int:
    """The exit code of lines run one after the other as a forge runs them, until one fails."""
    script = "\n".join(("set -e", *lines))
    return subprocess.run(["bash", "-c", script], cwd=folder, env={**os.environ, **variables}, check=False).returncode


def by_actions() -> tuple[list[str], dict[str, str]]:
    told = yaml.safe_load(RECIPES[".github/workflows/check.yml"])
    assert "container" not in told["jobs"]["check"]
    return [step["run"] for step in told["jobs"]["check"]["steps"] if "run" in step], told["env"]


def by_gitlab() -> tuple[list[str], dict[str, str]]:
    told = yaml.safe_load(RECIPES[".gitlab-ci.yml"])
    return told["check"]["script"], told["check"]["variables"]


def by_pre_commit() -> tuple[list[str], dict[str, str]]:
    """What pre-commit runs: our own definition of the hook that the recipe names."""
    [repo] = yaml.safe_load(RECIPES[".pre-commit-config.yaml"])["repos"]
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    hook = hooks[repo["hooks"][0]["id"]]
    assert repo["rev"] == f"v{__version__}"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], BROKEN)
    assert re.search(hook["files"], f"råd/{BROKEN}")
    return [hook["entry"]], {}


@pytest.mark.parametrize("recipe", [by_actions, by_gitlab, by_pre_commit])
def test_a_job_fails_for_a_broken_record_alone(
    council: Program, tmp_path: Path, path: Path, recipe: Callable[[], tuple[list[str], dict[str, str]]]
) -> None:
    lines, variables = recipe()
    assert run_all(lines, variables, council.folder) == 0
    break_it(council)
    assert run_all(lines, variables, council.folder) == 4
    if variables:
        assert set((tmp_path / "installed").read_text().split()) == {variables["ATBTST"]}


def test_every_command_of_the_page_works_as_it_stands(council: Program, tmp_path: Path, path: Path) -> None:
    """A share, a server and a forge, each from the start; the copy that somebody else makes; and a strict folder."""
    share, server = tmp_path / "share", tmp_path / "server"
    share.mkdir()
    (server / "rad").mkdir(parents=True)
    shared(server, "rad/council.git")
    ssh = path / "ssh"
    ssh.write_text(f'#!/bin/sh\n{PAST_OPTIONS}\ncd {shlex.quote(str(server))} && exec sh -c "$*"\n')
    ssh.chmod(0o755)
    blocks = re.findall(r"(?<!-->\n)^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    *begins, join, strict = [block.replace("/mnt/share", shlex.quote(str(share))).splitlines() for block in blocks]
    assert len(begins) == 3
    for number, lines in enumerate(begins):
        place = shutil.copytree(council.folder, tmp_path / f"council{number}")
        assert run_all(lines, {}, place) == 0
        assert git(place, "rev-parse", "main") == git(place, "rev-parse", "origin/main")
    assert run_all(join, {}, tmp_path) == 0
    assert (tmp_path / "council/records/settings.yaml").exists()
    assert run_all(strict, {}, tmp_path) == 0
    git(tmp_path / "council0", "push", "-q", "origin", "main:utkast")
    assert pushed(tmp_path / "council0", "+main~1:utkast").returncode == 1
    assert pushed(tmp_path / "council0", ":utkast").returncode == 1
