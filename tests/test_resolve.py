"""What somebody decides holds, may be decided anew, and never costs an approval, a paper or another's words."""

import re
from pathlib import Path

import pytest
from conftest import ROOT, Program, git
from handmade import commit, write
from sharing import shared_after, tip, tree
from test_sync import item, minutes, text

MINUTED = "2026-02-10-rad"
FOLDER = f"records/meetings/2026/{MINUTED}"


def begun(council: Program) -> None:
    """The clone of somebody else, of a council with an item and minutes."""
    council("item", "add", "Boka lokal", "--network", "RÅD", "--owner", "bo-exempel")
    minutes(council, "2026-02-10", "Beslut: Planen antas.")


other = shared_after(begun)


def approve(one: Program, by: str) -> None:
    one("minutes", "approve", MINUTED, "--by", f"{by}-exempel")


def edit(one: Program, old: str, new: str, *more: str) -> None:
    """Edit the minutes as the secretary does, in their text."""
    sheet = one("minutes", "show", MINUTED, "--sheet").out
    assert old in sheet
    one("minutes", "edit", MINUTED, "--from", "-", *more, given=sheet.replace(old, new))


def open_again(one: Program, old: str, new: str) -> None:
    edit(one, old, new, "--reason", "Ett fel")


def both_change(council: Program, other: Program) -> None:
    """Let each have something that the other has not, so that there is something to bring together."""
    council("item", "add", "Ring", "--network", "RÅD")
    council("sync")
    other("item", "add", "Skriv", "--network", "RÅD")
    git(other.folder, "fetch", "-q")


def clash(council: Program, other: Program, path: str, old: str, *news: str) -> None:
    """Let each write something else by hand in the place of the same words of a file, and sync."""
    for one, new in zip((council, other), news, strict=True):
        known = (one.folder / path).read_text("utf-8")
        assert old in known
        write(one, path, known.replace(old, new, 1))
        commit(one)
    council("sync")
    other("sync", code=5)


def assert_well(*clones: Program) -> None:
    """All clones are alike, every approval can be proved, and nothing lies beside a record that is not there."""
    for one in (*reversed(clones), *clones[1:]):
        one("sync")
    assert len({(tree(one), git(one.folder, "for-each-ref", "refs/tags")) for one in clones}) == 1
    assert {git(one.folder, "status", "--porcelain") for one in clones} == {""}
    clones[0]("check")
    clones[0]("minutes", "verify", "--all")
    files = git(clones[0].folder, "ls-files", "records/meetings", "records/matters").split()
    known = {path.removesuffix("/meeting.yaml").removesuffix(".yaml") for path in files}
    assert all(any(path.startswith(f"{one}/") for one in known) for path in files if "/papers/" in path)


# -- approvals -----------------------------------------------------------------------------------------------------------


def test_an_approval_that_is_known_here_only_is_not_lost_by_taking_theirs(council: Program, other: Program) -> None:
    edit(council, "antas", "avslås")
    council("sync")
    approve(other, "bo")
    other("sync", code=5)
    assert f"{MINUTED} --whole --mine" in other("resolve", MINUTED, "--whole", "--theirs", code=2).err
    open_again(other, "Planen", "Den nya planen")
    other("sync", code=5)
    assert f"{MINUTED} --whole --mine" in other("resolve", MINUTED, "--whole", "--theirs", code=2).err
    other("resolve", MINUTED, "--theirs")
    other("sync")
    approve(other, "bo")
    assert_well(council, other)
    assert "Planen avslås" in text(council, f"{MINUTED}/meeting")


def test_a_shared_approval_is_not_lost_by_taking_mine(council: Program, other: Program) -> None:
    """Not where minutes were taken away here, and not where both wrote them anew."""
    before = tip(other)
    approve(council, "alva")
    council("sync")
    other("undo", before)
    other("sync", code=5)
    assert "--theirs" in other("resolve", MINUTED, "--mine", code=2).err
    other("resolve", MINUTED, "--theirs")
    assert_well(council, other)


def test_what_says_that_minutes_are_approved_is_not_typed(council: Program, other: Program) -> None:
    approve(council, "alva")
    council("sync")
    other("sync")
    both_change(council, other)
    for field, value in (("approval", ""), ("approval/date", "2026-01-01"), ("id", "2026-02-11-rad")):
        assert "--whole" in other("resolve", MINUTED, field, "--value", value, code=2).err
    for record, field in (("settings", "format"), (item(other), "id"), ("bo-exempel", "id")):
        other("resolve", record, field, "--value", "2", code=2)
    other("sync")
    assert_well(council, other)


def test_minutes_approved_there_and_approved_and_opened_here_are_one_thing_to_decide(
    council: Program, other: Program
) -> None:
    approve(council, "alva")
    council("sync")
    approve(other, "bo")
    open_again(other, "antas", "avslås")
    open_again_text = text(other, f"{MINUTED}/meeting")
    assert "avslås" in open_again_text
    other("sync", code=5)
    other("resolve", MINUTED, "--theirs", code=5)
    other("resolve", MINUTED, "--whole", "--theirs")
    assert_well(council, other)
    assert "antas" in text(other, f"{MINUTED}/meeting")


def test_both_mended_and_approved_and_the_shared_ones_stay(council: Program, other: Program) -> None:
    """The way out that is named leads out, though the fields were decided before."""
    approve(council, "alva")
    council("sync")
    edit(other, "antas", "avslås")
    approve(other, "bo")
    other("sync", code=5)
    said = other("resolve", MINUTED, "--theirs", code=5).err
    assert f"atbtst resolve {MINUTED} --whole --theirs" in said
    other("resolve", MINUTED, "--whole", "--theirs")
    assert_well(council, other)


def test_a_later_approval_here_is_not_lost_by_taking_an_earlier_one_there(council: Program, other: Program) -> None:
    approve(council, "alva")
    council("sync")
    approve(other, "bo")
    open_again(other, "antas", "avslås")
    approve(other, "bo")
    other("sync", code=5)
    other("resolve", MINUTED, "--whole", "--theirs", code=2)
    other("resolve", MINUTED, "--whole", "--mine")
    other("sync")
    assert_well(council, other)
    assert "avslås" in text(council, f"{MINUTED}/meeting")


@pytest.mark.parametrize("whole", [["--whole"], []])
def test_what_was_opened_here_stands_on_top_of_what_is_approved_there(
    council: Program, other: Program, whole: list[str]
) -> None:
    """The shared approval stays provable, with its public documents, and the amendment is one of it."""
    approve(council, "alva")
    council("sync")
    council("minutes", "show", MINUTED)
    other("minutes", "approve", MINUTED, "--by", "bo-exempel", "--date", "2026-02-27")
    open_again(other, "antas", "avslås")
    other("sync", code=5)
    other("resolve", MINUTED, *whole, "--mine")
    other("sync")
    assert_well(council, other)
    assert "avslås" in text(council, f"{MINUTED}/meeting")
    assert "antas" in (council.folder / FOLDER / "public/minutes.md").read_text("utf-8")
    approve(council, "alva")
    assert_well(council, other)


@pytest.mark.parametrize("again", [False, True])
def test_of_approvals_on_different_days_one_side_can_always_be_taken(
    council: Program, other: Program, again: bool
) -> None:
    council("minutes", "approve", MINUTED, "--by", "alva-exempel", "--date", "2026-02-28")
    council("sync")
    other("minutes", "approve", MINUTED, "--by", "bo-exempel", "--date", "2026-02-27")
    open_again(other, "antas", "avslås")
    other("minutes", "approve", MINUTED, "--by", "bo-exempel", "--date", "2026-03-01")
    if again:
        open_again(other, "avslås", "bordläggs")
    other("sync", code=5)
    said = other("resolve", MINUTED, "--whole", "--theirs", code=2).err
    assert f"atbtst resolve {MINUTED} --whole --mine" in said
    other("resolve", MINUTED, "--whole", "--mine")
    other("sync")
    assert_well(council, other)


def test_both_opened_and_approved_once_more_and_one_opened_again(council: Program, other: Program) -> None:
    approve(council, "alva")
    council("sync")
    other("sync")
    for clone_, words in ((council, "avslås"), (other, "bordläggs")):
        open_again(clone_, "antas", words)
        approve(clone_, "bo")
    open_again(other, "bordläggs", "återremitteras")
    council("sync")
    other("sync", code=5)
    other("resolve", MINUTED, "--whole", "--mine")
    other("sync")
    assert_well(council, other)
    assert "avslås" in (council.folder / FOLDER / "public/minutes.md").read_text("utf-8")


def test_the_way_out_of_a_broken_seal_is_one_that_is_allowed(council: Program, other: Program) -> None:
    """Opened there and taken back; here approved in another way meanwhile."""
    approve(council, "alva")
    open_again(council, "antas", "avslås")
    opened = tip(council)
    council("sync")
    other("sync")
    council("undo", opened)
    council("sync")
    approve(other, "bo")
    other("sync", code=5)
    told = other("resolve", MINUTED, "--mine", code=None)
    if told.code:
        way = next(line for line in told.err.splitlines() if f"resolve {MINUTED} --whole --" in line)
        side = "--mine" if "--whole --mine" in way else "--theirs"
        other("resolve", MINUTED, "--whole", side)
    other("sync")
    assert_well(council, other)


def test_approved_minutes_that_a_hand_took_away_are_not_handed_over(council: Program, other: Program) -> None:
    approve(council, "alva")
    council("sync")
    other("sync")
    git(other.folder, "rm", "-q", "-r", FOLDER)
    git(other.folder, "commit", "-q", "-m", "Gone")
    assert f"{FOLDER}/meeting.yaml" in other("sync", code=4).err
    git(other.folder, "revert", "--no-edit", "HEAD")
    assert_well(council, other)


# -- thinking again --------------------------------------------------------------------------------------------------------


def test_the_later_decision_holds(council: Program, other: Program) -> None:
    """For a field after one for the whole, and for the whole after one for a field."""
    one = item(council)
    for clone_, day in ((council, "2026-04-01"), (other, "2026-05-01")):
        clone_("item", "edit", one, "--due", day, "--what", f"Boka sal till {day}")
    council("sync")
    other("sync", code=5)
    other("resolve", one, "--whole", "--mine")
    other("resolve", one, "due", "--theirs", code=5)
    other("resolve", one, "title", "--mine")
    other("sync")
    assert "due: 2026-04-01" in text(other, one)
    assert "till 2026-05-01" in text(other, one)


def test_a_value_on_top_of_a_whole_record(council: Program, other: Program) -> None:
    one = item(council)
    both_change(council, other)
    other("item", "edit", one, "--due", "2026-05-01")
    other("resolve", one, "--whole", "--theirs")
    other("resolve", one, "due", "--value", "2026-06-01")
    other("sync")
    assert "due: 2026-06-01" in text(other, one)


def test_a_value_for_a_clash_that_is_gone_counts_no_longer(council: Program, other: Program) -> None:
    one = item(council)
    council("item", "edit", one, "--due", "2026-05-01")
    council("sync")
    other("item", "edit", one, "--due", "2026-06-01")
    other("sync", code=5)
    other("resolve", one, "due", "--value", "2026-07-01")
    council("item", "edit", one, "--due", "2026-06-01")
    council("sync")
    other("sync")
    assert "due: 2026-06-01" in text(other, one)


def test_what_was_decided_can_be_taken_back(council: Program, other: Program) -> None:
    one = item(council)
    for clone_, day in ((council, "2026-04-01"), (other, "2026-05-01")):
        clone_("item", "edit", one, "--due", day)
    council("sync")
    other("sync", code=5)
    other("resolve", one, "--mine")
    other("resolve", one, "--undecided", code=5)
    other("sync", code=5)
    for words in (["--undecided", "--mine"], ["due", "--undecided"], ["--whole"], ["due", "--whole", "--mine"]):
        other("resolve", one, *words, code=2)


def test_what_was_decided_against_another_is_not_undone_along_with_what_it_was_decided_for(
    council: Program, other: Program
) -> None:
    """Or the other's value, which nobody chose to drop then, would be gone without a word."""
    one = item(council)
    council("item", "edit", one, "--due", "2026-04-01")
    council("sync")
    other("item", "edit", one, "--due", "2026-05-01", "--what", "Boka sal")
    edited = tip(other)
    other("sync", code=5)
    other("resolve", one, "--mine")
    other("sync")
    said = other("--language", "en", "undo", edited, code=3).err
    assert "decided by the merge: " in said
    assert "due: – → 2026-05-01, not 2026-04-01" in said
    other("item", "edit", one, "--what", "Boka en sal")
    other("undo")
    assert "title: Boka sal" in text(other, one)


def test_a_number_after_all_as_it_was_here(council: Program, other: Program) -> None:
    minutes(council, "2026-02-24", "Beslut: Lokalen bokas.")
    council("sync")
    other("sync")
    meeting = "records/meetings/2026/2026-02-24-rad/meeting.yaml"
    for clone_, number in ((council, "5"), (other, "4")):
        write(
            clone_,
            meeting,
            (clone_.folder / meeting).read_text("utf-8").replace("number: 2\n", f"number: {number}\n", 1),
        )
        commit(clone_)
    council("sync")
    sheet = other("minutes", "show", "2026-02-24-rad", "--sheet").out + "\nBeslut: Den ses över.\n"
    other("minutes", "edit", "2026-02-24-rad", "--from", "-", given=sheet)
    other("sync", code=5)
    other("resolve", "2026-02-24-rad", "--renumber")
    other("resolve", "2026-02-24-rad", "number", "--mine")
    other("sync")
    assert "\nnumber: 4\n" in (other.folder / meeting).read_text("utf-8")


# -- what a decision can say -----------------------------------------------------------------------------------------------


def test_a_date_that_is_typed_is_sorted_among_the_others(council: Program, other: Program) -> None:
    one = item(council)
    for word in ("Ett", "Två"):
        council("item", "note", one, word)
    council("sync")
    other("sync")
    path = f"records/items/2026/{one}.yaml"
    clash(council, other, path, "- date: 2026-03-02", "- date: 2026-03-01", "- date: 2026-02-28")
    other("resolve", one, "log/:1/date", "--value", "i går", code=2)
    other("resolve", one, "log/:1/date", "--value", "2026-02-27")
    other("sync")
    assert "date: 2026-02-27" in text(other, one)


def test_an_order_is_typed_by_naming_each_once(council: Program, other: Program) -> None:
    one = item(council)
    council("item", "edit", one, "--owner", "alva-exempel", "--owner", "bo-exempel", "--owner", "cilla-exempel")
    council("sync")
    other("sync")
    old, *news = (
        "".join(f"  - {name}-exempel\n" for name in names)
        for names in (("alva", "bo", "cilla"), ("cilla", "alva", "bo"), ("bo", "alva", "cilla"))
    )
    clash(council, other, f"records/items/2026/{one}.yaml", old, *news)
    other("resolve", one, "owners", "--value", "alva-exempel, bo-exempel", code=2)
    other("resolve", one, "owners", "--value", "alva-exempel, cilla-exempel, bo-exempel")
    other("sync")
    assert "  - alva-exempel\n  - cilla-exempel\n  - bo-exempel\n" in text(other, one)


def test_both_texts_stand_one_below_the_other(council: Program, other: Program) -> None:
    council("meeting", "plan", "RÅD", "--date", "2026-04-21")
    council("sync")
    other("sync")
    for clone_, words in ((council, "Ett\n\nTvå\n"), (other, "Tre\n\nFyra\n")):
        clone_("report", "file", "RÖN-AT", "--for", "2026-04-21-rad", "--from", "-", given=words)
    council("sync")
    other("sync", code=5)
    other("resolve", "2026-04-21-rad/ron-at", "--both")
    other("sync")
    shown = other("report", "show", "RÖN-AT", "--for", "2026-04-21-rad", code=None).out
    assert "TvåTre" not in shown
    assert all(word in shown for word in ("Ett", "Två", "Tre", "Fyra"))


def test_two_corrections_of_one_name_are_a_clash(council: Program, other: Program) -> None:
    for clone_, name in ((council, "Bo Ett"), (other, "Bo Två")):
        clone_("member", "edit", "bo-exempel", "--name", name)
    council("sync")
    assert "Bo Ett" in other("sync", code=5).out
    other("resolve", "bo-exempel", "--mine")
    other("sync")
    assert "Bo Ett" not in text(other, "bo-exempel")


def test_minutes_that_both_wrote_anew_without_a_decision_are_not_joined(council: Program, other: Program) -> None:
    for clone_, words in ((council, "Planen är ny."), (other, "Planen är gammal.")):
        clone_("undo", tip(clone_))
        minutes(clone_, "2026-02-10", words)
    council("sync")
    other("sync", code=5)
    other("resolve", MINUTED, "--theirs")
    other("sync")
    assert (other.folder / FOLDER / "minutes.md").read_text("utf-8").count("Introduktion") == 1
    assert_well(council, other)


def test_decisions_that_both_added_can_both_stay(council: Program, other: Program) -> None:
    """Under other questions, each with the id and the number that were free."""
    edit(council, "## Introduktion", "## Introduktion\nBeslut: Lokalen bokas.\n\n## Lokalen")
    council("sync")
    edit(other, "## Introduktion", "## Jouren\nBeslut: Jouren ses över.\n\n## Introduktion")
    told = other("sync", code=5).err
    assert "(id-twice)" in told
    for _turn in range(3):
        if "(id-twice)" in told:
            place = (
                next(line for line in told.splitlines() if "/decision --value" in line).split("resolve ")[1].split()[1]
            )
            told = other("resolve", MINUTED, place, "--value", "d-7", code=None).err
        elif "--renumber" in told:
            told = other("resolve", MINUTED, "--renumber", code=None).err
    other("sync")
    shown = (other.folder / FOLDER / "minutes.md").read_text("utf-8")
    assert all(words in shown for words in ("Planen antas", "Lokalen bokas", "Jouren ses över"))
    assert_well(council, other)


# -- whole records ---------------------------------------------------------------------------------------------------------


def test_papers_go_and_come_with_their_record(council: Program, other: Program, tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(b"%PDF-1.4")
    council("meeting", "plan", "RÅD", "--date", "2026-04-21")
    council("matter", "raise", "RÖN-BT", "Handledartid", "--paper", tmp_path / "p.pdf")
    [matter] = [path.stem for path in (council.folder / "records/matters").rglob("m-*.yaml")]
    council("sync")
    other("sync")
    council("undo")
    council("meeting", "remove", "2026-04-21-rad", "--yes")
    council("sync")
    other("agenda", "add", "Lönen", "--meeting", "2026-04-21-rad", "--paper", tmp_path / "p.pdf")
    other("sync", code=5)
    other("resolve", "2026-04-21-rad", "--theirs")
    other("resolve", matter, "--whole", "--mine")
    assert_well(council, other)
    assert len([path for path in git(council.folder, "ls-files").split() if path.endswith("p.pdf")]) == 1


def test_a_paper_does_not_stay_without_its_record(council: Program, other: Program, tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(b"%PDF-1.4 a")
    council("meeting", "plan", "RÅD", "--date", "2026-04-21")
    council("agenda", "add", "Lön", "--meeting", "2026-04-21-rad", "--paper", tmp_path / "p.pdf")
    council("sync")
    other("sync")
    paper = "records/meetings/2026/2026-04-21-rad/papers/p.pdf"
    (council.folder / paper).write_bytes(b"%PDF-1.4 b")
    git(council.folder, "commit", "-qam", "P")
    council("sync")
    other("meeting", "remove", "2026-04-21-rad", "--yes")
    other("sync", code=5)
    refused = other("resolve", paper, "--theirs", code=2).err
    assert "atbtst resolve 2026-04-21-rad --whole --theirs" in refused
    other("resolve", "2026-04-21-rad", "--whole", "--theirs")
    other("sync")
    assert (other.folder / paper).read_bytes() == b"%PDF-1.4 b"
    assert_well(council, other)


def test_a_record_that_lies_in_another_folder_there_is_not_lost(council: Program, other: Program) -> None:
    one = item(council)
    (council.folder / "records/items/2025").mkdir()
    git(council.folder, "mv", f"records/items/2026/{one}.yaml", f"records/items/2025/{one}.yaml")
    git(council.folder, "commit", "-qm", "Moved")
    council("sync")
    other("item", "add", "Ring", "--network", "RÅD")
    git(other.folder, "fetch", "-q")
    other("resolve", one, "--whole", "--mine")
    other("sync")
    assert "Boka lokal" in text(other, one)


def test_settings_have_one_name_more(council: Program, other: Program) -> None:
    [old] = re.findall("^name: .*$", (council.folder / "records/settings.yaml").read_text("utf-8"), re.MULTILINE)
    clash(council, other, "records/settings.yaml", old, "name: Ett", "name: Två")
    other("resolve", "settings", "--mine")
    other("resolve", "records/settings.yaml", "--theirs")
    other("sync")
    assert "name: Ett\n" in (other.folder / "records/settings.yaml").read_text("utf-8")


def test_documents_are_made_with_the_templates_of_both_sides(council: Program, other: Program) -> None:
    template = ROOT / "templates/document.md.j2"
    write(council, "templates/document.md.j2", template.read_text("utf-8") + "\nEn ny fot\n")
    commit(council)
    edit(council, "antas", "avslås")
    council("sync")
    edit(other, "Närvarande: Alva Exempel, Bo Exempel", "Närvarande: Alva Exempel, Bo Exempel, Erik Exempel")
    other("sync")
    shown = (other.folder / FOLDER / "minutes.md").read_text("utf-8")
    assert "En ny fot" in shown
    assert "avslås" in shown
    assert "Erik" in shown
