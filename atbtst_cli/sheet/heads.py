"""The heads of markers: the forms that may stand between a keyword and its colon."""

import re
from functools import cache
from typing import NamedTuple

from atbtst_cli.models.directory import Directory
from atbtst_cli.sheet.forms import Head
from atbtst_cli.sheet.moment import BEFORE_DUE, CLOCK, DUE, HOUR, NEXT, RELATIVE, WEEK, WEEKDAY
from atbtst_cli.sheet.people import AND, QUOTED
from atbtst_cli.sheet.vocabulary import EDGE

LOCAL = r"[a-z]-[0-9a-z]+(?:-[0-9a-z]+)*(?![\w-])"
ITEM = r"[iI]-[0-9A-Za-z]+(?![\w-])"
MATTER = r"[mM]-[0-9A-Za-z]+(?![\w-])"
"""Ids of action items and matters, whole or shortened; whether there are such is for the record to say."""
LONGEST_ID = 40

COLON = rf"{EDGE}\s*:\s*"
TIME_LEFT = rf"\s+(?=(?:{CLOCK}\s*)?{HOUR}\s*:)"
WORD = r"(?:\s+(?![imIM]-)[^\s:]{1,40})"
"""A word where an id has to stand; with more of them before its colon the line is a mere sentence."""
OUTCOME = rf"(?P<word>[^():]*?)(?:{EDGE}\s*(?i:(?P<due>{DUE})))?{EDGE}\s*"
BODY = r"\s+(?P<names>[^:\s](?:[^:]{0,80}[^:\s])?)"
SENDING = r"\s+(?P<names>[^:\s](?:[^:]{0,80}?[^:\s])??)(?:\s*\((?P<word>[^():]*)\))?"

CITED = (
    r"(?:(?:[^\s:§]+\s+){0,3}§\s*[0-9]{1,9}(?:/[0-9]{4})?|[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]{1,80}/[a-z0-9-]{1,40})"
)
"""An earlier decision, as people call it or by its id."""
NEARLY_CITED = r"(?=[^:]{0,60}(?:§|[0-9]/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}-))[^:\s](?:[^:]{0,60}[^:\s])?"

PATTERNS = {
    "decision": rf"(?:\s+(?P<id>{LOCAL}))?(?:\s*§\s*(?P<number>[1-9][0-9]{{0,8}}))?(?:\s*\({OUTCOME}\))?{COLON}",
    "done": rf"(?:\s+(?P<id>{ITEM}|{MATTER})|{WORD}{{1,3}})?{COLON}",
    "note": rf"(?:\s+(?P<id>{ITEM})|{WORD}{{1,3}})?{COLON}",
    "next_time": rf"(?:\s+(?P<id>{LOCAL}))?{COLON}",
    "dropped": rf"(?:\s+(?P<id>{ITEM})|\s*\((?P<word>[^():]*)\))?{COLON}",
    "deferred": rf"(?:\s+(?i:(?P<due>{DUE}))(?P<time>{TIME_LEFT})?)?(?(time)|{COLON})",
    "approved": rf"{COLON}|\s*\.?$",
    "approved_with_changes": rf"{COLON}|\s*\.?$",
    "rejected": rf"{COLON}|\s*\.?$",
    "matter": rf"(?:\s+(?P<id>{MATTER})|{WORD})?{COLON}",
    "raise": SENDING + COLON,
    "to": SENDING + COLON,
    "answer": BODY + COLON,
    "reservation": rf"(?:\s+(?=\S)(?P<names>(?:{QUOTED}|[^\":])+?))?{COLON}",
    "supersedes": rf"\s+(?P<names>{CITED}(?=\s*(?::|\.?$))|{NEARLY_CITED}(?=\s*:))(?:{COLON}|\s*\.?$)",
    "reference": rf"{COLON}|\s+(?=(?:[^\W\d_a-zåäö]{{1,12}}\s+)?[^\s:]{{0,40}}[0-9](?::[0-9]|[^\s:]){{0,40}}\s*$)",
    "internal": COLON,
    "votes": COLON,
    "arrived": COLON,
    "left": COLON,
}

SENDINGS = {"raise", "to", "answer"}
"""Kinds whose head is a body or an instance, to which a matter goes or from which its answer comes."""

_STOP = rf"(?i:{AND}|{BEFORE_DUE}|{NEXT}|{WEEK}|{WEEKDAY}|{RELATIVE})|[0-9]|[iI]-"
_RUN = rf'[^\s,;:@"()]+(?:\s+(?!{_STOP})[^\s,;:@"()]+)*'
_BETWEEN = rf"[\s,]*(?i:{AND}\s+)?"
_ACTION = (
    re.compile(rf"{_BETWEEN}(?P<id>{ITEM})"),
    re.compile(rf"{_BETWEEN}@(?P<owner>{QUOTED}|{_RUN})"),
    re.compile(rf"{_BETWEEN}(?i:(?P<due>{DUE}))"),
)
_TIME_LEFT = re.compile(TIME_LEFT)
_COLON = re.compile(COLON)


class Parsed(NamedTuple):
    """A head and where the text after it starts."""

    head: Head
    end: int


def parse(kind: str, rest: str) -> Parsed | None:
    """The head of a marker of that kind, from what follows its keyword; None where it has none of its forms."""
    if kind == "action":
        return _action(rest)
    match = _pattern(kind).match(rest)
    if not match or len(match.groupdict().get("id") or "") > LONGEST_ID:
        return None
    found = {name: value or "" for name, value in match.groupdict().items()}
    head = Head(
        id=found.get("id", ""),
        number=found.get("number", ""),
        word=found.get("word", ""),
        due=found.get("due", ""),
        names=found.get("names", ""),
    )
    return Parsed(head, match.end())


def addressed(directory: Directory, head: Head) -> tuple[str, str]:
    """The receiver that a head names, and what is asked of it; parentheses may belong to the receiver's name."""
    whole = f"{head.names} ({head.word})"
    return (whole, "") if head.word and directory.instance(whole) else (head.names, head.word)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(PATTERNS[kind])


def _action(rest: str) -> Parsed | None:
    """The head of an action: ids, owners and a due date in any order; a time of day is left to the text."""
    at, ids, owners, dues = 0, list[str](), list[str](), list[str]()
    while match := next(filter(None, (form.match(rest, at) for form in _ACTION)), None):
        at = match.end()
        found = match.groupdict()
        ids += [found["id"]] if found.get("id") else []
        owners += [found["owner"]] if found.get("owner") else []
        dues += [found["due"]] if found.get("due") else []
    end = (_TIME_LEFT if dues else _COLON).match(rest, at) or _COLON.match(rest, at)
    if not end or len(ids) > 1 or len(dues) > 1:
        return None
    return Parsed(Head(id="".join(ids), owners=tuple(owners), due="".join(dues)), end.end())
