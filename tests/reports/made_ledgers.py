"""Whole ledger workbooks of towns that never were, made from a seed: the format's hard corners.

``made(seed)`` gives the rows of all sheets as dates, numbers, texts and delegates; ``workbook``
writes them as clerks do: dates as cells or text, numbers as text, names bare or with a card
number in brackets of either width. The same seed always gives the same file.
"""

import datetime
import io
import random
from dataclasses import dataclass, field

import openpyxl

from . import made_records
from .made_roster import Seat, Town, make_town

HEADINGS = {
    "基本信息": "项目 内容",
    "村": "村名 人口",
    "代表小组": "组别 覆盖村 组长 副组长 联系员 联系员是否代表 活动室名称 活动室地点 标牌 制度上墙",
    "代表": "代表证号 姓名 性别 出生年月 民族 文化程度 政治面貌 工作单位及职务 联系电话 代表层级 "
    "选区 所属小组 组内职务 当选日期 状态 状态原因 状态日期 备注",
    "接待日": "日期 组别 地点 接待代表 状态 原定日期 备注",
    "接待登记": "登记号 接待日期 组别 接待代表 来访人 村 电话 来访人数 来访方式 反映内容 当场答复",
    "意见建议": "编号 登记号 类别 标题 内容 主办单位 协办单位 责任人 交办日期 办理期限 延期至 "
    "答复日期 结果类别 答复内容 告知小组日期 告知选民日期 告知方式 过程满意度 结果满意度 状态",
    "述职": "年度 代表 选区 计划月份 述职日期 地点 到会选民数 发出票 收回票 "
    "满意 基本满意 不满意 弃权",
    "活动": "活动编号 年度 类型 名称 主题 主题来源 日期 组织者 村或地点 内容 发现 建议",
    "活动出席": "活动编号 代表 出席情况 事由",
    "转送与后续": "活动编号 类型 对象 日期 内容",
    "工作评议": "活动编号 被评议单位 满意 基本满意 不满意 报送日期 反馈日期",
    "年度计划": "序号 年度 组别 项目 类型 计划月份 计划数量 责任人 备注",
    "会议": "届次 次 日期 议程 状态",
    "文件": "标题 发文机关 日期 文号 来源",
    "报告文字": "位置 文字",
    "单位": "单位名称 简称 联系人 电话",
}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass
class Made:
    """A town's year: rows by sheet, in the order of the headings."""

    town: Town
    rows: dict[str, list[list]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return self.town.year


def made(seed: int) -> Made:
    town = make_town(random.Random(seed))
    result = Made(town, {name: [] for name in HEADINGS})
    made_records.fill(town, result.rows)
    return result


def workbook(ledger: Made) -> io.BytesIO:
    """The file as clerks write it."""
    rng = random.Random(ledger.town.seed)
    manner = rng.choice(("cells", "texts", "mixed"))
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, headings in HEADINGS.items():
        sheet = book.create_sheet(name)
        sheet.append(headings.split())
        for number, row in enumerate(ledger.rows[name], 2):
            for column, value in enumerate(row, 1):
                written = _written(value, ledger.town, rng, manner)
                if written is not None:
                    cell = sheet.cell(number, column, written)
                    if isinstance(written, str):
                        cell.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def _written(value, town: Town, rng: random.Random, manner: str):
    if isinstance(value, tuple):
        return "、".join(str(_written(each, town, rng, "texts")) for each in value)
    if isinstance(value, Seat):
        return _name(value, town, rng)
    as_text = manner == "texts" or (manner == "mixed" and rng.random() < 0.4)
    if isinstance(value, datetime.date):
        if as_text:
            return f"{value:%Y-%m-%d}"
        return datetime.datetime.combine(value, datetime.time()) if rng.random() < 0.5 else value
    if isinstance(value, int) and as_text and value < 10**9:
        return str(value).translate(FULL_WIDTH) if rng.random() < 0.2 else str(value)
    return value


def _name(seat: Seat, town: Town, rng: random.Random) -> str:
    """Bare where it may be, unless the seat of a person who holds two is meant."""
    name = seat.person.name
    namesakes = len({id(each.person) for each in town.seats if each.person.name == name}) > 1
    two_seats = sum(each.person is seat.person for each in town.seats) > 1
    if namesakes or (two_seats and seat.meant) or (two_seats and rng.random() < 0.3):
        return f"{name}{rng.choice(('(%s)', '（%s）')) % seat.card}"
    return name
