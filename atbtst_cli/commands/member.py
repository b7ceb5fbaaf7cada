"""atbtst member: the people the council knows."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atbtst_cli.commands import complete, page, past
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from atbtst_cli.acts.seats import Seating
    from atbtst_cli.models.change import Change
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.member import Member
    from atbtst_cli.store.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Members: who they are and which seats they hold.\n\nExample: atbtst member list",
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="As of that day.")]
Who = Annotated[str, typer.Argument(metavar="MEMBER", help="An id or a name.", autocompletion=complete.members)]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="E-mail address.")]
Phone = Annotated[str | None, typer.Option("--phone", metavar="NUMBER", help="Telephone number.")]
Employer = Annotated[str | None, typer.Option("--employer", metavar="TEXT", help="Where they work.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Profession or post.")]
Seats = Annotated[
    list[str] | None, typer.Option("--seat", metavar="SEAT", help="A seat they take, such as ron-at/convenor.")
]
Since = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day in those seats.")]
Until = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day in those seats.")]


@app.command("list", short_help="List the members of a day, with their seats.")
def list_(
    ctx: typer.Context,
    on: On = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those who have left, are to come, or were forgotten.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the members of a day, by default today, with the seats they hold then.

    Example: atbtst member list --on 2026-01-01
    """
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import members as view

    session: Session = ctx.obj
    council = session.workspace().council()
    day = session.day(on) if on else session.today
    chosen = view.listed(council, day, everything=everything)
    if as_json:
        session.output.json([view.data(council, member, day) for member in chosen])
    elif not chosen:
        name = _("NAME")
        session.output.say(
            _("There are no members on record. Add one: {command}").format(command=f'atbtst member add "{name}"')
            if not council.members
            else _("Nobody is a member on {date}. All of them: {command}").format(
                date=day, command="atbtst member list --all"
            )
        )
    else:
        columns = (Column(_("Id"), "quiet"), Column(_("Name")), Column(_("Seats"), grows=True), Column(_("E-mail")))
        term = (Column(_("Member")),) if everything else ()
        rows = [Row(cells[: len(columns + term)]) for cells in view.cells(council, chosen, day)]
        session.output.table((*columns, *term), rows)
    session.report(council)


@app.command(short_help="Show a member: names, contact, seats, promises.")
def show(ctx: typer.Context, member: Who, on: On = None, as_of: past.AsOf = None, as_json: Json = False) -> None:
    """Show a member: names, contact, seats of today or a day and those to come, and the open action items.

    Example: atbtst member show alva-exempel
    """
    session: Session = ctx.obj
    day = session.day(on) if on else None
    page.show(session, as_of, partial(page.member, member, on=day), as_json=as_json)


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The full name.")],
    member_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The id; by default made from the name.")
    ] = None,
    email: Email = None,
    phone: Phone = None,
    employer: Employer = None,
    title: Title = None,
    seat: Seats = None,
    since: Since = None,
    until: Until = None,
    me: Annotated[bool, typer.Option("--me", help="It is you: remember that on this computer.")] = False,
) -> None:
    """Add a member, with the seats they hold.

    Example: atbtst member add "Frida Exempel" --seat ron-at/primarvarden --from 2026-01-01
    """
    from atbtst_cli.acts import members

    session: Session = ctx.obj
    workspace = session.workspace()
    act = members.add(
        name,
        member_id=member_id,
        contact={"email": email, "phone": phone, "employer": employer, "title": title},
        seating=_seating(session, seat or (), (), since, until),
        today=session.today,
    )
    added = _change(session, workspace, act, _("Added {id}: {name}"))
    if me:
        session.store(workspace).repo.set_config("atbtst.member", added.id)
        session.output.say(_("From now on it is known here that you are {id}.").format(id=added.id))


@app.command()
def edit(
    ctx: typer.Context,
    member: Who,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="The name, corrected.")] = None,
    email: Email = None,
    phone: Phone = None,
    employer: Employer = None,
    title: Title = None,
    alias: Annotated[
        list[str] | None, typer.Option("--alias", metavar="TEXT", help="Another way the name is written.")
    ] = None,
    seat: Seats = None,
    leave: Annotated[
        list[str] | None,
        typer.Option("--leave", metavar="SEAT", help="A seat they leave, today or on the day of --to."),
    ] = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Change what is known of a member, and their seats.

    An empty text takes a value away.

    Example: atbtst member edit cilla-exempel --seat ron-st/primarvarden --from 2026-03-01
    """
    from atbtst_cli.acts import members

    session: Session = ctx.obj
    workspace = session.workspace()
    act = members.edit(
        member,
        name=name,
        contact={"email": email, "phone": phone, "employer": employer, "title": title},
        aliases=alias or (),
        seating=_seating(session, seat or (), leave or (), since, until),
        today=session.today,
    )

    _change(session, workspace, act, _("Changed {id}: {name}"), _named(session, member))


def _named(session: Session, member: str) -> "Callable[[Council], tuple[str, str]]":
    """What tells the record of the member that was named on the command line."""
    from atbtst_cli import naming

    return lambda council: ("members", naming.member_id(council, member, session.today))


@app.command(short_help="Give a member another name from a day on.")
def rename(
    ctx: typer.Context,
    member: Who,
    name: Annotated[str, typer.Argument(help="The new name in full.")],
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day of the name; by default today.")
    ] = None,
) -> None:
    """Give a member another name from a day on; minutes of earlier days keep the old one, and both find the member.

    A misspelled name is corrected with: atbtst member edit MEMBER --name TEXT

    Example: atbtst member rename cilla-exempel "Cilla Nyman Exempel" --from 2026-03-01
    """
    from atbtst_cli.acts import members

    session: Session = ctx.obj
    first = session.day(since) if since else session.today
    act = members.rename(member, name, since=first, today=session.today)
    said = _("{id} is called {name} from {date} on.") if first > session.today else _("Renamed {id}: {name}")
    _change(session, session.workspace(), act, said, _named(session, member), on=max(first, session.today))


@app.command(short_help="Give a member a last day; every seat ends with it.")
def leave(
    ctx: typer.Context,
    member: Who,
    on: Annotated[
        str | None, typer.Option("--on", "--date", metavar="DATE", help="The last day; by default today.")
    ] = None,
    items_to: Annotated[
        str | None,
        typer.Option(
            "--items-to",
            metavar="WHO",
            help="A member or a seat that takes over the open items.",
            autocompletion=complete.members,
        ),
    ] = None,
) -> None:
    """Give a member a last day: every seat they hold ends with it, in all bodies.

    What they had promised and what is planned with them is told; open items go to another member, or to the seat.

    Example: atbtst member leave bo-exempel --on 2026-06-30 --items-to ron-at/convenor
    """
    from atbtst_cli.acts.leaving import leave as act
    from atbtst_cli.commands.leaving import ask_heir, tell

    session: Session = ctx.obj
    workspace = session.workspace()
    last = session.day(on) if on else session.today
    if items_to is None and session.interactive:
        items_to = ask_heir(session, act(member, last=last, today=session.today)(workspace.council()).answer)
    done = session.change(
        workspace, act(member, last=last, items_to=items_to, today=session.today), _named(session, member)
    )
    tell(session, workspace.council(), done)


@app.command("return", short_help="Let somebody who has left be a member again.")
def return_(ctx: typer.Context, member: Who) -> None:
    """Make a member again of somebody who has left; seats are given as to anybody.

    Example: atbtst member return bo-exempel
    """
    from atbtst_cli.acts import members

    session: Session = ctx.obj
    act = members.come_back(member, today=session.today)
    known = _change(session, session.workspace(), act, _("{name} ({id}) is a member again."), _named(session, member))
    command = f"atbtst member edit {known.id} --seat SEAT --from DATE"
    session.output.say(_("Give a seat with: {command}").format(command=command))


@app.command(short_help="Replace a person by a pseudonym in all present records.")
def forget(
    ctx: typer.Context,
    member: Who,
    pseudonym: Annotated[
        str | None, typer.Option("--as", metavar="TEXT", help="The pseudonym; by default a neutral one.")
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", "-r", metavar="TEXT", help="Why; it stands in amended minutes.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would touch; change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
) -> None:
    """Replace a person by a pseudonym in all present records: id, names, contact data, and full names in texts.

    Documents are made anew in the same commit; approved minutes get an amendment and a new seal. Lines with the first
    or last name alone are listed for you to decide. What Git remembers of the past is not rewritten.

    Example: atbtst member forget frida-exempel --reason "På egen begäran" --dry-run
    """
    from atbtst_cli.acts.forgetting import forget as act
    from atbtst_cli.commands.forgetting import ask, show, tell
    from atbtst_cli.documents.looks import Looks

    session: Session = ctx.obj
    if not reason.strip():
        raise UsageError(_("Why is the person to be forgotten?"), _("Say it with --reason; it stands in the minutes."))
    workspace = session.workspace()
    forgetting = act(
        member,
        pseudonym=pseudonym,
        reason=reason,
        by=session.by(workspace),
        files=frozenset(workspace.tree.paths("records")),
        looks=Looks.of(workspace.tree),
        today=session.today,
    )
    plan = forgetting(workspace.council()).answer
    show(session, workspace, plan, whole=dry_run)
    if dry_run:
        return
    if not yes:
        ask(session, plan)
    done = session.change(workspace, forgetting, _named(session, member))
    tell(session, done.answer)
    session.say_commit(done)


def _seating(
    session: Session, taken: "Sequence[str]", left: "Sequence[str]", since: str | None, until: str | None
) -> "Seating":
    """What the options say of seats; UsageError where they do not belong together."""
    from atbtst_cli.acts.seats import Seating

    if taken and left:
        raise UsageError(_("--seat and --leave exclude each other."), _("Leave one of them out."))
    if (since is not None and not taken) or (until is not None and not (taken or left)):
        raise UsageError(
            _("--from and --to are days in a seat, and none is named."),
            _("Name it with --seat, such as --seat ron-at/convenor."),
        )
    first, last = (session.day(text) if text is not None else None for text in (since, until))
    return Seating(taken, left, first, last)


def _change(
    session: Session,
    workspace: "Workspace",
    act: "Callable[[Council], Change[Member]]",
    said: str,
    named: "Callable[[Council], tuple[str, str]] | None" = None,
    on: "date | None" = None,
) -> "Member":
    """Make the change and say it, with the name of that day, else today's."""
    done: Any = session.change(workspace, act, named)
    day = on or session.today
    member: Member = done.answer
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=member.id))
    else:
        session.output.say(said.format(id=member.id, name=member.name(day), date=day), "good")
        session.say_commit(done)
    return member
