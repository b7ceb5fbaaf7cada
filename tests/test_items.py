"""atbtst item: listing for convenors, and what can be done to an item, each one commit."""

import csv
import io
import json
import re

import pytest
from conftest import Program, git, kept
from handmade import HELD, PLANNED, commit, commits, item, meeting, message, write

from atbtst_cli.output import cells_of

LATE, TODAY, NEXT, UNDATED, AT_MEETING = (f"i-000000{number}" for number in (1, 2, 3, 4, 7))
DONE, DROPPED = "i-0000005", "i-0000006"
OPEN = [LATE, TODAY, NEXT, AT_MEETING, UNDATED]


@kept
def listed(council: Program) -> None:
    """A council with a held and a planned meeting, five open items and two closed ones, on 2026-03-02."""
    meeting(council, HELD, "held:\n  date: 2026-02-17\nagenda:\n  - id: p-at\n    title: Introduktion\n")
    meeting(council, PLANNED)
    item(
        council,
        1,
        "Boka lokal till introduktionsdagen och stäm av antalet platser med nätverket",
        "owners:\n  - ron-at/convenor\ndue: 2026-02-17\n",
        network="ron-at",
    )
    item(council, 2, "Skicka kallelsen", "owners:\n  - alva-exempel\ndue: 2026-03-02\n")
    item(council, 3, "Ta fram en tidsplan", "owners:\n  - bo-exempel\n  - cilla-exempel\ndue: next\n")
    item(council, 4, "Fråga HR", "owners:\n  - name: Frida Exempel\n", added="2026-02-20")
    item(council, 5, "Skriv ut", "owners:\n  - bo-exempel\nclosed:\n  date: 2026-02-20\n  as: done\n")
    item(
        council,
        6,
        "Ring",
        "owners:\n  - disa-exempel\nclosed:\n  date: 2026-02-25\n  as: dropped\n  reason: Löst ändå.\n",
    )
    item(
        council,
        7,
        "Välj datum",
        f"origin:\n  meeting: {HELD}\n  agenda_item: p-at\nowners:\n  - alva-exempel\ndue: {PLANNED}\n",
        added="2026-02-17",
    )
    commit(council)


def ids(council: Program, *arguments: str) -> list[str]:
    return [entry["id"] for entry in json.loads(council("item", "list", "--json", *arguments).out)]


def only(council: Program) -> dict:
    """The one item on record, as JSON tells it."""
    [entry] = json.loads(council("item", "list", "--json").out) or json.loads(
        council("item", "list", "--closed", "--json").out
    )
    return entry


# -- list ---------------------------------------------------------------------------------------------------------------


def test_the_most_urgent_item_comes_first(listed: Program) -> None:
    """By day, the day of the next meeting for next; then those without a day; closed ones the latest first."""
    assert ids(listed) == OPEN
    assert ids(listed, "--closed") == [DROPPED, DONE]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--network", "RÅD"], [TODAY, NEXT, AT_MEETING, UNDATED]),
        (["--network", "rön-at"], [LATE]),
        (["--owner", "alva-exempel"], [TODAY, AT_MEETING]),
        (["--owner", "Bo"], [LATE, NEXT]),
        (["--owner", "ron-at/convenor"], [LATE]),
        (["--owner", "rad/ron-at"], []),
        (["--mine"], [NEXT]),
        (["--overdue"], [LATE]),
        (["--due-before", "2026-03-02"], [LATE]),
        (["--due-before", "3 mars"], [LATE, TODAY]),
        (["--due-before", "2026-04-22"], [LATE, TODAY, NEXT, AT_MEETING]),
        (["--due-next"], [LATE, TODAY, NEXT, AT_MEETING]),
        (["--due-next", "--network", "RÖN-AT"], [LATE]),
        (["--carried", "1"], OPEN),
        (["--carried", "2"], [NEXT]),
        (["--carried", "3"], []),
        (["--meeting", HELD], [AT_MEETING]),
        (["--meeting", "RÅD 2026-02-17"], [AT_MEETING]),
        (["--meeting", "RÅD"], [AT_MEETING]),
        (["--closed", "--owner", "bo-exempel"], [DONE]),
        (["--network", "RÅD", "--owner", "bo-exempel"], [NEXT]),
    ],
    ids=str,
)
def test_each_filter_narrows_the_list(listed: Program, arguments: list[str], wanted: list[str]) -> None:
    """A member's items are also those of the seats the member holds today."""
    assert ids(listed, *arguments) == wanted


def test_mine_is_told_by_the_setting_before_the_email(listed: Program) -> None:
    git(listed.folder, "config", "atbtst.member", "alva-exempel")
    assert ids(listed, "--mine") == [TODAY, AT_MEETING]


def test_mine_asks_who_you_are_where_nothing_tells(listed: Program) -> None:
    git(listed.folder, "config", "user.email", "unknown@example.org")
    assert "git config atbtst.member" in listed("item", "list", "--mine", code=2).err


@pytest.mark.parametrize("both", [["--mine", "--owner", "bo"], ["--json", "--csv"]], ids=str)
def test_options_that_exclude_each_other_are_refused(listed: Program, both: list[str]) -> None:
    said = listed("item", "list", *both, code=2)
    assert both[0] in said.err
    assert not said.out


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["--network", "nix"], "nix"),
        (["--owner", "Ingen"], "Ingen"),
        (["--due-before", "nonsens"], "nonsens"),
        (["--due-before", "31 november"], "31 november"),
        (["--meeting", "2031-01-01-rad"], "2031-01-01-rad"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_filter_that_means_nothing_says_its_value(listed: Program, arguments: list[str], value: str) -> None:
    said = listed("item", "list", *arguments, code=2)
    assert value in said.err
    assert not said.out


def test_an_overdue_item_stands_out_without_colour(listed: Program) -> None:
    rows = {line.split()[0]: line for line in listed("--no-color", "item", "list").out.splitlines()}
    assert "2026-02-17 !" in rows["i-0000001"]
    assert "!" not in rows["i-0000002"]
    assert [entry["overdue"] for entry in json.loads(listed("item", "list", "--json").out)] == [
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("planned", "rest", "wanted"),
    [
        ("2026-04-21-rad", "", ["2026-03-01", "2026-04-20", "2026-04-21", "next", "2026-04-21-rad"]),
        ("2026-04-20-rad", "", ["2026-03-01", "2026-04-20", "next", "2026-04-20-rad"]),
        ("2026-04-20-ron-st", "with: [rad]\n", ["2026-03-01", "2026-04-20", "next", "2026-04-20-ron-st"]),
        (
            "2026-04-21-rad",
            "cancelled: {date: 2026-03-01, reason: Sjukdom}\n",
            ["2026-03-01", "next", "2026-04-21-rad"],
        ),
    ],
    ids=["that day", "earlier", "joint", "cancelled"],
)
def test_due_next_is_by_the_next_meeting_of_the_body(
    council: Program, planned: str, rest: str, wanted: list[str]
) -> None:
    """What waits for the next meeting is due there, whenever that is; of days without one those that have passed."""
    meeting(council, planned, rest)
    for number, due in enumerate(("2026-03-01", "2026-04-20", "2026-04-21", "2026-04-22", "next", planned), 1):
        item(council, number, "Ring", f"due: {due}\n")
    item(council, 9, "Skriv")
    found = json.loads(council("item", "list", "--due-next", "--json").out)
    assert sorted(one["due"] for one in found) == sorted(wanted)


def test_what_comes_for_the_third_time_stands_out_without_colour(council: Program) -> None:
    """The meetings since it was agreed or due, and the next one; where none comes so often no column is lost to it."""
    item(council, 1, "Boka lokal")
    item(council, 2, "Ring", "due: 2026-02-02\n")
    meeting(council, "2026-01-20-rad", "held: {date: 2026-01-20}\n")
    assert "Times" not in council("--language", "en", "item", "list").out
    meeting(council, "2026-02-03-rad", "held: {date: 2026-02-03}\n")
    said = council("--language", "en", "--no-color", "item", "list")
    heading, second, first = said.out.splitlines()
    assert "Times" in heading
    assert "3 !" in first
    assert "3 !" not in second
    assert "1 coming 3 times or more (!)" in said.err
    assert [one["times"] for one in json.loads(council("item", "list", "--json").out)] == [2, 3]
    assert [row[-1] for row in csv.reader(io.StringIO(council("item", "list", "--csv").out))] == ["times", "2", "3"]


@pytest.mark.parametrize("number", ["0", "-1", "nix"])
def test_carried_takes_a_number_of_times(listed: Program, number: str) -> None:
    assert "--carried" in listed("item", "list", "--carried", number, code=2).err


def test_short_ids_are_long_enough_to_tell_all_items_apart(council: Program) -> None:
    """i- and four characters where that will do; each names its item."""
    item(council, 1_000_000, "Ett")
    assert "i-1000 " in council("item", "list").out
    item(council, 1_000_100, "Två")
    shown = [line.split()[0] for line in council("item", "list").out.splitlines()[1:]]
    assert shown == ["i-10000", "i-10001"]
    assert "i-1000100" in council("item", "show", shown[1]).out


def test_json_is_one_document_with_the_record_and_what_was_worked_out(listed: Program) -> None:
    entries = {entry["id"]: entry for entry in json.loads(listed("item", "list", "--json").out)}
    known = entries[AT_MEETING]
    assert known["due"] == PLANNED
    assert known["due_date"] == "2026-04-21"
    assert known["owners"] == ["alva-exempel"]
    assert known["owner_names"] == "Alva Exempel"
    assert known["origin"] == {"meeting": HELD, "agenda_item": "p-at"}
    assert known["age_days"] == 13
    assert entries[NEXT]["due_date"] == "2026-04-21"


def test_csv_has_a_heading_and_a_row_for_each_item(listed: Program) -> None:
    heading, *rows = csv.reader(io.StringIO(listed("item", "list", "--csv").out))
    assert heading[:2] == ["id", "title"]
    assert [row[0] for row in rows] == OPEN
    assert {len(row) for row in rows} == {len(heading)}


@pytest.mark.parametrize("title", ['=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)"])
def test_csv_is_guarded_against_spreadsheets_unless_raw(council: Program, title: str) -> None:
    council("item", "add", "--network", "RÅD", "--", title)
    for more, shown in (((), "'" + title), (("--raw",), title)):
        rows = list(csv.reader(io.StringIO(council("item", "list", "--csv", *more).out)))
        assert rows[1][1] == shown


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_the_table_fits_the_terminal_and_loses_no_word(
    listed: Program, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    wide = listed("item", "list").out
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = listed("item", "list").out
    assert max(map(cells_of, shown.splitlines())) <= columns
    assert set(wide.split()) <= {
        *shown.split(),
        "Från",
        "Ansvarig",
        "Nätverk",
        "Ålder",
        "Who",
        "Network",
        "Age",
        "From",
    }


def test_a_pipe_gets_each_item_on_one_whole_line(listed: Program) -> None:
    lines = listed("item", "list").out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == OPEN
    assert "Boka lokal till introduktionsdagen och stäm av antalet platser med nätverket" in lines[1]
    assert "\x1b" not in "".join(lines)


def test_an_empty_list_is_no_failure(council: Program) -> None:
    assert council("item", "list").out == ""
    assert json.loads(council("item", "list", "--json").out) == []
    assert len(council("item", "list", "--csv").out.splitlines()) == 1


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_a_record_that_cannot_be_read_is_named_and_the_others_listed(listed: Program, form: list[str]) -> None:
    path = f"records/items/2026/{TODAY}.yaml"
    write(listed, path, f"id: {TODAY}\ntitel: Skriv\n")
    said = listed("item", "list", *form, code=4)
    assert f"{path}:2:1" in said.err
    assert LATE in said.out
    assert TODAY not in said.out


def test_a_list_reads_what_lies_there_committed_or_not(listed: Program) -> None:
    item(listed, 8, "Skriven nyss")
    assert "i-0000008" in ids(listed)


# -- show ---------------------------------------------------------------------------------------------------------------


def test_show_tells_an_items_life(listed: Program) -> None:
    listed("item", "note", AT_MEETING, "Tre förslag finns.")
    listed("item", "done", AT_MEETING, "--reason", "Beslutat.")
    shown = listed("item", "show", AT_MEETING).out
    for words in (
        "Välj datum",
        "Alva Exempel",
        "RÅD",
        HELD,
        "Introduktion",
        "Tre förslag finns.",
        "Beslutat.",
        "2026-03-02",
    ):
        assert words in shown
    history = json.loads(listed("item", "show", AT_MEETING, "--json").out)["history"]
    assert [step["subject"].partition(":")[0] for step in history] == ["item(done)", "item(note)", "By hand"]


def test_show_tells_age_and_how_often_it_has_come(council: Program) -> None:
    """An open one comes to the next meeting too; a closed one has come until it was closed."""
    item(council, 1, "Boka lokal")
    for day in ("2026-01-20", "2026-02-03"):
        meeting(council, f"{day}-rad", f"held: {{date: {day}}}\n")
    commit(council)
    shown = council("--language", "en", "item", "show", "i-0000001").out
    assert re.search(r"Added: +2026-01-10 \(7 w\)\nCarried: +3 meetings, the next one included !", shown)
    council("item", "done", "i-0000001")
    assert re.search(r"Carried: +2 meetings\n", council("--language", "en", "item", "show", "i-0000001").out)


@pytest.mark.parametrize("text", ["i-0000001", "I-0000001", " i-0000001 "])
def test_an_item_is_named_by_its_id(listed: Program, text: str) -> None:
    assert LATE in listed("item", "show", text).out


def test_an_item_is_named_by_four_characters_of_its_id(council: Program) -> None:
    """Fewer are refused even where only one item begins so; where several do, they are named."""
    item(council, 1_234_567, "Ett")
    assert "i-1234567" in council("item", "show", "i-1234").out
    assert "i-123" in council("item", "show", "i-123", code=2).err
    item(council, 1_234_000, "Två")
    said = council("item", "show", "i-1234", code=2).err
    assert "i-1234000" in said
    assert "i-1234567" in said


@pytest.mark.parametrize("text", ["i-9999", "nix", "../../etc/passwd", "*"])
def test_an_unknown_item_is_named_with_the_way_to_the_list(listed: Program, text: str) -> None:
    said = listed("item", "show", text, code=2).err
    assert text in said
    assert "atbtst item list" in said


def test_an_item_whose_record_is_broken_is_named(listed: Program) -> None:
    write(listed, f"records/items/2026/{LATE}.yaml", "id: [\n")
    said = listed("item", "show", LATE, code=4)
    assert LATE in said.err
    assert "atbtst check" in said.err


# -- add ----------------------------------------------------------------------------------------------------------------


def test_add_is_one_commit_of_one_file_that_people_can_read(council: Program) -> None:
    before = commits(council)
    said = council("item", "add", "Boka lokal", "--network", "RÅD", "--owner", "alva-exempel", "--due", "2026-04-21")
    known = only(council)
    assert commits(council) == before + 1
    assert git(council.folder, "show", "--name-only", "--format=").split() == [f"records/items/2026/{known['id']}.yaml"]
    assert message(council).startswith("item(add): Boka lokal\n\n")
    assert message(council).rstrip().endswith(f"Item: {known['id']}")
    assert "Alva Exempel" in message(council)
    assert known["id"] in said.err
    assert git(council.folder, "rev-parse", "--short=10", "HEAD").strip() in said.err
    assert git(council.folder, "status", "--short") == ""


def test_a_new_item_is_written_in_house_style(council: Program) -> None:
    council("item", "add", "Boka lokal", "--owner", "ron-at/convenor", "--owner", "Bo Exempel", "--due", "next")
    [path] = (council.folder / "records/items").rglob("*.yaml")
    assert path.read_text("utf-8") == (
        "# yaml-language-server: $schema=../../../schemas/item.schema.json\n"
        f"id: {path.stem}\ntitle: Boka lokal\nnetwork: ron-at\nadded: 2026-03-02\n"
        "\nowners:\n  - ron-at/convenor\n  - bo-exempel\n\ndue: next\n"
    )


@pytest.mark.parametrize(
    ("due", "wanted"),
    [
        ("2026-04-17", "2026-04-17"),
        ("17 april", "2026-04-17"),
        ("17 april 2027", "2027-04-17"),
        ("17/4", "2026-04-17"),
        ("v. 14", "2026-04-05"),
        ("senast 17 april", "2026-04-17"),
        ("1 mars", "2027-03-01"),
        ("next", "next"),
        ("nästa möte", "next"),
        ("next meeting", "next"),
        (PLANNED, PLANNED),
        ("RÅD", PLANNED),
        ("RÅD 2026-04-21", PLANNED),
        ("rådet 21 april", PLANNED),
        ("RÅD 7/2026", PLANNED),
    ],
)
def test_a_due_day_is_given_as_people_say_it(council: Program, due: str, wanted: str) -> None:
    """A day without a year is the next such day; a week is its Sunday; a body alone is its next meeting."""
    meeting(council, PLANNED, "number: 7\n")
    commit(council)
    council("item", "add", "Skriv", "--network", "RÅD", "--due", due)
    assert only(council)["due"] == wanted
    council("item", "edit", only(council)["id"], "--due", "2026-12-24")
    council("item", "edit", only(council)["id"], "--due", due)
    assert only(council)["due"] == wanted


@pytest.mark.parametrize(
    "due",
    ["nonsens", "31 november", "2026-02-30", "v. 54", "29 februari 2026", "2026", "2026-02", "RÅD", "RÅD 2026-05-05"],
)
def test_a_day_that_is_none_is_refused_by_name(council: Program, due: str) -> None:
    meeting(council, HELD)
    commit(council)
    before = commits(council)
    assert due in council("item", "add", "Skriv", "--network", "RÅD", "--due", due, code=2).err
    assert commits(council) == before


def test_a_sheet_says_when_an_item_is_due_in_the_same_ways(council: Program) -> None:
    meeting(council, PLANNED)
    commit(council)
    ways = {"senast 17 april": "2026-04-17", f"till {PLANNED}": PLANNED, "till nästa möte": "next"}
    lines = "".join(f"Åtgärd @bo-exempel {words}: Ring\n" for words in ways)
    sheet = f"# RÅD 2026-02-17\nNärvarande: Bo Exempel\n\n## Frågor\n{lines}"
    council("minutes", "new", "RÅD", "--date", HELD[:10], "--from", "-", given=sheet)
    found = json.loads(council("item", "list", "--json").out)
    assert sorted(one["due"] for one in found) == sorted(ways.values())
    assert {one["due_date"] for one in found} == {"2026-04-17", "2026-04-21"}


def test_an_item_due_at_an_unknown_meeting_would_be_an_error_in_the_record(council: Program) -> None:
    before = commits(council)
    assert (
        "2026-05-05-rad" in council("item", "add", "Skriv", "--network", "RÅD", "--due", "2026-05-05-rad", code=4).err
    )
    assert commits(council) == before
    assert git(council.folder, "status", "--short") == ""


def test_the_body_may_be_told_by_a_seat_or_a_meeting(listed: Program) -> None:
    listed("item", "add", "Ett", "--owner", "rön-bt/sammankallande")
    listed("item", "add", "Två", "--meeting", "RÅD")
    found = {entry["title"]: entry for entry in json.loads(listed("item", "list", "--json").out)}
    assert found["Ett"]["network"] == "ron-bt"
    assert found["Ett"]["owners"] == ["ron-bt/convenor"]
    assert found["Två"]["network"] == "rad"
    assert found["Två"]["origin"] == {"meeting": HELD}


def test_an_item_without_any_body_is_asked_for_one(council: Program) -> None:
    assert "--network" in council("item", "add", "Skriv", "--owner", "bo", code=2).err


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["Skriv", "--network", "RÅD", "--owner", "Nils"], "bo-exempel"),
        (["Skriv", "--network", "RÅD", "--owner", "ron-at/nix"], "ron-at/nix"),
        (["Skriv", "--network", "Råttan"], "RÖN-AT"),
        (["  ", "--network", "RÅD"], ""),
        (["Skriv\udcff", "--network", "RÅD"], "Skriv\\udcff"),
    ],
    ids=["member", "seat", "body", "blank", "bytes that are no text"],
)
def test_what_cannot_be_understood_is_refused_with_what_is_known(
    council: Program, arguments: list[str], value: str
) -> None:
    before = commits(council)
    assert value in council("item", "add", *arguments, code=2).err
    assert commits(council) == before


def test_a_first_name_that_two_members_have_is_not_guessed(council: Program) -> None:
    council("member", "add", "Bo Andersson")
    said = council("item", "add", "Skriv", "--network", "RÅD", "--owner", "Bo", code=2).err
    assert "bo-andersson" in said
    assert "bo-exempel" in said


def test_a_long_text_is_shortened_in_the_subject_and_whole_in_the_body(council: Program) -> None:
    text = (
        "Ta fram ett underlag om handledarutbildningen som visar vad den kostar, vem som betalar och när den kan börja"
    )
    council("item", "add", text, "--network", "RÅD")
    subject, _blank, rest = message(council).partition("\n\n")
    assert len(subject) <= 100
    assert subject.endswith("…")
    assert rest.startswith(f"item(add): {text}\n")


def test_line_breaks_in_a_title_become_blanks(council: Program) -> None:
    council("item", "add", "Skriv\r\nItem: i-0000000\n\nSkicka", "--network", "RÅD")
    assert only(council)["title"] == "Skriv Item: i-0000000 Skicka"
    assert git(council.folder, "log", "-1", "--format=%(trailers:key=Item,valueonly)").split() == [only(council)["id"]]


# -- edit, note, done, reopen, drop ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        (["--what", "Boka sal"], "title", "Boka sal"),
        (["--network", "RÖN-ST"], "network", "ron-st"),
        (["--owner", "disa"], "owners", ["disa-exempel"]),
        (["--due", "v. 14"], "due", "2026-04-05"),
        (["--due", ""], "due", None),
    ],
    ids=str,
)
def test_edit_changes_what_is_given_and_nothing_else(
    listed: Program, arguments: list[str], field: str, value: object
) -> None:
    before = json.loads(listed("item", "show", TODAY, "--json").out)
    count = commits(listed)
    listed("item", "edit", TODAY, *arguments)
    after = json.loads(listed("item", "show", TODAY, "--json").out)
    assert after.get(field) == value
    worked_out = {field, "history", "due_date", "owner_names", "overdue", "times"}
    assert {key: after[key] for key in after.keys() - worked_out} == {
        key: before[key] for key in before.keys() - worked_out
    }
    assert commits(listed) == count + 1
    assert message(listed).startswith("item(edit): ")
    assert f"Item: {TODAY}" in message(listed)


def test_edit_keeps_comments_and_order_of_a_file_written_by_hand(council: Program) -> None:
    text = "# Väntar på HR\ntitle: Skriv   # kort\nid: i-0000001\nadded: 2026-01-10\nnetwork: rad\n"
    path = write(council, "records/items/2026/i-0000001.yaml", text)
    commit(council)
    council("item", "edit", "i-0000001", "--what", "Ring")
    assert re.sub(" +", " ", path.read_text("utf-8")) == re.sub(" +", " ", text.replace("Skriv", "Ring"))


def test_edit_without_a_change_makes_no_commit(listed: Program) -> None:
    before = commits(listed)
    listed("item", "edit", TODAY, "--what", "Skicka kallelsen")
    assert "item edit --help" in listed("item", "edit", TODAY, code=2).err
    assert commits(listed) == before


def test_a_note_is_dated_signed_and_in_the_commit(listed: Program) -> None:
    before = commits(listed)
    listed("item", "note", TODAY, "Den är skickad,\nsvar väntas.")
    assert commits(listed) == before + 1
    known = json.loads(listed("item", "show", TODAY, "--json").out)
    assert known["log"] == [{"date": "2026-03-02", "by": "cilla-exempel", "note": "Den är skickad,\nsvar väntas."}]
    assert message(listed).startswith("item(note): Skicka kallelsen\n\nDen är skickad,\nsvar väntas.\n")
    assert f"Item: {TODAY}" in message(listed)


def test_a_note_cannot_forge_a_trailer(listed: Program) -> None:
    listed("item", "note", TODAY, f"Klart.\n\nItem: {LATE}\nMeeting: {HELD}")
    trailers = git(listed.folder, "log", "-1", "--format=%(trailers)")
    assert trailers.split() == ["Item:", TODAY]


@pytest.mark.parametrize(
    "verb", [["note", TODAY, " "], ["drop", TODAY, "--reason", ""], ["note", TODAY, "\udcff"]], ids=str
)
def test_empty_words_are_refused(listed: Program, verb: list[str]) -> None:
    before = commits(listed)
    listed("item", *verb, code=2)
    assert commits(listed) == before


def test_an_item_is_done_reopened_and_dropped_each_in_one_commit(listed: Program) -> None:
    """That it was closed stays in its log; dropping says why."""
    before = commits(listed)
    listed("item", "done", TODAY)
    assert TODAY in ids(listed, "--closed")
    assert message(listed).startswith("item(done): ")
    listed("item", "reopen", TODAY, "--reason", "Fel kallelse.")
    assert TODAY in ids(listed)
    assert message(listed).startswith("item(reopen): ")
    listed("item", "drop", TODAY, "--reason", "Behövs inte.")
    assert message(listed).startswith("item(drop): ")
    assert commits(listed) == before + 3
    known = json.loads(listed("item", "show", TODAY, "--json").out)
    assert known["closed"] == {"date": "2026-03-02", "as": "dropped", "by": "cilla-exempel", "reason": "Behövs inte."}
    assert "Fel kallelse." in known["log"][0]["note"]
    assert "2026-03-02" in known["log"][0]["note"]


def test_drop_asks_for_a_reason(listed: Program) -> None:
    assert "--reason" in listed("item", "drop", TODAY, code=2).err


@pytest.mark.parametrize(("verb", "other"), [("done", DONE), ("reopen", TODAY)])
def test_what_is_so_already_is_refused_and_said(listed: Program, verb: str, other: str) -> None:
    before = commits(listed)
    assert other in listed("item", verb, other, code=3).err
    assert commits(listed) == before


def test_a_record_edited_by_hand_is_not_written_over(listed: Program) -> None:
    """The message says the way out; what others have staged stays as it was."""
    path = listed.folder / f"records/items/2026/{TODAY}.yaml"
    path.write_text(path.read_text("utf-8").replace("Skicka", "Posta"), "utf-8")
    write(listed, "other.txt", "mitt eget")
    git(listed.folder, "add", "other.txt")
    said = listed("item", "done", TODAY, code=3).err
    assert "git restore" in said
    assert "Posta" in path.read_text("utf-8")
    listed("item", "done", LATE)
    assert git(listed.folder, "diff", "--cached", "--name-only").split() == ["other.txt"]


@pytest.mark.parametrize("hand", ["closed: [\n", "title: Annat\n", None, ""], ids=str)
@pytest.mark.parametrize(
    "arguments",
    [
        ["done", DONE],
        ["drop", DONE, "--reason", "Nej"],
        ["reopen", TODAY],
        ["edit", TODAY, "--due", "2026-03-02"],
        ["edit", TODAY, "--due", "snart"],
    ],
    ids=str,
)
def test_an_edit_by_hand_is_told_before_what_the_record_says(
    listed: Program, arguments: list[str], hand: str | None
) -> None:
    """What the branch says is of no use to somebody who sees the file, be it open, unreadable, empty or gone."""
    path = f"records/items/2026/{arguments[1]}.yaml"
    if hand is None:
        text = (listed.folder / path).read_text("utf-8")
        hand = text.partition("closed:")[0] + ("" if "closed:" in text else "closed:\n  date: 2026-03-01\n  as: done\n")
    write(listed, path, hand)
    said = listed("item", *arguments, code=3).err
    assert path in said
    assert "git restore" in said


def test_an_item_that_is_not_committed_yet_is_told_with_both_ways_out(listed: Program) -> None:
    """The list shows it, since views read the files."""
    item(listed, 9, "Skriv")
    assert "i-0000009" in ids(listed)
    said = listed("item", "done", "i-0000009", code=3).err
    assert 'git add -- records/items/2026/i-0000009.yaml && git commit -m "varför"' in said
    commit(listed)
    listed("item", "done", "i-0000009")


def test_nothing_is_said_when_quiet(listed: Program) -> None:
    said = listed("--quiet", "item", "done", TODAY)
    assert said.text == ""
    assert re.fullmatch(r"[0-9a-f]{40}\n", git(listed.folder, "rev-parse", "HEAD"))


def test_a_list_that_lacks_a_record_does_not_say_that_there_is_nothing(council: Program) -> None:
    """The one item cannot be read; whether it is among those asked for nobody knows."""
    item_id = item(council, 1, "Boka lokal")
    write(council, f"records/items/2026/{item_id}.yaml", "id: [\n")
    write(council, "records/meetings/2026/2026-02-17-rad/meeting.yaml", "id: [\n")
    for noun in ("item", "meeting"):
        said = council("--language", "en", noun, "list", code=4).err
        assert "No such" not in said
        assert "could not be read" in said
