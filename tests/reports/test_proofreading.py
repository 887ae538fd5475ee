"""Typing put right on saving: what is changed, what never is."""

import random

import pytest

from reports.proofreading import corrected, proofread

PUT_RIGHT = [
    ("今年,镇人大(主席团)开会:好!", "今年，镇人大（主席团）开会：好！"),
    ('提出"强镇"目标', "提出“强镇”目标"),
    ("强调\"要'真'干\"。", "强调“要‘真’干”。"),
    ("共２０名，占５０％", "共20名，占50%"),
    ("镇 人大  代表", "镇人大代表"),
    ("共 23 名， 7 月 15 日", "共23名，7月15日"),
    ("占 70 %。", "占70%。"),
    ("增长(5%)。", "增长（5%）。"),
    ("会议召开.", "会议召开。"),
    ("第一段 \r\n\r\n 第二段", "第一段\n第二段"),
    ("约20余名代表，接待近100余人次", "20余名代表，接待100余人次"),
    ("超过30余条，20余名以上，10余次左右", "30余条，20余名，10余次"),
    ("《代表法》、《选举法》", "《代表法》《选举法》"),
    ("“两项制度”、“三项活动”", "“两项制度”“三项活动”"),
    ("道路、饮水、等方面", "道路、饮水等方面"),
    ("2020年09月03日", "2020年9月3日"),
    ("7月15号，12月01号", "7月15日，12月1日"),
    ("10-20人，5%-10%，3万~5万元", "10～20人，5%～10%，3万～5万元"),
    ("2020-2025年，2021～2025年", "2020—2025年，2021—2025年"),
    ("7月15日-20日", "7月15日—20日"),
    ("县人〔2020〕05号，[2020]第6号，（2020）7号", "县人〔2020〕5号，〔2020〕6号，〔2020〕7号"),
    ("道路5km、600㎡、30kg", "道路5公里、600平方米、30千克"),
    ("道路--桥梁...", "道路——桥梁……"),
    ("好。。。", "好……"),
    ("好，，，的。。", "好，的。"),
    ("共\ufdd0a\ufdd1104\ufdd2人次\x00", "共a104人次"),
]
LEFT_ALONE = [
    "DG山 HJ河",
    "1,000元",
    "1—2次",
    "阿卜杜拉·买买提，张　三，王.李",
    "赟堃喆㛃昇䶮𬱖",
    "登记号2020-041号，电话0557-1234567，2020-07-15",
    "节约20余万元，最近20余天，近20余年，预约30余人",
    "在会议室、等候区接待",
    "5月1号楼",
    "比分3-1，8:30—11:00",
    "5.5公里，DL河.txt",
    "——2020年9月3日……",
]


@pytest.mark.parametrize(("typed", "text"), [*PUT_RIGHT, *((each, each) for each in LEFT_ALONE)])
def test_typing_is_put_right(typed, text):
    assert proofread(typed) == text


def test_what_was_put_right_is_named():
    assert corrected('共２０名,"好"') == ("共20名，“好”", ("半角数字", "引号", "标点"))
    assert corrected("好。") == ("好。", ())


def test_putting_right_twice_changes_nothing():
    chance = random.Random(20)
    typed = [each for pair in PUT_RIGHT for each in pair] + LEFT_ALONE
    signs = [*"年月09号-~()',.余约近。、等》《名%[]…— \"\n", "km", "以上", "2020"]
    typed += ["".join(chance.choices(signs, k=12)) for _ in range(6_000)]
    typed += ["".join(chance.sample(typed[:60], 2)) for _ in range(500)]

    changed = [each for each in typed if proofread(proofread(each)) != proofread(each)]

    assert changed[:5] == []
