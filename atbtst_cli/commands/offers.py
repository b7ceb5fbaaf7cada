"""The verb that goes through what minutes do not mark: atbtst minutes suggest."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from atbtst_cli.commands import complete
from atbtst_cli.commands.session import Session
from atbtst_cli.errors import AtbtstError, UsageError
from atbtst_cli.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atbtst_cli.models.council import Council
    from atbtst_cli.models.meeting import Meeting
    from atbtst_cli.output import Output
    from atbtst_cli.sheet.offers.find import Offer
    from atbtst_cli.store.sheets import Sheets
    from atbtst_cli.store.workspace import Workspace
    from atbtst_cli.views.offers import Line

ALL = ("all", "alla")
NUMBERS = "1,3|all"
ANSWERS = {
    **dict.fromkeys(("y", "yes", "j", "ja"), "accept"),
    **dict.fromkeys(("n", "no", "nej"), "decline"),
    **dict.fromkeys(("c", "change", "ä", "ändra"), "change"),
    **dict.fromkeys(("l", "later", "s", "senare", ""), "later"),
    **dict.fromkeys(("q", "quit", "k", "klar"), "quit"),
}
"""What can be answered to a line, in Swedish and English."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The offers that are taken, and those that are never to be offered again."""

    taken: "tuple[Offer, ...]" = ()
    declined: "tuple[Offer, ...]" = ()


def suggest(
    ctx: typer.Context,
    meeting: Annotated[
        str | None,
        typer.Argument(
            metavar="[MEETING]",
            help='An id, "RÅD 2026-02-17", "RÅD 1/2026", or RÅD for its latest.',
            autocompletion=complete.meetings,
        ),
    ] = None,
    accept: Annotated[str | None, typer.Option(metavar=NUMBERS, help="Mark the lines with these numbers.")] = None,
    decline: Annotated[str | None, typer.Option(metavar=NUMBERS, help="Never offer these lines again.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """List lines of the minutes that look like an action, a decision or the like, but are not marked as one.

    At a terminal each is shown and asked about. What is accepted is marked where it stands, in one commit.

    Example: atbtst minutes suggest RÅD
    """
    from atbtst_cli.acts import offers
    from atbtst_cli.commands.minutes import named
    from atbtst_cli.views.offers import listed

    session: Session = ctx.obj
    if as_json and (accept or decline):
        raise UsageError(_("--json only lists."), _("Leave it out to accept or decline."))
    workspace = session.workspace()
    council = workspace.council()
    known = offers.open_minutes(named(session, council, meeting))
    lines = listed(council, known, offers.offered(council, known))
    if accept or decline:
        _refuse_unlisted(session, workspace, known, accept, decline)
        _settle(session, workspace, known, _chosen(lines, accept, decline))
    elif lines and not as_json and _is_asked(session):
        _settle(session, workspace, known, Walk(session, council, known).through(lines))
    else:
        _list(session.output, known, lines, as_json=as_json)
        _remember(session, workspace, known, lines)


def tell_offers(output: "Output", council: "Council", meeting: "Meeting") -> None:
    """Say in one line how many lines of some minutes are offered, and the command that shows them."""
    from atbtst_cli.acts.offers import offered

    count = len(offered(council, meeting))
    if count:
        text = ngettext(
            "{count} line looks like an unmarked action, decision or the like: {command}",
            "{count} lines look like unmarked actions, decisions or the like: {command}",
            count,
        )
        output.say(text.format(count=count, command=f"atbtst minutes suggest {meeting.id}"))


def _is_asked(session: Session) -> bool:
    """Whether somebody sits at a terminal who sees the lines and can answer."""
    return session.interactive and session.output.out.isatty() and not session.output.quiet


def _list(output: "Output", meeting: "Meeting", lines: "Sequence[Line]", *, as_json: bool) -> None:
    from atbtst_cli.output import Column, Row

    if as_json:
        output.json([line.data() for line in lines])
    elif not lines:
        output.say(_("No line of {id} looks like something it does not mark.").format(id=meeting.id), "good")
    else:
        columns = (
            Column(_("No."), "strong", right=True),
            Column(_("Line"), "quiet", right=True),
            Column(_("Agenda item")),
            Column(_("Looks like")),
            Column(_("Who"), grows=True),
            Column(_("Due")),
            Column(_("Words"), grows=True),
            Column(_("Because"), "quiet", grows=True),
        )
        output.table(columns, [Row(line.cells()) for line in lines], below=(6, 7))
        numbers = "--accept 1 --decline 2" if len(lines) > 1 else "--accept 1"
        output.say(_("Answer with: {command}").format(command=f"atbtst minutes suggest {meeting.id} {numbers}"))


def _shown(session: Session, workspace: "Workspace") -> "Sheets":
    """The lists that were shown, which tell what their numbers mean."""
    from atbtst_cli.store.sheets import Sheets

    return Sheets(session.store(workspace).repo, "offers")


def _remember(session: Session, workspace: "Workspace", meeting: "Meeting", lines: "Sequence[Line]") -> None:
    """Keep in mind of which minutes the numbers are; where that cannot be written they are not accepted."""
    from atbtst_cli.acts.sheets import fingerprint

    with suppress(OSError):
        text = "".join(f"{line.number} {line.text}\n" for line in lines)
        _shown(session, workspace).keep(meeting.id, text, {"seen": fingerprint(meeting)})


def _refuse_unlisted(session: Session, workspace: "Workspace", meeting: "Meeting", *given: str | None) -> None:
    """Refused where numbers are given, but the minutes are not those of which the numbers were shown last."""
    from atbtst_cli.acts.offers import refuse_changed

    if any(text and text.casefold() not in ALL for text in given):
        shown = _shown(session, workspace)
        known = shown.path(meeting.id).exists()
        refuse_changed(meeting, shown.get(meeting.id).about["seen"] if known else None)


def _chosen(lines: "Sequence[Line]", accept: str | None, decline: str | None) -> Choice:
    """The offers that the numbers name; those of one *all* are what the other does not name."""
    taken, declined = _numbers(lines, accept), _numbers(lines, decline)
    if both := sorted(taken & declined):
        if (accept or "").casefold() in ALL:
            taken -= declined
        elif (decline or "").casefold() in ALL:
            declined -= taken
        else:
            raise UsageError(
                _("{number} cannot be both accepted and declined.").format(number=both[0]),
                _("Name it once."),
            )
    return Choice(
        tuple(line.offer for line in lines if line.number in taken),
        tuple(line.offer for line in lines if line.number in declined),
    )


def _numbers(lines: "Sequence[Line]", text: str | None) -> set[int]:
    """The numbers that a text such as 1,3 or all names."""
    known = {str(line.number): line.number for line in lines}
    if text is None or text.casefold() in ALL:
        return set(known.values()) if text else set()
    parts = text.replace(",", " ").split()
    if unknown := next((part for part in parts if part not in known), None if parts else text):
        raise UsageError(
            _("{number} is none of the numbers 1 to {count} that are listed.").format(number=unknown, count=len(lines))
            if lines
            else _("{number} is no number, because no line is offered.").format(number=unknown),
            _("Write the numbers with commas between them, or all."),
        )
    return {known[part] for part in parts}


def _settle(session: Session, workspace: "Workspace", meeting: "Meeting", choice: Choice) -> None:
    """Mark what is taken, keep in mind what is declined, and tell what became of it."""
    from atbtst_cli.acts.offers import settle
    from atbtst_cli.documents.looks import Looks

    if not choice.taken and not choice.declined:
        session.output.say(_("Nothing was chosen, so nothing was changed."))
        return
    act = settle(
        meeting,
        choice.taken,
        choice.declined,
        today=session.today,
        seed=session.seed(),
        looks=Looks.of(workspace.tree),
    )
    done = session.change(workspace, act, lambda _council: ("meetings", meeting.id))
    for text in _became(meeting, done.answer.meeting):
        session.output.say(text, "good")
    for one in done.answer.approved:
        session.output.say(_("The minutes {id} are approved by this.").format(id=one.id), "good")
    if count := len(choice.declined):
        text = ngettext("{count} line is not offered again.", "{count} lines are not offered again.", count)
        session.output.say(text.format(count=count))
    session.output.findings(done.answer.findings)
    session.say_commit(done)


def _became(before: "Meeting", after: "Meeting") -> "Iterator[str]":
    """What the lines that were taken have become, in words."""
    from atbtst_cli.acts.numbering import cited
    from atbtst_cli.models.meeting import ActionBlock, DecisionBlock, NextTimeBlock
    from atbtst_cli.sheet.blocks import words_of

    known = [block for _item, block in before.blocks()]
    for _item, block in after.blocks():
        text = " ".join(words_of(block).split())
        if block in known:
            continue
        if isinstance(block, ActionBlock):
            yield _("Action {id}: {text}").format(id=block.action, text=text)
        elif isinstance(block, DecisionBlock):
            yield f"{cited(block)}: {text}"
        elif isinstance(block, NextTimeBlock):
            yield _("Next time: {text}").format(text=text)


class Walk:
    """A person at a terminal goes through what is offered, one line after the other."""

    def __init__(self, session: Session, council: "Council", meeting: "Meeting") -> None:
        """Begin at the first line."""
        self._session = session
        self._council = council
        self._meeting = meeting

    def through(self, lines: "Sequence[Line]") -> Choice:
        """What the person chose until the last line, or until they had enough."""
        choice = Choice()
        for line in lines:
            self._show(line, len(lines))
            answer, offer = self._answer(line)
            if answer == "quit":
                break
            if answer == "accept":
                choice = replace(choice, taken=(*choice.taken, offer))
            elif answer == "decline":
                choice = replace(choice, declined=(*choice.declined, offer))
        return choice

    def _show(self, line: "Line", count: int) -> None:
        output = self._session.output
        output.say("")
        output.say(f"{line.number}/{count}  {line.heading}", "strong")
        output.say(f"     {line.text}")
        output.say(f"     {line.reading}", "quiet")

    def _answer(self, line: "Line") -> "tuple[str, Offer]":
        """What the person says to a line, and the line with what they correct of it."""
        offer = line.offer
        is_action = offer.look.kind == "action"
        question = _("[y]es, [n]o, [c]hange, [l]ater, [q]uit") if is_action else _("[y]es, [n]o, [l]ater, [q]uit")
        while True:
            answer = ANSWERS.get(self._session.ask(question).casefold())
            if answer == "change" and is_action:
                return "accept", self._changed(offer)
            if answer and answer != "change":
                return answer, offer

    def _changed(self, offer: "Offer") -> "Offer":
        """The offer with who is to do it and until when as the person says; what is left empty stays."""
        from atbtst_cli.acts.offers import corrected

        while True:
            who = self._session.ask(_("Who (names or ids, with commas between them)"))
            due = self._session.ask(_("Until when (such as 21 november, v. 47, nästa möte)"))
            try:
                return corrected(self._council, self._meeting, offer, who, due)
            except AtbtstError as error:
                self._session.output.error(error)
