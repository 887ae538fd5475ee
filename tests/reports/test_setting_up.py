"""Setting up a report: its part of the year, its scope, its head; and the list of reports."""

import re
import uuid

import pytest
from django.urls import reverse

from congress.models import Session
from groups.models import DelegateGroup
from reports.models import AnnualReport
from reports.upward_requests import requests_in_report

from .sample_figures import day


@pytest.fixture
def as_secretary(report, secretary, logged_in):
    return logged_in(secretary)


def added(client, **fields):
    """The new report, or the sentences of the refusal by field."""
    data = {
        "year": "2020",
        "part": "year-1",
        "genre": "briefing",
        "figure_style": "exact",
        "submission": str(uuid.uuid4()),
        **fields,
    }
    response = client.post(reverse("report_add"), data)
    if response.status_code == 302:
        return AnnualReport.objects.get(slug=response.url.split("/")[2])
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def group(ordinal):
    return DelegateGroup.objects.get(ordinal=ordinal).pk


@pytest.mark.parametrize(
    ("fields", "slug", "name", "days"),
    [
        ({"part": "half-1"}, "2020-h1", "2020年上半年工作情况汇报", ("2020-01-01", "2020-06-30")),
        (
            {"part": "quarter-3"},
            "2020-q3",
            "2020年第三季度工作情况汇报",
            ("2020-07-01", "2020-08-20"),
        ),
        (
            {"part": "quarter-4"},
            "2020-q4",
            "2020年第四季度工作情况汇报",
            ("2020-10-01", "2020-12-31"),
        ),
        (
            {"part": "quarter-2", "cut_off": "2020-05-31"},
            "2020-q2",
            "2020年第二季度工作情况汇报",
            ("2020-04-01", "2020-05-31"),
        ),
        (
            {"part": "span-1", "start": "2020-03-02", "cut_off": "2020-05-08"},
            "2020-0302-0508",
            "2020年3月2日至5月8日工作情况汇报",
            ("2020-03-02", "2020-05-08"),
        ),
        (
            {"genre": "work_report"},
            "2020-work_report",
            "2020年工作报告",
            ("2020-01-01", "2020-08-20"),
        ),
    ],
)
def test_days_follow_from_the_part(as_secretary, set_today, fields, slug, name, days):
    set_today("2020-08-20")
    made = added(as_secretary, **fields)

    assert (made.slug, str(made)) == (slug, name)
    assert (made.start, made.cut_off) == tuple(map(day, days))


def test_a_group_has_its_own_report(as_secretary):
    made = added(as_secretary, part="quarter-1", group=group(2))

    assert (made.slug, str(made)) == ("2020-q1-g2", "2020年第一季度第二代表小组工作情况汇报")
    page = as_secretary.get(made.get_absolute_url()).content.decode()
    assert '<h1 class="title">第二代表小组2020年第一季度活动情况汇报</h1>' in page


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"year": ["这一期报告已经建立。"]}),
        (
            {"part": "half-1", "cut_off": "2020-07-01"},
            {"cut_off": ["须在上半年内（2020-01-01至2020-06-30）；留空按时段计算。"]},
        ),
        (
            {"part": "span-1", "start": "2020-03-02"},
            {"cut_off": ["自定时段的，请填写日期。"]},
        ),
    ],
)
def test_what_is_refused(as_secretary, fields, errors):
    assert added(as_secretary, **fields) == errors


def test_the_head_of_a_report_to_the_session(as_secretary):
    session = Session.objects.get(ordinal=4).pk
    given = {"genre": "work_report", "session": session, "speaker": "李某"}

    assert added(as_secretary, year="2019", session=session) == {
        "session": ["只有工作报告写明会议；请改选文种，或者留空。"]
    }
    assert added(as_secretary, **given, addressee="县人大常委会") == {
        "addressee": ["在会议上作的报告写“各位代表”；请留空主送机关，或者留空会议和报告人。"]
    }
    made = added(as_secretary, **given, title="XX镇人大主席团\r\n 工作报告 ")
    page = as_secretary.get(made.get_absolute_url()).content.decode()
    assert re.findall(r'<p class="(?:subtitle|addressee)">(.*?)</p>', page) == [
        "——2020年9月3日在XX镇第十五届人民代表大会第四次会议上",
        "XX镇人大主席　李某",
        "各位代表：",
    ]
    assert made.title == "XX镇人大主席团\n工作报告"


def settings_of(report, **fields):
    return {
        "part": "year-1",
        "genre": report.genre,
        "figure_style": "exact",
        "version": str(report.version),
        **fields,
    }


def test_another_part_gives_another_address(as_secretary, report):
    response = as_secretary.post(
        reverse("report_settings", args=["2020"]), settings_of(report, part="half-1")
    )

    report.refresh_from_db()
    assert (response.url, report.cut_off) == ("/reports/2020-h1/", day("2020-06-30"))


def test_a_report_that_lies_with_the_chair_stays_as_it_is(as_secretary, report):
    AnnualReport.objects.update(state="submitted")
    page = as_secretary.post(
        reverse("report_settings", args=["2020"]), settings_of(report, organ="乙"), follow=True
    ).content.decode()

    report.refresh_from_db()
    assert (
        "报告已提交签发或者已经签发，不能修改；退回或起草新版本后再改。" in page,
        report.organ,
    ) == (True, "")


def test_requests_do_not_travel_in_a_report(as_secretary, report):
    AnnualReport.objects.update(addressee="县人大常委会")
    data = settings_of(report, title="XX镇人大工作报告", addressee="县人大常委会")
    page = as_secretary.post(
        reverse("report_settings", args=["2020"]), data, follow=True
    ).content.decode()

    assert "上行的“报告”不得夹带请示事项" in page
    report.refresh_from_db()
    found = {}
    for title, addressee in (
        ("XX镇人大工作报告", ""),
        ("XX镇人大工作情况汇报", "县人大常委会"),
        ("XX镇人大工作报告", "县人大常委会"),
    ):
        report.title, report.addressee = title, addressee
        found[title, addressee] = bool(requests_in_report(report))
    assert list(found.values()) == [False, False, True]
    report.narratives.filter(place__startswith="对县人大的建议").delete()
    assert requests_in_report(report) == ""


def rows_of(client, **query):
    page = client.get(reverse("report_list"), query).content.decode()
    rows = re.findall(r"<tr>\s*<td.*?</tr>", page, re.S)
    return [re.findall(r">\s*([^<>]*[^<>\s])\s*<", row) for row in rows]


def test_list_of_reports_newest_first(as_secretary, django_assert_num_queries):
    added(as_secretary, part="quarter-1", group=group(1))
    added(as_secretary, year="2019", part="half-2")

    assert rows_of(as_secretary) == [
        [
            "2020年工作情况汇报",
            "2020",
            "全年",
            "全镇（乡）",
            "工作情况汇报",
            "起草中",
            "2020-01-01",
            "2020-08-20",
        ],
        [
            "2020年第一季度第一代表小组工作情况汇报",
            "2020",
            "第一季度",
            "第一代表小组",
            "工作情况汇报",
            "起草中",
            "2020-01-01",
            "2020-03-31",
        ],
        [
            "2019年下半年工作情况汇报",
            "2019",
            "下半年",
            "全镇（乡）",
            "工作情况汇报",
            "起草中",
            "2019-07-01",
            "2019-12-31",
        ],
    ]
    assert [row[0] for row in rows_of(as_secretary, year="2019")] == ["2019年下半年工作情况汇报"]
