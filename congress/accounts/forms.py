"""Forms of accounts."""

from django import forms

from congress.editing import RecordForm
from congress.fields import prepare
from congress.models import User

from . import actions


class AccountForm(RecordForm):
    """Name, role, e-mail and the code; the user name stays, the log tells by it who did what."""

    class Meta:
        model = User
        fields = ["name", "role", "email", "must_use_code"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["invalid"] = (
            "请填写完整的邮箱地址，如 name@example.cn。"
        )

    def save(self, commit=True):
        actions.change_account(by=self.user, account=self.instance)
        return self.instance


class AccountAddForm(AccountForm):
    class Meta(AccountForm.Meta):
        fields = ["username", *AccountForm.Meta.fields]
        help_texts = {
            "username": "登录时填写，一人一个，添加后不能改；用姓名拼音、工号等，不用公用的名称"
        }

    def clean_username(self):
        username = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("已有同名账号，请换一个用户名。")
        return username

    def save(self, commit=True):
        actions.add_account(by=self.user, account=self.instance)
        return self.instance


class ReasonForm(forms.Form):
    """Why an account is ended, taken up again, or asks for no code any more."""

    reason = forms.CharField(
        label="原因", max_length=200, help_text="如调离、换届、借用结束；记入审计日志"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        prepare(self.fields["reason"])
