"""Characters at the edge of a document: which are shown as they are, and what is shown for the others."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.language.controls import CONTROLS
from atbtst_cli.models.base import Way

GLYPHS = Path(__file__).with_name("glyphs.txt")
"""Every character in the fonts that the PDF engine carries, as ranges; a test reads it from the fonts again."""

ORDINARY = re.compile("[\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2026]*")
"""Text that needs no closer look, as nearly all: the fonts have these characters, and none of them acts unseen."""

# Nothing to be seen: soft hyphens, blanks without width, byte order marks.
_SILENT = str.maketrans(
    {"\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None, "\u2028": "\n", "\u2029": "\n"}
)
# What only asks for another form of the character beside it, such as a coloured one; the PDF has one form of each.
_SELECTORS = re.compile("[\u200c\u200d\u2061-\u2064\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def visible(text: str) -> str:
    """The text with every control character shown by its number, [U+001B], so that it can do nothing unseen."""
    return CONTROLS.sub(stand_in, text.translate(_SILENT))


def printable(text: str) -> str:
    """The text with every character that no font of the PDF has shown by its number, [U+1F600]."""
    return _missing().sub(stand_in, _SELECTORS.sub("", visible(text)))


def stand_in(character: re.Match[str] | str) -> str:
    """What is shown for a character: its number in brackets."""
    return f"[U+{ord(character if isinstance(character, str) else character[0]):04X}]"


def findings(texts: Iterable[tuple[Way, str]], path: str = "") -> Iterator[Finding]:
    """One warning for each text of a record and each character in it that the PDF shows by its number only."""
    for field, text in texts:
        if ORDINARY.fullmatch(text):
            continue
        for character in dict.fromkeys(_missing().findall(_SELECTORS.sub("", text.translate(_SILENT)))):
            yield _finding(character, path, field)


def _finding(character: str, path: str, field: Way) -> Finding:
    name = unicodedata.name(character, "").lower() or _("a control character")
    simple = unicodedata.normalize("NFKC", character)
    offer = _("Write {simple} instead.").format(simple=simple) if not _missing().search(simple) else ""
    message = _("No font of the PDF has the character {shown} ({name}); the PDF shows {shown} in its place.")
    return Finding(
        rule="pdf-character",
        level="warning",
        message=message.format(shown=stand_in(character), name=name),
        path=path,
        hint=offer or _("Say it in words, or take it away."),
        field=field,
    )


@cache
def _missing() -> re.Pattern[str]:
    ranges = (line.split("-") for line in GLYPHS.read_text(encoding="ascii").split())
    kept = "".join(f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}" for first, last in ranges)
    return re.compile(f"[^{kept}]")
