"""A network's report to a meeting, filed beforehand and heard there."""

from collections.abc import Callable
from datetime import date

from atbtst_cli.documents.edition import scribe_for
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _, words
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Block, Meeting, TextBlock
from atbtst_cli.models.problems import made
from atbtst_cli.models.report import Report
from atbtst_cli.rules.reports import filed
from atbtst_cli.sheet.grammar import COMMENT
from atbtst_cli.views.meetings import citation


def file(
    meeting_id: str, network_id: str, text: str, *, by: str | None, today: date
) -> Callable[[Council], Change[Report]]:
    """File a network's report for a meeting, in the place of an earlier one; Refused once the meeting is held."""

    def act(council: Council) -> Change[Report]:
        meeting = council.meetings[meeting_id]
        body = Directory(council, meeting.date).body(network_id)
        refuse_late(meeting)
        if not text.strip():
            raise UsageError(_("The report is empty."), _("Write a few lines, and save them."))
        report = made(
            Report,
            id=f"{meeting_id}/{network_id}",
            meeting=meeting_id,
            network=network_id,
            date=today,
            by=by,
            text=text.strip(),
        )
        path = f"{council.paths['meetings', meeting_id].rpartition('/')[0]}/report-{network_id}.yaml"
        subject = f"report({body}): {meeting_id}"
        return Change(report, subject, "", (("Meeting", meeting_id),), {path: report})

    return act


def begun(council: Council, meeting: Meeting, network_id: str) -> str:
    """The text that a convenor gets in the editor: what is filed already, and reminders that are not read."""
    known = council.reports.get(f"{meeting.id}/{network_id}")
    said = words(council.settings.language).DOCUMENT
    title = f"{Directory(council, meeting.date).body(network_id)} → {citation(council, meeting)}"
    comments = [f"{COMMENT} {line}" for line in (title, *said.report_reminder)]
    return "\n".join([*comments, "", known.text if known else "", ""])


def refuse_late(meeting: Meeting) -> None:
    """Refused for a meeting that was held: what was minuted there is history."""
    if meeting.held:
        raise Refused(
            _("The meeting {id} was held on {date}; a report filed now would not be heard there.").format(
                id=meeting.id, date=meeting.held.date
            ),
            _("File it for the next meeting: atbtst report file NETWORK --for MEETING"),
        )


def quoted(council: Council, meeting: Meeting) -> Meeting:
    """The meeting with each report that was filed quoted under its network, where nothing is said yet."""
    reports = filed(council, meeting)
    agenda = tuple(_with_report(item, council, meeting, reports) for item in meeting.agenda)
    return meeting.model_copy(update={"agenda": agenda})


def _with_report(item: AgendaItem, council: Council, meeting: Meeting, reports: dict[str, Report]) -> AgendaItem:
    parts = tuple(_with_report(part, council, meeting, reports) for part in item.parts)
    report = reports.get(item.network or "")
    body = (_quote(report, council, meeting),) if report and not item.body else item.body
    return item.model_copy(update={"parts": parts, "body": body})


def _quote(report: Report, council: Council, meeting: Meeting) -> Block:
    said = words(council.settings.language).DOCUMENT
    # The words go into both editions, so they name nobody whom the public may not see.
    scribe = scribe_for(meeting, council, "public")
    by = scribe.council.reports[report.id].by
    who = scribe.name(by) if by else ""
    head = said.report_of.format(date=report.date, name=who) if who else said.report.format(date=report.date)
    lines = [head, "", *report.text.strip().split("\n")]
    return TextBlock(text="\n".join(f"> {line}".rstrip() for line in lines))
