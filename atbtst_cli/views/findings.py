"""Every finding of every record, each with the line where it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from atbtst_cli.documents import characters
from atbtst_cli.documents.looks import Looks
from atbtst_cli.errors import Finding, Invalid, Refused
from atbtst_cli.language import _
from atbtst_cli.models.base import Way
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules.checks import breaches
from atbtst_cli.rules.checks.rule import Index
from atbtst_cli.sheet.misfits import misfits
from atbtst_cli.store import yamlfile
from atbtst_cli.store.layout import KINDS, SETTINGS
from atbtst_cli.store.load import load, place_of
from atbtst_cli.store.packaged import packaged
from atbtst_cli.store.tree import Overlay, Tree, Unreadable
from atbtst_cli.views import sealed

MINUTED = ("preamble", "agenda")
WORDS = ("title", "text", "internal", "votes")
"""The keys under which these parts of a meeting have running words."""
LEVELS = ("error", "warning", "notice")


def findings(tree: Tree, today: date, paths: Sequence[str] = ()) -> list[Finding]:
    """All findings of a tree, by path and line; with ``paths`` only those in these files or below these folders."""
    found = sorted(_all(tree, today), key=_order)
    return [finding for finding in found if not paths or _below(finding.path, paths)]


def _all(tree: Tree, today: date) -> Iterable[Finding]:
    try:
        council = load(tree)
    except Invalid as error:
        return [*error.findings, *_unreadable(load(Overlay(tree, {SETTINGS: packaged(SETTINGS)})), tree)]
    index = Index(council, today)
    found = (*breaches(index), *_minuted(index), *_logo(council, tree))
    return [*_unreadable(council, tree), *placed(found, tree), *_documents(council, tree)]


def _unreadable(council: Council, tree: Tree) -> list[Finding]:
    """What reading every record finds; where the settings cannot be read it is all that can be said."""
    _read_everything(council)
    return placed(council.findings, tree)


def _read_everything(council: Council) -> None:
    for records in (getattr(council, name) for name in KINDS):
        records.values()


def _minuted(index: Index) -> Iterator[Finding]:
    """What the words of minutes hold: weekdays that do not fit their date, characters that no font of the PDF has."""
    for key, meeting in index.each(Meeting):
        path, words = index.council.paths[key], index.texts[key]
        yield from _weekdays(words, meeting.date, path)
        yield from characters.findings(words, path)


def _weekdays(words: Iterable[tuple[Way, str]], on: date, path: str) -> Iterator[Finding]:
    """Weekdays that do not fit their date; the words stay as they were written."""
    for field, text in words:
        for misfit in misfits(text, on) if field[0] in MINUTED and field[-1] in WORDS else ():
            message = _("{words}: {date} is another weekday").format(words=misfit.words, date=misfit.date)
            hint = _("Ask which of the two was meant; the words of minutes are not corrected silently.")
            yield Finding("weekday", "warning", message, path, hint=hint, field=field)


def _documents(council: Council, tree: Tree) -> Iterator[Finding]:
    """Documents that are not those that were approved; no rule reads documents."""
    yield from sealed.marked(tree, council.beside)
    for meeting in council.meetings.values():
        if meeting.approval:
            yield from sealed.findings(tree, meeting, council.paths["meetings", meeting.id])


def _logo(council: Council, tree: Tree) -> Iterator[Finding]:
    """The logo that the settings name is there and can be used; documents do without one that is not there."""
    logo = council.settings.logo
    try:
        missing = logo and Looks.of(tree).picture(logo) is None
    except Refused as error:
        yield Finding("logo-unusable", "error", error.message, SETTINGS, hint=error.hint, field=("logo",))
        return
    if missing:
        message = _("there is no picture templates/{logo}").format(logo=logo)
        hint = _("Put an SVG or PNG file of that name there; until then documents have no logo.")
        yield Finding("logo-missing", "warning", message, SETTINGS, hint=hint, field=("logo",))


def placed(found: Iterable[Finding], tree: Tree) -> list[Finding]:
    """The findings with the line and column of their fields; only files with findings are read for it."""
    places: dict[str, dict[yamlfile.Field, tuple[int, int]]] = {}
    result = []
    for finding in found:
        if finding.line or not finding.path:
            result.append(finding)
            continue
        if finding.path not in places:
            places[finding.path] = _places(tree, finding.path)
        line, column = place_of(finding.field, places[finding.path])
        result.append(replace(finding, line=line, column=column))
    return result


def _places(tree: Tree, path: str) -> dict[yamlfile.Field, tuple[int, int]]:
    try:
        return yamlfile.locate(tree.read(path))
    except (KeyError, Unreadable):
        return {}


def _order(finding: Finding) -> tuple[str, int, int, int, str]:
    return finding.path, finding.line, finding.column, LEVELS.index(finding.level), finding.rule


def _below(path: str, wanted: Sequence[str]) -> bool:
    return any(path == one or path.startswith(one.rstrip("/") + "/") or one == "." for one in wanted)
