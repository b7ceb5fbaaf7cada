"""HTML is one page, complete in itself, that anybody can read on anything; nothing in it runs or is fetched."""

import re
from base64 import b64decode
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from documents_example import council, document, holding, meeting, with_text
from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.documents import minutes
from atbtst_cli.documents.characters import visible
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import Bullets, Callout, Column, Paragraph, Section, Table, Text, texts, words
from atbtst_cli.errors import Refused

LOOKS = Looks()
VOID = {"meta", "br", "hr", "col", "img", "link", "input"}
KNOWN = {"html", "head", "meta", "title", "style", "body", "header", "main", "section", "div", "p", "span", "a", "img"}
KNOWN |= {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "code",
    "hr",
    "br",
}
KNOWN |= {"table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "strong", "em", "s"}


class Page(HTMLParser):
    """A page: its elements with their attributes, its words, the headings in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.words, self.headings = [], [], "", []
        self.feed(text)
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open and "title" not in self.open:
            self.words += data
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            self.headings[-1] = (self.headings[-1][0], self.headings[-1][1] + data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def written(whole, looks=LOOKS):
    return FORMATS["html"](whole, looks).decode()


def page(*blocks):
    return Page(written(holding(*blocks)))


def letters(text):
    return "".join(filter(str.isalnum, text))


def test_a_page_has_every_word_in_order():
    whole = document()
    expected = "".join(texts(whole)).replace(whole.running, "")
    assert letters(Page(written(whole)).words) == "Tillinnehållet" + letters(expected)


def test_a_page_tells_its_language_title_and_width():
    shown = Page(written(minutes.build(meeting(), council(language="en"), "public")))
    assert shown.all("html") == [{"lang": "en"}]
    assert {"charset": "utf-8"} in shown.all("meta")
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in shown.all("meta")
    assert "<title>Minutes RÅD 2026-02-17 (DRAFT)</title>" in written(
        minutes.build(meeting(), council(language="en"), "public")
    )


def test_headings_go_down_one_rank_at_a_time():
    ranks = [int(tag[1]) for tag, _words in Page(written(document())).headings]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(ranks))


def test_a_heading_below_the_sixth_tells_its_rank():
    deep = Section("", words("djup"), ())
    for _rank in range(6):
        deep = Section("", words("a"), (deep,))
    assert page(deep).all("h6")[-1] == {"aria-level": "8"}


def test_landmarks_and_a_way_past_the_head():
    shown = Page(written(document()))
    assert [len(shown.all(tag)) for tag in ("header", "main", "h1")] == [1, 1, 1]
    assert shown.all("a")[0]["href"] == "#content"
    assert shown.all("main") == [{"id": "content"}]


def test_every_table_has_header_cells_with_scope_and_can_be_scrolled_by_keyboard():
    shown = Page(written(document()))
    assert shown.all("table")
    assert all(attributes["scope"] == "col" for attributes in shown.all("th"))
    regions = [attributes for attributes in shown.all("div") if attributes.get("role") == "region"]
    assert len(regions) == len(shown.all("table"))
    assert all(each["tabindex"] == "0" and each["aria-label"] for each in regions)


def test_columns_share_the_width_but_for_those_that_need_no_more_than_their_words():
    shown = page(Table((Column(words("a"), share=3), Column(words("b"), share=0), Column(words("c"))), ()))
    assert [each.get("style") for each in shown.all("col")] == ["width: 75.0%", None, "width: 25.0%"]
    assert [each["class"] for each in shown.all("th")] == ["left", "left whole", "left"]
    small = page(Table((Column(words("a"), share=0),), ()))
    assert small.all("table")[0]["class"] == "small"


def test_a_label_of_a_table_is_words_even_if_its_titles_look_like_markup():
    shown = page(Table((Column(words('"<b>')),), ((words("a"),),)))
    assert any(attributes.get("aria-label") == '"<b>' for attributes in shown.all("div"))


def test_ids_are_there_once():
    ids = [attributes["id"] for _tag, attributes in Page(written(document())).elements if "id" in attributes]
    assert "p-at" in ids
    assert len(ids) == len(set(ids))


def test_nothing_runs_and_nothing_is_fetched():
    text = written(document())
    shown = Page(text)
    assert {tag for tag, _attributes in shown.elements} <= KNOWN
    assert not [name for _tag, attributes in shown.elements for name in attributes if name.startswith("on")]
    assert not re.search(r"url\(|@import|https?://(?!example\.org/bt)", text)
    assert not [attributes for _tag, attributes in shown.elements if "src" in attributes]


def test_roles_are_set_apart_by_words_and_not_by_colour_alone():
    shown = page(
        Callout("decision", "Beslut § 3", "Antaget", (Paragraph(words("a")),)),
        Callout("withheld", "", "", (Paragraph(words("b")),)),
    )
    assert [each["class"] for each in shown.all("div") if "class" in each and each["class"].startswith("callout")] == [
        "callout decision",
        "callout withheld",
    ]
    assert "Beslut § 3 · Antaget" in shown.words


def test_a_list_in_an_item_stays_inside_it():
    inner = Bullets(((Paragraph(words("b")),),))
    text = written(holding(Bullets(((Paragraph(words("a")), inner, Paragraph(words("c"))),))))
    assert "<li>a<ul>\n<li>b</li>\n</ul><p>c</p></li>" in text


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _palettes():
    css = re.search(r"<style>(.*?)</style>", written(document()), re.DOTALL)[1]
    for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL):
        yield {
            name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])
            for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)
        }


def test_every_colour_of_words_can_be_told_from_its_paper():
    palettes = list(_palettes())
    assert len(palettes) == 3, "light, dark, print"
    papers = ("paper", "code", "decision-paper", "action-paper", "internal-paper")
    for palette in palettes:
        pairs = [(ink, paper) for ink in ("ink", "quiet", "link") for paper in papers]
        pairs += [(role, f"{role}-paper") for role in ("decision", "action", "internal")]
        for ink, paper in pairs:
            assert _contrast(palette[ink], palette[paper]) >= 4.5, (ink, paper)


def test_a_logo_is_inside_the_page():
    picture = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    text = written(holding(logo="vapen.svg"), Looks({"vapen.svg": picture}.get))
    [attributes] = Page(text).all("img")
    kind, _, data = attributes["src"].partition(",")
    assert (kind, b64decode(data), attributes["alt"]) == ("data:image/svg+xml;base64", picture, "")


def test_a_logo_that_is_not_there_is_nothing():
    assert Page(written(holding(logo="saknas.svg"))).all("img") == []


@pytest.mark.parametrize(
    "name", ["../records/settings.yaml", "a/../b.svg", "../a.svg", ".svg", "/a.svg", "å.svg", "a.svg\n"]
)
def test_a_logo_is_a_picture_among_the_templates_and_nothing_else_is_read(name):
    asked = []
    with pytest.raises(Refused, match="templates/"):
        written(holding(logo=name), Looks(asked.append))
    assert name not in asked


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_words_stay_words(text):
    shown = page(
        Section("1", words(text), (Paragraph((Text(text),)), Callout("action", text, text, ()))),
        Table((Column(words(text)),), ()),
    )
    assert {tag for tag, _attributes in shown.elements} <= KNOWN
    assert letters(shown.words).count(letters(visible(text))) >= 4


@given(st.text(alphabet="#-*>|`~_[]()<>!\\ \nab1.:/&;\"'", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_markdown_becomes_a_sound_page(text):
    whole = minutes.build(with_text(text), council(), "internal")
    shown = Page(written(whole))
    assert {tag for tag, _attributes in shown.elements} <= KNOWN
