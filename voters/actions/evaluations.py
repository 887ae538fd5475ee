"""Work evaluations: units arranged, their ballots entered, what became of the results."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.editing import EditedMeanwhile
from congress.models import BallotScales, User
from congress.roles import require_keeper
from groups.models import Activity
from voters.ballots import EVALUATORS, grade_fields, refusals
from voters.models import HandlingUnit, SecondVote, UnitEvaluation
from voters.models.ballot_counts import COUNTS
from voters.models.evaluations import TOLD
from voters.unit_results import delegates_present, second_vote_of

from .corrections import changed_counts, keep_correction

NO_ATTENDANCE = "本次活动还没有登记出席，参评代表人数不明；请先登记出席，再登记票数。"
#: What is entered of each unit.
UNIT_COUNTS = ("others_present", *COUNTS)


@dataclass(frozen=True)
class Entry:
    """What was entered for a unit, on a page that showed this version; None empties it."""

    version: int
    counts: Mapping[str, int] | None


@transaction.atomic
def arrange_units(
    *, user: User, activity: Activity, heads: Mapping[HandlingUnit, str], method: str
) -> list[UnitEvaluation]:
    """Arrange the units for the evaluation, each with its 负责人; counts stay empty."""
    require_keeper(user)
    if activity.kind != Activity.Kind.EVALUATION:
        raise ValidationError("只有工作评议活动才有被评议单位。")
    if not heads:
        raise ValidationError("请至少勾选一个单位。")
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    already = activity.unit_evaluations.filter(unit__in=heads).select_related("unit")
    if names := "、".join(str(each.unit) for each in already):
        raise ValidationError(f"{names}已安排在本次评议中，不用再选。")
    arranged = [
        UnitEvaluation(activity=activity, unit=unit, head=head, method=method)
        for unit, head in heads.items()
    ]
    for each in arranged:
        each.clean_fields()
    return UnitEvaluation.objects.bulk_create(arranged)


def contradictions(
    counts: Mapping[str, int | None], grades: Mapping[str, str], present: int
) -> list[tuple[str, str]]:
    """(field, sentence) of each wrong number of a unit; ``present`` delegates could vote."""
    others = counts["others_present"]
    evaluators = None if others is None else present + others
    return list(refusals({**counts, "evaluators": evaluators}, grades, EVALUATORS))


@transaction.atomic
def enter_unit_ballots(
    *, user: User, activity: Activity, entries: Mapping[int, Entry], reason: str = ""
) -> list[UnitEvaluation]:
    """Enter or correct the ballots of the activity's units, all or none; returns the changed ones.

    Numbers entered before are changed only with a reason, which is kept with them. Raises
    ``EditedMeanwhile`` where somebody else changed a unit's numbers to others than these.
    """
    require_keeper(user)
    units = activity.unit_evaluations.select_for_update(of=("self",)).select_related("unit")
    stored = {each.pk: each for each in units.order_by("pk")}
    changed = [
        each
        for each in stored.values()
        if each.pk in entries and _told(each) != _wanted(entries[each.pk])
    ]
    if any(entries[each.pk].version != each.version for each in changed):
        raise EditedMeanwhile
    present = delegates_present(activity)
    if changed and present is None:
        raise ValidationError(NO_ATTENDANCE)
    grades = grade_fields(BallotScales.load().of(activity.date.year))
    for each in changed:
        _enter(user, each, entries[each.pk].counts, reason, grades, present)
    return changed


def _told(evaluation: UnitEvaluation) -> dict[str, int | None]:
    return {name: getattr(evaluation, name) for name in UNIT_COUNTS}


def _wanted(entry: Entry) -> dict[str, int | None]:
    return dict(entry.counts) if entry.counts else dict.fromkeys(UNIT_COUNTS)


def _enter(user, evaluation, counts, reason, grades, present) -> None:
    if counts is None:
        _refuse_emptying(evaluation)
    elif wrong := contradictions(counts, grades, present):
        raise ValidationError([f"{evaluation.unit}：{sentence}" for _, sentence in wrong])
    before, was_voted = _told(evaluation), evaluation.is_voted
    for name, number in (counts or dict.fromkeys(UNIT_COUNTS)).items():
        setattr(evaluation, name, number)
    evaluation.full_clean(validate_unique=False)
    evaluation.version += 1
    evaluation.save()
    if was_voted:
        words = changed_counts(evaluation, before, _told(evaluation), grades)
        keep_correction(user=user, reason=reason, changes=words, evaluation=evaluation)


def _refuse_emptying(evaluation: UnitEvaluation) -> None:
    if any(getattr(evaluation, field) for field in TOLD) or evaluation.demands:
        raise ValidationError(
            f"{evaluation.unit}的结果已报送、反馈或提出整改，不能清空；数字有误的请直接更正。"
        )
    if second_vote_of(evaluation) or evaluation.comments.exists():
        raise ValidationError(f"{evaluation.unit}已有复评或评议意见，不能清空票数。")


@transaction.atomic
def tell_results(
    *, user: User, activity: Activity, days: Mapping[str, datetime.date | None]
) -> int:
    """The days on which the results of all units were told; a day told before stays.

    Returns how many units were marked.
    """
    require_keeper(user)
    given = {field: day for field, day in days.items() if day}
    if not given:
        raise ValidationError("请至少填写一个日期。")
    if early := {
        f: ["日期不能早于评议活动日期。"] for f, day in given.items() if day < activity.date
    }:
        raise ValidationError(early)
    voted = activity.unit_evaluations.voted().select_for_update(of=("self",))
    marked = 0
    for each in voted.order_by("pk"):
        missing = [field for field in given if getattr(each, field) is None]
        for field in missing:
            setattr(each, field, given[field])
        if missing:
            each.version += 1
            each.save()
            marked += 1
    if not marked:
        raise ValidationError("各单位的这些日期都已登记；要更正的，请到该单位的页面修改。")
    return marked


SECOND_COUNTS = ("delegates_present", "others_present", *COUNTS)


@transaction.atomic
def save_second_vote(
    *, user: User, second: SecondVote, before: Mapping[str, int | None] | None, reason: str = ""
) -> SecondVote:
    """Enter the 复评 of a unit, or correct it: then with what stood ``before`` and a reason."""
    require_keeper(user)
    UnitEvaluation.objects.select_for_update(of=("self",)).get(pk=second.evaluation_id)
    second.full_clean()
    second.save()
    if before and (words := _changed_second(second, before)):
        keep_correction(
            user=user,
            reason=reason,
            changes=words,
            evaluation=second.evaluation,
            is_second=True,
        )
    return second


@transaction.atomic
def remove_second_vote(*, user: User, second: SecondVote, reason: str) -> None:
    """One entered by mistake; its numbers stay in the trail, with the reason."""
    require_keeper(user)
    second = SecondVote.objects.select_for_update(of=("self",)).get(pk=second.pk)
    before = {name: getattr(second, name) for name in SECOND_COUNTS}
    for name in SECOND_COUNTS:
        setattr(second, name, None)
    keep_correction(
        user=user,
        reason=reason,
        changes=_changed_second(second, before),
        evaluation=second.evaluation,
        is_second=True,
    )
    second.delete()


def _changed_second(second: SecondVote, before: Mapping[str, int | None]) -> str:
    after = {name: getattr(second, name) for name in SECOND_COUNTS}
    grades = grade_fields(BallotScales.load().of(second.held_on.year))
    return changed_counts(second, before, after, grades)
