"""Forms of what groups plan and do: a form with a group, and that of activities."""

from django import forms

from congress.editing import RecordForm, next_number
from congress.periods import today
from congress.roles import leads_group
from groups.chain import first_step_on
from groups.models import Activity, DelegateGroup

from .invitation import InvitationMixin, PeopleField


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


class ActivityForm(InvitationMixin, GroupWorkForm):
    township_words = "本级人大"
    groups = (
        ("基本情况", ("kind", "group", "title", "theme", "theme_source")),
        ("时间和地点", ("date", "last_day", "starts_at", "ends_at", "place", "villages")),
        ("参加人员", ("circle", "invited_groups", "invited", "host", "observers")),
        ("内容和议程", ("content", "agenda")),
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
            "starts_at",
            "ends_at",
            "agenda",
            "host",
            "observers",
            "circle",
            "invited_groups",
            "invited",
        ]
        widgets = {
            "villages": forms.CheckboxSelectMultiple,
            "circle": forms.RadioSelect,
            "invited_groups": forms.CheckboxSelectMultiple,
        }
        field_classes = {"invited": PeopleField}
        help_texts = {
            "content": "做什么：各项以“、”分隔；学习培训写法律名称，不加书名号。写入年度报告",
            "agenda": "怎么进行：每行一项，受邀请的代表看得到",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_people()

    def clean(self):
        cleaned = super().clean()
        self.check_invitation()
        if not cleaned.get("villages") and not cleaned.get("place"):
            self.add_error("place", "请勾选到访的村，或者写明地点。")
        first = first_step_on(self.instance) if self.instance.pk else None
        if first and cleaned.get("date") and cleaned["date"] > first:
            self.add_error("date", f"日期不能晚于已登记的转送、后续（{first}），请核对。")
        return cleaned

    def save(self, commit=True):
        activity = self.instance
        if activity.pk is None:
            activity.number = next_number(
                f"{activity.date.year}-H",
                lambda number: Activity.objects.filter(number=number).exists(),
                digits=2,
            )
        return super().save(commit)
