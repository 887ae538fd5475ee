"""The own one-time code: set up with the telephone, recovery codes on paper, ended."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from congress.qr_code import qr_code
from congress.sealing import Sealed, seal, unseal

from . import code
from .forms import CodeForm

#: The secret that is being set up, sealed, as sessions stand in the database.
SECRET = "code_secret"
RENEW, END = "renew", "end"


@never_cache
@sensitive_post_parameters()
def own_code(request):
    form = CodeForm(request.POST if request.method == "POST" else None)
    page = _in_use if request.user.uses_code else _set_up
    return page(request, form)


def _set_up(request, form):
    secret = _secret(request)
    if form.is_bound and form.is_valid():
        recovery = code.begin(request.user, secret, form.cleaned_data["code"])
        if recovery is not None:
            del request.session[SECRET]
            return _recovery_page(request, recovery)
        form.say_wrong()
    address = code.address_for(request.user, secret)
    context = _context(form) | {
        "must": request.user.must_use_code,
        "picture": qr_code(address),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }
    return render(request, "registration/code_set_up.html", context)


def _in_use(request, form):
    """New recovery codes or the end of it, each for a code: an open window is not enough."""
    user, do = request.user, request.POST.get("do")
    if do not in {RENEW, END} or (do == END and user.must_use_code):
        form = CodeForm()
    elif form.is_valid():
        if not code.check(request, user, form.cleaned_data["code"]):
            form.say_wrong()
        elif do == RENEW:
            return _recovery_page(request, code.renew_recovery(user))
        else:
            code.end(user, "停用本人动态口令", by=user)
            messages.success(request, "动态口令已停用，登录只要密码。")
            return redirect("log_ins")
    context = _context(form) | {"must": user.must_use_code, "left": code.recovery_left(user)}
    return render(request, "registration/code_in_use.html", context)


def _recovery_page(request, recovery: tuple[str, ...]):
    """Shown this once. Of a double click the second finds that it was done."""
    if not recovery:
        return redirect("own_code")
    context = _context(None) | {
        "title": "恢复码",
        "account": request.user,
        "recovery": [f"{each[:5]}-{each[5:]}" for each in recovery],
    }
    return render(request, "registration/recovery_codes.html", context)


def _secret(request) -> str:
    """The same until it is set up, so that the page may be opened again."""
    try:
        return unseal(request.session[SECRET])
    except (KeyError, Sealed):
        secret = code.new_secret()
        request.session[SECRET] = seal(secret)
        return secret


def _context(form) -> dict:
    return {"title": "动态口令", "crumbs": [("我的登录", reverse("log_ins"))], "form": form}
