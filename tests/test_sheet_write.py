"""A sheet is a view of the record: it can be made from any meeting, and reads back as that meeting."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_example import DAY, DIRECTORY, PIECES, draws, meeting, meetings, stripped, texts

from atbtst_cli.errors import Finding
from atbtst_cli.language import LANGUAGES, words
from atbtst_cli.models.item import ActionItem, Origin
from atbtst_cli.models.meeting import AgendaItem, DecisionBlock, InternalBlock, Meeting, TextBlock
from atbtst_cli.sheet.blocks import settled, words_of
from atbtst_cli.sheet.grammar import Grammar
from atbtst_cli.sheet.help import grammar
from atbtst_cli.sheet.literal import markdown
from atbtst_cli.sheet.prefill import annotate, prefill, without_comments
from atbtst_cli.sheet.prose import doubts, laid, restored
from atbtst_cli.sheet.read import read
from atbtst_cli.sheet.source import Line
from atbtst_cli.sheet.text import clean, letters, normal, verbatim
from atbtst_cli.sheet.write import write

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
GRAMMAR = Grammar(DIRECTORY, DAY)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(meetings(), st.sampled_from(LANGUAGES))
def test_a_sheet_reads_as_the_meeting_it_was_written_from(known: Meeting, language: str) -> None:
    """read(write(m)) == m, from the meeting itself and from one without all that a sheet carries; and nothing to say."""
    sheet = write(known, DIRECTORY, language)
    for base in (known, stripped(known)):
        reading = read(sheet, base, DIRECTORY, draws())
        assert reading.meeting == known
        assert reading.vanished == ()
        assert [one for one in reading.findings if one.level == "error" and one.rule != "empty-marker"] == []
    assert write(reading.meeting, DIRECTORY, language) == sheet


@settings(max_examples=300, deadline=None)
@given(texts, st.sampled_from(["header", "body", "list"]), st.booleans())
def test_every_text_of_a_block_survives(text: str, region: str, inline: bool) -> None:
    """The lines of any text, wherever they stand, are read as that text, and as nothing but text."""
    lines = [Line(number, line) for number, line in enumerate(laid(text, GRAMMAR, region, inline=inline), 1)]
    assert restored(lines, GRAMMAR, region, inline=inline) == text
    assert inline or not doubts(lines, GRAMMAR, region)


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join) | st.text())
def test_characters_are_brought_into_one_form(text: str) -> None:
    """What is normal or clean stays so, and no letter is lost on the way."""
    assert normal(normal(text)) == normal(text)
    assert clean(clean(text)) == clean(text)
    assert letters(clean(text)) == letters(text)


FENCES = st.sampled_from(["", " ```", "```text", "```", "```` ", "`````x", "`````", "  ```", "``` `", "text"])


def closed(lines: list[str]) -> list[bool]:
    """Which lines belong to a closed fence, found line by line."""
    marks = [False] * len(lines)
    at = 0
    while at < len(lines):
        opening = re.fullmatch(r" ?(`{3,})[^`]*", lines[at])
        closing = rf" ?`{{{len(opening[1])},}} *" if opening else ""
        below = range(at + 1, len(lines)) if opening else ()
        end = next((one for one in below if re.fullmatch(closing, lines[one])), at)
        marks[at : end + 1] = [end > at] * (end + 1 - at)
        at = end + 1
    return marks


@given(st.lists(FENCES, max_size=12))
def test_a_fence_is_closed_by_the_first_line_of_as_many_backticks(lines: list[str]) -> None:
    """Or more of them; what it holds opens and closes nothing."""
    assert verbatim(lines) == closed(lines)


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("a_b_c och 5*3*2", r"a_b_c och 5\*3\*2"),
        ("2024. Ett nytt år", r"2024\. Ett nytt år"),
        ("# inte en rubrik", r"\# inte en rubrik"),
        ("- 5 grader", r"\- 5 grader"),
        ("[länk](https://exempel.se) och [1]: x", r"\[länk](https://exempel.se) och [1]: x"),
        ("[en [länk] till](https://exempel.se)", r"\[en \[länk] till](https://exempel.se)"),
        ("<namn> &copy; <https://exempel.se>", r"<namn> &copy; \<https://exempel.se>"),
        ("3 * 4 ~~x~~ `y` > z", r"3 * 4 \~\~x\~\~ \`y\` > z"),
        ("slut\\", "slut\\\\"),
    ],
)
def test_plain_text_is_escaped_only_where_markdown_would_change_it(plain: str, written: str) -> None:
    """Plain text becomes Markdown that shows the same signs."""
    assert markdown(plain) == written


def test_neighbouring_texts_are_one_and_empty_ones_are_none() -> None:
    """A sheet cannot tell two texts in a row apart; the record that reads the same is left as it is."""
    body = (TextBlock(text="Ett"), TextBlock(text="Två\n"), InternalBlock(internal=" "), TextBlock(text=""))
    assert settled(body) == (TextBlock(text="Ett\n\nTvå"),)
    known = meeting(preamble=body, agenda=(AgendaItem(id="p-1", title="Övrigt", body=body),))
    assert read(write(known, DIRECTORY, "sv"), known, DIRECTORY, draws()).meeting == known


def test_a_block_that_is_never_typed_is_not_written() -> None:
    """The neutral line of the public edition is no part of a sheet."""
    known = meeting(agenda=({"id": "p-1", "title": "Övrigt", "body": [{"withheld": "passage"}]},))
    assert write(known, DIRECTORY, "sv") == "# RÅD 2026-02-17\n\n## Övrigt {#p-1}\n"


def test_the_sheet_looks_as_a_secretary_would_write_it() -> None:
    """One blank line between kinds of lines, markers together, ids where they belong."""
    known = meeting(
        start="13:15",
        end="16:15",
        place="Dockplatsen",
        chair="alva-exempel",
        secretary="cilla-exempel",
        attendance=[
            {"member": "alva-exempel", "status": "present"},
            {"member": "bo-exempel", "status": "present", "substitute_for": "disa-exempel", "note": "§ 3"},
            {"member": "disa-exempel", "status": "excused"},
            {"name": "David Exempel", "status": "guest"},
        ],
        agenda=[
            {"id": "p-1", "title": "Föregående", "body": [{"approval": "adopted_with_changes", "text": "Punkt 3"}]},
            {
                "id": "p-2",
                "title": "Rapporter",
                "parts": [
                    {
                        "id": "p-3",
                        "title": "AT",
                        "body": [
                            {"text": "Klart.\n\nBeslut: ett ord."},
                            {
                                "action": "i-k7q3d9m",
                                "owners": ["ron-at/convenor"],
                                "due": "next",
                                "text": "Boka\noch mejla",
                            },
                            {"progress": "i-7x2m4qa", "closes": "done", "text": "Skickad."},
                            {"internal": "Hemligt.\n\n- mer"},
                        ],
                    },
                    {
                        "id": "p-4",
                        "title": "ST",
                        "body": [{"dropped": "nobody_present", "text": "Utgår, ingen är här."}],
                    },
                ],
            },
            {
                "id": "p-5",
                "title": "Lön",
                "internal": True,
                "body": [
                    {"decision": "d-1", "outcome": "deferred", "to": "2026-11-21", "text": "Rådet avvaktar."},
                    {"referral": "rad", "text": "frågan"},
                    {"referral": "hsn"},
                    {"arrived": "bo-exempel", "at": "14:10"},
                ],
            },
            {
                "id": "p-6",
                "kind": "next_time",
                "title": "Till nästa möte",
                "body": [{"next_time": "c-9", "text": "Datum"}],
            },
        ],
    )
    assert write(known, DIRECTORY, "sv").split("\n") == [
        "# RÅD 2026-02-17 kl. 13:15–16:15, Dockplatsen",
        "Närvarande: Alva Exempel, Bo Exempel (för Disa Exempel) (§ 3)",
        "Förhinder: Disa Exempel",
        "Adjungerad: David Exempel",
        "Ordförande: Alva Exempel",
        "Anteckningar: Cilla Exempel",
        "",
        "## Föregående {#p-1}",
        "Godkänns med ändring: Punkt 3",
        "",
        "## Rapporter {#p-2}",
        "### AT {#p-3}",
        "Klart.",
        "",
        "\\Beslut: ett ord.",
        "",
        "Åtgärd i-k7q3d9m @ron-at/convenor till nästa möte: Boka",
        "  och mejla",
        "Klar i-7x2m4qa: Skickad.",
        "Intern:",
        "  Hemligt.",
        "",
        "  - mer",
        "### ST {#p-4}",
        "Utgår, ingen är här.",
        "",
        "## Lön {#p-5 intern}",
        "Beslut d-1 (bordläggs till 2026-11-21): Rådet avvaktar.",
        "Lyft till RÅD: frågan",
        "Till HSN:",
        "Kom: Bo Exempel kl. 14:10",
        "",
        "## Till nästa möte {#p-6}",
        "- Datum {#c-9}",
        "",
    ]


PLANNED = meeting(
    agenda=[
        {
            "id": "p-1",
            "kind": "reports",
            "title": "Rapporter",
            "parts": [{"id": "p-2", "title": "AT", "network": "ron-at"}],
        },
        {"id": "p-3", "kind": "other", "title": "Övrigt", "body": [{"text": "Redan skrivet."}]},
    ]
)
OPEN = [
    ActionItem.model_validate(
        {
            "id": "i-k7q3d9m",
            "title": "Boka lokal",
            "network": "ron-at",
            "added": "2025-11-18",
            "owners": ["alva-exempel"],
            "due": "next",
        }
    ),
    ActionItem.model_validate({"id": "i-7x2m4qa", "title": "Fråga HR", "network": "rad", "added": "2025-11-18"}),
]


OWN = OPEN[0].model_copy(update={"id": "i-0000001", "title": "Eget", "origin": Origin(meeting=PLANNED.id)})
LATER = OPEN[0].model_copy(update={"id": "i-0000002", "title": "Senare", "added": date(2026, 2, 18)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prefilled_sheet_reads_as_the_meeting_so_far(language: str) -> None:
    """Reminders are comment lines: left as they are they change nothing."""
    sheet = prefill(PLANNED, DIRECTORY, language, OPEN, [("alva-exempel", "Alva Exempel", "RÖN-AT")])
    reading = read(sheet, PLANNED, DIRECTORY, draws())
    assert reading.meeting == PLANNED
    assert reading.findings == ()
    assert write(PLANNED, DIRECTORY, language).split() == without_comments(sheet).split()


def test_a_prefilled_sheet_has_open_items_markers_and_members_at_hand() -> None:
    """Open items stand under their network, or where there is none under the first fitting item."""
    sheet = prefill(PLANNED, DIRECTORY, "sv", OPEN, [("alva-exempel", "Alva Exempel", "RÖN-AT")]).split("\n")
    assert sheet[2:8] == [
        "## Rapporter {#p-1}",
        "%% Öppen åtgärd: Fråga HR (–)",
        "%% Klar i-7x2m4qa:",
        "### AT {#p-2}",
        "%% Öppen åtgärd: Boka lokal (Alva Exempel · nästa möte)",
        "%% Klar i-k7q3d9m:",
    ]
    assert "%%   @alva-exempel  Alva Exempel – RÖN-AT" in sheet
    assert all(line.startswith("%%") for line in sheet[sheet.index("Redan skrivet.") + 2 : -1])


def test_open_items_are_those_from_before_the_meeting() -> None:
    """What the meeting agreed itself stands in its sheet; what was added later was not known to it."""
    assert prefill(PLANNED, DIRECTORY, "sv", [OWN, *OPEN, LATER], []) == prefill(PLANNED, DIRECTORY, "sv", OPEN, [])
    same_day = LATER.model_copy(update={"added": DAY})
    assert "Senare" in prefill(PLANNED, DIRECTORY, "sv", [same_day], [])


def test_open_items_of_a_meeting_without_an_agenda_stand_in_the_header() -> None:
    """Nothing that is open goes unseen."""
    sheet = prefill(meeting(), DIRECTORY, "sv", OPEN, [])
    assert sheet.startswith("# RÅD 2026-02-17\n%% Öppen åtgärd: Boka lokal")
    assert "Ledamöter" not in sheet


def test_what_was_not_understood_stands_at_the_top_with_its_line_in_the_new_text() -> None:
    """The annotation counts its own lines, and an earlier one gives way."""
    text = "# RÅD 2026-02-17\n\n## Övrigt\nBeslt: ja\n"
    for _round in (1, 2):
        findings = read(text, meeting(), DIRECTORY, draws()).findings
        text = annotate(text, findings, "sv")
        lines = text.split("\n")
        assert lines[0] == "%%! " + words("sv").SHEET.to_correct
        assert lines[1].startswith(f"%%! rad {lines.index('Beslt: ja') + 1}: ")
        assert [line for line in lines if not line.startswith("%%!")] == [
            "# RÅD 2026-02-17",
            "",
            "## Övrigt",
            "Beslt: ja",
            "",
        ]
    assert annotate(text, (), "sv") == "# RÅD 2026-02-17\n\n## Övrigt\nBeslt: ja\n"


@pytest.mark.parametrize("count", [1, 3, 40, 400])
def test_an_annotation_fits_a_narrow_editor_and_every_number_in_it_is_right(count: int) -> None:
    """However many lines it takes itself, and however long what there is to say is; a hint is said once."""
    text = "# RÅD 2026-02-17\n\n## Övrigt\n" + "".join(
        f"Åtgärd Fia{number} och de andra i arbetsgruppen: Ring alla som inte har svarat än\n"
        for number in range(count)
    )
    findings = read(text, meeting(), DIRECTORY, draws()).findings
    assert len(findings) == count
    lines = annotate(text, findings, "sv").split("\n")
    said = [line for line in lines if line.startswith("%%!")]
    assert max(map(len, said)) <= 78
    numbers = [int(found[1]) for line in said if (found := re.match(r"%%! rad (\d+): ", line))]
    assert [lines[number - 1] for number in numbers] == text.split("\n")[3:-1]
    assert " ".join(line.removeprefix("%%!").strip() for line in said).count(" ".join(findings[0].hint.split())) == 1


def test_an_annotation_takes_findings_without_a_line_and_on_several_lines() -> None:
    """Nothing that is said can be taken for a line of the sheet."""
    found = annotate("# X\n", [Finding("rule", "error", "två\n## rader", hint="gör\nså")], "en").split("\n")
    assert found[1:3] == ["%%! två ## rader (rule)", "%%!   gör så"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_grammar_fits_one_screen(language: str) -> None:
    """atbtst help sheet shows all of it in 24 lines of 80 characters, with every marker in it."""
    lines = grammar(language).rstrip("\n").split("\n")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    for spellings in words(language).SHEET.markers.values():
        assert spellings[0] in grammar(language)


def test_words_of_a_block_are_its_text() -> None:
    """The proof at run time looks at the text of each kind of block."""
    assert words_of(DecisionBlock(decision="d-1", text="a")) == "a"
    assert words_of(InternalBlock(internal="b")) == "b"
