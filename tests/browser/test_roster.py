"""The office's own roster: a column matched by hand, faults shown with their cells, taken in."""

from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from delegates.models import Mandate
from tests.factory import make_group, make_township

ROSTER = Path(__file__).parents[1] / "groups" / "dirty-roster.xlsx"


@pytest.fixture(autouse=True)
def town(set_today, transactional_db, settings, tmp_path):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    make_township()
    for ordinal in (1, 2, 3):
        make_group(ordinal)


@pytest.fixture
def renamed(tmp_path):
    """The roster with a heading that nothing is known of."""
    workbook = openpyxl.load_workbook(ROSTER, data_only=True)
    for row in workbook.active.iter_rows(max_row=6):
        for cell in row:
            if "".join(str(cell.value or "").split()) == "姓名":
                cell.value = "何人"
    workbook.save(tmp_path / "花名册.xlsx")
    return tmp_path / "花名册.xlsx"


def test_a_roster_is_matched_corrected_and_taken_in(page, log_in, office, renamed, check_axe):
    log_in(page, office)
    page.goto(reverse("delegate_list"))
    page.get_by_role("link", name="导入花名册").first.click()
    page.get_by_label("花名册").set_input_files(renamed)
    page.get_by_role("button", name="上传并核对").click()

    page.get_by_text("没有找到：姓名").wait_for()
    check_axe(page)
    page.get_by_label("何人作为").select_option("姓名")
    page.get_by_role("button", name="按所选对应，重新核对").click()

    page.get_by_role("heading", name="有9行不能导入").wait_for()
    check_axe(page)
    page.get_by_role("row", name="必填，这里是空的。 14 性别").wait_for()
    assert page.locator("tr.refused td.blamed").count() == 9
    page.get_by_role("button", name="导入14行").click()
    page.get_by_text("请先在原表中改好重新上传").wait_for()
    page.get_by_label("有问题的9行先不导入").check()
    page.get_by_role("button", name="导入14行").click()

    page.get_by_text("已导入14行").wait_for()
    assert Mandate.objects.count() == 14
