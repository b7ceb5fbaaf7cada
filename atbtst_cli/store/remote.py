"""The shared record elsewhere: which one it is, what it has, and handing it ours. Nothing here waits for a prompt."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from atbtst_cli.errors import Refused
from atbtst_cli.language import _
from atbtst_cli.store import address
from atbtst_cli.store.gitrepo import GitRepo
from atbtst_cli.store.travel import Silent, travel
from atbtst_cli.store.trouble import NO_SUCH_BRANCH, NOT_AT_ONCE, NOT_FORWARD, told, untaken

ORIGIN = "origin"
"""What Git calls the shared record by default."""
BRANCHES, TAGS = "refs/heads/", "refs/tags/"
BRANCH = re.compile(re.escape(BRANCHES) + r"[^\x00-\x20\x7f~^:?*\[\\]+")
"""The full name of a branch; what another computer calls its branches may be anything."""
NAMED = "ref: " + BRANCHES
"""What git prints before the name of the main branch."""
SHARED = "approved/"
"""Whose tags go along: the minutes' approvals."""
PATIENCE = 60
"""Seconds to wait for a sign of life from elsewhere."""
SETTINGS = {
    "fetch.fsckObjects": "true",
    "protocol.ext.allow": "never",
    "protocol.fd.allow": "never",
    # Neither Git, nor a program that keeps passwords for it, asks anybody anything.
    "core.askPass": "",
    "credential.interactive": "false",
    "http.lowSpeedLimit": "1",
    "http.lowSpeedTime": str(PATIENCE),
}
"""What git is told on its way elsewhere."""
UNASKED = {"SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never"}
PATIENT = {
    "ssh": "-o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=3",
    "plink": "-batch",
    "tortoiseplink": "-batch",
}
"""By what each program for SSH is kept from asking and from waiting for ever."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the shared record has: the branch's newest commit (None where it has no such branch) and its approvals.

    ``tags`` maps names such as "approved/2026-02-17-rad" to the id of the tag; ``others`` names other branches, where
    ours is not there.
    """

    tip: str | None
    tags: Mapping[str, str]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What branches a shared record has, and which it names as the main one, be it there or not."""

    main: str
    branches: tuple[str, ...]


class Remote:
    """The shared record that the branch which is checked out goes with."""

    def __init__(self, repo: GitRepo, patience: float = PATIENCE) -> None:
        """Find it in Git's settings; Refused where there is none."""
        self._repo, self._patience = repo, patience
        self._here = repo.branch()
        here = self._here.removeprefix(BRANCHES)
        known = _name(repo, here)
        self.name = known or ORIGIN
        self.branch = ((known and repo.config(f"branch.{here}.merge")) or here).removeprefix(BRANCHES)
        self.url = repo.config(f"remote.{self.name}.url") or ""
        if not self.url:
            raise _none(repo.top)

    @property
    def tracking(self) -> str:
        """The ref that remembers where the branch was there when it was last seen."""
        return f"refs/remotes/{self.name}/{self.branch}"

    @property
    def shown(self) -> str:
        """Its address, as it may be told."""
        return address.shown(self.url)

    @property
    def _kept(self) -> str:
        """Where we keep what the shared record had, out of reach of others."""
        return f"refs/atbtst/{self.name}/"

    @property
    def _last(self) -> str:
        """The ref that remembers the branch there as it was when we last saw it; it only moves forward."""
        return f"{self._kept}heads/{self.branch}"

    def fetch(self) -> Fetched:
        """Bring here what the shared record has; none of our branches and tags is touched.

        Refused, with the way out, where it cannot be reached, or where its history is no longer the one we knew, so
        that nobody brings back what was taken out of it, such as a name.
        """
        self._remember()
        refspecs = (
            f"{BRANCHES}{self.branch}:{self._last}",
            f"+{BRANCHES}{self.branch}:{self.tracking}",
            f"+{TAGS}{SHARED}*:{self._kept}{SHARED}*",
        )
        how = ("--progress", "--prune", "--atomic", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
        code, _out, said = self._travel("fetch", *how, "--no-auto-maintenance", "--", self.name, *refspecs)
        if code and NO_SUCH_BRANCH in said:
            return self._missing()
        if code and NOT_FORWARD in said:
            raise _written_anew(self.url)
        if code:
            raise told(self.url, said)
        lines = self._repo.lines("for-each-ref", "--format=%(refname) %(objectname)", "--", self._kept)
        known = dict(line.removeprefix(self._kept).split(" ", 1) for line in lines)
        tags = {name: at for name, at in known.items() if name.startswith(SHARED)}
        return Fetched(known[f"heads/{self.branch}"], tags)

    def _remember(self) -> None:
        """Take what plain Git saw there last for what we saw, as long as we have seen nothing ourselves."""
        if self._repo.ref(self._last) is None and (seen := self._repo.ref(self.tracking)):
            self._repo.set_refs({self._last: seen})

    def _missing(self) -> Fetched:
        """What there is where our branch is not; Refused where it was there before."""
        others = look(self._repo, self.url, self._patience).branches
        if not others and self._repo.ref(self._last):
            raise _emptied(self.url, self._last, self.tracking)
        return Fetched(None, {}, others)

    def in_step(self, fetched: Fetched) -> bool:
        """Whether the branch here and all approvals are what the shared record has."""
        here, tags = self._here, f"{TAGS}{SHARED}"
        lines = self._repo.lines("for-each-ref", "--format=%(refname) %(objectname)", "--", here, tags)
        mine = dict(line.split(" ", 1) for line in lines)
        return mine == {here: fetched.tip, **{TAGS + name: at for name, at in fetched.tags.items()}}

    def push(self, commit: str, tags: Mapping[str, str]) -> bool:
        """Make a commit the newest of the branch there, together with tags by name and id: all of it, or nothing.

        False where the shared record has moved on meanwhile, so that it has to be fetched and merged first; Refused
        where it does not take the change, with its own words.
        """
        return self._send({BRANCHES + self.branch: commit} | {TAGS + name: at for name, at in tags.items()}, "--atomic")

    def _send(self, wanted: Mapping[str, str], *how: str) -> bool:
        refspecs = [f"{at}:{name}" for name, at in wanted.items()]
        alone = ("--no-follow-tags", "--no-recurse-submodules", "--porcelain", "--progress")
        code, out, said = self._travel("push", *how, *alone, "--", self.name, *refspecs)
        if NOT_AT_ONCE in said:
            # The branch goes first; a tag that is missing then goes along the next time.
            return all(self._send({name: at}) for name, at in wanted.items())
        if code:
            refusal = untaken(self.url, out, said)
            if refusal is None:
                return False
            raise refusal
        self._repo.set_refs({place: at for name, at in wanted.items() for place in self._places(name)})
        return True

    def _places(self, name: str) -> tuple[str, ...]:
        """The refs of ours that remember one of theirs."""
        return (self.tracking, self._last) if name.startswith(BRANCHES) else (self._kept + name.removeprefix(TAGS),)

    def _travel(self, *arguments: str) -> tuple[int, str, str]:
        return _travel(self._repo, self.url, self._patience, *arguments)


def look(repo: GitRepo, url: str, patience: float = PATIENCE) -> Seen:
    """What branches the shared record at an address has, without bringing anything here."""
    code, out, said = _travel(repo, url, patience, "ls-remote", "--symref", "--", url, "HEAD", f"{BRANCHES}*")
    if code:
        raise told(url, said)
    pairs = [(what, name) for what, _tab, name in (line.partition("\t") for line in out.splitlines())]
    main = next((what for what, name in pairs if name == "HEAD" and what.startswith(NAMED)), "")
    branches = tuple(name.removeprefix(BRANCHES) for _at, name in pairs if BRANCH.fullmatch(name))
    return Seen(main.removeprefix(NAMED), branches)


def _travel(repo: GitRepo, url: str, patience: float, *arguments: str) -> tuple[int, str, str]:
    settings = SETTINGS | {"core.sshCommand": _unasking(repo.config("core.sshCommand") or "ssh")}
    try:
        return travel(repo.top, *arguments, settings=settings, extra=UNASKED, patience=patience)
    except Silent:
        raise Refused(
            _("Nothing was heard of {host} for {seconds} seconds.").format(
                host=address.host(url), seconds=round(patience)
            ),
            _("Look at your network, then try again."),
        ) from None


def _unasking(command: str) -> str:
    """The user's own command for SSH, with what keeps it from asking and from waiting for ever."""
    program = next((word for word in shlex.split(command) if "=" not in word), "")
    kind = PurePath(program).name.lower().removesuffix(".exe")
    return f"{command} {PATIENT[kind]}" if kind in PATIENT else command


def add(repo: GitRepo, text: str) -> None:
    """Let the branch that is checked out go with the shared record at an address.

    UsageError where the address is none that can be used; Refused where the branch goes with another one already.
    """
    url = address.checked(text, new=True)
    branch = repo.branch().removeprefix(BRANCHES)
    name = _name(repo, branch) or ORIGIN
    known = repo.config(f"remote.{name}.url")
    if known and known != url and repo.lines("for-each-ref", "--count=1", "--", f"refs/remotes/{name}/"):
        raise Refused(
            _("This record is shared at {known} already.").format(known=address.shown(known)),
            _("If it is to move: {command}").format(command=shlex.join(["git", "remote", "set-url", name, url])),
        )
    wanted = {f"remote.{name}.url": url, f"remote.{name}.fetch": f"+{BRANCHES}*:refs/remotes/{name}/*"}
    if not _name(repo, branch):
        wanted |= {f"branch.{branch}.remote": name, f"branch.{branch}.merge": BRANCHES + branch}
    for key, value in wanted.items():
        if repo.config(key) != value:
            repo.set_config(key, value)


def _name(repo: GitRepo, branch: str) -> str | None:
    """What Git calls the shared record that a branch goes with, if it does; another branch here is none."""
    named = repo.config(f"branch.{branch}.remote")
    return None if named == "." else named


def clone(repo: GitRepo, url: str) -> str:
    """Fill a new repository with the shared record at an address; its newest commit, no file of which lies there yet.

    Refused where there is none, or where it cannot be reached.
    """
    repo.check_out(BRANCHES + _main(url, look(repo, url)))
    add(repo, url)
    remote = Remote(repo)
    fetched = remote.fetch()
    if fetched.tip is None:
        raise _empty(url)
    repo.set_refs({repo.branch(): fetched.tip} | {TAGS + name: at for name, at in fetched.tags.items()})
    return fetched.tip


def _main(url: str, seen: Seen) -> str:
    """The branch of a shared record that a copy begins with: the one it names, the only one, or main."""
    if not seen.branches:
        raise _empty(url)
    likely: tuple[str, ...] = (seen.main, *(seen.branches if len(seen.branches) == 1 else ()), "main")
    found = next((name for name in likely if name in seen.branches), None)
    if found is None:
        raise Refused(
            _("{where} does not say which of its branches is the record: {names}.").format(
                where=address.shown(url), names=", ".join(seen.branches)
            ),
            _("Whoever runs it says so there with: {command}").format(
                command="git symbolic-ref HEAD refs/heads/BRANCH"
            ),
        )
    return found


def _empty(url: str) -> Refused:
    return Refused(
        _("There is nothing yet at {where}.").format(where=address.shown(url)),
        _("Share a council there from its own workspace: {command}   A new one begins with: {init}").format(
            command=shlex.join(["atbtst", "sync", "--remote", url]), init="atbtst init PATH"
        ),
    )


def _emptied(url: str, *seen: str) -> Refused:
    return Refused(
        _("There is nothing any more at {where}, where a record was before.").format(where=address.shown(url)),
        _("Ask whoever runs it. If this copy is to fill it again: {command}   then sync.").format(
            command=" && ".join(shlex.join(["git", "update-ref", "-d", ref]) for ref in seen)
        ),
    )


def _written_anew(url: str) -> Refused:
    return Refused(
        _("The history at {where} was written anew, so it cannot be joined with the one here.").format(
            where=address.shown(url)
        ),
        _("Ask who did it. Then make a new copy, and do there again what is only here: {command}").format(
            command=shlex.join(["atbtst", "clone", url])
        ),
    )


def _none(top: Path) -> Refused:
    return Refused(
        _("The record in {path} is not shared with anybody yet.").format(path=top),
        _("Name the shared folder or address once, with: {command}").format(command="atbtst sync --remote URL"),
    )
