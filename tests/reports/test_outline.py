"""The outline of a report and its template: changed step by step, numbers follow."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from congress.editing import EditedMeanwhile
from reports.drafting import outlining
from reports.drafting.actions import write_narrative
from reports.models import AnnualReport, OutlinePart
from reports.outline import STANDARD, outline_of
from reports.rendering import document_of
from tests import factory
from tests.factory import day


@pytest.fixture
def report(db, set_today):
    set_today("2020-08-20")
    factory.make_township()
    return AnnualReport.objects.create(
        year=2020, start=day("2020-01-01"), cut_off=day("2020-08-20")
    )


def change(action, user, report, **fields):
    seen = outlining.fingerprint(outline_of(report))
    return action(user=user, report=report, seen=seen, **fields)


def shown(report):
    """Headings in order, sections indented, what is left out in brackets."""
    lines = []
    for chapter in outline_of(report):
        lines.append(f"[{chapter.shown}]" if chapter.is_left_out else chapter.shown)
        lines += [
            f" [{section.shown}]" if section.is_left_out else f" {section.shown}"
            for section in chapter.sections
        ]
    return lines


def test_parts_are_moved_left_out_renamed_and_added(report, office):
    change(outlining.move, office, report, key="suggestions", by=-1)
    change(outlining.move, office, report, key="work_done.systems", by=-1)
    change(outlining.move, office, report, key="work_done.systems", by=-1)
    change(outlining.move, office, report, key="work_done", by=-1)
    change(outlining.leave_out, office, report, key="work_to_come.bills", is_left_out=True)
    change(outlining.rename, office, report, key="work_to_come", heading=" 下一步　打算 ")
    chapter = change(outlining.add, office, report, chapter="", heading="特色工作")
    section = change(outlining.add, office, report, chapter=chapter, heading="民意联系点")

    assert (chapter, section) == ("own-1", "own-2")
    assert shown(report) == [
        "前言",
        "代表小组活动开展情况",
        " 落实两项制度（接待选民、述职）",
        " 搭建平台，提供载体",
        " 坚持三项活动（培训、视察、评议）",
        " 取得的成效和存在的问题",
        "对县人大工作的建议",
        "下一步 打算",
        " 继续开展好代表小组活动",
        " 召开下次人大会议",
        " [为县人代会准备议案、建议]",
        "特色工作",
        " 民意联系点",
    ]
    change(outlining.leave_out, office, report, key="work_to_come.bills", is_left_out=False)
    change(outlining.rename, office, report, key="work_to_come", heading="")
    change(outlining.remove, office, report, key=chapter)
    assert shown(report)[7:] == [
        "后几个月工作打算",
        " 继续开展好代表小组活动",
        " 召开下次人大会议",
        " 为县人代会准备议案、建议",
    ]
    change(outlining.reset, office, report)
    assert outline_of(report) == STANDARD


def test_text_of_an_own_part_is_printed_and_outlives_it(report, office):
    key = change(outlining.add, office, report, chapter="", heading="特色工作")
    write_narrative(
        user=office, report=report, place="自拟-1", text="建了联系点。\n还有一段。", version=0
    )
    chapter = document_of(report).chapters[-1]
    assert (chapter.heading, [each.text for each in chapter.paragraphs]) == (
        "特色工作",
        ["建了联系点。", "还有一段。"],
    )

    change(outlining.remove, office, report, key=key)
    assert [piece.place for piece in document_of(report).unprinted] == ["自拟-1"]
    assert change(outlining.add, office, report, chapter="", heading="别的") == "own-2"


def test_two_editors_of_one_outline(report, office):
    seen = outlining.fingerprint(outline_of(report))
    outlining.move(user=office, report=report, seen=seen, key="suggestions", by=-1)

    with pytest.raises(EditedMeanwhile):
        outlining.move(user=office, report=report, seen=seen, key="suggestions", by=-1)


def test_what_cannot_be_done(report, office, chair):
    for action, fields in (
        (outlining.move, {"key": "nowhere", "by": 1}),
        (outlining.rename, {"key": "preface", "heading": "前言"}),
        (outlining.rename, {"key": "work_done", "heading": "长" * 101}),
        (outlining.add, {"chapter": "nowhere", "heading": "甲"}),
        (outlining.add, {"chapter": "", "heading": " "}),
        (outlining.remove, {"key": "work_done"}),
    ):
        with pytest.raises(ValidationError):
            change(action, office, report, **fields)
    with pytest.raises(PermissionDenied):
        change(outlining.reset, chair, report)
    with pytest.raises(PermissionDenied):
        change(outlining.reset, office, None)
    report.state = AnnualReport.State.SUBMITTED
    report.save()
    with pytest.raises(ValidationError):
        change(outlining.reset, office, report)

    assert OutlinePart.objects.count() == 0


def test_new_reports_take_the_template(report, secretary, logged_in):
    change(outlining.leave_out, secretary, report, key="suggestions", is_left_out=True)
    client = logged_in(secretary)
    client.post(reverse("report_outline_template", args=["2020"]))
    values = {
        "year": 2021,
        "part": "year-1",
        "genre": "briefing",
        "figure_style": "exact",
        "submission": uuid.uuid4(),
    }
    client.post(reverse("report_add"), values)
    change(outlining.reset, secretary, None)

    assert shown(AnnualReport.objects.get(year=2021)) == shown(report)
    assert shown(None)[-1] == "对县人大工作的建议"


def test_pages_of_the_outline(report, office, secretary, logged_in):
    client = logged_in(office)
    address = reverse("report_outline", args=["2020"])
    seen = client.get(address).context["seen"]

    moved = client.post(address, {"do": "up", "key": "suggestions", "seen": seen})
    assert moved.url == "/reports/2020/outline/#suggestions"
    stale = client.post(address, {"do": "up", "key": "suggestions", "seen": seen}, follow=True)
    page = stale.content.decode()
    assert "提纲刚被他人改过" in page
    assert page.index("对县人大工作的建议") < page.index("后几个月工作打算")
    assert "设为模板" not in page
    assert "设为模板" in logged_in(secretary).get(address).content.decode()
    assert client.post(address, {"do": "别的", "seen": seen}).status_code == 404
