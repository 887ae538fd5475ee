"""What is published of a year, and why it is withdrawn."""

from django import forms

from congress.editing import RecordForm
from congress.fields import number_sent
from congress.models import Township
from congress.periods import today
from delegates.decisions import DecisionForm
from delegates.models import Mandate
from groups.models import Publication


class MandatesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, mandate):
        return f"{mandate.delegate}（{mandate.card_number}）"


class PublicationForm(RecordForm):
    class Meta:
        model = Publication
        fields = ["year", "cut_off", "title", "remark", "is_indexed", "chosen"]
        field_classes = {"chosen": MandatesField}
        widgets = {"chosen": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day = today()
        year = number_sent(str(self.initial.get("year") or "")) or day.year
        if not self.instance.pk:
            self.initial |= {
                "year": year,
                "cut_off": day if year >= day.year else day.replace(year=year, month=12, day=31),
                "title": f"{Township.current().name}{year}年人大代表履职情况公示",
            }
        chosen = self.fields["chosen"]
        kept = self.instance.chosen.values("pk") if self.instance.pk else ()
        offered = Mandate.objects.in_office_on(day) | Mandate.objects.filter(pk__in=kept)
        chosen.queryset = offered.select_related("delegate").order_by("card_number", "pk")


class WithdrawPublicationForm(DecisionForm):
    reason = forms.CharField(
        label="撤下原因", max_length=100, help_text="如：有一位代表的出席次数统计有误"
    )
