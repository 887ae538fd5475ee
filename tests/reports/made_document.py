"""A report with everything that one can have."""

from congress.charts import Series, bar_chart
from reports.structure import (
    Attachment,
    Chapter,
    Document,
    Paragraph,
    Piece,
    Section,
    Signature,
    Table,
)

RARE = "张赟、李堃、王喆、赵㛃、周䶮、𬱖某、葛\U000e0100某、阿卜杜拉·买买提"
CHART = bar_chart("各小组接待选民", ["第一代表小组", "第二代表小组"], [Series("人次", (64, 40))])


def told(*texts):
    return tuple(Paragraph((Piece(text),)) for text in texts)


def document():
    sections = tuple(
        Section(told(heading)[0], told(f"3月15日，{RARE}参加了视察——主题是“旅游”……共5人次。"), mark)
        for mark, heading in (("（一）", "搭建平台，提供载体。"), ("（二）", "落实“两项制度”。"))
    )
    return Document(
        title="关于XX镇第十五届人民代表大会第四次会议以来代表小组活动开展情况和意见建议办理情况的报告",
        author="XX镇人民代表大会",
        addressee="",
        salutation="各位代表",
        subtitle=("——2020年9月3日在镇人民代表大会上", "XX镇人大主席　王喆"),
        preface=told("受主席团委托，向大会报告工作，请予审议。"),
        chapters=(
            Chapter("2020年工作", told("今年以来，接待选民104人次。"), sections, "一、"),
            Chapter("2021年打算", told("继续开展活动。", "以上报告，请予审议。"), (), "二、"),
        ),
        unprinted=(),
        signature=Signature("XX镇人民代表大会主席团", "2020年9月3日"),
        attachments=(
            Attachment(
                "各项数据一览表",
                ("截至2020年8月20日。",),
                (_table(),),
                (CHART,),
            ),
            Attachment(
                "参加视察的代表名单",
                (RARE,),
            ),
        ),
    )


def _table():
    rows = tuple((f"数据{number}", str(number * 7), "按人计，不重复。") for number in range(1, 4))
    return Table(("数据", "数值", "含义"), rows, (8, 4, 16), frozenset({1}), "主要数据")
