"""Names in the order of strokes, by both ways in use."""

import pytest

from delegates.strokes import by_full_name, by_surname, general_characters, without_place

#: As official lists have them: by number of strokes, then 横竖撇点折.
SURNAMES = (
    "丁于万马王毛文方尹孔邓石龙卢叶田史白冯吕朱乔任刘江汤许孙苏杜李杨吴邱何余邹汪沈宋张陆陈邵"
    "武范林易罗金周郑孟赵郝胡钟段侯姜姚贺秦袁贾夏顾钱徐高郭唐黄萧曹龚常崔康阎梁彭董蒋韩程傅曾谢"
    "赖蔡廖谭熊黎潘薛戴魏"
)


def test_surnames():
    assert "".join(sorted(sorted(SURNAMES), key=by_surname)) == SURNAMES


@pytest.mark.parametrize("key", [by_surname, by_full_name])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Fewer strokes; horizontal before dot; the second stroke; 土 has fewer than 文.
        ("丁小宁", "王小宁"),
        ("王一", "文一"),
        ("林一", "欧阳一"),
        ("土一", "文一"),
        # Compound surnames and long names by their first character.
        ("欧阳少东", "洪少东"),
        ("上官云", "王云"),
        ("阿卜杜拉·买买提", "林森"),
        ("李一鸣", "李大鸣"),
        # The beginning of a longer name.
        ("李明", "李明华"),
        # Outside 通用规范汉字表, and outside the basic plane.
        ("李珍", "李珮"),
        ("周䶮", "赵㛃"),
        ("黄𬱖", "黄赟"),
        # What has no place stands last.
        ("魏一", "Smith"),
        ("爨一", "𱍊一"),
    ],
)
def test_one_stands_before_the_other(key, first, second):
    assert sorted([second, first], key=key) == [first, second]


def test_names_of_two_characters():
    names = ["田大利", "田富", "田一鸣", "田丁"]

    assert sorted(names, key=by_surname) == ["田丁", "田富", "田一鸣", "田大利"]
    assert sorted(names, key=by_full_name) == ["田一鸣", "田丁", "田大利", "田富"]


def test_table_is_whole():
    characters = general_characters()

    assert len(characters) == len(set(characters)) == 8105
    assert without_place(characters) == ""
    assert without_place("Z𱍊·王\U000e0101Z") == "Z𱍊"
    assert [sign for sign in "珮榮" if sign in characters] == []
    assert without_place("珮榮") == ""
