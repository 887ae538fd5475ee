"""Reception days and visits as figures."""

from reports.figures import reception

from . import kinds
from .figure import Figure

FIGURES = (
    Figure(
        "reception.days_held",
        "举行接待日",
        "场",
        "统计期内已举行的接待选民日，一个小组一天算一场；改期的按实际接待的日期算，取消的不算。",
        kinds.DAY,
        reception.days_held,
    ),
    Figure(
        "reception.moved",
        "改期的接待日",
        "场",
        "统计期内已举行的接待日中，没有在原定日期举行的。",
        kinds.DAY,
        reception.days_moved,
    ),
    Figure(
        "reception.without_visitor",
        "无人来访的接待日",
        "场",
        "统计期内已举行的接待日中，没有来访登记的。",
        kinds.DAY,
        reception.days_without_visitor,
    ),
    Figure(
        "reception.delegates",
        "参与接待的代表",
        "名",
        "统计期内在已举行的接待日到岗的代表，每人只算一次，不论接待几场；缺岗的、换给别人的不算。",
        kinds.PERSON,
        reception.delegates_on_duty,
    ),
    Figure(
        "reception.visits",
        "来访登记",
        "批",
        "统计期内接待日的来访登记，一条登记算一批；取消的接待日不算。",
        kinds.VISIT,
        reception.visits,
    ),
    Figure(
        "reception.persons",
        "接待选民",
        "人次",
        "统计期内来访登记的来访人数之和；一次来访几人算几人次。",
        kinds.VISIT,
        reception.visits,
        measure="persons",
    ),
)
