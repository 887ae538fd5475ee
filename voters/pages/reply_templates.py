"""The usual words of answers, by outcome and topic."""

import django_filters

from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from voters.forms.reply_templates import ReplyTemplateForm
from voters.models import ReplyTemplate
from voters.outcomes import outcome_choices, with_outcome_name


class ReplyTemplateFilter(RecordFilter):
    search_fields = ("title", "text")
    outcome = django_filters.ChoiceFilter(choices=outcome_choices, label="结果类别")


class ReplyTemplatePages(RecordPages):
    model = ReplyTemplate
    form_class = ReplyTemplateForm
    filter_class = ReplyTemplateFilter
    select_related = ("topic",)
    measure = "个"
    when_empty = "还没有答复模板。可以先填入常用的几个，再按本镇的说法修改。"
    columns = (
        Column("名称", "title", ("title",), width=20),
        Column("结果类别", "outcome_name", ("outcome",), width=20),
        Column("类别", lambda template: template.topic or "各类别通用", ("topic__position",), 16),
        Column("答复用语", "text", width=60, minor=True),
    )
    facts = (
        "title",
        ("outcome_name", "结果类别"),
        "topic",
        "text",
    )

    @classmethod
    def with_related(cls, templates):
        return with_outcome_name(super().with_related(templates))
