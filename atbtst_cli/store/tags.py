"""Tags as Git has them: what each stands for, what it says, and whose signature is on it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from atbtst_cli.store.gitrepo import GitRepo


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name, its id, the commit that it stands for, and what its maker said.

    ``given`` is the name that it gives itself. A tag that only points has nothing but name and commit; ``commit`` is
    empty where it stands for something else.
    """

    name: str
    id: str
    commit: str
    given: str = ""
    by: str = ""
    date: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """What Git finds of a signature, and whose it is as far as that is known.

    It is wrong where it was made for another text, unknown where its key is nobody's whom this machine knows, unlisted
    where this machine has no list of signers at all.
    """

    kind: Literal["none", "valid", "wrong", "unknown", "unlisted"]
    name: str = ""


def tags(repo: GitRepo, folder: str) -> list[Tag]:
    """Every tag below a folder such as "approved"."""
    return [
        _annotated(name, what, repo.content(what).decode("utf-8", "replace"))
        if kind == "tag"
        else Tag(name, what, what if kind == "commit" else "")
        for name, kind, what in repo.tags(folder)
    ]


def _annotated(name: str, tag_id: str, text: str) -> Tag:
    head, _blank, message = text.partition("\n\n")
    facts = {key: value for key, _space, value in (line.partition(" ") for line in reversed(head.split("\n")))}
    maker = re.fullmatch(r"(?P<by>.*) <.*> (?P<at>\d+ [-+]\d{4})", facts.get("tagger", ""))
    return Tag(
        name,
        tag_id,
        facts["object"] if facts["type"] == "commit" else "",
        facts["tag"],
        maker["by"] if maker else "",
        _day(maker["at"]) if maker else "",
        message,
    )


def _day(at: str) -> str:
    """The day of a moment that Git tells by seconds and an offset, as it was where the offset holds; empty for none."""
    seconds, _space, offset = at.partition(" ")
    ahead = 60 * int(offset[:3]) + int(offset[0] + offset[3:])
    try:
        return datetime.fromtimestamp(int(seconds) + 60 * ahead, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


SAID: tuple[tuple[Literal["none", "wrong", "unknown", "unlisted"], str], ...] = (
    ("none", "no signature found"),
    ("unlisted", "gpg.ssh.allowedSignersFile needs to be configured"),
    ("wrong", "incorrect signature|BADSIG"),
    ("unknown", r'Good "git" signature with (?:\S+ key )?(?P<name>\S+)'),
    ("unknown", r"\[GNUPG:\] (?:ERRSIG|NO_PUBKEY|[A-Z]+SIG) (?P<name>\S+)"),
    ("wrong", ""),
)
"""What Git's helpers say of a signature that is not valid; the first that fits counts."""
VALID = re.compile(r'^Good "git" signature for (?P<ssh>.+) with |^\[GNUPG:\] GOODSIG \S+ (?P<gpg>.+)$', re.MULTILINE)
DISTRUSTED = re.compile(r"^\[GNUPG:\] TRUST_(UNDEFINED|NEVER)", re.MULTILINE)


def signature(repo: GitRepo, tag: Tag) -> Signature:
    """What Git finds of the signature on a tag, with the keys and signers that are known on this machine."""
    if not tag.given:
        return Signature("none")
    good, said = repo.verify(tag.id)
    if good and (valid := VALID.search(said)) and not DISTRUSTED.search(said):
        return Signature("valid", valid["ssh"] or valid["gpg"])
    kind, found = next((kind, found) for kind, form in SAID if (found := re.search(form, said)))
    return Signature(kind, found.groupdict().get("name") or "")
