"""What is done with a draft of a suggestion: handed in, seconded, returned, registered."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from delegates.decisions import DecisionForm, decide, sent
from voters.actions import (
    may_change_draft,
    may_recall_draft,
    may_register_draft,
    recall_draft,
    register_draft,
    return_draft,
    second_draft,
    submit_draft,
)
from voters.forms import RegisterDraftForm, ReturnDraftForm
from voters.models import SuggestionDraft


def _draft_or_404(request, pk: int, allowed) -> SuggestionDraft:
    drafts = SuggestionDraft.objects.visible_to(request.user).select_related("lead__delegate")
    draft = get_object_or_404(drafts, pk=pk)
    if not allowed(request.user, draft):
        raise PermissionDenied
    return draft


def _crumbs(draft: SuggestionDraft) -> list[tuple[str, str]]:
    return [
        ("代表建议", reverse("suggestion_list")),
        ("代表建议稿", reverse("suggestiondraft_list")),
        (draft.title, draft.get_absolute_url()),
    ]


def submit(request, pk: int):
    draft = _draft_or_404(request, pk, may_change_draft)
    waiting = draft.secondments.filter(agreed_on__isnull=True).count()
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: submit_draft(user=request.user, draft=draft),
        title="提交人大办公室",
        about=draft,
        meaning="提交后由人大办公室审核登记、交承办单位办理；登记前可以撤回修改。"
        + (f"还有{waiting}名被邀请的代表没有表示附议，登记前仍可以表示。" if waiting else ""),
        confirm="提交",
        done=lambda given: "已提交人大办公室，登记后可以在这里查看办理情况。",
        crumbs=_crumbs(draft),
    )


def recall(request, pk: int):
    draft = _draft_or_404(request, pk, may_recall_draft)
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: recall_draft(user=request.user, draft=draft),
        title="撤回建议稿",
        about=draft,
        meaning="撤回后可以修改，改好再提交。",
        confirm="撤回",
        done=lambda given: "已撤回，可以修改后再提交。",
        crumbs=_crumbs(draft),
    )


def _is_asked(user, draft: SuggestionDraft) -> bool:
    return draft.secondments.filter(mandate__delegate__account=user).exists()


def second(request, pk: int):
    """Agree, or with ?decline=1 decline."""
    draft = _draft_or_404(request, pk, _is_asked)
    agrees = "decline" not in request.GET
    lead = draft.lead.delegate
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: second_draft(user=request.user, draft=draft, agrees=agrees),
        title="附议" if agrees else "不附议",
        about=draft,
        meaning=f"与{lead}共同提出这件建议。标题、内容改动后会再次征求您的意见。"
        if agrees
        else f"不与{lead}共同提出这件建议，以后不再看到这份建议稿。",
        confirm="同意附议" if agrees else "不附议",
        done=lambda given: "已表示附议。" if agrees else "已表示不附议。",
        crumbs=_crumbs(draft) if agrees else _crumbs(draft)[:-1],
    )


def send_back(request, pk: int):
    draft = _draft_or_404(request, pk, may_register_draft)
    return decide(
        request,
        form=ReturnDraftForm(sent(request)),
        act=lambda **given: return_draft(user=request.user, draft=draft, **given),
        title="退回修改",
        about=draft,
        meaning=f"退回{draft.lead.delegate}修改，改好后可以再次提交。",
        confirm="退回",
        done=lambda given: "已退回代表修改。",
        crumbs=_crumbs(draft),
    )


def register(request, pk: int):
    draft = _draft_or_404(request, pk, may_register_draft)
    return decide(
        request,
        form=RegisterDraftForm(sent(request), draft=draft),
        act=lambda **given: register_draft(user=request.user, draft=draft, **given),
        title="审核登记",
        about=f"{draft.lead.delegate}领衔：{draft.title}",
        meaning="登记为代表建议并编号，内容按建议稿原文；登记后请在该件的页面上交办。",
        confirm="登记",
        done=lambda given: "已登记为代表建议，请交办。",
        crumbs=_crumbs(draft),
    )
