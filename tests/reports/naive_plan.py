"""Progress of a year's plan counted straight from a workbook's cells, by sheet 13 of the format.

Plain Python over plain cells, with no code of the project, like ``naive_figures``.
"""

from .naive_figures import day, number, person_of, sheets_of

ORDINALS = "一二三四五六七八九十"


def progress_of(file) -> list[list[int]]:
    """[序号, 计划, 完成, 未完成] of the items of the report's year."""
    tables = sheets_of(file)
    settings = {row["项目"]: row["内容"] for row in tables["基本信息"]}
    first, last = day(settings["统计起始"]), day(settings["统计截止"])
    year = number(settings["报告年度"])
    found = []
    for row in tables["年度计划"]:
        if number(row["年度"]) != year:
            continue
        group = None if row["组别"] is None else number(row["组别"])
        months = [number(each) for each in str(row["计划月份"]).split("-")]
        days = _days_of(tables, row["类型"], group)
        done = sum(
            first <= each <= last and each.year == year and months[0] <= each.month <= months[-1]
            for each in days
        )
        planned = number(row["计划数量"])
        found.append([number(row["序号"]), planned, done, max(planned - done, 0)])
    return sorted(found)


def _days_of(tables, kind: str, group: int | None) -> list:
    """Days of what was done of that kind by the group, or by the township."""
    if kind == "接待选民":
        return [
            day(row["日期"])
            for row in tables["接待日"]
            if row["状态"] != "取消" and group in (None, number(row["组别"]))
        ]
    if kind == "述职":
        return [
            day(row["述职日期"])
            for row in tables["述职"]
            if row["述职日期"] is not None
            and (group is None or _group_of(row["代表"], day(row["述职日期"]), tables) == group)
        ]
    if kind == "会议":
        held = [day(row["日期"]) for row in tables["会议"] if row["状态"] == "已召开"]
        return [] if group else held
    own = [row for row in tables["活动"] if row["类型"] == kind]
    suffix = f"第{ORDINALS[group - 1]}代表小组" if group else "人大"
    return [day(row["日期"]) for row in own if row["组织者"].endswith(suffix)]


def _group_of(entry: str, on, tables) -> int | None:
    """The group to which somebody belonged that day."""
    meant = person_of(entry, tables["代表"])
    for row in tables["代表"]:
        person = (row["姓名"], row["性别"], str(row["出生年月"]), str(row["联系电话"]))
        left = row["状态原因"] == "调组" and row["状态"] == "终止"
        joined = row["状态日期"] if row["状态"] == "在任" and row["状态日期"] else row["当选日期"]
        if person == meant and day(joined) <= on and not (left and day(row["状态日期"]) <= on):
            return number(row["所属小组"])
    return None
