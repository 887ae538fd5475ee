"""述职材料: the delegate's year from the records, on the page and as a Word file."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests import factory
from voters.models import FeedbackItem

pytestmark = pytest.mark.django_db

VOTER = "选民某甲"


@pytest.fixture
def report(delegate, set_today):
    set_today("2020-08-20")
    mandate = delegate.delegate.mandates.get()
    day = factory.make_reception_day("2020-05-15", on_duty=[mandate])
    visit = factory.make_visit(day, voter_name=VOTER, persons=3, words="我家门口的路坏了。")
    factory.make_item(visit, "assigned")
    factory.make_item(visit, "closed")
    later = factory.make_reception_day("2020-09-15", on_duty=[mandate])
    factory.make_visit(later)
    training = factory.make_activity("2020-05-27", kind="training", title="代表法培训")
    factory.make_attendance(training, mandate)
    factory.make_attendance(factory.make_activity("2020-07-15"), mandate, "leave")
    suggestion = factory.make_item(visit, title="拓宽村道")
    FeedbackItem.objects.filter(pk=suggestion.pk).update(source="delegate", visit=None)
    suggestion.proposers.set([mandate])
    return factory.make_duty_report(mandate)


def told(report, client):
    sections = client.get(f"/duty-reports/{report.pk}/material/").context["material"].sections()
    return {section.title: list(section.paragraphs) for section in sections}


def test_the_year_is_drafted_from_the_records(report, delegate, logged_in):
    assert told(report, logged_in(delegate)) == {
        "基本情况": [
            "代表甲，2017年1月5日由第一选区选民选举为十五届人大代表，现编入第一代表小组。"
        ],
        "参加学习培训、视察调研等活动": [
            "本年度应参加活动2次，实际参加1次。",
            "参加学习培训1次：5月27日代表法培训。",
        ],
        "接待选民、联系群众": ["按照轮流安排，在接待选民日接待选民1次，登记来访1件、3人次。"],
        "反映意见建议及办理": [
            "接待中和述职时收集选民意见建议2条，涉及村村通道路2条。",
            "其中已答复1条，办结1条。",
        ],
        "提出代表建议": ["1．拓宽村道（登记）"],
    }


def test_sessions_of_the_congress_come_first(report, delegate, logged_in):
    for ordinal, (date, status) in enumerate((("2020-01-15", "present"), ("2020-08-01", "absent"))):
        session = factory.make_session(ordinal + 1, date, state="held")
        factory.make_session_attendance(session, report.mandate, status)
    planned = factory.make_session(3, "2020-08-19")
    factory.make_session_attendance(planned, report.mandate, "approved")

    sections = list(told(report, logged_in(delegate)).items())

    assert sections[1] == (
        "出席人民代表大会会议",
        ["本年度应出席会议2次，实际出席1次：1月15日十五届人大一次会议。"],
    )


def test_a_year_without_records_says_so(delegate, logged_in, set_today):
    set_today("2020-08-20")
    report = factory.make_duty_report(delegate.delegate.mandates.get())

    assert list(told(report, logged_in(delegate)).values())[1:] == [["本年度没有记录。"]] * 4


def test_the_word_file_says_the_same_in_official_type(report, leader, logged_in):
    client = logged_in(leader)
    response = client.get(f"/duty-reports/{report.pk}/material/?export=docx")
    document = Document(io.BytesIO(response.getvalue()))

    lines = [paragraph.text for paragraph in document.paragraphs]
    said = [words for paragraphs in told(report, client).values() for words in paragraphs]
    assert [words for words in said if words not in lines] == []
    assert lines[:3] == [
        "2020年履行代表职务情况报告",
        "代表甲",
        "（草稿：根据履职记录自动起草，请核对、补充、修改后使用）",
    ]
    assert VOTER not in "".join(lines)
    page, text = document.sections[0], document.paragraphs[5].style
    assert [round(each.mm) for each in (page.top_margin, page.left_margin)] == [37, 28]
    assert (text.font.size.pt, text.element.rPr.rFonts.get(qn("w:eastAsia"))) == (
        16,
        "仿宋_GB2312",
    )


def test_nobody_else_drafts_it(report, chair, other_leader, logged_in):
    address = f"/duty-reports/{report.pk}/material/"

    assert [logged_in(user).get(address).status_code for user in (chair, other_leader)] == [
        403,
        404,
    ]


def test_more_records_cost_no_query(report, delegate, logged_in, queries_of):
    client, address = logged_in(delegate), f"/duty-reports/{report.pk}/material/"
    queries_of(client, address)
    few = queries_of(client, address)
    mandate = report.mandate
    for number in range(1, 6):
        factory.make_attendance(factory.make_activity(f"2020-06-0{number}"), mandate)
        factory.make_item(
            factory.make_visit(factory.make_reception_day(f"2020-06-1{number}", on_duty=[mandate]))
        )

    assert queries_of(client, address) == few
