"""What can be wrong with the files of the record as files, whatever they say."""

from collections.abc import Collection, Iterator, Sequence

from atbtst_cli.acts.ailments.ailment import Ailment, Look, Patient
from atbtst_cli.language import _
from atbtst_cli.store import health
from atbtst_cli.store.layout import key_of

LINK = "120000"
"""The mode by which Git keeps a symbolic link."""


def conflicts(patient: Patient) -> Iterator[Ailment]:
    """Files of which there are two versions until somebody decides."""
    unmerged = health.unmerged(patient.repo)
    marked = [patient.prefix + path for path in health.marked(patient.tree)]
    for path in sorted({*unmerged, *marked}):
        message = _("{path} holds what two people wrote, and waits for a decision.").format(path=path)
        yield Ailment("conflict", message, _way_out(patient, path, unmerged.get(path)))


def _way_out(patient: Patient, path: str, sides: Collection[str] | None) -> str:
    """The commands by which somebody decides about a file, of which the index holds some sides."""
    middle = patient.repo.in_the_middle_of()
    if sides and middle:
        gone = patient.git("rm", "-f", "-q", "--", path)
        take = {
            side: patient.git("checkout", how, "--", path) if side in sides else gone
            for side, how in (("2", "--ours"), ("3", "--theirs"))
        }
        # A rebase puts what was made here on top of what came in: Git calls that one ours.
        mine, theirs = ("3", "2") if "rebase" in middle else ("2", "3")
        return _(
            "Take it as it stood here, with: {mine}\nor as it came in, with: {theirs}\nand then run: {add}"
        ).format(mine=take[mine], theirs=take[theirs], add=patient.git("add", "--all", "--", path))
    commit = health.whole_before(patient.repo, path)
    if commit is None:
        return _("Decide which lines hold, and take out the lines with <<<<<<<, ======= and >>>>>>>.")
    command = patient.git("restore", f"--source={commit}", "--staged", "--worktree", "--", path)
    told = _("Take it as it was last saved without marks, with: {command}").format(command=command)
    if sides is None:
        return told
    return told + "\n" + _("What Git had put aside, it still has; see: {command}").format(command="git stash show -p")


def unsaved(patient: Patient) -> Iterator[Ailment]:
    """Records that Git does not keep, so that nobody else ever gets them."""
    for message, ignored in (
        (_("{paths} is not part of the record yet; no commit holds it."), False),
        (_("{paths} is not part of the record, since .gitignore tells Git to leave it out."), True),
    ):
        paths = [path for path in health.strangers(patient.repo, patient.root, ignored=ignored) if key_of(path)]
        if paths:
            add = patient.git("add", *(("-f",) if ignored else ()), "--", *paths, folder=patient.root)
            hint = _("Save it with: {add}\nand then: {commit}").format(
                add=add, commit=patient.git("commit", "-m", _("why"), "--", *paths, folder=patient.root)
            )
            yield Ailment("unsaved", message.format(paths=", ".join(paths)), hint)


def no_records(patient: Patient) -> Iterator[Ailment]:
    """Records that are no files of their own: symbolic links, and pointers of Git LFS."""
    kept = {path: entry for path, entry in health.tracked(patient.repo, patient.root).items() if key_of(path)}
    links = [path for path in kept if (patient.root / path).is_symlink() or kept[path][0] == LINK]
    pointers = health.pointers(patient.tree, (path for path in kept if path not in links))
    yield from _each("link", _("{path} is a symbolic link, and no record is read through one."), links)
    yield from _each("pointer", _("{path} is a pointer of Git LFS, and not the record itself."), pointers)


def _each(name: str, message: str, paths: Sequence[str]) -> Iterator[Ailment]:
    hint = _("Put a plain file with the record in its place.")
    yield from (Ailment(name, message.format(path=path), hint) for path in paths)


def twins(patient: Patient) -> Iterator[Ailment]:
    """Files whose names are one and the same on another system, where one of them would vanish."""
    for paths in health.twins(health.tracked(patient.repo, patient.root)):
        yield Ailment(
            "twins",
            _("On some computers these are one and the same file: {paths}").format(paths=", ".join(map(ascii, paths))),
            _("Take one of them away, or give it another name with: {command}").format(
                command=patient.git("mv", "--", paths[1], "NEW-NAME", folder=patient.root)
            ),
        )


LOOKS: tuple[Look, ...] = (conflicts, unsaved, no_records, twins)
