"""Recording the ballots of a duty report."""

from congress.record_views import RecordEdit
from voters.forms import BallotForm


class RecordBallots(RecordEdit):
    def get_form_class(self):
        return BallotForm

    def get_template_names(self):
        return ["voters/ballot_form.html"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"title": f"登记测评：{self.object}"}
