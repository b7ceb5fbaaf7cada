"""Shared folders, SSH and HTTPS: what is fetched and pushed, and the words for all that can go wrong on the way."""

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from conftest import Program, git
from forge import SECRET, SSHD, USER, by_openssh, by_ssh, forge, is_gone, shared, stuck
from mailroom import certificate

from atbtst_cli.errors import AtbtstError, Refused, UsageError
from atbtst_cli.store import address, remote
from atbtst_cli.store.gitrepo import GitRepo

TAG = "approved/2026-02-17-rad"


def at(folder: Path, url: object = None, patience: float = 30) -> remote.Remote:
    """The shared record of a folder's branch; with ``url`` it is made known first."""
    repo = GitRepo(folder)
    if url:
        remote.add(repo, str(url))
    return remote.Remote(repo, patience)


def tip(folder: Path, name: str = "HEAD") -> str:
    return git(folder, "rev-parse", name).strip()


def change(folder: Path, title: str = "x") -> str:
    git(folder, "commit", "-q", "--allow-empty", "-m", title)
    return tip(folder)


def tagged(folder: Path, name: str = TAG) -> Mapping[str, str]:
    git(folder, "tag", "-a", "-m", str(folder), name)
    return {name: tip(folder, name)}


def refusal(folder: Path, url: str) -> str:
    """What is said where a shared record cannot be reached."""
    git(folder, "config", "remote.origin.url", url)
    with pytest.raises(Refused) as caught:
        at(folder).fetch()
    return f"{caught.value.message} {caught.value.hint}"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A repository with one commit, which is shared with nobody."""
    git(tmp_path, "init", "-q", "-b", "main", "ours")
    (tmp_path / "ours/settings").write_text("x")
    git(tmp_path / "ours", "add", "settings")
    change(tmp_path / "ours")
    return tmp_path / "ours"


@pytest.fixture
def clone(ours: Path, tmp_path: Path) -> Path:
    """What somebody else works in; it shares a folder with ours."""
    path = shared(tmp_path)
    assert at(ours, path).push(tip(ours), {})
    git(tmp_path, "clone", "-q", str(path), "clone")
    return tmp_path / "clone"


# -- which one ----------------------------------------------------------------------------------------------------------


def test_a_record_that_is_not_shared_yet_says_how_it_is(ours: Path) -> None:
    with pytest.raises(Refused) as caught:
        at(ours)
    assert "atbtst sync --remote" in caught.value.hint


def test_a_folder_is_kept_with_its_whole_path(ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is the same from wherever the next command runs; plain Git goes there, too."""
    shared(tmp_path, "råd delat.git")
    monkeypatch.chdir(tmp_path)
    found = at(ours, "råd delat.git")
    assert found.url == str(tmp_path / "råd delat.git")
    git(ours, "push", "-q")
    assert git(ours, "rev-parse", "@{upstream}").strip() == tip(ours)


def test_the_branchs_own_settings_say_where_it_goes(ours: Path, tmp_path: Path) -> None:
    """Also under another name, and where the names have capitals."""
    path = shared(tmp_path)
    git(ours, "switch", "-qc", "Utkast")
    git(ours, "remote", "add", "-t", "annat", "Kansliet", str(path))
    git(ours, "config", "branch.Utkast.remote", "Kansliet")
    git(ours, "config", "branch.Utkast.merge", "refs/heads/råd")
    found = at(ours)
    assert (found.name, found.branch) == ("Kansliet", "råd")
    assert found.push(tip(ours), {})
    assert tip(path, "refs/heads/råd") == tip(ours) == tip(ours, "refs/remotes/Kansliet/råd")


def test_a_branch_that_follows_one_of_its_own_repository_goes_to_origin(ours: Path, tmp_path: Path) -> None:
    path = shared(tmp_path)
    git(ours, "remote", "add", "origin", str(path))
    git(ours, "switch", "-q", "--track", "-c", "utkast")
    assert at(ours).branch == "utkast"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-u", "--upload-pack=touch x", "ext::sh -c true", "fd::3", "::x", "https://", "https://[::1"),
        *(
            "https://-oProxyCommand=x/y",
            "ssh://-x/y",
            "-x@y:z",
            "a:-x",
            "gopher://h/x",
            "https://h:0/x",
            "https://h:x/y",
        ),
        *("a\nb", "https://h/\x1b[31m", "me@-x:y"),
    ],
)
def test_what_is_no_address_is_refused(ours: Path, text: str) -> None:
    """Above all what Git would run as a program, or take for an option."""
    with pytest.raises(AtbtstError):
        at(ours, text or " ")
    assert git(ours, "config", "--get", "remote.origin.url", code=1) == ""


def test_an_address_that_git_would_run_is_never_run(ours: Path, tmp_path: Path) -> None:
    """Not even where it stands in Git's settings, and they allow it."""
    git(ours, "config", "protocol.ext.allow", "always")
    assert "Git knows no way" in refusal(ours, f"ext::touch {tmp_path}/run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("text", ["http://forge.example.org/x.git", "git://forge.example.org/x.git"])
def test_an_open_way_is_refused(ours: Path, text: str) -> None:
    with pytest.raises(UsageError, match="read and changed") as caught:
        at(ours, text)
    assert "https://" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "https://rad:hemligt-42@forge.example.org/x.git",
        "https://ghp_hemligt42@forge.example.org/x.git",
        f"https://{'0a' * 20}@forge.example.org/x.git",
        "ssh://rad:hemligt-42@forge.example.org/x.git",
    ],
)
def test_a_password_in_an_address_is_neither_kept_nor_told(ours: Path, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        at(ours, text)
    said = caught.value.message + caught.value.hint
    assert "forge.example.org/x.git" in said
    assert "credential.helper" in said
    assert "hemligt" not in said
    assert "0a0a" not in said
    assert git(ours, "config", "--get-regexp", "remote", code=1) == ""


@pytest.mark.parametrize(
    "text",
    [
        *("git@forge.example.org:rad/x.git", "forge:x.git", "ssh://git@forge.example.org:2222/rad/x.git"),
        *("https://forge.example.org/rad/x.git", "https://rad@forge.example.org/x", "[::1]:x.git", "file:///srv/x.git"),
    ],
)
def test_addresses_of_all_common_forms_are_kept_as_they_are(ours: Path, text: str) -> None:
    assert at(ours, text).url == text


def test_a_folder_that_is_not_there_is_told_before_anything_is_set(ours: Path) -> None:
    with pytest.raises(Refused) as caught:
        at(ours, "/srv/ingen där.git")
    assert "git init --bare" in caught.value.hint
    assert "'/srv/ingen där.git'" in caught.value.hint


def test_an_address_can_be_corrected_until_something_was_shared(ours: Path, tmp_path: Path) -> None:
    at(ours, "git@frge.example.org:x.git")
    path = shared(tmp_path)
    assert at(ours, path).push(tip(ours), {})
    at(ours, path)
    git(ours, "remote", "rename", "origin", "kansliet")
    with pytest.raises(Refused, match=r"shared at .*shared\.git already") as caught:
        at(ours, shared(tmp_path, "annan.git"))
    assert "git remote set-url kansliet" in caught.value.hint


# -- fetching and pushing ------------------------------------------------------------------------------------------------


def test_an_empty_shared_folder_is_told_apart_from_one_without_this_branch(ours: Path, tmp_path: Path) -> None:
    path = shared(tmp_path)
    here = at(ours, path)
    assert here.fetch() == remote.Fetched(None, {})
    git(ours, "push", "-q", str(path), "HEAD:refs/heads/annat")
    assert here.fetch() == remote.Fetched(None, {}, others=("annat",))


def test_the_first_push_shares_branch_and_approvals(ours: Path, tmp_path: Path) -> None:
    """And nothing else: no other branch or tag, not even where Git is set up to push tags along."""
    path = shared(tmp_path)
    git(ours, "config", "push.followTags", "true")
    git(ours, "tag", "-am", "mitt", "mitt")
    tags = tagged(ours)
    here = at(ours, path)
    assert here.push(tip(ours), tags)
    assert git(path, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main", f"refs/tags/{TAG}"]
    assert tip(ours, here.tracking) == tip(ours)
    assert here.fetch() == remote.Fetched(tip(ours), tags)


def test_fetching_touches_none_of_our_branches_and_tags(clone: Path, ours: Path) -> None:
    """A tag of the same name that is another is seen, and ours stays."""
    here, there = at(ours), at(clone)
    new, their_tags = change(clone), tagged(clone)
    assert there.push(new, their_tags)
    git(clone, "push", "-q", "origin", "main:refs/tags/deras", "main:refs/heads/deras")
    tagged(ours)
    before = git(ours, "for-each-ref", "refs/heads", "refs/tags")
    others = git(ours, "for-each-ref", "refs/remotes").count("\n")
    assert here.fetch() == remote.Fetched(new, their_tags)
    assert git(ours, "for-each-ref", "refs/heads", "refs/tags") == before
    assert git(ours, "for-each-ref", "refs/remotes").count("\n") == others
    assert not (ours / ".git/FETCH_HEAD").exists()
    git(ours, "fsck", "--strict")


def test_a_tag_that_went_is_gone(clone: Path, ours: Path) -> None:
    here, there = at(ours), at(clone)
    assert there.push(tip(clone), tagged(clone))
    assert here.fetch().tags
    git(clone, "push", "-q", "origin", f":refs/tags/{TAG}")
    assert here.fetch() == remote.Fetched(tip(clone), {})


def test_a_history_written_anew_is_not_joined(clone: Path, ours: Path) -> None:
    """Else one old clone would bring back a name that was taken out; plain Git's own fetch does not make us forget."""
    here, there = at(ours), at(clone)
    assert there.push(change(clone), {})
    here.fetch()
    git(clone, "commit", "-q", "--amend", "-m", "y", "--allow-empty")
    git(clone, "push", "-qf", "origin", "main")
    for _turn in range(2):
        with pytest.raises(Refused, match="written anew") as caught:
            here.fetch()
        git(ours, "fetch", "-q")
    assert "atbtst clone" in caught.value.hint


def test_what_plain_git_saw_there_counts_as_seen(clone: Path, ours: Path) -> None:
    """A copy that git clone made brings nothing back either, though none of our commands was ever run in it."""
    change(ours, "what is to go")
    assert at(ours).push(tip(ours), {})
    git(clone, "fetch", "-q")
    git(ours, "commit", "-q", "--amend", "-m", "y", "--allow-empty")
    git(ours, "push", "-qf", "origin", "main")
    with pytest.raises(Refused, match="written anew"):
        at(clone).fetch()


def test_a_shared_record_that_was_emptied_is_not_filled_by_chance(clone: Path, ours: Path, tmp_path: Path) -> None:
    """What was named fills it again."""
    git(tmp_path / "shared.git", "update-ref", "-d", "refs/heads/main")
    with pytest.raises(Refused, match="nothing any more") as caught:
        at(ours).fetch()
    for command in re.findall(r"git (update-ref -d \S+)", caught.value.hint):
        git(ours, *command.split())
    assert at(ours).fetch().tip is None
    assert at(ours).push(tip(ours), {})
    assert at(ours).fetch().tip == tip(ours)


def test_a_record_that_moved_on_takes_nothing_until_it_is_fetched(clone: Path, ours: Path, tmp_path: Path) -> None:
    """Not the tags either: branch and tags go together."""
    here, there = at(ours), at(clone)
    assert there.push(change(clone), {})
    assert not here.push(change(ours, "y"), tagged(ours))
    assert git(tmp_path / "shared.git", "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]
    assert tip(tmp_path / "shared.git", "refs/heads/main") == tip(clone)


def test_an_approval_that_is_another_there_is_never_written_over(clone: Path, ours: Path) -> None:
    assert at(clone).push(tip(clone), tagged(clone))
    with pytest.raises(Refused, match=TAG):
        at(ours).push(change(ours), tagged(ours))
    assert at(ours).fetch().tags == {TAG: tip(clone, TAG)}


def test_a_forge_that_takes_one_ref_at_a_time_gets_them_so(clone: Path, ours: Path, tmp_path: Path) -> None:
    git(tmp_path / "shared.git", "config", "receive.advertiseAtomic", "false")
    here, tags = at(ours), tagged(ours)
    assert here.push(change(ours), tags)
    assert here.fetch() == remote.Fetched(tip(ours), tags)


@pytest.mark.parametrize("hook", ["pre-receive", "update"])
def test_what_a_hook_there_says_is_told(clone: Path, ours: Path, tmp_path: Path, hook: str) -> None:
    """And nothing is there of what it refused."""
    script = tmp_path / f"shared.git/hooks/{hook}"
    script.write_text(
        "#!/bin/sh\necho 'Resolving deltas: 100% (1/1)'\necho 'i-k7q3d9m: ingen titel'\nprintf '\\033[31mrött\\n' >&2\nexit 1\n"
    )
    script.chmod(0o755)
    with pytest.raises(Refused) as caught:
        at(ours).push(change(ours), tagged(ours))
    assert "\n  i-k7q3d9m: ingen titel\n" in caught.value.message
    assert "rött" in caught.value.message
    assert "deltas" not in caught.value.message
    assert tip(tmp_path / "shared.git", "refs/heads/main") == tip(clone)
    assert tip(ours, "refs/remotes/origin/main") == tip(clone)


def test_a_shared_folder_that_cannot_take_it_says_why(clone: Path, ours: Path, tmp_path: Path) -> None:
    git(tmp_path / "shared.git", "config", "receive.maxInputSize", "10")
    with pytest.raises(Refused, match="pack exceeds maximum allowed size"):
        at(ours).push(change(ours), {})


def test_somebodys_workspace_is_no_shared_folder(clone: Path, ours: Path) -> None:
    git(ours, "config", "remote.origin.url", str(clone))
    with pytest.raises(Refused, match="workspace") as caught:
        at(ours).push(change(ours), {})
    assert "git clone --bare" in caught.value.hint


def test_a_folder_of_somebody_else_is_told(clone: Path, ours: Path, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    path = tmp_path / "shared.git"
    for inner in (path, *path.rglob("*")):
        os.chown(inner, 12345, 12345)
    assert f"git config --global --add safe.directory {path}" in refusal(ours, str(path))


def test_damage_does_not_come_along(clone: Path, ours: Path, tmp_path: Path) -> None:
    """What is fetched is looked at as Git does with what it makes itself."""
    (tmp_path / "tree").write_bytes(b"100644 .git\0" + bytes.fromhex(tip(clone, "HEAD:settings")))
    tree = git(clone, "hash-object", "-w", "-t", "tree", "--literally", str(tmp_path / "tree")).strip()
    commit = git(clone, "commit-tree", tree, "-p", "HEAD", "-m", "ond").strip()
    git(clone, "push", "-q", "origin", f"{commit}:refs/heads/main")
    assert "damaged" in refusal(ours, str(tmp_path / "shared.git"))
    assert tip(ours, "refs/remotes/origin/main") != commit


# -- SSH ----------------------------------------------------------------------------------------------------------------


def test_by_ssh_nothing_is_asked_and_the_users_own_command_is_kept(clone: Path, ours: Path, tmp_path: Path) -> None:
    words = by_ssh(tmp_path)
    command = git(ours, "config", "core.sshCommand").strip()
    git(ours, "config", "--global", "core.sshCommand", f"X=1 {command} -i nyckel")
    git(ours, "config", "remote.origin.url", f"rad@forge.example.org:{tmp_path}/shared.git")
    here = at(ours)
    assert here.push(change(ours), {})
    assert here.fetch().tip == tip(tmp_path / "shared.git", "refs/heads/main") == tip(ours)
    for line in words.read_text().splitlines():
        assert line.startswith("-i nyckel -o BatchMode=yes -o ConnectTimeout=20")
        assert "rad@forge.example.org" in line


def test_a_program_that_is_not_openssh_gets_none_of_its_options(clone: Path, ours: Path, tmp_path: Path) -> None:
    words = by_ssh(tmp_path)
    (tmp_path / "ssh").rename(tmp_path / "min-ssh")
    git(ours, "config", "--global", "core.sshCommand", f"X=1 {tmp_path}/min-ssh")
    git(ours, "config", "remote.origin.url", f"forge:{tmp_path}/shared.git")
    assert at(ours).fetch().tip
    assert "BatchMode" not in words.read_text()


SSH_SAYS = {
    "rad@forge.example.org: Permission denied (publickey).": "ssh -T rad@forge.example.org",
    "Host key verification failed.": "answer yes",
    "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.": "ssh-keygen -R forge.example.org",
    "ssh: Could not resolve hostname forge.example.org: Name or service not known": "no computer called forge.example.org",
    "ssh: connect to host forge.example.org port 22: Connection timed out": "Connection timed out",
    "ssh: connect to host forge.example.org port 22: No route to host": "does not answer",
    "ERROR: Repository not found.": "no shared record at rad@forge.example.org:x.git",
    "ERROR: The key you are authenticating with has been marked as read only.": "right",
    "remote: The project you were looking for could not be found or you don't have permission": "may not see it",
    "kex_exchange_identification: Connection closed by remote host": "does not answer",
}
"""What SSH and forges say, and what is told of it."""


def test_what_an_address_is_called_is_not_taken_for_what_went_wrong(ours: Path) -> None:
    assert "no shared record" in refusal(ours, "/srv/certificate index-pack/No space left.git")


def test_what_ssh_says_is_told_in_plain_words(ours: Path, tmp_path: Path) -> None:
    by_ssh(tmp_path, f'cat "{tmp_path}/said" >&2; exit 255')
    for said, told in SSH_SAYS.items():
        (tmp_path / "said").write_text(said + "\n")
        assert told in refusal(ours, "rad@forge.example.org:x.git")


def test_a_port_is_named_in_what_is_to_be_run(ours: Path, tmp_path: Path) -> None:
    by_ssh(tmp_path, "echo 'Host key verification failed.' >&2; exit 255")
    assert "ssh -T -p 2222 git@forge.example.org" in refusal(ours, "ssh://git@forge.example.org:2222/x.git")


def test_a_computer_that_says_nothing_is_not_waited_for(clone: Path, ours: Path, tmp_path: Path) -> None:
    """And what was started to reach it ends with it."""
    by_ssh(tmp_path, stuck(tmp_path))
    git(ours, "config", "remote.origin.url", "forge.example.org:x.git")
    with pytest.raises(Refused, match=r"forge\.example\.org"):
        at(ours, patience=0.5).fetch()
    assert is_gone(tmp_path)


def test_a_program_that_is_not_there_is_named(ours: Path) -> None:
    git(ours, "config", "core.sshCommand", "/nowhere/ssh")
    assert "/nowhere/ssh" in refusal(ours, "forge.example.org:x.git")


# -- HTTPS --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def authority(tmp_path: Path, home: Path) -> trustme.CA:
    """Somebody whose certificates Git trusts."""
    known = trustme.CA()
    known.cert_pem.write_to_path(tmp_path / "authority.pem")
    with (home / ".gitconfig").open("a") as settings:
        settings.write(f"[http]\n\tsslCAInfo = {tmp_path}/authority.pem\n")
    return known


def test_by_https_with_a_token_that_git_keeps(
    clone: Path, ours: Path, tmp_path: Path, authority: trustme.CA, home: Path
) -> None:
    with forge(tmp_path, certificate(authority), SECRET) as server:
        url = f"{server.address}/shared.git"
        said = refusal(ours, url)
        assert "credential.helper" in said
        assert f"git ls-remote {url}" in said
        git(ours, "config", "--global", "credential.helper", "store")
        for secret, works in (("fel", False), (SECRET, True)):
            (home / ".git-credentials").write_text(f"https://{USER}:{secret}@127.0.0.1:{server.server_port}\n")
            if not works:
                assert "none that is right" in refusal(ours, url)
        here, tags = at(ours), tagged(ours)
        assert here.push(change(ours), tags)
        assert here.fetch() == remote.Fetched(tip(ours), tags)
        server.readers.add("shared.git")
        with pytest.raises(Refused, match="right to do this"):
            here.push(change(ours), {})
        assert "no shared record" in refusal(ours, f"{server.address}/ingen.git")


def test_a_certificate_that_is_not_trusted_is_told(ours: Path, tmp_path: Path, authority: trustme.CA) -> None:
    with forge(tmp_path, certificate(trustme.CA())) as server:
        assert "http.https://127.0.0.1/.sslCAInfo" in refusal(ours, f"{server.address}/x.git")


def test_without_a_network(ours: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert "127.0.0.1 does not answer" in refusal(ours, f"https://rad@127.0.0.1:{port}/x.git")
    assert "127.0.0.1 does not answer" in refusal(ours, f"ssh://127.0.0.1:{port}/x.git")
    for url in ("https://rad@forge.invalid/x.git", "rad@forge.invalid:x.git"):
        assert "no computer called forge.invalid" in refusal(ours, url)


def test_names_in_addresses_are_not_told(ours: Path) -> None:
    assert address.shown("see https://rad:hemligt@h/x and ssh://a@b/c") == "see https://h/x and ssh://b/c"
    assert not re.search("rad@", refusal(ours, "https://rad@forge.invalid/x.git").partition(". ")[0])


# -- through the command line ---------------------------------------------------------------------------------------------


def assert_shared_by(url: str, council: Program, place: Path) -> None:
    """The first push goes into the empty rad.git in that folder; what one clone does, the other gets."""
    council("sync", "--remote", url)
    other = replace(council, folder=council.folder.parent)
    other("clone", url, "bo")
    other.folder /= "bo"
    other("item", "add", "Boka lokal", "--network", "RÅD")
    other("sync")
    assert "item(add): Boka lokal" in council("sync").out
    assert tip(council.folder) == tip(other.folder) == tip(place / "rad.git", "main")


def test_a_council_is_shared_cloned_and_kept_together_by_ssh(council: Program, tmp_path: Path) -> None:
    shared(tmp_path, "rad.git")
    by_ssh(tmp_path)
    assert_shared_by(f"rad@forge.example.org:{tmp_path}/rad.git", council, tmp_path)


@pytest.mark.outside(SSHD, "ssh", "ssh-keygen")
def test_with_openssh_itself_each_refusal_names_what_helps_and_then_all_is_shared(
    council: Program, tmp_path: Path
) -> None:
    """A computer that is not known yet, a key that it does not know, a place that is not there, and at last the record."""
    known, allowed = by_openssh(tmp_path)
    url = f"forge.example.org:{tmp_path}/rad.git"
    before = tip(council.folder)
    assert "ssh -T forge.example.org" in council("sync", "--remote", url, code=3).err
    known.write_text(f"forge.example.org {(tmp_path / 'host-key.pub').read_text()}")
    assert "ssh-add" in council("--language", "en", "sync", "--remote", url, code=3).err
    allowed.write_bytes((tmp_path / "own-key.pub").read_bytes())
    assert "rad.git" in council("sync", "--remote", url, code=3).err
    assert tip(council.folder) == before
    shared(tmp_path, "rad.git")
    assert_shared_by(url, council, tmp_path)


def test_offline_a_council_works_on_and_shares_later(council: Program, tmp_path: Path, authority: trustme.CA) -> None:
    """A password that is missing, and a computer that is off, end a sync at once; nothing is lost by it."""
    shared(tmp_path, "rad.git")
    with forge(tmp_path, certificate(authority), SECRET) as server:
        said = council("--language", "en", "sync", "--remote", f"{server.address}/rad.git", code=3).err
        assert f"git ls-remote {server.address}/rad.git" in said
    council("item", "add", "Boka lokal", "--network", "RÅD")
    before = tip(council.folder)
    assert "does not answer" in council("--language", "en", "sync", code=3).err
    assert tip(council.folder) == before
    with forge(tmp_path, certificate(authority)) as server:
        council("sync", "--remote", f"{server.address}/rad.git")
    assert tip(tmp_path / "rad.git", "main") == before


def test_a_protected_branch_is_told_in_the_forges_own_words(council: Program, tmp_path: Path) -> None:
    """Whatever its words hold, they do nothing to the terminal; once it is open the change goes along."""
    path = shared(tmp_path)
    council("sync", "--remote", path)
    hook = path / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nprintf 'GH006: Protected branch update failed\\033]0;ond\\007\\n'\nexit 1\n")
    hook.chmod(0o755)
    council("item", "add", "Boka lokal", "--network", "RÅD")
    said = council("--language", "en", "sync", code=3).err
    assert "GH006: Protected branch update failed" in said
    assert "write to main" in said
    assert "\x1b" not in said
    assert "\x07" not in said
    hook.unlink()
    council("sync")
    assert tip(path, "main") == tip(council.folder)
