"""Offers that are taken: each sentence becomes the block it was meant to be, where it stands."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from atbtst_cli.language.offers.words import Kind
from atbtst_cli.models.meeting import (
    ActionBlock,
    AgendaItem,
    ApprovalBlock,
    Block,
    DecisionBlock,
    Meeting,
    NextTimeBlock,
    TextBlock,
)
from atbtst_cli.sheet.blocks import settled
from atbtst_cli.sheet.ids import Ids
from atbtst_cli.sheet.offers.find import Offer
from atbtst_cli.sheet.offers.reader import Look
from atbtst_cli.sheet.offers.sentences import passages
from atbtst_cli.sheet.text import clean

BREAK = "\n"
_BULLET = re.compile(r"(?:^|\n) *[-*+•·–] *$")
_LAST_BREAK = re.compile(r"(?:\\?\n| )+$")
_FIRST_BREAK = re.compile(r"^\\(?=\n)")
_CONTINUED = re.compile(r"\n +")


def take(meeting: Meeting, offers: Sequence[Offer], draw: Callable[[str], str]) -> Meeting:
    """The meeting where these of its offers are blocks, with every word where it stood.

    ``draw`` gives an id with the prefix it is called with. What stands around a sentence becomes texts of their own;
    the bullet of a list line that is taken whole goes, its number stays.
    """
    ids = Ids(meeting, (), draw)

    def with_blocks(item: AgendaItem) -> AgendaItem:
        parts = tuple(with_blocks(part) for part in item.parts)
        return item.model_copy(update={"body": _body(item.id, item.body, offers, ids), "parts": parts})

    preamble = _body("", meeting.preamble, offers, ids)
    return meeting.model_copy(
        update={"preamble": preamble, "agenda": tuple(with_blocks(item) for item in meeting.agenda)}
    )


def _body(item: str, body: tuple[Block, ...], offers: Sequence[Offer], ids: Ids) -> tuple[Block, ...]:
    """The blocks of an agenda item; those of one without an offer as they are."""
    taken = [offer for offer in offers if offer.item == item]
    if not taken:
        return body
    return tuple(
        piece
        for place, block in enumerate(settled(body))
        for piece in _pieces(block, [offer for offer in taken if offer.block == place], ids)
    )


def _pieces(block: Block, offers: Sequence[Offer], ids: Ids) -> Iterator[Block]:
    if not isinstance(block, TextBlock):
        yield block
        return
    at = 0
    for offer in sorted(offers, key=lambda offer: offer.span):
        yield from _text(_before(_after(block.text, at, offer.span.start)))
        yield _block(offer, ids)
        at = offer.span.end
    yield from _text(_after(block.text, at, len(block.text)))


def _text(text: str) -> Iterator[Block]:
    if cleaned := clean(text):
        yield TextBlock(text=cleaned)


def _before(text: str) -> str:
    """The text before a sentence, without the bullet of a list line and the line break that end it."""
    return _LAST_BREAK.sub("", _BULLET.sub("", text))


def _after(text: str, start: int, end: int) -> str:
    """The text from there on; what is left of a list line becomes a paragraph before the lines below."""
    rest = _FIRST_BREAK.sub("", text[start:end]).lstrip(" ") if start else text[:end]
    listed = next((one for one in passages(text) if one.listed and one.start < start < one.end), None)
    if listed is None:
        return rest
    left, below = text[start : min(listed.end, end)], text[min(listed.end, end) : end]
    return f"{_flush(left).strip()}\n\n{below.lstrip(BREAK)}"


def _flush(text: str) -> str:
    """The text without the blanks by which its lines continue a list line."""
    return _CONTINUED.sub(BREAK, text)


def _block(offer: Offer, ids: Ids) -> Block:
    make, prefix = BLOCKS[offer.look.kind]
    return make(offer.look, clean(_flush(offer.text)), ids.take("", prefix) if prefix else "")


BLOCKS: Mapping[Kind, tuple[Callable[[Look, str, str], Block], str]] = {
    "action": (lambda look, text, known: ActionBlock(action=known, text=text, owners=look.owners, due=look.due), "i"),
    "decision": (
        lambda look, text, known: DecisionBlock(decision=known, outcome=look.outcome, to=look.due, text=text),
        "d",
    ),
    "approval": (lambda look, text, _known: ApprovalBlock(approval=look.approval, text=text), ""),
    "next_time": (lambda _look, text, known: NextTimeBlock(next_time=known, text=text), "c"),
}
"""What each kind of offer becomes, and the prefix of its id."""
