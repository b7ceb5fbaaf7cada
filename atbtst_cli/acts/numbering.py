"""The numbers that people cite, drawn when minutes are written: RÅD 3/2026, § 12; and what to say of their order."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from atbtst_cli.acts.sheets import Request
from atbtst_cli.documents.blocks import decision_number
from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import AgendaItem, DecisionBlock, Meeting
from atbtst_cli.rules import numbers


def numbered(council: Council, meeting: Meeting, request: Request) -> Meeting:
    """The meeting with its number and those of its decisions, drawn once; older minutes may do without."""
    number = meeting.number
    if _is_new(council, meeting) and request.number != "none":
        number = request.number or numbers.next_meeting_number(council, meeting.network, meeting.date.year)
    if number is None:
        return meeting
    first = numbers.next_decision_number(council, meeting.network, meeting.date.year, meeting)
    following = iter(range(first, 1_000_000_000))
    agenda = tuple(_with_numbers(item, following) for item in meeting.agenda)
    return meeting.model_copy(update={"number": number, "agenda": agenda})


def redrawn(council: Council, meeting: Meeting, shared: Meeting | None) -> Meeting:
    """The meeting with the numbers drawn again that it has only here, after those of all other meetings.

    ``shared`` is the meeting as others know it; what has a number there keeps it.
    """
    known = [block for _item, block in shared.blocks()] if shared else []
    kept = {block.decision for block in known if isinstance(block, DecisionBlock) and block.number}
    others = replace(council, meetings={key: one for key, one in council.meetings.items() if key != meeting.id})
    body, year = meeting.network, meeting.date.year
    number = shared.number if shared and shared.number else numbers.next_meeting_number(others, body, year)
    bare = meeting.model_copy(update={"agenda": tuple(_without_numbers(item, kept) for item in meeting.agenda)})
    following = iter(range(numbers.next_decision_number(others, body, year, bare), 1_000_000_000))
    agenda = tuple(_with_numbers(item, following) for item in bare.agenda)
    return meeting.model_copy(update={"number": number, "agenda": agenda})


def _without_numbers(item: AgendaItem, kept: Collection[str]) -> AgendaItem:
    body = tuple(
        block.model_copy(update={"number": None})
        if isinstance(block, DecisionBlock) and block.decision not in kept
        else block
        for block in item.body
    )
    return item.model_copy(update={"body": body, "parts": tuple(_without_numbers(part, kept) for part in item.parts)})


def _is_new(council: Council, meeting: Meeting) -> bool:
    """Whether the meeting is put down as held now, without a number so far."""
    known = council.meetings.get(meeting.id)
    return meeting.number is None and not (known and known.held)


def day_ahead(council: Council, meeting: Meeting, today: date) -> Iterator[Finding]:
    """A warning where the meeting that is put down as held now is on a day that has not come yet."""
    if meeting.date > today and _is_new(council, meeting):
        message = _("the meeting's day, {date}, has not come yet; today is {today}")
        hint = _(
            "Another day is given in the text's title, or with --date. For minutes that are saved already: keep their "
            "text with {show}, then take them back with {revert}"
        )
        yield Finding(
            "day-ahead",
            "warning",
            message.format(date=meeting.date, today=today),
            hint=hint.format(revert="atbtst undo", show=f"atbtst minutes show {meeting.id} --sheet > text.md"),
        )


def numbered_late(council: Council, meeting: Meeting, request: Request) -> Iterator[Finding]:
    """A warning where the number that is drawn now is higher than that of a later meeting."""
    later = numbers.first_later(council, meeting.network, meeting.date)
    if later and request.number is None and _is_new(council, meeting):
        number = numbers.next_meeting_number(council, meeting.network, meeting.date.year)
        message = _("the meeting of {day} becomes number {number}, though number {other} was held later, on {date}")
        yield Finding(
            "number-order",
            "warning",
            message.format(day=meeting.date, number=number, other=later.number, date=later.date),
            hint=_("Numbers follow the order of minuting. Another one: --number N; none: --number none."),
        )


def _with_numbers(item: AgendaItem, following: Iterator[int]) -> AgendaItem:
    body = tuple(
        block.model_copy(update={"number": next(following)})
        if isinstance(block, DecisionBlock) and block.number is None
        else block
        for block in item.body
    )
    return item.model_copy(update={"body": body, "parts": tuple(_with_numbers(part, following) for part in item.parts)})


def cited(block: DecisionBlock) -> str:
    """What people call a decision: Decision § 3, or Decision alone before it has a number."""
    return " ".join((_("Decision"), decision_number(block))).rstrip()
