"""Reception days as an iCalendar file (RFC 5545), for the calendar of a phone."""

import datetime
from collections.abc import Iterable

from congress.numerals import listing

from .hours import hours_of
from .models import ReceptionDay

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LONGEST_LINE = 75
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19920101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar_file(
    days: Iterable[ReceptionDay], title: str, hours: str, host: str, person: int | None = None
) -> bytes:
    """The days with those on duty; ``hours`` are the township's, ``person`` is the reader.

    The same days always give the same bytes. ``last_event`` of a day is when it was last changed.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//township congress//reception days//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(title)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        *_ZONE,
    ]
    for day in days:
        lines += _event(day, day.hours or hours, host, person)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(day: ReceptionDay, hours: str, host: str, person: int | None) -> list[str]:
    names = [duty.mandate.delegate.name for duty in day.duties.all()]
    own = any(duty.mandate.delegate_id == person for duty in day.duties.all())
    is_cancelled = day.state == ReceptionDay.State.CANCELLED
    told = [f"接待代表：{listing(names)}" if names else "还没有安排接待代表", f"时间：{hours}"]
    if day.is_moved:
        told.append(f"原定{day.original_date:%Y-%m-%d}")
    return [
        "BEGIN:VEVENT",
        f"UID:reception-day-{day.pk}@{host}",
        f"DTSTAMP:{_stamp(day)}",
        f"SEQUENCE:{day.version}",
        *_times(day.date, hours_of(hours)),
        f"SUMMARY:{_escaped(_summary(day, own, is_cancelled))}",
        f"LOCATION:{_escaped(day.place)}",
        f"DESCRIPTION:{_escaped(chr(10).join(told))}",
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _summary(day: ReceptionDay, own: bool, is_cancelled: bool) -> str:
    cancelled = "（取消）" if is_cancelled else ""
    mine = "（本人轮值）" if own else ""
    return f"{day.group}接待选民{mine}{cancelled}"


def _times(date: datetime.date, hours: tuple[datetime.time, datetime.time] | None) -> list[str]:
    if hours is None:
        return [
            f"DTSTART;VALUE=DATE:{date:%Y%m%d}",
            f"DTEND;VALUE=DATE:{date + datetime.timedelta(days=1):%Y%m%d}",
        ]
    return [
        f"{name};TZID=Asia/Shanghai:{date:%Y%m%d}T{time:%H%M%S}"
        for name, time in zip(("DTSTART", "DTEND"), hours, strict=True)
    ]


def _stamp(day: ReceptionDay) -> str:
    """When it was last changed; a day without trail came from a ledger."""
    if day.last_event is None:
        return f"{day.date:%Y%m%d}T000000Z"
    return f"{day.last_event.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line in octets, broken after at most 75 of them and never within a character."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > _LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    pieces.append(piece)
    return b"\r\n".join(pieces) + b"\r\n"
