"""When the notice of a reception day is due."""

import datetime

from congress.models import Township


def days_short(reception: datetime.date, noticed: datetime.date, township: Township) -> str:
    """One sentence where a notice of that day comes later than the township's rule; else empty."""
    rule = township.notice_days
    left = (reception - noticed).days
    if left < 0 or left >= rule:
        return ""
    if left == 0:
        return f"公告当天就是接待日，公告应提前{rule}天"
    return f"距接待日只剩{left}天，公告应提前{rule}天"
