"""Forms of what groups plan and do: plan items, activities, attendance and what came of it."""

from django import forms

from congress.editing import RecordForm, SavedRows, next_number
from congress.fields import prepare
from congress.periods import today
from congress.roles import leads_group
from groups.models import (
    Activity,
    DelegateGroup,
    Finding,
    FollowUp,
    Recommendation,
    Transmission,
)


class GroupWorkForm(RecordForm):
    """A form with a group: leaders choose among their own groups, and must choose."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        if leads_group(self.user):
            field.queryset = DelegateGroup.objects.led_by(self.user, today())
            field.required = True
            field.empty_label = None
            field.help_text = ""
        else:
            field.empty_label = self.township_words

    township_words = "全乡镇"


class ActivityForm(GroupWorkForm):
    """An activity with its findings and recommendations, one a line."""

    township_words = "本级人大"
    findings = forms.CharField(
        label="发现", required=False, widget=forms.Textarea, help_text="每行一条"
    )
    recommendations = forms.CharField(
        label="建议", required=False, widget=forms.Textarea, help_text="每行一条"
    )

    class Meta:
        model = Activity
        fields = [
            "kind",
            "group",
            "title",
            "date",
            "last_day",
            "theme",
            "theme_source",
            "villages",
            "place",
            "content",
        ]
        widgets = {"villages": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("findings", "recommendations"):
            self.fields[name].widget.attrs["rows"] = 5
            if self.instance.pk:
                entries = getattr(self.instance, name).all()
                self.initial[name] = "\n".join(entry.text for entry in entries)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("villages") and not cleaned.get("place"):
            self.add_error("place", "请勾选到访的村，或者写明地点。")
        return cleaned

    def save(self, commit=True):
        activity = self.instance
        if activity.pk is None:
            activity.number = next_number(
                f"{activity.date.year}-H",
                lambda number: Activity.objects.filter(number=number).exists(),
                digits=2,
            )
        super().save(commit)
        for name, model in (("findings", Finding), ("recommendations", Recommendation)):
            if name in self.changed_data:
                _write_lines(activity, name, model, self.cleaned_data[name])
        return activity


def _write_lines(activity: Activity, name: str, model, text: str) -> None:
    """Keep the entries whose line stands as it was, with their kind or addressee."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    known = {}
    for entry in getattr(activity, name).all():
        known.setdefault(entry.text, []).append(entry)
    kept, added = [], []
    for position, line in enumerate(lines, 1):
        entry = known[line].pop(0) if known.get(line) else None
        if entry is None:
            added.append(model(activity=activity, text=line, position=position))
        else:
            entry.position = position
            kept.append(entry)
    getattr(activity, name).exclude(pk__in=[entry.pk for entry in kept]).delete()
    model.objects.bulk_update(kept, ["position"])
    model.objects.bulk_create(added)


class VersionForm(forms.Form):
    """The version of the activity that a page of its parts was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ChainStepForm(forms.ModelForm):
    class Meta:
        fields = ["date", "who", "content"]
        widgets = {
            "content": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            prepare(field)


class ChainRows(SavedRows, forms.BaseInlineFormSet):
    pass


def _chain_formset(model):
    return forms.inlineformset_factory(
        Activity, model, form=ChainStepForm, formset=ChainRows, extra=2, can_delete_extra=False
    )


TransmissionFormSet = _chain_formset(Transmission)
FollowUpFormSet = _chain_formset(FollowUp)
