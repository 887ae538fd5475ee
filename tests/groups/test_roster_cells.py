"""What clerks write into the cells of a roster, and what is kept or refused."""

import datetime

import pytest

from groups.roster import cells
from groups.roster.cells import Unclear

MARCH = datetime.date(1975, 3, 1)
ELECTED = datetime.date(2016, 12, 18)
KEPT = [
    (cells.read_month, datetime.datetime(1975, 3, 2), MARCH),
    (cells.read_month, 1975.3, MARCH),
    (cells.read_month, 197503, MARCH),
    (cells.read_month, 19750302, MARCH),
    (cells.read_month, 1990.12, datetime.date(1990, 12, 1)),
    (cells.read_month, "1975.3", MARCH),
    (cells.read_month, "1975年3月", MARCH),
    (cells.read_month, "1975年三月", MARCH),
    (cells.read_month, "1972年十一月", datetime.date(1972, 11, 1)),
    (cells.read_month, "'1975-03", MARCH),
    (cells.read_month, "１９７５年３月", MARCH),
    (cells.read_month, " 1975 / 3 ", MARCH),
    (cells.read_month, "1975-03-02", MARCH),
    (cells.read_month, "1972.1", datetime.date(1972, 1, 1)),
    (cells.read_day, "2016年12月18日", ELECTED),
    (cells.read_day, "2016/12/18", ELECTED),
    (cells.read_day, "2016.12.18", ELECTED),
    (cells.read_day, 20161218, ELECTED),
    (cells.read_day, "2016-12-18 0:00:00", ELECTED),
    (cells.read_phone, 13900006001.0, "13900006001"),
    (cells.read_phone, "139-0000-6015", "13900006015"),
    (cells.read_phone, "+86 139 0000 6015", "13900006015"),
    (cells.read_phone, "１３９００００６００２", "13900006002"),
    (cells.read_phone, "0556-7181234", "05567181234"),
    (cells.read_name, "卫 红", "卫红"),
    (cells.read_name, "\u3000任\u3000赟", "任赟"),
    (cells.read_name, "艾力•吐尔逊", "艾力·吐尔逊"),
    (cells.read_name, "古\U0002cc56", "古\U0002cc56"),
    (cells.read_sex, "女 ", "女"),
    (cells.read_sex, "男性", "男"),
    (cells.read_ethnicity, "汉", "汉族"),
    (cells.read_ethnicity, "维吾尔", "维吾尔族"),
    (cells.read_party, "党员", "中共党员"),
    (cells.read_party, "九三学社社员", "九三学社社员"),
    (cells.read_level, "县 ", "county"),
    (cells.read_level, "镇人大代表", "town"),
    (cells.read_level, "乡", "town"),
    (cells.read_group, "第一代表小组", 1),
    (cells.read_group, "第2组", 2),
    (cells.read_group, "三组 ", 3),
    (cells.read_group, "第３代表小组", 3),
    (cells.read_group, 2.0, 2),
    (cells.read_group, "第十二代表小组", 12),
    (cells.read_group, "二十组", 20),
    (cells.read_post, "组 长", "leader"),
    (cells.read_post, "联络员", "liaison"),
    (cells.read_card, "Z15—301", "Z15-301"),
    (cells.read_card, "ｚ15-301 ", "Z15-301"),
    (cells.read_identity, "999999197503010113", "999999197503010113"),
    (cells.read_identity, "99999919750301011３", "999999197503010113"),
]
REFUSED = [
    (cells.read_month, 1972.1, "1972.1分不清1月还是10月"),
    (cells.read_month, "75.3", "年份要写四位"),
    (cells.read_month, "1975", "只有年份"),
    (cells.read_month, 1975, "只有年份"),
    (cells.read_month, 27454, "像是没有设为日期格式的日期"),
    (cells.read_month, "1975.13", "没有13月"),
    (cells.read_month, "1875-03", "年份不对"),
    (cells.read_month, "不详", "这里要填年月"),
    (cells.read_month, True, "这里要填年月"),
    (cells.read_day, "2016-12", "只有年月"),
    (cells.read_day, "2016-02-30", "没有这一天"),
    (cells.read_day, 42722, "像是没有设为日期格式的日期"),
    (cells.read_phone, "1390000600", "手机号码应为11位，这里有10位"),
    (cells.read_phone, "13900006001/13900006002", "只能填一个电话号码"),
    (cells.read_phone, "1.39E+10", "科学记数"),
    (cells.read_phone, "无", "电话号码只能是数字"),
    (cells.read_name, "王某（组长）", "姓名中有括号"),
    (cells.read_name, "王某2", "姓名中有数字"),
    (cells.read_name, "某" * 51, "姓名最多50个字"),
    (cells.read_name, 13900006001, "姓名应为文字"),
    (cells.read_sex, "先生", "性别只能填男或女"),
    (cells.read_ethnicity, "火星", "没有这个民族"),
    (cells.read_level, "县、镇", "请分两行写"),
    (cells.read_level, "村", "代表层级只能填县或镇"),
    (cells.read_group, "机关", "看不出是第几小组"),
    (cells.read_group, "零组", "看不出是第几小组"),
    (cells.read_post, "副书记", "组内职务只能填"),
    (cells.read_status, "辞职", "花名册只导入在任的代表"),
    (cells.read_identity, "999999197707011117", "校验码不符"),
    (cells.read_identity, "99999919750301", "应为18位"),
    (cells.read_identity, 9.99999197503e17, "被存成了数字"),
    (cells.read_text, "字" * 101, "文字超过100字"),
]


@pytest.mark.parametrize(("read", "cell", "kept"), KEPT)
def test_what_is_kept(read, cell, kept):
    assert read(cell) == kept


@pytest.mark.parametrize(("read", "cell", "sentence"), REFUSED)
def test_what_is_refused_says_why(read, cell, sentence):
    with pytest.raises(Unclear) as refusal:
        read(cell)

    assert sentence in str(refusal.value)
