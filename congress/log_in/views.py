"""The way in: the password and, where the account asks for one, a code. Nobody is in before both.

Between the two steps the session holds whose password was right, for a few minutes and only as
long as that password stands.
"""

from django.contrib.auth import login
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from congress.models import User

from . import code
from .forms import CodeForm
from .lock import LockingBackend, locked_page, must_wait

PENDING = "log_in_pending"
MINUTES = 5


class LogIn(auth_views.LoginView):
    redirect_authenticated_user = True

    def form_valid(self, form):
        user = form.get_user()
        if not user.uses_code:
            return super().form_valid(form)
        self.request.session[PENDING] = {
            "user": user.pk,
            "password": user.get_session_auth_hash(),
            "until": timezone.now().timestamp() + MINUTES * 60,
            "next": self.get_success_url(),
        }
        return redirect("log_in_code")


@login_not_required
@never_cache
@sensitive_post_parameters()
def log_in_code(request):
    """The second step; without the first, or too long after it, back to the first."""
    if request.user.is_authenticated:
        return redirect("dashboard")
    pending = request.session.get(PENDING)
    user = _whose(pending)
    if user is None:
        request.session.pop(PENDING, None)
        return redirect(f"{reverse('login')}?why=code")
    if must_wait(request, user):
        return locked_page(request, None, {"username": user.username})
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if code.check(request, user, form.cleaned_data["code"]):
            del request.session[PENDING]
            login(request, user, f"{LockingBackend.__module__}.{LockingBackend.__qualname__}")
            return redirect(pending["next"])
        form.say_wrong()
    context = {"title": "动态口令", "form": form, "account": user}
    return render(request, "registration/log_in_code.html", context)


def _whose(pending: dict | None) -> User | None:
    if not pending or timezone.now().timestamp() >= pending["until"]:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).exclude(code_sealed="").first()
    if user and constant_time_compare(pending["password"], user.get_session_auth_hash()):
        return user
    return None
