"""What the checks before signing find, case by case, and like cases that they let pass."""

from congress.models import Term
from reports.models import AnnualReport, Narrative
from tests import factory
from tests.factory import day, make_item, make_plan_item, make_reception_day, make_visit


def make_report(year=2020, **fields):
    factory.make_township()
    fields = {"start": day(f"{year}-01-01"), "cut_off": day(f"{year}-08-20"), **fields}
    report = AnnualReport.objects.create(year=year, **fields)
    write(f"现将{year}年工作情况汇报如下：", "前言-1", report)
    return report


def write(text, place="成效-1", report=None, **fields):
    report = report or AnnualReport.objects.get(year=2020)
    return Narrative.objects.create(report=report, place=place, text=text, **fields)


def many(number, make):
    for _ in range(number):
        make()


def due(**fields):
    return make_item(
        state="assigned", assigned_on=day("2020-01-10"), due_on=day("2020-03-10"), **fields
    )


def settled(number=1, **fields):
    visit = make_visit()
    many(number, lambda: make_item(visit, "closed", due_on=day("2020-08-18"), **fields))


def voted(satisfied, present):
    activity = factory.make_evaluation("2020-06-10", present=present, title="评议会")
    factory.make_unit_evaluation(activity, satisfied=satisfied)


def with_duty(**fields):
    """A delegate in office; on duty on a reception day, if asked."""
    mandate = factory.make_mandate(factory.make_delegate("李敏"))
    make_reception_day("2020-06-15", on_duty=[mandate] if fields else [], **fields)


def last_years(place, text):
    write(text, place, make_report(2019))


def trainings(number, missing=0):
    mandates = [factory.make_mandate() for _ in range(10)]
    for month in range(1, number + 1):
        activity = factory.make_activity(f"2020-0{month}-10", kind="training")
        for place, mandate in enumerate(mandates):
            absent = month == 1 and place < missing
            factory.make_attendance(activity, mandate, "leave" if absent else "present")


def held_reports(*numbers, **fields):
    """With so many who were satisfied; all who came had a ballot."""
    for satisfied in numbers:
        votes = {"basically_satisfied": 3, "dissatisfied": 0, "abstained": 0, **fields}
        valid = satisfied + votes["basically_satisfied"] + votes.get("third_grade", 0)
        counted = dict.fromkeys(("voters_present", "ballots_issued", "ballots_returned"), valid + 1)
        factory.make_held_report(satisfied=satisfied, ballots_valid=valid, **(counted | votes))


def visits_of(*persons, days=1):
    for number in range(days):
        reception_day = make_reception_day(f"2020-0{number + 1}-15")
        for each in persons:
            make_visit(reception_day, persons=each, words=f"{number}")


#: key, what is found, the sentence, what is let pass.
CASES = [
    (
        "cut_off_ahead",
        lambda report: setattr(report, "cut_off", day("2020-08-21")),
        "统计截止日2020年8月21日还没有到。",
        lambda report: setattr(report, "cut_off", day("2020-08-20")),
    ),
    (
        "signature",
        lambda report: setattr(report, "organ", "XX镇人大"),
        "报告署名“XX镇人大”，没有写成文日期。",
        lambda report: report.__dict__.update(organ="XX镇人大", dated=day("2020-08-25")),
    ),
    (
        "signature",
        lambda report: setattr(report, "dated", day("2020-08-19")),
        "成文日期2020年8月19日早于统计截止日2020年8月20日。",
        lambda report: None,
    ),
    (
        "ballots",
        lambda report: voted(satisfied=6, present=5),
        "1个单位的评议票数多于参加评议的人数。",
        lambda report: voted(satisfied=5, present=5),
    ),
    (
        "ballots",
        lambda report: held_reports(40, third_grade=2),
        "1次述职的测评把票数填在了本年口径没有的等次，各项之和对不上。",
        lambda report: held_reports(40),
    ),
    (
        "outside_the_term",
        lambda report: Term.objects.update_or_create(
            ordinal=15, defaults={"first_day": day("2020-08-21")}
        ),
        "统计截止日2020年8月20日不在任何一届的任期之内。",
        lambda report: factory.make_term(),
    ),
    (
        "outside_the_term",
        lambda report: (
            make_reception_day("2020-03-15", on_duty=[]),
            Term.objects.update(first_day=day("2020-04-01")),
        ),
        "1个接待选民日不在代表小组所属一届的任期之内。",
        lambda report: make_reception_day("2020-03-15", on_duty=[]),
    ),
    (
        "outside_the_term",
        lambda report: (
            factory.make_mandate(),
            Term.objects.update(last_day=day("2020-06-30")),
            factory.make_term(16, "2020-07-01"),
        ),
        "1名代表所属的一届在统计截止日不在任期之内，代表资格仍未终止。",
        lambda report: (factory.make_mandate(), factory.make_term(14, "2012-01-01")),
    ),
    (
        "placeholders",
        lambda report: write("投入资金××万元，【待补】。"),
        "1处内容还没有填好。",
        lambda report: write("XX镇的XX村、LJ冲村通了路。") and factory.make_village("XX"),
    ),
    (
        "placeholders",
        lambda report: factory.make_activity(title="某某工程视察", content="某某工程"),
        "1处内容还没有填好。",
        lambda report: factory.make_activity(title="工程视察"),
    ),
    (
        "claims",
        lambda report: (due(), write("做到了事事有回复。")),
        "“成效-1”写“事事有回复”，到期答复率为0%。",
        lambda report: (due(), write("今后要努力做到事事有回复。整改任务全部落实。")),
    ),
    (
        "claims",
        lambda report: write("做到了件件有落实。"),
        "“成效-1”写“件件有落实”，到期办结率还没有记录。",
        lambda report: (settled(), write("做到了件件有落实。")),
    ),
    (
        "claims",
        lambda report: (settled(result_satisfaction="不满意"), write("群众普遍满意。")),
        "“成效-1”写“群众普遍满意”，选民对办理结果表示满意和基本满意的比例为0%。",
        lambda report: (settled(result_satisfaction="基本满意"), write("群众普遍满意。")),
    ),
    (
        "numbers",
        lambda report: (make_visit(persons=104), write("共接待选民120人次。")),
        "“成效-1”写“接待选民120人次”，记录为：接待选民104人次。",
        lambda report: (make_visit(persons=104), write("接待选民一百余人次，去年接待90人次。")),
    ),
    (
        "numbers",
        lambda report: (settled(), write("到期答复率达到95%。")),
        "“成效-1”写“到期答复率达到95%”，记录为：到期答复率100%（1/1）。",
        lambda report: (settled(), write("到期答复率达到100%。")),
    ),
    (
        "numbers",
        lambda report: (factory.make_group(), write("建立3个代表小组。")),
        "“成效-1”写“3个代表小组”，记录为：代表小组1个。",
        lambda report: (factory.make_group(), write("第3个代表小组、一个代表小组。")),
    ),
    (
        "items_overdue",
        lambda report: due(),
        "1条意见建议已过办理期限，还没有答复。",
        lambda report: due(extended_to=day("2020-08-20")),
    ),
    (
        "voter_not_told",
        lambda report: make_item(state="replied"),
        "1条意见建议已经答复，还没有告知选民。",
        lambda report: make_item(state="replied", voter_untold_reason="匿名反映"),
    ),
    (
        "days_left_open",
        lambda report: make_reception_day("2020-08-15", state="announced"),
        "1个接待选民日的日期已过，没有登记举行、改期或者取消。",
        lambda report: make_reception_day("2020-08-20", state="announced"),
    ),
    (
        "plan_without_record",
        lambda report: make_plan_item(first_month=7),
        "年度计划中有1项已过计划月份，一次也没有记录。",
        lambda report: make_plan_item(first_month=7, last_month=8),
    ),
    (
        "idle_delegates",
        lambda report: with_duty(),
        "1名代表在统计期内没有履职记录。",
        lambda report: with_duty(place="村部"),
    ),
    (
        "as_last_year",
        lambda report: (last_years("成效-2", "成效明显。"), write("成效明显。")),
        "1段文字与上年相同，没有改过。",
        lambda report: (last_years("问题-引语", "问题是："), write("问题是：", "问题-引语")),
    ),
    (
        "as_last_year",
        lambda report: write("成效明显。", origin="carried"),
        "1段文字与上年相同，没有改过。",
        lambda report: write("成效明显。"),
    ),
    (
        "suggested",
        lambda report: write("成效明显。", origin="suggested"),
        "1段文字是按记录拟写的，没有人改过。",
        lambda report: write("成效明显。"),
    ),
    (
        "empty_chapters",
        lambda report: write("成效明显。"),
        "2个部分没有文字，不会印出。",
        lambda report: (
            write("成效明显。"),
            write("加强培训。", "对县人大的建议-1"),
            write("坚持接待。", "打算-接待选民"),
        ),
    ),
    (
        "requests",
        lambda report: (
            report.__dict__.update(addressee="县人大常委会", title="XX镇人大工作报告"),
            write("建议加强培训。", "对县人大的建议-1"),
        ),
        "上行的“报告”不得夹带请示事项；本报告写有“对县人大的建议”。"
        "请把文种改为“工作情况汇报”（标题用“情况汇报”），或者把建议另行行文。",
        lambda report: (
            report.__dict__.update(addressee="县人大常委会", title="XX镇人大工作情况汇报"),
            write("建议加强培训。", "对县人大的建议-1"),
        ),
    ),
    (
        "alike_visits",
        lambda report: visits_of(*[3] * 8),
        "8次来访登记的人数都是3人。",
        lambda report: visits_of(*[3] * 7, 2),
    ),
    (
        "alike_visits",
        lambda report: visits_of(2, 3, days=4),
        "4个接待选民日接待的人次都是5。",
        lambda report: visits_of(1, days=4),
    ),
    (
        "alike_texts",
        lambda report: many(5, lambda: make_item(state="replied")),
        "5条意见建议的答复内容一字不差。",
        lambda report: many(4, lambda: make_item(state="replied")),
    ),
    (
        "alike_grades",
        lambda report: settled(20),
        "20条意见建议，选民对办理结果的评价都是“满意”。",
        lambda report: settled(19),
    ),
    (
        "alike_ballots",
        lambda report: held_reports(41, 41, 41),
        "3次述职的测评票数与别的述职完全相同。",
        lambda report: held_reports(41, 41, 42),
    ),
    (
        "full_attendance",
        lambda report: trainings(3),
        "3次活动应到的代表全部到会，没有一人请假、缺席。",
        lambda report: trainings(3, missing=1),
    ),
    (
        "round",
        lambda report: held_reports(*range(20, 100, 10)),
        "8次述职中，8次的满意票是10的倍数。",
        lambda report: held_reports(*range(20, 90, 10), 91),
    ),
]
