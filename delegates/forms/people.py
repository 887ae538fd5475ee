"""Forms of people, mandates and constituencies."""

from django import forms

from congress.editing import RecordForm
from delegates.decisions import DecisionForm
from delegates.models import Constituency, Delegate, Mandate


class DelegateForm(RecordForm):
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
    reason = forms.CharField(label="暂停原因", max_length=100)


class ResumeForm(DecisionForm):
    on = forms.DateField(label="恢复日期", help_text="自该日起恢复执行代表职务")
