"""Everything one council has on record, at one moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from atbtst_cli.errors import Finding
from atbtst_cli.models.item import ActionItem
from atbtst_cli.models.mailing import Mailing
from atbtst_cli.models.matter import Matter
from atbtst_cli.models.meeting import Meeting
from atbtst_cli.models.member import Member
from atbtst_cli.models.network import Network
from atbtst_cli.models.report import Report
from atbtst_cli.models.settings import Settings


@dataclass(frozen=True, slots=True)
class Council:
    """The records of one moment, each kind by id.

    The mappings may read a record only when it is asked for; ``in`` and iteration tell which files there are, a
    look-up of a file that cannot be read is a KeyError, and its finding is then in ``findings``.
    ``paths`` tells the file of each record, by kind (the field's name here, such as "items") and id, and ``papers`` the
    names of the papers that lie beside it. ``beside`` are the other files that lie among the records.
    """

    settings: Settings
    members: Mapping[str, Member] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    items: Mapping[str, ActionItem] = field(default_factory=dict)
    matters: Mapping[str, Matter] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    mailings: Mapping[str, Mailing] = field(default_factory=dict)
    paths: Mapping[tuple[str, str], str] = field(default_factory=dict)
    papers: Mapping[tuple[str, str], Collection[str]] = field(default_factory=dict)
    beside: Collection[str] = ()
    findings: list[Finding] = field(default_factory=list)
