"""Forms of evaluations of units."""

from congress.editing import RecordForm
from groups.models import Activity, Attendance
from voters.models import UnitEvaluation


class UnitEvaluationForm(RecordForm):
    class Meta:
        model = UnitEvaluation
        fields = [
            "activity",
            "unit",
            "satisfied",
            "basically_satisfied",
            "dissatisfied",
            "reported_on",
            "fed_back_on",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = Activity.objects.filter(kind=Activity.Kind.EVALUATION)

    def clean(self):
        data = super().clean()
        votes = [data.get(grade) for grade in ("satisfied", "basically_satisfied", "dissatisfied")]
        if data.get("activity") and None not in votes:
            present = Attendance.objects.filter(
                activity=data["activity"], status=Attendance.Status.PRESENT
            ).count()
            if sum(votes) > present:
                self.add_error(
                    "satisfied", f"三项票数之和为{sum(votes)}，多于出席评议活动的{present}人。"
                )
        return data
