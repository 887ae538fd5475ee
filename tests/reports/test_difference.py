"""What changed since a report was signed: all that it rests on is named, nothing else is."""

from types import SimpleNamespace

import pytest

from congress.models import Township
from groups.models import Attendance, Membership, Post, RoomItem, RoomResult
from reports.drafting.comparing import DELETED, INSERTED
from reports.models import AnnualReport, Narrative
from reports.rendering import document_of
from reports.signing.difference import difference
from reports.signing.freezing import freeze
from tests import factory
from voters.models import FeedbackItem


def frozen(report):
    report.refresh_from_db()
    return freeze(report, document_of(report))


def sentences(found):
    return [change.sentence for kind in found.records for change in kind.changes]


@pytest.fixture
def made(db, set_today):
    """A report with a record of each kind behind it."""
    set_today("2020-08-20")
    township = factory.make_township(name="XX镇")
    group = factory.make_group(1)
    village = factory.make_village("东村")
    factory.make_coverage(group, village)
    people = {name: factory.make_delegate(name) for name in ("甲", "乙", "丙", "丁")}
    mandates = {name: factory.make_mandate(person) for name, person in people.items()}
    leader = factory.make_membership(group, mandates["甲"], post=Post.LEADER)
    for name in "乙丙":
        factory.make_membership(group, mandates[name])
    room = factory.make_room(group, "一组活动室")
    check = factory.make_room_check(room, "2020-03-01", sign=True)
    day = factory.make_reception_day("2020-07-15", group, [mandates["乙"]], state="held")
    visits = [factory.make_visit(day, village, persons=persons) for persons in (2, 1)]
    items = [factory.make_item(visit, state="told") for visit in visits]
    report = AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )
    activity = factory.make_activity("2020-06-10", group, [village], title="道路视察")
    factory.make_attendance(activity, mandates["甲"])
    scale = factory.make_ballot_scale(2020, thresholds=[("满意", 80, 90)])
    return SimpleNamespace(
        township=township,
        group=group,
        village=village,
        mandates=mandates,
        leader=leader,
        room=room,
        check=check,
        day=day,
        visits=visits,
        items=items,
        report=report,
        activity=activity,
        attendance=factory.make_attendance(activity, mandates["乙"]),
        recommendation=factory.make_recommendation(activity, "加快建设。"),
        duty=factory.make_held_report(mandates["丙"], satisfied=40, basically_satisfied=13),
        session=factory.make_session(4, "2020-09-03"),
        plan=factory.make_plan_item(group, title="下半年视察", first_month=9),
        threshold=scale.thresholds.get(),
        narrative=Narrative.objects.create(report=report, place="成效-1", text="办成一件事。"),
    )


def change(record, **fields):
    type(record)._base_manager.filter(pk=record.pk).update(**fields)


def make_twenty_changes(made):
    change(made.visits[0], persons=3)
    new = factory.make_visit(made.day, made.village, number="2020-112")
    change(made.items[0], state="closed", process_satisfaction="满意", result_satisfaction="满意")
    FeedbackItem.objects.filter(pk=made.items[1].pk).delete()
    change(made.duty, satisfied=41, basically_satisfied=12)
    change(made.mandates["丁"], end=factory.day("2020-08-01"), end_reason="resigned")
    change(made.leader, post=Post.MEMBER)
    Membership.objects.filter(mandate=made.mandates["乙"]).update(post=Post.LEADER)
    change(made.room, place="村委会二楼")
    sign = RoomItem.objects.get(code="sign")
    RoomResult.objects.filter(room_check=made.check, item=sign).update(met=False)
    change(made.activity, date=factory.day("2020-06-11"), place="码头", theme="道路建设")
    change(made.attendance, status=Attendance.Status.LEAVE, reason=Attendance.Reason.WORK)
    factory.make_follow_up(made.activity, "2020-07-20", content="路已修好。")
    change(made.recommendation, text="尽快建设。")
    factory.make_document(
        "XX镇人〔2020〕2号", title="关于述职的意见", date=factory.day("2020-05-06")
    )
    change(made.session, date=factory.day("2020-09-10"))
    change(made.plan, planned_count=2)
    change(made.village, name="西村")
    change(made.township, claim_percent=95)
    change(made.threshold, best_percent=85)
    change(made.narrative, text="办成两件事。")
    return new


def test_twenty_changes_after_signing_are_all_named(made):
    before = frozen(made.report)
    new = make_twenty_changes(made)
    found = difference(before, frozen(made.report))

    assert sentences(found) == [
        "报告文字“成效-1”：文字 办成一件事。→办成两件事。",
        "乡镇概况XX镇：“基本做到”的最低比例（%） 90→95",
        "测评口径“满意”：最好等次不低于（%） 80→85",
        "活动道路视察：日期 2020-06-10→2020-06-11，主题 （空）→道路建设，地点 （空）→码头",
        "建议尽快建设。：内容 加快建设。→尽快建设。",
        "新计入后续2020-07-20 镇政府",
        "不再计入代表资格丁",
        "不再计入代表丁",
        "第一代表小组：组长 甲→乙",
        "西村：村名 东村→西村",
        "一组活动室：地点 镇政府会议室→村委会二楼，标牌 是→否",
        "接待登记2020-001：人数 2→3",
        "新计入接待登记2020-112",
        "意见建议2020-J001：过程评价 （空）→满意，结果评价 （空）→满意，状态 已告知→办结",
        "意见建议2020-J002已删除",
        "述职丙：满意 40→41，基本满意 13→12",
        "活动出席乙（道路视察）：出席情况 出席→请假，事由 （空）→工作",
        "新计入文件《关于述职的意见》",
        "十五届人大四次会议：日期 2020-09-03→2020-09-10",
        "年度计划下半年视察：计划数量 1→2",
    ]
    assert found.count == 20
    assert ("接待选民", "3", "5") in [(f.name, f.before, f.after) for f in found.figures]
    told = [(each.kind, each.text) for line in found.paragraphs for each in line]
    assert (DELETED, "3") in told
    assert (INSERTED, "5") in told
    linked = {each.sentence: each.address for kind in found.records for each in kind.changes}
    assert linked["新计入接待登记2020-112"] == new.get_absolute_url()
    assert linked["不再计入代表资格丁"] == made.mandates["丁"].get_absolute_url()
    assert linked["意见建议2020-J002已删除"] == ""


def test_what_does_not_touch_the_report_is_not_named(made):
    before = frozen(made.report)
    change(made.visits[0], phone="13800000000", voter_name="另一选民")

    change(made.mandates["甲"].delegate, phone="13900000000", note="备注")
    change(made.day, note="照常接待")
    Township.objects.update(notice_days=5)
    late = factory.make_reception_day("2020-09-15", made.group, [made.mandates["乙"]], state="held")
    factory.make_item(factory.make_visit(late, made.village, persons=9))
    factory.make_activity("2021-01-10", made.group)
    factory.make_follow_up(made.activity, "2020-09-20")
    factory.make_document("XX镇人〔2021〕1号", date=factory.day("2021-02-01"))

    assert sentences(difference(before, frozen(made.report))) == []
