"""Handles: formats of platforms, dates in digits, random strings, and shares that hold only beside a control."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.indicators.personas.personal_names import GIVEN, NAMES, SURNAMES
from inconcert.indicators.profiles.date_digits import FIRST_YEAR, LAST_YEAR, UNIFORM, as_date, eight_digits
from inconcert.indicators.profiles.default_handles import FORMATS, default_format
from inconcert.indicators.profiles.handles import Handles
from inconcert.indicators.profiles.latin_stem import stem, words
from inconcert.indicators.profiles.same_age import same_age
from inconcert.indicators.profiles.surprise import Trigrams
from indicators.profiles import DAY_US, SIMPLE_NAMES, START_US, measured, profile


@pytest.mark.parametrize(
    ("platform", "shown"),
    [
        ("weibo", "用户7763546981"),
        ("Toutiao", "爸爸68910361"),
        ("twitter", "@Jeanette19010215"),
        ("x", "JackieQ95902126"),
        ("X", "SuryaBell09257106"),
        ("reddit", "Capital-Meat6355"),
        ("unknown", "用户7763546981"),
    ],
)
def test_handles_of_reports_are_default_like_as_handle_or_as_name(platform, shown):
    assert default_format(platform, shown, None) is not None
    assert default_format(platform, None, shown) is not None


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.example)
def test_every_format_has_an_example_of_its_own_and_a_source(known):
    assert known.pattern.fullmatch(known.example)
    assert all(default_format(platform, known.example) is not None for platform in known.platforms)
    assert known.source
    assert known.words


@pytest.mark.parametrize(
    ("platform", "shown"),
    [
        ("instagram", "user12345678"),
        ("telegram", "用户7763546981"),
        ("x", "anna_1985"),
        ("x", "Anna1234567"),
        ("x", "Anna123456789"),
        ("x", "12345678"),
        ("weibo", "大瓢5776"),
        ("weibo", "新用户7763546981"),
        ("x", "Anna１２３４５６７８"),
        ("x", ""),
    ],
)
def test_chosen_handles_and_platforms_without_a_known_format_are_none(platform, shown):
    assert default_format(platform, shown) is None


def test_the_share_of_random_digits_that_are_dates_is_counted_and_not_guessed():
    first, days = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    written = set()
    for day in map(date.fromordinal, range(first, days + 1)):
        written |= {f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day:%m%d%Y}"}
    assert len(written) / 10**8 == pytest.approx(UNIFORM, rel=1e-4)
    assert all(as_date(digits) is not None for digits in sorted(written)[::97])


@given(st.integers(0, 10**8 - 1))
def test_digits_are_a_date_just_when_a_calendar_says_so(number):
    digits = f"{number:08}"
    orders = (digits[:4] + digits[4:6] + digits[6:], digits[4:] + digits[2:4] + digits[:2], digits[4:] + digits[:4])

    def real(order: str) -> bool:
        try:
            return FIRST_YEAR <= date.fromisoformat(order).year <= LAST_YEAR
        except ValueError:
            return False

    assert (as_date(digits) is not None) == any(map(real, orders))


@pytest.mark.parametrize(
    ("handle", "digits"),
    [("Jeanette19010215", "19010215"), ("a123456789", None), ("12345678", "12345678"), ("a1234567", None), ("", None)],
)
def test_eight_digits_are_eight(handle, digits):
    assert eight_digits(handle) == digits


def test_the_model_spends_few_bits_on_what_it_knows_and_sums_to_one():
    model = Trigrams(sorted(NAMES))
    assert model.surprise("annamaria") < 4 < model.surprise("xqzvkjwp")
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    chance = [2 ** -model._bits("an" + letter, type(model._count)()) for letter in [*letters, "$"]]
    assert sum(chance) == pytest.approx(1.0)


@given(st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=6), st.integers(0, 5))
def test_a_known_string_is_measured_as_if_it_had_never_been_seen(strings, which):
    string = strings[which % len(strings)]
    others = [s for i, s in enumerate(strings) if i != which % len(strings)]
    left_out = Trigrams(strings).surprise(string, known=True)
    assert left_out == pytest.approx(Trigrams(others).surprise(string))
    assert left_out <= math.log2(37) + 12


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        ("@José_García99", "josegarcia"),
        ("用户776", None),
        ("12345", None),
        ("x", "x"),
        ("a\u0000b", "ab"),
        ("Ａnna", "anna"),
    ],
)
def test_stems(handle, expected):
    assert stem(handle) == expected


def test_words_begin_at_capitals():
    assert words("LutzGwendolyn_88 NASAFan") == ["lutz", "gwendolyn", "nasa", "fan"]


def chosen(n: int, **more: object) -> list[dict]:
    return [{"handle": f"{SIMPLE_NAMES[i % 7]}_{SIMPLE_NAMES[i // 7 % 7]}", **more} for i in range(n)]


def defaults(n: int, seed: int = 1, **more: object) -> list[dict]:
    drawn = np.random.default_rng(seed)
    names = sorted(name for name in GIVEN if 3 <= len(name) <= 7)
    return [
        {"handle": f"{names[int(drawn.integers(len(names)))].title()}{drawn.integers(40_000_000, 99_999_999)}", **more}
        for _ in range(n)
    ]


def test_more_default_handles_than_the_control_are_found_and_named():
    reading = measured(Handles(), [*defaults(30), *chosen(5)], [*defaults(20, 2), *chosen(130)], "x")["default-handles"]
    assert (reading.value, reading.control) == (pytest.approx(30 / 35), pytest.approx(20 / 150))
    assert reading.p_value < 0.001
    assert reading.lr_low > 1
    assert len(reading.witnesses) == 20
    assert {p.layer for p in reading.points} == {"group", "control"}


def test_newcomers_are_held_beside_newcomers():
    young, old = START_US + 900 * DAY_US, START_US - 900 * DAY_US
    own = [{**row, "created_us": young + i * 7_777_777_777} for i, row in enumerate(defaults(30))]
    like_them = [{**row, "created_us": young + i * 7_777_777_777} for i, row in enumerate(defaults(60, 2))]
    elders = [{**row, "created_us": old - i * 7_777_777_777} for i, row in enumerate(chosen(200))]
    reading = measured(Handles(), own, [*like_them, *elders], "x")["default-handles"]
    assert 30 <= reading.n_control <= 60
    assert reading.control == 1.0
    assert reading.p_value > 0.5
    assert "of the same age" in reading.says


def test_without_ages_the_whole_control_stands_and_without_anybody_of_an_age_none_of_it():
    members = [profile(f"m{i}", created_us=START_US + i * 1_000_000_007) for i in range(10)]
    far = [profile(f"c{i}", created_us=START_US + (900 + i) * DAY_US + 7) for i in range(50)]
    near = [profile(f"n{i}", created_us=START_US + (300 + i) * DAY_US + 7) for i in range(40)]
    assert same_age(members, far, 365.0, 30) == ([], True)
    assert same_age([profile()] * 10, far, 365.0, 30) == (far, False)
    assert same_age(members, [], 365.0, 30) == ([], True)
    chosen_near, matched = same_age(members, near + far, 365.0, 30)
    assert matched
    assert set(chosen_near) < set(near)
    # three members in ten have nobody of their age beside them
    elder = [profile(f"e{i}", created_us=START_US - (500 + i) * DAY_US) for i in range(3)]
    assert same_age(members[:7] + elder, near + far, 365.0, 30) == ([], True)
    assert same_age(members[:8] + elder[:2], near + far, 365.0, 30)[1]


@pytest.mark.parametrize("control_years", [(0, 4), (0, 6)])
def test_newcomers_are_not_held_beside_people_who_joined_before_there_were_defaults(control_years: tuple[int, int]):
    # a platform gives default handles out since year 4, and half of the newcomers keep them
    drawn = np.random.default_rng(8)

    def joined(years: tuple[int, int], n: int) -> list[dict]:
        made = drawn.uniform(*years, n) * 365
        names = [one["handle"] for one in defaults(n, int(drawn.integers(99)))]
        plain = [one["handle"] for one in chosen(n)]
        kept = drawn.random(n) < np.where(made > 4 * 365, 0.5, 0.05)
        return [
            {"handle": names[i] if kept[i] else plain[i], "created_us": START_US + int(made[i] * DAY_US)}
            for i in range(n)
        ]

    own, control = joined((6, 8), 40), joined(control_years, 200)
    reading = measured(Handles(), own, control, "x")["default-handles"]
    without_ages = [[{"handle": row["handle"]} for row in rows] for rows in (own, control)]
    naive = measured(Handles(), *without_ages, "x")["default-handles"]
    assert naive.value > naive.control
    if control_years == (0, 4):
        assert naive.p_value <= 0.01
    assert reading.value is None
    assert "add control accounts of that age" in reading.lacking


def test_dates_in_digits_are_found_and_uniform_ones_are_not():
    dates = [{"handle": f"Anna19{50 + i}0{1 + i % 9}1{i % 9}"} for i in range(20)]
    control = [*defaults(60, 3), *chosen(40)]
    assert measured(Handles(), dates, control, "x")["date-digits"].p_value < 0.001
    assert measured(Handles(), defaults(20, 4), control, "x")["date-digits"].p_value > 0.5


def test_strings_without_sense_are_found_and_names_are_not():
    drawn = np.random.default_rng(5)
    senseless = [{"handle": "".join("bcdfghjklmnpqrstvwxz"[i] for i in drawn.integers(20, size=9))} for _ in range(25)]
    surnames = sorted(SURNAMES)
    named = [{"handle": f"{surnames[a]}_{surnames[b]}"} for a, b in drawn.integers(len(surnames), size=(225, 2))]
    assert measured(Handles(), senseless, named[25:], "x")["random-handles"].p_value < 0.001
    ordinary = measured(Handles(), named[:25], named[25:], "x")["random-handles"]
    assert ordinary.p_value > 0.01
    assert ordinary.control == pytest.approx(0.05, abs=0.02)


def test_nothing_is_said_of_small_groups_or_without_a_control():
    for reading in measured(Handles(), defaults(9), defaults(100, 2), "x").values():
        assert reading.value is None
    for reading in measured(Handles(), defaults(30), [], "x").values():
        assert reading.value is None
        assert "give a control" in reading.lacking
    assert measured(Handles(), defaults(30), defaults(90), "instagram")["default-handles"].value is None


def test_hostile_handles_are_read_like_any():
    odd = ["", "=1+1", "<b>x</b>", "a" * 1_000_000, "\u202e", "é" * 90, "\x00", "用户" * 900, "@", "9" * 40, None]
    hostile = [{"handle": handle, "display_name": handle} for handle in odd * 4]
    found = measured(Handles(), hostile, hostile, "x")
    assert all(reading.p_value is None or reading.p_value > 0.05 for reading in found.values())
