"""By when those to whom an inspection's recommendations went have to say what they did.

代表法 31 asks for it promptly; provinces write three months (domain B.6), the township its own.
A due day is computed, never stored: it changes with the rule and the calendar of working days.
"""

import datetime

from congress.models import SpecialDay, Township
from congress.workdays import WorkCalendar

_DAY = datetime.timedelta(days=1)


class ReplyTerm:
    """The township's term with its calendar, read once for as many transmissions as there are."""

    def __init__(self, months: int, calendar: WorkCalendar):
        #: 0 for no term at all.
        self.months = months
        self.calendar = calendar

    @classmethod
    def current(cls) -> "ReplyTerm":
        """Two queries."""
        months = Township.current().inspection_reply_months
        return cls(months, WorkCalendar(SpecialDay.objects.all()))

    def due(self, sent_on: datetime.date) -> datetime.date | None:
        """The last day in time for a reply to what was passed on that day."""
        return self.calendar.after_months(sent_on, self.months).day if self.months else None

    def overdue_if_sent_by(self, day: datetime.date) -> datetime.date | None:
        """The last day of sending whose reply was due before ``day``.

        Who sends later never has to reply earlier, so this one day parts overdue from in time.
        """
        if not self.months:
            return None
        sent_on = day - 28 * self.months * _DAY
        while self.due(sent_on) >= day:
            sent_on -= _DAY
        return sent_on
