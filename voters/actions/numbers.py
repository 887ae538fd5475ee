"""Running numbers of visits, of their forms printed ahead, and of items."""

import functools
import re

from django.db import models

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
    used = model._default_manager.filter(number__startswith=series).values_list("number", flat=True)
    pattern = re.compile(re.escape(series) + r"(\d+)")
    return max((int(match[1]) for match in map(pattern.fullmatch, used) if match), default=0)
