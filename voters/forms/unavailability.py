"""Days on which a delegate cannot receive voters."""

import datetime

from django import forms

from congress import roles
from congress.editing import RecordForm
from congress.periods import holds_on, today
from delegates.models import Delegate
from groups.models import DelegateGroup, Membership
from voters.models import Unavailability


class UnavailabilityForm(RecordForm):
    last_day = forms.DateField(label="到哪一天", required=False, help_text="含当天；只有一天的留空")

    class Meta:
        model = Unavailability
        fields = ["delegate", "start", "last_day", "reason"]
        labels = {"start": "从哪一天起"}
        help_texts = {"start": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = people_entered_by(self.user)
        self.fields["delegate"].queryset = people
        if self.instance.pk:
            self.initial["last_day"] = self.instance.last_day
        if roles.is_delegate(self.user):
            self.fields["delegate"].disabled = True
            self.initial["delegate"] = people.first()

    def clean(self):
        data = super().clean()
        first, last = data.get("start"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "不能早于开始的那一天。")
        if not self.errors:
            self.instance.end = (last or first) + datetime.timedelta(days=1)
        else:
            # So that the missing end is not blamed on top of what is wrong.
            self.instance.end = datetime.date.max
        return data


def people_entered_by(user):
    """Office: everybody in office. A leader: the group's members. A delegate: the own person."""
    if roles.keeps_records(user):
        return Delegate.objects.in_office_on(today()).order_by("pk")
    if roles.leads_group(user):
        members = Membership.objects.filter(
            holds_on(today()), group__in=DelegateGroup.objects.led_by(user, today())
        )
        return Delegate.objects.filter(mandates__in=members.values("mandate")).distinct()
    return Delegate.objects.filter(account=user)
