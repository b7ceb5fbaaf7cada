"""What a change of the organisation means, in words: who comes and goes, what ends and begins, what is left open."""

from collections.abc import Iterator
from datetime import date

from atbtst_cli.acts.reorganisation import Reorganisation
from atbtst_cli.acts.seats import after, before
from atbtst_cli.acts.successions import Succession
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.rules import quorum
from atbtst_cli.rules.seats import convenor, gaps, holders
from atbtst_cli.rules.succession import heir


def succession(council: Council, told: Succession) -> Iterator[str]:
    """What a succession is: who comes, who goes, what follows, and which items go along."""
    names = Directory(council, told.day)
    holder = told.holder
    seat = names.name(told.seat)
    if holder is None:
        yield _("{seat}: nobody from {date} on.").format(seat=seat, date=told.day)
    elif holder.to:
        said = _("{seat}: {member} from {date} until {end}.")
        yield said.format(seat=seat, member=names.name(holder.member), date=holder.from_ or "–", end=holder.to)
    else:
        said = _("{seat}: {member} from {date} on.")
        yield said.format(seat=seat, member=names.name(holder.member), date=holder.from_ or "–")
    for member in told.earlier:
        yield _("Last day of {member}: {date}.").format(member=names.name(member), date=before(told.day))
    yield from _empty_days(council, told)
    for reference in told.following:
        body = names.body(reference.partition("/")[0])
        yield _("{body} follows from that date: {seat}.").format(body=body, seat=reference)
    if told.with_seat:
        yield _going_along(len(told.with_seat), held=holder is not None)
    if told.own and told.given_to:
        said = ngettext(
            "{count} open action item of {names} now belongs to {owner}.",
            "{count} open action items of {names} now belong to {owner}.",
            len(told.own),
        )
        yield said.format(count=len(told.own), names=_earlier(names, told), owner=names.name(told.given_to))


def _going_along(count: int, *, held: bool) -> str:
    """What becomes of the open items that a seat owns."""
    said = (
        ngettext(
            "{count} open action item of the seat goes with it.",
            "{count} open action items of the seat go with it.",
            count,
        )
        if held
        else ngettext(
            "{count} open action item of the seat waits for whoever comes.",
            "{count} open action items of the seat wait for whoever comes.",
            count,
        )
    )
    return said.format(count=count)


def _empty_days(council: Council, told: Succession) -> Iterator[str]:
    """The days on which nobody holds the seat, just before or just after somebody who is told of."""
    network_id, _slash, seat_id = told.seat.partition("/")
    seat = council.networks[network_id].seat(seat_id)
    for one, following in gaps(seat) if seat else ():
        if one.to and following.from_ and (told.holder in (one, following) or one.to == before(told.day)):
            said = _("Nobody holds it from {first} to {last}.")
            yield said.format(first=after(one.to), last=before(following.from_))


def own(council: Council, told: Succession) -> Iterator[str]:
    """The open items that are the earlier holder's own, a line each."""
    names = Directory(council, told.day)
    said = ngettext(
        "{count} open action item is owned by {names}:",
        "{count} open action items are owned by {names}:",
        len(told.own),
    )
    yield said.format(count=len(told.own), names=_earlier(names, told))
    for item in told.own:
        yield f"  {item.id}  {item.title}"


def _earlier(names: Directory, told: Succession) -> str:
    return ", ".join(map(names.name, told.earlier))


def reorganisation(told: Reorganisation) -> Iterator[str]:
    """What a reorganisation changes in bodies and seats, whom it touches, and what is left open for whom."""
    last = before(told.day)
    for reference in told.ended:
        yield _("Ends {date}: {seat}").format(date=last, seat=_seat(told, reference, last))
    for reference in told.renamed:
        yield _("Called otherwise from {date} on: {seat}").format(date=told.day, seat=_seat(told, reference, told.day))
    for reference in told.begun:
        yield _("Begins {date}: {seat}").format(date=told.day, seat=_seat(told, reference, told.day))
    for reference, member in told.let_go:
        said = _("{member} was to take {seat} later, and does not.")
        yield said.format(member=Directory(told.now, told.day).name(member), seat=reference)
    yield from _out_of_reach(told)
    yield from _ownerless(told)
    yield from _left(told)


def _seat(told: Reorganisation, reference: str, on: date) -> str:
    """A seat with its name and whoever holds it on that day."""
    network_id, _slash, seat_id = reference.partition("/")
    seat = told.now.networks[network_id].seat(seat_id)
    names = Directory(told.now, on)
    sitting = ", ".join(names.name(one.member) for one in holders(told.now, network_id, seat_id, on))
    return f"{reference} – {seat.name(on) if seat else ''}" + (f" ({sitting})" if sitting else "")


def _out_of_reach(told: Reorganisation) -> Iterator[str]:
    """The bodies that require more seats for a decision than they have left, each with the command that changes it."""
    for body in dict.fromkeys(reference.partition("/")[0] for reference in told.ended):
        network = told.now.networks[body]
        needed = quorum.stated(network, told.day) if network.lives(told.day) else None
        left = len(quorum.counted(network, needed, told.day)) if needed else 0
        if needed and needed.count > left:
            said = _("{body} requires {needed} of {of} seats for a decision")
            yield said.format(body=network.short(told.day), needed=needed.count, of=left)
            command = f"atbtst network quorum {body} --count N --from {told.day}"
            yield "  " + _("Such as: {command}").format(command=command)


def _ownerless(told: Reorganisation) -> Iterator[str]:
    """The open items that seats own which end, each with the command that gives it to somebody else."""
    if not told.ownerless:
        return
    said = ngettext(
        "{count} open action item is owned by a seat that ends. Give it to somebody else:",
        "{count} open action items are owned by seats that end. Give them to somebody else:",
        len(told.ownerless),
    )
    yield said.format(count=len(told.ownerless))
    for item in told.ownerless:
        yield f"  {item.id}  {item.title} ({', '.join(str(owner) for owner in item.owners if owner in told.ended)})"
    heirs_seat = convenor(told.now, heir(told.now, told.body, told.day), told.day) or "OWNER"
    command = f"atbtst item edit {told.ownerless[0].id} --owner {heirs_seat}"
    yield "  " + _("Such as: {command}").format(command=command)


def _left(told: Reorganisation) -> Iterator[str]:
    """What a dissolved body leaves open, and who goes on with it."""
    names = Directory(told.now, told.day)
    for meeting in told.cancelled:
        yield _("Cancelled: {meeting}").format(meeting=meeting.id)
        if meeting.called:
            yield "  " + _("It was called on {date}. Tell those who were called: {command}").format(
                date=meeting.called.date, command=f"atbtst agenda send {meeting.id}"
            )
    for meeting in told.joint:
        yield _("Planned jointly with it, so cancel it and plan it anew: {meeting}").format(meeting=meeting.id)
    left = (
        ngettext("{count} open action item", "{count} open action items", len(told.items)).format(
            count=len(told.items)
        ),
        ngettext("{count} open matter", "{count} open matters", len(told.matters)).format(count=len(told.matters)),
    )
    counted = ", ".join(text for text, some in zip(left, (told.items, told.matters), strict=True) if some)
    if told.heirs and counted:
        yield _("{body} goes on with what is left open: {left}.").format(body=names.body(told.heirs[0]), left=counted)
    elif counted:
        command = f"atbtst network dissolve {told.body} --on {before(told.day)} --successor NETWORK"
        yield _("Nobody goes on with what is left open: {left}.").format(left=counted)
        yield "  " + _("Name who does: {command}").format(command=command)
