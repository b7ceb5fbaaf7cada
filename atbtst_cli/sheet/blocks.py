"""Blocks as a sheet can say them."""

from collections.abc import Iterable

from atbtst_cli.models.meeting import AgendaItem, Block, InternalBlock, Meeting, TextBlock, WithheldBlock
from atbtst_cli.sheet.text import clean

_TEXTS = ("text", "internal", "votes", "reference")
_EMPTY = (TextBlock(text=""), InternalBlock(internal=""))


def words_of(block: Block) -> str:
    """The words of a block."""
    return str(getattr(block, _text_field(block), ""))


def settled(found: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks as a sheet can say them: texts cleaned, neighbouring texts as one; none empty, none never typed."""
    kept: list[Block] = []
    for block in map(_cleaned, found):
        last = kept[-1] if kept else None
        if block in _EMPTY or isinstance(block, WithheldBlock):
            continue
        if isinstance(block, TextBlock) and isinstance(last, TextBlock):
            kept[-1] = TextBlock(text=f"{last.text}\n\n{block.text}")
        else:
            kept.append(block)
    return tuple(kept)


def unchanged(meeting: Meeting, base: Meeting) -> Meeting:
    """The meeting where what reads the same as before stands as it stood before, block by block and sign by sign."""
    before = {item.id: item.body for item in base.items()}

    def kept(item: AgendaItem) -> AgendaItem:
        body = before.get(item.id, ())
        parts = tuple(kept(part) for part in item.parts)
        return item.model_copy(update={"body": body if settled(body) == item.body else item.body, "parts": parts})

    preamble = base.preamble if settled(base.preamble) == meeting.preamble else meeting.preamble
    return meeting.model_copy(update={"agenda": tuple(kept(item) for item in meeting.agenda), "preamble": preamble})


def _text_field(block: Block) -> str:
    return next((name for name in _TEXTS if isinstance(getattr(block, name, None), str)), "")


def _cleaned(block: Block) -> Block:
    name = _text_field(block)
    return block.model_copy(update={name: clean(getattr(block, name))}) if name else block
