"""Pages on which administrators keep accounts: what adds to the common ones, and decisions."""

import functools

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress import editing, roles
from congress.action_views import ActionEdit
from congress.log_in.lock import unlock
from congress.models import User
from congress.qr_code import full_address, qr_code
from congress.record_views import RecordAdd, RecordList

from . import actions, links
from .findings import findings
from .forms import ReasonForm


class AccountList(RecordList):
    def get_context_data(self, **kwargs):
        return super().get_context_data(findings=findings(), **kwargs)


class AccountAdd(RecordAdd):
    """Adding ends with the link by which the owner sets a first password."""

    def form_valid(self, form):
        address, is_first = editing.save_once(
            self.request.user, form.cleaned_data["submission"], form.save
        )
        if not is_first:
            return self.sent_twice(address)
        return link_page(self.request, form.instance)


class AccountEdit(ActionEdit):
    def form_valid(self, form):
        """The administrators before the account, as everywhere: two never wait for each other."""
        with transaction.atomic():
            actions.hold_administrators(self.request.user)
            return super().form_valid(form)


def crumbs_to(account):
    return [("账号", reverse("user_list")), (str(account), account.get_absolute_url())]


def about_account(view):
    """A decision about one account, for administrators."""

    @functools.wraps(view)
    def decide(request, pk):
        if not roles.keeps_accounts(request.user):
            raise PermissionDenied
        return view(request, get_object_or_404(User, pk=pk))

    return require_http_methods(["GET", "HEAD", "POST"])(decide)


def asked(request, account, title, words, button, form=None, status=200):
    """The page that asks before something is done."""
    context = {
        "title": f"{title}：{account}",
        "crumbs": crumbs_to(account),
        "account": account,
        "words": words,
        "button": button,
        "form": form,
        "cancel_url": account.get_absolute_url(),
    }
    return render(request, "congress/account_decision.html", context, status=status)


@about_account
def deactivate(request, account):
    words = (
        "停用后，这个账号立即退出，不能再登录，没有用过的一次性链接作废；"
        "以前的记录和姓名都保留。需要时可以恢复。"
    )
    return _switch(request, account, actions.deactivate, "停用账号", "停用", words)


@about_account
def reactivate(request, account):
    words = "恢复后可以用原来的密码登录；忘记密码的，再生成一次性链接。"
    return _switch(request, account, actions.reactivate, "恢复账号", "恢复", words)


def _switch(request, account, action, title, verb, words):
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            done = action(by=request.user, account=account, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = f"账号“{account}”已{verb}。" if done else f"账号“{account}”此前已经{verb}。"
            messages.success(request, said)
            return HttpResponseRedirect(account.get_absolute_url())
    return asked(request, account, title, words, title, form)


@about_account
def reset_code(request, account):
    words = (
        "手机和恢复码都丢了才需要解除。请先当面核实是本人：解除以后，只凭密码就能登录。"
        "须用动态口令的账号，本人下次登录时重新设好。"
    )
    return _switch(request, account, actions.reset_code, "解除动态口令", "解除动态口令", words)


@about_account
def unlock_account(request, account):
    """After too many failures, once the administrator knows who it was."""
    if request.method == "POST":
        lifted = unlock(account)
        messages.success(request, "已解除锁定，可以登录。" if lifted else "账号没有锁定。")
        return redirect(account)
    words = "请先向本人核实是不是自己输错了密码；不是的，有人在试密码，请停用账号或更换密码。"
    return asked(request, account, "解除锁定", words, "解除锁定")


@about_account
def link(request, account):
    """Ask first: whoever holds the link can take over the account."""
    words = (
        "凭一次性链接可以设置新密码，用于第一次登录或忘记密码。请当面交给本人。"
        "生成后，以前的链接作废；设置新密码以前，原来的密码仍可用。"
    )
    if request.method == "POST":
        try:
            return link_page(request, account)
        except ValidationError as error:
            words = error.message
    return asked(request, account, "一次性链接", words, "生成一次性链接")


@never_cache
def link_page(request, account):
    """Shows the link this once; it can be printed, noted down or scanned, not looked up again."""
    account = actions.make_link(by=request.user, account=account)
    address = full_address(request, links.path_for(account))
    context = {
        "title": f"一次性链接：{account}",
        "crumbs": crumbs_to(account),
        "account": account,
        "address": address,
        "code": qr_code(address),
        "ends_at": links.ends_at(account),
    }
    return render(request, "congress/account_link.html", context)
