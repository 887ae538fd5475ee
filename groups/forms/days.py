"""The day of which a page tells, chosen on the page itself."""

from django import forms

from congress.fields import prepare
from congress.periods import today


class DayForm(forms.Form):
    """The day a page tells of; today where none is given, or none that can be read."""

    on = forms.DateField(label="日期", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        prepare(self.fields["on"])

    @property
    def day(self):
        return (self.is_valid() and self.cleaned_data["on"]) or today()


def day_form(request) -> DayForm:
    return DayForm({"on": request.GET.get("on") or today().isoformat()})
