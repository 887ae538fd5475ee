"""What the law and the records say about a division: what stops it, and what must be known."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from congress.numerals import full_date, group_name
from groups.models import (
    DelegateGroup,
    Division,
    GroupVillage,
    Membership,
    Post,
)

from .board import Board, short_name
from .saving import dissolved

#: 地方组织法 43: where there are three or more delegates, they may form a group.
FEWEST = 3
LAW = "地方组织法第四十三条：代表三人以上可以组织代表小组"
#: Names told before the rest is counted.
MOST_NAMES = 8


@dataclass(frozen=True)
class Notice:
    """To be ticked before the confirmation; ``key`` names its box."""

    key: str
    words: str


def names_of(names: Iterable[str]) -> str:
    found = list(names)
    more = f"等{len(found)}名" if len(found) > MOST_NAMES else ""
    return "、".join(found[:MOST_NAMES]) + more


def small_groups(board: Board) -> list[str]:
    return [
        f"{group_name(ordinal)}只有{balance.persons}名在任代表，至少要有{FEWEST}名（{LAW}）。"
        for ordinal in board.ordinals
        if (balance := board.balance(ordinal)).persons < FEWEST
    ]


def errors_of(board: Board) -> list[str]:
    """What forbids the confirmation."""
    division = board.division
    errors = [] if board.groups else ["还没有小组，请先在编组页面增加小组。"]
    errors += small_groups(board)
    unplaced = [each for each in board.people_in(None) if each.is_in_office]
    if unplaced:
        names = names_of(each.delegate.name for each in unplaced)
        errors.append(
            f"还有{len(unplaced)}名在任代表没有编入小组：{names}（代表法第三十七条），请先编入。"
        )
    for ordinal, name in board.placing.staff.items():
        if holder := board.holder(ordinal, Post.LIAISON):
            errors.append(
                f"{group_name(ordinal)}有两名联系员：工作人员{name}和代表{holder.delegate.name}，请只留一名。"
            )
    if division.start < division.term.first_day:
        errors.append(
            f"起始日期早于{division.term}任期起始（{full_date(division.term.first_day)}），请修改起始日期。"
        )
    if board.outgoing:
        terms = "、".join(sorted({str(each.term) for each in board.outgoing}))
        errors.append(
            f"起始日期那天还有{len(board.outgoing)}项{terms}镇代表资格没有终止"
            f"（{names_of(each.delegate.name for each in board.outgoing)}）；"
            f"请先在“设置 → 届次”填写{terms}的任期届满（代表法第二条）。"
        )
    errors += [
        f"{group_name(ordinal)}在本届内已经撤销，同一届内不再用这个组别；请撤去这个组，另增加一组。"
        for ordinal in sorted(board.groups.keys() & set(dissolved(division)))
    ]
    return errors + _later(division)


def _later(division: Division) -> list[str]:
    """Changes that were recorded for days after the start would be overturned unseen."""
    errors = []
    other = Division.objects.confirmed().filter(start__gte=division.start).first()
    if other:
        errors.append(
            f"已有自{full_date(other.start)}起的划分；起始日期须晚于它，或先撤销它的确认。"
        )
    for model, what in (
        (Membership, "小组成员的变动"),
        (GroupVillage, "覆盖村的变动"),
        (DelegateGroup, "小组的设立"),
    ):
        later = model.objects.filter(start__gt=division.start).aggregate(
            n=Count("pk"), last=Max("start")
        )
        if later["n"]:
            errors.append(
                f"起始日期之后已经登记了{later['n']}项{what}，最晚的自{full_date(later['last'])}起；"
                "请把起始日期改到这以后，或先删除这些登记。"
            )
    return errors


def unplaced_villages(board: Board) -> str:
    """The law divides voters among delegates, not villages among groups: a reason is enough."""
    return "、".join(str(village) for village in board.villages_in(None))


def warnings_of(board: Board) -> list[Notice]:
    """What the office must have seen; asked of the board alone."""
    found = []
    if missing := [each for each in board.ordinals if not board.holder(each, Post.LEADER)]:
        found.append(Notice("leader", f"{'、'.join(map(short_name, missing))}没有组长。"))
    if words := imbalance(board):
        found.append(Notice("balance", words))
    empty = [each for each in board.ordinals if not board.villages_in(each)]
    if empty and board.villages:
        found.append(Notice("villages", f"{'、'.join(map(short_name, empty))}没有覆盖的村。"))
    suspended = [each.delegate.name for each in board.people_in(None) if not each.is_in_office]
    if suspended:
        found.append(
            Notice(
                "suspended",
                f"{names_of(suspended)}暂停执行代表职务，没有编入小组；恢复职务后请另行编组。",
            )
        )
    return found


def imbalance(board: Board) -> str:
    """More than a third away from the average is told, from a difference of three on."""
    sizes = {ordinal: board.balance(ordinal).persons for ordinal in board.ordinals}
    if len(sizes) < 2:
        return ""
    average = sum(sizes.values()) / len(sizes)
    smallest, largest = min(sizes, key=sizes.get), max(sizes, key=sizes.get)
    apart = sizes[largest] - sizes[smallest]
    if apart < 3 or max(sizes[largest] - average, average - sizes[smallest]) <= average / 3:
        return ""
    return (
        f"各组人数相差较大：{short_name(largest)}{sizes[largest]}名，"
        f"{short_name(smallest)}{sizes[smallest]}名，平均{average:.1f}名。"
    )
