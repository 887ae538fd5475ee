"""Lines of which something stays in the words and is asked about; tokens; the lexicon."""

from dataclasses import replace

import pytest

from tests.voters.desk import (
    BUILDING,
    DG,
    HOLIDAYS,
    LEXICON,
    LIVING,
    LJ,
    ROADS,
    SJ,
    TRAFFIC,
    WATER,
    ZHANG,
    expected,
)
from voters.models import Channel
from voters.quick_entry import Candidate, Doubt, Entry, Kind, Lexicon, parse
from voters.quick_entry.pieces import CHANNELS

ASKED = [
    (
        "张三 dgs 桥晃",
        {"name": "张三", "words": "dgs 桥晃"},
        [("dgs", Doubt.SEVERAL, [Candidate(Kind.VILLAGE, DG), Candidate(Kind.TOPIC, HOLIDAYS)])],
    ),
    ("张三 类别:dgs 桥晃", {"name": "张三", "topic": HOLIDAYS, "words": "桥晃"}, []),
    (
        "王家村 李四 13900002001 没水吃",
        {"name": "李四", "phone": "13900002001", "words": "王家村 没水吃"},
        [("王家村", Doubt.UNKNOWN_VILLAGE, [])],
    ),
    (
        "李四 13900002001 王家村 3人 没水吃",
        {"name": "李四", "phone": "13900002001", "persons": 3, "words": "王家村 没水吃"},
        [("王家村", Doubt.UNKNOWN_VILLAGE, [])],
    ),
    (
        "李四 村:王家 没水吃",
        {"name": "李四", "words": "村:王家 没水吃"},
        [("村:王家", Doubt.UNKNOWN_VILLAGE, [])],
    ),
    ("李四 我们村 没水吃", {"name": "李四", "words": "我们村 没水吃"}, []),
    (
        "李四 没水吃 交:县自来水公司",
        {"name": "李四", "words": "没水吃 交:县自来水公司"},
        [("交:县自来水公司", Doubt.UNKNOWN_UNIT, [])],
    ),
    (
        "张三 13900002001 13900002002 LJ冲 SJ河 没水吃",
        {**ZHANG, "words": "13900002002 SJ河 没水吃"},
        [
            ("13900002002", Doubt.SECOND, [Candidate(Kind.PHONE, "13900002002")]),
            ("SJ河", Doubt.SECOND, [Candidate(Kind.VILLAGE, SJ)]),
        ],
    ),
    (
        "张三 LJ冲 民生工程 村村通道路 没水吃 交:水利站、交管站",
        {
            "name": "张三",
            "village": LJ,
            "topic": LIVING,
            "unit": WATER,
            "words": "村村通道路 没水吃 交管站",
        },
        [
            ("村村通道路", Doubt.SECOND, [Candidate(Kind.TOPIC, ROADS)]),
            ("交管站", Doubt.SECOND, [Candidate(Kind.UNIT, TRAFFIC)]),
        ],
    ),
    (
        "张三 LJ冲 建设所 没水吃 交:水利站",
        {"name": "张三", "village": LJ, "unit": WATER, "words": "建设所 没水吃"},
        [("建设所", Doubt.SECOND, [Candidate(Kind.UNIT, BUILDING)])],
    ),
    (
        "张三 1390000200 LJ冲 没水吃",
        {"name": "张三", "village": LJ, "words": "1390000200 没水吃"},
        [("1390000200", Doubt.UNKNOWN_PHONE, [])],
    ),
    ("张三 LJ冲 2020-08-15 停水", {"name": "张三", "village": LJ, "words": "2020-08-15 停水"}, []),
    (
        "张三 LJ冲 来了3个人 没水吃",
        {"name": "张三", "village": LJ, "words": "来了3个人 没水吃"},
        [("来了3个人", Doubt.SENTENCE, [Candidate(Kind.PERSONS, 3)])],
    ),
    (
        "张三 LJ冲上冲组 没水吃",
        {"name": "张三", "words": "LJ冲上冲组 没水吃"},
        [("LJ冲上冲组", Doubt.SENTENCE, [Candidate(Kind.VILLAGE, LJ)])],
    ),
    (
        "修路的大车天天过，LJ冲，灰大得很",
        {"words": "修路的大车天天过，LJ冲，灰大得很"},
        [("LJ冲", Doubt.SENTENCE, [Candidate(Kind.VILLAGE, LJ)])],
    ),
    (
        "张三 LJ冲 找了三次 电话 打不通",
        {"name": "张三", "village": LJ, "words": "找了三次 电话 打不通"},
        [("电话", Doubt.SENTENCE, [Candidate(Kind.CHANNEL, "phone")])],
    ),
    (
        "水生 13900002001 LJ冲 没水吃",
        {**ZHANG, "name": "水生", "words": "没水吃"},
        [("水生", Doubt.CHECK_NAME, [])],
    ),
    (
        "𠮷野 LJ冲 没水吃",
        {"name": "𠮷野", "village": LJ, "words": "没水吃"},
        [("𠮷野", Doubt.CHECK_NAME, [])],
    ),
]


@pytest.mark.parametrize(("typed", "fields", "doubts"), ASKED, ids=[case[0] for case in ASKED])
def test_line_is_asked_about(typed, fields, doubts):
    parsed = parse(typed, LEXICON)

    assert replace(parsed, tokens=()) == expected(**fields)
    assert [(t.text, t.doubt, list(t.candidates)) for t in parsed.unsure] == doubts


def test_tokens_show_what_was_understood():
    parsed = parse("张三等3人 电话 13900002001 ljc 路断了，没人修 交：水利站", LEXICON)

    assert [(t.start, t.end, t.text, t.kind, t.value, t.marked) for t in parsed.tokens] == [
        (0, 2, "张三", Kind.NAME, "张三", False),
        (2, 5, "等3人", Kind.PERSONS, 3, False),
        (6, 20, "电话 13900002001", Kind.PHONE, "13900002001", True),
        (21, 24, "ljc", Kind.VILLAGE, LJ, False),
        (25, 28, "路断了", Kind.WORDS, None, False),
        (29, 32, "没人修", Kind.WORDS, None, False),
        (33, 38, "交：水利站", Kind.UNIT, WATER, True),
    ]


def test_a_nearer_form_wins():
    """长 is first chang, so ch is 长河; zh is 忠河 first and 长河 only by another reading."""
    zhonghe = Entry(2, "忠河")
    lexicon = Lexicon(villages=(Entry(1, "长河"), zhonghe))

    assert parse("李四 zh 没水", lexicon).village == zhonghe


def test_same_initials_of_two_villages_are_asked_about():
    villages = (Entry(1, "大湾"), Entry(2, "东屋"))

    parsed = parse("李四 dw 没水", Lexicon(villages=villages))

    assert parsed.words == "dw 没水"
    assert parsed.unsure[0].candidates == tuple(Candidate(Kind.VILLAGE, v) for v in villages)


def test_an_empty_lexicon_understands_by_form_alone():
    parsed = parse("张三 13900002001 3人 LJ冲 没水", Lexicon())

    assert replace(parsed, tokens=()) == expected(
        name="张三", phone="13900002001", persons=3, words="LJ冲 没水"
    )


def test_channels_are_those_of_a_visit():
    assert set(CHANNELS.values()) == set(Channel.values)
