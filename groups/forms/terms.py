"""The form of a term, whose last day ends what belongs to it."""

import congress.forms
from groups.terms import end_term


class TermForm(congress.forms.TermForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.was = self.instance.last_day
        self.fields["last_day"].help_text = (
            "现任届次留空。届满以后填写：本届代表资格、小组、成员和覆盖村自次日起终止，以往的记录保留；"
            "填错的，改正或者清空即恢复"
        )

    def save(self, commit=True):
        term = super().save(commit)
        end_term(by=self.user, term=term, was=self.was)
        return term
