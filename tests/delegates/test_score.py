"""履职积分: the arithmetic, without a database."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.periods import Period
from delegates.duty_file import DutyFile, Entry, Part, Standing
from delegates.duty_file.score import score_of
from delegates.models import Delegate, ScoreRule
from tests.factory import day

STANDINGS = {
    "x": Standing.PRESENT,
    "l": Standing.LEAVE,
    "a": Standing.ABSENT,
    "u": Standing.UNMARKED,
    "d": None,
}


def file_of(**parts):
    """A file whose parts are told by letters: x present, l leave, a absent, u unmarked, d done."""
    return DutyFile(
        Delegate(name="李敏"),
        Period.of_year(2020),
        tuple(
            Part(
                key,
                key,
                "次",
                tuple(
                    Entry(day("2020-03-01"), str(number), standing=STANDINGS[letter])
                    for number, letter in enumerate(letters, 1)
                ),
            )
            for key, letters in parts.items()
        ),
    )


def rule(category="training", **points):
    whole = {"base_count"}
    return ScoreRule(
        category=category,
        **{name: value if name in whole else Decimal(str(value)) for name, value in points.items()},
    )


def told(file, rows, total_cap=None):
    score = score_of(file, rows, total_cap and Decimal(total_cap))
    lines = [
        (line.words, line.shown, line.why) if line.why else (line.words, line.shown)
        for part in score.parts
        for line in part.lines
    ]
    return score.shown, lines


@pytest.mark.parametrize(
    ("letters", "points", "expected"),
    [
        ("", {"points": 2}, ("0", [])),
        ("", {"base_points": 5}, ("5", [("基础分", "+5")])),
        ("xd", {"points": 2.5}, ("5", [("1", "+2.5"), ("2", "+2.5")])),
        (
            "xxx",
            {"points": 2, "base_count": 1, "extra_points": 0.5},
            ("3", [("1", "+2"), ("2", "+0.5"), ("3", "+0.5")]),
        ),
        (
            "xx",
            {"points": 2, "base_count": 1},
            ("2", [("1", "+2"), ("2", "0", "超出基本次数的不计分")]),
        ),
        (
            "lux",
            {"points": 2},
            ("2", [("1", "0", "请假，不计分"), ("2", "0", "未登记，不计分"), ("3", "+2")]),
        ),
        (
            "xxx",
            {"points": 2, "cap": 3},
            ("3", [("1", "+2"), ("2", "+1", "本类已封顶"), ("3", "0", "本类已封顶")]),
        ),
        (
            "xxa",
            {"points": 2, "cap": 3, "deduction": 1},
            ("2", [("1", "+2"), ("2", "+1", "本类已封顶"), ("3", "-1", "缺席")]),
        ),
        (
            "aa",
            {"base_points": 5, "deduction": 3},
            ("0", [("基础分", "+5"), ("1", "-3", "缺席"), ("2", "-2", "缺席，本类已扣完")]),
        ),
        (
            "ax",
            {"base_points": 1, "points": 2, "cap": 2, "deduction": 5},
            ("0", [("基础分", "+1"), ("2", "+1", "本类已封顶"), ("1", "-2", "缺席，本类已扣完")]),
        ),
    ],
)
def test_one_part(letters, points, expected):
    assert told(file_of(training=letters), [rule(**points)]) == expected


def test_parts_without_a_rule_are_left_out():
    file = file_of(training="x", bills="d", honours="d")

    assert told(file, [rule(points=1), rule("honours", points=3)]) == (
        "4",
        [("1", "+1"), ("1", "+3")],
    )


def test_the_cap_of_the_whole_takes_from_the_last():
    file = file_of(training="xx", reception="xxa")
    rows = [rule(points=3), rule("reception", points=2, deduction=1)]

    assert told(file, rows, 7) == (
        "7",
        [
            ("1", "+3"),
            ("2", "+3"),
            ("1", "+2"),
            ("2", "0", "总分已封顶"),
            ("3", "-1", "缺席"),
        ],
    )


tenths = st.integers(0, 200).map(lambda number: Decimal(number) / 10)
letters = st.text("xlaud", max_size=8)


@st.composite
def rules(draw, category):
    base = draw(tenths)
    count = draw(st.none() | st.integers(0, 5))
    return ScoreRule(
        category=category,
        base_points=base,
        points=draw(tenths),
        base_count=count,
        extra_points=draw(tenths) if count is not None else Decimal(0),
        cap=draw(st.none() | tenths.map(lambda more: base + more)),
        deduction=draw(tenths),
    )


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    letters,
    letters,
    rules("training"),
    rules("reception"),
    st.none() | tenths.filter(bool),
)
def test_lines_add_up_within_the_caps(first, second, training, reception, total_cap):
    score = score_of(file_of(training=first, reception=second), [training, reception], total_cap)

    assert score.points == sum(line.points for part in score.parts for line in part.lines)
    assert total_cap is None or score.points <= total_cap
    for part in score.parts:
        assert part.points >= 0
        assert part.rule.cap is None or part.points <= part.rule.cap
        entries = [line.entry for line in part.lines if line.entry]
        assert sorted(entries, key=lambda entry: entry.words) == list(part.part.entries)
