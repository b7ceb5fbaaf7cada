"""Markdown that reads well as it is and whose own rendering says the same."""

from html.parser import HTMLParser

import pytest
from documents_example import MARKS, council, document, holding, with_text
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from atbtst_cli.documents import minutes, prose
from atbtst_cli.documents.characters import visible
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import (
    Break,
    Bullets,
    Code,
    Emphasis,
    Fact,
    Facts,
    Link,
    Numbered,
    Paragraph,
    Section,
    Signature,
    Strike,
    Strong,
    Text,
    Verbatim,
    texts,
    words,
)

LOOKS = Looks()
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Reader(HTMLParser):
    """The words of a page, and the elements in it."""

    def __init__(self):
        super().__init__()
        self.text, self.tags = "", []

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def written(whole):
    return FORMATS["md"](whole, LOOKS).decode()


def read(text):
    reader = Reader()
    reader.feed(RENDERER.render(text))
    return reader


def letters(text):
    return "".join(filter(str.isalnum, text))


def body(*blocks):
    """What these blocks become, without the title block."""
    return written(holding(*blocks, facts=())).partition("rådet\n")[2].strip("\n")


def paragraph(*inlines):
    return body(Paragraph(inlines))


def test_a_document_reads_well_as_plain_text():
    text = written(document())
    for part in (
        "Region Exempel\n\n**UTKAST · INTERN VERSION**\n\n# Mötesanteckningar\n\nATBTST-rådet · RÅD 1/2026\n\n",
        "- **Datum och tid:** Tisdag 17 februari 2026 kl. 13.15–16.15\n- **Plats:** Dockplatsen\n",
        "\n\n## Närvaro\n\n| Namn | Representerar | Närvaro | Anmärkning |\n| --- | --- | --- | --- |\n| Alva Exempel |",
        "\n\n### 2.1 AT\n\n- Planeringen av introduktionsdagen är klar.\n- Frågan om **handledartid** kommer tillbaka i höst.\n",
        "i höst.\n  - Underlag finns hos *Alva*.\n  - Siffrorna är preliminära.\n\n",
        "> **Åtgärd**\n>\n> Boka lokal till introduktionsdagen och beställ mat.\n>\n> Ansvarig:",
        "> Ansvarig: RÖN-AT (sammankallande) och Bo Exempel · Klart senast: nästa möte · Id: `i-k7q3d9m`\n\n",
        "| Ort | Sökande |\n| --- | --: |\n| Norra | 24 |\n",
        "> **Beslut § 3** · Bordlagt till nästa möte\n>\n> Rådet avvaktar",
        "\n\nAnteckningar: **Cilla Exempel**\n\nJusteras: **Bo Exempel**\n\n## Sammanställning\n\n### Beslut\n\n",
    ):
        assert part in text
    assert text.endswith("- **Plats:** Dockplatsen\n")
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_its_own_rendering_has_every_word_in_order():
    whole = document()
    expected = "".join(texts(whole)).replace(whole.running, "")
    assert letters(read(written(whole)).text) == letters(expected)


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (Strong((Text("a"),)), "**a**"),
        (Emphasis((Text("a"),)), "*a*"),
        (Strike((Text("~a"),)), "~~\\~a~~"),
        (Code("a`b"), "``a`b``"),
        (Code("`"), "`` ` ``"),
        (Link((Text("a [b]"),), "https://example.org"), "[a \\[b\\]](https://example.org)"),
        (Link((Text("a"),), "https://example.org/(b"), "[a](<https://example.org/(b>)"),
        (Link((Text("https://example.org"),), "https://example.org"), "<https://example.org>"),
        (Strong((Text(""),)), ""),
        (Strong((Text(" a "),)), " **a** "),
    ],
)
def test_inlines(inline, expected):
    assert paragraph(inline) == expected


def test_an_exclamation_mark_before_a_link_makes_no_picture_of_it():
    text = paragraph(Text("Se!"), Link((Text("a"),), "https://example.org"))
    assert "img" not in dict(read(text).tags)
    assert read(text).text.strip() == "Se!a"
    assert paragraph(Text("Grattis!")) == "Grattis!"


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "> a",
        "- a",
        "+ a",
        "* a",
        "1. a",
        "2024) a",
        "2024. Ett nytt år",
        "---",
        "===",
        "***",
        "___",
        "```",
        "~~~",
        "    a",
        "| a | b |",
        "[1]: https://example.org",
        "[ ] a",
        "<b>a</b>",
        "<!-- a",
        "<https://example.org>",
        "&amp; &#65;",
        "**a** __b__ _c_ ~~d~~ `e`",
        "a_b_c 5*3*2 @anna_b",
        "[a](javascript:alert(1))",
        "![a](https://example.org/a.png)",
        "a\\",
        "C #",
        "~50 till ~60",
    ],
)
def test_words_that_look_like_markup_stay_words(text):
    for shown in (paragraph(Text(text)), paragraph(Text("före"), Break(), Text(text))):
        reader = read(shown)
        assert {tag for tag, _attributes in reader.tags} <= {"p", "br"}
        assert reader.text.strip().removeprefix("före\n") == text.strip()
    heading = read(body(Section("", words(text), ())))
    assert [tag for tag, _attributes in heading.tags] == ["h2"]
    assert heading.text.strip() == text.strip()
    fact = read(body(Facts((Fact(text.strip(), words(text)),))))
    assert {tag for tag, _attributes in fact.tags} == {"ul", "li", "strong"}
    assert fact.text.strip() == f"{text.strip()}: {text.strip()}"


def test_words_are_escaped_no_more_than_needed():
    for text in (
        "3 500 kronor",
        "a_b",
        "v. ordf. X",
        "a & b",
        "a < b",
        "5 - 3",
        "ca ~50",
        "bl a (se ovan)",
        "50 % + 3 #",
    ):
        assert paragraph(Text(text)) == text


def test_a_pipe_in_a_cell_stays_in_it():
    shown = body(*prose.blocks("| a |\n|---|\n| b \\| c |"))
    assert shown == "| a |\n| --- |\n| b \\| c |"
    assert read(shown).text.split() == ["a", "b", "|", "c"]


def test_lists_in_a_row_stay_apart():
    item = (Paragraph(words("a")),)
    shown = body(Bullets((item,)), Bullets((item,)), Bullets((item,)), Numbered((item,), (3,)), Numbered((item,), (7,)))
    assert shown == "- a\n\n* a\n\n- a\n\n3. a\n\n7) a"
    assert [tag for tag, _attributes in read(shown).tags] == [
        "ul",
        "li",
        "ul",
        "li",
        "ul",
        "li",
        "ol",
        "li",
        "ol",
        "li",
    ]


def test_verbatim_lines_stay_as_they_are_whatever_is_in_them():
    shown = body(Bullets(((Paragraph(words("a")), Verbatim("```\n\n  b")),)))
    assert shown == "- a\n\n  ````\n  ```\n\n    b\n  ````"
    assert read(shown).text.split("\n", 1)[1].strip("\n") == "a\n```\n\n  b"


def test_a_signature_is_one_line_each():
    assert body(Signature((Fact("Anteckningar", words("Alva")),))) == "Anteckningar: **Alva**"


def test_deep_headings_stay_headings():
    deep = Section("", words("djup"), ())
    for _rank in range(7):
        deep = Section("", words("a"), (deep,))
    assert body(deep).endswith("###### djup")


@given(
    st.lists(st.one_of(st.sampled_from(MARKS), st.sampled_from(MARKS), st.text(max_size=4)), max_size=30).map("".join)
)
@settings(max_examples=200, deadline=None)
def test_any_text_says_the_same_when_its_markdown_is_rendered(text):
    blocks = minutes.build(with_text(text), council(), "internal").blocks
    assert letters(read(body(*blocks)).text) == letters(visible("".join(texts(blocks))))


@given(
    st.lists(st.one_of(st.sampled_from(MARKS), st.sampled_from(MARKS), st.text(max_size=4)), max_size=30).map("".join)
)
@settings(max_examples=200, deadline=None)
def test_any_words_stay_words(text):
    reader = read(body(Section("1", words(text), ())))
    assert {tag for tag, _attributes in reader.tags} == {"h2"}
    assert letters(reader.text) == letters("1" + visible(text))
