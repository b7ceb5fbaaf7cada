"""atbtst minutes approve: minutes become final in one commit, and a later change of them needs a reason."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import Program, git, kept
from faults import APPROVE, MINUTED, TAG, commits, with_minutes, work
from hypothesis import given, settings
from sheet_example import meetings

from atbtst_cli.models.meeting import Amendment, Approval, Meeting, Sealed
from atbtst_cli.rules import seals
from atbtst_cli.store import yamlfile

FOLDER = f"records/meetings/2026/{MINUTED}"
FORMS = ("md", "html", "pdf")
DOCUMENTS = tuple(f"{place}minutes.{form}" for place in ("", "public/") for form in FORMS)
ENGLISH = ("--language", "en")
Editor = Callable[[Sequence[str]], Path]


@pytest.fixture
def minuted(council: Program) -> Program:
    """A council with the minutes of a meeting that was held, with an internal passage."""
    with_minutes(council)
    return council


@kept
def approved(council: Program) -> None:
    """The same, approved."""
    with_minutes(council)
    council(*APPROVE)


def record(council: Program, meeting: str = MINUTED) -> Meeting:
    path = council.folder / f"records/meetings/{meeting[:4]}/{meeting}/meeting.yaml"
    return Meeting.model_validate(yamlfile.read(path.read_bytes()))


def documents(council: Program) -> dict[str, bytes]:
    return {
        name: (council.folder / FOLDER / name).read_bytes()
        for name in DOCUMENTS
        if (council.folder / FOLDER / name).exists()
    }


def refused(council: Program, *arguments: str, code: int = 3) -> str:
    """What a command says that has to change nothing."""
    before = commits(council.folder), work(council.folder), git(council.folder, "tag")
    said = council(*ENGLISH, *arguments, code=code).err
    assert (commits(council.folder), work(council.folder), git(council.folder, "tag")) == before
    return said


def minute(council: Program, day: str, body: str, head: str = "") -> str:
    text = f"# RÅD {day}\n{head}\n## Föregående anteckningar\n{body}\n"
    return council(*ENGLISH, "minutes", "new", "RÅD", "--from", "-", given=text).err


def corrected(council: Program, *more: str, code: int = 0) -> str:
    """Change a word of the minutes, for a reason."""
    sheet = council("minutes", "show", MINUTED, "--sheet").out.replace("klar.", "inte klar.")
    return council(
        *ENGLISH,
        "minutes",
        "edit",
        MINUTED,
        "--from",
        "-",
        "--reason",
        "Ett ord saknades",
        *more,
        given=sheet,
        code=code,
    ).err


# -- approving -------------------------------------------------------------------------------------------------------------


def test_approved_minutes_are_sealed_in_one_commit(approved: Program) -> None:
    approval = record(approved).approval
    assert approval
    assert (approval.by, approval.outcome, str(approval.date), approval.at) == (
        ("alva-exempel",),
        "adopted",
        "2026-03-02",
        None,
    )
    assert approval.sealed
    assert approval.sealed.record == seals.of_record(record(approved))
    assert approval.sealed.documents == {
        name: hashlib.sha256(data).hexdigest() for name, data in documents(approved).items()
    }
    assert set(approval.sealed.documents) == set(DOCUMENTS)
    assert {"atbtst", "typst", "templates"} <= set(approval.sealed.made_with)
    changed = git(approved.folder, "show", "--name-only", "--format=", "HEAD").split()
    assert set(changed) == {f"{FOLDER}/{name}" for name in ("meeting.yaml", *DOCUMENTS)}
    approved("check")


def test_commit_and_tag_can_be_read_by_people(approved: Program) -> None:
    said = git(approved.folder, "log", "-1", "--format=%B")
    assert said.startswith("minutes(RÅD 2026-02-17): ")
    assert "Alva Exempel" in said.splitlines()[0]
    assert f"\nMeeting: {MINUTED}\nApproval: {TAG}\n" in said
    tag = git(approved.folder, "tag", "-l", "--format=%(contents)", TAG)
    assert tag.startswith(f"RÅD 1/2026 ({MINUTED}): ")
    assert "Alva Exempel" in tag
    sealed = record(approved).approval
    assert sealed
    assert sealed.sealed
    assert f"record: {sealed.sealed.record}\n" in tag


def test_the_documents_named_in_the_tag_are_checked_by_sha256sum_too(approved: Program) -> None:
    """Anybody can check them, with a program of the system and without this one."""
    tag = git(approved.folder, "tag", "-l", "--format=%(contents)", TAG)
    lines = dict(reversed(line.split("  ")) for line in tag.splitlines() if re.match(r"[0-9a-f]{64}  \S", line))
    assert lines == {name: hashlib.sha256(data).hexdigest() for name, data in documents(approved).items()}


def test_approved_documents_are_no_drafts_and_say_who_approved(minuted: Program) -> None:
    assert b"UTKAST" in minuted("minutes", "render", MINUTED, "--format", "md", "--output", "-").raw
    minuted(*APPROVE, "--by", "Bo Exempel", "--date", "27 februari")
    for name in ("minutes.md", "public/minutes.md"):
        text = documents(minuted)[name].decode()
        assert "UTKAST" not in text
        assert "27 februari 2026" in text
        assert "Alva Exempel och Bo Exempel" in text


def test_the_public_edition_is_written_and_holds_nothing_internal(approved: Program) -> None:
    made = documents(approved)
    assert b"Anbudet" in made["minutes.md"]
    for form in FORMS:
        assert b"Anbudet" not in made[f"public/minutes.{form}"]


def test_changes_are_part_of_the_approval(minuted: Program) -> None:
    minuted(*APPROVE, "--changes", "Punkt 1: datum rättat.")
    approval = record(minuted).approval
    assert approval
    assert (approval.outcome, approval.changes) == ("adopted_with_changes", "Punkt 1: datum rättat.")
    for name in ("minutes.md", "public/minutes.md"):
        assert "Punkt 1: datum rättat." in documents(minuted)[name].decode()
    assert "Punkt 1: datum rättat." in git(minuted.folder, "tag", "-l", "--format=%(contents)", TAG)


def test_the_run_says_what_was_done(minuted: Program) -> None:
    said = minuted(*ENGLISH, *APPROVE).err
    assert f"{MINUTED} is approved, and sealed with the tag {TAG}." in said
    assert f"{FOLDER}/minutes.pdf" in said
    assert f"{FOLDER}/public/minutes.pdf" in said
    assert git(minuted.folder, "rev-parse", "--short=10", "HEAD").strip() in said


# -- what is not approved --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((MINUTED,), 2, "--by"),
        ((MINUTED, "--by", "nobody"), 2, "no member"),
        ((MINUTED, "--by", "alva-exempel", "--date", "2026-03-03"), 2, "2026-03-03"),
        ((MINUTED, "--by", "alva-exempel", "--date", "2026-02-16"), 3, "before the meeting"),
        (("2026-04-21-rad", "--by", "alva-exempel"), 3, "was not held"),
        (("2099", "--by", "alva-exempel"), 2, "2099"),
    ],
)
def test_what_makes_no_sense_is_refused(minuted: Program, arguments: tuple[str, ...], code: int, words: str) -> None:
    planned = minuted.folder / "records/meetings/2026/2026-04-21-rad/meeting.yaml"
    planned.parent.mkdir()
    planned.write_text("id: 2026-04-21-rad\nnetwork: rad\ndate: 2026-04-21\n")
    git(minuted.folder, "add", "-A")
    git(minuted.folder, "commit", "-q", "-m", "Planned")
    assert words in refused(minuted, "minutes", "approve", *arguments, code=code)


def test_minutes_are_approved_once(approved: Program) -> None:
    said = refused(approved, *APPROVE)
    assert "approved already, on 2026-03-02" in said


def test_minutes_with_errors_are_not_approved(minuted: Program) -> None:
    file = minuted.folder / FOLDER / "meeting.yaml"
    file.write_text(file.read_text().replace("chair: alva-exempel", "chair: nobody-exempel"))
    git(minuted.folder, "commit", "-q", "-a", "-m", "By hand")
    said = refused(minuted, *APPROVE, code=4)
    assert "nobody-exempel" in said
    assert f"atbtst minutes edit {MINUTED}" in said


def test_minutes_edited_by_hand_are_not_approved(minuted: Program) -> None:
    file = minuted.folder / FOLDER / "meeting.yaml"
    file.write_text(file.read_text() + "place: Dockplatsen\n")
    assert "changed by hand" in refused(minuted, *APPROVE)


def test_a_document_edited_by_hand_is_not_written_over(approved: Program) -> None:
    corrected(approved)
    (approved.folder / FOLDER / "public/minutes.md").write_text("mine\n")
    assert "public/minutes.md was changed by hand" in refused(approved, *APPROVE)


@pytest.mark.parametrize(
    "body",
    ["Beslt: Ja.", "Intern:\nEtt hemligt ord.", "Intren: Ett hemligt ord."],
    ids=["a near miss", "an open internal passage", "a misspelt internal passage"],
)
def test_lines_that_were_not_understood_are_mended_first(council: Program, body: str) -> None:
    text = f"# RÅD 2026-02-17\n\n## Fråga\n{body}\n\n## Övrigt\nInget.\n"
    council("minutes", "new", "RÅD", "--keep-going", "--from", "-", given=text)
    assert "Ett hemligt ord" not in council("minutes", "show", MINUTED, "--edition", "public", "--draft").out
    said = refused(council, *APPROVE)
    assert "lines that were not understood, such as: (?)" in said
    sheet = council("minutes", "show", MINUTED, "--sheet").out
    mended = sheet.replace("(?) ", "").replace("Beslt", "Beslut").replace("Intren: ", "")
    council("minutes", "edit", MINUTED, "--from", "-", given=mended)
    council(*APPROVE)
    assert b"Ett hemligt ord" not in documents(council)["public/minutes.md"]


# -- a later meeting approves ----------------------------------------------------------------------------------------------


def test_a_marked_line_of_a_later_meeting_approves_in_the_same_commit(minuted: Program) -> None:
    before = len(commits(minuted.folder))
    said = minute(minuted, "2026-02-24", "Godkänns.", "Ordförande: Bo Exempel\n")
    assert len(commits(minuted.folder)) == before + 1
    assert f"Approved {MINUTED}: the minutes of RÅD 1/2026" in said
    later, approval = record(minuted, "2026-02-24-rad"), record(minuted).approval
    assert later.number == 2
    assert approval
    assert (approval.by, str(approval.date), approval.outcome) == (("bo-exempel",), "2026-02-24", "adopted")
    assert approval.at == f"2026-02-24-rad/{later.agenda[0].id}"
    assert git(minuted.folder, "rev-parse", f"{TAG}^{{commit}}") == git(minuted.folder, "rev-parse", "HEAD")
    message = git(minuted.folder, "log", "-1", "--format=%B")
    assert message.startswith("minutes(RÅD 2026-02-24): ")
    assert "minutes(RÅD 2026-02-17): " in message
    assert f"\nApproval: {TAG}\n" in message
    assert set(documents(minuted)) == set(DOCUMENTS)
    minuted("minutes", "verify", MINUTED)
    minuted("check")


def test_a_marked_line_may_approve_with_changes(minuted: Program) -> None:
    minute(
        minuted, "2026-02-24", "Godkänns med ändring: Punkt 1, datum rättat.", "Justerare: Bo Exempel, Disa Exempel\n"
    )
    approval = record(minuted).approval
    assert approval
    assert (approval.outcome, approval.changes) == ("adopted_with_changes", "Punkt 1, datum rättat.")
    assert approval.by == ("bo-exempel", "disa-exempel")
    assert "**Vid mötet:** RÅD 2026-02-24" in documents(minuted)["public/minutes.md"].decode()


@pytest.mark.parametrize(
    "body", ["Godkänns inte: Anteckningarna saknar ett beslut.", "Inga anmärkningar.", "De godkänns."]
)
def test_anything_else_approves_nothing(minuted: Program, body: str) -> None:
    minute(minuted, "2026-02-24", body)
    assert record(minuted).approval is None
    assert git(minuted.folder, "tag") == ""


def test_minutes_that_cannot_be_approved_do_not_hold_up_those_that_say_so(minuted: Program) -> None:
    file = minuted.folder / FOLDER / "meeting.yaml"
    file.write_text(file.read_text().replace("Planen är klar.", "(?) Planen."))
    git(minuted.folder, "commit", "-q", "-a", "-m", "By hand")
    said = minute(minuted, "2026-02-24", "Godkänns.")
    assert f"the line does not approve {MINUTED}" in said
    assert "(not-approved)" in said
    assert record(minuted, "2026-02-24-rad").held
    assert record(minuted).approval is None


def test_a_line_that_came_to_nothing_approves_when_its_minutes_are_saved_again(minuted: Program) -> None:
    file = minuted.folder / FOLDER / "meeting.yaml"
    file.write_text(file.read_text().replace("Planen är klar.", "(?) Planen är klar."))
    git(minuted.folder, "commit", "-q", "-a", "-m", "By hand")
    minute(minuted, "2026-02-24", "Godkänns.")
    corrected_sheet = minuted("minutes", "show", MINUTED, "--sheet").out.replace("(?) ", "")
    minuted("minutes", "edit", MINUTED, "--from", "-", given=corrected_sheet)
    again = minuted("minutes", "show", "2026-02-24-rad", "--sheet").out + "\n## Övrigt\nInget.\n"
    minuted("minutes", "edit", "2026-02-24-rad", "--from", "-", given=again)
    assert record(minuted).approval


def test_a_line_does_not_approve_what_was_changed_after_it(minuted: Program) -> None:
    """The meeting approved what lay before it; a correction waits for a new approval however often that is saved."""
    minute(minuted, "2026-02-24", "Godkänns.")
    corrected(minuted)
    again = minuted("minutes", "show", "2026-02-24-rad", "--sheet").out + "\n## Övrigt\nInget.\n"
    minuted("minutes", "edit", "2026-02-24-rad", "--from", "-", given=again)
    assert record(minuted).approval is None


# -- a change after approval -----------------------------------------------------------------------------------------------


def test_approved_minutes_are_not_changed_without_a_reason(approved: Program) -> None:
    said = refused(approved, "minutes", "edit", MINUTED, "--from", "-")
    assert f'atbtst minutes edit {MINUTED} --reason "why"' in said
    assert "2026-03-02" in said
    assert not (approved.folder / ".git/atbtst/sheets").exists()


def test_a_reason_is_for_approved_minutes(minuted: Program) -> None:
    assert "needs no reason" in refused(
        minuted, "minutes", "edit", MINUTED, "--reason", "Därför", "--from", "-", code=2
    )


def test_a_change_with_a_reason_is_an_amendment_and_needs_a_new_approval(approved: Program) -> None:
    before = documents(approved)
    corrected(approved)
    now, after = record(approved), documents(approved)
    assert (now.state, now.approval) == ("held", None)
    assert [each.model_dump(mode="json") for each in now.amendments] == [
        {"date": "2026-03-02", "by": "cilla-exempel", "reason": "Ett ord saknades", "approved": "2026-03-02"}
    ]
    text = after["minutes.md"].decode()
    assert "UTKAST" in text
    assert "Ett ord saknades" in text
    assert "Planen är inte klar." in text
    for form in FORMS:
        assert after[f"public/minutes.{form}"] == before[f"public/minutes.{form}"]
    assert "Ett ord saknades" in git(approved.folder, "log", "-1", "--format=%B")
    assert git(approved.folder, "tag").split() == [TAG]
    approved("check")
    approved(*APPROVE)
    assert git(approved.folder, "tag").split() == [TAG, f"approved/{MINUTED}/2"]
    text = documents(approved)["public/minutes.md"].decode()
    assert "UTKAST" not in text
    assert "Ett ord saknades" in text
    approved("minutes", "verify", MINUTED)


def test_a_reason_without_a_change_changes_nothing(approved: Program) -> None:
    sheet = approved("minutes", "show", MINUTED, "--sheet").out
    before = commits(approved.folder)
    arguments = ("minutes", "edit", MINUTED, "--reason", "Därför", "--from", "-")
    assert "Nothing changed" in approved(*ENGLISH, *arguments, given=sheet).err
    assert commits(approved.folder) == before
    assert record(approved).approval


def test_a_reason_stays_with_a_text_that_is_kept(approved: Program, editor: Editor) -> None:
    editor(["text = text.replace('klar.', 'inte klar.\\n\\nBeslt: x')", "", "text = text.replace('Beslt', 'Beslut')"])
    approved("minutes", "edit", MINUTED, "--reason", "Ett ord saknades", code=130)
    assert record(approved).approval
    approved("minutes", "resume", MINUTED)
    assert [each.reason for each in record(approved).amendments] == ["Ett ord saknades"]


# -- sealed documents ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["internal", "public"])
@pytest.mark.parametrize("form", FORMS)
def test_approved_minutes_render_as_they_were_sealed(approved: Program, form: str, edition: str) -> None:
    """However the looks change, whatever is done to the file, and where only the tag still has it."""
    name = ("public/" if edition == "public" else "") + f"minutes.{form}"
    sealed = documents(approved)[name]
    command = ("minutes", "render", MINUTED, "--format", form, "--edition", edition, "--output", "-")
    (approved.folder / "templates").mkdir()
    for template in ("document.md.j2", "document.html.j2", "document.typ"):
        (approved.folder / "templates" / template).write_text("changed\n")
    assert approved(*command).raw == sealed
    (approved.folder / FOLDER / name).write_bytes(b"changed")
    assert approved(*command).raw == sealed
    git(approved.folder, "commit", "-q", "-a", "-m", "By hand")
    assert approved(*command).raw == sealed
    if form == "md":
        assert approved("minutes", "show", MINUTED, "--edition", edition).raw == sealed


def test_a_sealed_document_that_is_nowhere_any_more_is_not_made_up(approved: Program) -> None:
    (approved.folder / FOLDER / "minutes.md").write_bytes(b"changed")
    git(approved.folder, "commit", "-q", "-a", "--amend", "--no-edit")
    git(approved.folder, "tag", "-f", "-a", "-m", "Moved", TAG, "HEAD")
    said = approved(*ENGLISH, "minutes", "show", MINUTED, code=3).err
    assert f"atbtst minutes verify {MINUTED}" in said


def test_an_approval_without_a_seal_is_rendered_from_the_record(minuted: Program) -> None:
    with (minuted.folder / FOLDER / "meeting.yaml").open("a") as file:
        file.write("approval:\n  date: 2026-03-01\n")
    text = minuted("minutes", "show", MINUTED).out
    assert "Planen är klar." in text
    assert "UTKAST" not in text


# -- the seal itself -------------------------------------------------------------------------------------------------------


def test_a_broken_seal_is_an_error_at_its_place(approved: Program) -> None:
    file = approved.folder / FOLDER / "meeting.yaml"
    file.write_text(file.read_text().replace("Planen är klar.", "Planen är inte klar."))
    found = [one for one in json.loads(approved("check", "--json", code=4).out) if one["level"] == "error"]
    (broken,) = found
    assert (broken["rule"], broken["field"]) == ("seal-broken", ["approval", "sealed", "record"])
    assert file.read_text().splitlines()[broken["line"] - 1].startswith("    record: ")


SEALED = Approval.model_validate({"date": "2026-03-02", "sealed": {"record": "0"}})


@given(meetings())
@settings(max_examples=50)
def test_the_fingerprint_is_that_of_the_record_however_it_is_written(meeting: Meeting) -> None:
    """Without approval and amendments; the same after a way through a file."""
    sign = seals.of_record(meeting)
    amended = meeting.model_copy(update={"approval": SEALED, "amendments": (Amendment(date=meeting.date, reason="x"),)})
    assert seals.of_record(amended) == sign
    written = yamlfile.new(meeting.model_dump(by_alias=True, exclude_defaults=True), "")
    assert seals.of_record(Meeting.model_validate(yamlfile.read(written))) == sign


@given(meetings(), meetings())
@settings(max_examples=50)
def test_other_words_have_another_fingerprint(one: Meeting, other: Meeting) -> None:
    assert (seals.of_record(one) == seals.of_record(other)) == (one == other)


def test_the_fingerprint_is_stated_and_stays() -> None:
    """It is the sha256 of one line of JSON, so that anybody can work it out in years to come."""
    meeting = Meeting.model_validate(
        {
            "id": MINUTED,
            "network": "rad",
            "date": "2026-02-17",
            "start": "13:15",
            "with": ["ron-bt"],
            "agenda": [{"id": "p-1", "title": "Frågan", "body": [{"action": "i-0000001", "text": "x", "due": "next"}]}],
            "approval": {"date": "2026-03-02"},
        }
    )
    line = (
        '{"agenda":[{"body":[{"action":"i-0000001","due":"next","text":"x"}],"id":"p-1","title":"Frågan"}],'
        '"date":"2026-02-17","id":"2026-02-17-rad","network":"rad","start":"13:15","with":["ron-bt"]}'
    )
    assert seals.of_record(meeting) == hashlib.sha256(line.encode()).hexdigest()


def test_only_an_amendment_opens_minutes() -> None:
    meeting = Meeting.model_validate({"id": MINUTED, "network": "rad", "date": "2026-02-17"})
    sealed = meeting.model_copy(update={"approval": SEALED})
    opened = seals.amended(sealed, Amendment(date=meeting.date, reason="x"))
    assert seals.is_amended(sealed, opened)
    assert seals.number(sealed) == 1
    assert seals.number(opened) == 2
    assert not seals.is_amended(sealed, sealed)
    assert not seals.is_amended(sealed, meeting)
    assert not seals.is_amended(sealed, opened.model_copy(update={"approval": SEALED}))
    assert not seals.is_amended(opened.model_copy(update={"approval": SEALED}), opened)


def test_names_of_tags_are_read_as_they_are_written() -> None:
    assert seals.named(seals.name(MINUTED, 12)) == (MINUTED, 12)
    for other in ("approved/x", "approved/x/0", "approved/x/y/1", "approved/Ä/1", "other/x/1", "approved/x/1\n"):
        assert seals.named(other) is None


def test_a_seal_says_its_fingerprints_in_lines() -> None:
    sealed = Sealed(record="a", documents={"public/minutes.md": "c", "minutes.md": "b"})
    assert seals.lines(sealed) == ("record: a", "b  minutes.md", "c  public/minutes.md")
