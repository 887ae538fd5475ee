"""The pages of a report's figures: links on the report, the table of figures, each list."""

import io
import re
from html import unescape

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegates.models import Mandate
from groups.models import DelegateGroup
from reports.proof.catalogue import FIGURES
from tests import factory
from tests.reports.sample_figures import day

PAGE = "/reports/2020/"
LINK = re.compile(r'<a class="figure" href="([^"]+)">([^<]*)</a>')
WRITTEN_BY_PEOPLE = re.compile(
    r'<h1.*?</h1>|<span class="narrative".*?</span>|<a class="narrative-link".*?</a>', re.DOTALL
)


@pytest.fixture
def reader(report, office, logged_in):
    return logged_in(office)


def exported(response):
    file = io.BytesIO(b"".join(response.streaming_content))
    return list(openpyxl.load_workbook(file).active.values)


def shown(response):
    """The table of the page, without its head."""
    return [[text for _, text in cells] for _, cells in response.context["rows"]]


def test_no_number_of_the_page_lacks_a_link_and_each_link_opens_its_list(reader):
    page = reader.get(PAGE).content.decode()
    article = page[page.index("<article") : page.index("</article>")]
    computed = WRITTEN_BY_PEOPLE.sub("", article)
    words = re.sub(r"<[^>]+>", "", LINK.sub("", computed))

    assert re.findall(r".{5}\d.{5}", words) == []
    links = set(LINK.findall(computed))
    assert len(links) > 40
    for address, text in links:
        listing = reader.get(unescape(address)).context["listing"]
        if listing.figure.is_number:
            assert (address, re.search(r"[\d.]+%?", listing.number)[0]) == (address, text)


def test_links_and_lists_keep_another_cut_off(report, reader):
    page = reader.get(f"{PAGE}?cut_off=2020-06-30").content.decode()
    listed = reader.get(f"{PAGE}figures/reception.persons/?cut_off=2020-06-30")

    assert 'href="/reports/2020/figures/reception.persons/?cut_off=2020-06-30"' in page
    number = FIGURES["reception.persons"].value(report.scope_until(day("2020-06-30")))
    assert 0 < number < 104
    assert f'<p class="figure-number">{number}人次</p>' in listed.content.decode()


@pytest.mark.parametrize(
    ("address", "number", "length"),
    [
        ("reception.persons/", "104人次", 54),
        ("rate.reply_past_due/", "91.3%（21/23）", 21),
        ("rate.reply_past_due/?part=rest", "91.3%（21/23）", 2),
        ("rate.reply_past_due/?part=whole", "91.3%（21/23）", 23),
        ("groups.leader/", "每个小组1名", 3),
    ],
)
def test_the_export_is_the_list(reader, address, number, length):
    page = reader.get(f"{PAGE}figures/{address}")
    everything = [*shown(page), *shown(reader.get(f"{PAGE}figures/{address}", {"page": 2}))]
    part = {"part": "rest"} if "rest" in address else {}
    part = {"part": "whole"} if "whole" in address else part
    sheet = exported(reader.get(f"{PAGE}figures/{address}", {**part, "export": "xlsx"}))

    assert page.context["listing"].number == number
    headings, *rows = sheet
    assert list(headings) == [column.heading for column in page.context["columns"]]
    assert len(rows) == length
    written = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert written == everything[:length]


@pytest.mark.parametrize(
    "address",
    [
        "unknown/",
        "activity.present/",
        "activity.present/?of=999999",
        "activity.present/?of=x",
        "reception.persons/?part=rest",
        "reception.persons/?cut_off=2019-01-01",
    ],
)
def test_what_is_no_figure_is_not_found(reader, address):
    assert reader.get(f"{PAGE}figures/{address}").status_code == 404


def test_the_table_of_figures(reader):
    page = reader.get(f"{PAGE}figures/")
    rows = {row.key: row for _, rows in page.context["subjects"] for row in rows}

    assert list(rows) == list(FIGURES)
    persons, dates = rows["reception.persons"], "2020年1月1日至8月20日"
    assert (persons.value, persons.period, persons.before, persons.change) == (
        "104人次",
        dates,
        "—",
        "—",
    )
    headings, first, *others = exported(reader.get(f"{PAGE}figures/", {"export": "xlsx"}))
    assert headings[:4] == ("类别", "指标", "数值", "单位")
    assert first[:4] == ("代表和代表小组", "县人大代表", 5, "名")
    assert len(others) == len(FIGURES) - 1


def test_the_year_before_in_the_table(reader):
    group = DelegateGroup.objects.first()
    before = factory.make_reception_day("2019-05-15", group, on_duty=Mandate.objects.all()[:1])
    factory.make_visit(before, persons=4)

    page = reader.get(f"{PAGE}figures/")
    rows = {row.key: row for _, rows in page.context["subjects"] for row in rows}

    assert [
        (rows[f"reception.{key}"].before, rows[f"reception.{key}"].change)
        for key in ("persons", "delegates", "moved")
    ] == [("4人次", "增100"), ("1名", "增22"), ("0场", "增1")]


def test_queries_do_not_grow(reader, report):
    def queries(address):
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(f"{PAGE}figures/{address}").status_code == 200
        return len(asked)

    assert queries("reception.days_held/") == queries("reception.moved/")
    before = queries("")
    report.cut_off = day("2020-01-31")
    report.save()
    assert queries("") == before
