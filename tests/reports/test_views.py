"""The report in the browser: reading, other views of it, downloads, texts and settings."""

import re
import uuid
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.models import Township
from congress.pdf import ARCHIVE, TAGGED, PdfUnavailableError
from reports.models import AnnualReport, Narrative
from tests.factory import make_township
from tests.reports.sample_figures import day

PAGE = "/reports/2020/"


@pytest.fixture
def as_office(report, office, logged_in):
    return logged_in(office)


@pytest.fixture
def as_secretary(report, secretary, logged_in):
    return logged_in(secretary)


def place_url(place):
    return f"{reverse('report_draft', args=[2020])}#{place}"


def body(response):
    """The page, with its numbers as plain text."""
    return re.sub(r'<a class="figure"[^>]*>([^<]*)</a>', r"\1", response.content.decode())


def settings_data(report, **fields):
    return {
        "part": "year-1",
        "genre": "briefing",
        "start": "2020-01-01",
        "cut_off": "2020-08-20",
        "title": "",
        "addressee": "",
        "figure_style": "exact",
        "version": str(report.version),
        **fields,
    }


# Reading


def test_list_of_years(as_office):
    page = body(as_office.get("/reports/"))

    assert "2020年工作情况汇报" in page
    assert "2020-08-20" in page
    assert "建立工作报告" not in page


def test_empty_list_says_why(as_secretary, report):
    report.delete()
    page = body(as_secretary.get("/reports/"))

    assert "还没有工作报告" in page
    assert reverse("report_add") in page


def test_report_as_it_will_print_with_an_edit_link_at_each_narrative(as_office, report):
    page = body(as_office.get(PAGE))

    assert "各代表小组有23名代表先后参与接待了选民，共接待选民104人次，搜集意见建议33条" in page
    assert "<h2>一、代表小组活动开展情况</h2>" in page
    links = [
        f'href="{place_url(place)}"' for place in report.narratives.values_list("place", flat=True)
    ]
    assert [link for link in links if link not in page] == []
    assert "添加“成效-3”" in page


def test_narrative_says_who_edited_it_and_when(as_office, report, secretary):
    Narrative.objects.filter(place="前言-1").update(edited_by=secretary)

    assert "人大秘书 20" in body(as_office.get(PAGE))


def test_chair_reads_without_edit_links(report, chair, logged_in):
    page = body(logged_in(chair).get(PAGE))

    assert "各代表小组有23名代表" in page
    assert "/draft/" not in page
    assert reverse("report_settings", args=[2020]) not in page


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"style": "approximate"}, "20余名代表先后参与接待了选民，共接待选民100余人次"),
        ({"cut_off": "2020-03-31"}, "二、后几个月工作打算"),
        ({"cut_off": "2020-12-31"}, "二、明年工作打算"),
    ],
)
def test_another_view_of_the_report(as_office, query, text):
    page = body(as_office.get(PAGE, query))

    assert text in page
    assert "恢复原设置" in page


def test_another_view_changes_nothing(as_office, report):
    as_office.get(PAGE, {"style": "approximate", "cut_off": "2020-03-31"})

    report.refresh_from_db()
    assert (report.cut_off, report.figure_style) == (day("2020-08-20"), "exact")


@pytest.mark.parametrize(
    ("query", "field", "error"),
    [
        ({"cut_off": "2019-12-31"}, "cut_off", "统计截止不能早于统计起始2020-01-01。"),
        ({"cut_off": "9999-12-31"}, "cut_off", "统计截止须在2020年或2021年。"),
        ({"cut_off": "八月"}, "cut_off", "请填写日期，如2020-08-20。"),
        ({"style": "约数"}, "style", "所选的已不在列表中，请重新选择。"),
    ],
)
def test_unreadable_view_says_so_and_shows_the_stored_one(as_office, query, field, error):
    response = as_office.get(PAGE, query)

    assert response.context["view"].errors == {field: [error]}
    assert error in body(response)
    assert "各代表小组有23名代表" in body(response)


def test_texts_that_are_not_printed_are_named(as_office, report):
    Narrative.objects.create(report=report, place="成效-5", text="另有成效。")
    page = body(as_office.get(PAGE, {"cut_off": "2020-04-30"}))

    assert "没有印出的文字" in page
    assert f'<a href="{place_url("学习培训-成效")}">学习培训-成效</a>' in page


def test_page_before_the_township_is_set_up(report, office, logged_in):
    Township.objects.all().delete()

    response = logged_in(office).get(PAGE)

    assert (response.status_code, response.url) == (302, reverse("township"))


def test_year_without_a_report(as_office):
    assert as_office.get("/reports/2019/").status_code == 404


def test_reading_the_page_takes_the_same_queries_with_more_texts(
    as_office, report, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as few:
        as_office.get(PAGE)
    for number in range(3, 9):
        Narrative.objects.create(report=report, place=f"成效-{number}", text="有成效。")

    with django_assert_num_queries(len(few)):
        as_office.get(PAGE)


# Downloads


def test_html_download_is_one_file_that_prints_by_itself(as_office):
    response = as_office.get("/reports/2020/report.html", {"style": "approximate"})
    text = body(response)

    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert quote("2020年人大工作汇报.html") in response.headers["Content-Disposition"]
    assert "共接待选民100余人次" in text
    assert "@page" in text
    assert [part for part in ("/narratives/", "<link", "src=", "<script") if part in text] == []


def test_pdf_download(as_office, monkeypatch):
    rendered = []
    monkeypatch.setattr(
        "reports.rendering.render_pdf",
        lambda html, variant: rendered.append((html, variant)) or b"%PDF",
    )
    response = as_office.get("/reports/2020/report.pdf", {"cut_off": "2020-12-31"})

    assert (response.content, response.headers["Content-Type"]) == (b"%PDF", "application/pdf")
    assert "二、明年工作打算" in rendered[0][0]
    as_office.get("/reports/2020/report.pdf", {"variant": "tagged"})
    assert [variant for _, variant in rendered] == [ARCHIVE, TAGGED]


def test_pdf_that_cannot_be_made_says_why(as_office, monkeypatch):
    def unavailable(*_, **__):
        raise PdfUnavailableError("没有安装Pango。")

    monkeypatch.setattr("reports.rendering.render_pdf", unavailable)

    page = body(as_office.get("/reports/2020/report.pdf", follow=True))

    assert "没有安装Pango。" in page


# Settings


def test_secretary_sets_title_addressee_and_style(as_secretary, report):
    as_secretary.post(
        reverse("report_settings", args=[2020]),
        settings_data(
            report,
            title="XX镇人大2020年工作汇报",
            addressee="县人大常委会",
            figure_style="approximate",
        ),
    )

    page = body(as_secretary.get(PAGE))
    assert '<h1 class="title">XX镇人大2020年工作汇报</h1>' in page
    assert '<p class="addressee">县人大常委会：</p>' in page
    assert "20余名代表" in page


def test_settings_edited_meanwhile(as_secretary, report):
    data = settings_data(report, title="甲")
    as_secretary.post(reverse("report_settings", args=[2020]), data)

    response = as_secretary.post(reverse("report_settings", args=[2020]), data | {"title": "乙"})

    report.refresh_from_db()
    assert (response.status_code, report.title) == (409, "甲")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"cut_off": "2022-01-01"}, "统计截止须在2020年或2021年。"),
        ({"start": "2021-01-01", "cut_off": "2021-02-01"}, "统计起始须在2019年或2020年。"),
        ({"cut_off": "2019-12-31"}, "统计截止不能早于统计起始。"),
        ({"start": "2020-09-01"}, "统计截止不能早于统计起始。"),
    ],
)
def test_period_of_a_report(as_secretary, report, fields, error):
    response = as_secretary.post(
        reverse("report_settings", args=[2020]), settings_data(report, **fields)
    )

    assert error in body(response)


def test_a_new_report_starts_with_this_year(db, secretary, logged_in, set_today):
    set_today("2021-03-05")
    make_township()
    client = logged_in(secretary)

    form = client.get(reverse("report_add")).context["form"]
    data = {
        "year": form["year"].value(),
        "part": form["part"].value() or "year-1",
        "genre": form["genre"].value(),
        "figure_style": "exact",
        "submission": str(form["submission"].value()),
    }
    response = client.post(reverse("report_add"), data)

    report = AnnualReport.objects.get(year=2021)
    assert response.url == "/reports/2021/"
    assert (report.start, report.cut_off) == (day("2021-01-01"), day("2021-03-05"))
    assert "XX镇人大工作情况汇报" in body(client.get("/reports/2021/"))


@pytest.mark.parametrize(
    ("year", "error"),
    [("20", "报告年度应为四位数字，如2020。"), ("2020", "这一期报告已经建立。")],
)
def test_year_of_a_new_report(as_secretary, year, error):
    data = {
        "year": year,
        "part": "year-1",
        "genre": "briefing",
        "start": "2020-01-01",
        "cut_off": "2020-08-20",
        "figure_style": "exact",
        "submission": str(uuid.uuid4()),
    }

    assert error in body(as_secretary.post(reverse("report_add"), data))


def test_office_does_not_set_up_reports(as_office):
    assert as_office.get(reverse("report_add")).status_code == 403
    assert as_office.get(reverse("report_settings", args=[2020])).status_code == 403


@pytest.mark.parametrize("name", ["report_html", "report_pdf"])
def test_no_file_is_given_for_an_unreadable_cut_off(as_office, name):
    response = as_office.get(reverse(name, args=[2020]), {"cut_off": "2019-12-31"})

    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"{PAGE}?cut_off=2019-12-31",
    )
