"""What Git is told in a clone, or not: who somebody is, how records are merged, how lines end."""

from collections.abc import Iterator
from functools import partial
from os import W_OK, access
from shlex import join
from shutil import disk_usage

from atbtst_cli.acts.ailments.ailment import Ailment, Look, Patient
from atbtst_cli.acts.workspaces import ATTRIBUTES, attributes, migrate, missing_attributes
from atbtst_cli.errors import AtbtstError
from atbtst_cli.language import _
from atbtst_cli.store import driver, health
from atbtst_cli.store.layout import SETTINGS
from atbtst_cli.store.load import load

ROOM = 50_000_000
"""Bytes of free room on a disk, below which a change may fail on its way."""


def settings(patient: Patient) -> Iterator[Ailment]:
    """Settings of the council that cannot be read, without which nothing else works."""
    if SETTINGS in health.tracked(patient.repo, patient.root) and not (patient.root / SETTINGS).exists():
        hint = _("Get it back with: {command}")
        command = patient.git("restore", "--", SETTINGS, folder=patient.root)
        yield Ailment("settings", _("{path} is not there.").format(path=SETTINGS), hint.format(command=command))
        return
    try:
        load(patient.tree)
    except AtbtstError as error:
        yield Ailment("settings", error.message, _("See: {command}").format(command="atbtst check"))


def identity(patient: Patient) -> Iterator[Ailment]:
    """A Git that does not know whose changes it keeps."""
    try:
        patient.repo.identity()
    except AtbtstError as error:
        yield Ailment("identity", error.message, error.hint)


def room(patient: Patient) -> Iterator[Ailment]:
    """A folder that cannot be written to, or a disk that is nearly full."""
    for folder in (patient.root, patient.root / "records", patient.repo.git_dir):
        if folder.exists() and not access(folder, W_OK):
            yield Ailment(
                "read-only",
                _("You may not write in {path}, so no change can be saved.").format(path=folder),
                _("Look at the permissions of the folder: {command}").format(command=join(["ls", "-ld", str(folder)])),
            )
    if disk_usage(patient.repo.git_dir).free < ROOM:
        yield Ailment(
            "disk-full",
            _("The disk that holds {path} is nearly full.").format(path=patient.root),
            _("Make room on the disk."),
        )


def merge_driver(patient: Patient) -> Iterator[Ailment]:
    """A clone in which git pull merges records line by line."""
    if not driver.registered(patient.repo):
        yield Ailment(
            "merge-driver",
            _("Git does not know here how records are merged field by field, as in git pull."),
            remedy=_("this clone's own settings tell it"),
            mend=patient.alone(partial(driver.register, patient.repo)),
        )


def attribute_lines(patient: Patient) -> Iterator[Ailment]:
    """A .gitattributes of a council that an older program made."""
    tip = patient.repo.commit_of("HEAD")
    if tip and missing_attributes(attributes(patient.store.at(tip, ATTRIBUTES))):
        yield Ailment(
            "attributes",
            _("{file} does not say yet how Git keeps and merges records.").format(file=ATTRIBUTES),
            remedy=_("it is brought up to date in a commit, as by {command}").format(command="atbtst migrate"),
            mend=partial(patient.store.commit, migrate(patient.store.tip), lambda *_ignored: []),
        )


def line_ends(patient: Patient) -> Iterator[Ailment]:
    """Settings of Git that would give records other bytes on this computer than elsewhere."""
    told = health.attribute(patient.repo, patient.root, SETTINGS, ("text", "eol"))
    kept = told.get("eol") == "lf" or told.get("text") == "unset"
    for key, harmless in (("core.autocrlf", ("false",)), ("core.eol", ("lf", "native"))):
        value = patient.repo.config(key)
        if value is not None and value.casefold() not in harmless and not kept:
            yield Ailment(
                "line-ends",
                _("Git changes the ends of the lines of records here, by its setting {key}={value}.").format(
                    key=key, value=value
                ),
                _("Let this clone leave them alone, with: {command}").format(command=f"git config {key} {harmless[0]}"),
            )


LOOKS: tuple[Look, ...] = (room, settings, identity, merge_driver, attribute_lines, line_ends)
