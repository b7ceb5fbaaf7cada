"""What a body requires for a decision, from a day on."""

from collections.abc import Callable, Sequence
from datetime import date

from atbtst_cli import naming
from atbtst_cli.acts.seats import before
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.network import Network, Quorum
from atbtst_cli.rules.quorum import counted
from atbtst_cli.views.quorum import told


def state(
    network: str, count: int | None, named: Sequence[str], since: date, today: date
) -> Callable[[Council], Change[str]]:
    """Let a body require so many seats for a decision from a day on, of those named or of all; without a count, none.

    What it required before ends the day before; what it was to require later is taken back.
    """

    def act(council: Council) -> Change[str]:
        body = naming.network(council, network, today)
        wanted = () if count is None else (_quorum(council, body, count, named, since),)
        quorum = body.quorum if _says_so(body, wanted, since) else (*_before(body, since), *wanted)
        after = body.model_copy(update={"quorum": quorum})
        said = f"{body.short(since)}: {told(after, wanted[0], since) if wanted else _no_more(since)}"
        records = {council.paths["networks", body.id]: after}
        return Change(said, f"network(quorum): {said}", "", (("Network", body.id),), records)

    return act


def _no_more(since: date) -> str:
    return _("no number of seats is required for a decision from {date}").format(date=since)


def _quorum(council: Council, body: Network, count: int, named: Sequence[str], since: date) -> Quorum:
    """The quorum; UsageError where so many seats cannot be taken on its first day."""
    seats = tuple(dict.fromkeys(_seat(council, body, text, since) for text in named))
    wanted = Quorum(count=count, seats=seats, from_=since)
    there = len(counted(body, wanted, since))
    if count > there:
        raise UsageError(
            _("{count} seats can never be taken: {body} has {of} that count on {date}.").format(
                count=count, body=body.short(since), of=there, date=since
            ),
            _("See: {command}").format(command=f"atbtst network show {body.id}"),
        )
    return wanted


def _seat(council: Council, body: Network, text: str, since: date) -> str:
    """The id of the body's seat that a text names, by its id, its name, or as body/seat."""
    reference = naming.seat(council, text if "/" in text else f"{body.id}/{text}", since)
    network_id, _slash, seat_id = reference.partition("/")
    seat = body.seat(seat_id) if network_id == body.id else None
    if seat is None or not seat.holds(since):
        raise UsageError(
            _("{seat} is no seat of {body} on {date}.").format(seat=reference, body=body.short(since), date=since),
            _("See: {command}").format(command=f"atbtst network show {body.id}"),
        )
    return seat_id


def _before(body: Network, since: date) -> tuple[Quorum, ...]:
    """What the body requires until the day before, as it stands."""
    last = before(since)
    kept = (one for one in body.quorum if one.from_ is None or one.from_ < since)
    return tuple(one if one.to and one.to <= last else one.model_copy(update={"to": last}) for one in kept)


def _says_so(body: Network, wanted: tuple[Quorum, ...], since: date) -> bool:
    """Whether the body requires that very thing from that day on already, for good."""
    lasting = [one for one in body.quorum if one.to is None or one.to >= since]
    same = [(one.count, one.seats) for one in lasting] == [(one.count, one.seats) for one in wanted]
    return same and all(one.holds(since) and one.to is None for one in lasting)
