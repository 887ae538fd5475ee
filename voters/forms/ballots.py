"""Forms of duty reports and of evaluations of units."""

from congress.editing import RecordForm
from congress.periods import today
from delegates.models import Mandate
from groups.models import Activity, Attendance
from voters.models import DutyReport, UnitEvaluation


class DutyReportForm(RecordForm):
    class Meta:
        model = DutyReport
        fields = ["year", "mandate", "planned_month"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandate"].queryset = Mandate.objects.select_related("delegate")
        if not self.instance.pk:
            self.fields["year"].initial = today().year
            self.fields["mandate"].queryset = (
                Mandate.objects.in_office_on(today()).select_related("delegate").order_by("pk")
            )
        else:
            self.fields["mandate"].disabled = self.instance.is_held


class BallotForm(RecordForm):
    class Meta:
        model = DutyReport
        fields = [
            "held_on",
            "place",
            "voters_present",
            "ballots_issued",
            "ballots_returned",
            "satisfied",
            "basically_satisfied",
            "dissatisfied",
            "abstained",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_on"].help_text = "述职取消或误登的，清空本页各栏"


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
