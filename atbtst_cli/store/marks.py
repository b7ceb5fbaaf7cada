"""Two versions in one file with marks around what differs, which nobody takes for a record before it is decided."""

import re
from collections.abc import Iterable

from atbtst_cli.language import _
from atbtst_cli.store.layout import BUILT
from atbtst_cli.store.tree import Tree, content

MARK = re.compile(rb"^(<{7}|\|{7}|={7}|>{7})(?= |\r?$)", re.MULTILINE)
"""The four marks of a conflict, in the order in which they come; the second one is not always there."""


def marked_documents(tree: Tree, paths: Iterable[str]) -> list[str]:
    """The documents among some files that hold the first and the last mark of a conflict; one alone may be words."""
    texts = (path for path in paths if path.endswith((".md", ".html")) and BUILT.fullmatch(path))
    return [path for path in texts if {b"<" * 7, b">" * 7} <= set(_marks(content(tree, path) or b""))]


def _marks(text: bytes) -> list[bytes]:
    return [found[1] for found in MARK.finditer(text)]


def joined(mine: bytes, base: bytes, theirs: bytes) -> tuple[bytes, bool]:
    """What both made of the version before, by lines, and whether nothing clashed; what did stands between marks."""
    count, text = _merged(mine, base, theirs, "--diff3")
    return (text, count == 0) if count >= 0 else (both(mine, theirs), False)


def marked(mine: bytes, base: bytes | None, theirs: bytes) -> bytes:
    """Both versions in one text: whatever differs stands between marks, with what was before where that is known."""
    mine, theirs = _ended(mine), _ended(theirs)
    ways = [(_ended(base), "--diff3")] if base is not None else []
    for before, how in (*ways, (b"", "--quiet")):
        count, text = _merged(mine, before, theirs, how)
        if count > 0 and sides(text) == (mine, theirs):
            return text
    return both(mine, theirs)


def both(mine: bytes, theirs: bytes) -> bytes:
    """Both versions, whole, one below the other."""
    here, _before, coming = (label.encode() for label in _labels())
    return b"".join((b"<<<<<<< ", here, b"\n", _ended(mine), b"=======\n", _ended(theirs), b">>>>>>> ", coming, b"\n"))


def sides(text: bytes) -> tuple[bytes, bytes]:
    """The two texts of which a text with marks was made: the lines of mine and of theirs, each with the common ones."""
    mine, theirs = [], []
    part = b""
    for line in text.splitlines(keepends=True):
        if found := MARK.match(line):
            part = found[1][:1]
            continue
        if part in (b"", b"<", b">"):
            mine.append(line)
        if part in (b"", b"=", b">"):
            theirs.append(line)
    return b"".join(mine), b"".join(theirs)


def _merged(mine: bytes, base: bytes, theirs: bytes, how: str) -> tuple[int, bytes]:
    from atbtst_cli.store.gitprogram import merge_texts  # whoever only looks for marks does without it

    return merge_texts(mine, base, theirs, _labels(), how)


def _ended(text: bytes) -> bytes:
    return text if text.endswith(b"\n") or not text else text + b"\n"


def _labels() -> tuple[str, str, str]:
    return _("what stands here"), _("what stood before"), _("what comes in")
