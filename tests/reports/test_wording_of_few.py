"""None, one and many: what a report says where the year's usual plural would be wrong."""

from dataclasses import replace

import pytest

from groups.models import PlanItem
from reports.figures.plan import Outlook, Planned
from reports.marks import plain
from reports.wording import activities, duties, groups, inspections, outlook
from tests.reports import sample_figures as sample
from tests.reports.sample_figures import past_due


@pytest.fixture
def figures():
    return sample.year_2020()


def with_feedback(figures, **fields):
    return replace(figures, feedback=replace(figures.feedback, **fields))


def with_plan(figures, *titles, kind=PlanItem.Kind.EVALUATION):
    items = [Planned(title, kind, 12, 12, 1, 0) for title in titles]
    return replace(figures, outlook=Outlook(2020, tuple(items)))


@pytest.mark.parametrize(
    ("answered", "closed", "told", "ending"),
    [
        (
            1,
            1,
            1,
            "镇人大及时交由相关单位和责任人办理，事情办理后，由交办单位及时告知相关代表小组和选民，现已办结。",
        ),
        (1, 0, 0, "镇人大及时交由相关单位和责任人办理，现已答复。"),
        (
            0,
            0,
            0,
            "镇人大交由相关单位和责任人办理。截至目前，已到办理期限的意见建议有1条，尚未答复。",
        ),
    ],
)
def test_a_single_item_is_not_told_as_all_of_them(figures, answered, closed, told, ending):
    rates = past_due(1, answered=answered, closed=closed)
    figures = with_feedback(figures, assigned=1, group_told=told, voter_told=told, rates=rates)

    assert plain(duties.handling(figures)) == f"针对选民提出的问题，{ending}"


def test_one_of_several_items_is_due(figures):
    figures = with_feedback(figures, rates=past_due(1, answered=1, closed=1))

    assert plain(duties.handling(figures)) == (
        "针对选民提出的问题，镇人大及时梳理汇总并交由相关单位和责任人办理，"
        "事情办理后，由交办单位及时告知相关代表小组和选民。"
        "截至目前，已到办理期限的意见建议有1条，已办结。"
    )


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        (["其他"], "涉及其他方面。"),
        (["其他", "道路"], "涉及道路等2个方面。"),
        (
            ["道路", "其他", "用水", "用电", "教育", "医疗"],
            "涉及道路、用水、用电、教育、医疗等6个方面。",
        ),
    ],
)
def test_other_topics_are_counted_and_not_named(figures, topics, told):
    figures = with_feedback(figures, topics=tuple((topic, 1) for topic in topics))
    result = plain(duties.reception_result(figures, in_round_figures=False))

    assert result.endswith(f"条，{told}")


def test_one_kind_of_work_is_named(figures):
    nothing = sample.empty_year()
    one = replace(nothing, activities=replace(nothing.activities, training=(sample.TRAINING,)))

    assert plain(groups.documents(one)) == "今年以来，镇人大组织代表开展了学习培训活动。"
    assert plain(groups.nothing_done(nothing)) == "今年以来，镇人大没有组织开展代表小组活动。"


def test_the_month_of_several_plans_is_said_once(figures):
    planned = with_plan(figures, "站所评议", "部门评议")

    assert plain(outlook.activities(planned, bills_apart=False)) == (
        "计划年底前开展1次站所评议活动，开展1次部门评议活动。"
    )
    sooner = Planned("视察重点工程", PlanItem.Kind.INSPECTION, 11, 11, 1, 0)
    mixed = replace(planned, outlook=Outlook(2020, (*planned.outlook.items, sooner)))
    assert plain(outlook.activities(mixed, bills_apart=False)).startswith("计划11月份开展")
    assert plain(activities.evaluations_to_come(planned)) == (
        "今年，我们还将在下半年继续开展站所评议活动和部门评议活动。"
    )


def test_who_recommends_is_said_where_nothing_was_found(figures):
    event = replace(sample.SUMMER_INSPECTION, findings=(), recommendations=())
    line = sample.SPRING_INSPECTION.recommendations[0]
    one = replace(event, recommendations=(replace(line, text="加快工程进度", mark=""),))

    assert "。代表们建议加快工程进度。" in plain(inspections.inspection(one, figures))


def test_a_law_is_checked_for_how_it_is_carried_out(figures):
    checks = tuple(
        sample.activity("law_check", "水法执法检查", "2020-06-01", content)
        for content in (["水法"], ["取水条例", "河道"])
    )
    figures = replace(figures, activities=replace(figures.activities, law_check=checks))

    assert plain(inspections.law_checks(figures)) == (
        "6月1日，镇人大组织人大代表开展了水法执法检查活动。"
        "6月1日，镇人大组织人大代表开展了水法执法检查活动，检查了《取水条例》的实施情况和河道。"
    )
