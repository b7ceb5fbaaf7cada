"""What minutes did to matters, in words: for the secretary, and for the commit."""

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Referral
from atbtst_cli.models.meeting import DecisionBlock, Meeting
from atbtst_cli.rules.matters import Event
from atbtst_cli.rules.succession import heir
from atbtst_cli.views.matters import name, roles


def in_words(council: Council, meeting: Meeting, event: Event) -> str:
    """What became of a matter, to whom it went, and on whose agenda it stands next."""
    matter, sent = event.matter, event.referral
    facts = {"id": matter.id, "title": matter.title}
    if sent:
        sender, receiver = (name(council, body, meeting.date) for body in (sent.from_, sent.to))
        facts |= {"sender": sender, "receiver": receiver, "role": roles()[sent.role]}
    said = {
        "raised": _("New matter {id}: {title}"),
        "heard": _("Answer from {receiver}: {title} ({id})"),
        "sent": _("Sent from {sender} to {receiver} {role}: {title} ({id})"),
        "answered": _("{decision} answers {sender}: {title} ({id})"),
        "closed": _("Matter closed: {title} ({id})"),
        "unsent": _("Taken back by the correction: sent from {sender} to {receiver}: {title} ({id})"),
        "unanswered": _("Taken back by the correction: the answer of {receiver} to {sender}: {title} ({id})"),
        "unraised": _("Taken back by the correction: the matter {title} ({id})"),
    }[event.kind]
    text = said.format(**facts, decision=_decision(meeting, sent))
    following = _next(event)
    if following is None or following not in council.networks:
        return text
    body = name(council, heir(council, following, meeting.date), meeting.date)
    return text + _("; it stands on the next agenda of {body}").format(body=body)


def _decision(meeting: Meeting, sent: Referral | None) -> str:
    """The decision that answers a sending, by its number."""
    decision = sent.answer.decision if sent and sent.answer else None
    for _item, block in meeting.blocks():
        if isinstance(block, DecisionBlock) and f"{meeting.id}/{block.decision}" == decision and block.number:
            return f"{_('Decision')} § {block.number}"
    return _("Decision")


def _next(event: Event) -> str | None:
    """The body or instance that hears of the matter next by what was done; none where it is closed."""
    sent = event.referral
    if sent is None or (event.matter.closed and sent.role != "information"):
        return None
    return {"sent": sent.to, "answered": sent.from_}.get(event.kind)
