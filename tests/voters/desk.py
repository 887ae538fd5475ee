"""The desk's words for the tests of quick entry, and the visit that a line should give."""

from voters.quick_entry import Entry, Lexicon, ParsedItem, ParsedVisit

LJ, SJ, DG, BS, XX = VILLAGES = tuple(
    Entry(id, name) for id, name in enumerate(["LJ冲", "SJ河", "DG山", "BS畈", "XX"], 1)
)
CHANGHE = Entry(6, "长河村", ("老河",))
FAST, ROADS, LIVING, TOURISM, LAND = TOPICS = tuple(
    Entry(id, name)
    for id, name in enumerate(["快速通道建设", "村村通道路", "民生工程", "旅游开发", "征地拆迁"], 1)
)
SCHOOLS = Entry(6, "教育、医疗", ("科教文卫",))
HOLIDAYS = Entry(7, "东管山")
BUILDING = Entry(1, "镇规划建设环保所", ("建设所",))
TRAFFIC = Entry(2, "镇交通管理站", ("交管站",))
WATER = Entry(3, "镇水利站", ("水利站",))
KEY_WORKS = Entry(4, "镇重点工程协调办公室", ("重点办",))
VILLAGE_WORKS = Entry(5, "镇村镇建设服务中心", ("村建中心",))

LEXICON = Lexicon(
    villages=(*VILLAGES, CHANGHE),
    topics=(*TOPICS, SCHOOLS, HOLIDAYS),
    units=(BUILDING, TRAFFIC, WATER, KEY_WORKS, VILLAGE_WORKS),
    voters=("程有福", "路灯明"),
)

ZHANG = {"name": "张三", "phone": "13900002001", "village": LJ}


def expected(
    *,
    name=None,
    phone=None,
    village=None,
    persons=None,
    channel=None,
    topic=None,
    unit=None,
    words="",
    items=None,
):
    """A parsed visit without tokens; with one item of its topic, unit and words if any."""
    if items is None:
        items = [ParsedItem(topic, unit, words)] if topic or unit or words else []
    return ParsedVisit(
        voter_name=name,
        phone=phone,
        village=village,
        persons=persons,
        channel=channel,
        words=words,
        items=tuple(items),
    )
