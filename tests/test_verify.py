"""atbtst minutes verify: one of three answers for approved minutes, whatever was done to them."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Program, Result, git, kept
from faults import APPROVE, MINUTED, TAG, with_minutes
from signing import SIGNER, key, know, sign_with

from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import seals
from atbtst_cli.store import yamlfile

FOLDER = f"records/meetings/2026/{MINUTED}"
DOCUMENTS = tuple(f"{place}minutes.{form}" for place in ("", "public/") for form in ("md", "html", "pdf"))
ENGLISH = ("--language", "en")


@kept
def approved(council: Program) -> None:
    """A council with minutes that are approved, the seal unsigned."""
    with_minutes(council)
    council(*APPROVE)


@pytest.fixture
def signed(council: Program, tmp_path: Path) -> Program:
    """A council with minutes that are approved, the seal signed with a key that Git knows here."""
    with_minutes(council)
    mine = key(tmp_path)
    sign_with(council.folder, mine, "tag.gpgSign")
    know(council.folder, mine)
    council(*APPROVE)
    git(council.folder, "config", "user.signingKey", "nobody's.pub")
    git(council.folder, "config", "tag.gpgSign", "false")
    return council


def verify(council: Program, *arguments: str, code: int = 0) -> Result:
    return council(*ENGLISH, "minutes", "verify", *(arguments or (MINUTED,)), code=code)


def answer(council: Program, code: int = 0) -> dict[str, Any]:
    """The verdict on the minutes, as programs get it."""
    told = json.loads(verify(council, MINUTED, "--json", code=code).out)
    (found,) = told["meetings"]
    assert isinstance(found, dict)
    return found


def changed(council: Program) -> dict[str, dict[str, Any]]:
    """What is told to be changed, by where it is."""
    found = answer(council, code=4)
    assert found["result"] == "changed"
    assert "CHANGED" in verify(council, code=4).out
    return {one["where"]: one for one in found["differences"]}


def file(council: Program, name: str = "meeting.yaml") -> Path:
    return council.folder / FOLDER / name


def save(council: Program, who: str = "Doris Exempel", subject: str = "Only tidied up") -> str:
    """Commit all that lies there in somebody's name; the commit."""
    git(council.folder, "add", "-A")
    git(council.folder, "-c", f"user.name={who}", "commit", "-q", "-m", subject)
    return git(council.folder, "rev-parse", "HEAD").strip()


def edit(council: Program, old: str = "Planen är klar.", new: str = "Planen är inte klar.") -> None:
    """Edit the record by hand."""
    text = file(council).read_text("utf-8")
    assert old in text
    file(council).write_text(text.replace(old, new), "utf-8")


def reseal(council: Program) -> None:
    """Put the fingerprints of what lies there now into the record, as somebody would who knows how they are made."""
    text = file(council).read_text("utf-8")
    now = Meeting.model_validate(yamlfile.read(text.encode()))
    assert now.approval
    assert now.approval.sealed
    text = text.replace(now.approval.sealed.record, seals.of_record(now))
    for name, old in now.approval.sealed.documents.items():
        text = text.replace(old, seals.fingerprint(file(council, name).read_bytes()))
    file(council).write_text(text, "utf-8")


def retag(council: Program, tag: str = TAG) -> None:
    """Set the tag anew, unsigned, on the newest commit, with the fingerprints that the record holds now."""
    now = Meeting.model_validate(yamlfile.read(file(council).read_bytes()))
    assert now.approval
    assert now.approval.sealed
    message = "Approved\n\n" + "\n".join(seals.lines(now.approval.sealed))
    git(council.folder, "-c", "user.name=Doris Exempel", "tag", "-f", "--no-sign", "-a", "-m", message, tag)


# -- nothing was done to them ----------------------------------------------------------------------------------------------


def test_minutes_as_they_were_sealed_are_unchanged_with_the_limit_of_that(approved: Program) -> None:
    said = verify(approved).out
    assert "Unchanged since an unsigned seal, 2026-03-02" in said
    assert "no forger" in said
    found = answer(approved)
    assert (found["result"], found["tag"], found["approved"]) == ("unsigned", TAG, "2026-03-02")
    assert found["commit"] == git(approved.folder, "rev-parse", "HEAD").strip()
    assert found["differences"] == []


@pytest.mark.outside("ssh-keygen")
def test_signed_minutes_are_unchanged_since_a_valid_signature_by_name(signed: Program) -> None:
    found = answer(signed)
    assert (found["result"], found["signer"], found["notes"]) == ("signed", SIGNER, [])
    assert f"Unchanged since a valid signature by {SIGNER}" in verify(signed).out


@pytest.mark.parametrize("name", ["minutes.md", "minutes.pdf", "public/minutes.html"])
def test_check_finds_a_document_that_is_not_the_approved_one(approved: Program, name: str) -> None:
    approved("check")
    file(approved, name).write_text("Planen är inte klar.\n")
    assert f"{FOLDER}/{name}: error: it is not the document" in approved(*ENGLISH, "check", code=4).out
    file(approved, name).unlink()
    assert f"{FOLDER}/{name}: error: it is gone" in approved(*ENGLISH, "check", code=4).out


def test_making_them_anew_is_a_second_proof(approved: Program) -> None:
    assert answer(approved)["rebuilt"] == []
    assert "byte for byte" in verify(approved).out


def test_making_them_anew_is_not_tried_with_other_versions(approved: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atbtst_cli.documents.makers.__version__", "9.9")
    assert answer(approved)["rebuilt"] is None
    assert "anew" not in verify(approved).out


def test_documents_that_do_not_say_what_the_record_says_are_told(approved: Program) -> None:
    """Sealed together from the beginning, with no history that knows better: only the second proof can tell."""
    file(approved, "minutes.md").write_text("Planen är inte klar.\n")
    reseal(approved)
    git(approved.folder, "commit", "-q", "-a", "--amend", "--no-edit")
    retag(approved)
    found = answer(approved)
    assert (found["result"], found["rebuilt"]) == ("unsigned", ["minutes.md"])
    assert "come out otherwise from the record: minutes.md" in verify(approved).out


def test_later_changes_elsewhere_are_no_changes(approved: Program) -> None:
    approved("item", "add", "Boka lokal", "--network", "RÅD")
    approved("member", "edit", "alva-exempel", "--email", "alva@example.org")
    assert answer(approved)["result"] == "unsigned"
    assert answer(approved)["rebuilt"] == []


def test_another_way_to_write_the_same_record_is_no_change(approved: Program) -> None:
    text = file(approved).read_text("utf-8")
    file(approved).write_text("# granskad\n" + text.replace("title: Introduktion", 'title: "Introduktion"'), "utf-8")
    assert answer(approved)["result"] == "unsigned"
    save(approved)
    assert answer(approved)["result"] == "unsigned"


def test_what_was_changed_and_brought_back_is_unchanged(approved: Program) -> None:
    edit(approved)
    save(approved)
    git(approved.folder, "revert", "--no-edit", "HEAD")
    assert answer(approved)["result"] == "unsigned"


def test_a_verification_writes_nothing(approved: Program) -> None:
    edit(approved)
    before = {path: path.stat().st_mtime_ns for path in approved.folder.rglob("*")}
    verify(approved, "--all", code=4)
    assert {path: path.stat().st_mtime_ns for path in approved.folder.rglob("*")} == before


@pytest.mark.outside("ssh-keygen", "bash")
def test_signing_works_as_the_manual_says(council: Program, home: Path) -> None:
    """Its lines are run as they stand, but for the passphrase that the first one asks for."""
    with_minutes(council)
    (home / ".ssh").mkdir()
    lines = (ROOT / "docs/approval.md").read_text("utf-8").split("```")[1].replace("ssh-keygen", "ssh-keygen -q -N ''")
    subprocess.run(["bash", "-euc", lines], cwd=council.folder, check=True)
    council(*APPROVE)
    found = answer(council)
    assert (found["result"], found["signer"]) == ("signed", "alva@example.org")


@pytest.mark.outside("sha256sum", "bash")
def test_documents_are_checked_without_the_program_as_the_manual_says(approved: Program) -> None:
    (command,) = re.findall(r"`(git tag -l .+? sha256sum -c)`", (ROOT / "docs/approval.md").read_text("utf-8"))
    run = ["bash", "-euo", "pipefail", "-c", command]
    done = subprocess.run(run, cwd=approved.folder / FOLDER, capture_output=True, text=True, check=True)
    assert [line.removesuffix(": OK") for line in done.stdout.splitlines()] == sorted(DOCUMENTS)
    file(approved, "minutes.md").write_text("changed")
    assert subprocess.run(run, cwd=approved.folder / FOLDER, capture_output=True, check=False).returncode == 1


# -- every tampering has its answer ----------------------------------------------------------------------------------------


def test_an_edited_record_is_told_with_who_and_when(approved: Program) -> None:
    edit(approved)
    commit = save(approved)
    approved("item", "add", "Boka lokal", "--network", "RÅD")
    told = changed(approved)
    assert set(told) == {"meeting.yaml"}
    assert (told["meeting.yaml"]["by"], told["meeting.yaml"]["commit"]) == ("Doris Exempel", commit)
    assert re.search(
        rf"meeting.yaml: .+ \(by Doris Exempel, \d{{4}}-\d\d-\d\d, commit {commit[:10]}\)", verify(approved, code=4).out
    )
    assert "seal-broken" in approved("check", code=4).out


def test_an_edited_record_that_is_not_saved_is_told_so(approved: Program) -> None:
    edit(approved)
    told = changed(approved)["meeting.yaml"]
    assert (told["saved"], told["commit"]) == (False, "")
    assert "by hand, not saved in the record yet" in verify(approved, code=4).out


@pytest.mark.parametrize("saved", [True, False], ids=["saved", "by hand"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_edited_document_is_told_by_name(approved: Program, name: str, saved: bool) -> None:
    with file(approved, name).open("ab") as document:
        document.write(b" ")
    commit = save(approved) if saved else ""
    told = changed(approved)
    assert set(told) == {name}
    assert (told[name]["commit"], told[name]["saved"]) == (commit, saved)


@pytest.mark.parametrize("saved", [True, False], ids=["saved", "by hand"])
@pytest.mark.parametrize("name", ["meeting.yaml", "minutes.pdf", "public/minutes.html"])
def test_a_file_that_is_gone_is_told(approved: Program, name: str, saved: bool) -> None:
    file(approved, name).unlink()
    commit = save(approved) if saved else ""
    told = changed(approved)
    assert set(told) == {name}
    assert told[name]["said"] == "it is gone"
    assert told[name]["commit"] == commit


def test_a_record_that_cannot_be_read_is_told(approved: Program) -> None:
    file(approved).write_text("id: [\n")
    assert changed(approved)["meeting.yaml"]["said"] == "it cannot be read"


@pytest.mark.parametrize("what", ["deleted", "renamed"])
def test_a_meeting_that_is_gone_altogether_is_told(approved: Program, what: str) -> None:
    if what == "renamed":
        git(approved.folder, "mv", FOLDER, FOLDER.replace("17", "18"))
    else:
        git(approved.folder, "rm", "-rq", FOLDER)
    save(approved)
    assert set(changed(approved)) == {"meeting.yaml", *DOCUMENTS}


def test_a_tag_that_is_deleted_is_told(approved: Program) -> None:
    git(approved.folder, "tag", "-d", TAG)
    told = changed(approved)
    assert set(told) == {"tag"}
    assert "git fetch --tags" in told["tag"]["said"]


def test_a_tag_that_is_moved_to_another_commit_is_told(approved: Program) -> None:
    """Also where what was approved is the same in that commit."""
    approved("item", "add", "Boka lokal", "--network", "RÅD")
    retag(approved)
    told = changed(approved)
    assert set(told) == {"tag"}
    assert "names the commit" in told["tag"]["said"]
    assert told["tag"]["by"] == "Doris Exempel"


def test_a_tag_on_a_commit_in_which_nothing_is_approved_is_told(approved: Program) -> None:
    git(approved.folder, "tag", "-f", "-a", "-m", "Moved", TAG, "HEAD~1")
    assert set(changed(approved)) == {"tag"}


def test_a_lightweight_tag_in_its_place_is_told(approved: Program) -> None:
    git(approved.folder, "tag", "-f", TAG, f"{TAG}^{{commit}}")
    told = changed(approved)
    assert set(told) == {"tag"}
    assert "only points" in told["tag"]["said"]


def test_a_tag_on_something_else_than_a_commit_is_told(approved: Program) -> None:
    git(approved.folder, "tag", "-f", "-a", "-m", "A tree", TAG, "HEAD^{tree}")
    assert set(changed(approved)) == {"tag"}


def test_a_tag_that_says_something_else_is_told(approved: Program) -> None:
    git(approved.folder, "tag", "-f", "-a", "-m", "Approved", TAG, f"{TAG}^{{commit}}")
    assert "fingerprints" in changed(approved)["tag"]["said"]


@pytest.mark.outside("ssh-keygen")
def test_a_signed_tag_of_other_minutes_does_not_stand_for_these(signed: Program) -> None:
    """A tag's name is part of what is signed, and the name of its ref is not."""
    git(signed.folder, "update-ref", f"refs/tags/approved/{MINUTED}/2", TAG)
    told = changed(signed)
    assert told["tag"]["said"] == f"it is a copy of the tag {TAG}"


@pytest.mark.outside("ssh-keygen")
def test_a_signed_tag_whose_words_were_changed_is_told(signed: Program, tmp_path: Path) -> None:
    text = git(signed.folder, "cat-file", "tag", TAG).replace("Alva", "Doris")
    (tmp_path / "forged").write_text(text)
    forged = git(signed.folder, "hash-object", "-t", "tag", "-w", str(tmp_path / "forged")).strip()
    git(signed.folder, "update-ref", f"refs/tags/{TAG}", forged)
    told = changed(signed)
    assert set(told) == {"tag"}
    assert "signature" in told["tag"]["said"]


@pytest.mark.outside("ssh-keygen")
def test_a_tag_signed_by_an_unknown_key_counts_as_unsigned(signed: Program, tmp_path: Path) -> None:
    sign_with(signed.folder, key(tmp_path, "unknown"), "gpg.ssh.dummy")
    message = git(signed.folder, "tag", "-l", "--format=%(contents:subject)%0a%0a%(contents:body)", TAG)
    git(signed.folder, "tag", "-f", "-s", "-m", message, TAG, f"{TAG}^{{commit}}")
    found = answer(signed)
    assert (found["result"], found["signer"]) == ("unsigned", "")
    assert "nobody's on the list of signers" in verify(signed).out


@pytest.mark.outside("ssh-keygen")
def test_a_signature_counts_for_nothing_where_no_signers_are_known(signed: Program) -> None:
    git(signed.folder, "config", "--unset", "gpg.ssh.allowedSignersFile")
    assert answer(signed)["result"] == "unsigned"
    assert "no list of signers" in verify(signed).out


@pytest.mark.parametrize("what", ["record", "minutes.pdf"])
def test_an_edited_fingerprint_is_told(approved: Program, what: str) -> None:
    text = file(approved).read_text("utf-8")
    file(approved).write_text(re.sub(rf"(?<= {what}: )\w{{64}}", "0" * 64, text), "utf-8")
    save(approved)
    assert set(changed(approved)) == {"meeting.yaml"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2026-03-02", "date: 2026-03-01"),
        ("- alva-exempel", "- bo-exempel"),
        ("  sealed:\n", "  at: x\n  sealed:\n"),
    ],
)
def test_an_edited_approval_is_told(approved: Program, old: str, new: str) -> None:
    """What the record's fingerprint leaves out is sealed by the commit."""
    edit(approved, old, new)
    save(approved)
    assert changed(approved)["meeting.yaml"]["said"] == "what it says of its approval was changed"


def test_an_approval_that_is_taken_off_without_a_word_is_told(approved: Program) -> None:
    text = file(approved).read_text("utf-8")
    file(approved).write_text(text[: text.index("\napproval:")], "utf-8")
    save(approved)
    assert set(changed(approved)) == {"meeting.yaml"}
    git(approved.folder, "tag", "-d", TAG)
    assert set(changed(approved)) == {"meeting.yaml", "tag"}
    assert verify(approved, "--all", code=4)


def test_record_and_fingerprint_edited_together_are_told(approved: Program) -> None:
    """The record fits its own seal, so a check finds nothing; the seal of the tag does not move with it."""
    edit(approved)
    reseal(approved)
    commit = save(approved)
    assert "seal-broken" not in approved("check").out
    told = changed(approved)
    assert set(told) == {"meeting.yaml"}
    assert told["meeting.yaml"]["commit"] == commit


def forge(council: Program) -> None:
    """Change record, fingerprints, a document and the tag together, without the key."""
    edit(council)
    file(council, "minutes.md").write_text("Planen är inte klar.\n")
    reseal(council)


@pytest.mark.outside("ssh-keygen")
@pytest.mark.parametrize("number", [1, 2])
def test_everything_moved_together_is_told_by_the_history(signed: Program, number: int) -> None:
    """Somebody without the key may push all of it, yet the branch remembers what was approved."""
    forge(signed)
    commit = save(signed, subject=f"Tidy\n\nApproval: approved/{MINUTED}/{number}")
    retag(signed, f"approved/{MINUTED}/{number}")
    told = changed(signed)
    assert "meeting.yaml" in told
    if number == 1:
        assert {where: one["commit"] for where, one in told.items()} == {
            "meeting.yaml": commit,
            "minutes.md": commit,
            "tag": "",
        }


@pytest.mark.outside("ssh-keygen")
def test_everything_moved_together_with_the_history_is_no_valid_signature(signed: Program) -> None:
    """Who may rewrite the shared branch leaves nothing behind but that the signature is gone: the stated limit."""
    forge(signed)
    git(signed.folder, "commit", "-q", "-a", "--amend", "--no-edit")
    retag(signed)
    found = answer(signed)
    assert (found["result"], found["signer"]) == ("unsigned", "")
    assert "no forger" in verify(signed).out


@pytest.mark.outside("ssh-keygen")
def test_a_second_approval_without_a_signature_is_told_beside_the_signed_first(signed: Program) -> None:
    """An amendment of somebody's own makes it look honest: open to all who read, but by nobody's signature."""
    sheet = signed("minutes", "show", MINUTED, "--sheet").out.replace("klar", "inte klar")
    signed("minutes", "edit", MINUTED, "--reason", "Rättat", "--from", "-", given=sheet)
    signed(*APPROVE)
    found = answer(signed)
    assert (found["result"], found["tag"]) == ("unsigned", f"approved/{MINUTED}/2")
    assert f"Approval number 1 was signed by {SIGNER}, and this one is not." in found["notes"]


@pytest.mark.outside("ssh-keygen")
def test_going_back_to_an_older_signed_approval_is_told(signed: Program) -> None:
    sheet = signed("minutes", "show", MINUTED, "--sheet").out.replace("klar", "inte klar")
    signed("minutes", "edit", MINUTED, "--reason", "Rättat", "--from", "-", given=sheet)
    signed(*APPROVE)
    git(signed.folder, "checkout", "-q", TAG, "--", FOLDER)
    save(signed)
    git(signed.folder, "tag", "-d", f"approved/{MINUTED}/2")
    assert {"tag", "meeting.yaml"} <= set(changed(signed))


# -- which minutes, which file ---------------------------------------------------------------------------------------------


def test_minutes_without_a_seal_have_nothing_to_verify(council: Program) -> None:
    with_minutes(council)
    assert "minutes approve 2026-02-17-rad" in verify(council, MINUTED, code=3).err
    assert "No minutes are approved yet" in council(*ENGLISH, "minutes", "verify", code=2).err
    assert "No minutes are approved yet" in verify(council, "--all").err


def test_an_approval_typed_by_hand_has_nothing_to_verify(council: Program) -> None:
    with_minutes(council)
    with file(council).open("a") as record:
        record.write("approval:\n  date: 2026-03-01\n")
    save(council)
    assert "no seal" in verify(council, MINUTED, code=3).err


def test_a_seal_typed_by_hand_is_told_to_have_no_tag(council: Program) -> None:
    with_minutes(council)
    with file(council).open("a") as record:
        record.write(f"approval:\n  date: 2026-03-01\n  sealed:\n    record: {'0' * 64}\n")
    save(council)
    assert set(changed(council)) == {"tag", "meeting.yaml"}


def test_all_minutes_that_are_or_were_approved_are_looked_at(approved: Program) -> None:
    approved("minutes", "new", "RÅD", "--from", "-", given="# RÅD 2026-02-24\n\n## Introduktion\nSagt.\n")
    approved("minutes", "approve", "2026-02-24-rad", "--by", "bo-exempel")
    approved("minutes", "new", "RÅD", "--from", "-", given="# RÅD 2026-02-25\n\n## Introduktion\nSagt.\n")
    found = json.loads(verify(approved, "--all", "--json").out)
    assert [(one["meeting"], one["result"]) for one in found["meetings"]] == [
        (MINUTED, "unsigned"),
        ("2026-02-24-rad", "unsigned"),
    ]
    edit(approved)
    found = json.loads(verify(approved, "--all", "--json", code=4).out)
    assert [one["result"] for one in found["meetings"]] == ["changed", "unsigned"]
    said = verify(approved, "--all", code=4)
    assert said.out.count("Meeting:") == 2


def test_without_a_name_it_is_the_latest_that_is_approved(approved: Program) -> None:
    approved("minutes", "new", "RÅD", "--from", "-", given="# RÅD 2026-02-24\n\n## Introduktion\nSagt.\n")
    assert MINUTED in approved("minutes", "verify").out


def test_minutes_that_were_opened_again_wait_for_a_new_approval(approved: Program) -> None:
    """The change is open to all who read; what was published stays the approved version, and is still looked at."""
    sheet = approved("minutes", "show", MINUTED, "--sheet").out.replace("klar", "inte klar")
    approved("minutes", "edit", MINUTED, "--reason", "Rättat", "--from", "-", given=sheet)
    said = verify(approved, MINUTED, code=3)
    assert "opened again by an amendment" in said.out
    assert json.loads(verify(approved, "--all", "--json").out)["meetings"][0]["result"] == "open"
    with file(approved, "public/minutes.pdf").open("ab") as document:
        document.write(b" ")
    assert set(changed(approved)) == {"public/minutes.pdf"}
    git(approved.folder, "checkout", "--", ".")
    approved(*APPROVE)
    assert answer(approved)["tag"] == f"approved/{MINUTED}/2"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_is_known_by_its_bytes(approved: Program, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(file(approved, name).read_bytes())
    said = verify(approved, "--file", str(copy)).out
    assert f"{name} of RÅD 1/2026, as approved" in said
    told = json.loads(verify(approved, "--file", str(copy), "--json").out)
    assert told["document"] == {"meeting": MINUTED, "name": name, "approval": 1, "is_latest": True}


def test_a_file_that_was_approved_nowhere_is_no_approved_document(approved: Program, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(file(approved, "minutes.pdf").read_bytes() + b" ")
    assert "none of the documents that were approved" in verify(approved, "--file", str(copy), code=4).err
    verify(approved, "--file", str(tmp_path / "missing.pdf"), code=2)


def test_a_file_of_an_earlier_approval_is_known_as_such(approved: Program, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(file(approved, "minutes.pdf").read_bytes())
    sheet = approved("minutes", "show", MINUTED, "--sheet").out.replace("klar", "inte klar")
    approved("minutes", "edit", MINUTED, "--reason", "Rättat", "--from", "-", given=sheet)
    approved(*APPROVE)
    assert "approved again since" in verify(approved, "--file", str(copy)).out


def test_a_known_file_of_minutes_that_were_changed_is_told_with_that(approved: Program, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(file(approved, "minutes.pdf").read_bytes())
    edit(approved)
    assert "CHANGED" in verify(approved, "--file", str(copy), code=4).out


@pytest.mark.outside("bash")
def test_the_way_back_that_is_told_leads_back(approved: Program) -> None:
    edit(approved)
    file(approved, "minutes.pdf").unlink()
    save(approved)
    command = verify(approved, code=4).err.partition("comes back with: ")[2].split("\n")[0]
    subprocess.run(["bash", "-euc", command], cwd=approved.folder, check=True, capture_output=True)
    assert answer(approved)["result"] == "unsigned"
    file(approved, "minutes.pdf").unlink()
    command = verify(approved, code=4).err.partition("comes back with: ")[2].split("\n")[0]
    git(approved.folder, *command.split()[1:])
    assert answer(approved)["result"] == "unsigned"


def test_a_repository_in_a_larger_one_is_looked_at_in_its_place(program: Program) -> None:
    git(program.folder, "init", "-q", "-b", "main", "top")
    program("init", "top/rad")
    program.folder /= "top/rad"
    program("member", "add", "Alva Exempel")
    with_minutes(program)
    program(*APPROVE)
    assert answer(program)["result"] == "unsigned"
    edit(program)
    commit = save(program)
    assert changed(program)["meeting.yaml"]["commit"] == commit
