"""今日: what needs this user today. A view of the roof: it may ask every room."""

from django.shortcuts import render


def dashboard(request):
    return render(request, "congress/dashboard.html", {"title": "今日"})
