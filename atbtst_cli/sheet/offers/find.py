"""Every line of a meeting's minutes that can be offered."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, ApprovalBlock, Meeting, TextBlock
from atbtst_cli.sheet.blocks import settled, words_of
from atbtst_cli.sheet.offers.phrases import language_of
from atbtst_cli.sheet.offers.reader import Look, Reader
from atbtst_cli.sheet.offers.sentences import Span
from atbtst_cli.sheet.text import letters
from atbtst_cli.sheet.write import written

LENGTH = 10
"""The digits that tell a line from every other of its meeting."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A stretch of the minutes that looks like something they do not mark, and what it looks like.

    ``item`` is the id of its agenda item, "" before the first; ``block`` the place of its text among the settled blocks
    there, ``span`` its place in that text. ``line`` is the line of the sheet where it begins. ``sign`` tells it from
    the other lines of its meeting, as long as its words stay.
    """

    look: Look
    item: str
    block: int
    span: Span
    text: str
    line: int

    @property
    def sign(self) -> str:
        """An id made of its words and its agenda item."""
        words = f"{self.item}\n{letters(self.text).casefold()}"
        return f"o-{hashlib.sha256(words.encode()).hexdigest()[:LENGTH]}"


def find(meeting: Meeting, directory: Directory, language: str) -> tuple[Offer, ...]:
    """Every offer of a meeting's minutes in the order of the document, without those that were declined.

    Lines are numbered from 1, as in the meeting's sheet in that language.
    """
    return tuple(offer for offer in _offers(meeting, directory, language) if offer.sign not in meeting.declined)


def _offers(meeting: Meeting, directory: Directory, language: str) -> Iterator[Offer]:
    lines = _first_lines(meeting, directory, language)
    texts = "\n".join(words_of(block) for _item, block in meeting.blocks())
    reader = Reader(meeting, directory, language_of(texts, language))
    approved = {item.id for item, block in meeting.blocks() if item and isinstance(block, ApprovalBlock)}
    for item, place, text in _texts(meeting):
        known = item.id if item else ""
        for span, look in reader.at(item, text):
            if look.kind == "approval" and known in approved:
                continue
            approved |= {known} if look.kind == "approval" else set()
            line = lines[known, place] + text.count("\n", 0, span.start)
            yield Offer(look, known, place, span, text[span.start : span.end], line)


def _texts(meeting: Meeting) -> Iterator[tuple[AgendaItem | None, int, str]]:
    """Each text with its agenda item and its place there, as a sheet has them."""
    bodies = [(None, meeting.preamble), *((item, item.body) for item in meeting.items() if item.kind != "next_meeting")]
    for item, body in bodies:
        for place, block in enumerate(settled(body)):
            if isinstance(block, TextBlock):
                yield item, place, block.text


def _first_lines(meeting: Meeting, directory: Directory, language: str) -> dict[tuple[str, int], int]:
    """The line of the sheet where each block begins, by agenda item and place."""
    found: dict[tuple[str, int], int] = {}
    for number, line in enumerate(written(meeting, directory, language, {}), 1):
        if line.block is not None:
            found.setdefault((line.item, line.block), number)
    return found
