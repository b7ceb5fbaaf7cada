"""The texts that are not in the record yet: named, gone on with, thrown away."""

from dataclasses import dataclass
from datetime import date

from atbtst_cli.acts.sheets import Request, meant_day, recorded
from atbtst_cli.commands.session import Session
from atbtst_cli.commands.sitting import Sitting
from atbtst_cli.errors import UsageError
from atbtst_cli.language import _
from atbtst_cli.models.council import Council
from atbtst_cli.models.directory import Directory
from atbtst_cli.models.problems import made
from atbtst_cli.output import Column, Row
from atbtst_cli.sheet.text import decode
from atbtst_cli.store.sheets import Kept, Sheets
from atbtst_cli.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that is not in the record yet: what it was begun for, and the day and the meeting that it means now."""

    kept: Kept
    request: Request
    day: date
    meeting: str

    @property
    def told(self) -> str:
        """What is said of it."""
        said = _("A text for {meeting} is waiting, last changed {time}.")
        return said.format(meeting=self.meeting, time=self.changed)

    @property
    def command(self) -> str:
        """The command that goes on with it."""
        return f"atbtst minutes resume {self.kept.name}"

    @property
    def changed(self) -> str:
        """When somebody last changed it."""
        return f"{self.kept.saved:%Y-%m-%d %H.%M}"


def waiting(session: Session, workspace: Workspace) -> list[Waiting]:
    """The texts that are not in the record yet, the latest first; one that is there after all is kept no longer."""
    sheets = Sheets(session.store(workspace).repo)
    texts = sheets.all()
    if not texts:
        return []
    council = workspace.council()
    found = []
    for kept in texts:
        text, _found = decode(kept.data)
        one = _understood(council, kept, text)
        if one and recorded(council, one.request, text):
            sheets.discard(kept.name)
            said = _("The text for {meeting} is in the record already, so it waits no longer.")
            session.output.say(said.format(meeting=one.meeting))
        elif one:
            found.append(one)
    return found


def _understood(council: Council, kept: Kept, text: str) -> Waiting | None:
    """What a text means now; None for one that another version of this program kept."""
    try:
        request = made(Request, **kept.about)
    except UsageError:
        return None
    day = meant_day(council, request, text)
    return Waiting(kept, request, day, f"{Directory(council, day).body(request.network)} {day}")


def list_kept(session: Session, workspace: Workspace) -> None:
    """List the texts that are not in the record yet."""
    texts = waiting(session, workspace)
    if not texts:
        session.output.say(_("No text is waiting; everything is in the record."), "good")
        return
    columns = (Column(_("Meeting")), Column(_("Last changed")), Column(_("Name")), Column(_("File"), grows=True))
    rows = [Row((one.meeting, one.changed, one.kept.name, str(one.kept.path))) for one in texts]
    session.output.table(columns, rows, below=(3,))
    session.output.say(_("Go on with: {command}").format(command=texts[0].command))
    session.output.say(_("Throw it away with: {command}").format(command=f"{texts[0].command} --discard"))


def went_on(session: Session, workspace: Workspace, network: str, day: date | None, *, asked: bool) -> bool:
    """Name the texts for a body that wait; whether the person, asked about those for the day, went on with one."""
    for one in waiting(session, workspace):
        if one.request.network != network:
            continue
        session.output.say(one.told)
        if not (asked and session.interactive and day in (None, one.day)):
            session.output.say(_("Go on with: {command}").format(command=one.command))
        elif session.confirm(_("Go on with it?"), default=True):
            _go_on(session, workspace, one)
            return True
    return False


def resume(session: Session, workspace: Workspace, name: str) -> None:
    """Go on with a text that is kept, unless it turns out to be in the record."""
    Sheets(session.store(workspace).repo).get(name)
    for one in waiting(session, workspace):
        if one.kept.name == name:
            _go_on(session, workspace, one)


def _go_on(session: Session, workspace: Workspace, one: Waiting) -> None:
    Sitting(session, workspace, one.request, one.kept.name).go_on(one.kept.path.read_bytes())


def discard(session: Session, workspace: Workspace, name: str) -> None:
    """Throw away a text that is kept."""
    sheets = Sheets(session.store(workspace).repo)
    sheets.get(name)
    sheets.discard(name)
    session.output.say(_("Thrown away: {name}").format(name=name))
