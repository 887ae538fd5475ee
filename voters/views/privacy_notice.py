"""个人信息处理告知书: what voters are told of their data, open to everybody (PIPL 17, 35)."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress.models import Township
from congress.paper import paper
from voters import papers


@login_not_required
@require_safe
def voter_notice(request):
    context = {"township": Township.objects.first()}
    return render(request, "voters/privacy/notice_page.html", context)


@login_not_required
@require_safe
def voter_notice_paper(request):
    return paper(request, "个人信息处理告知书", papers.privacy_notice, "voter_notice")
