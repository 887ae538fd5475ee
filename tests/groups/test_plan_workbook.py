"""The plan as a workbook: out, edited, looked over, in again; all of it or nothing."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groups import planning
from groups.models import PlanChange, PlanItem
from tests.factory import make_group, make_plan_item

pytestmark = pytest.mark.django_db

HEADINGS = (
    *("序号", "组别", "项目", "类型", "计划月份"),
    *("计划数量", "责任人", "参加对象", "备注"),
)
OUT, IN = reverse("plan_workbook", args=[2020]), reverse("plan_upload", args=[2020])


@pytest.fixture(autouse=True)
def planned(set_today):
    set_today("2020-03-01")
    make_plan_item(title="培训", kind="training", first_month=5, responsible="办公室")
    make_plan_item(make_group(1), title="视察", first_month=3, last_month=9, planned_count=2)
    make_plan_item(make_group(2), title="走访", kind="other", note="入户")


def rows_of(client):
    content = b"".join(client.get(OUT).streaming_content)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def sheet_of(*rows, headings=HEADINGS):
    book = openpyxl.Workbook()
    book.active.title = "年度工作计划"
    for row in (headings, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("plan.xlsx", content.getvalue())


def preview(client, *rows, **options):
    return client.post(IN, {"file": sheet_of(*rows, **options)})


def confirm(client, page, **fields):
    data = {"content": page.context["content"], "seen": page.context["changes"].fingerprint}
    return client.post(IN, data | fields, follow=True)


def stored():
    items = PlanItem.objects.order_by("number")
    return list(items.values_list("number", "group__ordinal", "title", "planned_count"))


TRAINING = [1, None, "培训", "学习培训", 5, 1, "办公室", None, None]
INSPECTION = [2, 1, "视察", "视察调研", "3-9", 2, "组长", None, None]
VISITING = [3, 2, "走访", "其他", 7, 1, "组长", None, "入户"]


def test_what_comes_out_goes_in_without_a_change(office, logged_in):
    browser = logged_in(office)

    assert rows_of(browser) == [list(HEADINGS), TRAINING, INSPECTION, VISITING]
    page = preview(browser, TRAINING, INSPECTION, VISITING)

    assert (bool(page.context["changes"]), list(page.context["errors"])) == (False, [])


def test_changes_are_shown_first_and_then_written(office, logged_in):
    browser = logged_in(office)
    new = [None, 1, "学法", "学习培训", "4", 1, "组长", "本组代表", None]

    page = preview(browser, TRAINING, [*INSPECTION[:5], 3, *INSPECTION[6:]], new)

    assert page.context["changes"].told == [
        ("修改第2项“视察”", "计划数量：2", "计划数量：3"),
        (
            "增加“学法”",
            "",
            "项目：学法\n类型：学习培训\n组织者：第一代表小组\n计划月份：4月\n"
            "计划数量：1\n责任人：组长\n参加对象：本组代表",
        ),
        (
            "删除第3项“走访”",
            "序号：3\n项目：走访\n类型：其他\n组织者：第二代表小组\n计划月份：7月\n"
            "计划数量：1\n责任人：组长\n备注：入户",
            "",
        ),
    ]
    assert stored()[1][3] == 2
    done = confirm(browser, page)

    assert [str(each) for each in done.context["messages"]] == [
        "已写入2020年度计划：修改1项，增加1项，删除1项。"
    ]
    assert stored() == [(1, None, "培训", 1), (2, 1, "视察", 3), (3, 1, "学法", 1)]


ERRORS = [
    ({0: 9}, 2, "序号", "计划中没有这个序号；新增的项目，序号请留空。"),
    ({0: "一"}, 2, "序号", "这里要填整数。"),
    ({1: 7}, 2, "组别", "组别只能是：空（全乡镇）、1、2。"),
    ({2: None}, 2, "项目", "这一栏必须填写。"),
    ({2: "长" * 201}, 2, "项目", "最多200字，现有201字，请缩短。"),
    (
        {3: "开会"},
        2,
        "类型",
        "这里只能填：接待选民、述职、学习培训、视察调研、工作评议、会议、其他。",
    ),
    ({4: "9-3"}, 2, "计划月份", "这里要填月份：一个月写10，几个月写3-12。"),
    ({5: 0}, 2, "计划数量", "这里要填不小于1的整数。"),
    ({6: "  "}, 2, "责任人", "这一栏必须填写。"),
    ({0: 2}, 3, "序号", "序号与第2行重复，请删去或改正。"),
]


@pytest.mark.parametrize(("cells", "number", "column", "message"), ERRORS)
def test_a_mistake_is_told_with_row_and_column_and_nothing_is_written(
    office, logged_in, cells, number, column, message
):
    browser = logged_in(office)
    row = [cells.get(place, cell) for place, cell in enumerate(TRAINING)]
    before = stored()

    page = preview(browser, row, INSPECTION, [*VISITING[:5], 9, *VISITING[6:]])

    assert [(each.row, each.column, each.message) for each in page.context["errors"]] == [
        (number, column, message)
    ]
    refused = confirm(browser, page)
    assert refused.status_code == 409
    assert stored() == before


def test_another_file_is_refused(office, logged_in):
    browser = logged_in(office)

    page = browser.post(IN, {"file": SimpleUploadedFile("plan.xlsx", b"PK")})
    assert (
        page.context["sentence"] == "文件已损坏，无法读取。请用Excel打开、修复并重新保存后再导入。"
    )
    page = preview(browser)
    assert [each.message for each in page.context["errors"]] == [
        "表中没有项目，请核对是否选错了文件。"
    ]
    page = preview(browser, TRAINING[:-1], headings=HEADINGS[:-1])
    assert [each.message for each in page.context["errors"]] == ["缺少列“备注”，请按台账格式补上。"]
    page = browser.post(IN)
    assert page.context["form"].errors == {"file": ["请先选择计划表。"]}
    page = browser.post(IN, {"file": SimpleUploadedFile("plan.xlsx", b"0" * 500 * 1024 + b"0")})
    assert page.context["form"].errors == {"file": ["计划表不超过500KB，请核对是否选错了文件。"]}
    assert browser.post(IN, {"content": "%"}).url == IN


def test_an_issued_plan_asks_for_the_reason(secretary, office, logged_in):
    planning.issue(by=secretary, year=2020, groups=[None])
    browser = logged_in(office)
    changed = [*TRAINING[:4], "6", *TRAINING[5:]]

    page = preview(browser, changed, INSPECTION, VISITING)
    refused = confirm(browser, page)
    assert refused.context["form"].errors == {"reason": ["请填写这一项。"]}
    assert PlanChange.objects.count() == 0
    confirm(browser, page, reason="讲师改期")

    assert list(PlanChange.objects.values_list("before", "after", "reason", "by")) == [
        ("计划月份：5月", "计划月份：6月", "讲师改期", office.pk)
    ]
    page = preview(browser, changed, INSPECTION, [*VISITING[:2], "走访选民", *VISITING[3:]])
    assert page.context["form"] is None


def test_a_change_in_between_is_shown_before_anything_is_written(office, logged_in):
    browser = logged_in(office)
    page = preview(browser, TRAINING, INSPECTION)
    PlanItem.objects.filter(number=1).update(title="集中培训")

    again = confirm(browser, page)

    assert again.status_code == 409
    assert [what for what, _, _ in again.context["changes"].told] == [
        "修改第1项“培训”",
        "删除第3项“走访”",
    ]
    assert len(stored()) == 3


def test_a_leader_gets_and_sends_the_own_plan_only(leader, other_leader, logged_in):
    browser = logged_in(leader)

    assert rows_of(browser) == [list(HEADINGS), INSPECTION]
    page = preview(browser, INSPECTION, VISITING, [None, 2, *VISITING[2:]], [None, *TRAINING[1:]])
    assert [(each.row, each.message) for each in page.context["errors"]] == [
        (3, "计划中没有这个序号；新增的项目，序号请留空。"),
        (4, "组别只能是：1。"),
        (5, "组别只能是：1。"),
    ]
    page = preview(browser, [None, 1, *VISITING[2:]])
    confirm(browser, page)

    assert stored() == [(1, None, "培训", 1), (3, 2, "走访", 1), (4, 1, "走访", 1)]


def test_three_hundred_rows_are_looked_over_with_as_many_queries_as_three(
    office, logged_in, django_assert_max_num_queries
):
    browser = logged_in(office)
    rows = [[None, 1, f"第{number}次视察", *INSPECTION[3:]] for number in range(300)]

    with django_assert_max_num_queries(12):
        page = preview(browser, TRAINING, INSPECTION, VISITING, *rows)

    assert len(page.context["changes"].added) == 300
