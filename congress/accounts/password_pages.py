"""Pages on which people set their own password."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from congress import audit
from congress.fields import prepare
from congress.log_in.lock import unlock
from congress.models import User

from . import links
from .password_age import has_expired


def keep_new_password(user: User, words: str) -> None:
    """Save what ``set_password`` was given, and nothing else of the account.

    The person chose it, so that no link leads to another one and nothing forces a change.
    """
    user.must_change_password = False
    user.link_made_at = None
    with transaction.atomic():
        user.save(
            update_fields=["password", "password_set_at", "must_change_password", "link_made_at"]
        )
        audit.note(audit.Kind.ACCOUNT, words, subject=user, user=user)


class PasswordChange(auth_views.PasswordChangeView):
    """The own password, once the present one is given."""

    success_url = reverse_lazy("dashboard")

    def form_valid(self, form):
        user = form.save(commit=False)
        keep_new_password(user, "修改本人密码")
        update_session_auth_hash(self.request, user)
        messages.success(self.request, "密码已修改，下次登录请用新密码。")
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            is_first=user.must_change_password, has_expired=has_expired(user), **kwargs
        )


@login_not_required
@never_cache
@sensitive_post_parameters()
def password_link(request, pk, token):
    """Where a one-time link leads: to look at it uses nothing up, to set a password does."""
    account = links.owner_of(pk, token)
    if account is None:
        return render(request, "registration/password_link_over.html", status=410)
    form = SetPasswordForm(account, request.POST if request.method == "POST" else None)
    for field in form.fields.values():
        prepare(field)
    if form.is_bound and form.is_valid():
        if not set_by_link(pk, token, form.cleaned_data["new_password1"]):
            return render(request, "registration/password_link_over.html", status=410)
        if request.user.is_authenticated:
            logout(request)
        messages.success(request, f"密码已设置，请用“{account.username}”和新密码登录。")
        return redirect("login")
    context = {"title": "设置密码", "form": form, "account": account}
    return render(request, "registration/password_link.html", context)


@transaction.atomic
def set_by_link(pk: int, token: str, password: str) -> bool:
    """Set the password if the link is still good; of two who come at once, one finds it used."""
    account = links.owner_of(pk, token, User.objects.select_for_update())
    if account is None:
        return False
    account.set_password(password)
    keep_new_password(account, "凭一次性链接设置密码")
    unlock(account)
    return True
