"""What taking a change back means, in words: what it changes, who changed it since, what becomes of numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from atbtst_cli.language import _
from atbtst_cli.models.base import Record
from atbtst_cli.models.council import Council
from atbtst_cli.models.differences import Difference, differences
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules import numbers
from atbtst_cli.rules.merging import Clash
from atbtst_cli.store.history import Step
from atbtst_cli.store.layout import key_of
from atbtst_cli.views import wording
from atbtst_cli.views.changes import Changed, Changes
from atbtst_cli.views.meetings import citation

CONTACT = (("email",), ("phone",), ("mailing_list",))
"""The fields whose values stand in the records and nowhere else."""


def lines(changes: Changes, council: Council, on: date, *, without_contact: bool = False) -> Iterator[str]:
    """What a change does to each record, and beside them; what belongs to one record is indented.

    Of an address or a number it is told only that it changed where it is to be ``without_contact`` data.
    """
    told = replace(changes, records=tuple(map(_without_contact, changes.records))) if without_contact else changes
    for depth, text in wording.outline(wording.records(told, council, Directory(council, on))):
        yield "  " * depth + text


def _without_contact(one: Changed) -> Changed:
    kept = tuple(
        replace(found, before=None, after="…") if found.way[:1] in CONTACT else found for found in one.differences
    )
    return replace(one, differences=kept)


def clash(
    path: str, record: Record | Settings | None, found: Clash, council: Council, on: date
) -> Iterator[tuple[Difference, str]]:
    """Each thing that says now something else than what a command wrote in a record, and both in words."""
    kind, record_id = key_of(path) or ("", path)
    names = Directory(council, on)
    told = (Difference(found.way, found.base, found.mine),) if found.way else differences(found.base, found.mine)
    for one in told:
        changed = Changed(kind, record_id, path, record, record, (one,))
        yield one, f"{wording.called(changed, council, names)}: {'; '.join(wording.lines(changed, names))}"


def who(step: Step) -> str:
    """Who made a commit, and when."""
    return _("{author}, {date}, commit {commit}").format(**{**step, "commit": step["commit"][:10]})


def freed(now: Council, changed: Iterable[Changed]) -> Iterator[str]:
    """What becomes of the numbers of meetings that are not held any more."""
    for one in changed:
        before = one.before
        if not isinstance(before, Meeting) or before.number is None or getattr(one.after, "number", None) is not None:
            continue
        said = _("{number} stays unused, because later minutes have theirs already.")
        if numbers.next_meeting_number(now, before.network, before.date.year) <= before.number:
            said = _("{number} is free again; the next minutes of that year get it.")
        yield said.format(number=citation(now, before))
