"""Feedback items by the thousand, over years, as a township or a county would have them.

The same numbers give the same items: what befell one follows from its place in the row.
"""

import datetime

from congress.models import Village
from groups.models import DelegateGroup
from tests import factory
from voters.models import FeedbackItem, ReceptionDay, Visit

TODAY = datetime.date(2020, 8, 20)
DAY = datetime.timedelta(days=1)
#: Items of one reception day.
A_DAY = 24
OUTCOMES = "AAABBCD"
GRADES = ("满意", "满意", "满意", "基本满意", "不满意")
CHUNK = 5_000


def make_items(count, years=10):
    """So many items raised on reception days of the years up to today, the oldest first.

    The last are not yet assigned.
    """
    villages = [Village.objects.first() or factory.make_village()]
    villages += [factory.make_village() for _ in range(9 - Village.objects.count())]
    topics = [factory.make_topic(f"类别{number}") for number in range(8)]
    units = [factory.make_unit(f"镇{number}号单位") for number in range(20)]
    days = _days(-(-count // A_DAY), years)
    known = Visit.objects.count()
    visits = Visit.objects.bulk_create(
        (
            Visit(
                number=f"{day.date.year}-{known + place * A_DAY + number:06}",
                day=day,
                village=villages[number % len(villages)],
                voter_name="选民",
                words="门口的路坏了。",
            )
            for place, day in enumerate(days)
            for number in range(A_DAY)
        ),
        batch_size=CHUNK,
    )
    first = FeedbackItem.objects.count()
    for start in range(0, count, CHUNK):
        FeedbackItem.objects.bulk_create(
            _item(first + number, visits[number], topics, units)
            if number < count - min(60, count // 10)
            else _registered(first + number, visits[number], topics)
            for number in range(start, min(start + CHUNK, count))
        )


def _days(count, years):
    """Reception days of new groups, spread evenly over the years."""
    span = years * 365 - 1
    known = DelegateGroup.objects.count()
    groups = [factory.make_group(known + number) for number in range(1, 4 + count // span)]
    return ReceptionDay.objects.bulk_create(
        (
            ReceptionDay(
                date=TODAY - (span - place * span // count) * DAY,
                group=groups[place % len(groups)],
                place="镇政府会议室",
                state="held",
            )
            for place in range(count)
        ),
        batch_size=CHUNK,
    )


def _registered(number, visit, topics):
    raised = visit.day.date
    return FeedbackItem(
        number=f"{raised.year}-J{number:06}",
        visit=visit,
        registered_on=raised,
        topic=topics[number % len(topics)],
        title=f"{number}号意见",
        summary="修复门口的道路。",
    )


def _item(number, visit, topics, units):
    item, raised = _registered(number, visit, topics), visit.day.date
    age = (TODAY - raised).days
    if number % 97 == 0:
        item.state, item.reply = "rejected", "不属于受理范围。"
        return item
    if age < 4:
        return item
    item.lead_unit, item.responsible = units[number * 7 % len(units)], "田家明"
    item.assigned_on, item.due_on = raised + 2 * DAY, raised + 45 * DAY
    item.state = "assigned"
    takes = 10 + number * 13 % 60
    if age < 8:
        return item
    item.signed_on, item.state = raised + (3 + number % 5) * DAY, "handling"
    if age < takes or number % 101 == 0:
        return item
    item.replied_on, item.state = raised + takes * DAY, "replied"
    item.outcome, item.reply = OUTCOMES[number % len(OUTCOMES)], "已经办理。"
    if age < takes + 9:
        return item
    item.group_told_on, item.group_told_how = item.replied_on + 2 * DAY, "phone"
    item.voter_told_on = item.replied_on + (number % 8) * DAY
    item.told_by, item.state = "phone", "told"
    if number % 103 == 0:
        return item
    item.process_satisfaction = GRADES[number % 4]
    item.result_satisfaction, item.state = GRADES[number % len(GRADES)], "closed"
    if item.result_satisfaction == "不满意":
        item.result_satisfaction = "基本满意"
        if number % 59 == 0:
            item.result_satisfaction, item.state = "不满意", "reopened"
            item.dissatisfaction = "路还是坏的。"
            item.extended_to = max(item.due_on, item.voter_told_on) + 30 * DAY
    return item
