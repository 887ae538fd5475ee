"""Activities whose attendance is not taken to the end, found in one query."""

from django.db.models import Exists, OuterRef, Q

from congress.periods import holds_on
from delegates.models import Level, Mandate, Suspension

from .models import Activity, Attendance, LeaveRequest, Membership

Circle = Activity.Circle
#: Fields of the activity, as a query within the query of the mandates names them.
_DAY, _GROUP, _KEY = (OuterRef(OuterRef(name)) for name in ("date", "group", "pk"))


def sheet_is_open() -> Q:
    """Condition on activities: somebody expected is neither marked nor on leave.

    The rule of ``attendance.expected_at``, for all activities at once.
    """
    of_person = {"mandate__delegate": OuterRef("delegate"), "activity": _KEY}
    membership = Membership.objects.filter(holds_on(_DAY), mandate=OuterRef("pk"))
    suspended = Suspension.objects.filter(holds_on(_DAY), mandate=OuterRef("pk"))
    on_leave = LeaveRequest.objects.filter(state=LeaveRequest.State.APPROVED, **of_person)
    missing = Mandate.objects.filter(
        ~Exists(suspended),
        ~Exists(Attendance.objects.filter(**of_person)),
        ~Exists(on_leave),
        holds_on(OuterRef("date")),
    )
    in_groups = Membership.objects.filter(
        holds_on(_DAY),
        mandate=OuterRef("pk"),
        group__in=Activity.invited_groups.through.objects.filter(
            activity=OuterRef(OuterRef(OuterRef("pk")))
        ).values("delegategroup"),
    )
    named = Activity.invited.through.objects.filter(activity=_KEY, mandate=OuterRef("pk"))

    def asks(people) -> Q:
        members = people.filter(Exists(membership.filter(group=_GROUP)))
        return Q(group__isnull=True) & Q(Exists(people)) | Q(Exists(members))

    return Q(rest_not_asked=False) & (
        Q(circle=Circle.EVERYBODY) & asks(missing)
        | Q(circle=Circle.TOWN) & asks(missing.filter(level=Level.TOWN))
        | Q(circle=Circle.GROUPS) & asks(missing.filter(Exists(in_groups)))
        | Q(circle=Circle.NAMED) & asks(missing.filter(Exists(named)))
    )
