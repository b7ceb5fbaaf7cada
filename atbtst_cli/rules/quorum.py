"""Whether enough seats were taken for a decision to hold; only bodies that state a quorum are asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Attendance, DecisionBlock, Meeting
from atbtst_cli.models.network import Network, Quorum
from atbtst_cli.rules import carry
from atbtst_cli.rules.presence import moments, partly, seated, taken


@dataclass(frozen=True, slots=True)
class Held:
    """How a decision stands to the quorum of a body: seats taken, of how many, and how many are needed.

    ``taken`` is None where nobody at all is put down in the attendance. ``partly`` are those of the seats taken whose
    people were there for a part of the meeting only, as a note says; they are counted.
    """

    body: str
    taken: int | None
    of: int
    needed: int
    partly: int = 0

    @property
    def holds(self) -> bool | None:
        """Whether the decision holds; None where it is not known who was there."""
        return None if self.taken is None else self.taken >= self.needed


def of(council: Council, meeting: Meeting) -> dict[str, tuple[Held, ...]]:
    """For each decision by its id, such as d-1, how it stands to the quorum of each body that met and states one.

    Read from this meeting and the networks as of its day, so that it comes out the same however life goes on.
    Nothing where none of the bodies states a quorum.
    """
    bodies = list(_stated(council, meeting))
    if not bodies:
        return {}
    whole = meeting.model_copy(update={"attendance": seated(council, meeting)})
    return {
        block.decision: tuple(_held(whole, there, network, quorum) for network, quorum in bodies)
        for block, there in moments(whole)
        if isinstance(block, DecisionBlock)
    }


def stated(network: Network, on: date) -> Quorum | None:
    """The quorum that the body states for that day."""
    return next((quorum for quorum in network.quorum if quorum.holds(on)), None)


def counted(network: Network, quorum: Quorum, on: date) -> frozenset[str]:
    """The seats that the quorum counts on that day, such as rad/ron-at: those it names, else all but guests' seats."""
    return frozenset(
        f"{network.id}/{seat.id}"
        for seat in network.seats
        if seat.holds(on) and (seat.id in quorum.seats if quorum.seats else seat.kind != "guest")
    )


def _stated(council: Council, meeting: Meeting) -> Iterator[tuple[Network, Quorum]]:
    for body in carry.bodies(meeting):
        network = council.networks.get(body)
        quorum = stated(network, meeting.date) if network else None
        if network and quorum:
            yield network, quorum


def _held(meeting: Meeting, there: tuple[Attendance, ...], network: Network, quorum: Quorum) -> Held:
    seats = counted(network, quorum, meeting.date)
    filled = {seat: rows for seat, rows in taken(there).items() if seat in seats}
    uncertain = sum(all(map(partly, rows)) for rows in filled.values())
    known = len(filled) if meeting.attendance else None
    return Held(network.id, known, len(seats), quorum.count, uncertain)
