"""atbtst meeting: the meetings on record, and those to come."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete, page, past
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import Declined, UsageError
from atbtst_cli.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from atbtst_cli.models.change import Change
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.meeting import Meeting
    from atbtst_cli.store.transaction import Done

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Meetings: plan them, move them, see what they held.\n\nExample: atbtst meeting list --upcoming",
)


class Mode(StrEnum):
    """Whether people meet in one place."""

    ON_SITE = "on_site"
    REMOTE = "remote"
    HYBRID = "hybrid"


Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Network = Annotated[
    str | None,
    typer.Option("--network", "-n", metavar="NETWORK", autocompletion=complete.networks, help="Of one body."),
]
Coming = Annotated[
    str,
    typer.Argument(
        metavar="MEETING",
        help='An id, "RÅD 2026-04-21", or RÅD for its next one.',
        autocompletion=complete.meetings,
    ),
]
Start = Annotated[str | None, typer.Option("--start", metavar="HH:MM", help="When it begins.")]
End = Annotated[str | None, typer.Option("--end", metavar="HH:MM", help="When it ends.")]
Place = Annotated[str | None, typer.Option("--place", metavar="PLACE", help="Where it is.")]
Mode_ = Annotated[Mode | None, typer.Option("--mode", help="Whether people meet in one place.")]
Link = Annotated[str | None, typer.Option("--link", metavar="URL", help="Where to join it; never made public.")]
Again = Annotated[bool, typer.Option("--again", help="A second meeting on a day that has one.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    network: Network = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Of one year.")] = None,
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Those to come, the next one first.")] = False,
    as_json: Json = False,
) -> None:
    """List meetings, the latest first.

    Example: atbtst meeting list --network RÅD --year 2026
    """
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import meetings as view

    session: Session = ctx.obj
    council = session.workspace().council()
    chosen = view.listed(council, network, year, upcoming=upcoming, today=session.today)
    if as_json:
        session.output.json([view.data(meeting) for meeting in chosen])
    elif not chosen:
        session.report(council)
        session.output.say(_("No such meetings."))
    elif upcoming:
        _show_coming(session, council, chosen)
    else:
        columns = (
            Column(_("Id"), "quiet"),
            Column(_("Meeting")),
            Column(_("Time")),
            Column(_("Place"), grows=True),
            Column(_("State"), grows=True),
            Column(_("Decisions"), right=True),
            Column(_("Actions"), right=True),
        )
        session.output.table(columns, [Row(view.cells(council, meeting)) for meeting in chosen], below=(2, 3, 5, 6))
    session.report(council)


def _show_coming(session: Session, council: "Council", meetings: "Collection[Meeting]") -> None:
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import meetings as view

    columns = (
        Column(_("Id"), "quiet"),
        Column(_("Body")),
        Column(_("Day")),
        Column(_("Time")),
        Column(_("Place"), grows=True),
        Column(_("State")),
    )
    session.output.table(columns, [Row(view.coming_cells(council, one)) for one in meetings], below=(1, 4, 5))


@app.command(short_help="Show a meeting and what was agreed there.")
def show(
    ctx: typer.Context,
    meeting: Annotated[str, typer.Argument(metavar="MEETING", autocompletion=complete.meetings)],
    as_of: past.AsOf = None,
    as_json: Json = False,
) -> None:
    """Show a meeting: time, place, who was there, its agenda with decisions and action items.

    Example: atbtst meeting show "RÅD 1/2026"
    """
    page.show(ctx.obj, as_of, partial(page.meeting, meeting), as_json=as_json)


@app.command(short_help="Plan a meeting, or a whole year of them.")
def plan(
    ctx: typer.Context,
    network: Annotated[
        str, typer.Argument(metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks)
    ],
    days: Annotated[
        list[str] | None, typer.Option("--date", metavar="DATE", help="The day; may be repeated, one meeting each.")
    ] = None,
    every: Annotated[
        str | None,
        typer.Option("--every", metavar="RULE", help='Days by a rule, such as "third Tuesday, not in July".'),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The rule's first day; by default today.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Its last day; by default the end of that year.")
    ] = None,
    start: Start = None,
    end: End = None,
    place: Place = None,
    mode: Mode_ = None,
    link: Link = None,
    others: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NETWORK", help="Jointly with this body.", autocompletion=complete.networks),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="A name of its own, such as Årsmöte.")
    ] = None,
    again: Again = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the days and what they collide with.")] = False,
    yes: Yes = False,
) -> None:
    """Plan a meeting, or a whole year of them in one go.

    Example: atbtst meeting plan RÅD --date 2026-09-15 --start 13:15 --end 16:15 --place Dockplatsen
    """
    from atbtst_cli.acts import meetings

    session: Session = ctx.obj
    workspace = session.workspace()
    act = meetings.plan(
        network,
        _days(session, days or (), every, first, last),
        others=others or (),
        title=title,
        details=_details(start, end, place, mode, link),
        again=again,
        by=session.by(workspace),
        today=session.today,
    )
    council = workspace.council()
    planned = act(council).answer
    _show_coming(session, council, planned)
    session.output.findings(meetings.warnings(council, planned, session.today))
    if dry_run:
        session.output.say(_("Nothing was saved."))
        return
    if len(planned) > 1 and not yes and session.interactive and not session.confirm(_("Plan them?"), default=True):
        raise Declined(_("No meeting was planned."))
    done = session.change(workspace, act)
    said = ngettext("Planned {count} meeting.", "Planned {count} meetings.", len(done.answer))
    session.output.say(said.format(count=len(done.answer)), "good")
    session.say_commit(done)


def _days(
    session: Session, days: "Collection[str]", rule: str | None, first: str | None, last: str | None
) -> "list[date]":
    """The days that the options name, one by one and by a rule."""
    from datetime import date

    from atbtst_cli.acts.meetings import every

    named = [session.day(text, coming=True) for text in days]
    if rule is None:
        if first or last:
            raise UsageError(_("--from and --to limit a rule, and none is given."), _("Give it with --every."))
        if not named:
            raise UsageError(_("On which day?"), _("Say it with --date, or with --every for several days."))
        return named
    start = session.day(first, coming=True) if first else session.today
    return [*named, *every(rule, start, session.day(last, coming=True) if last else date(start.year, 12, 31))]


def _details(
    start: str | None, end: str | None, place: str | None, mode: Mode | None, link: str | None
) -> dict[str, str]:
    given = {"start": start, "end": end, "place": place, "mode": mode, "link": link}
    return {field: str(text) for field, text in given.items() if text is not None}


@app.command(short_help="Move a meeting that is to come.")
def move(
    ctx: typer.Context,
    meeting: Coming,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The new day.")] = None,
    start: Start = None,
    end: End = None,
    place: Place = None,
    mode: Mode_ = None,
    link: Link = None,
    reason: Annotated[str | None, typer.Option("--reason", "-r", metavar="TEXT", help="Why, in a few words.")] = None,
    again: Again = False,
) -> None:
    """Move a meeting that is to come: to another day, to other hours, to another place; its id stays.

    An empty text takes a value away, as in --end "".

    Example: atbtst meeting move RÅD --date 2026-09-22 --reason "Lokalen är upptagen"
    """
    from atbtst_cli.acts import meetings

    session: Session = ctx.obj
    act = meetings.move(
        meeting,
        day=session.day(day, coming=True) if day else None,
        details=_details(start, end, place, mode, link),
        reason=reason,
        again=again,
        today=session.today,
    )
    done = _change(session, meeting, act, _("{id} is now: {when}"))
    council = session.workspace().council()
    session.output.findings(
        one for one in meetings.warnings(council, (done.answer,), session.today) if one.level != "error"
    )


@app.command(short_help="Cancel a meeting that is to come.")
def cancel(
    ctx: typer.Context,
    meeting: Coming,
    reason: Annotated[str, typer.Option("--reason", "-r", metavar="TEXT", help="Why, in a few words.")],
) -> None:
    """Cancel a meeting that is to come, and say why; it stays on record, and what was due at it comes to the next.

    Example: atbtst meeting cancel RÅD --reason "Få kan komma"
    """
    from atbtst_cli.acts import meetings
    from atbtst_cli.rules.due import Deadlines

    session: Session = ctx.obj
    done = _change(
        session, meeting, meetings.cancel(meeting, reason=reason, today=session.today), _("Cancelled {id}: {when}")
    )
    network = done.answer.network
    coming = Deadlines(session.workspace().council(), session.today).next_meeting(network)
    session.output.say(
        _("What was due at it comes to the next meeting, on {date}.").format(date=coming)
        if coming
        else _("No later meeting is planned. Plan one with: {command}").format(
            command=f"atbtst meeting plan {network} --date DATE"
        )
    )


@app.command(short_help="Take away a meeting that was planned by mistake.")
def remove(ctx: typer.Context, meeting: Coming, yes: Yes = False) -> None:
    """Take away a meeting that was planned by mistake; one that was called or that anything names is cancelled instead.

    Example: atbtst meeting remove RÅD --yes
    """
    from atbtst_cli import naming
    from atbtst_cli.acts import meetings

    session: Session = ctx.obj
    known = naming.meeting(session.workspace().council(), meeting, session.today, held=False)
    question = _("Take away {id}?").format(id=known.id)
    if not yes and session.interactive and not session.confirm(question, default=False):
        raise Declined(_("{id} was left as it is.").format(id=known.id))
    _change(session, known.id, meetings.remove(known.id, today=session.today), _("Took away {id}: {when}"))


def _change(session: Session, meeting: str, act: "Callable[[Council], Change[Meeting]]", said: str) -> "Done[Meeting]":
    """Make the change and say what was done, and to whom it has to be told."""
    from atbtst_cli import naming
    from atbtst_cli.language import current
    from atbtst_cli.language.format import span

    def named(council: "Council") -> tuple[str, str]:
        return "meetings", naming.meeting(council, meeting, session.today, held=False).id

    done = session.change(session.workspace(), act, named)
    known = done.answer
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=known.id))
        return done
    when = (span(known.date, known.start, known.end, current()), known.place)
    session.output.say(said.format(id=known.id, when=", ".join(part for part in when if part)), "good")
    session.say_commit(done)
    if known.called:
        told = _("It was called on {date}. Tell those who were called: {command}")
        session.output.say(told.format(date=known.called.date, command=f"atbtst agenda send {known.id}"), "warn")
    return done


@app.command(short_help="Write meetings as a calendar file.")
def calendar(
    ctx: typer.Context,
    network: Annotated[
        str | None,
        typer.Argument(metavar="[NETWORK]", help="Of one body, such as RÅD.", autocompletion=complete.networks),
    ] = None,
    member: Annotated[
        str | None,
        typer.Option(
            "--member", "-m", metavar="MEMBER", help="Those that call this member.", autocompletion=complete.members
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to; - for standard output.")
    ] = Path("atbtst.ics"),
) -> None:
    """Write meetings as a calendar file (.ics): of a body, of a person, or all; the same bytes every time.

    Moved and cancelled meetings change the entries that people have already. It is for members: links are in it.

    Example: atbtst meeting calendar RÅD --output rad.ics
    """
    from atbtst_cli.documents.calendar import feed
    from atbtst_cli.views import meetings as view

    session: Session = ctx.obj
    council = session.workspace().council()
    chosen = view.listed(council, network, member=member, today=session.today)
    session.report(council)
    data = feed(council, chosen[::-1], view.calendar_name(council, network, member, session.today))
    if str(output) == "-":
        session.output.raw(data)
        return
    output.write_bytes(data)
    said = ngettext("Wrote {path} ({count} meeting).", "Wrote {path} ({count} meetings).", len(chosen))
    session.output.say(said.format(path=output, count=len(chosen)), "good")
