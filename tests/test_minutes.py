"""atbtst minutes: a text becomes a meeting, its items and its documents, in one commit, and is never lost."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, Program, git

SHEET = (ROOT / "atbtst_cli" / "commands" / "demo_sheet.md").read_text("utf-8")
MEETING = "records/meetings/2026/2026-02-17-rad"
Editor = Callable[[Sequence[str]], Path]


def minute(council: Program, text: str = SHEET, *more: str, code: int = 0) -> str:
    return council("minutes", "new", "RÅD", "--from", "-", *more, given=text, code=code).text


def commits(council: Program) -> int:
    return int(git(council.folder, "rev-list", "--count", "HEAD"))


def record(council: Program, path: str = f"{MEETING}/meeting.yaml") -> str:
    return (council.folder / path).read_text("utf-8")


def item_ids(council: Program) -> list[str]:
    return sorted(path.stem for path in (council.folder / "records/items").rglob("*.yaml"))


def test_a_text_becomes_meeting_items_and_documents_in_one_commit(council: Program) -> None:
    before = commits(council)
    said = minute(council)
    assert commits(council) == before + 1
    names = git(council.folder, "show", "--name-only", "--format=").split()
    assert {f"{MEETING}/{name}" for name in ("meeting.yaml", "minutes.md", "minutes.html", "minutes.pdf")} <= set(names)
    assert sum(name.startswith("records/items/2026/i-") for name in names) == 3
    assert git(council.folder, "status", "--short") == ""
    assert git(council.folder, "rev-parse", "--short=10", "HEAD").strip() in said
    assert council("check", code=0).code == 0


def test_every_run_tells_what_it_understood(council: Program) -> None:
    """Agenda items, decisions, actions with owner and due date, next time, next meeting."""
    said = minute(council)
    for words in (
        "§ 1",
        "Bo Exempel",
        "2026-04-05",
        "Kostnad för handledarutbildning",
        "Datum för höstens möten",
        "2026-04-21",
    ):
        assert words in said


def test_the_summary_gathers_what_comes_next_time_from_everywhere(council: Program) -> None:
    """From inside an agenda item and from the item of its own, in their order."""
    minute(council)
    summary = record(council, f"{MEETING}/minutes.md").partition("## Sammanställning")[2]
    assert "\n\n- Kostnad för handledarutbildning\n- Datum för höstens möten\n\n" in summary


def test_the_commit_can_be_read_by_people(council: Program) -> None:
    minute(council)
    message = git(council.folder, "log", "-1", "--format=%B")
    assert message.startswith("minutes(RÅD 2026-02-17): ")
    assert "två gemensamma introduktionsdagar" in message
    assert "Meeting: 2026-02-17-rad" in message
    assert message.count("\nItem: i-") == 3


def test_numbers_are_drawn_when_held_per_body_and_year(council: Program) -> None:
    minute(council)
    minute(council, "# RÅD 2026-04-21\n\n## Fråga\nBeslut: Ja.\n")
    council("minutes", "new", "RÖN-AT", "--from", "-", given="# RÖN-AT 2026-04-22\n\n## Fråga\nBeslut: Nej.\n")
    second = record(council, "records/meetings/2026/2026-04-21-rad/meeting.yaml")
    assert "\nnumber: 2\n" in second
    assert "number: 3" in second
    assert "\nnumber: 1\n" in record(council, "records/meetings/2026/2026-04-22-ron-at/meeting.yaml")


def test_older_minutes_may_do_without_a_number(council: Program) -> None:
    minute(council, "# RÅD 2019-02-17\n\n## Fråga\nBeslut: Ja.\n", "--number", "none")
    assert "number:" not in record(council, "records/meetings/2019/2019-02-17-rad/meeting.yaml")


def test_a_second_text_for_the_same_day_is_refused_unless_it_is_meant(council: Program) -> None:
    minute(council)
    assert "2026-02-17-rad" in minute(council, code=3)
    minute(council, SHEET, "--again")
    assert (council.folder / f"{MEETING}-2" / "meeting.yaml").exists()


@pytest.mark.parametrize("name", ["rad", "RÅD", "råd", "ATBTST-rådet", unicodedata.normalize("NFD", "RÅD"), "rådet"])
def test_the_body_is_named_in_any_of_its_ways(council: Program, name: str) -> None:
    council("minutes", "new", name, "--from", "-", given=SHEET)
    assert (council.folder / MEETING).is_dir()


LATER = "# RÅD 2026-04-21\n\n## Uppföljning\n"
MEETING_LATER = "records/meetings/2026/2026-04-21-rad/meeting.yaml"


LEAVING = [("att:\n- skriva", 5), ("att:\n\n- skriva", 6), ("ja.\nskriva", 5)]


@pytest.mark.parametrize(("text", "line"), LEAVING)
def test_a_list_that_leaves_its_decision_is_told_and_kept(council: Program, text: str, line: int) -> None:
    """It is saved as text in its place, and the run says which line to indent if it belongs to the decision."""
    said = minute(council, f"{LATER}Beslut: Rådet säger {text} till HSN\n")
    assert re.search(rf"^{line}:1: .*\(under-marker\)$", said, re.MULTILINE)
    assert re.search(r"decision: d-1(.*\n)+ +- text: .*skriva till HSN", record(council, MEETING_LATER))


def test_a_list_that_is_indented_belongs_to_its_decision(council: Program) -> None:
    assert "under-marker" not in minute(council, f"{LATER}Beslut: Rådet säger att:\n  - skriva till HSN\n")
    assert "- text:" not in record(council, MEETING_LATER)


@pytest.mark.parametrize("lines", ["Intern:\nhemligt ord", "Intern: Följande:\n\n- hemligt ord"])
def test_what_may_be_internal_stops_the_minutes(council: Program, lines: str) -> None:
    """Unindented text below an internal marker is an error, and internal when it is kept all the same."""
    assert "open-internal" in minute(council, f"{LATER}{lines}\n", code=4)
    minute(council, f"{LATER}{lines}\n", "--keep-going")
    assert "hemligt" in council("minutes", "show", "RÅD").out
    assert "hemligt" not in council("minutes", "show", "RÅD", "--edition", "public", "--draft").out


def test_an_item_is_named_by_the_beginning_of_its_id(council: Program) -> None:
    """As on the command line; the record and its sheet have the whole id."""
    minute(council)
    first, second, third = item_ids(council)
    minute(council, f"{LATER}Notering {first[:6]}: På god väg.\nKlar {second[:6]}: Gjort.\nUtgår {third[:7]}: Nej.\n")
    assert "as: done" in record(council, f"records/items/2026/{second}.yaml")
    sheet = council("minutes", "show", "RÅD 2026-04-21", "--sheet").out
    for line in (f"Notering {first}: På", f"Klar {second}: Gjort", f"Utgår {third}: Nej"):
        assert line in sheet


@pytest.mark.parametrize("line", ["Klar i-zzzz: Gjort.", "Klar i-zzzzzzz: Gjort.", "Notering: Gjort.", "Klar: Gjort."])
def test_a_line_that_names_no_item_shows_the_open_ones(council: Program, line: str) -> None:
    minute(council)
    said = " ".join(minute(council, f"{LATER}{line}\n", code=4).split())
    for item in item_ids(council):
        title = re.search(r"^title: (\w+ \w+)", record(council, f"records/items/2026/{item}.yaml"), re.MULTILINE)
        assert title
        assert f"{item} ({title[1]}" in said


@pytest.mark.parametrize("owner", ["Alva Exmpel", "alav-exempel", "Alvaa", "alv"])
def test_a_misspelt_owner_stops_the_minutes_and_is_asked_about(council: Program, owner: str) -> None:
    """Never guessed: the run names the member who may have been meant."""
    assert "@alva-exempel (Alva Exempel)" in minute(council, f"{LATER}Åtgärd @{owner}: Ring\n", code=4)


def test_a_misspelt_name_in_the_attendance_is_kept_and_asked_about(council: Program) -> None:
    said = minute(council, "# RÅD 2026-04-21\nNärvarande: Bo Exempel, Alva Exmpel, Gun Gäst\n\n## Fråga\nJa.\n")
    assert re.findall(r"^2:.*\((near-name|no-member)\)$", said, re.MULTILINE) == ["near-name", "no-member"]
    assert "@alva-exempel (Alva Exempel)" in said
    assert "name: Alva Exmpel" in record(council, MEETING_LATER)


def test_an_unclear_text_saves_nothing_and_is_kept(council: Program) -> None:
    before = commits(council)
    text = SHEET.replace("Beslut: Rådet", "Beslt: Rådet")
    said = minute(council, text, code=4)
    assert (
        str(text.splitlines().index(next(line for line in text.splitlines() if line.startswith("Beslt"))) + 1) in said
    )
    assert commits(council) == before
    listed = council("minutes", "resume").text
    assert "2026-02-17" in listed or "rad" in listed
    kept = list((council.folder / ".git/atbtst/sheets").glob("*.md"))
    assert [path.read_text("utf-8") for path in kept] == [text]


def test_keep_going_keeps_unclear_lines_as_text(council: Program) -> None:
    minute(council, SHEET.replace("Beslut: Rådet", "Beslt: Rådet"), "--keep-going")
    assert "(?) Beslt: Rådet" in record(council)
    minute(council, "# RÅD 2026-04-21\n\n## Fråga\nIntern:\nhemligt ord\n\n## Annat\nBeslt: x\n", "--keep-going")
    shown = council("minutes", "show", "RÅD 2026-04-21", "--edition", "public", "--draft").out
    assert "hemligt" not in shown
    assert "(?)" in council("minutes", "show", "RÅD 2026-04-21").out


def test_the_editor_opens_again_with_what_was_not_understood(council: Program, editor: Editor) -> None:
    """The lines are named at the top; once they are mended everything is saved."""
    count = editor(
        [
            "text = text.replace('## Övrigt', 'Beslt: Rådet säger ja.\\n\\n## Övrigt')",
            "assert text.startswith('%%') and 'Beslt' in text.split('#')[0]; text = text.replace('Beslt: Rådet säger', 'Beslut: Rådet säger')",
        ]
    )
    council("minutes", "new", "RÅD", "--date", "2026-02-17")
    assert count.read_text() == "2"
    assert "decision: d-1" in record(council)
    assert "%%" not in record(council)


def test_the_sheet_is_prefilled_with_what_is_known(council: Program, editor: Editor, tmp_path: Path) -> None:
    """Who is called, the standing items, open items, a reminder of the marks, the members with ids."""
    council("item", "add", "Boka lokal", "--network", "RÖN-AT", "--owner", "bo-exempel")
    seen = tmp_path / "seen"
    editor([f"import pathlib; pathlib.Path({str(seen)!r}).write_text(text, 'utf-8'); text += '\\n'"])
    council("minutes", "new", "RÅD", "--date", "2026-02-17", "--start", "13:15", "--place", "Dockplatsen", code=None)
    text = seen.read_text("utf-8")
    for words in (
        "Alva Exempel",
        "Erik Exempel",
        "## Föregående anteckningar",
        "### Dialog",
        "13:15",
        "Dockplatsen",
        "Beslut",
    ):
        assert words in text
    assert "cilla-exempel" in text


def test_a_correction_lists_open_items_from_before_alone(council: Program, editor: Editor, tmp_path: Path) -> None:
    """The meeting's own action items stand in its text, and need no reminder above it."""
    minute(council)
    minute(council, "# RÅD 2026-04-21\n\n## Fråga\nÅtgärd @bo-exempel: Skriv till regionen\n")
    seen = tmp_path / "seen"
    editor([f"import pathlib; pathlib.Path({str(seen)!r}).write_text(text, 'utf-8')"])
    council("minutes", "edit", "RÅD 2026-04-21", code=130)
    text = seen.read_text("utf-8")
    assert text.count("Skriv till regionen") == 1
    (*_own, new) = [one for one in item_ids(council) if "regionen" in record(council, f"records/items/2026/{one}.yaml")]
    for item in item_ids(council):
        assert (f"%% Klar {item}:" in text) is (item != new)


def test_an_untouched_or_emptied_text_saves_nothing(council: Program, editor: Editor) -> None:
    before = commits(council)
    editor([])
    council("minutes", "new", "RÅD", "--date", "2026-02-17", code=130)
    editor(["text = ''"])
    council("minutes", "new", "RÅD", "--date", "2026-02-17", code=130)
    assert commits(council) == before


@pytest.mark.parametrize("command", ["no-such-editor-anywhere", "false"])
def test_a_missing_or_failing_editor_is_told_and_the_text_stays(
    council: Program, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", command)
    said = council("minutes", "new", "RÅD", "--date", "2026-02-17", code=3).text
    assert command in said
    assert "minutes resume" in said
    assert list((council.folder / ".git/atbtst/sheets").glob("*.md"))


def test_a_kept_text_can_be_gone_on_with(council: Program, editor: Editor) -> None:
    minute(council, SHEET.replace("Beslut: Rådet", "Beslt: Rådet"), code=4)
    editor(["text = text.replace('Beslt:', 'Beslut:')"])
    name = next((council.folder / ".git/atbtst/sheets").glob("*.md")).stem
    council("minutes", "resume", name)
    assert "decision: d-1" in record(council)
    assert not list((council.folder / ".git/atbtst").glob("sheets/*"))


def test_a_kept_text_can_be_thrown_away(council: Program) -> None:
    minute(council, SHEET.replace("Beslut: Rådet", "Beslt: Rådet"), code=4)
    name = next((council.folder / ".git/atbtst/sheets").glob("*.md")).stem
    council("minutes", "resume", name, "--discard")
    council("minutes", "resume", name, code=2)


def test_a_killed_editor_leaves_the_text_findable(council: Program, tmp_path: Path) -> None:
    """The program is killed while somebody types; what was typed is listed afterwards."""
    script = tmp_path / "typing.py"
    script.write_text(
        "import sys, time\nwith open(sys.argv[1], 'a') as file: file.write('skrivet\\n')\nprint('ready', flush=True)\ntime.sleep(60)\n"
    )
    environment = {**os.environ, "EDITOR": f"{sys.executable} {script}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "atbtst_cli", "minutes", "new", "RÅD", "--date", "2026-02-17"]
    with subprocess.Popen(
        command, cwd=council.folder, env=environment, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGKILL)
    kept = next((council.folder / ".git/atbtst/sheets").glob("*.md"))
    assert "skrivet" in kept.read_text("utf-8")
    assert kept.stem in council("minutes", "resume").text


def test_a_correction_changes_only_what_it_says(council: Program, editor: Editor) -> None:
    minute(council)
    before = record(council)
    ids = item_ids(council)
    editor(["text = text.replace('Inget.', 'Inget mer.')"])
    council("minutes", "edit", "RÅD")
    after = record(council)
    changed = [
        line
        for line in git(council.folder, "show", "--format=", "--unified=0", f"{MEETING}/meeting.yaml").splitlines()
        if re.match(r"[+-][^+-]", line)
    ]
    assert len(changed) == 2
    assert "Inget mer." in after
    assert "Inget mer." not in before
    assert item_ids(council) == ids


def test_saving_a_sheet_as_it_was_changes_nothing(council: Program) -> None:
    minute(council)
    before = commits(council)
    sheet = council("minutes", "show", "RÅD", "--sheet").out
    council("minutes", "edit", "RÅD", "--from", "-", given=sheet)
    assert commits(council) == before


def test_an_item_as_minuted_follows_a_correction_and_one_that_lived_on_does_not(council: Program) -> None:
    minute(council)
    sheet = council("minutes", "show", "RÅD", "--sheet").out
    first = next(one for one in item_ids(council) if "tidsplan" in record(council, f"records/items/2026/{one}.yaml"))
    council(
        "minutes",
        "edit",
        "RÅD",
        "--from",
        "-",
        given=sheet.replace("Ta fram en tidsplan", "Ta fram ett förslag till tidsplan"),
    )
    assert "förslag till tidsplan" in record(council, f"records/items/2026/{first}.yaml")
    council("item", "edit", first, "--owner", "disa-exempel")
    sheet = council("minutes", "show", "RÅD", "--sheet").out
    council(
        "minutes", "edit", "RÅD", "--from", "-", given=sheet.replace("förslag till tidsplan", "utkast till tidsplan")
    )
    assert "utkast till tidsplan" not in record(council, f"records/items/2026/{first}.yaml")
    assert "utkast till tidsplan" in record(council)


def test_what_vanished_from_a_sheet_is_asked_about(council: Program) -> None:
    minute(council)
    sheet = council("minutes", "show", "RÅD", "--sheet").out
    line = next(line for line in sheet.splitlines() if "tidsplan" in line)
    gone = sheet.replace(line + "\n", "")
    item = re.search(r"i-\w{7}", line)[0]  # type: ignore[index]
    said = council("minutes", "edit", "RÅD", "--from", "-", given=gone, code=3).text
    assert item in said
    council("minutes", "edit", "RÅD", "--from", "-", "--yes", given=gone)
    assert item not in item_ids(council)
    council("check")


def test_later_minutes_bring_news_and_close_items(council: Program) -> None:
    minute(council)
    first, second, third = item_ids(council)
    text = f"# RÅD 2026-04-21\n\n## Uppföljning\nNotering {first}: På god väg.\nKlar {second}: Gjort i mars.\nUtgår {third}: Behövs inte.\n"
    minute(council, text)
    assert "På god väg." in record(council, f"records/items/2026/{first}.yaml")
    assert "as: done" in record(council, f"records/items/2026/{second}.yaml")
    assert "as: dropped" in record(council, f"records/items/2026/{third}.yaml")
    sheet = council("minutes", "show", "RÅD 2026-04-21", "--sheet").out
    council(
        "minutes", "edit", "RÅD 2026-04-21", "--from", "-", "--yes", given=re.sub(rf"Klar {second}:.*\n", "", sheet)
    )
    assert "closed:" not in record(council, f"records/items/2026/{second}.yaml")


def test_news_of_an_unknown_item_is_refused(council: Program) -> None:
    before = commits(council)
    minute(council, "# RÅD 2026-04-21\n\n## Uppföljning\nKlar i-zzzzzzz: Gjort.\n", code=4)
    assert commits(council) == before


def test_check_says_how_a_text_is_understood_and_saves_nothing(council: Program) -> None:
    before = commits(council)
    (council.folder.parent / "text.md").write_text(SHEET, "utf-8")
    said = council("minutes", "check", "../text.md", "--network", "RÅD").text
    assert "tidsplan" in said
    (council.folder.parent / "text.md").write_text(SHEET.replace("Beslut:", "Beslt:"), "utf-8")
    assert "../text.md:" in council("minutes", "check", "../text.md", "--network", "RÅD", code=4).text
    assert commits(council) == before


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_a_document_is_the_same_bytes_every_time(council: Program, form: str) -> None:
    minute(council)
    council("minutes", "render", "RÅD", "--format", form, "--output", "one")
    council("minutes", "render", "2026-02-17-rad", "--format", form, "--output", "two")
    kept = (council.folder / MEETING / f"minutes.{form}").read_bytes()
    assert (council.folder / "one").read_bytes() == (council.folder / "two").read_bytes() == kept
    assert council("minutes", "render", "RÅD 1/2026", "-f", form, "-o", "-").raw == kept


def test_documents_do_not_follow_what_happens_later(council: Program) -> None:
    minute(council)
    before = (council.folder / MEETING / "minutes.md").read_bytes()
    for item in item_ids(council):
        council("item", "edit", item, "--owner", "erik-exempel", "--due", "2027-01-01")
        council("item", "done", item)
    assert council("minutes", "render", "RÅD", "-f", "md", "-o", "-").raw == before


def test_the_public_edition_has_nothing_internal(council: Program) -> None:
    minute(council)
    shown = council("minutes", "show", "RÅD", "--edition", "public", "--draft").out
    assert "Två anbud" not in shown
    assert "Två anbud" in council("minutes", "show", "RÅD").out


def test_a_planned_meeting_is_taken_up(council: Program) -> None:
    """Minutes without a date are for today's planned meeting; for one near today they ask."""
    path = council.folder / "records/meetings/2026/2026-03-02-rad/meeting.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("id: 2026-03-02-rad\nnetwork: rad\ndate: 2026-03-02\nplace: Stora salen\n")
    git(council.folder, "add", ".")
    git(council.folder, "commit", "-qm", "plan")
    council("minutes", "new", "RÅD", "--no-edit", "--start", "13:15")
    assert "start: '13:15'" in record(council, "records/meetings/2026/2026-03-02-rad/meeting.yaml")
    assert "kind: previous_minutes" in record(council, "records/meetings/2026/2026-03-02-rad/meeting.yaml")
    assert "place: Stora salen" in record(council, "records/meetings/2026/2026-03-02-rad/meeting.yaml")
    assert "held:" in record(council, "records/meetings/2026/2026-03-02-rad/meeting.yaml")


def test_a_meeting_planned_near_today_is_named_before_it_is_taken(council: Program) -> None:
    path = council.folder / "records/meetings/2026/2026-03-09-rad/meeting.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("id: 2026-03-09-rad\nnetwork: rad\ndate: 2026-03-09\n")
    git(council.folder, "add", ".")
    git(council.folder, "commit", "-qm", "plan")
    assert "2026-03-09" in council("minutes", "new", "RÅD", "--no-edit", code=2).text


def test_date_and_text_must_agree(council: Program) -> None:
    assert "2026-02-17" in minute(council, SHEET, "--date", "2026-02-18", code=2)


@pytest.mark.parametrize(
    ("name", "day", "items", "parts"), [("notes-a.txt", "2023-05-23", 9, 4), ("notes-b.txt", "2022-11-08", 5, 0)]
)
def test_the_real_minutes_are_valid_sheets_as_they_stand(
    council: Program, name: str, day: str, items: int, parts: int
) -> None:
    """Nothing is invented: no attendance, no owner, no decision, no approval, no action."""
    if not SEEDS.is_dir():
        pytest.skip("the real minutes are not here")
    said = council("minutes", "new", "RÅD", "--date", day, "--from", SEEDS / name).text
    text = record(council, f"records/meetings/{day[:4]}/{day}-rad/meeting.yaml")
    assert len(re.findall(r"^  - id: p-", text, re.MULTILINE)) == items
    assert len(re.findall(r"^      - id: p-", text, re.MULTILINE)) == parts
    for invented in ("attendance:", "owners:", "decision:", "approval:", "action:", "chair:"):
        assert invented not in text
    assert not item_ids(council)
    if name == "notes-b.txt":
        assert "15 november" in said
    council("check")


def test_a_kept_text_never_undoes_a_later_correction(council: Program, editor: Editor) -> None:
    """A text that was begun before the minutes were changed is refused, and stays kept."""
    minute(council)
    editor(["text = text.replace('Inget.', 'Beslt: x')"])
    council("minutes", "edit", "RÅD", code=130)
    name = next((council.folder / ".git/atbtst/sheets").glob("*.md")).stem
    sheet = council("minutes", "show", "RÅD", "--sheet").out
    council("minutes", "edit", "RÅD", "--from", "-", given=sheet.replace("Inget.", "Inget mer."))
    editor(["text = text.replace('Beslt: x', 'Inget alls.')"])
    assert "2026-02-17-rad" in council("minutes", "resume", name, code=3).text
    assert "Inget mer." in record(council)
    assert name in council("minutes", "resume").text


def test_a_kept_text_is_saved_as_it_is(council: Program, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever resumes a whole text need not change it; looking at a fresh sheet leaves nothing behind."""
    editor([])
    council("minutes", "new", "RÅD", "--date", "2026-02-17", code=130)
    assert not list((council.folder / ".git/atbtst").glob("sheets/*"))
    monkeypatch.setenv("EDITOR", "false")
    council("minutes", "new", "RÅD", "--date", "2026-02-17", code=3)
    kept = next((council.folder / ".git/atbtst/sheets").glob("*.md"))
    kept.write_text(SHEET, "utf-8")
    monkeypatch.setenv("EDITOR", "true")
    council("minutes", "resume", kept.stem)
    assert "decision: d-1" in record(council)


@pytest.mark.parametrize("data", [b"PK\x03\x04word", b"%PDF-1.7", b"{\\rtf1}"])
def test_a_file_that_is_no_text_is_refused(council: Program, data: bytes) -> None:
    before = commits(council)
    council("minutes", "new", "RÅD", "--from", "-", given=data, code=2)
    assert commits(council) == before


# -- texts that wait ----------------------------------------------------------------------------------------------------------


def kept_names(council: Program) -> list[str]:
    return sorted(path.stem for path in (council.folder / ".git/atbtst").glob("sheets/*.md"))


def test_a_text_that_is_gone_on_with_opens_with_what_was_not_understood(council: Program, editor: Editor) -> None:
    """Left as it is it is not saved, and the editor opens once."""
    minute(council, SHEET.replace("Beslut: Rådet", "Beslt: Rådet"), code=4)
    opened = editor(["assert text.startswith('%%!') and 'Beslt' in text.split('# RÅD')[0]"])
    council("minutes", "resume", kept_names(council)[0], code=130)
    assert opened.read_text() == "1"
    assert kept_names(council) == ["2026-03-02-rad"]


def test_a_kept_text_is_listed_under_the_meeting_that_it_means(council: Program) -> None:
    """Its title says which, also where it was begun on another day; its name stays."""
    minute(council, SHEET.replace("Beslut: Rådet", "Beslt: Rådet"), code=4)
    said = council("minutes", "resume").out
    assert "RÅD 2026-02-17" in said
    assert "2026-03-02-rad" in said
    assert re.search(r"\d{4}-\d\d-\d\d \d\d\.\d\d", said)


def test_new_minutes_name_the_texts_of_the_body_that_wait(council: Program) -> None:
    minute(council, SHEET.replace("Beslut: Rådet", "Beslt: Rådet"), code=4)
    said = minute(council, "# RÅD 2026-04-21\n\n## Fråga\nJa.\n")
    assert "RÅD 2026-02-17" in said
    assert "atbtst minutes resume 2026-03-02-rad" in said
    said = council("minutes", "new", "RÖN-AT", "--from", "-", given="# RÖN-AT 2026-04-21\n\n## Fråga\nJa.\n").text
    assert "resume" not in said
    assert kept_names(council) == ["2026-03-02-rad"]


def test_lines_are_counted_once_however_much_there_is_to_say_of_them(council: Program) -> None:
    text = "# RÅD 2026-02-17\n\n## Fråga\nÅtgärd @okand-ett, @okand-tva: Ring\nBeslt: x\n"
    said = council("--language", "en", "minutes", "new", "RÅD", "--from", "-", given=text, code=4).err
    assert said.count(": error: ") > 2
    assert "2 lines were not understood" in said


# -- numbers ------------------------------------------------------------------------------------------------------------------


def test_a_text_that_is_checked_has_the_numbers_that_it_would_get(council: Program) -> None:
    """The same words as when it is saved, in the documents too."""
    minute(council)
    text = "# RÅD 2026-04-21\n\n## Fråga\nBeslut: Ja.\n"
    told = [line for line in council("minutes", "check", "-", given=text).err.splitlines() if "Ja." in line]
    assert told == ["  Beslut § 3: Ja."]
    assert told[0] in minute(council, text)
    assert "Beslut § 3" in council("minutes", "show", "RÅD").out
    assert "Beslut § 3: Ja." in git(council.folder, "log", "-1", "--format=%B")


def test_a_decision_without_a_number_is_told_without_one(council: Program) -> None:
    assert "  Beslut: Ja.\n" in minute(council, "# RÅD 2019-02-17\n\n## Fråga\nBeslut: Ja.\n", "--number", "none")


def test_a_number_out_of_order_is_told(council: Program, editor: Editor, tmp_path: Path) -> None:
    """In the sheet before it is written, when it is checked, and when it is saved; a number that is given is meant."""
    minute(council)
    text = "# RÅD 2026-01-20\n\n## Fråga\nJa.\n"
    seen = tmp_path / "seen"
    editor([f"import pathlib; pathlib.Path({str(seen)!r}).write_text(text, 'utf-8')"])
    council("minutes", "new", "RÅD", "--date", "2026-01-20", code=130)
    assert "(number-order)" in seen.read_text("utf-8").split("# RÅD")[0]
    assert "(number-order)" in council("minutes", "check", "-", given=text).err
    assert "(number-order)" not in minute(council, text, "--number", "7")
    assert "(number-order)" not in minute(council, text.replace("01-20", "01-21"), "--number", "none")
    said = minute(council, text.replace("01-20", "01-22"))
    assert "(number-order)" in said
    assert "--number" in said
    for later in ("2026-02-18", "2025-01-19"):
        assert "(number-order)" not in minute(council, text.replace("2026-01-20", later))
    other = council("minutes", "new", "RÖN-BT", "--from", "-", given=text.replace("RÅD", "RÖN-BT")).err
    assert "(number-order)" not in other


# -- documents on their way out -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_a_document_has_the_format_that_its_name_ends_in(council: Program, form: str) -> None:
    minute(council)
    kept = (council.folder / MEETING / f"minutes.{form}").read_bytes()
    council("minutes", "render", "RÅD", "--output", f"one.{form.upper()}")
    assert (council.folder / f"one.{form.upper()}").read_bytes() == kept
    council("minutes", "render", "RÅD", "--output", ".", "--format", form)
    assert (council.folder / f"2026-02-17-rad.{form}").read_bytes() == kept


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "minutes.docx"], ["minutes.docx", "md", "html", "pdf"]),
        (["-o", "minutes.docx", "-f", "pdf"], ["minutes.docx"]),
        (["-o", "minutes.html", "-f", "pdf"], ["minutes.html", "--format pdf", ".pdf"]),
    ],
    ids=str,
)
def test_a_document_whose_name_promises_another_format_is_refused(
    council: Program, arguments: list[str], words: list[str]
) -> None:
    minute(council)
    said = council("minutes", "render", "RÅD", *arguments, code=2).err
    for word in words:
        assert word in said
    assert not (council.folder / arguments[1]).exists()


@pytest.mark.parametrize(("script", "code"), [("exit 0", 0), ("exit 3", 3), (None, 3)])
def test_open_says_what_it_opened_or_what_to_do_instead(
    council: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, code: int
) -> None:
    minute(council)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "git").symlink_to(str(shutil.which("git")))
    if script:
        opener = programs / ("open" if sys.platform == "darwin" else "xdg-open")
        opener.write_text(f"#!/bin/sh\n{script}\n")
        opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    said = council("minutes", "open", "RÅD", code=code).err
    assert str(council.folder / MEETING / "minutes.pdf") in said
    assert ("atbtst minutes show 2026-02-17-rad" in said) == bool(code)


def test_a_folder_is_no_text(council: Program) -> None:
    for name in (".", ""):
        said = council("--language", "en", "minutes", "new", "RÅD", "--from", name, code=2).err
        assert "this folder is a folder" in said
