"""A recommendation of an inspection or law check goes into the loop of feedback items, once."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import User
from congress.periods import today
from congress.roles import keeps_records, require_keeper
from delegates.models import Mandate
from groups.models import Recommendation
from voters.models import FeedbackItem, Topic

from .items import register_item
from .suggestions import register_suggestion


def may_take_up_recommendation(user: User, item: FeedbackItem | None) -> bool:
    """Whether the user may take up a recommendation of which this became so far."""
    return keeps_records(user) and item is None


@transaction.atomic
def take_up_recommendation(
    *,
    user: User,
    recommendation: Recommendation,
    topic: Topic,
    title: str,
    summary: str,
    lead_proposer: Mandate | None = None,
    seconders: Iterable[Mandate] = (),
) -> FeedbackItem:
    """It becomes a feedback item, or with a lead proposer a formal suggestion; both stay linked."""
    require_keeper(user)
    locked = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    taken = FeedbackItem.objects.filter(recommendation=locked).first()
    if taken:
        raise ValidationError(f"这条建议已转为{taken.noun}{taken.number}。")
    item = FeedbackItem(
        source=FeedbackItem.Source.INSPECTION,
        recommendation=locked,
        topic=topic,
        title=title,
        summary=summary,
    )
    if lead_proposer is None:
        return register_item(user=user, item=item, year=today().year)
    item.lead_proposer = lead_proposer
    return register_suggestion(user=user, item=item, seconders=seconders)
