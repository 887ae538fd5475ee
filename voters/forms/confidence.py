"""知情人员: for whom a visit that was told in confidence exists."""

from django import forms

from congress.models import User
from voters.actions import change_informed, may_be_informed
from voters.models import Visit

from .drafts import StepForm


class AccountsField(forms.ModelMultipleChoiceField):
    """Accounts to tick, each with its role."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, account):
        return f"{account.name}（{account.get_role_display()}）"


class InformedForm(StepForm):
    informed = AccountsField(
        queryset=User.objects.none(),
        label="知情人员",
        help_text=(
            "只有勾选的人员能看到这次来访和它的意见建议，其他人查不到。"
            "意见由知情人员交办给承办单位的，该单位在办理期间可以看到这条意见，看不到来访登记"
        ),
        error_messages={"required": "至少要有一位知情人员，否则没有人能够办理。"},
    )
    reason = forms.CharField(
        label="事由", max_length=100, help_text="为什么指定或者取消，记入审计日志"
    )

    class Meta:
        model = Visit
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = self.instance.informed.filter(is_active=True)
        self.fields["informed"].queryset = may_be_informed(self.instance)
        self.initial["informed"] = list(named.values_list("pk", flat=True))

    def save(self):
        change_informed(user=self.user, visit=self.instance, **self.changes)
        return self.instance
