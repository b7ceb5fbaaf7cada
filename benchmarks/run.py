"""Measures atbtst beside its floors and its peers, all in one run, and says which promises of speed are kept.

Run: python benchmarks/run.py [--items N] [--quick] [--output docs/benchmarks.md]
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import clones
import generator
import peers
import report
from measure import Command, Figure, in_turns

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NOTES = ROOT.parent / "shared" / "seeds" / "notes-a.txt"
"""Notes of a real meeting, where they are at hand; else a made-up sheet of like size is used."""
INSTALLED = ("atbtst_cli", "templates", "schemas", "records", "pyproject.toml")
"""What of the checkout comes into an installed program."""
Figures = Mapping[str, Figure]
COMING = str(generator.TODAY + timedelta(28))
"""The day of the meeting for which an agenda is made."""
BOTH = f"atbtst sync, {clones.EDITED} records changed on both sides"
MEETING = ("RÅD", "--date", "2023-05-23")
"""The body and the day whose minutes are written; no meeting that is made up falls on it."""


@dataclass(frozen=True)
class Plan:
    """How large the three records are, in records, items and items, and how often each program runs."""

    records: int = 2_000
    listed: int = 10_000
    large: int = 100_000
    turns: int = 9
    patient_turns: int = 3
    """How often a program runs that takes seconds."""


def main() -> None:
    """Measure as the command line says, print the tables, and write them where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=Plan.large, help="items of the largest record")
    parser.add_argument("--quick", action="store_true", help="small sizes and few runs, to try the script")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the page with the tables here too")
    chosen = parser.parse_args()
    plan = Plan(200, 1_000, chosen.items // 50, 3, 1) if chosen.quick else Plan(large=chosen.items)
    with tempfile.TemporaryDirectory(prefix="atbtst-benchmarks-") as folder:
        page = Bench(Path(folder).resolve(), plan).page(quick=chosen.quick)
    print(page)
    if chosen.output:
        chosen.output.write_text(page, encoding="utf-8")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _there(figures: Figures, name: str) -> tuple[Figure, ...]:
    """The figure of a peer, or nothing where it could not be installed."""
    return (figures[name],) if name in figures else ()


class Bench:
    """One measurement: a folder with the programs, the records made up for it, and what came out."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        """Install what is to be measured; a peer that cannot be had is named in the tables and passed over."""
        self._folder = folder
        self._plan = plan
        _say("installing")
        with ThreadPoolExecutor() as several:
            todoman, doorstop = (several.submit(_peer, folder / name, name) for name in ("todoman", "doorstop"))
            self._programs = peers.environment(folder / "atbtst", str(ROOT))
            self._todoman, self._doorstop = todoman.result(), doorstop.result()
        self._surroundings = _surroundings(folder / "home")

    def page(self, *, quick: bool) -> str:
        """Measure everything, and put it on one page."""
        plan = self._plan
        start, checked, listed, changed = self._start(), self._checked(), self._listed(), self._changed()
        synced, large = self._synced(), self._large()
        tables = {
            "Starting": start,
            f"Checking {plan.records:,} records": checked,
            f"Listing {plan.listed:,} open items": listed,
            f"Changing a record of {plan.records:,}": changed,
            f"Sharing a record of {plan.records:,}": synced,
            f"Asking {plan.large:,} items": large,
        }
        promises = self._promises(start, checked, listed, changed, synced, large)
        return report.page(promises, tables, self._facts(), quick=quick)

    def _promises(
        self, start: Figures, checked: Figures, listed: Figures, changed: Figures, synced: Figures, large: Figures
    ) -> list[report.Promise]:
        """What atbtst promises, each beside what it is held against."""
        in_store, in_list = f"{self._plan.records:,} records", f"`item list`, {self._plan.listed:,} items"
        listing, floor = listed["atbtst item list"], changed["floor"]
        return [
            report.Ratio("`--version`", start["atbtst --version"], 1.3, (start["floor"],)),
            report.Ratio(f"`check`, {in_store}", checked["atbtst check"], 1 / 8, _there(checked, "doorstop")),
            report.Ratio(in_list, listing, 1.3, (listed["floor"], listed["bare parsing"])),
            report.Ratio(in_list, listing, 1.5, _there(listed, "todoman")),
            report.Memory(in_list, listing, 120_000_000),
            *(
                report.Ratio(
                    f"`{noun} list`, {self._plan.large:,} items",
                    large[f"atbtst {noun} list"],
                    1.5,
                    (large["atbtst item list"],),
                )
                for noun in ("decision", "matter")
            ),
            report.Ratio(f"`item add`, {in_store}", changed["atbtst item add"], 3, (floor,)),
            report.Ratio(f"`minutes new --from`, {in_store}", changed["atbtst minutes new"], 5, (floor,)),
            report.Ratio("`sync`, nothing new", synced["atbtst sync"], 1.5, (synced["floor"], synced["git fetch"])),
            report.More(
                f"`sync`, {clones.EDITED} records changed on both sides", synced[BOTH], synced["atbtst sync"], 1.0
            ),
        ]

    # -- what is measured ----------------------------------------------------------------------------------------------

    def _start(self) -> Figures:
        return self._measured("starting", [self._floor(), self._atbtst(self._folder, "--version")])

    def _checked(self) -> Figures:
        store = self._store("small", _small(self._plan.records))
        commands = [
            self._floor(),
            self._bare(store),
            self._atbtst(store, "check"),
            self._git_status(store),
        ]
        if isinstance(self._doorstop, Path):
            data = self._folder / "doorstop-data"
            peers.requirements(store, data)
            peers.repository(data, self._surroundings)
            doorstop = (self._doorstop / "doorstop", "--no-reformat")
            turns = self._plan.patient_turns
            commands.append(Command("doorstop", doorstop, data, self._surroundings, turns=turns))
        return self._measured("checking", commands)

    def _listed(self) -> Figures:
        store = self._store("middle", generator.Size(self._plan.listed, self._plan.listed // 50, closed=0))
        commands = [
            self._floor(),
            self._bare(store),
            self._atbtst(store, "item", "list"),
            self._git_status(store),
        ]
        if isinstance(self._todoman, Path):
            configuration = peers.todos(store, self._folder / "todoman-data")
            todoman = (self._todoman / "todo", "--config", configuration, "list")
            commands.append(Command("todoman", todoman, store, self._surroundings))
        return self._measured("listing", commands)

    def _changed(self) -> Figures:
        store = self._folder / "small"
        renew = partial(_renew, store)
        sheet = self._folder / "sheet.txt"
        sheet.write_bytes(NOTES.read_bytes() if NOTES.exists() else generator.sheet().encode())
        item = ("Boka lokal till introduktionsdagen", "--network", "RÅD", "--owner", "alva-exempel", "--due", "next")
        commands = [
            self._floor(),
            self._atbtst(store, "item", "add", *item, before=renew),
            self._atbtst(store, "minutes", "new", *MEETING, "--from", str(sheet), before=renew),
        ]
        return self._measured("changing", commands)

    def _synced(self) -> Figures:
        store = self._folder / "small"
        _renew(store)
        shared = clones.share(store, self._surroundings)
        sync = partial(self._atbtst, store, "sync")
        commands = [
            self._floor(),
            Command("git fetch", ["git", "fetch", "--quiet", "origin"], store, self._surroundings),
            sync(before=partial(clones.renew, store, shared, "start")),
            replace(sync(before=partial(clones.renew, store, shared, "edited")), name=BOTH),
        ]
        return self._measured("sharing", commands)

    def _large(self) -> Figures:
        meetings = max(1, self._plan.large // 50)
        store = self._store("large", generator.Size(self._plan.large, meetings, matters=meetings))
        commands = [
            self._floor(),
            self._bare(store),
            self._atbtst(store, "item", "list"),
            self._atbtst(store, "decision", "list"),
            self._atbtst(store, "matter", "list"),
            self._atbtst(store, "status"),
            self._atbtst(store, "agenda", "new", self._planned(store), before=partial(_renew, store)),
            self._git_status(store),
        ]
        return self._measured("asking a large record", commands, self._plan.patient_turns)

    def _planned(self, store: Path) -> str:
        """A meeting of the council that is planned in the store, and committed there for good."""
        plan = (self._programs / "atbtst", "--quiet", "-C", store, "meeting", "plan", "RÅD", "--date", COMING)
        subprocess.run(plan, check=True, env=self._surroundings, stdout=subprocess.DEVNULL)
        subprocess.run(["git", "-C", store, "tag", "--force", "start"], check=True, stdout=subprocess.DEVNULL)
        return f"{COMING}-rad"

    def _measured(self, what: str, commands: Sequence[Command], turns: int | None = None) -> Figures:
        _say(what)
        return in_turns(commands, turns or self._plan.turns)

    # -- the programs --------------------------------------------------------------------------------------------------

    def _floor(self) -> Command:
        return Command("floor", [self._programs / "python", HERE / "floor.py"], self._folder, self._surroundings)

    def _bare(self, store: Path) -> Command:
        arguments = [self._programs / "python", HERE / "bare.py", store / "records"]
        return Command("bare parsing", arguments, store, self._surroundings)

    def _git_status(self, store: Path) -> Command:
        return Command("git status", ["git", "status", "--short"], store, self._surroundings)

    def _atbtst(self, store: Path, *arguments: str, before: Callable[[], object] = lambda: None) -> Command:
        name = "atbtst " + " ".join(
            arguments[: 1 + (arguments[0] in ("agenda", "decision", "item", "matter", "minutes"))]
        )
        return Command(name, [self._programs / "atbtst", *arguments], store, self._surroundings, before=before)

    # -- the records ---------------------------------------------------------------------------------------------------

    def _store(self, name: str, size: generator.Size) -> Path:
        """A workspace of that size, all of it committed."""
        _say(f"making {size.records:,} records")
        store = self._folder / name
        init = (self._programs / "atbtst", "--quiet", "init", "--empty", store)
        subprocess.run(init, check=True, env=self._surroundings, stdout=subprocess.DEVNULL)
        # A process of its own: what it needs in memory must not be counted for the programs that start after it.
        kinds = ("items", "meetings", "closed", "matters")
        sizes = [f"--{kind}={getattr(size, kind)}" for kind in kinds]
        subprocess.run((sys.executable, HERE / "generator.py", store, *sizes), check=True)
        peers.repository(store, self._surroundings)
        return store

    # -- what the figures hold for -------------------------------------------------------------------------------------

    def _facts(self) -> list[str]:
        """What was measured, on what, with which versions."""
        packages = ("typer", "pydantic", "pyyaml", "ruamel.yaml", "gitpython", "typst")
        versions = [f"{name} {peers.version(self._programs, name)}" for name in packages]
        absent = []
        for name, programs in (("todoman", self._todoman), ("doorstop", self._doorstop)):
            if isinstance(programs, Path):
                versions.append(f"{name} {peers.version(programs, name)}")
            else:
                absent.append(f"{name} could not be installed here: {programs}")
        measured = f"atbtst {peers.version(self._programs, 'atbtst')}, {_commit()}"
        return [measured, *report.machine(), ", ".join(versions), *absent]


def _peer(folder: Path, name: str) -> Path | str:
    """The folder of a peer's programs, or in words why it could not be installed."""
    try:
        return peers.environment(folder, name)
    except peers.NotInstalled as error:
        return str(error)


def _surroundings(home: Path) -> dict[str, str]:
    """What every program sees: a home of its own where Git knows somebody, and the day of the made-up records."""
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\nname = Alva Exempel\nemail = alva-exempel@example.org\n")
    today = generator.TODAY.isoformat()
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "ATBTST_TODAY": today}


def _small(records: int) -> generator.Size:
    """A record of that many files as a council grows it: about eight items for each meeting."""
    others = generator.Size(0, 0).records
    meetings = (records - others) // 9
    return generator.Size(records - others - meetings, meetings)


def _renew(store: Path) -> None:
    """Take the store back to its first commit, so that each run finds the same."""
    for step in (("reset", "--quiet", "--hard", "start"), ("clean", "--quiet", "-d", "--force")):
        subprocess.run(["git", "-C", store, *step], check=True, stdout=subprocess.DEVNULL)


def _commit() -> str:
    """The commit that was measured, and whether what is installed differs from it."""
    told = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short=10", "HEAD"], check=False, capture_output=True)
    status = ["git", "-C", ROOT, "status", "--porcelain", "--", *INSTALLED]
    changes = subprocess.run(status, check=False, capture_output=True)
    commit = f"commit {told.stdout.decode().strip()}" if told.returncode == 0 else "no commit"
    return commit + (", with changes that are not committed" if changes.stdout.strip() else "")


if __name__ == "__main__":
    main()
