"""Which feedback items: whose, of when, and how their clock stands."""

import datetime

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from congress.fields import FIRST_DAY, LAST_DAY
from congress.models import Township
from congress.periods import Period, holds_on, today
from congress.roles import handles_items, is_delegate, leads_group, reads_all
from groups.models import DelegateGroup, Membership, Recommendation
from voters import progress
from voters.states import AWAITING_ANSWER, ENDED, TO_TRIAGE, WITHOUT_UNIT, State

from .reception import ReceptionDay
from .topics import HandlingUnit
from .visits import Visit


class Clock(models.TextChoices):
    """How the deadline stands to a day."""

    OVERDUE = "overdue", "逾期"
    DUE_SOON = "due-soon", "将到期"


class FeedbackItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A unit: those assigned to it.

        A leader: those of the own group, and what its members proposed. A delegate: those received
        in person or at the own duty report, and the own suggestions. Told in confidence: see
        ``open_to``; a unit and a proposer had it given by one who is named.
        """
        if reads_all(user):
            return self.open_to(user)
        if leads_group(user):
            return self._of_groups(DelegateGroup.objects.led_by(user, today())).open_to(user)
        if handles_items(user):
            return self.of_units(HandlingUnit.objects.filter(accounts=user))
        if is_delegate(user):
            return self._of_delegate(user)
        return self.none()

    def set_aside_for(self, user):
        """What the role would see, were it not told in confidence to others; for numbers only."""
        closed = self.filter(visit__in=Visit.objects.closed_to(user))
        if reads_all(user):
            return closed
        if leads_group(user):
            return closed._of_groups(DelegateGroup.objects.led_by(user, today()))
        return self.none()

    def open_to(self, user):
        """Without those of visits that were told in confidence to others."""
        closed = Visit.objects.closed_to(user)
        return self.filter(Q(visit__isnull=True) | ~Q(visit__in=closed))

    def of_units(self, units):
        """Those that the units lead or share, once assigned and as long as they are."""
        shared = self.model.co_units.through.objects.filter(
            feedbackitem=OuterRef("pk"), handlingunit__in=units
        )
        return self.filter(Q(lead_unit__in=units) | Q(Exists(shared))).exclude(
            state__in=WITHOUT_UNIT
        )

    def _of_groups(self, groups):
        """Raised on the groups' reception days or activities, at duty reports or by members."""
        members = Membership.objects.filter(holds_on(today()), group__in=groups)
        said = self._opinions().filter(report__mandate__in=members.values("mandate"))
        proposed = self.model.proposers.through.objects.filter(
            feedbackitem=OuterRef("pk"), mandate__in=members.values("mandate")
        )
        advised = Recommendation.objects.filter(
            pk=OuterRef("recommendation"), activity__group__in=groups
        )
        return self.filter(
            Q(visit__day__group__in=groups)
            | Q(Exists(said))
            | Q(Exists(proposed))
            | Q(Exists(advised))
        )

    def _opinions(self):
        """What was said at duty reports and became the item."""
        opinions = self.model._meta.get_field("duty_opinion").related_model.objects
        return opinions.filter(item=OuterRef("pk"))

    def _of_delegate(self, user):
        received = Visit.received_by.through.objects.filter(
            ~Q(visit__in=Visit.objects.closed_to(user)),
            visit=OuterRef("visit"),
            mandate__delegate__account=user,
        )
        proposed = self.model.proposers.through.objects.filter(
            feedbackitem=OuterRef("pk"), mandate__delegate__account=user
        )
        said = self._opinions().filter(report__mandate__delegate__account=user)
        return self.filter(Q(Exists(received)) | Q(Exists(proposed)) | Q(Exists(said)))

    def collected_in(self, period: Period):
        """Items raised in visits of the period; the visit's day decides."""
        return self.raised_in(period.first, period.last, only_visits=True)

    def raised_in(
        self,
        first: datetime.date = FIRST_DAY,
        last: datetime.date = LAST_DAY,
        *,
        only_visits: bool = False,
        with_cancelled: bool = False,
    ):
        """By the day of the visit; of what came from elsewhere, by that of its registration.

        What was raised on a day that was cancelled later is left out unless asked for. The visits
        are named by a subquery: both sides of the alternative then have an index.
        """
        days = ReceptionDay.objects.filter(date__range=(first, last))
        if not with_cancelled:
            days = days.exclude(state=ReceptionDay.State.CANCELLED)
        raised = Q(visit__in=Visit.objects.filter(day__in=days))
        if not only_visits:
            raised |= Q(visit__isnull=True, registered_on__range=(first, last))
        return self.filter(raised)

    def with_raised_day(self):
        """Annotates ``raised_day``, the day that ``raised_in`` goes by."""
        return self.annotate(raised_day=Coalesce("visit__day__date", "registered_on"))

    def accepted(self):
        return self.filter(progress.accepted())

    def with_deadline(self):
        """Annotates ``deadline``: the extension if there is one, else the day it was due.

        None while a unit that was still in time has returned it: that time does not count.
        """
        deadline = Coalesce("extended_to", "due_on")
        return self.annotate(
            deadline=Case(
                When(state=State.RETURNED, returned_on__lte=deadline, then=None),
                default=deadline,
                output_field=models.DateField(),
            )
        )

    def with_clock(self, day: datetime.date):
        """Annotates ``deadline`` and ``clock``, see ``Clock``; the one source of both."""
        return self.with_deadline().annotate(
            clock=Case(
                When(progress.overdue(day), then=Value(Clock.OVERDUE)),
                When(self._due_soon(day), then=Value(Clock.DUE_SOON)),
                default=Value(""),
                output_field=models.CharField(),
            )
        )

    @staticmethod
    def _due_soon(day: datetime.date) -> Q:
        within = datetime.timedelta(days=Township.current().remind_before_days)
        return Q(state__in=AWAITING_ANSWER, deadline__range=(day, day + within))

    def past_due(self, day: datetime.date):
        """Accepted items whose deadline lies before that day; the deadline day is still in time."""
        return self.accepted().with_deadline().filter(progress.past_due(day))

    def overdue(self, day: datetime.date):
        """Past due, and an answer is owed that day."""
        return self.with_deadline().filter(progress.overdue(day))

    def due_soon(self, day: datetime.date):
        """An answer is owed that day or within the days the township is reminded before."""
        return self.with_deadline().filter(self._due_soon(day))

    def replied_by(self, day: datetime.date):
        return self.filter(progress.answered(day))

    def closed_by(self, day: datetime.date):
        return self.filter(progress.closed(day))

    def with_state_on(self, day: datetime.date):
        """Annotates ``state_on``: the state as far as it had come by that day."""
        return self.annotate(state_on=progress.state_on(day))

    def to_triage(self):
        """On the office's table, the oldest first."""
        return self.filter(state__in=TO_TRIAGE).order_by("registered_on", "pk")

    def waiting(self):
        """Not yet told and closed."""
        return self.exclude(state__in=ENDED)

    def supervised(self):
        """督办: those the chair has an eye on, the longest first."""
        return self.filter(supervised_on__isnull=False).order_by("supervised_on", "pk")
