"""New ids: opaque, drawn from a seed, so that an act computed again draws the same ones; a meeting's is its day."""

import random
from collections.abc import Container, Iterable
from datetime import date
from itertools import count

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case: no i, l, o, u."""
LENGTHS = {"i": 7, "m": 7, "s": 7}
"""How many characters follow the prefix where two clones may draw at once; three are enough within one meeting."""


class Draw:
    """Gives ids with a prefix, such as i-k7q3d9m, none of them taken."""

    def __init__(self, seed: int, taken: Iterable[str] = ()) -> None:
        """Draw from a seed; ``taken`` are ids that are in use already."""
        self._random = random.Random(seed)  # noqa: S311  ids are opaque, not secret
        self._taken = set(taken)

    def __call__(self, prefix: str) -> str:
        """A new id with that prefix."""
        while True:
            sign = "".join(self._random.choices(ALPHABET, k=LENGTHS.get(prefix, 3)))
            drawn = f"{prefix}-{sign}"
            if drawn not in self._taken:
                self._taken.add(drawn)
                return drawn


def free_meeting_id(network_id: str, day: date, taken: Container[str]) -> str:
    """The id of a new meeting: its day and body, with a number from -2 where that is taken."""
    plain = f"{day}-{network_id}"
    if plain not in taken:
        return plain
    return next(name for number in count(2) if (name := f"{plain}-{number}") not in taken)
