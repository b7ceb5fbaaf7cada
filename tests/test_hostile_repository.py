"""A shared record can be anybody's: what others put into its history, its names and its files runs nothing and is shown as text."""

from pathlib import Path

import pytest
from conftest import Program, git
from handmade import write
from test_hostile import HOSTILE, assert_harmless

NAME = "E\x1b]0;x\x07\u202evil\u2028 \x9b31m"
SECRET = "secret-outside"
RUN = "ran-by-others"
VIEWS = (
    "status",
    "check",
    "check --json",
    "log",
    "log --json",
    "log RÅD",
    "diff",
    "item list",
    "member list",
    "network list",
    "meeting list",
    "matter list",
    "doctor",
    "doctor --json",
    "doctor --fix",
    "undo --dry-run",
    "resolve",
    "sync",
)


@pytest.fixture
def shared(council: Program, tmp_path: Path) -> Path:
    """A record on a shared folder, to which somebody added every odd thing that Git can hold."""
    folder, bare = council.folder, tmp_path / "shared.git"
    (tmp_path / SECRET).write_text("id: outside\nnames:\n  - name: Hemlig Exempel\n")
    run = f"touch {tmp_path / RUN}"
    write(council, ".gitattributes", "*.yaml text eol=lf filter=evil diff=evil merge=evil\n* filter=evil\n")
    write(council, ".gitconfig", f'[filter "evil"]\n\tsmudge = {run}\n')
    write(council, ".gitmodules", f'[submodule "x"]\n\tpath = records/members/x\n\turl = ext::sh -c "{run}"\n')
    write(council, ".envrc", run)
    write(council, "templates/document.md.j2", "{{ ''.__class__.__mro__[1].__subclasses__() }}{{ 77777*77777 }}")
    write(
        council, "templates/document.html.j2", "{% include '/etc/passwd' %}{% for x in range(99999999) %}x{% endfor %}"
    )
    write(council, "templates/document.typ", '#read("/etc/passwd") #import "@preview/x:1.0.0"')
    for number, text in enumerate(HOSTILE.values()):
        name = text.replace("/", "_").replace("\x00", "_")[:60]
        write(council, f"records/members/{name}", f"id: x{number}\n")
        write(council, f"records/members/{name}.yaml", "names: [\n")
    (folder / "records/members/link.yaml").symlink_to(tmp_path / SECRET)
    (folder / "records/items").mkdir(exist_ok=True)
    (folder / "records/items/2026").symlink_to(tmp_path)
    (folder / "records/members/bo-exempel.yaml").unlink()
    (folder / "records/members/bo-exempel.yaml").symlink_to("../../../" + SECRET)
    git(folder, "add", "-A")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},records/members/x.yaml")
    message = "\n\n".join(HOSTILE.values()).replace("\x00", "")
    git(folder, "-c", f"user.name={NAME}", "-c", "user.email=x\x1b@e", "commit", "-qm", message)
    write(
        council,
        "records/members/alva-exempel.yaml",
        (folder / "records/members/alva-exempel.yaml").read_text() + "title: x\n",
    )
    git(folder, "add", "records/members/alva-exempel.yaml")
    git(folder, "-c", f"user.name={NAME}", "commit", "-qm", "\u202e\x1b[31m=HYPERLINK(1)")
    for name in ("-x", "--upload-pack=x", "å\u202e\x9b", "@", "x;y", "$(touch-x)"):
        git(folder, "update-ref", f"refs/heads/{name}" if name != "@" else "refs/heads/@x", "HEAD")
        git(folder, "update-ref", f"refs/tags/{name}" if name != "@" else "refs/tags/approved/2026-02-17-rad/x", "HEAD")
    git(tmp_path, "clone", "-q", "--bare", str(folder), str(bare))
    (bare / "config").write_text(
        (bare / "config").read_text()
        + f'[filter "evil"]\n\tsmudge = {run}\n\tclean = {run}\n[core]\n\thooksPath = /x\n'
    )
    return bare


def test_a_hostile_repository_runs_nothing_and_is_only_told_of(council: Program, shared: Path, tmp_path: Path) -> None:
    """Cloned, looked at in every way, synced and mended: no file outside is read, no filter, hook or template runs."""
    council.folder = tmp_path
    said = council("clone", str(shared), "mine", code=None)
    assert said.code == 0, said.text
    assert_harmless(said.text)
    council.folder = tmp_path / "mine"
    for view in VIEWS:
        said = council(*view.split(), code=None)
        assert said.code in (0, 2, 3, 4), (view, said.text)
        assert_harmless(said.text)
        assert "Hemlig" not in said.text
    for arguments in (
        ("item", "add", "Ring", "--network", "RÅD"),
        ("member", "edit", "cilla", "--title", "x"),
        ("sync",),
    ):
        said = council(*arguments, code=None)
        assert said.code in (0, 2, 3, 4), said.text
        assert_harmless(said.text)
    assert not (tmp_path / RUN).exists()
    assert (tmp_path / SECRET).read_text().startswith("id: outside")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".yaml") == []


def test_looks_that_others_sent_run_in_a_sandbox(council: Program, shared: Path, tmp_path: Path) -> None:
    """They may spoil a document, and are refused by name; they read no file and reach no network."""
    council.folder = tmp_path
    council("clone", str(shared), "mine", code=None)
    council.folder = tmp_path / "mine"
    council("meeting", "plan", "RÅD", "--date", "2026-09-15", code=None)
    council("agenda", "new", "RÅD", code=None)
    for form in ("md", "html", "pdf"):
        said = council("agenda", "render", "RÅD", "--format", form, "--output", "-", code=None)
        assert said.code == 3, said.text
        assert "templates/" in said.err
        assert b"root:" not in said.raw + said.err.encode()
        assert_harmless(said.err)
