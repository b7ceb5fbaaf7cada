"""The two real minutes come out word for word: every word of theirs in order, none missing, none doubled."""

import re
import subprocess
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import pytest
from documents_example import SETTINGS, network
from markdown_it import MarkdownIt
from pdf_reading import opened, structure

from atbtst_cli.documents import minutes
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import Document
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.sheet.read import read

SEEDS = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"
DAYS = {"notes-a.txt": date(2023, 5, 23), "notes-b.txt": date(2022, 11, 8)}
ITEMS = {"notes-a.txt": [1, 2, 2.1, 2.2, 2.3, 2.4, 3, 4, 5, 6, 7, 8, 9], "notes-b.txt": [1, 2, 3, 4, 5]}
"""All that a document adds between the first title and the signature: the numbers of agenda items, in this order."""

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real minutes are not here")
each_seed = pytest.mark.parametrize("name", DAYS)


def council() -> Council:
    bodies = [network("rad", "ATBTST-rådet", "RÅD", kind="council")]
    for stage in ("AT", "BT", "ST", "Dialog"):
        body = network(f"ron-{stage.lower()}", f"RÖN-{stage}", f"RÖN-{stage}")
        bodies.append(body.model_copy(update={"aliases": (stage,)}))
    return Council(SETTINGS, {}, {body.id: body for body in bodies})


@cache
def document(name: str) -> Document:
    day = DAYS[name]
    base = Meeting.model_validate({"id": f"{day}-rad", "network": "rad", "date": day.isoformat()})
    ids = count(1)
    text = (SEEDS / name).read_text(encoding="utf-8")
    reading = read(text, base, Directory(council(), day), lambda prefix: f"{prefix}-{next(ids):03}")
    return minutes.build(reading.meeting, council(), "internal")


@cache
def written(name: str, form: str) -> bytes:
    return FORMATS[form](document(name), Looks())


def squeezed(text: str) -> str:
    """The text without white space, soft hyphens, hyphens and bullets, which a line's end may add or take."""
    return re.sub(r"[\s\u00ad\u200b•-]", "", text)


def stretch(name: str, text: str) -> str:
    """The words of a document from the first agenda item to the signature."""
    assert text.count("1Föregåendeanteckningar") + text.count("1Statusvadgäller") == 1
    start = re.search("1Föregåendeanteckningar|1Statusvadgäller", text)
    end = text.rindex("AnteckningarCeciliaPersson")
    assert start is not None
    return text[start.start() : end]


def expected(name: str) -> str:
    """The real minutes from their first title to the signature, the number of each item before its title."""
    rest, _signature, _name = (SEEDS / name).read_text(encoding="utf-8").rpartition("Anteckningar")
    parts = []
    for number, title in zip(ITEMS[name], titles(name), strict=True):
        words = r"\s+".join(map(re.escape, title.split()))
        line = re.search(rf"^[\s•]*{words}\s*$", rest, re.MULTILINE)
        assert line is not None, title
        parts += [rest[: line.start()], str(number), rest[line.start() : line.end()]]
        rest = rest[line.end() :]
    return squeezed("".join([*parts, rest]))


def titles(name: str) -> list[str]:
    def below(blocks):
        for block in blocks:
            if getattr(block, "number", ""):
                yield block.title[0].text
                yield from below(block.blocks)

    return list(below(document(name).blocks))


class Reader(HTMLParser):
    """The words of a page, styles aside."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.tag = "", ""

    def handle_starttag(self, tag, attrs):
        self.tag = tag

    def handle_data(self, data):
        if self.tag != "style":
            self.words += data


def words_of(page: str) -> str:
    reader = Reader()
    reader.feed(page)
    return squeezed(reader.words)


@each_seed
def test_each_item_has_its_number_and_title(name):
    assert len(titles(name)) == len(ITEMS[name])


@each_seed
def test_every_word_stands_in_html(name):
    assert stretch(name, words_of(written(name, "html").decode())) == expected(name)


@each_seed
def test_every_word_stands_in_markdown(name):
    page = MarkdownIt("commonmark").enable("table").render(written(name, "md").decode())
    assert stretch(name, words_of(page).replace("Anteckningar:", "Anteckningar")) == expected(name)


@each_seed
def test_every_word_stands_in_the_structure_of_the_pdf(name):
    assert stretch(name, squeezed(structure(written(name, "pdf")).text)) == expected(name)


@pytest.mark.outside("pdftotext")
@each_seed
def test_every_word_stands_in_the_text_of_the_pdf(name, tmp_path):
    path = tmp_path / "minutes.pdf"
    path.write_bytes(written(name, "pdf"))
    text = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True
    ).stdout.decode()
    with opened(written(name, "pdf")) as pdf:
        pages = len(pdf.pages)
    # Head and foot of each page, each a line of its own, are all that is added but the numbers of the items.
    added = {
        document(name).running,
        "UTKAST",
        "Region Exempel",
        *(f"Sida {each} av {pages}" for each in range(1, pages + 1)),
    }
    lines = [line for line in re.split("[\n\f]", text) if line not in added]
    assert stretch(name, squeezed("".join(lines))) == expected(name)


@each_seed
def test_the_pdf_is_the_same_every_time(name):
    assert written(name, "pdf") == FORMATS["pdf"](document(name), Looks())
