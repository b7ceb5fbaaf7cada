"""The way of a matter between meetings: sent on, answered, taken back; each is one change, checked before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from atbtst_cli import naming
from atbtst_cli.acts.matters import Doing, MatterAct, awaited, given, noted, refuse_gone, saved, still_open
from atbtst_cli.errors import AtbtstError, Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.matter import Answer, Matter, Referral, Sent, Withdrawn
from atbtst_cli.models.meeting import Role
from atbtst_cli.models.network import Network
from atbtst_cli.models.problems import made
from atbtst_cli.rules import carry, matters
from atbtst_cli.rules.matters import Decider
from atbtst_cli.rules.succession import estate, heir
from atbtst_cli.views import matters as view


@dataclass(frozen=True, slots=True)
class Sending:
    """What is said of a sending; without a receiver it goes to the body to which the sender reports.

    One that goes ``upwards`` comes from a network, and never from the council.
    """

    to: str | None
    from_: str | None = None
    role: Role = "decision"
    text: str | None = None
    decision: str | None = None
    upwards: bool = False


def send(matter: str, sending: Sending, *, doing: Doing) -> MatterAct:
    """Send a matter on from a body that has it, as the bodies' records allow.

    Where a convenor decides that it goes up to the council, it is by that convenor, on behalf of their body.
    """

    def act(council: Council) -> Change[Matter]:
        known = still_open(council, matter)
        if doing.day < known.raised:
            raise _early(_("{id} was raised on {since}, and {date} is before that."), known, known.raised, doing.day)
        sender = _sender(council, known, sending, doing.day)
        refuse_gone(council, sender, doing.day)
        receiver = _receiver(council, known, sender, sending, doing.day)
        _refuse_receiver(council, known, sender, receiver, doing.day)
        by, behalf = _by(council, sender.id, receiver, doing)
        decision = _decision(council, sending.decision, sender.id, doing.day)
        step = made(Sent, date=doing.day, by=by, on_behalf_of=behalf, decision=decision)
        told = noted(council, known, sending.text, doing) if sending.text is not None else known
        ours = estate(council, sender.id, doing.day)
        new = matters.sent(told, sender.id, receiver, sending.role, step, heir_of=ours)
        return saved(council, new, "escalate" if sending.upwards else "refer", doing, sending.text)

    return act


def answer(matter: str, from_: str, *, text: str | None, decision: str | None, doing: Doing) -> MatterAct:
    """Answer the sending that waits with a body or instance, with a decision or in words."""

    def act(council: Council) -> Change[Matter]:
        known = still_open(council, matter)
        if text is None and decision is None:
            raise UsageError(
                _("The answer says nothing."), _("Write it in words, or name the decision with --decision.")
            )
        one = _waiting(council, known, naming.body_id(council, from_, doing.day), doing.day)
        _refuse_before_sent(known, one, doing.day)
        if onwards := [other.to for other in known.referrals if other.waits and other.parent == one.id]:
            raise awaited(council, known, onwards[-1], doing.day)
        step = made(
            Answer,
            date=doing.day,
            by=doing.who(council) if doing.by is not None else None,
            decision=_decision(council, decision, one.to if one.to in council.networks else one.from_, doing.day),
            text=given(text),
        )
        return saved(council, matters.answered(known, one.id, step), "answer", doing, text)

    return act


def withdraw(matter: str, *, to: str | None, reason: str | None, doing: Doing) -> MatterAct:
    """Take back the last sending that waits, or the one to a receiver, with all that continues it."""

    def act(council: Council) -> Change[Matter]:
        known = still_open(council, matter)
        named = _answering(council, naming.body_id(council, to, doing.day), doing.day) if to is not None else None
        referral = _taken_back(known, named)
        if referral is None:
            raise Refused(
                _("There is no sending of {id} to take back.").format(id=known.id),
                _("See: {command}").format(command=f"atbtst matter show {known.id}"),
            )
        _refuse_before_sent(known, referral, doing.day)
        step = made(Withdrawn, date=doing.day, by=doing.who(council), reason=given(reason))
        return saved(council, matters.withdrawn(known, referral.id, step), "withdraw", doing, reason)

    return act


def _refuse_before_sent(matter: Matter, referral: Referral, day: date) -> None:
    if day < referral.sent.date:
        said = _("{id} was sent on {since}, and {date} is before that.")
        raise _early(said, matter, referral.sent.date, day)


def _early(said: str, matter: Matter, since: date, day: date) -> UsageError:
    return UsageError(said.format(id=matter.id, since=since, date=day), _("Give that day or a later one."))


# -- from whom ---------------------------------------------------------------------------------------------------------


def _sender(council: Council, matter: Matter, sending: Sending, day: date) -> Network:
    """The body that sends: the one that is named, if it has the matter, else the one with which it lies."""
    if sending.from_ is not None:
        named = naming.network(council, sending.from_, day)
        if named.id not in _having(council, matter, day):
            raise Refused(
                _("{id} does not lie with {body}, but with {others}.").format(
                    id=matter.id, body=named.short(day), others=view.lies_with(council, matter, day)
                ),
                _("See: {command}").format(command=f"atbtst matter show {matter.id}"),
            )
        return named
    ours = (heir(council, body, day) for body in matters.bodies(matter) if body in council.networks)
    where = (naming.network(council, body, day) for body in ours)
    fit = {body.id: body for body in where if body.kind == "network" or not sending.upwards}
    if len(fit) != 1:
        raise _not_one(council, matter, list(fit), day)
    return next(iter(fit.values()))


def _having(council: Council, matter: Matter, day: date) -> dict[str, None]:
    """The bodies that have the matter on that day: who raised it, then who was sent it and has not answered."""
    bodies = (matter.network, *(one.to for one in matter.referrals if one.waits))
    return {heir(council, body, day): None for body in bodies if body in council.networks}


def _not_one(council: Council, matter: Matter, senders: Sequence[str], day: date) -> AtbtstError:
    """That it is not plain which body sends: several could, or none with which it lies."""
    where = view.lies_with(council, matter, day)
    if senders:
        said = _("{id} lies with several bodies: {bodies}.")
        hint = _("Say which of them sends it: {command}")
    else:
        said = _("{id} lies with {bodies} already.")
        hint = _("The body that had it last sends it to another one with: {command}")
    last = [*_having(council, matter, day), *senders][-1]
    command = f"atbtst matter refer {matter.id} --from {last} --to BODY"
    return Refused(said.format(id=matter.id, bodies=where), hint.format(command=command))


def _by(council: Council, sender: str, receiver: str, doing: Doing) -> tuple[str | None, str | None]:
    """Who sends it, and on behalf of which seat; Refused where it is a convenor's to decide and another one is named.

    Whoever is at the keyboard may write down what the convenor has decided; Git's author tells who that was.
    """
    decider = matters.decider(council, sender, receiver, doing.day)
    who = doing.who(council)
    if decider is None or who in decider.members:
        return who, decider and decider.seat
    _refuse_other(council, sender, receiver, decider, doing)
    return decider.members[0], decider.seat


def _refuse_other(council: Council, sender: str, receiver: str, decider: Decider, doing: Doing) -> None:
    """Refuse where nobody convenes the sender, and where somebody else is named as who has decided."""
    names = Directory(council, doing.day)
    facts = {"body": names.body(sender), "receiver": names.body(receiver), "date": doing.day}
    if not decider.members:
        _body, _slash, seat = decider.seat.partition("/")
        raise Refused(
            _("{body} has no convenor on {date}, who decides what goes to {receiver}.").format(**facts),
            _("Appoint one with: {command}").format(
                command=f"atbtst network appoint {sender} {seat} {_('MEMBER')} --from {doing.day}"
            ),
        )
    if doing.by is not None:
        facts |= {"name": names.name(doing.who(council) or ""), "convenor": ", ".join(map(names.name, decider.members))}
        raise Refused(
            _("{name} is not the convenor of {body} on {date}; that is {convenor}.").format(**facts),
            _("{convenor} decides what goes to {receiver}: without --by it is recorded so.").format(**facts),
        )


# -- to whom -----------------------------------------------------------------------------------------------------------


def _receiver(council: Council, matter: Matter, sender: Network, sending: Sending, day: date) -> str:
    above = heir(council, sender.reports_to, day) if sender.reports_to else None
    receiver = naming.body_id(council, sending.to, day) if sending.to is not None else above
    if receiver is None:
        raise UsageError(
            _("{body} reports to no other body.").format(body=sender.short(day)),
            _("Say where the matter goes with --to, such as --to RÅD."),
        )
    if sending.upwards and receiver not in council.networks:
        raise UsageError(
            _("{body} is outside the council.").format(body=view.name(council, receiver, day)),
            _("Send it there with: {command}").format(command=f"atbtst matter refer {matter.id} --to {receiver}"),
        )
    return receiver


def _refuse_receiver(council: Council, matter: Matter, sender: Network, receiver: str, day: date) -> None:
    names = {"body": sender.short(day), "receiver": view.name(council, receiver, day)}
    if sender.id == receiver:
        raise Refused(_("{body} does not send matters to itself.").format(**names))
    if receiver in council.networks:
        refuse_gone(council, naming.network(council, receiver, day), day)
    if not matters.may_send(council, sender.id, receiver):
        raise Refused(
            _("{body} does not send matters to {receiver}, but to: {others}.").format(
                **names, others=", ".join(view.name(council, body, day) for body in sender.refers_to)
            ),
            _("Who may send where stands under refers_to in {path}.").format(
                path=council.paths.get(("networks", sender.id), "")
            ),
        )
    if known := matters.received(matter, receiver):
        asked = matters.received(matter, *estate(council, sender.id, day))
        hint = _("Take that back with: {command}").format(command=f"atbtst matter withdraw {matter.id} --to {receiver}")
        if asked and asked.from_ == receiver:
            command = f'atbtst matter answer {matter.id} --from {sender.id} "…"'
            hint = _("It goes back there with its answer: {command}").format(command=command)
        said = _("{id} was sent to {receiver} on {date} and waits there.")
        raise Refused(said.format(**names, id=matter.id, date=known.sent.date), hint)


def _answering(council: Council, body: str, day: date) -> frozenset[str]:
    """The bodies for which one answers, or the instance itself."""
    return estate(council, body, day) if body in council.networks else frozenset((body,))


def _waiting(council: Council, matter: Matter, body: str, day: date) -> Referral:
    """The sending to a body, or one that it goes on for, that waits for its answer."""
    ours = _answering(council, body, day)
    if found := matters.received(matter, *ours):
        return found
    said = _("Nothing of {id} waits for an answer from {body}.")
    if any(one.to in ours and one.role == "information" for one in matter.referrals):
        said = _("{body} got {id} for information, and owes no answer.")
    raise Refused(
        said.format(id=matter.id, body=view.name(council, body, day)),
        _("It lies with {bodies}. See: {command}").format(
            bodies=view.lies_with(council, matter, day), command=f"atbtst matter show {matter.id}"
        ),
    )


def _taken_back(matter: Matter, receivers: Collection[str] | None) -> Referral | None:
    """The last sending that can be taken back; what was sent for information only by naming who got it."""
    if receivers is None:
        return next((one for one in reversed(matter.referrals) if one.waits), None)
    sendings = (one for one in reversed(matter.referrals) if one.to in receivers)
    return next((one for one in sendings if not one.answer and not one.withdrawn), None)


def _decision(council: Council, text: str | None, body: str, day: date) -> str | None:
    """The decision that a text names; Refused where it is not the body's, nor that of who goes on for it."""
    if text is None:
        return None
    found = naming.decision(council, text, day, body)
    meeting = council.meetings[found.partition("/")[0]]
    if {body, heir(council, body, day)}.isdisjoint(carry.bodies(meeting)):
        names = Directory(council, day)
        raise Refused(
            _("{decision} is no decision of {body}.").format(decision=names.cited(found), body=names.body(body)),
            _("See: {command}").format(command=f"atbtst decision list --network {body}"),
        )
    return found
