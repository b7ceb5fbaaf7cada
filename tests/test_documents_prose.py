"""The Markdown of one block becomes nodes; what a secretary typed is never lost, run or fetched."""

import pytest
from documents_example import MARKS
from hypothesis import given, settings
from hypothesis import strategies as st

from atbtst_cli.documents import prose
from atbtst_cli.documents.tree import (
    Break,
    Bullets,
    Code,
    Divider,
    Emphasis,
    Link,
    Numbered,
    Paragraph,
    Quote,
    Section,
    Strike,
    Strong,
    Table,
    Text,
    Verbatim,
    texts,
)


def line(text):
    """The inlines of a text that is one paragraph."""
    [paragraph] = prose.blocks(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.children


def letters(text):
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t"])
def test_no_text_is_no_blocks(text):
    assert prose.blocks(text) == ()


def test_inlines_of_each_kind():
    assert line("a **b** *c* ~~d~~ `e`") == (
        Text("a "),
        Strong((Text("b"),)),
        Text(" "),
        Emphasis((Text("c"),)),
        Text(" "),
        Strike((Text("d"),)),
        Text(" "),
        Code("e"),
    )


def test_a_line_end_is_a_blank_and_a_backslash_makes_it_a_break():
    assert line("ett\ntvå\\\ntre") == (Text("ett två"), Break(), Text("tre"))


def test_blocks_of_each_kind():
    assert prose.blocks("> a\n\n```\nb\n  c\n```\n\n---\n\n- d\n- e") == (
        Quote((Paragraph((Text("a"),)),)),
        Verbatim("b\n  c"),
        Divider(),
        Bullets(((Paragraph((Text("d"),)),), (Paragraph((Text("e"),)),))),
    )


def test_a_table_keeps_its_alignment_and_gives_long_columns_more_room():
    place = "En ort med så många ord i namnet att de inte får plats bredvid ett tal"
    [table] = prose.blocks(f"| Ort | Antal |\n|:-:|--:|\n| {place} | 2 |")
    assert isinstance(table, Table)
    assert [column.align for column in table.columns] == ["center", "right"]
    assert table.columns[0].share > table.columns[1].share
    assert table.rows == (((Text(place),), (Text("2"),)),)


def test_a_small_table_is_as_wide_as_its_words():
    [small] = prose.blocks("| Ort | Antal |\n|---|--:|\n| Norra | 24 |")
    [crowded] = prose.blocks("|" + " a |" * 20 + "\n|" + " --- |" * 20)
    assert [column.share for column in small.columns] == [0, 0]
    assert all(column.share for column in crowded.columns)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. a\n2. b", (1, 2)),
        ("1. a\n1. b\n1. c", (1, 2, 3)),
        ("2024. Ett nytt år", (2024,)),
        ("3. a\n5. b", (3, 5)),
    ],
)
def test_numbers_stay_as_typed_unless_all_are_the_same(text, numbers):
    [numbered] = prose.blocks(text)
    assert isinstance(numbered, Numbered)
    assert numbered.numbers == numbers


def test_headings_nest_by_their_rank_however_it_jumps():
    assert prose.blocks("före\n\n#### A\n\na\n\n###### B\n\nb\n\n#### C") == (
        Paragraph((Text("före"),)),
        Section(
            "",
            (Text("A"),),
            (Paragraph((Text("a"),)), Section("", (Text("B"),), (Paragraph((Text("b"),)),))),
        ),
        Section("", (Text("C"),), ()),
    )


@pytest.mark.parametrize("target", ["https://example.org/a?b=c", "http://example.org", "mailto:alva@example.org"])
def test_links_to_the_web_and_to_mail_are_links(target):
    assert line(f"[ord]({target})") == (Link((Text("ord"),), target),)
    assert line(f"<{target}>") == (Link((Text(target),), target),)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "../a",
        "//x",
    ],
)
def test_any_other_link_stays_as_it_was_typed(target):
    assert line(f"[ord]({target})") == (Text(f"[ord]({target})"),)


def test_the_title_of_a_link_is_words_too():
    assert line('[ord](https://example.org "och mer")') == (
        Link((Text("ord"),), "https://example.org"),
        Text(" (och mer)"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "<!-- x",
        "<namn>",
        "<script>alert(1)</script>",
        "&copy; och &#65;",
        "[1]: https://example.org",
        "![bild](x.png)",
        "a_b_c",
        "5\\*3\\*2",
        "@anna_b",
        "{{ 7*7 }} {% raw %}",
    ],
)
def test_what_only_looks_like_markup_stays_words(text):
    assert line(text) == (Text(text.replace("\\*", "*")),)


def test_a_line_of_dashes_under_words_makes_no_heading_of_them():
    assert prose.blocks("Beslut: x\n---") == (Paragraph((Text("Beslut: x"),)), Divider())


def test_an_indented_line_is_no_code():
    assert prose.blocks("    fyra blanka") == (Paragraph((Text("fyra blanka"),)),)


def test_words_after_a_fence_on_its_line_are_kept():
    assert prose.blocks("``` Beslut: x\ny") == (Verbatim("Beslut: x\ny"),)


def test_a_row_with_more_cells_than_its_header_loses_none():
    text = "| a | b |\n|---|---|\n| c | d | borta |"
    assert "borta" in " ".join(texts(prose.blocks(text)))


def test_words_below_the_deepest_nesting_are_kept():
    assert "djup" in " ".join(texts(prose.blocks("> " * 60 + "djup")))


def test_flat_words_are_one_run_with_a_break_between_blocks():
    text = "Mallen:\n\n1. ett\n2. två\n\n```\nkod\n```"
    assert prose.flat(prose.blocks(text)) == (
        Text("Mallen:"),
        Break(),
        Text("ett"),
        Break(),
        Text("två"),
        Break(),
        Code("kod"),
    )
    assert prose.flat(()) == ()


WITHOUT_ADDRESS = [mark for mark in MARKS if "example" not in mark]


@given(st.lists(st.one_of(st.sampled_from(WITHOUT_ADDRESS), st.text(max_size=8)), max_size=25).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_letter_of_any_text_is_lost_or_moved(text):
    shown = iter(letters("".join(texts(prose.blocks(text)))))
    # The numbers of a list are no words of it: they are counted.
    assert all(letter in shown for letter in letters(text) if letter.isalpha())
