"""Names that are nearly others: what to ask about, and what to suggest."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from atbtst_cli.models.directory import fold

Spellings = Mapping[str, Iterable[str]]
"""What each spelling, folded, can mean."""

MISSES = 2
"""So many letters a name may miss another by and still be nearly that name."""
MOST = 3
ALIKE = 0.6
"""How like a text a suggestion has to be, by difflib's measure from 0 to 1."""


def nearest(text: str, spellings: Spellings) -> tuple[str, ...]:
    """What the spellings mean that the text misses by a letter or two."""
    words = fold(text).split()
    near = [meant for spelling, meant in spellings.items() if _near(words, spelling.split())]
    return tuple(sorted({one for meant in near for one in meant}))


def likest(text: str, spellings: Spellings) -> tuple[str, ...]:
    """What the spellings mean that are most like the text, the likest first; nothing where none is like it."""
    like = get_close_matches(fold(text), spellings, n=MOST, cutoff=ALIKE)
    return tuple(dict.fromkeys(one for spelling in like for one in spellings[spelling]))


def apart(one: str, other: str) -> int:
    """How many letters are missing, added or others, or have changed places with a neighbour."""
    above, last = list[int](), list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for place, known in enumerate(other, 1):
            steps = [last[place] + 1, row[-1] + 1, last[place - 1] + (letter != known)]
            if at > 1 and place > 1 and (letter, one[at - 2]) == (other[place - 2], known):
                steps.append(above[place - 2] + 1)
            row.append(min(steps))
        above, last = last, row
    return last[-1]


def _near(words: list[str], known: list[str]) -> bool:
    """Whether words are others but for a letter or two, and for no more than every third letter of each."""
    if len(words) != len(known):
        return False
    pairs = [(one, other) for one, other in zip(words, known, strict=True) if one != other]
    if any(abs(len(one) - len(other)) > MISSES for one, other in pairs):
        return False
    misses = [(apart(one, other), max(len(one), len(other)) // 3) for one, other in pairs]
    return 0 < sum(miss for miss, _most in misses) <= MISSES and all(miss <= most for miss, most in misses)
