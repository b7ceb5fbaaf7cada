"""A council's record of any size, made up from a seed: always the same files for the same numbers.

Run: python benchmarks/generator.py FOLDER --items 1000 --meetings 20
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from words import DECISIONS, FIRST_NAMES, NEWS, PASSAGES, SUBJECTS, TASKS, TOPICS

TODAY = date(2026, 2, 17)
"""The day on which every record made here is read; the latest meetings lie just before it."""
BODIES = {"rad": "RÅD", "ron-at": "RÖN-AT", "ron-bt": "RÖN-BT", "ron-st": "RÖN-ST", "ron-dialog": "RÖN-Dialog"}
REPORTING = ("ron-at", "ron-bt", "ron-st", "ron-dialog")
SEATS = ("Sammankallande", *(f"Exempelsjukhus {number}" for number in range(1, 7)))
"""The seats of each network; the first is its convenor's."""
MINUTED = 6
"""How many of a meeting's items are actions in its minutes; the others were added between meetings."""
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
FORGOTTEN = 120
"""The age in days from which on items are closed, as many as are wanted."""


@dataclass(frozen=True)
class Size:
    """How much to make: items and meetings, which share of the items is closed, and matters."""

    items: int
    meetings: int
    closed: float = 0.7
    matters: int = 0

    @property
    def records(self) -> int:
        """How many records that makes, members, bodies and settings counted."""
        return self.items + self.meetings + self.matters + len(MEMBERS) + len(BODIES) + 1


@dataclass
class Item:
    """An action item as it is made up."""

    id: str
    title: str
    network: str
    added: date
    owners: list[str]
    due: date | str | None
    origin: tuple[str, str] | None = None
    news: list[tuple[date, str, str]] = field(default_factory=list)
    closed: date | None = None


@dataclass
class Meeting:
    """A meeting as it is made up, with the items agreed on there."""

    network: str
    date: date
    number: int
    following: date
    actions: list[Item] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its day and its body."""
        return f"{self.date}-{self.network}"


def _slug(name: str) -> str:
    plain = name.lower().translate(str.maketrans("åäöé", "aaoe"))
    return "-".join(plain.replace(",", "").split())


MEMBERS = {_slug(f"{name} Exempel"): f"{name} Exempel" for name in FIRST_NAMES}
PER_BODY = len(SEATS)


def generate(size: Size, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Every file of a council's record, as its path in the workspace and its text in house style."""
    chance = random.Random(seed)
    yield "records/settings.yaml", _settings()
    for member, name in MEMBERS.items():
        yield f"records/members/{member}.yaml", _member(member, name)
    for network in BODIES:
        yield f"records/networks/{network}.yaml", _network(network)
    items = _items(chance, size)
    for place, meeting in enumerate(meetings := _meetings(size.meetings)):
        first, last = (size.items * end // size.meetings for end in (place, place + 1))
        for number in range(first, last):
            item = _of_meeting(chance, next(items), meeting, number - first, size.closed)
            yield f"records/items/{item.added.year}/{item.id}.yaml", _item(item)
        path = f"records/meetings/{meeting.date.year}/{meeting.id}/meeting.yaml"
        yield path, _meeting(chance, meeting, meetings[place - 1] if place else None)
    yield from _matters(seed, size.matters)


def write(folder: Path, size: Size, seed: int = 1) -> None:
    """Write such a record into a folder."""
    made: set[Path] = set()
    for path, text in generate(size, seed):
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_text(text, encoding="utf-8", newline="\n")


# -- what is made up ---------------------------------------------------------------------------------------------------


def _meetings(wanted: int) -> list[Meeting]:
    """The meetings, oldest first: the bodies take turns, and the latest one was held the day before today."""
    step = timedelta(max(1, min(14, 3650 // max(wanted, 1))))
    days = [TODAY - timedelta(1) - step * back for back in reversed(range(wanted))]
    numbers: dict[tuple[str, int], Iterator[int]] = {}
    made = []
    for place, day in enumerate(days):
        network = list(BODIES)[place % len(BODIES)]
        number = next(numbers.setdefault((network, day.year), count(1)))
        made.append(Meeting(network, day, number, day + step * len(BODIES)))
    return made


def _items(chance: random.Random, size: Size) -> Iterator[Item]:
    """Items without a place in the council's life; no two have the same id."""
    taken: set[str] = set()
    while len(taken) < size.items:
        name = "i-" + "".join(chance.choices(CROCKFORD, k=7))
        if name not in taken:
            taken.add(name)
            title = f"{chance.choice(TASKS)} {chance.choice(SUBJECTS)}"
            yield Item(name, title, "", TODAY, [], None)


def _of_meeting(chance: random.Random, item: Item, meeting: Meeting, place: int, closed: float) -> Item:
    """The item as it came from a meeting, or from the days after it."""
    item.network = meeting.network
    item.owners = _owners(chance, meeting.network)
    item.added = meeting.date
    if place < MINUTED:
        item.origin = (meeting.id, f"p-{place + 2}")
        meeting.actions.append(item)
    else:
        item.added = min(TODAY, meeting.date + timedelta(chance.randrange(10)))
    item.due = chance.choice((item.added + timedelta(chance.randrange(7, 90)), "next", None))
    if (TODAY - item.added).days > FORGOTTEN and chance.random() < closed:
        item.closed = item.added + timedelta(chance.randrange(3, FORGOTTEN))
    until = item.closed or TODAY
    news = item.added + timedelta(chance.randrange(1, 30))
    if news <= until and chance.random() < 0.4:
        item.news.append((news, chance.choice(_holders(meeting.network)), chance.choice(NEWS)))
    return item


def _owners(chance: random.Random, network: str) -> list[str]:
    body = network if network in REPORTING else chance.choice(REPORTING)
    if chance.random() < 0.25:
        return [f"{body}/convenor"]
    return sorted(chance.sample(_holders(body), chance.choice((1, 1, 2))))


def _holders(network: str) -> list[str]:
    """The members who hold a network's seats, in the order of the seats."""
    place = REPORTING.index(network) if network in REPORTING else 0
    return list(MEMBERS)[place * PER_BODY : (place + 1) * PER_BODY]


# -- how it is written -------------------------------------------------------------------------------------------------


def _head(schema: str, depth: int) -> str:
    return f"# yaml-language-server: $schema={'../' * depth}schemas/{schema}.schema.json\n"


def _settings() -> str:
    return _head("settings", 1) + "format: 1\nname: Exempelrådet\norganisation: Region Exempel\n"


def _member(member: str, name: str) -> str:
    place = list(MEMBERS).index(member)
    employer = SEATS[1 + place % (PER_BODY - 1)]
    return (
        _head("member", 2)
        + f"id: {member}\nnames:\n  - name: {name}\nemail: {member}@example.org\nemployer: {employer}\n"
    )


def _network(network: str) -> str:
    kind = "council" if network == "rad" else "network"
    text = _head("network", 2) + f"id: {network}\nkind: {kind}\nnames:\n  - name: {BODIES[network]}\n"
    text += "" if network == "rad" else "reports_to: rad\n"
    return text + "\nseats:\n" + "".join(_council_seats() if network == "rad" else _network_seats(network))


def _council_seats() -> Iterator[str]:
    for network in REPORTING:
        chair = "    chair: true\n" if network == "ron-dialog" else ""
        yield (
            f"  - id: {network}\n    kind: required\n    names:\n      - name: {BODIES[network]}\n"
            f"{chair}    follows: {network}/convenor\n"
        )


def _network_seats(network: str) -> Iterator[str]:
    for place, (title, member) in enumerate(zip(SEATS, _holders(network), strict=True)):
        kind = "required" if place else "convenor"
        yield (
            f"  - id: {_slug(title) if place else 'convenor'}\n    kind: {kind}\n"
            f"    names:\n      - name: {title}\n    holders:\n      - member: {member}\n"
        )


def _item(item: Item) -> str:
    lines = [f"id: {item.id}", f"title: {item.title}", f"network: {item.network}", f"added: {item.added}"]
    if item.origin:
        lines += ["origin:", f"  meeting: {item.origin[0]}", f"  agenda_item: {item.origin[1]}"]
    lines += ["", "owners:", *(f"  - {owner}" for owner in item.owners)]
    if item.due:
        lines += ["", f"due: {item.due}"]
    if item.news:
        lines += ["", "log:"]
        for day, member, words in item.news:
            lines += [f"  - date: {day}", f"    by: {member}", f"    note: {words}"]
    if item.closed:
        lines += ["", "closed:", f"  date: {item.closed}", "  as: done"]
    return _head("item", 3) + "\n".join(lines) + "\n"


def _matters(seed: int, wanted: int) -> Iterator[tuple[str, str]]:
    """Matters of the networks: some still lie there, some with the council, some are answered; old ones are closed."""
    chance = random.Random(f"matters {seed}")  # so that the other records are the same with and without them
    names = {"m-" + "".join(chance.choices(CROCKFORD, k=7)): None for _ in range(wanted)}
    for place, name in enumerate(names):
        network, age = chance.choice(REPORTING), chance.randrange(FORGOTTEN // 4, 10 * FORGOTTEN)
        raised = TODAY - timedelta(age)
        lines = [f"id: {name}", f"title: {chance.choice(TOPICS)}", f"network: {network}", f"raised: {raised}"]
        if place % 3:
            lines += _sending(chance, network, raised, answered=place % 3 > 1)
        if age > FORGOTTEN and place % 3 != 1:
            lines += ["", "closed:", f"  date: {raised + timedelta(FORGOTTEN // 2)}"]
        yield f"records/matters/{raised.year}/{name}.yaml", _head("matter", 3) + "\n".join(lines) + "\n"


def _sending(chance: random.Random, network: str, raised: date, *, answered: bool) -> Iterator[str]:
    sent = raised + timedelta(chance.randrange(1, 14))
    yield from ("", "referrals:", "  - id: r-1", f"    from: {network}", "    to: rad", "    role: decision")
    yield from ("    sent:", f"      date: {sent}", f"      by: {_holders(network)[0]}")
    yield f"      on_behalf_of: {network}/convenor"
    if answered:
        back = sent + timedelta(chance.randrange(1, 14))
        yield from ("    answer:", f"      date: {back}", f"      text: {chance.choice(DECISIONS)}")


def _meeting(chance: random.Random, meeting: Meeting, before: Meeting | None) -> str:
    convenors = [_holders(body)[0] for body in REPORTING]
    members = convenors if meeting.network == "rad" else _holders(meeting.network)
    lines = [
        f"id: {meeting.id}",
        f"network: {meeting.network}",
        f"number: {meeting.number}",
        f"date: {meeting.date}",
        "start: '13:15'",
        "end: '16:15'",
        "place: Dockplatsen",
        "held:",
        f"  date: {meeting.date}",
        f"chair: {members[0]}",
        f"secretary: {members[-1]}",
        "",
        "attendance:",
    ]
    for member in members:
        status = "excused" if chance.random() < 0.15 else "present"
        lines += [f"  - member: {member}", f"    status: {status}"]
    lines += ["", "agenda:", *_previous(before), *_questions(chance, meeting)]
    following = meeting.following
    lines += ["next_meeting:", f"  date: {following}", f"  text: '{following}'"]
    return _head("meeting", 4) + "\n".join(lines) + "\n"


def _previous(before: Meeting | None) -> Iterator[str]:
    yield from ("  - id: p-1", "    kind: previous_minutes", "    title: Föregående anteckningar")
    if before:
        yield from ("    body:", "      - text: Anteckningarna läggs till handlingarna.")


def _questions(chance: random.Random, meeting: Meeting) -> Iterator[str]:
    for place in range(max(3, len(meeting.actions))):
        yield from (f"  - id: p-{place + 2}", f"    title: {chance.choice(TOPICS)}", "    body:", "      - text: |")
        yield from (f"          {sentence}" for sentence in chance.sample(PASSAGES, chance.randrange(2, 6)))
        if place == 0:
            number = meeting.number
            yield from (f"      - decision: d-{place + 1}", f"        number: {number}")
            yield f"        text: {chance.choice(DECISIONS)}"
        if place < len(meeting.actions):
            yield from _action(meeting.actions[place])


def _action(item: Item) -> Iterator[str]:
    yield from (f"      - action: {item.id}", f"        text: {item.title}", "        owners:")
    yield from (f"          - {owner}" for owner in item.owners)
    if item.due:
        yield f"        due: {item.due}"


def sheet(seed: int = 1) -> str:
    """The text of one meeting as a secretary types it, of some 500 words."""
    chance = random.Random(seed)
    lines = ["# RÅD", "Närvarande: Alva Exempel, Hilda Exempel, Åsa Exempel", ""]
    for title in chance.sample(TOPICS, 9):
        lines += [f"## {title}", *chance.sample(PASSAGES, 5), f"Beslut: {chance.choice(DECISIONS)}", ""]
    return "\n".join(lines)


def main() -> None:
    """Write a record as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--meetings", type=int, default=20)
    parser.add_argument("--closed", type=float, default=0.7, help="the share of closed items among older ones")
    parser.add_argument("--matters", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write(chosen.folder, Size(chosen.items, chosen.meetings, chosen.closed, chosen.matters), chosen.seed)


if __name__ == "__main__":
    main()
