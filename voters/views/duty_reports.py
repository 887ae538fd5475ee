"""Recording what was counted at a duty report."""

from django.contrib import messages

from congress.record_views import RecordEdit
from voters.ballots import Tally
from voters.forms import BallotForm


class RecordBallots(RecordEdit):
    def get_form_class(self):
        return BallotForm

    def get_template_names(self):
        return ["voters/ballot_form.html"]

    def form_valid(self, form):
        response = super().form_valid(form)
        report = form.instance
        if report.is_held and (remark := Tally(report, form.scale).too_few):
            messages.warning(self.request, remark)
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        scale = context["form"].scale
        thresholds = scale.thresholds.all() if scale.pk else ()
        return context | {
            "title": f"登记测评：{self.object}",
            "check": {
                "grades": list(context["form"].grades.items()),
                "least": scale.least_present,
                "thresholds": [
                    [each.wording, each.best_percent, each.approved_percent] for each in thresholds
                ],
            },
        }
