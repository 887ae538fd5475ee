"""Long titles, broken by sense."""

import pytest

from congress.title_lines import WIDEST, title_lines, width

TITLES = [
    "XX镇人大工作情况汇报",
    "XX镇人民代表大会主席团工作报告",
    "XX镇人民代表大会主席团关于2020年度|代表小组活动开展情况的工作报告",
    "XX镇人大|关于加强县、乡人大代表小组活动的意见",
    "XX镇第十五届人民代表大会第四次会议|关于XX镇人民政府工作报告的决议",
    "XX镇第十五届人民代表大会代表接待选民|和向选民述职情况分月统计图及其说明",
    "XX镇人大关于|“建设中国最美乡村，打造旅游经济强镇”|视察调研情况的汇报",
    "XX镇人民代表大会主席团|关于阿卜杜拉·买买提等3名代表|辞去代表职务请求的决定",
    "XX镇第十五届人民代表大会|第一代表小组2020年度活动开展情况汇报",
    "XX镇人大主席团关于2020年民生实事项目|人大代表票决制工作开展情况的报告",
    "XX镇人大|关于开展代表接待选民日活动的通知",
    "关于XX镇2020年预算执行情况|和2021年预算草案的报告",
    "XX镇人民代表大会主席团对镇人民政府|关于饮用水安全工作情况报告的审议意见",
    "XX镇人民代表大会主席团关于2020年|上半年代表小组活动开展情况的报告",
    "XX镇人民代表大会主席团关于学习贯彻|《中华人民共和国代表法》情况的汇报",
    "XX镇2020年代表小组活动数据表",
]


@pytest.mark.parametrize("lines", TITLES)
def test_title_is_broken_where_one_draws_breath(lines):
    assert "|".join(title_lines(lines.replace("|", ""))) == lines


def test_lines_of_the_office_stand():
    assert title_lines("XX镇人大工作\n情况汇报\n") == ("XX镇人大工作", "情况汇报")


def test_title_longer_than_a_page_is_left_to_the_engine():
    title = "关于加强人大代表小组活动的意见" * 12

    assert title_lines(title) == (title,)


def test_title_marks_longer_than_a_line_are_opened():
    law = "《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》"
    lines = title_lines(f"XX镇人大关于学习{law}情况的汇报")

    assert max(map(width, lines)) <= WIDEST
    assert "".join(lines) == f"XX镇人大关于学习{law}情况的汇报"
