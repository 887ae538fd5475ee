"""Keeping the list of topics closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from congress.models import User
from congress.roles import require_keeper
from voters.models import FeedbackItem, FeedbackStep, Topic


@transaction.atomic
def merge_topic(*, user: User, topic: Topic, into: Topic) -> int:
    """Move all items of a topic to another and close it; how many were moved."""
    require_keeper(user)
    if into.pk == topic.pk:
        raise ValidationError({"merged_into": "类别不能并入自己。"})
    if into.merged_into_id:
        raise ValidationError({"merged_into": f"“{into}”本身已并入其他类别，请另选一个。"})
    items = FeedbackItem.objects.filter(topic=topic)
    steps = [
        FeedbackStep(
            item_id=pk,
            user=user,
            from_state=state,
            to_state=state,
            note=f"类别由“{topic}”并入“{into}”",
        )
        for pk, state in items.values_list("pk", "state")
    ]
    items.update(topic=into, version=F("version") + 1)
    FeedbackStep.objects.bulk_create(steps)
    Topic.objects.filter(merged_into=topic).update(merged_into=into)
    topic.merged_into = into
    topic.save()
    return len(steps)
