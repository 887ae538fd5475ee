"""Forms of people, mandates and constituencies."""

from django import forms

from congress.editing import RecordForm
from delegates.decisions import DecisionForm
from delegates.identity import check_identity
from delegates.models import Constituency, Delegate, Mandate, Suspension


class IdentityField(forms.CharField):
    """A 身份证号 that may be one; it is never shown again."""

    def __init__(self, **kwargs):
        super().__init__(label="身份证号", required=False, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        try:
            return check_identity(value) if value else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"autocomplete": "off", "spellcheck": "false"}


class DelegateForm(RecordForm):
    identity = IdentityField(help_text="可不填；加密保存，页面上只显示首尾")
    forget_identity = forms.BooleanField(label="删除已登记的身份证号", required=False)
    field_order = ("name", "sex", "birth_month", "identity")

    class Meta:
        model = Delegate
        fields = [
            "name",
            "sex",
            "birth_month",
            "ethnicity",
            "education",
            "party",
            "occupation",
            "phone",
            "account",
            "note",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        month = self.fields["birth_month"]
        month.input_formats = ["%Y-%m", "%Y-%m-%d"]
        month.widget = forms.DateInput(format="%Y-%m", attrs={"type": "month"})
        month.help_text = "如：1975-03"
        if self.instance.identity_sealed:
            self.fields["identity"].help_text = "已登记，不改的留空；填写新的就替换原来的"
        else:
            del self.fields["forget_identity"]

    def clean_identity(self):
        number = self.cleaned_data["identity"]
        if not number:
            return ""
        others = Delegate.objects.with_identity(number).exclude(pk=self.instance.pk)
        if other := others.first():
            raise forms.ValidationError(f"{other}已登记这个身份证号，请核对是否同一人。")
        return number

    def clean(self):
        super().clean()
        if self.cleaned_data.get("identity") and self.cleaned_data.get("forget_identity"):
            self.add_error("forget_identity", "填写了新的身份证号，不用勾选删除。")

    def _post_clean(self):
        number = self.cleaned_data.get("identity", "")
        if number or self.cleaned_data.get("forget_identity"):
            self.instance.identity = number
        super()._post_clean()

    def differences(self, current):
        """What two editors typed for the 身份证号 is shown to neither."""
        secret = {
            self[name].label for name in ("identity", "forget_identity") if name in self.fields
        }
        return [each for each in super().differences(current) if each.label not in secret]


class RevealIdentityForm(DecisionForm):
    reason = forms.CharField(
        label="查看事由",
        max_length=100,
        error_messages={"required": "请写明为什么要看完整的身份证号。"},
        help_text="如核对选民登记、办理代表证",
    )


class ConstituencyField(forms.ModelChoiceField):
    """Constituencies of all terms, the newest first, told apart by term and level."""

    def __init__(self, **kwargs):
        constituencies = Constituency.objects.select_related("term")
        super().__init__(constituencies.order_by("-term__ordinal", "level", "pk"), **kwargs)

    def label_from_instance(self, constituency):
        return f"{constituency}（{constituency.term}，{constituency.get_level_display()}）"


class ConstituencyForm(RecordForm):
    class Meta:
        model = Constituency
        fields = ["term", "level", "name", "seats"]


class MandateForm(RecordForm):
    """Corrections of a mandate; only one that has ended has an end to correct."""

    constituency = ConstituencyField(label="选区")

    class Meta:
        model = Mandate
        fields = [
            "term",
            "level",
            "constituency",
            "card_number",
            "how_elected",
            "start",
            "end",
            "end_reason",
            "deciding_body",
            "announced_on",
            "note",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start"].label = "当选日期"
        if self.instance.end is None:
            for name in ("end", "end_reason", "deciding_body", "announced_on"):
                del self.fields[name]


class EndMandateForm(DecisionForm):
    on = forms.DateField(label="终止日期", help_text="自该日起不再是代表")
    reason = forms.ChoiceField(
        label="终止原因",
        choices=[
            each for each in Mandate.EndReason.choices if each[0] != Mandate.EndReason.TERM_OVER
        ],
    )
    deciding_body = forms.CharField(
        label="决定机关", max_length=100, required=False, help_text="如：XX镇人民代表大会"
    )
    announced_on = forms.DateField(label="公告日期", required=False, help_text="尚未公告的留空")


class SuspendForm(DecisionForm):
    on = forms.DateField(label="暂停日期", help_text="自该日起暂停执行代表职务")
    reason = forms.ChoiceField(
        label="暂停原因", choices=[(word, word) for word in Suspension.REASONS]
    )


class SuspensionForm(RecordForm):
    """Corrections of a suspension's days and reason."""

    class Meta:
        model = Suspension
        fields = ["reason", "start", "end"]
        labels = {"start": "暂停日期", "end": "恢复日期"}
        help_texts = {"end": "自该日起恢复执行代表职务；仍在暂停的留空"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(word, word) for word in {*Suspension.REASONS, self.instance.reason}]
        self.fields["reason"] = forms.ChoiceField(label="暂停原因", choices=sorted(known))


class UndoForm(DecisionForm):
    because = forms.CharField(
        label="撤销原因", max_length=200, help_text="写入代表资格的备注，如：误登为另一位代表"
    )


class ResumeForm(DecisionForm):
    on = forms.DateField(label="恢复日期", help_text="自该日起恢复执行代表职务")
