"""The form of the score's rules: one row for each part of the duty file that can count."""

from django import forms

from congress.editing import Difference, RecordForm
from congress.fields import say_plainly
from delegates.duty_file import part_titles
from delegates.duty_file.score import in_words
from delegates.models import SCORED, ScoreRule, ScoreRules

#: Left empty these say nothing, and are kept as zero.
POINTS = ("base_points", "points", "extra_points", "deduction")


class ScoreRuleForm(forms.ModelForm):
    """One part's row; a row without any points is no rule."""

    class Meta:
        model = ScoreRule
        fields = ["base_points", "points", "base_count", "extra_points", "cap", "deduction"]

    def __init__(self, *args, title: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = title
        for name, field in self.fields.items():
            say_plainly(field)
            field.widget = forms.TextInput(
                attrs={"inputmode": "decimal", "aria-label": f"{title}：{field.label}"}
            )
            field.error_messages["min_value"] = "不能小于0。"
            if name in POINTS and not getattr(self.instance, name):
                self.initial[name] = None

    def clean(self):
        data = super().clean()
        for name in POINTS:
            if name not in self.errors:
                data[name] = data.get(name) or 0
        return data

    @property
    def is_rule(self) -> bool:
        return any(self.cleaned_data.get(name) for name in POINTS)


class ScoreRulesForm(RecordForm):
    class Meta:
        model = ScoreRules
        fields = ["from_year", "total_cap", "basis"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = {}
        if self.instance.pk:
            known = {row.category: row for row in self.instance.rows.all()}
        self.rows = [
            ScoreRuleForm(
                self.data if self.is_bound else None,
                instance=known.get(key) or ScoreRule(rules=self.instance, category=key),
                prefix=key,
                title=title,
            )
            for key, title in part_titles().items()
            if key in SCORED
        ]

    def is_valid(self):
        return all([super().is_valid(), *[row.is_valid() for row in self.rows]])

    def save(self):
        rules = super().save()
        for row in self.rows:
            if row.is_rule:
                row.instance.rules = rules
                row.save()
            elif row.instance.pk:
                row.instance.delete()
        return rules

    def differences(self, current):
        """Those of the rows are told as a whole."""
        found = super().differences(current)
        theirs = [in_line(row) for row in current.rows.all()]
        yours = [in_line(row.instance) for row in self.rows if row.is_rule]
        if sorted(theirs) != sorted(yours):
            found.append(Difference("积分项目", "\n".join(theirs), "\n".join(yours)))
        return found


def in_line(row: ScoreRule) -> str:
    """A row in words: 学习培训：每次2分，3次以上的每次1分，封顶10分，缺席每次扣1分."""
    told = []
    if row.base_points:
        told.append(f"基础分{in_words(row.base_points)}分")
    if row.points:
        told.append(f"每次{in_words(row.points)}分")
    if row.base_count is not None:
        extra = f"的每次{in_words(row.extra_points)}分" if row.extra_points else "的不再计分"
        told.append(f"超出{row.base_count}次{extra}")
    if row.cap is not None:
        told.append(f"封顶{in_words(row.cap)}分")
    if row.deduction:
        told.append(f"缺席每次扣{in_words(row.deduction)}分")
    return f"{part_titles().get(row.category, row.category)}：{'，'.join(told)}"
