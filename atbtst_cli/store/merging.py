"""The text of a merged record: what both sides wrote beside its values stays too."""

import re
from collections import Counter
from collections.abc import Sequence

from atbtst_cli.models.base import Record
from atbtst_cli.models.lines import joined
from atbtst_cli.models.settings import Settings
from atbtst_cli.store import recordfile, yamlfile
from atbtst_cli.store.load import parsed

HEAD = re.compile("(#.*\n)*")
"""The comments with which a file begins."""


def merged(path: str, base: bytes | None, mine: bytes, theirs: bytes, record: Record | Settings) -> bytes:
    """The bytes of a record that was made of two versions of a file, whose comments and order it keeps.

    ``path`` is that of the file in the workspace; ``base`` is None where both versions are new. The comments of both
    stay, but for those that one of them took away; one whose place is gone moves to the top of the file. All three
    must be readable as records of that kind.
    """
    words = _Words(path, record)
    texts = [words.text(data) for data in (base, mine, theirs)]
    text = _joined(texts)
    if text is None or not words.say(text):
        text = _joined([words.changed(text) for text in texts])
        if text is None or not words.say(text):
            text = words.changed(texts[1])
    return _with_comments(text, _lost(texts, text)).encode()


class _Words:
    """A record, and how texts say it."""

    def __init__(self, path: str, record: Record | Settings) -> None:
        self._path = path
        self._record = record

    def text(self, data: bytes | None) -> str:
        """The text of a version; where there was none before, the record in house style."""
        if data is None:
            return recordfile.new(self._path, self._record).decode()
        return re.sub(r"\r\n?", "\n", yamlfile.decode(data))

    def say(self, text: str) -> bool:
        """Whether a text says the record, and nothing else."""
        return self._read(text) == self._record

    def changed(self, text: str) -> str:
        """A version's text changed to say the record."""
        before = self._read(text)
        if before is None or before == self._record:
            return text
        return recordfile.changed(self._path, text.encode(), before, self._record).decode()

    def _read(self, text: str) -> Record | Settings | None:
        return parsed(text.encode(), "", type(self._record), "")[0]


def _joined(texts: Sequence[str]) -> str | None:
    lines = joined(*(text.splitlines(keepends=True) for text in texts))
    return None if lines is None else "".join(lines)


def _lost(texts: Sequence[str], text: str) -> list[str]:
    """The comments that a text should have and has not: those that are new in a version, and those that all have."""
    base, mine, theirs = (Counter(yamlfile.comments(one)) for one in texts)
    wanted = (mine - base | theirs - base) + (base & mine & theirs)
    return list((wanted - Counter(yamlfile.comments(text))).elements())


def _with_comments(text: str, comments: Sequence[str]) -> str:
    head = HEAD.match(text)
    at = head.end() if head else 0
    return text[:at] + "".join(f"{comment}\n" for comment in comments) + text[at:]
