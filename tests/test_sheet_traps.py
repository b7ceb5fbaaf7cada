"""Everything that has fooled a reader of minutes: near misses, escapes, markers in two languages, odd characters."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_example import DIRECTORY, PIECES, draws, meeting

import atbtst_cli.sheet
from atbtst_cli.errors import Finding
from atbtst_cli.language import LANGUAGES, use, words
from atbtst_cli.models.meeting import (
    ActionBlock,
    AnswerBlock,
    ApprovalBlock,
    ArrivedBlock,
    Block,
    DecisionBlock,
    DeferredBlock,
    DroppedBlock,
    InternalBlock,
    LeftBlock,
    MatterBlock,
    Meeting,
    NextTimeBlock,
    ProgressBlock,
    ReferenceBlock,
    ReferralBlock,
    ReservationBlock,
    SupersedesBlock,
    TextBlock,
    VotesBlock,
)
from atbtst_cli.models.person import Named
from atbtst_cli.sheet.read import Reading, read
from atbtst_cli.sheet.text import decode
from atbtst_cli.sheet.write import write


def reading(text: str, base: Meeting | None = None) -> Reading:
    return read(text, base or meeting(), DIRECTORY, draws())


def item(lines: str, base: Meeting | None = None) -> Reading:
    """A sheet with these lines under one agenda item; they begin on line 4."""
    return reading(f"# RÅD 2026-02-17\n\n## Lönefrågan\n{lines}\n", base)


def body(lines: str) -> tuple[Block, ...]:
    return item(lines).meeting.agenda[0].body


def text_of(lines: str) -> str:
    """The text that the lines are, nothing but text."""
    (block,) = body(lines)
    assert isinstance(block, TextBlock)
    return block.text


ACTION, MATTER = "i-k7q3d9m", "m-7c2k9xa"
MARKERS: list[tuple[str, str, Block]] = [
    ("Beslut: Ja.", "Decision: Ja.", DecisionBlock(decision="d-1", text="Ja.")),
    ("Beslut d-4: Ja.", "Decision d-4: Ja.", DecisionBlock(decision="d-4", text="Ja.")),
    (
        "Beslut (bordläggs till nästa möte): Ja.",
        "Decision (deferred to next meeting): Ja.",
        DecisionBlock(decision="d-1", outcome="deferred", to="next", text="Ja."),
    ),
    (
        "Beslut (avslås): Nej: aldrig.",
        "Decision (rejected): Nej: aldrig.",
        DecisionBlock(decision="d-1", outcome="rejected", text="Nej: aldrig."),
    ),
    (
        f"Åtgärd {ACTION} @ron-at/convenor, @bo-exempel till nästa möte: Boka lokal",
        f"Action {ACTION} @ron-at/convenor, @bo-exempel by next meeting: Boka lokal",
        ActionBlock(action=ACTION, owners=("ron-at/convenor", "bo-exempel"), due="next", text="Boka lokal"),
    ),
    (
        f"Åtgärd {ACTION} @Alva Exempel och @Bosse senast 21 november: Ring",
        f"Action {ACTION} @Alva Exempel and @Bosse by 21 November: Ring",
        ActionBlock(action=ACTION, owners=("alva-exempel", "bo-exempel"), due=date(2026, 11, 21), text="Ring"),
    ),
    (
        f"Åtgärd {ACTION}: mejla a@b.se: nu",
        f"Action {ACTION}: mejla a@b.se: nu",
        ActionBlock(action=ACTION, text="mejla a@b.se: nu"),
    ),
    (f"Klar {ACTION}: Sänt.", f"Done {ACTION}: Sänt.", ProgressBlock(progress=ACTION, closes="done", text="Sänt.")),
    (f"Klar {ACTION}:", f"Done {ACTION}:", ProgressBlock(progress=ACTION, closes="done")),
    (f"Notering {ACTION}: Pågår.", f"Note {ACTION}: Pågår.", ProgressBlock(progress=ACTION, text="Pågår.")),
    (
        f"Utgår {ACTION}: Behövs ej.",
        f"Dropped {ACTION}: Behövs ej.",
        ProgressBlock(progress=ACTION, closes="dropped", text="Behövs ej."),
    ),
    ("Till nästa möte c-9: Lön", "Next time c-9: Lön", NextTimeBlock(next_time="c-9", text="Lön")),
    (
        "Utgår: ingen från nätverket är här",
        "Dropped: ingen från nätverket är här",
        DroppedBlock(dropped="nobody_present", text="ingen från nätverket är här"),
    ),
    ("Utgår (tidsbrist): x", "Dropped (no time): x", DroppedBlock(dropped="no_time", text="x")),
    ("Bordläggs till v. 47: x", "Deferred to week 47: x", DeferredBlock(deferred=date(2026, 11, 22), text="x")),
    ("Bordläggs: x", "Deferred: x", DeferredBlock(deferred="next", text="x")),
    ("Godkänns", "Approved", ApprovalBlock(approval="adopted")),
    ("Godkänns.", "Approved.", ApprovalBlock(approval="adopted")),
    (
        "Godkänns med ändring: Punkt 3.",
        "Approved with changes: Punkt 3.",
        ApprovalBlock(approval="adopted_with_changes", text="Punkt 3."),
    ),
    ("Godkänns inte: Fel dag.", "Not approved: Fel dag.", ApprovalBlock(approval="rejected", text="Fel dag.")),
    ("Intern:\n  Hemligt.", "Internal:\n  Hemligt.", InternalBlock(internal="Hemligt.")),
    (f"Ärende {MATTER}: Lön", f"Matter {MATTER}: Lön", MatterBlock(matter=MATTER, text="Lön")),
    ("Lyft till RÅD: Lön", "Raise to RÅD: Lön", ReferralBlock(referral="rad", text="Lön")),
    ("Till HSN: Lön", "To HSN: Lön", ReferralBlock(referral="hsn", text="Lön")),
    ("Svar från Socialstyrelsen: Ja", "Answer from Socialstyrelsen: Ja", AnswerBlock(answer="sos", text="Ja")),
    ("Röster: 3 mot 1", "Votes: 3 mot 1", VotesBlock(votes="3 mot 1")),
    (
        "Reservation Alva Exempel, David Ny: Mot.",
        "Dissent Alva Exempel, David Ny: Mot.",
        ReservationBlock(reservation=("alva-exempel", Named(name="David Ny")), text="Mot."),
    ),
    ("Beslut § 7: Ja.", "Decision § 7: Ja.", DecisionBlock(decision="d-1", number=7, text="Ja.")),
    (
        "Beslut d-4 § 7 (avslås): Nej.",
        "Decision d-4 § 7 (rejected): Nej.",
        DecisionBlock(decision="d-4", number=7, outcome="rejected", text="Nej."),
    ),
    (
        "Ersätter RÅD § 12/2025: Gäller från maj.",
        "Supersedes RÅD § 12/2025: Gäller från maj.",
        SupersedesBlock(supersedes="2025-11-18-rad/d-1", cited="RÅD § 12/2025", text="Gäller från maj."),
    ),
    (
        "Ersätter rådet 12/2025:",
        "Supersedes rådet 12/2025:",
        SupersedesBlock(supersedes="2025-11-18-rad/d-1", cited="RÅD § 12/2025"),
    ),
    ("Ersätter § 13", "Supersedes § 13", SupersedesBlock(supersedes="2025-11-18-rad/d-3", cited="RÅD § 13/2025")),
    (
        "Ersätter 2025-11-18-rad/d-2:",
        "Supersedes 2025-11-18-rad/d-2:",
        SupersedesBlock(supersedes="2025-11-18-rad/d-2"),
    ),
    ("Diarienummer: RS 2026-123", "Reference number: RS 2026-123", ReferenceBlock(reference="RS 2026-123")),
    ("Dnr RS 2026-123", "Ref. no. RS 2026-123", ReferenceBlock(reference="RS 2026-123")),
    ("Diarienr 2026/45", "Reference number 2026/45", ReferenceBlock(reference="2026/45")),
    ("Kom: Bo Exempel kl. 14.10", "Arrived: Bo Exempel at 14:10", ArrivedBlock(arrived="bo-exempel", at=time(14, 10))),
    ("Gick: Bosse", "Left: Bosse", LeftBlock(left="bo-exempel")),
]


@pytest.mark.parametrize("language", range(2), ids=LANGUAGES)
@pytest.mark.parametrize("case", MARKERS, ids=lambda case: case[0].partition("\n")[0])
def test_every_marker_is_read_in_both_languages(case: tuple[str, str, Block], language: int) -> None:
    """A marked line means its block, at the margin, after one blank, as a list line, in bold, in any case."""
    marked, block = case[language], case[2]
    head, colon, text = marked.partition(":")
    spellings = [word for kind in words(LANGUAGES[language]).SHEET.markers.values() for word in kind]
    keyword = max((word for word in spellings if marked.startswith(word)), key=len)
    ways = {marked, f" {marked}", f"- {marked}", f"1. {marked}", marked.replace(keyword, keyword.upper(), 1)}
    if colon:
        ways |= {f"{head} :{text}", f"**{head}:**{text}", f"**{head}**:{text}", f"- *{head}:*{text}"}
    for way in ways:
        assert body(way) == (block,), way


@pytest.mark.parametrize("case", MARKERS, ids=lambda case: case[0].partition("\n")[0])
def test_a_backslash_makes_text_of_every_marker(case: tuple[str, str, Block]) -> None:
    """The words are kept as they stand; n backslashes mean n - 1, and are written as n again."""
    for marked in (line.partition("\n")[0] for line in case[:2]):
        for escapes in ("\\", "\\\\", "\\\\\\"):
            assert text_of(escapes + marked) == escapes[1:] + marked
        assert text_of(f"- \\{marked}") == f"- {marked}"
        known = item(f"\\{marked}").meeting
        assert f"\n\\{marked}\n" in write(known, DIRECTORY, "sv")


NEAR: list[tuple[str, str, int, int]] = [
    ("near-marker", "Beslt: x", 4, 1),
    ("near-marker", "- Bselut: x", 4, 3),
    ("near-marker", "Åtgrd @bo-exempel: x", 4, 1),
    ("near-marker", "Till nästa mote: x", 4, 1),
    ("near-marker", "Atgärd: x", 4, 1),
    ("near-marker", "Desicion: x\nDecison: x", 5, 1),
    ("bare-marker", "Beslut", 4, 1),
    ("bare-marker", "**Åtgärd**", 4, 3),
    ("no-colon", "Beslut; x", 4, 1),
    ("no-colon", "Beslut – x", 4, 1),
    ("no-colon", "Till nästa möte; x", 4, 1),
    ("no-colon", "Till HSN", 4, 1),
    ("no-colon", "- Till HSN (för kännedom).", 4, 3),
    ("no-colon", "Lyft till rådet", 4, 1),
    ("no-colon", "Svar från hsn", 4, 1),
    ("marker-head", "Beslut d1: x", 4, 1),
    ("marker-head", "Klar i-7x2m4qa @bo-exempel: x", 4, 1),
    ("marker-head", "Klar i-7x2m4qa Sänt", 4, 1),
    ("unknown-id", "Utgår i-12: x", 4, 1),
    ("unknown-id", "Klar i-zzzzzzz: x", 4, 1),
    ("unknown-id", "Notering i-7x2m4q: x\nNotering i-7x2m4qaa: x", 5, 1),
    ("unknown-id", "Åtgärd i-zzzz @bo-exempel: x", 4, 1),
    ("unknown-id", "Ärende m-zzzzzzz: x", 4, 1),
    ("ambiguous-id", "Klar i-0496: x", 4, 1),
    ("ambiguous-id", "Åtgärd i-0496 @bo-exempel: x", 4, 1),
    ("ambiguous-id", "Ärende m-7c2: x", 4, 1),
    ("ambiguous-id", "Klar i-7x2: x", 4, 1),
    ("marker-head", "Åtgärd @bo-exempel, ring Alva: x", 4, 1),
    ("marker-head", "Till nästa möte @bo-exempel: x", 4, 1),
    ("marker-head", "Intern information: x", 4, 1),
    ("near-marker", "Ersäter RÅD § 12/2025: x", 4, 1),
    ("unknown-decision", "Ersätter RÅD § 14/2025: x", 4, 1),
    ("unknown-decision", "Ersätter policy 12/2025: x", 4, 1),
    ("unknown-decision", "Ersätter 2025-11-18-rad/d-9:", 4, 1),
    ("ambiguous-decision", "Ersätter § 12: x", 4, 1),
    ("empty-marker", "Dnr:", 4, 1),
    ("no-due", "Bordläggs till hösten: x", 4, 1),
    ("no-due", "Bordläggs tills vidare", 4, 1),
    ("owner-without-at", "Åtgärd Bo: x", 4, 1),
    ("no-id", "Klar: x", 4, 1),
    ("no-id", "Klar med lokalen: x", 4, 1),
    ("no-id", "- Notering: x", 4, 3),
    ("no-id", "Ärende: x", 4, 1),
    ("unknown-body", "Till HSNN: x", 4, 1),
    ("unknown-body", "Till HSNN (för kännedom): x", 4, 1),
    ("unknown-body", "Till alla (för kännedom): x", 4, 1),
    ("unknown-body", "Lyft till Okänd: x", 4, 1),
    ("unknown-role", "Till HSN (för kännedm): x", 4, 1),
    ("unknown-role", "Lyft till RÅD (kanske): x", 4, 1),
    ("unknown-body", "Svar från Okänd: x", 4, 1),
    ("heading-blank", "##Övrigt", 4, 1),
    ("empty-heading", "##", 4, 1),
    ("empty-heading", "## {#p-1}", 4, 1),
    ("second-title", "# Övrigt", 4, 1),
    ("open-fence", "```\nx", 4, 1),
    ("indented-marker", "Text\n  Beslut: x", 5, 3),
    ("indented-marker", "Beslut: y\n  ## Övrigt", 5, 3),
    ("indented-marker", "- Ett\n  - Åtgärd @bo-exempel: x", 5, 5),
    ("unknown-person", "Åtgärd @bo-exmpel: x", 4, 1),
    ("unknown-person", "Åtgärd @ron-at/ordf: x", 4, 1),
    ("ambiguous-name", "Åtgärd @Anna: x", 4, 1),
    ("ambiguous-name", "Kom: Anna", 4, 1),
    ("no-name", "Kom: se ovan", 4, 1),
    ("no-name", "Kom:", 4, 1),
    ("no-name", "Reservation mot beslutet: x", 4, 1),
    ("unknown-outcome", "Beslut (kanske): x", 4, 1),
    ("unknown-outcome", "Beslut (till nästa möte): x", 4, 1),
    ("unknown-reason", "Utgår (sol): x", 4, 1),
    ("bad-date", "Åtgärd @bo-exempel senast 31 november: x", 4, 1),
    ("bad-date", "Beslut (bordläggs till 2026-02-30): x", 4, 1),
    ("bad-date", "Bordläggs till v. 60: x", 4, 1),
]
"""The rule, lines under an agenda item, the line and column of the finding: all of it stays as text."""


@pytest.mark.parametrize(("rule", "lines", "line", "column"), NEAR)
def test_a_near_miss_is_an_error_and_stays_as_text(rule: str, lines: str, line: int, column: int) -> None:
    """What nearly is a marker is said with its place and a way out, and no word of it is lost."""
    found = item(lines)
    finding = next(one for one in found.findings if one.rule == rule)
    assert (finding.level, finding.line, finding.column) == ("error", line, column)
    assert finding.message
    assert finding.hint
    assert finding.path == ""
    kept = write(found.meeting, DIRECTORY, "sv")
    for word in re.findall(r"\w+", lines):
        assert word in kept


WHOLE = [case[1] for case in NEAR if "\n" not in case[1] and not case[1].startswith("```")]


@pytest.mark.parametrize("lines", WHOLE)
def test_a_near_miss_with_a_backslash_is_text(lines: str) -> None:
    """The way out that the hint names works."""
    found = item(f"\\{lines}" if not lines.startswith(("- ", "**")) else re.sub(r"^(- |\*\*)", r"\1\\", lines))
    assert [one for one in found.findings if one.level == "error"] == []
    assert isinstance(found.meeting.agenda[0].body[0], TextBlock)


SAID: list[tuple[str, str, str]] = [
    ("no-member", "notice", "# RÅD 2026-02-17\nNärvarande: David Ny\n"),
    ("no-member", "notice", "# RÅD 2026-02-17\n## X\nÅtgärd @David Ny: x\n"),
    ("no-name", "error", "# RÅD 2026-02-17\nOrdförande: vakant\n"),
    ("reason-not-stored", "notice", "# RÅD 2026-02-17\nFörhinder: Disa Exempel (sjuk)\n"),
    ("substitute-unclear", "warning", "# RÅD 2026-02-17\nNärvarande: Bo (för Alva och Disa)\n"),
    ("title", "warning", "# Mötesanteckningar\n"),
    ("title", "error", "# RÅD 2026-02-17 på kvällen\n"),
    ("moment", "error", "# RÅD 2026-02-17\nTid: efter lunch\n"),
    ("bad-date", "error", "# RÅD 2026-02-30\n"),
    ("other-day", "error", "# RÅD 2026-02-18\n"),
    ("other-day", "error", "# RÅD\nDatum: 2026-02-18\n"),
    ("other-body", "error", "# RÖN-AT 2026-02-17\n"),
    ("relative-date", "error", "# RÅD idag kl. 13\n"),
    ("relative-date", "error", "# RÅD\nDatum: igår\n"),
    ("relative-date", "error", "# RÅD\n## X\nÅtgärd @bo-exempel senast imorgon: Ring\n"),
    ("relative-date", "error", "# RÅD\n## X\nÅtgärd @Bo Exempel i morgon: Ring\n"),
    ("relative-date", "error", "# RÅD\n## X\nBordläggs till imorgon: Hinns inte\n"),
    ("relative-date", "warning", "# RÅD\n## Nästa möte\nimorgon kl. 13\n"),
    (
        "two-secretaries",
        "warning",
        "# RÅD 2026-02-17\nAnteckningar: Bo Exempel\n\n## X\ntext\n\nAnteckningar\nAlva Exempel\n",
    ),
    ("beside-name", "warning", "# RÅD 2026-02-17\nOrdförande: Alva Exempel (RÖN-BT)\n"),
    ("past-date", "warning", "# RÅD 2026-02-17\n## Nästa möte\n2026-01-01\n"),
    ("far-date", "warning", "# RÅD 2026-02-17\n## Nästa möte\n29 februari\n"),
    ("bad-date", "warning", "# RÅD 2026-02-17\n## Nästa möte\n31 november kl. 13\n"),
    ("past-date", "warning", "# RÅD 2026-02-17\n## Övrigt\nNästa möte: 2026-01-01\n"),
    ("near-name", "warning", "# RÅD 2026-02-17\nNärvarande: Alva Exmpel\n"),
    ("under-marker", "warning", "# RÅD 2026-02-17\n## X\nBeslut: x\ny\n"),
    ("under-marker", "warning", "# RÅD 2026-02-17\n## X\nBeslut: x\n---\n"),
    ("doubled-id", "warning", "# RÅD 2026-02-17\n## X {#p-1}\n## Y {#p-1}\n"),
    ("doubled-id", "warning", "# RÅD 2026-02-17\n## X\nBeslut d-1: x\nBeslut d-1: y\n"),
    ("doubled-id", "warning", "# RÅD 2026-02-17\n## Till nästa möte\n- x {#c-1}\n- y {#c-1}\n"),
    ("owner-after-colon", "warning", "# RÅD 2026-02-17\n## X\nÅtgärd: @bo-exempel ringer\n"),
    ("empty-marker", "error", "# RÅD 2026-02-17\n## X\nBeslut:\n"),
    ("empty-marker", "error", "# RÅD 2026-02-17\n## X\nIntern:\n"),
    ("open-internal", "error", "# RÅD 2026-02-17\n## X\nIntern:\nHemligt\n"),
    ("no-parent", "warning", "# RÅD 2026-02-17\n### X\n"),
    ("heading-attributes", "error", "# RÅD 2026-02-17\n## X {interm}\n"),
    ("next-time-text", "notice", "# RÅD 2026-02-17\n## Till nästa möte\nDatum\n"),
    ("weekday", "warning", "# RÅD 2026-02-17\n## X\nVi ses fredagen\nden 20 mars 2025.\n"),
    ("foreign-text", "error", "\\documentclass{article}\n\\begin{document}\nText\n"),
    ("foreign-text", "error", "#set page()\n= Rubrik\n#let x = 1\nText\n"),
    ("foreign-text", "error", "ord " * 500 + "\n\nord\n"),
    ("near-marker", "error", "# RÅD 2026-02-17\nNärvarade: Bo\n"),
    # Put together again, the broken word has one letter, ö, where the text has an o and a mark.
    (
        "unproven",
        "error",
        "• X\nEn rad som är lång nog att brytas i ett fo\xad\n\u0308rslag och som går vidare på en rad till\noch en.\n",
    ),
]


@pytest.mark.parametrize(("rule", "level", "text"), SAID)
def test_what_is_odd_is_said(rule: str, level: str, text: str) -> None:
    """Each rule has its level; a message says what, and is in the language of the workspace."""
    finding = next(one for one in reading(text).findings if one.rule == rule)
    assert finding.level == level
    assert finding.line >= 1
    assert finding.column >= 1


BEFORE = meeting(
    chair="bo-exempel",
    agenda=[{"id": "p-1", "title": "X", "internal": True, "body": [{"decision": "d-1", "number": 7, "text": "x"}]}],
)


@pytest.mark.parametrize(
    ("rule", "level", "text"),
    [
        ("taken-away", "notice", "# RÅD 2026-02-17\n## X {#p-1 intern}\n"),
        ("no-longer-internal", "warning", "# RÅD 2026-02-17\n## X {#p-1}\n"),
    ],
)
def test_what_an_edited_sheet_takes_away_is_said(rule: str, level: str, text: str) -> None:
    """Nothing drops out silently."""
    finding = next(one for one in reading(text, BEFORE).findings if one.rule == rule)
    assert finding.level == level


def test_every_rule_has_its_test() -> None:
    """The list of rules is the list of their tests."""
    source = "".join(path.read_text("utf-8") for path in Path(atbtst_cli.sheet.__file__).parent.glob("*.py"))
    named = set(re.findall(r'(?:Finding\(\s*|_near\(|_finding\(|rule=)"([a-z]+(?:-[a-z0-9]+)*)"', source))
    tested = {case[0] for case in NEAR} | {case[0] for case in SAID} | {"taken-away", "no-longer-internal"}
    elsewhere = {"encoding", "year-inferred"}
    assert named == tested | elsewhere


@pytest.mark.parametrize("language", LANGUAGES)
def test_hints_show_markers_that_are_read(language: str) -> None:
    """Every example in a hint is a line of its kind, in the workspace's language."""
    examples = words(language).SHEET.examples
    assert set(words(language).SHEET.markers) <= set(examples)
    for kind in words(language).SHEET.markers:
        assert not isinstance(body(examples[kind])[0], TextBlock), examples[kind]
    use(language)
    try:
        hints = [one.hint for one in item("Klar: x").findings]
    finally:
        use("en")
    assert examples["done"] in hints[0]


PLAIN = (
    "Beslut om lön: ja",
    "Beslut fattades.",
    "Åtgärd behövs.",
    "Kom ihåg: kaffe",
    "Utgår från att det går bra",
    "Utgår vi härifrån blir det dyrt",
    "Till nästa möte ska Bo ringa",
    "Till alla: tack",
    "Godkänns av regionen",
    "Plats: hotellet",
    "Ordförande: Anders",
    "Närvarande: ingen av oss",
    "Anteckningar från arbetsmöte",
    "v. ordf. Xerxes tackade",
    "3 500 kronor",
    "2024. Ett nytt år",
    "<!-- x",
    "<namn>",
    "&copy;",
    "[1]: https://exempel.se",
    "a_b_c, 5*3*2, @anna_b",
    "#tagg",
    "#### En djup rubrik",
    "**fet** och *kursiv*",
    "| a | b |",
    "> citat",
    "Interna frågor togs upp",
    "Notes: x",
    "**Röster: a:** b",
)


@pytest.mark.parametrize("line", PLAIN)
def test_what_only_looks_like_a_sign_is_text(line: str) -> None:
    """Kept as typed, with nothing to say."""
    found = item(line)
    assert found.meeting.agenda[0].body == (TextBlock(text=line),)
    assert found.findings == ()
    assert f"\n{line}\n" in write(found.meeting, DIRECTORY, "sv")


@pytest.mark.parametrize("above", ["- Ett", "> citat", "| a | b |", "Text", "1. Ett"])
def test_a_marker_counts_right_under_any_text(above: str) -> None:
    """A list, a quote or a table above does not swallow it."""
    assert body(f"{above}\nBeslut: x") == (TextBlock(text=above), DecisionBlock(decision="d-1", text="x"))


def test_text_and_markers_keep_their_order() -> None:
    """Text, decision, text; and a marker goes on over blank lines as long as it is indented."""
    first, decision, second = body("Ett\n\nBeslut: x\n  y\n\n  - z\n\nTvå\n  tre")
    assert first == TextBlock(text="Ett")
    assert decision == DecisionBlock(decision="d-1", text="x\ny\n\n- z")
    assert second == TextBlock(text="Två\n  tre")


LEFT: list[tuple[str, int]] = [
    ("Beslut: Rådet beslutar att:\n- skriva\n- återkomma", 5),
    ("Beslut: Rådet beslutar att:\n\n- skriva\n- återkomma", 6),
    ("**Beslut:** Rådet beslutar att:\n\n\nskriva", 7),
    ("Åtgärd @bo-exempel: Ta fram\n  ett underlag:\n\n1. budget", 7),
    ("Klar i-7x2m4qa: Sänt\ntill alla", 5),
    ("Intern:\n  Följande:\n\n- skriva", 7),
]
"""Lines under an agenda item, and the line that leaves its marker."""


@pytest.mark.parametrize(("lines", "line"), LEFT)
def test_text_that_leaves_its_marker_is_said_and_kept(lines: str, line: int) -> None:
    """Right under a marker, or after a colon that announces it; once for a whole list, and a way out."""
    found = item(lines)
    (finding,) = found.findings
    assert (finding.rule, finding.level, finding.line) == ("under-marker", "warning", line)
    marked, left = found.meeting.agenda[0].body
    assert left == TextBlock(text="\n".join(lines.split("\n")[line - 4 :]))
    indented = "\n".join(f"  {one}" if at >= line - 4 else one for at, one in enumerate(lines.split("\n")))
    assert item(indented).findings == ()
    assert len(body(indented)) == 1
    assert not isinstance(marked, TextBlock)


@pytest.mark.parametrize("lines", ["Beslut: Ja.\n\n- två", "Klar i-7x2m4qa:\n\nText", "Beslut: att:\n\n## Övrigt"])
def test_text_that_leaves_no_marker_is_not_said(lines: str) -> None:
    """A blank line ends a marker that announces nothing."""
    assert item(lines).findings == ()


@pytest.mark.parametrize("lines", ["Beslut: x\nBeslt: y", "Beslut: x\n```", "Åtgärd @bo-exempel: x\nKlar; y"])
def test_one_line_is_said_once(lines: str) -> None:
    """A line that is unclear in itself is not told that it leaves its marker, too."""
    assert [(one.level, one.line) for one in item(lines).findings] == [("error", 5)]


@pytest.mark.parametrize(
    ("lines", "internal", "rest"),
    [
        ("Intern:\n  Ett\n\n  Två\n\nÖppet", "Ett\n\nTvå", "Öppet"),
        ("Intern: Ett\n\nÖppet", "Ett", "Öppet"),
        ("Intern:\nEtt\n\nTvå", "Ett\n\nTvå", ""),
        ("Intern:\n\nEtt\n\nTvå\n- tre", "Ett\n\nTvå\n- tre", ""),
        ("Intern: Ett\nTvå\n\nTre", "Ett\nTvå\n\nTre", ""),
        ("Intern:\n  Ett\nTvå", "Ett\nTvå", ""),
        ("Intern:\n```\n## Ett\n```", "```\n## Ett\n```", ""),
        ("Intern:\nUtgår idag då ingen är här.", "Utgår idag då ingen är här.", ""),
        ("Inten: Ett", "Inten: Ett", ""),
        ("Intern; Ett\nTvå", "Intern; Ett\nTvå", ""),
        ("Intern\n  Ett", "Intern\nEtt", ""),
        ("Intern (HR): Ett", "Intern (HR): Ett", ""),
        ("Intern: Följande:\n\n- Ett\n\nTvå", "Följande:\n\n- Ett\n\nTvå", ""),
        ("Inten:\n\nEtt", "Inten:\n\nEtt", ""),
    ],
)
def test_internal_fails_closed(lines: str, internal: str, rest: str) -> None:
    """What may have been meant as internal is internal, up to the next marker; and an error stops it."""
    found = item(f"{lines}\nBeslut: offentligt")
    blocks = found.meeting.agenda[0].body
    assert blocks[0] == InternalBlock(internal=internal)
    assert blocks[1:-1] == ((TextBlock(text=rest),) if rest else ())
    assert isinstance(blocks[-1], DecisionBlock)
    well_formed = lines.startswith(("Intern:\n  Ett\n\n", "Intern: Ett\n\n"))
    assert any(one.level == "error" for one in found.findings) is not well_formed


def test_a_whole_item_can_be_internal() -> None:
    """Also with a misspelt word, which is said."""
    found = reading("# RÅD 2026-02-17\n## Ett {intern}\n## Två {#p-1 internal}\n## Tre {interm}\n## Fyra {namn}\n")
    assert [one.internal for one in found.meeting.agenda] == [True, True, True, False]
    assert [one.title for one in found.meeting.agenda] == ["Ett", "Två", "Tre {interm}", "Fyra {namn}"]
    assert [one.line for one in found.findings] == [4, 5]


@pytest.mark.parametrize(
    ("heading", "title", "known"),
    [
        ("## Språket C #", "Språket C #", "p-z000001"),
        ("## En titel {#p-1} {#p-3f8}", "En titel {#p-1}", "p-3f8"),
        ("## *Lön* & <b> [x](y)", "*Lön* & <b> [x](y)", "p-z000001"),
        ("##   Beslut: x  {#p-9}", "Beslut: x", "p-9"),
        (" ## 1. Öppnande", "1. Öppnande", "p-z000001"),
    ],
)
def test_titles_are_literal(heading: str, title: str, known: str) -> None:
    """Only the last brace group is the tool's."""
    found = reading(f"# RÅD 2026-02-17\n\n{heading}\n")
    assert [(one.title, one.id) for one in found.meeting.agenda] == [(title, known)]
    assert read(write(found.meeting, DIRECTORY, "sv"), found.meeting, DIRECTORY, draws()).meeting == found.meeting


def test_a_deep_heading_is_a_part_only_with_an_id() -> None:
    """Without one it belongs to the text; with one it is what a sheet of a deep agenda has."""
    found = reading("# RÅD 2026-02-17\n## A\n### B\n#### C {#p-1}\n##### D {#p-2}\n### E\n#### F\n")
    (top,) = found.meeting.agenda
    assert [part.title for part in top.walk()] == ["A", "B", "C", "D", "E"]
    assert top.parts[0].parts[0].parts[0].title == "D"
    assert top.parts[1].body == (TextBlock(text="#### F"),)


FENCED = "```text\nBeslut: x\n## y\n%% z\n  i  \n```"


def test_a_closed_fence_is_verbatim() -> None:
    """Nothing in it is a sign; an open one, and what stands after it, are ordinary lines."""
    assert text_of(FENCED) == FENCED.replace("i  ", "i")
    assert [type(block) for block in body("```\nBeslut: x")] == [TextBlock, DecisionBlock]
    assert text_of("\\```\ntext") == "```\ntext"
    assert body("Beslut:\n  ```\n  Åtgärd Bo: x\n  ```") == (
        DecisionBlock(decision="d-1", text="```\nÅtgärd Bo: x\n```"),
    )


def test_comment_lines_are_not_read_but_counted() -> None:
    """Lines that begin with %% are for the secretary alone; a backslash keeps one."""
    found = item("%% en påminnelse\nEtt\n %%!två\nTvå\n\\%% text\nBeslt: x")
    assert found.meeting.agenda[0].body == (TextBlock(text="Ett\nTvå\n%% text\nBeslt: x"),)
    assert [one.line for one in found.findings] == [9]


@pytest.mark.parametrize(
    "data",
    [
        "# RÅD 2026-02-17\n## X\nÅtgärd @bo-exempel: ring\n  och mejla\n".encode(),
        "\ufeff# RÅD 2026-02-17\r\n## X\r\nÅtgärd @bo-exempel: ring\r\n\toch mejla\r\n".encode(),
        "# RÅD 2026-02-17\r## X\rA\u030atga\u0308rd @bo-exempel: ring\r\u00a0\u00a0och mejla\r".encode(),
        "# RÅD 2026-02-17\u2028## X\u0085\u2029Åtgärd @bo-exempel: ring\x0b  och mejla   \x0c".encode(),
        "# RÅD 2026-02-17\n## X\nÅtgärd @bo-exempel: ring\n  och mejla".encode("cp1252"),
        "# RÅD 2026-02-17\n## X\nÅtgärd @bo-exempel: ring\n  och mejla".encode("utf-16"),
    ],
    ids=["plain", "bom-crlf-tab", "cr-nfd-nbsp", "unicode-line-ends", "windows", "utf-16"],
)
def test_any_way_of_writing_the_characters_reads_the_same(data: bytes) -> None:
    """Encodings, line ends, decomposed letters, kinds of blanks: one sheet."""
    text, findings = decode(data)
    (action,) = reading(text).meeting.agenda[0].body
    assert isinstance(action, ActionBlock)
    assert (action.owners, action.text.split()) == (("bo-exempel",), ["ring", "och", "mejla"])
    assert [(one.rule, one.level) for one in findings] == (
        [("encoding", "notice")] if not data.startswith(("# RÅD".encode(), b"\xef")) else []
    )


def test_bytes_that_are_no_text_in_any_of_them_still_become_text() -> None:
    """Latin-1 takes any byte."""
    text, findings = decode(b"\xe5\x81")
    assert text.startswith("å")
    assert findings[0].message.endswith("Latin-1")


LINES = st.lists(
    st.sampled_from(
        (
            *PIECES,
            *(
                "# RÅD 2026-02-17\n",
                "## Nästa möte\n",
                "## Till nästa möte\n",
                "## Rapporter\n### AT\n",
                "• Övrigt\n",
                "\n",
            ),
            *(
                "Närvarande:\n",
                "Förhinder: Disa (sjuk)\n",
                "Tid och plats: 8/4 kl 13, X\n",
                "§ 1 Öppnande\n",
                "1. Punkt\n",
            ),
            *(
                "en lång rad som nog bryts någonstans här och var\n",
                "och fortsätter ",
                "Anteckningar\nCilla Exempel\n",
                "\n\n",
            ),
            *(
                "Åtgärd @Bo Exempel och @Anna senast 31 november: ",
                "**Beslut:** ",
                "Gick: Bo kl. 15 (x)\n",
                "ſeptember",
                "ı",
            ),
        )
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(LINES)
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    """Lines of pieces of markers, in both dialects: never an exception, never a lost letter, and stable from then on."""
    for base in (meeting(), BEFORE):
        found = reading(text, base)
        assert not [one for one in found.findings if one.rule == "unproven"]
        assert all(isinstance(one, Finding) and one.line >= 0 for one in found.findings)
        again = read(write(found.meeting, DIRECTORY, "sv"), found.meeting, DIRECTORY, draws())
        assert again.meeting == found.meeting
        assert Meeting.model_validate(found.meeting.model_dump(by_alias=True, exclude_none=True)) == found.meeting
