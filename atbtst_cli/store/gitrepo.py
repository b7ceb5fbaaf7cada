"""One Git repository: what it holds, and changing that."""

import hashlib
import os
import shlex
import subprocess
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from atbtst_cli.errors import AtbtstError, Refused
from atbtst_cli.language import _
from atbtst_cli.store.gitprogram import PATIENCE, GitFailed, GitProgram, init

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


class GitRepo(GitProgram):
    """One repository, asked through the git program."""

    def __init__(self, folder: Path) -> None:
        """Open the repository that holds a folder; Refused where there is none, or no git that is new enough."""
        super().__init__(folder)
        self._reader: Any = None
        self._settings: dict[str, str] | None = None
        try:
            told = self._run("rev-parse", "--show-object-format", "--absolute-git-dir", "--show-toplevel")
        except GitFailed as error:
            if self.ask("rev-parse", "--is-bare-repository") == "true":
                raise _bare(folder) from None
            raise _no_repository(folder, error) from None
        self._algorithm, _end, places = os.fsdecode(told).removesuffix("\n").partition("\n")
        git_dir, _end, top = places.partition("\n")
        if "\n" in top:  # a folder's name has more than one line
            top = os.fsdecode(self._run("rev-parse", "--show-toplevel")).removesuffix("\n")
            git_dir = places.removesuffix(f"\n{top}")
        self.git_dir, self.top = Path(git_dir), Path(top)
        self.nothing = "0" * 2 * hashlib.new(self._algorithm).digest_size
        self.empty_tree = hashlib.new(self._algorithm, b"tree 0\0", usedforsecurity=False).hexdigest()

    @property
    def ours(self) -> Path:
        """The folder in Git's own one for what we keep, which no commit takes along."""
        return self.git_dir / "atbtst"

    @property
    def shared_dir(self) -> Path:
        """The Git folder that all work trees of the repository share."""
        told = self.git_dir / "commondir"
        return (self.git_dir / told.read_text("utf-8").strip()).resolve() if told.exists() else self.git_dir

    def branch(self) -> str:
        """The full name of the branch that is checked out; Refused where none is."""
        name = self.ask("symbolic-ref", "-q", "HEAD")
        if name is None:
            raise Refused(
                _("No branch is checked out (Git calls it a detached HEAD), so a change would be lost."),
                _("Run: {command}").format(command=self._back()),
            )
        return name

    def _back(self) -> str:
        """The command that leads from no branch to the one there is, with the commits that were made meanwhile."""
        branches = self.lines("for-each-ref", "--format=%(refname:short)", "refs/heads") or ["main"]
        name = "main" if "main" in branches else branches[0]
        here = self.commit_of("HEAD")
        switch = shlex.join(["git", "switch", name])
        return f"{switch} && git merge {here[:10]}" if here and not self.contains(name, here) else switch

    def commit_of(self, name: str) -> str | None:
        """The id of the commit that a name means, or None."""
        return self.ask("rev-parse", "--verify", "-q", "--end-of-options", name + "^{commit}")

    def ref(self, name: str) -> str | None:
        """The id of what a full name such as refs/tags/first stands for, or None."""
        return self.ask("rev-parse", "--verify", "-q", "--end-of-options", name)

    def in_the_middle_of(self) -> str | None:
        """The command that takes back the merge, rebase or the like that somebody has begun and not finished."""
        return next((command for name, command in IN_THE_MIDDLE.items() if (self.git_dir / name).exists()), None)

    def refuse_unfinished(self) -> None:
        """Refuse to go on in the middle of a merge, a rebase or the like."""
        if command := self.in_the_middle_of():
            raise Refused(
                _("A {operation} is not finished here, so nothing was changed.").format(operation=command.split()[1]),
                _("Finish it, or take it back with: {command}").format(command=command),
            )

    def config(self, key: str) -> str | None:
        """A value of Git's configuration, which is read once; between first and last part, a key has its own case."""
        if self._settings is None:
            told = self.ask("config", "--null", "--list") or ""
            pairs = (line.partition("\n") for line in told.split("\0"))
            self._settings = {name: value.strip() for name, _end, value in pairs}
        first, dot, last = key.rpartition(".")
        section, *rest = first.split(".", 1)
        return self._settings.get(".".join([section.lower(), *rest]) + dot + last.lower())

    def set_config(self, key: str, value: str) -> None:
        """Set a value in this repository's own configuration."""
        self.lines("config", "--local", "--replace-all", key, value)
        self._settings = None

    def settings_file(self) -> str:
        """The file of this repository's own configuration, which all its work trees share."""
        return self._place("config")

    def _place(self, name: str) -> str:
        """Where something of the repository lies, whatever its folder is called."""
        told = self._run("rev-parse", "--path-format=absolute", "--git-path", name)
        return os.fsdecode(told).removesuffix("\n")

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

    def damage(self, *how: str) -> list[str]:
        """What git finds missing or broken among the objects, in its own words; ``how`` are its options."""
        code, out, said = self._done("fsck", "--no-progress", "--no-dangling", *how)
        return [line for line in (out.decode("utf-8", "replace") + said).splitlines() if line.strip()] if code else []

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

    def changes(self, before: str, after: str) -> list[tuple[str, tuple[str, str] | None, tuple[str, str] | None]]:
        """Every path at which two commits or trees differ, with mode and blob in each; None where there is no file."""
        listing = self._run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", before, after)
        parts = listing.decode("utf-8", "surrogateescape").split("\0")
        found = []
        for facts, path in zip(parts[::2], parts[1::2], strict=False):
            mode, new_mode, blob, new_blob, _status = facts[1:].split(" ")
            old, new = (mode, blob), (new_mode, new_blob)
            found.append((path, old if blob.strip("0") else None, new if new_blob.strip("0") else None))
        return found

    def changed_files(self, commit: str, folder: str) -> list[tuple[str, tuple[str, str] | None]]:
        """Every file below a folder that may not be as a commit has it, with mode and blob there; None for a new one.

        Paths are from the repository's top. Of files that are new those count that Git keeps or would keep; those that
        somebody has only touched are among the others, since Git's index is not written to know better next time.
        """
        where = ("--", str(self.top / folder))
        raw = ("--raw", "-z", "--no-renames", "--no-abbrev", "--no-relative", "--no-ext-diff", "--ignore-submodules")
        lasting = ("-c", "diff.autoRefreshIndex=false", "--literal-pathspecs")
        parts = [*self.stream(*lasting, "diff", *raw, commit, *where)]
        found = []
        for facts, path in zip(parts[::2], parts[1::2], strict=True):
            mode, _new_mode, blob, _new_blob, _status = facts[1:].split(" ")
            found.append((path, (mode, blob) if blob.strip("0") else None))
        others = ("ls-files", "-z", "--others", "--exclude-standard", "--full-name")
        known = {path for path, _entry in found}
        new = self.stream("--literal-pathspecs", *others, *where)
        return found + [(path, None) for path in new if path not in known]

    def parents(self, commit: str) -> list[str]:
        """The commits that a commit followed on; more than one for a merge."""
        return self.lines("rev-parse", f"{commit}^@")

    def bases(self, one: str, other: str) -> list[str]:
        """The commits from which two lines of history part: several where each has taken in some of the other."""
        return (self.ask("merge-base", "--all", one, other) or "").split()

    def together(self, commits: Sequence[str]) -> str:
        """A commit of what several ones make together, where both sides of a clash stand between marks."""
        made, *others = commits
        for other in others:
            code, out, said = self._done("merge-tree", "--write-tree", "--no-messages", made, other)
            if code not in (0, 1):
                raise GitFailed(self.top, "merge-tree", said)
            tree = out.decode().split("\n", 1)[0]
            made = self.lines("commit-tree", "-p", made, "-p", other, "-m", "atbtst", tree)[0]
        return made

    def store_files(self, files: Sequence[Path]) -> list[str]:
        """Write the content of files as blobs; their ids, in order."""
        names = "".join(f"{_quoted(path)}\n" for path in files)
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

    def status(self, folder: str | Path) -> list[str]:
        """The paths below a folder, given from the repository's top or whole, that are not as the branch has them.

        They are given from the repository's top.
        """
        how = ("--no-optional-locks", "--literal-pathspecs", "status", "--porcelain", "-z", "-uall", "--no-renames")
        told = self._run(*how, "--", str(self.top / folder)).decode("utf-8", "surrogateescape")
        return [line[3:] for line in told.split("\0") if line]

    def commit_tree(self, tree: str, parents: Sequence[str], message: str, when: str) -> str:
        """The id of a new commit, signed where Git is set up to sign; ``when`` is ISO with its offset."""
        sign = self._signs("commit.gpgSign")
        extra = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        on_top = [part for parent in parents for part in ("-p", parent)]
        arguments = ("commit-tree", *(["-S"] if sign else []), *on_top, "-F", "-", tree)
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
        self.lines("config", "--file", str(place / "config"), "include.path", self.settings_file())
        return {"GIT_DIR": str(place), "GIT_OBJECT_DIRECTORY": self._place("objects")}

    def _signs(self, key: str) -> bool:
        return self.config(key) is not None and self.ask("config", "--type=bool", "--get", key) == "true"

    def _signed(self, *arguments: str, data: bytes, extra: dict[str, str], sign: bool) -> bytes:
        """What git printed that may have to sign: then it keeps the terminal, for the passphrase of a key."""
        try:
            return self._run(*arguments, data=data, extra=extra, apart=not sign)
        except GitFailed as error:
            raise _unsigned(error.said) if sign and not error.hint else error from None

    def tags(self, folder: str, of: str | None = None) -> list[tuple[str, str, str]]:
        """Every tag below a folder such as "approved": its name, and the kind and id of what it stands for.

        With ``of`` only those of commits in that one's history.
        """
        form = "--format=%(refname:lstrip=2) %(objecttype) %(objectname)"
        merged = ("--merged", of) if of else ()
        lines = self.lines("for-each-ref", form, *merged, "--", f"refs/tags/{folder}/")
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

    def set_refs(self, refs: Mapping[str, str]) -> None:
        """Set refs, by full name, all at once and whatever they were."""
        self.lines("update-ref", "--stdin", data="".join(f"update {name} {at}\n" for name, at in refs.items()).encode())

    def drop_refs(self, names: Sequence[str]) -> None:
        """Take away refs, by full name, all at once."""
        self.lines("update-ref", "--stdin", data="".join(f"delete {name}\n" for name in names).encode())

    def unstage(self, paths: Sequence[str]) -> None:
        """Let the index hold some paths as the branch has them; no file is touched."""
        self.lines("-C", str(self.top), "--literal-pathspecs", "reset", "-q", "--", *paths)

    def check_out(self, branch: str) -> None:
        """Make a branch, by full name, the one that is checked out; no file is touched."""
        self.lines("symbolic-ref", "HEAD", branch)

    def release_ref(self, name: str, wanted: str, begun: int) -> None:
        """Take away the lock of a ref that was to stand for ``wanted``, where a git of ours was killed and left it.

        Another git holds one for a moment only, or since before ``begun`` (in nanoseconds), or writes something else.
        """
        lock = (self.git_dir if name == "HEAD" else self.shared_dir) / f"{name}.lock"
        deadline = time.monotonic() + PATIENCE
        with suppress(FileNotFoundError):
            while (since := lock.stat()).st_mtime_ns >= begun:
                said = lock.read_text("utf-8", "replace").strip()
                if not wanted.startswith(said):
                    return
                if said == wanted or time.time() - since.st_mtime > PATIENCE or time.monotonic() > deadline:
                    lock.unlink()
                time.sleep(0.05)

    def lay_out(self) -> None:
        """Make the files of the branch lie in the folder, in place of whatever lies there."""
        self.lines("reset", "-q", "--hard")

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


def _quoted(path: Path) -> str:
    """A path as git reads it from a line, whatever its name."""
    return '"{}"'.format(str(path).replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n"))


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
    init(folder)
    return GitRepo(folder)
