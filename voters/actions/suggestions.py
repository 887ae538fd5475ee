"""Delegates' suggestions: entered by the office, or drafted by a delegate and handed in."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from congress.models import Session, User
from congress.periods import today
from congress.roles import keeps_records, require_keeper
from delegates.models import Mandate
from voters.models import FeedbackItem, Secondment, SuggestionDraft, Topic

from .entering import enter_item, write_entry
from .proposing import own_mandate, require_in_office
from .sweep import refuse

_State = SuggestionDraft.State


@transaction.atomic
def register_suggestion(
    *, user: User, item: FeedbackItem, seconders: Iterable[Mandate] = ()
) -> FeedbackItem:
    """Enter a suggestion with its lead proposer and seconders, under the year's next number.

    Made at a session, its proposers were in office on that day; else they are so today (代表法 24,
    36).
    """
    require_keeper(user)
    if not item.lead_proposer:
        refuse("请选择领衔代表。", "lead_proposer")
    day = item.session.date if item.session else today()
    seconders = [each for each in seconders if each != item.lead_proposer]
    require_in_office([item.lead_proposer], day, "lead_proposer")
    require_in_office(seconders, day, "seconders")
    item.source = FeedbackItem.Source.DELEGATE
    enter_item(user=user, item=item, year=today().year)
    item.proposers.set([item.lead_proposer, *seconders])
    return item


@transaction.atomic
def correct_proposers(
    *, user: User, item: FeedbackItem, seconders: Iterable[Mandate]
) -> FeedbackItem:
    """Put right who leads and who seconds, and where it was made; the trail says what stood there.

    They were in office on the day of the session, else on that of the registration.
    """
    require_keeper(user)
    stored = FeedbackItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not item.lead_proposer:
        refuse("请选择领衔代表。", "lead_proposer")
    day = item.session.date if item.session else item.registered_on
    seconders = [each for each in seconders if each != item.lead_proposer]
    require_in_office([item.lead_proposer], day, "lead_proposer")
    require_in_office(seconders, day, "seconders")
    before = _proposed_by(stored)
    item.save()
    item.proposers.set([item.lead_proposer, *seconders])
    if (after := _proposed_by(item)) != before:
        write_entry(user, item, "correct", f"{before}→{after}")
    return item


def _proposed_by(item: FeedbackItem) -> str:
    """领衔、附议 and where it was made, in one line."""
    proposers = item.proposers.select_related("delegate").order_by("pk")
    others = [str(each) for each in proposers if each.pk != item.lead_proposer_id]
    words = f"领衔：{item.lead_proposer or '（空）'}，附议：{'、'.join(others) or '（空）'}"
    return f"{words}，{item.session or '闭会期间'}提出"


@transaction.atomic
def save_draft(
    *, user: User, draft: SuggestionDraft, seconders: Iterable[Mandate]
) -> SuggestionDraft:
    """Save a draft of the user's own; who consented to second it stays so unless it is changed.

    A change of title or content asks the seconders again: they put their names to other words.
    """
    day = today()
    if draft.pk is None:
        draft.lead = own_mandate(user, day)
        if draft.lead is None:
            raise PermissionDenied
    _require_own(user, draft)
    seconders = [each for each in seconders if each != draft.lead]
    require_in_office(seconders, day, "seconders")
    stored = SuggestionDraft.objects.filter(pk=draft.pk).first()
    draft.full_clean(exclude=["lead"])
    draft.save()
    draft.secondments.exclude(mandate__in=seconders).delete()
    if stored and (stored.title, stored.content) != (draft.title, draft.content):
        draft.secondments.update(agreed_on=None)
    asked = set(draft.secondments.values_list("mandate", flat=True))
    Secondment.objects.bulk_create(
        Secondment(draft=draft, mandate=each) for each in seconders if each.pk not in asked
    )
    return draft


@transaction.atomic
def submit_draft(*, user: User, draft: SuggestionDraft) -> SuggestionDraft:
    """Hand it to the office."""
    draft = _locked(draft)
    _require_own(user, draft)
    require_in_office([draft.lead], today(), "")
    return _moved(draft, _State.SUBMITTED, submitted_on=today(), return_reason="")


@transaction.atomic
def recall_draft(*, user: User, draft: SuggestionDraft) -> SuggestionDraft:
    """Take it back while the office has not registered it."""
    draft = _locked(draft)
    if not _is_own(user, draft):
        raise PermissionDenied
    _require_submitted(draft)
    return _moved(draft, _State.DRAFT)


@transaction.atomic
def second_draft(*, user: User, draft: SuggestionDraft, agrees: bool) -> Secondment | None:
    """Consent to second a draft, or decline; who declines is no longer asked."""
    draft = _locked(draft)
    asked = draft.secondments.filter(mandate__delegate__account=user).first()
    if asked is None:
        raise PermissionDenied
    if draft.state == _State.REGISTERED:
        refuse("这份建议已由人大办公室登记，不能再改附议。")
    if not agrees:
        asked.delete()
        return None
    require_in_office([asked.mandate], today(), "")
    asked.agreed_on = asked.agreed_on or today()
    asked.save()
    return asked


@transaction.atomic
def return_draft(*, user: User, draft: SuggestionDraft, reason: str) -> SuggestionDraft:
    """Back to the proposer, with what is to be made better."""
    require_keeper(user)
    draft = _locked(draft)
    _require_submitted(draft)
    return _moved(draft, _State.RETURNED, return_reason=reason)


@transaction.atomic
def register_draft(
    *,
    user: User,
    draft: SuggestionDraft,
    title: str,
    topic: Topic,
    seconders: Iterable[Mandate],
    session: Session | None = None,
) -> FeedbackItem:
    """The draft becomes a suggestion, once, and stays linked to it."""
    require_keeper(user)
    draft = _locked(draft)
    _require_submitted(draft)
    item = FeedbackItem(
        lead_proposer=draft.lead, session=session, topic=topic, title=title, summary=draft.content
    )
    register_suggestion(user=user, item=item, seconders=seconders)
    _moved(draft, _State.REGISTERED, item=item)
    return item


def may_draft(user: User) -> bool:
    """Whether the user is a delegate of the township today."""
    return own_mandate(user, today()) is not None


def may_change_draft(user: User, draft: SuggestionDraft) -> bool:
    return draft.is_open and _is_own(user, draft)


def may_recall_draft(user: User, draft: SuggestionDraft) -> bool:
    return draft.state == _State.SUBMITTED and _is_own(user, draft)


def may_register_draft(user: User, draft: SuggestionDraft) -> bool:
    return keeps_records(user) and draft.state == _State.SUBMITTED


def _is_own(user: User, draft: SuggestionDraft) -> bool:
    return draft.lead.delegate.account_id == user.pk


def _require_own(user: User, draft: SuggestionDraft) -> None:
    """Raises ``PermissionDenied`` for others' drafts, ``ValidationError`` once it is handed in."""
    if not _is_own(user, draft):
        raise PermissionDenied
    if not draft.is_open:
        refuse(f"这份建议稿现在是“{draft.get_state_display()}”，不能再修改、提交。")


def _require_submitted(draft: SuggestionDraft) -> None:
    if draft.state != _State.SUBMITTED:
        refuse(f"这份建议稿现在是“{draft.get_state_display()}”，请刷新页面查看。")


def _locked(draft: SuggestionDraft) -> SuggestionDraft:
    rows = SuggestionDraft.objects.select_for_update(of=("self",))
    return rows.select_related("lead__delegate").get(pk=draft.pk)


def _moved(draft: SuggestionDraft, state: str, **values) -> SuggestionDraft:
    for name, value in {"state": state, **values}.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save()
    return draft
