"""A network's report to a meeting: records/meetings/<year>/<meeting>/report-<network>.yaml, beside the meeting."""

from typing import Annotated

from pydantic import Field, StringConstraints

from atbtst_cli.models.base import SLUG, Date, MeetingId, Record, Slug, Text
from atbtst_cli.models.person import Person

ReportId = Annotated[str, StringConstraints(pattern=rf"^\d{{4}}-\d{{2}}-\d{{2}}-{SLUG}/{SLUG}$", max_length=150)]


class Report(Record):
    """What a network tells the body it reports to, filed before the meeting by its convenor."""

    id: ReportId = Field(description="The meeting's id, a slash, and the network's.")
    meeting: MeetingId = Field(
        description="The meeting it was filed for; where that is cancelled, the next one hears it."
    )
    network: Slug = Field(description="The network that reports.")
    date: Date = Field(description="The day it was filed.")
    by: Person | None = Field(None, description="Who filed it.")
    text: Text = Field(description="The report, in Markdown.")
