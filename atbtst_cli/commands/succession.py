"""atbtst network appoint, vacate and decline: who comes after whom in a seat."""

from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from atbtst_cli.acts.successions import Succession, SuccessionAct
    from atbtst_cli.store.transaction import Done

Network = Annotated[
    str,
    typer.Argument(
        metavar="NETWORK", help="The body, or its seat as ron-at/convenor.", autocompletion=complete.networks
    ),
]
Seat = Annotated[str | None, typer.Argument(metavar="[SEAT]", help="The seat in it.", autocompletion=complete.seats)]
Items = Annotated[
    str | None,
    typer.Option("--items", metavar="keep|seat|MEMBER", help="Who gets the open items of the one who leaves."),
]


def appoint(
    ctx: typer.Context,
    network: Network,
    seat: Annotated[
        str | None, typer.Argument(metavar="SEAT", help="The seat in it.", autocompletion=complete.seats)
    ] = None,
    member: Annotated[
        str | None, typer.Argument(metavar="MEMBER", help="An id or a name.", autocompletion=complete.members)
    ] = None,
    *,
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day in the seat.")],
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day, where it is known.")] = None,
    items: Items = None,
) -> None:
    """Let a member hold a seat from a day on; whoever holds it leaves it the day before.

    What the seat has promised goes with it. The council's seats follow the convenors by themselves.

    Example: atbtst network appoint RÖN-AT convenor cilla-exempel --from 2026-09-01
    """
    from atbtst_cli.acts import successions

    session: Session = ctx.obj
    whole = "/" in network
    reference, who = (network, seat) if whole else (_reference(network, seat), member)
    if who is None or (whole and member is not None):
        raise UsageError(
            _("A body, a seat and a member are needed."),
            _("Write it like this: {example}").format(
                example="atbtst network appoint RÖN-AT convenor cilla-exempel --from 2026-09-01"
            ),
        )
    first, last = session.day(since), session.day(until) if until else None

    def act(choice: str | None) -> "SuccessionAct":
        return successions.appoint(reference, who, since=first, until=last, items=choice, today=session.today)

    done = _succeed(session, act, items)
    told = done.answer
    to = f" --to {last}" if last else ""
    holder = told.holder.member if told.holder else who
    _tell(session, done, f"atbtst network appoint {told.seat} {holder} --from {first}{to}")


def vacate(
    ctx: typer.Context,
    network: Network,
    seat: Seat = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The last day; by default today.")] = None,
    items: Items = None,
) -> None:
    """Let a day be the last one of whoever holds a seat; from then on it stands empty, until somebody is appointed.

    Example: atbtst network vacate RÖN-AT convenor --on 2026-08-31
    """
    from atbtst_cli.acts import successions

    session: Session = ctx.obj
    last = session.day(on) if on else session.today

    def act(choice: str | None) -> "SuccessionAct":
        return successions.vacate(_reference(network, seat), last=last, items=choice, today=session.today)

    done = _succeed(session, act, items)
    _tell(session, done, f"atbtst network vacate {done.answer.seat} --on {last}")


def decline(
    ctx: typer.Context,
    network: Network,
    seat: Seat = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; by default today.")] = None,
) -> None:
    """Write down that the offer of a seat was declined; the seat stays, and can be taken later.

    Example: atbtst network decline RÖN-AT sylf --on 2026-03-01
    """
    from atbtst_cli.acts import successions
    from atbtst_cli.models.directory import Directory

    session: Session = ctx.obj
    workspace = session.workspace()
    day = session.day(on) if on else session.today
    done = session.change(workspace, successions.decline(_reference(network, seat), on=day, today=session.today))
    name = Directory(workspace.council(), day).name(done.answer.seat)
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=done.answer.seat))
    else:
        session.output.say(_("{seat}: declined {date}.").format(seat=name, date=day), "good")
        session.say_commit(done)


def _reference(network: str, seat: str | None) -> str:
    """The seat, such as ron-at/convenor, that is named in one word or in two."""
    return network if seat is None else f"{network}/{seat}"


def _succeed(session: Session, act: "Callable[[str | None], SuccessionAct]", items: str | None) -> "Done[Succession]":
    """Make the change; at a terminal it is asked first what becomes of the items that the earlier holder owns."""
    from atbtst_cli.acts.successions import TO_SEAT
    from atbtst_cli.commands.organisation import own

    workspace = session.workspace()
    if items is None and session.interactive:
        council = workspace.council()
        told = act(None)(council).answer
        if told.own:
            for line in own(council, told):
                session.output.say(line)
            question = ngettext(
                "Give it to the seat {seat}, so that it goes with the seat?",
                "Give them to the seat {seat}, so that they go with it?",
                len(told.own),
            ).format(seat=told.seat)
            items = TO_SEAT if session.confirm(question, default=False) else None
    return session.change(workspace, act(items))


def _tell(session: Session, done: "Done[Succession]", command: str) -> None:
    """Say what was done, what goes with it, and how the rest is moved later."""
    from atbtst_cli.commands.organisation import own, succession

    council = session.workspace().council()
    told = done.answer
    if done.commit is None:
        session.output.say(_("Nothing changed: {id} says so already.").format(id=told.seat))
    else:
        first, *rest = succession(council, told)
        session.output.say(first, "good")
        for line in rest:
            session.output.say("  " + line)
    if told.own and told.given_to is None:
        for line in own(council, told):
            session.output.say("  " + line)
        said = _("They go to the seat with: {command}").format(command=f"{command} --items seat")
        session.output.say("  " + said)
    session.say_commit(done)
