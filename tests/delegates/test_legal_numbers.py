"""The numbers of delegates that law asks for, against their definitions in words."""

from fractions import Fraction

import pytest

from delegates.legal_numbers import legal_numbers, majority, one_fifth, quorum

#: A township congress has at most 160 delegates (选举法 12).
TOTALS = range(1, 161)


def least(total, enough):
    """The smallest number of delegates that is enough."""
    return next(number for number in range(total + 1) if enough(Fraction(number, total)))


@pytest.mark.parametrize("total", TOTALS)
def test_numbers_are_the_least_that_are_enough(total):
    assert quorum(total) == least(total, lambda part: part >= Fraction(2, 3))
    assert majority(total) == least(total, lambda part: part > Fraction(1, 2))
    assert one_fifth(total) == least(total, lambda part: part >= Fraction(1, 5))


def test_fifty_delegates_of_the_2020_report():
    assert [(each.purpose, each.number, each.article) for each in legal_numbers(50)] == [
        ("举行会议（出席）", 34, "地方组织法（2022年修正）第十四条"),
        ("进行选举、通过决议（赞成）", 26, "地方组织法（2022年修正）第二十五条"),
        ("提议临时召集会议", 10, "地方组织法（2022年修正）第十四条"),
        ("提出罢免案", 10, "地方组织法（2022年修正）第三十一条"),
        ("提名主席、副主席、政府领导人员候选人", 10, "地方组织法（2022年修正）第二十六条"),
        ("提出质询案", 10, "地方组织法（2022年修正）第二十四条"),
        ("提出议案", 5, "地方组织法（2022年修正）第二十二条、代表法（2025年修正）第十五条"),
    ]


def test_a_number_above_all_delegates_is_out_of_reach():
    out = [each.purpose for each in legal_numbers(9) if each.is_out_of_reach]
    assert out == ["提名主席、副主席、政府领导人员候选人", "提出质询案"]


def test_no_delegates_have_no_numbers():
    with pytest.raises(ValueError, match="not 0"):
        legal_numbers(0)
