"""atbtst diff: what two states of the record say differently."""

import json
from typing import Any

import pytest
from conftest import Program, git, kept
from handmade import commit, contents, item, write

ENGLISH = ("--language", "en")
BOOK, RING = "i-0000001", "i-0000002"
ITEM = "records/items/2026/{}.yaml"
MINUTES = "records/meetings/2026/2026-02-17-rad"
SHEET = "# RÅD 2026-02-17\nNärvarande: Alva Exempel\n\n## Lönefrågan\nBeslut: Rådet avvaktar.\n"


@kept
def begun(council: Program) -> None:
    """A council with approved minutes and an item, all of it saved."""
    council("minutes", "new", "RÅD", "--from", "-", "--yes", given=SHEET)
    council("minutes", "approve", "RÅD", "--by", "alva-exempel")
    item(council, 1, "Boka lokal", "owners:\n  - bo-exempel\ndue: 2026-04-01\n")
    commit(council)


def changed(council: Program, path: str, old: str, new: str) -> None:
    file = council.folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def diff(council: Program, *arguments: str) -> list[str]:
    return council(*ENGLISH, "diff", *arguments).out.splitlines()


def data(council: Program, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(council("diff", "--json", *arguments).out)
    return found


def head(council: Program, name: str = "HEAD") -> str:
    return git(council.folder, "rev-parse", name).strip()


def test_where_everything_is_saved_nothing_differs(begun: Program) -> None:
    said = begun(*ENGLISH, "diff")
    assert (said.out, said.err) == ("", "Everything is saved in the record.\n")
    assert data(begun)["records"] == []


def test_what_is_not_saved_is_told_record_by_record(begun: Program) -> None:
    """New, gone and changed ones, staged or not, in words; nothing is written."""
    changed(begun, ITEM.format(BOOK), "2026-04-01", "2026-05-01")
    item(begun, 2, "Ring")
    git(begun.folder, "rm", "-q", "records/members/erik-exempel.yaml")
    changed(begun, "records/networks/ron-at.yaml", "bo-exempel", "disa-exempel")
    git(begun.folder, "add", "records/networks/ron-at.yaml")
    before = contents(begun)
    assert diff(begun) == [
        "  RÖN-AT: Sammankallande: Bo Exempel → Disa Exempel, from 2026-01-01",
        f"  {BOOK} Boka lokal: due: 2026-04-01 → 2026-05-01",
        f"  new: {RING} Ring",
        "  gone: Erik Exempel",
    ]
    assert contents(begun) == before


def test_several_changes_of_a_record_stand_below_its_name(begun: Program) -> None:
    changed(begun, ITEM.format(BOOK), "2026-04-01", "next\nclosed: {date: 2026-03-02, as: done}")
    assert diff(begun) == [
        f"  {BOOK} Boka lokal:",
        "    due: 2026-04-01 → next meeting",
        "    status: open → done, 2026-03-02",
    ]


def test_two_commits_or_days_are_compared_in_their_order(begun: Program) -> None:
    first = head(begun)
    changed(begun, ITEM.format(BOOK), "2026-04-01", "2026-05-01")
    commit(begun)
    assert diff(begun, first[:10], head(begun)) == [f"  {BOOK} Boka lokal: due: 2026-04-01 → 2026-05-01"]
    assert diff(begun, head(begun), first) == [f"  {BOOK} Boka lokal: due: 2026-05-01 → 2026-04-01"]
    assert diff(begun, first) == diff(begun, first, head(begun))
    assert diff(begun, head(begun), head(begun)) == []
    assert data(begun, first)["before"] == first
    assert diff(begun, "2026-03-02") == []


def test_what_no_commit_is_called_is_refused(begun: Program) -> None:
    for name in ("HEAD", "main", "--output=stolen", "abcdef0", "1999-01-01", ""):
        assert begun("diff", "--", name, code=2).out == ""
    assert not (begun.folder / "stolen").exists()


def test_changed_minutes_that_are_approved_are_told_loudly(begun: Program) -> None:
    changed(begun, f"{MINUTES}/meeting.yaml", "avvaktar", "säger ja")
    changed(begun, f"{MINUTES}/minutes.md", "avvaktar", "säger ja")
    assert diff(begun) == [
        "  CHANGED AFTER APPROVAL: RÅD 1/2026; decision § 1",
        f"  CHANGED AFTER APPROVAL: {MINUTES}/minutes.md",
        "  RÅD 1/2026: 1 Lönefrågan › decision § 1 › text: Rådet avvaktar. → Rådet säger ja.",
        "  1 document follows",
    ]
    assert data(begun)["changed_after_approval"] == [f"{MINUTES}/minutes.md"]


def test_documents_are_counted_and_other_files_named(begun: Program) -> None:
    for name in ("minutes.html", "minutes.pdf"):
        (begun.folder / MINUTES / name).unlink()
    write(begun, "templates/minutes.md.j2", "Mall")
    assert diff(begun)[-2:] == ["  2 documents follow", "  other files: templates/minutes.md.j2"]


@pytest.mark.parametrize(
    "text", ["<<<<<<< HEAD\n", "id: i-0000001\ncolour: red\n", "- a\n", "", "\tx: [", "a: &b *b\n"]
)
def test_a_record_that_cannot_be_read_is_named_with_why(begun: Program, text: str) -> None:
    write(begun, ITEM.format(BOOK), text)
    [*lines] = diff(begun)
    assert f"{BOOK}" in lines[0]
    assert "cannot be read: " in "".join(lines)
    [record] = data(begun)["records"]
    assert record["differences"] is None
    assert record["findings"][0]["path"] == ITEM.format(BOOK)


def test_settings_that_cannot_be_read_are_named_too(begun: Program) -> None:
    write(begun, "records/settings.yaml", "<<<<<<< HEAD\n")
    changed(begun, ITEM.format(BOOK), "bo-exempel", "disa-exempel")
    said = begun("--language", "en", "diff").out
    assert "settings: cannot be read" in said
    assert "who: Bo Exempel → Disa Exempel" in said


def test_what_only_looks_different_says_so(begun: Program) -> None:
    changed(begun, ITEM.format(BOOK), "title: Boka lokal", "title: 'Boka lokal'   # mitt")
    assert diff(begun) == [f"  {BOOK} Boka lokal: written in another way"]


def test_line_ends_that_git_turns_are_no_difference(begun: Program) -> None:
    path = begun.folder / ITEM.format(BOOK)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert diff(begun) == []


def test_a_symbolic_link_in_place_of_a_record_is_named(begun: Program) -> None:
    path = begun.folder / ITEM.format(BOOK)
    path.unlink()
    path.symlink_to("/etc/passwd")
    shown = diff(begun)
    assert "cannot be read: the file is not read: it is a symbolic link" in shown[0]


def test_in_the_middle_of_a_merge_what_is_in_conflict_is_named_once(begun: Program) -> None:
    git(begun.folder, "config", "merge.atbtst.driver", "false")
    for branch, day in (("elsewhere", "2026-05-01"), ("main", "2026-06-01")):
        git(begun.folder, "switch", "-q", *(("-c",) if branch != "main" else ()), branch)
        changed(begun, ITEM.format(BOOK), "2026-04-01", day)
        commit(begun)
    git(begun.folder, "merge", "-q", "elsewhere", code=1)
    write(begun, ITEM.format(BOOK), "<<<<<<< HEAD\n")
    assert [one["id"] for one in data(begun)["records"]] == [BOOK]
    assert "cannot be read" in "".join(diff(begun))


def test_before_the_first_commit_everything_is_new(council: Program) -> None:
    git(council.folder, "update-ref", "-d", "HEAD")
    assert "  new: Alva Exempel, Bo Exempel, Cilla Exempel, Disa Exempel, Erik Exempel" in diff(council)


def test_a_workspace_below_the_top_sees_its_own_files_only(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main")
    (program.folder / "utanför").write_text("Förr", "utf-8")
    folder = program.folder / "råd å"
    program("init", folder)
    program.folder = folder
    (folder.parent / "utanför").write_text("Nu", "utf-8")
    git(folder, "config", "diff.relative", "true")
    item(program, 1, "Ring å")
    assert diff(program) == [f"  new: {BOOK} Ring å"]
    commit(program)
    changed(program, ITEM.format(BOOK), "Ring å", "Ring ö")
    assert diff(program) == [f"  {BOOK}: title: Ring å → Ring ö"]


def test_hostile_text_reaches_no_terminal(begun: Program) -> None:
    changed(begun, ITEM.format(BOOK), "Boka lokal", '"[/red]\\e[31m\u202e [bilaga]"')
    said = begun(*ENGLISH, "diff")
    assert "[/red]" in said.out
    assert "[bilaga]" in said.out
    assert not {"\x1b", "\u202e"} & set(said.text)
    assert not {"\x1b", "\u202e"} & set(begun("diff", "--json").out)
