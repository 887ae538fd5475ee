"""What an item's page tells, by the four things that stay apart: handled, answered, told, content.

Empty facts are left out. No name or telephone number of a voter stands here; a unit is not told
either who received the voter, what the voter's own words were, and who told whom.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

from congress import roles
from congress.models import Township, User
from congress.privacy import text_shown_to
from congress.tables import in_words
from voters.handling import village_of
from voters.models import BETWEEN_SESSIONS, EarlierAnswer, FeedbackItem
from voters.outcomes import COLOURS, outcome_labels
from voters.states import State

#: A value wider than so many Chinese characters takes the whole width.
_SHORT = 12


@dataclass(frozen=True)
class Fact:
    label: str
    value: str

    @property
    def is_long(self) -> bool:
        width = sum(1 if east_asian_width(sign) in "FW" else 0.5 for sign in self.value)
        return width > _SHORT or "\n" in self.value


@dataclass(frozen=True)
class Answer:
    """One of the answers at the head of the page: what it is about, in a word, in a colour."""

    about: str
    words: str
    colour: str = ""


def told(item: FeedbackItem) -> list[Answer]:
    """Whether the group and whether the voter knows the answer; delegates are told themselves."""
    asker = item.asker
    group = _told(item, "代表小组", "小组", item.group_told_on, item.group_untold_reason)
    own = _told(item, asker, asker, item.voter_told_on, item.voter_untold_reason)
    return [group, own] if asker == "选民" else [own]


def _told(item: FeedbackItem, about: str, whom: str, day, reason: str) -> Answer:
    if day:
        return Answer(about, f"{whom}已告知", "done")
    if reason:
        return Answer(about, f"{whom}未告知，已说明理由")
    return Answer(about, f"{whom}未告知", "due-soon" if item.reply else "")


class ItemFacts:
    """One item read ``with_clock``, told to one user."""

    def __init__(self, item: FeedbackItem, user: User):
        self.item = item
        self.user = user
        self.for_unit = roles.handles_items(user)
        self.township = Township.current()
        self.outcomes = outcome_labels(self.township)

    # At the head of the page

    def answers(self) -> list[Answer]:
        return [
            self._answered(),
            *told(self.item),
            self._outcome(),
            self._satisfied(),
        ]

    def _answered(self) -> Answer:
        item = self.item
        if item.state == State.REJECTED:
            return Answer("答复", "不予受理")
        if item.state == State.REOPENED:
            return Answer("答复", "须再次答复", item.clock or "due-soon")
        if item.replied_on:
            return Answer("答复", "已答复", "done")
        return Answer("答复", "未答复", item.clock)

    def _outcome(self) -> Answer:
        letter = self.item.outcome
        if not letter:
            return Answer("结果", "还没有结果")
        return Answer("结果", self.outcomes[letter], COLOURS[letter])

    def _satisfied(self) -> Answer:
        item = self.item
        graded = [
            ("过程", item.process_satisfaction),
            ("结果", item.result_satisfaction),
        ]
        words = "，".join(f"{about}{grade}" for about, grade in graded if grade)
        if not words:
            return Answer("满意度", "无法评价" if item.voter_untold_reason else "未评价")
        worst = self.township.grades[-1] in (item.process_satisfaction, item.result_satisfaction)
        return Answer("满意度", words, "overdue" if worst else "done")

    # The facts by subject

    def groups(self) -> list[tuple[str, list[Fact]]]:
        found = [
            ("反映与分办", self._raised()),
            ("办理", self._handled()),
            ("答复", self._replied()),
            *([] if self.for_unit else self._tellings()),
            ("满意度", self._graded()),
        ]
        told = [
            (
                title,
                [Fact(label, text_shown_to(self.user, value)) for label, value in facts if value],
            )
            for title, facts in found
        ]
        return [(title, facts) for title, facts in told if facts]

    def _tellings(self) -> list[tuple[str, Iterator[tuple[str, str]]]]:
        own = (f"告知{self.item.asker}", self._voter_told())
        return [("告知代表小组", self._group_told()), own] if self._is_voters else [own]

    @property
    def _is_voters(self) -> bool:
        return self.item.asker == "选民"

    def _fields(self, *names: str) -> Iterator[tuple[str, str]]:
        for name in names:
            field = self.item._meta.get_field(name)
            display = getattr(self.item, f"get_{name}_display", None)
            yield (
                field.verbose_name,
                display() if display else in_words(getattr(self.item, name)),
            )

    def _raised(self) -> Iterator[tuple[str, str]]:
        item, visit = self.item, self.item.visit
        yield from self._fields("source")
        if self.for_unit:
            yield "村", village_of(item)
        elif visit:
            yield "登记号", visit.number
            yield "接待日", visit.day.date.isoformat()
            yield "代表小组", str(visit.day.group)
            yield "村", str(visit.village)
        if item.is_suggestion:
            proposers = item.proposers.select_related("delegate").order_by("pk")
            others = [str(each) for each in proposers if each.pk != item.lead_proposer_id]
            yield "领衔代表", str(item.lead_proposer or "")
            yield "附议代表", f"{'、'.join(others)}（{len(others)}名）" if others else ""
            yield "提出时间", str(item.session) if item.session_id else BETWEEN_SESSIONS
        yield from self._fields("registered_on", "topic", "title", "summary")
        if visit and roles.reads_group_work(self.user):
            yield "选民原话", visit.words

    def _handled(self) -> Iterator[tuple[str, str]]:
        item = self.item
        yield from self._fields("lead_unit")
        yield "协办单位", "、".join(str(unit) for unit in item.co_units.all())
        yield from self._fields("responsible")
        if item.urgency != FeedbackItem.Urgency.USUAL:
            yield from self._fields("urgency")
        if item.is_wide:
            yield "办理难度", "涉及面广、处理难度大"
        yield from self._fields("escalated_to", "assigned_on", "due_on")
        if item.is_due_in_months:
            yield "法定期限", f"交办之日起{self._months}个月（代表法第五十一条）"
        times = f"第{item.extended_times}次延期" if item.extended_times else ""
        yield "延期至", _and(item.extended_to, times)
        yield from self._fields("asked_until")
        yield "签收", _and(item.signed_on, item.signed_by)
        yield from self._fields("returned_on", "return_kind", "right_unit", "supervised_on")

    @property
    def _months(self) -> int:
        wide, usual = self.township.suggestion_wide_months, self.township.suggestion_months
        return wide if self.item.is_wide else usual

    def _replied(self) -> Iterator[tuple[str, str]]:
        item = self.item
        yield from self._fields("replied_on")
        yield "结果类别", self.outcomes.get(item.outcome, "")
        yield "理由" if item.state == State.REJECTED else "答复内容", item.reply

    def _group_told(self) -> Iterator[tuple[str, str]]:
        item = self.item
        yield "日期", in_words(item.group_told_on)
        yield "方式", item.get_group_told_how_display()
        yield "告知人", item.group_teller
        yield "未告知的理由", item.group_untold_reason

    def _voter_told(self) -> Iterator[tuple[str, str]]:
        item = self.item
        yield "日期", in_words(item.voter_told_on)
        yield "方式", item.get_told_by_display()
        yield "告知人", item.voter_teller
        yield "未告知的理由", item.voter_untold_reason

    def _graded(self) -> Iterator[tuple[str, str]]:
        yield from self._fields("process_satisfaction", "result_satisfaction", "dissatisfaction")

    # Answer after answer

    def compared(self, earlier: list[EarlierAnswer]) -> dict | None:
        """The earlier answers beside the present one, a row a fact; None where there is one."""
        if not earlier:
            return None
        answers = [*earlier, self.item] if self.item.replied_on else earlier
        rows = [
            ("答复日期", [in_words(each.replied_on) for each in answers]),
            ("结果类别", [self.outcomes.get(each.outcome, "") for each in answers]),
            ("答复内容", [each.reply for each in answers]),
            (f"告知{self.item.asker}日期", [in_words(each.voter_told_on) for each in answers]),
            ("过程满意度", [each.process_satisfaction for each in answers]),
            ("结果满意度", [each.result_satisfaction for each in answers]),
            ("不满意的原因", [each.dissatisfaction for each in answers]),
        ]
        return {
            "headings": [f"第{number}次答复" for number in range(1, len(answers) + 1)],
            "rows": [
                (label, [text_shown_to(self.user, cell) for cell in cells])
                for label, cells in rows
                if any(cells)
            ],
        }


def _and(value, more: str) -> str:
    words = in_words(value)
    return f"{words}（{more}）" if words and more else words
