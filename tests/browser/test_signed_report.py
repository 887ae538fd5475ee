"""From draft to signature, and what the signed paper is worth afterwards."""

import re

import pytest

from reports.models import AnnualReport
from tests import factory
from voters.models import Visit


@pytest.fixture
def report(transactional_db, settings):
    settings.TODAY = factory.day("2020-08-20")
    factory.make_township()
    day = factory.make_reception_day("2020-07-15", state="held")
    factory.make_visit(day, persons=2)
    return AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )


def downloaded(page, label):
    with page.expect_download() as download:
        page.get_by_role("link", name=label).click()
    return download.value.path().read_bytes()


def judged(page, name, content):
    """What the public page says of a file."""
    page.goto("/verify/")
    page.set_input_files(
        "input[type=file]",
        {"name": name, "mimeType": "application/octet-stream", "buffer": content},
    )
    page.get_by_role("button", name="核对").click()
    return page.get_by_role("alert").inner_text()[:9]


def test_from_draft_to_a_paper_that_is_verified(
    page, open_page, report, secretary, chair, log_in, check_axe
):
    log_in(page, secretary)
    page.goto("/reports/2020/checks/")
    page.get_by_text("没有错误").wait_for()
    page.goto("/reports/2020/")
    page.get_by_role("button", name="提交签发").click()
    page.get_by_text("已提交，等主席签发。").wait_for()

    chairs = open_page()
    log_in(chairs, chair)
    chairs.goto("/reports/2020/")
    chairs.get_by_role("link", name="签发", exact=True).click()
    chairs.get_by_role("button", name="签发").wait_for()
    for tick in chairs.get_by_label("已核实，仍然签发").all():
        tick.check()
    for reason in chairs.locator("input[name^=reason]").all():
        reason.fill("属实")
    check_axe(chairs)
    # The first document of a process waits for the engine to be loaded.
    chairs.get_by_role("button", name="签发").click(timeout=60_000)
    chairs.wait_for_url(re.compile(r"/versions/1/$"), timeout=60_000)
    chairs.frame_locator("iframe").get_by_text("共接待选民2人次").wait_for()
    check_axe(chairs)
    pdf = downloaded(chairs, "下载PDF")
    docx = downloaded(chairs, "下载Word")

    visit = Visit.objects.get()
    Visit.objects.filter(pk=visit.pk).update(persons=3)
    chairs.get_by_role("link", name="签发后的变动", exact=True).click()
    chairs.get_by_text("签发后有1项变动。").wait_for()
    chairs.get_by_role("link", name=f"接待登记{visit.number}：人数 2→3").wait_for()
    check_axe(chairs)

    stranger = open_page()
    assert judged(stranger, "报告.pdf", pdf) == "与签发的文件一致。"
    assert judged(stranger, "报告.docx", docx) == "与签发的文件一致。"
    changed = bytearray(pdf)
    changed[len(changed) // 2] ^= 1
    assert judged(stranger, "报告.pdf", bytes(changed)) in (
        "与签发的文件不一致",
        "没有查到这个文件：",
    )
    check_axe(stranger)
