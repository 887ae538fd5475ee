"""What was promised with an answer: kept, or put off to another day; the item's trail says so."""

import datetime

from django.db import transaction

from congress.models import User
from congress.periods import today
from congress.roles import require_keeper
from voters.models import Commitment

from .entering import write_entry
from .sweep import refuse


@transaction.atomic
def fulfil_commitment(
    *, user: User, commitment: Commitment, kept_on: datetime.date, result: str
) -> Commitment:
    """Record that it was kept, on which day and how."""
    _require_open(user, commitment)
    if kept_on > today():
        refuse("落实日期不能晚于今天。", "kept_on")
    commitment.kept_on, commitment.result = kept_on, result.strip()
    commitment.full_clean()
    commitment.save()
    words = f"{commitment.text}\n{kept_on}落实：{commitment.result}"
    write_entry(user, commitment.item, "fulfil", words)
    return commitment


@transaction.atomic
def postpone_commitment(
    *, user: User, commitment: Commitment, due_on: datetime.date, reason: str
) -> Commitment:
    """Put it off to a later day, with the reason."""
    _require_open(user, commitment)
    before = commitment.due_on
    if due_on <= before:
        refuse(f"须晚于原承诺期限{before}。", "due_on")
    if due_on < today():
        refuse("新的承诺期限不能早于今天。", "due_on")
    if not reason.strip():
        refuse("请填写改期的理由。", "reason")
    commitment.due_on = due_on
    commitment.full_clean()
    commitment.save()
    words = f"{commitment.text}\n由{before}改为{due_on}，理由：{reason.strip()}"
    write_entry(user, commitment.item, "postpone", words)
    return commitment


def _require_open(user: User, commitment: Commitment) -> None:
    require_keeper(user)
    stored = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if stored.kept_on:
        refuse(f"这项承诺已于{stored.kept_on}落实，不能再改。")
