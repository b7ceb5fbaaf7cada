"""The tree is plain data that every writer can walk without knowing what the document is about."""

import json
from datetime import date

from documents_example import document, holding

from atbtst_cli.documents.tree import (
    Code,
    Column,
    Document,
    Link,
    Paragraph,
    Strong,
    Table,
    Text,
    mapped,
    plain,
    texts,
    trimmed,
    words,
)


def test_words_of_an_empty_text_are_no_nodes_at_all():
    assert words("") == ()
    assert words("a") == (Text("a"),)


def test_a_node_knows_the_name_templates_call_it():
    assert Paragraph(()).kind == "paragraph"
    assert document().kind == "document"


def test_a_trimmed_table_has_no_column_that_says_nothing():
    columns = (Column(words("a")), Column(words("b")), Column(words("c")))
    table = Table(columns, ((words("1"), (), (Code("x"),)), (words("2"), (), ())))
    assert trimmed(table) == Table((columns[0], columns[2]), ((words("1"), (Code("x"),)), (words("2"), ())))


def test_mapping_changes_every_text_and_nothing_else():
    before = holding(Paragraph((Strong((Text("ord"),)), Link((Text("länk"),), "https://example.org"))), title="titel")
    after = mapped(before, str.upper)
    assert isinstance(after, Document)
    assert after.title == "TITEL"
    assert after.blocks == (Paragraph((Strong((Text("ORD"),)), Link((Text("LÄNK"),), "https://example.org"))),)
    assert after.date == date(2026, 2, 17)
    assert mapped(before, lambda text: text) == before


def test_texts_come_in_reading_order():
    whole = list(texts(document()))
    places = [whole.index(each) for each in ("Region Exempel", "Mötesanteckningar", "Närvaro", "Lönefrågan")]
    assert places == sorted(places)


def test_plain_is_ready_for_json_and_names_each_kind():
    data = json.loads(json.dumps(plain(document())))
    assert data["kind"] == "document"
    assert data["date"] == "2026-02-17"
    assert data["blocks"][0]["kind"] == "section"
    assert data["blocks"][0]["title"] == [{"kind": "text", "text": "Närvaro"}]
