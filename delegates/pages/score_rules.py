"""积分办法: from year to year, drafted, adopted and from then on kept."""

from django.urls import reverse
from django.utils import timezone

from congress import roles
from congress.record_pages import RecordPages
from congress.tables import Column
from delegates.duty_file.score import in_words
from delegates.forms.score_rules import ScoreRulesForm, in_line
from delegates.models import ScoreRules


def _rows(rules: ScoreRules) -> str:
    return "\n".join(in_line(row) for row in rules.rows.all()) or "不计积分"


def _cap(rules: ScoreRules) -> str:
    return "不封顶" if rules.total_cap is None else f"{in_words(rules.total_cap)}分"


def _adopted(rules: ScoreRules) -> str:
    if not rules.is_adopted:
        return ""
    return f"{rules.adopted_by.name}，{timezone.localtime(rules.adopted_at):%Y-%m-%d %H:%M}"


class ScoreRulesPages(RecordPages):
    model = ScoreRules
    form_class = ScoreRulesForm
    prefetch_related = ("rows",)
    select_related = ("adopted_by",)
    measure = "份"
    may_edit = staticmethod(roles.runs_the_year)
    when_empty = "还没有积分办法，履职积分没有启用。"
    columns = (
        Column("自哪年起", "from_year", ("from_year",)),
        Column("总分封顶", _cap),
        Column(
            "积分项目",
            lambda rules: f"{len(rules.rows.all())}类" if rules.rows.all() else "不计积分",
        ),
        Column("依据", "basis", width=40, minor=True),
        Column(
            "状态",
            "state",
            state_class=lambda rules: "done" if rules.is_adopted else "in-hand",
        ),
    )
    facts = (
        "from_year",
        ("state", "状态"),
        (_rows, "积分项目"),
        (_cap, "总分封顶"),
        "basis",
        (_adopted, "启用"),
    )

    @classmethod
    def may_change(cls, user, rules):
        """Drafts only: what is adopted is replaced from a later year."""
        return super().may_change(user, rules) and not rules.is_adopted

    @classmethod
    def facts_of(cls, rules, user):
        """What is not known yet is left out."""
        told = super().facts_of(rules, user)
        return [(label, value) for label, value in told if value or label not in {"依据", "启用"}]

    @classmethod
    def buttons(cls, rules, user):
        found = []
        if rules.has_begun:
            found.append(("履职积分", reverse("scores_year", args=[rules.from_year])))
        if cls.may_edit(user) and not rules.is_adopted:
            found.append(("启用", reverse("scorerules_adopt", args=[rules.pk])))
        elif cls.may_edit(user) and not rules.has_begun:
            found.append(("改回草案", reverse("scorerules_take_back", args=[rules.pk])))
        return found
