"""What a correction of minutes starts from: the matters without what these minutes did to them, as far as it can go."""

from collections.abc import Collection, Iterator, Mapping

from atbtst_cli.acts.desk import Desk
from atbtst_cli.language import _
from atbtst_cli.models.item import Origin
from atbtst_cli.models.matter import Answer, Matter, Referral, Sent, Step
from atbtst_cli.models.meeting import DecisionBlock, Meeting
from atbtst_cli.rules import matters
from atbtst_cli.rules.said import Said


def take_back(desk: Desk, placed: Meeting, lines: Collection[Said]) -> None:
    """Take back the steps that the earlier version of the minutes took, so that their lines can be followed anew.

    A step that later ones build on stays; it is named where the lines do not say it any more.
    """
    about = {key for item in placed.items() for key in matters.about(item)}
    for key in sorted({key for item in desk.earlier.values() for key in matters.about(item)}):
        matter = desk.matter(key)
        if matter is not None:
            kept = [one for one in lines if one.matter == key]
            matter = _without_sendings(desk, _without_answers(desk, _reopened(desk, matter), kept), kept)
            desk.now[key] = None if key not in about and _is_nothing_more(desk, matter) else matter


def _reopened(desk: Desk, matter: Matter) -> Matter:
    """The matter before these minutes closed it; what they still say closes it again."""
    return matter.model_copy(update={"closed": None}) if desk.is_own(matter.closed) else matter


def _without_answers(desk: Desk, matter: Matter, kept: Collection[Said]) -> Matter:
    said = {(desk.place(one.item), body) for one in kept for body in one.answers}
    settled = {desk.place(one.item) for one in kept if one.settling(desk.bodies)}
    gone = set()
    for one in matter.referrals:
        if one.answer and desk.is_own(one.answer):
            again = one.answer.at in settled if one.answer.decision else (one.answer.at, one.to) in said
            if not any(_since_answer(desk, matter, one)):
                gone.add(one.id)
            elif not again:
                _warn_of_stay(desk, matter, one)
    return _waiting_again(desk, matter, gone) if gone else matter


def _since_answer(desk: Desk, matter: Matter, answered: Referral) -> Iterator[bool]:
    """Whether something was done since by who got the answer: sent on, closed, or taken up at a meeting."""
    day, source = desk.meeting.date, f"{matter.id}/{answered.id}"
    yield bool(matter.closed)
    for one in matter.referrals:
        yield one.from_ == answered.from_ and one.sent.date >= day and one != answered and not desk.is_own(one.sent)
    for meeting in desk.council.meetings.values():
        later = meeting.held and (meeting.date, meeting.id) > (day, desk.meeting.id)
        yield bool(later) and any(item.from_ == source for item in meeting.items())


def _waiting_again(desk: Desk, matter: Matter, answers: Collection[str]) -> Matter:
    """The matter without those answers, and with what had been taken back for their sake."""

    def waiting(one: Referral) -> Referral:
        answer = None if one.id in answers else one.answer
        return one.model_copy(
            update={"answer": answer, "withdrawn": None if desk.is_own(one.withdrawn) else one.withdrawn}
        )

    return matter.model_copy(update={"referrals": tuple(map(waiting, matter.referrals))})


def _without_sendings(desk: Desk, matter: Matter, kept: Collection[Said]) -> Matter:
    """The matter without what these minutes sent; the last one goes first."""
    still = {(desk.place(one.item), block.referral) for one in kept for block, _decision in one.sendings}
    for one in reversed(matter.referrals):
        if desk.is_own(one.sent):
            if not (one.answer or one.withdrawn or any(other.parent == one.id for other in matter.referrals)):
                left = tuple(other for other in matter.referrals if other.id != one.id)
                matter = matter.model_copy(update={"referrals": left})
            elif (one.sent.at, one.to) not in still:
                _warn_of_stay(desk, matter, one)
    return matter


def _warn_of_stay(desk: Desk, matter: Matter, one: Referral) -> None:
    message = _("{id} has gone on since it was sent to {receiver} here, so that sending stays on record")
    if desk.is_own(one.answer):
        message = _("{id} has gone on since {sender} was answered here, so that answer stays on record")
    sender, receiver = desk.name(one.from_), desk.name(one.to)
    desk.warn("built-on", message.format(id=matter.id, sender=sender, receiver=receiver), see=matter)


def _is_nothing_more(desk: Desk, matter: Matter) -> bool:
    """Whether a matter that these minutes made is nothing more than what they have taken back."""
    ours = matter.origin is not None and matter.origin.meeting == desk.meeting.id
    if not ours or matter.referrals or matter.log or matter.papers or matter.closed:
        return False
    others = (one for one in desk.council.meetings.values() if one.id != desk.meeting.id)
    items = (item for item in desk.council.items.values() if item.matter == matter.id)
    named = any(matter.id in matters.about(item) for one in others for item in one.items())
    return not named and all(item.origin and item.origin.meeting == desk.meeting.id for item in items)


def let_go(desk: Desk, matter: Matter) -> Matter:
    """The matter without what it names of these minutes that they do not have any more.

    A step on which later ones build stays all the same; an answer keeps the words of the decision that it was.
    """
    now = dict(_named(desk.meeting))
    gone = {name: words for name, words in _named(desk.before) if name not in now}
    referrals = tuple(_let_go(one, gone) for one in matter.referrals)
    origin = matter.origin
    if origin and f"{origin.meeting}/{origin.agenda_item}" in gone:
        origin = Origin(meeting=origin.meeting)
    return matter.model_copy(update={"referrals": referrals, "origin": origin})


def _let_go(referral: Referral, gone: Mapping[str, str]) -> Referral:
    answer = referral.answer
    if answer and answer.decision and answer.decision in gone:
        answer = answer.model_copy(update={"text": answer.text or gone[answer.decision] or None})
    steps = {"sent": referral.sent, "answer": answer, "withdrawn": referral.withdrawn}
    return referral.model_copy(update={name: step and _without(step, gone) for name, step in steps.items()})


def _without(step: Step, gone: Collection[str]) -> Step:
    names = ("at", "decision") if isinstance(step, Sent | Answer) else ("at",)
    return step.model_copy(update={name: None for name in names if getattr(step, name) in gone})


def _named(meeting: Meeting | None) -> Iterator[tuple[str, str]]:
    """What a matter can name of minutes, an agenda item or a decision, with the words of the decision."""
    if meeting is None:
        return
    for item in meeting.items():
        yield f"{meeting.id}/{item.id}", ""
    for _item, block in meeting.blocks():
        if isinstance(block, DecisionBlock):
            yield f"{meeting.id}/{block.decision}", block.text
