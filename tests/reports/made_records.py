"""What a made town did in its year: reception, items, duty reports and activities."""

from datetime import date, timedelta

from . import made_papers
from .made_roster import NUMERALS, TRICKY, Town

TOPICS = ("道路", "饮水", "教育", "医疗", "用电", "环境卫生", "征地拆迁")
UNITS = ("财政所", "建设管理中心", "自然资源所", "水利站", "农业综合服务站")
REASONS = ("健康", "工作", "外出", "家庭", "未说明")
PHONES = (None, "13912345678", "0559-1234567转8001", "139 1234 5678（儿子）")
CHANNELS = ("当面", "电话", "书面", "入户")


def fill(town: Town, rows: dict[str, list[list]]):
    made_papers.settings(town, rows["基本信息"])
    rows["村"] += [[name, town.rng.randint(200, 4000)] for name in town.villages]
    made_papers.groups(town, rows["代表小组"])
    for seat in town.seats:
        rows["代表"] += seat.rows()
    units = [(f"{town.kind}{name}", name) for name in UNITS]
    contact = (("丁某", "0559-1234567、13912345678"), (None, None))
    rows["单位"] += [[*unit, *town.rng.choice(contact)] for unit in units]
    if not town.chance(0.1):
        reception(town, rows["接待日"])
    if not town.chance(0.1):
        visits(town, rows)
    if not town.chance(0.15):
        items(town, rows)
    if not town.chance(0.15):
        duty_reports(town, rows["述职"])
    if not town.chance(0.15):
        activities(town, rows)
    if not town.chance(0.2):
        made_papers.plan(town, rows)
    if not town.chance(0.2):
        made_papers.sessions(town, rows["会议"])
    if not town.chance(0.2):
        made_papers.documents(town, rows["文件"])
    made_papers.texts(town, rows["报告文字"])


def reception(town: Town, rows: list[list]):
    for month in range(1, 13):
        days = [date(town.year, month, town.day_of_month)]
        if town.chance(0.2):
            days.append(days[0] + timedelta(days=town.rng.choice((1, -3))))
        for day in days:
            for group in town.groups_on(day):
                if not town.chance(0.1):
                    _reception_day(town, rows, day, group)


def _reception_day(town: Town, rows: list[list], day: date, group: int):
    rng, original, state, note = town.rng, None, "已举行", None
    if town.chance(0.12):
        original, state, note = day, "改期", rng.choice((None, "下雪"))
        day += timedelta(days=rng.choice((-1, 1, 2, 40)))
    elif town.chance(0.1):
        state, note = "取消", "抗疫"
    taken = {(row[0], row[1]) for row in rows}
    members = town.members(group, day)
    if day > town.made_on or day.year != town.year or not members or (day, group) in taken:
        return
    on_duty = tuple(rng.sample(members, min(len(members), rng.randint(1, 4))))
    rows.append([day, group, f"{town.kind}政府", on_duty, state, original, note])


def visits(town: Town, rows: dict[str, list[list]]):
    rng = town.rng
    for day, group, _, on_duty, state, *_ in rows["接待日"]:
        for _ in range(rng.choice((0, 0, 1, 2)) if state != "取消" else 0):
            received_by = tuple(rng.sample(on_duty, rng.randint(1, len(on_duty))))
            rows["接待登记"].append(
                [
                    f"{town.year}-{len(rows['接待登记']) + 1:03}", day, group, received_by,
                    rng.choice(("戊某", "欧阳某", "-", "𬱖某")), rng.choice(town.villages),
                    rng.choice(PHONES), rng.choice((1, 1, 1, 2, 8)),
                    rng.choice(CHANNELS), rng.choice(("路太窄了。", *TRICKY)),
                    rng.choice((None, "已记下。", *TRICKY)),
                ]
            )  # fmt: skip


def items(town: Town, rows: dict[str, list[list]]):
    topics = town.rng.sample(TOPICS, town.rng.randint(1, len(TOPICS)))
    for number, day, *_ in rows["接待登记"]:
        for _ in range(town.rng.choice((0, 0, 1, 1, 2))):
            state = town.rng.choice(
                ("登记", "交办", "办理中", "已答复", "办结", "办结", "重新办理", "不予受理")
            )
            cells = _item(town, day, state)
            rows["意见建议"].append(
                [
                    f"{town.year}-J{len(rows['意见建议']) + 1:03}", number, town.rng.choice(topics),
                    town.rng.choice(("加宽道路", "=标题")), town.rng.choice(("请办理。", *TRICKY)),
                    *cells, state,
                ]
            )  # fmt: skip


def _item(town: Town, visited: date, state: str) -> list:
    """From 主办单位 to 结果满意度."""
    rng, grades = town.rng, town.scale.split("/")
    day = timedelta(days=1)
    replied = visited + rng.randint(2, 90) * day
    told = [replied + rng.choice((0, 1, 9, 40)) * day for _ in range(2)]
    if state == "登记":
        return [None] * 14
    if state == "不予受理":
        notice = rng.choice(([None] * 3, [*told, rng.choice(CHANNELS)]))
        return [*[None] * 8, "不属于人大受理范围。", *notice, None, None]
    names = [rng.choice((f"{town.kind}{name}", name)) for name in rng.sample(UNITS, 3)]
    assigned = visited + rng.randint(0, 2) * day
    due = assigned + rng.choice((30, 60, 90)) * day
    if town.chance(0.1) and assigned < town.cut_off:
        due = town.cut_off
    extended = due + rng.choice((1, 30, 60)) * day if town.chance(0.2) else None
    head = [names[0], rng.choice((None, tuple(names[1:]))), "己某", assigned, due]
    if state in ("交办", "办理中"):
        return [*head, extended, *[None] * 8]
    answer = [replied, rng.choice("ABCD"), rng.choice(("已办理。", "+已办理"))]
    channel = rng.choice(CHANNELS)
    if state == "已答复":
        notice = rng.choice(
            ([None] * 3, [told[0], None, None], [None, told[1], channel], [*told, channel])
        )
        return [*head, extended, *answer, *notice, None, None]
    if state == "办结":
        best = rng.choice(grades[:-1])
        return [*head, extended, *answer, *told, channel, rng.choice(grades), best]
    notice = rng.choice(([None] * 3, [*told, channel], [*told, channel]))
    extended = max(due, replied, *told) + rng.randint(1, 60) * day
    process = rng.choice((None, *grades)) if notice[0] is None else rng.choice(grades)
    return [*head, extended, *answer, *notice, process, grades[-1]]


def duty_reports(town: Town, rows: list[list]):
    rng = town.rng
    seats = [seat for seat in town.seats if seat.start < town.start]
    for seat in rng.sample(seats, min(len(seats), rng.randint(1, 12))):
        if not seat.meant and any(row[1].person is seat.person for row in rows):
            continue
        day = town.day(date(town.year, 1, 2), town.made_on)
        held = [None] * 9
        if seat.in_office(day) and town.chance(0.7):
            present = rng.randint(20, 80)
            issued = present - rng.randint(0, 5)
            returned = issued - rng.randint(0, 5)
            satisfied = rng.randint(0, returned)
            basically = rng.randint(0, returned - satisfied)
            against = rng.randint(0, returned - satisfied - basically)
            rest = returned - satisfied - basically - against
            votes = [satisfied, basically, against, rest]
            if town.chance(0.05):
                present = issued = returned = 0
                votes = [0, 0, 0, 0]
            held = [day, f"{town.villages[0]}村部", present, issued, returned, *votes]
        rows.append([town.year, seat, seat.constituency, rng.randint(1, 12), *held])


def activities(town: Town, rows: dict[str, list[list]]):
    rng = town.rng
    titles = {
        "学习培训": ("人大代表培训会", "代表学习班"),
        "视察调研": ("重点工程建设视察", "旅游发展情况调研", "饮水安全视察活动"),
        "工作评议": ("镇直单位述职评议", "站所工作评议"),
        "其他": ("走访困难群众", "代表联系选民活动"),
    }
    kinds = [rng.choice(list(titles)) for _ in range(rng.randint(1, 8))]
    for kind in kinds:
        last_year = kind == "工作评议" and town.chance(0.5)
        day = town.day(date(town.year, 1, 2), town.made_on)
        if last_year:
            day = date(town.year - 1, rng.choice((10, 12)), 20)
        if town.chance(0.2) and not last_year and town.founded:
            day = town.founded
        group = rng.choice((None, None, *town.groups_on(day)))
        _activity(town, rows, kind, rng.choice(titles[kind]), day, group)


def _activity(town: Town, rows: dict, kind: str, title: str, day: date, group: int | None):
    rng = town.rng
    number = f"{day.year}-H{len(rows['活动']) + 1:02}"
    organiser = f"第{NUMERALS[group - 1]}代表小组" if group else f"{town.kind}人大"
    theme = rng.choice((None, "建设美丽乡村，打造旅游强镇"))
    laws, works = ("代表法", "选举法", "地方组织法"), ("自来水厂", "LJ冲水库", "河堤")
    lines = rng.choice((None, "工程进展较快。", "进展较快。\n但仍存在资金不足等问题。"))
    wanted = rng.choice((None, "加快建设进度", "建议加快建设进度。\n建议保证质量。"))
    rows["活动"].append(
        [
            number, day.year, kind, title, theme, rng.choice((None, "镇党委")) if theme else None,
            day, organiser,
            rng.choice((tuple(rng.sample(town.villages, 2)), f"{town.kind}政府会议室")),
            tuple(rng.sample(laws if kind == "学习培训" else works, rng.randint(1, 3))),
            lines, wanted,
        ]
    )  # fmt: skip
    expected = town.members(group, day) if group else town.in_office(day)
    if town.chance(0.3):
        expected = expected[: len(expected) // 2]
    present = 0
    both = [seat for seat in town.seats if seat.meant and seat.in_office(day)]
    for seat in [*expected, *(seat for seat in both if seat not in expected and expected)]:
        if group and seat.group_on(day) != group:
            continue
        status = rng.choice(("出席", "出席", "出席", "请假", "缺席"))
        present += status == "出席"
        reason = None if status == "出席" else rng.choice(REASONS)
        rows["活动出席"].append([number, seat, status, reason])
    for _ in range(rng.choice((0, 1, 3))):
        after = day + timedelta(days=rng.choice((1, 5, 60, 120)))
        whom = rng.choice((f"{town.kind}党委", f"{town.kind}政府", "县委", "镇水利站"))
        step = rng.choice(
            (["转送", whom, after, "转送代表意见。"], ["后续", whom, after, "召开了现场会。"])
        )
        rows["转送与后续"].append([number, *step])
    if kind == "工作评议" and town.chance(0.8):
        for name in rng.sample(UNITS, 2):
            satisfied = rng.randint(0, present)
            basically = rng.randint(0, present - satisfied)
            days = rng.choice(((None, None), (day, day + timedelta(days=30))))
            votes = [satisfied, basically, rng.randint(0, present - satisfied - basically)]
            rows["工作评议"].append(
                [number, rng.choice((name, f"{town.kind}{name}")), *votes, *days]
            )
