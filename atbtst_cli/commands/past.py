"""The record as it was: what --as-of means, for every command that takes it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import Ambiguous, NotFound, UsageError
from atbtst_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atbtst_cli.models.council import Council
    from atbtst_cli.store.history import Step
    from atbtst_cli.store.transaction import Store
    from atbtst_cli.store.workspace import Workspace

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE|COMMIT", help="As the record was at the end of a day, or in a commit."),
]
COMMIT = re.compile(r"(?=.*[a-f]|.{9})[0-9a-f]{4,64}", re.ASCII)
"""The id of a commit, or its beginning; up to eight digits alone are a day."""
SHORTEST = 4
"""The fewest characters by which a commit may be named."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The record at one moment: the council, the day that counts as today, its files, and the commit, if it is one."""

    council: "Council"
    today: date
    workspace: "Workspace"
    commit: str | None = None


def council(session: Session, workspace: "Workspace", as_of: str | None) -> "tuple[Council, date]":
    """The council, and the day that counts as today: as its files say now, or as the record said then."""
    then = moment(session, workspace, as_of)
    return then.council, then.today


def moment(session: Session, workspace: "Workspace", as_of: str | None) -> Moment:
    """The record as its files say now, or as it was then; which commit that is, and what it lacks, is told.

    Of a day the last commit counts that the branch itself had at its end, so what was made elsewhere counts from the
    day it came in.
    """
    if as_of is None:
        return Moment(workspace.council(), session.today, workspace)
    from atbtst_cli.store.workspace import Workspace

    store = session.store(workspace)
    commit, day = found(session, store, as_of)
    session.output.say(
        _("As the record was on {date}, in commit {commit}.").format(date=day, commit=commit[:10]), "quiet"
    )
    _say_what_came_later(session, store, commit, day)
    then = Workspace(workspace.root, store.at(commit))
    return Moment(then.council(), day, then, commit)


def found(session: Session, store: "Store", text: str) -> tuple[str, date]:
    """The commit that a text names, by its id, or by a day at whose end it was the branch's last; and that day."""
    from atbtst_cli.store.layout import SETTINGS

    is_commit = COMMIT.fullmatch(text.casefold())
    commit, day = named(store, text) if is_commit else _last_on(session, store, text)
    if not commit or not store.at(commit, SETTINGS).entries:
        raise _too_early(store.history(SETTINGS)[-1:], text)
    return commit, day


def before(session: Session, store: "Store", text: str) -> str | None:
    """The commit that a text names, or the branch's last one before the day that it names; None where there is none."""
    from datetime import timedelta

    from atbtst_cli.store.history import last_on

    if COMMIT.fullmatch(text.casefold()):
        return named(store, text)[0]
    return last_on(store.repo, session.day(text) - timedelta(days=1), session.today)


def readable(workspace: "Workspace", store: "Store") -> "Council":
    """The council by which people and bodies are called: as its files say, or as saved where they cannot be read."""
    from atbtst_cli.errors import Invalid
    from atbtst_cli.store.load import load

    try:
        return workspace.council()
    except Invalid:
        return load(store.tip())


def _say_what_came_later(session: Session, store: "Store", commit: str, day: date) -> None:
    """Say, where others have worked elsewhere, that their work counts from the day on which it came in."""
    from atbtst_cli.language import ngettext
    from atbtst_cli.store.history import came_later

    later = came_later(store.repo, commit, day)
    if later is None:
        return
    said = _("What others make offline appears on the day it comes in.")
    if later:
        more = ngettext(
            "{count} change made by then came in later.", "{count} changes made by then came in later.", later
        )
        said += " " + more.format(count=later)
    session.output.say(said, "quiet")


def named(store: "Store", text: str) -> tuple[str, date]:
    """The only commit of the branch whose id begins so, and its day."""
    from atbtst_cli.store.history import commits

    wanted = text.casefold() if len(text) >= SHORTEST else "?"
    found = [one for one in commits(store.repo, own=False) if one[0].startswith(wanted)]
    if not found:
        raise NotFound(
            _("{text} is no commit of this record.").format(text=text), _("See: {command}").format(command="atbtst log")
        )
    if len(found) > 1:
        names = ", ".join(commit[:10] for commit, _day in found)
        raise Ambiguous(
            _("{text} can mean several: {names}.").format(text=text, names=names), _("Give more of its characters.")
        )
    return found[0]


def _last_on(session: Session, store: "Store", text: str) -> tuple[str, date]:
    """The branch's last commit at the end of a day, and that day; no id where it had none yet."""
    from atbtst_cli.store.history import last_on

    day = session.day(text)
    if day > session.today:
        raise UsageError(
            _("{date} is still to come, and nobody knows what the record will say.").format(date=day),
            _("Give a day that has been, or none for the record as it is now."),
        )
    return last_on(store.repo, day, session.today) or "", day


def _too_early(first: "Sequence[Step]", when: str) -> NotFound:
    if not first:
        return NotFound(_("Nothing is saved in the record yet."), _("See: {command}").format(command="git status"))
    return NotFound(
        _("The record begins on {date}, and {when} is before that.").format(date=first[0]["date"], when=when),
        _("Give that day or a later one."),
    )
