"""Counting ballots: rates are computed, never stored."""

from decimal import ROUND_HALF_UP, Decimal


def percent(part: int | None, whole: int | None) -> str:
    """75.0%; empty where there is nothing to divide."""
    if part is None or not whole:
        return ""
    rate = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rate}%"
