"""Three versions of a text joined line by line."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

LONGEST = 5_000
"""The lines of the part that differs, beyond which joining would take minutes."""


def joined(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, both: bool = False) -> list[str] | None:
    """The lines that both made of the version before, or None where they changed the same place.

    With ``both`` such a place has theirs, then mine. None too where the parts that differ are longer than can be
    compared in a moment.
    """
    texts = base, mine, theirs
    shortest = min(map(len, texts))
    head = _alike(texts, range(shortest))
    tail = _alike(texts, range(-1, head - shortest - 1, -1))
    parts = [text[head : len(text) - tail] for text in texts]
    middle = _middle(*parts, both=both) if max(map(len, parts)) <= LONGEST else None
    return None if middle is None else [*base[:head], *middle, *base[len(base) - tail :]]


def _alike(texts: Sequence[Sequence[str]], places: range) -> int:
    """How many of the lines at these places all texts have alike, before the first that they have not."""
    return next((done for done, at in enumerate(places) if len({text[at] for text in texts}) > 1), len(places))


def _middle(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, both: bool) -> list[str] | None:
    done: list[str] = []
    begun = (0, 0, 0)
    for *starts, length in _kept(base, mine, theirs):
        old, own, other = (
            list(lines[begin:start]) for lines, begin, start in zip((base, mine, theirs), begun, starts, strict=True)
        )
        if own in (old, other):
            done += other
        elif old == other:
            done += own
        elif both:
            done += other + own
        else:
            return None
        done += base[starts[0] : starts[0] + length]
        begun = (starts[0] + length, starts[1] + length, starts[2] + length)
    return done


def _kept(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of lines that all three have: where each has it, and how many lines; at last the three ends."""
    ours, others = (
        SequenceMatcher(None, base, lines, autojunk=False).get_matching_blocks()[:-1] for lines in (mine, theirs)
    )
    for one in ours:
        for other in others:
            start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
            if start < end:
                yield start, one.b + start - one.a, other.b + start - other.a, end - start
    yield len(base), len(mine), len(theirs), 0
