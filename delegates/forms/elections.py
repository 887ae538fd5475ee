"""Forms of an election: the post, who stands, what was counted."""

from django import forms

from congress.editing import RecordForm
from congress.fields import prepare
from congress.models import Session
from delegates.assembly import expected_at
from delegates.decisions import DecisionForm
from delegates.models import Candidate, Election, Mandate

from .sessions import version_field


class SessionField(forms.ModelChoiceField):
    """Sessions that were not called off, the latest first."""

    def __init__(self, **kwargs):
        sessions = Session.objects.exclude(state=Session.State.CANCELLED).select_related("term")
        super().__init__(sessions, **kwargs)

    def label_from_instance(self, session):
        return f"{session}（{session.date}）"


class ElectionForm(RecordForm):
    class Meta:
        model = Election
        fields = ["kind", "post", "seats", "is_by_election"]

    def clean(self):
        """A post is elected once a session; what was counted keeps its seats."""
        cleaned = super().clean()
        session = cleaned.get("session") or self.instance.session_id
        same = Election.objects.filter(
            session=session, post=cleaned.get("post"), round=self.instance.round
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("post", "这次会议已登记这个职务的选举。")
        fixed = self.instance.is_counted or self.instance.round > 1
        if self.instance.pk and fixed:
            for name in ("kind", "seats"):
                if name in self.changed_data:
                    self.add_error(name, "已计票或第二轮起的选举，类别和名额不能修改。")
        return cleaned


class ElectionAddForm(ElectionForm):
    session = SessionField(label="会议")

    class Meta(ElectionForm.Meta):
        fields = ["session", *ElectionForm.Meta.fields]


class NextRoundForm(DecisionForm):
    session = SessionField(label="在哪次会议上进行", empty_label=None)

    def __init__(self, *args, election: Election, **kwargs):
        super().__init__(*args, **kwargs)
        held_at = election.session
        self.fields["session"].queryset = self.fields["session"].queryset.filter(
            term=held_at.term_id, date__gte=held_at.date
        )
        self.initial["session"] = held_at.pk


class CandidateForm(forms.Form):
    """One row: a delegate chosen, or another person's name; an empty row is left out."""

    mandate = forms.TypedChoiceField(
        label="本级代表", required=False, coerce=int, empty_value=None, choices=[("", "不选")]
    )
    name = forms.CharField(
        label="姓名", required=False, max_length=50, help_text="已选代表的不用填"
    )
    nominated_by = forms.ChoiceField(
        label="提名", choices=Candidate.Nomination.choices, required=False
    )
    nominators = forms.IntegerField(
        label="联名代表人数", required=False, min_value=1, help_text="代表联合提名的填，10人以上"
    )

    def __init__(self, *args, mandates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandate"].choices += [(each.pk, str(each)) for each in mandates.values()]
        for field in self.fields.values():
            prepare(field)
        self.mandates = mandates

    def clean(self):
        given = super().clean()
        if given.get("mandate"):
            given["mandate"] = self.mandates[given["mandate"]]
            given["name"] = given["mandate"].delegate.name
        joint = given.get("nominated_by") == Candidate.Nomination.DELEGATES
        if not given.get("name"):
            if given.get("nominators"):
                self.add_error("name", "请选代表或填写姓名；不要这一行的，整行清空。")
            return given
        if joint and given.get("nominators") is None and "nominators" not in self.errors:
            self.add_error("nominators", "代表联合提名的，请填写联名代表人数。")
        if not joint and given.get("nominators"):
            self.add_error("nominators", "不是代表联合提名的，不填联名代表人数。")
        return given


class CandidateRows(forms.BaseFormSet):
    def candidates(self) -> list[Candidate]:
        return [
            Candidate(
                name=row["name"],
                mandate=row["mandate"],
                nominated_by=row["nominated_by"] or Candidate.Nomination.PRESIDIUM,
                nominators=row["nominators"],
            )
            for row in (form.cleaned_data for form in self.forms)
            if row.get("name")
        ]


CandidateFormSet = forms.formset_factory(
    CandidateForm, formset=CandidateRows, extra=3, max_num=30, validate_max=True
)


def candidate_rows(data, election: Election) -> CandidateRows:
    """Delegates of the session's day to choose from, fetched once for all rows."""
    standing = election.candidates.exclude(mandate=None).values_list("mandate", flat=True)
    delegates = expected_at(election.session) | Mandate.objects.filter(pk__in=list(standing))
    mandates = {each.pk: each for each in delegates.select_related("delegate").order_by("pk")}
    initial = [
        {
            "mandate": each.mandate_id,
            "name": "" if each.mandate_id else each.name,
            "nominated_by": each.nominated_by,
            "nominators": each.nominators,
        }
        for each in election.candidates.filter(is_written_in=False)
    ]
    return CandidateFormSet(
        data, initial=initial if data is None else None, form_kwargs={"mandates": mandates}
    )


#: Empty rows for persons written in.
WRITTEN_IN_ROWS = 3


class VotesForm(forms.Form):
    """The count of an election: of ballots, of each candidate, and who was written in."""

    version = version_field()
    issued = forms.IntegerField(label="发出票", min_value=0)
    returned = forms.IntegerField(label="收回票", min_value=0)
    valid = forms.IntegerField(label="有效票", min_value=0)

    def __init__(self, *args, election: Election, **kwargs):
        super().__init__(*args, **kwargs)
        self.election = election
        every = list(election.candidates.all())
        self.candidates = [each for each in every if not each.is_written_in]
        known = [each for each in every if each.is_written_in]
        self.initial |= {
            "version": election.version,
            "issued": election.issued,
            "returned": election.returned,
            "valid": election.valid,
        }
        for each in self.candidates:
            for name, label in (
                ("votes_for", "赞成"),
                ("votes_against", "反对"),
                ("abstained", "弃权"),
            ):
                self.fields[f"{name}_{each.pk}"] = forms.IntegerField(
                    label=f"{each.name}{label}", min_value=0, initial=getattr(each, name)
                )
        self.written_in_rows = range(len(known) + WRITTEN_IN_ROWS)
        for row in self.written_in_rows:
            one = known[row] if row < len(known) else None
            self.fields[f"other_{row}"] = forms.CharField(
                label=f"另选他人{row + 1}姓名",
                max_length=50,
                required=False,
                initial=one.name if one else "",
            )
            self.fields[f"other_votes_{row}"] = forms.IntegerField(
                label=f"另选他人{row + 1}得票",
                min_value=1,
                required=False,
                initial=one.votes_for if one else None,
            )
        for field in self.fields.values():
            prepare(field)

    def chain(self):
        return [self[name] for name in ("issued", "returned", "valid")]

    def candidate_rows(self):
        for each in self.candidates:
            names = ("votes_for", "votes_against", "abstained")
            yield each, [self[f"{name}_{each.pk}"] for name in names]

    def other_rows(self):
        for row in self.written_in_rows:
            yield self[f"other_{row}"], self[f"other_votes_{row}"]

    def clean(self):
        given = super().clean()
        names = []
        for row in self.written_in_rows:
            name, votes = given.get(f"other_{row}"), given.get(f"other_votes_{row}")
            if name and votes is None and f"other_votes_{row}" not in self.errors:
                self.add_error(f"other_votes_{row}", f"请填写{name}的得票；没有得票的清空姓名。")
            if votes and not name:
                self.add_error(f"other_{row}", "请填写另选他人的姓名。")
            if name and name in names:
                self.add_error(f"other_{row}", f"{name}填写了两次，请合并。")
            names.append(name)
        return given

    def count(self) -> dict:
        """The arguments of ``count_votes``."""
        given = self.cleaned_data
        delegates = {
            each.delegate.name: each
            for each in expected_at(self.election.session).select_related("delegate")
        }
        return {
            "issued": given["issued"],
            "returned": given["returned"],
            "valid": given["valid"],
            "votes": {
                each.pk: tuple(
                    given[f"{name}_{each.pk}"]
                    for name in ("votes_for", "votes_against", "abstained")
                )
                for each in self.candidates
            },
            "written_in": [
                Candidate(
                    name=given[f"other_{row}"],
                    mandate=delegates.get(given[f"other_{row}"]),
                    votes_for=given[f"other_votes_{row}"],
                )
                for row in self.written_in_rows
                if given[f"other_{row}"]
            ],
        }
