"""atbtst network add, dissolve, rename and reseat: how the council is built anew."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete, files
from atbtst_cli.commands.session import Session
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.acts.reorganisation import BodyAct


class Kind(StrEnum):
    """What a body is."""

    NETWORK = "network"
    COUNCIL = "council"


Network = Annotated[
    str, typer.Argument(metavar="NETWORK", help="The body, such as RÅD.", autocompletion=complete.networks)
]
Since = Annotated[str, typer.Option("--from", metavar="DATE", help="The first day on which it is so.")]
Short = Annotated[str | None, typer.Option("--short", metavar="TEXT", help="The short name people say.")]


def add(
    ctx: typer.Context,
    network_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as ron-ut; it never changes.")],
    *,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Its name in full.")],
    short: Short = None,
    since: Since,
    kind: Annotated[Kind, typer.Option("--kind", help="What it is.")] = Kind.NETWORK,
    predecessors: Annotated[
        list[str] | None,
        typer.Option("--after", metavar="NETWORK", help="It succeeds this body.", autocompletion=complete.networks),
    ] = None,
) -> None:
    """Add a body: a network gets a convenor's seat, and the council a seat that follows it.

    The other seats are given with network reseat. Its standing agenda is at first that of the body it succeeds, or of
    another network.

    Example: atbtst network add ron-ut --name "Nätverket för utbildare" --short RÖN-UT --from 2027-01-01
    """
    from atbtst_cli.acts import bodies

    session: Session = ctx.obj
    act = bodies.add(
        network_id,
        name=name,
        short=short,
        since=session.day(since),
        kind=str(kind),
        predecessors=predecessors or (),
        today=session.today,
    )
    _change(session, act, _("Added {body}, from {date} on."))


def dissolve(
    ctx: typer.Context,
    network: Network,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Its last day.")],
    successors: Annotated[
        list[str] | None,
        typer.Option(
            "--successor",
            metavar="NETWORK",
            help="A body that takes over; the first one goes on with what is open.",
            autocompletion=complete.networks,
        ),
    ] = None,
    cancel: Annotated[
        bool, typer.Option("--cancel-meetings", help="Cancel the meetings it has planned after that day.")
    ] = False,
) -> None:
    """Dissolve a body: it lives on as an archive, and its seats end, with those that follow them.

    Its open action items and matters come to the agenda of the first successor by themselves.

    Example: atbtst network dissolve RÖN-BT --on 2026-12-31 --successor RÖN-ST
    """
    from atbtst_cli.acts import bodies

    session: Session = ctx.obj
    act = bodies.dissolve(
        network, last=session.day(on), successors=successors or (), cancel=cancel, today=session.today
    )
    _change(session, act, _("Dissolved {body}, which is an archive from {date} on."))


def rename(
    ctx: typer.Context,
    network: Network,
    *,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="Its name in full.")] = None,
    short: Short = None,
    since: Since,
) -> None:
    """Give a body another name from a day on; old minutes keep the old one, and it is found by both.

    Example: atbtst network rename RÖN-Dialog --name "Prioriteringsgruppen för ST" --short RÖN-Prio --from 2027-01-01
    """
    from atbtst_cli.acts import bodies

    session: Session = ctx.obj
    act = bodies.rename(network, name=name, short=short, since=session.day(since), today=session.today)
    _change(session, act, _("It is called {body} from {date} on."))


def reseat(
    ctx: typer.Context,
    network: Network,
    source: Annotated[str, typer.Argument(metavar="FILE", help="The seats as YAML; - for standard input.")],
    *,
    since: Since,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and save nothing.")] = False,
) -> None:
    """Give a body other seats from a day on: the file lists them all, each with id, kind and name.

    A seat of the same id goes on with whoever holds it. One that is not in the file ends the day before.

    Each seat is written like this: - {id: sylf, kind: offered, name: SYLF, public_name: false}

    Example: atbtst network reseat RÖN-AT seats.yaml --from 2027-01-01
    """
    from atbtst_cli.acts import reseating

    session: Session = ctx.obj
    session.workspace()
    plan = reseating.planned(files.text(session, source), source)
    act = reseating.reseat(network, plan, since=session.day(since), today=session.today)
    if dry_run:
        _dry_run(session, act)
        return
    _change(session, act, _("{body} has these seats from {date} on."))


def _dry_run(session: Session, act: "BodyAct") -> None:
    """Say what a reorganisation would change, and what it would leave wrong."""
    from atbtst_cli.acts.judge import judge
    from atbtst_cli.commands.organisation import reorganisation

    council = session.workspace().council()
    change = act(council)
    for line in reorganisation(change.answer):
        session.output.result(line)
    session.output.findings(judge(council, change.answer.now, change, session.today))
    session.output.say(_("Nothing was saved."))


def _change(session: Session, act: "BodyAct", said: str) -> None:
    """Make the change, and say what was done and what it means."""
    from atbtst_cli.commands.organisation import reorganisation
    from atbtst_cli.models.directory import Directory

    done = session.change(session.workspace(), act)
    told = done.answer
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=told.body))
        return
    body = Directory(told.now, told.day).body(told.body)
    session.output.say(said.format(body=body, date=told.day), "good")
    for line in reorganisation(told):
        session.output.say("  " + line)
    session.say_commit(done)
