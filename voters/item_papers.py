"""The paper of a feedback item, as HTML for the renderer: 交办单, 办理情况反馈表, 催办单.

Each sheet comes in several settings, the roomiest first; the first that holds on one page is
taken. What holds on none, two thousand characters for instance, goes over two in a legible one.
Columns: domain reference C.5, C.6.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from congress.disclosure import Disclosure
from congress.models import Township
from congress.numerals import full_date
from congress.pdf import render_sheets, render_within_pages
from congress.privacy import without_personal_numbers
from congress.qr_code import qr_code
from voters.deadlines import Deadlines
from voters.models import Channel, ContactRelease, FeedbackItem, FeedbackStep
from voters.outcomes import outcome_labels
from voters.states import ANSWERED, State

#: From roomy to tight, see static/css/papers.css; the last one is for what takes several pages.
SETTINGS = ("fit-0", "fit-1", "fit-2", "fit-3", "fit-2 over")
#: Answered face to face, in writing, by telephone, over the network (domain reference C.6).
_WAYS_OF_ANSWERING = ("面复", "书面", "电话", "网络")

#: Texts of an item that its sheets show; its title and its trail hold no numbers anyhow.
_TEXTS = (
    "summary",
    "responsible",
    "signed_by",
    "escalated_to",
    "reply",
    "dissatisfaction",
    "group_teller",
    "group_untold_reason",
    "voter_teller",
    "voter_untold_reason",
)
#: Entries of the trail that stand on paper.
_TOLD_KINDS = ("assign", "reassign", "comment", "record", "remind")

AddressOf = Callable[[FeedbackItem], str]


def with_paper(items: QuerySet) -> QuerySet:
    """Joined with what the sheets show; as many queries for one item as for two hundred."""
    steps = FeedbackStep.objects.filter(kind__in=_TOLD_KINDS)
    merged = FeedbackItem.objects.filter(state=State.MERGED).order_by("pk")
    released = ContactRelease.objects.in_force().filter(item=OuterRef("pk"))
    return (
        items.annotate(contact_released=Exists(released))
        .select_related(
            "topic",
            "lead_unit",
            "lead_proposer__delegate",
            "session__term",
            "visit__day__group",
            "visit__village",
        )
        .prefetch_related(
            "co_units",
            "proposers__delegate",
            "commitments",
            Prefetch("steps", steps.select_related("user"), to_attr="told_steps"),
            Prefetch("followers", merged, to_attr="merged"),
        )
    )


@dataclass(frozen=True)
class Contact:
    """The voter of a released item, for whoever handles it."""

    name: str
    phone: str


@dataclass(frozen=True)
class Sheet:
    """One item as its papers tell it; of an item read ``with_paper``."""

    item: FeedbackItem
    code: SafeString
    last_day_to_return: datetime.date | None = None

    def __post_init__(self):
        """Paper goes from hand to hand: a number that stands in a text does not."""
        for name in _TEXTS:
            setattr(self.item, name, without_personal_numbers(getattr(self.item, name)))
        for promise in self.item.commitments.all():
            promise.text = without_personal_numbers(promise.text)

    def _steps(self, *kinds: str) -> list[FeedbackStep]:
        return [step for step in self.item.told_steps if step.kind in kinds]

    @property
    def kind(self) -> str:
        """What the sheets call it in their titles."""
        return "代表建议" if self.item.is_suggestion else "意见建议"

    @property
    def comments(self) -> list[FeedbackStep]:
        return self._steps("comment")

    @property
    def progress(self) -> list[FeedbackStep]:
        """Of the present handling: what another unit did before is not this one's."""
        begun = max((step.pk for step in self._steps("assign", "reassign")), default=0)
        return [step for step in self._steps("record") if step.pk > begun]

    @property
    def assigned_by(self) -> str:
        """Empty where a ledger brought the item in."""
        assignments = self._steps("assign", "reassign")
        return assignments[-1].user.name if assignments and assignments[-1].user else ""

    @property
    def origin(self) -> str:
        item = self.item
        words = item.get_source_display()
        return f"{words}（{full_date(item.visit.day.date)}）" if item.visit_id else words

    @property
    def proposers(self) -> str:
        """The lead first, then the seconders."""
        item = self.item
        lead = item.lead_proposer.delegate.name if item.lead_proposer_id else ""
        others = [
            mandate.delegate.name
            for mandate in item.proposers.all()
            if mandate.pk != item.lead_proposer_id
        ]
        seconded = f"{'、'.join(others)}附议" if others and lead else "、".join(others)
        led = f"{lead}领衔" if lead and others else lead
        words = "，".join(filter(None, [led, seconded]))
        return f"代表{words}" if words else ""

    @property
    def deadline(self) -> str:
        item = self.item
        words = full_date(item.due_on)
        if not item.extended_to:
            return words
        why = "重新办理，" if self.is_redone else ""
        return f"{full_date(item.extended_to)}（{why}原期限{words}）"

    @property
    def is_redone(self) -> bool:
        return self.item.state == State.REOPENED

    @property
    def may_be_returned(self) -> bool:
        return self.item.state in (State.ASSIGNED, State.SIGNED)

    @property
    def is_answered(self) -> bool:
        """Not while a second answer is owed: its sheet is blank again."""
        return self.item.state in ANSWERED and not self.is_redone

    @cached_property
    def reminders(self) -> list[FeedbackStep]:
        return self._steps("remind")


def assignments(
    items: Iterable[FeedbackItem],
    township: Township,
    address_of: AddressOf,
    *,
    contact: Contact | None = None,
    disclosure: Disclosure | None = None,
    with_forms: bool = False,
) -> bytes:
    """意见建议交办单, a sheet each, with each its 反馈表 where they are wanted.

    ``contact`` is that of the one item printed with it, whose ``disclosure`` the sheet names.
    """
    items = list(items)
    deadlines = Deadlines.since(min(item.assigned_on for item in items))

    def sheets() -> Iterator[Iterator[str]]:
        for item in items:
            last_day = deadlines.last_day_to_return(item.assigned_on)
            sheet = Sheet(item, qr_code(address_of(item)), last_day)
            context = {
                "sheet": sheet,
                "township": township,
                "contact": contact,
                "disclosure": disclosure,
                "return_limit_days": township.return_limit_days,
            }
            yield _settings("assignment", context)
            if with_forms:
                yield _settings("reply_form", _reply_context(sheet, township))

    return render_sheets(sheets(), 1)


def reply_form(item: FeedbackItem, township: Township, address_of: AddressOf) -> bytes:
    """办理情况反馈表, to be written on; filled in once the item is answered."""
    sheet = Sheet(item, qr_code(address_of(item)))
    return render_within_pages(_settings("reply_form", _reply_context(sheet, township)), 1)


def _reply_context(sheet: Sheet, township: Township) -> dict:
    item = sheet.item
    # A blank one is that of an item about which nothing was said yet.
    said = item if sheet.is_answered else FeedbackItem()
    grades = [(grade, grade) for grade in township.grades]
    told = _told(item, said)
    return {
        "sheet": sheet,
        "township": township,
        "said": said,
        "progress": sheet.progress if sheet.is_answered else [],
        "promises": item.commitments.all() if sheet.is_answered else [],
        "outcomes": _ticked(outcome_labels(township).items(), said.outcome),
        "ways": [(label, False) for label in _WAYS_OF_ANSWERING],
        "told": told,
        "told_rows": 2 * len(told),
        "grades": [
            ("对办理过程", _ticked(grades, said.process_satisfaction)),
            ("对办理结果", _ticked(grades, said.result_satisfaction)),
        ],
    }


def _told(item: FeedbackItem, said: FeedbackItem) -> list[tuple]:
    """(whom, day, ways to tick, by whom, why not); no group stands between delegates and answer."""
    group = (
        "代表小组",
        said.group_told_on,
        _ticked(Channel.choices, said.group_told_how),
        said.group_teller,
        said.group_untold_reason,
    )
    asker = (
        item.asker,
        said.voter_told_on,
        _ticked(Channel.choices, said.told_by),
        said.voter_teller,
        said.voter_untold_reason,
    )
    return [group, asker] if item.asker == "选民" else [asker]


def _ticked(choices: Iterable[tuple[str, str]], chosen: str) -> list[tuple[str, bool]]:
    return [(label, key == chosen) for key, label in choices]


def reminder(item: FeedbackItem, township: Township, address_of: AddressOf) -> bytes:
    """催办单 of the last reminder in the trail, dated on its day."""
    sheet = Sheet(item, qr_code(address_of(item)))
    last = sheet.reminders[-1]
    day, deadline = last.office_day, item.deadline_day
    context = {
        "sheet": sheet,
        "township": township,
        "addressee": item.lead_unit or item.escalated_to,
        "day": day,
        "deadline": deadline,
        "days_over": (day - deadline).days,
        "days_left": (deadline - day).days,
        "times": len(sheet.reminders),
        "demand": last.note,
        "answer_by": last.answer_by or Deadlines.since(day).answer_by(deadline, day),
    }
    return render_within_pages(_settings("reminder", context), 1)


def _settings(template: str, context: dict) -> Iterator[str]:
    for fit in SETTINGS:
        yield render_to_string(f"voters/papers/{template}.html", context | {"fit": fit})
