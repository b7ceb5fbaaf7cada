"""Several people, each with a clone, change one record at random; nothing of what anybody did may be lost.

Run: python tests/crowd.py --steps 3000

First twenty processes make twenty changes each in one clone. Then each life begins anew with five clones of a council.
What a step does is drawn: changes in one clone, a sync, two syncs at once, a sync that is killed on its way, a plain git
pull. Conflicts are decided at random. After each step, and once more when all have shared everything, it is looked
whether the promises hold; where one does not, the folder with all clones is kept, and the lines that led there are
printed.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import pytest
from conftest import NOW, Program, Result, empty_home, found_council, git
from deeds import DEEDS, drawn
from faults import Job, assert_sound, at_once, commits, memory, say, signalled
from forge import shared
from handmade import commit, write
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from leaves import broken, changed
from sharing import state

from atbtst_cli.errors import Finding
from atbtst_cli.language import use
from atbtst_cli.store.follow import STEPS
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.layout import BUILT
from atbtst_cli.store.tree import CommitTree
from atbtst_cli.views.findings import findings

PEOPLE = ("alva", "bo", "cilla", "disa", "erik")
ENGLISH = ("--language", "en")
REFUSED = (2, 3, 4)
ROUNDS = 40
"""How often all sync at the end before they have to be quiet."""
LIVES = 6
"""How many are drawn of one seed; the first one is always the shortest there is."""
MOST = 5
"""After how many lives in which a promise was broken no other one begins."""
KEEP = re.compile(r"atbtst resolve (\S+) --whole (--mine|--theirs)\b")
"""The command that a finding names where one side took away what the other needs."""
Sense = tuple[str, str, str]


@dataclass
class Clone:
    """One person's clone: the program in it, what was said to be saved, and what was decided and not merged yet."""

    name: str
    program: Program
    acknowledged: list[str] = field(default_factory=list)
    decided: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.program.folder

    def tip(self) -> str:
        """The newest commit of the branch."""
        return git(self.folder, "rev-parse", "HEAD").strip()

    def state(self) -> dict[str, bytes]:
        """Every file of the clone, and what its branches and tags are."""
        refs = git(self.folder, "for-each-ref", "refs/heads", "refs/tags").encode()
        return {**state(self.program), "refs": refs}


class World:
    """The shared record and everybody's clone of it, with what has been done so far."""

    def __init__(self, place: Path, people: int, number: int) -> None:
        """Begin a life in a folder; whoever draws the same begins the same."""
        self.place = place
        self.clones = [
            Clone(name, Program(place / name, NOW, iter(range(10**9 * (at + 1) + number, 10**12))))
            for at, name in enumerate(PEOPLE[:people])
        ]
        self.told: list[str] = []
        self.count: Counter[str] = Counter()
        self.proven: set[str] = set()
        self.given_up: set[str] = set()
        self._judged: dict[tuple[str, date], set[Sense]] = {}
        template = _template(place.parent)
        subprocess.run(["cp", "-a", str(template), str(place)], check=True)
        for clone in self.clones:
            config = clone.folder / ".git/config"
            config.write_text(config.read_text("utf-8").replace(str(template), str(place)), "utf-8")
        self.begun = self.clones[0].tip()

    # -- what people do ---------------------------------------------------------------------------------------------

    def say(self, clone: Clone, *arguments: str, code: int | None = 0, given: str = "") -> Result:
        """Run a command line in a clone; it is put down for whoever wants to know how it came."""
        result = clone.program(*ENGLISH, *arguments, code=None, given=given)
        self.told.append(f"{clone.name} {clone.program.now:%Y-%m-%d} $ {' '.join(arguments)} -> {result.code}")
        if given:
            self.told.append(given)
        if result.code:
            self.told.append("    " + result.err.strip().replace("\n", "\n    "))
        assert result.code == code or (code is None and result.code != 1), f"exit code {result.code}\n{result.text}"
        return result

    def change(self, clone: Clone, kind: str, dice: Random) -> None:
        """One command: it is one commit with nothing else, or says no and changes nothing."""
        arguments, given = drawn(clone.program, kind, dice)
        before, status = clone.tip(), clone.state()
        code = self.say(clone, *arguments, code=None, given=given).code
        assert code in (0, *REFUSED), code
        after = clone.tip()
        if code:
            self.count[f"refused {kind}"] += 1
            assert _but_texts(clone.state()) == _but_texts(status), "it said no, and changed something"
        elif after != before:
            assert git(clone.folder, "rev-parse", f"{after}~").strip() == before
            clone.acknowledged.append(after)
            self.count["changes"] += 1
            self.count[f"did {kind}"] += 1
        assert not git(clone.folder, "status", "--porcelain"), "the work tree is not as the branch has it"

    def sync(self, clone: Clone, dice: Random) -> None:
        """Take in and hand over; what has to be decided is decided at random."""
        for _turn in range(ROUNDS):
            before = clone.state()
            result = self.say(clone, "sync", code=None)
            self.count["syncs"] += 1
            if result.code == 0:
                self.look_after_sync(clone, result.text)
                return
            assert result.code == 5, result.text
            assert clone.state() == before, "it said that nothing was changed"
            self.count["conflicted syncs"] += 1
            self.decide(clone, dice)
        raise AssertionError(f"{clone.name} does not get through with sync")

    def decide(self, clone: Clone, dice: Random) -> None:
        """Answer each conflict at random; mend or take back what is wrong only in both together."""
        left = json.loads(self.say(clone, "resolve", "--json", code=5).out)
        for one in left["conflicts"]:
            assert not BUILT.fullmatch(one["id"]), "a generated document conflicts"
            self.count["conflicts"] += 1
            self._answer(clone, one, dice)
        if not left["conflicts"]:
            assert left["findings"], "there is a conflict, and nobody says which"
            self.count["merges with findings"] += 1
            if not self._mend(clone, left["findings"], dice):
                self._yield(clone, {one["path"] for one in left["findings"]})

    def _answer(self, clone: Clone, one: dict[str, Any], dice: Random) -> None:
        how = dice.choice((("--mine",), ("--theirs",), ("--both",), ("--value", f"Avgjort {dice.randrange(99)}")))
        where = [one["id"], *([one["field"]] if one["field"] else [])]
        for way in (how, (dice.choice(("--mine", "--theirs")),), ("--mine",), ("--theirs",)):
            code = self.say(clone, "resolve", *where, *way, code=None).code
            assert code in (0, 2, 5), code
            if code != 2:
                clone.decided.append((one["id"], one["field"], way[0]))
                self.count[f"decided {way[0]}"] += 1
                return
        for way in ("--mine", "--theirs"):
            if self.say(clone, "resolve", one["id"], way, code=None).code != 2:
                self.count["decided anew for a whole record"] += 1
                clone.decided.append((one["id"], "", way))
                return
        raise AssertionError(f"nothing will do for {one}")

    def _mend(self, clone: Clone, found: list[dict[str, Any]], dice: Random) -> bool:
        """Whether something could be decided about what is wrong only in both together, most often as it is told."""
        done = False
        for one in found:
            self.count[f"finding of a merge: {one['rule']}"] += 1
            if kept := KEEP.search(one["hint"]):
                done |= self._decided(clone, kept[1], "", kept[2], "--whole")
            elif "minutes edit" in one["hint"]:
                done |= self._open(clone, one["path"].split("/")[-2])
            elif one["rule"].endswith("number-twice") and dice.random() < 0.8:
                record, way = one["path"].split("/")[-2], ("", "--renumber")
                if one["field"] == ["number"] and dice.random() < 0.5:
                    way = ("number", "--value", str(dice.randrange(50, 999)))
                done |= self._decided(clone, record, *way)
            elif dice.random() < 0.3:
                done |= self._decided(clone, _id_at(one["path"]), "", dice.choice(("--mine", "--theirs")), "--whole")
            elif one["field"] and all(isinstance(step, str) for step in one["field"]):
                done |= self._decided(clone, _id_at(one["path"]), "/".join(one["field"]), "--value", "")
        return done

    def _decided(self, clone: Clone, record: str, field: str, *way: str) -> bool:
        """Whether a field, or the whole of a record, could be decided so."""
        code = self.say(clone, "resolve", record, *([field] if field else []), *way, code=None).code
        assert code in (0, 2, 5), code
        if code != 2:
            clone.decided.append((record, field, way[0]))
            self.count[f"findings of a merge mended by {way[0]}"] += 1
        return code != 2

    def _open(self, clone: Clone, meeting: str) -> bool:
        """Whether minutes that were approved here, and changed elsewhere, could be opened again."""
        sheet = clone.program("minutes", "show", meeting, "--sheet", code=None).out
        more = ("--from", "-", "--keep-going", "--yes", "--reason", "Ändrad på annat håll")
        before = clone.tip()
        self.say(clone, "minutes", "edit", meeting, *more, code=None, given=f"{sheet}\nÖppnad igen.\n")
        if clone.tip() != before:
            self.count["approved minutes opened for a merge"] += 1
            clone.acknowledged.append(clone.tip())
        return clone.tip() != before

    def _yield(self, clone: Clone, paths: Collection[str]) -> None:
        """Take back one's own latest change, of these files if there is one; else throw away all that is not shared."""
        ours = ("log", "--format=%H", "--no-merges", "@{upstream}..HEAD")
        own = [*git(clone.folder, *ours, "--", *paths).split(), *git(clone.folder, *ours).split()]
        taken = set(
            re.findall("^Undoes: (.+)$", git(clone.folder, "log", "--format=%B", "@{upstream}..HEAD"), re.MULTILINE)
        )
        for one in own:
            if one in taken or self._undoes(clone, one):
                continue
            before = clone.tip()
            if self.say(clone, "undo", one, code=None).code == 0 and clone.tip() != before:
                self.count["own changes taken back for a merge"] += 1
                clone.acknowledged.append(clone.tip())
                return
        self.given_up |= set(own)
        self.count["own changes thrown away for a merge"] += len(set(own))
        self.told.append(f"{clone.name} $ git reset --hard @{{upstream}}")
        git(clone.folder, "reset", "-q", "--hard", "@{upstream}")
        for tag in git(clone.folder, "tag", "--no-merged", "HEAD").split():
            git(clone.folder, "tag", "-d", tag)

    def _undoes(self, clone: Clone, commit: str) -> bool:
        return "\nUndoes: " in git(clone.folder, "log", "-1", "--format=%B", commit)

    def pull(self, clone: Clone) -> None:
        """Plain Git, as somebody uses it who knows it; what it cannot do is taken back, and left for atbtst sync."""
        before = clone.tip()
        when = {f"GIT_{who}_DATE": clone.program.now.isoformat() for who in ("AUTHOR", "COMMITTER")}
        done = subprocess.run(
            ["git", "pull", "-q", "--no-rebase", "--no-edit"],
            cwd=clone.folder, capture_output=True, text=True, check=False, env={**os.environ, **when},
        )  # fmt: skip
        self.told.append(f"{clone.name} $ git pull -> {done.returncode}")
        self.count["plain pulls"] += 1
        if done.returncode:
            self.count["plain pulls with conflicts"] += 1
            if (clone.folder / ".git/MERGE_HEAD").exists():
                git(clone.folder, "merge", "--abort")
            assert clone.tip() == before, done.stderr
        elif clone.program("check", code=None).code or [*self._wrong_documents(clone, "HEAD")]:
            self.count["plain pulls taken back after check"] += 1
            git(clone.folder, "reset", "-q", "--hard", before)
        else:
            self.count["plain merges"] += int(self.merged(clone))
            git(clone.folder, "push", "-q")
        assert not git(clone.folder, "status", "--porcelain")

    def race(self, clones: Sequence[Clone]) -> None:
        """Syncs at once, each a process of its own; whoever has nothing to decide gets through."""
        before = [clone.tip() for clone in clones]
        line = ((*ENGLISH, "sync"), "")
        jobs = [Job(str(clone.folder), clone.program.now.isoformat(), [line], 1) for clone in clones]
        for clone, tip, [(code, said)] in zip(clones, before, at_once(self.place, jobs), strict=True):
            self.told.append(f"{clone.name} $ sync, at once with others -> {code}\n{said}")
            assert code in (0, 5), said
            self.count["syncs at once"] += 1
            if code == 0:
                self.look_after_sync(clone, said, is_last=False)
            else:
                assert clone.tip() == tip or "came in" in said, "it said that nothing was changed"

    def kill(self, clone: Clone, point: str) -> None:
        """A sync that is killed at a point, if it comes there: all of it is there then, or nothing."""
        before = clone.tip()
        with _day(clone):
            code, said = signalled(clone.folder, "SIGKILL", point, "sync")
        self.told.append(f"{clone.name} $ sync, killed at {point} -> {code}")
        assert code in (0, 5, -9), said
        self.count["syncs killed" if code == -9 else "syncs not reached by a kill"] += 1
        self.say(clone, "item", "list")
        assert not git(clone.folder, "status", "--porcelain"), "the work tree is not as the branch has it"
        theirs = git(clone.folder, "rev-parse", "@{upstream}").strip()
        if clone.tip() != before:
            assert {before, theirs} <= set(git(clone.folder, "rev-list", "HEAD").split())
            self.merged(clone)

    # -- what has to hold -------------------------------------------------------------------------------------------

    def look_after_sync(self, clone: Clone, said: str, *, is_last: bool = True) -> None:
        """The clone has what the shared record has, what is new in it is right, and nothing of its own is lost."""
        tip = clone.tip()
        if is_last:
            assert git(self.place / "shared.git", "rev-parse", "main").strip() == tip
        assert not git(clone.folder, "status", "--porcelain"), "the work tree is not as the branch has it"
        assert not {*clone.acknowledged} - {*git(clone.folder, "rev-list", tip).split()} - self.given_up
        self.count["merges"] += self.merged(clone, said)
        clone.decided.clear()

    def merged(self, clone: Clone, said: str = "") -> bool:
        """Whether there are merges that nobody has looked at yet; each has lost nothing and brought in nothing wrong."""
        new = set(git(clone.folder, "rev-list", "--merges", "HEAD", f"^{self.begun}").split()) - self.proven
        for merge in new:
            self._prove(clone, merge, said)
        self.proven |= new
        return bool(new)

    def _prove(self, clone: Clone, merge: str, said: str) -> None:
        """What either side did is in the merge, or what was decided; and no finding is new, or it was told."""
        one, other = git(clone.folder, "rev-parse", f"{merge}^@").split()
        base = git(clone.folder, "merge-base", one, other).strip()
        versions = [_blobs(clone.folder, commit) for commit in (base, other, one, merge)]
        for path in changed(versions[0], versions[1]) & changed(versions[0], versions[2]):
            if path.startswith("records/") and path.endswith(".yaml"):
                sides = [_content(clone.folder, version.get(path)) for version in versions]
                decided = [name for known, name, _how in clone.decided if known in path.replace("/report-", "/")]
                lost = broken(*sides, decided)
                assert not lost, f"{path} in {merge}: " + "\n".join(map(str, lost))
                self.count["records that both changed"] += 1
        for path in changed(versions[0], versions[1]) ^ changed(versions[0], versions[2]):
            side = versions[1] if versions[0].get(path) != versions[1].get(path) else versions[2]
            if versions[3].get(path) != side.get(path) and not BUILT.fullmatch(path):
                decided = [known for known, _name, _how in clone.decided if known in path]
                assert decided, f"{path} in {merge} is not what the only one wrote who changed it"
        new = self.judged(clone, merge) - self.judged(clone, one) - self.judged(clone, other)
        untold = [one for one in new if one[2] not in said]
        assert not [one for one in new if one[0] == "error"], new
        assert not (said and untold), f"not told: {untold}"
        if merge == clone.tip():
            wrong = [*self._wrong_documents(clone, merge)]
            assert not wrong, f"these documents are not what is made now: {wrong}"

    def _wrong_documents(self, clone: Clone, merge: str) -> Iterator[str]:
        """The documents of minutes on which both sides of a merge worked that are not what is made of them now.

        Others are as they were made: a name that is dated back does not change them.
        """
        new, *sides = (
            _blobs(clone.folder, one) for one in (merge, *git(clone.folder, "rev-parse", f"{merge}^@").split())
        )
        joined = [
            path
            for path in new
            if len(sides) > 1 and all(new[path] != side.get(path) for side in sides) and "/meetings/" in path
        ]
        for folder in sorted({"/".join(path.split("/")[:4]) for path in joined}):
            record = clone.folder / folder / "meeting.yaml"
            document = clone.folder / folder / "minutes.md"
            if not (record.exists() and document.exists()) or "\n  sealed:" in record.read_text("utf-8"):
                continue
            for form in ("md", "html", "pdf"):
                document = document.with_suffix(f".{form}")
                made = clone.program("minutes", "render", record.parent.name, "--format", form, "--output", "-").raw
                if made != document.read_bytes():
                    yield str(document.relative_to(clone.folder))
                self.count["documents compared"] += 1

    def judged(self, clone: Clone, commit: str) -> set[Sense]:
        """What check finds in a commit on the clone's day: level, rule and file, message."""
        day = clone.program.now.date()
        if (commit, day) not in self._judged:
            repo = GitRepo(clone.folder)
            use("en")
            found = findings(CommitTree(repo, repo.entries(commit, "")), day)
            repo.close()
            self._judged[commit, day] = {_sense(one) for one in found}
        return self._judged[commit, day]

    def agree(self, dice: Random) -> None:
        """Let all sync until nobody has anything new, and look once more at everything."""
        for _round in range(ROUNDS):
            before = [clone.tip() for clone in self.clones]
            for clone in self.clones:
                self.sync(clone, dice)
            if len({*before, *(clone.tip() for clone in self.clones)}) == 1:
                break
        shared = self.place / "shared.git"
        tip = self.clones[0].tip()
        assert {clone.tip() for clone in self.clones} == {git(shared, "rev-parse", "main").strip()}
        tags = {git(one, "for-each-ref", "refs/tags/approved") for one in (shared, *(c.folder for c in self.clones))}
        assert len(tags) == 1, tags
        files = [{path: data for path, data in clone.state().items() if path[:5] != ".git/"} for clone in self.clones]
        assert all(one == files[0] for one in files), "the work trees are not alike"
        reached = set(git(shared, "rev-list", "main").split())
        for clone in self.clones:
            assert not set(clone.acknowledged) - reached - self.given_up, f"commits of {clone.name} are gone"
            git(clone.folder, "fsck", "--strict", "--no-dangling")
            assert self.say(clone, "sync").out == "Nothing new here or there.\n"
        git(shared, "fsck", "--strict", "--no-dangling")
        self._look_back(self.clones[0], tip)

    def _look_back(self, clone: Clone, tip: str) -> None:
        """Every state that the shared record has had holds no error, and approvals are what was approved."""
        for one in git(clone.folder, "rev-list", "--first-parent", f"{self.begun}..{tip}").split():
            errors = [found for found in self.judged(clone, one) if found[0] == "error"]
            assert not errors, f"{one}: {errors}"
            self.count["commits loaded and checked"] += 1
        verdicts = json.loads(self.say(clone, "minutes", "verify", "--all", "--json", code=None).out)
        for one in verdicts["meetings"]:
            assert one["result"] in ("unsigned", "open"), one
            self.count["approvals verified"] += 1


def _id_at(path: str) -> str:
    """The id of the record in a file."""
    return Path(path).parent.name if path.endswith("/meeting.yaml") else Path(path).stem


def _sense(finding: Finding) -> Sense:
    return finding.level, f"{finding.rule} {finding.path}", finding.message


def _but_texts(state: dict[str, bytes]) -> dict[str, bytes]:
    """A state without the texts that are kept for whoever was refused."""
    return {path: data for path, data in state.items() if not path.startswith(".git/atbtst/")}


def _blobs(folder: Path, commit: str) -> dict[str, str]:
    lines = git(folder, "ls-tree", "-r", "-z", commit).split("\0")
    return {path: facts.split(" ")[2] for facts, _tab, path in (line.partition("\t") for line in lines if line)}


def _content(folder: Path, blob: str | None) -> bytes | None:
    return git(folder, "cat-file", "blob", blob).encode() if blob else None


@contextlib.contextmanager
def _day(clone: Clone) -> Iterator[None]:
    """Let processes live on the day of a clone."""
    os.environ["ATBTST_TODAY"] = clone.program.now.date().isoformat()
    try:
        yield
    finally:
        del os.environ["ATBTST_TODAY"]


def _template(place: Path) -> Path:
    """A shared record with everybody's clone of it, made once; each has its owner's name."""
    template = place / "template"
    if template.exists():
        return template
    template.mkdir()
    council = Program(template)
    found_council(council)
    for body in ("RÅD", "RÖN-AT"):
        council("meeting", "plan", body, "--date", "2026-03-10", "--date", "2026-04-14", "--yes")
    council("sync", "--remote", str(shared(template)))
    for name in PEOPLE:
        Program(template)("clone", str(template / "shared.git"), name)
        for key, value in (
            ("user.name", f"{name.capitalize()} Exempel"),
            ("user.email", f"{name}@example.org"),
            ("atbtst.member", f"{name}-exempel"),
        ):
            git(template / name, "config", key, value)
    return template


# -- many processes in one clone -------------------------------------------------------------------------------------------

SHEET = "# RÖN-BT {day}\nOrdförande: Disa Exempel\nNärvarande: Disa Exempel\n\n## Läget\nBeslut: Vi går vidare.\n"
BUSY = re.compile("Another atbtst command has been at work here|Ett annat atbtst-kommando har arbetat här")
COMMON = "i-0000000"
"""The item of which all have news."""


def press(council: Program, hands: int, turns: int) -> Counter[str]:
    """Processes that all change one clone at once: who was told that it is saved finds it there, once, and whole.

    Each turn is five changes: an item added, news of one, one closed, a meeting planned, minutes made from a text.
    """
    own = {hand: [f"i-{hand:03}{turn:04}" for turn in range(1, turns + 1)] for hand in range(hands)}
    for item in (COMMON, *(item for items in own.values() for item in items)):
        write(council, f"records/items/2026/{item}.yaml", f"id: {item}\ntitle: Ring\nnetwork: rad\nadded: 2026-01-10\n")
    commit(council)
    before = commits(council.folder)
    jobs = [
        Job(str(council.folder), NOW.isoformat(), [*_turns(hand, items)], 10**6 * (hand + 1))
        for hand, items in own.items()
    ]
    found = at_once(council.folder, jobs)
    told = [
        (line, *one)
        for job, ones in zip(jobs, found, strict=True)
        for (line, _given), one in zip(job.lines, ones, strict=True)
    ]
    failed = [said for _line, code, said in told if code and not BUSY.search(said)]
    assert not failed, failed
    done = [line[2:] for line, code, _said in told if code == 0]
    new = commits(council.folder)[: -len(before)]
    kinds = Counter(re.match(r"\w+(\(\w+\))?", one)[0] for one in new)
    said = Counter("minutes" if line[0] == "minutes" else f"{line[0]}({line[1]})" for line in done)
    assert kinds == said
    records = council.folder / "records"
    texts = {path.stem: path.read_text("utf-8") for path in records.glob("items/2026/*.yaml")}
    assert {item for item, text in texts.items() if "\nclosed:" in text} == {one[2] for one in done if one[1] == "done"}
    assert sorted(re.findall(r"note: (Nytt .+)\n", texts[COMMON])) == sorted(one[3] for one in done if one[1] == "note")
    meetings = [path.read_text("utf-8") for path in records.rglob("meeting.yaml")]
    assert len(meetings) == said["meeting(plan)"] + said["minutes"]
    numbers = [number for text in meetings for number in re.findall(r"\nnumber: (\d+)\ndate: (\d+)", text)]
    assert len({*numbers}) == len(numbers) == said["minutes"]
    council("check")
    assert git(council.folder, "status", "--porcelain") == ""
    assert_sound(council.folder)
    return Counter(
        {"processes": hands, "changes at once": len(new), "refused, as others were at work": len(told) - len(new)}
    )


def _turns(hand: int, items: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What one of them does; the days of the meetings are their own."""
    for turn, item in enumerate(items):
        on = timedelta(hand * len(items) + turn)
        for line, given in (
            (("item", "add", f"Sak {hand} {turn}", "--network", "RÅD"), ""),
            (("item", "note", COMMON, f"Nytt {hand} {turn}"), ""),
            (("item", "done", item), ""),
            (("meeting", "plan", "RÅD", "--date", (date(2026, 9, 1) + on).isoformat(), "--yes"), ""),
            (("minutes", "new", "RÖN-BT", "--from", "-", "--yes"), SHEET.format(day=date(2025, 12, 1) + on)),
        ):
            yield (*ENGLISH, *line), given


# -- some people, each with a clone ----------------------------------------------------------------------------------------


class Hands(RuleBasedStateMachine):
    """Five people for some weeks; each step somebody does something."""

    place: Path
    people = len(PEOPLE)
    lives = 0
    count: ClassVar[Counter[str]] = Counter()
    world: World
    fails = False
    tell: Callable[[str], None] = staticmethod(lambda _text: None)

    @initialize(number=st.integers(0, 10**6))
    def begin(self, number: int) -> None:
        """Found the council, and give everybody a clone."""
        Hands.lives += 1
        self.dice = Random(number)
        self.world = World(self.place / f"life-{Hands.lives}", self.people, number)

    def _clone(self, who: int) -> Clone:
        return self.world.clones[who % self.people]

    @contextlib.contextmanager
    def _step(self, kind: str) -> Iterator[None]:
        """A step; where a promise is broken, the clones stay for whoever wants to look, with all that was said."""
        try:
            yield
        except BaseException as error:
            self.fails = True
            (self.world.place / "told.txt").write_text("\n".join(self.world.told), "utf-8")
            self.tell(f"BROKEN in {kind}: {self.world.place}, told.txt there; the last of it:")
            self.tell("\n".join(self.world.told[-12:]))
            self.tell("".join(traceback.format_exception(error))[-3000:])
            raise
        self.world.count["steps"] += 1

    @rule(
        who=st.integers(0, 4),
        kinds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=4),
        dice=st.integers(0, 2**16),
    )
    def work(self, who: int, kinds: list[str], dice: int) -> None:
        """Somebody does a few things, one command each, while time goes by."""
        clone = self._clone(who)
        for number, kind in enumerate(kinds):
            clone.program.now += timedelta(hours=self.dice.randrange(14))
            with self._step(kind):
                self.world.change(clone, kind, Random(dice + number))

    @rule(who=st.integers(0, 4), dice=st.integers(0, 2**16))
    def sync(self, who: int, dice: int) -> None:
        """Somebody brings their clone and the shared record together."""
        with self._step("sync"):
            self.world.sync(self._clone(who), Random(dice))

    @rule(who=st.integers(0, 4), other=st.integers(1, 4), often=st.integers(0, 5))
    def race(self, who: int, other: int, often: int) -> None:
        """Two do so at the same moment."""
        if often == 0 and self.people > 1:
            with self._step("race"):
                self.world.race([self._clone(who), self._clone(who + 1 + other % (self.people - 1))])

    @rule(who=st.integers(0, 4), point=st.sampled_from(STEPS), often=st.integers(0, 3))
    def kill(self, who: int, point: str, often: int) -> None:
        """Somebody's machine goes down while they take in what somebody else has shared before."""
        if often == 0:
            with self._step("kill"):
                self.world.sync(self._clone(who + 1), self.dice)
                self.world.kill(self._clone(who), point)

    @rule(who=st.integers(0, 4), often=st.integers(0, 3))
    def pull(self, who: int, often: int) -> None:
        """Somebody uses plain Git."""
        if often == 0:
            with self._step("pull"):
                self.world.pull(self._clone(who))

    def teardown(self) -> None:
        """In the end all share everything."""
        if not hasattr(self, "world"):
            return
        if not self.fails and self.world.count["changes"]:
            with self._step("end"):
                self.world.agree(self.dice)
        if not self.fails:
            shutil.rmtree(self.world.place)
        if self.world.count["changes"]:
            Hands.count.update(self.world.count)
            Hands.count["lives"] += 1


def live(place: Path, *, people: int, lives: int, steps: int, number: int | None = None) -> Counter[str]:
    """Let some lives be lived in a folder, each of so many steps; how often what was done."""
    Hands.place, Hands.people, Hands.count = place, people, Counter()
    how = settings(
        max_examples=lives, stateful_step_count=steps, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=number is None, print_blob=False,
    )  # fmt: skip
    machine = Hands if number is None else seed(number)(Hands)
    run_state_machine_as_test(machine, settings=how)
    return Hands.count


def main() -> int:
    """Live on until there were enough steps, and print what was done; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=3000, help="how many in all")
    parser.add_argument(
        "--life", type=int, default=120, help="steps of the machine in one life; a step may be four changes"
    )
    parser.add_argument("--processes", type=int, default=20, help="how many change one clone at once, before all else")
    parser.add_argument("--seed", type=int, default=1, help="another one for other lives")
    parser.add_argument("--write", type=Path, help="a JSON file for the figures")
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="crowd-", dir=memory()))
    count: Counter[str] = Counter()
    begun, number, seconds = time.monotonic(), given.seed, 0.0
    failed = 0
    with pytest.MonkeyPatch.context() as patch:
        empty_home(place, patch)
        Hands.tell = staticmethod(say)
        if given.processes:
            say(f"{_pressed(place, given.processes)} in one clone")
        while count["steps"] < given.steps and failed < MOST:
            try:
                live(place, people=len(PEOPLE), lives=LIVES, steps=given.life, number=number)
            except KeyboardInterrupt:
                break
            except Exception as error:  # noqa: BLE001  the next life may show something else
                failed += 1
                say(f"FAILED seed {number}: {type(error).__name__}: {str(error)[:3000]}")
            count.update(Hands.count)
            number += 1
            seconds = time.monotonic() - begun
            say(f"{count['lives']} lives, {count['steps']} steps in {seconds:.0f} s, {failed} failed")
    count["seconds"], count["failed lives"] = round(seconds), failed
    say("\n".join(f"{count[name]:7} {name}" for name in sorted(count)))
    say(f"{count['steps'] / max(seconds, 1):7.1f} steps a second")
    if given.write:
        given.write.write_text(json.dumps(count, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
    if not failed:
        shutil.rmtree(place)
    return bool(failed)


def _pressed(place: Path, hands: int) -> str:
    """The figures of many processes that make twenty changes each in one clone."""
    council, begun = Program(place / "one"), time.monotonic()
    council.folder.mkdir()
    found_council(council)
    found = press(council, hands, 4)
    seconds = time.monotonic() - begun
    return f"{', '.join(f'{count} {name}' for name, count in found.items())} in {seconds:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
