"""What can be wrong with where a clone stands in its history, and with that history."""

from collections.abc import Iterator
from functools import partial
from textwrap import shorten

from atbtst_cli.acts.ailments.ailment import Ailment, Look, Patient
from atbtst_cli.errors import AtbtstError
from atbtst_cli.language import _
from atbtst_cli.rules import seals
from atbtst_cli.store import health

LONGEST = 200
"""The characters of a list of paths that are told."""
KEPT_APART = "refs/atbtst/"
"""Below it lie the tags of a shared record as they were seen there last."""


def unfinished(patient: Patient) -> Iterator[Ailment]:
    """A merge, a rebase or the like that somebody has begun and not finished."""
    if command := patient.repo.in_the_middle_of():
        # A message that nobody has to type: whoever does not know Git does not get out of vi either.
        go_on = command.replace("git ", "git -c core.editor=true ", 1).replace("--abort", "--continue")
        yield Ailment(
            "unfinished",
            _("A {operation} is not finished here, so nothing can be changed.").format(operation=command.split()[1]),
            _(
                "Take it back with: {command}\nand then run: {sync}\n"
                "Or decide about each file, and finish it with: {go_on}"
            ).format(command=command, sync="atbtst sync", go_on=go_on),
        )


def no_branch(patient: Patient) -> Iterator[Ailment]:
    """No branch that a change could go on, or one without a commit."""
    if patient.repo.in_the_middle_of():
        return
    try:
        branch = patient.repo.branch()
    except AtbtstError as error:
        yield Ailment("no-branch", error.message, error.hint)
        return
    if patient.repo.commit_of(branch) is None:
        yield Ailment(
            "no-commit",
            _("The branch {branch} holds nothing yet, so there is no record to change.").format(
                branch=branch.removeprefix("refs/heads/")
            ),
            _("Save the files that lie here with: {command}").format(
                command='git add records && git commit -m "First records" -- records'
            ),
        )


def not_followed(patient: Patient) -> Iterator[Ailment]:
    """Files that still are as they were before the latest commit, so that the next one would take it back."""
    tip = patient.repo.commit_of("HEAD")
    if not tip or patient.is_busy or health.passing(patient.repo) or patient.repo.in_the_middle_of():
        return
    behind = health.behind(patient.repo, tip)
    if not (behind.index or behind.files):
        return
    paths = behind.index or behind.files
    message = _(
        "{count} files are as they were before the latest change, so the next commit would take it back: {paths}"
    )
    message = message.format(count=len(paths), paths=shorten(", ".join(paths), LONGEST, placeholder=" …"))
    if not behind.files:
        # The files themselves are as they should be, so nobody means to take the change back.
        mend = patient.alone(partial(patient.repo.unstage, paths))
        yield Ailment("not-followed", message, remedy=_("Git's index follows; no file is touched"), mend=mend)
    else:
        which = "-SW" if behind.index else "-W"
        hint = _("Unless you mean to take it back, let them follow with: {command}")
        yield Ailment("not-followed", message, hint.format(command=patient.git("restore", which, "--", *paths)))


def lost_tags(patient: Patient) -> Iterator[Ailment]:
    """Minutes that were approved, and whose tag is not here."""
    known = {name for name, _kind, _what in patient.repo.tags(seals.FOLDER)}
    for meeting in patient.meetings():
        name = seals.name(meeting.id, seals.number(meeting))
        if not (meeting.approval and meeting.approval.sealed) or name in known:
            continue
        message = _("The tag {name} of the approved minutes is not here, so nobody can prove them.").format(name=name)
        if seen := _seen_elsewhere(patient, name):
            mend = patient.alone(partial(patient.repo.set_refs, {f"refs/tags/{name}": seen}))
            yield Ailment(
                "lost-tag", message, remedy=_("it is taken from what the shared record showed last"), mend=mend
            )
        else:
            yield Ailment(
                "lost-tag", message, _("Get it from the shared record with: {command}").format(command="atbtst sync")
            )


def _seen_elsewhere(patient: Patient, name: str) -> str | None:
    refs = patient.repo.lines("for-each-ref", "--format=%(objectname) %(refname)", "--", KEPT_APART)
    return next((line.split(" ")[0] for line in refs if line.endswith(f"/{name}")), None)


def forlorn_refs(patient: Patient) -> Iterator[Ailment]:
    """What was kept of a shared record that this clone does not know any more."""
    refs = patient.repo.lines("for-each-ref", "--format=%(refname)", "--", KEPT_APART)
    known = tuple(f"{KEPT_APART}{name}/" for name in patient.repo.lines("remote"))  # a name may have slashes
    forlorn = [ref for ref in refs if not ref.startswith(known)]
    for name in sorted({ref.removeprefix(KEPT_APART).split("/")[0] for ref in forlorn}):
        gone = [ref for ref in forlorn if ref.startswith(f"{KEPT_APART}{name}/")]
        yield Ailment(
            "forlorn-refs",
            _("{count} tags are kept of the shared record {name}, which this clone does not know any more.").format(
                count=len(gone), name=name
            ),
            remedy=_("they are forgotten"),
            mend=patient.alone(partial(patient.repo.drop_refs, gone)),
        )


def damage(patient: Patient) -> Iterator[Ailment]:
    """Objects of Git's that are missing or broken."""
    if said := health.damage(patient.repo):
        yield Ailment(
            "damage",
            _("What Git has stored here is damaged: {reason}.").format(reason="; ".join(said)),
            _("Copy this folder to be safe. Then make a new clone of the shared record: {command}").format(
                command="atbtst clone URL"
            ),
        )


LOOKS: tuple[Look, ...] = (unfinished, no_branch, not_followed, lost_tags, forlorn_refs, damage)
