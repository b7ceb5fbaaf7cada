"""atbtst resolve: deciding what holds where two people changed the same."""

from typing import TYPE_CHECKING, Annotated, cast

import typer

from atbtst_cli.commands.session import Session
from atbtst_cli.errors import Exit, UsageError
from atbtst_cli.language import _, ngettext

if TYPE_CHECKING:
    from atbtst_cli.acts.resolving import Deciding, Open
    from atbtst_cli.store.choices import How
    from atbtst_cli.views.conflicts import Told

app = typer.Typer(rich_markup_mode=None, add_completion=False)

ANSWERS: "dict[str, How]" = {
    **dict.fromkeys(("m", "min", "mitt", "mine", "y", "yours"), "mine"),
    **dict.fromkeys(("d", "deras", "t", "theirs"), "theirs"),
    **dict.fromkeys(("b", "båda", "bägge", "both"), "both"),
    **dict.fromkeys(("n", "ny", "nytt", "new", "v", "value"), "value"),
}
"""What somebody types at the prompt, in Swedish or English."""


@app.command(short_help="Decide what holds where two people changed the same.")
def resolve(
    ctx: typer.Context,
    record: Annotated[str | None, typer.Argument(metavar="[ID]", help="The record, as sync names it.")] = None,
    field: Annotated[str | None, typer.Argument(metavar="[FIELD]", help="The field; without it, all of them.")] = None,
    mine: Annotated[bool, typer.Option("--mine", help="What was written here holds.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="What was written elsewhere holds.")] = False,
    both: Annotated[bool, typer.Option("--both", help="Both hold: theirs, then mine; for lists and texts.")] = False,
    value: Annotated[str | None, typer.Option("--value", help="This holds; several with commas between.")] = None,
    renumber: Annotated[
        bool, typer.Option("--renumber", help="Minutes written here take the next free numbers.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="With --mine or --theirs: the whole record, not only what clashes in it.")
    ] = False,
    undecided: Annotated[
        bool, typer.Option("--undecided", help="Take back what was decided of it, or of all.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what is to be decided as one JSON document.")] = False,
) -> None:
    """Decide, field by field, what holds where sync found that two people changed the same.

    Without arguments it goes through all of them, or lists them where nobody can be asked. The record changes with the
    next sync.

    Example: atbtst resolve
    """
    from atbtst_cli.acts import rendering, resolving
    from atbtst_cli.store.remote import Remote

    session: Session = ctx.obj
    workspace = session.workspace()
    store = session.store(workspace)
    deciding = resolving.Deciding(store, Remote(store.repo), rendering.in_looks_of, session.today)
    how = _how(mine=mine, theirs=theirs, both=both, value=value is not None, renumber=renumber)
    if (whole and (how not in ("mine", "theirs") or field)) or (undecided and (how or field)):
        raise UsageError(
            _("That does not go together."),
            _("Say: {one} or {other}").format(
                one="atbtst resolve ID --whole --mine|--theirs", other="atbtst resolve [ID] --undecided"
            ),
        )
    record = record and deciding.meant(record)
    is_asked = session.interactive and not (how or as_json or undecided)
    if as_json and how:
        raise UsageError(_("--json only lists what is to be decided."), _("Leave it out to decide something."))
    if undecided:
        deciding.undecide(record)
    elif record and how:
        deciding.decide(record, field, how, value or "", whole=whole)
    elif how:
        raise UsageError(
            _("What is to be decided so?"), _("Name the record and the field, as they are listed by: atbtst resolve")
        )
    elif is_asked:
        _ask(session, deciding.open(record), deciding)
    left = deciding.open(None if how or is_asked or undecided else record)
    if as_json:
        session.output.json(left.data())
    else:
        _say(session, left, listed=not (how or session.interactive))
    if left.is_open:
        raise typer.Exit(Exit.CONFLICT)


def _how(**given: bool) -> "How | None":
    """The one way to decide that was given, or None."""
    ways = [how for how, is_given in given.items() if is_given]
    if len(ways) > 1:
        raise UsageError(
            _("Only one of {options} can hold.").format(options=", ".join(f"--{how}" for how in ways)),
            _("Leave all but one of them out."),
        )
    return cast("How", ways[0]) if ways else None


def _ask(session: Session, left: "Open", deciding: "Deciding") -> None:
    """Ask of each conflict what holds; whoever breaks off keeps what they answered before."""
    try:
        _go_through(session, left, deciding)
    except typer.Abort:
        said = _("Interrupted. What you answered before is kept; go on with: {command}")
        session.output.say(said.format(command="atbtst resolve"), "warn")
        raise typer.Exit(Exit.INTERRUPTED) from None


def _go_through(session: Session, left: "Open", deciding: "Deciding") -> None:
    """Ask of each conflict what holds; whoever answers nothing leaves it for later."""
    for one in left.told:
        _show(session, one)
        question = _("What holds: (y)ours, (t)heirs, (b)oth, (n)ew text, or Enter for later")
        while answer := session.ask(question).casefold():
            how = ANSWERS.get(answer.lstrip("-"))
            if how is None:
                session.output.say(_("Answer with one of the letters in brackets."), "warn")
                continue
            value = session.ask(_("The new text")) if how == "value" else ""
            if how == "value" and not value:
                session.output.say(_("Nothing was typed, so nothing was decided."), "warn")
                continue
            try:
                deciding.decide(one.id, one.field, how, value)
            except UsageError as error:
                session.output.error(error)
                continue
            break


def _show(session: Session, one: "Told") -> None:
    from atbtst_cli.views import conflicts

    session.output.line(conflicts.head(one), "strong")
    session.output.facts(conflicts.facts(one))


def _say(session: Session, left: "Open", *, listed: bool) -> None:
    from atbtst_cli.acts.soundness import set_or_take_back

    for one in left.told if listed else ():
        _show(session, one)
        for side in ("--mine", "--theirs"):
            session.output.line(_command(one, side), "quiet", indent="  ")
    session.output.findings(left.findings)
    if left.findings:
        session.output.say(_("These are wrong only in what was changed here and elsewhere together."), "warn")
        session.output.say(set_or_take_back())
    elif left.told:
        count = len(left.told)
        said = ngettext("{count} field is to be decided.", "{count} fields are to be decided.", count)
        session.output.say(said.format(count=count), "warn")
    elif left.decided:
        session.output.say(_("All is decided. Bring it together with: {command}").format(command="atbtst sync"), "good")
    else:
        session.output.say(_("There is nothing to decide."), "good")


def _command(one: "Told", side: str) -> str:
    """The command that decides a conflict for one side, as it can be typed."""
    from shlex import join

    return join(["atbtst", "resolve", one.id, *([one.field] if one.field else []), side])
