"""Usual words of answers to start with."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from voters.actions import add_usual_templates


@require_POST
def replytemplate_usual(request):
    added = add_usual_templates(user=request.user)
    if added:
        messages.success(request, f"已填入{added}个常用模板，可以按本镇的说法修改。")
    else:
        messages.info(request, "常用模板都已经有了。")
    return redirect("replytemplate_list")
