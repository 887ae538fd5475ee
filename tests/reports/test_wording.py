"""Figures to sentences: the 2020 report's, and what other years make of them."""

from dataclasses import replace

import pytest

from congress.periods import Period
from groups.models import Post
from reports.figures.activities import AttendanceCount, Line, TakenUp, UnitVote
from reports.figures.duty import Threshold
from reports.figures.groups import Groups, Room
from reports.figures.institution import CongressSession, Paper, Papers, Sessions
from reports.figures.plan import Outlook, Planned
from reports.figures.reception import GroupReception
from reports.marks import plain
from reports.scope import Scope
from reports.wording import activities, duties, groups, inspections, outlook
from tests.reports import sample_figures as sample
from tests.reports.sample_figures import day, past_due


class Read:
    """A module of sentences as they are read, without the marks of their numbers."""

    def __init__(self, module):
        self.module = module

    def __getattr__(self, sentence):
        return lambda *told, **style: plain(getattr(self.module, sentence)(*told, **style))


activities, duties, groups, inspections, outlook = map(
    Read, (activities, duties, groups, inspections, outlook)
)


@pytest.fixture
def figures():
    return sample.year_2020()


def with_(figures, **parts):
    """The figures with fields of some of their parts changed: duty={"done": 3}."""
    return replace(
        figures,
        **{name: replace(getattr(figures, name), **fields) for name, fields in parts.items()},
    )


def with_groups(figures, *changed):
    return replace(figures, groups=Groups(tuple(changed), 7))


# S03


def test_documents(figures):
    assert groups.documents(figures) == (
        "今年以来，镇人大认真贯彻落实县人大常委会《关于加强县、乡人大代表小组活动的意见》等3个规范性文件"
        "精神，及时研究制定了《关于加强人大代表小组活动的意见》和《关于2020年度代表小组活动计划安排》"
        "等文件，并组织代表开展了一系列活动，取得了较好的效果。"
    )


def test_one_document_of_each_kind(figures):
    figures = replace(
        sample.empty_year(),
        papers=Papers((Paper("意见", "县人大常委会"),), (Paper("安排", "镇人大"),)),
    )

    assert groups.documents(figures) == (
        "今年以来，镇人大认真贯彻落实县人大常委会《意见》精神，及时研究制定了《安排》。"
    )


def test_documents_of_several_issuers_and_many_own_ones():
    papers = Papers(
        (Paper("意见", "县人大常委会"), Paper("办法", "市人大常委会")),
        tuple(Paper(f"制度{number}", "镇人大") for number in "一二三四五六七"),
    )

    assert groups.documents(replace(sample.empty_year(), papers=papers)) == (
        "今年以来，镇人大认真贯彻落实上级《意见》等2个规范性文件精神，"
        "及时研究制定了《制度一》《制度二》《制度三》《制度四》《制度五》等7个文件。"
    )


@pytest.mark.parametrize(
    ("start", "since"),
    [
        ("2020-01-01", "今年以来"),
        ("2020-04-01", "4月以来"),
        ("2020-04-10", "4月10日以来"),
        ("2019-10-01", "2019年10月以来"),
        ("2019-01-01", "2019年以来"),
    ],
)
def test_period_in_words(figures, start, since):
    figures = replace(figures, scope=Scope(Period(day(start), day("2020-08-20")), 2020))

    assert groups.documents(figures).startswith(f"{since}，镇人大")


def test_sessions_held(figures):
    held = (CongressSession(15, 3, day("2020-01-15"), ("听取和审议工作报告", "选举")),)

    assert groups.sessions_held(replace(figures, sessions=Sessions(held, None))) == (
        "1月15日，召开了镇十五届人大三次会议，议程为听取和审议工作报告、选举。"
    )


# S04, S05, S06


def test_division(figures):
    assert groups.division(figures) == (
        "镇人大结合全镇代表分布情况，将5名县人大代表和50名镇人大代表划分为3个代表小组，"
        "每个代表小组都明确了1名组长、1名副组长和1名联系员，具体负责代表小组活动开展。"
    )


def test_one_group_of_township_delegates_in_a_xiang(figures):
    figures = with_groups(
        with_(figures, delegates={"county": 0, "town": 40}, institution={"name": "BB乡"}),
        sample.group(1, ["山口"], "乡政府会议室"),
    )

    assert groups.division(figures) == (
        "乡人大结合全乡代表分布情况，将40名乡人大代表编为1个代表小组，"
        "明确了1名组长、1名副组长和1名联系员，具体负责代表小组活动开展。"
    )
    assert groups.rooms(figures) == (
        "创建了1个代表小组活动室，将山口村代表划为第一代表小组，活动室设在乡政府会议室。"
    )
    assert groups.room_signs(figures) == "活动室制作了相关标牌，制度已上墙，"


def test_vacant_posts_are_not_claimed(figures):
    without_liaison = frozenset({Post.LEADER, Post.VICE_LEADER})
    figures = with_groups(
        figures,
        sample.group(1, ["XX"], "甲"),
        sample.group(2, ["DG山"], "乙", posts=without_liaison),
        sample.group(3, ["DL河"], "丙", posts=without_liaison),
    )

    assert groups.division(figures).endswith(
        "划分为3个代表小组，每个代表小组都明确了1名组长和1名副组长（第二、第三代表小组联系员暂缺），"
        "具体负责代表小组活动开展。"
    )


def test_groups_without_any_officer(figures):
    figures = with_groups(
        figures,
        sample.group(1, ["XX"], "甲", posts=frozenset()),
        sample.group(2, ["DG山"], "乙", posts=frozenset()),
    )

    assert groups.division(figures).endswith("划分为2个代表小组。")


def test_group_founded_in_mid_year(figures):
    figures = with_groups(
        figures,
        sample.group(1, ["XX"], "甲"),
        sample.group(2, ["DG山"], "乙", founded=day("2020-05-20")),
    )

    assert "划分为2个代表小组，其中第二代表小组于5月20日成立，每个" in groups.division(figures)


def test_rooms(figures):
    assert groups.rooms(figures) == (
        "创建了3个代表小组活动室，将XX、LJ冲、SJ河3个村代表划为第一代表小组，活动室设在镇政府会议室；"
        "DG山、HJ河2个村代表为第二代表小组，活动室设在HJ河村部；"
        "DL河、BS畈2个村代表为第三代表小组，活动室设在DL河村部。"
    )
    assert groups.room_signs(figures) == "活动室都制作了相关标牌，制度都已上墙，"


def test_groups_without_rooms_and_with_neighbourhoods(figures):
    figures = with_groups(
        figures,
        sample.group(1, ["山口村", "河口社区"], "", rooms=()),
        sample.group(2, ["东社区", "西社区"], "", rooms=()),
    )

    assert groups.rooms(figures) == (
        "将山口村、河口社区2个村（社区）代表划为第一代表小组；"
        "东社区、西社区2个社区代表为第二代表小组。"
    )
    assert groups.room_signs(figures) == ""


@pytest.mark.parametrize(
    ("signs", "rules", "text"),
    [
        (2, 3, "其中2个活动室制作了相关标牌，制度都已上墙，"),
        (3, 1, "活动室都制作了相关标牌，其中1个活动室的制度已上墙，"),
        (0, 3, "活动室制度都已上墙，"),
        (0, 0, ""),
    ],
)
def test_signs_are_claimed_for_the_rooms_that_have_them(figures, signs, rules, text):
    figures = with_groups(
        figures,
        *(
            sample.group(
                number,
                ["XX"],
                "甲",
                rooms=(Room("室", "甲", has_sign=number <= signs, rules_on_wall=number <= rules),),
            )
            for number in (1, 2, 3)
        ),
    )

    assert groups.room_signs(figures) == text


# S08, S09, S10


def test_reception(figures):
    assert duties.reception_rule(figures) == (
        "镇人大确定原则上每个月15日为代表接待选民日，由代表小组内的人大代表轮流参加。"
    )
    assert duties.reception_result(figures, in_round_figures=False) == (
        "今年以来，各代表小组有23名代表先后参与接待了选民，共接待选民104人次，搜集意见建议33条，"
        "涉及快速通道建设、村村通道路、民生工程、旅游开发、征地拆迁等5个方面。"
    )
    assert duties.reception_result(figures, in_round_figures=True).startswith(
        "今年以来，各代表小组有20余名代表先后参与接待了选民，共接待选民100余人次，搜集意见建议30余条，"
    )


def test_reception_on_one_day_by_one_group(figures):
    figures = with_(
        figures,
        reception={
            "dates": 1,
            "delegates": 2,
            "persons": 1,
            "by_group": (GroupReception(2, 1, 2, 1, 1), GroupReception(3, 1, 0, 0, 0)),
        },
        feedback={"items": 1, "topics": (("民生工程", 1),)},
    )

    assert duties.reception_result(figures, in_round_figures=True) == (
        "今年以来，第二代表小组有2名代表参与接待了选民，接待选民1人次，搜集意见建议1条，"
        "涉及民生工程方面。"
    )


def test_reception_without_a_visitor(figures):
    empty = sample.empty_year()
    figures = replace(
        figures, reception=replace(figures.reception, persons=0, visits=0), feedback=empty.feedback
    )

    assert duties.reception_result(figures, in_round_figures=False) == (
        "今年以来，各代表小组有23名代表先后参与接待了选民。"
    )


def test_visits_on_a_day_for_which_nobody_was_on_duty(figures):
    figures = with_(
        figures,
        reception={"delegates": 0, "persons": 3, "by_group": (GroupReception(2, 1, 0, 2, 3),)},
        feedback={"items": 0},
    )

    assert duties.reception_result(figures, in_round_figures=False) == (
        "今年以来，第二代表小组共接待选民3人次。"
    )


def test_no_more_than_five_topics_are_named(figures):
    topics = tuple((f"类别{number}", 9) for number in "一二三四五六七")

    assert duties.reception_result(
        with_(figures, feedback={"topics": topics}), in_round_figures=False
    ).endswith("涉及类别一、类别二、类别三、类别四、类别五等7个方面。")


HANDLED = (
    "针对选民提出的问题，镇人大及时梳理汇总并交由相关单位和责任人办理，"
    "事情办理后，由交办单位及时告知相关代表小组和选民"
)


@pytest.mark.parametrize(
    ("due", "replied", "closed", "claim"),
    [
        (23, 23, 23, "做到事事有回复、件件有落实"),
        (23, 21, 21, "基本做到事事有回复、件件有落实"),
        (23, 23, 21, "基本做到事事有回复、件件有落实"),
        (10, 9, 9, "基本做到事事有回复、件件有落实"),
        (0, 0, 0, "截至目前已答复27条"),
    ],
)
def test_claim_is_borne_out_by_the_records(figures, due, replied, closed, claim):
    figures = with_(
        figures,
        feedback={"rates": past_due(due, answered=replied, closed=closed)},
    )

    assert duties.handling(figures) == f"{HANDLED}，{claim}。"


@pytest.mark.parametrize(("replied", "closed"), [(20, 15), (23, 20)])
def test_rates_stand_in_place_of_a_claim(figures, replied, closed):
    figures = with_(
        figures,
        feedback={"rates": past_due(23, answered=replied, closed=closed)},
    )
    rates = {20: "87%", 15: "65.2%", 23: "100%"}

    assert duties.handling(figures) == (
        "针对选民提出的问题，镇人大梳理汇总并交由相关单位和责任人办理，"
        "事情办理后，由交办单位告知相关代表小组和选民。"
        f"截至目前，已到办理期限的意见建议共23条，答复率为{rates[replied]}，办结率为{rates[closed]}。"
    )


def test_claim_follows_the_townships_threshold(figures):
    figures = with_(figures, institution={"claim_percent": 95})

    assert duties.handling(figures).endswith("答复率为91.3%，办结率为91.3%。")


def test_items_neither_answered_nor_told(figures):
    figures = with_(
        figures,
        feedback={"rates": past_due(0), "replied": 0, "group_told": 0, "voter_told": 0},
    )

    assert duties.handling(figures) == (
        "针对选民提出的问题，镇人大及时梳理汇总并交由相关单位和责任人办理。"
    )


# S12


def test_duty_reports(figures):
    assert duties.duty_reports(figures) == (
        "依照镇人大2020年活动计划安排，今年共安排20名代表向原选区选民述职，"
        "截至目前，共有14位代表向原选区选民进行了述职和测评，选民对此比较满意。"
    )


def test_all_duty_reports_are_held(figures):
    assert "今年共安排14名代表向原选区选民述职，截至目前，已全部进行了述职和测评，" in (
        duties.duty_reports(with_(figures, duty={"planned": 14}))
    )
    assert "今年安排1名代表向原选区选民述职，截至目前，已进行了述职和测评，" in (
        duties.duty_reports(with_(figures, duty={"planned": 1, "done": 1}))
    )


@pytest.mark.parametrize(
    ("satisfied", "basically", "rejected", "wording"),
    [
        (90, 9, 0, "选民对此满意"),
        (90, 7, 0, "选民对此比较满意"),
        (70, 20, 0, "选民对此比较满意"),
        (60, 25, 0, "选民对此基本满意"),
        (40, 30, 0, "选民测评满意率为40%，满意和基本满意率为70%"),
        (90, 9, 1, "选民测评满意率为90%，满意和基本满意率为99%"),
    ],
)
def test_satisfaction_follows_the_thresholds(figures, satisfied, basically, rejected, wording):
    figures = with_(
        figures,
        duty={
            "returned": 100,
            "valid": 100,
            "satisfied": satisfied,
            "basically": basically,
            "rejected": rejected,
        },
    )

    assert duties.duty_reports(figures).endswith(f"，{wording}。")


def test_rates_speak_the_townships_grades(figures):
    figures = with_(
        figures,
        duty={"grades": ("称职", "基本称职", "不称职"), "thresholds": ()},
    )

    assert duties.duty_reports(figures).endswith("选民测评称职率为75%，称职和基本称职率为96.7%。")


def test_a_result_in_other_words_than_satisfaction(figures):
    figures = with_(
        figures,
        duty={
            "grades": ("称职", "基本称职", "不称职"),
            "thresholds": (Threshold("称职", 80, 80), Threshold("基本称职", 50, 50)),
        },
    )

    assert duties.duty_reports(figures).endswith("，选民测评结果为基本称职。")


# S14–S29


def test_training(figures):
    assert activities.training(figures) == (
        "5月27日，镇人大组织了1次人大代表培训会，"
        "组织代表学习了《代表法》《选举法》《地方组织法》等法律法规。"
    )


def test_two_trainings_one_by_a_group_over_two_days(figures):
    second = replace(
        sample.TRAINING,
        title="履职培训班",
        group=2,
        date=day("2020-06-30"),
        last_day=day("2020-07-01"),
        content=("监督法",),
    )

    assert activities.training(
        with_(figures, activities={"training": (sample.TRAINING, second)})
    ) == (
        "今年以来先后组织学习培训2次：5月27日，镇人大组织了人大代表培训会，"
        "组织代表学习了《代表法》《选举法》《地方组织法》等法律法规；"
        "6月30日至7月1日，第二代表小组举办了履职培训班，组织代表学习了《监督法》。"
    )


def test_inspection_with_what_came_of_it(figures):
    assert inspections.inspection(sample.SPRING_INSPECTION, figures) == (
        "3月15日，镇人大围绕镇党委提出的“建设中国最美乡村，打造旅游经济强镇”这一主题，"
        "组织部分镇人大代表赴DG山、HJ河2个村视察了旅游农家乐发展情况，开展了旅游经济发展情况调研。"
        "通过视察调研，代表们认为：目标是符合实际的。但仍存在发展不均的问题。"
        "建议镇党委政府要将群众的呼声反映给县委政府。"
        "3月20日，镇人大将代表们的意见和建议向镇党委进行了汇报。"
        "5月17日，县委周大生书记到我镇召开现场会。"
    )


def test_inspection_by_a_group(figures):
    assert inspections.inspection(sample.SUMMER_INSPECTION, figures) == (
        "7月15日，镇人大组织第一代表小组赴XX、SJ河2个村视察了旅游扶贫快速通道、旅游码头等重点工程建设。"
        "通过视察，代表们认为：工程进展总体顺利。"
        "代表们建议：施工单位要做到安全文明施工；镇政府要妥善处理好沿途群众关系。"
        "7月20日，镇人大将代表们的意见和建议梳理汇总后反馈给镇政府和镇重点工程协调办公室。"
    )


def test_bare_inspection(figures):
    bare = sample.activity("inspection", "河道视察", "2020-06-01", ["河道治理"], place="南河")

    assert inspections.inspection(bare, figures) == (
        "6月1日，镇人大组织人大代表赴南河视察了河道治理。"
    )


def test_actor_of_a_follow_up_is_named_once(figures):
    event = replace(
        sample.SPRING_INSPECTION,
        findings=(),
        recommendations=(),
        transmissions=(
            sample.Step("镇党委", day("2020-03-20"), "报送"),
            sample.Step("镇政府", day("2020-03-20"), "转送"),
        ),
        follow_ups=(sample.Step("县交通局", day("2020-05-17"), "到现场察看"),),
    )

    assert inspections.inspection(event, figures).endswith(
        "调研。3月20日，镇人大将代表们的意见和建议向镇党委进行了汇报，并反馈给镇政府。"
        "5月17日，县交通局到现场察看。"
    )


def test_findings_of_a_kind_addressees_and_items_are_told_where_there_are_such(figures):
    event = replace(
        sample.SUMMER_INSPECTION,
        findings=(
            Line("但码头建设滞后。", "problem"),
            Line("进展总体顺利。", "good"),
            Line("与邻镇相比仍有差距。", "comparison"),
            Line("群众支持。"),
        ),
        recommendations=(
            Line("要做到安全文明施工。", "施工单位"),
            Line("建议镇政府妥善处理好沿途群众关系。", "镇政府"),
        ),
        taken_up=TakenUp(suggestions=1, items=2, answered=1),
    )

    assert inspections.inspection(event, figures).split("建设。", 1)[1] == (
        "通过视察，代表们认为：进展总体顺利。群众支持。代表们同时指出：码头建设滞后。"
        "代表们对比认为：与邻镇相比仍有差距。"
        "代表们建议：施工单位要做到安全文明施工；镇政府妥善处理好沿途群众关系。"
        "7月20日，镇人大将代表们的意见和建议梳理汇总后反馈给镇政府和镇重点工程协调办公室。"
        "上述建议中，1条作为代表建议、2条作为意见建议交有关单位办理，已答复1条。"
    )


@pytest.mark.parametrize(
    ("taken_up", "told"),
    [
        (TakenUp(), ""),
        (TakenUp(suggestions=1), "上述建议中，1条作为代表建议交有关单位办理。"),
        (TakenUp(items=1, answered=1), "上述建议中，1条作为意见建议交有关单位办理，已答复。"),
        (TakenUp(items=2, answered=2), "上述建议中，2条作为意见建议交有关单位办理，均已答复。"),
    ],
)
def test_items_born_from_recommendations(figures, taken_up, told):
    event = replace(sample.activity("inspection", "视察", "2020-06-01", []), taken_up=taken_up)

    assert inspections.inspection(event, figures) == f"6月1日，镇人大组织人大代表开展了视察。{told}"


def test_findings_that_are_all_problems_are_pointed_out(figures):
    event = replace(
        sample.activity("inspection", "河道视察", "2020-06-01", []),
        findings=(Line("但是，河道淤塞。", "problem"),),
    )

    assert inspections.inspection(event, figures) == (
        "6月1日，镇人大组织人大代表开展了河道视察。通过视察，代表们指出：河道淤塞。"
    )


def test_law_checks_are_told_in_their_own_sentences(figures):
    event = replace(
        sample.activity(
            "law_check", "水法执法检查", "2020-06-01", ["水法", "取水条例"], place="南河"
        ),
        findings=(Line("落实较好。"),),
        recommendations=(Line("加强巡查。", "镇水利站"),),
        transmissions=(sample.Step("镇政府", day("2020-06-05"), "反馈"),),
    )

    assert inspections.law_checks(figures) == ""
    assert inspections.law_checks(with_(figures, activities={"law_check": (event,)})) == (
        "6月1日，镇人大组织人大代表赴南河开展了水法执法检查活动，检查了《取水条例》的实施情况。"
        "通过检查，代表们认为：落实较好。建议镇水利站加强巡查。"
        "6月5日，镇人大将代表们的意见和建议梳理汇总后反馈给镇政府。"
    )


def test_last_years_evaluation(figures):
    assert activities.previous_evaluations(figures) == (
        "去年底，镇人大安排了1次镇直单位述职评议活动，对2个单位进行了测评，"
        "评议结果已报送镇党委、政府，并向被评议单位进行了反馈。"
    )


def test_last_years_evaluation_in_another_month_without_results(figures):
    event = replace(sample.LAST_YEARS_EVALUATION, date=day("2019-09-20"), votes=())

    assert activities.previous_evaluations(with_(figures, activities={"previous": (event,)})) == (
        "去年9月，镇人大安排了1次镇直单位述职评议活动。"
    )


def test_this_years_evaluation_reported_but_not_fed_back(figures):
    event = replace(
        sample.LAST_YEARS_EVALUATION,
        date=day("2020-06-10"),
        votes=(UnitVote("镇财政所", 37, 10, 1, day("2020-06-20"), None),),
    )

    assert activities.evaluations(with_(figures, activities={"evaluation": (event,)})) == (
        "6月10日，镇人大安排了1次镇直单位述职评议活动，对1个单位进行了测评，评议结果已报送镇党委、政府。"
    )


def test_evaluation_to_come(figures):
    assert activities.evaluations_to_come(figures) == (
        "今年，我们还将在下半年继续开展全镇二级机构述职评议活动，结果报镇党委政府，并反馈。"
    )


def test_other_activities(figures):
    events = (
        sample.activity("other", "扶贫走访", "2020-04-01", ["走访"]),
        sample.activity("other", "植树活动", "2020-03-12", ["植树"], group=3),
    )

    assert activities.other_activities(with_(figures, activities={"other": events})) == (
        "此外，4月1日，镇人大组织开展了扶贫走访活动；3月12日，第三代表小组组织开展了植树活动。"
    )


def test_attendance(figures):
    assert activities.attendance(figures) == (
        "今年以来，代表参加活动应到100人次，实到82人次，出席率为82%；"
        "请假12人次，缺席6人次，其中4人次以工作为由。"
    )


@pytest.mark.parametrize(
    ("absent", "for_work", "end"),
    [
        (1, 1, "；缺席1人次，以工作为由。"),
        (3, 3, "；缺席3人次，缺席的均以工作为由。"),
        (3, 0, "；缺席3人次。"),
    ],
)
def test_reasons_of_absence(figures, absent, for_work, end):
    numbers = AttendanceCount(
        expected=10,
        present=10 - absent,
        absent=absent,
        absent_reasons=(("work", for_work),),
    )

    assert activities.attendance(with_(figures, activities={"attendance": numbers})).endswith(end)


def test_full_attendance(figures):
    everybody = AttendanceCount(expected=55, present=55)

    assert activities.attendance(with_(figures, activities={"attendance": everybody})) == (
        "今年以来，代表参加活动应到55人次，实到55人次，出席率为100%。"
    )


# S38–S41


def test_outlook(figures):
    assert [
        outlook.heading(figures),
        outlook.duty_reports(figures),
        outlook.activities(figures, bills_apart=True),
        outlook.bills(figures),
        outlook.next_session(figures),
    ] == [
        "后几个月工作打算",
        "继续有计划地安排其余6名代表向原选区选民述职。",
        "计划10月份开展1次人大代表视察民生工程活动，年底前开展1次全镇二级机构述职评议活动。",
        "计划11月至12月开展1次为县人代会准备议案的调研。",
        "我镇计划于9月3日召开镇十五届人大四次会议，此次会议除落实选举任务外，"
        "我们将组织代表开展学习培训活动。",
    ]


def test_outlook_at_the_end_of_the_year(figures):
    plan = (
        Planned("述职", "duty_report", 3, 12, 18, 0),
        Planned("视察河道", "inspection", 4, 4, 2, 0, group=2),
    )
    figures = replace(
        figures,
        scope=Scope(Period(day("2020-01-01"), day("2020-12-31")), 2020),
        outlook=Outlook(2021, plan),
        sessions=Sessions((), CongressSession(15, 5, day("2021-01-12"), ("听取工作报告",))),
    )

    assert [
        outlook.heading(figures),
        outlook.duty_reports(figures),
        outlook.activities(figures, bills_apart=False),
        outlook.next_session(figures),
    ] == [
        "明年工作打算",
        "计划明年安排18名代表向原选区选民述职。",
        "计划明年4月份由第二代表小组开展2次人大代表视察河道活动。",
        "我镇计划于2021年1月12日召开镇十五届人大五次会议，会议议程为听取工作报告。",
    ]


@pytest.mark.parametrize(
    ("first", "last", "when"),
    [
        (9, 9, "9月份"),
        (9, 11, "9月至11月"),
        (12, 12, "年底前"),
        (3, 12, "年底前"),
        (7, 10, "10月底前"),
        (5, 6, "年内"),
    ],
)
def test_planned_months_in_words(figures, first, last, when):
    item = Planned("代表培训会", "training", first, last, 1, 0)

    assert outlook.activities(
        replace(figures, outlook=Outlook(2020, (item,))), bills_apart=True
    ) == (f"计划{when}举办1次代表培训会。")


@pytest.mark.parametrize(
    ("agenda", "clause"),
    [
        ((), ""),
        (("学习培训",), "，会议期间将组织代表开展学习培训活动"),
        (("选举", "审议预算"), "，会议议程为选举、审议预算"),
        (
            ("审议预算", "代表培训"),
            "，此次会议除完成审议预算等议程外，我们将组织代表开展学习培训活动",
        ),
    ],
)
def test_agenda_of_the_next_session(figures, agenda, clause):
    session = CongressSession(15, 4, day("2020-09-03"), agenda)

    assert outlook.next_session(replace(figures, sessions=Sessions((), session))) == (
        f"我镇计划于9月3日召开镇十五届人大四次会议{clause}。"
    )


def test_duty_reports_of_which_none_is_held_yet(figures):
    assert outlook.duty_reports(with_(figures, duty={"done": 0})) == (
        "有计划地安排20名代表向原选区选民述职。"
    )


def test_what_did_not_happen_is_not_written():
    figures = sample.empty_year()

    assert [
        groups.documents(figures),
        groups.sessions_held(figures),
        groups.division(figures),
        groups.rooms(figures),
        groups.room_signs(figures),
        duties.reception_rule(figures),
        duties.reception_result(figures, in_round_figures=True),
        duties.handling(figures),
        duties.duty_reports(figures),
        activities.training(figures),
        activities.previous_evaluations(figures),
        activities.evaluations(figures),
        activities.evaluations_to_come(figures),
        activities.other_activities(figures),
        activities.attendance(figures),
        outlook.duty_reports(figures),
        outlook.activities(figures, bills_apart=False),
        outlook.bills(figures),
        outlook.next_session(figures),
    ] == [""] * 19
