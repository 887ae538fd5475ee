"""Forms of topics and handling units."""

from django.db.models import Q

from congress.editing import RecordForm
from voters.actions import merge_topic
from voters.models import HandlingUnit, Topic

from .drafts import StepForm


class TopicForm(RecordForm):
    class Meta:
        model = Topic
        fields = ["name", "position"]


class TopicMergeForm(StepForm):
    class Meta:
        model = Topic
        fields = ["merged_into"]
        labels = {"merged_into": "并入"}
        help_texts = {"merged_into": "原类别的意见建议全部改到这一类别，原类别不再使用"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["merged_into"].required = True
        self.fields["merged_into"].queryset = Topic.objects.in_use().exclude(pk=self.instance.pk)

    def save(self):
        self.moved = merge_topic(
            user=self.user, topic=self.instance, into=self.cleaned_data["merged_into"]
        )
        return self.instance


class HandlingUnitForm(RecordForm):
    class Meta:
        model = HandlingUnit
        fields = ["name", "short_name", "contact", "phone", "accounts"]

    def clean(self):
        """In ledgers a unit is written by either name, so that no two may share one."""
        data = super().clean()
        others = HandlingUnit.objects.exclude(pk=self.instance.pk)
        for field in ("name", "short_name"):
            written = data.get(field)
            if written and others.filter(Q(name=written) | Q(short_name=written)).exists():
                self.add_error(field, f"已有单位的名称或简称是“{written}”。")
        return data
