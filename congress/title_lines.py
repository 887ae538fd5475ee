"""A long title broken by sense, in the shape of a trapezoid or a diamond (GB/T 9704 7.3.1).

No line ends inside a word, number, name, or what stands in quotation or title marks.
"""

import re
from functools import cache
from itertools import combinations, pairwise

#: Characters of a title (22 pt) that a line of 156 mm holds.
WIDEST = 20
#: Of the line under it (16 pt).
WIDEST_SUBTITLE = 27

#: What stays in one piece, the longest first; other Han characters stay together as they stand.
WORDS = sorted(
    re.findall(
        r"\S+",
        """
        人民代表大会 人大 主席团 常务委员会 常委会 人民政府 政府 党委 代表小组 代表 小组
        人大代表 代表小组活动 人大代表小组 人大代表小组活动 活动室 活动 活动计划 工作
        工作报告 工作情况 工作计划 工作要点 情况 汇报 报告 情况汇报 情况报告 开展情况
        办理情况 落实情况 执行情况 分工 安排 计划 方案 意见 建议 意见建议 议案 提案
        决定 决议 通知 公告 公示 通报 函 请示 总结 要点 制度 办法 规定 规则 细则
        名单 一览表 统计图 统计表 登记表 数据表 汇总表 签到表 表 及其 说明 接待选民
        接待选民日 接待 选民 向选民述职 述职 测评 评议 述职评议 视察 调研 视察调研 检查
        执法检查 专题 学习 培训 学习培训 履职 履职能力 履职情况 监督 联系 群众 走访
        实施 贯彻 贯彻落实 学习贯彻 加强 开展 推进 做好 进一步 落实 印发 召开 审议
        批准 通过 提请 答复 办理 督办 反馈 整改 预算 决算 财政 民生 民生工程 实事
        民生实事 项目 票决 票决制 国民经济 社会发展 计划草案 草案 环境 环境保护 乡村振兴
        农村 道路 建设 旅游 旅游开发 经济 发展 产业 教育 医疗 养老 安全生产 安全
        食品安全 饮用水 人居环境 整治 生活垃圾 污水 治理 秸秆 禁烧 防汛 抗旱 扶贫 脱贫
        攻坚 上半年 下半年 季度 年度 分月 本镇 我镇 全镇 本乡 我乡 全乡 各 月 成效
        存在的问题 问题 经验 做法 换届 选举 候选人 当选 补选 辞职 代表接待选民
        代表接待选民日 民生实事项目 人大代表票决制 国民经济和社会发展 职务 请求 辞去 县
        国民经济和社会发展计划 审议意见 关于 对于 对 在 向 和 与 及 暨 以及 的 等
        会议 会议上 上
        """,
    ),
    key=lambda word: (-len(word), word),
)
ORDINAL = r"第?[一二三四五六七八九十百〇零0-9]+"
PLAIN = rf"(?:(?!{'|'.join(WORDS)}|{ORDINAL}[届次])[\u3400-\u9fff])+"
PIECE = re.compile(
    r"《[^》]*》|“[^”]*”|（[^）]*）|〔[^〕]*〕"
    rf"|{PLAIN}(?:·{PLAIN})+"
    r"|[0-9０-９.]+(?:年度?|月份?|日|号|%|个|名|件|条|次|项)?(?:[0-9]+月)?(?:[0-9]+日)?"
    rf"|{ORDINAL}(?:届|次会议|次|季度|代表小组|小组|选区|批|期|号)"
    r"|[A-Za-z]+[镇乡县市村]?|——|……|"
    + "|".join(WORDS)
    + rf"|(?:(?!{'|'.join(WORDS)}|{ORDINAL}[届次])[\u3400-\u9fff])+|."
)
ORGAN = re.compile(
    r"(?:镇|乡|县|市|届|大会|人大|团|委员会|常委会|政府|党委|会议上?|年度?|半年|季度)$"
)
CLOSING = re.compile(r"[，。、；：？！”’》）〕·～%]")
#: Never first in a line.
CLINGING = ("的", "等", "及其", "上", "表", "函")
LEADING = ("关于", "对于", "对", "在", "向", "和", "与", "及", "暨", "以及", "各", "及其")
#: Last in a line only where nothing else is left.
VERBS = tuple(
    re.findall(
        r"\S+",
        "开展 加强 贯彻 落实 贯彻落实 学习贯彻 推进 做好 实施 进一步 通过 审议 批准 召开 印发 辞去",
    )
)
#: Cost of one line more than needed.
ANOTHER_LINE = 6
MOST_LINES = 4


@cache
def title_lines(title: str, widest: float = WIDEST) -> tuple[str, ...]:
    """The lines of a title; where it holds line breaks already, those."""
    own = tuple(line.strip() for line in title.splitlines() if line.strip())
    if len(own) != 1:
        return own or ("",)
    pieces = _pieces(own[0], widest)
    if width(own[0]) <= widest:
        return own
    fewest = -int(-width(own[0]) // widest)
    found = [
        (cost + ANOTHER_LINE * (count - fewest), lines)
        for count in (fewest, fewest + 1)
        if count <= MOST_LINES
        for cost, lines in _ways(pieces, count, widest)
    ]
    return min(found, default=(0, own))[1]


def width(text: str) -> float:
    return sum(0.6 if character.isascii() else 1 for character in text)


def _pieces(title: str, widest: float) -> list[str]:
    """What must not be broken; of a piece longer than a line, its own pieces."""
    pieces = []
    for piece in PIECE.findall(title):
        if width(piece) > widest:
            pieces += [piece[0], *_pieces(piece[1:-1], widest), piece[-1]]
        else:
            pieces.append(piece)
    return pieces


def _ways(pieces: list[str], count: int, widest: float):
    """Yield each way to set the pieces in so many lines, with its cost."""
    joints = [at for at in range(1, len(pieces)) if _may_break(pieces[at - 1], pieces[at])]
    for chosen in combinations(joints, count - 1):
        lines = tuple("".join(pieces[a:b]) for a, b in pairwise((0, *chosen, len(pieces))))
        widths = [width(line) for line in lines]
        if max(widths) <= widest:
            sense = sum(_roughness(pieces[at - 1], pieces[at]) for at in chosen)
            yield sense + _shape(widths), lines


def _may_break(before: str, after: str) -> bool:
    return not (
        after in CLINGING or before in "《“（〔" or CLOSING.match(after) or "——" in (before, after)
    )


def _roughness(before: str, after: str) -> float:
    """What a break between two pieces costs: nothing where one would draw breath."""
    if before in LEADING or before in VERBS:
        return 2 if after[0] == "《" else 5
    if after in ("关于", "对于", "暨") or after[0] == "《":
        return 0
    if re.search(r"[镇乡县市]$", before) and re.match(r"人|第|党|政府", after):
        return 4
    if before.endswith(("届", "大会", "人大")) and after in ("人民代表大会", "主席团", "常委会"):
        return 3
    if before.endswith("、"):
        return 4
    if ORGAN.search(before) or after in LEADING or before == "的" or CLOSING.match(before[-1]):
        return 0.5
    return 1.5 if before in WORDS and after in WORDS else 3


def _shape(widths: list[float]) -> float:
    """What the outline costs: lines of much different widths, an hourglass, a last crumb."""
    longest = max(widths)
    uneven = sum((1 - each / longest) ** 2 for each in widths) * 6
    waisted = any(
        middle < min(above, below) - 0.5
        for above, middle, below in zip(widths, widths[1:], widths[2:], strict=False)
    )
    crumb = min(widths) < 4
    oblong = max(widths) - min(widths) < 0.5
    return uneven + 4 * waisted + 4 * crumb + 0.5 * oblong
