"""What fuzz.py tries for long is tried for a moment, and what it once found is tried every time."""

from itertools import islice
from random import Random

import pytest
from fuzz import Mutator, cases
from fuzz_found import FOUND
from fuzz_targets import TARGETS

pytestmark = pytest.mark.no_cover
CASES = {"yaml": 400, "sheet": 100, "merge": 200}


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_once_does_not_fail_again_and_nothing_near_it_does(name: str) -> None:
    """Always the same inputs; ``python tests/fuzz.py NAME --minutes N`` tries others."""
    target, seeds, words = TARGETS[name]()
    for found in FOUND[name].values():
        target(found)
    mutator = Mutator([*FOUND[name].values(), *seeds[:: max(1, len(seeds) // 40)]], words)
    assert len(list(islice(cases(target, mutator, Random(5)), CASES[name]))) == CASES[name]
