"""atbtst matter: from a question in a network to the answer that comes back to it, each step one commit."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, Program, git
from handmade import commit, commits, meeting, message, write

from atbtst_cli.output import cells_of

QUESTION = "Hur ska kvällspassen bemannas?"
ANSWER = "Medel finns för två handledare per termin."
BT, RAD = "2026-03-10-ron-bt", "2026-03-17-rad"


def on(council: Program, day: str) -> Program:
    """The council on another day."""
    council.now = NOW.replace(**{part: getattr(datetime.fromisoformat(day), part) for part in ("year", "month", "day")})
    return council


@pytest.fixture
def raised(council: Program, tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, str]:
    """A council in English, with a meeting planned in RÖN-BT and in RÅD, and a matter in RÖN-BT; made once."""
    kept = tmp_path_factory.getbasetemp() / "raised"
    if not kept.exists():
        settings = council.folder / "records/settings.yaml"
        settings.write_text(settings.read_text("utf-8").replace("language: sv", "language: en"), "utf-8")
        meeting(council, BT)
        meeting(council, RAD)
        commit(council)
        council("matter", "raise", "RÖN-BT", QUESTION)
        shutil.copytree(council.folder, kept)
    again(council, kept)
    [path] = kept.glob("records/matters/*/*.yaml")
    return council, path.stem


def again(council: Program, kept: Path) -> None:
    """Take the council as it was kept."""
    shutil.rmtree(council.folder)
    shutil.copytree(kept, council.folder)


def matters(council: Program, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(council("matter", "list", "--json", *arguments).out)
    return found


def shown(council: Program, matter: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(council("matter", "show", matter, "--json").out)
    return found


# -- the way ----------------------------------------------------------------------------------------------------------


def test_the_way_to_hsn_and_back_is_made_by_commands_alone(raised: tuple[Program, str]) -> None:
    """RÖN-BT → RÅD → HSN → RÅD → RÖN-BT; each step says on whose agenda it comes, or whose answer is awaited."""
    council, matter = raised
    before = commits(council)
    steps = (
        ("2026-03-02", ["escalate"], f"next agenda of RÅD, 2026-03-17.\n→ atbtst agenda new {RAD}"),
        ("2026-03-17", ["refer", "--to", "HSN"], "The answer of HSN is awaited since 2026-03-17."),
        ("2026-04-02", ["answer", "--from", "HSN", ANSWER], "The answer stands on the next agenda of RÅD"),
        ("2026-05-05", ["answer", "--from", "RÅD", "Anställ två."], "The answer stands on the next agenda of RÖN-BT"),
        ("2026-06-02", ["close", "--reason", "Två är anställda."], ""),
    )
    lay = ["ron-bt", "rad", "hsn", "rad", "ron-bt"]
    for (day, (verb, *rest), said), where in zip(steps, lay, strict=True):
        assert matters(council)[0]["lies_with"] == [where]
        assert said in on(council, day)("matter", verb, matter, *rest).err
        assert message(council).startswith(f"matter({verb}): {QUESTION}\n")
        assert message(council).rstrip().endswith(f"Matter: {matter}")
    assert commits(council) - before == len(steps)
    assert matters(council) == []
    whole = shown(council, matter)
    first, second = whole["referrals"]
    assert first["sent"] == {"date": "2026-03-02", "by": "disa-exempel", "on_behalf_of": "ron-bt/convenor"}
    assert (first["to"], second["parent"], second["to"]) == ("rad", first["id"], "hsn")
    assert second["answer"] == {"date": "2026-04-02", "text": ANSWER}
    assert [(stay["bodies"], stay["since"]) for stay in whole["stays"]] == [
        (["rad"], "2026-03-02"),
        (["hsn"], "2026-03-17"),
        (["rad"], "2026-04-02"),
        (["ron-bt"], "2026-05-05"),
    ]
    council("check", "--strict")


def test_the_agendas_follow_each_step(raised: tuple[Program, str]) -> None:
    """It stands on the agenda of the body with which it lies, and the answer on that of who had sent it.

    Nobody answers who waits for an answer to what they sent on.
    """
    council, matter = raised

    def comes(body: str) -> list[tuple[str, str]]:
        found = json.loads(council("agenda", "new", body, "--dry-run", "--json").out)
        return [(thing["rule"], thing["source"]) for thing in found["coming"]]

    assert comes("RÖN-BT") == [("matter", matter)]
    council("matter", "escalate", matter)
    assert comes("RÖN-BT") == []
    assert comes("RÅD") == [("matter", f"{matter}/r-1")]
    council("matter", "refer", matter, "--to", "hsn")
    assert comes("RÅD") == []
    said = council("matter", "answer", matter, "--from", "RÅD", "Ja", code=3).err
    assert f"{matter} lies with HSN, who has not answered yet." in said
    council("matter", "answer", matter, "--from", "hsn", ANSWER)
    assert comes("RÅD") == [("answer", f"{matter}/r-2")]
    council("matter", "answer", matter, "--from", "rad", "Anställ två.")
    assert comes("RÖN-BT") == [("answer", f"{matter}/r-1")]


def test_the_whole_way_fits_on_one_screen(raised: tuple[Program, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With meeting, agenda item and decision of each step, the days it lay where, and what comes next."""
    council, matter = raised
    council("matter", "escalate", matter, "--reason", "Det rör alla förvaltningar.")
    write(
        council,
        f"records/meetings/2026/{RAD}/meeting.yaml",
        f"id: {RAD}\nnetwork: rad\nnumber: 2\ndate: 2026-03-17\nheld:\n  date: 2026-03-17\nagenda:\n  - id: p-1\n"
        f"    title: Kvällspassen\n    from: {matter}/r-1\n    matter: {matter}\n    body:\n"
        "      - decision: d-1\n        number: 4\n        outcome: referred\n        text: Rådet frågar nämnden.\n",
    )
    write(
        council,
        "records/items/2026/i-0000001.yaml",
        f"id: i-0000001\ntitle: Räkna passen\nnetwork: ron-bt\nadded: 2026-03-10\nmatter: {matter}\n",
    )
    commit(council)
    on(council, "2026-03-20")("matter", "refer", matter, "--to", "HSN", "--by", "Alva", "--decision", "§ 4")
    on(council, "2026-04-02")("matter", "answer", matter[:6], "--from", "HSN", ANSWER)
    monkeypatch.setenv("COLUMNS", "80")
    screen = council("matter", "show", matter[:6]).out
    assert max(map(cells_of, screen.splitlines())) <= 80
    assert len(screen.splitlines()) <= 24
    told = " ".join(screen.split())
    for words in (
        "2026-03-02 RÖN-BT → RÅD, for decision by Disa Exempel on behalf of RÖN-BT (sammankallande)",
        "2026-03-20 RÅD → HSN, for decision by Alva Exempel RÅD § 4/2026, RÅD 2/2026, item 1",
        f"answer 2026-04-02: {ANSWER}",
        "2026-03-02 Det rör alla förvaltningar.",
        "RÅD 2/2026, item 1",
        "i-0000001 – Räkna passen",
        "RÅD 18 days · HSN 13 days · RÅD 0 days",
        "RÅD since 2026-04-02",
        "→ atbtst meeting plan rad --date DATE",
    ):
        assert words in told
    assert shown(council, matter)["agendas"] == [f"{RAD}/p-1"]
    assert shown(council, matter)["open_items"] == ["i-0000001"]


def test_a_matter_sent_to_two_comes_back_when_both_have_answered(raised: tuple[Program, str]) -> None:
    council, matter = raised
    council("matter", "escalate", matter)
    council("matter", "refer", matter, "--to", "HSN")
    said = council("matter", "refer", matter, "--to", "SoS", code=3).err
    assert f"atbtst matter refer {matter} --from rad --to BODY" in said
    council("matter", "refer", matter, "--to", "SoS", "--from", "RÅD", "--role", "preparation")
    assert matters(council)[0]["lies_with"] == ["hsn", "sos"]
    council("matter", "answer", matter, "--from", "HSN", ANSWER)
    assert matters(council)[0]["lies_with"] == ["sos"]
    council("matter", "answer", matter, "--from", "SoS", ANSWER)
    assert matters(council)[0]["lies_with"] == ["rad"]


def test_a_network_that_the_council_asks_answers_and_does_not_escalate(raised: tuple[Program, str]) -> None:
    council, matter = raised
    council("matter", "escalate", matter)
    council("matter", "refer", matter, "--to", "RÖN-AT", "--role", "preparation")
    said = council("matter", "escalate", matter, code=3).err
    assert f"atbtst matter answer {matter} --from ron-at" in said
    assert "next agenda of RÅD" in council("matter", "answer", matter, "--from", "RÖN-AT", "Räkna först.").err


def test_what_was_put_off_says_so(raised: tuple[Program, str]) -> None:
    council, matter = raised
    put_off = f"    matter: {matter}\n    body:\n      - deferred: 2026-09-01\n        text: Till hösten\n"
    agenda = f"agenda:\n  - id: p-1\n    title: Kvällspassen\n    from: {matter}\n{put_off}"
    meeting(council, "2026-03-01-ron-bt", f"held:\n  date: 2026-03-01\n{agenda}")
    assert "It was put off, and does not come to the next meeting of RÖN-BT." in council("matter", "show", matter).out


def test_a_body_without_an_heir_sends_nothing_any_more(raised: tuple[Program, str]) -> None:
    council, matter = raised
    path = council.folder / "records/networks/ron-bt.yaml"
    path.write_text(path.read_text("utf-8").replace("reports_to:", "dissolved: 2026-03-31\nreports_to:"), "utf-8")
    commit(council)
    on(council, "2026-04-10")
    assert "There was no RÖN-BT on 2026-04-10." in council("matter", "escalate", matter, code=3).err
    told = council("matter", "show", matter).out
    assert "RÖN-BT is no more, and nobody goes on with what it left." in told
    assert f"→ atbtst matter close {matter}" in told
    council("matter", "close", matter)


def test_what_is_sent_for_information_moves_nothing(raised: tuple[Program, str]) -> None:
    council, matter = raised
    council("matter", "escalate", matter, "--role", "för kännedom")
    assert matters(council)[0]["lies_with"] == ["ron-bt"]
    assert "for information" in council("matter", "answer", matter, "--from", "RÅD", "Tack", code=3).err
    assert "no sending" in council("matter", "withdraw", matter, code=3).err
    council("matter", "withdraw", matter, "--to", "RÅD")


def test_a_withdrawal_takes_along_what_continued_it(raised: tuple[Program, str]) -> None:
    council, matter = raised
    council("matter", "escalate", matter)
    council("matter", "refer", matter, "--to", "HSN")
    council("matter", "withdraw", matter, "--to", "RÅD", "--reason", "Löst ändå.")
    assert [one["withdrawn"]["reason"] for one in shown(council, matter)["referrals"]] == ["Löst ändå."] * 2
    assert matters(council)[0]["lies_with"] == ["ron-bt"]
    council("matter", "close", matter)
    council("check", "--strict")


# -- who may ----------------------------------------------------------------------------------------------------------


def test_only_the_convenor_of_that_day_takes_it_to_the_council(raised: tuple[Program, str]) -> None:
    """Refused by anybody else, with who the convenor is; the next one decides from their first day."""
    council, matter = raised
    said = council("matter", "escalate", matter, "--by", "Bo", code=3).err
    assert "Bo Exempel is not the convenor of RÖN-BT on 2026-03-02; that is Disa Exempel." in said
    said = council("matter", "refer", matter, "--to", "RÅD", "--by", "Bo", code=3).err
    assert "Disa Exempel" in said
    council("member", "edit", "disa-exempel", "--leave", "ron-bt/convenor", "--to", "2026-03-05")
    council("member", "edit", "bo-exempel", "--seat", "ron-bt/convenor", "--from", "2026-03-08")
    said = on(council, "2026-03-07")("matter", "escalate", matter, code=3).err
    assert "RÖN-BT has no convenor on 2026-03-07" in said
    assert "atbtst network appoint ron-bt convenor MEMBER --from 2026-03-07" in said
    on(council, "2026-03-09")("matter", "escalate", matter, "--date", "3 mars", "--by", "disa")
    council("matter", "withdraw", matter)
    council("matter", "escalate", matter)
    assert [one["sent"]["by"] for one in shown(council, matter)["referrals"]] == ["disa-exempel", "bo-exempel"]


def test_a_joint_convenor_at_the_keyboard_is_the_one_who_decides(raised: tuple[Program, str]) -> None:
    council, matter = raised
    holders = council.folder / "records/networks/ron-bt.yaml"
    text = holders.read_text("utf-8")
    both = "    holders:\n      - from: 2026-01-01\n        member: disa-exempel\n      - member: cilla-exempel\n"
    holders.write_text(re.sub(r"    holders:\n(      .*\n)+", both, text), "utf-8")
    commit(council)
    council("matter", "escalate", matter)
    assert shown(council, matter)["referrals"][0]["sent"]["by"] == "cilla-exempel"


def test_a_body_sends_where_its_record_allows_it(raised: tuple[Program, str]) -> None:
    council, matter = raised
    said = council("matter", "refer", matter, "--to", "HSN", code=3).err
    assert "RÖN-BT does not send matters to HSN, but to: RÅD." in said
    assert "refers_to in records/networks/ron-bt.yaml" in said
    path = council.folder / "records/networks/ron-bt.yaml"
    path.write_text(path.read_text("utf-8").replace("refers_to:\n  - rad\n", ""), "utf-8")
    commit(council)
    council("matter", "refer", matter, "--to", "HSN")


def test_an_heir_goes_on_with_what_a_dissolved_body_left(raised: tuple[Program, str]) -> None:
    """It lies with the first successor, which sends it on by its own convenor and hears the answer."""
    council, matter = raised
    council("matter", "escalate", matter)
    path = council.folder / "records/networks/ron-bt.yaml"
    old = path.read_text("utf-8").replace("reports_to:", "dissolved: 2026-03-31\nsuccessors:\n  - ron-at\nreports_to:")
    path.write_text(old, "utf-8")
    commit(council)
    on(council, "2026-04-10")
    assert "next agenda of RÖN-AT" in council("matter", "answer", matter, "--from", "RÅD", "Räkna först.").err
    council("matter", "escalate", matter)
    assert shown(council, matter)["referrals"][1]["sent"]["on_behalf_of"] == "ron-at/convenor"
    assert "There was no RÖN-BT on 2026-04-10." in council("matter", "raise", "RÖN-BT", "Ny fråga", code=3).err


REFUSED: tuple[tuple[list[str], int, str], ...] = (
    (["escalate", "{m}"], 3, "{m} lies with RÅD already."),
    (["refer", "{m}", "--to", "RÅD"], 3, "RÅD does not send matters to itself."),
    (["refer", "{m}", "--to", "HSN", "--from", "RÖN-ST"], 3, "{m} does not lie with RÖN-ST, but with RÅD."),
    (["refer", "{m}", "--to", "RÅD", "--from", "RÖN-BT"], 3, "{m} was sent to RÅD on 2026-03-02 and waits there."),
    (["refer", "{m}", "--to", "HSN", "--role", "kännnedom"], 2, "decision, preparation, information"),
    (["refer", "{m}", "--to", "osr"], 3, "There was no ÖSR on 2026-03-02."),
    (["refer", "{m}", "--to", "Riksdagen"], 2, "Riksdagen is no body of this council and no instance."),
    (["refer", "{m}", "--to", "HSN", "--decision", "RÅD § 9/2026"], 2, "RÅD § 9/2026"),
    (["refer", "{m}", "--to", "HSN", "--date", "2026-02-20"], 2, "raised on 2026-03-02"),
    (["refer", "{m}", "--to", "HSN", "--date", "2026-03-20"], 2, "2026-03-20 is still to come."),
    (["refer", "{m}", "--to", "HSN", "--text", " "], 2, "The text is empty."),
    (["answer", "{m}", "--from", "HSN", "Ja"], 3, "Nothing of {m} waits for an answer from HSN."),
    (["answer", "{m}", "--from", "RÅD"], 2, "The answer says nothing."),
    (["answer", "{m}", "--from", "RÅD", "Ja", "--date", "2026-02-20"], 2, "{m} was sent on 2026-03-02"),
    (["withdraw", "{m}", "--date", "2026-02-20"], 2, "{m} was sent on 2026-03-02"),
    (["close", "{m}"], 3, "atbtst matter withdraw {m} --to rad"),
    (["reopen", "{m}"], 3, "{m} is not closed."),
    (["edit", "{m}"], 2, "Nothing to change was given."),
    (["edit", "{m}", "--title", " "], 2, "The text is empty."),
    (["edit", "{m}", "--without-paper", "x.pdf"], 2, "{m} has no paper x.pdf."),
    (["note", "{m}", " "], 2, "The text is empty."),
    (["show", "m-2222222"], 2, "m-2222222 is no matter on record."),
    (["show", "{m:.4}"], 2, "too short"),
    (["escalate", "{m}", "--to", "HSN"], 3, "{m} lies with RÅD already."),
    (["raise", "RÖN-BT", " "], 2, "The text is empty."),
    (["raise", "RÖN-BT", "Fråga", "--paper", "saknas.pdf"], 2, "saknas.pdf is no file."),
    (["list", "--open", "--all"], 2, "--open, --closed"),
    (["list", "--with", "Riksdagen"], 2, "Riksdagen"),
)


def test_what_cannot_be_is_refused_with_its_reason(raised: tuple[Program, str]) -> None:
    """Of a matter that lies with RÅD; nothing is changed."""
    council, matter = raised
    assert "HSN is outside the council." in council("matter", "escalate", matter, "--to", "HSN", code=2).err
    council("matter", "escalate", matter)
    before = commits(council)
    for arguments, code, said in REFUSED:
        done = council("matter", *(word.format(m=matter) for word in arguments), code=code)
        assert said.format(m=matter) in done.err
    assert commits(council) == before


def test_a_decision_is_one_of_the_body_that_acts(raised: tuple[Program, str]) -> None:
    council, matter = raised
    held = "number: 1\nheld:\n  date: 2026-03-01\nagenda:\n  - id: p-1\n    title: Annat\n    body:\n"
    meeting(council, "2026-03-01-ron-at", held + "      - decision: d-1\n        number: 1\n        text: Ja.\n")
    commit(council)
    said = council("matter", "escalate", matter, "--decision", "RÖN-AT § 1/2026", code=3).err
    assert "RÖN-AT § 1/2026 is no decision of RÖN-BT." in said


def test_a_closed_matter_is_opened_before_it_goes_on(raised: tuple[Program, str]) -> None:
    council, matter = raised
    council("matter", "close", matter, "--reason", "Löst.")
    for step in (["escalate"], ["refer", "--to", "HSN"], ["answer", "--from", "RÅD", "Ja"], ["withdraw"], ["close"]):
        said = council("matter", step[0], matter, *step[1:], code=3).err
        assert f"atbtst matter reopen {matter}" in said
    council("matter", "reopen", matter, "--reason", "Det var det inte.")
    whole = shown(council, matter)
    assert "closed" not in whole
    assert [entry["note"] for entry in whole["log"]] == [
        "It was closed 2026-03-02, and is open again. Det var det inte."
    ]


def test_a_matter_changed_by_hand_is_not_overwritten(raised: tuple[Program, str]) -> None:
    council, matter = raised
    path = council.folder / f"records/matters/2026/{matter}.yaml"
    path.write_text(path.read_text("utf-8").replace("kvällspassen", "nattpassen"), "utf-8")
    assert "git restore" in council("matter", "escalate", matter, code=3).err
    assert "nattpassen" in path.read_text("utf-8")


# -- what it says -----------------------------------------------------------------------------------------------------


def test_everything_said_of_a_matter_can_be_changed_and_taken_away(raised: tuple[Program, str]) -> None:
    council, matter = raised
    council("matter", "edit", matter, "--title", "Vem bemannar?", "--about", "Kväll\noch natt.", "--reference", "D 1")
    council("matter", "edit", matter, "--internal")
    known = shown(council, matter)
    assert (known["title"], known["description"], known["reference"]) == ("Vem bemannar?", "Kväll\noch natt.", "D 1")
    assert known["internal"] is True
    council("matter", "edit", matter, "--about", "", "--reference", "", "--public")
    assert not {"description", "reference", "internal"} & set(shown(council, matter))
    before = commits(council)
    assert "says so already" in council("matter", "edit", matter, "--public").err
    assert commits(council) == before


def test_papers_lie_in_the_matters_folder_and_are_missed_where_they_do_not(
    raised: tuple[Program, str], tmp_path: Path
) -> None:
    council, matter = raised
    for name in ("Underlag (1).pdf", "..ut;ur"):
        (tmp_path / name).write_text(name)
    said = council("matter", "edit", matter, "--paper", tmp_path / "Underlag (1).pdf", "--paper", tmp_path / "..ut;ur")
    assert "Changed" in said.err
    folder = council.folder / f"records/matters/2026/{matter}/papers"
    assert sorted(path.name for path in folder.iterdir()) == ["Underlag (1).pdf", "_ut_ur"]
    assert f"records/matters/2026/{matter}/papers/Underlag (1).pdf" in council("matter", "show", matter).out
    council("check", "--strict")
    council("matter", "edit", matter, "--without-paper", "_ut_ur")
    assert [path.name for path in folder.iterdir()] == ["Underlag (1).pdf"]
    (folder / "Underlag (1).pdf").unlink()
    assert "paper-missing" in council("check", "--strict", code=4).text
    write(council, f"records/matters/2026/{matter}/annat.txt", "x")
    assert "unknown-file" in council("check", "--strict", code=4).text


def test_two_papers_under_one_name_are_refused(raised: tuple[Program, str], tmp_path: Path) -> None:
    """Rather than that one of them is lost; the same paper again under its name is a new version."""
    council, matter = raised
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "karta.pdf").write_text(folder)
    first, second = (tmp_path / folder / "karta.pdf" for folder in ("one", "two"))
    said = council("matter", "edit", matter, "--paper", first, "--paper", second, code=2).err
    assert "Two papers would be called karta.pdf." in said
    council("matter", "edit", matter, "--paper", first)
    council("matter", "edit", matter, "--paper", second)
    assert shown(council, matter)["papers"] == ["karta.pdf"]
    kept = council.folder / f"records/matters/2026/{matter}/papers/karta.pdf"
    assert kept.read_text() == "two"


def test_an_internal_matter_is_in_no_public_document(raised: tuple[Program, str], tmp_path: Path) -> None:
    council, _matter = raised
    council("matter", "raise", "RÅD", "Ett namngivet lönesamtal", "--internal")
    council("matter", "raise", "RÅD", "Handledning på kvällen")
    council("agenda", "new", "RÅD")
    pages = {}
    for edition in ("internal", "public"):
        path = tmp_path / f"{edition}.md"
        council("agenda", "render", "RÅD", "--edition", edition, "--draft", "--output", path)
        pages[edition] = path.read_text("utf-8")
    assert "lönesamtal" in pages["internal"]
    assert "lönesamtal" not in pages["public"]
    assert "Handledning på kvällen" in pages["public"]


def test_two_clones_raise_two_matters(raised: tuple[Program, str], tmp_path: Path) -> None:
    """The same question, asked offline in two places, is two matters; both are there after a merge."""
    council, _matter = raised
    other = Program(tmp_path / "clone", seeds=iter(range(500, 1000)))
    shutil.copytree(council.folder, other.folder)
    for clone in (council, other):
        clone("matter", "raise", "RÖN-AT", "Samma fråga")
    git(council.folder, "pull", "-q", "--no-rebase", str(other.folder), "HEAD")
    assert len(matters(council, "--network", "RÖN-AT")) == 2
    council("check", "--strict")


def test_the_shell_offers_matters_and_receivers(raised: tuple[Program, str]) -> None:
    """With the question, and the names of bodies and instances."""
    council, matter = raised

    def offered(words: str) -> str:
        environment = {"_ATBTST_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": words, "PATH": os.environ["PATH"]}
        code = "from atbtst_cli.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=council.folder,
            env=environment,
            check=False,
        )
        return done.stdout

    assert QUESTION in offered("atbtst matter show m-")
    told = offered(f"atbtst matter refer {matter} --to s")
    assert "Socialstyrelsen" in told
    assert "Svenska Läkaresällskapet" in told
    assert "Läkarförbundet" not in told


# -- lists ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def several(raised: tuple[Program, str], tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The council on 2026-07-01, with matters that lie with RÖN-BT, RÅD, HSN and nobody any more; made once."""
    council, matter = raised
    kept = tmp_path_factory.getbasetemp() / "matters"
    if not kept.exists():
        make_several(council, matter)
        shutil.copytree(council.folder, kept)
    again(council, kept)
    return on(council, "2026-07-01")


def make_several(council: Program, matter: str) -> None:
    council("matter", "escalate", matter)
    council("matter", "refer", matter, "--to", "HSN")
    on(council, "2026-03-20")("matter", "raise", "RÖN-AT", "Introduktionsdagen", "--reference", "2026-OL0017")
    council("matter", "escalate", matters(council, "--network", "RÖN-AT")[0]["id"])
    council("matter", "raise", "RÖN-BT", "Schemat")
    council("matter", "raise", "RÅD", "Loggan")
    council("matter", "close", matters(council, "--text", "loggan")[0]["id"])
    schedule = matters(council, "--text", "SCHEMAT")[0]["id"]
    on(council, "2026-06-20")("matter", "note", schedule, "Skolan svarar i augusti.")


FILTERS: tuple[tuple[list[str], list[str]], ...] = (
    ([], [QUESTION, "Introduktionsdagen", "Schemat"]),
    (["--open"], [QUESTION, "Introduktionsdagen", "Schemat"]),
    (["--closed"], ["Loggan"]),
    (["--all", "--network", "RÅD"], ["Loggan"]),
    (["--network", "RÖN-BT"], [QUESTION, "Schemat"]),
    (["--with", "HSN"], [QUESTION]),
    (["--with", "RÅD"], ["Introduktionsdagen"]),
    (["--with", "RÅD", "--all"], ["Introduktionsdagen"]),
    (["--with", "RÖN-BT"], ["Schemat"]),
    (["--stale", "90"], [QUESTION, "Introduktionsdagen"]),
    (["--stale", "110"], [QUESTION]),
    (["--text", "2026-ol"], ["Introduktionsdagen"]),
    (["--text", "augusti"], ["Schemat"]),
    (["--as-of", "2026-06-20"], [QUESTION, "Introduktionsdagen", "Schemat"]),
    (["--as-of", "2026-03-02"], [QUESTION]),
)


def test_each_filter_narrows_the_list(several: Program) -> None:
    """Those that nobody has touched for longest come first."""
    for arguments, titles in FILTERS:
        assert [one["title"] for one in matters(several, *arguments)] == titles, arguments


def test_a_meeting_that_dealt_with_it_has_touched_it(several: Program) -> None:
    """A meeting that was only planned has not."""
    matter = matters(several, "--with", "HSN")[0]["id"]
    for day, held in (("2026-06-09", "held:\n  date: 2026-06-09\n"), ("2026-06-30", "")):
        rest = f"{held}agenda:\n  - id: p-1\n    title: Kvällspassen\n    matter: {matter}\n"
        meeting(several, f"{day}-rad", rest)
    assert [one["touched"] for one in matters(several, "--with", "HSN")] == ["2026-06-09"]


def test_the_list_says_who_where_and_since_when(several: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    heading, first, *rest = several("matter", "list").out.splitlines()
    assert heading.split() == ["Id", "Matter", "Raised", "by", "Lies", "with", "Days", "Last", "touched"]
    assert re.search(r"RÖN-BT +HSN +121 +2026-03-02 !$", first)
    assert all(cells_of(line) <= 80 for line in (heading, first, *rest))
    assert "3 matters, 2 of them untouched for long (!)" in several("matter", "list").err
    assert "No such matters." in several("matter", "list", "--with", "SLS").err
    head, row, *_rest = csv.reader(io.StringIO(several("matter", "list", "--csv").out))
    assert dict(zip(head, row, strict=True))["lies_with"] == "hsn"


def test_status_shows_what_nobody_has_touched(several: Program) -> None:
    part = json.loads(several("status", "--json").out)["stale"]
    assert part["command"] == "atbtst matter list --stale 90"
    assert [line.partition(" ")[2] for line in part["lines"]] == [
        f"{QUESTION} – with HSN, nothing since 2026-03-02",
        "Introduktionsdagen – with RÅD, nothing since 2026-03-20",
    ]
    settings = several.folder / "records/settings.yaml"
    settings.write_text(settings.read_text("utf-8").replace("time_zone", "stale: 110\ntime_zone"), "utf-8")
    assert json.loads(several("status", "--json").out)["stale"]["count"] == 1
