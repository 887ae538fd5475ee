"""The report as sections in order, with the texts that people write."""

from dataclasses import replace

import pytest

from congress.periods import Period
from reports.document import build_document
from reports.figures.plan import Outlook
from reports.models import OutlinePart
from reports.outline import arranged
from reports.places import OWN, PLACES, SERIES, help_for, is_place
from reports.scope import Scope
from tests.reports import sample_figures as sample
from tests.reports.sample_figures import day

NARRATIVES = {
    "前言-1": "今年以来，镇人大扎实工作。",
    "前言-2": "现汇报如下：",
    "活动室-引语": "为让代表经常开展活动，",
    "活动室-评价": "基本做到了规范化建设。",
    "接待选民-引语": "坚持代表接待选民日制度。",
    "述职-引语": "坚持代表述职制度。",
    "学习培训-引语": "开展学习培训活动。",
    "学习培训-目的": "为提升代表素质，",
    "学习培训-成效": "达到了目的。",
    "视察调研-引语": "开展视察调研活动。",
    "工作评议-引语": "开展工作评议活动。",
    "工作评议-成效": "转变了作风。",
    "成效-1": "取得了成效。",
    "成效-2": "密切了联系。",
    "问题-引语": "还存在一些问题：",
    "问题-1": "有的代表积极性不高；",
    "问题-2": "有的调查不深入，",
    "打算-接待选民": "坚持接待选民。",
    "打算-议案": "认真开展调研活动，为议案作准备。",
    "对县人大的建议-1": "建议配备专职副主席。",
    "对县人大的建议-2": "希望安排培训。",
}


def outline(document):
    """Headings as printed, a paragraph as its first ten characters."""
    lines = []
    for chapter in document.chapters:
        if not chapter.is_printed:
            continue
        lines.append(f"{chapter.number}{chapter.heading}")
        lines += [paragraph.text[:10] for paragraph in chapter.paragraphs if paragraph.text]
        for section in chapter.sections:
            if section.is_printed and (section.number or section.heading_is_text):
                lines.append(f"{section.number}{section.heading.text}")
            lines += [paragraph.text[:10] for paragraph in section.paragraphs if paragraph.text]
    return lines


def paragraphs_of(document):
    parts = [
        document.preface,
        *(chapter.paragraphs for chapter in document.chapters),
        *(section.paragraphs for chapter in document.chapters for section in chapter.sections),
    ]
    return [paragraph.text for part in parts for paragraph in part if paragraph.text]


def test_whole_report():
    document = build_document(sample.year_2020(), NARRATIVES, in_round_figures=True)

    assert (document.title, document.author, document.unprinted) == (
        "XX镇人大工作情况汇报",
        "XX镇人大",
        (),
    )
    assert [paragraph.text for paragraph in document.preface] == [
        "今年以来，镇人大扎实工作。现汇报如下："
    ]
    assert outline(document) == [
        "一、代表小组活动开展情况",
        "今年以来，镇人大认真",
        "（一）搭建平台，提供载体。",
        "为让代表经常开展活动",
        "创建了3个代表小组活",
        "（二）落实“两项制度”，听取民意，力求取得实效。",
        "坚持代表接待选民日制",
        "坚持代表述职制度。依",
        "（三）坚持“三项活动”，提高代表履职能力。",
        "一是开展学习培训活动",
        "二是开展视察调研活动",
        "7月15日，镇人大组",
        "三是开展工作评议活动",
        "今年以来，代表参加活",
        "（四）我镇人大代表小组活动取得的成效和存在的问题",
        "取得了成效。密切了联",
        "还存在一些问题：有的",
        "二、后几个月工作打算",
        "（一）继续开展好人大代表小组活动。",
        "坚持接待选民。继续有",
        "（二）认真召开好镇十五届人大四次会议。",
        "我镇计划于9月3日召",
        "（三）认真开展调研活动，为议案作准备。",
        "计划11月至12月开",
        "三、对县人大工作的几点建议",
        "一是建议配备专职副主",
        "二是希望安排培训。",
    ]


def test_narratives_and_sentences_join_with_the_right_stops():
    document = build_document(sample.year_2020(), NARRATIVES)
    texts = paragraphs_of(document)

    assert [text for text in texts if text.startswith(("一是开展", "还存在"))] == [
        "一是开展学习培训活动。为提升代表素质，5月27日，镇人大组织了1次人大代表培训会，"
        "组织代表学习了《代表法》《选举法》《地方组织法》等法律法规。达到了目的。",
        "还存在一些问题：有的代表积极性不高；有的调查不深入。",
    ]
    assert [text for text in texts if not text.endswith(("。", "："))] == []


def test_narrative_without_a_stop_gets_one():
    document = build_document(
        sample.year_2020(),
        {"学习培训-目的": "为提升代表素质", "学习培训-成效": "达到了目的", "成效-1": "有成效"},
    )

    texts = paragraphs_of(document)
    assert "一是开展学习培训活动。为提升代表素质，5月27日，" in texts[5]
    assert texts[5].endswith("等法律法规。达到了目的。")
    assert "有成效。" in texts


def test_line_breaks_in_a_narrative_make_paragraphs():
    document = build_document(sample.empty_year(), {"成效-1": "第一段。\n第二段。\n"})

    assert paragraphs_of(document) == ["第一段。", "第二段。"]


def test_without_narratives_the_report_still_reads():
    document = build_document(sample.year_2020(), {})

    assert outline(document)[-5:] == [
        "二、后几个月工作打算",
        "（一）继续开展好人大代表小组活动。",
        "继续有计划地安排其余",
        "（二）认真召开好镇十五届人大四次会议。",
        "我镇计划于9月3日召",
    ]
    assert [text[:9] for text in paragraphs_of(document) if text[1:2] == "是"] == [
        "一是开展学习培训活",
        "二是开展视察调研活",
        "三是开展工作评议活",
    ]


def test_kinds_that_are_missing_take_no_ordinal():
    figures = sample.year_2020()
    without_training = replace(
        figures, activities=replace(figures.activities, training=(), previous=())
    )

    texts = outline(build_document(without_training, NARRATIVES))

    assert "（三）开展代表活动，提高代表履职能力。" in texts
    assert "开展视察调研活动。3" in texts


def test_two_kinds():
    figures = sample.year_2020()
    without_training = replace(figures, activities=replace(figures.activities, training=()))

    document = build_document(without_training, NARRATIVES)

    assert "（三）坚持“两项活动”，提高代表履职能力。" in outline(document)
    assert [text[:9] for text in paragraphs_of(document) if text[1:3] == "是开"] == [
        "一是开展视察调研活",
        "二是开展工作评议活",
    ]
    assert [piece.place for piece in document.unprinted] == [
        "学习培训-引语",
        "学习培训-目的",
        "学习培训-成效",
    ]


@pytest.mark.parametrize(
    ("missing", "heading"),
    [
        ("duty", "落实代表接待选民日制度，听取民意，力求取得实效。"),
        ("reception", "落实代表向选民述职制度，力求取得实效。"),
    ],
)
def test_one_of_the_two_systems(missing, heading):
    figures = sample.year_2020()
    figures = replace(figures, **{missing: getattr(sample.empty_year(), missing)})

    assert f"（二）{heading}" in outline(build_document(figures, NARRATIVES))


@pytest.mark.parametrize(
    ("place", "heading"),
    [("成效-1", "我镇人大代表小组活动取得的成效"), ("问题-1", "我镇人大代表小组活动存在的问题")],
)
def test_effects_or_problems_alone(place, heading):
    document = build_document(sample.year_2020(), {place: "有。"})

    assert f"（四）{heading}" in outline(document)


def test_problems_are_not_announced_where_none_are_named():
    document = build_document(
        sample.year_2020(), {"问题-引语": "还存在问题：", "成效-1": "有成效。"}
    )

    assert [piece.place for piece in document.unprinted] == ["问题-引语"]


def test_one_suggestion_takes_no_ordinal():
    document = build_document(sample.year_2020(), {"对县人大的建议-1": "建议多指导。"})

    assert outline(document)[-2:] == ["三、对县人大工作的建议", "建议多指导。"]


def test_series_run_in_the_order_of_their_numbers():
    document = build_document(
        sample.empty_year(), {"成效-10": "丙。", "成效-2": "乙。", "成效-1": "甲。"}
    )

    assert paragraphs_of(document) == ["甲。乙。丙。"]


def test_empty_year_says_that_nothing_took_place_and_keeps_the_texts():
    document = build_document(sample.empty_year(), {"学习培训-成效": "成效。"})

    assert outline(document) == ["代表小组活动开展情况", "今年以来，镇人大没有"]
    assert paragraphs_of(document) == ["今年以来，镇人大没有组织开展代表小组活动。"]
    assert [piece.place for piece in document.unprinted] == ["学习培训-成效"]


def test_empty_year_with_its_groups_is_a_short_report():
    figures = replace(sample.empty_year(), groups=sample.year_2020().groups)
    document = build_document(figures, {"前言-1": "现汇报如下："})

    assert [paragraph.text for paragraph in document.preface if paragraph.text] == ["现汇报如下："]
    assert outline(document) == [
        "代表小组活动开展情况",
        "镇人大结合全镇代表分",
        "创建了3个代表小组活",
    ]


def test_a_xiang_is_a_xiang_throughout():
    figures = sample.year_2020()
    figures = replace(figures, institution=replace(figures.institution, name="云岭乡"))
    document = build_document(figures, {})

    text = "".join([*outline(document), *paragraphs_of(document)])

    assert document.title == "云岭乡人大工作情况汇报"
    assert [word for word in ("镇人大", "我镇计划", "全镇代表") if word in text] == []


def test_end_of_the_year_turns_to_the_next():
    figures = replace(
        sample.year_2020(),
        scope=Scope(Period(day("2020-01-01"), day("2020-12-31")), 2020),
        outlook=Outlook(2021, sample.PLAN[:1]),
    )

    assert "二、明年工作打算" in outline(build_document(figures, {}))


def test_every_place_is_open_once():
    document = build_document(sample.year_2020(), {"问题-1": "有问题。"})
    paragraphs = [
        *document.preface,
        *(paragraph for chapter in document.chapters for paragraph in chapter.paragraphs),
        *(
            paragraph
            for chapter in document.chapters
            for section in chapter.sections
            for paragraph in (section.heading, *section.paragraphs)
        ),
    ]
    places = [piece.place for paragraph in paragraphs for piece in paragraph.pieces if piece.place]

    single = [place for place in PLACES if place not in (*SERIES, OWN)]
    assert sorted(places) == sorted([*single, *(f"{name}-1" for name in SERIES), "问题-2"])


def test_places():
    assert [
        name
        for name in (
            "前言",
            "前言-1",
            "前言-0",
            "成效-12",
            "活动室-引语",
            "活动室-引语-1",
            "别处",
            "自拟-2",
        )
        if is_place(name)
    ] == ["前言-1", "成效-12", "活动室-引语", "自拟-2"]
    assert help_for("成效-3") == PLACES["成效"]


def test_the_outline_leaves_out_moves_renames_and_adds_parts():
    rows = [
        OutlinePart(key="suggestions", position=0),
        OutlinePart(key="own-1", position=1, heading="特色工作"),
        OutlinePart(key="work_done", position=2, heading="工作开展情况"),
        OutlinePart(key="work_to_come", position=3),
        OutlinePart(key="work_done.effects", chapter="work_done", position=0),
        OutlinePart(key="work_done.systems", chapter="work_done", position=1, is_left_out=True),
        OutlinePart(key="own-2", chapter="work_done", position=2, heading="代表风采。"),
        OutlinePart(key="work_to_come.bills", chapter="work_to_come", heading="准备议案。"),
    ]
    texts = NARRATIVES | {"自拟-1": "建了民意联系点。", "自拟-2": "评了优秀代表。"}

    document = build_document(sample.year_2020(), texts, outline=arranged(rows))

    lines = outline(document)
    assert [line for line in lines if line[1] == "、" or line[0] == "（"] == [
        "一、对县人大工作的几点建议",
        "二、特色工作",
        "三、工作开展情况",
        "（一）搭建平台，提供载体。",
        "（二）我镇人大代表小组活动取得的成效和存在的问题",
        "（三）坚持“三项活动”，提高代表履职能力。",
        "（四）代表风采。",
        "四、后几个月工作打算",
        "（一）继续开展好人大代表小组活动。",
        "（二）认真召开好镇十五届人大四次会议。",
        "（三）准备议案。",
    ]
    assert lines[lines.index("（三）准备议案。") + 1] == "认真开展调研活动，为"
    assert lines[lines.index("二、特色工作") + 1] == "建了民意联系点。"
    assert lines[lines.index("（四）代表风采。") + 1] == "评了优秀代表。"
    assert [piece.place for piece in document.unprinted] == ["接待选民-引语", "述职-引语"]


def test_without_its_own_section_research_for_bills_stands_in_the_plan():
    rows = [OutlinePart(key="work_to_come.bills", chapter="work_to_come", is_left_out=True)]
    document = build_document(sample.year_2020(), NARRATIVES, outline=arranged(rows))

    assert any("为县人代会准备议案的调研" in text for text in paragraphs_of(document))
    assert [piece.place for piece in document.unprinted] == ["打算-议案"]


def test_a_left_out_preface_is_kept():
    rows = [OutlinePart(key="preface", is_left_out=True)]
    document = build_document(sample.empty_year(), {"前言-1": "甲。"}, outline=arranged(rows))

    assert (document.preface, [piece.text for piece in document.unprinted]) == ((), ["甲。"])
