"""What is told and asked of a member who leaves: seats, promises, and what was planned with them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from atbtst_cli.commands.session import Session
from atbtst_cli.language import _, ngettext

if TYPE_CHECKING:
    from atbtst_cli.acts.leaving import Departure, Task
    from atbtst_cli.models.council import Council
    from atbtst_cli.store.transaction import Done


def ask_heir(session: Session, gone: "Departure") -> str | None:
    """Who takes over the open items, as typed at the terminal; None for nobody, and where there are none."""
    if not gone.items:
        return None
    session.output.say(_told_items(gone, "open"))
    question = _("Who takes them over? A member, or {seat}; Enter for nobody")
    seat = gone.seats[0] if gone.seats else "ron-at/convenor"
    return session.ask(question.format(seat=seat)) or None


def tell(session: Session, council: "Council", done: "Done[Departure]") -> None:
    """Print the last day, what ended with it, and what is left to be done, each with its command."""
    gone = done.answer
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=gone.member.id))
    else:
        said = _("{name} ({id}) is a member until {date}.")
        session.output.say(said.format(name=gone.member.name(gone.last), id=gone.member.id, date=gone.last), "good")
    for line in (*_seats(gone), *_items(gone), *_tasks(council, gone)):
        session.output.say(line)
    session.say_commit(done)


def _seats(gone: "Departure") -> Iterator[str]:
    if gone.seats:
        yield _("Seats left: {seats}").format(seats=", ".join(gone.seats))
    if gone.dropped:
        yield _("Seats not taken up: {seats}").format(seats=", ".join(gone.dropped))
    for seat in gone.vacant:
        command = f"atbtst network appoint {seat} {_('MEMBER')} --from {gone.next_day}"
        yield _("Nobody follows in {seat} yet: {command}").format(seat=seat, command=command)


def _items(gone: "Departure") -> Iterator[str]:
    if gone.items and gone.heir:
        yield _told_items(gone, "moved")
    elif gone.items:
        yield _told_items(gone, "open")
        seat = gone.seats[0] if gone.seats else _("WHO")
        command = f"atbtst member leave {gone.member.id} --on {gone.last} --items-to {seat}"
        yield _("Hand them over with: {command}").format(command=command)
        command = "atbtst item edit ITEM --owner WHO"
        yield _("Or one of them: {command}").format(command=command)


def _told_items(gone: "Departure", what: str) -> str:
    count = len(gone.items)
    said = {
        "open": ngettext(
            "{count} open item of {member} is still theirs:", "{count} open items of {member} are still theirs:", count
        ),
        "moved": ngettext(
            "{count} open item is now owned by {heir}:", "{count} open items are now owned by {heir}:", count
        ),
    }[what].format(count=count, member=gone.member.id, heir=gone.heir)
    return "\n".join([said, *(f"  {item.id}  {item.title}" for item in gone.items)])


def _tasks(council: "Council", gone: "Departure") -> Iterator[str]:
    for task in gone.tasks:
        yield _task(council, task)


def _task(council: "Council", task: "Task") -> str:
    from atbtst_cli.views.meetings import citation

    meeting = citation(council, council.meetings[task.meeting])
    if task.role == "presenter":
        command = f"atbtst agenda edit {task.place} --meeting {task.meeting} --presenter {_('MEMBER')}"
        said = _("At {meeting} they present agenda item {place}. Another one: {command}")
        return said.format(meeting=meeting, place=task.place, command=command)
    roles = {"chair": _("the chair"), "secretary": _("the secretary"), "adjusters": _("adjuster")}
    return _("At {meeting} ({id}) they are {role}.").format(meeting=meeting, id=task.meeting, role=roles[task.role])
