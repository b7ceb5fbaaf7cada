"""Lines that were wrapped, told from those that were meant, and put together again."""

import re
from collections.abc import Sequence
from itertools import pairwise

from atbtst_cli.sheet.source import Line
from atbtst_cli.sheet.widths import width

LEAST = 40
"""Shorter lines than this tell nothing of the column: nobody wraps so narrow."""

NO_FIT = 0.935
"""The share of the column from which on the next word would not have fitted [wraps ≥ 0.96, meant breaks ≤ 0.91]."""

SHORT = 0.6
SOFT_HYPHEN = "\xad"
_LOWER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[\w/]+(?:-[\w/]+)*")
_LEFT = re.compile(r"(?<![\w/])(?P<word>[\w/]+)[-‐]$")
_RIGHT = re.compile(r"[\w/]+")
_JOINS_TWO = re.compile(r"(?:och|eller|samt|resp|respektive|and|or)\b", re.IGNORECASE)
_BROKEN = re.compile(r"(?<![\w/-])[\w/-]*[-\xad]$")
_PREFIXES = frozenset({"icke", "e", "ex", "f", "anti", "pro", "semi", "non"})


class Column:
    """The column that the lines of one text were wrapped to, as far as they tell."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Measure the lines that a small letter goes on from."""
        texts = [line.text.strip() if not line.verbatim else "" for line in lines]
        wrapped = [one for one, after in pairwise(texts) if len(one) >= LEAST and _goes_on(after)]
        self._width = max(map(width, wrapped), default=0)
        self._signs = max(map(len, wrapped), default=0)
        self._words = {word.lower() for text in texts for word in _whole_words(text)}

    def wraps(self, left: str, right: str) -> bool:
        """Whether the next line goes on with this one: a word is broken, or the next one would not have fitted.

        It has not fitted if it is too wide in proportional letters, or too many characters.
        """
        if _LEFT.search(left.rstrip()) and _goes_on(right.strip()):
            return True
        if not self._width or not right.strip():
            return False
        word = right.split(maxsplit=1)[0]
        line = f"{left.strip()}{'' if left.rstrip().endswith('-') else ' '}{word}"
        return width(line) >= NO_FIT * self._width or len(line) > self._signs

    def short(self, text: str) -> bool:
        """Whether the line ends well before the column."""
        return width(text.strip()) < SHORT * self._width

    def joined(self, left: str, right: str) -> str:
        """The two lines as one, with the hyphen between them kept or dropped by the first rule that fits."""
        left, right = left.rstrip(), right.strip()
        if left.endswith(SOFT_HYPHEN):
            return left[:-1] + right
        hyphen, word = _LEFT.search(left[left.rfind(" ") + 1 :]), _RIGHT.match(right)
        if not hyphen or not word:
            return f"{left} {right}"
        if _JOINS_TWO.match(right) and hyphen["word"].lower() + word[0].lower() not in self._words:
            return f"{left} {right}"
        return left + right if self._keeps(hyphen["word"], word[0]) else left[:-1] + right

    def _keeps(self, left: str, right: str) -> bool:
        """Whether the hyphen between the two belongs to the word."""
        if (left + right).lower() in self._words:
            return False
        if not right[0].islower() or not left[-1].islower() or "/" in left:
            return True
        return f"{left}-{right}".lower() in self._words or left.lower() in _PREFIXES


def _goes_on(text: str) -> bool:
    first = text[:1]
    return bool(_LOWER.match(first)) and first.islower()


def _whole_words(text: str) -> list[str]:
    """The words of a line but a last one that is broken by a hyphen."""
    return _WORD.findall(_BROKEN.sub("", text))
