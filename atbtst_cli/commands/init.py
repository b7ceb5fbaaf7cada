"""atbtst init: a new workspace."""

import re
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.language import _

if TYPE_CHECKING:
    from atbtst_cli.store.gitrepo import GitRepo

app = typer.Typer(rich_markup_mode=None, add_completion=False)

TRIES = 3
"""How often a question is asked before the program says how to answer it outside."""


@app.command(short_help="Make a new workspace for one council.")
def init(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of the new workspace.")],
    empty: Annotated[bool, typer.Option("--empty", help="Without any bodies and seats.")] = False,
) -> None:
    """Make a new workspace: a folder that keeps one council's record, and a Git repository that remembers it.

    Example: atbtst init council
    """
    from atbtst_cli.acts import workspaces

    session: Session = ctx.obj
    if path.is_dir():
        session.finish_interrupted(path.absolute())
    place = workspaces.place(path)
    repo = workspaces.begin(place)
    try:
        ensure_identity(session, repo)
    except BaseException:
        workspaces.give_up(place)
        raise
    bodies = create(session, place.root, empty=empty)
    there = "atbtst" if place.root == Path.cwd() else f"atbtst -C {quote(str(path))}"
    if place.repository:
        session.output.say(
            _("The workspace is part of the Git repository {path}.").format(path=place.repository), "quiet"
        )
    session.output.result(_("Made the workspace {path} with {count} bodies.").format(path=place.root, count=bodies))
    you, name, seat = _("YOUR NAME"), _("NAME"), _("SEAT")
    session.output.say(_("Add yourself:     {command}").format(command=f'{there} member add "{you}" --me'))
    session.output.say(_("Add the people:   {command}").format(command=f'{there} member add "{name}" --seat {seat}'))
    session.output.say(_("Seats are listed: {command}").format(command=f"{there} network seats"))


def create(session: Session, root: Path, *, empty: bool) -> int:
    """Commit the first files of a workspace, and let its Git merge records by this program; how many bodies it has."""
    from atbtst_cli.acts import workspaces
    from atbtst_cli.store import driver
    from atbtst_cli.store.workspace import Workspace

    store = session.store(Workspace(root))
    done = store.commit(workspaces.init(root.name, empty=empty), lambda *_ignored: [])
    driver.register(store.repo)
    return done.answer


def ensure_identity(session: Session, repo: "GitRepo") -> None:
    """Make sure that Git knows who makes changes: ask at a terminal; elsewhere an error says how to set it."""
    questions = (
        ("user.name", _("Your name, for the record's history"), _is_name, _("Write your name as: First Last")),
        ("user.email", _("Your e-mail address"), _is_address, _("Write your e-mail address as: name@example.org")),
    )
    missing = [question for question in questions if session.interactive and not repo.config(question[0])]
    for key, question, fits, form in missing:
        answer = _ask(session, question, fits, form)
        if not answer:
            break
        repo.set_config(key, answer)
    name, email = repo.identity()
    if missing:
        told = _(
            "Changes are made in the name of {name} <{email}>. Your answers stand in {path}, for this folder alone."
        )
        session.output.say(told.format(name=name, email=email, path=repo.settings_file()))


def _ask(session: Session, question: str, fits: Callable[[str], bool], form: str) -> str:
    """What somebody answered in the right form; nothing where they did not manage after a few tries."""
    for _turn in range(TRIES):
        answer = session.ask(question)
        if answer.isprintable() and fits(answer):
            return answer
        session.output.say(form, "warn")
    return ""


def _is_name(text: str) -> bool:
    """Whether it may be a person's name; a command that was pasted along with others is none."""
    return any(map(str.isalpha, text)) and text.split(maxsplit=1)[0] != "atbtst"


def _is_address(text: str) -> bool:
    from atbtst_cli.models.base import ADDRESS

    return bool(re.fullmatch(ADDRESS, text)) and "." in text.partition("@")[2].strip(".")
