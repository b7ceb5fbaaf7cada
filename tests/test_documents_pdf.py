"""The PDF is accessible and archival, the same every time, and says everything once and in order."""

import re
import struct
import subprocess
import unicodedata
import zlib
from datetime import date
from itertools import pairwise

import page
import pikepdf
import pytest
from documents_example import bare, council, document, holding, meeting, with_text
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import opened, runs, structure

from atbtst_cli.documents import minutes
from atbtst_cli.documents.characters import printable
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.documents.tree import (
    Bar,
    Bullets,
    Chart,
    Column,
    Divider,
    Link,
    Numbered,
    Paragraph,
    Quote,
    Section,
    Strike,
    Table,
    Text,
    Verbatim,
    texts,
    words,
)
from atbtst_cli.errors import Refused
from atbtst_cli.store.packaged import packaged

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def written(whole, own=None):
    return FORMATS["pdf"](whole, Looks((own or {}).get))


def squeezed(text):
    """The text without what a line's end may change."""
    return re.sub(r"[\s\u200b]", "", text)


def failures(data):
    reports = [page.validate_pdf_bytes(data, profile=profile) for profile in PROFILES]
    return [str(failure) for report in reports for failure in report.failures] + [
        str(report.profile) for report in reports if not report.is_compliant
    ]


def outside(data):
    """The runs of glyphs that leave their page."""
    with opened(data) as pdf:
        sizes = [tuple(map(float, each.MediaBox)) for each in pdf.pages]
    return [
        run
        for run in runs(data)
        if not (sizes[run.page][0] <= run.left <= run.right <= sizes[run.page][2])
        or not (sizes[run.page][1] <= run.baseline <= sizes[run.page][3])
    ]


def lines(data):
    """The lines of each page, without its head and foot: their texts, from the top."""
    with opened(data) as pdf:
        pages = [{} for _page in pdf.pages]
    for run in runs(data):
        if run.mark is not None:
            pages[run.page].setdefault(round(-run.baseline), []).append(run)
    return [["".join(run.text for run in page[height]) for height in sorted(page)] for page in pages]


def overlaps(data):
    """The neighbours on a line that run into each other."""
    rows = {}
    for run in runs(data):
        rows.setdefault((run.page, round(run.baseline)), []).append(run)
    neighbours = (pair for row in rows.values() for pair in pairwise(sorted(row, key=lambda run: run.left)))
    return [(left.text, right.text) for left, right in neighbours if left.right > right.left + 0.5]


ALL_KINDS = (
    Paragraph((Strike(words("struket")), Text(" "), Link(words("länk"), "https://example.org"))),
    Bullets(((Paragraph(words("punkt")), Numbered(((Paragraph(words("nummer")),),), (7,))), ())),
    Quote((Paragraph(words("citat")), Verbatim("rad 1\n  rad 2"))),
    Divider(),
    Table((Column(words("Rubrik"), "center"), Column(words("Tal"), "right", 3)), ((words("cell"), ()),)),
    Chart("Antal", "Januari 2, 1; februari 0, 3.", "Månad", ("ett", "två"), (Bar("jan", (2, 1)), Bar("feb", (0, 3)))),
    Section("", words("ett"), (Section("", words("två"), (Section("", words("tre"), ()),)),)),
)


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_it_meets_pdf_ua_1_and_pdf_a_2a(edition):
    assert failures(written(document(edition))) == []


def test_every_kind_of_node_meets_them():
    assert failures(written(holding(*ALL_KINDS))) == []


def test_a_document_of_nothing_meets_them():
    assert failures(written(minutes.build(bare(), council(), "internal"))) == []


def test_headings_below_the_sixth_meet_them():
    deep = Section("", words("djup"), (Paragraph(words("text")),))
    for _rank in range(8):
        deep = Section("", words("a"), (deep,))
    assert failures(written(holding(deep))) == []


@pytest.mark.parametrize(
    ("language", "title"), [("sv", "Mötesanteckningar RÅD 2026-02-17"), ("en", "Minutes RÅD 2026-02-17")]
)
def test_it_tells_its_language_title_author_and_day(language, title):
    with opened(written(minutes.build(meeting(), council(language=language), "public"))) as pdf:
        assert str(pdf.Root.Lang) == language
        assert str(pdf.docinfo.Title) == title
        assert str(pdf.docinfo.Author) == "Region Exempel"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_data_that_end_in_a_carriage_return_are_told_apart_from_the_line_end():
    """Compressed data end in any byte, so one file in some dozens would not be what it says."""
    files = (written(holding(Paragraph(words(f"{number * 7919} {chr(65 + number % 26)}")))) for number in range(2000))
    mended = next(data for data in files if b"\r\r\nendstream" in data)
    assert not re.search(rb"[^\r]\r\nendstream", mended)
    assert failures(mended) == []
    with opened(mended) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.outside("qpdf")
def test_qpdf_finds_nothing_wrong(tmp_path):
    path = tmp_path / "minutes.pdf"
    path.write_bytes(written(document()))
    subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


def test_its_bytes_are_the_same_every_time():
    assert written(document()) == written(document())


def test_its_dates_are_those_of_the_meeting():
    with opened(written(document())) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20260217")
        assert str(pdf.docinfo.ModDate).startswith("D:20260217")


def test_only_the_fonts_of_the_engine_are_used():
    with opened(written(holding(*ALL_KINDS))) as pdf:
        fonts = {str(font.BaseFont).partition("+")[2] for each in pdf.pages for font in each.Resources.Font.values()}
    assert fonts
    assert all(re.match("LibertinusSerif|DejaVuSansMono|NewCM|NewComputerModern", font) for font in fonts)


def test_its_structure_has_every_word_once_and_in_order():
    whole = document()
    expected = "".join(texts(whole)).replace(whole.running, "")
    found = squeezed(structure(written(whole)).text)
    # Bullets, numbers of lists, and the signs between the facts of a callout are all that is added.
    for added in ("•", "‣", ":", "·", "1.", "2."):
        found, expected = found.replace(added, ""), expected.replace(added, "")
    assert found == squeezed(expected)


def test_headings_are_headings_and_tables_have_header_cells():
    tree = structure(written(document()))
    assert [squeezed(each.text) for each in tree.all("/H1")][:3] == [
        "Närvaro",
        "1Föregåendeanteckningar",
        "2RapporterfrånrespektiveRÖN",
    ]
    assert [squeezed(each.text) for each in tree.all("/H2")][:2] == ["2.1AT", "2.2BT"]
    tables = tree.all("/Table")
    assert len(tables) == 4
    for table in tables:
        assert table.all("/TH")
        for cell in table.all("/TH"):
            assert any(str(each.get("/Scope")) == "/Column" for each in cell.node["/A"])


def test_heads_and_feet_of_pages_are_not_read():
    data = written(document())
    read, printed = structure(data).text, "".join(run.text for run in runs(data))
    assert "Sida" in printed
    assert "Sida" not in read
    assert printed.count("UTKAST") > 1
    assert read.count("UTKAST") == 1


def test_every_page_says_that_it_is_a_draft_until_it_is_approved():
    data = written(document())
    with opened(data) as pdf:
        pages = len(pdf.pages)
    assert pages > 1
    for number in range(pages):
        assert "UTKAST" in "".join(run.text for run in runs(data) if run.page == number)
    approved = written(document("public", approval={"date": "2026-04-21"}))
    assert "UTKAST" not in "".join(run.text for run in runs(approved))


def test_links_lead_to_the_web_and_to_mail_only():
    text = "[a](https://example.org/abcdefghijklmnopqrstuvwxyz) [b](mailto:alva@example.org) [c](javascript:alert(1)) <file:///x>"
    with opened(written(minutes.build(with_text(text), council(), "internal"))) as pdf:
        targets = [str(each.A.URI) for sheet in pdf.pages for each in sheet.get("/Annots", [])]
    # Not even a long address is changed where it is not words.
    assert targets == ["https://example.org/abcdefghijklmnopqrstuvwxyz", "mailto:alva@example.org"]


def test_nothing_is_attached_and_nothing_runs():
    with opened(written(document())) as pdf:
        assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(pdf.Root.keys())
        assert not pdf.attachments


LONG = "Rådetssammanträdesprotokollsutdragsförteckning" * 6


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((Text(LONG),)),
        Paragraph((Link((Text("https://example.org/" + "a" * 300),), "https://example.org"),)),
        Section("1", words(LONG), ()),
        Verbatim(LONG),
        Table((Column(words("a")), Column(words(LONG)), Column(words("c"))), ((words(LONG), words("b"), words(LONG)),)),
        Table((Column(words("a")),), tuple((words(str(row)),) for row in range(200))),
        Table((Column(words("a")),), ((words("ord " * 3000),),)),
        Paragraph(words("ord " * 5000)),
    ],
)
def test_no_text_leaves_its_page(block):
    data = written(holding(block, marks=("UTKAST",)))
    assert outside(data) == []
    assert squeezed("".join(texts(block))) in squeezed(structure(data).text)


def test_a_long_word_of_the_language_stays_whole():
    word = "kompetensförsörjningsplaneringen"
    assert word in structure(written(holding(Paragraph(words(f"{'ord ' * 20}{word}"))))).text


def test_no_word_runs_into_the_next_column():
    crowded = Table(tuple(Column(words(LONG[:30])) for _column in range(6)), ((words(LONG[:40]),) * 6,) * 2)
    owners = [{"name": "Regionövergripandestudierektorn"}, {"name": "Universitetssjukvårdsförvaltningen"}]
    action = {"action": "i-k7q3d9m", "text": LONG[:40], "owners": owners, "due": "2026-09-30"}
    agenda = [{"id": "p-1", "title": "x", "body": [action]}]
    row = {"name": LONG[:40], "status": "excused", "note": "Skånes universitetssjukvård", "seats": ["rad/ron-at"]}
    for whole in (holding(crowded), document(agenda=agenda, attendance=[row])):
        data = written(whole)
        assert overlaps(data) == []
        assert outside(data) == []


ENDINGS = {
    "a signature": {},
    "the next meeting": {"next_meeting": {"date": "2026-04-21", "text": "21 april"}},
    "a table": {
        "agenda": [
            {"action": f"i-00000{row}", "text": "Boka lokal.", "owners": ["bo-exempel"]} for row in range(10, 16)
        ]
    },
    "a table over pages": {
        "agenda": [
            {"action": f"i-00000{row}", "text": "Boka lokal.", "owners": ["bo-exempel"]} for row in range(10, 50)
        ],
        "next_meeting": {"date": "2026-04-21", "text": "21 april"},
    },
    "a long list": {"agenda": [{"text": "- punkt\n" * 26}]},
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_page_ends_the_document_with_a_line_or_two(ending):
    """In thirty lengths: the last page is worth turning to, and a signature stands under words."""
    more = dict(ENDINGS[ending])
    body = more.pop("agenda", [])
    for length in range(30):
        text = {"text": "\n\n".join(["Rådet går igenom läget."] * (length + 1))}
        agenda = [{"id": "p-1", "title": "Läget", "body": [text, *body]}]
        pages = lines(
            written(minutes.build(bare(agenda=agenda, secretary="cilla-exempel", **more), council(), "internal"))
        )
        assert len(pages[-1]) > 2, (length, pages)
        [(page, place)] = [(page, page.index("Anteckningar")) for page in pages if "Anteckningar" in page]
        assert place > 0, (length, page)


def test_deep_lists_stay_on_the_page():
    data = written(
        minutes.build(with_text("\n".join("  " * depth + "- nivå" for depth in range(12))), council(), "internal")
    )
    assert outside(data) == []


def test_one_emoji_never_loses_the_pdf():
    data = written(
        document(
            place="Rum 😀", agenda=[{"id": "p-1", "title": "漢字 \x1b[31m \u202e", "body": [{"text": "👩‍👩‍👧 ✔️ ﷽"}]}]
        )
    )
    read = structure(data).text
    for shown in ("Rum [U+1F600]", "[U+6F22]", "[U+001B]", "[U+202E]", "[U+1F469]"):
        assert shown in read
    assert failures(data) == []


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_text_becomes_a_pdf_that_says_it(text):
    read = squeezed(
        structure(written(holding(Section("1", words(text), (Paragraph(words(text)), Verbatim(text)))))).text
    )
    shown = squeezed(printable(text))
    # Scripts from right to left are joined and laid out in the order of the page; of them only a PDF is asked.
    turned = any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in shown)
    assert turned or shown in read


def test_words_that_look_like_typst_stay_words():
    text = '#panic() $x$ *a* _b_ `c` @d <e> #{1+1} \\ // /* "q" -- ... ~ [f]'
    data = written(holding(Paragraph(words(text)), running=text, organisation=text))
    assert squeezed(text) in squeezed(structure(data).text)


def _png():
    """The smallest picture there is."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
        + chunk(b"IEND", b"")
    )


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"


@pytest.mark.parametrize(("name", "picture"), [("vapen.svg", SVG), ("bilder/vapen.png", _png())])
def test_a_logo_is_decoration(name, picture):
    data = written(holding(logo=name), {name: picture})
    assert failures(data) == []
    assert structure(data).all("/Figure") == []
    assert data != written(holding())


def test_a_broken_logo_is_a_clear_error():
    with pytest.raises(Refused, match=r"templates/vapen\.png"):
        written(holding(logo="vapen.png"), {"vapen.png": b"no picture"})


def test_a_template_of_the_workspace_wins():
    own = b'#set document(title: "x")\n#set text(lang: "sv")\n#par[Egen mall: #json(bytes(sys.inputs.data)).document.title]'
    assert structure(written(holding(), {"document.typ": own})).text.strip() == "Egen mall: Mötesanteckningar"


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/cetz:0.3.0"',
        '#import "other.typ"',
        '#include "/etc/passwd"',
        '#eval("1")',
        '#read("/etc/passwd")',
        '#image("/etc/passwd")',
        "#let x =",
        "\x00\xff",
    ],
)
def test_a_template_reads_nothing_but_its_data(text):
    with pytest.raises(Refused, match=r"templates/document\.typ"):
        written(holding(), {"document.typ": text.encode("latin-1")})


def test_the_packaged_template_names_no_font_of_the_machine():
    fonts = set(re.findall(r'font: "([^"]+)"', packaged("templates/document.typ").decode()))
    assert fonts == {"Libertinus Serif", "DejaVu Sans Mono"}


def test_the_day_of_a_document_is_its_own():
    assert written(holding(date=date(1999, 12, 31))) != written(holding())


def test_the_reader_of_these_tests_sees_what_leaves_a_page():
    with pytest.raises(pikepdf.PdfError):
        opened(b"no pdf")
    off = b'#set document(title: "x")\n#set text(lang: "sv")\n#par(box(width: 9999pt, align(right)[borta]))'
    assert outside(written(holding(), {"document.typ": off}))
