"""Rules on matters and their sendings: who may send where, who decides, what answers; and on papers."""

from collections.abc import Iterator
from datetime import date

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.matter import Answer, Matter, Referral, Sent, Step
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.rules import carry, matters
from atbtst_cli.rules.checks.layout import Field
from atbtst_cli.rules.checks.rule import Index, Key, Problem, Rule
from atbtst_cli.rules.seats import holders
from atbtst_cli.rules.succession import heir


def sending_not_allowed(index: Index) -> Iterator[Problem]:
    """A body sends matters where its record allows it, and never to itself."""
    for key, way, one in _referrals(index):
        if one.from_ in index.council.networks and not matters.may_send(index.council, one.from_, one.to):
            message = _("{body} does not send matters to {receiver}").format(body=one.from_, receiver=one.to)
            hint = _("Correct the sending, or say under refers_to in the body's file to whom it sends.")
            yield Problem(key, message, (*way, "to"), hint)


def sent_from_elsewhere(index: Index) -> Iterator[Problem]:
    """A matter is sent on by who has it: who was sent it, or who raised it, or who goes on for them."""
    for key, matter in index.each(Matter):
        for way, one in _ways(matter):
            parent = matter.referral(one.parent) if one.parent else None
            if one.parent and parent is None:
                continue  # the parent that is not there has a finding of its own
            had = parent.to if parent else matter.network
            if one.from_ not in _bodies(index.council, had, one.sent.date):
                message = _("{body} sends it, and it lay with {other}").format(body=one.from_, other=had)
                yield Problem(key, message, (*way, "from"), _("Correct who sends it, or which sending it continues."))


def continues_later(index: Index) -> Iterator[Problem]:
    """A sending continues one that stands before it, so that no way goes round in a circle."""
    for key, matter in index.each(Matter):
        order = [one.id for one in matter.referrals]
        for place, (way, one) in enumerate(_ways(matter)):
            if one.parent in order[place:]:
                message = _("{sending} continues {other}, which does not stand before it")
                message = message.format(sending=one.id, other=one.parent)
                yield Problem(key, message, (*way, "parent"), _("Name the sending by which the sender had got it."))


def answered_and_withdrawn(index: Index) -> Iterator[Problem]:
    """A sending ends once: it is answered, or it is taken back."""
    for key, way, one in _referrals(index):
        if one.answer and one.withdrawn:
            message = _("the sending was answered {date}, and was withdrawn {other}")
            message = message.format(date=one.answer.date, other=one.withdrawn.date)
            yield Problem(key, message, (*way, "withdrawn"), _("Take out one of the two."))


def closed_while_sent(index: Index) -> Iterator[Problem]:
    """A closed matter waits for no answer."""
    for key, matter in index.each(Matter):
        for way, one in _ways(matter) if matter.closed else ():
            if one.waits:
                message = _("the matter is closed, and {body} has not answered it").format(body=one.to)
                yield Problem(key, message, way, _("Say when it was answered or withdrawn, or open the matter again."))


def continues_ended(index: Index) -> Iterator[Problem]:
    """Once a sending is answered or withdrawn, nothing that continues it waits: the matter lies in one place."""
    for key, matter in index.each(Matter):
        for way, one in _ways(matter):
            parent = matter.referral(one.parent) if one.parent else None
            if one.waits and parent and (end := parent.answer or parent.withdrawn):
                message = _("{body} is to answer it, though what it continues, {sending}, ended on {date}")
                message = message.format(body=one.to, sending=parent.id, date=end.date)
                hint = _("Say when it was answered or withdrawn, or take out that {sending} has ended.")
                yield Problem(key, message, way, hint.format(sending=parent.id))


def not_the_convenor(index: Index) -> Iterator[Problem]:
    """Who sends a matter on behalf of a seat held it that day: a network's convenor decides what goes to the council.

    The organisation from 2021.
    """
    for key, way, one in _referrals(index):
        seat, by = one.sent.on_behalf_of, one.sent.by
        if not isinstance(by, str) or seat not in index.seats:
            continue
        body, _slash, place = seat.partition("/")
        if by not in {holder.member for holder in holders(index.council, body, place, one.sent.date)}:
            message = _("{member} did not hold {seat} on {date}, when the matter was sent")
            message = message.format(member=by, seat=seat, date=one.sent.date)
            yield Problem(key, message, (*way, "sent", "by"), _("Name who held it then, or correct the seat's dates."))


def decided_elsewhere(index: Index) -> Iterator[Problem]:
    """What was decided or done with a matter at a meeting was so at a meeting of the body that did it."""
    for key, way, one in _referrals(index):
        for step, name, ref, bodies in _at_meetings(index.council, one):
            meeting = index.council.meetings.get(ref.partition("/")[0])
            if meeting is None:
                continue
            mine = {heir for body in bodies for heir in _bodies(index.council, body, meeting.date)}
            if mine.isdisjoint(carry.bodies(meeting)):
                message = _("{ref} is of a meeting of {other}, not of {body}")
                message = message.format(ref=ref, other=meeting.network, body=bodies[0])
                yield Problem(key, message, (*way, step, name), _("Correct it, or take it out."))


def paper_missing(index: Index) -> Iterator[Problem]:
    """A paper that an agenda item or a matter lists lies in the papers' folder beside the record."""
    for key, way, name in _papers(index):
        if name not in index.council.papers.get(key, ()):
            message = _("there is no paper {name} beside the record").format(name=name)
            yield Problem(key, message, way, _("Put it back into the folder papers, or take its name out."))


def internal_matter_shown(index: Index) -> Iterator[Problem]:
    """An agenda item about an internal matter is internal too; approved minutes stay as they are."""
    for key, meeting in index.each(Meeting):
        internal = meeting.internal_ids()
        for way, part in index.parts[key[1]] if not meeting.approval else ():
            if not isinstance(part, AgendaItem) or part.id in internal:
                continue
            for named in sorted(matters.about(part)):
                matter = index.council.matters.get(named)
                if matter and matter.internal:
                    message = _("{matter} is internal, and the agenda item about it is not").format(matter=named)
                    yield Problem(key, message, way, _("Mark the agenda item as internal, or the matter as public."))


def _papers(index: Index) -> Iterator[tuple[Key, Field, str]]:
    for key, matter in index.each(Matter):
        yield from ((key, ("papers", place), name) for place, name in enumerate(matter.papers))
    for key, _meeting in index.each(Meeting):
        for way, part in index.parts[key[1]]:
            for place, name in enumerate(part.papers if isinstance(part, AgendaItem) else ()):
                yield key, (*way, "papers", place), name


def _referrals(index: Index) -> Iterator[tuple[Key, Field, Referral]]:
    """Every sending of the matters to judge, with its matter and the way to it."""
    return ((key, way, one) for key, matter in index.each(Matter) for way, one in _ways(matter))


def _ways(matter: Matter) -> Iterator[tuple[Field, Referral]]:
    return ((("referrals", place), one) for place, one in enumerate(matter.referrals))


def _bodies(council: Council, body: str, on: date) -> set[str]:
    """The body, and who goes on for it on that day."""
    return {body, heir(council, body, on)}


def _at_meetings(council: Council, one: Referral) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """What a sending names of meetings: by which step and key, and the bodies to which it can belong.

    What an instance outside the council has answered is minuted by who had sent it.
    """
    answers = one.to if one.to in council.networks else one.from_
    steps: tuple[tuple[str, Step | None, str], ...] = (
        ("sent", one.sent, one.from_),
        ("answer", one.answer, answers),
        ("withdrawn", one.withdrawn, one.from_),
    )
    for name, step, body in steps:
        if isinstance(step, Sent | Answer) and step.decision:
            yield name, "decision", step.decision, (body,)
        if step and step.at:
            yield name, "at", step.at, (body, one.from_, one.to)


RULES = (
    Rule("sending-not-allowed", "warning", frozenset(("matters", "networks")), sending_not_allowed),
    Rule("sent-from-elsewhere", "warning", frozenset(("matters", "networks")), sent_from_elsewhere),
    Rule("continues-later", "error", frozenset(("matters",)), continues_later),
    Rule("answered-and-withdrawn", "error", frozenset(("matters",)), answered_and_withdrawn),
    Rule("closed-while-sent", "warning", frozenset(("matters",)), closed_while_sent),
    Rule("continues-ended", "warning", frozenset(("matters",)), continues_ended),
    Rule("not-the-convenor", "warning", frozenset(("matters", "networks")), not_the_convenor),
    Rule("decided-elsewhere", "warning", frozenset(("matters", "meetings", "networks")), decided_elsewhere),
    Rule("internal-matter-shown", "warning", frozenset(("matters", "meetings")), internal_matter_shown),
    Rule("paper-missing", "warning", frozenset(("matters", "meetings")), paper_missing),
)
