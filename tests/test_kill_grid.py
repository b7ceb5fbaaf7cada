"""A sample of the grid of faults, which ``python tests/kill_grid.py`` runs whole."""

from pathlib import Path

import pytest
from conftest import Program, git
from faults import ADD, assert_sound, commits, watched
from kill_grid import COMMANDS, FAULTS, Scene, cases, doubled, faulty, furnish, observed, settled
from syscalls import Watch

pytestmark = pytest.mark.outside("strace")
EVERY = 53
"""Of the cases of a command, every how many-th is tried; not a multiple of the number of faults, so that each comes."""


@pytest.fixture
def scene(council: Program, tmp_path: Path, request: pytest.FixtureRequest) -> Scene:
    """What a command does that nothing disturbs."""
    arguments = COMMANDS[getattr(request, "param", "item add")]
    return observed(furnish(council), arguments, Watch(tmp_path / "watch"))


def test_a_fault_at_a_system_call_leaves_all_or_nothing(scene: Scene) -> None:
    tried = cases(scene)[::EVERY]
    for call, fault in tried:
        faulty(scene, call, fault)
    print(f"{len(tried)} cases of {len(cases(scene))}: {' '.join(scene.arguments)}")  # noqa: T201
    assert {fault for _call, fault in tried} == set(FAULTS)


def test_a_git_that_is_killed_with_its_program_leaves_no_lock_that_stays(scene: Scene) -> None:
    """Each of the locks that Git holds while it moves a branch, and the moments when it has moved already."""
    moving = [call for call in scene.calls if "HEAD" in call.what or "refs/heads" in call.what]
    assert len(moving) > 8
    for call in moving[1::3]:
        faulty(scene, call, "together")


def test_a_branch_that_a_killed_git_had_moved_already_is_not_called_unmoved(scene: Scene) -> None:
    """The program lives on: it finishes what the git that was killed had begun, and says what is true."""
    last = next(call for call in scene.calls if call.what == "unlink .git/HEAD.lock")
    assert faulty(scene, last, "alone") == "new, commit done, next works"


def test_whoever_is_killed_while_it_puts_things_right_leaves_that_to_the_next(scene: Scene) -> None:
    call = next(call for call in doubled(scene) if call.what == "fsync .git/atbtst")
    became = list(settled(scene, call))
    print(f"{len(became)} cases: killed again while things are put right")  # noqa: T201
    assert len(became) > 5


def test_whoever_interrupts_a_change_that_is_saved_is_told_so(council: Program, tmp_path: Path) -> None:
    """Ctrl-C comes as our own lock is let go, after all is done and before anything was said."""
    over = ("strace", "-e", "trace=flock", "-e", "inject=flock:signal=SIGINT:when=2", "-o", str(tmp_path / "trace"))
    code, said = watched(council.folder, over, {"LC_ALL": "en_GB.UTF-8"}, "--language", "en", *ADD)
    assert code == 130
    assert commits(council.folder)[0] == "item(add): Boka lokal"
    assert f"saved already, as commit {git(council.folder, 'rev-parse', 'HEAD')[:10]}" in said
    assert_sound(council.folder)
