"""Records too alike or too round to have been counted. Nothing here is proof of anything."""

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from groups.models import Attendance
from reports.figures import activities, duty, feedback, reception

from .check import WARNING, Found, check, records_found
from .subject import Subject

#: So many records at least, before their likeness says anything.
VISITS, DAYS, ANSWERS, GRADES, REPORTS, ACTIVITIES, NUMBERS = 8, 4, 5, 20, 3, 3, 8
#: So many delegates expected at an activity.
CIRCLE = 10


@check(
    "alike_visits",
    "来访人数雷同",
    WARNING,
    f"{VISITS}次以上来访登记，人数都是同一个数（不是一人来访）；或者{DAYS}个以上接待日，人次都相同。",
)
def alike_visits(subject: Subject) -> Iterator[Found]:
    yield from _visits(subject)
    yield from _days(subject)


def _visits(subject: Subject) -> Iterator[Found]:
    visits = reception.visits(subject.scope)
    numbers = _numbers(visits, "persons")
    if len(numbers) == 1 and numbers[0][0] > 1 and numbers[0][1] >= VISITS:
        yield from records_found(
            visits.order_by("day__date", "pk"),
            lambda number: f"{number}次来访登记的人数都是{numbers[0][0]}人。",
        )


def _days(subject: Subject) -> Iterator[Found]:
    days = reception.days_held(subject.scope).annotate(persons=Sum("visits__persons"))
    received = days.filter(persons__gt=1)
    persons = set(received.values_list("persons", flat=True).order_by())
    if len(persons) == 1 and received.count() >= DAYS:
        yield from records_found(
            received.select_related("group").order_by("date", "pk"),
            lambda number: f"{number}个接待选民日接待的人次都是{persons.pop()}。",
        )


@check(
    "alike_texts",
    "内容雷同",
    WARNING,
    f"来访登记的反映内容、意见建议的答复内容，有{ANSWERS}条以上一字不差，并占全部的五分之一以上。",
)
def alike_texts(subject: Subject) -> Iterator[Found]:
    visits = reception.visits(subject.scope)
    yield from _repeated(visits, "words", "条来访登记的反映内容一字不差。", "day__date")
    items = feedback.replied(subject.scope).exclude(reply="")
    yield from _repeated(items, "reply", "条意见建议的答复内容一字不差。", "number")


def _repeated(records, field: str, words: str, order: str) -> Iterator[Found]:
    """Texts that stand in so many records, and in a fifth of all of them."""
    total = records.count()
    found = _numbers(records, field)
    often = [text for text, number in found if number >= ANSWERS and number * 5 >= total]
    yield from records_found(
        records.filter(**{f"{field}__in": often}).order_by(field, order, "pk"),
        lambda number: f"{number}{words}",
    )


@check("alike_grades", "评价全部相同", WARNING, f"{GRADES}条以上意见建议，选民的评价全是同一等。")
def alike_grades(subject: Subject) -> Iterator[Found]:
    items = feedback.voter_told(subject.scope)
    for field, what in (
        ("process_satisfaction", "办理过程"),
        ("result_satisfaction", "办理结果"),
    ):
        grades = _numbers(items.exclude(**{field: ""}), field)
        if len(grades) == 1 and grades[0][1] >= GRADES:
            grade, number = grades[0]
            yield Found(
                f"{number}条意见建议，选民对{what}的评价都是“{grade}”。",
                address=subject.report.get_absolute_url(),
            )


@check(
    "alike_ballots",
    "票数雷同",
    WARNING,
    f"{REPORTS}次以上述职，发出、收回和各等次的票数完全相同。",
)
def alike_ballots(subject: Subject) -> Iterator[Found]:
    votes = ("ballots_issued", "ballots_returned", "satisfied", "basically_satisfied")
    votes = (*votes, "dissatisfied", "abstained")
    done = duty.done(subject.scope)
    counted = done.values(*votes).annotate(n=Count("pk")).order_by()
    same = [row for row in counted if row.pop("n") >= REPORTS]
    if same:
        either = Q()
        for row in same:
            either |= Q(**row)
        yield from records_found(
            done.filter(either).select_related("mandate__delegate").order_by(*votes, "pk"),
            lambda number: f"{number}次述职的测评票数与别的述职完全相同。",
        )


@check(
    "full_attendance",
    "次次全部到会",
    WARNING,
    f"应到{CIRCLE}人以上的活动有{ACTIVITIES}次以上，没有一人请假、缺席。",
)
def full_attendance(subject: Subject) -> Iterator[Found]:
    attended = activities.attendances(subject.scope)
    missing = Count("pk", filter=~Q(status=Attendance.Status.PRESENT))
    counted = attended.values("activity").annotate(n=Count("pk"), missing=missing).order_by()
    large = counted.filter(n__gte=CIRCLE)
    if large.count() >= ACTIVITIES and not large.filter(missing__gt=0).exists():
        held = activities.in_period(subject.scope)
        yield from records_found(
            held.filter(pk__in=[row["activity"] for row in large]),
            lambda number: f"{number}次活动应到的代表全部到会，没有一人请假、缺席。",
            label=lambda activity: f"{activity.date:%Y-%m-%d} {activity}",
        )


@check(
    "round",
    "整数过多",
    WARNING,
    f"{NUMBERS}次以上述职的满意票或者到会选民数，十之八九是10的倍数：可能是估计的，不是点数的。",
)
def too_round(subject: Subject) -> Iterator[Found]:
    done = duty.done(subject.scope)
    for field, what in (("satisfied", "满意票"), ("voters_present", "到会选民数")):
        yield from _round(done, field, what)


def _round(done, field: str, what: str) -> Iterator[Found]:
    """Of numbers from 10 on nine of ten."""
    counted = done.filter(**{f"{field}__gte": 10})
    tens = counted.annotate(rest=F(field) % 10).filter(rest=0)
    total, round_ones = counted.count(), tens.count()
    if total >= NUMBERS and round_ones * 10 >= total * 9:
        yield from records_found(
            tens.select_related("mandate__delegate").order_by("pk"),
            lambda number: f"{total}次述职中，{number}次的{what}是10的倍数。",
        )


def _numbers(records, field: str) -> list[tuple]:
    """(value, how often), the most frequent first."""
    return list(records.values_list(field).annotate(n=Count("pk")).order_by("-n", field))
