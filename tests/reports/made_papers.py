"""What a made town wrote down beside its records: settings, groups, plan, sessions, documents."""

from datetime import date

from .made_roster import LEADER, LIAISON, NUMERALS, VICE, Seat, Town

TEXTS = {
    "前言-1": "今年以来，我们在县人大常委会的指导下开展工作。",
    "前言-2": "现将有关情况汇报如下：",
    "活动室-引语": "为让代表能够经常有序开展活动，",
    "活动室-评价": "为代表开展活动提供了场所。",
    "接待选民-引语": "坚持人大代表接待选民日制度。",
    "述职-引语": "坚持开展人大代表向选民述职制度。",
    "学习培训-引语": "开展学习培训活动。",
    "学习培训-目的": "为提升代表素质，",
    "学习培训-成效": "通过学习培训，代表们进一步明确了权利和义务。",
    "视察调研-引语": "开展视察调研活动。",
    "工作评议-引语": "开展工作评议活动。",
    "工作评议-成效": "通过评议，被评议单位转变了工作作风。",
    "成效-1": "代表履职意识有所增强。",
    "成效-2": "群众对代表更加了解。",
    "问题-引语": "同时，工作中还存在一些问题：",
    "问题-1": "有些代表参加活动的积极性不高；",
    "问题-2": "调查研究不够深入。",
    "打算-接待选民": "坚持人大代表接待选民日制度。",
    "打算-议案": "认真开展调研活动，为县人代会准备议案。",
    "对县人大的建议-1": "建议县人大多安排业务培训。",
    "对县人大的建议-2": "希望县人大多到乡镇视察。",
}


def settings(town: Town, rows: list[list]):
    rows += [
        ["乡镇名称", town.name],
        ["县名", "周县"],
        ["届次", town.term],
        ["报告年度", town.year],
        ["统计起始", town.start],
        ["统计截止", town.cut_off],
        ["接待日", town.day_of_month],
        ["选民评价口径", town.scale],
    ]


def groups(town: Town, rows: list[list]):
    for group, villages in town.coverage.items():
        officers = {
            post: next((seat for seat in town.seats if _holds(seat, group, post)), None)
            for post in (LEADER, VICE, LIAISON)
        }
        liaison = officers[LIAISON]
        rows.append(
            [
                group, tuple(villages), officers[LEADER], officers[VICE],
                liaison or "办事员某", "是" if liaison else "否",
                f"第{NUMERALS[group - 1]}代表小组活动室",
                town.rng.choice((f"{town.kind}政府会议室", f"{villages[0]}村部")),
                town.rng.choice("是是否"), town.rng.choice("是是否"),
            ]
        )  # fmt: skip


def _holds(seat: Seat, group: int, post: str) -> bool:
    last = seat.stretches[-1]
    return last.group == group and last.post == post and seat.state == "在任"


def plan(town: Town, rows: dict[str, list[list]]):
    rng, number = town.rng, len(rows["述职"])
    lines = [[group, "接待选民", "接待选民", "1-12", 12] for group in town.coverage]
    if number:
        lines.append([None, "代表向选民述职", "述职", "3-12", number])
    lines += [
        [None, "视察民生工程", "视察调研", rng.choice((10, "10-11", 3)), rng.randint(1, 2)],
        [rng.choice((None, 1)), "代表培训班", "学习培训", rng.choice((5, 12)), 1],
        [None, "二级机构述职评议", "工作评议", 12, 1],
        [None, "为县人代会准备议案的调研", "视察调研", "11-12", 1],
        [None, "走访选民", "其他", "6-9", 3],
        [None, "召开人代会", "会议", rng.choice((1, 9)), 1],
    ]
    for index, (group, title, kind, months, count) in enumerate(lines, 1):
        if kind in ("接待选民", "述职") or town.chance(0.7):
            note = rng.choice((None, "有针对性地开展"))
            rows["年度计划"].append(
                [index, town.year, group, title, kind, months, count, "主席", note]
            )


def sessions(town: Town, rows: list[list]):
    rng = town.rng
    rows.append([town.term, 1, town.elected, ("选举", "听取报告"), "已召开"])
    rows.append([town.term, 3, date(town.year, 1, 20), ("听取报告",), "已召开"])
    if town.chance(0.7):
        day = town.day(town.cut_off, date(town.year + 1, 1, 31))
        state = rng.choice(("计划", "已召开")) if day <= town.made_on else "计划"
        agenda = rng.choice(
            (("选举", "学习培训"), ("选举",), ("学习培训",), ("听取报告", "审议决算"))
        )
        rows.append([town.term, 4, day, agenda, state])


def documents(town: Town, rows: list[list]):
    for number in range(town.rng.randint(1, 9)):
        origin = town.rng.choice(("上级", "本级"))
        rows.append(
            [
                town.rng.choice(("关于加强代表小组活动的意见", "代表小组活动计划安排"))
                + f"（{number + 1}）",
                town.rng.choice(("县人大常委会", "县委"))
                if origin == "上级"
                else f"{town.kind}人大",
                town.day(date(town.year, 1, 2), date(town.year, 12, 30)),
                f"{origin}〔{town.year}〕{number + 1}号",
                origin,
            ]
        )


def texts(town: Town, rows: list[list]):
    share = town.rng.choice((0, 0.5, 1))
    rows += [[place, text] for place, text in TEXTS.items() if town.chance(share)]
