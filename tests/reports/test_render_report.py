"""The command that writes a report to a file: what it says, and what it says when it cannot."""

import re

import pdfplumber
import pytest
from django.core.management import call_command

from congress.management.commands.render_report import Command
from congress.models import Township
from congress.pdf import PdfUnavailableError

TOPICS = "快速通道建设、村村通道路、民生工程、旅游开发、征地拆迁"
ALWAYS = [
    "5名县人大代表",
    "50名镇人大代表",
    "3个代表小组",
    "3个代表小组活动室",
    TOPICS,
    "20名代表",
    "14位代表",
    "5月27日",
    "3月15日",
    "7月15日",
    "9月3日",
    "十五届人大四次会议",
]
BY_STYLE = {
    "approximate": ["20余名代表", "100余人次", "30余条"],
    "exact": ["23名代表", "104人次", "33条"],
}


def text_of_pdf(path):
    with pdfplumber.open(path) as pdf:
        return re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize("style", BY_STYLE)
def test_html_and_pdf_say_the_same(report, tmp_path, style):
    for format in ("html", "pdf"):
        call_command(
            "render_report", "2020", format=format, output=tmp_path / f"r.{format}", style=style
        )
    html = (tmp_path / "r.html").read_text()
    pdf = text_of_pdf(tmp_path / "r.pdf")

    expected = ALWAYS + BY_STYLE[style]
    assert [words for words in expected if words not in html] == []
    assert [words for words in expected if words not in pdf] == []
    body = html.partition("<body")[2].partition(">")[2]
    plain = re.sub(r"\s", "", re.sub(r"<[^>]+>", "", body))
    without_numbers = re.sub(r"—\d—", "", pdf)
    assert without_numbers == plain


def test_exact_figures_are_the_default(report, tmp_path):
    call_command("render_report", "2020", format="html", output=tmp_path / "r.html")

    assert "23名代表" in (tmp_path / "r.html").read_text()


def test_another_cut_off(report, tmp_path):
    call_command(
        "render_report", "2020", format="html", output=tmp_path / "r.html", cut_off="2020-03-31"
    )
    text = (tmp_path / "r.html").read_text()

    assert "5月27日" not in text
    assert "3月15日" in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["20", "--format", "pdf"], "年度应为四位数字，如2020，不是“20”。"),
        (["2019", "--format", "pdf"], "还没有2019年的工作报告，请先导入该年台账或建立报告。"),
        (["2020", "--format", "odt"], "格式只能是html、pdf或docx，不是“odt”。"),
        (
            ["2020", "--format", "pdf", "--style", "余"],
            "数字写法只能是exact或approximate，不是“余”。",
        ),
        (
            ["2020", "--format", "pdf", "--cut-off", "8月"],
            "统计截止应写作2020-08-20的样子，不是“8月”。",
        ),
        (
            ["2020", "--format", "pdf", "--cut-off", "2019-12-31"],
            "统计截止不能早于统计起始2020-01-01。",
        ),
    ],
)
def test_bad_arguments_get_one_sentence(report, tmp_path, arguments, sentence):
    output = tmp_path / "r.pdf"
    with pytest.raises(SystemExit) as stopped:
        call_command("render_report", *arguments, "--output", str(output))

    assert (stopped.value.code, output.exists()) == (sentence, False)


@pytest.mark.parametrize("arguments", [[], ["2020"], ["2020", "--years", "3"]])
def test_missing_and_unknown_arguments_show_the_usage(arguments):
    with pytest.raises(SystemExit) as stopped:
        Command().run_from_argv(["manage.py", "render_report", *arguments])

    assert stopped.value.code == (
        "参数不对。用法：manage.py render_report 年度 --format html|pdf|docx --output 文件 "
        "[--cut-off 日期] [--style exact|approximate]"
    )


def test_before_the_township_is_set_up(report, tmp_path):
    Township.objects.all().delete()

    with pytest.raises(SystemExit, match="还没有2020年的工作报告"):
        call_command("render_report", "2020", format="html", output=tmp_path / "r.html")


@pytest.mark.parametrize(
    ("name", "reason"), [("no/r.html", "文件夹不存在"), (".", "这是一个文件夹")]
)
def test_file_that_cannot_be_written(report, tmp_path, name, reason):
    output = str(tmp_path / name)
    with pytest.raises(SystemExit) as stopped:
        call_command("render_report", "2020", format="html", output=output)

    assert stopped.value.code == f"不能写入文件“{output}”：{reason}。"


def test_missing_pdf_engine_is_named(report, tmp_path, monkeypatch):
    def unavailable(*_, **__):
        raise PdfUnavailableError("没有安装Pango。")

    monkeypatch.setattr("reports.rendering.render_pdf", unavailable)
    with pytest.raises(SystemExit, match="没有安装Pango。"):
        call_command("render_report", "2020", format="pdf", output=tmp_path / "r.pdf")
