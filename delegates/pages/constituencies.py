"""Lists and pages of constituencies."""

import django_filters
from django.db.models import Count, Q

from congress.models import Term
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from delegates.forms import ConstituencyForm
from delegates.models import Constituency, Level, Mandate

from .people import state_on


class ConstituencyFilter(RecordFilter):
    search_fields = ("name",)
    term = django_filters.ModelChoiceFilter(queryset=Term.objects.all(), label="届次")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="层级")


class ConstituencyPages(RecordPages):
    model = Constituency
    form_class = ConstituencyForm
    filter_class = ConstituencyFilter
    measure = "个"
    select_related = ("term",)
    when_empty = "还没有选区。可以逐个添加，也可以从台账导入。"
    columns = (
        Column("选区", "name", ("name",), width=20),
        Column("层级", "get_level_display", ("level",)),
        Column("届次", "term", ("term__ordinal",)),
        Column("应选代表名额", "seats", ("seats",), numeric=True, minor=True),
        Column("在任代表", "holders", ("holders",), numeric=True),
    )
    facts = ("name", "level", "term", "seats", ("holders", "在任代表人数"))

    @classmethod
    def with_related(cls, constituencies):
        current = Mandate.objects.in_office_on(today()).values("pk")
        return (
            super()
            .with_related(constituencies)
            .annotate(holders=Count("mandate", filter=Q(mandate__in=current)))
            .order_by(*cls.model._meta.ordering)
        )

    @classmethod
    def related(cls, constituency, user):
        mandates = constituency.mandate_set.select_related("delegate").prefetch_related(
            "suspensions"
        )
        return {
            "mandates": [
                (mandate, state_on(mandate, today()))
                for mandate in mandates.order_by("-start", "pk")
            ]
        }
