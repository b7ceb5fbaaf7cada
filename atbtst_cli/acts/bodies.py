"""How the council is built anew: a body is added, dissolved or renamed, each in one change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from atbtst_cli import naming
from atbtst_cli.acts import meetings
from atbtst_cli.acts.reorganisation import (
    OPTIONS,
    BodyAct,
    Reorganisation,
    chairs,
    named,
    refuse_absent,
    refuse_changes_later,
    reorganised,
    seat_convenor,
    superior,
)
from atbtst_cli.acts.seats import Bodies, after, end
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.base import DatedName, name_on
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Network, Seat, Standing
from atbtst_cli.models.problems import changed, made
from atbtst_cli.rules import carry, matters
from atbtst_cli.rules.seats import followers
from atbtst_cli.rules.succession import heir


def add(
    network_id: str, *, name: str, short: str | None, since: date, kind: str, predecessors: Sequence[str], today: date
) -> BodyAct:
    """Add a body that is there from a day on, as one of the successors of others where they are named.

    Its standing agenda and whom it reports to are those of its first predecessor, else of another body of its kind; a
    network begins with a convenor's seat, and the council with a seat that follows it.
    """

    def act(council: Council) -> Change[Reorganisation]:
        _refuse_known(council, (network_id, name, short or ""), "", today)
        bodies = Bodies(council)
        earlier = [naming.network(council, text, today) for text in dict.fromkeys(predecessors)]
        model = next(iter([*earlier, *_siblings(council, kind, since)]), None)
        called = made(DatedName, OPTIONS, from_=since, name=_line(name), short=_line(short or "") or None)
        seats = _first_seats(kind, earlier[:1], since)
        bodies.put(_new(network_id, kind, called, seats, model))
        for one in earlier:
            bodies.put(_with(bodies[one.id], "successors", network_id))
            _succeed_as_receiver(bodies, one.id, network_id)
        _enter_above(bodies, network_id)
        seat_convenor(bodies, network_id, since, chair=any(chairs(council, one.id) for one in earlier))
        return reorganised(council, bodies, network_id, since, "add")

    return act


def _new(network_id: str, kind: str, name: DatedName, seats: tuple[Seat, ...], model: Network | None) -> Network:
    """A new body, with what it takes over from another one."""
    taken_over = ("standing", "reports_to", "refers_to") if model else ()
    return made(
        Network,
        OPTIONS,
        id=network_id,
        kind=kind,
        names=(name,),
        founded=name.from_,
        seats=seats,
        **{field: getattr(model, field) for field in taken_over},
    )


def _first_seats(kind: str, earlier: Sequence[Network], since: date) -> tuple[Seat, ...]:
    """A network's convenor's seat; a council's seats that follow others are those of the one before."""
    if kind == "network":
        return (Seat(id="convenor", kind="convenor", names=(DatedName(name=_("Convenor")),)),)
    seats = (seat for network in earlier for seat in network.seats if seat.follows and not seat.to)
    return tuple(seat.model_copy(update={"from_": since}) for seat in seats)


def _succeed_as_receiver(bodies: Bodies, earlier: str, network_id: str) -> None:
    """Let whoever may send matters to a body send them to its successor too."""
    for network in bodies.council().networks.values():
        if earlier in network.refers_to:
            bodies.put(_with(network, "refers_to", network_id))


def _siblings(council: Council, kind: str, on: date) -> list[Network]:
    """The bodies of that kind on that day, those that report to another one first."""
    alike = (network for network in council.networks.values() if network.kind == kind and network.lives(on))
    return sorted(alike, key=lambda network: network.reports_to is None)


def _enter_above(bodies: Bodies, network_id: str) -> None:
    """Let the body to which a new one reports ask for its reports, and send it matters."""
    network = bodies[network_id]
    above = superior(bodies, network_id, network.founded or date.min)
    if above is None:
        return
    report = Standing(title=network.names[0].short or network.names[0].name, network=network_id)
    standing = tuple(
        entry.model_copy(update={"parts": (*entry.parts, report)}) if entry.kind == "reports" else entry
        for entry in above.standing
    )
    known = _with(above, "refers_to", network_id) if above.refers_to else above
    bodies.put(known.model_copy(update={"standing": standing}))


def _with(network: Network, field: str, network_id: str) -> Network:
    """The body with one more in a list of bodies, once."""
    return network.model_copy(update={field: tuple(dict.fromkeys((*getattr(network, field), network_id)))})


def dissolve(network: str, *, last: date, successors: Sequence[str], cancel: bool, today: date) -> BodyAct:
    """Let a day be a body's last one; its first successor goes on with what it leaves open.

    Refused where it meets later, unless the meetings to come are to be cancelled. Said again it names successors.
    """

    def act(council: Council) -> Change[Reorganisation]:
        known = naming.network(council, network, today)
        _refuse_other_day(known, last)
        heirs = _heirs(council, known, successors, last, today)
        coming = _coming(council, known, last, cancel=cancel)
        bodies = Bodies(council)
        bodies.put(_dissolved(known, last, heirs))
        _refuse_circle(bodies.council(), known.id)
        for seat in known.seats:
            end(bodies, f"{known.id}/{seat.id}", last)
        change = reorganised(council, bodies, known.id, after(last), "dissolve")
        reason = _("{body} is dissolved on {date}.").format(body=known.short(last), date=last)
        for meeting in coming:
            change = change.joined(meetings.cancel(meeting.id, reason=reason, today=today)(council))
        items, lying = _left_open(council, known.id)
        later = (one for one in council.meetings.values() if one.is_coming(after(last)))
        joint = tuple(one for one in later if known.id in one.with_)
        answer = replace(change.answer, items=items, matters=lying, heirs=heirs, cancelled=tuple(coming), joint=joint)
        return replace(change, answer=answer)

    return act


def _refuse_other_day(network: Network, last: date) -> None:
    """Refuse another last day than the one that the body has already."""
    if network.dissolved and network.dissolved != last:
        raise Refused(
            _("{body} is dissolved on {date}.").format(body=network.id, date=network.dissolved),
            _("Name successors with that day: --on {date}.").format(date=network.dissolved),
        )


def _dissolved(network: Network, last: date, heirs: tuple[str, ...]) -> Network:
    if not network.dissolved:
        refuse_changes_later(network, last)
    names = (name if name.to and name.to <= last else name.model_copy(update={"to": last}) for name in network.names)
    return changed(network, dissolved=last, names=tuple(names), successors=heirs)


def _heirs(council: Council, network: Network, successors: Sequence[str], last: date, today: date) -> tuple[str, ...]:
    """The successors named now, then those named before; Refused where the first is not there on the day after."""
    named = [naming.network(council, text, today).id for text in successors]
    for one in named or network.successors[:1]:
        body = council.networks.get(one)
        if body is None or one == network.id or not body.lives(after(last)):
            command = f"atbtst network add ID --name NAME --from {after(last)} --after {network.id}"
            said = _("{body} is not there on {date}, so it cannot go on with anything.")
            raise Refused(
                said.format(body=one, date=after(last)),
                _("Name another one; a new one is added with: {command}").format(command=command),
            )
    return tuple(dict.fromkeys((*named, *network.successors)))


def _refuse_circle(council: Council, network_id: str) -> None:
    """Refuse successors of whom each goes on for the other, so that nobody would in the end."""
    end = council.networks[heir(council, network_id, date.max)]
    if end.dissolved and end.successors:
        raise Refused(
            _("{body} is dissolved too, and {other} goes on for it.").format(body=end.id, other=end.successors[0]),
            _("Name a successor that stays."),
        )


def _coming(council: Council, network: Network, last: date, *, cancel: bool) -> list[Meeting]:
    """The meetings that the body was to lead after its last day; Refused for those held, or not to be cancelled."""
    later = (one for one in council.meetings.values() if one.network == network.id and one.date > last)
    standing = sorted((one for one in later if not one.cancelled), key=lambda one: (one.date, one.id))
    if held := [one.id for one in standing if one.held]:
        raise Refused(
            _("{body} has met after {date}: {names}.").format(body=network.id, date=last, names=", ".join(held)),
            _("Give a later day with --on."),
        )
    if standing and not cancel:
        ways = "\n".join(f'  atbtst meeting cancel {one.id} --reason "…"' for one in standing)
        raise Refused(
            _("{body} has meetings planned after {date}.").format(body=network.id, date=last),
            _("Cancel them in the same step with --cancel-meetings, or one by one:") + "\n" + ways,
        )
    return standing


def _left_open(council: Council, network_id: str) -> tuple[tuple[ActionItem, ...], tuple[Matter, ...]]:
    """The open items that the body follows up, and the open matters that lie with it."""
    items = tuple(item for item in carry.open_items(council, network_id) if item.network == network_id)
    return items, tuple(matters.lying(council, network_id))


def rename(network: str, *, name: str | None, short: str | None, since: date, today: date) -> BodyAct:
    """Give a body another name from a day on; the day before is the last one of the name it had.

    What is left out of the two stays. Seats that follow the body's are called after its new name too.
    """

    def act(council: Council) -> Change[Reorganisation]:
        known = naming.network(council, network, today)
        _refuse_known(council, (name or "", short or ""), known.id, today)
        refuse_absent(known, since)
        old = name_on(known.names, since)
        full, said = _line(name or "") or old.name, _line(short or "") or old.short
        bodies = Bodies(council)
        bodies.put(known.model_copy(update={"names": named(known.id, known.names, since, full, said)}))
        _rename_followers(bodies, council, known.id, since)
        return reorganised(council, bodies, known.id, since, "rename")

    return act


def _rename_followers(bodies: Bodies, council: Council, network_id: str, since: date) -> None:
    """Let the seats that follow the body's, and whose name has the body's in it, be called after its new name."""
    old, new = (name_on(one.names, since) for one in (council.networks[network_id], bodies[network_id]))
    pairs = [(one, other) for one, other in ((old.name, new.name), (old.short, new.short)) if one and other]

    def become(reference: str, seat: Seat) -> Seat:
        name = name_on(seat.names, since)
        text = next((name.name.replace(one, other) for one, other in pairs if one in name.name), name.name)
        names = named(reference, seat.names, since, text, name.short)
        return seat.model_copy(update={"names": names}) if seat.holds(since) else seat

    for seat in council.networks[network_id].seats:
        for reference in followers(council, f"{network_id}/{seat.id}"):
            bodies.move(reference, partial(become, reference))


def _refuse_known(council: Council, names: Sequence[str], network_id: str, today: date) -> None:
    """Refuse to be called nothing, or something by which people call another body or an instance."""
    if not any(map(_line, names)):
        raise UsageError(_("No name is given."), _("Give it with --name, and a short one with --short."))
    directory = Directory(council, today)
    for name in filter(None, map(_line, names)):
        known = {*directory.instance(name), *({name} & set(council.networks))} - {network_id}
        if known:
            raise Refused(
                _("{name} is the name of {other} already.").format(name=name, other=", ".join(sorted(known))),
                _("Choose another one, so that it is clear who is meant."),
            )


def _line(text: str) -> str:
    return " ".join(text.split())
