"""The duty file as far as this room fills it: reception, items, duty reports, proposals."""

import pytest

from congress.periods import Period
from delegates.duty_file import Standing, duty_files
from tests import factory
from voters.models import DutyOpinion, FeedbackItem, ReceptionDuty

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2020)


@pytest.fixture
def mandate():
    return factory.make_mandate(factory.make_delegate("李敏"))


def part_of(mandate, key, period=YEAR):
    return duty_files([mandate.delegate], period)[0].part(key)


def test_turns_are_those_of_held_days_while_in_office(mandate):
    other = factory.make_mandate()
    on_duty = factory.make_reception_day("2020-05-15", on_duty=[mandate])
    factory.make_visit(on_duty, persons=3)
    factory.make_visit(on_duty)
    for date, status in (("2020-06-15", "absent"), ("2020-07-15", "swapped")):
        day = factory.make_reception_day(date, on_duty=[mandate])
        ReceptionDuty.objects.filter(day=day).update(status=status)
    factory.make_reception_day("2020-08-15", on_duty=[mandate], state="announced")
    factory.make_reception_day("2020-08-25", on_duty=[mandate])
    factory.make_reception_day("2016-12-25", on_duty=[mandate])
    helped = factory.make_visit(factory.make_reception_day("2020-04-15", on_duty=[other]))
    helped.received_by.add(mandate)
    part = part_of(mandate, "reception", Period(factory.day("2016-01-01"), YEAR.last))
    assert [(str(each.day), each.standing, each.remark) for each in part.entries] == [
        ("2016-12-25", None, ""),
        ("2020-04-15", None, "来访1件、1人次"),
        ("2020-05-15", Standing.PRESENT, "来访2件、4人次"),
        ("2020-06-15", Standing.ABSENT, ""),
    ]
    assert (part.expected, part.present, part.absent) == (2, 1, 1)
    assert part.summary == "登记来访3件、5人次。"


def test_items_come_from_visits_received_and_from_duty_reports(mandate):
    day = factory.make_reception_day("2020-08-14", on_duty=[mandate])
    visit = factory.make_visit(day, voter_name="选民某甲", words="我家门口的路坏了。")
    factory.make_item(visit, "closed")
    factory.make_item(visit, "assigned")
    said = factory.make_item(visit, topic=factory.make_topic("饮水安全"))
    FeedbackItem.objects.filter(pk=said.pk).update(
        visit=None, source="duty_report", registered_on="2020-07-10"
    )
    report = factory.make_held_report(mandate)
    DutyOpinion.objects.create(report=report, text="水质不好", item=said)
    factory.make_item(factory.make_visit(factory.make_reception_day("2020-08-13")))
    part = part_of(mandate, "items")
    assert [(str(each.day), each.words, each.remark) for each in part.entries] == [
        ("2020-07-10", "2020-J003　饮水安全（述职）", "登记"),
        ("2020-08-14", "2020-J001　村村通道路（接待选民）", "办结，A 已解决或基本解决"),
        ("2020-08-14", "2020-J002　村村通道路（接待选民）", "交办"),
    ]
    assert part.summary == "收集意见建议3条，涉及村村通道路2条、饮水安全1条；已答复1条，办结1条。"
    earlier = part_of(mandate, "items", Period(YEAR.first, factory.day("2020-08-17")))
    assert earlier.summary.endswith("已答复0条，办结0条。")
    assert [each.remark for each in earlier.entries][1:] == ["办理中", "交办"]


def test_duty_reports_with_ballots_and_result(mandate):
    factory.make_ballot_scale(2020, thresholds=[("满意", 50, 80)])
    factory.make_held_report(mandate)
    factory.make_duty_report(mandate, 2019)
    [entry] = part_of(mandate, "duty_reports").entries
    assert (entry.words, entry.remark) == (
        "2020年度向选民述职（XX村部）",
        "到会选民60人，有效票56张：满意40票（71.4%）、基本满意13票（23.2%）、"
        "不满意1票（1.8%）；满意",
    )


def test_suggestions_and_bills_led_and_seconded(mandate):
    other = factory.make_mandate()
    FeedbackItem.objects.filter(
        pk__in=[
            factory.make_suggestion(mandate, title="拓宽村道", state="closed").pk,
            factory.make_suggestion(other, [mandate], title="新建桥梁").pk,
            factory.make_suggestion(other, title="无关").pk,
        ]
    ).update(registered_on="2020-08-16")
    factory.make_bill(mandate, [other])
    factory.make_bill(other, [mandate], title="关于道路的议案")
    suggestions, bills = part_of(mandate, "suggestions"), part_of(mandate, "bills")
    assert [(each.words, each.remark) for each in suggestions.entries] == [
        ("拓宽村道（领衔）", "办结，对办理过程满意，对办理结果满意"),
        ("新建桥梁（附议）", "登记"),
    ]
    assert suggestions.summary == "其中领衔1件、附议1件。"
    assert [(each.words, each.remark) for each in bills.entries] == [
        ("十五届人大四次会议第1号议案 关于保护饮用水水源的议案（领衔）", "待主席团决定"),
        ("十五届人大四次会议第2号议案 关于道路的议案（附议）", "待主席团决定"),
    ]


def test_two_mandates_have_each_record_once(mandate):
    county = factory.make_mandate(mandate.delegate, level="county")
    day = factory.make_reception_day("2020-08-14", on_duty=[mandate, county])
    visit = factory.make_visit(day, persons=2)
    factory.make_item(visit)
    factory.make_suggestion(mandate, [county], visit=visit)
    [file] = duty_files([mandate.delegate], YEAR)
    assert file.part("reception").summary == "登记来访1件、2人次。"
    assert [file.part(key).done for key in ("reception", "items", "suggestions")] == [1, 1, 1]
