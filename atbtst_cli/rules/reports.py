"""Which networks report to a meeting, and what they have filed."""

from collections.abc import Iterator

from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.network import Standing
from atbtst_cli.models.report import Report
from atbtst_cli.rules.carry import bodies, held
from atbtst_cli.rules.succession import estate


def reporting(council: Council, meeting: Meeting) -> tuple[str, ...]:
    """The networks that report to the meeting: those of its bodies' standing agenda, then those that report to them.

    The council hears a report from each network (a standing item of its agenda); a dissolved body has none to give.
    """
    found: dict[str, None] = {}
    for body in bodies(meeting):
        network = council.networks.get(body)
        found |= dict.fromkeys(_standing(network.standing if network else ()))
        ours = estate(council, body, meeting.date)
        found |= dict.fromkeys(key for key, one in council.networks.items() if one.reports_to in ours)
    living = (key for key in found if key in council.networks and council.networks[key].lives(meeting.date))
    return tuple(key for key in living if key not in bodies(meeting))


def _standing(entries: tuple[Standing, ...]) -> Iterator[str]:
    for entry in entries:
        if entry.network:
            yield entry.network
        yield from _standing(entry.parts)


def filed(council: Council, meeting: Meeting) -> dict[str, Report]:
    """The report of each network that has filed one for the meeting, by network.

    A cancelled meeting's reports go with the next: where a network filed for several since the body last met, the
    latest counts.
    """
    heard = [report for one in _stands_for(council, meeting) for report in _of(council, one)]
    return {report.network: report for report in heard}


def _of(council: Council, meeting: Meeting) -> Iterator[Report]:
    found = (council.reports.get(f"{meeting.id}/{network}") for network in council.networks)
    return (report for report in found if report is not None)


def _stands_for(council: Council, meeting: Meeting) -> list[Meeting]:
    """The meetings whose reports this one hears: those cancelled since the body last met, then itself."""
    last = max((one.date for one in held(council, meeting.network) if one.date < meeting.date), default=None)
    cancelled = [
        one
        for one in council.meetings.values()
        if one.cancelled
        and one.network == meeting.network
        and one.date < meeting.date
        and (last is None or one.date > last)
    ]
    return [*sorted(cancelled, key=lambda one: (one.date, one.id)), meeting]
