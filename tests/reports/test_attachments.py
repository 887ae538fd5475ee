"""What is attached to a report: texts, and tables that the records fill."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import DelegateGroup
from reports.enclosures import attachments_of
from reports.models import ReportAttachment
from reports.rendering import document_of
from voters.models import Visit

Content = ReportAttachment.Content


@pytest.fixture
def as_office(report, office, logged_in):
    return logged_in(office)


def add(client, **fields):
    data = {"title": "", "text": "", "submission": str(uuid.uuid4()), **fields}
    response = client.post(reverse("reportattachment_add", args=["2020"]), data)
    return response.context and response.context["form"].errors


def change(client, attachment, way):
    address = reverse("reportattachment_change", args=["2020", attachment.pk])
    client.post(address, {"way": way})


def titles(report):
    return [attachment.title for attachment in document_of(report).attachments]


def table(report, content, group=None):
    """The table that the records fill, of the township or of a group."""
    attachment = report.attachments.create(title="表", content=content)
    group = group and DelegateGroup.objects.get(ordinal=group)
    made = attachments_of(report, report.scope.of_group(group))[0].tables[0]
    attachment.delete()
    assert sum(made.widths) == 28
    assert {len(row) for row in made.rows} == {len(made.headings)} == {len(made.widths)}
    return made


def test_added_moved_edited_and_taken_out(as_office, report):
    assert add(as_office, content=Content.TEXT, title="说明") == {
        "text": ["请填写附件的文字，或者改选一种表。"]
    }
    add(as_office, content=Content.TEXT, title="说明", text="第一段。\n\n第二段。")
    add(as_office, content=Content.ITEMS)
    first, second = report.attachments.all()
    assert document_of(report).attachments[0].paragraphs == ("第一段。", "第二段。")
    assert titles(report) == ["说明", "意见建议办理情况表"]

    change(as_office, second, "up")
    assert titles(report) == ["意见建议办理情况表", "说明"]
    data = {"content": "text", "title": "补充说明", "text": "另有说明。", "version": first.version}
    address = reverse("reportattachment_edit", args=["2020", first.pk])
    as_office.post(address, data)
    assert titles(report) == ["意见建议办理情况表", "补充说明"]
    assert as_office.post(address, data | {"title": "丙"}).status_code == 409
    change(as_office, second, "out")
    assert titles(report) == ["补充说明"]


def test_nothing_changes_while_the_chair_reads(as_office, report):
    add(as_office, content=Content.ITEMS)
    type(report).objects.update(state="submitted")
    (attachment,) = report.attachments.all()
    change(as_office, attachment, "out")
    add(as_office, content=Content.GROUPS)

    assert titles(report) == ["意见建议办理情况表"]


def test_groups(report):
    made = table(report, Content.GROUPS)

    assert made.headings == (
        "组别",
        "组长",
        "副组长",
        "联系员",
        "县代表",
        "镇代表",
        "覆盖村",
        "活动室",
    )
    assert [(row[0], *row[4:]) for row in made.rows] == [
        ("第一", "2", "19", "XX、LJ冲、SJ河", "镇政府会议室"),
        ("第二", "2", "16", "DG山、HJ河", "HJ河村部"),
        ("第三", "1", "15", "DL河、BS畈", "DL河村部"),
    ]
    assert [row[0] for row in table(report, Content.GROUPS, group=2).rows] == ["第二"]


def test_activities(report):
    assert table(report, Content.ACTIVITIES).rows == (
        ("3月15日", "视察调研", "旅游经济发展情况视察调研", "镇人大", "24", "20"),
        ("5月27日", "学习培训", "人大代表培训会", "镇人大", "55", "46"),
        ("7月15日", "视察调研", "重点工程建设视察", "第一代表小组", "21", "16"),
    )


def test_duty_reports(report):
    made = table(report, Content.DUTY_REPORTS)

    assert made.headings[3:] == ("有效票", "满意", "基本满意", "不满意")
    assert len(made.rows) == 14
    assert [sum(int(row[place]) for row in made.rows) for place in (4, 5, 6)] == [618, 179, 12]


def test_items_name_no_voter(report):
    made = table(report, Content.ITEMS)
    text = "\n".join("，".join(row) for row in made.rows)

    assert len(made.rows) == 33
    assert sum(row[4] != "—" for row in made.rows) == 27
    names = {name for name in Visit.objects.values_list("voter_name", flat=True) if len(name) > 1}
    assert not [name for name in names if name in text]


def test_the_table_of_figures_comes_last(report):
    report.attachments.create(title="说明", text="说明。")
    report.has_figure_table = True
    figures = document_of(report).attachments[-1]

    assert (titles(report)[0], figures.title) == ("说明", "数据表")
    assert [made.caption for made in figures.tables][:2] == ["代表和代表小组", "接待选民"]
    (row,) = [row for made in figures.tables for row in made.rows if row[1] == "104人次"]
    assert row[4].startswith("统计期内")


def test_tables_cost_the_same_queries_for_a_group_and_for_all(report):
    for content in (Content.GROUPS, Content.ACTIVITIES, Content.DUTY_REPORTS, Content.ITEMS):
        report.attachments.create(title="表", content=content)

    def queries(group):
        with CaptureQueriesContext(connection) as captured:
            attachments_of(report, report.scope.of_group(group))
        return len(captured)

    queries(None)
    assert queries(DelegateGroup.objects.get(ordinal=1)) <= queries(None) + 1
