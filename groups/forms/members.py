"""Forms by which a person comes into a group, changes it or takes a post."""

from django import forms

import delegates.forms
from congress.editing import RecordForm
from congress.models import Term, User
from congress.periods import today
from congress.roles import Role
from delegates.decisions import DecisionForm
from delegates.forms import ConstituencyField, DelegateForm
from delegates.models import Level, Mandate
from delegates.names import LONGEST_NAME, NameFormField
from groups import actions
from groups.models import DelegateGroup, Membership, Post


class ElectionFields(forms.Form):
    """The mandate and the place in a group that come with an election."""

    term = forms.ModelChoiceField(Term.objects.all(), label="届次")
    level = forms.ChoiceField(label="代表层级", choices=Level.choices, initial=Level.TOWN)
    constituency = ConstituencyField(label="选区")
    card_number = forms.CharField(label="代表证号", max_length=20)
    start = forms.DateField(label="当选日期")
    how_elected = forms.ChoiceField(label="当选方式", choices=Mandate.HowElected.choices)
    group = forms.ModelChoiceField(
        DelegateGroup.objects.all(), label="代表小组", required=False, help_text="暂不编组的留空"
    )
    post = forms.ChoiceField(label="组内职务", choices=Post.choices, initial=Post.MEMBER)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        current = Term.objects.first()
        self.fields["term"].initial = current
        self.fields["group"].queryset = DelegateGroup.objects.holding_on(today())

    def election(self) -> dict:
        """The arguments of ``actions.elect`` that these fields give."""
        return {name: self.cleaned_data[name] for name in ElectionFields.base_fields}


class ElectForm(DelegateForm, ElectionFields):
    """A new delegate: person, mandate and group, saved together."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self._check_election()

    def _check_election(self):
        election = self.election()
        group, post = election.pop("group"), election.pop("post")
        try:
            Mandate(delegate=self.instance, **election).full_clean(exclude=["delegate"])
            if group:
                day = max(election["start"], group.start)
                actions.check_place(group=group, post=post, on=day)
        except forms.ValidationError as error:
            self._update_errors(error)

    def save(self, commit=True):
        actions.elect(by=self.user, delegate=self.instance, **self.election())
        return self.instance

    def person_fields(self):
        of_election = ElectionFields.base_fields
        return [bound for bound in self.visible_fields() if bound.name not in of_election]

    def election_fields(self):
        return [self[name] for name in ElectionFields.base_fields]


class MandateForm(delegates.forms.MandateForm):
    """Corrections of a mandate, which its memberships and suspensions follow."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.began, self.ended = self.instance.start, self.instance.end

    def save(self, commit=True):
        return actions.correct_mandate(
            by=self.user, mandate=self.instance, began=self.began, ended=self.ended
        )


class ElectAgainForm(DecisionForm, ElectionFields):
    """A further mandate of somebody known: of a new term, or of the other level."""


class TransferForm(DecisionForm):
    group = forms.ModelChoiceField(DelegateGroup.objects.none(), label="代表小组")
    on = forms.DateField(label="日期", help_text="自该日起属于新小组")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = DelegateGroup.objects.holding_on(today())


class AppointForm(DecisionForm):
    post = forms.ChoiceField(label="组内职务", choices=Post.choices)
    on = forms.DateField(label="任职日期", help_text="自该日起担任")


class LiaisonForm(DecisionForm):
    name = NameFormField(label="工作人员姓名", max_length=LONGEST_NAME)
    account = forms.ModelChoiceField(
        User.objects.filter(role=Role.LEADER, is_active=True),
        label="登录账号",
        required=False,
        help_text="有账号的可管理本小组的计划和活动",
    )
    on = forms.DateField(label="任职日期", help_text="自该日起担任")


class MembershipForm(RecordForm):
    """Corrections of a membership: days, post, and who a member of staff is."""

    class Meta:
        model = Membership
        fields = ["group", "post", "start", "end", "staff_name", "staff_account", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.mandate_id:
            del self.fields["staff_name"], self.fields["staff_account"]
