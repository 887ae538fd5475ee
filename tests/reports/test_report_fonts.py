"""Which fonts the PDF holds, read from it; conformity is not claimed for others."""

from datetime import date

import pytest

from congress.pdf import render_pdf
from congress.pdf_fonts import compared, embedded_fonts
from reports.models import AnnualReport
from tests import printed
from tests.factory import make_township

PROPER = ("FZXiaoBiaoSong-B05S", "FangSong_GB2312", "SimHei", "KaiTi_GB2312", "SimSun")


def test_fonts_are_read_from_the_file():
    body = "<h1 class=title>汇报</h1><h2>一、工作</h2><h3>（一）接待</h3><p>正文。</p>"

    assert embedded_fonts(render_pdf(printed.document(body))) == (
        *("FandolFang", "FandolKai", "Noto-Sans-CJK-SC"),
        *("Noto-Serif-CJK-SC", "Noto-Serif-CJK-SC-Bold"),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("embedded", "told", "untold"),
    [
        (PROPER, "字体齐备", "替代字体"),
        ((*PROPER, "Noto-Serif-CJK-SC"), "字体齐备", "替代字体"),
        ((*PROPER[:1], "FandolFang"), "不能说这份文件的字体符合GB/T 9704", "字体齐备"),
        (PROPER[:3], "没有用到", "替代字体"),
    ],
)
def test_page_says_whether_the_fonts_are_those_of_the_standard(
    embedded, told, untold, logged_in, office, monkeypatch
):
    make_township()
    report = AnnualReport.objects.create(
        year=2020, start=date(2020, 1, 1), cut_off=date(2020, 8, 31)
    )
    monkeypatch.setattr("reports.views.fonts.pdf_file", lambda document: b"%PDF")
    monkeypatch.setattr("reports.views.fonts.embedded_fonts", lambda pdf: embedded)
    page = logged_in(office).get(f"{report.get_absolute_url()}fonts/").content.decode()

    assert told in page
    assert untold not in page


def test_a_face_that_gave_way_is_named():
    found = {each.face.used_for: each for each in compared(("FandolFang", "SimHei"))}

    assert (found["正文"].names, found["正文"].is_proper) == (("FandolFang",), False)
    assert found["一级标题"].is_proper
    assert not found["页码"].is_used
