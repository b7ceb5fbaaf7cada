"""Which matter each agenda item of minutes is about: the one it was made for, one that a line names, or a new one."""

from collections.abc import Callable, Iterable
from textwrap import shorten

from atbtst_cli.acts.desk import Desk
from atbtst_cli.language import _
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import AgendaItem, AnswerBlock, Block, MatterBlock, Meeting, ReferralBlock
from atbtst_cli.rules import matters
from atbtst_cli.sheet.vocabulary import example

LINES = (MatterBlock, ReferralBlock, AnswerBlock)
"""The blocks that say which matter an agenda item is about, or make one."""
LONGEST = 100
"""The characters of a title that is taken from the words of a line."""


def placed(desk: Desk, draw: Callable[[], str]) -> Meeting:
    """The minutes with the matter of each agenda item; ``draw`` gives the id of one that an item makes."""
    if _speaks(desk.meeting.preamble):
        message = _("a line about a matter stands before the first agenda item, and does nothing")
        desk.warn("no-agenda-item", message, _("Write it under the agenda item that it belongs to."))
    agenda = tuple(_placed(desk, draw, item, None) for item in desk.meeting.agenda)
    return desk.meeting.model_copy(update={"agenda": agenda})


def _placed(desk: Desk, draw: Callable[[], str], item: AgendaItem, above: str | None) -> AgendaItem:
    matter = _about(desk, item)
    if matter is None and above is None:
        matter = _answered(desk, item) or _new(desk, draw, item)
    parts = tuple(_placed(desk, draw, part, matter or above) for part in item.parts)
    changed = matter != item.matter and _source(item) == item.matter
    if matter:
        _warn_of_internal(desk, item, matter)
    return item.model_copy(update={"matter": matter, "from_": None if changed else item.from_, "parts": parts})


def _about(desk: Desk, item: AgendaItem) -> str | None:
    """The matter that an item has; what was typed for it goes, or changes, with the lines that said so."""
    earlier, named = desk.earlier.get(item.id), next(iter(matters.named(item)), None)
    if item.matter is None or (earlier and named and item.matter in matters.named(earlier)[:1]):
        return named
    kept = item.from_ is not None or earlier is None or _keeps(desk, item, item.matter, earlier)
    return item.matter if kept else named


def _keeps(desk: Desk, item: AgendaItem, matter_id: str, earlier: AgendaItem) -> bool:
    """Whether an item stays about its matter: no line of it had said so, or one still does, or would make it anew."""
    named, matter = matters.named(item), desk.matter(matter_id)
    if matter and matter.origin == desk.raised_in(item):
        return matter_id in named or (not named and _makes(desk, item) is not None)
    if matter_id in matters.named(earlier)[:1]:
        return matter_id in named
    return _speaks(item.body) or not _speaks(earlier.body)


def _speaks(body: Iterable[Block]) -> bool:
    return any(isinstance(block, LINES) for block in body)


def _source(item: AgendaItem) -> str | None:
    """The record that brought an agenda item."""
    return item.from_.partition("/")[0] if item.from_ else None


def _answered(desk: Desk, item: AgendaItem) -> str | None:
    """The matter of an item that has an answer and does not say to what: the one of which an answer is awaited."""
    block = next((block for block in item.body if isinstance(block, AnswerBlock)), None)
    if block is None:
        return None
    waiting = ((one.id, desk.awaited(one, block.answer)) for one in desk.council.matters.values())
    awaited = [key for key, sent in waiting if sent and not desk.is_own(sent.sent)]
    if len(awaited) == 1:
        return awaited[0]
    message = _("“{title}” has an answer from {body}, and several matters wait for one: {candidates}")
    if not awaited:
        message = _("“{title}” has an answer from {body}, but nothing that {sender} sent there waits for one")
    candidates = ", ".join(f"{key} ({desk.names.title(key)})" for key in awaited)
    body, sender = desk.name(block.answer), desk.name(desk.bodies[0])
    message = message.format(title=item.title, body=body, sender=sender, candidates=candidates)
    desk.warn("which-matter", message, _("Say which, in a line before it: {line}").format(line=example("matter")))
    return None


def _new(desk: Desk, draw: Callable[[], str], item: AgendaItem) -> str | None:
    """A new matter of an item that is sent out and is about none so far; it is raised by whoever sends it."""
    block = _makes(desk, item)
    if block is None:
        return None
    new = Matter(
        id=draw(),
        title=title(item, block),
        network=raiser(desk, item, block.referral),
        raised=desk.meeting.date,
        origin=desk.raised_in(item),
        internal=item.id in desk.meeting.internal_ids(),
    )
    desk.now[new.id] = new
    return new.id


def _makes(desk: Desk, item: AgendaItem) -> ReferralBlock | None:
    """The line that makes a new matter of an item: the first that sends it to another body than who raises it."""
    lines = (block for block in item.body if isinstance(block, ReferralBlock))
    return next((block for block in lines if raiser(desk, item, block.referral) != block.referral), None)


def raiser(desk: Desk, item: AgendaItem, to: str) -> str:
    """Who raises a question: the body that meets, or the network that takes it up with that body in its report."""
    return item.network if item.network and to in desk.bodies else desk.bodies[0]


def title(item: AgendaItem, block: ReferralBlock) -> str:
    """What a new matter is called: as its question of the day; else by the words of the line that sends it."""
    words = " ".join(block.text.split())
    return item.title if item.is_question or not words else shorten(words, LONGEST, placeholder=" …")


def _warn_of_internal(desk: Desk, item: AgendaItem, matter_id: str) -> None:
    matter = desk.matter(matter_id)
    if matter and matter.internal and item.id not in desk.meeting.internal_ids():
        message = _("{id} is internal, but the agenda item “{title}” is not").format(id=matter_id, title=item.title)
        hint = _("Write {example} after the title if it is to stay out of public documents.")
        desk.warn("internal-matter", message, hint.format(example=example("internal_title")))
