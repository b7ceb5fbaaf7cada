"""Whatever stands in any field of a record is words in every document: never run, never hidden, never the end of it."""

import re
from typing import Any

import pytest
from documents_example import MEMBERS, NETWORKS, RECORD, SETTINGS
from markdown_it import MarkdownIt
from pdf_reading import opened, structure
from test_documents_html import KNOWN, Page

from atbtst_cli.documents import minutes
from atbtst_cli.documents.characters import printable
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.settings import Settings

LOOKS = Looks()
ROWS = [
    "\x1b[31mröd\x1b[0m",
    "\x9b31m",
    "\u202egnp.exe",
    "\x00",
    "<script>alert(1)</script>",
    "<!-- x",
    "</style><img src=x onerror=alert(1)>",
    '"><b onmouseover=x>',
    "&copy; &#x3c;script&#x3e;",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "#panic() #eval(1) $x$ \\u{0}",
    "[klicka](javascript:alert(1))",
    "<javascript:alert(1)>",
    "![bild](https://example.org/spion.png)",
    "[1]: https://example.org/x",
    "# rubrik",
    "---",
    "```",
    "| a |",
    "=HYPERLINK(1)",
    "😀 漢字 ﷽",
    "a" * 500,
    "x̲̲̲̲̲̲̲̲",
    " ",
    "\u200b",
    "\ufeff",
]
FREE = {"title", "text", "internal", "name", "short", "note", "place", "reference", "votes", "reason", "changes"}
FREE |= {"organisation", "document_title", "link"}
MORE = {
    "title": "x",
    "moves": [{"from": "2026-02-10", "to": "2026-02-17", "reason": "x"}],
    "cancelled": {"date": "2026-02-12", "reason": "x"},
    "approval": {"date": "2026-04-21", "by": [{"name": "x"}], "changes": "x"},
    "amendments": [{"date": "2026-05-02", "by": {"name": "x"}, "reason": "x"}],
}


def filled(value: Any, row: str, key: str = "") -> Any:
    """The same record with the row in every field that takes any text."""
    if isinstance(value, dict):
        return {name: filled(each, row, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [filled(each, row, key) for each in value]
    return row if key in FREE and isinstance(value, str) and value != "true" else value


def built(row: str, edition: str = "internal") -> Any:
    def all_of(kind: Any, records: Any) -> dict[str, Any]:
        dumped = (record.model_dump(mode="json", by_alias=True) for record in records)
        return {each["id"]: kind.model_validate(filled(each, row)) for each in dumped}

    settings = Settings.model_validate(filled(SETTINGS.model_dump() | {"document_title": "x"}, row))
    council = Council(settings, all_of(Member, MEMBERS), all_of(Network, NETWORKS))
    return minutes.build(Meeting.model_validate(filled(RECORD | MORE, row)), council, edition)


def sound(text: str) -> None:
    """Nothing in it acts on a screen unseen."""
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("edition", ["internal", "public"])
@pytest.mark.parametrize("row", ROWS)
def test_every_field_of_a_record_is_words_in_html(row, edition):
    text = FORMATS["html"](built(row, edition), LOOKS).decode()
    shown = Page(text)
    sound(text)
    assert {tag for tag, _attributes in shown.elements} <= KNOWN
    assert not [name for _tag, attributes in shown.elements for name in attributes if name.startswith("on")]
    targets = [attributes["href"] for attributes in shown.all("a")]
    assert all(target.startswith(("#content", "https://")) for target in targets)


@pytest.mark.parametrize("row", ROWS)
def test_every_field_of_a_record_is_words_in_markdown(row):
    text = FORMATS["md"](built(row), LOOKS).decode()
    sound(text)
    page = Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    assert {tag for tag, _attributes in page.elements} <= KNOWN
    assert not page.all("img")
    assert all(attributes["href"].startswith("https://") for attributes in page.all("a"))


@pytest.mark.parametrize("row", ROWS)
def test_every_field_of_a_record_is_words_in_the_pdf(row):
    data = FORMATS["pdf"](built(row), LOOKS)
    read = structure(data).text
    sound(read)
    with opened(data) as pdf:
        targets = [str(each.A.URI) for sheet in pdf.pages for each in sheet.get("/Annots", [])]
        assert not {"/OpenAction", "/AA", "/Names"} & set(pdf.Root.keys())
    assert all(target.startswith("https://") for target in targets)
    shown = re.sub(r"\s", "", printable(row))
    assert shown in re.sub(r"[\s\u200b]", "", read)
