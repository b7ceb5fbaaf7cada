"""The record as it was: what --as-of means, for every command that takes it."""

import re
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


def council(session: Session, workspace: "Workspace", as_of: str | None) -> "tuple[Council, date]":
    """The council, and the day that counts as today: as its files say now, or as the record said then.

    Of a day the last commit counts that the branch itself had at its end, so what was made elsewhere counts from the
    day it came in.
    """
    if as_of is None:
        return workspace.council(), session.today
    from atbtst_cli.store.layout import SETTINGS
    from atbtst_cli.store.load import load

    store = session.store(workspace)
    commit, day = _named(store, as_of) if COMMIT.fullmatch(as_of.casefold()) else _last_on(session, store, as_of)
    tree = store.at(commit)
    if SETTINGS not in tree.entries:
        raise _too_early(store.history(SETTINGS)[-1:], as_of)
    session.output.say(
        _("As the record was on {date}, in commit {commit}.").format(date=day, commit=commit[:10]), "quiet"
    )
    return load(tree), day


def _named(store: "Store", text: str) -> tuple[str, date]:
    """The only commit of the branch whose id begins so, and its day."""
    from atbtst_cli.store.history import commits

    found = [one for one in commits(store.repo, own=False) if one[0].startswith(text.casefold())]
    if not found:
        raise NotFound(
            _("{text} is no commit of this record.").format(text=text), _("See: {command}").format(command="git log")
        )
    if len(found) > 1:
        names = ", ".join(commit[:10] for commit, _day in found)
        raise Ambiguous(
            _("{text} can mean several: {names}.").format(text=text, names=names), _("Give more of its characters.")
        )
    return found[0]


def _last_on(session: Session, store: "Store", text: str) -> tuple[str, date]:
    """The branch's last commit at the end of a day, and that day; no id where it had none yet."""
    from atbtst_cli.store.history import commits

    day = session.day(text)
    if day > session.today:
        raise UsageError(
            _("{date} is still to come, and nobody knows what the record will say.").format(date=day),
            _("Give a day that has been; without --as-of the record is shown as it is now."),
        )
    return next((commit for commit, made in commits(store.repo, own=True) if made <= day), ""), day


def _too_early(first: "Sequence[Step]", when: str) -> NotFound:
    if not first:
        return NotFound(_("Nothing is saved in the record yet."), _("See: {command}").format(command="git status"))
    return NotFound(
        _("The record begins on {date}, and {when} is before that.").format(date=first[0]["date"], when=when),
        _("Give that day or a later one."),
    )
