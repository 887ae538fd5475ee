"""复评 of a unit: entered, corrected, removed."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress.action_views import ActionAdd, ActionEdit
from congress.roles import keeps_records
from delegates.decisions import decide, only, sent
from voters.actions import remove_second_vote
from voters.ballots import EVALUATORS, check_while_typing
from voters.forms import ReasonForm
from voters.models import SecondVote, UnitEvaluation

from .evaluations import crumbs_of


class SecondVoteForms:
    """The page of a 复评: told while typing what does not add up."""

    crumbs = property(lambda self: [("工作评议", self.address("list"))])

    def address(self, page: str, *args) -> str:
        return reverse("unitevaluation_list") if page == "list" else super().address(page, *args)

    def get_template_names(self):
        return ["voters/ballot_form.html"]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        evaluators = {"fields": list(form.event_counts), "present": 0}
        return context | {
            "check": check_while_typing(form.scale, EVALUATORS) | {"evaluators": evaluators},
        }


class SecondVoteAdd(SecondVoteForms, ActionAdd):
    pass


class SecondVoteEdit(SecondVoteForms, ActionEdit):
    def cancel_address(self) -> str:
        return self.object.get_absolute_url()


@only(keeps_records)
def second_vote_remove(request, pk: int):
    visible = UnitEvaluation.objects.visible_to(request.user)
    votes = SecondVote.objects.filter(evaluation__in=visible)
    second = get_object_or_404(
        votes.select_related("evaluation__activity", "evaluation__unit"), pk=pk
    )
    return decide(
        request,
        form=ReasonForm(sent(request)),
        act=lambda reason: remove_second_vote(user=request.user, second=second, reason=reason),
        title="删除复评",
        about=second,
        meaning="误登的复评可以删除；删除前的票数和理由留存在票数更正记录中。",
        confirm="删除",
        done=lambda given: "复评已删除。",
        crumbs=crumbs_of(second.evaluation),
    )
