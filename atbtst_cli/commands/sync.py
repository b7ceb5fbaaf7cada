"""atbtst sync: the record here and the shared one become the same."""

from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atbtst_cli.acts.soundness import Conflicted
    from atbtst_cli.acts.syncing import Synced
    from atbtst_cli.store.history import Step
    from atbtst_cli.store.remote import Fetched, Remote
    from atbtst_cli.store.transaction import Store
    from atbtst_cli.store.workspace import Workspace

app = typer.Typer(rich_markup_mode=None, add_completion=False)

SHOWN = 10
"""How many changes are named one by one."""


@app.command(short_help="Bring the record here and the shared one together.")
def sync(
    ctx: typer.Context,
    remote: Annotated[
        str | None,
        typer.Option("--remote", metavar="URL", help="Share with this folder or address from now on; needed once."),
    ] = None,
) -> None:
    """Take in what others changed in the shared record, and hand over what was changed here.

    What two people changed in different fields goes together by itself. Where they changed the same one, nothing
    happens until it is decided with atbtst resolve.

    Example: atbtst sync
    """
    from atbtst_cli.store import driver
    from atbtst_cli.store.gitrepo import GitRepo
    from atbtst_cli.store.remote import Remote, add

    session: Session = ctx.obj
    workspace = session.workspace()
    repo = GitRepo(workspace.root)
    if remote:
        add(repo, remote)
    shared = Remote(repo)
    driver.register(repo)
    repo.refuse_unfinished()
    edited = repo.status(workspace.root / "records")
    if edited:
        _say_edited(session, session.store(workspace))
    fetched = shared.fetch()
    if shared.in_step(fetched) and not edited:
        session.output.result(_("Nothing new here or there."))
    else:
        _bring_together(session, workspace, shared, fetched)


def _bring_together(session: Session, workspace: "Workspace", shared: "Remote", fetched: "Fetched") -> None:
    from atbtst_cli.acts import rendering, syncing
    from atbtst_cli.acts.soundness import Conflicted

    store = session.store(workspace)
    try:
        done = syncing.sync(
            store, shared, fetched, rendering.in_looks_of, session.today, lambda done: _say_taken_in(session, done)
        )
    except Conflicted as error:
        _say_conflicts(session, store, shared, error)
        raise
    _say(session, done)


def _say_conflicts(session: Session, store: "Store", shared: "Remote", error: "Conflicted") -> None:
    """Say what has to be decided, record by record."""
    from atbtst_cli.acts import syncing
    from atbtst_cli.views import conflicts

    crossing = syncing.crossing(store, shared)
    for one in conflicts.told(store, crossing, error.conflicts, session.today) if crossing else ():
        session.output.line(conflicts.head(one), "strong")
        session.output.facts(conflicts.facts(one))


def _say_edited(session: Session, store: "Store") -> None:
    edited = store.edited()
    for path in edited[:SHOWN]:
        session.output.say(
            _("{path} was changed by hand and is not saved in the record, so it does not go along.").format(path=path),
            "warn",
        )
    if edited:
        session.output.say(
            _('Save what is to go along with: git commit -m "why" -- {path}').format(path=quote(edited[0]))
        )


def _say(session: Session, done: "Synced") -> None:
    """Say what came in, what was handed over, and what became of tags and files on the way."""
    output = session.output
    if done.received:
        count = len(done.received)
        _say_steps(session, ngettext("{count} change came in:", "{count} changes came in:", count), done.received)
    for one in done.decided:
        output.say(_("Decided: {what}").format(what=one))
    if done.sent:
        count = len(done.sent)
        _say_steps(session, ngettext("{count} change handed over:", "{count} changes handed over:", count), done.sent)
    if not (done.received or done.sent or done.decided):
        output.result(_("Nothing new here or there."))
    for name in done.replaced:
        output.say(_("The shared tag {name} stands in the place of the one that was here.").format(name=name), "warn")
    for name in done.disputed:
        output.say(
            _("The tag {name} is another one in the shared record than here; both stay as they are.").format(name=name),
            "alarm",
        )
    output.findings(done.findings)
    for path in done.left:
        output.say(
            _("{path} was changed by somebody at the same moment and was left as it is.").format(path=path), "warn"
        )


def _say_taken_in(session: Session, done: "Synced") -> None:
    """Say what came in, before it is told why nothing could be handed over."""
    if done.received:
        _say(session, done)


def _say_steps(session: Session, head: str, steps: "Sequence[Step]") -> None:
    session.output.result(head.format(count=len(steps)))
    for step in steps[:SHOWN]:
        session.output.line(f"{step['date']}  {step['subject']}  ({step['author']})", indent="  ")
    if len(steps) > SHOWN:
        session.output.line(_("… and {count} more: atbtst log").format(count=len(steps) - SHOWN), indent="  ")
