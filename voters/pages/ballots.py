"""Lists and details of evaluations of units."""

from congress import roles
from congress.record_pages import RecordPages
from congress.tables import Column
from voters.filters import UnitEvaluationFilter
from voters.forms import UnitEvaluationForm
from voters.models import UnitEvaluation


class UnitEvaluationPages(RecordPages):
    model = UnitEvaluation
    form_class = UnitEvaluationForm
    filter_class = UnitEvaluationFilter
    select_related = ("activity", "unit")
    measure = "个单位"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有单位测评票数。先添加类型为工作评议的活动，再登记各单位的票数。"
    columns = (
        Column("被评议单位", "unit", ("unit__name",), width=28),
        Column("评议活动", "activity", ("activity__date",), width=28),
        Column("满意", "satisfied", ("satisfied",), numeric=True),
        Column("基本满意", "basically_satisfied", ("basically_satisfied",), numeric=True),
        Column("不满意", "dissatisfied", ("dissatisfied",), numeric=True),
        Column("报送日期", "reported_on", ("reported_on",), minor=True),
        Column("反馈日期", "fed_back_on", ("fed_back_on",), minor=True),
    )
    facts = (
        "activity",
        "unit",
        "satisfied",
        "basically_satisfied",
        "dissatisfied",
        "reported_on",
        "fed_back_on",
    )
