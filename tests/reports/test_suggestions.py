"""Texts suggested from counted facts: they say what the records say, and nothing else."""

from dataclasses import replace

import pytest

from reports.drafting.suggestions import SUGGESTIONS, suggested
from reports.places import PLACES, SERIES
from reports.proofreading import proofread
from tests.reports import sample_figures as sample


def every(figures):
    """All texts that could be offered, by place."""
    return {
        place: texts
        for place, suggestions in SUGGESTIONS.items()
        if (texts := [text for each in suggestions if (text := each(figures))])
    }


def test_the_year_2020():
    figures = sample.year_2020()
    activities = replace(figures.activities, never_present=2)

    assert every(replace(figures, activities=activities)) == {
        "前言": ["现将今年以来镇人大工作情况汇报如下："],
        "活动室-评价": ["标牌、制度齐全，基本做到了规范化建设。"],
        "接待选民-引语": ["坚持人大代表接待选民日制度，今年以来先后有9个接待日，共接待24场次。"],
        "述职-引语": ["坚持开展人大代表向选民述职制度，完成年度计划的70%。"],
        "学习培训-引语": ["开展学习培训活动，今年以来共组织1次。"],
        "学习培训-成效": ["参加学习培训的代表46人次，参训率为83.6%。"],
        "视察调研-引语": ["开展视察调研活动，今年以来共组织2次。"],
        "工作评议-成效": [
            "从测评结果看，代表对被评议单位的满意率为70.8%，满意和基本满意率为96.9%。"
        ],
        "成效": [
            "通过落实代表接待选民日制度，23名代表接待选民104人次，搜集意见建议33条，"
            "已答复27条，办结23条，其中已解决19条。",
            "通过落实代表述职制度，14名代表当面接受选民测评，收回有效票824张，"
            "满意和基本满意率为96.7%。",
            "通过学习培训、视察调研，组织代表活动3次，提出意见建议3条，代表参加活动82人次。",
        ],
        "问题-引语": ["对照年度工作安排和有关记录，工作中还存在一些不足："],
        "问题": [
            "有的代表参加活动的积极性不高，活动出席率为82%，缺席6人次，其中4人次以工作为由；",
            "有2名代表应参加活动而一次也没有到会；",
            "有的意见建议办理不够及时，2条超过办理期限尚未答复；",
        ],
        "打算-接待选民": [
            "坚持人大代表接待选民日制度，继续在每月15日组织代表轮流接待选民，"
            "抓好尚未办结的9条意见建议的督办。"
        ],
        "打算-议案": ["认真做好县人代会议案、建议的准备工作。"],
    }


def test_where_the_records_say_nothing_nothing_is_suggested():
    assert list(every(sample.empty_year())) == ["前言"]


def test_suggestions_need_no_putting_right_and_have_their_places():
    texts = [text for each in every(sample.year_2020()).values() for text in each]

    assert [text for text in texts if proofread(text) != text] == []
    assert [place for place in SUGGESTIONS if place not in PLACES] == []
    assert [
        name for name, each in SUGGESTIONS.items() if len(each) > 1 and name not in SERIES
    ] == []


def test_problems_that_2020_did_not_have():
    figures = sample.year_2020()
    topics = (("征地拆迁", 20), ("其他", 13))
    rooms = tuple(
        replace(group, rooms=tuple(replace(room, has_sign=False) for room in group.rooms))
        for group in figures.groups.groups[:1]
    )
    worse = replace(
        figures,
        scope=sample.empty_year(cut_off="2020-12-31").scope,
        feedback=replace(figures.feedback, topics=topics),
        groups=replace(figures.groups, groups=(*rooms, *figures.groups.groups[1:])),
    )

    told = every(worse)

    assert told["问题"][-2:] == [
        "代表述职进度偏慢，计划的20名中还有6名没有进行；",
        "听取意见的面还不够宽，33条意见建议中涉及征地拆迁的占60.6%；",
    ]
    assert told["活动室-评价"] == ["还有1个活动室的标牌或制度有待完善。"]


@pytest.mark.parametrize(
    ("place", "standing", "begins"),
    [
        ("问题-1", [], "有的代表参加活动的积极性不高"),
        ("问题-4", ["有的调查不深入；"], "有的代表参加活动的积极性不高"),
        ("前言-2", ["现汇报如下："], ""),
        ("活动室-引语", [], ""),
        ("自拟-1", [], ""),
    ],
)
def test_a_series_is_offered_what_does_not_stand_in_it_yet(place, standing, begins):
    figures = sample.year_2020()

    text = suggested(figures, place, standing)
    assert (text.startswith(begins), bool(text)) == (True, bool(begins))
    if place == "问题-1":
        assert suggested(figures, place, [text]).startswith("有的意见建议办理不够及时")
