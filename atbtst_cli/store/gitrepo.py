"""Git, by GitPython's way to the git program: its only home. No text of a user ever becomes an option or a ref."""

import hashlib
import os
import re
import shlex
import subprocess
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from atbtst_cli.errors import AtbtstError, Refused
from atbtst_cli.language import _

for _name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[_name]
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import git  # noqa: E402  GitPython reads the environment when it is imported

OLDEST = (2, 38)
PATIENCE = 5
"""Seconds to wait for another Git program that holds a lock."""
SETTINGS = {
    "core.fsync": "all",
    "core.fsyncMethod": "fsync",
    "core.filesRefLockTimeout": str(1000 * PATIENCE),
    "core.packedRefsTimeout": str(1000 * PATIENCE),
    # No hook runs and no background process starts, so that nothing but Git itself can change or delay what we do.
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "i18n.commitEncoding": "UTF-8",
    "i18n.logOutputEncoding": "UTF-8",
}
"""What every call of git is told, whatever the user's own settings say."""
IN_THE_MIDDLE = {
    "MERGE_HEAD": "git merge --abort",
    "rebase-merge": "git rebase --abort",
    "rebase-apply/applying": "git am --abort",
    "rebase-apply": "git rebase --abort",
    "CHERRY_PICK_HEAD": "git cherry-pick --abort",
    "REVERT_HEAD": "git revert --abort",
    "sequencer": "git cherry-pick --abort",
    "BISECT_LOG": "git bisect reset",
}
"""What lies in the Git folder while something is not finished, and the command that takes it back."""


class GitFailed(AtbtstError):
    """The git program said no; its own words are kept."""

    def __init__(self, folder: object, step: str, said: str) -> None:
        reason = " ".join(said.split()) or _("it gave no reason")
        full = "No space left" in said or "Out of diskspace" in said
        super().__init__(
            _("Git could not do its part in {folder} ({step}): {reason}").format(
                folder=folder, step=step, reason=reason
            ),
            _("Make room on the disk, then try again.") if full else "",
        )
        self.said = said


def locked(path: Path) -> Refused:
    """That a lock of Git's is there which is not ours: which file, how old, and what to do."""
    try:
        age = round(time.time() - path.stat().st_mtime)
    except OSError:
        age = 0
    return Refused(
        _("Another Git program is at work here: {path} has been there for {age} seconds.").format(path=path, age=age),
        _("Wait until it is done. If no Git program is running, take the file away with: {command}").format(
            command=shlex.join(["rm", str(path)])
        ),
    )


def environment() -> dict[str, str]:
    """What a git child sees: no settings from GIT_ variables, no prompt, messages in English."""
    return {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


class GitRepo:
    """One repository, asked through the git program."""

    def __init__(self, folder: Path) -> None:
        """Open the repository that holds a folder; Refused where there is none, or no git."""
        self._git = git.Git(str(folder))
        self._reader: Any = None
        self._settings: dict[str, str] | None = None
        self.lent: tuple[int, ...] = ()
        try:
            told = self._run("rev-parse", "--absolute-git-dir", "--show-object-format", "--show-toplevel")
        except GitFailed as error:
            if self.ask("rev-parse", "--is-bare-repository") == "true":
                raise _bare(folder) from None
            raise _no_repository(folder, error) from None
        git_dir, self._algorithm, top = os.fsdecode(told).rstrip("\n").split("\n")
        self.git_dir, self.top = Path(git_dir), Path(top)
        self.nothing = "0" * 2 * hashlib.new(self._algorithm).digest_size

    def _run(
        self, *arguments: str, data: bytes | None = None, extra: dict[str, str] | None = None, apart: bool = True
    ) -> bytes:
        """What git printed; ``apart`` keeps a Ctrl-C at the terminal away from it."""
        code, out, said = self._done(*arguments, data=data, extra=extra, apart=apart)
        if code:
            raise _failed(self._git.working_dir, arguments, said)
        return out

    def _done(
        self, *arguments: str, data: bytes | None = None, extra: dict[str, str] | None = None, apart: bool = True
    ) -> tuple[int, bytes, str]:
        """A git process that has ended: its exit code, what it printed, and what it said beside."""
        process = self._start(
            *arguments,
            istream=subprocess.PIPE if data is not None else subprocess.DEVNULL,
            env={**environment(), **(extra or {})},
            start_new_session=apart,
            pass_fds=self.lent if apart else (),
        )
        out, err = process.proc.communicate(data)
        return process.proc.returncode, out, err.decode("utf-8", "replace")

    def _start(self, *arguments: str, **more: Any) -> Any:
        """A git process that has begun; ``more`` goes to the library."""
        command = ["git", *(part for item in SETTINGS.items() for part in ("-c", "=".join(item))), *arguments]
        try:
            return self._git.execute(command, as_process=True, **more)
        except git.GitCommandNotFound:
            raise Refused(_("Git is not installed."), _("Install git 2.38 or newer, then try again.")) from None

    def lines(self, *arguments: str, data: bytes | None = None, extra: dict[str, str] | None = None) -> list[str]:
        """What git printed, as lines."""
        text = self._run(*arguments, data=data, extra=extra).decode("utf-8", "surrogateescape")
        return text.removesuffix("\n").split("\n") if text else []

    def ask(self, *arguments: str) -> str | None:
        """The one line git printed, or None where it said no."""
        try:
            return self._run(*arguments).decode("utf-8", "replace").strip()
        except GitFailed:
            return None

    def version(self) -> tuple[int, int]:
        """The git program's version, major and minor."""
        parts = self._run("version").decode().split()[2].split(".")
        return int(parts[0]), int(parts[1])

    def branch(self) -> str:
        """The full name of the branch that is checked out; Refused where none is."""
        name = self.ask("symbolic-ref", "-q", "HEAD")
        if name is None:
            raise Refused(
                _("No branch is checked out (Git calls it a detached HEAD), so a change would be lost."),
                _("Run: git switch main"),
            )
        return name

    def commit_of(self, name: str) -> str | None:
        """The id of the commit that a name means, or None."""
        return self.ask("rev-parse", "--verify", "-q", "--end-of-options", name + "^{commit}")

    def ref(self, name: str) -> str | None:
        """The id of what a full name such as refs/tags/first stands for, or None."""
        return self.ask("rev-parse", "--verify", "-q", "--end-of-options", name)

    def in_the_middle_of(self) -> str | None:
        """The command that takes back the merge, rebase or the like that somebody has begun and not finished."""
        return next((command for name, command in IN_THE_MIDDLE.items() if (self.git_dir / name).exists()), None)

    def config(self, key: str) -> str | None:
        """A value of Git's configuration, which is read once; the key has two parts."""
        if self._settings is None:
            told = self.ask("config", "--null", "--list") or ""
            pairs = (line.partition("\n") for line in told.split("\0"))
            self._settings = {name: value.strip() for name, _end, value in pairs}
        return self._settings.get(key.lower())

    def set_config(self, key: str, value: str) -> None:
        """Set a value in this repository's own configuration."""
        self.lines("config", "--local", "--replace-all", key, value)
        self._settings = None

    def settings_file(self) -> str | None:
        """The file of this repository's own configuration, which all its work trees share."""
        return self.ask("rev-parse", "--path-format=absolute", "--git-path", "config")

    def entries(self, commit: str, folder: str) -> dict[str, tuple[str, str]]:
        """Mode and blob of every file below a folder of a commit, by path from the repository's top."""
        where = [folder] if folder else []
        listing = self._run("--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", "--", commit, *where)
        found = {}
        for line in listing.decode("utf-8", "surrogateescape").split("\0"):
            if line:
                facts, _tab, path = line.partition("\t")
                mode, _kind, blob = facts.split(" ")
                found[path] = (mode, blob)
        return found

    def content(self, blob: str) -> bytes:
        """The content of a blob, by its id; one git process answers for all of them."""
        if self._reader is None:
            self._reader = self._start("cat-file", "--batch", istream=subprocess.PIPE, start_new_session=True)
        self._reader.stdin.write(f"{blob}\n".encode())
        self._reader.stdin.flush()
        header = self._reader.stdout.readline().decode()
        if not header.strip().rpartition(" ")[2].isdecimal():
            raise GitFailed(self._git.working_dir, "cat-file", header or blob)
        size = int(header.rpartition(" ")[2])
        return bytes(self._reader.stdout.read(size + 1)[:size])

    def close(self) -> None:
        """End the git process that reads blobs."""
        if self._reader is not None:
            self._reader.proc.communicate()
            self._reader = None

    def blob_id(self, data: bytes) -> str:
        """The id that a blob of this content has."""
        return hashlib.new(self._algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    def is_one_of(self, path: str, data: bytes | None, blobs: Collection[str | None]) -> bool:
        """Whether the content of a file is one of these blobs (None: no file), line ends as Git would file them."""
        if data is None or self.blob_id(data) in blobs:
            return data is not None or None in blobs
        filed = self.lines("-C", str(self.top), "hash-object", "--stdin", f"--path={path}", data=data)[0]
        return filed in blobs

    def store_files(self, files: Sequence[Path]) -> list[str]:
        """Write the content of files as blobs; their ids, in order."""
        names = "".join(f"{path}\n" for path in files)
        return self.lines("hash-object", "-w", "--no-filters", "--stdin-paths", data=os.fsencode(names))

    def write_tree(self, base: str | None, changes: Sequence[tuple[str, str, str | None]], index: Path) -> str:
        """The id of the tree of a commit with changes (path, mode, blob or None), by way of a temporary index."""
        extra = {"GIT_INDEX_FILE": str(index)}
        self.lines("read-tree", base or "--empty", extra=extra)
        self.change_index(index, changes)
        return self.lines("write-tree", extra=extra)[0]

    def change_index(self, index: Path, changes: Sequence[tuple[str, str, str | None]]) -> None:
        """Set the entries of an index file; the others stay as they are."""
        info = "".join(f"{mode if blob else 0} {blob or self.nothing}\t{path}\0" for path, mode, blob in changes)
        data = info.encode("utf-8", "surrogateescape")
        self.lines("update-index", "-z", "--index-info", data=data, extra={"GIT_INDEX_FILE": str(index)})

    def staged(self, paths: Sequence[str]) -> dict[str, str]:
        """The blobs that the user's index holds for some paths; for one in conflict, that it is."""
        if not paths:
            return {}
        out = self._run(
            "--literal-pathspecs",
            "ls-files",
            "-s",
            "-z",
            "--full-name",
            "--",
            *[str(self.top / path) for path in paths],
        )
        found = {}
        for line in out.decode("utf-8", "surrogateescape").split("\0"):
            if line:
                facts, _tab, path = line.partition("\t")
                _mode, blob, stage = facts.split(" ")
                found[path] = blob if stage == "0" else "conflict"
        return found

    def commit_tree(self, tree: str, parent: str | None, message: str, when: str) -> str:
        """The id of a new commit, signed where Git is set up to sign; ``when`` is ISO with its offset."""
        sign = self._signs("commit.gpgSign")
        extra = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        parents = ["-p", parent] if parent else []
        arguments = ("commit-tree", *(["-S"] if sign else []), *parents, "-F", "-", tree)
        return self._signed(*arguments, data=message.encode(), extra=extra, sign=sign).decode().strip()

    def make_tag(self, name: str, commit: str, message: str, when: str, place: Path) -> str:
        """The id of a new annotated tag that no ref stands for yet, signed where Git is set up to sign.

        Git makes it in a repository of its own at ``place``, with our objects and settings: it knows every way to
        sign, but only for tags whose ref it moves itself. Refused where it should be signed and cannot be.
        """
        sign = self._signs("tag.gpgSign" if self.config("tag.gpgSign") else "commit.gpgSign")
        extra = self._beside(place) | {"GIT_COMMITTER_DATE": when}
        how = ("-s",) if sign else ("-a", "--no-sign")
        arguments = ("tag", *how, "--cleanup=verbatim", "-F", "-", "--", name, commit)
        said = message.encode()
        self._signed(*arguments, data=said, extra=extra, sign=sign)
        made = self.lines("rev-parse", "--verify", f"refs/tags/{name}", extra=extra)[0]
        # Git 2.39 makes an unsigned tag, and reports success, where ssh-keygen cannot load the key.
        if sign and self.content(made).endswith(said):
            raise _unsigned(_("no signature was made"))
        return made

    def _beside(self, place: Path) -> dict[str, str]:
        """What makes Git work in a new repository at ``place`` with our objects and settings, but refs of its own."""
        self.lines("init", "-q", "--bare", f"--object-format={self._algorithm}", "--template=", "--", str(place))
        self.lines("config", "--file", str(place / "config"), "include.path", self.settings_file() or "")
        objects = self.lines("rev-parse", "--path-format=absolute", "--git-path", "objects")[0]
        return {"GIT_DIR": str(place), "GIT_OBJECT_DIRECTORY": objects}

    def _signs(self, key: str) -> bool:
        return self.config(key) is not None and self.ask("config", "--type=bool", "--get", key) == "true"

    def _signed(self, *arguments: str, data: bytes, extra: dict[str, str], sign: bool) -> bytes:
        """What git printed that may have to sign: then it keeps the terminal, for the passphrase of a key."""
        try:
            return self._run(*arguments, data=data, extra=extra, apart=not sign)
        except GitFailed as error:
            raise _unsigned(error.said) if sign and not error.hint else error from None

    def tags(self, folder: str) -> list[tuple[str, str, str]]:
        """Every tag below a folder such as "approved": its name, and the kind and id of what it stands for."""
        form = "--format=%(refname:lstrip=2) %(objecttype) %(objectname)"
        lines = self.lines("for-each-ref", form, "--", f"refs/tags/{folder}/")
        return [(name, kind, what) for name, kind, what in (line.split(" ") for line in lines)]

    def verify(self, tag: str) -> tuple[bool, str]:
        """Whether a tag, by its id, has a signature that Git finds good, and what Git and its helpers say of it."""
        code, _out, said = self._done("verify-tag", "--raw", tag)
        return code == 0, said

    def move_refs(self, moves: Sequence[tuple[str, str, str]], reason: str) -> bool:
        """Move refs (name, new, old) all at once; False where one had moved meanwhile."""
        steps = "".join(f"update {name} {new} {old}\n" for name, new, old in moves)
        try:
            self.lines("update-ref", "-m", reason, "--stdin", data=f"start\n{steps}prepare\ncommit\n".encode())
        except GitFailed as error:
            if "cannot lock ref" in error.said and ("but expected" in error.said or "already exists" in error.said):
                return False
            raise
        return True

    def contains(self, branch: str, commit: str) -> bool:
        """Whether a commit is part of a branch's history."""
        return self.ask("merge-base", "--is-ancestor", commit, branch) is not None

    def identity(self) -> tuple[str, str]:
        """The user's name and e-mail; Refused, with the commands that set them, where Git has none."""
        name, email = self.config("user.name"), self.config("user.email")
        if not name or not email:
            raise Refused(
                _("Git does not know who you are, so it cannot say who made the change."),
                _("Run once, with your own name and address:")
                + '\n  git config --global user.name "First Last"'
                + "\n  git config --global user.email you@example.org",
            )
        return name, email


def _failed(folder: object, arguments: Sequence[str], said: str) -> AtbtstError:
    """Why git failed: another program's lock, or whatever it says."""
    if found := re.search(r"Unable to create '(.+\.lock)': File exists", said):
        return locked(Path(found[1]))
    return GitFailed(folder, next((word for word in arguments if re.match("[a-z]", word)), ""), said)


def _unsigned(said: str) -> Refused:
    """That a signature was wanted and could not be made."""
    reason = " ".join(word for word in said.split() if word not in ("error:", "fatal:")).rstrip(" .?")
    return Refused(
        _("Git is set up to sign here, and it could not: {reason}. Nothing was changed.").format(
            reason=reason or _("it gave no reason")
        ),
        _("See which key it takes with: {command}").format(command="git config --get-regexp '^(user.signingkey|gpg)'"),
    )


def _bare(folder: Path) -> Refused:
    return Refused(
        _("{path} is a bare repository; it has no folder to keep records in.").format(path=folder),
        _("Clone it, and work in the clone."),
    )


def _no_repository(folder: Path, error: GitFailed) -> AtbtstError:
    if "dubious ownership" in error.said:
        return Refused(
            _("The folder {path} belongs to somebody else, so Git will not use it.").format(path=folder),
            _("If you trust it, run: git config --global --add safe.directory {path}").format(path=folder),
        )
    if "not a git repository" not in error.said:
        return error
    return Refused(
        _("{path} lies in no Git repository.").format(path=folder), _("Make a new workspace with: atbtst init PATH")
    )


def create(folder: Path) -> GitRepo:
    """A new, empty repository in a folder, on the branch main."""
    git.Git(str(folder)).execute(["git", "init", "-q", "-b", "main", "."], env=environment())
    return GitRepo(folder)
