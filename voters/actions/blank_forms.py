"""Registration forms printed ahead: their numbers are given to no other visit."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import User
from congress.periods import today
from congress.roles import require_keeper
from voters.models import BlankForm, ReceptionDay

from .numbers import numbers_in_series

MOST_AT_ONCE = 50


@transaction.atomic
def number_forms(*, user: User, count: int, day: ReceptionDay | None = None) -> list[BlankForm]:
    """A batch of forms with the next numbers of the day's year, or of this year without a day."""
    require_keeper(user)
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValidationError({"count": f"一批印1至{MOST_AT_ONCE}份。"})
    if day and day.state == ReceptionDay.State.CANCELLED:
        raise ValidationError({"day": "这个接待日已取消，不用印登记表。"})
    batch = uuid.uuid4()
    year = (day.date if day else today()).year
    return BlankForm.objects.bulk_create(
        BlankForm(number=number, batch=batch, day=day, printed_by=user)
        for number in numbers_in_series(BlankForm, f"{year}-", count)
    )
