"""atbtst undo: what one command changed is taken back, and nothing else."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from conftest import NOW, Program, git, kept
from faults import begin_work, touched, work
from handmade import commit as save
from handmade import message, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atbtst_cli.acts.deeds import recorded
from atbtst_cli.errors import Exit
from atbtst_cli.models.differences import differences
from atbtst_cli.store.layout import model_at
from atbtst_cli.store.transaction import Store

ENGLISH = ("--language", "en")
HELD = "2026-02-17-rad"
SHEET = """\
# RÅD 2026-03-02
Närvarande: Alva Exempel, Bo Exempel
Ordförande: Alva Exempel

## Lönefrågan
Beslut: Frågan skickas vidare.
Till HSN: beslut
Åtgärd @bo-exempel senast 2026-03-20: Boka lokal
"""


def on(council: Program, day: str) -> None:
    """Let it be that day."""
    council.now = NOW + (date.fromisoformat(day) - NOW.date())


def head(council: Program, back: int = 0) -> str:
    """The id of the newest commit, or of one before it."""
    return git(council.folder, "rev-parse", f"HEAD~{back}").strip()


def state(council: Program) -> str:
    """What the branch holds, as one id."""
    return git(council.folder, "rev-parse", "HEAD^{tree}").strip()


def clean(council: Program) -> bool:
    return git(council.folder, "status", "--porcelain") == ""


LIFE: Sequence[tuple[str, str]] = (
    ("", "meeting plan RÅD --date 2026-03-02"),
    ("", "agenda new RÅD"),
    ("", "agenda add Lönefrågan --meeting RÅD --paper README.md"),
    ("# Vad RÖN-AT har gjort", "report file RÖN-AT --for RÅD --from -"),
    (SHEET, "minutes new RÅD --date 2026-03-02 --from - --yes"),
    (SHEET.replace("skickas vidare", "går till HSN"), "minutes edit 2026-03-02-rad --from - --yes"),
    ("", "item add Ring --network RÅD --owner alva"),
    ("", "item edit {item} --owner bo --due 2026-05-05"),
    ("", "item note {item} Väntar"),
    ("", "item done {item}"),
    ("", "member add Fia --seat ron-at/privata-vardgivare --from 2026-03-02"),
    ("", "network appoint RÖN-AT convenor disa --from 2026-07-01 --items seat"),
    ("", "network vacate ron-bt/convenor --on 2026-08-31"),
    ("", "matter raise RÖN-BT Kvällspassen"),
    ("", "matter refer {matter} --to RÅD"),
    ("", "matter answer {matter} --from RÅD Ja"),
    ("", "meeting plan RÅD --date 2026-09-15 --place Lund"),
    ("", "meeting move RÅD --date 2026-09-22 --reason Lokalen"),
    ("", "meeting cancel RÅD --reason Förhinder"),
)


def last(council: Program, key: str) -> str:
    """The id that the newest command which changed an item or a matter named first."""
    said = git(council.folder, "log", f"--grep=^{key}: ", "-1", f"--format=%(trailers:key={key},valueonly)")
    return said.split()[0] if said.split() else ""


def run(council: Program, given: str, line: str) -> None:
    """Run a line, in which {item} and {matter} are those of the line before."""
    names = {"item": last(council, "Item"), "matter": last(council, "Matter")}
    council(*(word.format(**names) for word in line.split()), given=given)


def test_a_whole_life_is_taken_back_step_by_step(council: Program) -> None:
    (council.folder / "README.md").write_text("Läs mig.", "utf-8")
    git(council.folder, "add", "README.md")
    git(council.folder, "commit", "-q", "-m", "By hand")
    states, steps = [state(council)], []
    for text, line in LIFE:
        run(council, text, line)
        states.append(state(council))
        steps.append(head(council))
    assert len(set(states)) == len(states)
    for place in reversed(range(len(LIFE))):
        before, after = states[place : place + 2]
        council("undo", steps[place][:10])
        assert state(council) == before
        if LIFE[place][1].startswith(("minutes new", "agenda add")):
            council("undo")
            assert state(council) == after
            council("undo")
            assert state(council) == before
    assert "0 fel, 0 varningar" in council("check").err
    assert clean(council)


def as_(council: Program, name: str) -> None:
    """Let somebody else sit at the keyboard."""
    git(council.folder, "config", "user.name", f"{name} Exempel")
    git(council.folder, "config", "user.email", f"{name.lower()}@example.org")


def refused(council: Program, *arguments: str, code: int = 3) -> str:
    """What a run says that is refused, and changes nothing at all, on one line."""
    before = head(council), work(council.folder)
    said = council(*ENGLISH, "undo", *arguments, code=code).err
    assert (head(council), work(council.folder)) == before
    return " ".join(said.split())


@kept
def added(council: Program) -> None:
    """A council with an item that Cilla added and then gave to Alva until May."""
    council("item", "add", "Boka lokal", "--network", "RÅD")
    council("item", "edit", last(council, "Item"), "--due", "2026-05-05", "--owner", "alva")


# -- what was done since -----------------------------------------------------------------------------------------------


def test_what_others_changed_since_stays(added: Program) -> None:
    item, step = last(added, "Item"), head(added)
    as_(added, "Disa")
    added("item", "edit", item, "--what", "Boka stora salen")
    added("item", "note", item, "Frågan är ställd")
    said = added(*ENGLISH, "undo", step).err
    assert f"{item} Boka stora salen:\n    who: Alva Exempel → –\n    due: 2026-05-05 → –" in said
    told = added("item", "show", item).out
    assert "Boka stora salen" in told
    assert "Frågan är ställd" in told
    assert "Alva" not in told
    added("undo")
    assert "2026-05-05" in added("item", "show", item).out
    assert clean(added)


def test_what_somebody_changed_in_the_same_field_is_not_taken_back(added: Program) -> None:
    item, step = last(added, "Item"), head(added)
    as_(added, "Disa")
    on(added, "2026-03-10")
    added("item", "edit", item, "--due", "2026-06-06")
    later = head(added)[:10]
    said = refused(added, step)
    assert f"{item} Boka lokal: due: 2026-05-05 → 2026-06-06 – Disa Exempel, 2026-03-10, commit {later}" in said
    assert "who:" not in said
    assert f"atbtst undo {later}" in said
    added("undo", later)
    added("undo", step)
    assert "2026-0" not in added("item", "show", item).out.split("2026-03-02")[0]


def test_a_record_on_which_somebody_went_on_is_not_taken_away(added: Program) -> None:
    step = head(added, 1)
    said = refused(added, step)
    assert "Boka lokal: who: – → Alva Exempel – Cilla Exempel, 2026-03-02" in said
    assert "due: – → 2026-05-05" in said


def test_a_record_that_others_name_is_not_taken_away(council: Program) -> None:
    council("member", "add", "Fia Exempel")
    step = head(council)
    as_(council, "Disa")
    council("item", "add", "Ring", "--network", "RÅD", "--owner", "fia")
    said = refused(council, step)
    assert "fia-exempel" in said
    assert "others have gone on from it" in said
    assert f"Disa Exempel, 2026-03-02, commit {head(council)[:10]}" in said
    council("undo", head(council))
    council("undo", step)
    assert "Fia" not in council("member", "list").out


def test_a_succession_is_taken_back_though_an_item_of_it_was_changed_since(council: Program) -> None:
    council("item", "add", "Ring", "--network", "RÖN-AT", "--owner", "bo")
    item = last(council, "Item")
    seats = council("network", "seats", "RÖN-AT").out
    council("network", "appoint", "RÖN-AT", "convenor", "disa", "--from", "2026-07-01", "--items", "cilla")
    step = head(council)
    council("item", "note", item, "Väntar")
    council("network", "vacate", "RÖN-BT", "convenor", "--on", "2026-08-31")
    said = council(*ENGLISH, "undo", step).err
    assert f"{item} Ring: who: Cilla Exempel → Bo Exempel" in said
    assert council("network", "seats", "RÖN-AT").out == seats
    assert "Väntar" in council("item", "show", item).out
    council("undo", head(council, 1))
    assert "2026-08-31" not in council("network", "seats", "RÖN-BT").out
    assert "0 fel" in council("check").err


# -- the user's own work -----------------------------------------------------------------------------------------------


def test_other_work_stays_as_it_is(added: Program) -> None:
    begin_work(added.folder)
    before = work(added.folder)
    added("undo")
    assert work(added.folder) == before
    assert touched(added.folder) == {f"records/items/2026/{last(added, 'Item')}.yaml"}


def test_a_record_changed_by_hand_is_not_written_over(added: Program) -> None:
    file = added.folder / f"records/items/2026/{last(added, 'Item')}.yaml"
    file.write_text(file.read_text("utf-8") + "# kvar\n", "utf-8")
    assert "was changed by hand" in refused(added)


# -- which change ------------------------------------------------------------------------------------------------------


def test_without_a_commit_it_is_the_latest_own_command_also_after_others_work_came_in(added: Program) -> None:
    mine = head(added)
    git(added.folder, "switch", "-q", "-c", "others", "HEAD~2")
    as_(added, "Disa")
    on(added, "2026-03-10")
    added("item", "add", "Ring", "--network", "RÅD")
    git(added.folder, "merge", "-q", "--no-edit", mine)
    as_(added, "Cilla")
    (added.folder / "own.txt").write_text("own")
    git(added.folder, "add", "own.txt")
    git(added.folder, "commit", "-q", "-m", "Own notes")
    said = added(*ENGLISH, "undo", "--dry-run").err
    assert f"To be taken back: item(edit): Boka lokal (2026-03-02, Cilla Exempel, commit {mine[:10]})" in said
    assert "Nothing was saved." in said
    assert "it joins two lines of work" in refused(added, head(added, 1))
    assert "changed no record" in refused(added, head(added))
    added("undo")
    assert message(added).startswith("undo: item(edit): Boka lokal\n")
    assert f"Undoes: {mine}" in message(added)


def test_a_dry_run_is_told_to_programs(added: Program) -> None:
    before = head(added)
    told = json.loads(added("undo", "--dry-run", "--json").out)
    assert (told["undone"]["commit"], told["commit"]) == (before, None)
    [record] = told["records"]
    assert [one["field"] for one in record["differences"]] == ["owners", "due"]
    assert json.loads(added("undo", "--json").out)["commit"] == head(added) != before


def test_what_is_gone_already_is_not_taken_back_twice(added: Program) -> None:
    step = head(added)
    added("undo", step)
    before = head(added)
    assert "Nothing is left to take back" in added(*ENGLISH, "undo", step).err
    assert head(added) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [("0000000", "is no commit of this record"), ("i-k7q3", "is no commit"), ("a", "is no commit"), ("HEAD", "is no")],
)
def test_a_name_that_means_no_commit_of_the_branch_is_refused(added: Program, name: str, said: str) -> None:
    assert said in refused(added, name, code=2)


def test_below_the_top_of_a_repository_only_the_councils_folder_counts(program: Program) -> None:
    git(program.folder, "init", "-q")
    git(program.folder, "commit", "-q", "--allow-empty", "-m", "Elsewhere")
    program("init", "council")
    elsewhere = head(program, 1)
    program.folder /= "council"
    before = state(program)
    program("item", "add", "Ring", "--network", "RÅD")
    program("undo")
    assert state(program) == before
    assert "changed nothing in this council's folder" in refused(program, elsewhere)


def test_somebody_who_changed_nothing_is_told_so(added: Program) -> None:
    as_(added, "Erik")
    assert "No change was made here with atbtst by erik@example.org" in refused(added, code=2)


def test_contact_data_do_not_go_into_the_message(council: Program) -> None:
    council("member", "edit", "alva", "--email", "alva@example.org", "--phone", "070-174 06 05")
    assert "alva@example.org" in council("undo").err
    assert "example.org" not in message(council)
    assert "070" not in message(council)


# -- minutes -----------------------------------------------------------------------------------------------------------

PLAIN = "# RÅD {day}\nNärvarande: Alva Exempel\n\n## Lönefrågan\nVi pratar.\n\n## Övrigt\nInget.\n"


def minutes(council: Program, day: str, text: str = PLAIN) -> str:
    """Hold a meeting and write its minutes; their commit."""
    council("minutes", "new", "RÅD", "--date", day, "--from", "-", "--yes", given=text.format(day=day))
    return head(council)


@kept
def minuted(council: Program) -> None:
    """A council with minutes of two meetings."""
    minutes(council, "2026-01-20")
    minutes(council, "2026-02-17")


def correct(council: Program, old: str, new: str, *more: str) -> str:
    """Change words of the latest minutes; the commit."""
    text = council("minutes", "show", HELD, "--sheet").out
    assert old in text
    council("minutes", "edit", HELD, "--from", "-", "--yes", *more, given=text.replace(old, new))
    return head(council)


def test_the_last_number_is_free_again_and_an_earlier_one_stays_unused(minuted: Program) -> None:
    assert "RÅD 1/2026 stays unused" in minuted(*ENGLISH, "undo", head(minuted, 1)).err
    assert "RÅD 2/2026 is free again" in minuted(*ENGLISH, "undo", head(minuted, 1)).err
    minutes(minuted, "2026-02-24")
    assert "RÅD 1/2026" in minuted("meeting", "list").out


def test_minutes_from_which_somebody_went_on_stay(council: Program) -> None:
    step = minutes(council, "2026-01-20", "# RÅD {day}\n\n## Lokal\nÅtgärd @bo-exempel: Boka lokal\n")
    item = last(council, "Item")
    as_(council, "Disa")
    later = minutes(council, "2026-02-17", f"# RÅD {{day}}\n\n## Lokal\nKlar {item}: Bokad.\n")
    said = refused(council, step)
    assert f"{item} Boka lokal: status: open → done, 2026-02-17" in said
    assert f"Disa Exempel, 2026-03-02, commit {later[:10]}" in said


def test_minutes_corrected_since_keep_the_later_correction_in_their_documents(minuted: Program) -> None:
    step = correct(minuted, "Vi pratar.", "Vi pratade länge.")
    correct(minuted, "Inget.", "Ingenting.")
    minuted("undo", step)
    folder = minuted.folder / f"records/meetings/2026/{HELD}"
    for name in ("meeting.yaml", "minutes.md", "minutes.html"):
        text = (folder / name).read_text("utf-8")
        assert "Vi pratar." in text
        assert "Ingenting." in text
    minuted("minutes", "render", HELD, "--format", "pdf", "-o", "again.pdf")
    assert (minuted.folder / "again.pdf").read_bytes() == (folder / "minutes.pdf").read_bytes()
    assert "0 fel" in minuted("check").err


def test_minutes_approved_since_stay_as_they_were_approved(minuted: Program) -> None:
    step = correct(minuted, "Vi pratar.", "Vi pratade länge.")
    minuted("minutes", "approve", HELD, "--by", "alva")
    assert f'atbtst minutes edit {HELD} --reason "why"' in refused(minuted, step)
    assert f'Correct minutes with: atbtst minutes edit {HELD} --reason "why"' in refused(minuted)
    correct(minuted, "Inget.", "Ingenting.", "--reason", "Skrivfel")
    minuted("undo")
    assert minuted("minutes", "verify", HELD).code == 0
    minuted("undo")
    correct(minuted, "länge", "kort")
    assert "not as it left them" in refused(minuted, head(minuted, 1))


def test_minutes_that_approve_earlier_ones_stay_with_the_approval(minuted: Program) -> None:
    text = "# RÅD {day}\nOrdförande: Bo Exempel\n\n## Föregående anteckningar\nGodkänns.\n"
    minutes(minuted, "2026-03-01", text)
    said = refused(minuted)
    assert f"it approved the minutes {HELD}" in said
    assert said.endswith(f'minutes edit {HELD} --reason "why" atbtst minutes edit 2026-03-01-rad')


def test_a_move_is_not_taken_back_from_below_a_later_one(council: Program) -> None:
    council("meeting", "plan", "RÅD", "--date", "2026-04-21")
    council("meeting", "move", "2026-04-21-rad", "--date", "2026-04-28", "--reason", "Krock")
    first = head(council)
    council("meeting", "move", "2026-04-21-rad", "--start", "14:00", "--reason", "Lokalen")
    later = head(council)
    assert f"atbtst undo {later[:10]}" in refused(council, first)
    council("undo")
    council("undo", first)
    assert "moves" not in next((council.folder / "records/meetings").rglob("meeting.yaml")).read_text("utf-8")


def test_what_somebody_wrote_beside_a_record_is_not_taken_away_with_it(minuted: Program) -> None:
    minuted("item", "add", "Boka lokal", "--network", "RÅD")
    step = head(minuted)
    path = next((minuted.folder / "records/items").rglob(f"{last(minuted, 'Item')}.yaml"))
    path.write_text(f"# viktigt\n{path.read_text('utf-8')}", "utf-8")
    save(minuted)
    assert "the file was changed" in refused(minuted, step)


def test_what_is_in_the_way_and_stays_is_not_named_as_what_is_to_go_first(minuted: Program) -> None:
    """Minutes that approve others and go on from an item: what can be done is to correct them."""
    minuted("item", "add", "Boka lokal", "--network", "RÅD")
    step, item = head(minuted), last(minuted, "Item")
    text = f"# RÅD {{day}}\nOrdförande: Bo Exempel\n\n## Föregående anteckningar\nGodkänns.\n\nKlar {item}: Bokad.\n"
    later = minutes(minuted, "2026-03-02", text)
    said = refused(minuted, step)
    assert f"commit {later[:10]}" in said
    assert f"atbtst undo {later[:10]}" not in said
    assert said.endswith(f'minutes edit {HELD} --reason "why" atbtst minutes edit 2026-03-02-rad')


def test_minutes_that_went_out_stay_and_so_does_what_says_so(minuted: Program) -> None:
    step = head(minuted)
    write(
        minuted,
        "records/mailings/2026/s-0000001.yaml",
        f"id: s-0000001\nkind: minutes\nmeeting: {HELD}\ndate: 2026-03-02\n"
        "deliveries:\n  - member: alva-exempel\n    status: sent\n",
    )
    save(minuted)
    assert f"the minutes {HELD} were sent out on 2026-03-02" in refused(minuted, step)
    assert "letters went out, and what was sent stays on record. Put" in refused(minuted, head(minuted))


def test_who_was_forgotten_does_not_come_back(council: Program) -> None:
    council("member", "add", "Frida Exempel")
    council("item", "add", "Ring Frida Exempel", "--network", "RÅD")
    council("item", "edit", last(council, "Item"), "--what", "Ring någon")
    step = head(council)
    council("member", "forget", "frida", "--reason", "På egen begäran", "--yes")
    assert "somebody's personal data, now tidigare-ledamot-1" in refused(council, step)
    assert "does not come back" in refused(council)


def test_how_a_council_began_and_was_lifted_is_not_taken_back(council: Program) -> None:
    schema = council.folder / "schemas/item.schema.json"
    schema.write_text("{}\n")
    save(council)
    council("migrate")
    assert "the form that this program reads" in refused(council)
    first = git(council.folder, "rev-list", "--max-parents=0", "HEAD").strip()
    assert "the record began with it" in refused(council, first)


# -- any change of any life --------------------------------------------------------------------------------------------

OPS = st.sampled_from(
    (
        "item edit {item} --due 2026-05-06",
        "item edit {item} --due next",
        "item edit {item} --owner bo --owner disa",
        "item edit {item} --owner disa --what Ring",
        "item note {item} Svar",
        "item note {item} Nej",
        "item done {item}",
        "item add Fråga --network RÖN-AT --owner ron-at/convenor",
        "network appoint RÖN-AT convenor disa --from 2026-07-01 --items seat",
        "network appoint RÖN-BT convenor cilla --from 2026-07-01",
        "network vacate RÖN-BT convenor --on 2026-06-30",
        "member edit disa --employer Lund",
        "member edit disa --email disa@example.org",
        "meeting plan RÅD --date 2026-05-19",
        "meeting move RÅD --place Lund",
        "meeting move RÅD --date 2026-05-26",
        "agenda new RÅD",
        "agenda add Handledning --meeting RÅD",
        "agenda edit 1 --meeting RÅD --minutes 15",
        "agenda drop 2 --meeting RÅD",
    )
)


def versions(council: Program, commit: str) -> dict[str, Any]:
    """Every record of a commit, by path."""
    tree = Store(council.folder, lambda: council.now).at(commit)
    return {path: recorded(tree, path) for path in tree.entries if model_at(path)}


def told(before: Any, after: Any) -> set[tuple[Any, str]]:
    """What was made of a record: each field with what it says, of plain lists what came and what went."""
    found = set()
    for one in differences(before, after):
        old, new = ({*some} if isinstance(some, tuple) else {some} - {None} for some in (one.before, one.after))
        if isinstance(one.before, tuple) or isinstance(one.after, tuple):
            found |= {(one.way, f"+ {some}") for some in new - old} | {(one.way, f"- {some}") for some in old - new}
        else:
            found.add((one.way, repr(one.after)))
    return found


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OPS, min_size=2, max_size=5), st.data())
def test_what_a_command_changed_goes_and_what_others_changed_stays(
    added: Program, lines: list[str], data: st.DataObject
) -> None:
    """Either all that one command changed is as before, and nothing else is, or undo is refused and changes nothing."""
    git(added.folder, "reset", "-q", "--hard", "first" if "first" in git(added.folder, "tag") else "HEAD")
    git(added.folder, "tag", "-f", "first")
    for line in lines:
        added(*line.format(item=last(added, "Item")).split(), code=None)
    own = git(added.folder, "rev-list", "first..HEAD").split()
    step = data.draw(st.sampled_from(own)) if own else head(added)
    tip = head(added)
    if code := added("undo", step, code=None).code:
        assert code == Exit.NOT_DONE
        assert head(added) == tip
        assert clean(added)
        return
    before, after, now, new = (versions(added, one) for one in (f"{step}^", step, tip, head(added)))
    for path in {**before, **after, **now, **new}:
        old, left, here, there = (some.get(path) for some in (before, after, now, new))
        if old == left:
            assert there == here, path
            continue
        assert told(old, there) <= told(left, here), path
        assert told(left, here) - told(old, there) <= told(left, old), path
    assert clean(added)
    was = state(added)
    assert "0 fel" in added("check").err
    if head(added) != tip:
        added("undo")
        assert git(added.folder, "rev-parse", f"{tip}^{{tree}}").strip() == state(added) != was
