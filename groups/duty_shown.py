"""A duty file as page and paper show it: who it is, the counts, then part by part."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from congress.models import User
from congress.openable import openable
from congress.tables import Column
from delegates.duty_file import DutyFile, Part

from .duty_file import last_posts
from .models import Activity

#: Parts at which somebody is expected: their attendance is counted.
ATTENDED = ("sessions", *Activity.Kind.values, "reception")
#: Of these only how many there are.
DONE = ("items", "duty_reports", "suggestions", "bills", "honours")
#: What 应到 and 实到 of the overview count.
CALLED = ("sessions", *Activity.Kind.values)


def linked(file: DutyFile, user: User) -> DutyFile:
    """With the links that this user can follow."""
    addresses = [entry.address for part in file.parts for entry in part.entries if entry.address]
    return file.with_links(openable(user, addresses), file.person.account_id == user.pk)


def headline(file: DutyFile) -> list[tuple[str, str]]:
    """Name, mandates and posts, as of the last day of the file."""
    mandates = file.part("mandates").entries
    posts = dict.fromkeys(post.words for post in last_posts(file))
    return [
        ("姓名", str(file.person)),
        ("代表层级", "、".join(dict.fromkeys(each.level for each in mandates))),
        ("选区", "、".join(dict.fromkeys(each.constituency for each in mandates))),
        ("代表证号", "、".join(dict.fromkeys(each.card_number for each in mandates))),
        ("代表小组和职务", "、".join(posts)),
    ]


@dataclass(frozen=True)
class ShownPart:
    part: Part
    is_attended: bool


def shown_parts(file: DutyFile) -> list[ShownPart]:
    return [ShownPart(part, part.key in ATTENDED) for part in file.parts]


def attended_parts(file: DutyFile) -> list[Part]:
    """The rows of the table of counts."""
    return [file.part(key) for key in ATTENDED]


def done_parts(file: DutyFile) -> list[Part]:
    return [file.part(key) for key in DONE]


@dataclass(frozen=True)
class Summary:
    """One line of the overview."""

    file: DutyFile

    @property
    def name(self) -> str:
        return str(self.file.person)

    @property
    def group(self) -> str:
        return "、".join(dict.fromkeys(post.group for post in last_posts(self.file)))

    @property
    def group_order(self) -> list[int]:
        return [post.ordinal for post in last_posts(self.file)]

    @cached_property
    def called(self) -> Part:
        """Sessions and activities."""
        return self.file.together("会议和活动", CALLED)

    def done(self, key: str) -> int:
        return self.file.part(key).done

    @property
    def proposed(self) -> int:
        return self.done("suggestions") + self.done("bills")


def _count(heading: str, key: str, value, **more) -> Column:
    return Column(heading, value, (key,), 10, numeric=True, **more)


#: The overview, on the page and in the workbook; the key of a column sorts by its value.
COLUMNS = (
    Column("姓名", "name", ("name",), 14),
    Column("代表小组", "group", ("group",), 18),
    _count("应到", "expected", "called.expected"),
    _count("实到", "present", "called.present"),
    _count("请假", "leave", "called.leave", minor=True),
    _count("缺席", "absent", "called.absent", minor=True),
    _count("未登记", "unmarked", "called.unmarked", minor=True),
    Column("出席率", "called.rate", width=10, numeric=True, minor=True),
    _count("接待（次）", "reception", lambda each: each.done("reception")),
    _count("意见（条）", "items", lambda each: each.done("items")),
    _count(
        "建议议案（件）", "proposed", lambda each: each.done("suggestions") + each.done("bills")
    ),
    _count("述职（次）", "reports", lambda each: each.done("duty_reports")),
)


def summaries(files: Iterable[DutyFile], sort: str = "") -> list[Summary]:
    """In the order of the files, or by a column; ``sort`` is its key, after a - the other way."""
    lines = [Summary(file) for file in files]
    column = next((each for each in COLUMNS if sort and each.key == sort.lstrip("-")), None)
    if column:
        order = attrgetter("group_order") if column.key == "group" else column.of
        lines.sort(key=order, reverse=sort.startswith("-"))
    return lines
