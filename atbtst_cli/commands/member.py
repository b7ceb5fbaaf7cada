"""atbtst member: the people the council knows."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


@app.command("list")
def list_(ctx: typer.Context, as_json: Json = False) -> None:
    """List the members with the seats they hold today.

    Example: atbtst member list
    """
    from atbtst_cli.output import Column, Row
    from atbtst_cli.views import members as view

    session: Session = ctx.obj
    council = session.workspace().council()
    if as_json:
        session.output.json([view.data(council, member, session.today) for member in council.members.values()])
    elif not council.members:
        name = _("NAME")
        session.output.say(
            _("There are no members on record. Add one: {command}").format(command=f'atbtst member add "{name}"')
        )
    else:
        columns = (Column(_("Id"), "quiet"), Column(_("Name")), Column(_("Seats"), grows=True), Column(_("E-mail")))
        session.output.table(
            columns, [Row(view.cells(council, one, session.today)) for one in council.members.values()]
        )
    session.report(council)


@app.command()
def show(ctx: typer.Context, member: Who, as_json: Json = False) -> None:
    """Show a member: names, contact, seats, and the open action items.

    Example: atbtst member show alva-exempel
    """
    from atbtst_cli import naming
    from atbtst_cli.views import members as view

    session: Session = ctx.obj
    council = session.workspace().council()
    known = naming.member(council, member, session.today)
    if as_json:
        session.output.json(view.data(council, known, session.today))
        return
    session.output.facts(view.facts(council, known, session.today))


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
    from atbtst_cli import naming
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

    def named(council: "Council") -> tuple[str, str]:
        return "members", naming.member_id(council, member, session.today)

    _change(session, workspace, act, _("Changed {id}: {name}"), named)


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
) -> "Member":
    done: Any = session.change(workspace, act, named)
    member: Member = done.answer
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=member.id))
    else:
        session.output.say(said.format(id=member.id, name=member.name(session.today)), "good")
        session.say_commit(done)
    return member
