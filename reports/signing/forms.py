"""Forms on the way to a signature."""

import uuid

from django import forms

from delegates.decisions import DecisionForm

from .verifying import MAX_BYTES, TOO_BIG


class ReturnForm(DecisionForm):
    reason = forms.CharField(
        label="退回原因", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SignForm(DecisionForm):
    """``seen`` is what the page showed, so that nothing else is signed."""

    seen = forms.CharField(widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="查验码", max_length=40, widget=forms.TextInput(attrs={"class": "form-control"})
    )


class FileForm(DecisionForm):
    file = forms.FileField(
        label="文件",
        help_text="PDF、Word或网页文件，不超过10MB；只核对，不保存",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.html", "class": "form-control"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file
