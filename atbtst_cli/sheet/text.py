"""The characters of a sheet: decoded, in one form, and the text of one block as it is stored."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import dropwhile
from operator import not_

from atbtst_cli.errors import Finding
from atbtst_cli.language import _

BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
TAB = " " * 4
BLANK = re.compile("[\x1c-\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
OPENING = re.compile(r" ?(`{3,})[^`]*")
CLOSING = re.compile(r" ?(`{3,}) *")
OTHER_FILES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG")
"""How files begin that are no text: Word in its two forms, PDF, RTF, pictures."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file in the sheet's characters; a notice where it was not UTF-8."""
    for encoding, name in _encodings(data):
        try:
            text = normal(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        return text, () if name == "UTF-8" else (_not_utf8(name),)
    return normal(data.decode("latin-1")), (_not_utf8("Latin-1"),)


def is_text(data: bytes) -> bool:
    """Whether the bytes can be somebody's text: not a Word file, a PDF, a picture or the like."""
    return not data.startswith(OTHER_FILES)


def normal(text: str) -> str:
    """The text composed, each line end as LF, each kind of space as a blank, TAB as four; the same when done twice."""
    lines = BREAK.sub("\n", text.removeprefix("\ufeff"))
    return unicodedata.normalize("NFC", BLANK.sub(" ", unicodedata.normalize("NFC", lines.replace("\t", TAB))))


def letters(text: str) -> str:
    """The letters and digits of a text, in order: what must never be lost or doubled."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def indentation(line: str) -> int:
    """How many blanks the line begins with."""
    return len(line) - len(line.lstrip(" "))


def verbatim(lines: Sequence[str]) -> list[bool]:
    """Which lines belong to a fence of backticks at the margin that is closed, its two fence lines included."""
    marks = [False] * len(lines)
    free = 0
    for at, end in _fences(lines):
        if at >= free:
            marks[at : end + 1] = [True] * (end + 1 - at)
            free = end + 1
    return marks


def clean(text: str) -> str:
    """The text of one block as it is stored.

    Blanks at line ends, blank lines around it, the indentation of its first line and a single blank at the margin
    mean nothing; what stands in a closed fence is kept. The same when done twice.
    """
    lines = list(dropwhile(not_, (line.rstrip() for line in normal(text).split("\n"))))
    shift = indentation(lines[0]) if lines else 0
    lines = [line[min(shift, indentation(line)) :] for line in lines]
    marks = verbatim(lines)
    return "\n".join(
        line if kept and not OPENING.fullmatch(line) else _at_margin(line)
        for line, kept in zip(lines, marks, strict=True)
    ).rstrip()


def _at_margin(line: str) -> str:
    return line[1:] if indentation(line) == 1 else line


def _fences(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Each line that opens a fence, with the first line below that closes it: it has as many backticks, or more."""
    fences: list[tuple[int, int]] = []
    longer: list[tuple[int, int]] = []  # the closing lines below, the nearest last, each longer than all between
    for at in range(len(lines) - 1, -1, -1):
        opening = OPENING.fullmatch(lines[at]) if "```" in lines[at] else None
        if opening is None:
            continue
        ticks = len(opening[1])
        place = bisect_right(longer, -ticks, key=lambda closing: -closing[0])
        if place:
            fences.append((at, longer[place - 1][1]))
        if CLOSING.fullmatch(lines[at]):
            while longer and longer[-1][0] <= ticks:
                longer.pop()
            longer.append((ticks, at))
    return fences[::-1]


def _encodings(data: bytes) -> list[tuple[str, str]]:
    wide = [("utf-16", "UTF-16")] if data.startswith(UTF16) else []
    return [*wide, ("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]


def _not_utf8(encoding: str) -> Finding:
    return Finding(
        "encoding",
        "notice",
        _("the text is not UTF-8; it was read as {encoding}").format(encoding=encoding),
        hint=_("Look at å, ä and ö; save the file as UTF-8 if they are wrong."),
    )
