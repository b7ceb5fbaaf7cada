"""The matters of one meeting while its minutes are worked through, and what everybody who does so has to know."""

from functools import cached_property

from atbtst_cli.errors import Finding
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.item import Origin
from atbtst_cli.models.matter import Matter, Referral, Step
from atbtst_cli.models.meeting import AgendaItem, Meeting
from atbtst_cli.models.person import Person
from atbtst_cli.rules import carry, matters, seats
from atbtst_cli.rules.succession import estate
from atbtst_cli.views import matters as view


class Desk:
    """Matters on their way from one state to another: ``now`` has them as they become, by id; None is taken back.

    ``before`` is an earlier version of the minutes, where these correct one.
    """

    def __init__(self, council: Council, before: Meeting | None, meeting: Meeting) -> None:
        """Begin with the matters on record."""
        self.council = council
        self.before = before
        self.meeting = meeting
        self.bodies = carry.bodies(meeting)
        self.names = Directory(council, meeting.date)
        self.now: dict[str, Matter | None] = {}
        self.findings: list[Finding] = []

    def name(self, body: str) -> str:
        """What people call a body or instance on the meeting's day."""
        return view.name(self.council, body, self.meeting.date)

    def matter(self, key: str) -> Matter | None:
        """The matter as it is now."""
        return self.now[key] if key in self.now else self.council.matters.get(key)

    def recorded(self, matter: Matter) -> Matter:
        """The matter as it is on record; as it is now, where it is new."""
        return self.council.matters.get(matter.id, matter)

    def then(self, matter: Matter) -> Matter:
        """The matter as it stood at the meeting: what was done on later days is not known there."""
        return matters.as_on(matter, self.meeting.date)

    def in_order(self, matter: Matter) -> Matter:
        """The matter with its sendings in the order in which they are on record, new ones last.

        One that continued a sending which was taken back continues nothing.
        """
        order = {one.id: place for place, one in enumerate(self.recorded(matter).referrals)}
        there = {one.id for one in matter.referrals}
        whole = (
            one.model_copy(update={"parent": one.parent if one.parent in there else None}) for one in matter.referrals
        )
        referrals = sorted(whole, key=lambda one: order.get(one.id, len(order)))
        return matter.model_copy(update={"referrals": tuple(referrals)})

    @cached_property
    def earlier(self) -> dict[str, AgendaItem]:
        """The agenda items of the earlier version, by their ids."""
        return {item.id: item for item in self.before.items()} if self.before else {}

    @cached_property
    def chair(self) -> Person | None:
        """Who answers and sends for the meeting."""
        return self.meeting.chair or seats.chair(self.council, self.meeting.network, self.meeting.date)

    @cached_property
    def here(self) -> frozenset[str]:
        """The bodies that meet, and the dissolved ones for which they go on."""
        return carry.ours(self.council, self.meeting)

    def estate(self, body: str) -> frozenset[str]:
        """A body, and the dissolved ones for which it goes on."""
        return estate(self.council, body, self.meeting.date)

    def place(self, item: AgendaItem) -> str:
        """An agenda item of the meeting, as steps name it."""
        return f"{self.meeting.id}/{item.id}"

    def raised_in(self, item: AgendaItem) -> Origin:
        """The origin of a matter that was raised in that agenda item."""
        return Origin(meeting=self.meeting.id, agenda_item=item.id)

    def is_own(self, step: Step | None) -> bool:
        """Whether a step was taken at this meeting."""
        return step is not None and (step.at or "").partition("/")[0] == self.meeting.id

    def awaited(self, matter: Matter, body: str) -> Referral | None:
        """The sending of the meeting's bodies to that one which waits for an answer, in an open matter."""
        waiting = [one for one in self.then(matter).referrals if one.waits and one.to == body]
        return self._open(matter, [one for one in reversed(waiting) if one.from_ in self.here])

    def received(self, matter: Matter) -> Referral | None:
        """The sending by which an open matter lies with one of the bodies that meet."""
        return self._open(matter, [one for one in matters.leaves(self.then(matter)) if one.to in self.here])

    def goes_on(self, matter: Matter) -> bool:
        """Whether something was done with the matter after the meeting's day; then it did not end there."""
        return any(step.date > self.meeting.date for one in matter.referrals for step in one.steps)

    def _open(self, matter: Matter, then: list[Referral]) -> Referral | None:
        """The first of the sendings that waited at the meeting which still does, in an open matter."""
        now = (matter.referral(one.id) for one in then)
        return None if matter.closed else next((one for one in now if one and one.waits), None)

    def warn(self, rule: str, message: str, hint: str = "", *, see: Matter | None = None) -> None:
        """Say something that a person should look at; ``see`` is the matter that it is about."""
        shown = _("See: {command}").format(command=f"atbtst matter show {see.id}") if see else hint
        self.findings.append(Finding(rule, "warning", message, hint=shown))
