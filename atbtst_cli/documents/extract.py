"""An extract of the minutes of one meeting: just what concerns one network, with the numbers of the whole minutes."""

from collections.abc import Callable, Iterable

from atbtst_cli.documents import frame, minutes
from atbtst_cli.documents.edition import Edition, has_internal, scribe_for
from atbtst_cli.documents.scribe import Scribe
from atbtst_cli.documents.tree import Blocks, Document, Paragraph, words
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import ActionBlock, AgendaItem, AnswerBlock, Block, MatterBlock, Meeting, ReferralBlock
from atbtst_cli.models.person import Named, Owner
from atbtst_cli.rules import matters, seats


def build(meeting: Meeting, council: Council, edition: Edition, network_id: str) -> Document | None:
    """What the minutes hold that concerns the network, in that edition; None where nothing does.

    Its report, matters it has raised, sent or been sent by then, and what its seats or those who sit there for it have
    promised. What concerns it in the minutes is found in that edition of them, so that nothing tells of what it lacks.
    """
    scribe = scribe_for(meeting, council, edition)
    ours = _Ours(scribe, network_id)
    chosen = chosen_of(scribe.meeting.agenda, ours.concerns, ours.promised)
    if not chosen:
        return None
    said, body = scribe.words, scribe.body(network_id)
    kind = said.extract_of if meeting.approval else said.extract_of_draft
    return frame.document(
        scribe,
        council.settings.document_title or said.title,
        minutes.about(scribe),
        (
            Paragraph(words(kind.format(body=body))),
            *minutes.attendance(scribe),
            *frame.sections(chosen, scribe, minutes.body),
            *_rest(chosen, scribe, body),
            *minutes.approval(scribe),
        ),
        draft=meeting.approval is None,
        internal=edition == "internal" and has_internal(meeting.model_copy(update={"agenda": chosen})),
        extract=True,
    )


def chosen_of(
    items: Iterable[AgendaItem],
    concerns: Callable[[AgendaItem], bool],
    keeps: Callable[[Block], bool] = lambda _block: False,
) -> tuple[AgendaItem, ...]:
    """The agenda items that concern somebody, whole; of any other the blocks and sub-items that do."""
    return tuple(kept for item in items if (kept := _kept(item, concerns, keeps)))


def _kept(
    item: AgendaItem, concerns: Callable[[AgendaItem], bool], keeps: Callable[[Block], bool]
) -> AgendaItem | None:
    if concerns(item):
        return item
    blocks, parts = tuple(filter(keeps, item.body)), chosen_of(item.parts, concerns, keeps)
    if not blocks and not parts:
        return None
    return item.model_copy(update={"body": blocks, "parts": parts, "matter": None})


class _Ours:
    """Knows what in the minutes of one meeting concerns a network."""

    def __init__(self, scribe: Scribe, network_id: str) -> None:
        self._scribe = scribe
        self._id = network_id
        known = (matters.as_on(one, scribe.day) for one in scribe.council.matters.values())
        self._matters = {one.id for one in known if network_id in matters.parties(one)}
        taken = [(row.person, seat) for row in scribe.meeting.attendance for seat in row.seats if self._is_ours(seat)]
        # Whoever stays unnamed has promised in the name of the seat.
        self._people = {who for person, seat in taken for who in (person, Named(name=scribe.name(seat)))}

    def concerns(self, item: AgendaItem) -> bool:
        """Whether an agenda item is the network's report, or about a matter of its."""
        return item.network == self._id or item.matter in self._matters or any(map(self._tells, item.body))

    def promised(self, block: Block) -> bool:
        """Whether a block is an action item that the network has promised."""
        return isinstance(block, ActionBlock) and any(map(self._owes, block.owners))

    def _tells(self, block: Block) -> bool:
        if isinstance(block, MatterBlock):
            return block.matter in self._matters
        if isinstance(block, ReferralBlock | AnswerBlock):
            return self._id == (block.referral if isinstance(block, ReferralBlock) else block.answer)
        return False

    def _owes(self, owner: Owner) -> bool:
        return owner in self._people or (isinstance(owner, str) and "/" in owner and self._is_ours(owner))

    def _is_ours(self, seat: str) -> bool:
        """Whether a seat is the network's, or follows one that is, as its seat in the council does."""
        steps = (seat, *seats.chain(self._scribe.council, seat))
        return any(step.partition("/")[0] == self._id for step in steps)


def _rest(chosen: tuple[AgendaItem, ...], scribe: Scribe, body: str) -> Blocks:
    """What the extract leaves out, said plainly: other items, and parts of those that are here."""
    said, whole = scribe.words, {item.id: item for item in scribe.meeting.items()}
    if chosen == scribe.meeting.agenda:
        return ()
    shown = [item for top in chosen for item in top.walk()]
    partly = [scribe.numbers[item.id] for item in shown if item.body != whole[item.id].body]
    told = said.rest_of_items.format(items=scribe.listed(partly), body=body) if partly else said.rest
    return (Paragraph(words(told)),)
