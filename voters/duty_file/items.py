"""Items that came of visits and of duty reports, as far as they had come by the period's end."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from congress.numerals import listing
from congress.periods import Period
from delegates.duty_file import Entry, Found, Source, add_source, days_so_far
from delegates.models import Delegate
from voters import progress
from voters.models import FeedbackItem, Visit
from voters.outcomes import outcome_labels
from voters.states import State

#: In place of the topic of an item that was told in confidence.
CONFIDENTIAL = "保密事项"


@dataclass(frozen=True)
class RaisedItem(Entry):
    """An item with how far it had come."""

    topic: str = ""
    is_answered: bool = False
    is_closed: bool = False


def items_of(persons: Sequence[Delegate], period: Period) -> Found:
    """Items from visits that the person received, and from the person's own duty reports."""
    days = days_so_far(period)
    raised = FeedbackItem.objects.raised_in(*days)
    received = Visit.received_by.through.objects.filter(
        mandate__delegate__in=persons, visit__in=raised.values("visit")
    )
    receivers: dict[int, set[int]] = defaultdict(set)
    for visit, person in received.values_list("visit_id", "mandate__delegate_id"):
        receivers[visit].add(person)
    reported = Q(duty_opinion__report__mandate__delegate__in=persons)
    mine = as_of(raised.filter(Q(visit__in=receivers) | reported), days[1]).with_raised_day()
    mine = mine.select_related("topic", "visit__day", "duty_opinion__report__mandate")
    outcomes = outcome_labels()
    found = defaultdict(list)
    for item in mine.order_by("raised_day", "pk"):
        for person in receivers[item.visit_id] if item.visit_id else {_reporter(item)}:
            found[person].append(_raised(item, outcomes))
    return found


def _reporter(item: FeedbackItem) -> int:
    return item.duty_opinion.report.mandate.delegate_id


def as_of(items: QuerySet, day: datetime.date) -> QuerySet:
    """Annotates how far the items had come by the end of that day."""

    def said(condition: Q) -> ExpressionWrapper:
        return ExpressionWrapper(condition, output_field=BooleanField())

    return items.with_state_on(day).annotate(
        is_answered=said(progress.answered(day)), is_closed=said(progress.closed(day))
    )


def _raised(item: FeedbackItem, outcomes: dict[str, str]) -> RaisedItem:
    """Of one told in confidence only that there is one: the file goes from hand to hand."""
    outcome = outcomes.get(item.outcome, "") if item.is_answered else ""
    topic = CONFIDENTIAL if item.is_confidential else str(item.topic)
    number = "" if item.is_confidential else f"{item.number}　"
    return RaisedItem(
        item.raised_on,
        f"{number}{topic}（{item.get_source_display()}）",
        "" if item.is_confidential else item.get_absolute_url(),
        remark="，".join(filter(None, [str(State(item.state_on).label), outcome])),
        topic=topic,
        is_answered=bool(item.is_answered),
        is_closed=bool(item.is_closed),
    )


def topics_in_words(items: Iterable[RaisedItem]) -> str:
    """村村通道路2条、饮水安全1条; the most frequent first."""
    topics = Counter(each.topic for each in items)
    return listing(f"{topic}{number}条" for topic, number in topics.most_common())


def progress_in_words(items: Iterable[RaisedItem]) -> str:
    """已答复10条，办结9条."""
    items = list(items)
    answered, closed = (
        sum(each.is_answered for each in items),
        sum(each.is_closed for each in items),
    )
    return f"已答复{answered}条，办结{closed}条"


def _items_summary(items: Sequence[RaisedItem]) -> str:
    if not items:
        return ""
    return f"收集意见建议{len(items)}条，涉及{topics_in_words(items)}；{progress_in_words(items)}。"


add_source(Source("items", "反映意见建议及办理", "条", items_of, _items_summary))
