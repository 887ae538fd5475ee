"""Forms of delegate groups."""

from django import forms

from congress.editing import RecordForm
from congress.models import Village
from congress.periods import today
from groups import actions
from groups.models import DelegateGroup, GroupVillage


class CoverageForm(RecordForm):
    """Corrections of the days on which a group began and ceased to cover a village."""

    class Meta:
        model = GroupVillage
        fields = ["group", "start", "end"]


class DelegateGroupForm(RecordForm):
    """A group and the villages it covers; a change of villages holds from a day on."""

    covered = forms.ModelMultipleChoiceField(
        Village.objects.all(),
        label="覆盖村",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾选原属其他小组的村，即自生效日期起改归本小组",
    )
    covered_from = forms.DateField(
        label="覆盖村变动的生效日期", help_text="只用于新勾选和取消勾选的村", required=False
    )

    class Meta:
        model = DelegateGroup
        fields = ["term", "ordinal", "start", "end", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            coverage = GroupVillage.objects.filter(group=self.instance, end__isnull=True)
            self.initial["covered"] = list(coverage.values_list("village", flat=True))
            self.initial["covered_from"] = today()
        else:
            del self.fields["covered_from"]

    def clean(self):
        cleaned = super().clean()
        day, start = cleaned.get("covered_from"), cleaned.get("start")
        if "covered_from" in self.fields and "covered" in self.changed_data:
            if not day:
                self.add_error("covered_from", "覆盖村有变动，请填写生效日期。")
            elif start and day < start:
                self.add_error("covered_from", "生效日期不能早于小组的起始日期。")
        return cleaned

    def save(self, commit=True):
        group = super().save(commit)
        if "covered" in self.changed_data:
            actions.cover(
                by=self.user,
                group=group,
                villages=self.cleaned_data["covered"],
                on=self.cleaned_data.get("covered_from") or group.start,
            )
        return group
