"""What the states, steps, deadlines and rates of feedback items mean here."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse

from congress.models import Township
from congress.roles import reads_items
from voters.lifecycle import STEPS
from voters.lifecycle_diagram import diagram
from voters.models import FeedbackItem
from voters.outcomes import outcome_labels
from voters.rates import RATES
from voters.states import COLOURS, FIELDS_BY_STATE, USUAL_COLOUR, State
from voters.step import Actor, Step

#: What a state says, for those who do not work with it every day.
MEANINGS = {
    State.REGISTERED: "已登记，人大办公室还没有分办。",
    State.ON_SPOT: "接待时已经当面答复，不再交办。",
    State.ASSIGNED: "已交给承办单位，等待签收；期限自交办之日起算。",
    State.SIGNED: "承办单位已签收，还没有报告进展。",
    State.HANDLING: "承办单位正在办理。",
    State.RETURNED: "承办单位已退回，等人大办公室改办；退回期间不计入办理时间。",
    State.ESCALATED: "本镇不能解决，已报上级，等上级答复。",
    State.MERGED: "与另一条意见一并办理；办理跟随主件，答复仍分别告知各选民。",
    State.SUGGESTED: "已由代表作为正式建议提出，跟随该建议办理。",
    State.REPLIED: "已有答复，代表小组或选民还没有告知。",
    State.TOLD: "代表小组和选民都已告知，或者写明了不能告知的理由；等选民评价。",
    State.CLOSED: "已告知、已评价，全部办完。",
    State.REOPENED: "选民不满意，正在重新办理；期限另定，前后答复都保留。",
    State.REJECTED: "不属受理范围；理由和去向须告知选民。",
}


def item_help(request):
    if not reads_items(request.user):
        raise PermissionDenied
    context = {
        "title": "意见建议的办理流程",
        "crumbs": [("意见建议", reverse("feedbackitem_list"))],
        "diagram": diagram(),
        "states": [
            (state.label, COLOURS.get(state, USUAL_COLOUR), MEANINGS[state]) for state in State
        ],
        "steps": [_told(step) for step in STEPS.values()],
        "outcomes": outcome_labels().values(),
        "terms": Township.current(),
        "rates": RATES.values(),
    }
    return render(request, "voters/item_help.html", context)


def _told(step: Step) -> dict[str, str]:
    """A row of the table of steps, in words."""
    targets = dict.fromkeys(step.leads.values())
    stays = all(source == target for source, target in step.leads.items())
    return {
        "label": step.label,
        "from": "各种状态" if set(step.leads) == set(State) else _labels(step.leads),
        "to": "状态不变" if stays else _labels(targets),
        "who": "、".join(actor.value for actor in Actor if actor in step.who),
        "needs": "；".join(_needs(step)),
    }


def _labels(states) -> str:
    return "、".join(state.label for state in states)


def _needs(step: Step) -> list[str]:
    needs = [_name(name) for name in step.needs]
    if step.reason:
        needs.append(step.reason)
    alternatives = [*step.waits_for, *_required_by_states(step)]
    return needs + ["或".join(map(_name, names)) for names in alternatives]


def _required_by_states(step: Step):
    """What the states it leads to require of the fields that it asks for."""
    known = {*step.needs, *(name for names in step.waits_for for name in names)}
    for name in step.asks:
        rule = FIELDS_BY_STATE.get(name)
        if rule and name not in known and rule.filled_in & set(step.leads.values()):
            yield (name, rule.or_else) if rule.or_else else (name,)


def _name(field: str) -> str:
    return str(FeedbackItem._meta.get_field(field).verbose_name)
