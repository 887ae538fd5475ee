"""全体代表: who makes up the township's congress on the day of a session, and who came.

Law does not say what "all delegates" are after vacancies and suspensions. Here vacant seats do not
count; the township decides whether suspended delegates do (``Township.counts_suspended``). Where
the two ways differ the page shows both.
"""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet, Sum

from congress.models import Session, Township
from congress.periods import holds_on

from .legal_numbers import quorum
from .models import Constituency, Election, Level, Mandate, SessionAttendance

Status = SessionAttendance.Status


def expected_at(session: Session) -> QuerySet:
    """Delegates of this congress in office on the session's first day: not county ones."""
    return Mandate.objects.in_office_on(session.date).filter(level=Level.TOWN, term=session.term_id)


@dataclass(frozen=True)
class Assembly:
    """Numbers of delegates of one congress on a day."""

    in_office: int
    suspended: int
    #: Seats of all constituencies; None where some are not known.
    seats: int | None
    counts_suspended: bool

    @property
    def total(self) -> int:
        """全体代表 as this township counts them."""
        return self.in_office + (self.suspended if self.counts_suspended else 0)

    @property
    def other_total(self) -> int:
        """Counted the other way."""
        return self.in_office + (0 if self.counts_suspended else self.suspended)

    @property
    def vacant(self) -> int | None:
        """Seats without a delegate; None where the seats are not known, or too few."""
        if self.seats is None or self.seats < self.in_office + self.suspended:
            return None
        return self.seats - self.in_office - self.suspended


def assembly_on(term: int, day: datetime.date, township: Township) -> Assembly:
    """Of the term with that key."""
    mandates = Mandate.objects.filter(holds_on(day), level=Level.TOWN, term=term)
    active = Mandate.objects.in_office_on(day).values("pk")
    counts = mandates.aggregate(everybody=Count("pk"), active=Count("pk", filter=Q(pk__in=active)))
    seats = Constituency.objects.filter(level=Level.TOWN, term=term).aggregate(
        number=Sum("seats"), unknown=Count("pk", filter=Q(seats__isnull=True))
    )
    return Assembly(
        counts["active"],
        counts["everybody"] - counts["active"],
        None if seats["unknown"] else seats["number"],
        township.counts_suspended,
    )


def assembly_of(session: Session) -> Assembly:
    return assembly_on(session.term_id, session.date, Township.current())


def assembly_of_election(election: Election) -> Assembly:
    """That of its session; once the votes are counted, with the total that was noted with them."""
    assembly = assembly_of(election.session)
    if election.all_delegates in (None, assembly.total):
        return assembly
    changed = election.all_delegates - assembly.total
    return replace(assembly, in_office=assembly.in_office + changed)


@dataclass(frozen=True)
class Turnout:
    """Who came to a session; all zero while nobody was marked."""

    present: int
    approved: int
    unapproved: int
    absent: int
    #: Expected and not marked.
    unmarked: int

    @property
    def marked(self) -> int:
        return self.present + self.approved + self.unapproved + self.absent

    @property
    def expected(self) -> int:
        return self.marked + self.unmarked


def turnout_of(session: Session) -> Turnout:
    """By status; of who was marked only those in office that day count."""
    counts = session.attendances.counted().aggregate(
        **{status.value: Count("pk", filter=Q(status=status)) for status in Status}
    )
    unmarked = expected_at(session).exclude(session_attendances__session=session).count()
    return Turnout(**counts, unmarked=unmarked)


def has_quorum(present: int, total: int) -> bool:
    return total > 0 and present >= quorum(total)


@dataclass(frozen=True)
class Line:
    """One delegate on the attendance sheet; without attendance not yet marked."""

    mandate: Mandate
    attendance: SessionAttendance | None
    is_expected: bool


def sheet(session: Session) -> list[Line]:
    """Everybody expected, and whoever was marked all the same, in the order of the roster."""
    marked = {each.mandate_id: each for each in session.attendances.all()}
    expected = set(expected_at(session).values_list("pk", flat=True))
    mandates = Mandate.objects.filter(pk__in=expected | marked.keys())
    return [
        Line(mandate, marked.get(mandate.pk), mandate.pk in expected)
        for mandate in mandates.select_related("delegate", "constituency").order_by("pk")
    ]
