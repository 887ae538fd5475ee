"""Forms of work evaluations: units arranged, what became of a result, a second vote."""

from django import forms

from congress.editing import RecordForm
from congress.fields import say_plainly
from congress.periods import today
from delegates.decisions import DecisionForm
from groups.models import Activity
from voters.actions import save_second_vote
from voters.ballots import EVALUATORS
from voters.models import HandlingUnit, SecondVote, UnitEvaluation
from voters.models.ballot_counts import COUNTS
from voters.models.evaluations import TOLD

from .counts import CountsForm


class UnitEvaluationForm(RecordForm):
    """One unit of an evaluation; its ballots are entered together with those of the others."""

    class Meta:
        model = UnitEvaluation
        fields = ["activity", "unit", "head", "method"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = Activity.objects.filter(kind=Activity.Kind.EVALUATION)
        if not self.instance.pk:
            self.fields["method"].initial = UnitEvaluation.Method.REPORT
        for name in ("activity", "unit"):
            self.fields[name].disabled = bool(self.instance.pk) and self.instance.is_voted


class UnitsForm(DecisionForm):
    """The units that are not arranged yet, each to be ticked, with its 负责人."""

    method = forms.ChoiceField(
        label="评议方式",
        choices=UnitEvaluation.Method.choices,
        initial=UnitEvaluation.Method.REPORT,
    )

    def __init__(self, *args, activity: Activity, **kwargs):
        super().__init__(*args, **kwargs)
        arranged = activity.unit_evaluations.values("unit")
        self.units = list(HandlingUnit.objects.exclude(pk__in=arranged).order_by("pk"))
        for unit in self.units:
            self.fields[f"on_{unit.pk}"] = forms.BooleanField(label=f"评议{unit}", required=False)
            self.fields[f"head_{unit.pk}"] = forms.CharField(
                label=f"{unit}负责人",
                required=False,
                max_length=50,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
            say_plainly(self.fields[f"head_{unit.pk}"])

    @property
    def rows(self):
        return [(unit, self[f"on_{unit.pk}"], self[f"head_{unit.pk}"]) for unit in self.units]

    @property
    def heads(self) -> dict[HandlingUnit, str]:
        """负责人 of each unit ticked; naming one ticks the unit too."""
        data = self.cleaned_data
        return {
            unit: data[f"head_{unit.pk}"]
            for unit in self.units
            if data[f"on_{unit.pk}"] or data[f"head_{unit.pk}"]
        }


class ToldForm(DecisionForm):
    """The days on which the results of all units were told."""

    reported_on = forms.DateField(label="报送党委、政府日期", required=False)
    superior_told_on = forms.DateField(label="通报上级主管部门日期", required=False)
    fed_back_on = forms.DateField(
        label="反馈被评议单位日期",
        required=False,
        help_text="登记后，有账号的被评议单位可以查看本单位的结果",
    )
    published_on = forms.DateField(label="公示日期", required=False)


class ReasonForm(DecisionForm):
    reason = forms.CharField(label="理由", max_length=200)


class AftermathForm(RecordForm):
    """What became of one unit's result."""

    groups = (
        ("报送、反馈与公示", TOLD),
        ("整改", ("demands", "rectify_by", "rectified_on", "rectification")),
        ("复评", ("second_vote_by",)),
    )

    class Meta:
        model = UnitEvaluation
        fields = [
            *TOLD,
            "demands",
            "rectify_by",
            "rectified_on",
            "rectification",
            "second_vote_by",
        ]


class SecondVoteForm(CountsForm):
    """The grades are called as in the scale of the year in which it is held."""

    present = EVALUATORS
    not_filled = "这一项也要填写；没有的填0。"
    event_counts = ("delegates_present", "others_present")

    class Meta:
        model = SecondVote
        fields = ["evaluation", "held_on", "delegates_present", "others_present", *COUNTS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        votable = UnitEvaluation.objects.voted().select_related("activity", "unit")
        self.is_new = not self.instance.pk
        if self.is_new:
            votable = votable.filter(second_vote__isnull=True)
            self.fields["held_on"].initial = today()
        self.fields["evaluation"].queryset = votable.order_by("-pk")
        self.fields["evaluation"].disabled = not self.is_new
        self.numbers = (*self.event_counts, *COUNTS)
        self.before_all = {name: getattr(self.instance, name) for name in self.numbers}
        self.call_grades(self._year(), was_counted=not self.is_new)

    def _year(self) -> int:
        """Of the day typed, else of the one stored, else this year."""
        try:
            day = self.fields["held_on"].clean(self["held_on"].value())
        except forms.ValidationError:
            day = self.instance.held_on
        return (day or today()).year

    def counted(self):
        parts = [self.cleaned_data.get(name) for name in self.event_counts]
        counts = super().counted()
        return counts | {"evaluators": None if None in parts else sum(parts)}

    def clean(self):
        data = super().clean()
        self.require_all(name for name in self._meta.fields if name in self.fields)
        if "third_grade" not in self.grades:
            self.instance.third_grade = 0
        return data

    def save(self, commit=True):
        return save_second_vote(
            user=self.user,
            second=self.instance,
            before=self.before_all if self.before else None,
            reason=self.cleaned_data.get("reason", ""),
        )
