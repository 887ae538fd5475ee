"""Duty reports planned for a year."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import User
from congress.roles import require_keeper
from delegates.models import Mandate
from voters.duty_plan import DutyPlan
from voters.models import DutyReport


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
