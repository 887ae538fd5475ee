"""Days that cannot be: a cut-off to come, records outside the term; the date of signature."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from congress.models import Session, Term
from congress.numerals import full_date
from congress.periods import today
from delegates.models import Mandate
from groups.models import DelegateGroup
from reports.figures import activities, duty, reception

from .check import ERROR, WARNING, Found, check, records_found
from .subject import Subject


@check(
    "cut_off_ahead", "统计截止日还没有到", ERROR, "统计截止日晚于今天，报告不能说还没有发生的事。"
)
def cut_off_ahead(subject: Subject) -> Iterator[Found]:
    report = subject.report
    if report.cut_off > today():
        yield Found(
            f"统计截止日{full_date(report.cut_off)}还没有到。",
            address=reverse("report_settings", args=[report.slug]),
        )


@check("signature", "署名和成文日期", WARNING, "有署名没有成文日期，或者成文日期早于统计截止日。")
def signature(subject: Subject) -> Iterator[Found]:
    report = subject.report
    address = reverse("report_settings", args=[report.slug])
    if report.organ and not report.dated:
        yield Found(f"报告署名“{report.organ}”，没有写成文日期。", address=address)
    elif report.dated and report.dated < report.cut_off:
        yield Found(
            f"成文日期{full_date(report.dated)}早于统计截止日{full_date(report.cut_off)}。",
            address=address,
        )


@check(
    "outside_the_term",
    "日期不在任期内",
    ERROR,
    "统计期内的记录、代表资格、代表小组，日期不在所属一届的任期之内。",
)
def outside_the_term(subject: Subject) -> Iterator[Found]:
    if not Term.objects.exists():
        return
    scope = subject.scope
    if not Term.objects.filter(_running(scope.last)).exists():
        yield Found(
            f"统计截止日{full_date(scope.last)}不在任何一届的任期之内。",
            address=reverse("term_list"),
        )
        return
    for records, words, label in _astray(subject):
        yield from records_found(records, words, label=label)


def _running(day) -> Q:
    """Terms that run on that day; of the query around them too."""
    return Q(first_day__lte=day) & (Q(last_day__isnull=True) | Q(last_day__gte=day))


def _outside(day: str, term: str) -> Q:
    """The day lies before the first day of that term or after its last."""
    return Q(**{f"{day}__lt": F(f"{term}__first_day")}) | Q(
        **{f"{day}__gt": F(f"{term}__last_day")}
    )


def _astray(subject: Subject):
    """(records, sentence of their number, label) of each kind of record."""
    scope = subject.scope
    days = (scope.first, scope.last)
    over = Q(term__last_day__lt=scope.last) | Q(term__first_day__gt=scope.last)
    yield (
        Mandate.objects.in_office_on(scope.last).filter(over).select_related("delegate"),
        lambda number: f"{number}名代表所属的一届在统计截止日不在任期之内，代表资格仍未终止。",
        str,
    )
    yield (
        DelegateGroup.objects.holding_on(scope.last).filter(scope.within("pk"), over),
        lambda number: f"{number}个代表小组所属的一届在统计截止日不在任期之内。",
        str,
    )
    yield (
        reception.days_held(scope).filter(_outside("date", "group__term")).select_related("group"),
        lambda number: f"{number}个接待选民日不在代表小组所属一届的任期之内。",
        str,
    )
    running = Term.objects.filter(_running(OuterRef("date")))
    yield (
        activities.in_period(scope).filter(
            (Q(group__isnull=True) & ~Exists(running)) | _outside("date", "group__term")
        ),
        lambda number: f"{number}次活动的日期不在任期之内。",
        lambda activity: f"{activity.date:%Y-%m-%d} {activity}",
    )
    yield (
        duty.planned(scope)
        .held_in(scope.period)
        .filter(_outside("held_on", "mandate__term"))
        .select_related("mandate__delegate"),
        lambda number: f"{number}次述职的日期不在代表所属一届的任期之内。",
        str,
    )
    yield (
        Session.objects.filter(_outside("date", "term"), date__range=days).select_related("term"),
        lambda number: f"{number}次会议的日期不在所属一届的任期之内。",
        lambda session: f"{session.date:%Y-%m-%d} {session}",
    )
