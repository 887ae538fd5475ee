"""List, form and result of elections."""

import django_filters
from django.db.models import Count, Q
from django.urls import reverse

from congress import roles
from congress.models import Session, Term
from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordDetail
from congress.tables import Column
from delegates.assembly import assembly_of_election, has_quorum, turnout_of
from delegates.election_results import nomination_warnings, outcome
from delegates.forms.elections import ElectionAddForm, ElectionForm
from delegates.legal_numbers import EARLIER, ORGANIC_LAW_SINCE, majority
from delegates.models import Election
from delegates.pinyin import by_name


class ElectionFilter(RecordFilter):
    search_fields = ("post", "candidates__name", by_name("candidates__mandate__delegate"))
    term = django_filters.ModelChoiceFilter(
        "session__term", queryset=Term.objects.all(), label="届次"
    )

    def search(self, elections, name, words):
        found = super().search(elections, name, words)
        return elections.filter(pk__in=found.values("pk"))


def _state(election: Election) -> str:
    return "已计票" if election.is_counted else "未计票"


class ElectionDetail(RecordDetail):
    @property
    def crumbs(self):
        session = self.object.session
        return [("会议", reverse("session_list")), (str(session), session.get_absolute_url())]


class ElectionPages(RecordPages):
    views = {"detail": ElectionDetail}
    model = Election
    form_class = ElectionForm
    add_form_class = ElectionAddForm
    filter_class = ElectionFilter
    select_related = ("session__term", "follows")
    measure = "项"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有选举。在会议的页面添加。"
    columns = (
        Column("职务", str, ("post", "round"), width=24),
        Column("会议", "session", ("session__date",), width=24),
        Column("应选名额", "seats", ("seats",), numeric=True, minor=True),
        Column("候选人", "standing", ("standing",), numeric=True),
        Column(
            "状态",
            _state,
            state_class=lambda election: "done" if election.is_counted else "in-hand",
        ),
    )
    facts = (
        "session",
        "kind",
        "post",
        "seats",
        (lambda election: "补选" if election.is_by_election else "", "性质"),
        ("follows", "上一轮"),
        (lambda election: "票数相等的再次投票" if election.is_tie_vote else "", "说明"),
    )

    @classmethod
    def with_related(cls, elections):
        standing = Count("candidates", filter=Q(candidates__is_written_in=False))
        return (
            super()
            .with_related(elections)
            .annotate(standing=standing)
            .order_by(*cls.model._meta.ordering)
        )

    @classmethod
    def facts_of(cls, election, user):
        return [fact for fact in super().facts_of(election, user) if fact[1]]

    @classmethod
    def may_delete(cls, user, election):
        """What was counted stays; a count that was wrong is cleared first."""
        return super().may_delete(user, election) and not election.is_counted

    @classmethod
    def buttons(cls, election, user):
        if not roles.keeps_records(user):
            return []
        key = [election.pk]
        if not election.is_counted:
            found = [("候选人", reverse("election_candidates", args=key))]
            if election.standing:
                found.append(("登记计票结果", reverse("election_votes", args=key)))
            return found
        return [
            ("更正计票结果", reverse("election_votes", args=key)),
            ("清除计票结果", reverse("election_clear", args=key)),
        ]

    @classmethod
    def related(cls, election, user):
        session = election.session
        assembly = assembly_of_election(election)
        candidates = list(election.candidates.select_related("mandate__delegate"))
        turnout = turnout_of(session)
        result = None
        if election.is_counted and assembly.total:
            result = outcome(election, candidates, assembly.total)
        following = Election.objects.filter(follows=election).select_related("session").first()
        is_keeper = roles.keeps_records(user)
        return {
            "candidates": candidates,
            "assembly": assembly,
            "turnout": turnout,
            "majority": majority(assembly.total) if assembly.total else None,
            "lacks_quorum": turnout.marked > 0 and not has_quorum(turnout.present, assembly.total),
            "outcome": result,
            "other_outcome": _other(election, candidates, assembly, result),
            "warnings": nomination_warnings(election, candidates),
            "following": following,
            "may_go_on": is_keeper and result and result.open_seats and not following,
            "keeps_records": is_keeper,
            "earlier": EARLIER if session.date < ORGANIC_LAW_SINCE else "",
        }

    @classmethod
    def initial(cls, request):
        """Adding from a session's page names it; else the latest that was planned."""
        given = super().initial(request)
        if "session" not in given:
            latest = Session.objects.exclude(state=Session.State.CANCELLED).first()
            given["session"] = latest.pk if latest else None
        return given


def _other(election, candidates, assembly, result):
    """The result with all delegates counted the other way, where it is another."""
    if result is None or not assembly.other_total or assembly.other_total == assembly.total:
        return None
    other = outcome(election, candidates, assembly.other_total)
    same = {each.pk for each in other.elected} == {each.pk for each in result.elected}
    return None if same else other
