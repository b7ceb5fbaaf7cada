"""atbtst sync: what two people changed goes together by itself, or nothing happens until somebody has decided."""

import json
import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import Program, git
from faults import assert_sound, begin_work, fake_git, work
from handmade import commit, write
from sharing import clone, share, shared_after, state, tip, tree

MINUTED = "records/meetings/2026/2026-02-10-rad"
NOTES = """\
# {body} {date}
Närvarande: Alva Exempel, Bo Exempel
Ordförande: Alva Exempel
Anteckningar: Cilla Exempel

## Introduktion
{text}
"""


def begun(council: Program) -> None:
    """A clone of Bo's, beside the council's own one; both have an item."""
    council("item", "add", "Boka lokal", "--network", "RÅD", "--owner", "bo-exempel")


other = shared_after(begun)


def item(council: Program) -> str:
    """The id of the only item."""
    return next((council.folder / "records/items").rglob("*.yaml")).stem


def text(council: Program, record: str) -> str:
    """What the file of a record says."""
    return next((council.folder / "records").rglob(f"{record}.yaml")).read_text("utf-8")


def minutes(council: Program, day: str, text: str = "Planen är klar.", body: str = "RÅD") -> None:
    """Make minutes of a meeting."""
    council("minutes", "new", body, "--from", "-", given=NOTES.format(body=body, date=day, text=text))


# -- what goes together by itself ----------------------------------------------------------------------------------------


def test_a_record_is_shared_once_and_there_is_nothing_to_do_then(council: Program) -> None:
    refused = council("sync", code=3)
    assert "atbtst sync --remote URL" in refused.err
    bare = share(council)
    assert git(bare, "rev-parse", "main").strip() == tip(council)
    assert council("sync").out == "Inget nytt, varken här eller där.\n"


def test_changes_of_different_fields_of_one_record_go_together(council: Program, other: Program) -> None:
    one = item(council)
    council("item", "edit", one, "--due", "2026-04-08")
    council("item", "note", one, "Lokalen är vald")
    council("sync")
    other("item", "note", one, "Priset är känt")
    begin_work(other.folder)
    before = work(other.folder)
    done = other("sync")
    assert "2 ändringar kom in" in done.out
    assert "item(note): Boka lokal" in done.out
    assert work(other.folder) == before
    council("sync")
    assert "due: 2026-04-08" in text(council, one)
    assert {"note: Lokalen är vald", "note: Priset är känt"} <= {
        line.strip() for line in text(council, one).split("\n")
    }
    assert tree(council) == tree(other)
    for one_of_them in (council, other):
        assert_sound(one_of_them.folder)
        one_of_them("check")
    assert git(council.folder, "status", "--porcelain") == ""


def test_the_shared_line_of_history_is_the_first_one(council: Program, other: Program) -> None:
    council("item", "add", "Ring", "--network", "RÅD")
    council("sync")
    shared = tip(council)
    other("item", "add", "Skriv", "--network", "RÅD")
    mine = tip(other)
    other("sync")
    assert git(other.folder, "log", "-1", "--format=%P").split() == [shared, mine]
    assert git(other.folder, "log", "-1", "--format=%s") == "sync: 1 ändring av Bo Exempel\n"


@pytest.mark.parametrize("by_git", [False, True])
def test_the_shared_line_tells_on_which_day_something_came_in(council: Program, other: Program, by_git: bool) -> None:
    """Also where nobody else did anything meanwhile, or plain Git brought the two together."""
    one = item(council)
    other("item", "edit", one, "--due", "2026-05-01")
    made, shared = tip(other), tip(council)
    if by_git:
        council("item", "edit", one, "--what", "Boka sal")
        council("sync")
        shared = tip(council)
        git(other.folder, "pull", "-q", "--no-rebase", "--no-edit")
        made = tip(other)
    else:
        other.now += timedelta(days=2)
    other("sync")
    assert git(other.folder, "rev-parse", "HEAD^1", "HEAD^2").split() == [shared, made]
    assert tip(other, "HEAD^{tree}") == tip(other, f"{made}^{{tree}}")
    council.now = other.now
    council("sync")
    assert council("sync").out == other("sync").out == "Inget nytt, varken här eller där.\n"
    assert tip(council) == tip(other)
    if not by_git:
        assert "2026-05-01" not in council("show", one, "--as-of", "2026-03-03").out
        assert "2026-05-01" in council("show", one, "--as-of", "2026-03-04").out
        assert "in the shared record since 2026-03-04" in council("--language", "en", "log", one).out


def test_documents_of_minutes_that_both_changed_are_built_anew(council: Program, other: Program) -> None:
    minutes(council, "2026-02-17")
    council("sync")
    other("sync")
    folder = "records/meetings/2026/2026-02-17-rad"
    meeting = council.folder / folder / "meeting.yaml"
    sheet = NOTES.format(body="RÅD", date="2026-02-17", text="Planen är klar.")
    place = sheet.replace("2026-02-17", "2026-02-17 kl. 13:15–16:15, Dockplatsen")
    council("minutes", "edit", "2026-02-17-rad", "--from", "-", given=place)
    council("sync")
    assert "Dockplatsen" in meeting.read_text("utf-8")
    other("minutes", "edit", "2026-02-17-rad", "--from", "-", given=sheet.replace("klar.", "klar och beslutad."))
    other("sync")
    shown = (other.folder / folder / "minutes.md").read_text("utf-8")
    assert "Dockplatsen" in shown
    assert "klar och beslutad" in shown
    for form in ("md", "html", "pdf"):
        other("minutes", "render", "2026-02-17-rad", "--output", other.folder.parent / f"again.{form}")
        made = (other.folder.parent / f"again.{form}").read_bytes()
        assert (other.folder / folder / f"minutes.{form}").read_bytes() == made


def test_a_file_with_comments_keeps_those_of_both(council: Program, other: Program) -> None:
    one = item(council)
    file = next((council.folder / "records/items").rglob("*.yaml")).relative_to(council.folder)
    for clone_, comment, sign in ((council, "# ring först\n", "title"), (other, "# dyr\n", "network")):
        path = clone_.folder / file
        path.write_text(path.read_text("utf-8").replace(f"{sign}:", f"{comment}{sign}:"), "utf-8")
        commit(clone_)
    council("item", "edit", one, "--due", "2026-04-08")
    other("item", "note", one, "Priset är känt")
    council("sync")
    other("sync")
    assert {"# ring först", "# dyr"} <= {*text(other, one).split("\n")}


def test_a_comment_that_is_all_that_somebody_added_stays(council: Program, other: Program) -> None:
    one = item(council)
    path = next((council.folder / "records/items").rglob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace("title:", "# ring först\ntitle:"), "utf-8")
    commit(council)
    council("sync")
    other("item", "edit", one, "--due", "2026-04-08")
    other("sync")
    assert "# ring först" in text(other, one)
    assert "due: 2026-04-08" in text(other, one)


def test_files_outside_the_record_come_along(council: Program, other: Program) -> None:
    (council.folder / "kör.sh").write_text("#!/bin/sh\n")
    (council.folder / "kör.sh").chmod(0o755)
    (council.folder / "länk").symlink_to("kör.sh")
    commit(council)
    council("sync")
    other("sync")
    assert (other.folder / "länk").readlink() == Path("kör.sh")
    assert (other.folder / "kör.sh").stat().st_mode & 0o100
    git(council.folder, "rm", "-q", "kör.sh", "länk")
    git(council.folder, "commit", "-q", "-m", "Gone")
    council("sync")
    other("item", "add", "Skriv", "--network", "RÅD")
    other("sync")
    assert not list(other.folder.glob("[kl][öä]*"))
    assert git(other.folder, "status", "--porcelain") == ""


# -- conflicts -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def clashing(council: Program, other: Program) -> Program:
    """Bo's clone, in which the same field is changed as in the shared record; another field of his goes along."""
    council("item", "edit", item(council), "--due", "2026-04-08")
    council("sync")
    other("item", "edit", item(council), "--due", "2026-04-09")
    other("item", "note", item(council), "Priset är känt")
    return other


def test_a_conflict_changes_nothing_and_is_told_in_words(council: Program, clashing: Program) -> None:
    before = state(clashing)
    told = clashing("sync", code=5)
    assert state(clashing) == before
    assert f"{item(council)} Boka lokal – klar senast" in told.out
    assert re.search(r"deras: +2026-04-08 +\(Cilla Exempel, 2026-03-02\)", told.out)
    assert re.search(r"dina: +2026-04-09 +\(Bo Exempel, 2026-03-02\)", told.out)
    assert "atbtst resolve" in told.err


def test_a_conflict_names_who_changed_the_field_and_not_who_changed_the_record_last(
    council: Program, clashing: Program
) -> None:
    git(council.folder, "config", "user.name", "Disa Exempel")
    council("item", "note", item(council), "Lokalen är trång")
    council("sync")
    git(clashing.folder, "config", "user.name", "Erik Exempel")
    clashing("item", "note", item(council), "Trängre än så")
    told = clashing("sync", code=5).out
    assert re.search(r"deras: +2026-04-08 +\(Cilla Exempel, ", told)
    assert re.search(r"dina: +2026-04-09 +\(Bo Exempel, ", told)


@pytest.mark.parametrize(
    ("how", "due"), [("--mine", "2026-04-09"), ("--theirs", "2026-04-08"), ("--value=2026-04-10", "2026-04-10")]
)
def test_what_was_decided_holds(council: Program, clashing: Program, how: str, due: str) -> None:
    clashing("sync", code=5)
    clashing("resolve", item(council), "due", how)
    done = clashing("sync")
    assert "Bestämt: " in done.err
    assert f"due: {due}" in text(clashing, item(council))
    assert "Priset är känt" in text(clashing, item(council))
    assert "Bestämt:\n- i-" in git(clashing.folder, "log", "-1", "--format=%B")
    council("sync")
    assert tree(council) == tree(clashing)


def test_who_decided_counts_as_who_changed_it_last(council: Program, clashing: Program) -> None:
    step = tip(clashing, "HEAD~")
    clashing("sync", code=5)
    git(clashing.folder, "config", "user.name", "Erik Exempel")
    clashing("resolve", item(council), "due", "--value=2026-04-10")
    clashing("sync")
    refused = clashing("undo", step, code=3).err
    assert f"2026-04-09 → 2026-04-10 – Erik Exempel, 2026-03-02, version {tip(clashing)[:10]}" in refused
    assert "atbtst undo" not in refused


def test_a_decision_counts_no_longer_once_somebody_changed_the_field_again(council: Program, clashing: Program) -> None:
    clashing("sync", code=5)
    clashing("resolve", item(council), "due", "--mine")
    council("item", "edit", item(council), "--due", "2026-05-05")
    council("sync")
    told = clashing("sync", code=5)
    assert "2026-05-05" in told.out


def test_what_cannot_stand_in_a_field_is_not_taken_for_a_decision(council: Program, clashing: Program) -> None:
    clashing("sync", code=5)
    refused = clashing("resolve", item(council), "due", "--value", "2026-14-01", code=2)
    assert "2026-14-01" in refused.err
    assert "en sak" in clashing("resolve", item(council), "due", "--both", code=2).err
    clashing("resolve", "i-9999999", "due", "--mine", code=2)
    clashing("resolve", item(council), "title", "--mine", code=2)
    clashing("resolve", item(council), "--mine", "--theirs", code=2)


def test_each_command_that_is_listed_can_be_typed_as_it_stands(council: Program, clashing: Program) -> None:
    clashing("sync", code=5)
    listed = [line.split() for line in clashing("resolve", code=5).out.split("\n") if "atbtst resolve" in line]
    assert [words[-1] for words in listed] == ["--mine", "--theirs"]
    for words in listed:
        clashing(*words[1:])
    clashing("sync")
    assert "due: 2026-04-08" in text(clashing, item(council))


def test_a_record_is_named_as_it_is_listed_or_called(council: Program, clashing: Program) -> None:
    clashing("sync", code=5)
    one = item(council)
    for name in (one[:5], f"{one} Boka lokal"):
        assert f"atbtst resolve {one} due --mine" in clashing("resolve", name, code=5).out
    assert "alva-exempel" in clashing("resolve", "alva-exempel", code=2).err
    clashing("resolve", one[:5], "due", "--mine")
    clashing("sync")
    assert "due: 2026-04-09" in text(clashing, one)


@pytest.mark.parametrize("how", ["--mine", "--theirs"])
def test_an_agenda_that_both_began_does_not_stand_there_twice(council: Program, how: str) -> None:
    council("meeting", "plan", "RÅD", "--date", "2026-04-21")
    share(council)
    other = clone(council, "bo")
    for one in (council, other):
        one("agenda", "new", "RÅD")
    council("sync")
    wanted = text(other if how == "--mine" else council, "2026-04-21-rad/meeting")
    assert "RÅD 2026-04-21 – " in other("sync", code=5).out
    other("resolve", "2026-04-21-rad", how)
    other("sync")
    assert text(other, "2026-04-21-rad/meeting") == wanted


def test_minutes_of_one_meeting_that_two_people_wrote_are_not_joined_unasked(council: Program, other: Program) -> None:
    minutes(council, "2026-02-17")
    minutes(other, "2026-02-17", "Planen är inte klar.")
    council("sync")
    before = state(other)
    assert "RÅD 1/2026 – " in other("sync", code=5).out
    assert state(other) == before
    other("undo")
    other("sync")
    assert tree(council) == tree(other)


def test_conflicts_are_listed_for_programs(council: Program, clashing: Program) -> None:
    clashing("sync", code=5)
    listed = json.loads(clashing("resolve", "--json", code=5).out)
    (one,) = listed["conflicts"]
    assert (one["id"], one["field"], one["before"]) == (item(council), "due", "–")
    assert (one["theirs"], one["mine"], one["theirs_by"]["author"]) == ("2026-04-08", "2026-04-09", "Cilla Exempel")
    clashing("resolve", item(council), "--theirs")
    assert json.loads(clashing("resolve", "--json").out) == {"conflicts": [], "findings": [], "decided": 1}


def test_a_text_that_both_wrote_on_can_hold_both(council: Program, other: Program) -> None:
    council("matter", "raise", "RÖN-BT", "Handledartid")
    (path,) = (council.folder / "records/matters").rglob("*.yaml")
    file, matter = path.relative_to(council.folder), path.stem

    def write_on(clone_: Program, line: str) -> None:
        head = (clone_.folder / file).read_text("utf-8").partition("description")[0]
        write(clone_, str(file), f"{head}description: |\n  Rad ett.\n  Rad två.\n{line}")
        commit(clone_)

    write_on(council, "")
    council("sync")
    other("sync")
    write_on(council, "  Rad av Cilla.\n")
    council("sync")
    write_on(other, "  Rad av Bo.\n")
    other("sync", code=5)
    other("resolve", matter, "description", "--both")
    other("sync")
    assert text(other, matter).count("Rad ett.") == 1
    assert {"  Rad av Cilla.", "  Rad av Bo."} <= {*text(other, matter).split("\n")}


def test_a_record_taken_away_here_and_changed_there_is_a_conflict(council: Program, other: Program) -> None:
    one = item(council)
    council("item", "edit", one, "--due", "2026-04-08")
    council("sync")
    git(other.folder, "rm", "-q", f"records/items/2026/{one}.yaml")
    git(other.folder, "commit", "-q", "-m", "Gone")
    assert "hela posten" in other("sync", code=5).out
    other("resolve", one, "--theirs")
    other("sync")
    assert "2026-04-08" in text(other, one)


def test_a_record_that_is_kept_is_not_told_as_taken_away(council: Program, other: Program) -> None:
    one = item(council)
    council("item", "edit", one, "--due", "2026-05-01")
    council("sync")
    other("undo", tip(other))
    other("sync", code=5)
    other("resolve", one, "--theirs")
    other("sync")
    assert "kept, not taken away" in other("--language", "en", "log", "--limit", "1").out


def test_a_file_that_is_no_record_is_decided_as_a_whole(council: Program, other: Program) -> None:
    for clone_, line in ((council, "Cilla"), (other, "Bo")):
        write(clone_, "LÄS.md", f"{line}\n")
        commit(clone_)
    council("sync")
    assert "LÄS.md" in other("sync", code=5).out
    other("resolve", "LÄS.md", "--mine")
    other("sync")
    assert (other.folder / "LÄS.md").read_text("utf-8") == "Bo\n"


def test_a_file_whose_name_is_no_utf_8_is_decided_by_the_name_that_is_shown(council: Program, other: Program) -> None:
    name = os.fsdecode(b"bilaga-\xe5.txt")
    for clone_, line in ((council, "Cilla"), (other, "Bo")):
        (clone_.folder / name).write_text(f"{line}\n")
        commit(clone_)
    council("sync")
    other("sync", code=5)
    assert r"atbtst resolve 'bilaga-\udce5.txt' --mine" in other("resolve", code=5).text
    other("resolve", r"bilaga-\udce5.txt", "--mine")
    other("sync")
    assert (other.folder / name).read_text() == "Bo\n"


def test_a_text_that_is_no_record_goes_together_by_its_lines(council: Program, other: Program) -> None:
    write(council, "LÄS.md", "ett\ntvå\ntre\n")
    commit(council)
    council("sync")
    other("sync")
    for clone_, old, new in ((council, "ett", "Ett"), (other, "tre", "Tre")):
        file = clone_.folder / "LÄS.md"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        commit(clone_)
    council("sync")
    other("sync")
    assert (other.folder / "LÄS.md").read_text("utf-8") == "Ett\ntvå\nTre\n"


def test_a_record_that_cannot_be_read_on_one_side_is_decided_as_a_whole(council: Program, other: Program) -> None:
    one = item(council)
    write(council, f"records/items/2026/{one}.yaml", "id: [\n")
    commit(council)
    assert f"{one}.yaml:2:1" in council("sync", code=4).err
    git(council.folder, "push", "-q")
    other("item", "edit", one, "--due", "2026-04-08")
    assert f"{one} – hela filen" in other("sync", code=5).out
    other("resolve", one, "--mine")
    other("sync")
    assert "2026-04-08" in text(other, one)


# -- what is wrong only in both together ---------------------------------------------------------------------------------


def test_numbers_that_two_clones_drew_are_drawn_again_where_they_are_not_shared(
    council: Program, other: Program
) -> None:
    minutes(council, "2026-02-10", "Beslut: Planen antas.")
    council("sync")
    minutes(other, "2026-02-24", "Beslut: Planen ändras.")
    before = state(other)
    told = other("sync", code=5)
    assert state(other) == before
    assert "2026-02-10-rad/" not in told.err
    assert "atbtst resolve 2026-02-24-rad --renumber" in told.err
    assert "2026-02-10-rad" in other("resolve", "2026-02-10-rad", "--renumber", code=2).err
    other("resolve", "2026-02-24-rad", "--renumber")
    other("sync")
    other("check")
    shown = (other.folder / "records/meetings/2026/2026-02-24-rad/minutes.md").read_text("utf-8")
    assert "RÅD 2/2026" in shown
    assert "§ 2" in shown
    council("sync")
    assert tree(council) == tree(other)


def test_a_decision_added_to_known_minutes_takes_another_number_and_the_others_keep_theirs(
    council: Program, other: Program
) -> None:
    minutes(council, "2026-02-10", "Beslut: Planen antas.")
    council("sync")
    other("sync")
    minutes(council, "2026-02-24", "Beslut: Lokalen bokas.")
    council("sync")
    sheet = NOTES.format(body="RÅD", date="2026-02-10", text="Beslut d-1 § 1: Planen antas.\n\nBeslut: Den ses över.")
    other("minutes", "edit", "2026-02-10-rad", "--from", "-", given=sheet)
    assert "atbtst resolve 2026-02-10-rad --renumber" in other("sync", code=5).err
    other("resolve", "2026-02-10-rad", "--renumber")
    other("sync")
    assert re.findall("number: ([0-9])", (other.folder / MINUTED / "meeting.yaml").read_text("utf-8")) == [
        "1",
        "1",
        "3",
    ]


def test_approved_minutes_are_opened_before_they_take_other_numbers(council: Program, other: Program) -> None:
    minutes(council, "2026-02-10", "Beslut: Planen antas.")
    council("sync")
    minutes(other, "2026-02-24", "Beslut: Planen ändras.")
    other("minutes", "approve", "2026-02-24-rad", "--by", "bo-exempel")
    told = other("sync", code=5).err
    assert 'atbtst minutes edit 2026-02-24-rad --reason "varför"' in told
    assert "--renumber" not in told
    sheet = other("minutes", "show", "2026-02-24-rad", "--sheet").out + "\nNumren tas på nytt.\n"
    other("minutes", "edit", "2026-02-24-rad", "--reason", "Numren", "--from", "-", given=sheet)
    assert "atbtst resolve 2026-02-24-rad --renumber" in other("sync", code=5).err
    other("resolve", "2026-02-24-rad", "--renumber")
    other("sync")
    other("minutes", "approve", "2026-02-24-rad", "--by", "bo-exempel")
    other("sync")
    council("sync")
    for clone_ in (council, other):
        assert clone_("minutes", "verify", "2026-02-24-rad").code == 0
        clone_("check")
    assert "§ 2" in (council.folder / "records/meetings/2026/2026-02-24-rad/minutes.md").read_text("utf-8")


def test_an_item_of_somebody_who_is_gone_is_found(council: Program, other: Program) -> None:
    git(council.folder, "rm", "-q", "records/members/erik-exempel.yaml")
    path = council.folder / "records/networks/ron-st.yaml"
    held = r"\n +holders:\n +- from: 2026-01-01\n +member: erik-exempel\n"
    path.write_text(re.sub(held, "\n", path.read_text("utf-8")), "utf-8")
    council("check")
    commit(council)
    council("sync")
    other("item", "add", "Ring", "--network", "RÅD", "--owner", "erik-exempel")
    (one,) = [path.stem for path in (other.folder / "records/items").rglob("*.yaml") if "erik" in path.read_text()]
    told = other("sync", code=5)
    assert one in told.err
    assert f"atbtst resolve {one} owners/:1 --value" in told.err
    other("resolve", one, "owners/:1", "--value", "bo-exempel")
    other("sync")
    assert "bo-exempel" in text(other, one)
    other("check")


def test_what_one_side_took_away_and_the_other_needs_can_be_kept_with_its_documents(
    council: Program, other: Program
) -> None:
    minutes(council, "2026-02-10", "Beslut: Planen antas.")
    council("sync")
    other("sync")
    council("undo")
    council("sync")
    assert not (council.folder / MINUTED).exists()
    path = next((other.folder / "records/items").rglob("*.yaml"))
    path.write_text(path.read_text("utf-8") + "origin:\n  meeting: 2026-02-10-rad\n", "utf-8")
    commit(other)
    told = other("sync", code=5)
    assert "atbtst resolve 2026-02-10-rad --whole --mine" in told.err
    assert "--whole" in other("resolve", "2026-02-10-rad", "--mine", code=2).err
    other("resolve", "2026-02-10-rad", "--whole", "--mine")
    assert "--whole --mine" in other("resolve", "2026-02-10-rad", "--whole", "--theirs", code=5).err
    other("resolve", "2026-02-10-rad", "--whole", "--mine")
    assert "RÅD 1/2026 – hela posten" in other("sync").text
    other("check")
    council("sync")
    assert tree(council) == tree(other)
    assert "Planen antas" in (council.folder / MINUTED / "minutes.md").read_text("utf-8")


def test_a_number_that_both_changed_is_the_shared_one_where_the_others_are_drawn_again(
    council: Program, other: Program
) -> None:
    for day in ("2026-02-10", "2026-02-24"):
        minutes(council, day, "Beslut: Planen antas.")
    council("sync")
    other("sync")
    meeting = "records/meetings/2026/2026-02-24-rad/meeting.yaml"
    for clone_, number, changed in ((council, "5", "2026-02-10-rad"), (other, "4", "2026-02-24-rad")):
        sheet = clone_("minutes", "show", changed, "--sheet").out + "\nBeslut: Den ses över.\n"
        clone_("minutes", "edit", changed, "--from", "-", given=sheet)
        text_ = (clone_.folder / meeting).read_text("utf-8")
        write(clone_, meeting, text_.replace("\nnumber: 2\n", f"\nnumber: {number}\n"))
        commit(clone_)
    council("sync")
    other("sync", code=5)
    assert "atbtst resolve 2026-02-24-rad number --mine" in other("resolve", code=5).text
    other("resolve", "2026-02-24-rad", "--renumber")
    assert "RÅD 5/2026 – numren, som tas på nytt" in other("sync").text
    assert re.findall("number: ([0-9])", (other.folder / meeting).read_text("utf-8")) == ["5", "2", "4"]
    other("check")


def test_minutes_that_both_approved_are_decided_for_the_shared_approval(council: Program, other: Program) -> None:
    minutes(council, "2026-02-17")
    council("sync")
    other("sync")
    council("minutes", "approve", "2026-02-17-rad", "--by", "alva-exempel")
    council("sync")
    other("minutes", "approve", "2026-02-17-rad", "--by", "bo-exempel")
    told = other("sync", code=5)
    assert "godkänn" in told.out
    other("resolve", "2026-02-17-rad", "--theirs")
    done = other("sync")
    assert "approved/2026-02-17-rad/1" in done.err
    for clone_ in (council, other):
        assert clone_("minutes", "verify", "2026-02-17-rad").code == 0
    tags = [git(one.folder, "rev-parse", "approved/2026-02-17-rad/1") for one in (council, other)]
    assert tags[0] == tags[1]


def test_minutes_that_one_approved_and_another_changed_wait_for_who_can_give_way(
    council: Program, other: Program
) -> None:
    minutes(council, "2026-02-17")
    council("sync")
    other("sync")
    sheet = NOTES.format(body="RÅD", date="2026-02-17", text="Planen är klar och beslutad.")
    council("minutes", "edit", "2026-02-17-rad", "--from", "-", given=sheet)
    council("sync")
    other("minutes", "approve", "2026-02-17-rad", "--by", "bo-exempel")
    assert 'atbtst minutes edit 2026-02-17-rad --reason "varför"' in other("sync", code=5).err
    old = NOTES.format(body="RÅD", date="2026-02-17", text="Planen är klar.")
    placed = old.replace("2026-02-17", "2026-02-17, Dockplatsen")
    other("minutes", "edit", "2026-02-17-rad", "--reason", "Godkänt för tidigt", "--from", "-", given=placed)
    other("sync")
    assert "klar och beslutad" in (other.folder / "records/meetings/2026/2026-02-17-rad/minutes.md").read_text("utf-8")
    other("minutes", "approve", "2026-02-17-rad", "--by", "bo-exempel")
    council("minutes", "edit", "2026-02-17-rad", "--from", "-", given=old)
    other("sync")
    assert "atbtst resolve 2026-02-17-rad --whole --theirs" in council("sync", code=5).err
    assert "--theirs" in council("resolve", "2026-02-17-rad", "--whole", "--mine", code=2).err
    council("resolve", "2026-02-17-rad", "--whole", "--theirs")
    council("sync")
    assert tree(council) == tree(other)
    assert council("minutes", "verify", "2026-02-17-rad").code == 0


def test_minutes_that_both_wrote_anew_are_decided_as_a_whole(council: Program, other: Program) -> None:
    """Joined, each question and each decision would stand there twice."""
    minutes(council, "2026-02-10", "Beslut: Planen antas.")
    council("sync")
    other("sync")
    for clone_, text_ in ((council, "Beslut: Planen ändras."), (other, "Beslut: Planen skjuts upp.")):
        clone_("undo", tip(clone_))
        minutes(clone_, "2026-02-10", text_)
    council("sync")
    told = other("sync", code=5)
    assert "dagordning" in told.out
    other("resolve", "2026-02-10-rad", "--mine")
    other("sync")
    shown = (other.folder / MINUTED / "minutes.md").read_text("utf-8")
    assert "skjuts upp" in shown
    assert "ändras" not in shown
    other("check")


def test_any_record_can_be_taken_as_one_side_has_it(council: Program, other: Program) -> None:
    """Also where nothing clashes in it; the other side's change stays in the history."""
    one = item(council)
    council("item", "edit", one, "--due", "2026-04-01")
    council("item", "add", "Ring", "--network", "RÅD")
    council("sync")
    other("item", "edit", one, "--what", "Boka sal")
    other("item", "add", "Skriv", "--network", "RÅD")
    assert "inget att bestämma" in other("resolve", code=0).text
    git(other.folder, "fetch", "-q")
    other("resolve", one, "--whole", "--theirs")
    other("resolve", "cilla-exempel", "--whole", "--theirs", code=2)
    assert "Bestämt" in other("sync").text
    assert "2026-04-01" in text(other, one)
    assert "Boka sal" not in text(other, one)


def test_a_matter_that_is_answered_here_and_sent_on_there_is_told(council: Program, other: Program) -> None:
    """No command lets it lie in two places; that two together did is said at once, and by check from then on."""
    council("matter", "raise", "RÖN-AT", "Hur bemannas kvällspassen?")
    [matter] = [path.stem for path in (council.folder / "records/matters").rglob("*.yaml")]
    council("matter", "escalate", matter)
    council("sync")
    other("sync")
    council("matter", "refer", matter, "--from", "RÅD", "--to", "HSN")
    council("sync")
    other("matter", "answer", matter, "--from", "RÅD", "Av klinikerna.")
    assert "(continues-ended)" in other("sync").err
    assert "(continues-ended)" in other("check").text


def test_a_meeting_that_was_held_is_not_cancelled_by_what_comes_in(council: Program, other: Program) -> None:
    """Else its decisions would count no more, and nobody would be told."""
    council("meeting", "plan", "RÅD", "--date", "2026-03-02")
    for clone_ in (council, other):
        clone_("sync")
    council("meeting", "cancel", "2026-03-02-rad", "--reason", "Få kan komma")
    council("sync")
    minutes(other, "2026-03-02", "Beslut: Planen antas.")
    refused = other("sync", code=5).err
    command = 'atbtst resolve 2026-03-02-rad cancelled --value ""'
    assert command in refused
    other("resolve", "2026-03-02-rad", "cancelled", "--value", "")
    other("sync")
    assert "2026-03-02-rad" in other("decision", "list", "--json").out


def test_a_meeting_that_stays_removed_leaves_none_of_its_documents(council: Program, other: Program) -> None:
    council("meeting", "plan", "RÅD", "--date", "2026-03-02")
    council("sync")
    other("sync")
    council("meeting", "remove", "2026-03-02-rad")
    council("sync")
    minutes(other, "2026-03-02")
    other("sync", code=5)
    other("resolve", "2026-03-02-rad", "--theirs")
    other("sync")
    assert git(other.folder, "ls-files", "records/meetings/2026") == ""


def test_a_link_that_both_changed_is_left_to_git(council: Program, other: Program) -> None:
    """With the commands for it; a link that was written as a file, or the other way round, would be neither."""
    for clone_, target in ((council, "a"), (other, "b")):
        (clone_.folder / "länk").symlink_to(target)
        commit(clone_)
    council("sync")
    said = other("sync", code=3).err
    take = re.search(r"git checkout [0-9a-f]+ -- '?:/länk'? && git commit -m \"\w+\"", said)
    assert take
    subprocess.run(take[0], shell=True, cwd=other.folder / "records", check=True, capture_output=True)
    other("sync")
    assert (other.folder / "länk").readlink() == Path("a")


def test_a_file_on_one_side_and_a_folder_on_the_other_are_both_kept(council: Program, other: Program) -> None:
    """Git would let the file go, also once it was moved out of the way of what comes in."""
    write(council, "notes/a.md", "ett\n")
    commit(council)
    council("sync")
    write(other, "notes", "två\n")
    commit(other)
    assert "git mv -- notes NEW-NAME" in other("sync", code=3).err
    git(other.folder, "mv", "--", "notes", "annat")
    git(other.folder, "commit", "-qm", "Nytt namn")
    other("sync")
    assert git(other.folder, "ls-files", "notes", "annat").split() == ["annat", "notes/a.md"]


def test_what_two_decided_crosswise_is_decided_once_more(council: Program, other: Program) -> None:
    """Each took the other's line in by plain Git and kept the own value: none of the two common commits is the base."""
    one = item(council)
    path = f"records/items/2026/{one}.yaml"
    for clone_, due in ((council, "2026-04-08"), (other, "2026-05-08")):
        clone_("item", "edit", one, "--due", due)
    lines = tip(council), tip(other)
    for clone_, there, line in ((council, other, lines[1]), (other, council, lines[0])):
        git(clone_.folder, "fetch", "-q", str(there.folder), line)
        git(clone_.folder, "merge", "-q", line, code=1)
        git(clone_.folder, "checkout", "-q", "--ours", "--", path)
        commit(clone_)
    council("sync")
    before = state(other)
    assert one in other("sync", code=5).out
    assert state(other) == before
    other("resolve", one, "--mine")
    other("sync")
    council("sync")
    assert "due: 2026-05-08" in text(council, one)
    assert tree(council) == tree(other)


def test_a_value_that_was_decided_for_a_field_counts_no_longer_once_that_is_gone(
    council: Program, other: Program
) -> None:
    one = item(other)
    git(council.folder, "rm", "-q", "records/members/erik-exempel.yaml")
    git(council.folder, "checkout", "-q", "HEAD~2", "--", "records/networks/ron-st.yaml")
    commit(council)
    git(council.folder, "push", "-q")
    other("item", "edit", one, "--owner", "erik-exempel")
    other("sync", code=5)
    other("resolve", one, "owners/erik-exempel", "--value", "alva-exempel")
    other("item", "edit", one, "--owner", "bo-exempel")
    other("sync")
    assert "bo-exempel" in text(other, one)


# -- what is still to be shared ------------------------------------------------------------------------------------------


def test_status_says_what_is_not_shared_yet(council: Program, other: Program) -> None:
    other("item", "add", "Skriv", "--network", "RÅD")
    assert "1 ändring finns inte i det delade registret än.\n  → atbtst sync\n" in other("status").out
    other("sync")
    assert "atbtst sync" not in other("status").out
    git(other.folder, "switch", "-q", "--orphan", "unborn")
    git(other.folder, "checkout", "-q", "main", "--", "records")
    assert "atbtst sync" not in other("status").out


# -- hands, races, faults ------------------------------------------------------------------------------------------------


def test_what_was_changed_by_hand_is_named_and_neither_taken_along_nor_touched(
    council: Program, other: Program
) -> None:
    member = other.folder / "records/members/disa-exempel.yaml"
    member.write_text(member.read_text("utf-8") + "title: Läkare\n", "utf-8")
    council("item", "add", "Ring", "--network", "RÅD")
    council("sync")
    done = other("sync")
    assert "records/members/disa-exempel.yaml" in done.err
    assert "title: Läkare" in member.read_text("utf-8")
    council("member", "edit", "disa-exempel", "--email", "disa@example.org")
    council("sync")
    refused = other("sync", code=3)
    assert "records/members/disa-exempel.yaml" in refused.err
    assert "title: Läkare" in member.read_text("utf-8")


def test_somebody_who_was_quicker_is_taken_in_first(
    council: Program, other: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council("item", "add", "Ring", "--network", "RÅD")
    other("item", "add", "Skriv", "--network", "RÅD")
    once = tmp_path / "once"
    fake_git(
        tmp_path,
        monkeypatch,
        f'case "$*" in *" push "*) [ -e {once} ] || {{ touch {once}; "$GIT" -C {council.folder} push -q origin main; }};; esac',
    )
    done = other("sync")
    assert "1 ändring kom in" in done.out
    assert git(other.folder, "rev-list", "--count", "origin/main..HEAD").strip() == "0"
    council("sync")
    assert tree(council) == tree(other)


def test_a_shared_record_that_cannot_be_reached_loses_nothing(council: Program, other: Program) -> None:
    other("item", "add", "Skriv", "--network", "RÅD")
    before = state(other)
    (council.folder.parent / "shared.git").rename(council.folder.parent / "away.git")
    assert "shared.git" in other("sync", code=3).err
    assert state(other) == before


def test_what_came_in_stays_where_ours_is_not_taken(council: Program, other: Program) -> None:
    council("item", "add", "Ring", "--network", "RÅD")
    council("sync")
    hook = council.folder.parent / "shared.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'Stängt för i dag' >&2\nexit 1\n")
    hook.chmod(0o755)
    other("item", "add", "Skriv", "--network", "RÅD")
    refused = other("sync", code=3)
    assert "Stängt för i dag" in refused.err
    assert "Ring" in refused.out
    assert len(list((other.folder / "records/items").rglob("*.yaml"))) == 3


def test_what_came_in_is_told_where_somebody_else_is_faster_and_clashes(council: Program, other: Program) -> None:
    """The first push comes too late: what is shared by then cannot be joined without a decision."""
    one = item(council)
    council("item", "add", "Ring", "--network", "RÅD")
    council("sync")
    council("item", "edit", one, "--due", "2026-04-01")
    git(council.folder, "push", "-q", "origin", "HEAD:refs/ahead/main")
    faster = "env -u GIT_QUARANTINE_PATH git update-ref refs/heads/main refs/ahead/main"
    hook = council.folder.parent / "shared.git/hooks/pre-receive"
    hook.write_text(f'#!/bin/sh\nrm "$0"\n{faster}\n')
    hook.chmod(0o755)
    other("item", "edit", one, "--due", "2026-05-01")
    before = tip(other)
    told = other("sync", code=5)
    assert "1 ändring kom in" in told.out
    assert "Ring" in told.out
    assert "2026-04-01" in told.out
    assert tip(other) != before
    other("resolve", one, "--mine")
    other("sync")
    assert "2026-05-01" in text(other, one)


def test_records_that_have_nothing_in_common_are_not_joined(council: Program, program: Program) -> None:
    share(council)
    stranger = Program(council.folder.parent)
    stranger("init", "ny")
    stranger.folder /= "ny"
    assert "atbtst clone" in stranger("sync", "--remote", council.folder.parent / "shared.git", code=3).err


def test_a_workspace_below_the_top_of_a_repository_is_synced_too(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main")
    program("init", "råd")
    (program.folder / "LÄS.md").write_text("ett\n")
    git(program.folder, "add", "-A")
    git(program.folder, "commit", "-q", "-m", "Readme")
    council = Program(program.folder / "råd")
    bare = program.folder.parent / "shared.git"
    git(program.folder, "init", "-q", "--bare", "-b", "main", str(bare))
    council("item", "add", "Ring", "--network", "RÅD")
    council("sync", "--remote", bare)
    git(program.folder.parent, "clone", "-q", str(bare), "bo")
    other = Program(program.folder.parent / "bo/råd")
    one = item(council)
    council("item", "edit", one, "--due", "2026-04-08")
    (program.folder / "LÄS.md").write_text("två\n")
    git(program.folder, "commit", "-qam", "Two")
    council("sync")
    other("item", "note", one, "Klart")
    (other.folder.parent / "LÄS.md").write_text("tre\n")
    git(other.folder, "commit", "-qam", "Three")
    assert "../LÄS.md" in other("sync", code=5).out
    other("resolve", "../LÄS.md", "--theirs")
    other("sync")
    assert "2026-04-08" in text(other, one)
    assert (other.folder.parent / "LÄS.md").read_text() == "två\n"
    assert git(other.folder, "status", "--porcelain") == ""


def test_a_lock_that_lies_in_the_shared_record_is_not_called_a_change_of_somebody_else(council: Program) -> None:
    """A Git that was killed there left it; whoever runs the shared record has to know what to look for."""
    lock = share(council) / "refs/heads/main.lock"
    council("item", "add", "Boka lokal", "--network", "RÅD")
    lock.touch()
    said = council("--language", "en", "sync", code=3).err
    assert "is locked" in said
    assert ".lock" in said
    assert "Nothing new" not in said
    lock.unlink()
    council("sync")
    assert tip(council) == git(lock.parents[2], "rev-parse", "main").strip()


def test_a_record_with_errors_is_not_the_first_to_be_shared(council: Program) -> None:
    write(council, "records/items/2026/i-0000001.yaml", "id: i-0000001\n")
    commit(council)
    git(council.folder.parent, "init", "-q", "--bare", "-b", "main", "shared.git")
    refused = council("sync", "--remote", council.folder.parent / "shared.git", code=4)
    assert "i-0000001.yaml:1:1" in refused.err
    assert not git(council.folder.parent / "shared.git", "for-each-ref")


def test_errors_of_a_hand_are_not_handed_over_and_told_where_git_pushed_them(council: Program, other: Program) -> None:
    one = item(council)
    write(council, f"records/items/2026/{one}.yaml", text(council, one).replace("bo-exempel", "nils-exempel"))
    commit(council)
    refused = council("sync", code=4)
    assert "nils-exempel" in refused.err
    assert tip(council, "origin/main") != tip(council)
    git(council.folder, "push", "-q")
    assert "nils-exempel" in other("sync").err


def test_errors_that_were_shared_before_hold_nothing_up(council: Program, other: Program) -> None:
    write(council, f"records/items/2026/{item(council)}.yaml", "id: [")
    commit(council)
    git(council.folder, "push", "-q", "origin", "main")
    other("sync")
    other("item", "add", "Ring", "--network", "RÅD")
    other("sync")
    other("undo")
    other("sync")


def test_marks_in_a_document_are_found_and_not_handed_over(council: Program, other: Program) -> None:
    minutes(council, "2026-02-10")
    council("sync")
    other("sync")
    path = other.folder / MINUTED / "minutes.md"
    path.write_text(f"<<<<<<< HEAD\n{path.read_text('utf-8')}=======\n>>>>>>> other\n", "utf-8")
    commit(other)
    assert f"{MINUTED}/minutes.md" in other("check", code=4).out
    assert f"{MINUTED}/minutes.md" in other("sync", code=4).err


@pytest.mark.parametrize(("old", "new", "code"), [("format: 1", "format: 2", 3), ("name:", "name: [", 4)])
def test_settings_that_no_command_could_read_are_not_taken_in(
    council: Program, other: Program, old: str, new: str, code: int
) -> None:
    """Everybody works on meanwhile, and whoever puts them right can share that."""
    path, before = "records/settings.yaml", text(council, "settings")
    write(council, path, before.replace(old, new, 1))
    commit(council)
    git(council.folder, "push", "-q")
    known = tip(other)
    for _turn in range(2):
        other("sync", code=code)
    assert tip(other) == known
    other("item", "list")
    write(council, path, before)
    commit(council)
    council("sync")
    other("sync")
    assert tip(other) == tip(council)


def test_an_approved_page_that_a_hand_changed_is_not_handed_over_and_told_where_git_pushed_it(
    council: Program, other: Program
) -> None:
    minutes(council, "2026-02-17")
    council("minutes", "approve", "2026-02-17-rad", "--by", "alva-exempel")
    council("sync")
    page = "records/meetings/2026/2026-02-17-rad/public/minutes.html"
    known = (council.folder / page).read_text("utf-8")
    write(council, page, known.replace("Planen är klar", "Planen är inte klar"))
    commit(council)
    assert page in council("sync", code=4).err
    git(council.folder, "push", "-q")
    assert page in other("sync").err
    write(council, page, known)
    commit(council)
    council("sync")


def test_a_branch_of_any_name_is_told_as_one_word_of_a_command(council: Program, other: Program) -> None:
    """Whoever copies the command runs nothing that somebody else has written."""
    git(council.folder.parent / "shared.git", "branch", "-m", "main", "x;touch${IFS}y")
    assert "git branch -m -- 'x;touch${IFS}y'" in other("sync", code=3).err


def test_the_way_to_a_branch_of_another_name_leads_there(council: Program, other: Program) -> None:
    git(council.folder.parent / "shared.git", "branch", "-m", "main", "register")
    other("item", "add", "Ring", "--network", "RÅD")
    command = other("--language", "en", "sync", code=3).err.splitlines()[-1].partition(": ")[2]
    subprocess.run(["bash", "-c", command], cwd=other.folder, check=True, capture_output=True)
    other("sync")
    assert tip(other) == git(council.folder.parent / "shared.git", "rev-parse", "register").strip()


def test_tags_that_stand_for_no_approval_are_left_where_they_are(council: Program, other: Program) -> None:
    """Not even their names have to be a text."""
    bare = council.folder.parent / "shared.git"
    (bare / "packed-refs").write_bytes(f"{tip(council)} refs/tags/approved/".encode() + b"\xff\n")
    git(bare, "tag", "approved/2026-02-17-rad")
    other("sync")
    assert git(other.folder, "tag") == ""


def test_of_long_texts_that_clash_the_parts_are_told_in_which_they_differ(council: Program, other: Program) -> None:
    long = "Det är en lång text om introduktionsdagen. " * 8
    minutes(council, "2026-02-17", f"{long}Planen är klar. {long}")
    council("sync")
    other("sync")
    for clone_, said in ((council, "snart klar"), (other, "inte klar")):
        sheet = NOTES.format(body="RÅD", date="2026-02-17", text=f"{long}Planen är {said}. {long}")
        clone_("minutes", "edit", "2026-02-17-rad", "--from", "-", given=sheet)
    council("sync")
    told = other("sync", code=5).out
    assert "1 Introduktion" in told
    assert "Planen är snart klar. Det är" in told
    assert "Planen är inte klar. Det är" in told
    assert max(map(len, told.splitlines())) < 200
