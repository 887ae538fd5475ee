"""What was said where ballots were cast: written down, taken up as a feedback item, removed."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import User
from congress.periods import today
from congress.roles import keeps_records, require_keeper
from voters.models import (
    DutyOpinion,
    DutyReport,
    EvaluationComment,
    FeedbackItem,
    Topic,
    UnitEvaluation,
)
from voters.models.opinions import Opinion

from .items import register_item

_SOURCES = {
    DutyOpinion: FeedbackItem.Source.DUTY_REPORT,
    EvaluationComment: FeedbackItem.Source.EVALUATION,
}


def may_add_opinions(user: User, report: DutyReport) -> bool:
    return keeps_records(user) and report.is_held


def may_add_comments(user: User, evaluation: UnitEvaluation) -> bool:
    return keeps_records(user) and evaluation.is_voted


def may_take_up(user: User, opinion: Opinion) -> bool:
    return keeps_records(user) and opinion.item_id is None


@transaction.atomic
def add_opinions(*, user: User, report: DutyReport, texts: Iterable[str]) -> list[DutyOpinion]:
    """What the voters said, one opinion a text."""
    require_keeper(user)
    if not report.is_held:
        raise ValidationError("尚未述职，不能登记选民意见；请先登记测评结果。")
    return _add(DutyOpinion, report, texts)


@transaction.atomic
def add_comments(
    *, user: User, evaluation: UnitEvaluation, texts: Iterable[str]
) -> list[EvaluationComment]:
    """What evaluators wrote on the unit, one comment a text."""
    require_keeper(user)
    if not evaluation.is_voted:
        raise ValidationError("尚未测评，不能登记评议意见；请先登记票数。")
    return _add(EvaluationComment, evaluation, texts)


@transaction.atomic
def take_up_opinion(*, user: User, opinion: Opinion, topic: Topic, title: str) -> FeedbackItem:
    """The opinion becomes a feedback item, once, and stays linked to it."""
    require_keeper(user)
    opinion = _untaken(opinion)
    item = FeedbackItem(
        source=_SOURCES[type(opinion)], topic=topic, title=title, summary=opinion.text
    )
    opinion.item = register_item(user=user, item=item, year=today().year)
    opinion.version += 1
    opinion.save()
    return opinion.item


@transaction.atomic
def remove_opinion(*, user: User, opinion: Opinion) -> None:
    """One written down by mistake; one that was taken up stays."""
    require_keeper(user)
    _untaken(opinion).delete()


def _add(model: type[Opinion], subject, texts: Iterable[str]) -> list:
    opinions = [
        model(**{model.about: subject}, text=text.strip()) for text in texts if text.strip()
    ]
    if not opinions:
        raise ValidationError({"texts": "请写明意见，每行一条。"})
    return model.objects.bulk_create(opinions)


def _untaken(opinion: Opinion) -> Opinion:
    opinion = type(opinion).objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if opinion.item_id:
        raise ValidationError(f"这条意见已转为意见建议{opinion.item.number}。")
    return opinion
