"""Plain git merges records field by field, and what it cannot merge is loud: never one side silently in place."""

import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Program, git, kept
from handmade import commit, item, write
from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.models.item import ActionItem
from atbtst_cli.rules.merging import merge
from atbtst_cli.store import driver, marks, merging
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.load import parsed

FILE = "records/items/2026/i-0000001.yaml"
REST = "owners:\n  - bo-exempel\n  - alva-exempel\nlog:\n  - date: 2026-01-11\n    note: Först\n"
DRIVER = "merge.atbtst.driver"
HERE, BEFORE, COMING = b"<<<<<<< what stands here\n", b"||||||| what stood before\n", b">>>>>>> what comes in\n"
Change = tuple[str, str]


@kept
def clones(council: Program) -> None:
    """Make a second clone, "annan", of a council with one item; both speak English."""
    path = council.folder / "records/settings.yaml"
    path.write_text(path.read_text("utf-8").replace("language: sv", "language: en"), "utf-8")
    item(council, 1, "Boka lokal   # i dag", REST)
    commit(council)
    git(council.folder, "clone", "-q", ".", "annan")
    git(council.folder / "annan", "config", "remote.origin.url", "..")
    driver.register(GitRepo(council.folder / "annan"))
    (council.folder / ".git/info/exclude").write_text("annan\n")


def change(folder: Path, *changes: Change, path: str = FILE) -> None:
    """Replace words in a file, and commit it."""
    file = folder / path
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    git(folder, "commit", "-qam", "By hand")


def pull(clones: Program, code: int = 0, *how: str) -> bytes:
    """What lies in the second clone after it pulled from the first."""
    git(clones.folder / "annan", "pull", "-q", *(how or ("--no-rebase",)), "--no-edit", code=code)
    return (clones.folder / "annan" / FILE).read_bytes()


def three(folder: Path, base: bytes | None, mine: bytes, theirs: bytes) -> list[str]:
    """Three files for the driver, as git lays them there."""
    for name, data in (("o", base), ("a", mine), ("b", theirs)):
        (folder / name).write_bytes(data or b"")
    return [str(folder / name) for name in "oab"]


# -- what goes through -----------------------------------------------------------------------------------------------------


def test_changes_of_different_fields_go_together(clones: Program) -> None:
    """Also where their lines are neighbours, on which git by itself would stumble; comments of both stay."""
    change(clones.folder, ("title: Boka lokal   # i dag", "title: Boka sal   # i dag"), ("  - bo-exempel\n", ""))
    change(
        clones.folder / "annan",
        ("network: rad\n", "network: ron-at\n"),
        ("# i dag", "# i morgon"),
        ("log:\n", "due: 2026-03-01\nlog:\n"),
        ("note: Först\n", "note: Först\n  - date: 2026-01-12\n    note: Sedan\n"),
    )
    assert pull(clones).decode() == (
        "id: i-0000001\ntitle: Boka sal   # i morgon\nnetwork: ron-at\nadded: 2026-01-10\nowners:\n  - alva-exempel\n"
        "due: 2026-03-01\nlog:\n  - date: 2026-01-11\n    note: Först\n  - date: 2026-01-12\n    note: Sedan\n"
    )
    assert git(clones.folder / "annan", "status", "--short") == ""


@pytest.mark.parametrize("way", ["merge", "rebase", "cherry-pick", "stash pop"])
def test_every_way_of_git_to_join_two_versions_merges_records(clones: Program, way: str) -> None:
    there, here = clones.folder, clones.folder / "annan"
    change(there, ("title: Boka lokal", "title: Boka sal"))
    git(here, "fetch", "-q")
    if way == "stash pop":
        file = here / FILE
        file.write_text(file.read_text("utf-8").replace("network: rad", "network: ron-at"), "utf-8")
        git(here, "stash", "-q")
        git(here, "merge", "-q", "--ff-only", "FETCH_HEAD")
        git(here, "stash", "pop", "-q")
    else:
        change(here, ("network: rad", "network: ron-at"))
        git(here, *(("merge", "-q", "--no-edit") if way == "merge" else (way,)), "FETCH_HEAD")
    text = (here / FILE).read_text("utf-8")
    assert "title: Boka sal" in text
    assert "network: ron-at" in text
    assert git(here, "ls-files", "--unmerged") == ""


def test_of_many_records_that_both_edited_all_go_through(clones: Program) -> None:
    """Each changed on both sides at random, as by two busy people."""
    draw, here = random.Random(7), clones.folder / "annan"
    for number in range(2, 6):
        item(clones, number, f"Sak {number}", REST)
    commit(clones)
    git(here, "pull", "-q")
    fields = ("title: Sak", "network: rad", "note: Först", "added: 2026-01-10", "  - alva-exempel\n")
    new = ("title: Fråga", "network: ron-at", "note: Läst", "added: 2026-01-09", "")
    wanted = {}
    for number in range(2, 6):
        path = f"records/items/2026/i-{number:07}.yaml"
        one, other = draw.sample(range(len(fields)), 2)
        whole = (here / path).read_text("utf-8").replace(fields[one], new[one]).replace(fields[other], new[other])
        wanted[path] = whole
        change(clones.folder, (fields[one], new[one]), path=path)
        change(here, (fields[other], new[other]), path=path)
    pull(clones)
    assert {path: (here / path).read_text("utf-8") for path in wanted} == wanted
    clones("-C", here, "check")


def test_a_workspace_below_the_top_of_its_repository_is_merged_too(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main")
    program("init", "--empty", "vårt råd")
    top, program.folder = program.folder, program.folder / "vårt råd"
    item(program, 1, "Boka lokal", REST)
    commit(program)
    git(top, "switch", "-q", "-c", "other")
    change(program.folder, ("title: Boka lokal", "title: Boka sal"))
    git(top, "switch", "-q", "main")
    change(program.folder, ("network: rad", "network: ron-at"))
    git(top, "merge", "-q", "--no-edit", "other")
    text = (program.folder / FILE).read_text("utf-8")
    assert "title: Boka sal\nnetwork: ron-at\n" in text


# -- what is loud ----------------------------------------------------------------------------------------------------------


def test_a_clash_stands_in_the_file_between_marks_and_everything_else_is_merged(clones: Program) -> None:
    """It is told in the council's words, with the way out."""
    change(clones.folder, ("log:\n", "due: 2026-03-01\nlog:\n"), ("network: rad", "network: ron-at"))
    change(clones.folder / "annan", ("log:\n", "due: 2026-04-01\nlog:\n"), ("title: Boka lokal", "title: Boka sal"))
    text = pull(clones, 1)
    clash = HERE + b"due: 2026-04-01\n" + BEFORE + b"=======\ndue: 2026-03-01\n" + COMING
    assert clash in text
    assert b"title: Boka sal   # i dag\nnetwork: ron-at\n" in text
    assert text.count(b"<<<<<<<") == 1
    program = Program(clones.folder / "annan")
    assert "git merge --abort" in program("check", code=4).out
    assert "git checkout --ours -- " + FILE in program("doctor", code=3).out
    git(program.folder, "checkout", "--theirs", "--", FILE)
    git(program.folder, "add", FILE)
    git(program.folder, "commit", "-q", "--no-edit")
    program("check")


def test_the_words_of_a_clash_name_the_record_the_field_and_both_values(clones: Program, tmp_path: Path) -> None:
    base = (clones.folder / FILE).read_bytes()
    mine, theirs = (base.replace(b"network: rad", b"network: " + body) for body in (b"ron-at", b"ron-bt"))
    said = clones("merge-driver", *three(tmp_path, base, mine, theirs), FILE, code=5)
    assert "i-0000001 Boka lokal" in said.err
    assert "RÅD → RÖN-AT" in said.err
    assert "RÅD → RÖN-BT" in said.err
    assert "atbtst doctor" in said.err
    assert (tmp_path / "a").read_bytes().count(b"network: ") == 3
    assert said.out == ""


TORN = "id: i-0000001\ntitle: [Boka\n"


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        pytest.param("title: A\n", "title: B\n", "title: C\n", id="a kind that nobody knows"),
        pytest.param(TORN, TORN + "due: 1\n", TORN + "due: 2\n", id="no YAML at all"),
        pytest.param("", TORN + "due: 1\n", TORN + "due: 2\n", id="both new, and broken"),
        pytest.param("a: 1\n", "a: 2\n", "", id="one side is empty"),
        pytest.param("a\0b\n", "a\0c\n", "a\0d\n", id="no text"),
        pytest.param("a: 1\n", "\ud800".encode("utf-8", "surrogatepass"), "b: 2\n", id="no UTF-8"),
        pytest.param("", HERE + b"a: 1\n=======\na: 2\n" + COMING, "a: 3\n", id="marks already"),
    ],
)
def test_what_is_no_record_is_merged_by_lines_and_loud(
    clones: Program, tmp_path: Path, base: str, mine: str | bytes, theirs: str
) -> None:
    """Both sides are whole in the file, with marks."""
    own = mine if isinstance(mine, bytes) else mine.encode()
    files = three(tmp_path, base.encode(), own, theirs.encode())
    path = "notes.yaml" if base.startswith("title") else FILE
    clones("merge-driver", *files, path, code=5)
    text = (tmp_path / "a").read_bytes()
    assert all(line in text for line in (*own.splitlines(), *theirs.encode().splitlines()))
    assert text.count(HERE) >= 1
    assert text.count(COMING) >= 1


def test_a_record_that_both_made_anew_is_merged_where_they_agree(clones: Program, tmp_path: Path) -> None:
    """What they say differently is a clash, also where there was nothing before."""
    whole = (clones.folder / FILE).read_bytes()
    less = whole.replace(b"  - alva-exempel\n", b"")
    clones("merge-driver", *three(tmp_path, None, whole, less), FILE)
    assert (tmp_path / "a").read_bytes() == whole
    other = whole.replace(b"Boka lokal", b"Boka sal")
    clones("merge-driver", *three(tmp_path, None, whole, other), FILE, code=5)
    assert marks.sides((tmp_path / "a").read_bytes()) == (whole, other)


def test_a_merged_record_larger_than_a_record_may_be_is_no_success(clones: Program, tmp_path: Path) -> None:
    base = (clones.folder / FILE).read_bytes()
    note = b"  - date: 2026-01-1%d\n    note: " + b"x" * 2_100_000 + b"\n"
    mine, theirs = base + note % 2, base.replace(b"log:\n", b"log:\n" + note.replace(b"1%d", b"10"))
    clones("merge-driver", *three(tmp_path, base, mine, theirs), FILE, code=5)
    assert marks.sides((tmp_path / "a").read_bytes()) == (mine, theirs) or pytest.fail("not both")


@pytest.mark.parametrize("gone", ["o", "a", "b"])
def test_a_missing_file_is_no_success(clones: Program, tmp_path: Path, gone: str) -> None:
    files = three(tmp_path, b"a: 1\n", b"a: 2\n", b"a: 3\n")
    (tmp_path / gone).unlink()
    clones("merge-driver", *files, FILE, code=3)
    assert not (tmp_path / "a").exists() or (tmp_path / "a").read_bytes() == b"a: 2\n"


def test_a_clone_that_nobody_registered_gets_a_loud_conflict(clones: Program) -> None:
    """Git knows the attribute, finds no driver, and merges by lines."""
    git(clones.folder / "annan", "config", "--remove-section", "merge.atbtst")
    change(clones.folder, ("title: Boka lokal", "title: Boka sal"))
    change(clones.folder / "annan", ("network: rad", "network: ron-at"))
    assert b"<<<<<<< HEAD\n" in pull(clones, 1)
    assert "git merge --abort" in clones("-C", "annan", "check", code=4).out


GONE = {
    "the interpreter": lambda folder: str(folder / "borta" / "100% å" / "python"),
    "the program in it": lambda folder: _script(folder, 'echo "No module named atbtst_cli" >&2; exit 1'),
    "killed on its way": lambda folder: _script(folder, "kill -9 $$"),
    "of another time": lambda folder: _script(folder, "exit 2"),
}


def _script(folder: Path, text: str) -> str:
    """A program in the place of the interpreter."""
    path = folder / "i en mapp" / "så här"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("way", ["merge", "rebase", "cherry-pick", "stash pop"])
@pytest.mark.parametrize("what", GONE)
def test_a_program_that_is_gone_leaves_both_sides_with_marks(
    clones: Program, tmp_path: Path, what: str, way: str
) -> None:
    """A driver that only failed would leave ours there without a mark [git 2.39]."""
    there, here = clones.folder, clones.folder / "annan"
    git(here, "config", DRIVER, driver.command(GONE[what](tmp_path)))
    change(there, ("title: Boka lokal", "title: Boka sal"))
    git(here, "fetch", "-q")
    if way == "stash pop":
        file = here / FILE
        file.write_text(file.read_text("utf-8").replace("title: Boka lokal", "title: Boka rum"), "utf-8")
        git(here, "stash", "-q")
        git(here, "merge", "-q", "--ff-only", "FETCH_HEAD")
        git(here, "stash", "pop", "-q", code=1)
    else:
        change(here, ("title: Boka lokal", "title: Boka rum"))
        git(here, *(("merge", "-q", "--no-edit") if way == "merge" else (way,)), "FETCH_HEAD", code=1)
    text = (here / FILE).read_text("utf-8")
    assert "title: Boka sal" in text
    assert "title: Boka rum" in text
    assert "<<<<<<< here\n" in text
    assert git(here, "ls-files", "--unmerged")
    assert not list(here.glob(".merge_file*"))


def test_a_program_that_is_gone_leaves_both_sides_of_what_is_no_text(clones: Program, tmp_path: Path) -> None:
    here = clones.folder / "annan"
    git(here, "config", DRIVER, driver.command(GONE["the interpreter"](tmp_path)))
    for folder, data in ((clones.folder, b"a: \0b\n"), (here, b"a: \0c\n")):
        (folder / FILE).write_bytes(data)
        git(folder, "commit", "-qam", "By hand")
    text = pull(clones, 1)
    assert b"a: \0b\n" in text
    assert b"a: \0c\n" in text
    assert b"<<<<<<< here\n" in text


def test_no_program_of_the_merged_folder_is_run(clones: Program) -> None:
    """Who may write to the shared record runs nothing on the computers of the others."""
    for name in ("typer", "yaml", "atbtst_cli"):
        write(clones, f"annan/{name}.py", "import pathlib\npathlib.Path('run').touch()\n")
    change(clones.folder, ("title: Boka lokal", "title: Boka sal"))
    change(clones.folder / "annan", ("network: rad", "network: ron-at"))
    assert b"Boka sal" in pull(clones)
    assert not (clones.folder / "annan/run").exists()


# -- registering -----------------------------------------------------------------------------------------------------------


def test_init_registers_the_driver_and_nothing_else_has_to_be_on_the_path(program: Program) -> None:
    program("init", "council")
    repo = GitRepo(program.folder / "council")
    assert driver.registered(repo)
    assert not driver.register(repo)
    line = git(repo.top, "config", "--local", DRIVER)
    assert line.startswith(f"test -x {sys.executable} ")
    repo.set_config(DRIVER, "old")
    assert driver.register(repo)
    assert driver.registered(GitRepo(repo.top))


def test_this_repository_tells_git_what_a_new_workspace_tells_it(program: Program) -> None:
    """It holds a council's records too."""
    root = Path(__file__).parent.parent
    program("init", "council")
    assert (root / ".gitattributes").read_bytes() == (program.folder / "council/.gitattributes").read_bytes()


def test_migrate_gives_an_old_council_the_attribute_and_keeps_its_own_lines(council: Program) -> None:
    """Its own lines still have the last word."""
    file = council.folder / ".gitattributes"
    lines = [line for line in file.read_text("utf-8").splitlines() if "merge=atbtst" not in line]
    file.write_text("\n".join([*lines, "*.svg text", "*.md -text", ""]), "utf-8")
    git(council.folder, "commit", "-qam", "As it was")
    told = git(council.folder, "check-attr", "-a", "--", "records/settings.yaml", "a.md", "b.svg")
    assert "migrate" in council("doctor", code=3).out
    assert ".gitattributes" in council("migrate").err
    now = git(council.folder, "check-attr", "-a", "--", "records/settings.yaml", "a.md", "b.svg")
    assert set(now.splitlines()) - set(told.splitlines()) == {"records/settings.yaml: merge: atbtst"}
    assert set(told.splitlines()) < set(now.splitlines())
    assert file.read_text("utf-8").endswith("*.svg text\n*.md -text\n")
    head = git(council.folder, "rev-parse", "HEAD")
    council("migrate")
    council("doctor")
    assert git(council.folder, "rev-parse", "HEAD") == head


# -- the text of a merged record -------------------------------------------------------------------------------------------

PARTS: tuple[Callable[[str, str], str], ...] = (
    lambda word, note: f"title: {word}{note}\n",
    lambda word, note: f"network: {word}{note}\n",
    lambda word, note: f"owners:{note}\n  - {word}\n  - bo\n",
    lambda word, note: f"log:\n  - date: 2026-01-11{note}\n    note: |\n      {word}\n      # nej\n",
    lambda word, note: f"{note.strip()}\ndue: '{word}'\n" if note else f"due: '{word}'\n",
)
notes = st.sampled_from(["", " # ett", "   # två", " #", ' # "tre'])
words = st.sampled_from(["next", "2026-04-21-rad"])


@st.composite
def versions(draw: Callable[..., str]) -> list[str]:
    """Three versions of an item as people write it, with comments that each side changed, took away or put in."""

    def text(drawn: list[tuple[int, str, str]]) -> str:
        return "id: i-0000001\nadded: 2026-01-10\n" + "".join(PARTS[part](word, note) for part, word, note in drawn)

    order = draw(st.permutations(range(len(PARTS))))
    base = [(part, draw(words), draw(notes)) for part in order]
    sides = [
        [
            (part, draw(words) if draw(st.booleans()) else word, draw(notes))
            for part, word, note in base
            if note or part < 3
        ]
        for _side in range(2)
    ]
    return [text(one) for one in (base, *sides)]  # type: ignore[arg-type]


@settings(max_examples=60)
@given(versions())
def test_a_merged_record_reads_as_merged_and_loses_no_comment(texts: list[str]) -> None:
    """A comment that one side wrote or that all have stays somewhere, whatever became of its place."""
    base, mine, theirs = (parsed(text.encode(), FILE, ActionItem, "")[0] for text in texts)
    assert base
    assert mine
    assert theirs
    wanted = merge(base, mine, theirs, lambda clash: clash.theirs).value
    data = merging.merged(FILE, *(text.encode() for text in texts), wanted)
    assert parsed(data, FILE, ActionItem, "")[0] == wanted
    before, own, other, now = (_comments(text) for text in (*texts, data.decode()))
    assert (own - before) | (other - before) | (before & own & other) <= now


def _comments(text: str) -> set[str]:
    lines = (line for line in text.splitlines() if line.strip() != "# nej")
    return {line[line.index("#") :] for line in lines if "#" in line}


def test_the_merge_driver_can_be_run_by_hand(clones: Program, tmp_path: Path) -> None:
    """Without a path the one of MINE tells what it is."""
    base = clones.folder / FILE
    theirs = tmp_path / "theirs.yaml"
    theirs.write_text(base.read_text("utf-8").replace("Boka lokal", "Boka sal"), "utf-8")
    before = shutil.copy(base, tmp_path / "before.yaml")
    clones("merge-driver", before, FILE, theirs)
    assert base.read_bytes() == theirs.read_bytes()
