"""Minutes with the lines that ought to be offered: six made-up ones, and the two real ones where they are at hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from typing import Any

import yaml
from conftest import ROOT, SEEDS
from sheet_example import NETWORKS, _member, draws

from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.person import Named
from atbtst_cli.models.settings import Settings
from atbtst_cli.sheet.offers.find import Offer, find
from atbtst_cli.sheet.read import Reading, read
from atbtst_cli.sheet.text import decode, letters

DATA = ROOT / "tests" / "data" / "offers"
MADE_UP = ("board", "council", "english", "headed", "network", "numbered")
REAL = ("notes-a.txt", "notes-b.txt")
FIRST_NAMES = ("Alva", "Bo", "Cilla", "Disa", "Erik", "Inga", "Dag", "Maj", "Per")
MEMBERS = (
    *(_member(f"{name.lower()}-exempel", f"{name} Exempel") for name in FIRST_NAMES),
    _member("anna-ettan", "Anna Ettan"),
    _member("anna-tvaan", "Anna Tvåan"),
)
COUNCIL = Council(
    settings=Settings(format=1, name="Testrådet", organisation="Testregionen"),
    members={member.id: member for member in MEMBERS},
    networks={network.id: network for network in NETWORKS},
)


@dataclass(frozen=True)
class Minutes:
    """Minutes as they were typed, and the lines that ought to be offered, may be, or must not be."""

    name: str
    source: str
    reading: Reading
    expected: dict[str, Any]

    @property
    def meeting(self) -> Meeting:
        return self.reading.meeting

    @property
    def directory(self) -> Directory:
        return Directory(COUNCIL, self.meeting.date)

    @property
    def offers(self) -> tuple[Offer, ...]:
        return find(self.meeting, self.directory, self.expected.get("language", "sv"))

    def begins(self, offer: Offer) -> int:
        """The line of the source where the offer begins."""
        at = letters(self.source).index(letters(offer.text))
        ends = accumulate(len(letters(line)) for line in self.source.split("\n"))
        return next(number for number, end in enumerate(ends, 1) if at < end)

    def is_at(self, line: dict[str, Any], offer: Offer) -> bool:
        """Whether an offer is the line that is meant, by its number or by the words it holds."""
        return self.begins(offer) == line["line"] if "line" in line else line["says"] in flat(offer.text)


@dataclass(frozen=True)
class Score:
    """How many lines ought to be offered, were, were read right; how many may be, and how many must not."""

    name: str
    must: int
    found: int
    borderline: int
    false: int

    @property
    def offers(self) -> int:
        return self.found + self.borderline + self.false


def flat(text: str) -> str:
    """The words of a text on one line, without the signs of emphasis."""
    return " ".join(text.replace("*", "").split())


@cache
def minutes(name: str) -> Minutes:
    """One of the minutes, read as a sheet."""
    if name in REAL:
        path, expected = SEEDS / name, yaml.safe_load((DATA / "real.yaml").read_text("utf-8"))[name]
    else:
        path = next(path for path in DATA.glob(f"{name}.*") if path.suffix != ".yaml")
        expected = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
    source, day = decode(path.read_bytes())[0], expected["date"]
    base = Meeting(id=f"{day}-{expected['network']}", network=expected["network"], date=day)
    return Minutes(name, source, read(source, base, Directory(COUNCIL, day), draws()), expected)


def fits(line: dict[str, Any], offer: Offer) -> bool:
    """Whether an offer is read as it ought to be: what it is, whose, and until when."""
    kinds = line["kind"] if isinstance(line["kind"], list) else [line["kind"]]
    owners = [one.name if isinstance(one, Named) else one for one in offer.look.owners]
    due = offer.look.due.isoformat() if isinstance(offer.look.due, date) else offer.look.due
    wanted = line.get("due")
    is_due = due == (wanted.isoformat() if isinstance(wanted, date) else wanted)
    return offer.look.kind in kinds and is_due and owners == line.get("owners", owners)


def score(known: Minutes) -> Score:
    """The figures of one of the minutes."""
    offers, expected = known.offers, known.expected
    found = [line for line in expected["must"] if any(known.is_at(line, one) and fits(line, one) for one in offers)]
    meant = [one for one in offers if any(known.is_at(line, one) for line in found)]
    borderline = [
        one for one in offers if one not in meant and any(known.is_at(line, one) for line in expected["borderline"])
    ]
    return Score(
        known.name, len(expected["must"]), len(found), len(borderline), len(offers) - len(meant) - len(borderline)
    )


def later() -> Score:
    """The figures of lines that were written one by one after the rules."""
    rows = [line for line in (DATA / "later.txt").read_text("utf-8").splitlines() if line[0] in "+?-"]
    text = "# RÅD 2026-02-17\n\n## Blandat\n" + "\n\n".join(row[2:] for row in rows) + "\n"
    day = date(2026, 2, 17)
    directory = Directory(COUNCIL, day)
    base = Meeting(id=f"{day}-rad", network="rad", date=day)
    offered = [offer.text for offer in find(read(text, base, directory, draws()).meeting, directory, "sv")]
    signs = "".join(row[0] for row in rows if any(one in row for one in offered))
    must = sum(row[0] == "+" for row in rows)
    return Score("later", must, signs.count("+"), signs.count("?"), signs.count("-"))


def scores() -> list[Score]:
    """The figures of all minutes that are at hand, the real ones first."""
    return [*(score(minutes(name)) for name in (*(REAL if SEEDS.is_dir() else ()), *MADE_UP)), later()]


def total(found: list[Score]) -> Score:
    """The figures together."""
    add: Callable[[str], int] = lambda field: sum(getattr(one, field) for one in found)  # noqa: E731
    return Score("together", add("must"), add("found"), add("borderline"), add("false"))


def table(found: list[Score]) -> Iterator[str]:
    """The lines of the table in docs/offers.md."""
    yield "| minutes | must be offered | found | missed | may be offered | false | offers |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for one in (*found, total(found)):
        cells = (one.name, one.must, one.found, one.must - one.found, one.borderline, one.false, one.offers)
        yield f"| {' | '.join(map(str, cells))} |"
