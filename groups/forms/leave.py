"""Forms for asking for leave and deciding on it."""

from django import forms

from congress.roles import leads_group
from delegates.decisions import DecisionForm
from groups.attendance import expected_at
from groups.models import Activity, Attendance, LeaveRequest

_REMARK = LeaveRequest._meta.get_field("remark")
_APPROVED_BY = LeaveRequest._meta.get_field("approved_by")


class AskForm(DecisionForm):
    """A delegate's own request."""

    reason = forms.ChoiceField(
        label="事由", choices=[("", ""), *Attendance.Reason.choices], help_text="只选类别"
    )
    remark = forms.CharField(
        label="备注",
        required=False,
        max_length=_REMARK.max_length,
        help_text=_REMARK.help_text,
    )


class EnterForm(AskForm):
    """For somebody who telephoned: among those expected who neither asked nor were marked."""

    mandate = forms.ModelChoiceField(label="代表", queryset=None)
    approved_by = forms.CharField(
        label="批准人",
        required=False,
        max_length=_APPROVED_BY.max_length,
        help_text="已经准假的填写，如：人大主席；留空的待批准",
    )
    field_order = ["mandate", "reason", "remark", "approved_by"]

    def __init__(self, *args, activity: Activity, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = expected_at(activity)
        for known in (activity.leave_requests.standing(), activity.attendances.all()):
            people = people.exclude(delegate__in=known.values("mandate__delegate"))
        if leads_group(user):
            people = people.exclude(delegate__account=user)
        once_each = {}
        for mandate in people.order_by("-level", "pk"):
            once_each.setdefault(mandate.delegate_id, mandate.pk)
        self.fields["mandate"].queryset = (
            people.filter(pk__in=once_each.values()).select_related("delegate").order_by("pk")
        )


class ApproveForm(DecisionForm):
    approved_by = forms.CharField(
        label=_APPROVED_BY.verbose_name,
        max_length=_APPROVED_BY.max_length,
        help_text=_APPROVED_BY.help_text,
    )
    remark = forms.CharField(label="说明", required=False, max_length=100)


class RefuseForm(DecisionForm):
    remark = forms.CharField(label="原因", max_length=100, help_text="代表本人看得到")


class WithdrawForm(DecisionForm):
    """Nothing to fill in; asks once more."""
