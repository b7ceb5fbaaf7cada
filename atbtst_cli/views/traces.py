"""What may mean a forgotten person still: lines of records and of other files, each with what opens it."""

import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.base import Record, texts
from atbtst_cli.models.council import Council
from atbtst_cli.models.settings import Settings
from atbtst_cli.rules.erasure import Erasure
from atbtst_cli.store.layout import KINDS, SETTINGS
from atbtst_cli.store.tree import Unreadable, WorkTree

GENERATED = ("minutes.pdf", "agenda.pdf")
"""Documents that say the same as the text beside them."""


def in_records(council: Council, erasure: Erasure) -> Iterator[Finding]:
    """The lines of the records that may mean the person still, each with what opens it."""
    for kind, records in ((kind, getattr(council, kind)) for kind in KINDS):
        for key, record in records.items():
            if kind != "members":
                hint = _opens(council, kind, key)
                yield from _of_record(council, erasure, record, council.paths[kind, key], hint)
    yield from _of_record(council, erasure, council.settings, SETTINGS, _by_hand(SETTINGS))


def _of_record(
    council: Council, erasure: Erasure, record: Record | Settings, path: str, hint: str
) -> Iterator[Finding]:
    for way, text in texts(record):
        for line in dict.fromkeys((*erasure.maybe(text), *erasure.surely(text))) if text not in council.members else ():
            message = _("this may mean the person: {line}").format(line=line)
            yield Finding("name-left", "notice", message, path, hint=hint, field=way)


def _opens(council: Council, kind: str, key: str) -> str:
    """What opens a record to be changed."""
    meeting = council.meetings.get(key) if kind == "meetings" else None
    if meeting and meeting.held:
        why = f' --reason "{_("why")}"' if meeting.approval else ""
        return _("Open it with: {command}").format(command=f"atbtst minutes edit {key}{why}")
    if kind == "items":
        return _("Open it with: {command}").format(command=f"atbtst item edit {key} --what TEXT")
    return _by_hand(council.paths[kind, key])


def _by_hand(path: str) -> str:
    command = f'git commit -m "{_("why")}" -- {path}'
    return _("Open the file in an editor, then: {command}").format(command=command)


def in_files(tree: WorkTree, erasure: Erasure, rewritten: Collection[str]) -> tuple[list[Finding], list[str]]:
    """The lines of files that are no records and name the person, and the files that are no text.

    Of the records and the ``rewritten`` files there is nothing to say.
    """
    found, unread = [], []
    for path, text in _texts(tree):
        if path in rewritten or any(kind.id_in(path) for kind in KINDS.values()):
            continue
        if text is None:
            unread += [] if path.rpartition("/")[2] in GENERATED else [path]
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if erasure.surely(line):
                message = _("this names the person: {line}").format(line=line.strip())
                found.append(Finding("name-left", "notice", message, path, number, hint=_("Change the file by hand.")))
    return found, unread


def _texts(tree: WorkTree) -> Iterator[tuple[str, str | None]]:
    """Every file of the workspace outside Git's own folder with its text; None for one that holds no text."""
    for top in sorted(Path(tree.root).iterdir()):
        if top.name == ".git" or top.is_symlink():
            continue
        for path in tree.paths(top.name) if top.is_dir() else [top.name]:
            try:
                yield path, unicodedata.normalize("NFC", tree.read(path).decode("utf-8"))
            except (KeyError, Unreadable, UnicodeDecodeError):
                yield path, None
