"""Verdicts on approved minutes, in words."""

import shlex
from collections.abc import Iterator

from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.views.meetings import citation
from atbtst_cli.views.verdicts import Difference, Known, Verdict


def facts(council: Council, verdict: Verdict) -> Iterator[tuple[str, str]]:
    """What is found of the minutes, as labels and texts."""
    known = council.meetings.get(verdict.meeting)
    yield _("Meeting"), f"{citation(council, known)} ({known.id})" if known else verdict.meeting
    yield _("Answer"), _answer(verdict)
    for one in verdict.differences:
        yield _("Changed"), f"{one.where}: {one.said}{_who(one)}"
    if verdict.tag:
        yield _("Seal"), verdict.tag
    if verdict.rebuilt is not None:
        yield _("Made anew"), _said_of_rebuilt(verdict.rebuilt)
    for note in verdict.notes:
        yield _("Note"), note


def said_of_document(council: Council, known: Known) -> str:
    """Which document it is, in words."""
    meeting = council.meetings.get(known.meeting)
    said = (
        _("{name} of {meeting}, as approved.")
        if known.is_latest
        else _("{name} of {meeting}, as approved at first; the minutes were changed and approved again since.")
    )
    return said.format(name=known.name, meeting=citation(council, meeting) if meeting else known.meeting)


def way_back(verdict: Verdict) -> str:
    """The command that brings back the files that were approved; empty where no file was changed."""
    files = shlex.join(one.path for one in verdict.differences if one.path)
    restored = f"git restore --source={verdict.commit[:10]} -SW -- {files}"
    is_saved = any(one.path and one.saved for one in verdict.differences)
    return (f'{restored} && git commit -m "{_("why")}" -- {files}' if is_saved else restored) if files else ""


def _answer(verdict: Verdict) -> str:
    said = {
        "signed": _("Unchanged since a valid signature by {name}, {date}."),
        "unsigned": _(
            "Unchanged since an unsigned seal, {date}. This detects accidents, but no forger who may change the "
            "shared repository."
        ),
        "changed": _("CHANGED since the approval of {date}."),
        "open": _("Approved {date}, then opened again by an amendment; the minutes wait for a new approval.")
        if verdict.approved
        else _("Never sealed."),
    }
    return said[verdict.result].format(name=verdict.signer, date=verdict.approved or "–")


def _who(one: Difference) -> str:
    if not one.saved:
        return _(" (by hand, not saved in the record yet)")
    if one.commit:
        return _(" (by {name}, {date}, commit {commit})").format(name=one.by, date=one.date, commit=one.commit[:10])
    return _(" (set by {name}, {date})").format(name=one.by, date=one.date) if one.by else ""


def _said_of_rebuilt(names: tuple[str, ...]) -> str:
    if names:
        return _("these documents come out otherwise from the record: {names}").format(names=", ".join(names))
    return _("every document comes out the same from the record, byte for byte")
