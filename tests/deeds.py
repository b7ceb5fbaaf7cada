"""What people do in a council all year, drawn at random: one command line each, such as a member would type it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from conftest import Program

Deed = tuple[tuple[str, ...], str]
"""A command line, and what is given on standard input."""
MEMBERS = ("alva-exempel", "bo-exempel", "cilla-exempel", "disa-exempel", "erik-exempel")
NETWORKS = ("ron-at", "ron-bt", "ron-st", "ron-dialog")
BODIES = ("rad", *NETWORKS)
SEATS = (
    *("ron-at/convenor", "ron-at/primarvarden", "ron-at/privata-vardgivare", "ron-at/sylf", "ron-bt/convenor"),
    *("ron-bt/primarvarden", "ron-st/convenor", "ron-st/primarvarden", "ron-dialog/convenor"),
)
WORDS = (
    *("introduktionsdagen", "handledningen", "schemat", "lokalen", "enkäten", "kursen", "kvällspassen", "budgeten"),
    *("jouren", "mentorerna", "webben", "studierektorn", "klinikerna", "placeringen", "utlysningen", "rummet"),
)
VERBS = ("Boka", "Ring om", "Skriv om", "Fråga om", "Följ upp", "Planera", "Se över", "Ta fram underlag för")


class Diary:
    """One clone's folder, and what may be done in it next."""

    def __init__(self, program: Program, dice: Random) -> None:
        """Read what there is from the files as they lie; what is drawn comes from the dice."""
        self.folder, self.dice, self.today = program.folder / "records", dice, program.now.date()
        self.show = program

    # -- what there is ----------------------------------------------------------------------------------------------

    def _ids(self, pattern: str, *, but: str = "") -> list[str]:
        found = sorted(self.folder.glob(pattern))
        return [_id(path) for path in found if not (but and re.search(but, path.read_text("utf-8"), re.MULTILINE))]

    def items(self, but: str = "") -> list[str]:
        """The items, but those in whose file something stands."""
        return self._ids("items/*/*.yaml", but=but)

    def matters(self) -> list[str]:
        """The matters that are open."""
        return self._ids("matters/*/*.yaml", but="^closed:")

    def members(self) -> list[str]:
        """The members that are there; the five first ones most often."""
        return [*MEMBERS, *self._ids("members/*.yaml")]

    def coming(self) -> list[str]:
        """The meetings that are neither held nor cancelled."""
        return self._ids("meetings/*/*/meeting.yaml", but="^(held|cancelled):")

    def held(self, but: str = "^approval:") -> list[str]:
        """The meetings that were held."""
        return [one for one in self._ids("meetings/*/*/meeting.yaml", but=but) if "\nheld:" in self._meeting(one)]

    def _meeting(self, meeting: str) -> str:
        return (self.folder / f"meetings/{meeting[:4]}/{meeting}/meeting.yaml").read_text("utf-8")

    def words(self) -> str:
        """Some words, of which there are many."""
        return f"{self.dice.choice(WORDS)} {self.dice.randrange(1000)}"

    def title(self) -> str:
        """What is to be done, in a few words."""
        return f"{self.dice.choice(VERBS)} {self.words()}"

    def day(self, first: int = 5, last: int = 90) -> str:
        """A day some days from today."""
        return (self.today + timedelta(days=self.dice.randint(first, last))).isoformat()

    def some(self, among: list[str]) -> str:
        """One of them, often one of the first, which others change too; a word that is none where there is none."""
        few = among[:3] if self.dice.random() < 0.6 else among
        return self.dice.choice(few) if among else "i-0000000"

    # -- what is done -----------------------------------------------------------------------------------------------

    def item_add(self) -> Deed:
        owner = ("--owner", self.some(self.members())) if self.dice.random() < 0.5 else ()
        due = ("--due", self.dice.choice((self.day(), "next"))) if self.dice.random() < 0.5 else ()
        return ("item", "add", self.title(), "--network", self.dice.choice(BODIES), *owner, *due), ""

    def item_edit(self) -> Deed:
        what = self.dice.choice(
            (
                ("--what", self.title()),
                ("--due", self.dice.choice((self.day(), "next", ""))),
                ("--owner", self.some(self.members())),
                ("--owner", self.some(self.members()), "--owner", self.dice.choice(SEATS)),
                ("--network", self.dice.choice(BODIES)),
            )
        )
        return ("item", "edit", self.some(self.items("^closed:")), *what), ""

    def item_note(self) -> Deed:
        return ("item", "note", self.some(self.items()), f"Nytt om {self.words()}"), ""

    def item_done(self) -> Deed:
        why = ("--reason", f"Klart med {self.words()}") if self.dice.random() < 0.5 else ()
        return ("item", "done", self.some(self.items("^closed:")), *why), ""

    def item_drop(self) -> Deed:
        return ("item", "drop", self.some(self.items("^closed:")), "--reason", self.words()), ""

    def item_reopen(self) -> Deed:
        return ("item", "reopen", self.some([one for one in self.items() if one not in self.items("^closed:")])), ""

    def member_add(self) -> Deed:
        name = f"{self.dice.choice(('Frida', 'Gun', 'Hanna', 'Ivar', 'Jon', 'Karin'))} {self.dice.choice('ABCDEF')}-Exempel"
        seat = ("--seat", self.dice.choice(SEATS), "--from", self.day(0, 20)) if self.dice.random() < 0.4 else ()
        return ("member", "add", name, *seat), ""

    def member_edit(self) -> Deed:
        what = self.dice.choice(
            (
                ("--email", f"{self.dice.choice(WORDS[:3])}{self.dice.randrange(9)}@example.org".replace("ä", "a")),
                ("--phone", f"046-17 {self.dice.randrange(10, 99)} {self.dice.randrange(10, 99)}"),
                ("--employer", f"Kliniken för {self.dice.choice(WORDS)}"),
                ("--title", self.dice.choice(("Läkare", "Tandläkare", "Studierektor", ""))),
                ("--alias", self.dice.choice(WORDS).capitalize()),
            )
        )
        return ("member", "edit", self.some(self.members()), *what), ""

    def member_rename(self) -> Deed:
        who = self.some(self.members())
        return (
            "member",
            "rename",
            who,
            f"{who[0].upper()}a {self.dice.choice('GHJK')}-Exempel",
            "--from",
            self.day(1),
        ), ""

    def member_leave(self) -> Deed:
        to = ("--items-to", self.dice.choice(SEATS)) if self.dice.random() < 0.5 else ()
        return ("member", "leave", self.some(self.members()[5:]), "--on", self.day(0, 40), *to), ""

    def member_return(self) -> Deed:
        return ("member", "return", self.some(self._ids("members/*.yaml"))), ""

    def network_appoint(self) -> Deed:
        items = ("--items", self.dice.choice(("keep", "seat"))) if self.dice.random() < 0.5 else ()
        seat, who = self.dice.choice(SEATS), self.some(self.members())
        return (
            "network",
            "appoint",
            seat.partition("/")[0],
            seat.partition("/")[2],
            who,
            "--from",
            self.day(0),
            *items,
        ), ""

    def network_vacate(self) -> Deed:
        return ("network", "vacate", self.dice.choice(SEATS), "--on", self.day(0, 40)), ""

    def meeting_plan(self) -> Deed:
        more = self.dice.choice(
            ((), ("--place", "Lund"), ("--start", "13:15", "--end", "16:15"), ("--with", self.dice.choice(NETWORKS)))
        )
        return ("meeting", "plan", self.dice.choice(BODIES), "--date", self.day(), *more, "--yes"), ""

    def meeting_move(self) -> Deed:
        what = self.dice.choice((("--date", self.day()), ("--place", f"Sal {self.words()}"), ("--start", "10:00")))
        return ("meeting", "move", self.some(self.coming()), *what, "--reason", self.words()), ""

    def meeting_cancel(self) -> Deed:
        return ("meeting", "cancel", self.some(self.coming()), "--reason", self.words()), ""

    def meeting_remove(self) -> Deed:
        return ("meeting", "remove", self.some(self.coming()), "--yes"), ""

    def agenda_new(self) -> Deed:
        return ("agenda", "new", self.some(self.coming())), ""

    def agenda_add(self) -> Deed:
        more = self.dice.choice(((), ("--minutes", "15"), ("--presenter", self.some(self.members())), ("--at", "1")))
        return ("agenda", "add", self.title(), "--meeting", self.some(self.coming()), *more), ""

    def agenda_edit(self) -> Deed:
        what = self.dice.choice((("--minutes", str(self.dice.randrange(5, 50))), ("--title", self.title())))
        return ("agenda", "edit", str(self.dice.randint(1, 6)), "--meeting", self.some(self.coming()), *what), ""

    def agenda_move(self) -> Deed:
        place = str(self.dice.randint(1, 6))
        return (
            "agenda",
            "move",
            str(self.dice.randint(1, 6)),
            "--to",
            place,
            "--meeting",
            self.some(self.coming()),
        ), ""

    def agenda_drop(self) -> Deed:
        return ("agenda", "drop", str(self.dice.randint(1, 6)), "--meeting", self.some(self.coming())), ""

    def agenda_call(self) -> Deed:
        return ("agenda", "send", self.some(self.coming()), "--done"), ""

    def report_file(self) -> Deed:
        body, meeting = self.dice.choice(NETWORKS), self.some([one for one in self.coming() if one.endswith("-rad")])
        return ("report", "file", body, "--for", meeting, "--from", "-"), f"Vi har talat om {self.words()}.\n"

    def minutes_new(self) -> Deed:
        """A meeting of these days, often one that was planned."""
        planned = [one for one in self.coming() if one[:10] <= self.today.isoformat()]
        if planned and self.dice.random() < 0.7:
            meeting = self.some(planned)
            body, day = meeting[11:], meeting[:10]
        else:
            body, day = self.dice.choice(BODIES), self.day(-5, 0)
        return ("minutes", "new", body, "--date", day, "--from", "-", "--keep-going", "--yes"), self._sheet(body, day)

    def _sheet(self, body: str, day: str) -> str:
        name = {"rad": "RÅD", "ron-dialog": "RÖN-Dialog"}.get(body, body.upper().replace("RON", "RÖN"))
        lines = [f"# {name} {day}", "Ordförande: Alva Exempel", "Närvarande: Alva Exempel, Bo Exempel", ""]
        for _number in range(self.dice.randint(1, 3)):
            lines += [f"## {self.title()}", f"Vi talade om {self.words()}.", *self._lines(), ""]
        return "\n".join(lines)

    def _lines(self) -> Iterator[str]:
        item, matter = self.some(self.items("^closed:")), self.some(self.matters())
        kinds = (
            f"Beslut: {self.title()}.",
            f"Beslut (bordläggs): {self.title()}.",
            f"Åtgärd @{self.some(self.members())} senast {self.day()}: {self.title()}",
            f"Åtgärd: {self.title()}",
            f"Nästa möte: {self.title()}",
            f"Att ta upp nästa gång: {self.title()}",
            f"Intern: {self.words()}",
            f"Notering {item}: {self.title()}",
            f"Klar {item}: Gjort.",
            f"Ärende {matter}",
        )
        return (self.dice.choice(kinds) for _number in range(self.dice.randint(1, 4)))

    def minutes_edit(self) -> Deed:
        """The sheet of a meeting with a word changed, or with lines at the end of an agenda item."""
        meeting = self.some(self.held(""))
        sheet = self.show("minutes", "show", meeting, "--sheet", code=None).out
        if self.dice.random() < 0.5:
            sheet = re.sub(r"Vi talade om \w+", f"Vi talade om {self.dice.choice(WORDS)}", sheet, count=1)
        else:
            head, *parts = re.split(r"^(?=## )", sheet, flags=re.MULTILINE)
            at = self.dice.randrange(len(parts)) if parts else 0
            parts[at : at + 1] = [
                "\n\n".join((one.rstrip("\n"), "\n".join(self._lines()), "")) for one in parts[at : at + 1]
            ]
            sheet = head + "".join(parts)
        reason = () if meeting in self.held() else ("--reason", self.title())
        return ("minutes", "edit", meeting, "--from", "-", "--keep-going", "--yes", *reason), sheet

    def minutes_approve(self) -> Deed:
        return ("minutes", "approve", self.some(self.held()), "--by", self.some(list(MEMBERS))), ""

    def matter_raise(self) -> Deed:
        return ("matter", "raise", self.dice.choice(BODIES), f"Hur blir det med {self.words()}?"), ""

    def matter_refer(self) -> Deed:
        to = self.dice.choice((*BODIES, "hsn", "rad", "rad"))
        return ("matter", "refer", self.some(self.matters()), "--to", to), ""

    def matter_answer(self) -> Deed:
        by = self.dice.choice((*BODIES, "hsn", "rad", "rad"))
        return ("matter", "answer", self.some(self.matters()), "--from", by, f"Svar om {self.words()}"), ""

    def matter_edit(self) -> Deed:
        what = self.dice.choice((("--title", self.title()), ("--about", self.title()), ("--reference", self.words())))
        return ("matter", "edit", self.some(self.matters()), *what), ""

    def matter_note(self) -> Deed:
        return ("matter", "note", self.some(self.matters()), f"Nytt om {self.words()}"), ""

    def matter_close(self) -> Deed:
        return ("matter", "close", self.some(self.matters()), "--reason", self.words()), ""

    def undo(self) -> Deed:
        return ("undo",), ""


def _id(path: Path) -> str:
    return path.parent.name if path.name == "meeting.yaml" else path.stem


OFTEN = {"item_add": 4, "item_edit": 4, "item_note": 2, "meeting_plan": 3, "minutes_new": 3, "member_edit": 3}
"""What is done several times as often as the rest."""
DEEDS: tuple[str, ...] = tuple(
    name
    for name, value in vars(Diary).items()
    if isinstance(value, Callable) and value.__annotations__.get("return") == Deed  # type: ignore[arg-type]
    for _time in range(OFTEN.get(name, 1))
)


def drawn(program: Program, name: str, dice: Random) -> Deed:
    """One thing of a kind to do in a clone as it is now."""
    deed: Deed = getattr(Diary(program, dice), name)()
    return deed
