"""atbtst decision: the register across meetings, what holds now, and the same citation wherever a decision is named."""

import csv
import io
import json
import shutil
from datetime import date
from typing import Any

import pytest
from conftest import NOW, Program, git
from handmade import commit, meeting, message, write
from mailroom import parsed, with_addresses, with_settings
from pdf_reading import runs

FIRST, SECOND = "2025-11-18-rad", "2026-02-17-rad"
SHEETS = {
    FIRST: """\
## Introduktionsdagen
Beslut: Dagen hålls i Lund.
Röster: 2 mot 1
Reservation Bo Exempel: Vill hellre ha Malmö.

## Lönefrågan
Ärende m-7c2k9xa: kommer från RÖN-AT
Beslut (avslås): Rådet begär inga medel.
""",
    SECOND: """\
## Introduktionsdagen
Beslut: Dagen hålls i Malmö.
Ersätter RÅD § 1/2025: Lokalen i Lund är stängd.
Dnr RS 2026-123

## Personalfråga {intern}
Beslut (bordläggs till nästa möte): Rådet avvaktar.
""",
}
MATTER = "id: m-7c2k9xa\ntitle: Löner\nnetwork: ron-at\nraised: 2025-10-01\n"


def minutes(council: Program, meeting_id: str, agenda: str, body: str = "RÅD") -> None:
    """Write the minutes of a meeting on its day."""
    day = meeting_id[:10]
    council.now = NOW + (date.fromisoformat(day) - NOW.date())
    sheet = f"# {body} {day}\nNärvarande: Alva Exempel, Bo Exempel\n\n{agenda}"
    council("minutes", "new", body, "--date", day, "--from", "-", "--yes", given=sheet)


@pytest.fixture
def decided(council: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A council with four decisions of two meetings, the first superseded by the third; made once, then copied."""
    kept = tmp_path_factory.getbasetemp() / "decided"
    if kept.exists():
        shutil.rmtree(council.folder)
        shutil.copytree(kept, council.folder)
        council.now = NOW + (date.fromisoformat(SECOND[:10]) - NOW.date())
        return council
    write(council, "records/matters/2025/m-7c2k9xa.yaml", MATTER)
    commit(council)
    for meeting_id, agenda in SHEETS.items():
        minutes(council, meeting_id, agenda)
    shutil.copytree(council.folder, kept)
    return council


def listed(council: Program, *arguments: str) -> list[str]:
    """What the decisions that a list shows are called, in its order."""
    return [one["cited"] for one in json.loads(council("decision", "list", *arguments, "--json").out)]


def shown(council: Program, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(council("decision", "show", *arguments, "--json").out)
    return found


# -- the register ------------------------------------------------------------------------------------------------------


def test_the_register_lists_what_holds_the_latest_meeting_first(decided: Program) -> None:
    """With its agenda item, its outcome in words and the commit that brought it; nothing that was superseded."""
    assert listed(decided) == ["RÅD § 1/2026", "RÅD § 2/2026", "RÅD § 2/2025"]
    lines = decided("decision", "list").out.splitlines()
    assert lines[1].split()[:4] == ["RÅD", "§", "1/2026", "2026-02-17"]
    assert "1 Introduktionsdagen" in lines[1]
    assert "Bordlagt till nästa möte" in lines[2]
    newest, oldest = git(decided.folder, "log", "--format=%h", "--abbrev=10", "-2").split()
    assert [line.split()[-1] for line in lines[1:]] == [newest, newest, oldest]
    assert decided("decision", "list").err == "3 beslut\n"


def test_what_was_superseded_is_told_with_what_took_its_place(decided: Program) -> None:
    """Alone or among all; the chain's end is what holds now."""
    minutes(decided, "2026-04-21-rad", "## Dagen\nBeslut: Dagen hålls i Ystad.\nErsätter § 1/2026\n")
    assert listed(decided, "--superseded") == ["RÅD § 1/2026", "RÅD § 1/2025"]
    assert listed(decided, "--all") == ["RÅD § 3/2026", "RÅD § 1/2026", "RÅD § 2/2026", "RÅD § 1/2025", "RÅD § 2/2025"]
    _heads, newer, older = decided("decision", "list", "--superseded").out.splitlines()
    assert newer.startswith("RÅD § 1/2026  RÅD § 3/2026 ")
    assert older.startswith("RÅD § 1/2025  RÅD § 1/2026 ")
    assert "atbtst decision show 'RÅD § 3/2026'" in decided("decision", "show", "RÅD § 1/2025").out
    assert shown(decided, "RÅD § 1/2026")["superseded_by"] == ["2026-04-21-rad/d-1"]


def test_only_a_held_meeting_takes_the_place_of_a_decision(decided: Program) -> None:
    lines = 'id: p-1, title: Dagen, body: [{decision: d-1, text: "Nej."}, {supersedes: 2025-11-18-rad/d-1}]'
    meeting(decided, "2026-04-21-rad", f"agenda:\n  - {{{lines}}}\n")
    assert listed(decided, "--superseded") == ["RÅD § 1/2025"]
    assert shown(decided, "RÅD § 1/2025")["superseded_by"] == [f"{SECOND}/d-1"]
    assert "2026-04-21-rad" in decided("decision", "show", "2026-04-21-rad/d-1", code=2).err


def test_the_register_is_searched(decided: Program) -> None:
    """By day, matter, outcome and words; case and accents do not matter, and the agenda item's title counts too."""
    for wanted, found in (
        ("--since 2026-01-01", ["RÅD § 1/2026", "RÅD § 2/2026"]),
        ("--until 2025-12-31 --all", ["RÅD § 1/2025", "RÅD § 2/2025"]),
        ("--matter m-7c2k", ["RÅD § 2/2025"]),
        ("--outcome rejected", ["RÅD § 2/2025"]),
        ("--outcome avslås", ["RÅD § 2/2025"]),
        ("--outcome Bordlagt", ["RÅD § 2/2026"]),
        ("--text malmo", ["RÅD § 1/2026"]),
        ("--text LONEFRA\u030aGAN", ["RÅD § 2/2025"]),
        ("--network RÖN-AT", []),
    ):
        assert listed(decided, *wanted.split()) == found, wanted
    assert listed(decided, "--text", "dagen introduktion") == ["RÅD § 1/2026"]
    assert listed(decided, "--text", "dagen medel") == []
    assert decided("decision", "list", "--text", "dagen medel").err


def test_a_table_for_a_spreadsheet_has_the_same(decided: Program) -> None:
    newest, *_others, oldest = csv.DictReader(io.StringIO(decided("decision", "list", "--csv", "--all").out))
    assert newest["decision"] == "RÅD § 1/2026"
    assert newest["supersedes"] == f"{FIRST}/d-1"
    assert newest["reference"] == "RS 2026-123"
    assert oldest["matter"] == "m-7c2k9xa"
    assert [len(one["commit"]) for one in (newest, oldest)] == [40, 40]


def test_the_register_reads_no_action_item(decided: Program) -> None:
    """So that it stays quick; what it cannot read of meetings it says."""
    write(decided, "records/items/2026/i-0000001.yaml", "id: [\n")
    decided("decision", "list")
    write(decided, "records/meetings/2026/2026-03-01-rad/meeting.yaml", "id: [\n")
    assert "2026-03-01-rad" in decided("decision", "list", code=4).err


def test_the_register_as_it_was(decided: Program) -> None:
    first = git(decided.folder, "log", "--format=%h", "-1", "--", "records/meetings/2025").strip()
    assert listed(decided, "--as-of", first) == ["RÅD § 1/2025", "RÅD § 2/2025"]


def test_what_cannot_be_meant_is_refused_with_a_way_out(decided: Program) -> None:
    for said in ("list --superseded --all", "list --json --csv", "list --outcome kanske", "show 9/2026", "show § x"):
        assert len(decided("decision", *said.split(), code=2).err.splitlines()) >= 2, said


# -- one decision ------------------------------------------------------------------------------------------------------


def test_a_decision_is_named_as_people_do(decided: Program) -> None:
    for named in ("RÅD § 1/2026", "rådet §1/2026", "RÅD 1/2026", f"{SECOND}/d-1", "§ 1/2026", "1/2026 -n RÅD"):
        assert shown(decided, *named.split())["id"] == f"{SECOND}/d-1", named


def test_what_can_mean_several_decisions_names_them(decided: Program) -> None:
    minutes(decided, "2026-03-10-ron-at", "## A\nBeslut: Ja.\n", "RÖN-AT")
    said = decided("decision", "show", "§ 1/2026", code=2).err
    assert "RÅD § 1/2026" in said
    assert "RÖN-AT § 1/2026" in said
    assert shown(decided, "§ 1/2026", "--network", "RÖN-AT")["meeting"] == "2026-03-10-ron-at"


def test_a_decision_is_shown_whole(decided: Program) -> None:
    """Votes, reservations, where it was made, what it replaced, its commit, and what to do next."""
    text = decided("decision", "show", "RÅD § 1/2026").out
    for words in (
        *("Dagen hålls i Malmö.", "Antaget", "RÅD 1/2026, 2026-02-17", "1 Introduktionsdagen", "RS 2026-123"),
        *("RÅD § 1/2025: Lokalen i Lund är stängd.", f"atbtst minutes approve {SECOND}"),
        git(decided.folder, "log", "-1", "--format=%h", "--abbrev=10").strip(),
    ):
        assert words in text
    old = decided("decision", "show", "RÅD § 1/2025").out
    assert "2 mot 1" in old
    assert "Bo Exempel: Vill hellre ha Malmö." in old
    assert "m-7c2k9xa  Löner" in decided("decision", "show", "RÅD § 2/2025").out
    assert "(intern" in decided("decision", "show", "RÅD § 2/2026").out


def test_it_is_told_whether_they_could_decide(decided: Program) -> None:
    """Only where the body states a quorum."""
    assert shown(decided, "RÅD § 1/2026")["quorum"] == []
    decided("network", "quorum", "RÅD", "--count", "3", "--from", "2026-01-01")
    [held] = shown(decided, "RÅD § 1/2026")["quorum"]
    assert (held["body"], held["taken"], held["needed"], held["holds"]) == ("rad", 2, 3, False)
    lines = decided("decision", "show", "RÅD § 1/2026").out.splitlines()
    assert any(line.startswith(("Quorum: ", "Beslutsförhet: ")) for line in lines)
    assert shown(decided, "RÅD § 1/2025")["quorum"] == []


def test_the_next_step_fits_the_decision(decided: Program) -> None:
    """What was referred has to say where to; what is approved is there to be read."""
    minutes(decided, "2026-04-21-rad", "## A\nBeslut (hänskjuts): Går vidare.\n## B\nBeslut: Ja.\n")
    assert "atbtst minutes edit 2026-04-21-rad" in decided("decision", "show", "RÅD § 3/2026").out
    decided("minutes", "approve", "2026-04-21-rad", "--by", "alva-exempel")
    assert "atbtst minutes show 2026-04-21-rad" in decided("decision", "show", "RÅD § 4/2026").out


def test_the_commit_is_the_one_that_first_had_the_decision(decided: Program) -> None:
    """Not the one that planned the meeting, nor a later one that changed something else of it."""
    sheet = decided("minutes", "show", SECOND, "--sheet").out
    decided("minutes", "edit", SECOND, "--from", "-", "--yes", given=sheet + "\n## Övrigt\nBeslut: Vi ses i maj.\n")
    added, held = git(decided.folder, "log", "--format=%H", "-2").split()
    commits = {one["cited"]: one["commit"]["commit"] for one in json.loads(decided("decision", "list", "--json").out)}
    assert (commits["RÅD § 3/2026"], commits["RÅD § 1/2026"]) == (added, held)
    assert shown(decided, "RÅD § 1/2026")["commit"]["commit"] == held


def test_the_commit_is_found_in_a_workspace_below_the_top_of_its_repository(program: Program) -> None:
    git(program.folder, "init", "-q")
    program("init", "Möten")
    program.folder /= "Möten"
    minutes(program, SECOND, "## A\nBeslut: Ja.\n")
    newest = git(program.folder, "log", "-1", "--format=%H").strip()
    [listed_one] = json.loads(program("decision", "list", "--json").out)
    assert listed_one["commit"]["commit"] == shown(program, "§ 1")["commit"]["commit"] == newest


def test_a_decision_that_is_not_saved_yet_has_no_commit(decided: Program) -> None:
    rest = "number: 3\nheld: {date: 2026-03-01}\nagenda:\n  - {id: p-1, title: A, body: [{decision: d-1, text: Ja}]}\n"
    meeting(decided, "2026-03-01-rad", rest)
    assert shown(decided, "2026-03-01-rad/d-1")["commit"] is None


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_a_decision_is_cited_alike_everywhere(decided: Program) -> None:
    """In the sheet, the record, every document and its summary, the register, a letter and the commit."""
    with_settings(decided, 25)
    with_addresses(decided)
    folder = decided.folder / f"records/meetings/2026/{SECOND}"
    words, number = "Dagen hålls i Malmö.", "§ 1"
    assert f"Beslut d-1 {number}: {words}" in decided("minutes", "show", SECOND, "--sheet").out
    assert "number: 1\n" in (folder / "meeting.yaml").read_text().partition("decision: d-1")[2]
    markdown = (folder / "minutes.md").read_text()
    assert f"**Beslut {number}**" in markdown.partition("## Sammanställning")[0]
    assert f"| {number} | {words} |" in markdown.partition("## Sammanställning")[2]
    html = (folder / "minutes.html").read_text()
    drafts = decided.folder.parent / "drafts"
    decided("minutes", "send", SECOND, "--output", drafts)
    letter = parsed(next(drafts.glob("*.eml")).read_bytes())
    attached = [part.get_payload(decode=True) for part in letter.iter_attachments()]
    pdf = next(data for data in attached if data.startswith(b"%PDF"))
    printed = ["".join(run.text for run in runs(data)) for data in ((folder / "minutes.pdf").read_bytes(), pdf)]
    for document in (html, *printed):
        assert document.count(f"Beslut {number}") == 1
        assert document.count(number) >= 2
    cited = "RÅD § 1/2026"
    assert cited in decided("decision", "list").out
    assert cited in decided("decision", "list", "--csv").out
    assert shown(decided, f"{SECOND}/d-1")["cited"] == cited
    assert cited in decided("decision", "show", f"{SECOND}/d-1").out
    body = git(decided.folder, "log", "--format=%B", "--", f"records/meetings/2026/{SECOND}/meeting.yaml")
    assert f"Beslut {number}: {words}" in body


def test_what_a_decision_replaced_stays_cited_as_it_was_minuted(decided: Program) -> None:
    """The documents of a meeting read no other one, so a number that is changed there changes nothing here."""
    folder = decided.folder / f"records/meetings/2026/{SECOND}"
    assert "**Ersätter RÅD § 1/2025:** Lokalen i Lund är stängd." in (folder / "minutes.md").read_text()
    sheet = decided("minutes", "show", FIRST, "--sheet").out.replace("d-1 § 1:", "d-1 § 7:")
    decided("minutes", "edit", FIRST, "--from", "-", "--yes", given=sheet)
    assert listed(decided, "--superseded") == ["RÅD § 7/2025"]
    before = (folder / "minutes.md").read_bytes()
    decided("minutes", "render", SECOND, "--format", "md", "--output", decided.folder.parent / "again.md")
    assert (decided.folder.parent / "again.md").read_bytes() == before
    assert "Ersätter RÅD § 1/2025:" in decided("minutes", "show", SECOND, "--sheet").out
    assert "RÅD § 7/2025" in decided("decision", "show", "RÅD § 1/2026").out


def test_a_number_is_given_in_the_sheet_and_the_next_ones_follow_it(council: Program) -> None:
    """Minutes that were numbered by hand keep their numbers."""
    minutes(council, SECOND, "## A\nBeslut § 45: Ja.\nBeslut: Nej.\n")
    assert listed(council) == ["RÅD § 45/2026", "RÅD § 46/2026"]


def test_two_that_got_one_number_in_a_merge_are_told_apart_by_a_person(decided: Program) -> None:
    """check says how; the text that it gives is the whole of what there is to do."""
    git(decided.folder, "switch", "-q", "-c", "elsewhere", "HEAD~1")
    minutes(decided, "2026-01-20-rad", "## Annat\nBeslut: Ja.\n")
    git(decided.folder, "switch", "-q", "-")
    git(decided.folder, "merge", "-q", "elsewhere")
    said = decided("check", code=4)
    assert said.out.count("(decision-number-twice)") == 2
    assert "Beslut d-1 § 3: …" in said.out
    assert "atbtst minutes edit 2026-01-20-rad" in said.out
    both = decided("--language", "en", "decision", "show", "RÅD § 1/2026", code=None).err
    assert "can mean several" in both
    assert "2026-01-20-rad/d-1" in both
    assert "Write the id of the one you mean." in both
    sheet = decided("minutes", "show", "2026-01-20-rad", "--sheet").out
    changed = sheet.replace("Beslut d-1 § 1:", "Beslut d-1 § 3:")
    assert changed != sheet
    decided("minutes", "edit", "2026-01-20-rad", "--from", "-", "--yes", given=changed)
    assert "decision-number-twice" not in decided("check", code=None).out
    assert listed(decided) == ["RÅD § 1/2026", "RÅD § 2/2026", "RÅD § 3/2026", "RÅD § 2/2025"]
    assert "§ 3" in message(decided)


def test_a_number_that_is_taken_is_refused(decided: Program) -> None:
    sheet = decided("minutes", "show", SECOND, "--sheet").out.replace("d-1 § 1:", "d-1 § 2:")
    assert "§ 2" in decided("minutes", "edit", SECOND, "--from", "-", "--yes", given=sheet, code=4).err


def test_an_earlier_decision_nobody_knows_is_refused_with_those_there_are(decided: Program) -> None:
    agenda = "## A\nBeslut: Ja.\nErsätter RÅD § 9/2025: x\n"
    sheet = f"# RÅD 2026-04-21\n\n{agenda}"
    said = decided("minutes", "new", "RÅD", "--date", "2026-04-21", "--from", "-", "--yes", given=sheet, code=4).err
    assert "RÅD § 2/2026 (Rådet avvaktar.), RÅD § 1/2026 (Dagen hålls i Malmö.)" in said


def test_a_line_about_no_decision_is_told_when_the_minutes_are_saved(council: Program) -> None:
    """It is kept where it stands, and belongs to nothing."""
    sheet = "# RÅD 2026-02-17\n\n## A\nRöster: 2 mot 1\nBeslut: Ja.\n"
    said = council("minutes", "new", "RÅD", "--date", "2026-02-17", "--from", "-", "--yes", given=sheet).err
    assert "(no-decision-before)" in said
    assert shown(council, "§ 1")["votes"] == []
