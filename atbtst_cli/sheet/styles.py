"""How a plain text marks its agenda items: underlined, with §, with bullets or with numbers; one way in a document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from atbtst_cli.sheet.forms import Label
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.source import Line

BULLETS = "•●■▪"
LONGEST_TITLE = 120
FEWEST = 2
FEWEST_BARE = 3

_UNDERLINE = re.compile(r"=+|-+|~+")
_SECTION = re.compile(r"(?P<before>§+ *[0-9]+[a-z]?\s*[.:]?|[0-9]+ *§)\s*(?P<title>.*)")
_BULLET = re.compile(rf"(?P<before>[{BULLETS}])\s*(?P<title>\S.*)")
_DOTTED = re.compile(r"(?P<before>(?P<number>[0-9]{1,2})[.)])\s+(?P<title>\S.*)")
_BARE = re.compile(r"(?P<before>(?P<number>[0-9]{1,2}))\s+(?P<title>[^\W\d_a-zåäö].*)")


@dataclass(frozen=True, slots=True)
class Start:
    """Where an agenda item starts: what stands before the title, the title, how many lines the mark takes below."""

    before: str
    title: str
    below: int = 0


def starts(lines: Sequence[Line], grammar: Grammar) -> dict[int, Start]:
    """Where the agenda items of a plain text start, by the place of the line."""
    open_lines = _outside_lists(lines, grammar)
    underlined = _underlined(lines)
    sections = _marked(lines, open_lines, _SECTION)
    if len(underlined) >= FEWEST:
        return underlined
    if sections:
        return {at: _titled(lines, at, start) for at, start in sections.items()}
    numbers = _numbered(lines, open_lines)
    bullets = _marked(lines, open_lines, _BULLET)
    return min((found for found in (numbers, bullets) if found), key=min, default={})


def _outside_lists(lines: Sequence[Line], grammar: Grammar) -> list[int]:
    """The places of lines that can start an item: at the margin, and not in a list of names."""
    places, listing, filled = [], False, False
    for at, line in enumerate(lines):
        form = None if line.verbatim or line.blank else grammar.form(line.text.strip(), "header")
        if isinstance(form, Label):
            listing, filled = not form.text, False
        elif line.blank:
            listing = listing and not filled
        elif listing:
            filled = True
        if line.at_margin and not line.verbatim and not listing and not isinstance(form, Label):
            places.append(at)
    return places


def _underlined(lines: Sequence[Line]) -> dict[int, Start]:
    found: dict[str, dict[int, Start]] = {}
    for at, (line, below) in enumerate(pairwise(lines)):
        title, mark = line.text.strip(), below.text.strip()
        if (
            title[:1].isalnum()
            and _UNDERLINE.fullmatch(mark)
            and len(mark) >= FEWEST_BARE
            and len(title) <= 2 * len(mark)
        ):
            found.setdefault(mark[0], {})[at] = Start("", title, below=1)
    return max(found.values(), key=len, default={})


def _marked(lines: Sequence[Line], places: Sequence[int], pattern: re.Pattern[str]) -> dict[int, Start]:
    matches = {at: pattern.fullmatch(lines[at].text.strip()) for at in places}
    return {at: Start(match["before"], match["title"]) for at, match in matches.items() if match}


def _titled(lines: Sequence[Line], at: int, start: Start) -> Start:
    """A section whose number stands alone has its title on the next line."""
    if start.title:
        return start
    below = next((one for one in range(at + 1, len(lines)) if not lines[one].blank), None)
    return start if below is None else Start(start.before, lines[below].text.strip(), below - at)


def _numbered(lines: Sequence[Line], places: Sequence[int]) -> dict[int, Start]:
    """Lines numbered 1, 2, 3 …; or each with 1, as word processors paste them."""
    dotted = [(at, match) for at in places if (match := _DOTTED.fullmatch(lines[at].text.strip()))]
    chain = _chain(dotted)
    if len(chain) < FEWEST:
        ones = {at: Start(match["before"], match["title"]) for at, match in dotted if int(match["number"]) == 1}
        chain = ones if len(ones) == len(dotted) else {}
    if len(chain) >= FEWEST:
        return chain
    bare = _chain([(at, match) for at in places if (match := _BARE.fullmatch(lines[at].text.strip()))])
    return bare if len(bare) >= FEWEST_BARE else {}


def _chain(candidates: list[tuple[int, re.Match[str]]]) -> dict[int, Start]:
    chain: dict[int, Start] = {}
    for at, match in candidates:
        if int(match["number"]) == len(chain) + 1 and len(match["title"]) <= LONGEST_TITLE:
            chain[at] = Start(match["before"], match["title"])
    return chain
