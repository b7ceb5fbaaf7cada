"""Lines that nearly are markers or labels: said aloud, never taken silently as text."""

import re
from collections.abc import Iterable

from atbtst_cli.language import _
from atbtst_cli.models.directory import fold
from atbtst_cli.sheet.forms import NearMiss
from atbtst_cli.sheet.spelling import apart
from atbtst_cli.sheet.vocabulary import TABLES, any_of, instead, spellings

STRICT = {"decision", "action", "internal", "done", "note", "matter", "votes", "reservation"}
"""Kinds whose keyword alone, or with a dash instead of a colon, is hardly a sentence."""

MANY = {"internal": 2, "action": 6}
"""How many words between the keyword and a colon still look like a head, by kind; for others none do."""

SHORTEST = 5
LABEL = 60
_FORM = re.compile(
    r"\s+(?:@|[cdimp]_?[0-9]+\s*[:(]|[im]-\w{4,}|[cdimp]-\w*[0-9])|\s*\([^()]*\)\s*:"
    r"|\s*§\s*[0-9]+$|\s+\S+\s+§\s*[0-9]+/[0-9]{4}$",
    re.IGNORECASE,
)
_ASKED = any_of(spellings(lambda table: [word for asked in table.asked.values() for word in asked]))
_RECEIVER = re.compile(
    rf"\s+(?:(?P<acronym>[^\W\d_a-zåäö]{{2,8}}(?:-[^\W\d_a-zåäö]+)?)(?:\s*\([^():]*\))?|(?P<asked>[^:()]{{1,80}}\((?i:{_ASKED})\)))\s*:"
)
"""What hardly follows *till* in a sentence: a body's capitals, or what is asked of it, and a colon."""
_FORMED = {"decision", "action", "done", "note", "dropped", "next_time", "matter", "internal"}
_OF_MATTERS = {"done": "closes", "dropped": "closes", "note": "matter"}
"""What is likely meant where a marker of action items has the id of a matter."""
_NO_COLON = re.compile(r"\s*[;=]|\s+[-–—]\s")
_ONLY_SEMICOLON = re.compile(r"\s*;")
_PUT_OFF = re.compile(rf"\s+{any_of(spellings(lambda table: table.due))}", re.IGNORECASE)
_COMMON = {fold(word) for table in TABLES for word in table.common}


def missed(kind: str, keyword: str, rest: str, at: int) -> NearMiss | None:
    """What is wrong after a keyword whose head has none of its forms; None where the line is a mere sentence."""
    for rule in (_bare, _colonless, _malformed, _worded, _unknown_body):
        finding = rule(kind, keyword, rest, at)
        if finding:
            return finding
    return None


def colonless(kind: str, written: str, at: int) -> NearMiss:
    """The near miss of a marker that only lacks its colon."""
    return _near("no-colon", _("“{keyword}” has no colon after it").format(keyword=written), kind, at)


class Typos:
    """Words that are one letter from a keyword."""

    def __init__(self, keywords: Iterable[str]) -> None:
        """Learn the keywords; short ones are too near to other words."""
        self._words = {fold(word): word for word in keywords if len(word) >= SHORTEST}
        self._shorter: dict[str, set[str]] = {}
        for folded in self._words:
            for form in _shorter(folded):
                self._shorter.setdefault(form, set()).add(folded)

    def near(self, text: str) -> tuple[str, str] | None:
        """The keyword that the label at the start of the text misses by one letter, and what follows it."""
        label = re.match(rf"[^:;]{{1,{LABEL}}}(?=[:;])", text)
        words = label[0].split() if label else []
        for count in range(1, min(len(words), 3) + 1):
            folded = fold(" ".join(words[:count]))
            keyword = self._nearest(folded)
            rest = " ".join(words[count:])
            if keyword and (not rest or _FORM.match(" " + rest)):
                return keyword, rest
        return None

    def _nearest(self, folded: str) -> str | None:
        if len(folded) < SHORTEST - 1 or folded in self._words or folded in _COMMON:
            return None
        near = {known for form in _shorter(folded) for known in self._shorter.get(form, ())}
        return next((self._words[known] for known in sorted(near) if apart(folded, known) == 1), None)


def misspelt(keyword: str, written: str, at: int, *, internal: bool) -> NearMiss:
    """The near miss of a keyword that is misspelt."""
    return NearMiss(
        rule="near-marker",
        message=_("“{written}” is nearly “{keyword}”, and was not understood").format(written=written, keyword=keyword),
        hint=_("Write “{keyword}:” – or a backslash first, if the line is text.").format(keyword=keyword),
        at=at,
        internal=internal,
    )


def _bare(kind: str, keyword: str, rest: str, at: int) -> NearMiss | None:
    if kind not in STRICT or rest.strip(" .*_"):
        return None
    return _near("bare-marker", _("“{keyword}” stands alone, without a colon").format(keyword=keyword), kind, at)


def _colonless(kind: str, keyword: str, rest: str, at: int) -> NearMiss | None:
    if not (_NO_COLON if kind in STRICT else _ONLY_SEMICOLON).match(rest):
        return None
    return colonless(kind, keyword, at)


def _malformed(kind: str, keyword: str, rest: str, at: int) -> NearMiss | None:
    return _not_understood(kind, keyword, rest, at) if kind in _FORMED and _FORM.match(rest) else None


def _worded(kind: str, keyword: str, rest: str, at: int) -> NearMiss | None:
    head, colon, _text = rest[:LABEL].partition(":")
    if kind == "deferred" and _PUT_OFF.match(rest):
        return _near("no-due", _("until when it is put off was not understood"), kind, at)
    if not colon or len(head.split()) > MANY.get(kind, -1):
        return None
    if kind == "action":
        message = _("“{head}” has no @ before it, so it is no owner").format(head=head.strip())
        return _near("owner-without-at", message, kind, at)
    return _not_understood(kind, keyword, rest, at)


def _unknown_body(kind: str, keyword: str, rest: str, at: int) -> NearMiss | None:
    found = _RECEIVER.match(rest) if kind == "to" else None
    if not found:
        return None
    body = found["acronym"] or found["asked"].partition("(")[0].strip()
    message = _("“{body}” after “{keyword}” is no body or instance we know")
    return _near("unknown-body", message.format(body=body, keyword=keyword), kind, at)


def _not_understood(kind: str, keyword: str, rest: str, at: int) -> NearMiss:
    head = rest.partition(":")[0].strip()[:LABEL]
    message = _("“{head}” after “{keyword}” was not understood").format(head=head, keyword=keyword)
    of_matter = fold(head).startswith("m-")
    return _near("marker-head", message, _OF_MATTERS.get(kind, kind) if of_matter else kind, at)


def _near(rule: str, message: str, kind: str, at: int) -> NearMiss:
    return NearMiss(rule=rule, message=message, hint=instead(kind), at=at, internal=kind == "internal")


def _shorter(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
