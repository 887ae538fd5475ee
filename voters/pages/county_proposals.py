"""List and page of what goes up to the county congress."""

import django_filters
from django.urls import reverse

from congress import roles
from congress.action_views import ActionAdd, ActionEdit
from congress.privacy import text_shown_to
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from delegates.pinyin import by_name
from voters.actions import may_answer, may_submit, may_take_back
from voters.forms import CountyProposalForm
from voters.models import COUNTY_BILL_PROPOSERS, CountyProposal, FeedbackItem

_COLOURS = {
    CountyProposal.State.DRAFT: "due-soon",
    CountyProposal.State.SUBMITTED: "in-hand",
    CountyProposal.State.ANSWERED: "done",
}


def colour(proposal: CountyProposal) -> str:
    return _COLOURS.get(proposal.state, "")


class CountyProposalFilter(RecordFilter):
    search_fields = ("title", "content", "session_words", by_name("lead__delegate"))
    year = django_filters.NumberFilter(label="年度")
    kind = django_filters.ChoiceFilter(choices=CountyProposal.Kind.choices, label="种类")
    state = django_filters.ChoiceFilter(choices=CountyProposal.State.choices, label="状态")

    class Meta:
        model = CountyProposal
        fields = []


class CountyProposalPages(RecordPages):
    model = CountyProposal
    form_class = CountyProposalForm
    filter_class = CountyProposalFilter
    select_related = ("lead__delegate",)
    measure = "件"
    may_read = staticmethod(roles.reads_calendar)
    views = {"add": ActionAdd, "edit": ActionEdit}
    when_empty = "还没有对县人大的建议和拟提交县人代会的议案、建议。"
    columns = (
        Column("标题", "title", ("title",), width=40),
        Column("种类", "get_kind_display", ("kind",), width=16),
        Column("状态", "get_state_display", ("state",), state_class=colour),
        Column("年度", "year", ("year",), width=8),
        Column("领衔县代表", "lead.delegate", ("lead__delegate__name",)),
        Column("拟提交的会议", "session_words", width=24, minor=True),
        Column("起草日期", "drafted_on", ("drafted_on",), minor=True),
        Column("提交日期", "submitted_on", ("submitted_on",), minor=True),
        Column("答复日期", "replied_on", ("replied_on",), minor=True),
    )

    @classmethod
    def facts_of(cls, proposal, user):
        seconders = proposal.seconders.select_related("delegate").order_by("pk")
        facts = [
            ("种类", proposal.get_kind_display()),
            ("年度", str(proposal.year)),
            ("拟提交的会议", proposal.session_words),
            ("会议日期", str(proposal.session_date or "")),
            ("领衔县代表", str(proposal.lead or "")),
            ("附议县代表", "、".join(str(each) for each in seconders)),
            ("起草日期", str(proposal.drafted_on)),
            ("提交日期", str(proposal.submitted_on or "")),
            ("答复日期", str(proposal.replied_on or "")),
            ("答复", proposal.reply),
        ]
        return [(label, value) for label, value in facts if value]

    @classmethod
    def may_change(cls, user, proposal):
        return may_submit(user, proposal)

    @classmethod
    def related(cls, proposal, user):
        recommendations = proposal.recommendations.select_related("activity")
        return {
            "colour": colour(proposal),
            "content": text_shown_to(user, proposal.content),
            "lacking": proposal.lacks_proposers,
            "needed": COUNTY_BILL_PROPOSERS,
            "from_items": FeedbackItem.objects.visible_to(user).filter(county_proposals=proposal),
            "from_activities": recommendations if roles.reads_all(user) else [],
        }

    @classmethod
    def buttons(cls, proposal, user):
        is_answered = bool(proposal.replied_on)
        offered = (
            ("登记提交", "submit", may_submit),
            ("撤销提交", "take_back", may_take_back),
            ("更正答复" if is_answered else "登记答复", "answer", may_answer),
        )
        return [
            *(
                (label, reverse(f"countyproposal_{name}", args=[proposal.pk]))
                for label, name, allowed in offered
                if allowed(user, proposal)
            ),
            ("打印", reverse("countyproposal_paper", args=[proposal.pk])),
        ]
