"""What a program that was killed leaves behind: its journal, its locks, files on their way."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from shlex import join

from atbtst_cli.acts.ailments.ailment import Ailment, Look, Patient
from atbtst_cli.language import _
from atbtst_cli.store import health
from atbtst_cli.store.follow import Follower, ignore_step
from atbtst_cli.store.sheets import Sheets

STALE = 60
"""Seconds after which a lock of Git's is taken for left over, where no git program is seen at work."""


def interrupted(patient: Patient) -> Iterator[Ailment]:
    """A command of ours that was killed, and has not finished or taken back what it had begun."""
    if patient.is_busy:
        yield Ailment(
            "at-work",
            _("Another atbtst command is at work here, so not everything could be looked at."),
            _("Wait until it is done, then run: {command}").format(command="atbtst doctor"),
        )
    elif health.passing(patient.repo):
        yield Ailment(
            "interrupted",
            _("An atbtst command was stopped before it had done all."),
            remedy=_("what it had begun is finished, or taken back"),
            mend=patient.alone(Follower(patient.repo, ignore_step).settle),
        )


def stale_locks(patient: Patient) -> Iterator[Ailment]:
    """A lock of Git's whose program is dead."""
    ours = {patient.repo.git_dir / "index.lock"} if health.passing(patient.repo) else set()
    for lock in health.locks(patient.repo):
        if lock.path not in ours:
            yield _of_lock(patient, lock)


def _of_lock(patient: Patient, lock: health.Lock) -> Ailment:
    said = _("Git's lock {path} has been there since {since}; it stops every change.")
    message = said.format(path=lock.path, since=lock.since)
    at_work = patient.git_at_work()
    if patient.is_busy or at_work or at_work is None or lock.age < STALE:
        hint = _("Wait a minute and run this again.\nIf no Git program is running, take it away with: {command}")
        return Ailment("git-lock", message, hint.format(command=join(["rm", str(lock.path)])))
    remedy = _("it is taken away; no Git program is at work here")
    return Ailment("git-lock", message, remedy=remedy, mend=patient.alone(partial(_take_lock, patient, lock.path)))


def _take_lock(patient: Patient, path: Path) -> None:
    if not patient.git_at_work():
        path.unlink(missing_ok=True)


def temporary_files(patient: Patient) -> Iterator[Ailment]:
    """A file that was on its way to its place."""
    if patient.is_busy or patient.repo.in_the_middle_of() or patient.git_at_work():
        return
    for path in health.temporary(patient.repo, patient.root / "records"):
        message = _("{path} was left over while it was being written.").format(path=path)
        if health.adds_nothing(path):
            mend = patient.alone(partial(path.unlink, missing_ok=True))
            yield Ailment("temporary-file", message, remedy=_("it is taken away"), mend=mend)
        else:
            hint = _("It may hold words of yours that are nowhere else. Read it, then take it away with: {command}")
            yield Ailment("temporary-file", message, hint.format(command=join(["rm", str(path)])))


def kept_texts(patient: Patient) -> Iterator[Ailment]:
    """The text of an editing session that never came into the record."""
    for kind, command in KEPT.items():
        for kept in Sheets(patient.repo, kind).all():
            yield Ailment(
                "kept-text",
                _("A text of {day} is not in the record yet: {path}").format(day=kept.saved.date(), path=kept.path),
                _("Go on with it, or throw it away: {command}").format(command=command.format(name=kept.name)),
            )


KEPT = {"sheets": "atbtst minutes resume {name}", "reports": "atbtst report file --help"}
"""Each kind of text that is kept until it is in the record, and the command that goes on with it."""

LOOKS: tuple[Look, ...] = (interrupted, stale_locks, temporary_files, kept_texts)
