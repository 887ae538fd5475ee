"""How reports of groups and of parts of the year read, over the ledgers of 2020."""

import pytest

from congress.models import Session
from groups.models import DelegateGroup
from reports.kinds import Kind
from reports.models import AnnualReport
from reports.rendering import document_of
from reports.structure import Signature

from .sample_figures import day


def made(start, cut_off, group=None, **fields):
    fields = {"year": 2020, "start": day(start), "cut_off": day(cut_off), **fields}
    group = group and DelegateGroup.objects.get(ordinal=group)
    return AnnualReport.objects.create(group=group, **fields)


def sentences(document):
    """Chapters, sections and computed paragraphs as printed."""
    lines = [document.title]
    for chapter in document.chapters:
        if chapter.is_printed:
            lines.append(chapter.heading)
        for section in chapter.sections:
            if section.is_printed:
                lines.append(section.heading.text)
            lines += [each.text for each in section.paragraphs if each.text]
    return lines


def test_a_quarter_of_a_group(report):
    document = document_of(made("2020-07-01", "2020-09-30", 1, kind=Kind.QUARTER))

    assert sentences(document) == [
        "第一代表小组2020年第三季度活动情况汇报",
        "小组活动开展情况",
        "健全组织，建好阵地。",
        "第一代表小组由2名县人大代表和19名镇人大代表组成，明确了1名组长、1名副组长和1名联系员，"
        "具体负责代表小组活动开展。",
        "覆盖XX、LJ冲、SJ河3个村，活动室设在镇政府会议室。活动室制作了相关标牌，制度已上墙。",
        "落实“两项制度”，听取民意，力求取得实效。",
        "按照镇人大安排，原则上每个月15日为代表接待选民日，由小组内的代表轮流参加。"
        "第三季度，第一代表小组有5名代表先后参与接待了选民，共接待选民10人次，搜集意见建议3条，"
        "涉及快速通道建设、村村通道路、民生工程等3个方面。"
        "针对选民提出的问题，第一代表小组及时梳理汇总，由镇人大交相关单位和责任人办理，"
        "截至9月底已答复2条。",
        "依照镇人大2020年活动计划安排，今年小组共安排8名代表向原选区选民述职，"
        "第三季度有1位代表向原选区选民进行了述职和测评，累计5位，选民对此比较满意。",
        "开展代表活动，提高代表履职能力。",
        "开展视察调研活动。7月15日，第一代表小组组织人大代表赴XX、SJ河2个村视察了"
        "茅台集团旅游扶贫快速通道、旅游码头等重点工程建设。通过视察，代表们认为："
        "工程进展总体顺利，沿途群众关系和拆迁户安置仍需进一步做好工作。"
        "代表们建议：施工单位要做到安全文明施工；镇政府要妥善处理好沿途群众关系；"
        "有关部门要做好拆迁户的安置。"
        "7月20日，第一代表小组将代表们的意见和建议梳理汇总后反馈给镇政府和镇重点工程协调办公室。",
        "第三季度，小组代表参加活动应到21人次，实到16人次，出席率为76.2%；"
        "请假3人次，缺席2人次，其中1人次以工作为由。",
        "下一步工作打算",
        "继续开展好小组活动。",
        "继续有计划地安排其余3名代表向原选区选民述职。",
    ]


def test_a_half_year_says_so(report):
    document = document_of(made("2020-01-01", "2020-06-30", kind=Kind.HALF))
    lines = sentences(document)

    assert (lines[0], "下半年工作打算" in lines) == ("XX镇人大2020年上半年工作情况汇报", True)
    (held,) = [line for line in lines if "述职和测评" in line]
    assert held == (
        "依照镇人大2020年活动计划安排，今年共安排20名代表向原选区选民述职，"
        "截至6月底，共有11位代表向原选区选民进行了述职和测评，选民对此比较满意。"
    )
    assert not any("去年" in line for line in lines)


@pytest.mark.parametrize(
    ("start", "cut_off", "fields", "title"),
    [
        ("2020-03-01", "2020-05-31", {}, "XX镇人大2020年3月至5月工作情况汇报"),
        ("2020-03-01", "2020-03-31", {}, "XX镇人大2020年3月工作情况汇报"),
        ("2020-03-02", "2020-05-08", {}, "XX镇人大2020年3月2日至5月8日工作情况汇报"),
        ("2019-12-02", "2020-05-08", {}, "XX镇人大2019年12月2日至2020年5月8日工作情况汇报"),
        (
            "2020-01-01",
            "2020-12-31",
            {"kind": Kind.YEAR, "group": 2},
            "第二代表小组2020年活动情况汇报",
        ),
        (
            "2020-07-01",
            "2020-12-31",
            {"kind": Kind.HALF, "genre": AnnualReport.Genre.WORK_REPORT},
            "XX镇人大主席团2020年下半年工作报告",
        ),
        ("2020-03-01", "2020-05-31", {"title": "三个月\n工作汇报"}, "三个月\n工作汇报"),
    ],
)
def test_titles(report, start, cut_off, fields, title):
    fields = {"kind": Kind.SPAN, **fields}

    assert document_of(made(start, cut_off, **fields)).title == title


def test_the_work_report_names_session_and_speaker(report):
    given = made(
        "2020-01-01",
        "2020-08-20",
        genre=AnnualReport.Genre.WORK_REPORT,
        session=Session.objects.get(ordinal=4),
        speaker="张赟",
        organ="XX镇人大主席团",
        dated=day("2020-09-03"),
    )
    document = document_of(given)

    assert (document.title, document.subtitle, document.salutation, document.signature) == (
        "XX镇人大主席团工作报告",
        ("——2020年9月3日在XX镇第十五届人民代表大会第四次会议上", "XX镇人大主席　张赟"),
        "各位代表",
        Signature("XX镇人大主席团", "2020年9月3日"),
    )
    assert not any("计划于9月3日" in line for line in sentences(document))
