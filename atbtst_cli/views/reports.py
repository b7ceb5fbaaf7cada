"""The reports of networks as people look at them: who has filed, who has not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.report import Report
from atbtst_cli.rules import reports, seats


@dataclass(frozen=True, slots=True)
class Line:
    """A network that reports to a meeting, its convenor, and its report if it has filed one."""

    network: str
    name: str
    convenor: str
    report: Report | None

    def cells(self) -> tuple[str, ...]:
        """Network, convenor, and when the report was filed."""
        filed = _("filed {date}").format(date=self.report.date) if self.report else _("missing")
        return self.name, self.convenor or "–", filed


def filed(council: Council, meeting: Meeting) -> list[Line]:
    """The networks that report to the meeting, those whose report is missing first."""
    known = reports.filed(council, meeting)
    directory = Directory(council, meeting.date)
    lines = [
        Line(
            key,
            directory.body(key),
            ", ".join(map(directory.name, _convenors(council, key, meeting.date))),
            known.get(key),
        )
        for key in reports.reporting(council, meeting)
    ]
    return sorted(lines, key=lambda line: line.report is not None)


def _convenors(council: Council, network_id: str, on: date) -> list[str]:
    """Who convenes a network on that day."""
    places = (seat.id for seat in council.networks[network_id].seats if seat.kind == "convenor")
    return [holder.member for place in places for holder in seats.holders(council, network_id, place, on)]


def data(meeting: Meeting, lines: list[Line], today: date) -> dict[str, Any]:
    """The same for programs."""
    return {
        "meeting": meeting.id,
        "days_left": (meeting.date - today).days,
        "networks": [
            {"network": line.network, "filed": line.report.date.isoformat() if line.report else None} for line in lines
        ],
    }
