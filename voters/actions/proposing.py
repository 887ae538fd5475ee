"""Who may propose to the township congress: its own delegates, in office that day."""

import datetime
from collections.abc import Iterable

from congress.models import User
from delegates.models import Level, Mandate

from .sweep import refuse


def proposers_on(day: datetime.date):
    """The township's delegates in office on that day; a county mandate proposes elsewhere."""
    return Mandate.objects.in_office_on(day).filter(level=Level.TOWN).select_related("delegate")


def own_mandate(user: User, day: datetime.date) -> Mandate | None:
    """That by which the user is a delegate of the township on that day."""
    return proposers_on(day).filter(delegate__account=user).first()


def require_in_office(mandates: Iterable[Mandate], day: datetime.date, field: str) -> None:
    """Raises ``ValidationError`` at the field, naming those who cannot propose that day."""
    mandates = list(mandates)
    known = set(proposers_on(day).filter(pk__in=[each.pk for each in mandates]))
    others = [str(each.delegate) for each in mandates if each not in known]
    if others:
        refuse(f"{'、'.join(others)}在{day}不是在任的镇级代表，不能提出或附议，请改选。", field)
