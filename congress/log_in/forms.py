"""The form of a one-time code."""

from django import forms

from congress.fields import prepare

WRONG = (
    "口令不对，或者已经用过。请等手机上换成下一个再输入；总是不对的，请把手机的日期和时间设为自动。"
)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="动态口令",
        max_length=30,
        help_text="手机上显示的6位数字，每30秒换一次",
        widget=forms.TextInput(
            {"inputmode": "text", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        prepare(self.fields["code"])

    def say_wrong(self) -> None:
        self.add_error("code", WRONG)
