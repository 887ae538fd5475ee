"""Leave asked for before an activity: who may ask, decide and withdraw, and what that means."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from congress.models import User
from congress.periods import today
from congress.roles import edits_group_work
from delegates.models import Delegate, Mandate

from .attendance import expected_at
from .models import Activity, Attendance, LeaveRequest

State = LeaveRequest.State


def invited_mandate(activity: Activity, delegate: Delegate) -> Mandate | None:
    """The mandate by which a person is expected; of two that of the town, as on the sheet."""
    return expected_at(activity).filter(delegate=delegate).order_by("-level", "pk").first()


@transaction.atomic
def ask(
    *,
    by: User,
    activity: Activity,
    mandate: Mandate,
    reason: str,
    remark: str = "",
    approved_by: str = "",
) -> LeaveRequest:
    """Delegates ask for themselves until the day itself; office and leaders for who telephoned.

    Where these name who approved it, the leave is approved at once. Of a person's two mandates
    the one is kept that stands on the attendance sheet.
    """
    is_own = mandate.delegate.account_id == by.pk
    if not (is_own or _keeps(by, activity)):
        raise PermissionDenied
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if is_own:
        _refuse_when_held(activity)
    if _attendance(activity, mandate):
        raise ValidationError("已登记这位代表的出席情况；要更改的，请修改出席登记。")
    mandate = invited_mandate(activity, mandate.delegate)
    if mandate is None:
        raise ValidationError({"mandate": "这位代表不在本次活动的应到之列。"})
    request = LeaveRequest(
        activity=activity, mandate=mandate, reason=reason, remark=remark, asked_by=by
    )
    if approved_by:
        if is_own:
            raise PermissionDenied
        _approve(request, by, approved_by)
    request.full_clean()
    request.save()
    return request


@transaction.atomic
def approve(*, by: User, request: LeaveRequest, approved_by: str, remark: str = "") -> LeaveRequest:
    """准假: whoever stands on the sheet as absent already is on leave then."""
    request = _to_decide(by, request)
    attendance = _attendance(request.activity, request.mandate)
    if attendance and attendance.status == Attendance.Status.PRESENT:
        raise ValidationError("已登记这位代表出席，不能再准假；登记有误的，请先修改出席登记。")
    _approve(request, by, approved_by)
    request.decision_remark = remark
    _save(request)
    if attendance:
        attendance.status = Attendance.Status.LEAVE
        attendance.reason, attendance.approved_by = request.reason, approved_by
        attendance.version += 1
        attendance.full_clean()
        attendance.save()
        Activity.objects.filter(pk=request.activity_id).update(version=F("version") + 1)
    return request


@transaction.atomic
def refuse(*, by: User, request: LeaveRequest, remark: str) -> LeaveRequest:
    """不准假, with the reason that the delegate reads."""
    request = _to_decide(by, request)
    request.state, request.decided_by, request.decided_at = State.REFUSED, by, timezone.now()
    request.decision_remark = remark
    _save(request)
    return request


@transaction.atomic
def withdraw(*, by: User, request: LeaveRequest) -> LeaveRequest:
    """The delegate comes after all; what is on the attendance sheet already is changed there."""
    request = _locked(request)
    if request.mandate.delegate.account_id == by.pk:
        _refuse_when_held(request.activity)
    elif not _keeps(by, request.activity):
        raise PermissionDenied
    if not request.is_standing:
        raise ValidationError(f"这项请假{request.get_state_display()}，无须撤回。")
    if _attendance(request.activity, request.mandate):
        raise ValidationError("已登记出席情况，不能再撤回请假；要更改的，请修改出席登记。")
    request.state = State.WITHDRAWN
    _save(request)
    return request


def may_decide(user: User, request: LeaveRequest) -> bool:
    """Whether the user decides this request now: nobody the own one."""
    is_own = request.mandate.delegate.account_id == user.pk
    return request.is_waiting and not is_own and edits_group_work(user)


def _keeps(user: User, activity: Activity) -> bool:
    visible = Activity.objects.visible_to(user).filter(pk=activity.pk)
    return edits_group_work(user) and visible.exists()


def _attendance(activity: Activity, mandate: Mandate) -> Attendance | None:
    """What the sheet says of the person, by whichever mandate."""
    return activity.attendances.filter(mandate__delegate=mandate.delegate_id).first()


def _refuse_when_held(activity: Activity) -> None:
    if activity.date < today():
        raise ValidationError("活动已经举行，不能再请假或撤回；如有出入，请与人大办公室联系。")


def _locked(request: LeaveRequest) -> LeaveRequest:
    return (
        LeaveRequest.objects.select_for_update(of=("self",))
        .select_related("activity", "mandate__delegate")
        .get(pk=request.pk)
    )


def _to_decide(by: User, request: LeaveRequest) -> LeaveRequest:
    request = _locked(request)
    if not _keeps(by, request.activity):
        raise PermissionDenied
    if not request.is_waiting:
        raise ValidationError(f"这项请假{request.get_state_display()}，不能再次办理。")
    if not may_decide(by, request):
        raise ValidationError("本人的请假请由人大办公室办理。")
    return request


def _approve(request: LeaveRequest, by: User, approved_by: str) -> None:
    request.state, request.decided_by, request.decided_at = State.APPROVED, by, timezone.now()
    request.approved_by = approved_by


def _save(request: LeaveRequest) -> None:
    request.version += 1
    request.full_clean()
    request.save()
