"""How plain Git merges records: by this program, as the clone's own settings tell it; loudly where that is gone."""

import shlex
import sys

from atbtst_cli.store.gitrepo import GitRepo

NAME = "atbtst: records, field by field"
MERGED, CONFLICT = 0, 5
"""The exit codes by which ``atbtst merge-driver`` says that it wrote the file, whole or with marks of a conflict."""
LABELS = "-L here -L before -L incoming"


def command(interpreter: str = sys.executable) -> str:
    """The line that Git gives to a shell to merge one record.

    It needs no ``atbtst`` on the PATH, and takes no module from the folder that is merged. Whatever else ends it than
    the program's own word, such as a program that is gone, leaves both sides in the file and a conflict in Git: a
    driver that only fails would leave the one side there without a mark.
    """
    program = shlex.quote(interpreter).replace("%", "%%")
    return (
        f"test -x {program} && {program} -P -m atbtst_cli merge-driver %O %A %B %P; "
        f"case $? in {MERGED}) exit 0;; {CONFLICT}) exit 1;; esac; "
        "echo %P: 'atbtst doctor --fix' >&2; "
        f"git merge-file --diff3 {LABELS} %A %O %B 2>&1 >&2; test $? -lt 128 || "
        "{ { echo '<<<<<<< here'; cat %A; echo; echo '======='; cat %B; echo; echo '>>>>>>> incoming'; } >%A.both"
        " && mv -f %A.both %A; }; exit 1"
    )


def registered(repo: GitRepo) -> bool:
    """Whether this clone's Git merges records by this very program."""
    return all(repo.config(key) == value for key, value in _settings().items())


def register(repo: GitRepo) -> bool:
    """Let this clone's Git merge records by this program; True where its settings had to change."""
    if registered(repo):
        return False
    for key, value in _settings().items():
        repo.set_config(key, value)
    return True


def _settings() -> dict[str, str]:
    """What this clone's Git has to be told."""
    return {
        # In this order: with a name and no command Git would refuse to merge anything.
        "merge.atbtst.driver": command(),
        "merge.atbtst.name": NAME,
        # A meeting that went and another one that came is no meeting that was renamed: what was written in the old one
        # does not belong into the new one. Git's usual way to merge does not listen to this; its older way does.
        "merge.renames": "false",
        "pull.twohead": "recursive",
    }
