"""Markers and the blocks they mean."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal, NamedTuple

from atbtst_cli.errors import Finding
from atbtst_cli.language import _, current, words
from atbtst_cli.models.directory import Directory, fold
from atbtst_cli.models.meeting import (
    ActionBlock,
    AnswerBlock,
    ApprovalBlock,
    ArrivedBlock,
    Block,
    DecisionBlock,
    DeferredBlock,
    DroppedBlock,
    Due,
    InternalBlock,
    LeftBlock,
    MatterBlock,
    NextTimeBlock,
    ProgressBlock,
    ReferenceBlock,
    ReferralBlock,
    ReservationBlock,
    SupersedesBlock,
    VotesBlock,
)
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.forms import Head, Sentence
from atbtst_cli.sheet.heads import addressed
from atbtst_cli.sheet.ids import Ids
from atbtst_cli.sheet.misfits import no_such_day
from atbtst_cli.sheet.moment import CLOCK, FULL_HOUR, HOUR, due, times
from atbtst_cli.sheet.people import People, Who, is_name, no_name, split
from atbtst_cli.sheet.references import References
from atbtst_cli.sheet.vocabulary import EDGE, TABLES, example, instead, meanings

OUTCOMES = meanings(lambda table: table.outcomes)
REASONS = meanings(lambda table: table.reasons)
CLOSES: Mapping[str, Literal["done", "dropped"]] = {"done": "done", "dropped": "dropped"}
"""How a marker closes the action item it names."""
ASKED = meanings(lambda table: table.asked)
SIGNS = {
    reason: [re.compile(table.reason_signs[reason], re.IGNORECASE | re.DOTALL) for table in TABLES]
    for reason in ("nobody_present", "no_time")
}
_AT = re.compile(rf"(?P<names>.+?)(?:,?{EDGE}\s+(?P<time>{CLOCK}\s*(?:{HOUR}|{FULL_HOUR})|{HOUR}))?\.?", re.IGNORECASE)


class Understood(NamedTuple):
    """The blocks that a marker means, none where it was not understood, and what there is to say."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What markers are read against.

    The names of the council; the bodies and the numbers of decisions that the meeting has already; what ids can mean,
    and which are taken; its day.
    """

    directory: Directory
    people: People
    bodies: frozenset[str]
    numbers: Mapping[str, int | None]
    references: References
    ids: Ids
    on: date


def blocks(kind: str, head: Head, text: str, context: Context) -> Understood:
    """What the marker means, from its kind, its head and its text."""
    understood = READERS[kind](head, text, context)
    if understood.blocks and not text and kind in NEED_TEXT:
        return Understood(understood.blocks, (*understood.findings, _empty()))
    return understood


def sentence(form: Sentence, text: str, on: date) -> Block:
    """What a sentence means that says itself that an item is dropped or put off; its words stay."""
    if form.kind == "dropped":
        return DroppedBlock(dropped=reason(text), text=text)
    return DeferredBlock(deferred=due(form.due, on) or "next", text=text)


def reason(text: str) -> str:
    """Why an item is dropped, as far as the words tell."""
    return next((known for known, signs in SIGNS.items() if any(sign.search(text) for sign in signs)), "other")


def _decision(head: Head, text: str, context: Context) -> Understood:
    outcome = OUTCOMES.get(fold(head.word)) if head.word or head.due else "adopted"
    to = due(head.due, context.on) if head.due else None
    if outcome is None:
        return Understood((), (_unknown_outcome(head.word),))
    if head.due and to is None:
        return Understood((), (no_such_day(head.due, "due"),))
    doubled = _doubled(head.id, context)
    known = context.ids.take(head.id, "d")
    number = int(head.number) if head.number else context.numbers.get(known)
    decision = DecisionBlock(decision=known, number=number, outcome=outcome, to=to, text=text)
    return Understood((decision,), doubled)


def _action(head: Head, text: str, context: Context) -> Understood:
    found = [context.people.owner(owner) for owner in head.owners]
    to = due(head.due, context.on) if head.due else None
    findings = tuple(who.finding for who in found if who.finding)
    if head.due and to is None:
        findings = (*findings, no_such_day(head.due, "due"))
    item = context.references.new(head.id)
    findings = (*findings, *item.findings)
    if _stop(findings):
        return Understood((), findings)
    doubled = _doubled(item.id, context)
    owners = tuple(who.person for who in found if who.person is not None)
    action = ActionBlock(action=context.ids.take(item.id, "i"), text=text, owners=owners, due=to)
    return Understood((action,), (*findings, *doubled, *_owner_after_colon(text, owners)))


def _progress(kind: str) -> Callable[[Head, str, Context], Understood]:
    def read(head: Head, text: str, context: Context) -> Understood:
        if fold(head.id).startswith("m-"):
            return _matter("closes")(head, text, context)
        item = context.references.find(head.id, kind)
        if not item.id:
            return Understood((), item.findings)
        return Understood((ProgressBlock(progress=item.id, closes=CLOSES.get(kind), text=text),))

    return read


def _dropped(head: Head, text: str, context: Context) -> Understood:
    if head.id:
        return _progress("dropped")(head, text, context)
    known = REASONS.get(fold(head.word)) if head.word else reason(text)
    if known is None:
        return Understood((), (_unknown_reason(head.word),))
    return Understood((DroppedBlock(dropped=known, text=text),))


def _deferred(head: Head, text: str, context: Context) -> Understood:
    to: Due | None = due(head.due, context.on) if head.due else "next"
    if to is None:
        return Understood((), (no_such_day(head.due, "due"),))
    return Understood((DeferredBlock(deferred=to, text=text),))


def _approval(outcome: str) -> Callable[[Head, str, Context], Understood]:
    def read(_head: Head, text: str, _context: Context) -> Understood:
        return Understood((ApprovalBlock(approval=outcome, text=text),))

    return read


def _next_time(head: Head, text: str, context: Context) -> Understood:
    doubled = _doubled(head.id, context)
    return Understood((NextTimeBlock(next_time=context.ids.take(head.id, "c"), text=text),), doubled)


def _internal(_head: Head, text: str, _context: Context) -> Understood:
    return Understood((InternalBlock(internal=text),) if text else (), () if text else (_empty(),))


def _matter(kind: Literal["matter", "closes"]) -> Callable[[Head, str, Context], Understood]:
    def read(head: Head, text: str, context: Context) -> Understood:
        matter = context.references.find(head.id, kind)
        if not matter.id:
            return Understood((), matter.findings)
        return Understood((MatterBlock(matter=matter.id, closes=kind == "closes", text=text),))

    return read


def _referral(head: Head, text: str, context: Context) -> Understood:
    names, word = addressed(context.directory, head)
    asked = ASKED.get(fold(word)) if word else "decision"
    if asked is None:
        return Understood((), (_unknown_role(word),))
    return _to_body(names, context, lambda body: ReferralBlock(referral=body, role=asked, text=text))


def _to_body(names: str, context: Context, make: Callable[[str], Block]) -> Understood:
    candidates = context.directory.instance(names)
    if names in candidates or names in context.bodies:
        return Understood((make(names),))
    if len(candidates) != 1:
        return Understood((), (_unknown_body(names, candidates),))
    return Understood((make(candidates[0]),))


def _votes(_head: Head, text: str, _context: Context) -> Understood:
    return Understood((VotesBlock(votes=text),))


def _reservation(head: Head, text: str, context: Context) -> Understood:
    persons, findings = _persons(head.names, context.people)
    if _stop(findings):
        return Understood((), findings)
    return Understood((ReservationBlock(reservation=persons, text=text),), findings)


def _supersedes(head: Head, text: str, context: Context) -> Understood:
    earlier = context.references.decision(head.names)
    if not earlier.id:
        return Understood((), earlier.findings)
    return Understood((SupersedesBlock(supersedes=earlier.id, cited=earlier.cited, text=text),))


def _reference(_head: Head, text: str, _context: Context) -> Understood:
    found = " ".join(text.split())
    return Understood((ReferenceBlock(reference=found),) if found else (), () if found else (_empty(),))


def _moved(make: Callable[[str | Named, time | None], Block]) -> Callable[[Head, str, Context], Understood]:
    def read(_head: Head, text: str, context: Context) -> Understood:
        match = _AT.fullmatch(text)
        persons, findings = _persons(match["names"], context.people) if match else ((), ())
        if not match or not persons or _stop(findings):
            return Understood((), findings or (_nobody(text),))
        at = times(match["time"])[0] if match["time"] else None
        return Understood(tuple(make(person, at) for person in persons), findings)

    return read


READERS: dict[str, Callable[[Head, str, Context], Understood]] = {
    "decision": _decision,
    "action": _action,
    "done": _progress("done"),
    "note": _progress("note"),
    "dropped": _dropped,
    "deferred": _deferred,
    "approved": _approval("adopted"),
    "approved_with_changes": _approval("adopted_with_changes"),
    "rejected": _approval("rejected"),
    "next_time": _next_time,
    "internal": _internal,
    "matter": _matter("matter"),
    "raise": _referral,
    "to": _referral,
    "answer": lambda head, text, context: _to_body(
        head.names, context, lambda body: AnswerBlock(answer=body, text=text)
    ),
    "votes": _votes,
    "reservation": _reservation,
    "supersedes": _supersedes,
    "reference": _reference,
    "arrived": _moved(lambda person, at: ArrivedBlock(arrived=person, at=at)),
    "left": _moved(lambda person, at: LeftBlock(left=person, at=at)),
}
NEED_TEXT = {"decision", "action", "next_time", "votes"}


def _stop(findings: tuple[Finding, ...]) -> bool:
    return any(finding.level == "error" for finding in findings)


def _persons(names: str, people: People) -> tuple[tuple[str | Named, ...], tuple[Finding, ...]]:
    found = [_person(piece.text, people) for piece in split(names)]
    findings = tuple(who.finding for who in found if who.finding)
    return tuple(who.person for who in found if who.person is not None), findings


def _person(text: str, people: People) -> Who:
    who = people.member(text)
    return who if not who.finding or is_name(text) else Who(None, no_name(text))


def _doubled(typed: str, context: Context) -> tuple[Finding, ...]:
    return (doubled_id(typed),) if typed and context.ids.doubled(typed) else ()


def doubled_id(typed: str) -> Finding:
    """What to say of an id that stands on two lines."""
    return Finding(
        "doubled-id",
        "warning",
        _("{id} stands on two lines; this one gets a new id").format(id=typed),
        hint=_("Take the id away from what is new."),
    )


def _owner_after_colon(text: str, owners: tuple[str | Named, ...]) -> tuple[Finding, ...]:
    if owners or not text.startswith("@"):
        return ()
    return (
        Finding(
            "owner-after-colon",
            "warning",
            _("the action has no owner; the @ stands after the colon"),
            hint=_("Write the owner before the colon: {example}").format(example=example("action")),
        ),
    )


def _empty() -> Finding:
    return Finding(
        "empty-marker",
        "error",
        _("the marker has no text"),
        hint=_("Write the text after the colon, or below it, two blanks in."),
    )


def _unknown_outcome(word: str) -> Finding:
    known = ", ".join(spellings[0] for spellings in words(current()).SHEET.outcomes.values())
    return Finding(
        "unknown-outcome",
        "error",
        _("“{word}” is no outcome of a decision").format(word=word),
        hint=_("Write one of: {known}.").format(known=known),
    )


def _unknown_reason(word: str) -> Finding:
    return Finding(
        "unknown-reason",
        "error",
        _("“{word}” is none of the reasons why an agenda item is dropped").format(word=word),
        hint=_("Write the reason in words after the colon."),
    )


def _unknown_role(word: str) -> Finding:
    known = ", ".join(spellings[0] for spellings in words(current()).SHEET.asked.values())
    return Finding(
        "unknown-role",
        "error",
        _("“{word}” does not say what is asked of the receiver").format(word=word),
        hint=_("Write one of: {known}.").format(known=known),
    )


def _unknown_body(names: str, candidates: tuple[str, ...]) -> Finding:
    message = (
        _("“{names}” can mean {candidates}").format(names=names, candidates=", ".join(candidates))
        if candidates
        else _("“{names}” is no body or instance we know").format(names=names)
    )
    return Finding(
        "unknown-body",
        "error",
        message,
        hint=_("Write the name of a network or of an instance in the settings – or a backslash first, if it is text."),
    )


def _nobody(text: str) -> Finding:
    return Finding(
        "no-name",
        "error",
        _("“{text}” does not say who").format(text=text),
        hint=instead("arrived"),
    )
