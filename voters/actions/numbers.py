"""Running numbers of visits and items."""

import re

from django.db import models

from congress.editing import next_number


def number_in_series(model: type[models.Model], series: str) -> str:
    """The number after the highest of its series, be that given here or by a ledger."""
    used = model._default_manager.filter(number__startswith=series).values_list("number", flat=True)
    pattern = re.compile(re.escape(series) + r"(\d+)")
    highest = max((int(match[1]) for match in map(pattern.fullmatch, used) if match), default=0)
    return next_number(series, lambda number: int(number.removeprefix(series)) <= highest)
