"""Checks: everything the council's rules have to say about its records, as a tuple of rules and a short loop."""

from collections.abc import Collection, Iterable
from datetime import date

from atbtst_cli.errors import Finding
from atbtst_cli.models.council import Council
from atbtst_cli.rules.checks import (
    approval,
    attendance,
    dates,
    decisions,
    ids,
    items,
    matters,
    meetings,
    names,
    organisation,
    people,
    references,
)
from atbtst_cli.rules.checks.rule import SETTINGS, Index, Key, Rule

RULES: tuple[Rule, ...] = (
    *ids.RULES,
    *references.RULES,
    *names.RULES,
    *people.RULES,
    *dates.RULES,
    *organisation.RULES,
    *meetings.RULES,
    *decisions.RULES,
    *attendance.RULES,
    *approval.RULES,
    *items.RULES,
    *matters.RULES,
)
MINUTED: tuple[Rule, ...] = (*attendance.MINUTED, *decisions.MINUTED)
"""What the minutes of a meeting are told at once; no other meeting is read for it."""
ERRORS = tuple(rule for rule in RULES if rule.level == "error")
SEATING = tuple(
    rule for rule in RULES if rule.name in ("seat-not-held", "seat-declined", "holder-gone", "holder-outside")
)
"""What a change of a body's seats can make wrong elsewhere, as when it is dated back over a meeting that was held."""


def check(
    council: Council, today: date, judged: Collection[Key] | None = None, rules: tuple[Rule, ...] = RULES
) -> list[Finding]:
    """What the rules find in the records, by path; in ``judged`` ones only (kind and id of each), if that is given.

    Line and column are left to whoever has the files. Faults of files that cannot be read are in the council.
    """
    return breaches(Index(council, today, judged), rules)


def breaches(index: Index, rules: tuple[Rule, ...] = RULES) -> list[Finding]:
    """What the rules find in a council as an index sees it, by path."""
    return sorted((finding for rule in rules for finding in rule.findings(index)), key=lambda finding: finding.path)


def added(before: Council, after: Council, touched: Collection[Key], today: date) -> list[Finding]:
    """The errors that a change brings into the records it touches, and into those that named what it takes away."""
    lost = references.lost_names(before, after, touched)
    judged = {*touched, *(references.records_naming(Index(after, today), lost) if lost else ())}
    errors = check(after, today, judged, ERRORS)
    known = {_sense(finding) for finding in check(before, today, judged, ERRORS)} if errors else set()
    return [finding for finding in errors if _sense(finding) not in known]


def unseated(before: Council, after: Council, today: date) -> list[Finding]:
    """What a change of seats makes wrong in any record that was right before."""
    known = set(map(_sense, check(before, today, rules=SEATING)))
    return [finding for finding in check(after, today, rules=SEATING) if _sense(finding) not in known]


def added_by_merge(alone: Iterable[Council], together: Council, today: date) -> list[Finding]:
    """What is wrong in what two councils make together, and in neither of them ``alone``."""
    found = [*check(together, today), *together.findings]
    paths = {finding.path for finding in found}
    judged = {key for key, path in together.paths.items() if path in paths}
    known = {_sense(finding) for council in alone for finding in _of(council, judged, today)}
    return [finding for finding in found if _sense(finding) not in known]


def _of(council: Council, judged: Collection[Key], today: date) -> list[Finding]:
    """What is wrong in some records, which may be unreadable, or not there."""
    for kind, record_id in judged:
        if (kind, record_id) != SETTINGS:
            getattr(council, kind).get(record_id)
    return [*check(council, today, judged), *council.findings]


def _sense(finding: Finding) -> tuple[str, str, str]:
    """What a finding says, wherever in its record it stands."""
    return finding.rule, finding.path, finding.message
