"""One record in several places: what the shared one has is taken in, what is new here is handed over."""

import shlex
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from atbtst_cli.acts.merging import Looks, join
from atbtst_cli.acts.soundness import judge
from atbtst_cli.errors import AtbtstError, Declined, Finding, Invalid, Refused
from atbtst_cli.language import _, ngettext
from atbtst_cli.models.change import Change
from atbtst_cli.models.council import Council
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.rules import seals
from atbtst_cli.rules.checks import added
from atbtst_cli.rules.merging import Conflict
from atbtst_cli.store.choices import Choices
from atbtst_cli.store.crossing import Crossing
from atbtst_cli.store.history import Step, between, is_of_day
from atbtst_cli.store.layout import BUILT, KINDS, SETTINGS, key_of
from atbtst_cli.store.load import record_at
from atbtst_cli.store.remote import Fetched, Remote
from atbtst_cli.store.transaction import Store
from atbtst_cli.store.tree import CommitTree
from atbtst_cli.views import sealed

TRIES = 8
"""How often the shared record is fetched and joined anew because somebody else was quicker."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: the commits that came in and those that were handed over, newest first, and what was decided.

    ``commit`` is the branch's newest commit afterwards; ``replaced`` names tags in whose place the shared ones stand
    now, ``disputed`` those that are another thing there than here.
    """

    commit: str
    received: tuple[Step, ...] = ()
    sent: tuple[Step, ...] = ()
    decided: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    left: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


def sync(
    store: Store,
    remote: Remote,
    fetched: Fetched,
    looks: Looks,
    today: date,
    tell: Callable[[Synced], None],
) -> Synced:
    """Take in what was fetched from the shared record, and hand over what it has not.

    Conflicted where both changed the same; Refused where the shared record cannot be reached, or does not take the
    change. Nothing is changed here then, but for what came in before: that is told to ``tell``.
    """
    choices, done = Choices(store.repo), Synced("")
    for _turn in range(TRIES):
        _refuse_other_branches(remote, fetched)
        try:
            done = _taken_in(store, fetched, choices, looks, today, done)
            done = _with_tags(store, fetched, done)
            fresh = between(store.repo, fetched.tip, done.commit)
            tags = _tags_to_send(store, fetched)
            if done.commit == fetched.tip and not tags:
                return done
            _refuse_broken(store, fetched.tip, done.commit, today)
            commit = _dated(store, fetched.tip, done.commit, fresh, today)
            if _handed_over(remote, commit, tags):
                if commit != done.commit:
                    done = _taken_in(store, replace(fetched, tip=commit), choices, looks, today, done)
                return replace(done, sent=tuple(fresh))
        except AtbtstError:
            tell(done)
            raise
        known, fetched = fetched.tip, remote.fetch()
    tell(done)
    if fetched.tip == known:
        raise _locked_there(remote)
    raise Refused(
        _("Others changed the shared record {count} times while yours was on its way.").format(count=TRIES),
        _("What they did is here now. Try again in a moment: {command}").format(command="atbtst sync"),
    )


def _locked_there(remote: Remote) -> Refused:
    return Refused(
        _("The shared record at {where} is locked, though nobody changes it.").format(where=remote.shown),
        _(
            "Try again in a moment. If it stays so, whoever runs it takes files away there whose names end in .lock. "
            "Your changes are kept here."
        ),
    )


def crossing(store: Store, remote: Remote) -> Crossing | None:
    """Where the record here and the shared one meet, as far as that is known without asking there.

    None where one of them has all that the other has.
    """
    mine, theirs = store.repo.commit_of("HEAD"), store.repo.commit_of(remote.tracking)
    if mine is None or theirs is None or store.repo.contains(mine, theirs) or store.repo.contains(theirs, mine):
        return None
    return store.crossing(mine, theirs)


def _refuse_other_branches(remote: Remote, fetched: Fetched) -> None:
    if fetched.others:
        raise Refused(
            _("The shared record has no branch {branch}, but it has {others}.").format(
                branch=remote.branch, others=", ".join(fetched.others)
            ),
            _("If that is the record, call yours the same: {command}").format(
                command=" && ".join(map(shlex.join, _called(fetched.others[0])))
            ),
        )


def _called(branch: str) -> tuple[list[str], ...]:
    """The commands that call the branch here as it is called there, and let it follow that one."""
    follow = ["git", "config", f"branch.{branch}.merge", f"refs/heads/{branch}"]
    return ["git", "branch", "-m", "--", branch], follow


def _refuse_broken(store: Store, shared: str | None, commit: str, today: date) -> None:
    """Refuse to hand over errors that the shared record has not; commits made by plain Git are checked by nobody."""
    if errors := _errors_between(store, shared or store.repo.empty_tree, commit, today):
        raise Invalid(
            _("What was changed here leaves errors in the record, so it was not handed over."),
            _("Mend them, then: {command}").format(command="atbtst sync"),
            errors,
        )


def _dated(store: Store, shared: str | None, commit: str, fresh: Sequence[Step], today: date) -> str:
    """What is handed over: a commit by which the shared record tells on which day it came in, if it was made earlier.

    The same where a merge by plain Git took the shared record into the line here instead of the other way round.
    """
    if shared is None or shared == commit or is_of_day(store.repo, shared, commit, today):
        return commit
    return store.standing_on(shared, commit, f"{_subject(fresh)}\n\n{_body(fresh, ())}\n")


def _handed_over(remote: Remote, commit: str, tags: Mapping[str, str]) -> bool:
    try:
        return remote.push(commit, tags)
    except KeyboardInterrupt:
        raise Declined(
            _("Interrupted while the changes were handed over; they may have arrived or not."),
            _("Nothing is lost. See with: {command}").format(command="atbtst sync"),
        ) from None


def _errors_between(store: Store, old: str, new: str, today: date) -> tuple[Finding, ...]:
    """The errors of a commit's records and approved documents that another commit has not."""
    paths, after = store.between(old, new), store.council(new)
    try:
        before = store.council(old)
    except (Invalid, Refused):
        return ()  # its settings cannot be read, and whoever puts them right must be able to share that
    touched = {key for path in paths if (key := key_of(path))}
    records = (*added(before, after, touched, today), *_unread(before, after, touched, paths))
    tree = store.at(new)
    documents = (*sealed.marked(tree, paths), *_unsealed(tree, paths), *_gone(before, after, touched))
    return tuple(dict.fromkeys((*records, *documents)))


def _unsealed(tree: CommitTree, paths: Collection[str]) -> Iterator[Finding]:
    """What is found where documents at some paths are not those that were approved; no rule reads documents."""
    for folder in {found["folder"] for found in map(BUILT.fullmatch, paths) if found}:
        meeting = record_at(tree, path := f"{folder}/meeting.yaml")
        if isinstance(meeting, Meeting):
            yield from (finding for finding in sealed.findings(tree, meeting, path) if finding.path in paths)


def _gone(before: Council, after: Council, touched: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """What is found where approved minutes are no longer there at all; no command takes them away."""
    for key in (key for kind, key in touched if kind == "meetings" and key not in after.meetings):
        meeting = before.meetings.get(key)
        if meeting and meeting.approval:
            hint = _("See: {command}").format(command=f"atbtst minutes verify {key}")
            yield Finding("seal-broken", "error", _("it is gone"), before.paths["meetings", key], hint=hint)


def _unread(
    before: Council, after: Council, keys: Collection[tuple[str, str]], paths: Collection[str]
) -> list[Finding]:
    """What is found where records of some keys, at these paths, cannot be read now, and could before."""
    for council in (before, after):
        for kind, record_id in keys:
            if kind in KINDS:
                getattr(council, kind).get(record_id)
    return [finding for finding in after.findings if finding.path in paths and finding not in before.findings]


def _taken_in(store: Store, fetched: Fetched, choices: Choices, looks: Looks, today: date, before: Synced) -> Synced:
    """What was done before, and what the shared record has now taken in."""
    old = store.repo.commit_of("HEAD")
    if fetched.tip is None:
        return replace(before, commit=old or "")

    def act(crossing: Crossing) -> Change[list[str]]:
        own = between(store.repo, crossing.base, crossing.own)
        change = join(crossing, choices.made(crossing.base), looks)
        decided = _named(crossing, change.answer, today)
        return Change(decided, _subject(own), _body(own, decided), (), change.records, change.documents)

    _refuse_unreadable(store, old, fetched.tip)
    done = store.merge(fetched.tip, act, judge(today))
    if done.commit is None:
        return replace(before, commit=old or "")
    choices.forget()
    found = dict.fromkeys((*done.findings, *(_errors_between(store, old, done.commit, today) if old else ())))
    return replace(
        before,
        commit=done.commit,
        received=(*between(store.repo, old, fetched.tip), *before.received),
        decided=(*before.decided, *(done.answer or ())),
        findings=(*before.findings, *found),
        left=(*before.left, *done.left),
    )


def _refuse_unreadable(store: Store, old: str | None, tip: str) -> None:
    """Refuse what no command could go on from: settings that cannot be read, or that are too new for this program."""
    if old in (None, tip) or not store.repo.contains(tip, old):
        return
    try:
        store.council(tip)
    except Invalid as error:
        step = next(iter(store.history(SETTINGS, old, tip)), None)
        raise Invalid(
            _("The settings of the shared record cannot be read any more, so nothing was taken in."),
            _("Whoever changed them has to put them right and share that: {who}").format(
                who=f"{step['author']}, {step['date']}" if step else "–"
            ),
            tuple(replace(finding, hint="") for finding in error.findings),
        ) from None


def _named(crossing: Crossing, decided: Sequence[Conflict], today: date) -> list[str]:
    """What was decided, in words."""
    if not decided:
        return []
    from atbtst_cli.views import conflicts  # needed seldom, and it takes long to be there

    return [conflicts.named(crossing.council, one, today) for one in decided]


def _subject(own: Sequence[Step]) -> str:
    names = ", ".join(sorted({step["author"] for step in own}))
    said = ngettext("{count} change by {names}", "{count} changes by {names}", len(own))
    return "sync: " + said.format(count=len(own), names=names)


def _body(own: Sequence[Step], decided: Sequence[str]) -> str:
    """What the commit of a merge says below its subject: the changes that it brings in, and what was decided."""
    lines = [f"- {step['date']} {step['subject']}" for step in own]
    if decided:
        lines += ["", _("Decided:"), *(f"- {one}" for one in decided)]
    return "\n".join(lines)


def _with_tags(store: Store, fetched: Fetched, done: Synced) -> Synced:
    """What was done, once the tags of shared approvals are here too.

    One that is another here gives way where the shared record never had it; else both stay, and it is told.
    """
    repo, moves, replaced, disputed = store.repo, {}, [], []
    known = {name: what for name, _kind, what in repo.tags(seals.FOLDER)}
    for name, tag in fetched.tags.items():
        mine = known.get(name)
        if mine == tag or seals.named(name) is None:
            continue
        if mine and (fetched.tip is None or repo.contains(fetched.tip, mine)):
            disputed.append(name)
            continue
        moves[f"refs/tags/{name}"] = tag
        replaced += [name] if mine else []
    if moves:
        repo.set_refs(moves)
    return replace(done, replaced=(*done.replaced, *replaced), disputed=tuple(disputed))


def _tags_to_send(store: Store, fetched: Fetched) -> dict[str, str]:
    """The approvals of this branch that the shared record has no tag of yet."""
    tags = store.repo.tags(seals.FOLDER, of="HEAD")
    return {name: what for name, _kind, what in tags if name not in fetched.tags}
