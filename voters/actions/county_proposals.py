"""What goes up to the county congress: written, handed in, answered."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from congress.models import User
from congress.periods import today
from congress.roles import keeps_records, require_keeper
from delegates.models import Level, Mandate
from groups.models import Recommendation
from voters.models import CountyProposal, FeedbackItem

from .sweep import refuse

_State = CountyProposal.State


def county_delegates_on(day: datetime.date):
    """The county's delegates in office on that day."""
    return Mandate.objects.in_office_on(day).filter(level=Level.COUNTY).select_related("delegate")


@transaction.atomic
def save_county_proposal(
    *,
    user: User,
    proposal: CountyProposal,
    seconders: Iterable[Mandate] = (),
    items: Iterable[FeedbackItem] = (),
    recommendations: Iterable[Recommendation] = (),
) -> CountyProposal:
    """Save one that is still being written; who leads and seconds it is a county delegate."""
    require_keeper(user)
    if proposal.state != _State.DRAFT:
        refuse(f"现在是“{proposal.get_state_display()}”，不能再修改。")
    if proposal.drafted_on and proposal.drafted_on > today():
        refuse("起草日期不能晚于今天。", "drafted_on")
    seconders = [each for each in seconders if each != proposal.lead]
    _require_county([proposal.lead] if proposal.lead else [], proposal.drafted_on, "lead")
    _require_county(seconders, proposal.drafted_on, "seconders")
    proposal.full_clean()
    proposal.save()
    proposal.seconders.set(seconders)
    proposal.items.set(items)
    proposal.recommendations.set(recommendations)
    return proposal


def _require_county(mandates: list[Mandate], day: datetime.date, field: str) -> None:
    known = set(county_delegates_on(day).filter(pk__in=[each.pk for each in mandates]))
    others = [str(each.delegate) for each in mandates if each not in known]
    if others:
        refuse(f"{'、'.join(others)}在{day}不是在任的县代表，请改选。", field)


def may_submit(user: User, proposal: CountyProposal) -> bool:
    return keeps_records(user) and proposal.state == _State.DRAFT


def may_take_back(user: User, proposal: CountyProposal) -> bool:
    """One noted as handed in by mistake."""
    return keeps_records(user) and proposal.state == _State.SUBMITTED


def may_answer(user: User, proposal: CountyProposal) -> bool:
    """Also once more: an answer noted wrongly."""
    return keeps_records(user) and proposal.state != _State.DRAFT


@transaction.atomic
def submit_county_proposal(
    *, user: User, proposal: CountyProposal, submitted_on: datetime.date
) -> CountyProposal:
    proposal = _locked(user, proposal, may_submit)
    _require_past(submitted_on, "submitted_on")
    return _moved(proposal, state=_State.SUBMITTED, submitted_on=submitted_on)


@transaction.atomic
def take_back_county_proposal(*, user: User, proposal: CountyProposal) -> CountyProposal:
    proposal = _locked(user, proposal, may_take_back)
    return _moved(proposal, state=_State.DRAFT, submitted_on=None)


@transaction.atomic
def answer_county_proposal(
    *, user: User, proposal: CountyProposal, state: str, replied_on: datetime.date, reply: str
) -> CountyProposal:
    """What the county said to it: answered, or not adopted."""
    proposal = _locked(user, proposal, may_answer)
    _require_past(replied_on, "replied_on")
    return _moved(proposal, state=state, replied_on=replied_on, reply=reply.strip())


def _require_past(day: datetime.date, field: str) -> None:
    if day > today():
        refuse("日期不能晚于今天。", field)


def _locked(user: User, proposal: CountyProposal, allowed) -> CountyProposal:
    """As it is stored now, if it still allows that."""
    require_keeper(user)
    stored = CountyProposal.objects.select_for_update().get(pk=proposal.pk)
    if not allowed(user, stored):
        refuse(f"现在是“{stored.get_state_display()}”，请刷新页面查看。")
    return stored


def _moved(proposal: CountyProposal, **values) -> CountyProposal:
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.full_clean()
    proposal.version += 1
    proposal.save()
    return proposal
