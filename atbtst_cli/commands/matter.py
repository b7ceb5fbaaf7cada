"""atbtst matter: questions that travel between bodies until they are answered."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atbtst_cli.commands import complete, extract, files, page, past
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atbtst_cli.acts.matters import Doing
    from atbtst_cli.acts.sendings import Sending
    from atbtst_cli.models.change import Change
    from atbtst_cli.models.council import Council
    from atbtst_cli.models.matter import Matter
    from atbtst_cli.store.workspace import Workspace
    from atbtst_cli.views.matters import Line

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Matters: raise questions, send them on, answer them.\n\nExample: atbtst matter list",
)


Matter_ = Annotated[
    str, typer.Argument(metavar="MATTER", help="An id, or its beginning.", autocompletion=complete.matters)
]
Day = Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day it was done; by default today.")]
By = Annotated[str | None, typer.Option("--by", metavar="MEMBER", help="Who did it.", autocompletion=complete.members)]
Asked = Annotated[
    str,
    typer.Option(
        "--role", metavar="decision|preparation|information", help="What is asked of the receiver, in Swedish too."
    ),
]
Reason = Annotated[str | None, typer.Option("--reason", "-r", metavar="TEXT", help="Why, in a few words.")]
Text = Annotated[str | None, typer.Option("--text", metavar="TEXT", help="Words that go with it, kept as news.")]
Decision = Annotated[
    str | None, typer.Option("--decision", metavar="DECISION", help='The decision, such as "RÅD § 3/2026", or its id.')
]
About = Annotated[str | None, typer.Option("--about", metavar="TEXT", help="What it is about, in some sentences.")]
Reference = Annotated[str | None, typer.Option("--reference", metavar="DNR", help="Its diarienummer.")]
Papers = Annotated[
    list[Path] | None, typer.Option("--paper", metavar="FILE", help="A paper, copied into its folder; repeatable.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("list", short_help="List matters with where they lie.")
def list_(
    ctx: typer.Context,
    network: Annotated[
        str | None,
        typer.Option(
            "--network", "-n", metavar="NETWORK", help="Raised by this body.", autocompletion=complete.networks
        ),
    ] = None,
    body: Annotated[
        str | None,
        typer.Option("--with", metavar="BODY", help="Lying with it, such as HSN.", autocompletion=complete.bodies),
    ] = None,
    stale: Annotated[
        int | None, typer.Option("--stale", metavar="DAYS", min=0, help="Untouched for so many days or more.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="With these words anywhere in its record.")
    ] = None,
    opened: Annotated[bool, typer.Option("--open", help="Only open ones, as by default.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Closed ones instead of open ones.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Open and closed ones.")] = False,
    as_of: past.AsOf = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="With --csv: do not guard cells against spreadsheets.")] = False,
) -> None:
    """List matters with where they lie, those first that nobody has touched for longest.

    Example: atbtst matter list --with RÅD
    """
    from atbtst_cli.views import matters as view

    session: Session = ctx.obj
    if opened + closed + everything > 1:
        raise UsageError(_("--open, --closed and --all exclude each other."), _("Leave all but one of them out."))
    if as_json and as_csv:
        raise UsageError(_("--json and --csv exclude each other."), _("Leave one of them out."))
    council, today = past.council(session, session.workspace(), as_of)
    state = None if everything else closed
    chosen = view.listed(council, view.Wanted(network, body, state, stale, text), today)
    if as_json:
        session.output.json([line.data() for line in chosen])
    elif as_csv:
        session.output.csv(view.HEADINGS, [line.cells() for line in chosen], unguarded=raw)
    else:
        _print(session, chosen)
    session.report(council)


def _print(session: Session, lines: "Sequence[Line]") -> None:
    from atbtst_cli.language import ngettext
    from atbtst_cli.output import Column, Row

    if not lines:
        session.output.say(_("No such matters."))
        return
    columns = (
        Column(_("Id"), "quiet"),
        Column(_("Matter"), grows=True),
        Column(_("Raised by")),
        Column(_("Lies with"), grows=True),
        Column(_("Days"), right=True),
        Column(_("Last touched")),
    )
    rows = [
        Row(
            (line.short, line.matter.title, line.network, line.place(), str(line.days), line.last()),
            {5: "alarm"} if line.stale else {},
        )
        for line in lines
    ]
    session.output.table(columns, rows)
    count = ngettext("{count} matter", "{count} matters", len(lines)).format(count=len(lines))
    stale = sum(line.stale for line in lines)
    said = _("{matters}, {stale} of them untouched for long (!)").format(matters=count, stale=stale)
    session.output.say(said if stale else count, "quiet")


@app.command(short_help="Tell a matter's whole way.")
def show(ctx: typer.Context, matter: Matter_, as_of: past.AsOf = None, as_json: Json = False) -> None:
    """Tell a matter's whole way: each sending with its answer, where it has lain, and what comes next.

    Example: atbtst matter show m-7c2k
    """
    page.show(ctx.obj, as_of, partial(page.matter, matter), as_json=as_json)


@app.command("raise", short_help="Raise a matter in a body.")
def raise_(
    ctx: typer.Context,
    network: Annotated[
        str,
        typer.Argument(metavar="NETWORK", help="The body that raises it, as RÖN-BT.", autocompletion=complete.networks),
    ],
    title: Annotated[str, typer.Argument(metavar="QUESTION", help="The question in a line.")],
    about: About = None,
    reference: Reference = None,
    internal: Annotated[bool, typer.Option("--internal", help="Keep it out of public documents.")] = False,
    papers: Papers = None,
    meeting: Annotated[
        str | None,
        typer.Option("--meeting", "-m", metavar="MEETING", autocompletion=complete.meetings, help="Raised there."),
    ] = None,
    day: Day = None,
) -> None:
    """Raise a matter in a body; it stands on that body's next agenda until it is sent on, decided or closed.

    Example: atbtst matter raise RÖN-BT "Hur ska kvällspassen bemannas?" --reference 2026-OL0017
    """
    from atbtst_cli.acts import matters

    session: Session = ctx.obj
    workspace = session.workspace()
    edits = matters.Edits(title, about, reference, internal or None, files.papers(papers))
    doing = _doing(session, workspace, day)
    act = matters.raise_(network, edits, meeting=meeting, doing=doing, seed=session.seed())
    _change(session, workspace, act, _("Raised {id}: {title}"))


@app.command(short_help="Take a matter from a network to the council.")
def escalate(
    ctx: typer.Context,
    matter: Matter_,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="BODY", help="Where to; else whom it reports to.", autocompletion=complete.bodies),
    ] = None,
    role: Asked = "decision",
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="MEMBER", help="The convenor, by default.", autocompletion=complete.members),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", "--reason", "-r", metavar="TEXT", help="Why, kept as news.")
    ] = None,
    decision: Decision = None,
    day: Day = None,
) -> None:
    """Take a matter from the network with which it lies to the council, as that network's convenor decides.

    Example: atbtst matter escalate m-7c2k --to RÅD --reason "Det rör alla förvaltningar"
    """
    from atbtst_cli import naming
    from atbtst_cli.acts.sendings import Sending

    sending = Sending(to, None, naming.role(role), text, decision, upwards=True)
    _send(ctx.obj, matter, sending, day, by)


@app.command(short_help="Send a matter to a body or an instance.")
def refer(
    ctx: typer.Context,
    matter: Matter_,
    to: Annotated[str, typer.Option("--to", metavar="BODY", help="Where to.", autocompletion=complete.bodies)],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="BODY", help="Who sends it, where it is not plain.", autocompletion=complete.networks
        ),
    ] = None,
    role: Asked = "decision",
    by: By = None,
    text: Text = None,
    decision: Decision = None,
    day: Day = None,
) -> None:
    """Send a matter on, from the body with which it lies to another body or to an instance such as HSN.

    Example: atbtst matter refer m-7c2k --to HSN --role decision
    """
    from atbtst_cli import naming
    from atbtst_cli.acts.sendings import Sending

    _send(ctx.obj, matter, Sending(to, from_, naming.role(role), text, decision), day, by)


def _send(session: Session, matter: str, sending: "Sending", day: str | None, by: str | None) -> None:
    from atbtst_cli.acts import sendings

    workspace = session.workspace()
    act = sendings.send(matter, sending, doing=_doing(session, workspace, day, by))
    _change(session, workspace, act, _("Sent on {id}: {title}"), matter)


@app.command(short_help="Note what a body or instance has answered.")
def answer(
    ctx: typer.Context,
    matter: Matter_,
    from_: Annotated[str, typer.Option("--from", metavar="BODY", help="Who answers.", autocompletion=complete.bodies)],
    text: Annotated[str | None, typer.Argument(metavar="[ANSWER]", help="The answer in words.")] = None,
    decision: Decision = None,
    by: By = None,
    day: Day = None,
) -> None:
    """Note what a body or instance has answered; the answer stands on the next agenda of who had sent it.

    Example: atbtst matter answer m-3k9d --from HSN "Medel finns för två handledare per termin."
    """
    from atbtst_cli.acts import sendings

    session: Session = ctx.obj
    workspace = session.workspace()
    doing = _doing(session, workspace, day, by)
    act = sendings.answer(matter, from_, text=text, decision=decision, doing=doing)
    _change(session, workspace, act, _("Answered {id}: {title}"), matter)


@app.command(short_help="Take a matter back from where it was sent.")
def withdraw(
    ctx: typer.Context,
    matter: Matter_,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="BODY", help="From whom; else the last one.", autocompletion=complete.bodies),
    ] = None,
    reason: Reason = None,
    by: By = None,
    day: Day = None,
) -> None:
    """Take a matter back from where it was sent, and from where it was sent on from there.

    Example: atbtst matter withdraw m-3k9d --reason "Frågan är löst på annat sätt"
    """
    from atbtst_cli.acts import sendings

    session: Session = ctx.obj
    workspace = session.workspace()
    act = sendings.withdraw(matter, to=to, reason=reason, doing=_doing(session, workspace, day, by))
    _change(session, workspace, act, _("Taken back {id}: {title}"), matter)


@app.command()
def close(ctx: typer.Context, matter: Matter_, reason: Reason = None, by: By = None, day: Day = None) -> None:
    """Close a matter that lies with the body that raised it.

    Example: atbtst matter close m-7c2k --reason "Nätverket har fått sitt svar"
    """
    from atbtst_cli.acts import matters

    session: Session = ctx.obj
    workspace = session.workspace()
    act = matters.close(matter, reason=reason, doing=_doing(session, workspace, day, by))
    _change(session, workspace, act, _("Closed matter {id}: {title}"), matter)


@app.command()
def reopen(ctx: typer.Context, matter: Matter_, reason: Reason = None, by: By = None, day: Day = None) -> None:
    """Open a closed matter again.

    Example: atbtst matter reopen m-7c2k
    """
    from atbtst_cli.acts import matters

    session: Session = ctx.obj
    workspace = session.workspace()
    act = matters.reopen(matter, reason=reason, doing=_doing(session, workspace, day, by))
    _change(session, workspace, act, _("Reopened {id}: {title}"), matter)


@app.command(short_help="Change what is said of a matter, and its papers.")
def edit(
    ctx: typer.Context,
    matter: Matter_,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The question in a line.")] = None,
    about: About = None,
    reference: Reference = None,
    internal: Annotated[
        bool | None,
        typer.Option("--internal/--public", help="Whether it stays out of public documents.", show_default=False),
    ] = None,
    papers: Papers = None,
    without: Annotated[
        list[str] | None, typer.Option("--without-paper", metavar="NAME", help="A paper to take away; repeatable.")
    ] = None,
) -> None:
    """Change what is said of a matter, and its papers; an empty text takes a value away.

    Example: atbtst matter edit m-7c2k --reference 2026-OL0017
    """
    from atbtst_cli.acts import matters

    session: Session = ctx.obj
    workspace = session.workspace()
    edits = matters.Edits(title, about, reference, internal, files.papers(papers), without or ())
    act = matters.edit(matter, edits, doing=_doing(session, workspace, None))
    _change(session, workspace, act, _("Changed matter {id}: {title}"), matter)


@app.command()
def note(
    ctx: typer.Context,
    matter: Matter_,
    text: Annotated[str, typer.Argument(help="The news, in a sentence.")],
    by: By = None,
    day: Day = None,
) -> None:
    """Add news to a matter.

    Example: atbtst matter note m-7c2k "HSN tar upp frågan i april"
    """
    from atbtst_cli.acts import matters

    session: Session = ctx.obj
    workspace = session.workspace()
    act = matters.note(matter, text, doing=_doing(session, workspace, day, by))
    _change(session, workspace, act, _("Noted on {id}: {title}"), matter)


def _doing(session: Session, workspace: "Workspace", day: str | None, by: str | None = None) -> "Doing":
    """Who does it and when; UsageError for a day that is still to come."""
    from atbtst_cli.acts.matters import Doing

    on = session.today if day is None else session.day(day, held=True)
    if on > session.today:
        raise UsageError(
            _("{date} is still to come.").format(date=on), _("Write it down on the day it is done, or later.")
        )
    return Doing(on, session.by(workspace), by)


def _change(
    session: Session,
    workspace: "Workspace",
    act: "Callable[[Council], Change[Matter]]",
    said: str,
    matter: str | None = None,
) -> None:
    """Make the change, say what was done, and what happens with the matter next."""
    from atbtst_cli import naming
    from atbtst_cli.views.way import ahead

    def named(council: "Council") -> tuple[str, str]:
        return "matters", naming.matter_id(council, matter or "")

    done: Any = session.change(workspace, act, named if matter is not None else None)
    known: Matter = done.answer
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=known.id))
        return
    session.output.say(said.format(id=known.id, title=known.title), "good")
    for text, command in ahead(workspace.council(), known, session.today):
        session.output.say(text)
        session.output.say(f"→ {command}", "quiet")
    session.say_commit(done)


app.command("render", short_help="Write an extract on a matter.")(extract.matter)
