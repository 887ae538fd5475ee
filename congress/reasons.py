"""The reason that is asked for before personal data are shown, exported or printed in full."""

from collections.abc import Sequence

from django import forms
from django.utils.html import format_html, format_html_join


class SuggestingInput(forms.TextInput):
    """A line with the usual answers to choose from."""

    def __init__(self, usual: Sequence[str]):
        super().__init__({"autocomplete": "off"})
        self.usual = usual

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{(attrs or {}).get('id', name)}-usual"
        line = super().render(name, value, (attrs or {}) | {"list": list_id}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', ([one] for one in self.usual)
        )
        return format_html('{}<datalist id="{}">{}</datalist>', line, list_id, options)


class ReasonForm(forms.Form):
    """Why somebody has to see what is masked; the reason is kept in the audit log."""

    usual: Sequence[str] = ("联系告知办理结果", "核实反映内容", "约定上门查看时间", "征询是否满意")
    reason = forms.CharField(
        label="事由",
        max_length=100,
        error_messages={"required": "请写明为什么要看完整的个人信息。"},
        help_text="可选常用的，也可自己写；与查看人、时间一并记入审计日志",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = SuggestingInput(self.usual)
        self.fields["reason"].widget.attrs["maxlength"] = 100
