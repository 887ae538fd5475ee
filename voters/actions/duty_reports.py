"""Duty reports: planned for a year, and what the voters said there taken up as items."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import User
from congress.periods import today
from congress.roles import keeps_records, require_keeper
from delegates.models import Mandate
from voters.duty_plan import DutyPlan
from voters.models import DutyOpinion, DutyReport, FeedbackItem, Topic

from .items import register_item


@transaction.atomic
def plan_reports(
    *, user: User, year: int, months: Mapping[Mandate, int], again: bool = False
) -> list[DutyReport]:
    """Plan a report for each of the mandates in its month.

    Nobody reports twice before everybody has reported once this term, unless ``again`` says that
    it is wanted.
    """
    require_keeper(user)
    if not months:
        raise ValidationError("请至少勾选一名代表。")
    plan = DutyPlan(year)
    candidates = {each.mandate.pk: each for each in plan.candidates}
    for mandate in months:
        candidate = candidates.get(mandate.pk)
        if candidate is None:
            raise ValidationError(f"{mandate.delegate}现不在任，不能安排述职。")
        if candidate.planned:
            raise ValidationError(f"{mandate.delegate}{year}年已安排述职。")
        if candidate.had_a_turn and plan.never and not again:
            raise ValidationError(
                f"{mandate.delegate}本届已述职或已安排，还有{len(plan.never)}人本届未述职。"
                "确需再次安排的，请勾选“同意再次述职”。"
            )
    reports = [
        DutyReport(year=year, mandate=mandate, planned_month=month)
        for mandate, month in months.items()
    ]
    for report in reports:
        report.clean_fields()
    return DutyReport.objects.bulk_create(reports)


def may_add_opinions(user: User, report: DutyReport) -> bool:
    return keeps_records(user) and report.is_held


def may_take_up(user: User, opinion: DutyOpinion) -> bool:
    return keeps_records(user) and opinion.item_id is None


@transaction.atomic
def add_opinions(*, user: User, report: DutyReport, texts: Iterable[str]) -> list[DutyOpinion]:
    """What the voters said, one opinion a text."""
    require_keeper(user)
    if not report.is_held:
        raise ValidationError("尚未述职，不能登记选民意见；请先登记测评结果。")
    opinions = [DutyOpinion(report=report, text=text.strip()) for text in texts if text.strip()]
    if not opinions:
        raise ValidationError({"texts": "请写明意见，每行一条。"})
    return DutyOpinion.objects.bulk_create(opinions)


@transaction.atomic
def take_up_opinion(*, user: User, opinion: DutyOpinion, topic: Topic, title: str) -> FeedbackItem:
    """The opinion becomes a feedback item, once, and stays linked to it."""
    require_keeper(user)
    opinion = _untaken(opinion)
    item = FeedbackItem(
        source=FeedbackItem.Source.DUTY_REPORT, topic=topic, title=title, summary=opinion.text
    )
    opinion.item = register_item(user=user, item=item, year=today().year)
    opinion.version += 1
    opinion.save()
    return opinion.item


@transaction.atomic
def remove_opinion(*, user: User, opinion: DutyOpinion) -> None:
    """One written down by mistake; one that was taken up stays."""
    require_keeper(user)
    _untaken(opinion).delete()


def _untaken(opinion: DutyOpinion) -> DutyOpinion:
    opinion = DutyOpinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if opinion.item_id:
        raise ValidationError(f"这条意见已转为意见建议{opinion.item.number}。")
    return opinion
