"""The agenda of a meeting that is to come: begun from what is due, changed by hand, frozen when it is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from atbtst_cli import naming
from atbtst_cli.acts import papers
from atbtst_cli.acts.ids import Draw
from atbtst_cli.acts.papers import Papers
from atbtst_cli.documents import agenda as agenda_document
from atbtst_cli.documents.edition import Edition
from atbtst_cli.documents.formats import FORMATS
from atbtst_cli.documents.looks import Looks
from atbtst_cli.errors import NotFound, Refused, UsageError
from atbtst_cli.language import _, ngettext, words
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import AgendaItem, Call, CalledItem, Meeting
from atbtst_cli.models.problems import changed, made
from atbtst_cli.rules.agenda import Titles, end, missing, replaced, standing, with_carried
from atbtst_cli.rules.carry import Ahead, Carried, ahead
from atbtst_cli.store.layout import path_in
from atbtst_cli.views.meetings import citation

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Proposed:
    """An agenda with what was added to it now, and the answer of the carry query that it was made from."""

    meeting: Meeting
    added: tuple[Carried, ...]
    ahead: Ahead


@dataclass(frozen=True, slots=True)
class Edits:
    """What is said of one agenda item; None leaves a value as it is, an empty text takes it away."""

    title: str | None = None
    presenter: str | None = None
    minutes: int | None = None
    papers: Papers = ()
    internal: bool | None = None


def proposed(council: Council, meeting: Meeting, seed: int) -> Proposed:
    """The meeting with its standing agenda, if it has none, and everything due that does not stand there yet."""
    draw = Draw(seed, (item.id for item in meeting.items()))
    if not meeting.agenda:
        agenda = standing(council, meeting.network, meeting.date, lambda: draw("p"))
        meeting = meeting.model_copy(update={"agenda": agenda})
    known = ahead(council, meeting)
    added = missing(meeting, known)
    agenda = with_carried(council, meeting, added, _titles(council), lambda: draw("p"))
    return Proposed(meeting.model_copy(update={"agenda": agenda}), added, known)


def _titles(council: Council) -> Titles:
    said = words(council.settings.language).DOCUMENT
    return Titles(
        said.previous,
        said.follow_up,
        lambda meeting: said.minutes_of.format(meeting=citation(council, meeting)),
    )


def coming(council: Council, text: str | None, today: date, *, cancelled: bool = False) -> Meeting:
    """The meeting whose agenda is meant: the one a text names, else the next one planned; never one that was held.

    One that was ``cancelled`` is meant only where that is said.
    """
    if text is None:
        ahead_of_us = [one for one in council.meetings.values() if one.is_coming(today)]
        meeting = min(ahead_of_us, key=lambda one: (one.date, one.id), default=None)
        if meeting is None:
            raise NotFound(
                _("No meeting is planned."), _("Plan one with: {command}").format(command="atbtst meeting plan")
            )
        return meeting
    meeting = naming.meeting(council, text, today, held=False)
    if not meeting.is_pending and not (cancelled and meeting.cancelled):
        state = _("held") if meeting.held else _("cancelled")
        raise Refused(
            _("The meeting {id} is {state}; its agenda is not changed any more.").format(id=meeting.id, state=state),
            _("Correct what was minuted with: {command}").format(command=f"atbtst minutes edit {meeting.id}"),
        )
    return meeting


def new(meeting_id: str, seed: int) -> Callable[[Council], Change[Proposed]]:
    """Begin a meeting's agenda, or add what has become due since; nothing changes where nothing is missing."""

    def act(council: Council) -> Change[Proposed]:
        told = proposed(council, council.meetings[meeting_id], seed)
        count = len(told.meeting.agenda)
        subject = ngettext("{count} agenda item", "{count} agenda items", count).format(count=count)
        brought = [f"{thing.title or thing.source} ({thing.source})" for thing in told.added]
        return _change(council, told.meeting, subject, "\n".join(brought), told)

    return act


def add(
    meeting_id: str, edits: Edits, *, at: str | None, under: str | None, today: date, seed: int
) -> Callable[[Council], Change[Meeting]]:
    """Add an agenda item: where another one stands, under another as its part, else after the questions of the day."""

    def act(council: Council) -> Change[Meeting]:
        meeting = council.meetings[meeting_id]
        new = AgendaItem(id=Draw(seed, (one.id for one in meeting.items()))("p"), title="–")
        item = _edited(council, new, edits, today)
        if under is not None:
            above = find(meeting, under)
            agenda = replaced(meeting.agenda, above.id, (changed(above, parts=(*above.parts, item)),))
        elif at is not None and at != str(len(meeting.agenda) + 1):
            there = find(meeting, at)
            agenda = replaced(meeting.agenda, there.id, (item, there))
        else:
            place = len(meeting.agenda) if at else end(meeting.agenda)
            agenda = (*meeting.agenda[:place], item, *meeting.agenda[place:])
        return _saved(council, meeting, agenda, _("added {title}").format(title=item.title), edits.papers)

    return act


def edit(meeting_id: str, place: str, edits: Edits, *, today: date) -> Callable[[Council], Change[Meeting]]:
    """Change what is said of an agenda item: title, presenter, minutes set aside, papers."""

    def act(council: Council) -> Change[Meeting]:
        meeting = council.meetings[meeting_id]
        item = find(meeting, place)
        edited = _edited(council, item, edits, today)
        agenda = replaced(meeting.agenda, item.id, (edited,))
        return _saved(council, meeting, agenda, _("changed {title}").format(title=edited.title), edits.papers)

    return act


def move(meeting_id: str, place: str, to: str) -> Callable[[Council], Change[Meeting]]:
    """Move an agenda item to where another one stands."""

    def act(council: Council) -> Change[Meeting]:
        meeting = council.meetings[meeting_id]
        item, there = find(meeting, place), find(meeting, to)
        if any(part.id == there.id for part in item.walk()):
            raise UsageError(
                _("{place} cannot be moved to {to}, which is a part of it.").format(place=place, to=to),
                _("Give the place of another agenda item."),
            )
        order = list(meeting.numbers())
        pair = (there, item) if order.index(item.id) < order.index(there.id) else (item, there)
        agenda = replaced(replaced(meeting.agenda, item.id, ()), there.id, pair)
        return _saved(council, meeting, agenda, _("moved {title}").format(title=item.title))

    return act


def drop(meeting_id: str, place: str) -> Callable[[Council], Change[Meeting]]:
    """Take an agenda item off the agenda with its papers; what had brought it stays due."""

    def act(council: Council) -> Change[Meeting]:
        meeting = council.meetings[meeting_id]
        item = find(meeting, place)
        agenda = replaced(meeting.agenda, item.id, ())
        return _saved(council, meeting, agenda, _("dropped {title}").format(title=item.title))

    return act


def as_called(meeting: Meeting, today: date, by: str | None) -> Meeting:
    """The meeting as called today, its agenda frozen; one called before stays as it was called.

    Refused where there is no agenda.
    """
    refuse_empty(meeting)
    if meeting.called:
        return meeting
    internal = meeting.internal_ids()
    frozen = tuple(CalledItem(id=item.id, title=item.title, internal=item.id in internal) for item in meeting.items())
    return changed(meeting, called=made(Call, date=today, by=by, agenda=frozen))


def called(council: Council, sent: Meeting, looks: Looks) -> Change[Meeting]:
    """The meeting as called with the agenda that was ``sent``, its documents as they went out.

    What became of its agenda while the letters were on their way shows as a change of the call. No change where it was
    called before.
    """
    meeting = council.meetings[sent.id]
    if meeting.called:
        return Change(meeting)
    new = changed(meeting, called=sent.called)
    folder = _path(council, meeting).rpartition("/")[0]
    documents = {f"{folder}/agenda.{name}": render(council, sent, looks, name, "internal") for name in FORMATS}
    return _change(council, new, _("called"), "", new, documents)


def refuse_empty(meeting: Meeting) -> None:
    """Refused for a meeting that has no agenda."""
    if not meeting.agenda:
        raise Refused(
            _("The meeting {id} has no agenda yet.").format(id=meeting.id),
            _("Make it with: {command}").format(command=f"atbtst agenda new {meeting.id}"),
        )


def render(council: Council, meeting: Meeting, looks: Looks, form: str, edition: Edition) -> bytes:
    """The agenda in one format and edition; the same bytes every time."""
    return FORMATS[form](agenda_document.build(meeting, council, edition), looks)


def find(meeting: Meeting, place: str) -> AgendaItem:
    """The agenda item of that printed number, such as 3 or 2.1, or with that id."""
    wanted = place.strip().rstrip(".")
    numbers = meeting.numbers()
    for item in meeting.items():
        if wanted in (item.id, numbers[item.id]):
            return item
    raise NotFound(
        _("{place} is no agenda item of {id}.").format(place=place, id=meeting.id),
        _("See: {command}").format(command=f"atbtst agenda show {meeting.id}"),
    )


def _edited(council: Council, item: AgendaItem, edits: Edits, today: date) -> AgendaItem:
    new: dict[str, Any] = {}
    if edits.title is not None:
        new["title"] = _title(edits.title)
    if edits.presenter is not None:
        new["presenter"] = naming.member_id(council, edits.presenter, today) if edits.presenter.strip() else None
    if edits.minutes is not None:
        new["allotted"] = edits.minutes or None
    if edits.internal is not None:
        new["internal"] = edits.internal
    new["papers"] = papers.listed(item.papers, edits.papers)
    return changed(item, **new)


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise UsageError(_("The agenda item has no title."), _("Say in a few words what it is about."))
    return title


def _saved(
    council: Council,
    meeting: Meeting,
    agenda: tuple[AgendaItem, ...],
    words: str,
    added: Papers = (),
) -> Change[Meeting]:
    """The meeting with another agenda, and its papers: new ones beside it, those that nothing lists any more away."""
    new = meeting.model_copy(update={"agenda": agenda})
    beside = papers.files(_path(council, meeting), added, _listed(meeting) - _listed(new))
    return _change(council, new, words, "", new, beside)


def _listed(meeting: Meeting) -> set[str]:
    return {name for item in meeting.items() for name in item.papers}


def _change(
    council: Council,
    meeting: Meeting,
    words: str,
    body: str,
    answer: Answer,
    documents: Mapping[str, bytes | None] | None = None,
) -> Change[Answer]:
    name = Directory(council, meeting.date).body(meeting.network)
    subject = f"agenda({name} {meeting.date}): {words}"
    path = _path(council, meeting)
    return Change(answer, subject, body, (("Meeting", meeting.id),), {path: meeting}, documents or {})


def _path(council: Council, meeting: Meeting) -> str:
    return path_in(council, "meetings", meeting.id, meeting.date.year)
