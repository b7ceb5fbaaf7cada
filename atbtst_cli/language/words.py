"""What every language has to give: the words of the sheet, and the words of documents."""

from collections.abc import Mapping
from dataclasses import dataclass

Words = tuple[str, ...]
"""The spellings of one thing; the first one is the one we write."""


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words a secretary types, each with its spellings, and the words of a prefilled sheet."""

    # What a line begins with
    markers: Mapping[str, Words]
    labels: Mapping[str, Words]
    signature: Words
    minutes: Words
    titles: Mapping[str, Words]
    common: Words

    # What stands in a marker's head
    outcomes: Mapping[str, Words]
    reasons: Mapping[str, Words]
    reason_signs: Mapping[str, str]
    not_dropped: Words
    internal: Words
    conjunctions: Words

    # Days and times
    due: Words
    due_at_meeting: str
    next_meeting: Words
    week: Words
    clock: Words
    until: Words
    months: tuple[Words, ...]
    weekdays: tuple[Words, ...]
    nearby: Mapping[int, Words]
    ordinals: Mapping[int, Words]
    except_: Words
    series: Words

    # Who was there
    substitute: Words
    roles: Mapping[str, Words]
    away: Mapping[str, Words]
    partly: Words
    nobody: Words
    modes: Words

    # What findings tell people to write
    examples: Mapping[str, str]

    # What a prefilled sheet says in its comment lines
    to_correct: str
    line: str
    open_item: str
    members: str
    reminder: Words
    grammar: str


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """The words that documents print around the council's own."""

    # The title block
    title: str
    draft: str
    cancelled: str
    restricted: str
    date: str
    moved: str
    place: str
    mode: str
    chair: str
    secretary: str
    adjusters: str
    reference: str
    reason: str
    modes: Mapping[str, str]

    # Attendance
    attendance: str
    name: str
    seat: str
    remark: str
    statuses: Mapping[str, str]
    substitute: str
    unnamed: str
    arrived: str
    arrived_at: str
    left: str
    left_at: str

    # Decisions and actions
    decision: str
    outcomes: Mapping[str, str]
    outcome_to: str
    action: str
    owner: str
    due: str
    next_due: str
    id: str
    progress: Mapping[str, str]

    # Lines with a label
    dropped: str
    deferred: str
    approvals: Mapping[str, str]
    next_time: str
    matter: str
    referral: str
    answer: str
    votes: str
    reservation: str
    internal: str
    withheld: Mapping[str, str]
    withheld_title: str

    # After the last agenda item
    signature: str
    adjusted: str
    approval: str
    approved: Mapping[str, str]
    approved_by: str
    approved_at: str
    approved_before: str
    amendments: str
    day: str
    by: str
    summary: str
    decisions: str
    actions: str
    coming: str
    next_meeting: str
    year_inferred: str
    number: str
    outcome: str
    agenda_item: str

    # The agenda
    agenda: str
    link: str
    called: str
    called_by: str
    presenter: str
    allotted: str
    minutes: str
    brought: str
    background: str
    due_by: str
    added: str
    moved_items: str
    dropped_items: str
    previous: str
    follow_up: str
    minutes_of: str

    # The reports of networks
    report: str
    report_of: str
    no_report: str
    nobody_came: str
    report_reminder: Words

    # Letters
    greeting: str
    greeting_all: str
    call_subject: str
    call_text: str
    changed_subject: str
    changed_text: str
    cancelled_subject: str
    cancelled_text: str
    agenda_attached: str
    papers_attached: str
    calendar_attached: str
    call_answer: str
    draft_subject: str
    draft_text: str
    draft_answer: str
    approved_subject: str
    approved_text: str
    minutes_attached: str
    reminder_subject: str
    reminder_text: str
    reminder_answer: str
    reminder_commands: str
    reminder_news: str
    overdue: str
    latest_news: str
    regards: str

    # The calendar
    meeting_of: str

    # What every document needs
    conjunction: str
    page: str
    skip: str
