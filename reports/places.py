"""The places of a report that take narrative text (sheet 报告文字), in the report's order."""

import re

# What each place holds, for whoever writes it. A series takes any number: 前言-1, 前言-2 …
PLACES = {
    "前言": "报告开头的话，最后一句以“如下：”结尾",
    "活动室-引语": "代表小组活动室一段的开头，以逗号结尾",
    "活动室-评价": "对活动室建设的评价，接在标牌之后",
    "接待选民-引语": "代表接待选民日一段的开头",
    "述职-引语": "代表述职一段的开头",
    "学习培训-引语": "学习培训一段的开头，不写“一是”",
    "学习培训-目的": "培训的目的，以逗号结尾",
    "学习培训-成效": "培训的成效",
    "视察调研-引语": "视察调研一段的开头，不写“二是”",
    "工作评议-引语": "工作评议一段的开头，不写“三是”",
    "工作评议-成效": "评议的成效",
    "成效": "代表小组活动取得的成效",
    "问题-引语": "存在的问题一段的开头，以冒号结尾",
    "问题": "存在的问题",
    "打算-接待选民": "今后怎样做好接待选民",
    "打算-议案": "为县人代会准备议案的打算，作为标题印出",
    "对县人大的建议": "对县人大工作的建议，每条一段，不写“一是”",
    "自拟": "提纲中自拟部分的文字，可以分段",
}
SERIES = ("前言", "成效", "问题", "对县人大的建议")
#: The text of a part that the office added to the outline: 自拟-1, 自拟-2 …
OWN = "自拟"
_NUMBERED = re.compile(rf"^({'|'.join((*SERIES, OWN))})-([1-9][0-9]?)$")


def base_of(place: str) -> str | None:
    """The name in PLACES to which a place belongs; None where there is no such place."""
    match = _NUMBERED.match(place)
    if match:
        return match[1]
    return place if place in PLACES and place not in (*SERIES, OWN) else None


def is_place(place: str) -> bool:
    return base_of(place) is not None


def running_number(place: str) -> int:
    """2 for 成效-2; 0 for a single place."""
    match = _NUMBERED.match(place)
    return int(match[2]) if match else 0


def help_for(place: str) -> str:
    return PLACES.get(base_of(place) or "", "")
