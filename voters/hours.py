"""When a reception day begins and ends, read from the words of its hours."""

import datetime
import re

_TIME = re.compile(r"(上午|下午|晚上|中午)?\s*(\d{1,2})\s*(?:[:：点时]\s*(\d{1,2}|半)?)")
_AFTERNOON = ("下午", "晚上", "中午")


def hours_of(words: str) -> tuple[datetime.time, datetime.time] | None:
    """8:30—11:00, 上午8点半至11点, 下午2:30-5:00; None where that does not give two times."""
    times = []
    part = ""
    for part_named, hour, minute in _TIME.findall(words):
        part = part_named or part
        hour, minute = int(hour), 30 if minute == "半" else int(minute or 0)
        if part in _AFTERNOON and hour < 11:
            hour += 12
        if hour > 23 or minute > 59:
            return None
        times.append(datetime.time(hour, minute))
    if len(times) != 2 or times[0] >= times[1]:
        return None
    return times[0], times[1]
