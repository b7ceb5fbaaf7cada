"""What can go wrong on the way to a shared record, told so that somebody without Git's words can act on it."""

import re
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from atbtst_cli.errors import AtbtstError, Refused
from atbtst_cli.language import N_, _
from atbtst_cli.store import address
from atbtst_cli.store.gitprogram import locked

NO_SUCH_BRANCH = "couldn't find remote ref refs/heads/"
"""What git says where a shared record does not have our branch."""
NOT_FORWARD = "(non-fast-forward)"
"""What git says where a branch there is no longer a continuation of what it was."""
NOT_AT_ONCE = "does not support --atomic"
"""What git says where a shared record cannot take several refs all at once."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that goes wrong: how git and the programs below it say it, what it is, and what to do."""

    said: str
    message: str
    hint: str


TROUBLES = (
    Trouble(
        r"(?m)^(?:error|fatal): .*'(?P<path>(?:[^']*/)?\.git/[^']*)': (?P<reason>.+?)\.?$",
        N_("{path} could not be read or written: {reason}."),
        N_("Look whether there is room on the disk and whether you may write there, then try again."),
    ),
    Trouble(
        r"(?m)^error: (?:(?P<reason>[^:]+): unable to create directory for|couldn't set) '?(?P<path>[^':]+?)[.']*$",
        N_("{path} could not be read or written: {reason}."),
        N_("Look whether there is room on the disk and whether you may write there, then try again."),
    ),
    Trouble(
        "REMOTE HOST IDENTIFICATION HAS CHANGED",
        N_("{host} shows another key than before, so it may be another computer. Nothing was sent."),
        N_("Ask whoever runs it. If the new key is right: {forget}   and then: {ssh}"),
    ),
    Trouble(
        "Host key verification failed",
        N_("{host} is not known to this computer yet, so nothing was sent."),
        N_("Run: {ssh}   It shows the key of {host}; answer yes, if whoever runs it tells you the same key."),
    ),
    Trouble(
        r"Permission denied \(|Too many authentication failures",
        N_("{host} does not let you in: it knows none of your SSH keys."),
        N_(
            "Try with: {ssh}   Give your public key to whoever runs it; a key that has a passphrase is opened first, "
            "with: ssh-add"
        ),
    ),
    Trouble(
        r"could not read (?:Username|Password)|Authentication failed|HTTP Basic: Access denied|error: 401|"
        "Invalid username or",
        N_("{host} wants a name and a password or token, and Git knows none that is right."),
        N_("Let Git keep them with: {keep}   Then run once, and answer its questions: {look}"),
    ),
    Trouble(
        r"detected dubious ownership in repository at '(?P<path>[^']*)'",
        N_("The folder {path} belongs to somebody else, so Git will not use it."),
        N_("If you trust it, run: git config --global --add safe.directory {path}"),
    ),
    Trouble(
        "certificate",
        N_("{host} cannot prove that it is the computer you mean: {reason}."),
        N_("Ask whoever runs it. A certificate of its own is made known with: {trust}"),
    ),
    Trouble(
        "error: 403|Permission to .* denied|marked as read only|not allowed to (?:push|upload|download)|"
        "unable to create temporary(?!.*(?:No space|quota|Input/output))|"
        "insufficient permission|Permission denied|Read-only file system",
        N_("You do not have the right to do this at {where}: {reason}."),
        N_("Ask whoever runs it for the right to read and write there; look also at the rights of your key or token."),
    ),
    Trouble(
        r"(?:cannot (?:run|exec) '?|sh: |: (?:line )?\d+: )(?P<program>[^:'\n]+)'?: (?:not found|No such file)",
        N_("The program {program} is not there, by which {host} would be reached."),
        N_("Install it, or see which one Git takes with: git config --show-origin core.sshCommand"),
    ),
    Trouble(
        "No space left|quota exceeded",
        N_("There is no room left at {where}: {reason}."),
        N_("Tell whoever runs it. Your changes are kept here."),
    ),
    Trouble(
        "does not appear to be a git repository|[Rr]epository .*not found|error: 404|could not be found|"
        "not a git repository|No such file or directory|does not exist",
        N_("There is no shared record at {where}, or you may not see it."),
        N_("Look at the address; a folder on the network has to be connected."),
    ),
    Trouble(
        "[Cc]ould not resolve host|unable to look up",
        N_("There is no computer called {host}, or the network cannot be reached."),
        N_("Look at your network and at the address, then try again."),
    ),
    Trouble(
        r"transport '[\w-]+' not allowed|remote-[\w-]+' is not a git command|Unable to find remote helper",
        N_("Git knows no way to {where}."),
        "{forms}",
    ),
    Trouble(
        "mismatched algorithms|hash algorithm",
        N_("The record at {where} is kept in another format of Git's than the one here."),
        N_("Make a copy of it with: {clone}"),
    ),
    Trouble(
        "fsck|invalid object|bad object|corrupt|index-pack",
        N_("What came from {where} is damaged, so nothing of it was taken: {reason}."),
        N_("Tell whoever runs it; they see what is wrong with: git fsck"),
    ),
    Trouble(
        "[Cc]onnection refused|[Cc]ouldn't connect|Failed to connect|No route|unreachable|timed out|unable to connect",
        N_("{host} does not answer: {reason}."),
        N_("Look at your network and at the address, then try again."),
    ),
    Trouble(
        "",
        N_("{host} does not answer as it should: {reason}."),
        N_("Look at your network and at the address, then try again."),
    ),
)
"""The first that fits what was said counts."""
LOCKED = re.compile(r"(?m)^(?:error|fatal): .*Unable to create '(?P<path>.+\.lock)': File exists")
"""What git says of a lock that lies here, and is another one's or was left behind."""
MOVED_ON = ("fetch first", "non-fast-forward")
RACE = re.compile("but expected|reference already exists|File exists")
"""What the other side says where somebody else is at work there in the same moment."""
FAILED = re.compile("unpack|failed to|pack abnormal")
"""Why a ref is refused where the other side wanted to take it, and could not."""
WHY = {
    "protected": N_("the branch is protected"),
    "rule violation": N_("a rule there forbids it"),
    "hook declined": N_("what comes in is checked there, and this did not pass"),
}
"""Why a ref is refused, in plain words."""
FOLLOWS = re.compile("atomic")
"""Why a ref is refused that goes with another one."""


def told(url: str, said: str) -> AtbtstError:
    """Why a shared record could not be reached."""
    if ours := LOCKED.search(said):
        return locked(Path(ours["path"]))
    trouble, found = next((one, found) for one in TROUBLES if (found := re.search(one.said, said.replace(url, ""))))
    host = address.host(url)
    facts = {
        "host": host,
        "where": address.shown(url),
        "reason": _reason(said),
        "ssh": address.ssh(url),
        "forget": f"ssh-keygen -R {quote(host)}",
        "keep": address.keeping(),
        "look": f"git ls-remote {quote(url)}",
        "trust": f"git config --global http.https://{host}/.sslCAInfo FILE",
        "forms": address.forms(),
        "path": url,
        "clone": f"git clone {quote(url)}",
    }
    facts |= {name: word for name, word in found.groupdict().items() if word}
    return Refused(_(trouble.message).format(**facts), _(trouble.hint).format(**facts))


def _reason(said: str) -> str:
    """The line that says most of what git and the programs below it said."""
    lines = [line.strip() for line in re.split(r"[\r\n]", address.shown(said)) if line.strip()]
    telling = [line for line in lines if re.match("fatal|error|ssh|remote: (?:error|fatal)", line)] or lines or [""]
    told = re.sub(r"^(?:(?:remote|fatal|error|ssh): *)+|unable to access '[^']*': ", "", telling[0])
    return told.rstrip(" .") or _("it gave no reason")


def untaken(url: str, out: str, said: str) -> AtbtstError | None:
    """Why a shared record did not take what was pushed; None where it had moved on.

    ``out`` is what git prints for programs, one line for each ref.
    """
    reasons = dict(re.findall(r"^!\t\S*:(\S+)\t\[[a-z ]+\] \((.*)\)$", out, re.MULTILINE))
    first = {name: why for name, why in reasons.items() if not FOLLOWS.search(why)}
    if not reasons:
        return told(url, said)
    if any(why in MOVED_ON for why in first.values()) or RACE.search(said):
        return None
    name, why = next(iter((first or reasons).items()))
    return told(url, said) if FAILED.search(why) else _refusal(url, name, why, _words(said))


def _words(said: str) -> str:
    """What the other side said itself, line by line, without how far it had come."""
    lines = (line.removeprefix("remote:").strip() for line in said.splitlines() if line.startswith("remote:"))
    return "".join(f"\n  {line}" for line in lines if line and not re.match(r"\w+ \w+: +\d+", line))


def _refusal(url: str, name: str, why: str, words: str) -> Refused:
    where, ref = address.shown(url), re.sub("^refs/(heads|tags)/", "", name)
    if why == "already exists":
        return Refused(
            _("The same minutes were approved elsewhere: {where} has another tag {tag}.").format(where=where, tag=ref),
            _(
                "See yours with: git show {tag}   If the other one counts, take yours away with: git tag -d {tag}"
            ).format(tag=ref),
        )
    if why == "branch is currently checked out":
        return Refused(
            _("{where} is somebody's own workspace, not a shared folder, so nothing was put there.").format(
                where=where
            ),
            _("Share it by a folder of its own: {command}").format(
                command=f"git clone --bare {quote(url)} {quote(url.rstrip('/') + '-shared.git')}"
            ),
        )
    reason = next((_(plain) for part, plain in WHY.items() if part in why), why)
    protected = re.search("protected|repository rule", (why + words).lower())
    return Refused(
        _("{where} does not take your changes: {reason}.").format(where=where, reason=reason) + words,
        _("Ask whoever runs it to let you write to {branch}. Your changes are kept here.").format(branch=ref)
        if protected
        else _("Your changes are kept here. Put right what it says, then try again."),
    )
