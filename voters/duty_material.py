"""述职材料: a delegate's duty file of the year, drafted as the report to the voters.

Voters appear as numbers only: no name, no telephone, nobody's own words.
"""

from dataclasses import dataclass

from congress.numerals import full_date, listing, month_day
from congress.periods import Period
from delegates.duty_file import Part, duty_files
from groups.duty_file import all_activities, last_posts
from groups.models import Activity

from .duty_file import progress_in_words, received_in_words, topics_in_words
from .models import DutyReport

NOTHING = "本年度没有记录。"


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...]


class Material:
    """One delegate's year up to today, or to its end."""

    def __init__(self, report: DutyReport):
        self.report = report
        self.person = report.mandate.delegate
        [self.file] = duty_files([self.person], Period.of_year(report.year))

    @property
    def title(self) -> str:
        return f"{self.report.year}年履行代表职务情况报告"

    def sections(self) -> list[Section]:
        found = (
            ("基本情况", self._mandate()),
            ("参加学习培训、视察调研等活动", self._activities()),
            ("接待选民、联系群众", self._reception()),
            ("反映意见建议及办理", self._items()),
            ("提出代表建议", self._proposals("suggestions")),
        )
        sections = [
            Section(title, tuple(filter(None, paragraphs)) or (NOTHING,))
            for title, paragraphs in found
        ]
        if attended := self._sessions():
            sections.insert(1, Section("出席人民代表大会会议", tuple(attended)))
        if bills := self._proposals("bills"):
            sections.append(Section("提出议案", tuple(bills)))
        return sections

    def _mandate(self) -> list[str]:
        mandate = self.report.mandate
        groups = listing(dict.fromkeys(post.group for post in last_posts(self.file)))
        return [
            f"{self.person}，{full_date(mandate.start)}由{mandate.constituency}选民选举为"
            f"{mandate.term}人大代表{f'，现编入{groups}' if groups else ''}。"
        ]

    def _sessions(self) -> list[str]:
        part = self.file.part("sessions")
        if not part.entries:
            return []
        told = f"本年度应出席会议{part.expected}次，实际出席{part.present}次{_unmarked(part)}"
        days = listing(f"{month_day(each.day)}{each.words}" for each in part.to_credit)
        return [f"{told}：{days}。" if days else f"{told}。"]

    def _activities(self) -> list[str]:
        whole = all_activities(self.file)
        if not whole.entries:
            return []
        told = [
            f"本年度应参加活动{whole.expected}次，实际参加{whole.present}次{_unmarked(whole)}。"
        ]
        for kind in Activity.Kind:
            part = self.file.part(kind.value)
            if part.done:
                days = listing(f"{month_day(each.day)}{each.title}" for each in part.to_credit)
                told.append(f"参加{kind.label}{part.done}次：{days}。")
        return told

    def _reception(self) -> list[str]:
        part = self.file.part("reception")
        told = [
            f"按照轮流安排，在接待选民日接待选民{part.present}次" if part.present else "",
            received_in_words(part.entries),
        ]
        words = "，".join(filter(None, told))
        return [f"{words}。"] if words else []

    def _items(self) -> list[str]:
        items = self.file.part("items").entries
        if not items:
            return []
        return [
            f"接待中和述职时收集选民意见建议{len(items)}条，涉及{topics_in_words(items)}。",
            f"其中{progress_in_words(items)}。",
        ]

    def _proposals(self, key: str) -> list[str]:
        return [
            f"{place}．{each.title}（{each.state}）"
            for place, each in enumerate(self.file.part(key).entries, 1)
        ]


def _unmarked(part: Part) -> str:
    return f"（其中{part.unmarked}次出席情况未登记）" if part.unmarked else ""
