"""Lines as clerks type them, and the whole of what is read from each."""

from dataclasses import replace

import pytest

from tests.voters.desk import (
    BS,
    BUILDING,
    CHANGHE,
    FAST,
    KEY_WORKS,
    LEXICON,
    LIVING,
    LJ,
    ROADS,
    SCHOOLS,
    SJ,
    TOURISM,
    TRAFFIC,
    VILLAGE_WORKS,
    WATER,
    XX,
    ZHANG,
    expected,
)
from voters.quick_entry import ParsedItem, parse

UNDERSTOOD = [
    # The whole line, in the order of the form and in others
    (
        "张三 13900002001 LJ冲 村村通道路 路灯不亮 交:村建中心",
        {**ZHANG, "topic": ROADS, "unit": VILLAGE_WORKS, "words": "路灯不亮"},
    ),
    (
        "张三　13900002001　LJ冲　村村通道路　路灯不亮　交：村建中心",
        {**ZHANG, "topic": ROADS, "unit": VILLAGE_WORKS, "words": "路灯不亮"},
    ),
    (
        "张三\t13900002001\tLJ冲\t村村通道路\t路灯不亮\t交:村建中心",
        {**ZHANG, "topic": ROADS, "unit": VILLAGE_WORKS, "words": "路灯不亮"},
    ),
    (
        "张三，13900002001，LJ冲，村村通道路，路灯不亮，晚上黑，交：村建中心",
        {**ZHANG, "topic": ROADS, "unit": VILLAGE_WORKS, "words": "路灯不亮，晚上黑"},
    ),
    (
        "LJ冲 张三 13900002001 民生工程 自来水停了九天 交水利站 3人 当面",
        {
            **ZHANG,
            "topic": LIVING,
            "unit": WATER,
            "persons": 3,
            "channel": "in_person",
            "words": "自来水停了九天",
        },
    ),
    ("13900002001 张三 LJ冲 路断了没人修", {**ZHANG, "words": "路断了没人修"}),
    ("路断了没人修 LJ冲 张三 13900002001", {**ZHANG, "words": "路断了没人修"}),
    ("路断了没人修 张三 LJ冲", {"name": "张三", "village": LJ, "words": "路断了没人修"}),
    ("村村通道路 LJ冲 13900002001 张三 路断了", {**ZHANG, "topic": ROADS, "words": "路断了"}),
    ("交:建设所 路断了 LJ冲 13900002001 张三", {**ZHANG, "unit": BUILDING, "words": "路断了"}),
    ("张三 13900002001 LJ冲 路断了 路边沟也堵了", {**ZHANG, "words": "路断了 路边沟也堵了"}),
    ("  张三  13900002001  LJ冲   路断了  ", {**ZHANG, "words": "路断了"}),
    # Missing parts
    ("张三 LJ冲 没水吃", {"name": "张三", "village": LJ, "words": "没水吃"}),
    ("LJ冲 没水吃", {"village": LJ, "words": "没水吃"}),
    ("13900002001 没水吃", {"phone": "13900002001", "words": "没水吃"}),
    ("张三 没水吃", {"name": "张三", "words": "没水吃"}),
    ("张三 13900002001 LJ冲", ZHANG),
    ("张三 13900002001 LJ冲 民生工程", {**ZHANG, "topic": LIVING}),
    ("没水吃", {"words": "没水吃"}),
    ("张三", {"words": "张三"}),
    ("程有福", {"words": "程有福"}),
    ("13900002001", {"phone": "13900002001"}),
    ("", {}),
    (" 　\t ，、 \n \r\n ", {}),
    # Pinyin initials, short and derived names
    (
        "张三 13900002001 ljc cctdl 路断了 jss",
        {**ZHANG, "topic": ROADS, "unit": BUILDING, "words": "路断了"},
    ),
    (
        "张三 13900002001 LJC CcTdL 路断了 交:JSS",
        {**ZHANG, "topic": ROADS, "unit": BUILDING, "words": "路断了"},
    ),
    (
        "张三 １３９００００２００１ ｌｊｃ ＣＣＴＤＬ 路断了",
        {**ZHANG, "topic": ROADS, "words": "路断了"},
    ),
    ("张三 xx kstdjs 灰大", {"name": "张三", "village": XX, "topic": FAST, "words": "灰大"}),
    ("张三 sjh 桥晃 转zdb", {"name": "张三", "village": SJ, "unit": KEY_WORKS, "words": "桥晃"}),
    ("张三 sjh 桥晃 转：cdb", {"name": "张三", "village": SJ, "unit": KEY_WORKS, "words": "桥晃"}),
    ("张三 chc 桥晃", {"name": "张三", "village": CHANGHE, "words": "桥晃"}),
    ("张三 zh 桥晃", {"name": "张三", "village": CHANGHE, "words": "桥晃"}),
    ("张三 长河 桥晃", {"name": "张三", "village": CHANGHE, "words": "桥晃"}),
    ("张三 老河 桥晃", {"name": "张三", "village": CHANGHE, "words": "桥晃"}),
    ("张三 lj冲村 桥晃", {"name": "张三", "village": LJ, "words": "桥晃"}),
    ("张三 XX村 桥晃 镇建设所", {"name": "张三", "village": XX, "unit": BUILDING, "words": "桥晃"}),
    (
        "张三 BS畈 教育、医疗 校车超员",
        {"name": "张三", "village": BS, "topic": SCHOOLS, "words": "校车超员"},
    ),
    (
        "张三 BS畈 类别：教育、医疗 校车超员",
        {"name": "张三", "village": BS, "topic": SCHOOLS, "words": "校车超员"},
    ),
    ("张三 l m 桥晃", {"name": "张三", "words": "l m 桥晃"}),
    (
        "张三 LJ冲 wifi连不上 LED屏坏了",
        {"name": "张三", "village": LJ, "words": "wifi连不上 LED屏坏了"},
    ),
    # Telephone numbers
    ("张三 139-0000-2001 LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("张三 139 0000 2001 LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("张三 139－0000－2001 LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("张三 +86 139 0000 2001 LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("张三 +8613900002001 LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("张三 0556 1234567 LJ冲 没水吃", {**ZHANG, "phone": "0556-1234567", "words": "没水吃"}),
    ("张三 （0556）1234567 LJ冲 没水吃", {**ZHANG, "phone": "0556-1234567", "words": "没水吃"}),
    ("张三 02012345678-801 LJ冲 没水吃", {**ZHANG, "phone": "020-12345678-801", "words": "没水吃"}),
    ("张三 电话5234567 LJ冲 没水吃", {**ZHANG, "phone": "5234567", "words": "没水吃"}),
    ("张三 电话：13900002001 LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("张三 电话 13900002001 LJ冲 没水吃 来电", {**ZHANG, "channel": "phone", "words": "没水吃"}),
    ("张三13900002001 LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("13900002001张三 LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("张三 13900002001LJ冲 没水吃", {**ZHANG, "words": "没水吃"}),
    ("我的号码是13900002001，打不通", {"words": "我的号码是13900002001，打不通"}),
    # Persons and channel
    (
        "张三 两人 LJ冲 入户 没水吃",
        {"name": "张三", "village": LJ, "persons": 2, "channel": "home", "words": "没水吃"},
    ),
    ("张三等3人 LJ冲 没水吃", {"name": "张三", "village": LJ, "persons": 3, "words": "没水吃"}),
    (
        "张三 等十二人 LJ冲 没水吃",
        {"name": "张三", "village": LJ, "persons": 12, "words": "没水吃"},
    ),
    (
        "张三 ３个人 LJ冲 书面 没水吃",
        {"name": "张三", "village": LJ, "persons": 3, "channel": "written", "words": "没水吃"},
    ),
    (
        "张三 LJ冲 一行5人 来信 没水吃",
        {"name": "张三", "village": LJ, "persons": 5, "channel": "written", "words": "没水吃"},
    ),
    ("张三 LJ冲 100多人 没水吃", {"name": "张三", "village": LJ, "words": "100多人 没水吃"}),
    ("张三 LJ冲 0人 没水吃", {"name": "张三", "village": LJ, "words": "0人 没水吃"}),
    # Names
    ("欧阳明珠 LJ冲 没水吃", {"name": "欧阳明珠", "village": LJ, "words": "没水吃"}),
    ("黄𬱖 13900002001 LJ冲 䶮家没水", {**ZHANG, "name": "黄𬱖", "words": "䶮家没水"}),
    (
        "阿卜杜拉·买买提 xx 6人 没水吃",
        {"name": "阿卜杜拉·买买提", "village": XX, "persons": 6, "words": "没水吃"},
    ),
    ("阿卜杜拉•买买提 xx 没水吃", {"name": "阿卜杜拉·买买提", "village": XX, "words": "没水吃"}),
    (
        "买买提" * 12 + "·阿卜杜拉 xx 没水吃",
        {"name": "买买提" * 12 + "·阿卜杜拉", "village": XX, "words": "没水吃"},
    ),
    (
        "买买提" * 17 + "·阿卜杜拉 xx 没水吃",
        {"village": XX, "words": "买买提" * 17 + "·阿卜杜拉 没水吃"},
    ),
    ("路灯 不亮 LJ冲", {"village": LJ, "words": "路灯 不亮"}),
    ("路灯不亮 好久了", {"words": "路灯不亮 好久了"}),
    ("没水吃 路灯明", {"name": "路灯明", "words": "没水吃"}),
    ("姓名：水生 LJ冲 没水吃", {"name": "水生", "village": LJ, "words": "没水吃"}),
    ("姓名:不说 LJ冲 没水吃", {"village": LJ, "words": "姓名:不说 没水吃"}),
    # Labels
    (
        "电话：0556-1234567 姓名：张三 村：LJ冲 类别：民生工程 人数：3 方式：书面 "
        "交办：水利站 没水吃",
        {
            "name": "张三",
            "phone": "0556-1234567",
            "village": LJ,
            "topic": LIVING,
            "persons": 3,
            "channel": "written",
            "unit": WATER,
            "words": "没水吃",
        },
    ),
    (
        "张三 LJ冲 没水吃 交： 水利站",
        {"name": "张三", "village": LJ, "unit": WATER, "words": "没水吃"},
    ),
    (
        "张三 LJ冲 没水吃 转交 水利站",
        {"name": "张三", "village": LJ, "unit": WATER, "words": "没水吃"},
    ),
    (
        "张三 LJ冲 没水吃。交：水利站",
        {"name": "张三", "village": LJ, "unit": WATER, "words": "没水吃。"},
    ),
    (
        "张三 LJ冲 没水吃交:水利站 快点",
        {"name": "张三", "village": LJ, "unit": WATER, "words": "没水吃 快点"},
    ),
    # Never from within a sentence
    ("我家在LJ冲，水利站的人来过", {"words": "我家在LJ冲，水利站的人来过"}),
    (
        "张三 SJ河 SJ河桥上大车压得直晃",
        {"name": "张三", "village": SJ, "words": "SJ河桥上大车压得直晃"},
    ),
    (
        "张三 LJ冲 “SJ河 民生工程 3人” 没水",
        {"name": "张三", "village": LJ, "words": "“SJ河 民生工程 3人” 没水"},
    ),
    (
        "张三 LJ冲 欠我1,000元，12,345人看见",
        {"name": "张三", "village": LJ, "words": "欠我1,000元，12,345人看见"},
    ),
    ("张三 LJ冲 😂没水👨‍👩‍👧 🚰", {"name": "张三", "village": LJ, "words": "😂没水👨‍👩‍👧 🚰"}),
    ("张三 LJ冲 " + "水" * 2000, {"name": "张三", "village": LJ, "words": "水" * 2000}),
    # Several items
    (
        "张三 13900002001 LJ冲 村村通道路 路断了 交:交管站\n\n民生工程 水费贵 转：水利站\r\n灯不亮",
        {
            **ZHANG,
            "words": "路断了\n水费贵\n灯不亮",
            "items": [
                ParsedItem(ROADS, TRAFFIC, "路断了"),
                ParsedItem(LIVING, WATER, "水费贵"),
                ParsedItem(None, None, "灯不亮"),
            ],
        },
    ),
    (
        "\n张三 13900002001 LJ冲\ncctdl 路断了\nlykf",
        {
            **ZHANG,
            "words": "路断了",
            "items": [ParsedItem(ROADS, None, "路断了"), ParsedItem(TOURISM, None, "")],
        },
    ),
    (
        "张三\n没水吃",
        {"name": "张三", "words": "没水吃", "items": [ParsedItem(None, None, "没水吃")]},
    ),
    (
        "张三 LJ冲 民生工程\n2、李四 13900002002 SJ河 3人 电话 姓名:王五 路断了",
        {
            "name": "张三",
            "village": LJ,
            "words": "2、李四 13900002002 SJ河 3人 电话 姓名:王五 路断了",
            "items": [
                ParsedItem(LIVING, None, ""),
                ParsedItem(None, None, "2、李四 13900002002 SJ河 3人 电话 姓名:王五 路断了"),
            ],
        },
    ),
]


@pytest.mark.parametrize(("typed", "fields"), UNDERSTOOD, ids=[case[0][:40] for case in UNDERSTOOD])
def test_line_is_understood_without_asking(typed, fields):
    parsed = parse(typed, LEXICON)

    assert replace(parsed, tokens=()) == expected(**fields)
    assert parsed.unsure == ()
