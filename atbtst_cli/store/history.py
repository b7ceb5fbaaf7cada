"""What Git remembers: the commits that touched a file, newest first, and what the branch had on a day."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from atbtst_cli.store.gitrepo import GitRepo


class Step(TypedDict):
    """One commit: its id, its day, who made it, and what it said."""

    commit: str
    date: str
    author: str
    subject: str


FORM = "%H%x1f%as%x1f%an%x1f%s"
RAW = ("--raw", "-z", "--root", "--no-abbrev", "--no-renames", "--no-follow", "--no-relative", "--no-color")
"""What makes git tell mode and blob of a file before and after each commit, whatever the user's own settings say."""
ORDER = ("--date-order", "--no-show-signature", "--no-notes")
"""No commit comes before those that follow it, and nothing is told but what was asked for."""
UNDOES = "Undoes"
"""What a commit that takes another one back says at its end, before that one's id."""
Entry = tuple[str, str]
"""Mode and blob of a file."""
Touch = tuple[str, Entry | None, Entry | None]
"""A path from the repository's top, and the file there before and after a commit."""


def history(repo: GitRepo, path: str, since: str | None = None, until: str = "HEAD") -> list[Step]:
    """The commits up to ``until`` that touched a path (from the repository's top), newest first.

    Only those after ``since``, if that is given.
    """
    if repo.commit_of("HEAD") is None:
        return []
    past = f"{since}..{until}" if since else until
    wanted = (*ORDER, f"--format={FORM}", past, "--", str(repo.top / path))
    return [_step(line) for line in repo.lines("--literal-pathspecs", "log", *wanted)]


def between(repo: GitRepo, since: str | None, until: str) -> list[Step]:
    """The commits up to one that are not among those up to another, newest first; merges are left out."""
    past = ("--no-merges", until, *(("--not", since) if since else ()))
    return [_step(line) for line in repo.lines("log", *ORDER, f"--format={FORM}", *past, "--")]


def is_of_day(repo: GitRepo, since: str, until: str, day: date) -> bool:
    """Whether the line up to a commit stands on another one, and each commit between them was made on that day."""
    found = repo.lines("log", "--first-parent", "--format=%as %P", until, "--not", since, "--")
    told = [line.split() for line in found]
    return all(made == day.isoformat() for made, *_parents in told) and told[-1][1:2] == [since]


def versions(repo: GitRepo, path: str) -> list[tuple[Step, Entry | None, Entry | None]]:
    """The commits that touched a path, newest first, each with the file before and after; None where there was none."""
    return [(step, *(touched[0][1:] if touched else (None, None))) for step, touched in touches(repo, path)]


def touches(repo: GitRepo, path: str) -> list[tuple[Step, list[Touch]]]:
    """The commits that touched a file or a folder, newest first, each with what it did to the files there.

    A merge is told as what it changed of the branch that it was made on.
    """
    found = _commits(repo, ("HEAD", "--", str(repo.top / path)), "--diff-merges=first-parent")
    return [(one.step, one.touched) for one in found]


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its step, its parents, what it did to files, its author's ``email``, and what stands at its end.

    A merge did something to a file only where that is not as any of its parents has it.
    """

    step: Step
    parents: list[str]
    email: str
    trailers: list[tuple[str, str]]
    touched: list[Touch]

    @property
    def undoes(self) -> list[str]:
        """The commits that it says to take back."""
        return [value for key, value in self.trailers if key == UNDOES]


def walk(repo: GitRepo, since: str | None, paths: Collection[str] = (), until: str = "HEAD") -> Iterator[Commit]:
    """The commits up to one, newest first, those after ``since`` if given; read from Git only as far as wanted.

    With paths (from the repository's top) they are the commits that touched these, and the merges that brought two
    different changes of them together.
    """
    past = f"{since}..{until}" if since else until
    where = ("--full-history", "--simplify-merges", past, "--", *(str(repo.top / path) for path in paths))
    yield from _commits(repo, where if paths else (past, "--"), "--diff-merges=combined")


PARTS = "%x01%x00%H%x00%P%x00%as%x00%an%x00%s%x00%ae%x00%(trailers:only,unfold,separator=%x1e)"
"""What git tells of a commit before what it did; no text of anybody's can hold the NUL between the parts."""


def _commits(repo: GitRepo, what: Collection[str], merges: str) -> Iterator[Commit]:
    if repo.commit_of("HEAD") is None:
        return
    stream = repo.stream("--literal-pathspecs", "log", *RAW, *ORDER, merges, f"--format={PARTS}", *what)
    known: Commit | None = None
    for piece in stream:
        if piece.startswith("\x01"):
            if known:
                yield known
            commit, parents, day, author, subject, email, trailers = (next(stream) for _part in range(7))
            step = Step(commit=commit, date=day, author=author, subject=subject)
            known = Commit(step, parents.split(), email, _trailers(trailers), [])
        elif known and (facts := piece.lstrip("\n")).startswith(":"):
            known.touched.append((next(stream), *_sides(facts)))
    if known:
        yield known


def _trailers(lines: str) -> list[tuple[str, str]]:
    found = (line.partition(": ") for line in lines.split("\x1e"))
    return [(key, value) for key, mark, value in found if mark]


def _sides(facts: str) -> tuple[Entry | None, Entry | None]:
    """A file before and after, from git's line on it: a colon, a mode and a blob for each parent, then those after."""
    count = facts.count(":")
    words = facts[count:].split(" ")
    return _entry(words[0], words[count + 1]), _entry(words[count], words[2 * count + 1])


@dataclass(frozen=True, slots=True)
class Lines:
    """How the commits that were made elsewhere came into the branch: each by a merge of the branch's own line.

    ``came`` tells the merge that brought a commit in, and its day; ``brought`` how many commits a merge brought, by
    whom.
    """

    came: dict[str, tuple[str, date]]
    brought: dict[str, Counter[str]]


def lines(repo: GitRepo) -> Lines:
    """What came into the branch from elsewhere, and when."""
    found = Lines({}, {})
    form = ("--topo-order", "--no-show-signature", "--no-notes", "-z", "--format=%H%x00%P%x00%cs%x00%an")
    stream = repo.stream("log", *form, "HEAD", "--") if repo.commit_of("HEAD") else iter(())
    own: dict[str, int] = {}
    for commit in stream:
        parents, day, author = next(stream).split(), day_of(next(stream)), next(stream)
        if commit in own or not own:
            place = own.setdefault(commit, 0)
            own.update(dict.fromkeys(parents[:1], place + 1))
            bringer, parents = (commit, day), parents[1:]
        else:
            bringer = found.came[commit]
            found.brought.setdefault(bringer[0], Counter())[author] += 1
        for parent in parents:
            known = found.came.get(parent, bringer)
            found.came[parent] = max(known, bringer, key=lambda one: own[one[0]])
    for commit in own:
        found.came.pop(commit, None)
    return found


def _entry(mode: str, blob: str) -> Entry | None:
    return (mode, blob) if blob.strip("0") else None


def commits(repo: GitRepo, *, own: bool) -> list[tuple[str, date]]:
    """Every commit of the branch with the day it was made, newest first.

    Its ``own`` are those that it had itself: what others made elsewhere counts from the day on which it came in.
    """
    if repo.commit_of("HEAD") is None:
        return []
    line = ("--first-parent",) if own else ()
    told = (line.split(" ") for line in repo.lines("log", *line, "--no-show-signature", "--format=%H %cs", "HEAD"))
    return [(commit, day_of(day)) for commit, day in told]


def day_of(told: str) -> date:
    """The day that Git tells of a commit; the last one there is for one after the year 9999."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return date.max


def newest(repo: GitRepo) -> date | None:
    """The day of the branch's newest commit, or None."""
    told = repo.ask("log", "-1", "--no-show-signature", "--format=%cs", "HEAD", "--")
    return day_of(told) if told else None


def last_on(repo: GitRepo, day: date, today: date) -> str | None:
    """The last commit that the branch itself had at the end of a day; None where it had none yet."""
    line = commits(repo, own=True)
    days = in_order([min(made, today) for _commit, made in reversed(line)])
    place = bisect_right(days, day)
    return line[-place][0] if place else None


def came_later(repo: GitRepo, commit: str, day: date) -> int | None:
    """How many commits made up to a day came into the branch after a commit; None where nothing came from elsewhere."""
    if not repo.ask("rev-list", "--merges", "--max-count=1", "HEAD", "--"):
        return None
    made = repo.lines("log", "--no-merges", "--no-show-signature", "--format=%as", f"{commit}..HEAD", "--")
    return sum(day_of(one) <= day for one in made)


def in_order(days: Sequence[date]) -> list[date]:
    """The days of things that came one after the other, none before the one that went before it.

    Where clocks went wrong, as few days as can be do not count; in their place stands the nearest that fits.
    """
    ends: list[int] = []  # of the rows of days in order, one for each length, the place of the earliest last day
    before: list[int] = []
    for place, day in enumerate(days):
        length = bisect_right(ends, day, key=lambda end: days[end])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [place]
    place, ordered = ends[-1] if ends else -1, list(days)
    for at in reversed(range(len(days))):
        if at == place:
            place = before[at]
            continue
        # the next day that counts stands there already, as the last one that was put in order
        earliest = days[place] if place >= 0 else date.min
        latest = ordered[at + 1] if at + 1 < len(days) else date.max
        ordered[at] = min(max(days[at], earliest), latest)
    return ordered


def by_arrival(repo: GitRepo, commits: Iterable[str]) -> list[str]:
    """Commits by when the branch's own line got them, the first one first, wherever and whenever they were made."""
    line = repo.lines("rev-list", "--first-parent", "--reverse", "HEAD", "--")
    return sorted(commits, key=lambda one: bisect_left(line, True, key=lambda at: repo.contains(at, one)))


def marked(repo: GitRepo, key: str) -> list[tuple[str, Step]]:
    """The values of a trailer in the messages of the branch's commits, each with its commit, newest first."""
    if repo.commit_of("HEAD") is None:
        return []
    form = f"--format=%(trailers:key={key},valueonly,separator=%x1e)%x1d{FORM}"
    lines = repo.lines("log", *ORDER, form, "-E", f"--grep=^{key}: ", "HEAD")
    found = (line.partition("\x1d") for line in lines)
    return [(value, _step(line)) for values, _mark, line in found for value in values.split("\x1e") if value]


def _step(line: str) -> Step:
    commit, day, author, subject = line.split("\x1f", 3)
    return Step(commit=commit, date=day, author=author, subject=subject)
