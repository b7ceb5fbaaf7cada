"""Personal data in running words: identity numbers, phone numbers and e-mail addresses, as people write them.

Identity numbers by the rules of the Swedish Tax Agency (personnummer, samordningsnummer), phone numbers by those of the
Swedish numbering plan. Dates, years, amounts, ranges, reference numbers and organisation numbers are none of these.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

Kind = Literal["identity", "phone", "email", "name"]

AROUND = 40
"""So many characters are told of the line on each side of what was found."""
LEAP = 2000
"""A year with every day that any year has."""
COORDINATION = 60
"""What is added to the day of birth in a coordination number (samordningsnummer)."""

_SIGNS = {**dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "), **dict.fromkeys("‐‑‒–—−", "-")}
_PLAIN = str.maketrans({**_SIGNS, **dict.fromkeys("\u00ad\u200b\u2060\ufeff")})
"""Every blank and every dash becomes the one on the keyboard, and nothing stays that cannot be seen."""

_ALONE = r"(?<![^\W_]){}(?![^\W_])"
"""What is not a part of a longer word or number."""
_LIKELY = re.compile(r"\d{6}\W{0,3}\d{4}", re.ASCII)
"""What every identity number has in it; it goes through text many times as fast as the exact form."""
_IDENTITY = re.compile(_ALONE.format(r"(?:18|19|20)?(\d\d(\d\d)(\d\d))( ?[-+] ?| ?)(\d{4})"), re.ASCII)

_WRITTEN = {
    5: ("5", "3 2", "2 3"),
    6: ("6", "2 2 2", "3 3"),
    7: ("7", "3 2 2", "2 2 3", "3 4", "4 3"),
    8: ("8", "3 3 2", "3 2 3", "4 4"),
}
"""How people group the digits after the area code, by how many there are."""


def _number(code: str, *counts: int, gap: str = r"(?:\)? ?[-/.] ?|\) ?| )") -> str:
    """The pattern of a phone number: its area code, and after it so many digits in groups."""
    shapes = (shape for count in counts for shape in _WRITTEN[count])
    digits = "|".join(re.sub(r"(\d)", r"\\d{\1}", shape).replace(" ", "[ .-]") for shape in shapes)
    # Only a mobile number has a 0 after its code; elsewhere it is the month of a date, the hour of a time.
    first = "" if code.startswith("07") else "(?!0)"
    return rf"\(?{code}{gap}{first}(?:{digits})"


_NUMBERS = (
    # After + or 00 comes a country's code, but after 00 in 001001-001002 the month of a year.
    r"(?:\+|00(?!\d{4}-\d{6}\b))[1-9](?:[ ./-]{0,2}(?:\(0\) ?)?\d){9,13}",
    r"0[1-9]\d{7,8}",
    _number(r"07\d", 7),
    _number(r"07\d\d", 6),
    _number("08", 8, 7),
    _number(r"0[1-9]\d", 7, 6),
    _number(r"0[1-9]\d", 5, gap=r"\)? ?[-/] ?"),
    _number(r"0[1-9]\d\d", 6, 5),
)
_PHONE = _ALONE.format(rf"(?<!\d[-/.,:])(?:{'|'.join(_NUMBERS)})(?![-/:]?\d)")
"""Compiled when it is first used; few runs look for phone numbers, and it takes a while."""
_LOCAL = r"[\w.!#$%&'*+=?^`{|}~-]"
_EMAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}+@(?:[\w-]+\.)+[^\W\d_]{{2,}}")


class Trace(NamedTuple):
    """One of them: its kind, its words, and the words around it; in both, most digits of identity numbers are x."""

    kind: Kind
    words: str
    excerpt: str


def identities(text: str) -> list[Trace]:
    """The identity numbers in a text, in order."""
    return [trace for trace in traces(text) if trace.kind == "identity"] if _LIKELY.search(text) else []


def traces(text: str) -> Iterator[Trace]:
    """All personal data in a text, in order; what is one thing is not told as another too."""
    left = plain = text.translate(_PLAIN)
    found: dict[tuple[int, int], Kind] = {}
    for kind, find in _FINDERS.items():
        places = list(find(left))
        found |= dict.fromkeys(places, kind)
        left = _changed(left, places, lambda words: "\n" * len(words))
    numbers = [place for place, kind in found.items() if kind == "identity"]
    veiled = _changed(plain, numbers, lambda words: words[:4] + re.sub(r"\d", "x", words[4:]))
    for (start, end), kind in sorted(found.items()):
        yield Trace(kind, veiled[start:end], _excerpt(veiled, start, end))


def named(text: str, names: Iterable[str]) -> Iterator[Trace]:
    """Each of these names or ids that stands whole in a text, in whatever case, also with what makes it a genitive."""
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    for name in names:
        spelled = re.escape(name).replace(r"\ ", r"\s+")
        for found in re.finditer(_ALONE.format(rf"{spelled}(?:['’:]?s)?"), plain, re.IGNORECASE):
            yield Trace("name", found[0], _excerpt(plain, *found.span()))


def _emails(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _EMAIL.finditer(text)) if "@" in text else iter(())


def _phones(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in re.finditer(_PHONE, text, re.ASCII))


def _identities(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _IDENTITY.finditer(text) if _is_identity(found))


def _is_identity(found: re.Match[str]) -> bool:
    """Whether its day and its check digit are right; an organisation number has no such month."""
    born, month, day, gap, last = found[1], int(found[2]), int(found[3]), found[4], found[5]
    is_day = 1 <= month <= 12 and 1 <= day % COORDINATION <= monthrange(LEAP, month)[1]  # noqa: PLR2004  of the calendar
    is_mobile = not gap and found[0].startswith("07") and len(found[0]) == len(born + last)
    return is_day and _checks(born + last) and not is_mobile and not _goes_on(found)


_FINDERS: Mapping[Kind, Callable[[str], Iterator[tuple[int, int]]]] = {
    "identity": _identities,
    "email": _emails,
    "phone": _phones,
}
"""What finds each kind; in this order, for where two find the same words, the first one has them."""


def _checks(digits: str) -> bool:
    """Whether the last digit is right by Luhn's method."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _goes_on(found: re.Match[str]) -> bool:
    """Whether a date goes on: with a time after a blank, 260217 1315, or a later day of the month, 260217-0219."""
    month, day, gap, one, two = found[2], found[3], found[4], found[5][:2], found[5][2:]
    is_time = gap == " " and day <= "31" and one < "24" and two < "60"
    return is_time or (one == month and day < two <= "31")


def _changed(text: str, places: Iterable[tuple[int, int]], change: Callable[[str], str]) -> str:
    """The text with other words at those places, each as long as before."""
    signs = list(text)
    for start, end in places:
        signs[start:end] = change(text[start:end])
    return "".join(signs)


def _excerpt(text: str, start: int, end: int) -> str:
    """The line there, or as much of it as tells people where it is."""
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return (before + text[start:end] + after).strip()
