"""Numbers, dates and lists as official Chinese writes them."""

import datetime

import pytest

from congress import numerals


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (15, "十五"),
        (20, "二十"),
        (42, "四十二"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (999, "九百九十九"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (2020, "二千零二十"),
        (9999, "九千九百九十九"),
    ],
)
def test_chinese_numerals(number, text):
    assert numerals.ordinal_numeral(number) == text


@pytest.mark.parametrize("number", [-1, 10000])
def test_chinese_numerals_have_a_range(number):
    with pytest.raises(ValueError, match="0–9999"):
        numerals.ordinal_numeral(number)


def test_names_with_ordinals():
    assert [
        numerals.term_name(15),
        numerals.session_name(15, 4),
        numerals.group_name(1),
        numerals.group_name(12),
        numerals.section_number(2),
        numerals.subsection_number(3),
        numerals.point_number(1),
        numerals.quantity(2),
        numerals.quantity(3),
    ] == [
        "十五届",
        "十五届人大四次会议",
        "第一代表小组",
        "第十二代表小组",
        "二、",
        "（三）",
        "一是",
        "两",
        "三",
    ]


def test_dates_have_no_leading_zeros():
    day = datetime.date(2020, 9, 3)

    assert (numerals.month_day(day), numerals.full_date(day)) == ("9月3日", "2020年9月3日")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (9, "9"),
        (19, "19"),
        (20, "20"),
        (21, "20余"),
        (23, "20余"),
        (30, "30"),
        (33, "30余"),
        (99, "90余"),
        (100, "100"),
        (104, "100余"),
        (149, "100余"),
        (150, "150"),
        (156, "150余"),
        (160, "160"),
        (999, "990余"),
        (1000, "1000"),
        (1001, "1000余"),
        (1180, "1100余"),
    ],
)
def test_round_figures_with_yu(number, text):
    assert numerals.approximate(number) == text


@pytest.mark.parametrize("number", range(0, 3000, 7))
def test_a_round_figure_is_never_above_the_count(number):
    text = numerals.approximate(number)
    stated = int(text.rstrip("余"))

    assert stated < number if text.endswith("余") else stated == number


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (14, 20, "70%"),
        (21, 23, "91.3%"),
        (618, 824, "75%"),
        (797, 824, "96.7%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 1, "100%"),
        (9999, 10000, "99.9%"),
        (1, 10000, "0.1%"),
        (0, 5, "0%"),
    ],
)
def test_percent_is_never_rounded_up_to_all_or_down_to_none(part, whole, text):
    assert numerals.percent(part, whole) == text


def test_percent_of_nothing():
    with pytest.raises(ValueError, match="above zero"):
        numerals.percent(0, 0)


@pytest.mark.parametrize(
    ("items", "last", "text"),
    [
        ([], "", ""),
        (["XX"], "和", "XX"),
        (["XX", "LJ冲", "SJ河"], "", "XX、LJ冲、SJ河"),
        (["组长", "副组长", "联系员"], "和", "组长、副组长和联系员"),
        (["《代表法》", "《选举法》", "《地方组织法》"], "", "《代表法》《选举法》《地方组织法》"),
        (["《代表法》", "《选举法》", "《监督法》"], "和", "《代表法》《选举法》和《监督法》"),
        (["《代表法》（2015年）", "《选举法》"], "", "《代表法》（2015年）、《选举法》"),
        (["“甲”", "“乙”"], "", "“甲”“乙”"),
    ],
)
def test_listing(items, last, text):
    assert numerals.listing(items, last=last) == text


def test_marks_inside_marks():
    assert [
        numerals.title_marks("代表法"),
        numerals.title_marks("《代表法》"),
        numerals.title_marks("关于贯彻《代表法》的意见"),
        numerals.quoted("打造“强镇”"),
        numerals.quoted("“两项制度”"),
    ] == ["《代表法》", "《代表法》", "《关于贯彻〈代表法〉的意见》", "“打造‘强镇’”", "“两项制度”"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("推进工作", "推进工作。"),
        ("推进工作。", "推进工作。"),
        ("推进工作；", "推进工作。"),
        ("他说：“好。”", "他说：“好。”"),
        ("", ""),
    ],
)
def test_as_sentence(text, sentence):
    assert numerals.as_sentence(text) == sentence


def test_without_stop():
    assert numerals.without_stop(" 做好安置。") == "做好安置"
