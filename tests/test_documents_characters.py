"""Control characters are shown, never sent; and what the PDF's fonts lack is told by field before anybody prints."""

import io
import json
import mmap
import struct
import unicodedata
from pathlib import Path

import pytest
import typst
from documents_example import bare, meeting, with_text
from fontTools.ttLib import TTFont

from atbtst_cli.documents.characters import GLYPHS, ORDINARY, findings, printable, stand_in, visible
from atbtst_cli.models.base import texts

STYLES = """#set document(title: "x")
#set text(lang: "sv")
#for piece in json(bytes(sys.inputs.data)) {
  par(piece); par(strong(piece)); par(emph(piece)); par(raw(piece)); par(strong(emph(piece)))
}"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a[U+001B][31mb"),
        ("a\x00\x9bb", "a[U+0000][U+009B]b"),
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\u00adb\u200bc\ufeff", "abc"),
        ("a\u2028b", "a\nb"),
        ("åäö – § ”ja” 😀 漢字\n\tb", "åäö – § ”ja” 😀 漢字\n\tb"),
    ],
)
def test_what_would_act_unseen_is_shown(text, shown):
    assert visible(text) == shown


def test_what_no_font_has_is_shown_by_its_number_in_the_pdf():
    assert printable("Hej 😀 漢!") == "Hej [U+1F600] [U+6F22]!"
    assert printable("åäö ÅÄÖ é – — ” ’ … § • € → ✓ Ω ж") == "åäö ÅÄÖ é – — ” ’ … § • € → ✓ Ω ж"


def test_text_that_needs_no_closer_look_is_shown_as_it_is():
    text = "".join(character for character in map(chr, range(0x11000)) if ORDINARY.fullmatch(character))
    assert len(text) > 500
    assert printable(text) == text


def test_a_stand_in_is_printable_itself():
    assert printable(stand_in("😀")) == stand_in("😀")


def test_a_finding_names_field_and_character_and_what_to_do():
    [finding] = findings(texts(with_text("Bra 😀 jobbat 😀")), "records/x.yaml")
    assert (finding.rule, finding.level, finding.path) == ("pdf-character", "warning", "records/x.yaml")
    assert finding.field == ("agenda", 0, "body", 0, "text")
    assert "[U+1F600] (grinning face)" in finding.message
    assert finding.hint


def test_a_finding_offers_the_plain_form_where_there_is_one():
    [finding] = findings(texts(bare(place="Ｈ")))
    assert finding.field == ("place",)
    assert "Write H instead." in finding.hint


def test_each_field_and_character_has_one_finding():
    found = list(findings(texts(bare(place="漢\x1b漢", title="漢", **{"with": ["ron-bt"]}))))
    assert [(finding.field, finding.message.count("[U+6F22]") > 0) for finding in found] == [
        (("title",), True),
        (("place",), True),
        (("place",), False),
    ]
    assert "a control character" in found[-1].message


def test_a_sound_record_has_none():
    assert list(findings(texts(meeting()))) == []


def _fonts():
    """The fonts inside the engine, as they lie in its library."""
    [library] = Path(typst.__file__).parent.glob("_typst*")
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for magic in (b"OTTO\x00", b"\x00\x01\x00\x00\x00"):
            at = data.find(magic)
            while at != -1:
                if size := _size(data[at : at + 700]):
                    yield TTFont(io.BytesIO(data[at : at + size]), lazy=True)
                at = data.find(magic, at + 1)


def _size(head):
    """How long the font is that begins with this head; 0 where it is none."""
    count = struct.unpack(">H", head[4:6])[0]
    if not 5 < count < 40:
        return 0
    tables = list(struct.iter_unpack(">4sLLL", head[12 : 12 + 16 * count]))
    size = max(start + length for _tag, _sum, start, length in tables)
    return size if size < 10_000_000 and any(tag == b"cmap" for tag, *_rest in tables) else 0


def _compiles(characters):
    data = json.dumps([chr(each) for each in characters])
    try:
        typst.Compiler(STYLES.encode(), ignore_system_fonts=True, sys_inputs={"data": data}).compile(
            format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0
        )
    except typst.TypstError:
        return False
    return True


def _refused(characters):
    """Those of the characters that the engine does not print in some style."""
    if _compiles(characters):
        return set()
    if len(characters) == 1:
        return set(characters)
    half = len(characters) // 2
    return _refused(characters[:half]) | _refused(characters[half:])


def _ranges(codes):
    """The codes as lines of first and last, in hexadecimal."""
    runs = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{first:x}-{last:x}\n" for first, last in runs)


def test_the_list_of_glyphs_is_what_the_engine_prints_with_its_own_fonts(update):
    fonts = {font["name"].getDebugName(4): font["cmap"].getBestCmap() for font in _fonts()}
    assert len(fonts) == len(typst.Fonts(include_system_fonts=False).fonts())
    # A mark that composes with no letter can find no font for the two together, which would lose the whole PDF.
    unfit = ("Cc", "Cf", "Co", "Mn", "Mc", "Me")
    held = {code for cmap in fonts.values() for code in cmap if unicodedata.category(chr(code)) not in unfit} | {9, 10}
    listed = {code for code in held if printable(chr(code)) == chr(code)}
    printed = held - _refused(sorted(listed)) - _refused(sorted(held - listed))
    if update:
        GLYPHS.write_text(_ranges(printed), encoding="ascii")
    assert GLYPHS.read_text(encoding="ascii") == _ranges(printed)
