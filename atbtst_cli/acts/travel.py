"""What minutes mean for matters: new ones, sendings, answers, and what is settled; all in the commit of the minutes."""

from collections.abc import Mapping
from dataclasses import dataclass

from atbtst_cli.acts import subjects
from atbtst_cli.acts.desk import Desk
from atbtst_cli.acts.ids import Draw
from atbtst_cli.acts.retraction import let_go, take_back
from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Answer, Matter, MatterClosed, Referral, Sent
from atbtst_cli.models.meeting import AgendaItem, DecisionBlock, Meeting, ReferralBlock
from atbtst_cli.rules import matters
from atbtst_cli.rules.matters import Event
from atbtst_cli.rules.said import Said, said
from atbtst_cli.sheet.vocabulary import example


@dataclass(frozen=True, slots=True)
class Travelled:
    """The minutes with the matters of their agenda items, and every matter they make, change or take back (None)."""

    meeting: Meeting
    matters: Mapping[str, Matter | None]
    events: tuple[Event, ...]
    findings: tuple[Finding, ...]


def travel(council: Council, before: Meeting | None, meeting: Meeting, seed: int) -> Travelled:
    """What the marked lines of minutes do to matters.

    Minutes that are corrected correct the steps that were taken at them, and nothing that happened since; saved as they
    were they do nothing. New matters draw their ids from the seed; an agenda item keeps its own.
    """
    if meeting == before:
        return Travelled(meeting, {}, (), ())
    desk = Desk(council, before if before and before.held else None, meeting)
    draw = Draw(seed + 2, council.matters)
    placed = subjects.placed(desk, lambda: draw("m"))
    lines = tuple(said(placed))
    take_back(desk, placed, lines)
    for one in lines:
        _follow(desk, one)
    for item in placed.items():
        _warn_of_sent_nowhere(desk, item)
    now = {key: matter and desk.in_order(let_go(desk, matter)) for key, matter in desk.now.items()}
    changed = {key: matter for key, matter in now.items() if matter != council.matters.get(key)}
    events = (event for key, matter in changed.items() for event in matters.events(council.matters.get(key), matter))
    return Travelled(placed, changed, tuple(events), tuple(desk.findings))


def _follow(desk: Desk, one: Said) -> None:
    """Do what an agenda item says of a matter: answers are heard, it is sent on, decided, closed; in that order."""
    matter = desk.matter(one.matter)
    if matter is None:
        return
    if matter.raised > desk.meeting.date:
        message = _("{id} was raised on {date}, after this meeting, which therefore does nothing to it")
        desk.warn("raised-later", message.format(id=matter.id, date=matter.raised), see=matter)
        return
    for step in (_renamed, _heard, _sent, _settled, _closed):
        matter = step(desk, matter, one)
    desk.now[one.matter] = matter


def _renamed(desk: Desk, matter: Matter, one: Said) -> Matter:
    """The matter that this item made, called as the item is corrected, and internal if that is."""
    earlier = desk.earlier.get(one.item.id)
    if matter.origin != desk.raised_in(one.item) or earlier is None or not one.sendings:
        return matter
    was = {subjects.title(earlier, block) for block in earlier.body if isinstance(block, ReferralBlock)}
    title = subjects.title(one.item, one.sendings[0][0]) if matter.title in was else matter.title
    internal = matter.internal or one.item.id in desk.meeting.internal_ids()
    return matter.model_copy(update={"title": title, "internal": internal})


# -- answers -----------------------------------------------------------------------------------------------------------


def _heard(desk: Desk, matter: Matter, one: Said) -> Matter:
    for body, text in one.answers.items():
        place = desk.place(one.item)
        known = (sent for sent in matter.referrals if sent.to == body and _is_answer(sent, place))
        sent = next(known, None) or desk.awaited(matter, body)
        if sent and sent.sent.at != place:  # what an item sends out is not answered in the same breath
            answer = Answer(date=desk.meeting.date, at=place, text=text or None)
            matter = matters.answered(matter, sent.id, answer)
        else:
            message = _("{id} waits for no answer from {body}")
            desk.warn("no-sending", message.format(id=matter.id, body=desk.name(body)), see=matter)
    return matter


def _is_answer(sent: Referral, place: str, *, by_decision: bool = False) -> bool:
    """Whether a sending was answered in that agenda item, in words or by a decision."""
    return sent.answer is not None and sent.answer.at == place and bool(sent.answer.decision) == by_decision


# -- sendings ----------------------------------------------------------------------------------------------------------


def _sent(desk: Desk, matter: Matter, one: Said) -> Matter:
    for block, decision in one.sendings:
        place = desk.place(one.item)
        sent = _known(matter, place, block.referral)
        before = _known(desk.recorded(matter), place, block.referral)
        if sent is None and before is not None:
            sent = _sent_again(desk, matter, before)
        if sent is None:
            sent = _sent_now(desk, matter, one.item, block, decision)
        else:
            step = _sending(desk, sent.from_, sent.to, place, decision)
            sent = sent.model_copy(update={"role": block.role, "sent": step})
        if sent is not None:
            matter = _with(matter, sent)
    return matter


def _sent_again(desk: Desk, matter: Matter, before: Referral) -> Referral:
    """A sending on record as it is made anew: it waits, and continues what lies with its sender now."""
    order = [one.id for one in desk.recorded(matter).referrals]
    earlier = order[: order.index(before.id)]
    then = desk.then(matter)
    there = then.model_copy(update={"referrals": tuple(one for one in then.referrals if one.id in earlier)})
    parent = matters.received(there, *desk.estate(before.from_))
    return before.model_copy(update={"parent": parent and parent.id, "answer": None, "withdrawn": None})


def _known(matter: Matter, place: str, to: str) -> Referral | None:
    """What an agenda item has sent to that body."""
    return next((sent for sent in matter.referrals if (sent.sent.at, sent.to) == (place, to)), None)


def _with(matter: Matter, sent: Referral) -> Matter:
    """The matter with that sending, in the place of the one with its id."""
    referrals = {one.id: one for one in matter.referrals} | {sent.id: sent}
    return matter.model_copy(update={"referrals": tuple(referrals.values())})


def _sent_now(
    desk: Desk, matter: Matter, item: AgendaItem, block: ReferralBlock, decision: DecisionBlock | None
) -> Referral | None:
    """A new sending, as the matter stood at the meeting, with an id that is free now; None where it is not sent."""
    from_, to = _sender(desk, matter, item, block.referral), block.referral
    if refused := _refused(desk, matter, from_, block):
        desk.warn(*refused, see=matter)
        return None
    sending = _sending(desk, from_, to, desk.place(item), decision)
    _warn_of_sending(desk, matter, from_, to, sending)
    then = matters.sent(desk.then(matter), from_, to, block.role, sending, heir_of=desk.estate(from_))
    return then.referrals[-1].model_copy(update={"id": matters.free(desk.recorded(matter), matter)})


def _sender(desk: Desk, matter: Matter, item: AgendaItem, to: str) -> str:
    """Which body sends: the one that has the matter, else the one that raised it, else the first that meets."""
    ours = [body for body in desk.bodies if body != to] or [subjects.raiser(desk, item, to)]
    then = desk.then(matter)
    has = (body for body in ours if matters.received(then, *desk.estate(body)))
    raised = (body for body in ours if matter.network in desk.estate(body))
    return next(has, None) or next(raised, ours[0])


def _sending(desk: Desk, from_: str, to: str, place: str, decision: DecisionBlock | None) -> Sent:
    """The step: by the convenor who decides that a question goes up, else by the meeting's chair."""
    decider = matters.decider(desk.council, from_, to, desk.meeting.date)
    return Sent(
        date=desk.meeting.date,
        by=next(iter(decider.members), None) if decider else desk.chair,
        at=place,
        on_behalf_of=decider.seat if decider else None,
        decision=f"{desk.meeting.id}/{decision.decision}" if decision and from_ in desk.bodies else None,
    )


def _refused(desk: Desk, matter: Matter, from_: str, block: ReferralBlock) -> tuple[str, str] | None:
    """The rule and the words for what is not sent: to oneself, after it was closed, to who has it."""
    body = desk.name(block.referral)
    if from_ == block.referral:
        return "own-body", _("{body} cannot send {id} to itself").format(body=body, id=matter.id)
    if matter.closed:
        message = _("{id} is closed since {date}, and was not sent to {body}")
        return "matter-closed", message.format(id=matter.id, date=matter.closed.date, body=body)
    then = {sent.to for sent in desk.then(matter).referrals if sent.waits} or {matter.network}
    waiting = then | {sent.to for sent in matter.referrals if sent.waits}
    if block.role != "information" and block.referral in waiting:
        return "sent-already", _("{id} lies with {body} already, and was not sent there again").format(
            id=matter.id, body=body
        )
    return None


def _warn_of_sending(desk: Desk, matter: Matter, from_: str, to: str, sending: Sent) -> None:
    """Name what is odd about a sending that is recorded all the same, because it was minuted."""
    sender, receiver = desk.name(from_), desk.name(to)
    if not matters.may_send(desk.council, from_, to):
        network = desk.council.networks.get(from_)
        allowed = ", ".join(map(desk.name, network.refers_to if network else ()))
        message = _("{sender} may not send matters to {receiver}; it was recorded as minuted")
        hint = _("By its record it may send them to: {bodies}").format(bodies=allowed)
        desk.warn("may-not-send", message.format(sender=sender, receiver=receiver), hint)
    then = desk.then(matter)
    if not matters.received(then, *desk.estate(from_)) and matter.network not in desk.estate(from_):
        message = _("{sender} sends {id} to {receiver}, but it lies with {bodies}")
        message = message.format(sender=sender, id=matter.id, receiver=receiver, bodies=_lies_with(desk, then))
        desk.warn("lies-elsewhere", message, see=matter)
    if sending.on_behalf_of and sending.by is None:
        message = _("nobody convenes {sender} on {date}, and its convenor decides what goes up to {receiver}")
        message = message.format(sender=sender, date=sending.date, receiver=receiver)
        desk.warn("no-convenor", message, _("See: {command}").format(command=f"atbtst network show {from_}"))


def _lies_with(desk: Desk, matter: Matter) -> str:
    return ", ".join(map(desk.name, matters.bodies(matter)))


def _warn_of_sent_nowhere(desk: Desk, item: AgendaItem) -> None:
    """A decision that refers the question stands, but without a line that sends it nothing goes out."""
    referred = any(isinstance(block, DecisionBlock) and block.outcome == "referred" for block in item.body)
    blocks = (block for part in item.walk() for block in part.body)
    if referred and not any(isinstance(block, ReferralBlock) for block in blocks):
        message = _("“{title}” is referred by a decision, but no line says to whom").format(title=item.title)
        hint = _("Write below the decision: {raise_}   or   {to}").format(raise_=example("raise"), to=example("to"))
        desk.warn("sent-nowhere", message, hint)


# -- what is settled ---------------------------------------------------------------------------------------------------


def _settled(desk: Desk, matter: Matter, one: Said) -> Matter:
    """The matter with who had sent it answered by the item's decision; closed by it where nobody had."""
    decision = one.settling(desk.bodies)
    if decision is None:
        return matter
    place, minuted = desk.place(one.item), f"{desk.meeting.id}/{decision.decision}"
    known = (sent for sent in matter.referrals if _is_answer(sent, place, by_decision=True))
    sent = next(known, None) or desk.received(matter)
    if sent:
        answer = Answer(date=desk.meeting.date, by=desk.chair, at=place, decision=minuted)
        return matters.answered(matter, sent.id, answer)
    if not matter.closed and matter.network in desk.here and not matters.leaves(desk.then(matter)):
        return _ended(desk, matter, one, decision=minuted)
    _warn_of_decision(desk, matter, one)
    return matter


def _warn_of_decision(desk: Desk, matter: Matter, one: Said) -> None:
    """Name a decision that answers nobody; what came for information asked for none."""
    if any(sent.to in desk.here and sent.role == "information" for sent in matter.referrals):
        return
    since = matter.closed.date if matter.closed else matters.stays(matter)[-1].since
    message = _("the decision in “{title}” answers nobody: {id} lies with {bodies} since {date}")
    if matter.closed:
        message = _("the decision in “{title}” answers nobody: {id} is closed since {date}")
    message = message.format(title=one.item.title, id=matter.id, bodies=_lies_with(desk, matter), date=since)
    desk.warn("matter-closed" if matter.closed else "lies-elsewhere", message, see=matter)


def _closed(desk: Desk, matter: Matter, one: Said) -> Matter:
    """The matter as closed by its line, or because it was raised here only to inform somebody."""
    if matter.closed:
        if one.closing and not desk.is_own(matter.closed):
            message = _("{id} is closed since {date} already").format(id=matter.id, date=matter.closed.date)
            desk.warn("matter-closed", message, see=matter)
        return matter
    if one.closing is None:
        return _ended(desk, matter, one) if one.informs and matter.origin == desk.raised_in(one.item) else matter
    waiting = {desk.name(sent.from_ if sent.to in desk.here else sent.to) for sent in matters.leaves(matter)}
    if waiting:
        message = _("{id} was closed while a sending waits for its answer ({bodies})")
        hint = _("A decision in the agenda item answers it: {decision}   or note what came: {answer}")
        hint = hint.format(decision=example("decision"), answer=example("answer"))
        desk.warn("closed-unanswered", message.format(id=matter.id, bodies=", ".join(sorted(waiting))), hint)
    return _ended(desk, matter, one, reason=one.closing.text or None)


def _ended(desk: Desk, matter: Matter, one: Said, **how: str | None) -> Matter:
    """The matter closed in that agenda item, unless it has gone on since, or was opened again."""
    known = desk.council.matters.get(matter.id)
    if desk.goes_on(matter):
        desk.warn(
            "goes-on", _("{id} has gone on since this meeting, and was not closed").format(id=matter.id), see=matter
        )
        return matter
    if known and not known.closed and _said_before(desk, one):
        return matter
    step = MatterClosed(date=desk.meeting.date, by=desk.chair, at=desk.place(one.item), **how)
    return matter.model_copy(update={"closed": step})


def _said_before(desk: Desk, one: Said) -> bool:
    """Whether an earlier version of the minutes ended the matter in that agenda item already."""
    before = said(desk.before) if desk.before else ()
    there = (old for old in before if (old.item.id, old.matter) == (one.item.id, one.matter))
    return any(old.closing or old.settling(desk.bodies) or old.informs for old in there)
