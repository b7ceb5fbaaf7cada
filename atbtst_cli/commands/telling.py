"""What a run says it understood of a sheet, in the workspace's language."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from atbtst_cli.acts.minutes import Understood
from atbtst_cli.acts.numbering import cited
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import ActionBlock, DecisionBlock, Due, Meeting, NextTimeBlock
from atbtst_cli.output import Output
from atbtst_cli.rules.carry import Carried, undecided
from atbtst_cli.views.meetings import citation, times
from atbtst_cli.views.travel import in_words

if TYPE_CHECKING:
    from atbtst_cli.commands.session import Session
    from atbtst_cli.store.transaction import Done
    from atbtst_cli.store.workspace import Workspace


def tell(output: Output, council: Council, told: Understood) -> None:
    """Print the meeting, its agenda items, decisions, actions, next time and next meeting, then what was noticed."""
    meeting = told.meeting
    output.say(
        f"{citation(council, meeting)}  {meeting.date} {times(meeting)}  {meeting.place or ''}".rstrip(), "strong"
    )
    directory = Directory(council, meeting.date)
    for text in (
        *_counts(meeting),
        *_decisions(meeting),
        *_actions(meeting, directory),
        *_closed(told),
        *(in_words(council, meeting, event) for event in told.events),
        *_approved(council, told),
        *_next(meeting),
        *_left(council, told),
    ):
        output.say("  " + text)
    output.findings(sorted(told.findings, key=lambda finding: (finding.line, finding.column)))


def tell_saved(session: "Session", workspace: "Workspace", done: "Done[Understood]") -> None:
    """Print where the documents are, and the commit."""
    if done.commit is None:
        session.output.say(_("Nothing changed: the record says so already."))
        return
    documents = [path for path in done.paths if path.endswith(".pdf")]
    for path in documents:
        session.output.say(_("Documents: {path} (also .html and .md)").format(path=workspace.root / path), "good")
    session.say_commit(done)
    meeting = done.answer.meeting
    if meeting.amendments and not meeting.approval:
        said = _("They are a draft again. Approve them anew with: {command}")
        session.output.say(said.format(command=f"atbtst minutes approve {meeting.id} --by {_('MEMBER')}"))


def _counts(meeting: Meeting) -> Iterator[str]:
    agenda, parts = len(meeting.agenda), sum(len(item.parts) for item in meeting.agenda)
    text = ngettext("{count} agenda item", "{count} agenda items", agenda).format(count=agenda)
    if parts:
        text += ngettext(", {count} sub-item", ", {count} sub-items", parts).format(count=parts)
    yield text
    counts: Counter[str] = Counter(one.status for one in meeting.attendance)
    statuses = {
        "present": _("{count} present"),
        "guest": ngettext("{count} guest", "{count} guests", counts["guest"]),
        "excused": _("{count} excused"),
        "absent": _("{count} absent"),
    }
    if counts:
        yield ", ".join(said.format(count=counts[status]) for status, said in statuses.items() if counts[status])


def _decisions(meeting: Meeting) -> Iterator[str]:
    for _item, block in meeting.blocks():
        if isinstance(block, DecisionBlock):
            yield f"{cited(block)}: {' '.join(block.text.split())}"


def _actions(meeting: Meeting, directory: Directory) -> Iterator[str]:
    for _item, block in meeting.blocks():
        if isinstance(block, ActionBlock):
            who = ", ".join(map(directory.name, block.owners)) or _("nobody named")
            yield _("Action {id}: {text} – {who}, {due}").format(
                id=block.action, text=" ".join(block.text.split()), who=who, due=_when(block.due)
            )


def _when(due: Due | None) -> str:
    if due is None:
        return _("no due date")
    return _("due at the next meeting") if due == "next" else _("due {date}").format(date=due)


def _closed(told: Understood) -> Iterator[str]:
    for item in told.closed:
        yield _("Closed {id}: {title}").format(id=item.id, title=item.title)


def _approved(council: Council, told: Understood) -> Iterator[str]:
    for meeting in told.approved:
        yield _("Approved {id}: the minutes of {meeting}").format(id=meeting.id, meeting=citation(council, meeting))


def _next(meeting: Meeting) -> Iterator[str]:
    for _item, block in meeting.blocks():
        if isinstance(block, NextTimeBlock):
            yield _("Next time: {text}").format(text=" ".join(block.text.split()))
    coming = meeting.next_meeting
    if coming:
        worked_out = _(" (the year was worked out)") if coming.inferred else ""
        when = f"{coming.date or '?'} {coming.start.strftime('%H.%M') if coming.start else ''}".strip()
        yield _("Next meeting: {when}{worked_out}").format(when=when, worked_out=worked_out)


def _left(council: Council, told: Understood) -> Iterator[str]:
    """What the meeting has left open, what will happen to it, and the meeting to which it comes."""
    meeting = told.meeting
    if told.next.new:
        yield _("Planned: {meeting}").format(meeting=told.next.new.id)
    said = {
        "deferred": _("Put off: {title} – comes back at {when}"),
        "not_reached": _("Not reached: {title} – comes back at {when}"),
    }
    for thing in told.left:
        if thing.rule in said:
            yield said[thing.rule].format(title=thing.title, when=_comes_back(council, told, thing))
    for thing in told.passed:
        text = _("Due, but not in the minutes: {title} – comes back at {when}")
        yield text.format(title=thing.title, when=_comes_back(council, told, thing))
    if titles := [item.title for item in undecided(meeting)]:
        text = _("Talked about, with nothing decided or promised, so it does not come back by itself: {titles}")
        yield text.format(titles="; ".join(titles))


def _comes_back(council: Council, told: Understood, thing: Carried) -> str:
    """The day on which a thing comes back, as far as it is known."""
    meeting, named = told.meeting, council.meetings.get(str(thing.until))
    if thing.until not in (None, "next") and not (named and named.date <= meeting.date):
        return str(named.date if named else thing.until)
    if thing.network != meeting.network:
        body = Directory(council, meeting.date).body(thing.network)
        return _("the next meeting of {body}").format(body=body)
    planned = told.next.new or told.next.planned
    return str(planned.date) if planned else _("the next meeting")
