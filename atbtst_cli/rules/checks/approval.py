"""Rules on approved minutes."""

from collections.abc import Iterator

from atbtst_cli.language import _
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import seals
from atbtst_cli.rules.checks.rule import Index, Problem, Rule


def seal_broken(index: Index) -> Iterator[Problem]:
    """Approved minutes are what was approved, until an amendment opens them."""
    for key, meeting in index.each(Meeting):
        if meeting.approval and not seals.holds(meeting):
            message = _("the minutes are not what was approved on {date}").format(date=meeting.approval.date)
            hint = _("See what was changed with: {verify}   Approved minutes are changed with: {edit}").format(
                verify=f"atbtst minutes verify {meeting.id}",
                edit=f'atbtst minutes edit {meeting.id} --reason "{_("why")}"',
            )
            yield Problem(key, message, ("approval", "sealed", "record"), hint)


RULES = (Rule("seal-broken", "error", frozenset(("meetings",)), seal_broken),)
