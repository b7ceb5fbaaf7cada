"""atbtst item: what somebody has promised to do, and what became of it."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atbtst_cli.commands import complete, page, past, post
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atbtst_cli.acts.post import Post
    from atbtst_cli.models.change import Change
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.item import ActionItem
    from atbtst_cli.store.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Action items: list them, add them, follow them up.\n\nExample: atbtst item list",
)

Item = Annotated[str, typer.Argument(metavar="ITEM", help="An id, or its beginning.", autocompletion=complete.items)]
Network = Annotated[
    str | None,
    typer.Option("--network", "-n", metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks),
]
Owners = Annotated[
    list[str] | None,
    typer.Option(
        "--owner", "-o", metavar="WHO", help="A member or a seat; may be repeated.", autocompletion=complete.members
    ),
]
Reason = Annotated[str | None, typer.Option("--reason", "-r", metavar="TEXT", help="Why, in a few words.")]
Due = Annotated[
    str | None, typer.Option("--due", "-d", metavar="WHEN", help="2026-02-17, 17 februari, v. 8, next, or a meeting.")
]


@app.command("list")
def list_(
    ctx: typer.Context,
    network: Network = None,
    owner: Annotated[
        str | None, typer.Option("--owner", "-o", metavar="WHO", autocompletion=complete.members, help="Whose.")
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only your own.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose day has passed.")] = False,
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", help="Only those due before a day.")
    ] = None,
    due_next: Annotated[
        bool, typer.Option("--due-next", help="Only those due by the next meeting of their body.")
    ] = False,
    carried: Annotated[
        int | None, typer.Option("--carried", metavar="N", min=1, help="Only those that come for the Nth time or more.")
    ] = None,
    closed: Annotated[bool, typer.Option("--closed", help="Closed ones instead of open ones.")] = False,
    meeting: Annotated[
        str | None,
        typer.Option("--meeting", "-m", metavar="MEETING", autocompletion=complete.meetings, help="From this meeting."),
    ] = None,
    as_of: past.AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="With --csv: do not guard cells against spreadsheets.")] = False,
) -> None:
    """List action items, the most urgent first.

    Example: atbtst item list --network RÅD
    """
    from atbtst_cli.views import items as view

    session: Session = ctx.obj
    if mine and owner:
        raise UsageError(_("--mine and --owner exclude each other."), _("Leave one of them out."))
    if as_json and as_csv:
        raise UsageError(_("--json and --csv exclude each other."), _("Leave one of them out."))
    workspace = session.workspace()
    council, today = past.council(session, workspace, as_of)
    chosen = view.items(
        council,
        view.Wanted(
            network=network,
            owner=_me(session, workspace, council) if mine else owner,
            overdue=overdue,
            due_before=due_before,
            due_next=due_next,
            carried=carried,
            closed=closed,
            meeting=meeting,
        ),
        today,
    )
    output = session.output
    if as_json:
        output.json([line.data() for line in chosen])
    elif as_csv:
        output.csv(view.HEADINGS, [line.cells() for line in chosen], unguarded=raw)
    else:
        _print(session, council, chosen, closed=closed)
    session.report(council)


def _me(session: Session, workspace: "Workspace", council: "Council") -> str:
    found = session.me(workspace, council)
    if found is None:
        raise UsageError(
            _("It is not known which member you are."), _("Say it once with: git config atbtst.member YOUR-MEMBER-ID")
        )
    return found.id


def _print(session: Session, council: "Council", lines: Any, *, closed: bool) -> None:
    from atbtst_cli.output import Column, Row

    if not lines:
        session.report(council)
        session.output.say(_("No such action items."))
        return
    again = any(line.stands_out for line in lines)
    columns = (
        Column(_("Id"), "quiet"),
        Column(_("What"), grows=True),
        Column(_("Who"), grows=True),
        Column(_("Network")),
        Column(_("Closed") if closed else _("Due")),
        *[Column(_("Times"), "alarm")] * again,
        Column(_("Age"), right=True),
        Column(_("From")),
    )
    rows = [
        Row(
            (
                *(line.short, line.what, line.who, line.network, line.when()),
                *[line.again()] * again,
                *(line.age(), line.origin),
            ),
            {4: "alarm"} if line.overdue else {},
        )
        for line in lines
    ]
    session.output.table(columns, rows, below=(2, 3, 5 + again, 6 + again))
    session.output.say(_counted(lines), "quiet")


def _counted(lines: Any) -> str:
    """How many they are, and how many of them are marked."""
    from atbtst_cli.language import ngettext
    from atbtst_cli.rules.carry import STANDS_OUT

    late, again = sum(line.overdue for line in lines), sum(line.stands_out for line in lines)
    text = ngettext("{count} action item", "{count} action items", len(lines)).format(count=len(lines))
    if late:
        text += _(", {late} of them overdue (!)").format(late=late)
    if again:
        text += _(", {again} coming {times} times or more (!)").format(again=again, times=STANDS_OUT)
    return text


@app.command(short_help="Tell an item's life.")
def show(
    ctx: typer.Context,
    item: Item,
    as_of: past.AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Tell an item's life: what, who, when, where from, and what happened since.

    Example: atbtst item show i-k7q3
    """
    page.show(ctx.obj, as_of, partial(page.item, item), as_json=as_json)


@app.command(short_help="Tell an item's way from meeting to meeting, and who changed what.")
def history(
    ctx: typer.Context,
    item: Item,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Tell which meetings an item has passed and what became of it there, and who changed what of it when.

    Example: atbtst item history i-k7q3
    """
    from atbtst_cli import naming
    from atbtst_cli.models.directory import Directory
    from atbtst_cli.views import items as view
    from atbtst_cli.views import trail

    session: Session = ctx.obj
    workspace = session.workspace()
    council = workspace.council()
    known = naming.item(council, item)
    path = council.paths["items", known.id]
    passages = trail.passages(council, known)
    changes = list(trail.changes(session.store(workspace).versions(path), path, known))
    if as_json:
        way = {"meetings": [one.data() for one in passages], "changes": [one.data() for one in changes]}
        session.output.json({"id": known.id, "title": known.title} | way)
        return
    told = view.line(council, known, session.today)
    session.output.facts([(_("Item"), known.id), (_("What"), known.title), (_("Carried"), told.carried())])
    names = Directory(council, session.today)
    _table(session, (_("Date"), _("Meeting"), _("Agenda item"), _("What")), list(trail.rows(passages, known)))
    _table(session, (_("Date"), _("By"), _("What changed")), [one.cells(names) for one in changes])


def _table(session: Session, headings: "Sequence[str]", rows: "Sequence[Sequence[str]]") -> None:
    """Print rows, if there are any, below a blank line; the first two columns keep their width."""
    from atbtst_cli.output import Column, Row

    if rows:
        session.output.line("")
        columns = [Column(heading, grows=place > 1) for place, heading in enumerate(headings)]
        session.output.table(columns, [Row(cells) for cells in rows])


@app.command()
def add(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(help="What is to be done, so that it makes sense alone.")],
    network: Network = None,
    owner: Owners = None,
    due: Due = None,
    meeting: Annotated[
        str | None,
        typer.Option("--meeting", "-m", metavar="MEETING", autocompletion=complete.meetings, help="Agreed there."),
    ] = None,
    internal: Annotated[bool, typer.Option("--internal", help="Keep it out of public documents.")] = False,
) -> None:
    """Add an action item.

    Example: atbtst item add "Boka lokal" --network RÅD --owner alva-exempel --due next
    """
    from atbtst_cli.acts import items

    session: Session = ctx.obj
    workspace = session.workspace()
    act = items.add(
        what,
        network=network,
        owners=owner or (),
        due=due,
        meeting=meeting,
        internal=internal,
        today=session.today,
        seed=session.seed(),
    )
    _change(session, workspace, act, _("Added {id}: {title}"))


@app.command()
def edit(
    ctx: typer.Context,
    item: Item,
    what: Annotated[str | None, typer.Option("--what", metavar="TEXT", help="What is to be done.")] = None,
    network: Network = None,
    owner: Owners = None,
    due: Due = None,
) -> None:
    """Change what an item says; --due "" takes its day away.

    Example: atbtst item edit i-k7q3 --due 2026-04-21
    """
    from atbtst_cli.acts import items

    session: Session = ctx.obj
    workspace = session.workspace()
    act = items.edit(item, title=what, network=network, owners=owner or (), due=due, today=session.today)
    _change(session, workspace, act, _("Changed {id}: {title}"), item)


@app.command()
def note(ctx: typer.Context, item: Item, text: Annotated[str, typer.Argument(help="The news, in a sentence.")]) -> None:
    """Add news to an item.

    Example: atbtst item note i-k7q3 "Lokalen är bokad"
    """
    from atbtst_cli.acts import items

    session: Session = ctx.obj
    workspace = session.workspace()
    act = items.note(item, text, by=session.by(workspace), today=session.today)
    _change(session, workspace, act, _("Noted on {id}: {title}"), item)


@app.command()
def done(ctx: typer.Context, item: Item, reason: Reason = None) -> None:
    """Close an item as done.

    Example: atbtst item done i-k7q3
    """
    _close(ctx.obj, item, reason, dropped=False)


@app.command()
def drop(
    ctx: typer.Context,
    item: Item,
    reason: Annotated[str, typer.Option("--reason", "-r", metavar="TEXT", help="Why it is given up.")],
) -> None:
    """Give an item up, and say why.

    Example: atbtst item drop i-k7q3 --reason "Frågan är löst på annat sätt"
    """
    _close(ctx.obj, item, reason, dropped=True)


def _close(session: Session, item: str, reason: str | None, *, dropped: bool) -> None:
    from atbtst_cli.acts import items

    workspace = session.workspace()
    act = items.close(item, dropped=dropped, reason=reason, by=session.by(workspace), today=session.today)
    _change(session, workspace, act, _("Dropped {id}: {title}") if dropped else _("Done {id}: {title}"), item)


@app.command()
def reopen(ctx: typer.Context, item: Item, reason: Reason = None) -> None:
    """Open a closed item again.

    Example: atbtst item reopen i-k7q3
    """
    from atbtst_cli.acts import items

    session: Session = ctx.obj
    workspace = session.workspace()
    act = items.reopen(item, reason=reason, by=session.by(workspace), today=session.today)
    _change(session, workspace, act, _("Opened again {id}: {title}"), item)


@app.command(short_help="Remind the owners of open items, a letter each.")
def remind(
    ctx: typer.Context,
    network: Network = None,
    owner: Annotated[
        str | None, typer.Option("--owner", "-o", metavar="WHO", autocompletion=complete.members, help="Only this one.")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only of those whose day has passed.")] = False,
    folder: post.Folder = None,
    smtp: post.Smtp = False,
    done: post.Done = False,
    again: post.Again = False,
    uncertain: post.Unsure = None,
    dry_run: post.DryRun = False,
) -> None:
    """Remind everybody of what they have promised: one letter each, as drafts or by --smtp.

    Example: atbtst item remind --dry-run
    """
    from shlex import join

    from atbtst_cli.acts.post import reminders
    from atbtst_cli.views.items import Wanted

    session: Session = ctx.obj
    workspace = session.workspace()

    def make(council: "Council") -> "Post":
        wanted = Wanted(network=network, owner=owner, overdue=overdue)
        return reminders(council, wanted, today=session.today, by=session.by(workspace))

    given = (("--network", network), ("--owner", owner))
    said = [word for name, value in given if value for word in (name, value)] + ["--overdue"] * overdue
    how = post.How(folder, smtp, done, again, uncertain, dry_run)
    post.go(session, workspace, join(["atbtst", "item", "remind", *said]), make, how)


def _change(
    session: Session,
    workspace: "Workspace",
    act: "Callable[[Council], Change[ActionItem]]",
    said: str,
    item: str | None = None,
) -> None:
    """Make the change and say what was done, with the commit that reviewers find it by."""
    from atbtst_cli import naming

    def named(council: "Council") -> tuple[str, str]:
        return "items", naming.item_id(council, item or "")

    done = session.change(workspace, act, named if item is not None else None)
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=done.answer.id))
        return
    session.output.say(said.format(id=done.answer.id, title=done.answer.title), "good")
    session.say_commit(done)
