"""The sentences of a text in Markdown, where each stands, and the label that it stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from atbtst_cli.language.offers.words import OfferWords
from atbtst_cli.sheet.text import verbatim

LEAST = 60
"""A text whose lines are all shorter than this was not wrapped: each of its line breaks is meant."""

AROUND = 80
"""The characters on either side that tell whether a sentence ends."""

_LIST = re.compile(r"\s*(?:[-*+•·–]|(?P<number>[0-9]{1,3}[.)]))\s+(?=\S)")
_APART = re.compile(r"\s*(?:#{1,6}\s|>|=+\s*$|(?:[-*_]\s*){3,}$)|.*\|")
"""Headings, quotes, rules and rows of tables: not sentences that somebody could take on."""
_TITLE = re.compile(r"(\*{1,3}|_{1,3})[^*_]+\1\s*")
_GAP = re.compile(r"[^\S\n]*\\?\n\s*|[^\S\n]+")
_NUMBER = re.compile(r"[0-9]{1,3}[.)]")
_ENDED = re.compile(r"(?P<word>[^\W_]*(?:\.[^\W_]+)*)(?P<sign>[.!?…]+)[\"”’»)*_]*$")
_BEGINS = re.compile(r"[\"“”«(*_\[]*(?P<first>[^\W_])(?![.)])")


class Span(NamedTuple):
    """A stretch of a text, from its first character to the one after its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a list line; its number is part of it, its bullet is not."""

    span: Span
    listed: bool
    is_title: bool

    @property
    def start(self) -> int:
        """Where it starts."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.span.end


def passages(text: str) -> Iterator[Passage]:
    """The paragraphs and list lines of a text, without those that stand for something else."""
    lines = text.split("\n")
    at, start, listed = 0, -1, False
    for line, kept in zip(lines, verbatim(lines), strict=True):
        bullet = _LIST.match(line)
        apart = kept or not line.strip() or bool(_APART.match(line))
        if start >= 0 and (apart or bullet):
            yield _passage(text, start, at, listed=listed)
            start = -1
        if start < 0 and not apart:
            start, listed = at + _words_start(bullet), bool(bullet)
        at += len(line) + 1
    if start >= 0:
        yield _passage(text, start, at, listed=listed)


def _words_start(bullet: re.Match[str] | None) -> int:
    """Where the words of a line begin: after its bullet, but with its number."""
    if bullet is None:
        return 0
    return bullet.start("number") if bullet["number"] else bullet.end()


def _passage(text: str, start: int, end: int, *, listed: bool) -> Passage:
    words = text[start:end].rstrip().rstrip("\\").rstrip()
    start += len(words) - len(words.lstrip())
    return Passage(Span(start, start + len(words.lstrip())), listed, is_title=bool(_TITLE.fullmatch(words.strip())))


def sentences(text: str, passage: Passage, words: OfferWords) -> Iterator[Span]:
    """The sentences of a passage, by the abbreviations of its language and the words that begin a line of its own."""
    width = max(map(len, text.split("\n")))
    start = passage.start
    for gap in _GAP.finditer(text, passage.start, passage.end):
        left = text[max(start, gap.start() - AROUND) : gap.start()]
        right = text[gap.end() : min(passage.end, gap.end() + AROUND)]
        ends = _ends(left, right, words) or _breaks(text, gap, right, width, words)
        if ends and _balanced(text[start : gap.start()]):
            yield Span(start, gap.start())
            start = gap.end()
    yield Span(start, passage.end)


def _ends(left: str, right: str, words: OfferWords) -> bool:
    """Whether a sentence ends there: with a sign of its own, before a capital letter or a number."""
    ended, begins = _ENDED.search(left), _BEGINS.match(right)
    if not ended or not begins or begins["first"].islower() or _belongs(right, words):
        return False
    word = ended["word"]
    is_short = word.casefold() in words.abbreviations or (len(word) == 1 and word.isupper())
    return not _NUMBER.fullmatch(left) and (ended["sign"] != "." or not is_short)


def _breaks(text: str, gap: re.Match[str], right: str, width: int, words: OfferWords) -> bool:
    """Whether a line break there was meant: the next word would have fitted, and a line of its own begins with it."""
    begins = _BEGINS.match(right)
    if "\n" not in gap[0] or not begins or _belongs(right, words):
        return False
    first = right.split(maxsplit=1)[0]
    if not (begins["first"].isupper() or first.casefold() in words.following):
        return False
    line = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()]
    return "\\" in gap[0] or width < LEAST or len(line) + 1 + len(first) <= width


def _belongs(right: str, words: OfferWords) -> bool:
    """Whether what follows only names who is responsible for what stands before: *Ansvarig: Bo*."""
    label, colon, _name = right.partition(":")
    return bool(colon) and label.strip().casefold() in words.responsible


def _balanced(text: str) -> bool:
    """Whether no emphasis, code, link or parenthesis is open at the end of the text."""
    bare = re.sub(r"\\.", "", text)
    return (
        len(re.findall(r"\*+", bare)) % 2 == 0
        and bare.count("`") % 2 == 0
        and bare.count("[") == bare.count("]")
        and bare.count("(") <= bare.count(")")
    )
