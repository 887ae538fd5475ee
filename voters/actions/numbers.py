"""Running numbers of visits, of their forms printed ahead, and of items."""

import functools
import re

from django.db import models
from django.db.models import Max
from django.db.models.functions import Cast, Substr

from congress.editing import next_numbers
from voters.models import BlankForm, Visit


def number_in_series(model: type[models.Model], series: str) -> str:
    """The number after the highest of its series, be that given here or by a ledger."""
    return numbers_in_series(model, series, 1)[0]


def numbers_in_series(model: type[models.Model], series: str, count: int) -> list[str]:
    """The next numbers of a series. A visit and a form share theirs: each is given once."""
    sharing = (Visit, BlankForm) if model in (Visit, BlankForm) else (model,)

    @functools.cache
    def highest() -> int:
        return max(_highest(each, series) for each in sharing)

    return next_numbers(series, count, lambda number: int(number.removeprefix(series)) <= highest())


def _highest(model: type[models.Model], series: str) -> int:
    """Of what follows the series; 0 where nothing of it is a number."""
    pattern = f"^{re.escape(series)}[0-9]{{1,9}}$"
    digits = Cast(Substr("number", len(series) + 1), models.IntegerField())
    used = model._default_manager.filter(number__startswith=series, number__regex=pattern)
    return used.aggregate(highest=Max(digits))["highest"] or 0
