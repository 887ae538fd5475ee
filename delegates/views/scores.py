"""履职积分: the year's table, a person's score down to its records, and its rules in force."""

import io

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import roles
from congress.figure_tables import write_workbook
from congress.periods import today
from congress.record_views import WORKBOOK_TYPE
from delegates import actions
from delegates.decisions import DecisionForm, decide, only, sent
from delegates.models import Delegate, ScoreRules
from delegates.scores import persons_of, scores_of, table_of


@require_safe
@only(roles.reads_all)
def scores(request, year: int | None = None):
    """By name; the office may also rank, and takes the table away as a workbook."""
    year = year or today().year
    keeps = roles.keeps_records(request.user)
    ranked = keeps and request.GET.get("order") == "rank"
    rules = ScoreRules.objects.in_force(year)
    table = None
    if rules:
        found = scores_of(persons_of(year), year, rules, request.user)
        table = table_of(found, year, ranked=ranked)
        if keeps and request.GET.get("export") == "xlsx":
            return _workbook(table, year)
    context = {
        "title": f"{year}年履职积分",
        "year": year,
        "years": range(today().year - 3, today().year + 1),
        "rules": rules,
        "table": table,
        "ranked": ranked,
        "keeps": keeps,
        "may_set": roles.runs_the_year(request.user),
    }
    return render(request, "delegates/scores.html", context)


def _workbook(table, year: int) -> FileResponse:
    file = io.BytesIO()
    write_workbook(file, [table])
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{year}年履职积分.xlsx", content_type=WORKBOOK_TYPE
    )


@require_safe
def delegate_score(request, pk: int, year: int):
    """Every point with the record it comes from, for the office, the chair and the person."""
    person = get_object_or_404(Delegate.objects.with_score_for(request.user), pk=pk)
    rules = ScoreRules.objects.in_force(year)
    found = scores_of([person], year, rules, request.user) if rules else []
    reads_all = roles.reads_all(request.user)
    context = {
        "title": f"{person}{year}年履职积分",
        "person": person,
        "year": year,
        "rules": rules,
        "score": found[0] if found else None,
        "reads_all": reads_all,
        "crumbs": [(f"{year}年履职积分", reverse("scores_year", args=[year]))] if reads_all else [],
    }
    return render(request, "delegates/delegate_score.html", context)


def _decision(request, pk: int, *, act, title: str, meaning: str, done: str):
    rules = get_object_or_404(ScoreRules, pk=pk)
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: act(by=request.user, rules=rules),
        title=title,
        about=rules,
        meaning=meaning,
        confirm=title,
        done=lambda given: done,
        crumbs=[("积分办法", reverse("scorerules_list")), (str(rules), rules.get_absolute_url())],
    )


@only(roles.runs_the_year)
def adopt(request, pk: int):
    return _decision(
        request,
        pk,
        act=actions.adopt_score_rules,
        title="启用",
        meaning="启用后，自起始年份起按这份办法计分。起始年份一开始，办法就不能再改，"
        "只能自以后的年份起另立一份；已过年度的积分不受影响。",
        done="已启用积分办法。积分由履职记录算出，可在“履职积分”查看。",
    )


@only(roles.runs_the_year)
def take_back(request, pk: int):
    return _decision(
        request,
        pk,
        act=actions.take_back_score_rules,
        title="改回草案",
        meaning="起始年份还没有到，改回草案后可以修改或者删除；要执行的须重新启用。",
        done="已改回草案。",
    )
