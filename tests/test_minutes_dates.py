"""The day of a meeting, from how it is typed to what the run says of it."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from conftest import NOW, Program, git
from handmade import commits, meeting

from atbtst_cli.language import use

BODY = "\n\n## Övrigt\nInget.\n"
Editor = Callable[[Sequence[str]], Path]


@pytest.fixture
def english(council: Program) -> Program:
    """A council whose messages are in English, run in November 2026."""
    settings = council.folder / "records/settings.yaml"
    settings.write_text(re.sub(r"^language: .*$", "language: en", settings.read_text("utf-8"), flags=re.MULTILINE))
    git(council.folder, "commit", "-qam", "English")
    council.now = datetime(2026, 11, 10, 9, 30, tzinfo=NOW.tzinfo)
    return council


def minute(council: Program, title: str, *more: str, code: int = 0) -> str:
    return council("minutes", "new", "RÅD", "--from", "-", *more, given=f"{title}{BODY}", code=code).err


def held(council: Program) -> list[str]:
    return sorted(path.parent.name for path in council.folder.glob("records/meetings/*/*/meeting.yaml"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17 februari", "2026-02-17"),
        ("17/2", "2026-02-17"),
        ("15 november", "2026-11-15"),
        ("15 december", "2025-12-15"),
        ("17 feb 25", "2025-02-17"),
        ("17 feb 2027", "2027-02-17"),
        ("idag", "2026-11-10"),
        ("i dag", "2026-11-10"),
        ("igår", "2026-11-09"),
        ("i går", "2026-11-09"),
        ("yesterday", "2026-11-09"),
        ("Imorgon", "2026-11-11"),
        ("2026-2-17", "2026-02-17"),
        ("20260217", "2026-02-17"),
        ("17.2.2026", "2026-02-17"),
        ("17/2 2026", "2026-02-17"),
        ("17/2-26", "2026-02-17"),
        ("tisdag den 17 februari 2026", "2026-02-17"),
    ],
)
def test_the_day_is_understood_as_swedes_type_it(english: Program, text: str, day: str) -> None:
    """Without a year it is the nearest such day, but not one that is more than two weeks ahead."""
    minute(english, "# RÅD", "--date", text)
    assert held(english) == [f"{day}-rad"]


@pytest.mark.parametrize(
    "title", ["# RÅD 17 februari kl. 13", "# RÅD\nDatum: 17 februari", "Datum: 17 februari\n\n1. X"]
)
def test_a_year_that_was_worked_out_is_told(english: Program, title: str) -> None:
    """From the command line and from the text, in one line; a year that is written is not remarked on."""
    said = "the year was not written: 17 februari was read as 2026-02-17"
    assert minute(english, title).count(said) == 1
    assert held(english) == ["2026-02-17-rad"]
    assert minute(english, "# RÅD", "--date", "17 februari", "--again").count(said) == 1
    assert "year was" not in minute(english, "# RÅD 18 februari", "--date", "2026-02-18")


@pytest.mark.parametrize(
    "text", ["31 november", "2026-2-30", "snart", "20260231", "17 februari 20267", "x 17/2", "17:2"]
)
def test_what_is_no_day_is_refused_with_examples(english: Program, text: str) -> None:
    before = commits(english)
    said = minute(english, "# RÅD", "--date", text, code=2)
    assert f"{text} is no day that can be understood." in said
    assert "2026-02-17, 17 February 2026, 17/2 2026" in said
    assert commits(english) == before


def test_a_weekday_that_does_not_fit_is_told(english: Program) -> None:
    """The date counts, and is not corrected silently."""
    assert "2026-02-17 is a Tuesday" in minute(english, "# RÅD", "--date", "onsdag 17 februari 2026")


@pytest.mark.parametrize("more", [["--date", "2027-02-17"], []], ids=["option", "title"])
def test_minutes_for_a_day_that_has_not_come_are_saved_with_a_warning(english: Program, more: list[str]) -> None:
    """The way to another day that the warning names is one that works."""
    said = minute(english, "# RÅD" if more else "# RÅD 2027-02-17", *more)
    assert "warning: the meeting's day, 2027-02-17, has not come yet; today is 2026-11-10" in said
    assert "--date" in said
    assert held(english) == ["2027-02-17-rad"]
    show, undo = re.search(
        r"keep their text with atbtst (.+) > text.md, then take them back with atbtst (.+)", said
    ).groups()  # type: ignore[union-attr]
    text = english(*show.split()).out
    english(*undo.split())
    assert held(english) == []
    corrected = text.replace("2027-02-17", "2026-02-17")
    assert "not come" not in english("minutes", "new", "RÅD", "--from", "-", given=corrected).err
    assert held(english) == ["2026-02-17-rad"]
    assert "number: 1" in (english.folder / "records/meetings/2026/2026-02-17-rad/meeting.yaml").read_text()


def test_an_editor_opens_with_the_warning_and_the_title_counts(english: Program, editor: Editor) -> None:
    """Whoever sees that the day is wrong while writing corrects it there, also one given with --date."""
    seen = "assert '2027-02-17, has not come yet' in text.split('# R')[0]"
    corrected = "text = text.replace('# RÅD 2027', '# RÅD 2026').replace('## Övrigt', '## Övrigt\\nInget.', 1)"
    editor([f"{seen}; {corrected}"])
    assert "not come" not in english("minutes", "new", "RÅD", "--date", "2027-02-17").err
    assert held(english) == ["2026-02-17-rad"]


def test_a_correction_says_nothing_of_a_day_ahead(english: Program) -> None:
    minute(english, "# RÅD 2027-02-17")
    sheet = english("minutes", "show", "RÅD", "--sheet").out
    changed = sheet.replace("Inget.", "Inget mer.")
    assert "not come" not in english("minutes", "edit", "RÅD", "--from", "-", given=changed).err


@pytest.mark.parametrize("more", [[], ["--keep-going"]], ids=["plain", "keep-going"])
def test_a_meeting_on_record_keeps_its_day(english: Program, more: list[str]) -> None:
    """A title that says another day is refused, or kept going over: neither record nor id moves."""
    minute(english, "# RÅD 2026-02-17")
    sheet = english("minutes", "show", "RÅD", "--sheet").out.replace("Inget.", "Inget mer.")
    wrong = sheet.replace("# RÅD 2026-02-17", "# RÅD 2026-02-18")
    said = english("minutes", "edit", "RÅD", "--from", "-", *more, given=wrong, code=0 if more else 4).err
    assert "the sheet says 2026-02-18, but this is the meeting of 2026-02-17" in said
    assert "A meeting on record keeps its day and its id, 2026-02-17-rad. Write 2026-02-17 here." in said
    assert re.findall(r"--\w+", said) == []
    record = (english.folder / "records/meetings/2026/2026-02-17-rad/meeting.yaml").read_text("utf-8")
    assert "\ndate: 2026-02-17\n" in record
    assert ("Inget mer." in record) is bool(more)
    english("minutes", "edit", "RÅD", "--from", "-", given=sheet)


def test_a_meeting_on_record_keeps_its_body(english: Program) -> None:
    """The message names both bodies and the command that begins minutes of the other one."""
    minute(english, "# RÅD 2026-02-17")
    sheet = english("minutes", "show", "RÅD", "--sheet").out
    wrong = sheet.replace("# RÅD", "# RÖN-AT")
    said = english("minutes", "edit", "RÅD", "--from", "-", given=wrong, code=4).err
    assert "the sheet says RÖN-AT, but this is a meeting of RÅD" in said
    command = re.search(r"begin another one with: atbtst (.+)", said)[1]  # type: ignore[index]
    english(*command.split(), "--from", "-", given=f"# RÖN-AT 2026-02-18{BODY}")
    assert held(english) == ["2026-02-17-rad", "2026-02-18-ron-at"]


@pytest.mark.parametrize(
    "line", ["# RÅD idag", "# RÅD\nDatum: igår", "# RÅD 2026-02-17\n\n## X\nÅtgärd @bo-exempel senast imorgon: Ring"]
)
def test_a_text_that_is_kept_asks_for_the_date_itself(english: Program, line: str) -> None:
    """It is read again in later years, so today and tomorrow mean nothing in it."""
    said = minute(english, line, code=4)
    assert "means another day each time the text is read" in said
    assert held(english) == []


def test_what_is_to_come_looks_forward(english: Program) -> None:
    """A due date, a limit of a list, and the next meeting."""
    english("item", "add", "Ring", "--network", "RÅD", "--due", "17 februari")
    english("item", "add", "Skriv", "--network", "RÅD", "--due", "imorgon")
    listed = english("item", "list", "--json").out
    assert '"due": "2027-02-17"' in listed
    assert '"due": "2026-11-11"' in listed
    assert "Skriv" in english("item", "list", "--due-before", "1 januari").out
    assert "Ring" not in english("item", "list", "--due-before", "1 januari").out
    said = minute(english, "# RÅD 2026-11-10\n\n## Frågor\nNästa möte: 17 februari kl. 13.15")
    assert "Next meeting: 2027-02-17 13.15 (the year was worked out)" in said


@pytest.mark.parametrize("text", ["Nästa möte: 21 april 13:15–16:15, Dockplatsen", "**Next meeting:** 21/4-26, Malmö"])
@pytest.mark.parametrize(
    "head", ["# RÅD 2026-02-17\n\n## Frågor\nEtt ord.\n\n", "Datum: 2026-02-17\n\n1. Ett\nOrd.\n2. Två\nOrd.\n"]
)
def test_a_line_with_the_label_is_the_next_meeting(english: Program, head: str, text: str) -> None:
    """As under its heading; the line stays in the documents where it was typed."""
    said = english("minutes", "new", "RÅD", "--from", "-", given=f"{head}{text}\n").err
    assert "Next meeting: 2026-04-21" in said
    shown = english("minutes", "show", "RÅD").out
    assert "21 April 2026" in shown
    assert re.search(text.replace("*", "").split(",")[0].replace(":", r":\W*"), shown)
    english("check")


def test_the_public_is_not_told_that_a_year_was_worked_out(english: Program) -> None:
    minute(english, "# RÅD 2026-02-17\n\n## Frågor\nNästa möte: 21 april")
    assert "worked out" in english("minutes", "show", "RÅD").out
    public = english("minutes", "show", "RÅD", "--edition", "public", "--draft").out
    assert "21 April 2026" in public
    assert "worked out" not in public


def test_a_meeting_is_named_by_a_day_without_a_year(english: Program) -> None:
    """It is the nearest such day on which the body has a meeting on record."""
    for day in ("2025-02-17", "2026-02-17"):
        minute(english, f"# RÅD {day}")
    meeting(english, "2026-11-09-rad")
    assert "2026-02-17-rad" in english("meeting", "show", "RÅD 17 februari").out
    assert "2025-02-17-rad" in english("meeting", "show", "RÅD 17 feb 25").out
    assert "2026-11-09-rad" in english("meeting", "show", "RÅD igår").out
    assert "2026-12-24" in english("meeting", "show", "RÅD 24/12", code=2).err


def test_a_first_day_in_a_seat_is_the_nearest_one(english: Program) -> None:
    """It may be past or to come; the run says which year it took."""
    said = english("member", "add", "Frida Exempel", "--seat", "ron-at/primarvarden", "--from", "1/9").err
    assert "the year was not written: 1/9 was read as 2026-09-01" in said
    english("member", "add", "Gun Exempel", "--seat", "ron-st/primarvarden", "--from", "1 mars")
    record = english.folder / "records/networks"
    assert "from: 2026-09-01" in (record / "ron-at.yaml").read_text("utf-8")
    assert "from: 2027-03-01" in (record / "ron-st.yaml").read_text("utf-8")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_examples_of_days_are_understood(english: Program, language: str) -> None:
    """The hint shows nothing that would be refused."""
    use(language)
    said = english("--language", language, "minutes", "new", "RÅD", "--date", "snart", code=2).err
    for text in said.splitlines()[-1].rpartition(": ")[2].split(", "):
        minute(english, "# RÅD", "--date", text, "--again")
    assert {name[:10] for name in held(english)} == {"2026-02-17"}
