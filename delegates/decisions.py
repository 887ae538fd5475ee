"""Pages of a decision: a small form, a sentence about what it means, one button."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render

from congress.fields import prepare


class DecisionForm(forms.Form):
    """Fields are the arguments of the action."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            prepare(field)

    def refuse(self, error: ValidationError) -> None:
        """Show what the action said, at its field where the form has it."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for field, sentences in by_field.items():
            for sentence in sentences:
                self.add_error(field if field in self.fields else None, sentence)


def sent(request):
    """What fills a decision's form: what was sent, be it nothing but the button; else None."""
    return request.POST if request.method == "POST" else None


def only(allowed: Callable) -> Callable:
    """Decorator: the view is for users for whom the predicate holds."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def decide(
    request,
    *,
    form: DecisionForm,
    act: Callable,
    title: str,
    about: object,
    meaning: str,
    confirm: str,
    done: Callable[[dict], str],
    crumbs: list[tuple[str, str]],
):
    """Show the form; once it is sent run ``act`` with its fields, or show why that is refused.

    ``done`` words the message of success; the way back is the last of the crumbs.
    """
    back = crumbs[-1][1]
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, done(form.cleaned_data))
            return redirect(back)
    return render(
        request,
        "delegates/decision_form.html",
        {
            "form": form,
            "title": title,
            "about": about,
            "meaning": meaning,
            "confirm": confirm,
            "cancel_url": back,
            "crumbs": crumbs,
        },
    )
