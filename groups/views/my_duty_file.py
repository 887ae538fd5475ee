"""我的履职档案: the own duty file, one tap from everywhere."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress.roles import may_be_delegate
from delegates.decisions import only

from .duty_files import duty_file


@require_safe
@only(may_be_delegate)
def my_duty_file(request):
    """The same page as under the person; an account without a person is told what to do."""
    if hasattr(request.user, "delegate"):
        return duty_file(request, request.user.delegate.pk)
    return render(request, "groups/no_duty_file.html", {"title": "我的履职档案"})
