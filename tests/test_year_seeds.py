"""The two real minutes in a year of the program: what they leave comes back, what they say stands word for word."""

import json
import re
from itertools import islice
from typing import Any

import pytest
from conftest import ROOT, SEEDS, Program, git
from markdown_it import MarkdownIt
from pdf_reading import structure
from test_documents_seeds import expected, squeezed, stretch, words_of
from yearbook import Book, Editor

from atbtst_cli.models.meeting import Meeting, NextTimeBlock
from atbtst_cli.store import yamlfile

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real minutes are not here")

AUTUMN, SPRING, NEXT = "2022-11-08-rad", "2023-05-23-rad", "2023-09-19-rad"
NOTES = {AUTUMN: "notes-b.txt", SPRING: "notes-a.txt"}
LONG = 7
"""So many words in a row are somebody's sentence."""


@pytest.fixture
def book(council: Program, editor: Editor) -> Book:
    """A council that has the two real minutes on record, each written down the day after its meeting."""
    book = Book(council, editor)
    for meeting, notes in NOTES.items():
        book.on(meeting[:10])
        council("minutes", "new", "RÅD", "--date", meeting[:10], "--from", SEEDS / notes)
    return book


def meeting(book: Book, meeting_id: str) -> Meeting:
    path = book.program.folder / f"records/meetings/{meeting_id[:4]}/{meeting_id}/meeting.yaml"
    return Meeting.model_validate(yamlfile.read(path.read_bytes()))


def ahead(book: Book, which: str = "RÅD") -> dict[str, Any]:
    return dict(json.loads(book.program("agenda", "new", which, "--dry-run", "--json").out))


def hold_the_next(book: Book) -> None:
    """Play the made-up meeting after them, from its agenda, with the real minutes approved there."""
    book.on("2023-09-12")
    book.program("agenda", "new", "RÅD")
    book.on("2023-09-19")
    entries = next_time(book)
    book.write(
        {
            "Föregående anteckningar": "Godkänns",
            "Anteckningar från RÅD 1/2022": "Godkänns med ändring: Datumet ska vara tisdagen.",
            entries[0]: "Beslut: Rådet går vidare med frågan.",
            "Nästa möte": "14 november 2023 kl. 13.15",
        },
        *("minutes", "new", "RÅD"),
        sheet="september",
    )


def next_time(book: Book) -> list[str]:
    """What the real minutes of the spring note for next time, in the words of the record."""
    blocks = (block for _item, block in meeting(book, SPRING).blocks())
    return [" ".join(block.text.split()) for block in blocks if isinstance(block, NextTimeBlock)]


def test_they_leave_to_the_next_meeting_what_they_say(book: Book) -> None:
    """The next meeting is planned from their words; approvals and entries for next time come to it, nothing else."""
    planned = meeting(book, NEXT)
    assert (planned.state, f"{planned.start:%H.%M}–{planned.end:%H.%M}") == ("planned", "13.15–16.15")
    told = ahead(book)
    assert [(one["rule"], one["source"].partition("/")[0]) for one in told["coming"]] == [
        ("approval", AUTUMN),
        ("approval", SPRING),
        ("next_time", SPRING),
        ("next_time", SPRING),
    ]
    assert told["waiting"] == []
    assert [one["number"] for one in told["agenda"]] == ["1", "1.1", "2", "2.1", "2.2", "2.3", "2.4", *"34567"]
    entries = [one["title"] for one in told["coming"][2:]]
    assert [one["title"] for one in told["agenda"] if one["number"] in "34"] == entries
    source = squeezed((SEEDS / NOTES[SPRING]).read_text("utf-8"))
    assert all(squeezed(entry) in source for entry in entries)
    book.program("check")


def test_a_year_goes_on_after_them(book: Book) -> None:
    """What the next meeting takes up is gone, what it does not reach comes again, and both minutes are approved."""
    hold_the_next(book)
    held = meeting(book, NEXT)
    first, second = next_time(book)
    taken_up = [item.from_ for item in held.agenda if item.title in (first, second)]
    assert [source and source.partition("/")[0] for source in taken_up] == [SPRING, SPRING]
    outcomes = [approval.outcome for one in NOTES if (approval := meeting(book, one).approval)]
    assert outcomes == ["adopted_with_changes", "adopted"]
    told = ahead(book)
    assert [(one["rule"], one["title"]) for one in told["coming"] if one["rule"] != "approval"] == [
        ("not_reached", second)
    ]
    assert [one["source"] for one in told["coming"] if one["rule"] == "approval"] == [NEXT]
    said = book.program("minutes", "verify", "--all").out
    assert all(one in said for one in NOTES)
    book.program("check")


def test_every_word_of_theirs_stands_in_every_document(book: Book) -> None:
    """In both editions and all three formats, approved: none missing, none doubled, none moved."""
    hold_the_next(book)
    for meeting_id, notes in NOTES.items():
        folder = book.program.folder / f"records/meetings/{meeting_id[:4]}/{meeting_id}"
        for place in (folder, folder / "public"):
            page = MarkdownIt("commonmark").enable("table").render((place / "minutes.md").read_text("utf-8"))
            assert stretch(notes, words_of(page).replace("Anteckningar:", "Anteckningar")) == expected(notes)
            assert stretch(notes, words_of((place / "minutes.html").read_text("utf-8"))) == expected(notes)
            assert stretch(notes, squeezed(structure((place / "minutes.pdf").read_bytes()).text)) == expected(notes)


def test_none_of_their_sentences_is_kept_here() -> None:
    """No file of the project holds so many words of theirs in a row."""
    theirs = {row for notes in NOTES.values() for row in rows((SEEDS / notes).read_text("utf-8"))}
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        path = ROOT / name
        if path.is_file() and path.suffix != ".pdf":
            assert not theirs.intersection(rows(path.read_text("utf-8", errors="replace"))), name


def rows(text: str) -> set[tuple[str, ...]]:
    """Every so many words of a text in a row."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return set(zip(*(islice(words, at, None) for at in range(LONG)), strict=False))
