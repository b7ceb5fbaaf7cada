"""The two real minutes are valid sheets as they stand: every word in order, and nothing that they do not say."""

import re
from datetime import date, time
from itertools import pairwise
from pathlib import Path

import pytest
from sheet_example import COUNCIL, draws

from atbtst_cli.errors import Finding
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import DroppedBlock, Meeting, NextTimeBlock, TextBlock
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.blocks import words_of
from atbtst_cli.sheet.read import Reading, read
from atbtst_cli.sheet.text import decode, letters
from atbtst_cli.sheet.write import write

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the council's own notes are not beside this repository")

DAYS = {"a": date(2023, 5, 23), "b": date(2022, 11, 8)}
HYPHENS = {"a": 7, "b": 1}
"""How many lines of each end with a hyphen; all of them belong to their words."""


def source(name: str) -> str:
    return decode((SEEDS / f"notes-{name}.txt").read_bytes())[0]


def reading(name: str) -> Reading:
    day = DAYS[name]
    base = Meeting(id=f"{day}-rad", network="rad", date=day)
    return read(source(name), base, Directory(COUNCIL, day), draws())


def shown(meeting: Meeting) -> str:
    """The words of the record in the order of the document, Markdown's signs aside."""
    parts = []
    for item in meeting.items():
        parts += [
            item.title,
            *(re.sub(r"^- |\\(?=\W)", "", words_of(block), flags=re.MULTILINE) for block in item.body),
        ]
    return "\n".join(parts)


def compared(text: str) -> str:
    """A text as the word check compares it: without white space, bullets, and hyphens inside or at the end of lines."""
    lines = (re.sub(r"^\s*(?:[•-]\s*)?", "", line) for line in text.split("\n"))
    return re.sub(r"[\s\xad-]", "", "".join(lines))


@pytest.mark.parametrize("name", DAYS)
def test_every_word_stands_once_and_in_order(name: str) -> None:
    """From the first title to the signature the record holds the words of the source, no sign more or less."""
    text, _signature, _rest = source(name).rpartition("Anteckningar")
    assert compared(shown(reading(name).meeting)) == compared(text)


@pytest.mark.parametrize("name", DAYS)
def test_nothing_is_invented(name: str) -> None:
    """No attendance, owner, decision, approval or action that the text does not mark; and nothing is unclear."""
    found = reading(name)
    known = found.meeting
    assert (known.attendance, known.chair, known.adjusters, known.preamble) == ((), None, (), ())
    assert {type(block) for _item, block in known.blocks()} <= {TextBlock, DroppedBlock, NextTimeBlock}
    assert [one for one in found.findings if one.level == "error"] == []
    assert found.vanished == ()


@pytest.mark.parametrize("name", DAYS)
def test_the_signature_is_the_secretary(name: str) -> None:
    """The last paragraph names who took the notes; no member yet, so the name stays as written."""
    known = reading(name).meeting
    assert isinstance(known.secretary, Named)
    assert known.secretary.name in source(name).split("Anteckningar")[-1]
    assert known.secretary.name not in shown(known)


@pytest.mark.parametrize("name", DAYS)
def test_a_signature_of_a_member_is_that_member(name: str) -> None:
    """A name the directory knows becomes the member's id."""
    signer = source(name).split("Anteckningar")[-1].strip()
    text = source(name).replace(signer, "Cilla Exempel")
    base = Meeting(id=f"{DAYS[name]}-rad", network="rad", date=DAYS[name])
    assert read(text, base, Directory(COUNCIL, base.date), draws()).meeting.secretary == "cilla-exempel"


@pytest.mark.parametrize("name", DAYS)
def test_what_was_read_makes_a_sheet_that_reads_the_same(name: str) -> None:
    """The record is made again from its own sheet, unchanged."""
    known = reading(name).meeting
    directory = Directory(COUNCIL, known.date)
    sheet = write(known, directory, "sv")
    again = read(sheet, known, directory, draws())
    assert again.meeting == known
    assert write(again.meeting, directory, "sv") == sheet


def test_the_first_has_nine_agenda_items_and_four_reports() -> None:
    """Agenda items by their bullet, reports by the names of networks, each with its kind."""
    known = reading("a").meeting
    assert [item.kind for item in known.agenda] == [
        "previous_minutes",
        "reports",
        None,
        None,
        None,
        None,
        "other",
        "next_time",
        "next_meeting",
    ]
    reports = known.agenda[1].parts
    assert [part.network for part in reports] == ["ron-at", "ron-bt", "ron-st", "ron-dialog"]
    assert [part.title for part in reports] == ["AT", "BT", "ST", "Dialog"]
    assert all(not item.parts for item in known.agenda if item.kind != "reports")


def test_a_report_that_nobody_gives_is_dropped_in_its_own_words() -> None:
    """The sentence stays beside the code."""
    (block,) = reading("a").meeting.agenda[1].parts[2].body
    assert isinstance(block, DroppedBlock)
    assert block.dropped == "nobody_present"
    assert block.text.startswith("Utgår ")
    assert "\n" not in block.text


def test_what_comes_back_and_the_next_meeting_are_understood() -> None:
    """Each list line under its heading comes back; the next meeting has date, times and place beside its words."""
    known = reading("a").meeting
    coming, meeting = known.agenda[7].body, known.next_meeting
    assert all(isinstance(block, NextTimeBlock) for block in coming)
    assert len(coming) == 2
    assert meeting is not None
    assert (meeting.date, meeting.start, meeting.end) == (date(2023, 9, 19), time(13, 15), time(16, 15))
    assert meeting.inferred == ("year",)
    assert meeting.text == words_of(known.agenda[8].body[0])
    assert meeting.text.endswith(f", fysiskt {meeting.place}")


def test_the_second_has_five_agenda_items() -> None:
    """A title that goes on over a line is one title; one that ends a sentence is whole."""
    known = reading("b").meeting
    assert [len(item.title.split()) for item in known.agenda] == [8, 6, 7, 8, 1]
    assert known.agenda[3].title.endswith(".")
    assert [item.parts for item in known.agenda] == [()] * 5


@pytest.mark.parametrize(("name", "paragraphs"), [("a", [1, 1, 1, 1]), ("b", [1, 2, 2, 1, 1])])
def test_wrapped_lines_are_paragraphs_again(name: str, paragraphs: list[int]) -> None:
    """A line break stays only where it was meant."""
    items = [item for item in reading(name).meeting.agenda if item.kind is None]
    texts = [words_of(item.body[0]) for item in items]
    assert [len(text.split("\n\n")) for text in texts] == paragraphs
    assert all("\n" not in paragraph for text in texts for paragraph in text.split("\n\n"))


@pytest.mark.parametrize("name", DAYS)
def test_hyphens_at_line_ends_are_kept(name: str) -> None:
    """All eight belong to their words: AT/BT-dag, ST-läkare and the like."""
    lines = [line.strip() for line in source(name).split("\n")]
    broken = [(one, after) for one, after in pairwise(lines) if one.endswith("-")]
    assert len(broken) == HYPHENS[name]
    record = shown(reading(name).meeting)
    for one, after in broken:
        assert one.split()[-1] + after.split()[0] in record


def test_a_weekday_that_does_not_fit_is_a_warning_at_its_place() -> None:
    """The Wednesday of the second text is a Tuesday in its year; its words stay."""
    findings = [one for one in reading("b").findings if one.rule == "weekday"]
    (found,) = findings
    assert isinstance(found, Finding)
    line = source("b").split("\n")[found.line - 1]
    assert found.level == "warning"
    assert line[found.column - 1 :].startswith("onsdagen 15 november")
    assert not [one for one in reading("a").findings if one.rule == "weekday"]


@pytest.mark.parametrize("name", DAYS)
def test_no_letter_is_lost(name: str) -> None:
    """Numbers and letters of the whole text, signature and all, are those of the record and its secretary."""
    known = reading(name).meeting
    assert isinstance(known.secretary, Named)
    assert letters(shown(known) + "Anteckningar" + known.secretary.name) == letters(source(name))
