"""The secretary enters the ballots of a duty report, told while typing what does not add up."""

import pytest

from tests import factory


@pytest.mark.parametrize("window", ["page", "phone"])
def test_ballots_are_checked_while_typing(window, request, secretary, log_in, check_axe):
    screen = request.getfixturevalue(window)
    factory.make_ballot_scale(2020, thresholds=[("比较满意", 70, 90)], least_present=80)
    report = factory.make_duty_report()
    log_in(screen, secretary)
    screen.goto(f"/duty-reports/{report.pk}/ballots/")
    told = screen.locator("[data-ballots] li")

    screen.get_by_label("述职日期").fill("2020-07-10")
    screen.get_by_label("地点").fill("XX村部")
    for label, number in [("到会选民数", 60), ("发出票", 61), ("收回票", 58), ("有效票", 57)]:
        screen.get_by_label(label, exact=True).fill(str(number))
    assert told.all_inner_texts() == [
        "发出票61张，多于到会选民60人。",
        "到会选民60人，少于规定的80人；仍可保存。",
    ]
    screen.get_by_label("发出票", exact=True).fill("60")
    for label, number in [("满意", 41), ("基本满意", 14), ("不满意", 0), ("弃权", 1)]:
        screen.get_by_label(label, exact=True).fill(str(number))
    assert told.first.inner_text() == "各等次和弃权合计56票，比有效票57张少1票。"
    check_axe(screen)
    screen.get_by_label("弃权", exact=True).fill("2")
    assert told.all_inner_texts()[:2] == [
        "合计57票，与有效票相符；无效票1张。",
        "满意率71.9%，前两个等次合计96.5%，结果：比较满意。",
    ]
    screen.get_by_role("button", name="保存").click()
    screen.wait_for_url(f"**/duty-reports/{report.pk}/")

    report.refresh_from_db()
    assert (report.ballots_valid, report.satisfied, report.abstained) == (57, 41, 2)
    check_axe(screen)


@pytest.mark.parametrize("window", ["page", "phone"])
def test_the_year_is_planned(window, request, secretary, log_in, check_axe, set_today):
    set_today("2020-03-10")
    screen = request.getfixturevalue(window)
    factory.make_ballot_scale(2020)
    for group in (1, 2):
        factory.make_membership(factory.make_group(group))
    log_in(screen, secretary)
    screen.goto("/duty-reports/plan/2020/")
    check_axe(screen)

    screen.get_by_label("代表2号的月份").select_option(label="9月")
    screen.get_by_role("button", name="确认安排").click()
    screen.wait_for_url("**/duty-reports/?year=2020")

    assert screen.locator("tbody tr").count() == 2
    assert screen.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    check_axe(screen)
