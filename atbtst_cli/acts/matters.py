"""What is said of a matter between meetings: that it is raised, news of it, that it is closed; each is one change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from atbtst_cli import naming
from atbtst_cli.acts import papers
from atbtst_cli.acts.ids import Draw
from atbtst_cli.acts.papers import Papers
from atbtst_cli.errors import Refused, UsageError
from atbtst_cli.language import _
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import LogEntry, Origin
from atbtst_cli.models.matter import Matter, MatterClosed
from atbtst_cli.models.network import Network
from atbtst_cli.models.problems import changed, made
from atbtst_cli.rules import matters
from atbtst_cli.rules.succession import heir
from atbtst_cli.store.layout import path_in
from atbtst_cli.views import matters as view

MatterAct = Callable[[Council], Change[Matter]]


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does something with a matter and when: ``by`` as it was typed, else ``me``, the member at the keyboard."""

    day: date
    me: str | None
    by: str | None = None

    def who(self, council: Council) -> str | None:
        """The id of the member who does it, if that is known."""
        return self.me if self.by is None else naming.member_id(council, self.by, self.day)


@dataclass(frozen=True, slots=True)
class Edits:
    """What is said of a matter; None leaves a value as it is, an empty text takes it away."""

    title: str | None = None
    about: str | None = None
    reference: str | None = None
    internal: bool | None = None
    papers: Papers = ()
    without: Sequence[str] = ()


def raise_(network: str, edits: Edits, *, meeting: str | None, doing: Doing, seed: int) -> MatterAct:
    """Raise a matter in a body; it lies there until it is sent on, decided or closed."""

    def act(council: Council) -> Change[Matter]:
        body = naming.network(council, network, doing.day)
        refuse_gone(council, body, doing.day)
        origin = Origin(meeting=naming.meeting(council, meeting, doing.day).id) if meeting else None
        drawn = Draw(seed, council.matters)("m")
        new = made(Matter, id=drawn, title="–", network=body.id, raised=doing.day, origin=origin)
        return _edited(council, new, edits, "raise", doing)

    return act


def edit(matter: str, edits: Edits, *, doing: Doing) -> MatterAct:
    """Change what is said of a matter, open or closed, and its papers."""

    def act(council: Council) -> Change[Matter]:
        if edits == Edits():
            raise UsageError(
                _("Nothing to change was given."), _("See: {command}").format(command="atbtst matter edit --help")
            )
        return _edited(council, naming.matter(council, matter), edits, "edit", doing)

    return act


def _edited(council: Council, matter: Matter, edits: Edits, verb: str, doing: Doing) -> Change[Matter]:
    for name in edits.without:
        if name not in matter.papers:
            raise UsageError(
                _("{id} has no paper {name}.").format(id=matter.id, name=name),
                _("Its papers: {names}").format(names=", ".join(matter.papers) or "–"),
            )
    kept = [name for name in matter.papers if name not in edits.without]
    new: dict[str, Any] = {"papers": papers.listed(kept, edits.papers)}
    if edits.title is not None:
        new["title"] = _line(edits.title)
    if edits.about is not None:
        new["description"] = edits.about.strip() or None
    if edits.reference is not None:
        new["reference"] = " ".join(edits.reference.split()) or None
    if edits.internal is not None:
        new["internal"] = edits.internal
    beside = papers.files(_path(council, matter), edits.papers, edits.without)
    return saved(council, changed(matter, **new), verb, doing, documents=beside)


def note(matter: str, text: str, *, doing: Doing) -> MatterAct:
    """Add news to a matter."""

    def act(council: Council) -> Change[Matter]:
        return saved(council, noted(council, naming.matter(council, matter), text, doing), "note", doing, text)

    return act


def close(matter: str, *, reason: str | None, doing: Doing) -> MatterAct:
    """Close a matter that lies with the body that raised it; Refused while an answer to it is awaited."""

    def act(council: Council) -> Change[Matter]:
        known = still_open(council, matter)
        if elsewhere := matters.leaves(known):
            raise awaited(council, known, elsewhere[-1].to, doing.day)
        step = made(MatterClosed, date=doing.day, by=doing.who(council), reason=given(reason))
        return saved(council, changed(known, closed=step), "close", doing, reason)

    return act


def reopen(matter: str, *, reason: str | None, doing: Doing) -> MatterAct:
    """Open a closed matter again; that it was closed stays in its log."""

    def act(council: Council) -> Change[Matter]:
        known = naming.matter(council, matter)
        if not known.closed:
            raise Refused(_("{id} is not closed.").format(id=known.id))
        said = _("It was closed {date}, and is open again.").format(date=known.closed.date)
        again = noted(council, known, f"{said} {reason or ''}", doing)
        return saved(council, changed(again, closed=None), "reopen", doing, reason)

    return act


def still_open(council: Council, text: str) -> Matter:
    """The matter that an id, or its beginning, names; Refused where it is closed."""
    known = naming.matter(council, text)
    if known.closed:
        raise Refused(
            _("{id} has been closed since {date}.").format(id=known.id, date=known.closed.date),
            _("Open it again with: {command}").format(command=f"atbtst matter reopen {known.id}"),
        )
    return known


def awaited(council: Council, matter: Matter, receiver: str, day: date) -> Refused:
    """That the receiver of a sending has not answered yet, and what to do about it."""
    return Refused(
        _("{id} lies with {body}, who has not answered yet.").format(
            id=matter.id, body=view.name(council, receiver, day)
        ),
        _("Note that answer with: {answer}   or take the matter back with: {withdraw}").format(
            answer=f'atbtst matter answer {matter.id} --from {receiver} "…"',
            withdraw=f"atbtst matter withdraw {matter.id} --to {receiver}",
        ),
    )


def refuse_gone(council: Council, network: Network, day: date) -> None:
    """Refused for a body that there was not on that day, with who goes on for it."""
    if network.lives(day):
        return
    following = heir(council, network.id, day)
    raise Refused(
        _("There was no {body} on {date}.").format(body=network.short(day), date=day),
        _("{body} goes on with what it left.").format(body=Directory(council, day).body(following))
        if following != network.id
        else _("See: {command}").format(command=f"atbtst network show {network.id}"),
    )


def noted(council: Council, matter: Matter, text: str, doing: Doing) -> Matter:
    """The matter with news of that day."""
    entry = made(LogEntry, date=doing.day, by=doing.who(council), note=naming.said(text))
    return changed(matter, log=(*matter.log, entry))


def given(text: str | None) -> str | None:
    """The words that were given, if any; UsageError for empty ones."""
    return naming.said(text) if text is not None else None


def saved(
    council: Council,
    matter: Matter,
    verb: str,
    doing: Doing,
    said: str | None = None,
    documents: Mapping[str, bytes | None] | None = None,
) -> Change[Matter]:
    """The change that puts the matter on record as it is here; its message says where the matter lies."""
    raised = _("Raised by: {body}").format(body=Directory(council, doing.day).body(matter.network))
    where = _("Lies with: {bodies}").format(bodies=view.lies_with(council, matter, doing.day))
    ended = _("Closed: {date}").format(date=matter.closed.date) if matter.closed else where
    body = "\n".join([*([said.strip(), ""] if said else []), raised, ended])
    subject, path = f"matter({verb}): {matter.title}", _path(council, matter)
    return Change(matter, subject, body, (("Matter", matter.id),), {path: matter}, documents or {})


def _path(council: Council, matter: Matter) -> str:
    return path_in(council, "matters", matter.id, matter.raised.year)


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise UsageError(_("The text is empty."), _("Say in a few words what the question is."))
    return line
