"""Forms of a feedback item as a whole; its steps have forms of their own."""

from django import forms

from congress.editing import RecordForm
from congress.fields import NONE_NEEDED
from congress.periods import today
from voters.actions import correct_item, register_item
from voters.models import FeedbackItem, Topic, Visit
from voters.outcomes import outcome_choices
from voters.states import ANSWER, NEWS, VERDICT

from .item_step import word_for
from .rules import offer_grades, offer_units, require_responsible


class FeedbackItemAddForm(RecordForm):
    visit_number = forms.CharField(
        label="登记号",
        required=False,
        help_text="来源为接待选民的填写，如：2020-001；新的来访请从“来访登记”添加",
    )

    class Meta:
        model = FeedbackItem
        fields = ["source", "visit_number", "topic", "title", "summary", "lead_unit", "responsible"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.in_use()
        # A suggestion has proposers, see forms/suggestions.
        self.fields["source"].choices = [
            (key, label)
            for key, label in self.fields["source"].choices
            if key != FeedbackItem.Source.DELEGATE
        ]
        self.fields["source"].help_text = "代表建议请从“代表建议”中提出"
        self.fields["lead_unit"].empty_label = "暂不交办"
        self.fields["responsible"].help_text = "不填则为该单位的联系人"

    def clean(self):
        data = super().clean()
        require_responsible(self, data.get("lead_unit"), data.get("responsible"))
        number = data.get("visit_number")
        if data.get("source") == FeedbackItem.Source.VISIT:
            visits = Visit.objects.visible_to(self.user)
            found = visits.filter(number=number).first() if number else None
            # Without one, the missing visit is said once, here.
            self.instance.visit = found or Visit()
            if not found:
                self.add_error(
                    "visit_number",
                    f"没有登记号为{number}的来访。" if number else "请填写来访的登记号。",
                )
        elif number:
            self.add_error("visit_number", "来源不是接待选民的，登记号须留空。")
        return data

    def save(self):
        visit = self.instance.visit
        year = visit.day.date.year if visit else today().year
        return register_item(user=self.user, item=self.instance, year=year)


class FeedbackItemForm(RecordForm):
    """All of an item, for corrections; the table of states judges it."""

    _groups = (
        ("反映与分办", ("topic", "urgency", "title", "summary")),
        (
            "办理",
            (
                "lead_unit",
                "responsible",
                "co_units",
                "assigned_on",
                "due_on",
                "extended_to",
                "signed_on",
                "signed_by",
            ),
        ),
        ("答复", ("replied_on", "outcome", "reply")),
        (
            "告知代表小组",
            ("group_told_on", "group_told_how", "group_teller", "group_untold_reason"),
        ),
        ("告知选民", ("voter_told_on", "told_by", "voter_teller", "voter_untold_reason")),
        ("满意度", ("process_satisfaction", "result_satisfaction", "dissatisfaction")),
    )

    @property
    def groups(self):
        asker = self.instance.asker
        return tuple((legend.replace("选民", asker), names) for legend, names in self._groups)

    class Meta:
        model = FeedbackItem
        fields = [
            "topic",
            "title",
            "summary",
            "urgency",
            "lead_unit",
            "co_units",
            "responsible",
            "assigned_on",
            "due_on",
            "extended_to",
            "signed_on",
            "signed_by",
            *ANSWER,
            *NEWS,
            *VERDICT,
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.in_use(besides=self.instance.topic_id)
        self.fields["outcome"].choices = [("", NONE_NEEDED), *outcome_choices()]
        offer_units(self.fields["co_units"])
        for name in ("process_satisfaction", "result_satisfaction"):
            offer_grades(self, name)
        word_for(self, self.instance)

    def save(self):
        return correct_item(
            user=self.user,
            item=self.instance,
            co_units=self.cleaned_data["co_units"],
        )
