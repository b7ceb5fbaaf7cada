"""Identity numbers, phone numbers and e-mail addresses are found as people write them, and nothing else is."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from atbtst_cli.rules.personal import AROUND, identities, traces

IDENTITIES = [
    "750309-1238",
    "19750309-1238",
    "197503091238",
    "7503091238",
    "750309+1238",
    "750309 - 1238",
    "750309–1238",
    "640823 3234",
    "750369-1235",
    "(750309-1238)",
    "nr:750309-1238,",
    "0503091233",
    "000229-1235",
]
PHONES = [
    "0701234567",
    "070-123 45 67",
    "070 123 45 67",
    "070-123-45-67",
    "070.123.45.67",
    "070-1234567",
    "070/123 45 67",
    "0708-12 34 56",
    "0700-12 34 56",
    "040-12 34 56",
    "(040) 12 34 56",
    "040–12 34 56",
    "042-123 45",
    "0413-123 45",
    "08-123 456 78",
    "08-545 123 45",
    "08-12345678",
    "010-123 45 67",
    "040\u00a012\u00a034\u00a056",
    "+46 70 123 45 67",
    "+46 (0)70-123 45 67",
    "+46701234567",
    "0046 70 123 45 67",
    "+45 12 34 56 78",
]
EMAILS = ["bo@example.org", "bo.exempel+at@mail.example.org", "åsa@exempel.se", "a@b.se"]
NEITHER = [
    "556036-0793",
    "232100-0016",
    "165560360793",
    "Org.nr 556036-0793",
    "750309-1239",
    "751309-1234",
    "750332-1231",
    "x7503091238y",
    "80f7503091238ac3",
    "2026-02-17",
    "2015-09-08",
    "080226",
    "080226 1315",
    "260217 1315–1615",
    "080226-080301",
    "080226-0228",
    "20260217-20260219",
    "28/4",
    "08-12-2026 13.15",
    "08-12-2026 13",
    "kl. 13:15–16:15",
    "9.00-14.30",
    "08.30–09.15",
    "0830-1015 13 personer",
    "kl 08-12",
    "v. 08 10 11 12",
    "§ 91-97",
    "§ 010–015",
    "3 500 kronor",
    "1 000 000 kr",
    "+12 500 000 kr",
    "1 250 000 – 1 500 000",
    "Dnr 2026-0117",
    "2020-O000123",
    "dnr 2026/0117-12",
    "läsåret 2025/2026",
    "08/09 10/11",
    "205 01 Malmö",
    "5050-1055",
    "0,75 tjänst",
    "i-k7q3d9m",
    "2026-02-17-rad/d-1",
    "@bo-exempel",
    "@ron-at/convenor, @bo till nästa möte: Ring",
    "bo@",
    "100-200 deltagare",
]


def found(text: str) -> list[tuple[str, str]]:
    return [(trace.kind, trace.words) for trace in traces(text)]


@pytest.mark.parametrize("text", IDENTITIES)
def test_identity_numbers_are_found_in_every_form(text: str) -> None:
    assert [kind for kind, _words in found(f"Patienten {text} kom.")] == ["identity"]
    assert [trace.kind for trace in identities(text)] == ["identity"]


@pytest.mark.parametrize("text", PHONES)
def test_phone_numbers_are_found_as_people_group_them(text: str) -> None:
    assert [kind for kind, _words in found(text)] == ["phone"]
    assert [kind for kind, _words in found(f"Ring {text}, eller kom {text}.")] == ["phone", "phone"]


@pytest.mark.parametrize("text", EMAILS)
def test_e_mail_addresses_are_found(text: str) -> None:
    assert found(f"Mejla {text}: nu") == [("email", text)]


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_looks_a_little_like_it_is_not_found(text: str) -> None:
    assert found(text) == []
    assert found(f"Se {text} och mer.") == []


@pytest.mark.parametrize("name", ["notes-a.txt", "notes-b.txt", "organisation.txt"])
@pytest.mark.skipif(not SEEDS.exists(), reason="the council's own notes are not here")
def test_real_notes_have_none(name: str) -> None:
    assert found((SEEDS / name).read_text("utf-8")) == []


def test_two_numbers_in_a_row_are_two() -> None:
    assert found("0701234567 0737654321") == [("phone", "0701234567"), ("phone", "0737654321")]
    assert found("070-123 45 67 040-12 34 56") == [("phone", "070-123 45 67"), ("phone", "040-12 34 56")]


def test_a_mobile_number_without_a_dash_is_no_identity_number_although_its_digits_would_do() -> None:
    assert found("0703091231") == [("phone", "0703091231")]
    assert [kind for kind, _words in found("070309-1231")] == ["identity"]


def test_one_thing_is_told_once() -> None:
    assert found("0701234567@example.org") == [("email", "0701234567@example.org")]


def test_signs_that_nobody_sees_hide_nothing() -> None:
    assert [kind for kind, _words in found("750309\u00ad-12\u200b38 och bo\u2060@example.org")] == ["identity", "email"]


def test_an_identity_number_is_veiled_wherever_it_is_told_of() -> None:
    told = list(traces("Ring 750309-1238 på 070-123 45 67 eller 750309-1238@example.org"))
    assert [trace.kind for trace in told] == ["identity", "phone", "identity"]
    assert told[0].words == "7503xx-xxxx"
    assert told[1].excerpt == "Ring 7503xx-xxxx på 070-123 45 67 eller 7503xx-xxxx@example.org"


def test_an_excerpt_is_the_line_or_the_words_around() -> None:
    before, after = "ett ord till " * 20, " och ett ord" * 20
    assert [trace.excerpt for trace in traces("En rad\nRing 0701234567.\nEn rad")] == ["Ring 0701234567."]
    [long] = traces(f"{before}0701234567{after}")
    assert long.excerpt.startswith("… ")
    assert long.excerpt.endswith(" …")
    assert "till 0701234567 och" in long.excerpt
    assert len(long.excerpt) <= 2 * AROUND + len("… 0701234567 …")


def luhn(digits: str) -> str:
    """The digit that comes after these nine, by doubling every other one from the first."""
    total = sum(sum(divmod(int(digit) * (2, 1)[place % 2], 10)) for place, digit in enumerate(digits))
    return str(-total % 10)


@st.composite
def born(draw: st.DrawFn) -> str:
    """An identity number or a coordination number in one of its forms."""
    day = draw(st.dates(date(1900, 1, 1), date(2029, 12, 31)))
    shown = f"{day:%y%m}{day.day + draw(st.sampled_from([0, 60])):02}"
    last = draw(st.integers(0, 999).map("{:03}".format))
    century = draw(st.sampled_from(["", f"{day.year // 100}"]))
    gap = draw(st.sampled_from(["-", "+"] if shown.startswith("07") and not century else ["-", "+", ""]))
    number = f"{shown}{gap}{last}{luhn(shown + last)}"
    return century + number


@given(born())
def test_every_identity_number_is_found_and_veiled(number: str) -> None:
    digits = re.sub(r"\D", "", number)[-10:]
    # Such as 260217-0219: the last digits are a later day of the same month.
    is_range = digits[2:4] == digits[6:8] and digits[4:6] < digits[8:] <= "31"
    assert len(identities(f"Om {number}: klart.")) == (not is_range)
    for trace in identities(number):
        assert not re.search(r"\d{5}", re.sub(r"\D", "", trace.excerpt))


@given(born(), st.integers(1, 9))
def test_a_wrong_check_digit_makes_it_none(number: str, wrong: int) -> None:
    other = number[:-1] + str((int(number[-1]) + wrong) % 10)
    assert identities(other) == []


def texts() -> Iterator[st.SearchStrategy[str]]:
    """Days, times, amounts, ranges and numbers of every other kind that minutes are full of."""
    days = st.dates(date(1990, 1, 1), date(2039, 12, 31))
    clock = st.tuples(st.integers(0, 23), st.integers(0, 59))
    number = st.integers(1, 200)
    yield days.map(str)
    yield days.map("{:%y%m%d}".format)
    yield days.map("{:%d/%m %Y}".format)
    yield days.map("{:%d-%m-%Y}".format)
    yield st.tuples(days, clock).map(lambda one: f"{one[0]:%y%m%d} {one[1][0]:02}{one[1][1]:02}")
    yield st.tuples(days, clock, clock).map(lambda one: f"{one[0]} kl. {_clock(one[1], '.')}–{_clock(one[2], '.')}")
    yield st.tuples(clock, clock).map(lambda one: f"{_clock(one[0], ':')}-{_clock(one[1], ':')}")
    yield st.tuples(clock, clock).map(lambda one: f"{_clock(one[0], '')}–{_clock(one[1], '')}")
    yield st.tuples(days, st.integers(1, 40)).map(lambda one: f"{one[0]:%y%m%d}-{one[0] + timedelta(one[1]):%y%m%d}")
    yield st.integers(1, 999_999_999).map(lambda one: f"{one:,} kronor".replace(",", " "))
    yield st.tuples(number, number).map(lambda one: f"§ {one[0]}-{one[0] + one[1]}")
    yield st.tuples(st.integers(1990, 2039), st.integers(1, 99_999)).map(lambda one: f"Dnr {one[0]}-{one[1]:04}")
    yield st.tuples(st.integers(1990, 2039), number).map(lambda one: f"{one[0]}/{one[1]}")
    yield st.tuples(st.integers(10, 99), st.integers(20, 99), st.integers(0, 99), st.integers(0, 9999)).map(
        lambda one: f"{one[0]}{one[1]}{one[2]:02}-{one[3]:04}"
    )


def _clock(at: tuple[int, int], between: str) -> str:
    return f"{at[0]:02}{between}{at[1]:02}"


@given(st.one_of(*texts()))
def test_days_times_amounts_ranges_and_reference_numbers_are_none(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet="0123456789 -+./()@abå\n\u00a0", max_size=60))
def test_whatever_is_found_stands_there(text: str) -> None:
    """Also in text of nothing but digits and dashes: one after another, none in two places, each in its line."""
    for trace in traces(text):
        assert trace.words in trace.excerpt
        assert "\n" not in trace.excerpt


def test_the_days_of_every_month_are_known() -> None:
    for month in range(1, 13):
        last = monthrange(2000, month)[1]
        for day, is_day in ((0, False), (1, True), (last, True), (last + 1, False)):
            start = f"64{month:02}{day:02}323"
            assert bool(identities(start[:6] + "-323" + luhn(start))) == is_day
