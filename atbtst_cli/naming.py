"""What people type on the command line, and the one record they mean; else an error that names the candidates."""

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, time
from typing import TypeVar, cast

from atbtst_cli.errors import Ambiguous, Finding, Invalid, NotFound, UsageError
from atbtst_cli.language import LANGUAGES, _, words
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import SHORTEST, Directory, fold
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting, Role
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.rules.seats import holders
from atbtst_cli.sheet import moment
from atbtst_cli.sheet.markers import ASKED, OUTCOMES
from atbtst_cli.sheet.misfits import misfits, wrong_weekday, year_not_written
from atbtst_cli.sheet.vocabulary import example

T = TypeVar("T")


def network(council: Council, text: str, on: date) -> Network:
    """The body that a text names."""
    found = Directory(council, on).network(text) or _by_id(council.networks, text)
    known = ", ".join(one.short(on) for one in council.networks.values() if one.lives(on))
    return _read(council.networks, _one(found, text, _("{text} is no body of this council."), _known(known)))


def member(council: Council, text: str, on: date) -> Member:
    """The member that a text names."""
    return _read(council.members, member_id(council, text, on))


def member_id(council: Council, text: str, on: date) -> str:
    """The id of the member that a text names, be the record readable or not."""
    found = Directory(council, on).member(text) or _by_id(council.members, text)
    return _one(found, text, _("{text} is no member on record."), _known(_shortened(council.members)))


def owner(council: Council, text: str, on: date) -> str:
    """The id of the member, or the seat such as ron-at/convenor, that a text names; a leading @ is taken away."""
    wanted = text.strip().removeprefix("@")
    directory = Directory(council, on)
    found = directory.owner(wanted) or _by_id(council.members, wanted)
    hint = _seats(council, directory, wanted, on) or _known(_shortened(council.members))
    return _one(found, wanted, _("{text} is no member and no seat on record."), hint)


def seat(council: Council, text: str, on: date) -> str:
    """The seat, such as ron-at/convenor, that a text such as RÖN-AT/Sammankallande names."""
    wanted = text.strip()
    directory = Directory(council, on)
    found = directory.owner(wanted) if "/" in wanted else ()
    written = _("Write body/seat, such as ron-at/convenor. See: {command}").format(command="atbtst network seats")
    return _one(found, wanted, _("{text} is no seat."), _seats(council, directory, wanted, on) or written)


def _seats(council: Council, directory: Directory, text: str, on: date) -> str:
    """The seats of the body that a text names or begins with, each with its holder; nothing where it names none."""

    def sitting(body: str, seat_id: str) -> str:
        return ", ".join(directory.name(one.member) for one in holders(council, body, seat_id, on)) or _("vacant")

    name = text.partition("/")[0]
    told = [
        f"  {body}/{one.id} – {one.name(on)} ({sitting(body, one.id)})"
        for body in directory.network(name)
        for one in council.networks[body].seats
        if one.holds(on)
    ]
    return "\n".join([_("Seats of {body}:").format(body=name), *told]) if told else ""


def item(council: Council, text: str) -> ActionItem:
    """The action item that an id, or the beginning of one, names."""
    return _read(council.items, item_id(council, text))


def item_id(council: Council, text: str) -> str:
    """The id of the action item that it, or its beginning, names, be the record readable or not."""
    return _by_prefix(council.items, text, _("{text} is no action item on record."), "atbtst item list")


def matter(council: Council, text: str) -> Matter:
    """The matter that an id, or the beginning of one, names."""
    return _read(council.matters, matter_id(council, text))


def matter_id(council: Council, text: str) -> str:
    """The id of the matter that it, or its beginning, names, be the record readable or not."""
    return _by_prefix(council.matters, text, _("{text} is no matter on record."), "atbtst matter list --all")


def body_id(council: Council, text: str, on: date) -> str:
    """The id of the body of the council, or of the instance outside it, that a text names."""
    found = Directory(council, on).instance(text) or _by_id(council.networks, text)
    bodies = [one.short(on) for one in council.networks.values() if one.lives(on)]
    outside = [next(iter(one.aliases), one.id) for one in council.settings.instances]
    return _one(
        found, text, _("{text} is no body of this council and no instance."), _known(", ".join(bodies + outside))
    )


def meeting(council: Council, text: str, today: date, *, held: bool = True) -> Meeting:
    """The meeting that a text names: id, beginning of one, body and date, body and number, or a body alone.

    A body alone means its latest held meeting, or with ``held`` false the next planned one.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}(-\d{2})?(-\d{2})?(-[a-z0-9-]+)?", text):
        found_id = _by_prefix(council.meetings, text, _("{text} is no meeting on record."), "atbtst meeting list")
        return _read(council.meetings, found_id)
    if found := re.fullmatch(r"(.+?)\s+(\d{1,3})/(\d{4})", text):
        return _by_number(council, found[1], int(found[2]), int(found[3]))
    on = moment.day(text, today, moment.nearest) or moment.relative(text, today)
    if on and on.date and on.end == len(text) and (name := text[: on.start].strip()):
        body = network(council, name, on.date)
        return _of_day(council, body, _recorded(council, body, on, today) or on.date)
    return _latest(council, network(council, text, today), today, held=held)


def decision(council: Council, text: str, today: date, network_id: str = "") -> str:
    """The id, such as 2026-02-17-rad/d-1, of the decision that a text names: that id, or RÅD § 3/2026.

    Less of it will do where it means one decision; without a body, one of ``network_id``.
    """
    directory = Directory(council, today)
    found = directory.decision(text, network_id)
    names = [directory.cited(one) for one in found]
    if len(found) > 1 and len(set(names)) == len(names):  # two with one number are told apart by their ids only
        raise Ambiguous(
            _("{text} can mean several: {names}.").format(text=text, names=", ".join(names)),
            _("Write the body and the year of the one you mean."),
        )
    missing = _("{text} is no decision on record.")
    return _one(found, text, missing, _("See: {command}").format(command="atbtst decision list --all"))


def thing(council: Council, text: str, today: date) -> tuple[str, str]:
    """The kind and the id of whatever a text names: "items", "matters", "meetings", "members", "networks" and so on.

    A decision, such as RÅD § 3/2026, is of the kind "decisions", and a seat, such as ron-at/convenor, of "seats".
    """
    wanted = text.strip()
    if found := _by_form(council, wanted, today):
        return found
    directory = Directory(council, today)
    bodies = directory.network(wanted) or _by_id(council.networks, wanted)
    people = directory.member(wanted) or _by_id(council.members, wanted)
    if bodies or people:
        known = _one((*bodies, *people), wanted, "", "")
        return ("networks" if known in bodies else "members"), known
    with suppress(NotFound):
        return "meetings", meeting(council, wanted, today).id
    raise NotFound(
        _("{text} names nothing on record.").format(text=_shown(text)),
        _("Give an id, a body, a person, a meeting such as {meeting}, or a decision such as {decision}.").format(
            meeting='"RÅD 2026-04-21"', decision='"RÅD § 3/2026"'
        ),
    )


def _by_form(council: Council, text: str, today: date) -> tuple[str, str] | None:
    """The kind and the id of what a text names that can be of one kind only: by an id, or a decision or a seat."""
    for kind, records in (("reports", council.reports), ("mailings", council.mailings)):
        if text in records:
            return kind, text
    if fold(text).startswith("i-"):
        return "items", item_id(council, text)
    if fold(text).startswith("m-"):
        return "matters", matter_id(council, text)
    if "§" in text or re.search("/d-[^/]+$", text):
        return "decisions", decision(council, text, today)
    return ("seats", seat(council, text, today)) if re.search(r"\D/|/\D", text) else None


def outcome(text: str) -> str:
    """The outcome of a decision that a text names: by its code, or as sheets and documents write it."""
    printed = {fold(word): known for code in LANGUAGES for known, word in words(code).DOCUMENT.outcomes.items()}
    known = {**printed, **OUTCOMES, **{code: code for code in printed.values()}}
    if fold(text) not in known:
        raise UsageError(
            _("{text} is no outcome of a decision.").format(text=_shown(text)),
            _known(", ".join(dict.fromkeys(printed.values()))),
        )
    return known[fold(text)]


def role(text: str) -> Role:
    """What a text asks of the receiver of a matter: by its code, or as sheets write it."""
    codes = dict.fromkeys(ASKED.values())
    known = {**ASKED, **{code: code for code in codes}}
    if fold(text) not in known:
        raise UsageError(
            _("“{word}” does not say what is asked of the receiver").format(word=_shown(text)) + ".",
            _known(", ".join((*codes, *ASKED))),
        )
    return cast("Role", known[fold(text)])


def _by_number(council: Council, name: str, number: int, year: int) -> Meeting:
    body = network(council, name, date(year, 1, 1))
    for known in council.meetings.values():
        if (known.network, known.number, known.date.year) == (body.id, number, year):
            return known
    raise NotFound(
        _("{body} has no meeting {number}/{year} on record.").format(
            body=body.short(date(year, 1, 1)), number=number, year=year
        ),
        _("See: {command}").format(command=f"atbtst meeting list --network {body.id}"),
    )


def _recorded(council: Council, body: Network, day: moment.Day, today: date) -> date | None:
    """Of the days that a text without a year can mean, the nearest one on which the body has a meeting on record."""
    written = moment.parts(day.words) if day.inferred else None
    days = (known.date for known in _meetings(council, body))
    return moment.closest((on for on in days if written and written.of(on.year) == on), today)


def _of_day(council: Council, body: Network, day: date) -> Meeting:
    names = tuple(known.id for known in _meetings(council, body) if known.date == day)
    text = f"{body.short(day)} {day}"
    return council.meetings[_one(names, text, _("{text}: no such meeting is on record."), "")]


def _meetings(council: Council, body: Network) -> list[Meeting]:
    """The body's meetings, joint ones too."""
    return [known for known in council.meetings.values() if body.id in (known.network, *known.with_)]


def _latest(council: Council, body: Network, today: date, *, held: bool) -> Meeting:
    ours = _meetings(council, body)
    if held:
        past = [known for known in ours if known.held]
        chosen = max(past, key=lambda known: (known.date, known.id), default=None)
        missing = _("{body} has held no meeting on record.")
        hint = _("See: {command}").format(command=f"atbtst meeting list --network {body.id}")
    else:
        coming = [known for known in ours if known.is_coming(today)]
        chosen = min(coming, key=lambda known: (known.date, known.id), default=None)
        missing = _("{body} has no meeting to come on record.")
        hint = _("Plan one with: {command}").format(command=f"atbtst meeting plan {body.id} --date DATE")
    if chosen is None:
        raise NotFound(missing.format(body=body.short(today)), hint)
    return chosen


def _by_prefix(records: Collection[str], text: str, missing: str, command: str) -> str:
    wanted = text.strip().casefold()
    found = [wanted] if wanted in records else [known for known in records if known.startswith(wanted)]
    if found and len(re.sub(r"^[a-z]-", "", wanted)) < SHORTEST:
        raise UsageError(
            _("{text} is too short to name one thing for sure.").format(text=_shown(text)),
            _("Give at least {count} characters of the id.").format(count=SHORTEST),
        )
    if not found:
        raise NotFound(missing.format(text=_shown(text)), _("See: {command}").format(command=command))
    return _one(tuple(found), text, missing, "")


def _by_id(records: Mapping[str, T], text: str) -> tuple[str, ...]:
    """The id itself, for a record that cannot be read has no other name."""
    return (text.strip(),) if text.strip() in records else ()


def _read(records: Mapping[str, T], record_id: str) -> T:
    try:
        return records[record_id]
    except KeyError:
        raise Invalid(
            _("The record of {id} cannot be read.").format(id=record_id),
            _("See: {command}").format(command="atbtst check"),
        ) from None


def _one(found: tuple[str, ...], text: str, missing: str, hint: str) -> str:
    if not found:
        raise NotFound(missing.format(text=_shown(text)), hint)
    if len(found) > 1:
        raise Ambiguous(
            _("{text} can mean several: {names}.").format(text=text, names=", ".join(found)),
            _("Write the id of the one you mean."),
        )
    return found[0]


def _known(names: str) -> str:
    return _("Known: {names}").format(names=names) if names else ""


def _shown(text: str) -> str:
    return text.strip() or _("an empty text")


def _shortened(ids: Iterable[str], most: int = 12) -> str:
    known = list(ids)
    return ", ".join(known[:most]) + (" …" if len(known) > most else "")


def me(council: Council, configured: str | None, email: str | None) -> Member | None:
    """The member at the keyboard: the one Git's setting atbtst.member names, else the one with Git's e-mail."""
    if configured and (known := council.members.get(configured)):
        return known
    wanted = fold(email) if email else None
    return next((known for known in council.members.values() if known.email and fold(known.email) == wanted), None)


def said(text: str) -> str:
    """The words that somebody gave of what happened; UsageError for none."""
    if not text.strip():
        raise UsageError(_("The text is empty."), _("Say in a few words what happened."))
    return text.strip()


def hour(text: str) -> time:
    """The time of day that a text such as 13:15, 9.15 or 13 means."""
    written = re.fullmatch(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?", text.strip(), re.ASCII)
    if not written:
        raise UsageError(_("{text} is no time of day.").format(text=_shown(text)), _("Write it as 13:15."))
    return time(int(written[1]), int(written[2] or 0))


def day(text: str, today: date) -> date:
    """The day that a text means, in ISO or as Swedes write it; without a year the first such day from today on."""
    return _day(text, today, moment.coming)[0]


def told_day(text: str, today: date, year: moment.Year) -> tuple[date, tuple[Finding, ...]]:
    """The day that a text means, and what to say of how it was read; ``year`` finds a year that is not written."""
    known, written = _day(text, today, year)
    worked_out = (year_not_written(written),) if written.inferred else ()
    return known, (*worked_out, *map(wrong_weekday, misfits(written.words, known)))


def _day(text: str, today: date, year: moment.Year) -> tuple[date, moment.Day]:
    wanted = " ".join(text.split())
    found = moment.day(wanted, today, year) or moment.relative(wanted, today)
    if found is None or found.date is None or found.words != wanted:
        raise UsageError(
            _("{text} is no day that can be understood.").format(text=_shown(text)),
            _("Write it like this: {example}").format(example=example("day")),
        )
    return found.date, found
