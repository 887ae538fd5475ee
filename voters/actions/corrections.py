"""Ballots corrected after they were entered: what stood there, who changed it and why."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from congress.models import User
from voters.ballots import ABSTAINED, changes_in_words
from voters.models import BallotCorrection
from voters.models.ballot_counts import BallotCounts

NO_REASON = "更正已登记的票数，须写明理由。"


def changed_counts(
    ballots: BallotCounts,
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
    grades: Mapping[str, str],
) -> str:
    """Each number that changed, in words; grades are called as in their scale."""
    words = {**grades, "abstained": ABSTAINED}
    labels = {
        name: words.get(name) or str(ballots._meta.get_field(name).verbose_name)
        for name in before
        if name != "third_grade" or "third_grade" in grades
    }
    return changes_in_words(before, after, labels)


def keep_correction(*, user: User, reason: str, changes: str, **of_vote: Any) -> BallotCorrection:
    """Write down a change of numbers entered before; raises without a reason.

    ``of_vote``: ``report``, or ``evaluation`` and ``is_second``.
    """
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    return BallotCorrection.objects.create(
        user=user, reason=reason.strip(), changes=changes, **of_vote
    )
