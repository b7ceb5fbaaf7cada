"""atbtst log: who changed what of the record, and when."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, ROOT, Program, git, kept
from handmade import item, write
from sharing import clone, share

ENGLISH = ("--language", "en")
BOOK, RING, SIT = "i-0000001", "i-0000002", "i-0000003"
ITEM = "records/items/2026/{}.yaml"
APPROVED = "2026-02-17-rad"
SHEET = (
    "# RÅD 2026-02-17\nNärvarande: Alva Exempel, Bo Exempel\nOrdförande: Alva Exempel\n\n"
    "## Lönefrågan\nBeslut: Rådet avvaktar.\n"
)
BO = ("Bo Exempel", "bo@example.org")


def environment(day: str, who: tuple[str, str] = ("Cilla Exempel", "cilla@example.org")) -> dict[str, str]:
    """What makes Git date and sign a commit so."""
    when = {f"GIT_{side}_DATE": f"{day}T10:00:00+01:00" for side in ("AUTHOR", "COMMITTER")}
    names = {
        f"GIT_{side}_{what}": text
        for side in ("AUTHOR", "COMMITTER")
        for what, text in zip(("NAME", "EMAIL"), who, strict=True)
    }
    return os.environ | when | names


def by_hand(council: Program, day: str, message: str = "By hand", who: tuple[str, str] = BO) -> str:
    """Commit everything with plain Git on that day; the commit."""
    git(council.folder, "add", "-A")
    subprocess.run(["git", "commit", "-qm", message], cwd=council.folder, env=environment(day, who), check=True)
    return git(council.folder, "rev-parse", "HEAD").strip()


def replaced(council: Program, path: str, old: str, new: str) -> None:
    """Change a file by hand."""
    file = council.folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def on(council: Program, day: str) -> None:
    """Let it be that day."""
    council.now = NOW + (date.fromisoformat(day) - NOW.date())


def told(council: Program, *arguments: str) -> list[str]:
    """The lines that are told, without the commits' ids."""
    lines = council(*ENGLISH, "log", *arguments).out.splitlines()
    return [line if line.startswith(" ") else " ".join((line[:10], line[22:])) for line in lines if line]


def data(council: Program, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(council("log", "--json", *arguments).out)
    return found


@kept
def lived(council: Program) -> None:
    """A council with approved minutes, items changed by command and by hand, and a seat that went to another."""
    council("minutes", "new", "RÅD", "--from", "-", "--yes", given=SHEET)
    on(council, "2026-03-10")
    council("minutes", "approve", "RÅD", "--by", "alva-exempel")
    on(council, "2026-03-12")
    item(council, 1, "Boka lokal.", "owners:\n  - bo-exempel\ndue: 2026-04-01\n", network="ron-bt")
    by_hand(council, "2026-03-12", "Åtgärden från telefonmötet")
    council("item", "done", BOOK)
    on(council, "2026-03-14")
    council("network", "appoint", "RÖN-BT", "convenor", "cilla-exempel", "--from", "2026-07-01")


def merged(council: Program, changes: dict[str, tuple[str, str]] | None = None) -> str:
    """Bo's offline change of 15 March meets another one, by a merge of 20 March that has the remote's tip first."""
    folder = council.folder
    base = git(folder, "rev-parse", "HEAD").strip()
    item(council, 2, "Ring lokalen", "due: 2026-04-01\n")
    own = by_hand(council, "2026-03-15", "Bo ringer", BO)
    git(folder, "reset", "-q", "--hard", base)
    item(council, 3, "Sitt still")
    remote = by_hand(council, "2026-03-18", "Disa sitter", ("Disa Exempel", "disa@example.org"))
    for path, (mine, theirs) in (changes or {}).items():
        original = (folder / path).read_text("utf-8")
        write(council, path, theirs)
        remote = by_hand(council, "2026-03-18", "Disa ändrar", ("Disa Exempel", "disa@example.org"))
        git(folder, "switch", "-q", "--detach", own)
        assert (folder / path).read_text("utf-8") == original
        write(council, path, mine)
        own = by_hand(council, "2026-03-16", "Bo ändrar", BO)
        git(folder, "switch", "-q", "main")
    git(folder, "checkout", "-q", own, "--", ITEM.format(RING), *(changes or ()))
    tree = git(folder, "write-tree").strip()
    made = subprocess.run(
        ["git", "commit-tree", "-p", remote, "-p", own, "-m", "sync", tree],
        cwd=folder,
        env=environment("2026-03-20"),
        capture_output=True,
        text=True,
        check=True,
    )
    git(folder, "reset", "-q", "--hard", made.stdout.strip())
    on(council, "2026-03-21")
    return made.stdout.strip()


# -- what is told ------------------------------------------------------------------------------------------------------


def test_each_commit_is_told_newest_first_with_what_it_changed(lived: Program) -> None:
    assert told(lived, "--limit", "3") == [
        "2026-03-14 Cilla Exempel: network(appoint): RÖN-BT (sammankallande) Cilla Exempel 2026-07-01",
        "  RÖN-BT: Sammankallande: Disa Exempel → Cilla Exempel, from 2026-07-01",
        "2026-03-12 Cilla Exempel: item(done): Boka lokal.",
        f"  {BOOK} Boka lokal: status: open → done, 2026-03-12, Cilla Exempel",
        "2026-03-12 Bo Exempel: Åtgärden från telefonmötet",
        f"  new: {BOOK} Boka lokal",
    ]


def test_a_commit_is_named_so_that_other_commands_find_it(lived: Program) -> None:
    head = lived(*ENGLISH, "log", "--limit", "1").out.split()[1]
    assert git(lived.folder, "rev-parse", "HEAD").startswith(head)
    assert lived("show", "ron-bt", "--as-of", head).out


def test_an_approval_is_told_without_fingerprints_and_with_its_seal(lived: Program) -> None:
    shown = told(lived, APPROVED)
    assert f"  the seal approved/{APPROVED}/1 is on it" in shown
    assert "  RÅD 1/2026: approval: + adopted, 2026-03-10, Alva Exempel" in shown
    assert "  6 documents follow" in shown
    assert shown[-2:] == ["  new: RÅD 1/2026", "  3 documents follow"]
    assert not any(len(word) >= 40 for line in shown for word in line.split())


@pytest.mark.parametrize(
    ("name", "subjects"),
    [
        (BOOK, ["item(done): Boka lokal.", "Åtgärden från telefonmötet"]),
        ("i-00000", ["item(done): Boka lokal.", "Åtgärden från telefonmötet"]),
        ("RÅD 1/2026", ["minutes(RÅD 2026-02-17)"] * 2),
        ("RÅD § 1/2026", ["minutes(RÅD 2026-02-17)"]),
        ("ron-bt/convenor", ["network(appoint)", "member(add): Disa Exempel", "init: council"]),
        ("Disa Exempel", ["network(appoint)", "member(add): Disa Exempel"]),
        ("RÖN-BT", ["network(appoint)", "item(done)", "Åtgärden", "member(add): Disa Exempel", "init: council"]),
        ("RÖN-ST", ["member(add): Erik Exempel", "init: council"]),
    ],
)
def test_what_is_named_has_a_history_of_its_own(lived: Program, name: str, subjects: list[str]) -> None:
    found = [one["subject"] for one in data(lived, name)]
    assert len(found) == len(subjects), found
    for one, subject in zip(found, subjects, strict=True):
        assert one.startswith(subject)


def test_a_record_that_is_gone_is_still_told_of_by_its_id(lived: Program) -> None:
    git(lived.folder, "rm", "-q", ITEM.format(BOOK))
    by_hand(lived, "2026-03-15", "Bort")
    assert told(lived, BOOK)[:2] == ["2026-03-15 Bo Exempel: Bort", f"  gone: {BOOK} Boka lokal"]
    assert "names nothing" in lived(*ENGLISH, "log", "nix", code=2).err


def test_by_since_and_limit_narrow_what_is_told(lived: Program) -> None:
    assert [one["author"] for one in data(lived, "--by", "bo")] == ["Bo Exempel"]
    assert [one["date"] for one in data(lived, "--since", "2026-03-12")] == ["2026-03-14", "2026-03-12", "2026-03-12"]
    commit = data(lived)[1]["commit"]
    assert [one["date"] for one in data(lived, "--since", commit[:10])] == ["2026-03-14"]
    assert len(data(lived, "--limit", "2")) == 2
    assert "Nothing was changed." in lived(*ENGLISH, "log", "--by", "Ingen").err


def test_a_person_is_told_the_latest_thirty_and_how_to_get_more(lived: Program) -> None:
    for number in range(30):
        git(lived.folder, "commit", "-q", "--allow-empty", "-m", f"Tomt {number}")
    said = lived(*ENGLISH, "log")
    assert len(said.out.split("\n\n")) == 30
    assert "atbtst log --limit" in said.err
    assert len(data(lived)) > 35


def test_other_files_are_named_and_an_empty_commit_too(lived: Program) -> None:
    write(lived, "templates/minutes.md.j2", "Mall\n")
    by_hand(lived, "2026-03-15", "Mall")
    git(lived.folder, "commit", "-q", "--allow-empty", "-m", "Tomt")
    assert told(lived, "--limit", "2")[1:] == ["2026-03-15 Bo Exempel: Mall", "  other files: templates/minutes.md.j2"]


def test_of_many_new_records_a_few_are_named_and_the_others_counted(lived: Program) -> None:
    for number in range(100, 120):
        item(lived, number, f"Sak {number}")
    by_hand(lived, "2026-03-15", "Allt på en gång")
    shown = told(lived, "--limit", "1")
    assert (shown[1], shown[2], shown[-1]) == ("  new:", "    i-0000100 Sak 100", "    and 8 more")
    assert len(shown) == 15
    assert len(data(lived, "--limit", "1")[0]["records"]) == 20


def test_what_takes_another_commit_back_says_which(lived: Program) -> None:
    commit = git(lived.folder, "rev-parse", "HEAD").strip()
    item(lived, 2, "Ring")
    by_hand(lived, "2026-03-15", f"undo: något\n\nUndoes: {commit}")
    assert told(lived, "--limit", "1")[1] == f"  takes back {commit[:10]}"
    assert data(lived, "--limit", "1")[0]["undoes"] == [commit]


# -- after approval ----------------------------------------------------------------------------------------------------


def test_a_change_of_approved_minutes_is_told_loudly_with_who(lived: Program) -> None:
    path = f"records/meetings/2026/{APPROVED}/meeting.yaml"
    replaced(lived, path, "Rådet avvaktar.", "Rådet säger ja.")
    by_hand(lived, "2026-03-15", "Smyg")
    shown = told(lived, "--limit", "1")
    assert shown[1] == "  CHANGED AFTER APPROVAL by Bo Exempel: RÅD 1/2026; decision § 1"
    assert "  RÅD 1/2026: 1 Lönefrågan › decision § 1 › text: Rådet avvaktar. → Rådet säger ja." in shown
    [record] = data(lived, "--limit", "1")[0]["records"]
    assert record["changed_after_approval"] is True
    assert any("CHANGED" in line for line in told(lived, "RÅD § 1/2026"))


def test_a_changed_document_of_approved_minutes_is_told_loudly(lived: Program) -> None:
    path = f"records/meetings/2026/{APPROVED}/minutes.md"
    replaced(lived, path, "avvaktar", "säger ja")
    by_hand(lived, "2026-03-15", "Smyg")
    assert told(lived, "--limit", "1")[1] == f"  CHANGED AFTER APPROVAL by Bo Exempel: {path}"


def test_minutes_that_are_opened_by_an_amendment_are_not_told_loudly(lived: Program) -> None:
    sheet = lived("minutes", "show", "RÅD", "--sheet").out.replace("avvaktar", "väntar")
    lived("minutes", "edit", "RÅD", "--reason", "Språk", "--from", "-", given=sheet, code=None)
    shown = lived(*ENGLISH, "log", APPROVED).out
    assert "amendments: +" in shown
    assert "CHANGED" not in shown


# -- merges ------------------------------------------------------------------------------------------------------------


def test_a_merge_tells_what_it_brought_and_offline_work_when_it_came(lived: Program) -> None:
    merged(lived)
    shown = told(lived, "--limit", "3")
    assert shown[:2] == ["2026-03-20 Cilla Exempel: sync", "  brought in 1 commit by Bo Exempel"]
    assert "2026-03-15 Bo Exempel: Bo ringer" in shown
    assert "  made on 2026-03-15, in the shared record since 2026-03-20" in shown
    assert shown.count("  made on 2026-03-15, in the shared record since 2026-03-20") == 1
    merge, *others = data(lived, "--limit", "3")
    assert (merge["brought"], merge["came_in"]) == ({"commits": 1, "by": ["Bo Exempel"]}, None)
    assert {one["subject"]: one["came_in"] for one in others} == {"Bo ringer": "2026-03-20", "Disa sitter": None}


def test_since_counts_what_came_in_from_that_day_on(lived: Program) -> None:
    merged(lived)
    assert {one["subject"] for one in data(lived, "--since", "2026-03-19")} == {"sync", "Bo ringer"}


def test_what_a_merge_decided_is_told_with_what_it_could_have_become(lived: Program) -> None:
    path = ITEM.format(BOOK)
    text = (lived.folder / path).read_text("utf-8")
    merged(lived, {path: (text.replace("2026-04-01", "2026-05-01"), text.replace("2026-04-01", "2026-06-01"))})
    line = f"  decided by the merge: {BOOK} Boka lokal: due: 2026-04-01 → 2026-05-01, not 2026-06-01"
    assert line in told(lived, "--limit", "1")
    assert line in told(lived, BOOK)
    assert line not in told(lived, RING)
    [decided] = data(lived, BOOK, "--limit", "1")[0]["decided"]
    assert (decided["before"], decided["after"], decided["not"]) == ("2026-04-01", "2026-05-01", "2026-06-01")


def test_a_sync_tells_what_somebody_decided_as_it_became_and_nothing_else(council: Program) -> None:
    sheet = "# RÅD 2026-02-17\nNärvarande: Bo Exempel\n\n## Plan\nPlanen är klar.\n"
    council("minutes", "new", "RÅD", "--from", "-", given=sheet)
    council("item", "add", "Boka lokal", "--network", "RÅD")
    share(council)
    other = clone(council, "bo")
    book = next((council.folder / "records/items").rglob("*.yaml")).stem
    for one, note, text in ((council, "Lokalen är vald", "helt klar"), (other, "Priset är känt", "snart klar")):
        one("item", "note", book, note)
        one("minutes", "edit", "RÅD 1/2026", "--from", "-", given=sheet.replace("klar", text))
    council("sync")
    other("sync", code=5)
    other("resolve", APPROVED, "--mine")
    other("sync")
    was = "decided by the merge: RÅD 1/2026: 1 Plan › text: Planen är klar."
    assert [line.strip() for line in told(other, "--limit", "1") if "decided" in line] == [
        f"{was} → Planen är snart klar., not Planen är helt klar."
    ]


def test_what_somebody_slipped_into_a_merge_is_told(lived: Program) -> None:
    merged(lived)
    path = f"records/meetings/2026/{APPROVED}/meeting.yaml"
    replaced(lived, path, "Rådet avvaktar.", "Rådet säger ja.")
    replaced(lived, ITEM.format(BOOK), "Boka lokal.", "Boka sal.")
    git(lived.folder, "commit", "-qa", "--amend", "-m", "sync")
    shown = told(lived, "--limit", "1")
    assert "  CHANGED AFTER APPROVAL by Cilla Exempel: RÅD 1/2026; decision § 1" in shown
    assert f"  decided by the merge: {BOOK}: title: Boka lokal. → Boka sal." in shown


# -- whatever lies there -----------------------------------------------------------------------------------------------


def test_a_record_that_could_not_be_read_then_is_named_with_why(lived: Program) -> None:
    text = (lived.folder / ITEM.format(BOOK)).read_text("utf-8")
    write(lived, ITEM.format(BOOK), text + "colour: red\n")
    by_hand(lived, "2026-03-15", "Fel")
    write(lived, ITEM.format(BOOK), text)
    by_hand(lived, "2026-03-16", "Rättat")
    shown = told(lived, BOOK, "--limit", "2")
    assert [line for line in shown if "cannot be read" in line]
    assert data(lived, BOOK)[1]["records"][0]["differences"] is None


def test_what_cannot_be_read_now_has_its_history(lived: Program) -> None:
    for path, name in (
        (f"records/meetings/2026/{APPROVED}/meeting.yaml", APPROVED),
        ("records/networks/ron-st.yaml", "ron-st"),
        ("records/members/bo-exempel.yaml", "bo-exempel"),
        (ITEM.format(BOOK), BOOK),
    ):
        write(lived, path, "- nothing\n")
        assert data(lived, name), name


def test_a_member_with_a_new_name_is_called_by_it(lived: Program) -> None:
    lived("member", "rename", "bo-exempel", "Bo Nyman Exempel", "--from", "2026-03-01")
    assert "  RÖN-AT: Sammankallande: – → Bo Nyman Exempel, from 2026-01-01" in told(lived, "bo-exempel")


def test_settings_that_cannot_be_read_now_leave_the_history_readable(lived: Program) -> None:
    write(lived, "records/settings.yaml", "<<<<<<< HEAD\n")
    assert "Boka lokal" in lived(*ENGLISH, "log").out


def test_what_a_forgotten_person_was_called_is_not_told(council: Program) -> None:
    council("member", "add", "Frida Exempel")
    council("member", "edit", "frida-exempel", "--email", "frida@example.net")
    council("member", "forget", "frida-exempel", "--reason", "På egen begäran", "--yes")
    shown = council(*ENGLISH, "log", "frida-exempel").out
    assert "personal data taken out" in shown
    assert "frida@example.net" not in shown
    assert "gone: Frida" not in shown
    assert "frida@example.net" not in council("log", "frida-exempel", "--json").out


def test_hostile_text_reaches_no_terminal(lived: Program) -> None:
    evil = "\x1b[31m\u202e[/red] [bold]"
    item(lived, 2, "Ring\u202e [/red][bilaga]", 'log:\n  - {date: 2026-03-01, note: "a\\e[2Jb"}\n')
    by_hand(lived, "2026-03-15", f"Ämne {evil}", (f"Bo {evil}", "bo@example.org"))
    item(lived, 2, "Ring", 'log:\n  - {date: 2026-03-01, note: "c\\e[2Jd"}\n')
    by_hand(lived, "2026-03-15", "Nästa")
    for said in (lived("log"), lived("log", RING), lived("log", "--json")):
        assert "\x1b" not in said.text
        assert "\u202e" not in said.text
    assert "[/red]" in lived("log").out


@pytest.mark.parametrize("text", ["--all", "-p", "HEAD", "main", "--output=stolen", "../x", "$(touch stolen)", ""])
def test_no_text_becomes_an_option_of_gits(lived: Program, text: str) -> None:
    lived("log", "--", text, code=2)
    lived("log", f"--since={text}", code=2)
    assert not (lived.folder / "stolen").exists()


def test_a_users_own_settings_of_git_change_nothing(lived: Program) -> None:
    before = lived("log").out
    for key, value in (
        *(("log.showSignature", "true"), ("diff.noprefix", "true"), ("diff.relative", "true"), ("log.follow", "true")),
        *(("color.ui", "always"), ("diff.renames", "copies"), ("core.quotePath", "true"), ("log.date", "relative")),
    ):
        git(lived.folder, "config", key, value)
    assert lived("log").out == before


def test_a_workspace_below_the_top_tells_its_own_history(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main")
    folder = program.folder / "råd å"
    (program.folder / "readme").write_text("Förr", "utf-8")
    by_hand(program, "2026-03-01", "Utanför")
    program("init", folder)
    program.folder = folder
    program("item", "add", "Ring", "--network", "RÅD")
    subjects = [one["subject"] for one in data(program)]
    assert subjects[0].startswith("item(add)")
    assert "Utanför" not in subjects
    [known] = json.loads(program("item", "list", "--json").out)
    assert len(data(program, known["id"])) == 1
    assert len(data(program, "RÅD")) == 2


def test_a_record_that_was_never_saved_has_no_history(council: Program) -> None:
    git(council.folder, "update-ref", "-d", "HEAD")
    assert data(council) == []
    assert "Nothing was changed." in council(*ENGLISH, "log").err


def test_a_reader_who_has_seen_enough_ends_it_quietly(lived: Program) -> None:
    for number in range(3):
        item(lived, 10 + number, "Ord " * 4000)
        by_hand(lived, "2026-03-15", "Långt " * 5000)
    command = f"{sys.executable} -m atbtst_cli log | head -c 100; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=lived.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_only_as_many_commits_are_read_as_are_told(lived: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies behind the last one that is told may be out of reach."""
    old = git(lived.folder, "rev-parse", f"HEAD~2:{ITEM.format(BOOK)}").strip()
    blob = lived.folder / ".git/objects" / old[:2] / old[2:]
    blob.unlink()
    assert len(told(lived, "--limit", "1")) == 2
    assert lived("log", "--limit", "3", code=None).code != 0


def test_the_papers_of_a_matter_that_is_gone_are_told_too(council: Program, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("a")
    council("matter", "raise", "RÖN-AT", "Lönen", "--paper", tmp_path / "p.txt")
    [path] = (council.folder / "records/matters").rglob("m-*.yaml")
    (path.with_suffix("") / "papers/p.txt").write_text("b")
    git(council.folder, "commit", "-qam", "Another paper")
    git(council.folder, "rm", "-qr", str(path.parent))
    git(council.folder, "commit", "-qm", "Gone")
    assert "Another paper" in council("log", path.stem).out
