"""When an answer is due, by the township's terms and the calendar of working days.

Feedback: so many working days. Delegates' suggestions: three months from the day of assignment, six
for wide or difficult ones (代表法 51); by the same term what the congress has passed. Months are
counted by 民法典 200–203: the first day does not count, a month without the corresponding day ends
on its last, and a last day off moves on to the next working day.
"""

import datetime

from congress.models import Township
from congress.workdays import WorkCalendar, WorkdayCount
from voters.models import FeedbackItem


class Deadlines:
    """The township's terms with its calendar, read once for as many items as there are."""

    def __init__(self, township: Township, calendar: WorkCalendar):
        self.township = township
        self.calendar = calendar

    @classmethod
    def since(cls, day: datetime.date) -> "Deadlines":
        """For what is assigned on that day or later; two queries."""
        return cls(Township.current(), WorkCalendar.since(day))

    def of(self, item: FeedbackItem, assigned_on: datetime.date) -> WorkdayCount:
        """When the answer to the item is due if it is assigned on that day."""
        if not item.is_due_in_months:
            return self.calendar.after_workdays(assigned_on, self.township.feedback_target_days)
        return self.calendar.after_months(assigned_on, self.months(item))

    def months(self, item: FeedbackItem) -> int:
        """A suggestion's term."""
        township = self.township
        return township.suggestion_wide_months if item.is_wide else township.suggestion_months

    def redo(self, item: FeedbackItem, day: datetime.date) -> WorkdayCount:
        """When the second answer is due to what is reopened on that day.

        It lies after the first deadline: who answered early is given no less time than that.
        """
        due = self.calendar.after_months(day, self.township.redo_months)
        if item.due_on and due.day <= item.due_on:
            return self.calendar.after_workdays(item.due_on, 1)
        return due

    def last_extension(self, item: FeedbackItem) -> datetime.date | None:
        """The furthest day a suggestion may be extended to (代表法 51); other items have none."""
        if not item.is_due_in_months:
            return None
        return self.calendar.after_months(
            item.assigned_on, self.township.suggestion_wide_months
        ).day

    def answer_by(self, deadline: datetime.date | None, day: datetime.date) -> datetime.date:
        """By when a reminder of that day asks for the answer: the deadline while it is to come.

        Many reminded together have no deadline in common.
        """
        if deadline and deadline >= day:
            return deadline
        return self.calendar.after_workdays(day, self.township.remind_after_days).day

    def last_day_to_return(self, assigned_on: datetime.date) -> datetime.date:
        return self.calendar.after_workdays(assigned_on, self.township.return_limit_days).day

    def resumed(
        self, deadline: datetime.date, returned_on: datetime.date, day: datetime.date
    ) -> datetime.date:
        """The deadline after a return was not allowed: the working days it took do not count."""
        days = (day - returned_on).days
        away = sum(
            self.calendar.is_workday(returned_on + datetime.timedelta(days=number))
            for number in range(1, days + 1)
        )
        return self.calendar.after_workdays(deadline, away).day if away else deadline
