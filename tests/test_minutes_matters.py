"""What minutes do to matters: raise them, send them, hear and give answers, close them, all in their own commit."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from conftest import Program, git

from atbtst_cli.models.item import Origin
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.store import yamlfile

Editor = Callable[[Sequence[str]], Path]


def at(program: Program, day: str) -> None:
    program.now = datetime.fromisoformat(f"{day}T09:00+01:00")


def minute(program: Program, body: str, day: str, *lines: str) -> str:
    """What a run says that minutes a meeting on its very day; blank lines between the lines given."""
    at(program, day)
    text = "\n\n".join((f"# {body} {day}", *lines)) + "\n"
    said = program("--language", "en", "minutes", "new", body, "--date", day, "--from", "-", given=text).err
    return " ".join(said.split())


def correct(program: Program, meeting_id: str, old: str, new: str) -> str:
    text = program("minutes", "show", meeting_id, "--sheet").out
    assert old in text
    given = text.replace(old, new)
    said = program("--language", "en", "minutes", "edit", meeting_id, "--from", "-", "--yes", given=given).err
    return " ".join(said.split())


def read(program: Program, meeting_id: str) -> Meeting:
    path = program.folder / f"records/meetings/{meeting_id[:4]}/{meeting_id}/meeting.yaml"
    return Meeting.model_validate(yamlfile.read(path.read_bytes()))


def matters(program: Program) -> list[Matter]:
    paths = sorted(program.folder.glob("records/matters/*/*.yaml"))
    return sorted(
        (Matter.model_validate(yamlfile.read(path.read_bytes())) for path in paths), key=lambda one: one.raised
    )


def agenda(program: Program, body: str, day: str) -> str:
    """What a body's agenda for a meeting on that day would be."""
    program("meeting", "plan", body, "--date", day)
    return program("--language", "en", "agenda", "new", f"{body} {day}", "--dry-run").out


def minuted(program: Program, meeting_id: str) -> str:
    """The minutes as a document."""
    return (program.folder / f"records/meetings/{meeting_id[:4]}/{meeting_id}/minutes.md").read_text("utf-8")


def test_a_question_goes_to_the_council_out_of_the_house_and_all_the_way_back(council: Program) -> None:
    said = minute(council, "RÖN-BT", "2026-01-13", "## Handledning\nLyft till RÅD (för beredning): Vem får handleda?")
    [matter] = matters(council)
    assert f"Sent from RÖN-BT to RÅD for preparation: Handledning ({matter.id}); it stands on the next agenda" in said
    sent = matter.referrals[0].sent
    assert (matter.network, sent.by, sent.on_behalf_of) == ("ron-bt", "disa-exempel", "ron-bt/convenor")
    assert read(council, "2026-01-13-ron-bt").agenda[0].matter == matter.id
    assert "Lyfts till RÅD (för beredning):" in minuted(council, "2026-01-13-ron-bt")
    assert "from RÖN-BT for preparation, 2026-01-13" in agenda(council, "RÅD", "2026-02-17")
    council("agenda", "new", "RÅD")
    council("agenda", "render", "RÅD", "--format", "md", "-o", "agenda.md")
    assert "Från RÖN-BT för beredning, 2026-01-13" in (council.folder / "agenda.md").read_text("utf-8")

    minute(council, "RÅD", "2026-02-17", "## Handledning\nBeslut (hänskjuts): Vi frågar.\nTill HSN: Vem får?")
    asked = matters(council)[0].referrals[1]
    assert (asked.parent, asked.sent.by, asked.sent.decision) == ("r-1", "alva-exempel", "2026-02-17-rad/d-1")
    assert "sent to HSN 2026-02-17; comes back with its answer" in agenda(council, "RÅD", "2026-03-10")
    assert "sent to RÅD 2026-01-13; comes back with its answer" in agenda(council, "RÖN-BT", "2026-03-24")

    said = minute(council, "RÅD", "2026-03-10", "## Svar", "Svar från HSN: Alla legitimerade.", "Beslut: Så gör vi.")
    assert f"Decision § 2 answers RÖN-BT: Handledning ({matter.id}); it stands on the next agenda of RÖN-BT" in said
    answer = matters(council)[0].referrals[0].answer
    assert answer is not None
    assert (answer.by, answer.at) == ("alva-exempel", f"2026-03-10-rad/{read(council, '2026-03-10-rad').agenda[0].id}")
    commit = git(council.folder, "show", "--name-only", "--format=%B", "HEAD")
    assert f"Matter: {matter.id}\n" in commit
    assert f"records/matters/2026/{matter.id}.yaml" in commit
    assert "2026-03-10-rad/meeting.yaml" in commit
    assert "answer from RÅD, 2026-03-10" in council("--language", "en", "agenda", "new", "RÖN-BT", "--dry-run").out
    assert matter.id not in council("--language", "en", "agenda", "new", "2026-03-24-ron-bt", "--dry-run").err

    said = minute(
        council, "RÖN-BT", "2026-03-24", f"## Frågan om handledare\nÄrende {matter.id}: Svaret.\nBeslut: Tack."
    )
    assert "Due, but not in the minutes" not in said
    [done] = matters(council)
    assert done.closed is not None
    assert done.closed.decision == "2026-03-24-ron-bt/d-1"
    assert read(council, "2026-03-24-ron-bt").agenda[0].from_ == f"{matter.id}/r-1"
    assert "Handledning" not in agenda(council, "RÖN-BT", "2026-05-05")
    assert "Handledning" not in agenda(council, "RÅD", "2026-05-06")
    assert " 0 varningar" in council("check").err


def writes(line: str, *seen: str) -> str:
    """A turn of the editor: the text has those lines, and gets one more under the question."""
    below = f"re.sub(r'(## Handledning.*)', lambda found: found[0] + chr(10) + {line!r}, text)"
    return f"for part in {seen!r}: assert part in text, text\nimport re; text = {below}"


def test_the_sheet_reminds_of_what_a_matter_is_and_what_can_be_written(council: Program, editor: Editor) -> None:
    """The lines are not read, and what they say fits the meeting's own body."""
    minute(council, "RÖN-BT", "2026-01-13", "## Handledning\nLyft till RÅD: Vem får handleda?")
    key = matters(council)[0].id
    came = f"%% Ärende {key} från RÖN-BT (för beslut), hos RÅD sedan 2026-01-13.\n"
    answers = "%% Ett beslut här svarar RÖN-BT. ”Till HSN: …” skickar det vidare.\n"
    heard = f"%% Ärende {key}: svar från RÅD 2026-02-17.\n%% Svaret: Alla.\n"
    settles = f"%% Ett beslut här avslutar det, liksom ”Klar {key}: …”. ”Lyft till RÅD: …”\n%%   skickar det vidare.\n"
    own = f"%% Ärende {key}, väckt av RÖN-BT 2026-01-13.\n"
    turns = (
        ("RÅD", "2026-02-17", writes("Beslut: Alla.", came + answers)),
        ("RÖN-BT", "2026-03-10", writes("Vi talar om det.", heard + settles)),
        ("RÖN-BT", "2026-03-24", writes(f"Klar {key}: Klart.", own + settles)),
    )
    editor([turn for _body, _day, turn in turns])
    for body, day, _turn in turns:
        at(council, day)
        said = council("--language", "en", "minutes", "new", body, "--date", day).err
        assert "does not come back by itself" not in said
    closed = matters(council)[0].closed
    assert closed is not None
    assert (closed.decision, closed.reason) == (None, "Klart.")
    assert f"**Avslutat ärende {key}:** Klart." in minuted(council, "2026-03-24-ron-bt")


def test_an_agenda_says_what_became_of_a_matter_that_was_answered_or_closed_since(council: Program) -> None:
    minute(council, "RÖN-BT", "2026-01-13", "## Handledning\nLyft till RÅD: Vem får handleda?")
    key = matters(council)[0].id
    council("meeting", "plan", "RÅD", "--date", "2026-02-17")
    council("agenda", "new", "RÅD")
    council("matter", "answer", key, "--from", "RÅD", "Alla.")
    assert "now with RÖN-BT" in council("--language", "en", "agenda", "show", "RÅD").out
    council("matter", "close", key, "--reason", "Klart")
    assert "closed 2026-01-13" in council("--language", "en", "agenda", "show", "RÅD").out


def test_a_correction_corrects_its_own_steps_and_keeps_their_ids(council: Program) -> None:
    minute(council, "RÅD", "2026-02-17", "## Handledning\nBeslut: Vi frågar.\nTill HSN: Vem?\nTill LF: Vem?")
    key = matters(council)[0].id
    correct(council, "2026-02-17-rad", "## Handledning", "## Handledare")
    [matter] = matters(council)
    assert (matter.id, matter.title) == (key, "Handledare")
    said = correct(council, "2026-02-17-rad", "Till Hälso- och sjukvårdsnämnden: Vem?\n", "")
    assert f"Taken back by the correction: sent from RÅD to HSN: Handledare ({key})" in said
    [matter] = matters(council)
    assert [(one.id, one.to) for one in matter.referrals] == [("r-2", "lf")]
    correct(council, "2026-02-17-rad", "Till Läkarförbundet: Vem?", "Till Läkarförbundet (för beredning): Vem?")
    assert [(one.id, one.role) for one in matters(council)[0].referrals] == [("r-2", "preparation")]
    said = correct(council, "2026-02-17-rad", "Till Läkarförbundet (för beredning): Vem?\n", "")
    assert f"Taken back by the correction: the matter Handledare ({key})" in said
    assert matters(council) == []
    assert read(council, "2026-02-17-rad").agenda[0].matter is None


def test_the_outward_matters_of_the_two_real_minutes_go_out_come_back_and_are_closed(council: Program) -> None:
    """A commission of the health board, a result for the administration, a letter on recruiting; in words of our own."""
    _with_administration(council)
    said = minute(
        council,
        "RÅD",
        "2026-02-17",
        "## Uppdraget om trånga passager\nTvå av tre har svarat.\n\nBeslut: Vi redovisar.\n\nTill HSN: Redovisningen.",
        "## Enkätens resultat\nTill HoS (för kännedom): Sammanställningen lämnas över när den är färdig.",
        "## En enda väg in\nÅtgärd @disa-exempel till nästa möte: Skriv brevet.\n\nTill LF (för beredning): Brevet.",
    )
    assert said.count("New matter") == 3
    commission, result, letter = (_matter(council, title) for title in ("Uppdraget", "Enkäten", "En enda"))
    assert result.closed, "it was to be known, and nothing is left to be done"
    [action] = [one for one in read(council, "2026-02-17-rad").blocks() if hasattr(one[1], "action")]
    assert action[0] is not None
    assert action[0].matter == letter.id
    coming = agenda(council, "RÅD", "2026-04-21")
    assert "sent to HSN 2026-02-17" in coming
    assert "sent to LF 2026-02-17" in coming
    assert "Enkätens resultat" not in coming

    minute(
        council,
        "RÅD",
        "2026-04-21",
        "## Nämndens svar\nSvar från HSN: Nämnden vill ha en plan.\n\nBordläggs till nästa möte",
        f"## Brevet\nÄrende {letter.id}: Läst.\n\nSvar från LF: Förbundet håller med.\n\nKlar {letter.id}: Brevet är ute.",
    )
    ended = _matter(council, "En enda").closed
    assert ended is not None
    assert ended.reason == "Brevet är ute."
    coming = agenda(council, "RÅD", "2026-06-16")
    assert coming.count("Nämndens svar") == 1, "it stands there once, as what was put off"
    assert "Uppdraget" not in coming
    minute(council, "RÅD", "2026-06-16", "## Nämndens svar\nBeslut: Planen antas.")
    assert _matter(council, "Uppdraget").closed
    assert commission.id not in agenda(council, "RÅD", "2026-09-15")


def _with_administration(program: Program) -> None:
    """One instance more in the settings."""
    path = program.folder / "records/settings.yaml"
    instance = "  - id: hos\n    name: Hälso- och sjukvårdsstyrning\n    aliases:\n      - HoS\n"
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + instance, "utf-8")
    git(program.folder, "commit", "-qam", "Instans")


def _matter(program: Program, title: str) -> Matter:
    [found] = [one for one in matters(program) if one.title.startswith(title)]
    return found


def test_a_correction_that_says_which_matter_a_line_is_about_moves_it_there(council: Program) -> None:
    """What the line had made of its own goes, and a line of another kind in its place does what it says."""
    minute(council, "RÅD", "2026-01-13", "## Handledning\nTill LF: Vem?")
    [known] = matters(council)
    minute(council, "RÅD", "2026-02-17", "## Tredje punkten\nTill HSN: Vem?")
    said = correct(council, "2026-02-17-rad", "Till Hälso", f"Ärende {known.id}: Åter.\nTill Hälso")
    assert "Taken back by the correction: the matter Tredje punkten" in said
    assert [(one.id, [sent.to for sent in one.referrals]) for one in matters(council)] == [(known.id, ["lf", "hsn"])]
    minute(council, "RÅD", "2026-03-10", "## Svaret\nTill HSN (för kännedom): Alla.")
    correct(council, "2026-03-10-rad", "Till Hälso- och sjukvårdsnämnden (för kännedom)", "Svar från HSN")
    [answered] = matters(council)
    assert [one.answer and one.answer.text for one in answered.referrals] == [None, "Alla."]
    _save_again(council, "2026-03-10-rad")


def test_an_answer_is_never_taken_for_one_to_what_the_same_meeting_sends(council: Program) -> None:
    said = minute(council, "RÅD", "2026-02-17", "## Ny fråga\nTill HSN: Vem?", "## Gammalt svar\nSvar från HSN: Ja.")
    assert "“Gammalt svar” has an answer from HSN, but nothing that RÅD sent there waits for one" in said
    _save_again(council, "2026-02-17-rad")
    minute(council, "RÅD", "2026-03-10", "## Yttrande\nTill RÖN-ST (för beredning): Vem?\nSvar från RÖN-ST: Vi.")
    key = matters(council)[-1].id
    minute(council, "RÖN-ST", "2026-03-24", f"## Yttrande\nÄrende {key}: Vi frågar.\nLyft till SoS: Vem?")
    _save_again(council, "2026-03-10-rad")
    assert not any(one.answer or one.withdrawn for matter in matters(council) for one in matter.referrals)


def test_a_decision_on_which_others_have_built_can_be_taken_out_of_the_minutes(council: Program) -> None:
    """The step stays, with the words of what is not minuted any more, and the record is whole."""
    minute(council, "RÖN-BT", "2026-01-13", "## Handledning\nLyft till RÅD: Vem?")
    minute(council, "RÅD", "2026-02-17", "## Handledning\nBeslut: Alla.")
    minute(council, "RÖN-BT", "2026-03-10", "## Handledning\nBeslut: Vi rättar oss efter det.")
    said = correct(council, "2026-02-17-rad", "Beslut d-1 § 1: Alla.", "Vi talade om det.")
    assert "has gone on since RÖN-BT was answered here, so that answer stays on record" in said
    answer = matters(council)[0].referrals[0].answer
    assert answer is not None
    assert (answer.decision, answer.text, answer.at is None) == (None, "Alla.", False)
    correct(
        council, "2026-01-13-ron-bt", f"Handledning {{#{read(council, '2026-01-13-ron-bt').agenda[0].id}}}", "Annat"
    )
    assert matters(council)[0].origin == Origin(meeting="2026-01-13-ron-bt")
    assert council("check").err.startswith("0 fel, 0 varningar")


def test_a_sending_continues_the_one_that_a_correction_makes_wait_again(council: Program) -> None:
    minute(council, "RÖN-BT", "2026-01-13", "## Handledning\nLyft till RÅD: Vem?")
    key = matters(council)[0].id
    lines = f"Ärende {key}: Åter.\nBeslut (hänskjuts): Vi frågar.\nTill HSN: Vem?"
    minute(council, "RÅD", "2026-02-17", "## Handledning\nBeslut: Alla.", f"## Mera\n{lines}")
    assert matters(council)[0].referrals[1].parent is None
    correct(council, "2026-02-17-rad", "Beslut d-1 § 1: Alla.", "Beslut d-1 § 1 (bordläggs): Alla.")
    assert matters(council)[0].referrals[1].parent == "r-1"


def test_who_goes_on_for_a_dissolved_body_gets_the_answers_and_answers_what_that_had_asked_it(council: Program) -> None:
    minute(council, "RÖN-BT", "2026-01-13", "## Handledning\nLyft till RÅD: Vem?", "## Lokal\nTill RÖN-ST: Var?")
    at(council, "2026-02-01")
    council("network", "dissolve", "RÖN-BT", "--on", "2026-01-31", "--successor", "RÖN-ST")
    said = minute(council, "RÅD", "2026-02-17", "## Handledning\nBeslut: Alla.")
    assert "it stands on the next agenda of RÖN-ST" in said
    coming, _, waiting = agenda(council, "RÖN-ST", "2026-02-24").partition("Does not come")
    assert "answer from RÅD, 2026-02-17" in coming
    assert "from RÖN-BT for decision, 2026-01-13" in coming
    assert "Lokal" not in waiting


def _save_again(program: Program, meeting_id: str) -> None:
    """Save minutes as they are, which changes nothing."""
    before = git(program.folder, "rev-parse", "HEAD")
    correct(program, meeting_id, "", "")
    assert git(program.folder, "rev-parse", "HEAD") == before
