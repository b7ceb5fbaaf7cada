"""What every language has to give: the words of the sheet, and the words of documents."""

from collections.abc import Mapping
from typing import NamedTuple

Words = tuple[str, ...]
"""The spellings of one thing; the first one is the one we write."""


class SheetWords(NamedTuple):
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
    asked: Mapping[str, Words]
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
    matter_notes: Mapping[str, str]
    members: str
    reminder: Words
    grammar: str


class DocumentWords(NamedTuple):
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
    quorate: Mapping[bool | None, str]
    seats_taken: str
    seats_unknown: str
    seat_or_seats: Words
    taken_partly: str
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
    matter_closed: str
    referral: str
    referral_out: str
    asked: Mapping[str, str]
    answer: str
    votes: str
    reservation: str
    supersedes: str
    internal: str
    withheld: Mapping[str, str]
    withheld_title: str
    former_member: str

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
    brought_matter: str
    brought_answer: str
    brought_own: str
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

    # Extracts
    extract: str
    extract_of: str
    extract_of_draft: str
    rest: str
    rest_of_items: str
    passages: str
    minuted: str
    minuted_draft: str
    not_minuted: str
    drafts_left_out: str

    # The way of a matter
    raised: str
    raised_by: str
    raised_at: str
    lies_with: str
    lies_since: str
    closed: str
    papers: str
    about: str
    way: str
    not_sent: str
    sender: str
    receiver: str
    role: str
    roles: Mapping[str, str]
    sent: str
    answered: str
    waits: str
    asks_nothing: str
    withdrawn: str
    days: str

    # The book of a body's year
    yearbook: str
    period: str
    meetings: str
    no_meetings: str
    present: str
    minutes_state: str
    approved_on: str
    not_approved: str
    archived: str
    attendance_by_seat: str
    taken_by: Mapping[str, str]
    no_attendance: str
    no_decisions: str
    meeting: str
    state: str
    superseded: str
    items_by_month: str
    opened: str
    done: str
    month: str
    months_told: str
    nothing_by_month: str
    closed_items: str
    open_items: str
    none: str
    added_on: str
    closed_on: str
    closed_as: Mapping[str, str]
    matters: str
    raised_matters: str
    sent_matters: str

    # What every document needs
    conjunction: str
    page: str
    skip: str
