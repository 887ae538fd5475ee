"""Charts: what is drawn, what is told, and that nothing typed by people becomes markup."""

import re
from xml.etree import ElementTree

import pytest

from congress.charts import FONT, WIDTH, Series, bar_chart, description

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart):
    """The texts and the bars (class, width, height) of a chart, in order."""
    root = ElementTree.fromstring(chart)
    texts = [text.text for text in root.iter(f"{SVG}text")]
    bars = [
        (bar.get("class"), float(bar.get("width")), float(bar.get("height")))
        for bar in root.iter(f"{SVG}rect")
    ]
    return texts, bars


def test_lying_bars_carry_label_and_number():
    texts, bars = drawn(bar_chart("各组", ["一组", "二组"], [Series("来访", (4, 2))]))

    assert texts == ["一组", "4", "二组", "2"]
    assert [css for css, *_ in bars] == ["chart-1", "chart-1"]
    assert bars[0][1] == pytest.approx(2 * bars[1][1], abs=0.1)


def test_upright_bars_carry_number_and_label():
    chart = bar_chart("各月", ["1.15", "2.15"], [Series("来访", (4, 2))], upright=True)
    texts, bars = drawn(chart)

    assert texts == ["4", "1.15", "2", "2.15"]
    assert bars[0][2] == pytest.approx(2 * bars[1][2], abs=0.1)


def test_upright_bars_lie_down_where_there_are_too_many():
    labels = [f"{month}.15" for month in range(1, 25)]
    values = tuple(range(24))

    assert bar_chart("各日", labels, [Series("来访", values)], upright=True) == bar_chart(
        "各日", labels, [Series("来访", values)]
    )


def test_stacked_bars_have_a_legend_their_numbers_and_their_sum():
    chart = bar_chart("轮值", ["张三"], [Series("到岗", (3,)), Series("缺岗", (1,))])
    texts, bars = drawn(chart)

    assert texts == ["到岗", "缺岗", "张三", "3", "1", "4"]
    assert [css for css, *_ in bars] == ["chart-1", "chart-2", "chart-1", "chart-2"]


def test_stacked_upright_bars_stand_on_each_other():
    chart = bar_chart("轮值", ["1月"], [Series("到岗", (1,)), Series("缺岗", (1,))], upright=True)
    *_, lower, upper = ElementTree.fromstring(chart).iter(f"{SVG}rect")

    assert float(upper.get("y")) + float(upper.get("height")) == float(lower.get("y"))


def test_zero_has_no_bar_and_its_number():
    assert drawn(bar_chart("各组", ["一组"], [Series("来访", (0,))])) == (["一组", "0"], [])


def test_a_chart_of_nothing_says_so():
    chart = bar_chart("各组", [], [Series("来访", ())])

    assert "<desc>没有数据。</desc>" in chart
    assert drawn(chart) == ([], [])


@pytest.mark.parametrize("upright", [False, True])
def test_the_picture_is_one_image_with_name_and_description(upright):
    chart = bar_chart("各组", ["一组"], [Series("来访", (4,))], unit="人次", upright=upright)
    root = ElementTree.fromstring(chart)

    assert (root.get("role"), [child.tag for child in root][:2]) == (
        "img",
        [f"{SVG}title", f"{SVG}desc"],
    )
    assert (root[0].text, root[1].text) == ("各组", "一组：4人次。")


def test_the_description_tells_every_figure():
    series = [Series("到岗", (3, 0)), Series("缺岗", (1, 2))]

    assert (
        description(["张三", "李四"], series, "班次")
        == "张三：到岗3班次，缺岗1班次；李四：到岗0班次，缺岗2班次。"
    )


@pytest.mark.parametrize("upright", [False, True])
def test_what_people_type_is_never_markup(upright):
    evil = "<script>alert('1')</script>&\""
    chart = bar_chart(evil, [evil], [Series(evil, (1,)), Series("b", (1,))], upright=upright)
    root = ElementTree.fromstring(chart)

    assert root[0].text == evil
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "title", "desc", "rect", "text", "line")
    }


def test_no_style_and_no_script_for_the_security_policy():
    chart = bar_chart("轮值", ["张三"], [Series("到岗", (3,)), Series("缺岗", (1,))])

    assert re.findall(r"style|script|\son\w+=|href", chart) == []


@pytest.mark.parametrize("upright", [False, True])
def test_all_stays_inside_the_picture(upright):
    labels = ["人" * 60, "短", "x" * 100]
    series = [Series("到岗", (1, 100000, 3)), Series("缺岗", (99999, 0, 1))]
    root = ElementTree.fromstring(bar_chart("轮值", labels, series, upright=upright))
    height = float(root.get("viewBox").split()[3])

    for bar in root.iter(f"{SVG}rect"):
        x, y = float(bar.get("x")), float(bar.get("y"))
        assert x >= 0
        assert x + float(bar.get("width")) <= WIDTH
        assert y >= 0
        assert y + float(bar.get("height")) <= height
    ends = [text for text in root.iter(f"{SVG}text") if text.get("class") == "chart-label"]
    assert [text.text for text in ends] == ["人" * 10 + "…", "短", "x" * 16 + "…"]
    assert all(float(text.get("x")) <= 12 * FONT for text in ends)


@pytest.mark.parametrize(
    ("labels", "series"),
    [
        (["a"], []),
        (["a"], [Series(str(number), (1,)) for number in range(5)]),
        (["a", "b"], [Series("来访", (1,))]),
        (["a"], [Series("来访", (-1,))]),
    ],
)
def test_what_cannot_be_drawn_is_refused(labels, series):
    with pytest.raises(ValueError, match=r"series|counts"):
        bar_chart("各组", labels, series)


def test_series_apart_each_have_a_bar_and_a_number():
    chart = bar_chart(
        "各月", ["1月", "2月"], [Series("提出", (4, 2)), Series("答复", (0, 1))], apart=True
    )

    assert chart.count("<rect") == 3 + 2
    assert re.findall(r'class="chart-total"[^>]*>([^<]+)<', chart) == [
        "提出",
        "答复",
        "4",
        "0",
        "2",
        "1",
    ]
    assert "1月：提出4，答复0；2月：提出2，答复1。" in chart
