"""What other towns' ledgers have and the demonstration year does not."""

import datetime

import pytest

from congress.models import Term
from delegates.models import Delegate, Mandate, Suspension
from groups.models import DelegateGroup, GroupVillage, Membership
from reports.ledgers import import_ledgers
from voters.models import FeedbackItem, ReceptionDay, Topic, Visit

from . import ledger_files
from .ledger_files import (
    assert_round_trip,
    cells_of,
    day,
    errors_of,
    exported,
    import_file,
    item,
    mandate,
    reception,
    small_town,
    visit,
)

pytestmark = pytest.mark.django_db


def activity(ledger, number="2020-H01", organiser="乡人大", date="2020-05-20", **cells):
    row = ledger.add(
        "活动",
        number,
        int(date[:4]),
        "学习培训",
        "代表培训",
        None,
        None,
        day(date),
        organiser,
        "乡政府",
        "代表法",
        None,
        None,
    )
    row.update(cells)
    return row


def stretches():
    return [
        (each.group.ordinal, str(each.start), each.end and str(each.end), each.post)
        for each in Membership.objects.filter(mandate__card_number="Z15-004").order_by("start")
    ]


def change_group(ledger, **last):
    """Z15-004 goes from group 1 to group 2 on 2020-06-01."""
    row = ledger.row("代表", 代表证号="Z15-004")
    row.update(状态="终止", 状态原因="调组", 状态日期=day("2020-06-01"), 备注="迁居西村")
    second = mandate("Z15-004", "甲四", "13900000004", 2, "组员", 状态日期=day("2020-06-01"))
    second.update(last)
    ledger["代表"].append(second)


def filled(ledger):
    """组员 written out, as the export writes it."""
    for row in ledger["代表"]:
        row["组内职务"] = row["组内职务"] or "组员"
    return ledger


def test_a_township_that_is_a_xiang_organises_as_xiang():
    ledger = filled(small_town())
    activity(ledger)
    activity(ledger, "2020-H02", "第二代表小组", 村或地点="西村、东村")
    assert_round_trip(ledger)
    ledger["活动"][0]["组织者"] = "镇人大"
    assert errors_of(ledger) == [
        "活动 第2行 “组织者”（填的是“镇人大”）：组织者只能是：乡人大、第一代表小组、第二代表小组。"
    ]


def test_change_of_group_is_one_mandate_in_two_stretches():
    ledger = filled(small_town())
    change_group(ledger)
    assert_round_trip(ledger)
    assert Mandate.objects.filter(card_number="Z15-004").count() == 1
    assert Mandate.objects.get(card_number="Z15-004").end is None
    assert stretches() == [
        (1, "2017-01-05", "2020-06-01", "member"),
        (2, "2020-06-01", None, "member"),
    ]


def test_change_of_group_after_the_first_import():
    import_file(filled(small_town()).file())
    ledger = filled(small_town())
    change_group(ledger)
    assert import_file(ledger.file())["代表"] == (1, 1, 6)
    assert stretches() == [
        (1, "2017-01-05", "2020-06-01", "member"),
        (2, "2020-06-01", None, "member"),
    ]


def test_change_of_group_in_any_order_of_rows():
    ledger = filled(small_town())
    change_group(ledger)
    ledger["代表"].insert(0, ledger["代表"].pop())
    assert_round_trip_of_rows(ledger)


def assert_round_trip_of_rows(ledger):
    import_file(ledger.file())
    wanted = sorted(map(str, cells_of(ledger.file())["代表"]))
    assert sorted(map(str, cells_of(exported())["代表"])) == wanted


def test_change_of_group_followed_by_an_end():
    ledger = filled(small_town())
    change_group(ledger, 状态="终止", 状态原因="辞职", 状态日期=day("2020-07-20"))
    assert_round_trip(ledger)
    assert stretches() == [
        (1, "2017-01-05", "2020-06-01", "member"),
        (2, "2020-06-01", "2020-07-20", "member"),
    ]
    ended = Mandate.objects.get(card_number="Z15-004")
    assert (ended.end, ended.end_reason) == (datetime.date(2020, 7, 20), "resigned")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"状态日期": day("2020-06-02")}, "调组后一行的状态日期须与调组日期2020-06-01相同。"),
        ({"当选日期": day("2017-01-06")}, "与第5行代表证号相同而内容不同；"),
        ({"姓名": "甲五"}, "与第5行代表证号相同而内容不同；"),
        ({"文化程度": "高中"}, "与第5行是同一人，“文化程度”须写得一致。"),
    ],
)
def test_rows_of_a_change_of_group_must_agree(changes, message):
    ledger = small_town()
    change_group(ledger, **changes)
    (error,) = import_ledgers(ledger.file()).errors
    assert (error.sheet, error.row, error.column) == ("代表", 9, next(iter(changes)))
    assert error.message.startswith(message)


def test_one_card_number_in_two_rows_without_a_change_of_group():
    ledger = small_town()
    ledger["代表"].append(mandate("Z15-004", "甲四", "13900000004", 1))
    assert errors_of(ledger) == [
        "代表 第9行 “代表证号”（填的是“Z15-004”）："
        "与第5行重复；调组的，原小组一行状态原因填“调组”。"
    ]


def test_namesakes_need_the_card_number():
    ledger = filled(small_town())
    ledger["代表"].append(mandate("Z15-005", "甲四", "13900000005", 1, "组员"))
    row = reception(ledger, delegates="甲一、甲四")
    assert errors_of(ledger) == [
        "接待日 第2行 “接待代表”（填的是“甲四”）：有2位代表叫“甲四”，请在姓名后用括号写明代表证号。"
    ]
    row["接待代表"] = "甲一、甲四(Z15-005)"
    assert_round_trip(ledger)
    (held,) = ReceptionDay.objects.all()
    assert [each.card_number for each in held.on_duty.order_by("reception_duties")] == [
        "Z15-001",
        "Z15-005",
    ]


def test_brackets_may_be_full_width_and_the_card_must_belong_to_the_name():
    ledger = small_town()
    ledger["代表"].append(mandate("Z15-005", "甲四", "13900000005", 1))
    row = reception(ledger, delegates="甲四（Z15-004）")
    import_file(ledger.file())
    row["接待代表"] = "甲四(Z15-001)"
    assert errors_of(ledger) == [
        "接待日 第2行 “接待代表”（填的是“甲四(Z15-001)”）："
        "代表证号“Z15-001”是甲一的，与姓名不符，请核对。"
    ]
    row["接待代表"] = "甲四(Z15-999)"
    assert errors_of(ledger) == [
        "接待日 第2行 “接待代表”（填的是“甲四(Z15-999)”）："
        "代表名册中没有代表证号“Z15-999”，请核对。"
    ]


def two_mandates(ledger):
    """甲一 is a county delegate as well; both rows name the post."""
    county = mandate("X15-001", "甲一", "13900000001", 1, "组员", 代表层级="县", 选区="县第1选区")
    ledger["代表"].append(county)
    return county


def test_two_mandates_of_one_person():
    ledger = filled(small_town())
    two_mandates(ledger)
    reception(ledger, delegates="甲一、甲二")
    visit(ledger)
    ledger.add("述职", 2020, "甲一", "县第1选区", 9, *[None] * 9)
    ledger.add("述职", 2020, "甲一", "Z15-001选区", 10, *[None] * 9)
    activity(ledger)
    ledger.add("活动出席", "2020-H01", "甲一", "出席", None)
    ledger.add("活动出席", "2020-H01", "甲一(X15-001)", "请假", "工作")
    assert_round_trip(ledger)
    assert Delegate.objects.count() == 7
    assert Mandate.objects.count() == 8
    person = Delegate.objects.get(name="甲一")
    assert [each.card_number for each in Visit.objects.get().received_by.all()] == ["Z15-001"]
    assert sorted(person.mandates.values_list("duty_reports__planned_month", "level")) == [
        (9, "county"),
        (10, "town"),
    ]


def test_two_mandates_may_both_name_the_post():
    ledger = filled(small_town())
    two_mandates(ledger)["组内职务"] = "组长"
    import_file(ledger.file())
    posts = Membership.objects.filter(mandate__delegate__name="甲一").order_by("pk")
    assert [(each.mandate.card_number, each.post) for each in posts] == [
        ("Z15-001", "leader"),
        ("X15-001", "member"),
    ]
    assert import_file(ledger.file())["代表"] == (0, 0, 8)


def test_two_mandates_of_one_person_are_in_one_group():
    ledger = small_town()
    two_mandates(ledger)["所属小组"] = 2
    assert errors_of(ledger) == [
        "代表 第9行 “所属小组”（填的是“2”）：与第2行是同一人，两项代表资格须在同一小组。"
    ]


def test_the_same_name_with_another_birth_month_is_another_person():
    ledger = small_town()
    two_mandates(ledger)["出生年月"] = "1971-05"
    ledger.row("代表小组", 组别=1)["组长"] = "甲一(Z15-001)"
    import_file(ledger.file())
    assert Delegate.objects.filter(name="甲一").count() == 2


def test_a_group_founded_in_mid_year():
    ledger = filled(small_town())
    ledger.add("村", "北村", 300)
    ledger.add(
        "代表小组", 3, "北村", "甲四", "丙二", "丙三", "否", "第三活动室", "北村部", "是", "是"
    )
    change_group(ledger, 所属小组=3, 组内职务="组长")
    ledger["代表"].append(
        mandate("Z15-021", "丙二", "13900000021", 3, "副组长", 当选日期=day("2020-06-10"))
    )
    reception(ledger, "2020-06-15", 3, "甲四、丙二")
    assert_round_trip(ledger)
    group = DelegateGroup.objects.get(ordinal=3)
    assert group.start == datetime.date(2020, 6, 1)
    assert GroupVillage.objects.get(group=group).start == datetime.date(2020, 6, 1)
    assert Mandate.objects.get(card_number="Z15-021").how_elected == "by_election"


def test_a_village_that_goes_to_the_new_group_leaves_the_old_one_that_day():
    import_file(filled(small_town()).file())
    ledger = filled(small_town())
    ledger.add("村", "北村", 300)
    ledger.row("代表小组", 组别=1)["覆盖村"] = "北村"
    ledger.add(
        "代表小组", 3, "东村", "甲四", "丙二", "丙三", "否", "第三活动室", "东村部", "是", "是"
    )
    change_group(ledger, 所属小组=3, 组内职务="组长")
    ledger["代表"].append(
        mandate("Z15-021", "丙二", "13900000021", 3, "副组长", 当选日期=day("2020-06-10"))
    )
    import_file(ledger.file())
    coverage = GroupVillage.objects.filter(village__name="东村").order_by("start")
    assert [(each.group.ordinal, str(each.start), each.end) for each in coverage] == [
        (1, "2017-01-05", datetime.date(2020, 6, 1)),
        (3, "2020-06-01", None),
    ]


def test_records_after_the_cut_off_are_kept_too():
    ledger = filled(small_town())
    reception(ledger, "2020-09-15")
    visit(ledger, "2020-100", "2020-09-15")
    item(ledger, visit_number="2020-100")
    activity(ledger, date="2020-11-20")
    assert_round_trip(ledger)


def test_an_officer_changed_after_the_cut_off():
    """代表小组 stands at the cut-off, 代表 at the day the workbook was made."""
    ledger = small_town()
    ledger.row("代表", 代表证号="Z15-001").update(
        状态="终止", 状态原因="辞职", 状态日期=day("2020-10-01")
    )
    import_file(ledger.file())
    ledger.row("代表", 代表证号="Z15-001")["状态日期"] = day("2020-08-01")
    assert errors_of(ledger) == [
        "代表小组 第2行 “组长”（填的是“甲一”）："
        "“代表”表中，此人不是第一代表小组在任的组长，请把两张表改为一致。"
    ]


def test_text_dates_full_width_digits_and_stray_blanks():
    ledger = filled(small_town())
    reception(ledger)
    visit(ledger)
    wanted = cells_of(ledger.file())
    ledger["接待日"][0].update(日期="２０２０-０３-１５", 组别="１", 地点=" 乡政府  ")
    ledger["接待登记"][0].update(接待日期="2020-3-15", 组别="1.0", 来访人数="２")
    ledger["代表"][0].update(出生年月=day("1970-05-17"), 当选日期="2017-01-05", 姓名="甲 一")
    ledger["代表"][1].update(出生年月="1970-5", 联系电话=13900000002)
    ledger.row("基本信息", 项目="统计起始")["内容"] = "2020-01-01"
    ledger.row("基本信息", 项目="届次")["内容"] = "15"
    import_file(ledger.file())
    assert cells_of(exported()) == wanted


def test_the_separator_in_names_is_one_and_rare_characters_stay():
    ledger = small_town()
    for number, name in enumerate(
        ("艾力•吐尔逊", "买买提・艾山", "阿依．古丽", "𬱖某", "㛃某", "丁䶮"), 31
    ):
        ledger["代表"].append(mandate(f"Z15-0{number}", name, f"139000000{number}", 2))
    reception(ledger, group=2, delegates="艾力・吐尔逊、阿依·古丽、𬱖某")
    import_file(ledger.file())
    assert list(Delegate.objects.order_by("pk").values_list("name", flat=True))[7:] == [
        "艾力·吐尔逊",
        "买买提·艾山",
        "阿依·古丽",
        "𬱖某",
        "㛃某",
        "丁䶮",
    ]
    assert cells_of(exported())["接待日"][1][3] == "艾力·吐尔逊、阿依·古丽、𬱖某"


def test_suspension_keeps_the_mandate_but_not_the_seat():
    ledger = filled(small_town())
    ledger.row("代表", 代表证号="Z15-004").update(
        状态="暂停", 状态原因="其他", 状态日期=day("2020-04-01")
    )
    assert_round_trip(ledger)
    suspended = Mandate.objects.get(card_number="Z15-004")
    in_office = Mandate.objects.in_office_on
    assert suspended in in_office(datetime.date(2020, 3, 31))
    assert suspended not in in_office(datetime.date(2020, 4, 1))
    activity(ledger)
    ledger.add("活动出席", "2020-H01", "甲四", "出席", None)
    assert errors_of(ledger) == [
        "活动出席 第2行 “代表”（填的是“甲四”）：2020-05-20不在任，不应列入出席。"
    ]
    ledger["活动出席"].clear()
    ledger.row("代表", 代表证号="Z15-004").update(状态="在任", 状态原因=None, 状态日期=None)
    assert import_file(ledger.file())["代表"] == (0, 1, 6)
    assert not Suspension.objects.filter(end=None).exists()


def test_by_election_to_a_seat_that_fell_vacant():
    ledger = filled(small_town())
    ledger.add("会议", 15, 1, day("2017-01-10"), "选举", "已召开")
    ledger.row("代表", 代表证号="Z15-004").update(
        状态="终止", 状态原因="迁出", 状态日期=day("2020-03-01")
    )
    ledger["代表"].append(
        mandate(
            "Z15-008",
            "甲八",
            "13900000008",
            1,
            "组员",
            选区="Z15-004选区",
            当选日期=day("2020-05-06"),
        )
    )
    assert_round_trip(ledger)
    assert Term.objects.get().first_day == datetime.date(2017, 1, 10)
    how = dict(Mandate.objects.values_list("card_number", "how_elected"))
    assert {card for card, value in how.items() if value == "by_election"} == {"Z15-008"}


def test_moved_and_cancelled_days():
    ledger = filled(small_town())
    reception(ledger, "2020-03-16", state="改期", 原定日期=day("2020-03-15"), 备注="下雪")
    reception(ledger, "2020-04-15", state="取消", 备注="抗疫")
    visit(ledger, date="2020-03-16")
    assert_round_trip(ledger)
    states = ReceptionDay.objects.order_by("date").values_list("state", "original_date")
    assert list(states) == [("held", datetime.date(2020, 3, 15)), ("cancelled", None)]
    visit(ledger, "2020-002", "2020-04-15")
    assert errors_of(ledger) == [
        "接待登记 第3行 “接待日期”（填的是“2020-04-15”）："
        "这个组当天的接待已取消，不能有来访；请核对。"
    ]


def test_a_planned_day_becomes_the_day_it_was_moved_to():
    import_file(small_town().file())
    group = DelegateGroup.objects.get(ordinal=1)
    planned = ReceptionDay.objects.create(group=group, date="2020-03-15", place="乡政府")
    ledger = small_town()
    reception(ledger, "2020-03-16", state="改期", 原定日期=day("2020-03-15"))
    import_file(ledger.file())
    (moved,) = ReceptionDay.objects.all()
    assert (moved.pk, str(moved.date), moved.state_words) == (planned.pk, "2020-03-16", "改期")


ASSIGNED = {
    "主办单位": "乡建设管理中心",
    "责任人": "己某",
    "交办日期": day("2020-03-17"),
    "办理期限": day("2020-06-17"),
}
REPLIED = ASSIGNED | {"答复日期": day("2020-05-08"), "结果类别": "A", "答复内容": "已加宽。"}
TOLD = {
    "告知小组日期": day("2020-05-09"),
    "告知选民日期": day("2020-05-10"),
    "告知方式": "电话",
}
ITEMS = {
    "登记": {},
    "交办": ASSIGNED,
    "办理中": ASSIGNED | {"延期至": day("2020-07-17"), "协办单位": "乡财政所"},
    "已答复": REPLIED | {"告知小组日期": day("2020-05-09")},
    "办结": REPLIED | TOLD | {"过程满意度": "满意", "结果满意度": "基本满意"},
    "重新办理": REPLIED
    | TOLD
    | {"过程满意度": "满意", "结果满意度": "不满意", "延期至": day("2020-07-01")},
    "不予受理": {"答复内容": "由法院审理。"} | TOLD,
}


def all_states():
    ledger = filled(small_town())
    reception(ledger)
    visit(ledger)
    for number, (state, cells) in enumerate(ITEMS.items(), 1):
        item(ledger, f"2020-J{number:03}", state=state, **cells)
    return ledger


def test_items_in_every_state():
    ledger = all_states()
    assert_round_trip(ledger)
    assert list(FeedbackItem.objects.order_by("pk").values_list("state", flat=True)) == [
        "registered",
        "assigned",
        "handling",
        "replied",
        "closed",
        "reopened",
        "rejected",
    ]
    assert set(FeedbackItem.objects.values_list("registered_on", flat=True)) == {
        datetime.date(2020, 3, 15)
    }


def test_units_may_be_named_by_their_short_name():
    ledger = all_states()
    ledger["意见建议"][1]["主办单位"] = "建管中心"
    import_file(ledger.file())
    assert FeedbackItem.objects.get(number="2020-J002").lead_unit.name == "乡建设管理中心"


def test_a_merged_topic_stands_for_the_topic_it_went_into():
    ledger = all_states()
    import_file(ledger.file())
    roads, works = Topic.objects.get(name="道路"), Topic.objects.create(name="民生工程")
    FeedbackItem.objects.update(topic=works)
    roads.merged_into = works
    roads.save()
    assert import_file(ledger.file())["意见建议"] == (0, 0, 7)


def test_text_that_looks_like_a_formula_stays_text():
    ledger = filled(small_town())
    reception(ledger)
    row = visit(ledger)
    row.update(反映内容="+5米宽才够", 当场答复="@村委会", 来访人="-")
    import_file(ledger.file())
    values = {"words": "=1+1", "answer": "@村委会", "voter_name": "-"}
    Visit.objects.update(words="=1+1")
    cells = cells_of(exported())["接待登记"][1]
    assert (cells[9], cells[10], cells[4]) == tuple(values.values())
    empty = exported()
    ledger_files.empty_database()
    import_file(empty)
    assert Visit.objects.values(*values).get() == values


def test_zero_planned_and_nothing_done():
    ledger = filled(small_town())
    ledger.add("年度计划", 1, 2020, None, "述职", "述职", "3-12", 4, "主席", None)
    assert_round_trip(ledger)
